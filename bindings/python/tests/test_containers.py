"""Array types other than np.ndarray are treated as np.tanh treats them."""

import numpy as np
import pytest

import swiftact
from conftest import WITH_PARAMETERS

# What the other packages deprecate among themselves is not ours; a RuntimeWarning still fails.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

X = np.linspace(-2, 2, 12)
SOME = [swiftact.tanh, swiftact.sigmoid_deriv, swiftact.leaky_relu, swiftact.fast.LeakyRELU_deriv]
FUNCTIONS = SOME + [public for public in WITH_PARAMETERS if public.module is swiftact]
each_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)


class Tagged(np.ndarray):
    def __array_finalize__(self, source):
        self.tag = getattr(source, "tag", None)


class Recorder:
    """Takes over any ufunc, as foreign array types do."""

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        return ufunc, method, inputs, keywords


@each_function
def test_subclass(function):
    x = X.view(Tagged)
    x.tag = "kept"
    y = function(x)
    assert type(y) is Tagged and y.tag == "kept"
    assert type(function(x, subok=False)) is np.ndarray
    np.testing.assert_array_equal(y, function(X))


@each_function
def test_masked_array(function):
    y = function(np.ma.array(X, mask=X > 1))
    np.testing.assert_array_equal(y.mask, X > 1)
    np.testing.assert_array_equal(y.compressed(), function(X[X <= 1]))


def test_array_ufunc_gets_the_ufunc_itself():
    recorder = Recorder()
    assert swiftact.tanh(recorder) == (swiftact.tanh, "__call__", (recorder,), {})
    ufunc, method, inputs, keywords = swiftact.leaky_relu(recorder, 0.2, where=True)
    assert isinstance(ufunc, np.ufunc) and ufunc.__name__ == "leaky_relu"
    assert (method, inputs, keywords) == ("__call__", (recorder, 0.2), {"where": True})
    *_, inputs, _ = swiftact.LeakyRELU(recorder)
    assert inputs == (recorder, 0.3)
    *_, inputs, _ = swiftact.leaky_relu(X, negative_slope=recorder)
    assert inputs[1] is recorder
    *_, inputs, _ = swiftact.Activation("tanh").backward(X, recorder)
    assert inputs[1] is recorder


def test_array_that_forbids_ufuncs():
    class Forbids:
        __array_ufunc__ = None

    with pytest.raises(TypeError, match="does not support ufuncs"):
        swiftact.leaky_relu(Forbids())


@each_function
def test_pandas(function):
    pandas = pytest.importorskip("pandas")
    series = pandas.Series(X, index=list("abcdefghijkl"), name="values")
    pandas.testing.assert_series_equal(function(series), pandas.Series(function(X), index=series.index, name="values"))
    frame = pandas.DataFrame(X.reshape(4, 3).astype("f4"), columns=list("abc"))
    result = function(frame)
    assert (result.dtypes == np.float32).all()
    np.testing.assert_array_equal(result.to_numpy(), function(frame.to_numpy()))
    with pytest.raises(TypeError, match=function.__name__):
        function(pandas.Series(["a"], dtype=object))


def test_pandas_parameter_is_aligned():
    pandas = pytest.importorskip("pandas")
    x = pandas.Series([-1.0, -2.0], index=["a", "b"])
    slopes = pandas.Series([0.5, 0.25], index=["b", "a"])
    assert swiftact.leaky_relu(x, slopes).to_dict() == {"a": -0.25, "b": -1.0}


@each_function
def test_xarray(function):
    xarray = pytest.importorskip("xarray")
    x = xarray.DataArray(X.reshape(3, 4), dims=("row", "column"), coords={"row": [10, 20, 30]})
    y = function(x)
    assert y.dims == ("row", "column") and list(y.row) == [10, 20, 30]
    np.testing.assert_array_equal(y.values, function(X.reshape(3, 4)))


@each_function
def test_dask(function):
    dask_array = pytest.importorskip("dask.array")
    x = dask_array.from_array(X.astype("f4"), chunks=5)
    y = function(x)
    assert isinstance(y, dask_array.Array) and y.dtype == np.float32
    np.testing.assert_array_equal(y.compute(), function(X.astype("f4")))


@pytest.mark.parametrize("function", SOME, ids=lambda f: f.__name__)
def test_dask_in_processes(function):
    """There the ufunc is pickled."""
    dask_array = pytest.importorskip("dask.array")
    y = function(dask_array.from_array(X, chunks=6))
    np.testing.assert_array_equal(y.compute(scheduler="processes", num_workers=2), function(X))

"""softmax, log_softmax and their backward products."""

import inspect
import pickle
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import swiftact
import swiftact.fast
from conftest import FLOATS, bits, each_float, each_module
from layouts import layouts, runs_meanwhile, ulps

INF, NAN = np.inf, np.nan
NAMES = ["softmax", "log_softmax"]
each_name = pytest.mark.parametrize("name", NAMES)
each_function = pytest.mark.parametrize(
    "function",
    [getattr(module, name) for module in (swiftact, swiftact.fast) for name in NAMES],
    ids=lambda function: f"{function.__module__}.{function.__name__}",
)
HAS_LONG_DOUBLE = np.finfo(np.longdouble).eps < 1e-18
wide = np.longdouble


def backward(function):
    return getattr(sys.modules[function.__module__], f"{function.__name__}_backward")


def is_log(function):
    return function.__name__.startswith("log")


def exponentials(x, axis):
    """e^(x − m) in long double, m being the largest x of each row, and x − m."""
    x = x.astype(wide)
    lower = x - x.max(axis=axis, keepdims=True)
    return np.exp(lower), lower


def reference(name, x, axis):
    """For finite x."""
    with np.errstate(all="ignore"):
        e, lower = exponentials(x, axis)
        if name == "softmax":
            return e / e.sum(axis=axis, keepdims=True)
        at = np.expand_dims(np.argmax(lower, axis=axis), axis) if axis is not None else np.argmax(lower)
        others = e.copy()
        if axis is None:
            others.flat[at] = 0
        else:
            np.put_along_axis(others, at, 0, axis)
        return lower - np.log1p(others.sum(axis=axis, keepdims=True))


def reference_backward(name, x, dy, axis):
    """The product, the largest of what is added in each row, and the sum of the magnitudes."""
    with np.errstate(all="ignore"):
        dy, y = dy.astype(wide), reference("softmax", x, axis)
        own, each = (y * dy, y * dy) if name == "softmax" else (dy, dy)
        common = y * np.sum(each, axis=axis, keepdims=True)
        largest = np.maximum(np.abs(own), np.abs(common)).max(axis=axis, keepdims=True)
        return own - common, largest, np.abs(own) + y * np.sum(np.abs(each), axis=axis, keepdims=True)


def rows(seed, shape, dtype, size=1.0):
    with np.errstate(all="ignore"):
        return (np.random.default_rng(seed).standard_normal(shape) * size).astype(dtype)


# ------------------------------------------------------------------------------------------------------ values ---


@each_float
@each_function
def test_values_are_right(function, dtype):
    if dtype is np.float64 and not HAS_LONG_DOUBLE:
        pytest.skip("long double is double here")
    bound = 4 if "fast" in function.__module__ and dtype is not np.float16 else 1
    for seed, (n, size) in enumerate((n, size) for n in (1, 2, 3, 17, 100, 1000, 3001) for size in (1e-3, 1, 30, 300)):
        x = rows(seed, (3, n), dtype, size)
        assert ulps(function(x), reference(function.__name__, x, -1)) < bound


@each_float
@each_function
def test_backward_is_right(function, dtype):
    fast = "fast" in function.__module__
    for seed, n in enumerate((1, 2, 3, 17, 100, 3001)):
        x, dy = rows(seed, (3, n), dtype, 3), rows(seed + 50, (3, n), dtype)
        expected, largest, magnitudes = reference_backward(function.__name__, x, dy, -1)
        error = np.abs(backward(function)(x, dy).astype(wide) - expected)
        unit = np.finfo(dtype).eps * (magnitudes if fast else largest) + np.finfo(dtype).smallest_subnormal
        assert (error < (4 if fast else 1) * unit).all()


@each_function
def test_backward_is_the_slope(function):
    x, dy, direction = (rows(seed, (4, 9), np.float64) for seed in range(3))
    h = 1e-6
    for axis in (0, 1, None):
        slope = (function(x + h * direction, axis) - function(x - h * direction, axis)) / (2 * h)
        np.testing.assert_allclose((backward(function)(x, dy, axis) * direction).sum(), (slope * dy).sum(), rtol=1e-7)


@each_float
@each_module
def test_rows_of_softmax_sum_to_1(module, dtype):
    y = module.softmax(rows(1, (50, 300), dtype, 5)).astype(np.float64)
    assert (y >= 0).all()
    np.testing.assert_allclose(y.sum(axis=-1), 1, rtol=float(np.finfo(dtype).eps) * 20)


EDGES = [
    ([1, -INF, 1], [0.5, 0, 0.5], [-np.log(2), -INF, -np.log(2)]),
    ([1, INF, -INF, 3], [0, 1, 0, 0], [-INF, 0, -INF, -INF]),
    ([-INF, 7], [0, 1], [-INF, 0]),
    ([INF], [1], [0]),
    ([-3], [1], [0]),
    ([-INF], [NAN], [NAN]),
    ([-INF, -INF, -INF], [NAN] * 3, [NAN] * 3),
    ([2, NAN, 1], [NAN] * 3, [NAN] * 3),
]


@each_float
@each_function
def test_edges(function, dtype):
    for x, softmax, log_softmax in EDGES:
        x = np.array(x, dtype)
        expected = np.array(log_softmax if is_log(function) else softmax, np.float64)
        for stacked, axis in ((x, 0), (np.stack([x, x]), 1), (np.stack([x, x], axis=1), 0)):
            result = function(stacked, axis)
            shape = [1] * stacked.ndim
            shape[axis] = x.size
            np.testing.assert_allclose(
                result, np.broadcast_to(expected.reshape(shape), stacked.shape), rtol=float(np.finfo(dtype).eps)
            )


@each_float
@each_function
def test_largest_numbers_do_not_overflow(function, dtype):
    most = np.finfo(dtype).max
    y = function(np.array([most, -most, most], dtype))
    expected = [-np.log(2), -INF, -np.log(2)] if is_log(function) else [0.5, 0, 0.5]
    if dtype is not np.float16 and is_log(function):
        assert y[1] in (-INF, -most)
        y[1] = -INF
    elif is_log(function):
        expected[1] = -INF
    np.testing.assert_allclose(y, np.array(expected), rtol=1e-3)


@each_function
def test_several_infinities_have_no_limit(function):
    assert np.isnan(function([INF, 1.0, INF])[[0, 2]]).all()


any_floats = st.sampled_from(FLOATS).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(max_dims=3, max_side=5), elements=hnp.from_dtype(np.dtype(dtype)))
)


@given(any_floats, st.integers(-3, 2))
def test_anything_goes_without_a_warning(x, axis):
    axis %= x.ndim
    for module in (swiftact, swiftact.fast):
        for name in NAMES:
            function = getattr(module, name)
            y, dx = function(x, axis), backward(function)(x, x, axis)
            assert y.dtype == dx.dtype == x.dtype and y.shape == dx.shape == x.shape
            np.testing.assert_array_equal(function(x.astype(x.dtype.newbyteorder()), axis), y)
            has_nan = np.isnan(x).any(axis=axis, keepdims=True)
            assert np.isnan(y[np.broadcast_to(has_nan, x.shape)]).all()


# ------------------------------------------------------------------------------------------- axes and layouts ---


def one_by_one(function, axis, *arrays):
    """Each row computed alone."""
    moved = [np.moveaxis(a, axis, -1) for a in arrays]
    y = np.empty_like(moved[0])
    for index in np.ndindex(y.shape[:-1]):
        y[index] = function(*(np.array(m[index]) for m in moved))
    return np.moveaxis(y, -1, axis)


@each_float
@each_function
@pytest.mark.parametrize("shape", [(3, 5, 40), (40, 5, 3), (1, 70, 2), (600,), (2, 1, 3, 4)], ids=str)
def test_same_bits_alone_and_in_any_array(function, dtype, shape):
    x, dy = rows(1, shape, dtype, 3), rows(2, shape, dtype)
    for axis in range(-len(shape), len(shape)):
        expected = bits(one_by_one(function, axis, x))
        expected_backward = bits(one_by_one(backward(function), axis, x, dy))
        for (what, given_x), (_, given_dy) in zip(layouts(x), layouts(dy), strict=True):
            for index in (axis, np.int64(axis)):
                np.testing.assert_array_equal(bits(function(given_x, index)), expected, what)
            np.testing.assert_array_equal(bits(backward(function)(given_x, given_dy, axis)), expected_backward, what)
            np.testing.assert_array_equal(bits(backward(function)(given_x, dy, axis)), expected_backward, what)
            np.testing.assert_array_equal(bits(backward(function)(x, given_dy, axis)), expected_backward, what)


@each_float
@each_function
def test_over_all_elements(function, dtype):
    x, dy = rows(1, (4, 5, 6), dtype), rows(2, (4, 5, 6), dtype)
    expected = bits(function(x.ravel())).reshape(x.shape)
    expected_backward = bits(backward(function)(x.ravel(), dy.ravel())).reshape(x.shape)
    for (_, given_x), (_, given_dy) in zip(layouts(x), layouts(dy), strict=True):
        np.testing.assert_array_equal(bits(function(given_x, axis=None)), expected)
        np.testing.assert_array_equal(bits(backward(function)(given_x, given_dy, axis=None)), expected_backward)


@each_function
def test_same_bits_with_any_number_of_threads(function):
    x = rows(1, (1000, 300), np.float32)
    before = swiftact.threads()
    try:
        swiftact.threads(1)
        alone = [bits(function(x, axis)) for axis in (0, 1)]
        swiftact.threads(3)
        for axis in (0, 1):
            np.testing.assert_array_equal(bits(function(x, axis)), alone[axis])
    finally:
        swiftact.threads(before)


@each_function
def test_nothing_is_copied_that_has_no_gaps(function):
    x = rows(1, (30, 100, 70), np.float64)
    out, dy = np.empty_like(x), x.copy()
    for axis in (0, 1, 2, None):
        for call, most in (
            (lambda: function(x, axis, out=out), 0.1),  # noqa: B023
            (lambda: backward(function)(x, dy, axis, out=out), 0.1),  # noqa: B023
            (lambda: function(x, axis), 1.1),  # noqa: B023
            (lambda: function(x.T, -1 if axis is None else axis), 1.1),  # noqa: B023
            (lambda: function(np.moveaxis(x, 0, 1), -1 if axis is None else axis), 1.1),  # noqa: B023
        ):
            tracemalloc.start()
            call()
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert peak < most * x.nbytes


@each_function
def test_results_are_laid_out_as_x_is(function):
    x = np.ones((4, 5, 6))
    for axes in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        assert function(x.transpose(axes), 1).strides == x.transpose(axes).strides


@each_function
def test_other_python_threads_run_meanwhile(function):
    x = np.ones((1 << 13, 1 << 8))
    out = np.empty_like(x)
    assert any(runs_meanwhile(lambda: function(x, out=out)) for _ in range(50))


# ------------------------------------------------------------------------------------ dtypes, scalars, containers ---

REAL = [c for c in np.typecodes["All"] if np.dtype(c).kind in "biuf" and c != "g"]
REFUSED = [c for c in np.typecodes["All"] if c not in REAL] + ["T"]


@pytest.mark.parametrize("code", REAL)
@each_function
def test_result_dtype_is_that_of_tanh(function, code):
    for x in (np.ones(3, code), np.ones((), code), np.ones(3, code)[0], np.ones((2, 0, 3), code)):
        for axis in (-1, 0, None):
            numpys = np.tanh(x)
            for ours in (function(x, axis), backward(function)(x, x, axis)):
                assert ours.dtype == numpys.dtype and ours.shape == numpys.shape
                assert type(ours) is type(numpys)


@pytest.mark.parametrize("x", [1, 1.5, True, [1, 2], [1.5], (True,), [[1], [2]], [], [[], []]], ids=repr)
@each_function
def test_python_numbers_and_sequences(function, x):
    assert function(x).dtype == np.tanh(x).dtype
    np.testing.assert_array_equal(function(x), function(np.asarray(x, np.tanh(x).dtype)))


@each_function
def test_integers(function):
    x = np.array([[1, 5, 2], [0, 0, 9]])
    for code, wider in (("b", np.float16), ("H", np.float32), ("q", np.float64), ("?", np.float16)):
        np.testing.assert_array_equal(function(x.astype(code)), function(x.astype(code).astype(wider)))


@each_function
def test_zero_dimensions(function):
    for x in (5.0, -0.0, np.float32(3), np.array(-2.0)):
        for axis in (-1, 0, None):
            assert function(x, axis) == (0 if is_log(function) else 1)
            assert backward(function)(x, 2.0, axis) == 0
    out = np.zeros(())
    assert function(5.0, out=out) is out and out == (0 if is_log(function) else 1)
    assert np.isnan(function(NAN))
    for axis in (1, -2):
        with pytest.raises(np.exceptions.AxisError):
            function(5.0, axis)


@each_function
def test_empty(function):
    for shape in ((0,), (0, 3), (3, 0), (2, 0, 4)):
        x = np.ones(shape, np.float32)
        for axis in (*range(-len(shape), len(shape)), None):
            for y in (function(x, axis), function(x.T, axis), backward(function)(x, x, axis)):
                assert y.dtype == np.float32 and y.size == 0
            assert function(x, axis).shape == shape


@each_float
@each_function
def test_dtype_argument(function, dtype):
    x = np.linspace(-4, 4, 12)
    for given_x in (x, x.astype(np.float32), np.arange(12), x.astype(np.longdouble), list(x)):
        with np.errstate(all="ignore"):
            expected = function(np.asarray(given_x).astype(dtype))
        for d in (dtype, np.dtype(dtype), np.dtype(dtype).newbyteorder(), np.dtype(dtype).name):
            result = function(given_x, dtype=d)
            assert result.dtype == np.dtype(dtype)
            np.testing.assert_array_equal(bits(result), bits(expected))
    assert np.isnan(function(np.array([1e300, 1.0]), dtype=np.float16)).sum() <= 1  # inf, without a warning


@each_function
def test_dtype_arguments_that_are_none(function):
    for dtype in (int, bool, complex, object, "U", np.longdouble):
        with pytest.raises(TypeError, match=f"^{function.__name__}: dtype must be float16, float32"):
            function([1.0, 2.0], dtype=dtype)
    with pytest.raises(TypeError, match=f"^{function.__name__} does not take dtype complex128"):
        function([1j], dtype=np.float32)


@pytest.mark.parametrize("code", REFUSED)
@each_function
def test_other_dtypes_are_a_type_error_with_function_and_dtype(function, code):
    x = np.zeros(2, code)
    for f, arguments in ((function, (x,)), (backward(function), (x, x)), (backward(function), (np.ones(2), x))):
        with pytest.raises(TypeError) as error:
            f(*arguments)
        assert f"{f.__name__} does not take dtype" in str(error.value) and str(x.dtype) in str(error.value)


@pytest.mark.parametrize("x", [1j, "1", b"1", None, object(), [None, 1.0], ["a"], [[1], [1j]]], ids=repr)
@each_function
def test_other_values_are_a_type_error(function, x):
    with pytest.raises(TypeError, match=f"{function.__name__} does not take dtype "):
        function(x)
    with pytest.raises(TypeError, match=f"{function.__name__}_backward does not take dtypes float64, "):
        backward(function)([1.0], x)


@each_function
def test_operands_of_two_types(function):
    x, dy = rows(1, 8, np.float32), rows(2, 8, np.float64)
    np.testing.assert_array_equal(backward(function)(x, dy), backward(function)(x.astype("f8"), dy))
    assert backward(function)(x, dy.astype("f4").astype("f2")).dtype == np.float32
    assert backward(function)(x, 1.0).dtype == backward(function)(x, 1).dtype == np.float32
    assert backward(function)(x.astype("f2"), 2.5).dtype == np.float16
    np.testing.assert_array_equal(backward(function)(x, 2.0), backward(function)(x, np.full(8, 2, "f4")))


@each_function
def test_bfloat16(function):
    ml_dtypes = pytest.importorskip("ml_dtypes")
    x, dy = rows(1, (4, 300), np.float32, 3), rows(2, (4, 300), np.float32)
    x, dy = x.astype(ml_dtypes.bfloat16), dy.astype(ml_dtypes.bfloat16)
    y = function(x)
    assert y.dtype == ml_dtypes.bfloat16 and type(function(x[0, 0])) is ml_dtypes.bfloat16
    expected = reference(function.__name__, x.astype(np.float64), -1)
    error = np.abs(y.astype(np.float64) - expected) / np.abs(expected)
    assert (error <= 2.0**-8).all()
    for axis in (0, 1):
        np.testing.assert_array_equal(bits(function(x, axis)), bits(one_by_one(function, axis, x)))
        np.testing.assert_array_equal(bits(function(x.T, axis)), bits(one_by_one(function, axis, x.T)))
        dx = backward(function)(x, dy, axis)
        assert dx.dtype == ml_dtypes.bfloat16
        np.testing.assert_array_equal(bits(dx), bits(one_by_one(backward(function), axis, x, dy)))
    assert function(x, dtype=np.float32).dtype == np.float32
    assert function(x.astype(np.float32), dtype=ml_dtypes.bfloat16).dtype == ml_dtypes.bfloat16
    with pytest.raises(TypeError, match="does not take dtypes bfloat16, float16"):
        backward(function)(x[0], np.ones(300, np.float16))
    with pytest.raises(TypeError, match="does not take dtype float8"):
        function(np.ones(3, ml_dtypes.float8_e4m3))


class Labelled(np.ndarray):
    label = None

    def __array_finalize__(self, other):
        self.label = getattr(other, "label", None)


@each_function
def test_containers(function, tmp_path):
    x = rows(1, (3, 4), np.float32)
    expected = function(x)
    labelled = x.view(Labelled)
    labelled.label = "logits"
    result = function(labelled)
    assert type(result) is Labelled
    np.testing.assert_array_equal(np.asarray(result), expected)
    file = np.memmap(tmp_path / "x", np.float32, "w+", shape=x.shape)
    file[...] = x
    assert type(function(file)) in (np.ndarray, np.memmap)
    np.testing.assert_array_equal(function(file), expected)
    np.testing.assert_array_equal(function(memoryview(x)), expected)
    out = np.empty_like(x)
    assert function(labelled, out=out) is out
    for masked in (np.ma.array(x, mask=x > 0), np.ma.array(x)):
        with pytest.raises(TypeError, match=f"^{function.__name__} does not take masked arrays"):
            function(masked)


@each_function
def test_pandas_xarray_and_dask(function):
    x = rows(1, (3, 4), np.float32)
    expected = function(x, 0)
    pandas = pytest.importorskip("pandas")
    result = function(pandas.DataFrame(x, columns=list("abcd")), axis=0)
    np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(function(pandas.Series(x[0])), function(x[0]))
    with pytest.raises(TypeError, match=function.__name__):
        function(pandas.Series(["a"], dtype=object))
    xarray = pytest.importorskip("xarray")
    data = xarray.DataArray(x, dims=("row", "column"), coords={"row": [10, 20, 30]})
    result = function(data, axis=0)
    assert result.dims == ("row", "column") and list(result.row) == [10, 20, 30]
    np.testing.assert_array_equal(result.values, expected)
    dask_array = pytest.importorskip("dask.array")
    np.testing.assert_array_equal(function(dask_array.from_array(x, chunks=2), axis=0), expected)


# ----------------------------------------------------------------------------------------------- axes and out= ---


@each_function
def test_axes_that_are_none(function):
    x = rows(1, (3, 4), np.float64)
    for array in (x, x.T, x.tolist()):
        for axis in (2, -3, 10**30, -(10**30)):
            with pytest.raises((np.exceptions.AxisError, OverflowError)):
                function(array, axis)
            with pytest.raises((np.exceptions.AxisError, OverflowError)):
                backward(function)(array, array, axis)
        with pytest.raises(np.exceptions.AxisError, match="axis 2 is out of bounds for array of dimension 2"):
            function(array, 2)
        for axis in (1.0, "1", (0, 1), [0]):
            with pytest.raises(TypeError, match=f"^{function.__name__}: axis must be an int or None, got "):
                function(array, axis)
    with pytest.raises(TypeError):
        function(x, 0, x)  # out is a keyword


@each_float
@each_function
def test_out(function, dtype):
    x, dy = rows(1, (5, 6), dtype), rows(2, (5, 6), dtype)
    calls = [(function, (x,)), (backward(function), (x, dy))]
    for f, arguments in calls:
        for axis in (0, 1, None):
            expected = f(*arguments, axis)
            outs = [np.empty_like(x), np.empty((6, 5), dtype).T, np.empty((5, 12), dtype)[:, ::-2]]
            outs += [np.empty_like(expected, x.dtype.newbyteorder()), np.empty((5, 6), np.float64)]
            for out in outs:
                out[...] = 7
                assert f(*arguments, axis, out=out) is out
                np.testing.assert_array_equal(out, expected)
                out[...] = 7
                assert f(*(a.T.copy().T for a in arguments), axis, out=(out,)) is out
                np.testing.assert_array_equal(out, expected)
            for i in range(len(arguments)):  # in place
                for view in (np.s_[:, :], np.s_[:, ::-1], np.s_[::2, ::-3]):
                    copies = [a[view].copy() if j != i else a.copy()[view] for j, a in enumerate(arguments)]
                    in_place = f(*(c.copy() for c in copies), axis)
                    assert f(*copies, axis, out=copies[i]) is copies[i]
                    np.testing.assert_array_equal(bits(copies[i]), bits(in_place))


@each_function
def test_out_that_overlaps(function):
    memory = rows(1, 24, np.float64)
    expected = function(memory[:20])
    for start in (0, 1, 3):
        both = memory.copy()
        function(both[:20], out=both[start : start + 20])
        np.testing.assert_array_equal(both[start : start + 20], expected)
    both = memory.copy()
    function(both[:20], out=both[19::-1])
    np.testing.assert_array_equal(both[19::-1], expected)


@each_function
def test_out_that_does_not_fit(function):
    x = np.linspace(-1, 1, 6)
    calls = [lambda out, x=x: function(x, out=out), lambda out: function(list(x), out=out)]
    calls.append(lambda out: backward(function)(x, x, out=out))
    for call in calls:
        for shape in ((5,), (1, 6), (6, 1), ()):
            with pytest.raises(ValueError, match=r"out has shape \(.*\), the result has \(6,\)"):
                call(np.zeros(shape))
        for out in ([0.0] * 6, 1.0, (np.zeros(6), np.zeros(6)), ()):
            with pytest.raises(TypeError, match="out must be an ndarray, got"):
                call(out)
        for dtype in (int, bool):
            with pytest.raises(TypeError, match=r"Cannot cast .*softmax.* output from dtype\('float64'\) to"):
                call(np.zeros(6, dtype))
        read_only = np.zeros(6)
        read_only.flags.writeable = False
        with pytest.raises(ValueError, match="read-only"):
            call(read_only)
        assert not read_only.any()
        single = np.zeros(6, np.float32)  # as with any ufunc, a result may be rounded
        assert call(single) is single and single.any()


@each_function
def test_gradients_broadcast_to_x(function):
    x, dy = rows(1, (3, 4), np.float64), rows(2, 4, np.float64)
    np.testing.assert_array_equal(
        backward(function)(x, dy), backward(function)(x, np.ascontiguousarray(np.broadcast_to(dy, (3, 4))))
    )
    for shape in ((3,), (2, 3, 4), (4, 3)):
        with pytest.raises(ValueError, match=rf"dy of shape \({shape[0]},.*does not broadcast to the result's shape"):
            backward(function)(x, np.ones(shape))


# ------------------------------------------------------------------------------------------------- the package ---


@each_function
def test_names_pickles_and_documentation(function):
    module = sys.modules[function.__module__]
    for f in (function, backward(function)):
        assert getattr(module, f.__name__) is f
        assert f.__name__ in module.__all__ and f.__name__ in dir(module)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(f, protocol)) is f
        for section in ("Parameters", "Returns", "Raises", "References"):
            assert f"\n{section}\n{'-' * len(section)}\n" in f.__doc__
        assert ("4 ULP" if "fast" in f.__module__ else "1 ULP") in f.__doc__
        assert max(map(len, f.__doc__.splitlines())) <= 88
    assert list(inspect.signature(function).parameters) == ["x", "axis", "out", "dtype"]
    assert list(inspect.signature(backward(function)).parameters) == ["x", "dy", "axis", "out"]
    assert function.__name__ not in swiftact.catalogue()


@each_function
def test_arguments_by_keyword(function):
    x = rows(1, (3, 4), np.float64)
    np.testing.assert_array_equal(function(x=x, axis=0), function(x, 0))
    np.testing.assert_array_equal(backward(function)(x=x, dy=x, axis=0), backward(function)(x, x, 0))

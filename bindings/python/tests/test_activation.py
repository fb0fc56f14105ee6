"""swiftact.Activation and swiftact.catalogue()."""

import copy
import pickle

import numpy as np
import pytest

import swiftact
from swiftact import Activation

X = np.linspace(-4, 4, 101)


def test_calls():
    for name in ("tanh", "sigmoid", "relu", "leaky_relu", "bent_identity", "sinusoid", "logistic", "LeakyRELU"):
        for accuracy, module in (("exact", swiftact), ("fast", swiftact.fast)):
            activation = Activation(name, accuracy=accuracy)
            np.testing.assert_array_equal(activation(X), getattr(module, name)(X))
            np.testing.assert_array_equal(activation.deriv(X), getattr(module, f"{name}_deriv")(X))
            # A fast product may be the exact one: each is within 4 ULP of the truth.
            ulp = 0 if accuracy == "exact" else 5
            np.testing.assert_array_max_ulp(activation.backward(X, np.float64(1)), activation.deriv(X), maxulp=ulp)


def test_numpys_arguments():
    f, out = Activation("leaky_relu", negative_slope=0.5), np.zeros(101)
    assert f(X, out=out) is out and f(X, out) is out
    np.testing.assert_array_equal(out, swiftact.leaky_relu(X, 0.5))
    assert f.deriv(X, out=out) is out
    assert f.backward(X, X, out=out) is out
    np.testing.assert_array_equal(out, X * swiftact.leaky_relu_deriv(X, 0.5))
    assert f(X, dtype=np.float32).dtype == np.float32
    assert f.backward(X.astype("f4"), 2.0).dtype == np.float32
    assert f.backward(X[:, None], X).shape == (101, 101)
    with pytest.raises(TypeError, match="'negative_slope'"):
        f(X, negative_slope=0.2)


def test_backward_is_rounded_once():
    """dy·f'(x) in float32 is the float64 product rounded, not a product of rounded numbers."""
    random = np.random.default_rng(5)
    x, dy = random.standard_normal((2, 5000)).astype(np.float32)
    f = Activation("tanh")
    in_doubles = f.backward(x.astype(np.float64), dy.astype(np.float64))
    np.testing.assert_array_equal(f.backward(x, dy), in_doubles.astype(np.float32))
    assert (f.backward(x, dy) != dy * f.deriv(x)).any()


def test_parameters():
    assert Activation("tanh").params == {}
    assert Activation("leaky_relu").params == {"negative_slope": 0.01}
    assert Activation("LeakyRELU").params == {"negative_slope": 0.3}
    assert Activation("LeakyRELU", a=0.5).params == Activation("leaky_relu", negative_slope=0.5).params
    params = Activation("leaky_relu").params
    params["negative_slope"] = 7
    assert Activation("leaky_relu").params == {"negative_slope": 0.01}


def test_array_parameters():
    slopes = np.array([0.1, 0.2, 0.3])
    f = Activation("leaky_relu", negative_slope=slopes)
    slopes[:] = 9
    np.testing.assert_array_equal(f(-np.ones((2, 3))), [[-0.1, -0.2, -0.3]] * 2)
    assert not f.params["negative_slope"].flags.writeable
    assert f == Activation("leaky_relu", negative_slope=[0.1, 0.2, 0.3])
    assert f != Activation("leaky_relu", negative_slope=[[0.1, 0.2, 0.3]])
    assert f == pickle.loads(pickle.dumps(f)) and hash(f) == hash(copy.deepcopy(f))


def test_properties():
    tanh = Activation("tanh")
    assert tanh.name == "tanh" and Activation("logistic").name == "sigmoid"
    assert tanh.range == (-1.0, 1.0)
    assert tanh.monotonic is True and Activation("sinusoid").monotonic is False
    assert tanh.smoothness == "C∞" and Activation("relu").smoothness == "C⁰"
    assert tanh.zero_centred is True and Activation("sigmoid").zero_centred is False
    assert tanh.saturates == (True, True) and tanh.saturates
    relu = Activation("relu").saturates
    assert relu.left and not relu.right and relu
    assert not Activation("leaky_relu").saturates
    assert Activation("relu").range == (0.0, np.inf)
    for f in swiftact.catalogue().values():
        assert f.formula and f.deriv_formula and (f.formula == f.deriv_formula) == (f.name == "exponential")
        for name in ("name", "params", "formula", "range", "max_ulp", "accuracy"):
            with pytest.raises(AttributeError):
                setattr(f, name, None)


def test_errors_are_the_promised_ones():
    for name in swiftact.catalogue():
        exact, fast = Activation(name), Activation(name, accuracy="fast")
        assert exact.max_ulp < 1 and fast.max_ulp <= 4
        for f in (exact, fast):
            assert set(f.errors) == {"value", "derivative"}
            assert f.max_ulp == max(e for by_dtype in f.errors.values() for e in by_dtype.values())
        assert exact.errors["value"]["float32"] == 0.5


def test_catalogue():
    catalogue = swiftact.catalogue()
    assert {"tanh", "sigmoid", "relu", "leaky_relu", "bent_identity", "sinusoid"} <= set(catalogue)
    assert not {"logistic", "RELU", "LeakyRELU"} & set(catalogue)
    for name, activation in catalogue.items():
        assert activation == Activation(name) and activation.name == name
    catalogue.clear()
    assert swiftact.catalogue()


def test_repr_equality_hash():
    f = Activation("LeakyRELU", a=0.5)
    assert repr(f) == "Activation('leaky_relu', negative_slope=0.5)"
    assert repr(Activation("tanh", accuracy="fast")) == "Activation('tanh', accuracy='fast')"
    assert eval(repr(f)) == f
    assert f == Activation("leaky_relu", negative_slope=0.5) and f != Activation("leaky_relu")
    assert Activation("tanh") != Activation("tanh", accuracy="fast")
    assert Activation("tanh") != "tanh"
    assert len({Activation("sigmoid"), Activation("logistic"), Activation("sigmoid")}) == 1


def test_pickle_and_copy():
    for f in (
        Activation("tanh"),
        Activation("LeakyRELU", accuracy="fast"),
        Activation("leaky_relu", negative_slope=-1),
    ):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(f, protocol)) == f
        assert copy.copy(f) == copy.deepcopy(f) == f


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("tahn", "there is no activation 'tahn'; did you mean 'tanh' or 'arctan'?"),
        ("Leaky_ReLU", "there is no activation 'Leaky_ReLU'; did you mean 'leaky_relu'"),
        ("", "there is no activation ''"),
        ("tanh_deriv", "there is no activation 'tanh_deriv'"),
    ],
)
def test_unknown_names(name, message):
    with pytest.raises(ValueError) as error:
        Activation(name)
    assert str(error.value).startswith(message)


def test_wrong_arguments():
    with pytest.raises(TypeError, match="name must be a str, got int"):
        Activation(3)
    with pytest.raises(TypeError, match=r"Activation\('tanh'\): unexpected keyword argument 'a'; allowed: accuracy"):
        Activation("tanh", a=1)
    with pytest.raises(TypeError, match="'slope'; allowed: negative_slope, accuracy"):
        Activation("leaky_relu", slope=1)
    with pytest.raises(ValueError, match="accuracy must be 'exact' or 'fast', got 'quick'"):
        Activation("tanh", accuracy="quick")
    with pytest.raises(ValueError, match=r"Activation\('LeakyRELU'\): a must be finite, got nan"):
        Activation("LeakyRELU", a=np.nan)
    with pytest.raises(ValueError, match="negative_slope must be finite, got inf"):
        Activation("leaky_relu", negative_slope=[0.1, np.inf])
    with pytest.raises(TypeError, match="negative_slope must be a real number or an array of them, got str"):
        Activation("leaky_relu", negative_slope="steep")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_plot():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    f = Activation("leaky_relu", negative_slope=0.3)
    ax = f.plot()
    curves = dict(zip([t.get_text() for t in ax.get_legend().get_texts()], ax.lines, strict=True))
    assert set(curves) == {"leaky_relu", "leaky_relu_deriv"}
    x = curves["leaky_relu"].get_xdata()
    assert (x[0], x[-1]) == (-6, 6)
    np.testing.assert_array_equal(curves["leaky_relu"].get_ydata(), f(x))
    np.testing.assert_array_equal(curves["leaky_relu_deriv"].get_ydata(), f.deriv(x))
    _, own = plt.subplots()
    assert Activation("sinusoid").plot(own, limits=(-np.pi, np.pi)) is own
    assert own.lines[0].get_xdata()[0] == -np.pi
    ax.figure.canvas.draw()
    plt.close("all")

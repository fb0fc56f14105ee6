"""Functions with parameters: by position, by keyword, by default, as arrays; and what is refused."""

import fractions
import inspect

import numpy as np
import pytest

import swiftact
from conftest import bits, each_float, each_module

X = np.array([-2.0, -0.5, 0.0, 3.0])


@each_module
def test_the_ways_to_give_a_parameter(module):
    expected = [-0.4, -0.1, 0.0, 3.0]
    for y in (
        module.leaky_relu(X, 0.2),
        module.leaky_relu(X, negative_slope=0.2),
        module.LeakyRELU(X, 0.2),
        module.LeakyRELU(X, a=0.2),
        module.LeakyRELU(X, negative_slope=0.2),  # any name that the parameter has
        module.leaky_relu(X, a=0.2),
        module.leaky_relu(X, np.float64(0.2)),
        module.leaky_relu(X, fractions.Fraction(1, 5)),
        module.leaky_relu(X, np.array(0.2)),
        module.leaky_relu(X, [0.2]),
        module.leaky_relu(X, np.full(4, 0.2)),
    ):
        np.testing.assert_array_equal(y, expected)


@each_module
def test_defaults_belong_to_the_name(module):
    np.testing.assert_array_equal(module.leaky_relu(X), module.leaky_relu(X, 0.01))
    np.testing.assert_array_equal(module.LeakyRELU(X), module.leaky_relu(X, 0.3))
    np.testing.assert_array_equal(module.leaky_relu_deriv(X), [0.01, 0.01, 0.01, 1])
    np.testing.assert_array_equal(module.LeakyRELU_deriv(X), [0.3, 0.3, 0.3, 1])


@each_module
@each_float
def test_arrays_of_parameters(module, dtype):
    x = np.linspace(-3, 3, 35).astype(dtype).reshape(5, 7)
    slopes = np.linspace(-1, 2, 7)
    for function in (module.leaky_relu, module.leaky_relu_deriv):
        columns = np.stack([function(x[:, i], slopes[i]) for i in range(7)], axis=1)
        np.testing.assert_array_equal(bits(function(x, slopes)), bits(columns))
        np.testing.assert_array_equal(bits(function(x, slopes.tolist())), bits(columns))
        np.testing.assert_array_equal(bits(function(x, np.repeat(slopes, 2)[::2])), bits(columns))
        np.testing.assert_array_equal(bits(function(x.T, slopes[:, None])), bits(columns.T))
        long = np.tile(x, (40, 1))
        np.testing.assert_array_equal(
            bits(function(long, slopes[::-1])), np.tile(bits(function(x, slopes[::-1])), (40, 1))
        )
    assert module.leaky_relu(x[:, :, None], [0.1, 0.2]).shape == (5, 7, 2)
    with pytest.raises(ValueError, match="broadcast"):
        module.leaky_relu(x, np.ones(3))


def test_an_array_of_parameters_is_as_precise_as_a_number():
    """A parameter is a double also where x is a float16."""
    x = np.array([-1000.0], np.float16)
    assert swiftact.leaky_relu(x, [1e-6]) == swiftact.leaky_relu(x, 1e-6) == np.float16(-1e-3)


@pytest.mark.parametrize("slope", [1, True, 2**64, np.int8(3), np.float16(0.5), -0.0, 5e-324, 1.7976931348623157e308])
def test_numbers_of_all_kinds(slope):
    np.testing.assert_array_equal(swiftact.leaky_relu_deriv(-1.0, slope), float(slope))


@each_module
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, np.float32("nan"), 10**400], ids=lambda bad: str(bad)[:9])
def test_values_that_are_not_allowed(module, bad):
    shown = "an int beyond float64" if isinstance(bad, int) else str(bad)
    for function, name in ((module.leaky_relu, "negative_slope"), (module.LeakyRELU_deriv, "a")):
        for call in (lambda f: f(X, bad), lambda f, n=name: f(X, **{n: bad}), lambda f: f([], bad)):
            with pytest.raises(ValueError) as error:
                call(function)
            assert str(error.value) == f"{function.__name__}: {name} must be finite, got {shown}"


@each_module
@pytest.mark.parametrize("n", [4, 4000])
def test_arrays_with_values_that_are_not_allowed(module, n):
    slopes = np.full(n, 0.5)
    slopes[2] = np.nan
    x, out = -np.ones(n), np.zeros(n)
    for function, name in ((module.leaky_relu, "negative_slope"), (module.LeakyRELU_deriv, "a")):
        for bad in (slopes, slopes[::-1], np.array(np.inf)):
            shown = "inf" if bad.ndim == 0 else "nan"
            with pytest.raises(ValueError, match=f"^{function.__name__}: {name} must be finite, got {shown}$"):
                function(x, bad, out=out)
    assert not out.any()


@each_module
@pytest.mark.parametrize(
    ("bad", "given"),
    [
        ("0.3", "got str"),
        (None, "got NoneType"),
        (1j, "got complex"),
        ([1j], "got list of dtype complex128"),
        (np.array(["a"]), "got ndarray of dtype <U1"),
        (np.zeros(1, np.longdouble), "got ndarray of dtype float128"),
        ([[1], [1, 2]], "inhomogeneous"),
        (object(), "got object"),
        ({}, "got dict"),
    ],
    ids=str,
)
def test_what_is_no_number(module, bad, given):
    with pytest.raises(
        TypeError, match=f"leaky_relu: negative_slope must be a real number or an array of them.*{given}"
    ):
        module.leaky_relu(X, bad)
    with pytest.raises(TypeError, match=f"LeakyRELU_deriv: a must be a real number or an array of them.*{given}"):
        module.LeakyRELU_deriv(X, a=bad)


@each_module
def test_wrong_keywords(module):
    with pytest.raises(TypeError) as error:
        module.leaky_relu(X, slope=0.3)
    assert str(error.value) == (
        "leaky_relu: unexpected keyword argument 'slope'; "
        "allowed: negative_slope, out, where, casting, order, dtype, subok, signature"
    )
    with pytest.raises(TypeError, match="'slope'; allowed: a, out"):
        module.LeakyRELU_deriv(X, slope=0.3)
    with pytest.raises(TypeError, match="tanh.*'slope'"):
        module.tanh(X, slope=0.3)
    for call in (lambda: module.leaky_relu(X, 0.1, a=0.2), lambda: module.leaky_relu(X, a=0.1, negative_slope=0.2)):
        with pytest.raises(TypeError, match="^leaky_relu: more than one value for negative_slope$"):
            call()
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        module.leaky_relu()
    with pytest.raises(TypeError, match="positional arguments"):
        module.leaky_relu(X, 0.1, None, None)


def test_numpys_arguments_go_through():
    out = np.full(4, 9.0)
    mask = np.array([True, False, True, False])
    assert swiftact.leaky_relu(X, 0.2, out=out, where=mask) is out
    np.testing.assert_array_equal(out, [-0.4, 9, 0, 9])
    assert swiftact.leaky_relu(X, dtype="f4").dtype == np.float32
    assert swiftact.leaky_relu(X, dtype="f4", casting="unsafe").dtype == np.float32
    with pytest.raises(TypeError, match="Cannot cast"):
        swiftact.leaky_relu(X, dtype="f4", casting="safe")
    assert swiftact.leaky_relu(X, signature=("f", "d", "f")).dtype == np.float32
    assert type(swiftact.leaky_relu(np.ma.array(X), subok=False)) is np.ndarray
    assert swiftact.leaky_relu(X.reshape(2, 2), order="F").flags.f_contiguous


def test_signature():
    parameters = inspect.signature(swiftact.LeakyRELU).parameters
    assert list(parameters) == ["x", "a", "out", "where", "casting", "order", "dtype", "subok"]
    assert parameters["a"].default == 0.3
    assert inspect.signature(swiftact.leaky_relu_deriv).parameters["negative_slope"].default == 0.01

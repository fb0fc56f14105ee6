"""The gated units and their backward products."""

import inspect
import pickle
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import swiftact
import swiftact.fast
from conftest import FLOATS, bits, each_float, each_module
from layouts import layouts, ulps
from swiftact._catalogue import FUNCTIONS
from swiftact._rows import GATES

INF, NAN = np.inf, np.nan
UNITS = {name: gate for name, gate in GATES.items() if gate in FUNCTIONS}
each_unit = pytest.mark.parametrize(
    "unit",
    [getattr(module, name) for module in (swiftact, swiftact.fast) for name in UNITS],
    ids=lambda unit: f"{unit.__module__}.{unit.__name__}",
)


def module_of(unit):
    return sys.modules[unit.__module__]


def backward(unit):
    return getattr(module_of(unit), f"{unit.__name__}_backward")


def gate_of(unit):
    """The unit's f, as an exact Activation."""
    return swiftact.Activation(UNITS[unit.__name__])


def values(seed, shape, dtype, size=3.0):
    with np.errstate(under="ignore"):
        return (np.random.default_rng(seed).standard_normal(shape) * size).astype(dtype)


def halves(x, axis):
    return np.split(x, 2, axis)


def bound(unit, dtype):
    """Of the error in ULP: results are rounded once, and f in double is not much off."""
    fast = "fast" in unit.__module__
    return {np.float16: 0.5001, np.float32: 4.0 if fast else 0.5001, np.float64: 5.0 if fast else 2.0}[dtype]


# ------------------------------------------------------------------------------------------------------ values ---


def test_the_units_of_the_catalogue_are_there():
    for module in (swiftact, swiftact.fast):
        for name in GATES:
            for function in (name, f"{name}_backward"):
                assert (function in module.__all__) == hasattr(module, function) == (name in UNITS)
    assert {"glu", "reglu"} <= set(UNITS)


@each_float
@each_unit
def test_values_are_right(unit, dtype):
    f, wide = gate_of(unit), np.float64 if dtype is not np.float64 else np.longdouble
    for n in (1, 7, 100, 3001):
        value, gate, dy = (values(seed, n, dtype) for seed in range(3))
        opening, slope = f(gate.astype(np.float64)).astype(wide), f.deriv(gate.astype(np.float64)).astype(wide)
        dvalue, dgate = backward(unit)(value, dy, gate)
        assert ulps(unit(value, gate), value.astype(wide) * opening) < bound(unit, dtype)
        assert ulps(dvalue, dy.astype(wide) * opening) < bound(unit, dtype)
        if dtype is not np.float32:  # the product of three has more digits than a double
            wide_product = dy.astype(wide) * value.astype(wide) * slope
        else:
            wide_product = (dy.astype(np.longdouble) * value * slope.astype(np.longdouble)).astype(np.longdouble)
        assert ulps(dgate, wide_product) < bound(unit, dtype)


@each_unit
def test_backward_is_the_slope(unit):
    value, gate, dy = (values(seed, (5, 8), np.float64) + 0.01 for seed in range(3))
    h = 1e-6
    dvalue, dgate = backward(unit)(value, dy, gate)
    np.testing.assert_allclose(dvalue, dy * (unit(value + h, gate) - unit(value - h, gate)) / (2 * h), rtol=1e-6)
    slope = (unit(value, gate + h) - unit(value, gate - h)) / (2 * h)
    np.testing.assert_allclose(dgate, dy * slope, rtol=1e-6, atol=1e-8)


def test_values_known():
    x = np.array([[1.0, -2.0, 0.0, 3.0]])
    np.testing.assert_array_equal(swiftact.reglu(x), [[0, -6]])
    np.testing.assert_array_equal(swiftact.reglu_backward(x, [[10.0, 100.0]]), [[0, 300, 0, -200]])
    np.testing.assert_array_equal(swiftact.glu(x)[:, 0], [0.5])
    np.testing.assert_array_equal(swiftact.glu([[2.0, 4.0], [0.0, 0.0]], axis=0), [[1, 2]])


@each_float
@each_module
def test_edges(module, dtype):
    value = np.array([1, -2, 0, INF, INF, NAN, 3], dtype)
    gate = np.array([INF, -INF, 1, 0, -INF, 0, NAN], dtype)
    np.testing.assert_array_equal(module.glu(value, gate), [1, 0, 0, INF, NAN, NAN, NAN])
    assert np.signbit(module.glu(value, gate)[1])


any_floats = st.sampled_from(FLOATS).flatmap(
    lambda dtype: hnp.arrays(
        dtype, st.tuples(st.integers(0, 3), st.integers(0, 4)).map(lambda s: (s[0], 2 * s[1])),
        elements=hnp.from_dtype(np.dtype(dtype)),
    )
)  # fmt: skip


@given(any_floats)
def test_anything_goes_without_a_warning(x):
    for name in UNITS:
        for module in (swiftact, swiftact.fast):
            unit = getattr(module, name)
            value, gate = halves(x, 1)
            y = unit(x)
            np.testing.assert_array_equal(bits(unit(value, gate)), bits(y))
            np.testing.assert_array_equal(bits(unit(x.astype(x.dtype.newbyteorder()))), bits(y))
            dx, (dvalue, dgate) = backward(unit)(x, y), backward(unit)(value, y, gate)
            np.testing.assert_array_equal(bits(dx), bits(np.concatenate([dvalue, dgate], 1)))
            assert np.isnan(y[np.isnan(value) | np.isnan(gate)]).all()


# --------------------------------------------------------------------------------------------- axes and layouts ---


@each_float
@each_unit
@pytest.mark.parametrize("shape", [(4, 6, 40), (40, 2, 4), (600,), (2, 2, 4, 2), (300, 302)], ids=str)
def test_same_bits_in_any_array(unit, dtype, shape):
    x = values(1, shape, dtype)
    for axis in range(-len(shape), len(shape)):
        value, gate = halves(x, axis)
        dy = values(2, value.shape, dtype)
        alone = [unit(v, g) for v, g in zip(value.flat[:20], gate.flat[:20], strict=True)]
        expected = bits(unit(value.copy(), gate.copy()))
        np.testing.assert_array_equal(expected.flat[:20], bits(np.array(alone)))
        expected_backward = bits(np.concatenate(backward(unit)(value.copy(), dy, gate.copy()), axis))
        for (what, given_x), (_, given_dy) in zip(layouts(x), layouts(dy), strict=True):
            np.testing.assert_array_equal(bits(unit(given_x, axis=axis)), expected, what)
            np.testing.assert_array_equal(bits(unit(given_x, axis=np.int64(axis))), expected, what)
            np.testing.assert_array_equal(bits(backward(unit)(given_x, given_dy, axis=axis)), expected_backward, what)
            np.testing.assert_array_equal(bits(backward(unit)(x, given_dy, axis=axis)), expected_backward, what)
            given_value, given_gate = halves(given_x, axis)
            np.testing.assert_array_equal(bits(unit(given_value, given_gate)), expected, what)
            both = backward(unit)(given_value, given_dy, given_gate)
            np.testing.assert_array_equal(bits(np.concatenate(both, axis)), expected_backward, what)


@each_unit
def test_same_bits_with_any_number_of_threads(unit):
    x = values(1, (1000, 1200), np.float32)
    before = swiftact.threads()
    try:
        swiftact.threads(1)
        alone = [bits(unit(x, axis=axis)) for axis in (0, 1)]
        swiftact.threads(3)
        for axis in (0, 1):
            np.testing.assert_array_equal(bits(unit(x, axis=axis)), alone[axis])
    finally:
        swiftact.threads(before)


@each_unit
def test_broadcasting(unit):
    value, gate, dy = values(1, (3, 4), np.float64), values(2, 4, np.float64), values(3, (3, 1), np.float64)
    whole = [np.ascontiguousarray(np.broadcast_to(a, (3, 4))) for a in (value, gate, dy)]
    np.testing.assert_array_equal(unit(value, gate), unit(*whole[:2]))
    np.testing.assert_array_equal(unit(gate, value), unit(whole[1], value))
    np.testing.assert_array_equal(unit(value, 2), unit(value, np.full((3, 4), 2.0)))
    for ours, theirs in zip(backward(unit)(value, dy, gate), backward(unit)(whole[0], whole[2], whole[1]), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    with pytest.raises(ValueError, match=rf"^{unit.__name__}: x of shape \(3, 4\) and gate of shape \(3,\) do not"):
        unit(value, np.ones(3))
    with pytest.raises(ValueError, match=rf"^{unit.__name__}_backward: dy of shape \(3, 4\) does not broadcast"):
        backward(unit)(gate, value, gate)
    with pytest.raises(ValueError, match=r"dy of shape \(3,\) does not broadcast to the result's shape \(3, 2\)"):
        backward(unit)(value, np.ones(3))


# ------------------------------------------------------------------------------------------ dtypes and containers ---

REAL = [c for c in np.typecodes["All"] if np.dtype(c).kind in "biuf" and c != "g"]
REFUSED = [c for c in np.typecodes["All"] if c not in REAL] + ["T"]


@pytest.mark.parametrize("code", REAL)
@each_unit
def test_result_dtype_is_that_of_tanh(unit, code):
    for x in (np.ones(4, code), np.ones((2, 0, 6), code), np.ones((0, 2), code)):
        expected = np.tanh(x).dtype
        y = unit(x)
        assert y.dtype == expected and y.shape == (*x.shape[:-1], x.shape[-1] // 2)
        assert backward(unit)(x, y).dtype == expected and backward(unit)(x, y).shape == x.shape
        assert unit(x, x).dtype == expected and unit(x, x).shape == x.shape
    for number in (np.ones((), code), np.ones(1, code)[0]):
        assert type(unit(number, number)) is type(np.tanh(number))
        for gradient in backward(unit)(number, number, number):
            assert type(gradient) is type(np.tanh(number))


@each_unit
def test_operands_of_two_types(unit):
    value, gate = values(1, 8, np.float32), values(2, 8, np.float64)
    np.testing.assert_array_equal(unit(value, gate), unit(value.astype("f8"), gate))
    assert unit(value, gate.astype("f2")).dtype == np.float32
    assert unit(value, 1.0).dtype == unit(value, 1).dtype == unit(2.5, value).dtype == np.float32
    assert unit(value.astype("f2"), np.arange(8, dtype="i2")).dtype == np.float32
    assert unit(np.arange(8, dtype="i1"), True).dtype == np.float16
    assert unit(1, 2).dtype == unit([1, 2]).dtype == np.float64
    assert all(d.dtype == np.float32 for d in backward(unit)(value, 1.0, value))


@each_unit
def test_python_numbers_and_sequences(unit):
    np.testing.assert_array_equal(unit([1.0, 2.0]), [unit(1.0, 2.0)])
    np.testing.assert_array_equal(unit([[1.0], [2.0]], axis=0), [[unit(1.0, 2.0)]])
    np.testing.assert_array_equal(unit((1, 2, 3, 4)), unit(np.arange(1.0, 5.0)))
    assert unit([]).shape == (0,)
    np.testing.assert_array_equal(backward(unit)([1.0, 2.0], [3.0]), np.array(backward(unit)(1.0, 3.0, 2.0)))
    np.testing.assert_array_equal(backward(unit)([1.0, 2.0], 3.0), np.array(backward(unit)(1.0, 3.0, 2.0)))


@pytest.mark.parametrize("code", REFUSED)
@each_unit
def test_other_dtypes_are_a_type_error_with_function_and_dtype(unit, code):
    x, ones = np.zeros(2, code), np.ones(2)
    calls = [(unit, (x,)), (unit, (x, ones)), (unit, (ones, x)), (backward(unit), (x, [1.0]))]
    calls += [(backward(unit), (ones, x)), (backward(unit), (ones, ones, x))]
    for f, arguments in calls:
        with pytest.raises(TypeError) as error:
            f(*arguments)
        assert f"{f.__name__} does not take dtype" in str(error.value) and str(x.dtype) in str(error.value)


@each_unit
def test_other_values_are_a_type_error(unit):
    for x in (1j, "1", None, object(), [None, 1.0], ["a"]):
        with pytest.raises(TypeError, match=f"^{unit.__name__} does not take dtype"):
            unit(x)
    with pytest.raises(TypeError, match=f"^{unit.__name__}_backward does not take dtypes float64, object"):
        backward(unit)([1.0, 2.0], None)
    with pytest.raises(TypeError, match=f"^{unit.__name__} does not take masked arrays"):
        unit(np.ma.array([1.0, 2.0]))


@each_unit
def test_bfloat16(unit):
    ml_dtypes = pytest.importorskip("ml_dtypes")
    x = values(1, (4, 300), np.float32).astype(ml_dtypes.bfloat16)
    value, gate = halves(x, 1)
    y = unit(x)
    assert y.dtype == ml_dtypes.bfloat16
    exact = value.astype(np.float64) * gate_of(unit)(gate.astype(np.float64))
    np.testing.assert_array_equal(bits(y), bits(exact.astype(np.float32).astype(ml_dtypes.bfloat16)))
    np.testing.assert_array_equal(bits(unit(value, gate)), bits(y))
    np.testing.assert_array_equal(bits(unit(x.T, axis=0)), bits(y.T))
    dx, both = backward(unit)(x, y), backward(unit)(value, y, gate)
    assert dx.dtype == both[0].dtype == both[1].dtype == ml_dtypes.bfloat16
    np.testing.assert_array_equal(bits(dx), np.concatenate([bits(d) for d in both], 1))
    assert unit(value, gate.astype(np.float32)).dtype == np.float32
    with pytest.raises(TypeError, match="does not take dtypes bfloat16, float16"):
        unit(value, gate.astype(np.float16))


@each_unit
def test_pandas_becomes_arrays(unit):
    pandas = pytest.importorskip("pandas")
    x = values(1, (3, 4), np.float32)
    result = unit(pandas.DataFrame(x))
    assert type(result) is np.ndarray
    np.testing.assert_array_equal(result, unit(x))
    np.testing.assert_array_equal(unit(pandas.Series(x[0]), pandas.Series(x[1])), unit(x[0], x[1]))


# ------------------------------------------------------------------------------------------------- axes and out= ---


@each_unit
def test_odd_lengths_and_axes_that_are_none(unit):
    x = np.ones((3, 4))
    for f, arguments in ((unit, ()), (backward(unit), (1.0,))):
        for array in (x, x.T.copy().T, x.tolist(), x.astype(np.float16)):
            message = f"^{f.__name__}: axis 0 has the odd length 3, which cannot be halved"
            with pytest.raises(ValueError, match=message):
                f(array, *arguments, axis=0)
            with pytest.raises(np.exceptions.AxisError, match="axis 2 is out of bounds for array of dimension 2"):
                f(array, *arguments, axis=2)
            with pytest.raises(np.exceptions.AxisError):
                f(array, *arguments, axis=-3)
            for axis in (None, 1.0, (0, 1)):
                with pytest.raises(TypeError, match=f"^{f.__name__}: axis must be an int, got "):
                    f(array, *arguments, axis=axis)
        for number in (1.0, np.array(2.0)):
            with pytest.raises(np.exceptions.AxisError):
                f(number, *arguments)
    assert unit(x[:, :3], x[:, 1:]).shape == (3, 3)  # with a gate of its own, nothing is halved


@each_float
@each_unit
def test_out(unit, dtype):
    x = values(1, (6, 8), dtype)
    for axis in (0, 1):
        value, gate = halves(x, axis)
        expected = unit(x, axis=axis)
        shape = expected.shape
        outs = [np.empty(shape, dtype), np.empty(shape[::-1], dtype).T, np.empty((*shape, 2), dtype)[..., 1]]
        outs += [np.empty(shape, np.dtype(dtype).newbyteorder()), np.empty(shape, np.float64)]
        for out in outs:
            for call in (
                lambda out, axis=axis: unit(x, axis=axis, out=out),
                lambda out, axis=axis: unit(x.T.copy().T, axis=axis, out=(out,)),
                lambda out, value=value, gate=gate: unit(value, gate, out=out),
                lambda out, value=value, gate=gate: unit(value.copy(), gate.copy(), out=out),
            ):
                out[...] = 7
                result = call(out)
                assert result is out
                np.testing.assert_array_equal(out, expected)
        first, second = value.copy(), gate.copy()
        assert unit(first, second, out=first) is first
        np.testing.assert_array_equal(first, expected)
        first = value.copy()
        assert unit(first, second, out=second) is second
        np.testing.assert_array_equal(second, expected)
        both = x.copy()  # the first half overlaps x
        unit(both, axis=axis, out=halves(both, axis)[0])
        np.testing.assert_array_equal(halves(both, axis)[0], expected)
        both = x.copy()
        unit(*halves(both, axis), out=halves(both, axis)[1])
        np.testing.assert_array_equal(halves(both, axis)[1], expected)


@each_unit
def test_out_that_overlaps(unit):
    memory = values(1, 40, np.float64)
    expected, expected_halves = unit(memory[:20], memory[20:]), unit(memory)
    for start in (0, 1, 10, 20):
        both = memory.copy()
        unit(both[:20], both[20:], out=both[start : start + 20])
        np.testing.assert_array_equal(both[start : start + 20], expected)
        both = memory.copy()
        unit(both, out=both[start : start + 20])
        np.testing.assert_array_equal(both[start : start + 20], expected_halves)


@each_unit
def test_out_that_does_not_fit(unit):
    x = np.linspace(-1, 1, 6)
    for call in (lambda out: unit(x, out=out), lambda out: unit(x[:3], x[3:], out=out)):
        for shape in ((6,), (1, 3), ()):
            with pytest.raises(ValueError, match=r"out has shape \(.*\), the result has \(3,\)"):
                call(np.zeros(shape))
        with pytest.raises(TypeError, match=f"^{unit.__name__}: out must be an ndarray, got list"):
            call([0.0] * 3)
        with pytest.raises(TypeError, match=rf"Cannot cast {unit.__name__} output from dtype\('float64'\) to"):
            call(np.zeros(3, int))
        read_only = np.zeros(3)
        read_only.flags.writeable = False
        with pytest.raises(ValueError, match="read-only"):
            call(read_only)


# --------------------------------------------------------------------------------------------------- the package ---


@each_unit
def test_names_pickles_and_documentation(unit):
    for f in (unit, backward(unit)):
        assert getattr(module_of(unit), f.__name__) is f
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(f, protocol)) is f
        for section in ("Parameters", "Returns", "Raises", "References"):
            assert f"\n{section}\n{'-' * len(section)}\n" in f.__doc__
        assert f"f(x) = {FUNCTIONS[UNITS[unit.__name__]].info['formula']}" in f.__doc__
        assert max(map(len, f.__doc__.splitlines())) <= 88
    assert list(inspect.signature(unit).parameters) == ["x", "gate", "axis", "out"]
    assert list(inspect.signature(backward(unit)).parameters) == ["x", "dy", "gate", "axis"]
    assert unit.__name__ not in swiftact.catalogue()


def test_core_refuses_nonsense():
    from swiftact import _core

    for name, accuracy, parameters in (
        ("nothing", 0, ()),
        ("relu", 2, ()),
        ("relu", 0, (1.0,)),
        ("softplus", 0, (-1.0,)),
    ):
        with pytest.raises(ValueError):
            _core.bound(name, accuracy, parameters)
    with pytest.raises(TypeError, match="5 arguments expected, got 1"):
        _core.softmax(1)
    with pytest.raises(ValueError):
        _core.gated(None, np.ones(2), None, 0, None)
    with pytest.raises(TypeError):
        _core.softmax(None, 0, np.ones(2), 0, None)
    with pytest.raises(RuntimeError):
        _core.softmax(0, 5, np.ones(2), 0, None)

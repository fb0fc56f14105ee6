"""The same bits whatever way the data lie in memory, and NumPy's arguments out=, where=, order=."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.lib.stride_tricks import as_strided, sliding_window_view

import swiftact
from conftest import bits, each_case, each_float, every_pattern
from swiftact import _exact, _fast


def spread(dtype, n):
    """n values of many sizes and both signs, in no order."""
    random = np.random.default_rng(7)
    with np.errstate(under="ignore"):
        return (random.standard_normal(n) * 10.0 ** random.uniform(-4, 1, n)).astype(dtype)


@each_case
@each_float
def test_lengths(case, dtype):
    x = spread(dtype, 400)
    whole = bits(case(x))
    for n in range(131):
        for start in (0, 1, 3):
            np.testing.assert_array_equal(bits(case(x[start : start + n])), whole[start : start + n])


@each_case
@each_float
def test_strides(case, dtype):
    x = spread(dtype, 3000)
    whole = bits(case(x))
    views = [np.s_[::2], np.s_[::-1], np.s_[::-3], np.s_[1::7], np.s_[5:2900:64], np.s_[::-500], np.s_[2990:4:-11]]
    for view in views:
        np.testing.assert_array_equal(bits(case(x[view])), whole[view])
        out = np.zeros(3000, dtype)
        assert np.shares_memory(case(x[view], out=out[view]), out)  # strided on both sides
        np.testing.assert_array_equal(bits(out[view]), whole[view])


@each_case
@each_float
def test_shapes(case, dtype):
    x = spread(dtype, 600)
    whole = bits(case(x))
    cube, result = x.reshape(10, 12, 5), whole.reshape(10, 12, 5)
    for axes in itertools.permutations(range(3)):
        np.testing.assert_array_equal(bits(case(cube.transpose(axes))), result.transpose(axes))
    np.testing.assert_array_equal(bits(case(np.asfortranarray(cube))), result)
    np.testing.assert_array_equal(bits(case(cube[::2, ::-1, 1:4])), result[::2, ::-1, 1:4])
    broadcast = np.broadcast_to(x[:, None], (600, 40))
    np.testing.assert_array_equal(bits(case(broadcast)), np.broadcast_to(whole[:, None], (600, 40)))
    same = as_strided(x[3:], (90,), (0,))  # a stride of 0 along the loop itself
    np.testing.assert_array_equal(bits(case(same)), np.full(90, whole[3]))
    windows = sliding_window_view(x, 7)
    np.testing.assert_array_equal(bits(case(windows)), sliding_window_view(whole, 7))


@each_case
@each_float
def test_single_values(case, dtype):
    x = spread(dtype, 64)
    whole = bits(case(x))
    for i, value in enumerate(x):
        assert type(case(value)) is dtype
        assert bits(case(value)) == whole[i]
        assert bits(case(x[i : i + 1].reshape(()))) == whole[i]


@each_case
def test_lists(case):
    x = spread(np.float64, 50)
    np.testing.assert_array_equal(bits(case(list(x))), bits(case(x)))
    np.testing.assert_array_equal(bits(case(x.tolist())), bits(case(x)))


@each_case
@each_float
def test_unaligned(case, dtype):
    x = spread(dtype, 200)
    raw = np.zeros(x.nbytes + 1, np.uint8)
    unaligned = raw[1:].view(dtype)
    unaligned[:] = x
    assert not unaligned.flags.aligned
    np.testing.assert_array_equal(bits(case(unaligned)), bits(case(x)))
    record = np.zeros(200, [("pad", "u1"), ("x", dtype), ("y", dtype)])
    record["x"] = x
    case(record["x"], out=record["y"])
    np.testing.assert_array_equal(bits(record["y"]), bits(case(x)))


@each_case
@given(data=st.data())
def test_any_view_of_any_bits(case, data):
    shape = data.draw(hnp.array_shapes(max_dims=3, max_side=9))
    kind = data.draw(st.sampled_from(["float16", "float32", "float64"]))
    width = np.dtype(kind).itemsize
    x = data.draw(hnp.arrays(f"u{width}", shape)).view(kind)
    view = data.draw(hnp.basic_indices(shape, allow_newaxis=True, allow_ellipsis=True))
    whole, part = case(x), case(x[view])
    np.testing.assert_array_equal(bits(part), bits(whole)[view])


@each_case
@each_float
def test_out(case, dtype):
    x = spread(dtype, 333)
    expected = bits(case(x))
    out = np.empty_like(x)
    assert case(x, out=out) is out
    np.testing.assert_array_equal(bits(out), expected)
    out = np.empty_like(x)
    assert case(x, out=(out,)) is out
    np.testing.assert_array_equal(bits(out), expected)
    in_place = x.copy()
    case(in_place, out=in_place)
    np.testing.assert_array_equal(bits(in_place), expected)
    wider = np.empty(x.shape, np.float64)
    np.testing.assert_array_equal(case(x, out=wider), case(x).astype(np.float64))


def test_out_by_position():
    x, out = np.linspace(-2, 2, 9), np.empty(9)
    assert swiftact.tanh(x, out) is out
    np.testing.assert_array_equal(out, swiftact.tanh(x))
    assert swiftact.LeakyRELU(x, 0.2, out) is out
    np.testing.assert_array_equal(out, swiftact.LeakyRELU(x, 0.2))


@each_case
@each_float
@pytest.mark.parametrize("shift", [1, 2, 15, 64, -1, -16, -63])
def test_out_that_overlaps_the_input(case, dtype, shift):
    """NumPy makes it as if nothing overlapped."""
    for n in (70, 5000):
        memory = spread(dtype, n + 64)
        start = np.s_[:n] if shift > 0 else np.s_[-shift : n - shift]
        end = np.s_[shift : n + shift] if shift > 0 else np.s_[:n]
        expected = bits(case(memory[start]))
        np.testing.assert_array_equal(bits(case(memory[start], out=memory[end])), expected)
    memory = spread(dtype, 333)
    expected = bits(case(memory))
    np.testing.assert_array_equal(bits(case(memory, out=memory[::-1])), expected)


@each_case
@each_float
def test_out_that_overlaps_with_other_strides(case, dtype):
    for n in (5, 70, 3000):
        for start, end in (
            (np.s_[::2], np.s_[:n]),
            (np.s_[::-2], np.s_[n:]),
            (np.s_[n:], np.s_[::2]),
            (np.s_[1::2], np.s_[::2]),
        ):
            memory = spread(dtype, 2 * n)
            expected = bits(case(memory[start]))
            np.testing.assert_array_equal(bits(case(memory[start], out=memory[end])), expected)


def test_accumulate_and_reduce():
    """There each element is computed from the one before."""
    for ufunc in (_exact.tanh_backward, _exact.leaky_relu, _fast.sigmoid_backward):
        x = np.linspace(-1, 1, 700)
        expected = [x[0]]
        for value in x[1:]:
            expected.append(ufunc(expected[-1], value))
        np.testing.assert_array_equal(bits(ufunc.accumulate(x)), bits(expected))
        assert bits(ufunc.reduce(x)) == bits(expected[-1])


def test_out_that_is_the_parameter():
    x, slope = np.linspace(-2, 2, 3001), np.linspace(0, 1, 3001)
    expected = swiftact.leaky_relu(x, slope)
    swiftact.leaky_relu(x, slope, out=slope)
    np.testing.assert_array_equal(slope, expected)


@each_case
@each_float
def test_where(case, dtype):
    x = spread(dtype, 500)
    mask = np.random.default_rng(3).random(500) < 0.5
    out = np.full(500, 7, dtype)
    case(x, out=out, where=mask)
    np.testing.assert_array_equal(bits(out), np.where(mask, bits(case(x)), bits(np.full(500, 7, dtype))))


@each_case
def test_order_and_casting(case):
    x = spread(np.float64, 60).reshape(6, 10)
    assert case(x, order="F").flags.f_contiguous
    assert case(x, casting="no").dtype == np.float64
    with pytest.raises(TypeError, match="Cannot cast"):
        case(x, out=np.empty((6, 10), np.float32), casting="no")


@each_case
def test_numpys_errors_for_out(case):
    x = np.zeros(3)
    with pytest.raises(ValueError, match="broadcast"):
        case(x, out=np.zeros(4))
    with pytest.raises(TypeError, match="Cannot cast"):
        case(x, out=np.zeros(3, int))
    with pytest.raises(TypeError, match="must be of ArrayType"):
        case(x, out=[0, 0, 0])
    frozen = np.zeros(3)
    frozen.setflags(write=False)
    with pytest.raises(ValueError, match="read-only"):
        case(x, out=frozen)


@each_case
@each_float
def test_nothing_warns(case, dtype):
    """Overflow, 0·∞, subnormals, signalling NaNs: the fixture makes any floating-point error an exception."""
    x = every_pattern(dtype)
    whole = case(x)
    assert np.isnan(whole[np.isnan(x)]).all()
    case(x[::-3])
    for value in x[:: len(x) // 64]:
        case(value)

"""dense and dense_backward."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import swiftact
from conftest import activation, bits
from layouts import layouts, runs_meanwhile
from swiftact._catalogue import FUNCTIONS

CANONICAL = [f.name for f in FUNCTIONS.values() if f.name == f.canonical]
each_type = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])


def layer(dtype, batch=5, n_in=7, n_out=3, seed=0):
    """x, w, b and dy."""
    random = np.random.default_rng(seed)
    return [random.normal(size=shape).astype(dtype) for shape in ((batch, n_in), (n_in, n_out), n_out, (batch, n_out))]


def chain(x, w):
    """x·w as the library promises it: of each element one chain of fused multiply-adds over the inner index."""
    wide_x, wide_w = x.astype(np.longdouble), w.astype(np.longdouble)
    z = np.zeros((len(x), w.shape[1]), np.float32)
    for k in range(len(w)):
        z = (z + np.outer(wide_x[:, k], wide_w[k])).astype(np.float32)
    return z


@pytest.mark.parametrize("name", CANONICAL)
@each_type
def test_is_the_activation_of_product_and_bias(name, dtype):
    x, w, b, _ = layer(dtype)
    f = activation(name)
    z = swiftact.dense(x, w, b)
    np.testing.assert_allclose(z, x.astype(float) @ w + b, rtol=1e-5 if dtype == np.float32 else 1e-13, atol=1e-5)
    y = swiftact.dense(x, w, b, f)
    assert y.dtype == dtype
    np.testing.assert_array_equal(bits(y), bits(f(z)))


@pytest.mark.parametrize("name", CANONICAL)
@each_type
def test_gradients_are_those_of_the_formula(name, dtype):
    x, w, b, dy = layer(dtype)
    f = activation(name)
    dx, dw, db = swiftact.dense_backward(x, w, b, f, dy)
    dz = f.backward(swiftact.dense(x, w, b), dy)
    tolerance = {"rtol": 1e-4, "atol": 1e-5} if dtype == np.float32 else {"rtol": 1e-12, "atol": 1e-13}
    np.testing.assert_allclose(dx, dz @ w.T, **tolerance)
    np.testing.assert_allclose(dw, x.T @ dz, **tolerance)
    np.testing.assert_allclose(db, dz.sum(axis=0), **tolerance)
    assert dx.dtype == dw.dtype == db.dtype == dtype


def test_gradients_are_those_of_finite_differences():
    x, w, b, dy = layer(np.float64)
    step = 1e-6
    for position, gradient in enumerate(swiftact.dense_backward(x, w, b, "tanh", dy)):
        for place in np.ndindex(gradient.shape):
            values = []
            for sign in (-1, 1):
                moved = [a.copy() for a in (x, w, b)]
                moved[position][place] += sign * step
                values.append((swiftact.dense(*moved, "tanh") * dy).sum())
            assert gradient[place] == pytest.approx((values[1] - values[0]) / (2 * step), abs=1e-8)


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 60, reason="longdouble is no wider than double")
def test_each_element_is_one_chain_of_fused_multiply_adds():
    x, w, _, _ = layer(np.float32, 9, 33, 17)
    np.testing.assert_array_equal(bits(swiftact.dense(x, w)), bits(chain(x, w)))


@each_type
def test_a_row_has_the_same_bits_alone_and_in_any_batch(dtype):
    x, w, b, _ = layer(dtype, 70, 50, 67)
    together = swiftact.dense(x, w, b, "gelu")
    for i in (0, 1, 31, 69):
        np.testing.assert_array_equal(bits(swiftact.dense(x[i], w, b, "gelu")), bits(together[i]))
    for count in (2, 3, 5, 8, 17, 64):
        np.testing.assert_array_equal(bits(swiftact.dense(x[:count], w, b, "gelu")), bits(together[:count]))


@each_type
def test_threads_change_no_bit(dtype):
    x, w, b, dy = layer(dtype, 130, 300, 270)
    before = swiftact.threads()
    results = []
    try:
        for n in (1, 2, 7):
            swiftact.threads(n)
            results.append([swiftact.dense(x, w, b, "tanh"), *swiftact.dense_backward(x, w, b, "tanh", dy)])
    finally:
        swiftact.threads(before)
    for other in results[1:]:
        for one, another in zip(results[0], other, strict=True):
            np.testing.assert_array_equal(bits(one), bits(another))


@each_type
def test_every_layout_gives_the_same_bits(dtype):
    operands = layer(dtype)
    expected = [swiftact.dense(*operands[:3], "silu"), *swiftact.dense_backward(*operands[:3], "silu", operands[3])]
    for i in range(4):
        for what, other in layouts(operands[i]):
            x, w, b, dy = [*operands[:i], other, *operands[i + 1 :]]
            got = [swiftact.dense(x, w, b, "silu"), *swiftact.dense_backward(x, w, b, "silu", dy)]
            for one, another in zip(expected, got, strict=True):
                np.testing.assert_array_equal(bits(one), bits(another), err_msg=f"operand {i}: {what}")


def test_transposed_and_sliced_matrices_are_not_copied():
    from swiftact import _core

    x, w, b, dy = layer(np.float32, 6, 8, 4)
    f = swiftact.Activation("tanh")._bound
    for left, right in ((x[::-1, ::2], w[::2]), (x.T.copy().T, w.T.copy().T), (np.broadcast_to(x[:1], x.shape), w)):
        assert _core.dense(f, left, right, b) is not None
        assert _core.dense_backward(f, left, right, b, np.broadcast_to(dy[0], dy.shape)) is not None


@pytest.mark.parametrize("batch, n_in, n_out", [(0, 3, 2), (3, 0, 2), (3, 2, 0), (0, 0, 0), (1, 1, 1)])
def test_sizes_may_be_0(batch, n_in, n_out):
    x, w, b, dy = layer(np.float64, batch, n_in, n_out)
    np.testing.assert_allclose(swiftact.dense(x, w, b, "relu"), np.maximum(x @ w + b, 0))
    dx, dw, db = swiftact.dense_backward(x, w, b, None, dy)
    np.testing.assert_allclose(dx, dy @ w.T)
    np.testing.assert_allclose(dw, x.T @ dy)
    np.testing.assert_allclose(db, dy.sum(axis=0))


def test_one_sample_and_more_dimensions():
    x, w, b, dy = layer(np.float64, 6)
    y = swiftact.dense(x, w, b, "tanh")
    one = swiftact.dense(x[0], w, b, "tanh")
    assert one.shape == (3,)
    np.testing.assert_array_equal(one, y[0])
    np.testing.assert_array_equal(swiftact.dense(x.reshape(2, 3, 7), w, b, "tanh"), y.reshape(2, 3, 3))
    dx, dw, db = swiftact.dense_backward(x[0], w, b, "tanh", dy[0])
    assert (dx.shape, dw.shape, db.shape) == (x[0].shape, w.shape, b.shape)
    np.testing.assert_allclose(dw, np.outer(x[0], db))
    dx, *_ = swiftact.dense_backward(x.reshape(2, 3, 7), w, b, "tanh", dy.reshape(2, 3, 3))
    assert dx.shape == (2, 3, 7)


def test_without_bias_there_is_no_gradient_of_it():
    x, w, _, dy = layer(np.float32)
    np.testing.assert_array_equal(swiftact.dense(x, w, None, "tanh"), swiftact.dense(x, w, np.zeros(3, "f"), "tanh"))
    assert swiftact.dense_backward(x, w, None, "tanh", dy)[2] is None


def test_gradient_broadcasts():
    x, w, b, dy = layer(np.float32)
    expected = swiftact.dense_backward(x, w, b, "tanh", np.full_like(dy, 2))
    for given_dy in (2.0, 2, np.float32(2), np.full((5, 1), 2, np.float32)):
        for one, another in zip(expected, swiftact.dense_backward(x, w, b, "tanh", given_dy), strict=True):
            np.testing.assert_array_equal(one, another)


@pytest.mark.parametrize("dtypes, result", [
    ("bbb", "d"), ("iii", "d"), ("ddd", "d"), ("fff", "f"), ("fdf", "d"), ("ffd", "d"), ("eee", "e"), ("eef", "f"),
    ("Bee", "e"), ("?ff", "f"), ("iff", "d"),
])  # fmt: skip
def test_dtypes_are_promoted_as_numpy_does(dtypes, result):
    x, w, b, dy = (a.round() for a in layer(np.float64))
    operands = [np.abs(a).astype(t) for a, t in zip((x, w, b), dtypes, strict=True)]
    y = swiftact.dense(*operands, "tanh")
    assert y.dtype == np.dtype(result)
    wide = [a.astype(np.float32 if result in "ef" else np.float64) for a in operands]
    np.testing.assert_array_equal(y, swiftact.dense(*wide, "tanh").astype(result))
    for gradient in swiftact.dense_backward(*operands, "tanh", dy.astype(result)):
        assert gradient.dtype == np.dtype(result)


def test_bfloat16():
    bfloat16 = pytest.importorskip("ml_dtypes").bfloat16
    x, w, b, _ = (a.astype(bfloat16) for a in layer(np.float32))
    y = swiftact.dense(x, w, b, "tanh")
    assert y.dtype == bfloat16
    wide = swiftact.dense(*(a.astype(np.float32) for a in (x, w, b)), "tanh")
    np.testing.assert_array_equal(bits(y), bits(wide.astype(bfloat16)))
    with pytest.raises(TypeError, match="no dtype is common to x bfloat16, w float16"):
        swiftact.dense(x, w.astype(np.float16))


def test_activations():
    x, w, b, dy = layer(np.float64)
    z = swiftact.dense(x, w, b)
    np.testing.assert_array_equal(swiftact.dense(x, w, b, None), z)
    np.testing.assert_array_equal(swiftact.dense(x, w, b, "LeakyRELU"), swiftact.LeakyRELU(z))
    leaky = swiftact.Activation("leaky_relu", negative_slope=0.3)
    np.testing.assert_array_equal(swiftact.dense(x, w, b, leaky), leaky(z))
    fast = swiftact.Activation("tanh", accuracy="fast")
    np.testing.assert_array_equal(swiftact.dense(x, w, b, fast), swiftact.fast.tanh(z))
    for each in (swiftact.Activation("prelu", weight=[0.1, 0.2, 0.3]), swiftact.Activation("swish", beta=[[1.0]] * 5)):
        np.testing.assert_array_equal(swiftact.dense(x, w, b, each), each(z))
        dx, dw, db = swiftact.dense_backward(x, w, b, each, dy)
        np.testing.assert_allclose(db, each.backward(z, dy).sum(axis=0))
        np.testing.assert_allclose(dx, each.backward(z, dy) @ w.T)


def test_containers():
    pandas = pytest.importorskip("pandas")
    x, w, b, _ = layer(np.float64)
    expected = swiftact.dense(x, w, b, "tanh")
    np.testing.assert_array_equal(swiftact.dense(x.tolist(), w.tolist(), b.tolist(), "tanh"), expected)
    np.testing.assert_array_equal(swiftact.dense(pandas.DataFrame(x), w, pandas.Series(b), "tanh"), expected)


@pytest.mark.parametrize("arguments, error, message", [
    ((np.ones((2, 3)), np.ones((4, 2))), ValueError, r"dense: w must have the shape \(3, n_out\) where x has \(2, 3\), got \(4, 2\)"),
    ((np.ones((2, 3)), np.ones((4, 3))), ValueError, "is it transposed"),
    ((np.ones((2, 3)), np.ones(3)), ValueError, r"w must have the shape \(3, n_out\)"),
    ((np.ones((2, 3)), np.ones((3, 4)), np.ones(3)), ValueError, r"b must have the shape \(4,\) where w has \(3, 4\), got \(3,\)"),
    ((1.0, np.ones((3, 4))), ValueError, r"x must have the shape \(batch, n_in\) or \(n_in,\), got \(\)"),
    (([[1.0], [1.0, 2.0]], np.ones((1, 1))), ValueError, "x must be an array of real numbers"),
    ((np.ones((2, 3), complex), np.ones((3, 4))), TypeError, "x must be an array of real numbers of up to 64 bits, got dtype complex128"),
    ((np.ones((2, 3)), np.ones((3, 4), object)), TypeError, "w must be an array of real numbers of up to 64 bits, got dtype object"),
    ((np.ma.ones((2, 3)), np.ones((3, 4))), TypeError, "x must not be a masked array"),
    ((np.ones((2, 3)), np.ones((3, 4)), None, "tahn"), ValueError, "dense: activation: .*'tahn'; did you mean 'tanh'"),
    ((np.ones((2, 3)), np.ones((3, 4)), None, 3), TypeError, "activation must be a name, an Activation or None, got int"),
    ((np.ones((2, 3)), np.ones((3, 4)), None, "prelu"), ValueError, "activation 'prelu' needs its parameters.*weight"),
    ((np.ones((2, 3)), np.ones((3, 4)), None, swiftact.Activation("prelu", weight=[0.1] * 3)), ValueError, r"do not broadcast to the layer's \(2, 4\)"),
])  # fmt: skip
def test_errors_name_the_argument_what_was_given_and_what_is_allowed(arguments, error, message):
    with pytest.raises(error, match=message):
        swiftact.dense(*arguments)


def test_backward_errors():
    x, w, b, dy = layer(np.float64)
    with pytest.raises(
        ValueError, match=r"dense_backward: dy must broadcast to the layer's shape \(5, 3\), got \(5, 4\)"
    ):
        swiftact.dense_backward(x, w, b, "tanh", np.ones((5, 4)))
    with pytest.raises(TypeError, match="dy must be an array of real numbers"):
        swiftact.dense_backward(x, w, b, "tanh", dy.astype(complex))


def test_other_python_threads_run_meanwhile():
    x, w, b, _ = layer(np.float64, 300, 400, 300)
    assert any(runs_meanwhile(lambda: swiftact.dense(x, w, b)) for _ in range(50))


def test_nothing_leaks():
    x, w, b, dy = layer(np.float64)
    counts = [sys.getrefcount(a) for a in (x, w, b, dy)]
    for _ in range(10):
        swiftact.dense(x, w, b, "tanh")
        swiftact.dense_backward(x, w, None, "tanh", dy)
        with pytest.raises(ValueError):
            swiftact.dense(x, w, b[:2])
    assert [sys.getrefcount(a) for a in (x, w, b, dy)] == counts


sizes = st.integers(0, 40)


@given(st.data(), sizes, sizes, sizes)
def test_whole_numbers_are_exact(data, batch, n_in, n_out):
    numbers = st.integers(-10, 10)
    x, w = (data.draw(hnp.arrays(np.float32, shape, elements=numbers)) for shape in ((batch, n_in), (n_in, n_out)))
    np.testing.assert_array_equal(swiftact.dense(x, w), x.astype(np.float64) @ w.astype(np.float64))
    np.testing.assert_array_equal(swiftact.dense_backward(x, w, None, None, x @ w)[1], x.T @ (x @ w))

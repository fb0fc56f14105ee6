"""Dense layers: a matrix product, a bias and an activation in one, and their gradients."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _core
from ._activation import Activation
from ._checks import activation as checked_activation
from ._checks import bound, is_bfloat16, not_none, real_array

# What the library takes for an activation's name.
_BOUND: dict[str | None, _core.Bound] = {}


def _bound(called: str, activation: Any) -> _core.Bound | None:
    """The function as the library takes it; None where a parameter is an array."""
    if isinstance(activation, Activation) and not activation.missing:
        return activation._bound
    try:
        return _BOUND[activation]
    except (KeyError, TypeError):
        made = checked_activation(called, "activation", activation)
    _BOUND[activation] = f = bound(called, made)
    return f


def _linear(called: str) -> _core.Bound:
    """The identity as the library takes it."""
    return not_none(_bound(called, None))


def _dtypes(called: str, operands: dict[str, Any], arrays: dict[str, np.ndarray]) -> tuple[np.dtype, np.dtype]:
    """The dtype of the result and the one to compute in. Beside an array, a Python number has the array's."""
    of = [operands[name] if type(operands[name]) in (bool, int, float) else a for name, a in arrays.items()]
    try:
        dtype = np.result_type(*of)
    except TypeError:  # float16 and bfloat16 have none in common
        given = ", ".join(f"{name} {a.dtype}" for name, a in arrays.items())
        raise TypeError(f"{called}: no dtype is common to {given}") from None
    if dtype.kind in "biu":
        dtype = np.dtype(np.float64)
    is_short = dtype == np.float16 or is_bfloat16(dtype)
    return dtype, np.dtype(np.float32) if is_short else dtype


def _as_it_lies(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """The array, if the library can read it as it lies, else a copy that it can."""
    with np.errstate(all="ignore"):
        array = np.require(array, dtype, ["A", "E"])
    return array if all(stride % array.itemsize == 0 for stride in array.strides) else array.copy()


class _Layer:
    """The arguments of a layer, checked, as the library reads them; x as a matrix."""

    def __init__(self, called: str, **operands: Any) -> None:
        self.called = called
        given = {name: value for name, value in operands.items() if name != "b" or value is not None}
        arrays = {name: real_array(called, name, value) for name, value in given.items()}
        x, w, b, dy = arrays["x"], arrays["w"], arrays.get("b"), arrays.get("dy")
        if x.ndim == 0:
            raise ValueError(f"{called}: x must have the shape (batch, n_in) or (n_in,), got ()")
        n_in = x.shape[-1]
        if w.ndim != 2 or w.shape[0] != n_in:
            raise ValueError(
                f"{called}: w must have the shape ({n_in}, n_out) where x has {x.shape}, got {w.shape}"
                + ("; is it transposed?" if w.ndim == 2 and w.shape[1] == n_in else "")
            )
        n_out = w.shape[1]
        if b is not None and b.shape != (n_out,):
            raise ValueError(f"{called}: b must have the shape ({n_out},) where w has {w.shape}, got {b.shape}")
        self.dtype, computed = _dtypes(called, given, arrays)
        self.x_shape, self.shape = x.shape, (*x.shape[:-1], n_out)
        batch = math.prod(x.shape[:-1])
        self.x = _as_it_lies(x.reshape(batch, n_in), computed)
        self.w = _as_it_lies(w, computed)
        self.b = None if b is None else np.ascontiguousarray(_as_it_lies(b, computed))
        if dy is not None:
            try:
                gradient = np.broadcast_to(dy, self.shape)
            except ValueError:
                raise ValueError(
                    f"{called}: dy must broadcast to the layer's shape {self.shape}, got {dy.shape}"
                ) from None
            self.dy = _as_it_lies(gradient.reshape(batch, n_out), computed)

    def finish(self, array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """The array in the result's dtype."""
        with np.errstate(all="ignore"):
            return array.reshape(shape).astype(self.dtype, copy=False)

    def linear(self) -> np.ndarray:
        """x·w + b."""
        return not_none(_core.dense(_linear(self.called), self.x, self.w, self.b)).reshape(self.shape)

    def broadcasts(self, activation: Activation) -> Activation:
        """The activation, if its parameters broadcast to the layer."""
        shape = np.broadcast_shapes(*(np.shape(value) for value in activation.params.values()))
        try:
            np.broadcast_to(np.empty(shape), self.shape)
        except ValueError:
            raise ValueError(
                f"{self.called}: activation's parameters of shape {shape} do not broadcast to the layer's {self.shape}"
            ) from None
        return activation


def dense(
    x: ArrayLike, w: ArrayLike, b: ArrayLike | None = None, activation: str | Activation | None = None
) -> np.ndarray:
    """activation(x·w + b): a dense layer, computed in one.

    Every element of the product is one chain of fused multiply-adds over n_in, in order; then b is added, then the
    activation applied. So a row's result has the same bits alone and in any batch, and on every CPU.

    Parameters
    ----------
    x : array_like of shape (batch, n_in) or (n_in,)
        As for `numpy.dot`; any number of dimensions before the last. Strided and transposed float32 and float64
        arrays are read as they lie, without a copy.
    w : array_like of shape (n_in, n_out)
        Weights.
    b : array_like of shape (n_out,), optional
        Bias.
    activation : str, Activation or None
        None: the identity. An Activation's parameters may be arrays that broadcast to the result.

    Returns
    -------
    y : ndarray of shape (batch, n_out) or (n_out,)
        In the dtype to which NumPy promotes those of x, w and b; integers and bool to float64. float16 and bfloat16
        are computed in float32 and rounded at the end.

    Raises
    ------
    ValueError
        Shapes do not fit, or there is no such activation.
    TypeError
        An argument has a dtype that is complex, object or the like.

    See Also
    --------
    `dense_backward`, `Network`

    Examples
    --------
    >>> swiftact.dense([[1.0, 2.0]], [[0.5, -1.0], [0.25, 1.0]], [0.0, 0.5], "relu")
    array([[1. , 1.5]])
    """
    f = _bound("dense", activation)
    if f is not None:
        y = _core.dense(f, x, w, b)
        if y is not None:
            return y
    layer = _Layer("dense", x=x, w=w, b=b)
    if f is None:
        assert isinstance(activation, Activation)
        return layer.finish(layer.broadcasts(activation)(layer.linear()), layer.shape)
    return layer.finish(not_none(_core.dense(f, layer.x, layer.w, layer.b)), layer.shape)


def dense_backward(
    x: ArrayLike, w: ArrayLike, b: ArrayLike | None, activation: str | Activation | None, dy: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """The gradients of a dense layer: of y = `dense(x, w, b, activation)`, given dy, that of the loss for y.

    With z = x·w + b and dz = dy·f'(z), rounded once, dx = dz·wᵀ, dw = xᵀ·dz and db is the sum of dz's rows. The sums
    have a fixed order: the same bits on every CPU and with every number of threads.

    Parameters
    ----------
    x, w, b, activation
        As for `dense`.
    dy : array_like
        Broadcasts to the shape of y.

    Returns
    -------
    dx, dw, db : ndarray
        In the shapes of x, w and b; db is None where b is. The dtype is found as for `dense`, from x, w, b and dy.

    Raises
    ------
    ValueError, TypeError
        As for `dense`.
    """
    f = _bound("dense_backward", activation)
    if f is not None:
        gradients = _core.dense_backward(f, x, w, b, dy)
        if gradients is not None:
            return gradients
    layer = _Layer("dense_backward", x=x, w=w, b=b, dy=dy)
    gradient = layer.dy
    if f is None:
        assert isinstance(activation, Activation)
        z = layer.linear()
        dz = layer.broadcasts(activation).backward(z, gradient.reshape(z.shape))
        f, gradient = _linear("dense_backward"), dz.reshape(gradient.shape)
    dx, dw, db = not_none(_core.dense_backward(f, layer.x, layer.w, layer.b, gradient))
    return (
        layer.finish(dx, layer.x_shape),
        layer.finish(dw, layer.w.shape),
        None if db is None else layer.finish(db, db.shape),
    )

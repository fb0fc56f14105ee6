"""Functions over the rows of an array: softmax, log_softmax and the gated units, with their backward products.

Each asks the extension module first, which computes plain arrays and answers None to all else; here the others are made
plain."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any, SupportsIndex

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import ArrayLike, DTypeLike

from . import _core
from ._catalogue import FUNCTIONS
from ._checks import is_bfloat16, not_none
from ._rows_documentation import gated_docstring, softmax_docstring

Out = np.ndarray | tuple[np.ndarray] | None

# -------------------------------------------------------------------------------------------- what arguments are ---

_FLOATS: dict[type, np.dtype] = {t: np.dtype(t) for t in (np.float16, np.float32, np.float64)}
_FOR_INTEGERS: dict[int, np.dtype] = {
    size: np.dtype(t) for size, t in ((1, np.float16), (2, np.float32), (4, np.float64), (8, np.float64))
}


def _float_for(dtype: np.dtype) -> np.dtype | None:
    """The type that such elements are computed in, which is the one that np.tanh takes; None if there is none."""
    if dtype.kind in "biu":
        return _FOR_INTEGERS[dtype.itemsize]
    if is_bfloat16(dtype):
        return np.dtype(dtype.type)
    return _FLOATS.get(dtype.type)


def _refused(name: str, *dtypes: np.dtype) -> TypeError:
    given = f"dtype{'s' if len(dtypes) > 1 else ''} {', '.join(map(str, dtypes))}"
    return TypeError(
        f"{name} does not take {given}; it takes bool, integers up to 64 bits, float16, float32, float64 "
        "and ml_dtypes' bfloat16"
    )


def _arrays(name: str, *operands: Any) -> list[np.ndarray]:
    for operand in operands:
        if isinstance(operand, np.ma.MaskedArray):
            raise TypeError(f"{name} does not take masked arrays")
    return [np.asarray(operand) for operand in operands]


def _dtype(name: str, operands: Sequence[Any], arrays: Sequence[np.ndarray], asked: DTypeLike | None) -> np.dtype:
    """The type to compute in. Beside an array, a Python number has the array's."""
    given = [a.dtype for a in arrays]
    if asked is not None:
        dtype = None if np.dtype(asked).kind in "biu" else _float_for(np.dtype(asked))
        if dtype is None:
            raise TypeError(f"{name}: dtype must be float16, float32, float64 or ml_dtypes' bfloat16, got {asked!r}")
        if all(d.kind in "biuf" or _float_for(d) for d in given):
            return dtype
    elif all(_float_for(d) for d in given):
        numbers = (bool, int, float)
        try:
            common = np.result_type(*(o if type(o) in numbers else a for o, a in zip(operands, arrays, strict=True)))
        except TypeError:  # float16 and bfloat16 have none in common
            raise _refused(name, *given) from None
        if (dtype := _float_for(common)) is not None:
            return dtype
    raise _refused(name, *given)


def _axis(name: str, axis: Any, ndim: int, allowed: str) -> int:
    try:
        index = operator.index(axis)
    except TypeError:
        raise TypeError(f"{name}: axis must be {allowed}, got {type(axis).__name__}") from None
    return normalize_axis_index(index, ndim)


def _gradient(name: str, dy: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    try:
        return np.broadcast_to(dy, shape)
    except ValueError:
        raise ValueError(f"{name}: dy of shape {dy.shape} does not broadcast to the result's shape {shape}") from None


def _result(name: str, shape: tuple[int, ...], dtype: np.dtype, out: Any) -> Callable[[np.ndarray], Any]:
    """Checks `out`; what is returned stores a result there, or, if there is none, makes a scalar of one without
    dimensions, as ufuncs do."""
    if isinstance(out, tuple) and len(out) == 1:
        (out,) = out
    if out is None:
        return lambda y: y[()]
    if not isinstance(out, np.ndarray):
        raise TypeError(f"{name}: out must be an ndarray, got {type(out).__name__}")
    if out.shape != shape:
        raise ValueError(f"{name}: out has shape {out.shape}, the result has {shape}")
    if not np.can_cast(dtype, out.dtype, "same_kind"):
        raise TypeError(f"Cannot cast {name} output from {dtype!r} to {out.dtype!r} with casting rule 'same_kind'")
    if not out.flags.writeable:
        raise ValueError("output array is read-only")

    def store(y: np.ndarray) -> Any:
        with np.errstate(all="ignore"):
            np.copyto(out, y, casting="same_kind")
        return out

    return store


# ----------------------------------------------------------------------------------------- how they become plain ---


def _plain(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """The same array, if it is plain, else a copy that is."""
    if not array.flags.carray or array.dtype != dtype:
        with np.errstate(all="ignore"):
            array = np.require(array, dtype, ["C", "A", "E"])
    return array if array.ndim else array.reshape(1)


def _along(compute: Callable[..., np.ndarray], arrays: Sequence[np.ndarray], axis: int, dtype: np.dtype) -> np.ndarray:
    """compute(plain arrays, axis). They are transposed so that the first one's axes are in the order in which they lie
    in memory; if there are no gaps, that makes it plain, and the result has its layout."""
    first = arrays[0]
    order = sorted(range(first.ndim), key=lambda i: -abs(first.strides[i]))
    if order == list(range(first.ndim)) or not first.transpose(order).flags.c_contiguous:
        return compute(*(_plain(a, dtype) for a in arrays), axis)
    y = compute(*(_plain(a.transpose(order), dtype) for a in arrays), order.index(axis))
    return y.transpose(np.argsort(order))


def _wrapped(x: Any, y: Any) -> Any:
    """The result as what x is: a matrix, an xarray.DataArray, …, where that is x's to say."""
    if type(x) is np.ndarray or isinstance(x, np.generic) or not hasattr(x, "__array_wrap__"):
        return y
    computes_later = hasattr(x, "__array_function__") and not isinstance(x, np.ndarray)  # dask
    return y if computes_later else x.__array_wrap__(np.asarray(y))


# --------------------------------------------------------------------------------------------------- the softmax ---


def _softmax(
    name: str, function: int, accuracy: int, operands: Sequence[Any], axis: Any, out: Any, dtype: DTypeLike | None
) -> Any:
    """softmax or log_softmax of x, or of x and dy their backward product, of arguments of any kind."""
    arrays = _arrays(name, *operands)
    computed = _dtype(name, operands, arrays, dtype)
    shape = arrays[0].shape
    arrays[1:] = (_gradient(name, dy, shape) for dy in arrays[1:])
    if axis is not None and (shape or axis not in (0, -1)):  # a number has these two, as in NumPy's reductions
        index = _axis(name, axis, len(shape), "an int or None")
    finish = _result(name, shape, computed, out)

    def compute(*plain_and_axis: Any) -> Any:
        *plain, axis = plain_and_axis
        call: Callable[..., Any] = _core.softmax if len(plain) == 1 else _core.softmax_backward
        return call(function, accuracy, *plain, axis, None)

    if axis is None or not shape:
        y = compute(*(_plain(a, computed) for a in arrays), None).reshape(shape)
    else:
        y = _along(compute, arrays, index, computed)
    return finish(y)


def _softmax_functions(name: str, function: int, accuracy: int) -> tuple[Callable[..., Any], Callable[..., Any]]:
    backward_name = f"{name}_backward"
    compute, compute_backward = _core.softmax, _core.softmax_backward

    def forward(
        x: ArrayLike, axis: SupportsIndex | None = -1, *, out: Out = None, dtype: DTypeLike | None = None
    ) -> Any:
        if dtype is None:
            y = compute(function, accuracy, x, axis, out)
            if y is not None:
                return y
        y = _softmax(name, function, accuracy, (x,), axis, out, dtype)
        return y if out is not None else _wrapped(x, y)

    def backward(x: ArrayLike, dy: ArrayLike, axis: SupportsIndex | None = -1, *, out: Out = None) -> Any:
        dx = compute_backward(function, accuracy, x, dy, axis, out)
        return _softmax(backward_name, function, accuracy, (x, dy), axis, out, None) if dx is None else dx

    return forward, backward


# --------------------------------------------------------------------------------------------------- gated units ---

# The units by name, with the functions of their gates.
GATES = {"glu": "sigmoid", "swiglu": "silu", "geglu": "gelu", "reglu": "relu"}


def _halved(name: str, shape: tuple[int, ...], axis: Any) -> tuple[int, tuple[int, ...]]:
    """The axis, and the shape of each half."""
    index = _axis(name, axis, len(shape), "an int")
    if shape[index] % 2:
        raise ValueError(f"{name}: axis {axis} has the odd length {shape[index]}, which cannot be halved")
    return index, (*shape[:index], shape[index] // 2, *shape[index + 1 :])


def _broadcast(name: str, x: np.ndarray, gate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    try:
        shape = np.broadcast_shapes(x.shape, gate.shape)
    except ValueError:
        raise ValueError(f"{name}: x of shape {x.shape} and gate of shape {gate.shape} do not broadcast") from None
    return np.broadcast_to(x, shape), np.broadcast_to(gate, shape)


def _gated(name: str, f: _core.Bound, x: Any, gate: Any, axis: Any, out: Any) -> Any:
    """The unit, of arguments of any kind."""
    operands = (x,) if gate is None else (x, gate)
    arrays = _arrays(name, *operands)
    dtype = _dtype(name, operands, arrays, None)
    if gate is None:
        index, shape = _halved(name, arrays[0].shape, axis)
        finish = _result(name, shape, dtype, out)
        return finish(_along(lambda x, axis: not_none(_core.gated(f, x, None, axis, None)), arrays, index, dtype))
    value, opening = _broadcast(name, *arrays)
    finish = _result(name, value.shape, dtype, out)
    y = not_none(_core.gated(f, _plain(value, dtype), _plain(opening, dtype), 0, None))
    return finish(y.reshape(value.shape))


def _gated_backward(name: str, f: _core.Bound, x: Any, dy: Any, gate: Any, axis: Any) -> Any:
    """Its backward product, of arguments of any kind."""
    operands = (x, dy) if gate is None else (x, dy, gate)
    arrays = _arrays(name, *operands)
    dtype = _dtype(name, operands, arrays, None)
    if gate is None:
        index, shape = _halved(name, arrays[0].shape, axis)
        halves = [arrays[0], _gradient(name, arrays[1], shape)]
        return _along(lambda x, dy, axis: not_none(_core.gated_backward(f, x, dy, None, axis)), halves, index, dtype)
    value, opening = _broadcast(name, arrays[0], arrays[2])
    gradient = _gradient(name, arrays[1], value.shape)
    x, dy, gate = (_plain(a, dtype) for a in (value, gradient, opening))
    both = not_none(_core.gated_backward(f, x, dy, gate, 0))
    return tuple(d.reshape(value.shape)[()] for d in both)


def _gated_functions(name: str, accuracy: int) -> tuple[Callable[..., Any], Callable[..., Any]]:
    backward_name = f"{name}_backward"
    compute, compute_backward = _core.gated, _core.gated_backward
    f = _core.bound(GATES[name], accuracy, ())

    def forward(x: ArrayLike, gate: ArrayLike | None = None, axis: SupportsIndex = -1, *, out: Out = None) -> Any:
        y = compute(f, x, gate, axis, out)
        return _gated(name, f, x, gate, axis, out) if y is None else y

    def backward(x: ArrayLike, dy: ArrayLike, gate: ArrayLike | None = None, axis: SupportsIndex = -1) -> Any:
        dx = compute_backward(f, x, dy, gate, axis)
        return _gated_backward(backward_name, f, x, dy, gate, axis) if dx is None else dx

    return forward, backward


# -------------------------------------------------------------------------------------------- the public functions ---


def row_functions(accuracy: int, module: str) -> dict[str, Callable[..., Any]]:
    """Every function over rows and its NAME_backward, for the public module of that name."""
    made = {
        name: (*_softmax_functions(name, function, accuracy), softmax_docstring)
        for name, function in (("softmax", _core.SOFTMAX), ("log_softmax", _core.LOG_SOFTMAX))
    }
    for name, gate in GATES.items():
        if gate in FUNCTIONS:
            made[name] = (*_gated_functions(name, accuracy), gated_docstring)
    public: dict[str, Callable[..., Any]] = {}
    for name, (forward, backward, docstring) in made.items():
        for function, public_name, is_backward in ((forward, name, False), (backward, f"{name}_backward", True)):
            function.__name__ = function.__qualname__ = public_name
            function.__module__ = module
            function.__doc__ = docstring(name, accuracy, is_backward)
            public[public_name] = function
    return public

# Made by make_stubs.py.
from typing import Any, Literal, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from ._activation import Activation as Activation
from ._activation import catalogue as catalogue
from . import fast as fast
from ._library import info as info
from ._library import threads as threads

tanh: np.ufunc
tanh_deriv: np.ufunc
sigmoid: np.ufunc
sigmoid_deriv: np.ufunc
relu: np.ufunc
relu_deriv: np.ufunc
def leaky_relu(
    x: ArrayLike,
    /,
    negative_slope: ArrayLike = 0.01,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def leaky_relu_deriv(
    x: ArrayLike,
    /,
    negative_slope: ArrayLike = 0.01,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
bent_identity: np.ufunc
bent_identity_deriv: np.ufunc
sinusoid: np.ufunc
sinusoid_deriv: np.ufunc
exponential: np.ufunc
exponential_deriv: np.ufunc
logistic: np.ufunc
logistic_deriv: np.ufunc
RELU: np.ufunc
RELU_deriv: np.ufunc
def LeakyRELU(
    x: ArrayLike,
    /,
    a: ArrayLike = 0.3,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def LeakyRELU_deriv(
    x: ArrayLike,
    /,
    a: ArrayLike = 0.3,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
BentIdentity: np.ufunc
BentIdentity_deriv: np.ufunc
Sinusoid: np.ufunc
Sinusoid_deriv: np.ufunc
logistic_derivative: np.ufunc
def softmax(
    x: ArrayLike,
    axis: SupportsIndex | None = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    dtype: DTypeLike | None = None,
) -> Any: ...
def softmax_backward(
    x: ArrayLike,
    dy: ArrayLike,
    axis: SupportsIndex | None = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
) -> Any: ...
def log_softmax(
    x: ArrayLike,
    axis: SupportsIndex | None = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    dtype: DTypeLike | None = None,
) -> Any: ...
def log_softmax_backward(
    x: ArrayLike,
    dy: ArrayLike,
    axis: SupportsIndex | None = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
) -> Any: ...
def glu(
    x: ArrayLike,
    gate: ArrayLike | None = None,
    axis: SupportsIndex = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
) -> Any: ...
def glu_backward(
    x: ArrayLike,
    dy: ArrayLike,
    gate: ArrayLike | None = None,
    axis: SupportsIndex = -1,
) -> Any: ...
def reglu(
    x: ArrayLike,
    gate: ArrayLike | None = None,
    axis: SupportsIndex = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
) -> Any: ...
def reglu_backward(
    x: ArrayLike,
    dy: ArrayLike,
    gate: ArrayLike | None = None,
    axis: SupportsIndex = -1,
) -> Any: ...
__version__: str
__all__ = [
    "tanh",
    "tanh_deriv",
    "sigmoid",
    "sigmoid_deriv",
    "relu",
    "relu_deriv",
    "leaky_relu",
    "leaky_relu_deriv",
    "bent_identity",
    "bent_identity_deriv",
    "sinusoid",
    "sinusoid_deriv",
    "exponential",
    "exponential_deriv",
    "logistic",
    "logistic_deriv",
    "RELU",
    "RELU_deriv",
    "LeakyRELU",
    "LeakyRELU_deriv",
    "BentIdentity",
    "BentIdentity_deriv",
    "Sinusoid",
    "Sinusoid_deriv",
    "logistic_derivative",
    "softmax",
    "softmax_backward",
    "log_softmax",
    "log_softmax_backward",
    "glu",
    "glu_backward",
    "reglu",
    "reglu_backward",
    "Activation",
    "__version__",
    "catalogue",
    "fast",
    "info",
    "threads",
]

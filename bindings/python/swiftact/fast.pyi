# Made by make_stubs.py.
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

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
]

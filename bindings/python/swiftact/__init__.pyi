# Made by make_stubs.py.
from typing import Any, Literal, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from ._activation import Activation as Activation
from ._network import Network as Network
from ._neural_network import NeuralNetwork as NeuralNetwork
from ._training import TrainingWarning as TrainingWarning
from ._activation import catalogue as catalogue
from ._dense import dense as dense
from ._dense import dense_backward as dense_backward
from . import fast as fast
from ._library import info as info
from ._library import threads as threads

identity: np.ufunc
identity_deriv: np.ufunc
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
def prelu(
    x: ArrayLike,
    /,
    weight: ArrayLike,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def prelu_deriv(
    x: ArrayLike,
    /,
    weight: ArrayLike,
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
def elu(
    x: ArrayLike,
    /,
    alpha: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def elu_deriv(
    x: ArrayLike,
    /,
    alpha: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
selu: np.ufunc
selu_deriv: np.ufunc
def celu(
    x: ArrayLike,
    /,
    alpha: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def celu_deriv(
    x: ArrayLike,
    /,
    alpha: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
gelu: np.ufunc
gelu_deriv: np.ufunc
gelu_tanh: np.ufunc
gelu_tanh_deriv: np.ufunc
quick_gelu: np.ufunc
quick_gelu_deriv: np.ufunc
silu: np.ufunc
silu_deriv: np.ufunc
def swish(
    x: ArrayLike,
    /,
    beta: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def swish_deriv(
    x: ArrayLike,
    /,
    beta: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
mish: np.ufunc
mish_deriv: np.ufunc
def softplus(
    x: ArrayLike,
    /,
    beta: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def softplus_deriv(
    x: ArrayLike,
    /,
    beta: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
softsign: np.ufunc
softsign_deriv: np.ufunc
logsigmoid: np.ufunc
logsigmoid_deriv: np.ufunc
tanhshrink: np.ufunc
tanhshrink_deriv: np.ufunc
def softshrink(
    x: ArrayLike,
    /,
    lambd: ArrayLike = 0.5,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def softshrink_deriv(
    x: ArrayLike,
    /,
    lambd: ArrayLike = 0.5,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def hardshrink(
    x: ArrayLike,
    /,
    lambd: ArrayLike = 0.5,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def hardshrink_deriv(
    x: ArrayLike,
    /,
    lambd: ArrayLike = 0.5,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def hardtanh(
    x: ArrayLike,
    /,
    min_val: ArrayLike = -1.0,
    max_val: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def hardtanh_deriv(
    x: ArrayLike,
    /,
    min_val: ArrayLike = -1.0,
    max_val: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
hardsigmoid: np.ufunc
hardsigmoid_deriv: np.ufunc
hardswish: np.ufunc
hardswish_deriv: np.ufunc
relu6: np.ufunc
relu6_deriv: np.ufunc
def threshold(
    x: ArrayLike,
    /,
    threshold: ArrayLike,
    value: ArrayLike,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def threshold_deriv(
    x: ArrayLike,
    /,
    threshold: ArrayLike,
    value: ArrayLike,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
squared_relu: np.ufunc
squared_relu_deriv: np.ufunc
gaussian: np.ufunc
gaussian_deriv: np.ufunc
arctan: np.ufunc
arctan_deriv: np.ufunc
lisht: np.ufunc
lisht_deriv: np.ufunc
def squareplus(
    x: ArrayLike,
    /,
    b: ArrayLike = 4.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def squareplus_deriv(
    x: ArrayLike,
    /,
    b: ArrayLike = 4.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def snake(
    x: ArrayLike,
    /,
    alpha: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
def snake_deriv(
    x: ArrayLike,
    /,
    alpha: ArrayLike = 1.0,
    out: np.ndarray | tuple[np.ndarray] | None = None,
    *,
    where: ArrayLike = True,
    casting: Literal["no", "equiv", "safe", "same_kind", "unsafe"] = "same_kind",
    order: Literal["K", "A", "C", "F"] = "K",
    dtype: DTypeLike | None = None,
    subok: bool = True,
) -> Any: ...
exponential: np.ufunc
exponential_deriv: np.ufunc
erf: np.ufunc
erf_deriv: np.ufunc
linear: np.ufunc
linear_deriv: np.ufunc
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
log_sigmoid: np.ufunc
log_sigmoid_deriv: np.ufunc
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
def swiglu(
    x: ArrayLike,
    gate: ArrayLike | None = None,
    axis: SupportsIndex = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
) -> Any: ...
def swiglu_backward(
    x: ArrayLike,
    dy: ArrayLike,
    gate: ArrayLike | None = None,
    axis: SupportsIndex = -1,
) -> Any: ...
def geglu(
    x: ArrayLike,
    gate: ArrayLike | None = None,
    axis: SupportsIndex = -1,
    *,
    out: np.ndarray | tuple[np.ndarray] | None = None,
) -> Any: ...
def geglu_backward(
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
    "identity",
    "identity_deriv",
    "tanh",
    "tanh_deriv",
    "sigmoid",
    "sigmoid_deriv",
    "relu",
    "relu_deriv",
    "leaky_relu",
    "leaky_relu_deriv",
    "prelu",
    "prelu_deriv",
    "bent_identity",
    "bent_identity_deriv",
    "sinusoid",
    "sinusoid_deriv",
    "elu",
    "elu_deriv",
    "selu",
    "selu_deriv",
    "celu",
    "celu_deriv",
    "gelu",
    "gelu_deriv",
    "gelu_tanh",
    "gelu_tanh_deriv",
    "quick_gelu",
    "quick_gelu_deriv",
    "silu",
    "silu_deriv",
    "swish",
    "swish_deriv",
    "mish",
    "mish_deriv",
    "softplus",
    "softplus_deriv",
    "softsign",
    "softsign_deriv",
    "logsigmoid",
    "logsigmoid_deriv",
    "tanhshrink",
    "tanhshrink_deriv",
    "softshrink",
    "softshrink_deriv",
    "hardshrink",
    "hardshrink_deriv",
    "hardtanh",
    "hardtanh_deriv",
    "hardsigmoid",
    "hardsigmoid_deriv",
    "hardswish",
    "hardswish_deriv",
    "relu6",
    "relu6_deriv",
    "threshold",
    "threshold_deriv",
    "squared_relu",
    "squared_relu_deriv",
    "gaussian",
    "gaussian_deriv",
    "arctan",
    "arctan_deriv",
    "lisht",
    "lisht_deriv",
    "squareplus",
    "squareplus_deriv",
    "snake",
    "snake_deriv",
    "exponential",
    "exponential_deriv",
    "erf",
    "erf_deriv",
    "linear",
    "linear_deriv",
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
    "log_sigmoid",
    "log_sigmoid_deriv",
    "logistic_derivative",
    "softmax",
    "softmax_backward",
    "log_softmax",
    "log_softmax_backward",
    "glu",
    "glu_backward",
    "swiglu",
    "swiglu_backward",
    "geglu",
    "geglu_backward",
    "reglu",
    "reglu_backward",
    "Activation",
    "Network",
    "NeuralNetwork",
    "TrainingWarning",
    "__version__",
    "catalogue",
    "dense",
    "dense_backward",
    "fast",
    "info",
    "threads",
]

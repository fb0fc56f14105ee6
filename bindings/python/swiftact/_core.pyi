# As the extension module is, written by hand. What is `type_check_only` is in here only, for annotations.
import inspect
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, TypedDict, final, overload, type_check_only

import numpy as np
from numpy.typing import NDArray

EXACT: int
FAST: int
VALUE: int
DERIVATIVE: int
BACKWARD: int
THREADS_MAX: int
SOFTMAX: int
LOG_SOFTMAX: int

# What `bound` gives, a capsule.
@final
@type_check_only
class Bound: ...

# What `catalogue` gives: see act_info in activations.h. A default is NaN where the parameter must be given.
@type_check_only
class ParameterInfo(TypedDict):
    name: str
    default: float
    minimum: float
    maximum: float
    allowed: str

@type_check_only
class AliasInfo(TypedDict):
    name: str
    parameters: list[ParameterInfo]

@type_check_only
class Errors(TypedDict):
    exact_f64: float
    fast_f64: float
    fast_f32: float

@type_check_only
class Info(TypedDict):
    name: str
    aliases: list[AliasInfo]
    parameters: list[ParameterInfo]
    parameters_ordered: bool
    formula: str
    derivative_formula: str
    formula_latex: str
    derivative_latex: str
    source: str
    smoothness: str
    range_minimum: float
    range_maximum: float
    monotonic: bool
    zero_centred: bool
    saturates_left: bool
    saturates_right: bool
    value_errors: Errors
    derivative_errors: Errors

@final
class function:
    ufunc: np.ufunc
    __name__: str
    __qualname__: str
    __signature__: inspect.Signature
    def __new__(
        cls,
        ufunc: np.ufunc,
        positional: int,
        defaults: tuple[float | np.ndarray | None, ...],
        keywords: dict[str, int],
        general: Callable[..., Any],
        /,
    ) -> function: ...
    def __call__(self, x: Any, /, *args: Any, **kwargs: Any) -> Any: ...

def catalogue() -> list[Info]: ...
def ufunc(
    function: str,
    accuracy: int,
    form: int,
    name: str,
    documentation: str,
    parameters: tuple[str, ...],
    /,
) -> np.ufunc: ...
def threads() -> int: ...
def set_threads(n: int, /) -> None: ...
def version() -> str: ...
def isa() -> str: ...
def bound(function: str, accuracy: int, parameters: tuple[float, ...], /) -> Bound: ...

# These take anything, and give None for what they leave to Python code.
def softmax(function: int, accuracy: int, x: object, axis: object, out: object, /) -> np.ndarray | None: ...
def softmax_backward(
    function: int,
    accuracy: int,
    x: object,
    dy: object,
    axis: object,
    out: object,
    /,
) -> np.ndarray | None: ...
def gated(f: Bound, x: object, gate: object, axis: object, out: object, /) -> np.ndarray | None: ...
@overload
def gated_backward(f: Bound, x: object, dy: object, gate: None, axis: object, /) -> np.ndarray | None: ...
@overload
def gated_backward(
    f: Bound,
    x: object,
    dy: object,
    gate: Any,
    axis: object,
    /,
) -> tuple[np.ndarray, np.ndarray] | None: ...
def dense(f: Bound, x: object, w: object, b: object, /) -> np.ndarray | None: ...
def dense_backward(
    f: Bound,
    x: object,
    w: object,
    b: object,
    dy: object,
    /,
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None] | None: ...

F32: int
F64: int
CROSS_ENTROPY: int
BINARY_CROSS_ENTROPY: int
SQUARED_ERROR: int
HUBER: int
INITIALIZER_FOR_ACTIVATION: int
GLOROT_UNIFORM: int
GLOROT_NORMAL: int
HE_UNIFORM: int
HE_NORMAL: int
LECUN_UNIFORM: int
LECUN_NORMAL: int
SGD: int
ADAM: int
ADAMW: int
RMSPROP: int
CONSTANT: int
STEP: int
EXPONENTIAL: int
COSINE: int
LINEAR: int

# n_in, n_out, the function's name, accuracy and parameters.
_Layer: TypeAlias = tuple[int, int, str, int, tuple[float, ...]]

@type_check_only
class Description(TypedDict):
    type: int
    loss: int
    huber_delta: float
    initializer: int
    seed: int
    epochs: int
    steps: int
    layers: list[_Layer]

@final
class network:
    def __new__(cls, sizes: tuple[int, ...], functions: tuple[Bound, ...], /, **options: float) -> network: ...
    def describe(self, /) -> Description: ...
    def layer(self, number: int, /) -> tuple[np.ndarray, np.ndarray]: ...
    def predict(self, x: np.ndarray, /) -> np.ndarray: ...
    def loss(self, x: np.ndarray, y: np.ndarray, /) -> float | None: ...
    def gradients(self, x: np.ndarray, y: np.ndarray, /) -> np.ndarray | None: ...
    def fit(
        self,
        x: np.ndarray,
        y: np.ndarray,
        validation: tuple[()] | tuple[np.ndarray, np.ndarray],
        options: dict[str, float],
        progress: Callable[[dict[str, Any]], bool],
        poll: Callable[[int, int], bool] | None,
        /,
    ) -> Literal[True] | None: ...
    def forget_optimizer(self, /) -> None: ...
    def write(self, with_training: bool, /) -> bytes: ...
    @classmethod
    def read(cls, data: bytes, /) -> network: ...

def online_fit(
    f: Bound,
    weights: list[NDArray[np.float64]],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    learning_rate: float,
    order: NDArray[np.int64],
    poll: Callable[[int, int], bool] | None,
    /,
) -> None: ...
def online_predict(
    f: Bound,
    weights: list[NDArray[np.float64]],
    x: NDArray[np.float64],
    /,
) -> NDArray[np.float64]: ...

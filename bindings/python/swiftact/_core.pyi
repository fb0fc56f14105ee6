import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

EXACT: int
FAST: int
VALUE: int
DERIVATIVE: int
BACKWARD: int
THREADS_MAX: int
SOFTMAX: int
LOG_SOFTMAX: int

class function:
    ufunc: np.ufunc
    __name__: str
    __qualname__: str
    __signature__: inspect.Signature
    def __new__(
        cls,
        ufunc: np.ufunc,
        positional: int,
        defaults: tuple[Any, ...],
        keywords: dict[str, int],
        general: Callable[..., Any],
        /,
    ) -> function: ...
    def __call__(self, x: Any, /, *args: Any, **kwargs: Any) -> Any: ...

def catalogue() -> list[dict[str, Any]]: ...
def ufunc(
    function: str,
    accuracy: int,
    form: int,
    name: str,
    documentation: str,
    parameters: tuple[str, ...],
) -> np.ufunc: ...
def threads() -> int: ...
def set_threads(n: int) -> None: ...
def version() -> str: ...
def isa() -> str: ...
def softmax(function: int, accuracy: int, x: Any, axis: Any, out: Any, /) -> Any: ...
def softmax_backward(function: int, accuracy: int, x: Any, dy: Any, axis: Any, out: Any, /) -> Any: ...
def gated(f: object, x: Any, gate: Any, axis: Any, out: Any, /) -> Any: ...
def gated_backward(f: object, x: Any, dy: Any, gate: Any, axis: Any, /) -> Any: ...
def bound(function: str, accuracy: int, parameters: tuple[Any, ...], /) -> object: ...
def dense(f: object, x: Any, w: Any, b: Any, /) -> Any: ...
def dense_backward(f: object, x: Any, w: Any, b: Any, dy: Any, /) -> Any: ...

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

class network:
    def __new__(cls, sizes: tuple[int, ...], functions: tuple[object, ...], /, **options: float) -> network: ...
    def describe(self) -> dict[str, Any]: ...
    def layer(self, number: int, /) -> tuple[np.ndarray, np.ndarray]: ...
    def predict(self, x: np.ndarray, /) -> np.ndarray: ...
    def loss(self, x: np.ndarray, y: np.ndarray, /) -> float | None: ...
    def gradients(self, x: np.ndarray, y: np.ndarray, /) -> np.ndarray | None: ...
    def fit(
        self,
        x: np.ndarray,
        y: np.ndarray,
        validation: tuple[Any, ...],
        options: dict[str, Any],
        progress: Callable[[dict[str, Any]], bool],
        poll: Callable[[int, int], bool] | None,
        /,
    ) -> bool | None: ...
    def forget_optimizer(self) -> None: ...
    def write(self, with_training: bool, /) -> bytes: ...
    @classmethod
    def read(cls, data: bytes, /) -> network: ...

def online_fit(
    f: object,
    weights: list[np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    learning_rate: float,
    order: np.ndarray,
    poll: None,
    /,
) -> None: ...
def online_predict(f: object, weights: list[np.ndarray], x: np.ndarray, /) -> np.ndarray: ...

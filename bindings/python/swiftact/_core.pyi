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
def gate(function: str, accuracy: int, /) -> object: ...
def gated(f: object, x: Any, gate: Any, axis: Any, out: Any, /) -> Any: ...
def gated_backward(f: object, x: Any, dy: Any, gate: Any, axis: Any, /) -> Any: ...

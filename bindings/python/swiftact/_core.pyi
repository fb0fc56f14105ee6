from typing import Any

import numpy as np

EXACT: int
FAST: int
VALUE: int
DERIVATIVE: int
BACKWARD: int
THREADS_MAX: int

def catalogue() -> list[dict[str, Any]]: ...
def ufunc(
    function: str,
    accuracy: int,
    form: int,
    name: str,
    documentation: str,
    parameters: tuple[tuple[str, str], ...],
) -> np.ufunc: ...
def threads() -> int: ...
def set_threads(n: int) -> None: ...
def version() -> str: ...
def isa() -> str: ...

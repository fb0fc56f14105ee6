"""What concerns the library as a whole."""

from __future__ import annotations

import operator
import platform

import numpy as np

from . import _core

__version__: str = _core.version()


def threads(n: int | None = None) -> int:
    """How many threads large arrays are split over, the caller's included; sets it first where n is given.

    At first it is what the environment's ACT_THREADS says, else the number of processors that this process may use.
    Results do not depend on it.

    Raises
    ------
    ValueError
        n is not between 1 and 256.
    TypeError
        n is not an integer.
    """
    if n is not None:
        try:
            number = operator.index(n)
        except TypeError:
            raise TypeError(f"threads: n must be an int or None, got {type(n).__name__}") from None
        if not 1 <= number <= _core.THREADS_MAX:
            raise ValueError(f"threads: n must be from 1 to {_core.THREADS_MAX}, got {number}")
        _core.set_threads(number)
    return _core.threads()


def info() -> dict[str, str | int]:
    """Versions, the instruction set in use and the number of threads."""
    return {
        "version": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "isa": _core.isa(),
        "threads": _core.threads(),
    }

"""What arguments are allowed, and what users are told about others."""

from __future__ import annotations

import math
import numbers
import operator
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import numpy as np

from . import _core
from ._activation import Activation
from ._catalogue import near

T = TypeVar("T")


def one_of(called: str, argument: str, value: Any, names: Iterable[str]) -> str:
    """The value, if it is one of the names."""
    names = list(names)
    allowed = ", ".join(map(repr, names))
    if not isinstance(value, str):
        raise TypeError(f"{called}: {argument} must be one of {allowed}, got {type(value).__name__}")
    if value not in names:
        raise ValueError(f"{called}: {argument} must be one of {allowed}, got {value!r}{near(value, names)}")
    return value


def integer(called: str, argument: str, value: Any, minimum: int, maximum: int | None = None) -> int:
    """The value, if it is an integer in this range."""
    allowed = f"an int of at least {minimum}" if maximum is None else f"an int from {minimum} to {maximum}"
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{called}: {argument} must be {allowed}, got {type(value).__name__}") from None
    if number < minimum or number > (sys.maxsize if maximum is None else maximum):
        raise ValueError(f"{called}: {argument} must be {allowed}, got {number}")
    return number


def real(called: str, argument: str, value: Any, allowed: str, is_allowed: Callable[[float], bool]) -> float:
    """The value, if it is a finite number for which that holds."""
    if not isinstance(value, numbers.Real):
        raise TypeError(f"{called}: {argument} must be {allowed}, got {type(value).__name__}")
    number = float(value)
    if not (math.isfinite(number) and is_allowed(number)):
        raise ValueError(f"{called}: {argument} must be {allowed}, got {value}")
    return number


def boolean(called: str, argument: str, value: Any) -> bool:
    """The value, if it is True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{called}: {argument} must be True or False, got {type(value).__name__}")
    return bool(value)


def is_bfloat16(dtype: np.dtype) -> bool:
    """Whether it is that of ml_dtypes."""
    return dtype.type is getattr(sys.modules.get("ml_dtypes"), "bfloat16", ())


def real_array(called: str, argument: str, value: Any) -> np.ndarray:
    """The value as an array, if its elements are real numbers of at most 64 bits."""
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{called}: {argument} must not be a masked array")
    expected = f"{called}: {argument} must be an array of real numbers"
    try:
        array = np.asarray(value)
    except ValueError as error:  # rows of different lengths
        raise ValueError(f"{expected}: {error}") from None
    if not (array.dtype.kind in "biuf" and array.dtype.itemsize <= 8) and not is_bfloat16(array.dtype):
        raise TypeError(f"{expected} of up to 64 bits, got dtype {array.dtype}")
    return array


def activation(called: str, argument: str, value: Any) -> Activation:
    """The activation of that name, or the value if it is one; identity for None."""
    if isinstance(value, Activation):
        made = value
    elif isinstance(value, str) or value is None:
        try:
            made = Activation("identity" if value is None else value)
        except ValueError as error:
            raise ValueError(f"{called}: {argument}: {error}") from None
    else:
        raise TypeError(f"{called}: {argument} must be a name, an Activation or None, got {type(value).__name__}")
    if made.missing:
        example = ", ".join(f"{name}=…" for name in made.missing)
        raise ValueError(
            f"{called}: {argument} {made.name!r} needs its parameters: Activation({made.name!r}, {example})"
        )
    return made


def bound(called: str, f: Activation) -> _core.Bound:
    """The activation as the library takes it, if its parameters are numbers."""
    if f._bound is None:
        raise ValueError(f"{called}: activation's parameters must be numbers, got {f!r}")
    return f._bound


def not_none(value: T | None) -> T:
    """The value, where it cannot be None."""
    assert value is not None
    return value


def key_of(table: Mapping[str, T], value: T) -> str:
    """The name that has this value."""
    return next(name for name, other in table.items() if other == value)

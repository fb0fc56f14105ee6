"""The library's catalogue, as the rest of the package uses it."""

from __future__ import annotations

import difflib
import math
import numbers
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import _core


@dataclass(frozen=True)
class Parameter:
    """A parameter of a function, under the name that the function's name gives it."""

    name: str
    default: float | None  # None: it must be given
    minimum: float
    maximum: float
    allowed: str  # what it must be, in words
    spellings: tuple[str, ...]  # its own name first, then those that the function's other names give it

    def not_allowed(self, called: str, given: Any) -> ValueError:
        """The error for a value that is not allowed."""
        return ValueError(f"{called}: {self.name} must be {self.allowed}, got {given}")

    def check(self, called: str, value: Any) -> Any:
        """The value as the ufunc takes it: a float, or an array or the like, whose values the ufunc checks. `called` is
        what the user called."""
        if isinstance(value, (float, int, numbers.Real)):
            try:
                number = float(value)
            except OverflowError:
                raise self.not_allowed(called, "an int beyond float64") from None
            if not self.minimum <= number <= self.maximum:
                raise self.not_allowed(called, number)
            return number
        is_array = isinstance(value, (np.ndarray, list, tuple))
        if hasattr(value, "__array_ufunc__") and not is_array and not isinstance(value, np.generic):
            return value  # pandas, dask, …: they see to it themselves
        expected = f"{called}: {self.name} must be a real number or an array of them"
        try:
            array = np.asanyarray(value)
        except ValueError as error:
            raise TypeError(f"{expected}: {error}") from None
        if np.can_cast(array.dtype, np.float64):
            return self.check(called, float(array)) if type(array) is np.ndarray and array.ndim == 0 else array
        raise TypeError(f"{expected}, got {type(value).__name__}{f' of dtype {array.dtype}' if is_array else ''}")


@dataclass(frozen=True)
class Function:
    """A function of the catalogue under one of its names."""

    name: str
    canonical: str
    parameters: tuple[Parameter, ...]
    info: _core.Info = field(repr=False)  # see act_info in activations.h

    def bind(
        self, called: str, positional: Sequence[Any], keywords: dict[str, Any], known: Sequence[Any] | None = None
    ) -> list[Any]:
        """The parameters' values, None for one without default that was not given. Takes them out of keywords; `called`
        is what the user called, `known` has the values of those that cannot be given any more."""
        values = []
        for i, parameter in enumerate(self.parameters):
            if known is not None and known[i] is not None:
                values.append(known[i])
                continue
            given = [keywords.pop(s) for s in parameter.spellings if s in keywords] if keywords else []
            if i < len(positional):
                given.append(positional[i])
            if len(given) > 1:
                raise TypeError(f"{called}: more than one value for {parameter.name}")
            values.append(parameter.check(called, given[0]) if given else parameter.default)
        return values

    def check_order(self, called: str, values: Sequence[Any]) -> None:
        """Raises where the first parameter must be at most the second and is not."""
        if self.info["parameters_ordered"] and all(value is not None for value in values):
            first, second = np.broadcast_arrays(*values)
            for wrong in np.argwhere(first > second)[:1]:
                low, high = first[tuple(wrong)], second[tuple(wrong)]
                raise self.parameters[0].not_allowed(called, f"{low} where {self.parameters[1].name} is {high}")

    def refuse_unknown(self, called: str, keywords: Iterable[str], others: tuple[str, ...]) -> None:
        """Raises for keywords that are neither parameters, which bind has taken out, nor one of the others."""
        for keyword in keywords:
            if keyword not in others:
                allowed = ", ".join([*(p.name for p in self.parameters), *others])
                raise TypeError(f"{called}: unexpected keyword argument {keyword!r}; allowed: {allowed}")

    def missing(self, called: str, values: Iterable[Any]) -> TypeError:
        """The error for parameters without default that were not given."""
        names = [p.name for p, value in zip(self.parameters, values, strict=True) if value is None]
        return TypeError(f"{called}: {' and '.join(names)} must be given, there is no default")


def _parameters(own: list[_core.ParameterInfo], versions: list[list[_core.ParameterInfo]]) -> tuple[Parameter, ...]:
    """The parameters under one name; `versions` are those under all of the function's names."""
    return tuple(
        Parameter(
            p["name"],
            None if math.isnan(p["default"]) else p["default"],
            p["minimum"],
            p["maximum"],
            p["allowed"],
            tuple(dict.fromkeys([p["name"], *(v[i]["name"] for v in versions)])),
        )
        for i, p in enumerate(own)
    )


def _read() -> dict[str, Function]:
    functions: dict[str, Function] = {}
    aliases: dict[str, Function] = {}
    for info in _core.catalogue():
        versions = [info["parameters"], *(alias["parameters"] for alias in info["aliases"])]
        for group, named in [(functions, info), *((aliases, alias) for alias in info["aliases"])]:
            group[named["name"]] = Function(
                named["name"], info["name"], _parameters(named["parameters"], versions), info
            )
    return functions | {name: f for name, f in aliases.items() if name not in functions}


# Every function by each of its names, the canonical ones first, in the catalogue's order.
FUNCTIONS = _read()


def near(name: str, names: Iterable[str]) -> str:
    """What to add to a message about an unknown name: "; did you mean 'tanh'?", or nothing."""
    names = list(names)
    folded = {n.lower().replace("_", ""): n for n in reversed(names)}
    close = difflib.get_close_matches(name.lower().replace("_", ""), folded, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(repr(folded[c]) for c in close)}?" if close else ""


def function_named(name: str) -> Function:
    """The function of that name."""
    if not isinstance(name, str):
        raise TypeError(f"an activation's name must be a str, got {type(name).__name__}")
    try:
        return FUNCTIONS[name]
    except KeyError:
        raise ValueError(
            f"there is no activation {name!r}{near(name, FUNCTIONS)} (swiftact.catalogue() has them all)"
        ) from None

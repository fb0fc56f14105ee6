"""Activation: a function of the catalogue with its parameters, as an object."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import _core, _exact, _fast
from ._catalogue import FUNCTIONS, Parameter, function_named
from ._documentation import errors
from ._functions import call
from ._ufuncs import ufunc_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FORMS = (_core.VALUE, _core.DERIVATIVE, _core.BACKWARD)
_ACCURACIES = {"exact": (_core.EXACT, _exact), "fast": (_core.FAST, _fast)}


class Saturation(NamedTuple):
    """On which sides a function's derivative tends to 0. True if it does on any."""

    left: bool
    right: bool

    def __bool__(self) -> bool:
        return self.left or self.right


class Activation:
    """An activation function with its parameters.

    Parameters
    ----------
    name : str
        A name of the catalogue, canonical or not: ``"tanh"``, ``"leaky_relu"``, ``"LeakyRELU"``.
    accuracy : {"exact", "fast"}
        Which functions it computes with: those of `swiftact` or those of `swiftact.fast`.
    **params
        The function's parameters: numbers, or arrays that broadcast against what it is called with. A parameter that is
        not given has the default that the name gives it.

    Raises
    ------
    ValueError
        There is no such name, or a parameter is NaN, infinite or not allowed.
    TypeError
        The function has no such parameter, or it is not a number.

    Examples
    --------
    >>> f = swiftact.Activation("leaky_relu", negative_slope=0.3)
    >>> f([-1.0, 2.0])
    array([-0.3,  2. ])
    >>> f.deriv([-1.0, 2.0])
    array([0.3, 1. ])

    Immutable; can be compared, hashed, copied and pickled.
    """

    __slots__ = ("_accuracy", "_function", "_ufuncs", "_values")

    def __init__(self, name: str, /, *, accuracy: str = "exact", **params: Any) -> None:
        named = function_named(name)
        if accuracy not in _ACCURACIES:
            raise ValueError(f"Activation: accuracy must be 'exact' or 'fast', got {accuracy!r}")
        called = f"Activation({name!r})"
        values = named.bind(called, (), params)
        named.refuse_unknown(called, params, ("accuracy",))
        self._function = FUNCTIONS[named.canonical]
        self._accuracy = accuracy
        self._values = tuple(
            v if v is None or isinstance(v, float) else _frozen(v, p, called)
            for p, v in zip(named.parameters, values, strict=True)
        )
        _, ufuncs = _ACCURACIES[accuracy]
        self._ufuncs = {form: getattr(ufuncs, ufunc_name(self.name, form)) for form in _FORMS}

    def __call__(self, x: Any, /, *args: Any, **kwargs: Any) -> Any:
        """f(x); out=, where=, dtype= and so on as for every `numpy.ufunc`."""
        return self._compute(_core.VALUE, (x,), args, kwargs)

    def deriv(self, x: Any, /, *args: Any, **kwargs: Any) -> Any:
        """f'(x); out=, where=, dtype= and so on as for every `numpy.ufunc`."""
        return self._compute(_core.DERIVATIVE, (x,), args, kwargs)

    def backward(self, x: Any, dy: Any, /, *args: Any, **kwargs: Any) -> Any:
        """dy·f'(x), rounded once; out=, where=, dtype= and so on as for every `numpy.ufunc`."""
        return self._compute(_core.BACKWARD, (x, dy), args, kwargs)

    def _compute(self, form: int, operands: tuple[Any, ...], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        for value in self._values:
            if value is None:
                raise self._function.missing(repr(self), self._values)
        return call(self._ufuncs[form], operands, self._values, *args, **kwargs)

    @property
    def name(self) -> str:
        """The canonical name."""
        return self._function.name

    @property
    def accuracy(self) -> str:
        """Which functions it computes with: "exact" or "fast"."""
        return self._accuracy

    @property
    def params(self) -> dict[str, Any]:
        """The parameters by their canonical names; one that was never set is absent."""
        return {
            p.name: value for p, value in zip(self._function.parameters, self._values, strict=True) if value is not None
        }

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names of the function."""
        return tuple(alias["name"] for alias in self._function.info["aliases"])

    @property
    def source(self) -> str:
        """The paper or book it comes from."""
        return self._function.info["source"]

    @property
    def formula(self) -> str:
        """f(x) in plain text."""
        return self._function.info["formula"]

    @property
    def deriv_formula(self) -> str:
        """f'(x) in plain text."""
        return self._function.info["derivative_formula"]

    @property
    def range(self) -> tuple[float, float]:
        """The infimum and the supremum of f with the default parameters."""
        return self._function.info["range_minimum"], self._function.info["range_maximum"]

    @property
    def monotonic(self) -> bool:
        """Whether f, with the default parameters, never decreases."""
        return self._function.info["monotonic"]

    @property
    def smoothness(self) -> str:
        """How often f can be differentiated continuously: "C⁰", …, "C∞"."""
        return self._function.info["smoothness"]

    @property
    def zero_centred(self) -> bool:
        """Whether f takes both signs and f(0) = 0."""
        return self._function.info["zero_centred"]

    @property
    def saturates(self) -> Saturation:
        """On which sides the derivative tends to 0: (left, right); as a condition, whether on any."""
        return Saturation(self._function.info["saturates_left"], self._function.info["saturates_right"])

    @property
    def errors(self) -> Mapping[str, Mapping[str, float]]:
        """The largest errors measured, in ULP, of "value" and "derivative" in each dtype."""
        accuracy, _ = _ACCURACIES[self._accuracy]
        return MappingProxyType(
            {
                "value": errors(self._function, accuracy, _core.VALUE),
                "derivative": errors(self._function, accuracy, _core.DERIVATIVE),
            }
        )

    @property
    def max_ulp(self) -> float:
        """The largest error measured of value and derivative in any dtype, in ULP; `errors` has each."""
        return max(max(by_dtype.values()) for by_dtype in self.errors.values())

    def plot(self, ax: Axes | None = None, *, limits: tuple[float, float] = (-6.0, 6.0)) -> Axes:
        """Draws f and f' between the limits and returns the axes. Needs matplotlib."""
        if ax is None:
            import matplotlib.pyplot as plt

            _, ax = plt.subplots()
        x = np.linspace(*limits, 1001)
        ax.plot(x, self(x), label=self.name)
        ax.plot(x, self.deriv(x), label=f"{self.name}_deriv")
        ax.set_title(f"{self.name}: {self.formula}")
        ax.set_xlabel("x")
        ax.grid(alpha=0.3)
        ax.legend(loc="upper left")
        return ax

    def __repr__(self) -> str:
        parts = [repr(self.name), *(f"{name}={value!r}" for name, value in self.params.items())]
        if self._accuracy != "exact":
            parts.append(f"accuracy={self._accuracy!r}")
        return f"Activation({', '.join(parts)})"

    def _key(self) -> tuple[Any, ...]:
        values = (v if v is None or isinstance(v, float) else (v.shape, v.tobytes()) for v in self._values)
        return self.name, self._accuracy, *values

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Activation) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.name, self._accuracy, self.params)


def _frozen(values: Any, parameter: Parameter, called: str) -> np.ndarray:
    """A read-only copy, so that an Activation does not change."""
    array = np.array(values, dtype=np.float64)
    wrong = array[~(np.isfinite(array) & (array >= parameter.minimum) & (array <= parameter.maximum))]
    if wrong.size:
        raise parameter.not_allowed(called, wrong[0])
    array.setflags(write=False)
    return array


def _restore(name: str, accuracy: str, params: dict[str, Any]) -> Activation:
    return Activation(name, accuracy=accuracy, **params)


def catalogue() -> dict[str, Activation]:
    """Every function with its default parameters, by its canonical name."""
    return {f.name: Activation(f.name) for f in FUNCTIONS.values() if f.name == f.canonical}

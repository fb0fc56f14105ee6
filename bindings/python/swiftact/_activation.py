"""Activation: a function of the catalogue with its parameters, as an object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import _core, _exact, _fast
from ._catalogue import FUNCTIONS, Parameter, function_named
from ._documentation import UFUNC_KEYWORDS, errors
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
        not given has the default that the name gives it. One that has no default, as prelu's weight, may be left out:
        then each call needs it, as a keyword.

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
    >>> g = swiftact.catalogue()["prelu"]
    >>> g([-1.0, 2.0], weight=0.3)
    array([-0.3,  2. ])

    Immutable; can be compared, hashed, copied and pickled.
    """

    __slots__ = ("_accuracy", "_bound", "_forms", "_function", "_values")

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
        named.check_order(called, self._values)
        code, ufuncs = _ACCURACIES[accuracy]
        numbers = tuple(v for v in self._values if isinstance(v, float))
        are_numbers = len(numbers) == len(self._values)
        self._bound = _core.bound(self.name, code, numbers) if are_numbers else None  # for dense layers
        self._forms = tuple(self._form(getattr(ufuncs, ufunc_name(self.name, form)), form) for form in _FORMS)

    def _form(self, ufunc: np.ufunc, form: int) -> Callable[..., Any]:
        """The ufunc with the parameters filled in."""
        if not self._values:
            return ufunc
        count = 2 if form == _core.BACKWARD else 1

        def general(*args: Any, **kwargs: Any) -> Any:
            values = self._function.bind(repr(self), (), kwargs, self._values)
            if any(value is None for value in values):
                raise self._function.missing(repr(self), values)
            return call(ufunc, args[:count], values, *args[count:], **kwargs)

        return _core.function(ufunc, 0, self._values, dict.fromkeys(UFUNC_KEYWORDS, -1), general)

    def __call__(self, x: Any, /, *args: Any, **kwargs: Any) -> Any:
        """f(x); out=, where=, dtype= and so on as for every `numpy.ufunc`."""
        return self._forms[0](x, *args, **kwargs)

    def deriv(self, x: Any, /, *args: Any, **kwargs: Any) -> Any:
        """f'(x); out=, where=, dtype= and so on as for every `numpy.ufunc`."""
        return self._forms[1](x, *args, **kwargs)

    def backward(self, x: Any, dy: Any, /, *args: Any, **kwargs: Any) -> Any:
        """dy·f'(x), rounded once; out=, where=, dtype= and so on as for every `numpy.ufunc`."""
        return self._forms[2](x, dy, *args, **kwargs)

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
        """The parameters by their canonical names; those that are `missing` are not among them."""
        return {
            p.name: value for p, value in zip(self._function.parameters, self._values, strict=True) if value is not None
        }

    @property
    def missing(self) -> tuple[str, ...]:
        """The parameters that each call needs: those that have no default and were not given."""
        return tuple(p.name for p, v in zip(self._function.parameters, self._values, strict=True) if v is None)

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
    def latex(self) -> str:
        """f(x) in LaTeX."""
        return self._function.info["formula_latex"]

    @property
    def deriv_latex(self) -> str:
        """f'(x) in LaTeX."""
        return self._function.info["derivative_latex"]

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
        """Draws f and f' between the limits and returns the axes; both for each set of values, where parameters are
        arrays. Needs matplotlib."""
        x = np.linspace(*limits, 1001)
        several = any(not isinstance(value, float) for value in self._values)
        curves = []
        for f in self._one_by_one():
            suffix = "".join(f", {name}={value:g}" for name, value in f.params.items()) if several else ""
            curves += [(f(x), f"{self.name}{suffix}"), (f.deriv(x), f"{self.name}_deriv{suffix}")]
        if ax is None:
            import matplotlib.pyplot as plt

            _, ax = plt.subplots()
        for y, label in curves:
            ax.plot(x, y, label=label)
        ax.set_title(f"{self.name}: {self.formula}")
        ax.set_xlabel("x")
        ax.grid(alpha=0.3)
        ax.legend(loc="upper left")
        return ax

    def _one_by_one(self) -> Iterator[Activation]:
        """Itself, or, where parameters are arrays, with each of the sets of numbers that they broadcast to."""
        if all(value is None or isinstance(value, float) for value in self._values):
            yield self
        else:
            for values in np.broadcast(*self.params.values()):
                yield Activation(self.name, accuracy=self._accuracy, **dict(zip(self.params, values, strict=True)))

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
    wrong = array[~((array >= parameter.minimum) & (array <= parameter.maximum))]
    if wrong.size:
        raise parameter.not_allowed(called, wrong[0])
    array.setflags(write=False)
    return array


def _restore(name: str, accuracy: str, params: dict[str, Any]) -> Activation:
    return Activation(name, accuracy=accuracy, **params)


def catalogue() -> dict[str, Activation]:
    """Every function with its default parameters, by its canonical name. A parameter that has no default, as prelu's
    weight, is a keyword of each call: `catalogue()["prelu"](x, weight=0.25)`."""
    return {f.name: Activation(f.name) for f in FUNCTIONS.values() if f.name == f.canonical}

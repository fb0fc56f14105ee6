"""Docstrings, made from the catalogue."""

from __future__ import annotations

import textwrap

from . import _core
from ._catalogue import Function

UFUNC_KEYWORDS = ("out", "where", "casting", "order", "dtype", "subok", "signature")

_DTYPES = (
    "bool, integers, float16, float32, float64, and bfloat16 where ml_dtypes is there; integers and bool are "
    "computed in the type that np.tanh takes for them."
)
_RAISES = "TypeError\n    For complex, longdouble, object, string and other such dtypes."


def _wrap(text: str, indent: str = "", hanging: str = "") -> str:
    return textwrap.fill(text, 88, initial_indent=indent, subsequent_indent=indent + hanging, break_on_hyphens=False)


def errors(function: Function, accuracy: int, form: int) -> dict[str, float]:
    """The largest error measured in each dtype, in units in the last place."""
    measured = function.info["value_errors" if form == _core.VALUE else "derivative_errors"]
    fast = accuracy == _core.FAST
    return {
        "float64": measured["fast_f64" if fast else "exact_f64"],
        "float32": measured["fast_f32"] if fast else 0.5,
        "float16": 0.5,
        "bfloat16": 0.5,
    }


def _accuracy(function: Function, accuracy: int, form: int) -> str:
    measured = errors(function, accuracy, form)
    if accuracy == _core.FAST:
        return _wrap(
            f"Accuracy: float64 within {measured['float64']:.3g} ULP, float32 within {measured['float32']:.3g} ULP "
            "(the largest errors measured), float16 and bfloat16 correctly rounded. The same bits on every CPU."
        )
    return _wrap(
        f"Accuracy: float64 within {measured['float64']:.3g} ULP (the largest error measured), float32, float16 and "
        "bfloat16 correctly rounded. The same bits on every CPU."
    )


def docstring(function: Function, accuracy: int, form: int) -> str:
    """The docstring of a function, its derivative or its backward product."""
    info = function.info
    summary = {
        _core.VALUE: f"{info['formula']}, element by element.",
        _core.DERIVATIVE: f"The derivative of {function.name}, element by element.",
        _core.BACKWARD: f"dy·f'(x) of {function.name}, element by element, rounded once.",
    }[form]
    other = f"`{function.name}_deriv`" if form == _core.VALUE else f"`{function.name}`"
    parts = [
        _wrap(summary),
        _wrap(f"f(x) = {info['formula']}", "    ", "  ")
        + "\n"
        + _wrap(f"f'(x) = {info['derivative_formula']}", "    ", "  "),
        _accuracy(function, accuracy, form),
        "Parameters\n----------",
    ]
    arguments = [("x : array_like", _DTYPES)]
    if form == _core.BACKWARD:
        arguments.append(("dy : array_like", "The gradient of the result; broadcasts against x."))
    for p in function.parameters:
        default = "" if p.default is None else f", default {p.default!r}"
        arguments.append((f"{p.name} : float or array_like{default}", f"Must be {p.allowed}; broadcasts."))
    arguments.append((", ".join(UFUNC_KEYWORDS), "As for every `numpy.ufunc`."))
    parts[-1] += "".join(f"\n{head}\n{_wrap(text, '    ')}" for head, text in arguments)
    shape = "The shape that the arguments broadcast to" if len(arguments) > 2 else "The shape of x"
    parts.append(
        "Returns\n-------\ny : ndarray or scalar\n"
        + _wrap(f"{shape}; x's dtype where that is a float, a scalar for scalars.", "    ")
    )
    raises = _RAISES
    if function.parameters:
        raises += "\nValueError\n    For a parameter that is NaN, infinite or not allowed."
    parts.append("Raises\n------\n" + raises)
    parts.append(f"See Also\n--------\n{other}")
    parts.append("References\n----------\n" + _wrap(info["source"]))
    return "\n\n".join(parts) + "\n"

"""Docstrings of the functions over rows."""

from __future__ import annotations

from . import _core
from ._catalogue import FUNCTIONS
from ._documentation import _DTYPES, _RAISES, _wrap

_SOFTMAX = {
    "softmax": (
        "Softmax along an axis",
        "y[i] = exp(x[i]) / Σ exp(x[j])",
        "dx[i] = y[i]·(dy[i] − Σ y[j]·dy[j]), with y = softmax(x)",
        "An x of −∞ has the softmax 0, of one +∞ it is 1; several +∞, nothing but −∞, or NaN in a row: NaN.",
        "J. S. Bridle: Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships "
        "to Statistical Pattern Recognition, 1990",
    ),
    "log_softmax": (
        "The logarithm of the softmax along an axis",
        "y[i] = x[i] − ln Σ exp(x[j])",
        "dx[i] = dy[i] − exp(y[i])·Σ dy[j], with y = log_softmax(x)",
        "An x of −∞ has the log_softmax −∞, of one +∞ it is 0; several +∞, nothing but −∞, or NaN in a row: NaN.",
        "P. Blanchard, D. J. Higham, N. J. Higham: Accurately Computing the Log-Sum-Exp and Softmax Functions, 2021",
    ),
}

_SHAZEER = "N. Shazeer: GLU Variants Improve Transformer, 2020"
_GATED = {
    "glu": ("The gated linear unit", "sigmoid", "Y. N. Dauphin, A. Fan, M. Auli, D. Grangier: Language Modeling with "
            "Gated Convolutional Networks, 2017"),
    "swiglu": ("SwiGLU, the gated unit of silu", "silu", _SHAZEER),
    "geglu": ("GEGLU, the gated unit of gelu", "gelu", _SHAZEER),
    "reglu": ("ReGLU, the gated unit of relu", "relu", _SHAZEER),
}  # fmt: skip

_OUT = ("out : ndarray, optional", "Where the result goes; it has the result's shape, and may be {}.")
_TYPE_ERROR = f"{_RAISES}\n    For masked arrays."
_AXIS_ERROR = "numpy.exceptions.AxisError\n    There is no such axis."


def _sections(
    summary: str, formulas: list[str], notes: list[str], arguments: list[tuple[str, str]], returns: str, raises: str,
    other: str, source: str,
) -> str:  # fmt: skip
    parts = [
        summary,
        "\n".join(f"    {formula}" for formula in formulas),
        *map(_wrap, notes),
        "Parameters\n----------" + "".join(f"\n{head}\n{_wrap(text, '    ')}" for head, text in arguments),
        f"Returns\n-------\n{returns}",
        f"Raises\n------\n{raises}",
        f"See Also\n--------\n{other}",
        f"References\n----------\n{_wrap(source)}",
    ]
    return "\n\n".join(parts) + "\n"


def softmax_docstring(name: str, accuracy: int, backward: bool) -> str:
    """The docstring of softmax or log_softmax, or of its backward product."""
    summary, formula, backward_formula, edges, source = _SOFTMAX[name]
    bound = "4 ULP" if accuracy == _core.FAST else "1 ULP"
    same = "A row's results depend on this row only: the same bits alone and among others, on every CPU."
    axis = (
        "axis : int or None, default -1",
        "The axis along which the sums go; negative ones count from the last. None: over all elements.",
    )
    x = ("x : array_like", f"{_DTYPES} C-contiguous arrays are not copied, whatever the axis.")
    if backward:
        summed = "sum of the magnitudes" if accuracy == _core.FAST else "largest"
        return _sections(
            f"The gradient that goes back through {name}: dy times its Jacobian.",
            [backward_formula],
            [f"The errors are less than {bound} of the {summed} of what is added. {same}"],
            [
                x,
                ("dy : array_like", f"The gradient of {name}(x); broadcasts to x's shape."),
                axis,
                (_OUT[0], _OUT[1].format("x or dy")),
            ],
            "dx : ndarray or scalar\n    x's shape, a scalar for scalars.",
            f"{_AXIS_ERROR}\n{_TYPE_ERROR}\nValueError\n    dy does not broadcast, or out has another shape.",
            f"`{name}`",
            source,
        )
    return _sections(
        f"{summary}.",
        [formula],
        [f"Nothing overflows. Accuracy: less than {bound} from the true value. {same}", edges],
        [
            x,
            axis,
            (_OUT[0], _OUT[1].format("x")),
            ("dtype : dtype, optional", "The floating-point type to compute in, where it is not to be x's."),
        ],
        "y : ndarray or scalar\n"
        + _wrap(
            "x's shape and, where that is a float, dtype; a scalar for scalars. What has `__array_wrap__`, as "
            "xarray.DataArray does, stays what it is; a pandas object becomes an ndarray.",
            "    ",
        ),
        f"{_AXIS_ERROR}\n{_TYPE_ERROR}\nValueError\n    out has another shape.",
        f"`{name}_backward`, `{'softmax' if name == 'log_softmax' else 'log_softmax'}`",
        source,
    )


def gated_docstring(name: str, accuracy: int, backward: bool) -> str:
    """The docstring of a gated unit or of its backward product."""
    summary, gate, source = _GATED[name]
    f = f"f(x) = {FUNCTIONS[gate].info['formula']}, which is {gate}"
    rounded = (
        "float64 and float32 less than 4 ULP from the true value, float16 and bfloat16 correctly rounded"
        if accuracy == _core.FAST
        else "float64 less than 1 ULP from the true value; float32, float16 and bfloat16 correctly rounded"
    )
    accurate = f"Each result is rounded once: {rounded}. The same bits on every CPU."
    x = (
        "x : array_like",
        f"value and gate, the first and the second half along the axis; with `gate` given, the value. {_DTYPES}",
    )
    gate_argument = ("gate : array_like, optional", "The gate; broadcasts against x.")
    axis = (
        "axis : int, default -1",
        "The axis that is halved; negative ones count from the last. Not used with `gate`.",
    )
    odd = "The axis has an odd length, or shapes do not fit."
    if backward:
        return _sections(
            f"The gradients that go back through {name}.",
            ["dvalue = dy·f(gate)", "dgate = dy·value·f'(gate)", f],
            [accurate],
            [x, ("dy : array_like", f"The gradient of {name}'s result; broadcasts to its shape."), gate_argument, axis],
            "dx : ndarray\n    x's shape: dvalue in the first half, dgate in the second.\n"
            "dvalue, dgate : ndarray or scalar\n"
            + _wrap(
                "Instead of dx, where `gate` is given: in the shape that x and gate broadcast to. The gradient of what "
                "was broadcast is the sum over the axes that it got.",
                "    ",
            ),
            f"{_AXIS_ERROR}\n{_TYPE_ERROR}\nValueError\n    {odd}",
            f"`{name}`",
            source,
        )
    return _sections(
        f"{summary}: value·f(gate), element by element.",
        ["y = value·f(gate)", f],
        [accurate],
        [x, gate_argument, axis, (_OUT[0], _OUT[1].format("x or gate, where both are given"))],
        "y : ndarray or scalar\n"
        + _wrap("x's shape with half the length along the axis; with `gate`, what x and gate broadcast to.", "    "),
        f"{_AXIS_ERROR}\n{_TYPE_ERROR}\nValueError\n    {odd}",
        f"`{name}_backward`, `{gate}`",
        source,
    )

"""What the catalogue says of a function is true of what it computes: formulas, range, monotonicity, smoothness, centre,
saturation, source."""

import math
import re

import numpy as np
import pytest

import swiftact
from conftest import needs_parameters
from swiftact._catalogue import FUNCTIONS


def filled_in(function, *values, only_missing=False):
    """The function with these values for its parameters."""
    given = zip(function.parameters, values, strict=False)
    given = {p.name: value for p, value in given if p.default is None or not only_missing}
    return swiftact.Activation(function.name, **given)


CANONICAL = [f for f in FUNCTIONS.values() if f.name == f.canonical]
CATALOGUE = {f.name: filled_in(f, 0.25, 0.5, only_missing=True) for f in CANONICAL}
WITH_DEFAULTS = {name: f for name, f in CATALOGUE.items() if not needs_parameters(FUNCTIONS[name])}
each_function = pytest.mark.parametrize("f", CATALOGUE.values(), ids=CATALOGUE.keys())
each_with_defaults = pytest.mark.parametrize("f", WITH_DEFAULTS.values(), ids=WITH_DEFAULTS.keys())


# ---------------------------------------------------------------------------------------------------------- formulas

WITH_PARAMETERS = [filled_in(f, 0.75, 1.5) for f in CANONICAL]  # where each makes a difference
X = [*np.arange(-8.0, 9.0), *np.linspace(-7.77, 7.93, 101), -0.75, 0.75, 1.5]  # among them every kink
MATHEMATICS = {
    **{name: getattr(math, name) for name in ("tanh", "sin", "cos", "cosh", "atan", "erf", "sqrt")},
    **{"abs": abs, "max": max, "min": min, "ln": math.log, "e": math.e, "π": math.pi},
    "σ": lambda x: 1 / (1 + math.exp(-x)),
    "Φ": lambda x: math.erfc(-x / math.sqrt(2)) / 2,
    "φ": lambda x: math.exp(-x * x / 2) / math.sqrt(2 * math.pi),
}
NAMES = "tanh|sin|cosh|cos|atan|erf|ln"


def python(formula):
    """The formula in Python. What it calls by a letter comes first: "x·σ(2u), u = 3x" is "u = 3*x; x*σ(2*u)"."""
    for old, new in (
        ("−", "-"),
        ("½", "0.5"),
        ("·", "*"),
        ("⁻ˣ", "**(-x)"),
        ("ˣ", "**x"),
        (r"\^", "**"),
        ("≥", ">="),
        ("′", "_"),
        ("…", ""),
        (r"\|(\w)\|", r"abs(\1)"),
        (rf"\b({NAMES})²(\([^)]*\)| \w)", r"\1\2**2"),  # sin²(ax)
        (rf"\b({NAMES}) (σ\(\w\)|\w)", r"\1(\2)"),  # ln σ(x), tanh x
        (r"√(\w)", r"sqrt(\1)"),
        ("√", "sqrt"),
        ("²", "**2"),
        ("³", "**3"),
        (r"(\d)(?=[a-zσπ(])", r"\1*"),  # 2x
        (r",( else .*)", r"\1"),
        (r", (?=.* if )", " else "),  # x if …, y if …, else z
    ):
        formula = re.sub(old, new, formula)
    first, *where = re.split(r", (?=\w+ = )", formula)
    return [*where, first]


@pytest.mark.parametrize("f", WITH_PARAMETERS, ids=lambda f: f.name)
@pytest.mark.parametrize("form", ["formula", "deriv_formula"])
def test_formulas_say_what_is_computed(f, form):
    """A letter that the formula explains is not explained again in the derivative's."""
    *letters, _ = python(f.formula)
    *more, expression = python(getattr(f, form))
    said = []
    for x in X:
        values = MATHEMATICS | f.params | {"x": float(x)}
        exec("\n".join([*letters, *more]), values)
        said.append(eval(expression, values))
    computed = f(np.array(X)) if form == "formula" else f.deriv(np.array(X))
    np.testing.assert_allclose(said, computed, rtol=1e-12, atol=1e-14, err_msg=expression)


# Those that GitHub renders, too: it refuses \operatorname.
MACROS = {
    "alpha", "arctan", "begin", "beta", "cos", "cosh", "end", "frac", "ge", "lambda", "le", "left", "ln", "mathrm",
    "max", "min", "pi", "quad", "right", "sigma", "sin", "sqrt", "tanh", "text", "tfrac", "theta", "varphi", "Phi",
}  # fmt: skip


@each_function
def test_latex_is_what_renderers_know(f):
    for text in (f.latex, f.deriv_latex):
        assert set(re.findall(r"\\([a-zA-Z]+)", text)) <= MACROS
        assert text.count("{") == text.count("}") and text.count("(") == text.count(")")
        assert text.count(r"\begin{cases}") == text.count(r"\end{cases}")
        assert "x" in text or text == "1"


@each_function
def test_source_is_a_citation(f):
    """Who: what, when."""
    assert re.fullmatch(r"[^:]+: .+, (1[78]|19|20)\d\d", f.source)


# -------------------------------------------------------------------------------------------------------- properties


def largest_step(g, h):
    """The largest step of g between neighbours at distance h; where g jumps it does not shrink with h."""
    return np.max(np.abs(np.diff(g(np.arange(-8, 8, h) + h / 3))))


@each_function
def test_smoothness(f):
    """C⁻¹: f itself jumps; C⁰: f′ does; C¹: f″, as differences of f′; C∞: none of these, nor f‴."""

    def difference(g):
        return lambda x: np.diff(g(x)) / (x[1] - x[0])

    second = difference(f.deriv)
    derivatives = {"C⁻¹": f, "C⁰": f.deriv, "C¹": second, "C²": difference(second)}
    jumps = [name for name, g in derivatives.items() if largest_step(g, 1 / 4096) > 0.7 * largest_step(g, 1 / 512) > 0]
    assert f.smoothness == (jumps[0] if jumps else "C∞")


FAR = 10.0 ** np.arange(2, 308)
EVERYWHERE = np.concatenate([-FAR[::-1], np.linspace(-40, 40, 800_001), FAR])


@each_with_defaults
def test_range(f):
    """The bounds are reached to many digits, and not passed."""
    y = f(EVERYWHERE)
    for bound, extreme, sign in zip(f.range, (y.min(), y.max()), (-1, 1), strict=True):
        assert sign * extreme <= sign * bound
        assert abs(extreme) > 1e300 if math.isinf(bound) else abs(extreme - bound) <= 1e-9


@each_with_defaults
def test_monotonic(f):
    y = f(EVERYWHERE)
    assert f.monotonic == bool(np.all(y[1:] >= y[:-1]))
    assert f.monotonic == bool(np.all(f.deriv(EVERYWHERE) >= 0))


@each_function
def test_zero_centred(f):
    y = f(EVERYWHERE)
    assert f.zero_centred == (f(0.0) == 0 and y.min() < 0 < y.max())


@each_function
def test_saturates(f):
    far = 10.0 ** np.arange(8, 300, 0.37)
    assert f.saturates == (np.all(np.abs(f.deriv(-far)) < 1e-6), np.all(np.abs(f.deriv(far)) < 1e-6))


def test_properties_of_functions_without_defaults():
    """What is said of all their parameters holds with any."""
    for weight in (-2.0, 0.0, 0.25, 1.0):
        f = swiftact.Activation("prelu", weight=weight)
        assert set(f.deriv(EVERYWHERE)) <= {1.0, weight}
    for threshold, value in ((0.0, 0.0), (1.0, -3.0), (-1.0, 5.0)):
        f = swiftact.Activation("threshold", threshold=threshold, value=value)
        assert set(f(EVERYWHERE[threshold >= EVERYWHERE])) == {value} and f(1e300) == 1e300

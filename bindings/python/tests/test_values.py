"""What every function of the catalogue has in common, and the edges of the six."""

import math

import numpy as np
import pytest

import swiftact
from conftest import CASES, bits, each_case, each_float, each_module, needs_parameters
from swiftact import _core

INF, NAN = math.inf, math.nan

# f(−∞), f(−0), f(0), f(∞) and the same of f'; None where there is no limit.
EDGES = {
    "tanh": ([-1, -0.0, 0.0, 1], [0, 1, 1, 0]),
    "sigmoid": ([0, 0.5, 0.5, 1], [0, 0.25, 0.25, 0]),
    "relu": ([0, 0, 0, INF], [0, 0, 0, 1]),
    "leaky_relu": ([-INF, -0.0, 0.0, INF], [0.01, 0.01, 0.01, 1]),
    "bent_identity": ([-INF, -0.0, 0.0, INF], [0.5, 1, 1, 1.5]),
    "sinusoid": ([NAN, -0.0, 0.0, NAN], [NAN, 1, 1, NAN]),
}


@each_float
@each_module
@pytest.mark.parametrize("name", EDGES)
def test_edges(module, name, dtype):
    x = np.array([-INF, -0.0, 0.0, INF, NAN], dtype)
    for suffix, expected in zip(["", "_deriv"], EDGES[name], strict=True):
        result = getattr(module, name + suffix)(x)
        np.testing.assert_array_equal(result, np.array([*expected, NAN], dtype))
        if name != "relu":
            np.testing.assert_array_equal(np.signbit(result[1:3]), np.signbit(expected[1:3]))


@each_case
@each_float
def test_nan_gives_nan(case, dtype):
    assert np.isnan(case(np.full(3, NAN, dtype))).all()


VALUES = [case for case in CASES if case.form == _core.VALUE]


@pytest.mark.parametrize("case", VALUES, ids=lambda case: case.id)
def test_derivative_is_the_slope(case):
    derivative = next(c for c in CASES if c.id == f"{case.id}_deriv")
    x = np.linspace(-7.3, 7.3, 1001) + 0.0003  # no kink is nearer than h
    h = 1e-5
    np.testing.assert_allclose(derivative(x), (case(x + h) - case(x - h)) / (2 * h), rtol=1e-7, atol=1e-9)


WITH_DEFAULTS = [case for case in VALUES if not needs_parameters(case.function)]


@pytest.mark.parametrize("case", WITH_DEFAULTS, ids=lambda case: case.id)
def test_range_and_monotonicity_are_what_the_catalogue_says(case):
    info = swiftact.catalogue()[case.function.name]
    y = case(np.linspace(-50, 50, 20001))
    low, high = info.range
    assert low <= y.min() and y.max() <= high
    assert info.monotonic == (np.diff(y) >= 0).all()
    assert info.zero_centred == bool(y.min() < 0 < y.max() and case(0.0) == 0)


BACKWARD = [case for case in CASES if case.form == _core.BACKWARD]


@pytest.mark.parametrize("case", BACKWARD, ids=lambda case: case.id)
@each_float
def test_backward_is_dy_times_the_slope(case, dtype):
    name = case.id.replace("_backward", "_deriv")
    derivative = next(c for c in CASES if c.id == name)
    exact = next(c for c in CASES if c.id == name.replace("fast-", "exact-"))
    random = np.random.default_rng(1)
    x, dy = random.standard_normal((2, 40, 30)).astype(dtype) * dtype(2)
    eps = np.finfo(dtype).eps
    slopes = derivative(x.astype(np.float64))
    smallest = np.finfo(dtype).smallest_normal
    np.testing.assert_allclose(case.ufunc(x, dy, *case.parameters), dy * slopes, rtol=4 * eps, atol=float(smallest))
    # dy broadcasts, and 1 and 0 are exact; a fast product may be rounded once, as the exact one is
    with_one = bits(case.ufunc(x, dtype(1), *case.parameters))
    assert any(np.array_equal(with_one, bits(slope(x))) for slope in (derivative, exact))
    assert not np.any(case.ufunc(x, np.zeros(30, dtype), *case.parameters))

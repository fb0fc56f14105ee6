"""The six function pairs of the blog, in its spelling, against its own formulas in NumPy."""

import numpy as np
import pytest

import swiftact


def blog_sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


PAIRS = {
    "tanh": (np.tanh, lambda x: 1.0 - np.tanh(x) * np.tanh(x), {}),
    "sigmoid": (blog_sigmoid, lambda z: blog_sigmoid(z) * (1 - blog_sigmoid(z)), {}),
    "logistic": (blog_sigmoid, lambda z: blog_sigmoid(z) * (1 - blog_sigmoid(z)), {}),
    "RELU": (
        lambda z: np.array([x if x > 0 else 0 for x in z]),
        lambda z: np.array([1 if x > 0 else 0 for x in z]),
        {},
    ),
    "LeakyRELU": (
        lambda z, a=0.3: np.array([x if x > 0 else a * x for x in z]),
        lambda z, a=0.3: np.array([1 if x > 0 else a for x in z]),
        {"a": 0.07},
    ),
    "BentIdentity": (
        lambda z: (np.sqrt(z**2 + 1) - 1) / 2 + z,
        lambda z: z / (2 * np.sqrt(z**2 + 1)) + 1,
        {},
    ),
    "Sinusoid": (np.sin, np.cos, {}),
}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("module", [swiftact, swiftact.fast], ids=["exact", "fast"])
def test_pair_agrees_with_the_formulas(module, name):
    value, derivative, parameters = PAIRS[name]
    x = np.concatenate([np.linspace(-6, 6, 200), np.linspace(-np.pi, np.pi, 200), [0.0]])
    for keywords in ({}, parameters):
        np.testing.assert_allclose(getattr(module, name)(x, **keywords), value(x, **keywords), rtol=1e-13, atol=1e-13)
        np.testing.assert_allclose(
            getattr(module, f"{name}_deriv")(x, **keywords), derivative(x, **keywords), rtol=1e-12, atol=1e-12
        )


@pytest.mark.parametrize("module", [swiftact, swiftact.fast], ids=["exact", "fast"])
def test_other_spellings(module):
    assert module.logistic is module.sigmoid
    assert module.logistic_deriv is module.logistic_derivative is module.sigmoid_deriv


def test_results_are_the_true_values_where_the_formulas_lose_them():
    """1 − tanh² and σ(1 − σ) are 0 or garbage far out; 1/cosh² is not."""
    x = np.array([20.0, 40.0, 300.0])
    np.testing.assert_allclose(swiftact.tanh_deriv(x), 4 * np.exp(-2 * x), rtol=1e-14)
    np.testing.assert_allclose(swiftact.sigmoid_deriv(2 * x), np.exp(-2 * x), rtol=1e-14)
    assert swiftact.sigmoid(-745.0) > 0

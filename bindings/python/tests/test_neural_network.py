"""NeuralNetwork, beside the same in plain NumPy."""

import copy
import pickle

import numpy as np
import pytest

import swiftact


class Plain:
    """The textbooks' network, with derivatives taken at the activation's argument."""

    def __init__(self, layers, f, derivative):
        self.f, self.derivative = f, derivative
        widths = [n + 1 for n in layers[:-1]] + [layers[-1]]
        self.weights = [(2 * np.random.random(shape) - 1) * 0.25 for shape in zip(widths[:-1], widths[1:], strict=True)]

    def fit(self, X, y, learning_rate=0.2, epochs=10000):
        X = np.column_stack([np.atleast_2d(X), np.ones(len(X))])
        y = np.array(y)
        for _ in range(epochs):
            i = np.random.randint(X.shape[0])
            a, z = [X[i]], []
            for w in self.weights:
                z.append(np.dot(a[-1], w))
                a.append(self.f(z[-1]))
            deltas = [(y[i] - a[-1]) * self.derivative(z[-1])]
            for l in range(len(self.weights) - 1, 0, -1):
                deltas.append(np.dot(deltas[-1], self.weights[l].T) * self.derivative(z[l - 1]))
            for w, layer, delta in zip(self.weights, a, deltas[::-1], strict=False):
                w += learning_rate * np.outer(layer, delta)

    def predict(self, x):
        a = np.append(x, 1.0)
        for w in self.weights:
            a = self.f(np.dot(a, w))
        return a


def logistic(x):
    return 1 / (1 + np.exp(-x))


FORMULAS = {
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "logistic": (logistic, lambda x: logistic(x) * (1 - logistic(x))),
}
XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])


@pytest.mark.parametrize("activation", FORMULAS)
@pytest.mark.parametrize("layers", [[2, 3, 1], [2, 5, 4, 3], [2, 1], [2, 3, 3, 3, 2]], ids=str)
def test_the_same_draws_make_the_same_weights(layers, activation):
    x = np.random.default_rng(0).normal(size=(20, layers[0]))
    y = np.random.default_rng(1).uniform(-0.5, 0.5, size=(20, layers[-1]))
    np.random.seed(3)
    plain = Plain(layers, *FORMULAS[activation])
    plain.fit(x, y, learning_rate=0.1, epochs=500)
    after = np.random.random()
    np.random.seed(3)
    net = swiftact.NeuralNetwork(layers, activation)
    net.fit(x, y, learning_rate=0.1, epochs=500)
    assert np.random.random() == after
    assert [w.shape for w in net.weights] == [w.shape for w in plain.weights]
    for ours, theirs in zip(net.weights, plain.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(net.predict(x[0]), plain.predict(x[0]), rtol=1e-9)


def test_learns_xor():
    np.random.seed(0)
    net = swiftact.NeuralNetwork([2, 4, 1])
    assert net.fit(*XOR) is None
    for x, y in zip(*XOR, strict=True):
        assert net.predict(x).shape == (1,)
        assert net.predict(x)[0] == pytest.approx(y, abs=0.1)
    np.testing.assert_array_equal(net.predict(XOR[0])[:, 0], [net.predict(x)[0] for x in XOR[0]])


def test_weights_are_trained_in_place_wherever_they_lie():
    np.random.seed(1)
    net = swiftact.NeuralNetwork([2, 3, 1])
    twin = copy.deepcopy(net)
    net.weights[0] = np.asfortranarray(net.weights[0])
    own = list(net.weights)
    np.random.seed(2)
    net.fit(*XOR, epochs=100)
    np.random.seed(2)
    twin.fit(*XOR, epochs=100)
    assert all(a is b for a, b in zip(own, net.weights, strict=True))
    for a, b in zip(net.weights, twin.weights, strict=True):
        np.testing.assert_array_equal(a, b)


def test_more_steps_than_are_drawn_at_once(monkeypatch):
    from swiftact import _neural_network

    results = []
    for chunk in (1 << 16, 7):
        monkeypatch.setattr(_neural_network, "_CHUNK", chunk)
        np.random.seed(5)
        net = swiftact.NeuralNetwork([2, 3, 1])
        net.fit(*XOR, epochs=50)
        results.append(net.weights[0])
    np.testing.assert_array_equal(*results)


def test_targets_of_one_dimension_are_wanted_of_every_output():
    results = []
    for y in (XOR[1], np.repeat(XOR[1][:, None], 2, axis=1)):
        np.random.seed(5)
        net = swiftact.NeuralNetwork([2, 3, 2])
        net.fit(XOR[0], y, epochs=50)
        results.append(net.weights[0])
    np.testing.assert_array_equal(*results)


def test_any_activation():
    for f in ("silu", swiftact.Activation("leaky_relu", negative_slope=0.3)):
        np.random.seed(0)
        net = swiftact.NeuralNetwork([2, 8, 1], f)
        net.fit(*XOR, learning_rate=0.1, epochs=5000)
        assert np.abs(net.predict(XOR[0])[:, 0] - XOR[1]).max() < 0.3
    assert net.activation(-1.0) == -0.3
    assert net.activation_deriv(-1.0) == 0.3


def test_ctrl_c_leaves_a_usable_network(ctrl_c):
    net = swiftact.NeuralNetwork([2, 8, 1])
    before = net.weights[0].copy()
    ctrl_c()
    with pytest.raises(KeyboardInterrupt):
        net.fit(*XOR, epochs=10**12)
    assert (net.weights[0] != before).any()
    assert np.isfinite(net.predict([0, 1])).all()


def test_pickle_joblib_and_copies(tmp_path):
    joblib = pytest.importorskip("joblib")
    net = swiftact.NeuralNetwork([2, 4, 1], "logistic")
    net.fit(*XOR, epochs=10)
    joblib.dump(net, tmp_path / "net")
    for other in (pickle.loads(pickle.dumps(net)), joblib.load(tmp_path / "net"), copy.deepcopy(net)):
        np.testing.assert_array_equal(other.predict([1, 0]), net.predict([1, 0]))
        other.fit(*XOR, epochs=10)
    assert repr(net) == "NeuralNetwork([2, 4, 1], Activation('sigmoid'))"


@pytest.mark.parametrize("arguments, error, message", [
    (dict(X=np.ones((4, 3))), ValueError, r"fit: X must have 2 columns, got the shape \(4, 3\)"),
    (dict(y=[1, 2]), ValueError, r"fit: y must have the shape \(4, 1\), got \(2,\)"),
    (dict(X=np.full((4, 2), np.nan)), ValueError, r"fit: X must be finite, got nan at \[0, 0\]"),
    (dict(y=[0, 1, np.inf, 0]), ValueError, r"fit: y must be finite, got inf at \[2\]"),
    (dict(X=np.ones((0, 2)), y=[]), ValueError, "X must have at least one sample"),
    (dict(y=["a", "b", "c", "d"]), TypeError, "y must be an array of real numbers"),
    (dict(learning_rate=np.nan), ValueError, "learning_rate must be finite, got nan"),
    (dict(learning_rate="0.1"), TypeError, "learning_rate must be a number, got str"),
    (dict(epochs=-1), ValueError, "epochs must be an int of at least 0, got -1"),
    (dict(epochs=1.5), TypeError, "epochs must be an int of at least 0, got float"),
])  # fmt: skip
def test_bad_input_changes_nothing(arguments, error, message):
    net = swiftact.NeuralNetwork([2, 3, 1])
    before = [w.copy() for w in net.weights]
    with pytest.raises(error, match=message):
        net.fit(**({"X": XOR[0], "y": XOR[1]} | arguments))
    for w, old in zip(net.weights, before, strict=True):
        np.testing.assert_array_equal(w, old)


@pytest.mark.parametrize("arguments, error, message", [
    (([2],), ValueError, "layers must be a list of two sizes or more"),
    (("23",), ValueError, "layers must be a list of two sizes or more"),
    (([2, 0, 1],), ValueError, r"layers\[1\] must be an int of at least 1, got 0"),
    (([2, 1], "tahn"), ValueError, "activation: .*did you mean 'tanh'"),
    (([2, 1], swiftact.Activation("prelu", weight=[0.1, 0.2])), ValueError, "parameters must be numbers"),
])  # fmt: skip
def test_bad_constructions(arguments, error, message):
    with pytest.raises(error, match=message):
        swiftact.NeuralNetwork(*arguments)


def test_activation_that_was_assigned():
    net = swiftact.NeuralNetwork([2, 1])
    net.activation = swiftact.Activation("prelu", weight=[0.1, 0.2])
    with pytest.raises(ValueError, match="fit: activation's parameters must be numbers"):
        net.fit(*XOR)
    with pytest.raises(ValueError, match="predict: activation's parameters must be numbers"):
        net.predict([1, 2])


def test_bad_weights_and_samples():
    net = swiftact.NeuralNetwork([2, 3, 1])
    with pytest.raises(ValueError, match="predict: x must have 2 columns"):
        net.predict([1, 2, 3])
    net.weights[1] = np.ones((3, 1))
    with pytest.raises(ValueError, match=r"predict: weights\[0\] must be a matrix that fits the next one"):
        net.predict([1, 2])

"""Network: what it computes, learns and says."""

import copy
import json
import os
import pickle
import resource
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import swiftact
from conftest import activation, bits
from swiftact import Network
from swiftact._catalogue import FUNCTIONS

CANONICAL = [f.name for f in FUNCTIONS.values() if f.name == f.canonical]
LOSSES = ["cross_entropy", "binary_cross_entropy", "squared_error", "huber"]
each_loss = pytest.mark.parametrize("loss", LOSSES)


def targets(loss, samples, outputs, seed=0):
    random = np.random.default_rng(seed)
    if loss == "cross_entropy":
        return random.integers(outputs, size=samples)
    y = random.random((samples, outputs))
    return y if loss == "binary_cross_entropy" else 4 * y


def blobs(samples=200, seed=0):
    """Points around three centres, and whose they are."""
    random = np.random.default_rng(seed)
    y = random.integers(3, size=samples)
    return np.array([[0, 2], [2, -1], [-2, -1]])[y] + 0.3 * random.normal(size=(samples, 2)), y


def network(*args, **keywords):
    return Network(*args, **({"dtype": "float64", "seed": 1} | keywords))


def parameters(net):
    return [a.copy() for pair in zip(net.weights, net.biases, strict=True) for a in pair]


def assert_same(one, other):
    for a, b in zip(parameters(one), parameters(other), strict=True):
        np.testing.assert_array_equal(bits(a), bits(b))


# ------------------------------------------------------------------------------------------------- computing ---


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_forward_is_one_dense_layer_after_the_other(dtype):
    functions = ["tanh", swiftact.Activation("leaky_relu", negative_slope=0.3), "gelu"]
    net = network([5, 9, 8, 7, 3], functions, dtype=dtype)
    net.biases = [np.linspace(-1, 1, len(b)) for b in net.biases]
    x = np.random.default_rng(0).normal(size=(37, 5)).astype(dtype)
    y = x
    for w, b, f in zip(net.weights, net.biases, [*functions, None], strict=True):
        y = swiftact.dense(y, w, b, f)
    assert net.forward(x).dtype == dtype
    np.testing.assert_array_equal(bits(net.forward(x)), bits(y))
    np.testing.assert_array_equal(bits(net.forward(x[4])), bits(y[4]))
    np.testing.assert_array_equal(bits(net.forward(x[3:8])), bits(y[3:8]))
    assert net.forward(np.empty((0, 5))).shape == (0, 3)


def test_losses():
    x = np.random.default_rng(0).normal(size=(20, 4))
    for loss in LOSSES:
        net = network([4, 6, 3], loss=loss, huber_delta=0.7)
        o, y = net.forward(x), targets(loss, 20, 3)
        e = o - y if y.shape == o.shape else None
        expected = {
            "cross_entropy": lambda: -np.log(np.exp(o) / np.exp(o).sum(axis=1, keepdims=True))[range(20), y],
            "binary_cross_entropy": lambda: -(y * np.log(1 / (1 + np.exp(-o))) + (1 - y) * np.log(1 / (1 + np.exp(o)))),
            "squared_error": lambda: e**2,
            "huber": lambda: np.where(np.abs(e) <= 0.7, e**2 / 2, 0.7 * (np.abs(e) - 0.35)),
        }[loss]().mean()
        assert net.loss(x, y) == pytest.approx(expected, rel=1e-12)


def check_gradients(net, x, y):
    step = 1e-5
    for arrays, k in ((net.weights, 0), (net.biases, 1)):
        for layer, array in enumerate(arrays):
            gradient = net.gradients(x, y)[layer][k]
            assert gradient.shape == array.shape
            for place in np.ndindex(array.shape):
                before, values = array[place], []
                for sign in (-1, 1):
                    array[place] = before + sign * step
                    values.append(net.loss(x, y))
                array[place] = before
                slope = (values[1] - values[0]) / (2 * step)
                assert gradient[place] == pytest.approx(slope, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("name", CANONICAL)
@each_loss
def test_gradients_are_those_of_finite_differences(name, loss):
    net = network([3, 4, 2], activation(name), loss=loss, seed=5)
    x = np.random.default_rng(1).normal(size=(6, 3))
    check_gradients(net, x, targets(loss, 6, 2))


@pytest.mark.parametrize("hidden", [[], [3, 4], [4, 3, 5, 2]], ids=str)
def test_gradients_at_several_depths(hidden):
    net = network([2, *hidden, 3], "silu")
    x = np.random.default_rng(1).normal(size=(7, 2))
    check_gradients(net, x, targets("cross_entropy", 7, 3))


def test_probabilities():
    x = np.random.default_rng(0).normal(size=(9, 2))
    net = network([2, 3, 4])
    np.testing.assert_array_equal(net.predict_proba(x), swiftact.softmax(net.forward(x)))
    net = network([2, 3, 4], loss="binary_cross_entropy")
    np.testing.assert_array_equal(net.predict_proba(x), swiftact.sigmoid(net.forward(x)))
    with pytest.raises(ValueError, match="predict_proba: the loss squared_error knows values, not probabilities"):
        network([2, 3, 4], loss="squared_error").predict_proba(x)


# -------------------------------------------------------------------------------------------------- training ---


class Reference:
    """The optimisers as PyTorch's documentation has them."""

    def __init__(self, net):
        self.net, self.t = net, 0
        self.state = [{} for _ in parameters(net)]

    def step(self, x, y):
        net, self.t = self.net, self.t + 1
        own = [a for pair in zip(net.weights, net.biases, strict=True) for a in pair]
        for a, g, s in zip(own, [g for pair in net.gradients(x, y) for g in pair], self.state, strict=True):
            decay = net.weight_decay or 0.0
            if net.optimizer == "adamw":
                a *= 1 - net.learning_rate * (0.01 if net.weight_decay is None else decay)
            else:
                g = g + decay * a
            a -= getattr(self, "adam" if net.optimizer == "adamw" else net.optimizer)(g, s)

    def sgd(self, g, s):
        s["b"] = self.net.momentum * s["b"] + g if "b" in s else g
        return self.net.learning_rate * (g + self.net.momentum * s["b"] if self.net.nesterov else s["b"])

    def adam(self, g, s):
        b1, b2 = self.net.betas
        s["m"] = b1 * s.get("m", 0) + (1 - b1) * g
        s["v"] = b2 * s.get("v", 0) + (1 - b2) * g**2
        m, v = s["m"] / (1 - b1**self.t), s["v"] / (1 - b2**self.t)
        return self.net.learning_rate * m / (np.sqrt(v) + self.net.eps)

    def rmsprop(self, g, s):
        s["v"] = self.net.alpha * s.get("v", 0) + (1 - self.net.alpha) * g**2
        scaled = g / (np.sqrt(s["v"]) + self.net.eps)
        s["b"] = self.net.momentum * s.get("b", 0) + scaled
        return self.net.learning_rate * s["b"]


@pytest.mark.parametrize("options", [
    dict(optimizer="sgd"),
    dict(optimizer="sgd", momentum=0.9),
    dict(optimizer="sgd", momentum=0.8, nesterov=True, weight_decay=0.1),
    dict(optimizer="adam"),
    dict(optimizer="adam", betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1),
    dict(optimizer="adamw"),
    dict(optimizer="adamw", weight_decay=0.3),
    dict(optimizer="rmsprop"),
    dict(optimizer="rmsprop", momentum=0.5, alpha=0.9, weight_decay=0.1),
], ids=str)  # fmt: skip
def test_optimisers(options):
    x, y = blobs(50)
    net, expected = (network([2, 5, 3], learning_rate=0.01, **options) for _ in range(2))
    reference = Reference(expected)
    for _ in range(6):
        for start in (0, 20, 40):
            reference.step(x[start : start + 20], y[start : start + 20])
    net.fit(x, y, epochs=6, batch_size=20, shuffle=False)
    for a, b in zip(parameters(net), parameters(expected), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


def test_clipping():
    x, y = blobs(30)
    for options, clip in (
        (dict(clip_norm=0.1), lambda gs, norm: [g * min(1, 0.1 / (norm + 1e-6)) for g in gs]),
        (dict(clip_value=0.02), lambda gs, norm: [np.clip(g, -0.02, 0.02) for g in gs]),
    ):
        net = network([2, 5, 3], optimizer="sgd", learning_rate=0.5, **options)
        gradients = [g for pair in net.gradients(x, y) for g in pair]
        norm = np.sqrt(sum((g**2).sum() for g in gradients))
        expected = [p - 0.5 * g for p, g in zip(parameters(net), clip(gradients, norm), strict=True)]
        history = net.fit(x, y, epochs=1, batch_size=30, shuffle=False)
        assert history["gradient_norm"] == [pytest.approx(norm, rel=1e-9)]
        for a, b in zip(parameters(net), expected, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-9)


@pytest.mark.parametrize("options, rates", [
    (dict(), [1, 1, 1, 1]),
    (dict(schedule="step", schedule_epochs=2), [1, 1, 0.1, 0.1]),
    (dict(schedule="step", schedule_epochs=1, schedule_factor=0.5), [1, 0.5, 0.25, 0.125]),
    (dict(schedule="exponential"), [1, 0.95, 0.95**2, 0.95**3]),
    (dict(schedule="linear"), [1, 0.75, 0.5, 0.25]),
    (dict(schedule="cosine", schedule_factor=0.2), [0.2 + 0.4 * (1 + np.cos(np.pi * k / 4)) for k in range(4)]),
    (dict(warmup_epochs=2), [1 / 3, 2 / 3, 1, 1]),
], ids=str)  # fmt: skip
def test_schedules(options, rates):
    x, y = blobs(30)
    history = network([2, 3, 3], learning_rate=0.01, **options).fit(x, y, epochs=4)
    np.testing.assert_allclose(history["learning_rate"], 0.01 * np.array(rates), rtol=1e-9)


def test_a_seed_makes_the_same_weights():
    x, y = blobs()
    nets = [network([2, 8, 3], seed=seed, dropout=0.2) for seed in (3, 3, 4)]
    for net in nets:
        net.fit(x, y, epochs=3)
    assert_same(nets[0], nets[1])
    assert (nets[0].weights[0] != nets[2].weights[0]).any()
    assert nets[0].seed == 3
    assert Network([2, 3]).seed != Network([2, 3]).seed


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_threads_change_no_bit(dtype):
    x = np.random.default_rng(0).normal(size=(300, 200))
    y = np.arange(300) % 7
    before, nets = swiftact.threads(), []
    try:
        for n in (1, 2, 7):
            swiftact.threads(n)
            nets.append(network([200, 150, 100, 7], "gelu", dtype=dtype, dropout=0.1))
            nets[-1].fit(x, y, epochs=2, batch_size=128)
    finally:
        swiftact.threads(before)
    for net in nets[1:]:
        assert_same(nets[0], net)


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw", "rmsprop"])
def test_two_fits_are_one_of_both_lengths(optimizer):
    x, y = blobs()
    options = dict(optimizer=optimizer, momentum=0.5, dropout=0.1)
    once, twice = network([2, 8, 3], **options), network([2, 8, 3], **options)
    once.fit(x, y, epochs=5)
    twice.fit(x, y, epochs=2)
    loaded = pickle.loads(pickle.dumps(twice))
    for net in (twice, loaded):
        net.fit(x, y, epochs=3)
        assert_same(once, net)
        assert (net.epochs, net.steps) == (5, 35)


def test_forgetting_the_optimiser():
    x, y = blobs()
    net = network([2, 8, 3])
    net.fit(x, y, epochs=2)
    kept, forgetful = copy.copy(net), copy.copy(net)
    forgetful.forget_optimizer()
    for each in (net, kept, forgetful):
        each.fit(x, y, epochs=1)
    assert_same(net, kept)
    assert (net.weights[0] != forgetful.weights[0]).any()


def test_without_shuffle_the_order_is_that_of_the_data():
    x, y = blobs()
    order = np.random.default_rng(0).permutation(len(x))
    nets = [network([2, 8, 3]) for _ in range(3)]
    nets[0].fit(x[order], y[order], epochs=2, shuffle=False)
    nets[1].fit(x, y, epochs=2, shuffle=False)
    nets[2].fit(x, y, epochs=2)
    assert len({net.weights[0].tobytes() for net in nets}) == 3


def test_dropout_is_for_training_only():
    x, y = blobs()
    net, other = network([2, 50, 3], dropout=0.5), network([2, 50, 3])
    np.testing.assert_array_equal(net.forward(x), other.forward(x))
    assert net.loss(x, y) == other.loss(x, y)
    history, others = net.fit(x, y, epochs=1), other.fit(x, y, epochs=1)
    assert history["loss"] != others["loss"]


def test_learns():
    x, y = blobs()
    net = Network([2, 16, 3], "relu", seed=0, learning_rate=0.01)
    history = net.fit(x, y, epochs=30)
    assert history["loss"][-1] < 0.1 < history["loss"][0]
    assert net.score(x, y) > 0.99
    assert net.history is history
    assert set(history) == {"loss", "learning_rate", "gradient_norm", "dead", "saturated"}
    assert all(len(values) == 30 for values in history.values())
    assert net.epochs == 30


def test_reads_handwritten_digits():
    datasets = pytest.importorskip("sklearn.datasets")
    x, y = datasets.load_digits(return_X_y=True)
    held_out = np.arange(len(x)) % 4 == 0
    scores = []
    for seed in range(5):
        net = Network([64, 100, 10], seed=seed)
        net.fit(x[~held_out] / 16, y[~held_out], epochs=30)
        scores.append(net.score(x[held_out] / 16, y[held_out]))
    assert np.mean(scores) >= 0.97


def test_validation():
    x, y = blobs()
    net = network([2, 8, 3])
    history = net.fit(x, y, epochs=4, validation=0.25)
    assert len(history["validation_loss"]) == 4
    assert net.steps == 4 * 5  # 150 samples, 32 a step
    last = network([2, 8, 3])
    history = last.fit(x, y, epochs=4, validation=0.25, shuffle=False)
    own = network([2, 8, 3])
    others = own.fit(x[:150], y[:150], epochs=4, validation=(x[150:], y[150:]), shuffle=False)
    assert_same(own, last)
    assert history["validation_loss"] == others["validation_loss"]
    assert others["validation_loss"][-1] == own.loss(x[150:], y[150:])


def test_early_stopping():
    x, y = blobs(60)
    wrong = np.random.default_rng(0).permutation(y)
    net = network([2, 30, 3], learning_rate=0.05, patience=3)
    history = net.fit(x, wrong, epochs=500, validation=(x, y))
    losses = history["validation_loss"]
    assert len(losses) < 500
    assert np.argmin(losses) == len(losses) - 4
    assert net.loss(x, y) == min(losses)
    net = network([2, 30, 3], learning_rate=0.05, patience=3, restore_best=False)
    history = net.fit(x, wrong, epochs=500, validation=(x, y))
    assert net.loss(x, y) == history["validation_loss"][-1] > min(history["validation_loss"])


def test_settings_are_attributes():
    net = network([2, 3, 3])
    net.learning_rate = 0.5
    net.optimizer, net.momentum, net.nesterov = "sgd", 0.9, True
    assert net.fit(*blobs(10), epochs=1)["learning_rate"] == [0.5]
    with pytest.raises(ValueError, match="Network: learning_rate must be a number of at least 0, got -1"):
        net.learning_rate = -1
    assert net.learning_rate == 0.5
    net.momentum = 0.0
    with pytest.raises(ValueError, match="nesterov=True needs a momentum greater than 0"):
        net.fit(*blobs(10))


def test_initializers():
    def spread(initializer, activation="tanh"):
        return network([300, 200, 10], activation, initializer=initializer).weights[0]

    for name, variance in (("glorot", 2 / 500), ("he", 2 / 300), ("lecun", 1 / 300)):
        uniform, normal = spread(f"{name}_uniform"), spread(f"{name}_normal")
        assert np.var(uniform) == pytest.approx(variance, rel=0.03)
        assert np.var(normal) == pytest.approx(variance, rel=0.03)
        assert np.abs(uniform).max() <= np.sqrt(3 * variance) < np.abs(normal).max()
    for activation, name in (("tanh", "glorot_uniform"), ("relu", "he_uniform"), ("selu", "lecun_normal")):
        np.testing.assert_array_equal(spread("auto", activation), spread(name))
    assert not any(b.any() for b in network([3, 4, 5]).biases)


# ---------------------------------------------------------------------------------------- labels and targets ---


@pytest.mark.parametrize("labels", [[10, 20, 40], ["low", "mid", "up"], [1, 2, 3], [-1, 0, 1]], ids=str)
def test_labels_of_any_kind_are_kept(labels):
    x, y = blobs()
    named = np.array(labels)[y]
    net, plain = network([2, 8, 3]), network([2, 8, 3])
    assert net.classes_ is None
    net.fit(x, named, epochs=30)
    plain.fit(x, y, epochs=30)
    assert_same(net, plain)
    assert net.classes_.tolist() == labels
    np.testing.assert_array_equal(net.predict(x), np.array(labels)[plain.predict(x)])
    assert net.predict(x[0]) == net.predict(x)[0]
    assert net.score(x, named) == plain.score(x, y)
    assert net.loss(x, named.tolist()) == plain.loss(x, y)
    other = pickle.loads(pickle.dumps(net))
    np.testing.assert_array_equal(other.predict(x), net.predict(x))


def test_labels_from_0_stand_for_themselves():
    x, y = blobs()
    net = network([2, 8, 5])
    net.fit(x, y.astype(np.float32), epochs=1)  # of five classes, three appear; whole numbers are labels too
    assert net.classes_.tolist() == [0, 1, 2, 3, 4]
    assert net.predict(x).dtype == np.int64
    net = network([2, 8, 2])
    net.fit(x, y == 1, epochs=1)
    assert net.classes_.tolist() == [False, True]
    assert net.predict(x).dtype == bool


def test_given_classes():
    x, y = blobs()
    net = network([2, 8, 4], classes=["a", "b", "c", "d"])
    net.fit(x, np.array(["a", "b", "d"])[y], epochs=30)
    assert set(net.predict(x)) == {"a", "b", "d"}
    with pytest.raises(ValueError, match="y has labels that are none of the network's 4 classes .*: 'e'"):
        net.fit(x, ["e"] * len(x))
    with pytest.raises(ValueError, match="classes must be 4 different labels in ascending order"):
        network([2, 8, 4], classes=["b", "a", "c", "d"])
    with pytest.raises(ValueError, match="classes must be None for the loss huber"):
        network([2, 8, 4], classes=["b", "a", "c", "d"], loss="huber")


def test_binary_labels():
    x, y = blobs()
    for labels in ([0, 1], ["no", "yes"], [1, 2], [-1, 1]):
        named = np.array(labels)[(y == 1).astype(int)]
        net = network([2, 8, 1], loss="binary_cross_entropy", learning_rate=0.02)
        net.fit(x, named, epochs=30)
        assert net.classes_.tolist() == labels
        assert net.predict(x).shape == (len(x),)
        assert net.score(x, named) == np.mean(net.predict(x) == named) > 0.95
        assert ((net.predict_proba(x)[:, 0] > 0.5) == (named == labels[1])).mean() > 0.95
    with pytest.raises(ValueError, match="y has labels that are none of"):
        net.fit(x, np.full(len(x), 3))
    column = network([2, 8, 1], loss="binary_cross_entropy")
    column.fit(x, (y == 1)[:, None], epochs=1)
    assert column.predict(x).shape == (len(x), 1)
    several = network([2, 8, 3], loss="binary_cross_entropy", learning_rate=0.02)
    wanted = np.eye(3)[y]
    several.fit(x, wanted, epochs=50)
    assert several.classes_ is None
    assert several.predict(x).shape == (len(x), 3)
    assert several.score(x, wanted) == (several.predict(x) == wanted).all(axis=1).mean() > 0.95


@pytest.mark.parametrize("loss", ["squared_error", "huber"])
def test_values(loss):
    x, _ = blobs()
    y = np.column_stack([x[:, 0] - 2 * x[:, 1], np.sin(x[:, 0])])
    net = network([2, 16, 2], loss=loss, learning_rate=0.01)
    net.fit(x, y, epochs=50)
    p = net.predict(x)
    np.testing.assert_array_equal(p, net.forward(x))
    r2 = 1 - ((y - p) ** 2).sum(axis=0) / ((y - y.mean(axis=0)) ** 2).sum(axis=0)
    assert net.score(x, y) == pytest.approx(r2.mean())
    assert net.score(x, y) > 0.8
    flat = network([2, 16, 1], loss=loss)
    flat.fit(x, y[:, 0], epochs=1)
    assert flat.predict(x).shape == (200,)
    column = network([2, 16, 1], loss=loss)
    column.fit(x, y[:, :1], epochs=1)
    assert column.predict(x).shape == (200, 1)
    assert_same(flat, column)


# -------------------------------------------------------------------------------------- weights and properties ---


def test_weights_are_the_network_s_own_memory():
    net = network([2, 3, 4])
    assert [w.shape for w in net.weights] == [(2, 3), (3, 4)]
    assert [b.shape for b in net.biases] == [(3,), (4,)]
    assert isinstance(net.weights, list)
    net.weights[0][0, 0] = 5
    net.weights[1] = np.ones((3, 4), int)
    net.biases = [np.arange(3), [1.0, 2.0, 3.0, 4.0]]
    assert net.weights[0][0, 0] == 5
    np.testing.assert_array_equal(net.weights[1], np.ones((3, 4)))
    np.testing.assert_array_equal(net.forward([0, 0]), np.tanh([0.0, 1, 2]).sum() + np.arange(1, 5))
    net.weights[1] *= 2
    assert net.weights[1][0, 0] == 2
    net.weights[:] = [w + 1 for w in net.weights]
    assert net.weights[1][0, 0] == 3
    kept = net.weights[0]
    del net
    assert kept[0, 0] == 6


@pytest.mark.parametrize("value, error, message", [
    ([np.ones((2, 3))], ValueError, "weights must be a list of 2 arrays, one for each layer, got 1"),
    (np.ones((2, 3)), ValueError, "weights must be a list of 2 arrays, one for each layer, got ndarray"),
    ([np.zeros((2, 3)), np.ones((4, 3))], ValueError, r"weights\[1\] must have the shape \(3, 4\), got \(4, 3\)"),
    ([np.zeros((2, 3)), np.ones((3, 4), complex)], TypeError, r"weights\[1\] must be an array of real numbers"),
])  # fmt: skip
def test_weights_that_do_not_fit_change_nothing(value, error, message):
    net = network([2, 3, 4])
    before = parameters(net)
    with pytest.raises(error, match=message):
        net.weights = value
    for a, b in zip(parameters(net), before, strict=True):
        np.testing.assert_array_equal(a, b)


def test_properties_and_repr():
    f = swiftact.Activation("elu", alpha=0.5, accuracy="fast")
    net = Network([2, 3, 4, 5], ["tanh", f], loss="huber", huber_delta=2, seed=7, initializer="he_normal")
    assert net.layers == [2, 3, 4, 5]
    assert net.activations == [swiftact.Activation("tanh"), f]
    assert (net.dtype, net.loss_name, net.seed) == (np.float32, "huber", 7)
    assert (net.huber_delta, net.initializer, net.epochs, net.steps) == (2.0, "he_normal", 0, 0)
    assert repr(net) == (
        "Network([2, 3, 4, 5], activation=['tanh', Activation('elu', alpha=0.5, accuracy='fast')], loss='huber', "
        "optimizer='adam', learning_rate=0.001, seed=7, dtype='float32')"
    )
    assert repr(Network([2, 3], seed=0)) == (
        "Network([2, 3], loss='cross_entropy', optimizer='adam', learning_rate=0.001, seed=0, dtype='float32')"
    )
    assert "activation='relu'" in repr(Network([2, 3, 3, 1], "relu"))


# --------------------------------------------------------------------------------- what happens during a fit ---


def test_callback():
    records = []

    def callback(record):
        records.append(record)
        return record["epoch"] == 3

    x, y = blobs()
    net = network([2, 8, 3])
    history = net.fit(x, y, epochs=10, validation=0.1, callback=callback)
    assert [r["epoch"] for r in records] == [1, 2, 3]
    assert len(history["loss"]) == 3 == net.epochs
    for name, values in history.items():
        assert [r[name] for r in records] == values
    shorter = network([2, 8, 3])
    shorter.fit(x, y, epochs=3, validation=0.1)
    assert_same(net, shorter)


def test_an_exception_of_the_callback_is_raised():
    def callback(record):
        raise LookupError("mine")

    net = network([2, 8, 3])
    with pytest.raises(LookupError, match="mine"):
        net.fit(*blobs(), callback=callback)
    assert net.epochs == 1
    assert len(net.history["loss"]) == 1
    net.fit(*blobs(), epochs=1)


def test_what_a_callback_may_do():
    x, y = blobs()
    net = network([2, 8, 3])
    seen = []

    def callback(record):
        seen.append((net.score(x, y), net.loss(x, y), pickle.loads(pickle.dumps(net)).epochs))
        for call in (lambda: net.fit(x, y), net.forget_optimizer):
            with pytest.raises(RuntimeError, match="the network is being trained"):
                call()

    net.fit(x, y, epochs=2, callback=callback)
    assert [epochs for *_, epochs in seen] == [1, 2]


def test_ctrl_c_leaves_a_usable_network(ctrl_c):
    x, y = blobs()
    net = network([2, 8, 3])
    before = net.weights[0].copy()
    ctrl_c()
    with pytest.raises(KeyboardInterrupt):
        net.fit(x, y, epochs=1_000_000)
    assert (net.weights[0] != before).any()
    assert all(np.isfinite(p).all() for p in parameters(net))
    assert len(net.history["loss"]) in (net.epochs, net.epochs - 1)  # the last one may have been cut short
    net.fit(x, y, epochs=1)


def test_nothing_leaks():
    x, y = blobs()
    net = network([2, 8, 3])
    seen = []
    for i in range(3):
        net.fit(x, y, epochs=1, validation=(x, y), callback=seen.append)
        for bad in (dict(callback=lambda record: 1 / 0), dict(X=np.full_like(x, np.nan))):
            with pytest.raises((ZeroDivisionError, ValueError)):
                net.fit(**({"X": x, "y": y} | bad))
        pickle.loads(pickle.dumps(net)).gradients(x, y)
        if i == 0:
            before = [sys.getrefcount(o) for o in (x, y, net, net._core, None)]
    after = [sys.getrefcount(o) for o in (x, y, net, net._core, None)]
    assert after[:-1] == before[:-1]
    assert after[-1] - before[-1] < 100


def test_progress_bar(capsys):
    pytest.importorskip("tqdm")
    net = network([2, 8, 3])
    net.fit(*blobs(), epochs=2, progress=True)
    shown = capsys.readouterr().err
    assert "epoch 2/2" in shown
    assert "loss=" in shown
    for progress in (None, False):  # nobody looks here
        net.fit(*blobs(), epochs=2, progress=progress)
    assert capsys.readouterr().err == ""


def test_warning_of_a_loss_that_is_not_finite():
    x, y = blobs()
    net = network([2, 8, 1], "relu", loss="squared_error", optimizer="sgd", learning_rate=1e200)
    with pytest.warns(swiftact.TrainingWarning, match="not finite after epoch 1.*training ends"):
        history = net.fit(x, y, epochs=5)
    assert len(history["loss"]) == 1


def test_warning_of_a_growing_loss():
    x, y = blobs()
    net = network([2, 1], loss="squared_error", optimizer="sgd", learning_rate=0.5)
    with pytest.warns(
        swiftact.TrainingWarning, match="the loss has grown from .* in the first to .* in the last epoch"
    ):
        net.fit(x, y, epochs=5, batch_size=200)


def test_warnings_of_dead_and_saturated_units():
    x, y = blobs()
    net = network([2, 10, 8, 3], ["tanh", "relu"], optimizer="sgd", learning_rate=0)
    net.biases = [[100.0] * 5 + [0.0] * 5, [-1000.0] * 2 + [10.0] * 6, [0.0] * 3]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        history = net.fit(x, y, epochs=1)
    assert history["dead"][0][1] == 0.25
    messages = [str(w.message) for w in caught]
    assert any(m.startswith("hidden layer 2: 25% of its units are dead") for m in messages)
    assert any(m.startswith("hidden layer 1: 50% of its units are") for m in messages)
    assert all(w.filename == __file__ for w in caught)


# ------------------------------------------------------------------------------------------------- bad input ---


@pytest.mark.parametrize("arguments, error, message", [
    (dict(X=np.ones((4, 3))), ValueError, r"fit: X must have the shape \(samples, 2\), got \(4, 3\)"),
    (dict(X=np.ones(2)), ValueError, r"fit: X must have the shape \(samples, 2\), got \(2,\)"),
    (dict(X=np.ones((0, 2)), y=[]), ValueError, r"fit: X must have at least one sample, got \(0, 2\)"),
    (dict(X=np.ones((4, 2), complex)), TypeError, "fit: X must be an array of real numbers .*got dtype complex128"),
    (dict(X=[["a", "b"]] * 4), TypeError, "fit: X must be an array of real numbers"),
    (dict(X=[[1, 2], [1, np.nan], [0, 0], [0, 0]]), ValueError, r"fit: X must be finite in float32, got nan at \[1, 1\]"),
    (dict(X=np.full((4, 2), 1e200)), ValueError, r"fit: X must be finite in float32, got 1e\+200 at \[0, 0\]"),
    (dict(y=[0, 1]), ValueError, r"fit: y must have the shape \(4,\), got \(2,\)"),
    (dict(y=np.eye(4, 3)), ValueError, r"fit: y must have the shape \(4,\): labels, not one-hot rows, got \(4, 3\)"),
    (dict(y=[0, 1, 2, 3]), ValueError, "fit: y must have labels from 0 to 2, or 3 others, .*got 4: 0, 1, 2, 3"),
    (dict(y=[0, -1, 0, 0]), ValueError, "fit: y must have labels from 0 to 2, or 3 others, .*got 2: -1, 0"),
    (dict(y=[0, 1.5, 0, 0]), ValueError, "fit: y must have whole numbers as labels, got 1.5"),
    (dict(y=[0, np.nan, 0, 0]), ValueError, "fit: y must have whole numbers as labels, got nan"),
    (dict(y=[0, None, 0, 0]), TypeError, "fit: y must be labels, that is ints or strings, got dtype object"),
    (dict(epochs=-1), ValueError, "fit: epochs must be an int of at least 0, got -1"),
    (dict(epochs=2.0), TypeError, "fit: epochs must be an int of at least 0, got float"),
    (dict(batch_size=0), ValueError, "fit: batch_size must be an int of at least 1, got 0"),
    (dict(shuffle="yes"), TypeError, "fit: shuffle must be True or False, got str"),
    (dict(validation=1.0), ValueError, r"fit: validation must be a number from 0 to less than 1, or \(X, y\), got 1.0"),
    (dict(validation="half"), TypeError, r"fit: validation must be a number from 0 to less than 1, or \(X, y\), got str"),
    (dict(validation=(1, 2, 3)), ValueError, r"fit: validation must be a share or \(X, y\), got 3 items"),
    (dict(validation=(np.ones((2, 3)), [0, 1])), ValueError, r"fit: validation\[0\] must have the shape \(samples, 2\)"),
    (dict(validation=(np.ones((2, 2)), [0, 7])), ValueError, r"fit: validation\[1\] has labels that are none of"),
    (dict(validation=([[np.inf, 0]], [0])), ValueError, r"fit: validation\[0\] must be finite in float32, got inf"),
    (dict(progress=1), TypeError, "fit: progress must be True or False, got int"),
    (dict(callback=1), TypeError, "fit: callback must be callable or None, got int"),
])  # fmt: skip
def test_bad_data_changes_nothing(arguments, error, message):
    net = Network([2, 3, 3], seed=0)
    before = parameters(net)
    with pytest.raises(error, match=message):
        net.fit(**({"X": np.ones((4, 2)), "y": [0, 1, 2, 0]} | arguments))
    for a, b in zip(parameters(net), before, strict=True):
        np.testing.assert_array_equal(a, b)
    assert (net.classes_, net.epochs, net.steps) == (None, 0, 0)


def test_bad_targets_of_other_losses():
    x = np.ones((4, 2))
    binary, values = Network([2, 1], loss="binary_cross_entropy"), Network([2, 2], loss="squared_error")
    with pytest.raises(ValueError, match="y must be from 0 to 1, got 1.5"):
        Network([2, 2], loss="binary_cross_entropy").fit(x, np.full((4, 2), 1.5))
    with pytest.raises(ValueError, match=r"y must have the shape \(4,\) or \(4, 1\), got \(3,\)"):
        binary.fit(x, [0, 1, 0])
    with pytest.raises(ValueError, match=r"y must have the shape \(4, 2\), got \(4,\)"):
        values.fit(x, [0, 1, 0, 0])
    with pytest.raises(TypeError, match="y must be an array of real numbers"):
        values.fit(x, [["a", "b"]] * 4)
    for call in (values.fit, values.loss, values.gradients):
        with pytest.raises(ValueError, match=r"y must be finite in float32, got nan at \[2, 1\]"):
            call(x, [[0, 0], [0, 0], [0, np.nan], [0, 0]])


@pytest.mark.parametrize("arguments, error, message", [
    (dict(layers=[2]), ValueError, "layers must be a list of two sizes or more.*got 1"),
    (dict(layers=5), TypeError, "layers must be a list of two sizes or more.*got int"),
    (dict(layers=[2, 0, 1]), ValueError, r"layers\[1\] must be an int of at least 1, got 0"),
    (dict(layers=[2, 1.5, 1]), TypeError, r"layers\[1\] must be an int of at least 1, got float"),
    (dict(activation="tahn"), ValueError, "activation: there is no activation 'tahn'; did you mean 'tanh'"),
    (dict(activation=["tanh", "relu"]), ValueError, "activation must be one, or a list of 1, .*; got 2"),
    (dict(activation=[3]), TypeError, r"activation\[0\] must be a name, an Activation or None, got int"),
    (dict(activation="prelu"), ValueError, "activation 'prelu' needs its parameters"),
    (dict(activation=swiftact.Activation("prelu", weight=[0.1, 0.2, 0.3])), ValueError, "activation's parameters must be numbers"),
    (dict(loss="crossentropy"), ValueError, "loss must be one of 'cross_entropy', .*, got 'crossentropy'; did you mean 'cross_entropy'"),
    (dict(optimizer="adamm"), ValueError, "optimizer must be one of 'sgd', .*; did you mean 'adam'"),
    (dict(optimizer=None), TypeError, "optimizer must be one of 'sgd', .*, got NoneType"),
    (dict(schedule="cosin"), ValueError, "schedule must be one of .*; did you mean 'cosine'"),
    (dict(initializer="xavier"), ValueError, "initializer must be one of 'auto', 'glorot_uniform'"),
    (dict(dtype="float16"), ValueError, "dtype must be 'float32' or 'float64', got 'float16'"),
    (dict(dtype="flat32"), ValueError, "dtype must be 'float32' or 'float64', got 'flat32'"),
    (dict(learning_rate=-0.1), ValueError, "learning_rate must be a number of at least 0, got -0.1"),
    (dict(learning_rate=np.nan), ValueError, "learning_rate must be a number of at least 0, got nan"),
    (dict(learning_rate="0.1"), TypeError, "learning_rate must be a number of at least 0, got str"),
    (dict(momentum=1), ValueError, "momentum must be a number from 0 to less than 1, got 1"),
    (dict(nesterov=1), TypeError, "nesterov must be True or False, got int"),
    (dict(betas=0.9), TypeError, "betas must be two numbers from 0 to less than 1, got 0.9"),
    (dict(betas=(0.9, 1.0)), ValueError, r"betas\[1\] must be a number from 0 to less than 1, got 1.0"),
    (dict(alpha=1.1), ValueError, "alpha must be a number from 0 to 1, got 1.1"),
    (dict(eps=-1), ValueError, "eps must be a number of at least 0, got -1"),
    (dict(weight_decay=-1), ValueError, "weight_decay must be a number of at least 0, or None, got -1"),
    (dict(dropout=1), ValueError, "dropout must be a number from 0 to less than 1, got 1"),
    (dict(clip_norm=0), ValueError, "clip_norm must be a number greater than 0, or None, got 0"),
    (dict(patience=0), ValueError, "patience must be an int of at least 1, got 0"),
    (dict(huber_delta=0), ValueError, "huber_delta must be a number greater than 0, got 0"),
    (dict(seed=-1), ValueError, "seed must be an int from 0 to 18446744073709551615, got -1"),
    (dict(seed="a"), TypeError, "seed must be an int from 0 to 18446744073709551615, got str"),
])  # fmt: skip
def test_bad_constructions(arguments, error, message):
    with pytest.raises(error, match=f"Network: {message}"):
        Network(**({"layers": [2, 3, 3]} | arguments))


def test_more_memory_than_there_is():
    with pytest.raises(MemoryError, match="layers of 2000000002000000000"):
        Network([10**9, 10**9, 10**9])


# ---------------------------------------------------------------------------------------------------- saving ---


@each_loss
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_saving(tmp_path, loss, dtype):
    x = np.random.default_rng(0).normal(size=(20, 4))
    f = swiftact.Activation("elu", alpha=0.5, accuracy="fast")
    net = Network([4, 6, 5, 3], ["tanh", f], loss=loss, dtype=dtype, learning_rate=0.02, patience=4, seed=2**64 - 1)
    net.fit(x, targets(loss, 20, 3), epochs=2)
    net.save(tmp_path / "net.safetensors")
    loaded = Network.load(str(tmp_path / "net.safetensors"))
    assert_same(net, loaded)
    assert repr(loaded) == repr(net)
    assert (loaded.learning_rate, loaded.patience, loaded.epochs) == (0.02, 4, 2)
    np.testing.assert_array_equal(loaded.predict(x), net.predict(x))


def test_saving_with_training_goes_on_with_the_same_bits(tmp_path):
    x, y = blobs()
    net = network([2, 8, 3])
    net.fit(x, np.array(["a", "b", "c"])[y], epochs=2)
    net.save(tmp_path / "net", with_training=True)
    loaded = Network.load(tmp_path / "net")
    for each in (net, loaded):
        each.fit(x, np.array(["a", "b", "c"])[y], epochs=2)
    assert_same(net, loaded)
    assert loaded.classes_.tolist() == ["a", "b", "c"]


def test_a_file_of_the_c_library_has_no_settings(tmp_path):
    net = network([2, 8, 3], learning_rate=0.5)
    (tmp_path / "net").write_bytes(net._core.write(False))
    loaded = Network.load(os.fsencode(tmp_path / "net"))
    assert_same(net, loaded)
    assert (loaded.learning_rate, loaded.classes_) == (0.001, None)


def test_safetensors_reads_the_file(tmp_path):
    safetensors = pytest.importorskip("safetensors.numpy")
    net = network([2, 8, 3])
    net.save(tmp_path / "net")
    tensors = safetensors.load_file(tmp_path / "net")
    for i, (w, b) in enumerate(zip(net.weights, net.biases, strict=True)):
        np.testing.assert_array_equal(tensors[f"layers.{i}.weight"], w)
        np.testing.assert_array_equal(tensors[f"layers.{i}.bias"], b)


def test_saving_that_fails_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "net"
    network([2, 3, 3]).save(path)
    path.chmod(0o640)
    network([2, 3, 3]).save(path)
    assert path.stat().st_mode & 0o777 == 0o640
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))  # no room
    try:
        with pytest.raises(OSError, match=str(path)):
            network([2, 3, 3]).save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["net"]
    with pytest.raises(FileNotFoundError, match="nowhere"):
        network([2, 3, 3]).save(tmp_path / "nowhere" / "net")
    with pytest.raises(FileNotFoundError, match="nothing"):
        Network.load(tmp_path / "nothing")


def saved(tmp_path):
    net = network([2, 3, 3], classes=["a", "b", "c"])
    net.save(tmp_path / "net")
    return (tmp_path / "net").read_bytes()


def test_truncated_files(tmp_path):
    whole = saved(tmp_path)
    for length in [*range(0, len(whole), 7), len(whole) - 1]:
        (tmp_path / "net").write_bytes(whole[:length])
        with pytest.raises(ValueError, match="load: .*net' is no saved network: ."):
            Network.load(tmp_path / "net")


def test_damaged_files(tmp_path):
    whole = saved(tmp_path)

    @settings(max_examples=300)
    @given(st.integers(0, len(whole) - 1), st.integers(0, 255))
    def damage(place, byte):
        (tmp_path / "net").write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
        try:
            loaded = Network.load(tmp_path / "net")
        except ValueError:
            return
        assert loaded.forward(np.ones((1, loaded.layers[0]))).shape == (1, loaded.layers[-1])

    with np.errstate(all="ignore"):
        damage()


@pytest.mark.parametrize("state, message", [
    ({}, "settings are damaged"),
    ([], "settings are damaged"),
    ({"settings": {"learning_rate": -1}, "classes": None, "flat_targets": False}, "learning_rate must be"),
    ({"settings": {"rate": 1}, "classes": None, "flat_targets": False}, "there is no setting 'rate'"),
    ({"settings": {"__class__": 1}, "classes": None, "flat_targets": False}, "there is no setting '__class__'"),
    ({"settings": {}, "classes": {"dtype": "<U1", "values": ["a"]}, "flat_targets": False}, "classes must be 3"),
    ({"settings": {}, "classes": {"dtype": "O", "values": ["a", "b", 1]}, "flat_targets": False}, "classes must be"),
    ({"settings": {}, "classes": None, "flat_targets": 1}, "flat_targets must be"),
])  # fmt: skip
def test_damaged_settings(tmp_path, state, message):
    from swiftact import _safetensors

    data = _safetensors.with_metadata(saved(tmp_path), "python", json.dumps(state))
    (tmp_path / "net").write_bytes(data)
    with pytest.raises(ValueError, match=message):
        Network.load(tmp_path / "net")


def test_copies_are_independent(tmp_path):
    joblib = pytest.importorskip("joblib")
    x, y = blobs()
    net = network([2, 8, 3])
    net.fit(x, y, epochs=1)
    before = net.forward(x)
    joblib.dump(net, tmp_path / "net")
    others = [copy.copy(net), copy.deepcopy(net), pickle.loads(pickle.dumps(net)), joblib.load(tmp_path / "net")]
    net.fit(x, y, epochs=1)
    for other in others:
        assert type(other) is Network
        np.testing.assert_array_equal(other.forward(x), before)
        other.fit(x, y, epochs=1)
        assert_same(other, net)


# ------------------------------------------------------------------------------------------------------ ONNX ---


def run_onnx(path, x):
    """What ONNX Runtime makes of it, or onnx's own evaluator."""
    try:
        import onnxruntime

        return onnxruntime.InferenceSession(str(path)).run(None, {"X": x})[0]
    except ImportError:
        return pytest.importorskip("onnx.reference").ReferenceEvaluator(str(path)).run(None, {"X": x})[0]


@pytest.mark.parametrize("name", CANONICAL)
def test_onnx_of_every_activation(tmp_path, name):
    pytest.importorskip("onnx")
    net = Network([3, 40, 2], activation(name), loss="squared_error", seed=0)
    net.weights[0] *= 8
    x = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    net.to_onnx(tmp_path / "net.onnx")
    expected = net.forward(x)
    with np.errstate(all="ignore"):
        got = run_onnx(tmp_path / "net.onnx", x)
    np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-5 * np.abs(expected).max())


def test_onnx_probabilities_and_depth(tmp_path):
    pytest.importorskip("onnx")
    x = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    for loss in ("cross_entropy", "binary_cross_entropy"):
        net = Network([3, 8, 7, 4], ["silu", "tanh"], loss=loss, seed=0)
        net.to_onnx(tmp_path / "net.onnx", probabilities=True)
        np.testing.assert_allclose(run_onnx(tmp_path / "net.onnx", x), net.predict_proba(x), rtol=1e-5, atol=1e-6)
    net = Network([3, 4], loss="huber")
    with pytest.raises(ValueError, match="the loss huber knows values, not probabilities"):
        net.to_onnx(tmp_path / "net.onnx", probabilities=True)


def test_onnx_of_an_activation_it_has_no_expression_for(tmp_path, monkeypatch):
    pytest.importorskip("onnx")
    from swiftact import _onnx

    monkeypatch.delitem(_onnx.OPERATORS, "tanh")
    with pytest.raises(ValueError, match="to_onnx: the activation tanh has no expression in ONNX's operators"):
        Network([3, 8, 4]).to_onnx(tmp_path / "net.onnx")
    assert not (tmp_path / "net.onnx").exists()


def test_every_activation_of_the_catalogue_is_in_onnx():
    from swiftact._onnx import OPERATORS

    assert set(OPERATORS) == set(CANONICAL)

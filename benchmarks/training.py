"""Training and dense layers: what is compared with what, and how fast it has to be.

Each way to do a job is a function that sets it up and returns what is timed, a call without arguments. Where a peer has
several ways, the fastest is measured. All data is float32 where nothing else is said; everyone draws weights and order as
they please, as that costs the same.
"""
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import jax
import numpy as np
import swiftact
from scipy import special
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

import peers
from comparisons import JAX, LEVEL, NUMPY, TORCH, everywhere

warnings.simplefilter("ignore", swiftact.TrainingWarning)  # who learns noise loses units
torch = peers.import_torch()
SKLEARN = "scikit-learn"

SAMPLES, MICROSECONDS, GFLOPS = "samples/s", "µs", "GFLOP/s"


@dataclass(frozen=True)
class Job:
    """What is done, in how many of its units, by whom, and what a peer's time divided by ours must at least be."""

    name: str
    unit: str
    amount: float
    ours: Callable  # of "exact" or "fast"
    peers: dict  # a list of functions for each name
    aims: dict


# ---------------------------------------------------------------------------------------------------- classifiers ---

class Classifier:
    """A network for a number of classes, trained with Adam on softmax cross-entropy, an epoch at a time."""

    def __init__(self, layers, activation, batch, x, y):
        self.layers, self.activation, self.batch, self.x, self.y = layers, activation, batch, x, y

    def ours(self, accuracy):
        f = swiftact.Activation(self.activation, accuracy=accuracy)
        net = swiftact.Network(self.layers, f, seed=0)
        return lambda: net.fit(self.x, self.y, epochs=1, batch_size=self.batch, progress=False)

    def sklearn(self):
        model = MLPClassifier(self.layers[1:-1], activation=self.activation, batch_size=self.batch, random_state=0)
        classes = np.unique(self.y)
        return lambda: model.partial_fit(self.x, self.y, classes=classes)

    def torch(self):
        functions = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
        parts = []
        for n_in, n_out in zip(self.layers[:-1], self.layers[1:]):
            parts += [torch.nn.Linear(n_in, n_out), functions[self.activation]()]
        net = torch.nn.Sequential(*parts[:-1])
        optimizer, loss = torch.optim.Adam(net.parameters(), 1e-3), torch.nn.CrossEntropyLoss()
        x, y = torch.from_numpy(self.x), torch.from_numpy(self.y)

        def epoch():
            order = torch.randperm(len(x))
            for start in range(0, len(x), self.batch):
                few = order[start:start + self.batch]
                optimizer.zero_grad()
                loss(net(x[few]), y[few]).backward()
                optimizer.step()
        return epoch

    def jax(self):
        """Its step is compiled; weights and Adam's memory are given away, so that it may work in place."""
        np_random, f = np.random.default_rng(0), {"tanh": jax.numpy.tanh, "relu": jax.nn.relu}[self.activation]
        weights = [(jax.numpy.array(np_random.normal(size=(n, m)) / n**0.5, "float32"), jax.numpy.zeros(m, "float32"))
                   for n, m in zip(self.layers[:-1], self.layers[1:])]
        zeros = jax.tree.map(jax.numpy.zeros_like, weights)
        state = [weights, zeros, jax.tree.map(jax.numpy.zeros_like, weights), jax.numpy.float32(0)]

        def loss(weights, x, y):
            for w, b in weights[:-1]:
                x = f(x @ w + b)
            w, b = weights[-1]
            return -jax.numpy.take_along_axis(jax.nn.log_softmax(x @ w + b), y[:, None], 1).mean()

        def step(weights, m, v, t, x, y):
            gradients, t = jax.grad(loss)(weights, x, y), t + 1
            m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, gradients)
            v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradients)
            rate, root = 1e-3 / (1 - 0.9**t), jax.numpy.sqrt(1 - 0.999**t)
            weights = jax.tree.map(lambda w, m, v: w - rate * m / (jax.numpy.sqrt(v) / root + 1e-8), weights, m, v)
            return weights, m, v, t

        compiled = jax.jit(step, donate_argnums=(0, 1, 2))

        def epoch():
            order = np_random.permutation(len(self.x))
            for start in range(0, len(order), self.batch):
                few = order[start:start + self.batch]
                state[:] = compiled(*state, self.x[few], self.y[few])
            state[3].block_until_ready()
        return epoch


def digits():
    x, y = load_digits(return_X_y=True)
    return (x / 16).astype("float32"), y.astype(np.int64)


def wide(samples):
    random = np.random.default_rng(0)
    return random.random((samples, 784), "float32"), random.integers(10, size=samples)


SMALL = Classifier([64, 100, 10], "tanh", 32, *digits())
WIDE = Classifier([784, 512, 256, 10], "relu", 128, *wide(1280))


# ------------------------------------------------------------------------------------------- one sample at a time ---

class Online:
    """The textbooks' network in float64, 2000 steps at a time."""

    STEPS = 2000

    def __init__(self):
        x, y = digits()
        self.x, self.y = x.astype("float64"), np.eye(10)[y]

    def ours(self, accuracy):
        np.random.seed(0)
        net = swiftact.NeuralNetwork([64, 100, 10], swiftact.Activation("tanh", accuracy=accuracy))
        return lambda: net.fit(self.x, self.y, epochs=self.STEPS)

    def numpy(self):
        def tanh_deriv(x):
            return 1.0 - np.tanh(x) * np.tanh(x)

        np.random.seed(0)
        weights = [(2 * np.random.random(shape) - 1) * 0.25 for shape in ((65, 101), (101, 10))]
        x = np.column_stack([self.x, np.ones(len(self.x))])

        def fit():
            for _ in range(self.STEPS):
                i = np.random.randint(len(x))
                a, z = [x[i]], []
                for w in weights:
                    z.append(np.dot(a[-1], w))
                    a.append(np.tanh(z[-1]))
                deltas = [(self.y[i] - a[-1]) * tanh_deriv(z[-1])]
                deltas.append(deltas[-1].dot(weights[1].T) * tanh_deriv(z[0]))
                for w, layer, delta in zip(weights, a, reversed(deltas)):
                    w += 0.2 * np.atleast_2d(layer).T.dot(np.atleast_2d(delta))
        return fit


ONLINE = Online()


# --------------------------------------------------------------------------------------------------- dense layers ---

class Layer:
    """gelu(x·w + b)."""

    def __init__(self, batch, n_in=784, n_out=512):
        random = np.random.default_rng(0)
        self.x = random.standard_normal((batch, n_in), "float32")
        self.w = random.standard_normal((n_in, n_out), "float32") / np.float32(n_in**0.5)
        self.b = random.standard_normal(n_out, "float32")

    def ours(self, accuracy):
        f = swiftact.Activation("gelu", accuracy=accuracy)
        return lambda: swiftact.dense(self.x, self.w, self.b, f)

    def numpy(self):
        half = np.float32(0.5)

        def erf():
            z = self.x @ self.w + self.b
            return half * z * (1 + special.erf(z * np.float32(0.5**0.5)))

        def tanh():
            z = self.x @ self.w + self.b
            return half * z * (1 + np.tanh(np.float32(0.7978845608) * (z + np.float32(0.044715) * z * z * z)))
        return [lambda: erf, lambda: tanh, lambda: lambda: swiftact.fast.gelu(self.x @ self.w + self.b)]

    def product(self):
        return lambda: self.x @ self.w

    def torch(self):
        x, w, b = (torch.from_numpy(a) for a in (self.x, self.w, self.b))
        wt = w.T.contiguous()

        def addmm():
            return torch.nn.functional.gelu(torch.addmm(b, x, w))

        def linear():
            return torch.nn.functional.gelu(torch.nn.functional.linear(x, wt, b))
        return [lambda: addmm, lambda: linear]


class Product:
    """A product of square matrices."""

    def __init__(self, n):
        random = np.random.default_rng(0)
        self.a, self.b = (random.standard_normal((n, n), "float32") for _ in range(2))

    def ours(self, accuracy):
        return lambda: swiftact.dense(self.a, self.b)

    def numpy(self):
        c = np.empty_like(self.a)
        return [lambda: lambda: self.a @ self.b, lambda: lambda: np.matmul(self.a, self.b, out=c)]


BATCH, ONE = Layer(64), Layer(1)


def product(n, least):
    p = Product(n)
    return Job(f"product {n}×{n}×{n}", GFLOPS, 2e-9 * n**3, p.ours, {NUMPY: p.numpy()}, {NUMPY: least})


JOBS = [
    Job("digits 64-100-10, tanh, batch 32", SAMPLES, len(SMALL.x), SMALL.ours,
        {SKLEARN: [SMALL.sklearn], TORCH: [SMALL.torch], JAX: [SMALL.jax]},
        {SKLEARN: everywhere(5), TORCH: everywhere(8)}),
    Job("784-512-256-10, relu, batch 128", SAMPLES, len(WIDE.x), WIDE.ours,
        {SKLEARN: [WIDE.sklearn], TORCH: [WIDE.torch], JAX: [WIDE.jax]},
        {TORCH: everywhere(1.4), JAX: everywhere(1.0, LEVEL)}),
    Job("NeuralNetwork 64-100-10, float64, one sample a step", SAMPLES, ONLINE.STEPS, ONLINE.ours,
        {NUMPY: [ONLINE.numpy]}, {NUMPY: everywhere(12)}),
    Job("dense 64×784×512, bias, gelu", MICROSECONDS, 1e-6, BATCH.ours,
        {NUMPY: BATCH.numpy(), TORCH: BATCH.torch()}, {NUMPY: everywhere(1.0, LEVEL), TORCH: everywhere(1.0, LEVEL)}),
    Job("dense 1×784×512, bias, gelu", MICROSECONDS, 1e-6, ONE.ours,
        {NUMPY: [ONE.product], TORCH: ONE.torch()}, {NUMPY: everywhere(1.0, LEVEL), TORCH: everywhere(1.0, LEVEL)}),
    product(48, everywhere(1.0, LEVEL)),
    product(512, everywhere(0.95)),
    product(1024, everywhere(0.95)),
]

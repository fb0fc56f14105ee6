#!/usr/bin/env python3
"""Which activation function should one choose? Trains the same networks on handwritten digits with every function of the
catalogue, at several depths and learning rates, and counts the units that have stopped learning.

    python3 examples/python/choosing.py [--quick] [--output FILE] [NAME ...]

The results, as JSON, are what docs/choosing.md is written from.
"""
import argparse
import datetime
import itertools
import json
import platform
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits
from tqdm import tqdm

import swiftact

DEPTHS = (1, 4, 8)  # hidden layers
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
SEEDS = (0, 1, 2, 3, 4)  # of the split, the weights and the order of the digits
UNITS, EPOCHS, BATCH = 64, 20, 32
HELD_OUT = 0.25
FLAT = 0.05  # a unit is saturated where |f'| is below this, if it is so on at least
MOSTLY = 0.95  # this share of the digits
DEAD = 0.001  # and dead where |f'| is below this on all of them

# Parameters that have no default: what PyTorch starts prelu with, and a step.
PARAMETERS = {"prelu": {"weight": 0.25}, "threshold": {"threshold": 0.5, "value": 0.0}}


@dataclass(frozen=True)
class Unit:
    """What a hidden unit computes, and its derivative."""

    name: str
    value: Callable
    deriv: Callable


def catalogued(name):
    activation = swiftact.Activation(name, **PARAMETERS.get(name, {}))
    return Unit(name, activation, activation.deriv)


def shifted(name, by):
    """The function plus a constant: the same derivative, another centre."""
    unit = catalogued(name)
    return Unit(f"{name} {by:+g}", lambda x: unit.value(x) + np.float32(by), unit.deriv)


SHIFTED = (("tanh", 1), ("sigmoid", -0.5), ("relu", -0.4))
OFF_CENTRE = ("tanh", "relu", "leaky_relu", "elu", "gelu", "silu")  # are trained with inputs that are not centred, too


def gain(unit):
    """1/√E[f(z)²] for z from the standard normal distribution: weights of this standard deviation over √n keep the size
    of what passes through a layer. It is He's rule, and for relu his √2; for selu it is 1."""
    z = np.linspace(-10, 10, 20001)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return 1 / np.sqrt(np.sum(unit.value(z) ** 2 * density) * (z[1] - z[0]))


class Network:
    """Layers of weights and biases; the last one's outputs go into a softmax."""

    def __init__(self, sizes, unit, random):
        self.unit = unit
        gains = [1.0] + [gain(unit)] * (len(sizes) - 2)  # the inputs are of that size
        self.weights = [(random.standard_normal((n, m)) * g / np.sqrt(n)).astype(np.float32)
                        for n, m, g in zip(sizes, sizes[1:], gains)]
        self.biases = [np.zeros(m, np.float32) for m in sizes[1:]]

    def forward(self, x):
        """What goes into each layer, and what each layer's units are given."""
        inputs, sums = [x], []
        for w, b in zip(self.weights, self.biases):
            sums.append(np.dot(inputs[-1], w) + b)
            inputs.append(self.unit.value(sums[-1]))
        return inputs[:-1], sums

    def deltas(self, sums, labels):
        """The derivative of the mean loss with respect to each layer's sums, the last layer's first."""
        delta = swiftact.softmax(sums[-1])
        delta[np.arange(len(labels)), labels] -= 1
        delta /= np.float32(len(labels))
        yield delta
        for w, z in zip(self.weights[:0:-1], sums[-2::-1]):
            delta = np.dot(delta, w.T) * self.unit.deriv(z)
            yield delta

    def fit(self, x, labels, rate, epochs, random):
        """Gradient descent, a few digits at a time. Stops where the weights are no numbers any more."""
        rate = np.float32(rate)
        for _ in range(epochs):
            for few in np.array_split(random.permutation(len(x)), len(x) // BATCH):
                inputs, sums = self.forward(x[few])
                steps = [(np.dot(a.T, d), d.sum(axis=0)) for a, d in zip(inputs[::-1], self.deltas(sums, labels[few]))]
                for w, b, (dw, db) in zip(self.weights[::-1], self.biases[::-1], steps):
                    w -= rate * dw
                    b -= rate * db
            if not np.isfinite(sums[-1]).all():
                return


def at_the_start(network, x, labels):
    """Of the untrained network: the gradient in the first hidden layer over that in the last, and how much of the
    last one's activations is the same for all digits: mean² over mean square."""
    inputs, sums = network.forward(x)
    deltas = list(network.deltas(sums, labels))[1:]
    activations = inputs[-1].astype(np.float64)
    return {"gradient": np.linalg.norm(deltas[-1]) / np.linalg.norm(deltas[0]),
            "common": np.mean(activations.mean(axis=0) ** 2) / np.mean(activations**2)}


def at_the_end(network, x, x_held_out, labels_held_out):
    """Of the trained network: accuracy on the held-out digits, shares of its hidden units that are dead and saturated, and
    whether its outputs are no numbers any more; then it is as good as guessing, and no unit is counted."""
    *sums, outputs = network.forward(x)[1]
    if not np.isfinite(outputs).all():
        return {"accuracy": 0.1, "diverged": 1, "dead": 0, "saturated": 0}
    slopes = [np.abs(network.unit.deriv(z)) for z in sums]
    return {"accuracy": np.mean(network.forward(x_held_out)[1][-1].argmax(axis=1) == labels_held_out),
            "diverged": 0,
            "dead": np.mean([np.all(s < DEAD, axis=0) for s in slopes]),
            "saturated": np.mean([np.mean(s < FLAT, axis=0) >= MOSTLY for s in slopes])}


def digits(seed, centred):
    """Digits to learn from and to be asked about, less the mean picture or else their mean grey, of mean square 1."""
    x, labels = load_digits(return_X_y=True)
    x, x_held_out, y, y_held_out = train_test_split(x, labels, test_size=HELD_OUT, stratify=labels, random_state=seed)
    mean = x.mean(axis=0 if centred else None)
    deviation = (x - mean).std()
    return *(((part - mean) / deviation).astype(np.float32) for part in (x, x_held_out)), y, y_held_out


def mean_of(results):
    """To four digits; None where some are no numbers."""
    means = {key: np.mean([r[key] for r in results]) for key in results[0]}
    return {key: float(f"{mean:.4g}") if np.isfinite(mean) else None for key, mean in means.items()}


def experiment(units, depths, rates, seeds, epochs, centred=True):
    """What was found at the start, for each function and depth, and at the end, for each learning rate, too: means over
    the seeds, and the accuracy with each seed."""
    data = {seed: digits(seed, centred) for seed in seeds}
    starts, ends = [], []
    with tqdm(total=len(units) * len(depths) * len(rates) * len(seeds), unit=" networks", disable=None) as progress:
        for unit, depth in itertools.product(units, depths):
            sizes, which = [64, *[UNITS] * depth, 10], {"function": unit.name, "depth": depth}
            found = []
            for seed, (x, _, y, _) in data.items():
                found.append(at_the_start(Network(sizes, unit, np.random.default_rng(seed)), x, y))
            starts.append(which | mean_of(found))
            for rate in rates:
                progress.set_description(f"{unit.name}, {depth} hidden, rate {rate:g}")
                found = []
                for seed, (x, x_held_out, y, y_held_out) in data.items():
                    random = np.random.default_rng(seed)
                    network = Network(sizes, unit, random)
                    network.fit(x, y, rate, epochs, random)
                    found.append(at_the_end(network, x, x_held_out, y_held_out))
                    progress.update()
                accuracies = [round(float(f.pop("accuracy")), 4) for f in found]
                ends.append(which | {"rate": rate, "accuracies": accuracies} | mean_of(found))
    return {"starts": starts, "ends": ends}


def machine():
    """Where and with what this was measured."""
    cpu = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=Path(__file__).parent,
                            capture_output=True, text=True)
    return {"date": datetime.date.today().isoformat(), "cpu": cpu, "commit": commit.stdout.strip() or "unknown",
            "swiftact": swiftact.__version__, "isa": swiftact.info()["isa"], "numpy": np.__version__}


def write(path, results):
    """As JSON with a line for each setting and finding, so that changes can be read."""
    parts = []
    for key, value in results.items():
        if isinstance(value, list):
            parts.append(f'"{key}": [\n' + ",\n".join(json.dumps(row, allow_nan=False) for row in value) + "\n]")
        else:
            parts.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Trains networks with every activation function.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="functions to train with (default: the whole catalogue)")
    parser.add_argument("--output", type=Path, default=Path("out/demo/choosing.json"), metavar="FILE", help="default: %(default)s")
    parser.add_argument("--quick", action="store_true", help="some seconds: one depth, two learning rates, one seed")
    options = parser.parse_args(arguments)

    catalogue = swiftact.catalogue()
    if unknown := [name for name in options.names if name not in catalogue]:
        parser.error(f"there is no activation function {unknown[0]!r}; there are {', '.join(catalogue)}")
    units = [catalogued(name) for name in options.names or catalogue]
    if not options.names:
        units += [shifted(*shift) for shift in SHIFTED]
    depths, rates, seeds, epochs = ((2,), (0.01, 0.1), (0,), 3) if options.quick else (DEPTHS, RATES, SEEDS, EPOCHS)

    start = time.process_time()
    with threadpool_limits(1), np.errstate(all="ignore"):  # small matrices; what overflows is a result, too
        found = experiment(units, depths, rates, seeds, epochs)
        off_centre = [unit for unit in units if unit.name in OFF_CENTRE]
        found["off_centre"] = experiment(off_centre, depths, rates, seeds, epochs, centred=False)["ends"]
    settings = {"units": UNITS, "epochs": epochs, "batch": BATCH, "seeds": len(seeds), "rates": rates, "depths": depths,
                "held_out": HELD_OUT, "flat": FLAT, "mostly": MOSTLY, "dead": DEAD, "parameters": PARAMETERS}
    seconds = round(time.process_time() - start)
    write(options.output, {"machine": machine() | {"seconds": seconds}, "settings": settings} | found)

    for (name, depth), ends in itertools.groupby(found["ends"], lambda end: (end["function"], end["depth"])):
        best = max(ends, key=lambda end: np.mean(end["accuracies"]))
        print(f"{name:>14}, {depth} hidden: accuracy on held-out digits {np.mean(best['accuracies']):.3f}"
              f" at rate {best['rate']:g}; dead {best['dead']:.0%}, saturated {best['saturated']:.0%}")
    return options.output


if __name__ == "__main__":
    print(main())

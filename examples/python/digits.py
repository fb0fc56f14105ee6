#!/usr/bin/env python3
"""Teaches a small neural network to read handwritten digits, with swiftact's tanh and with NumPy's formulas for it.

    python3 examples/python/digits.py [--output FOLDER] [--epochs N]
"""
import argparse
import time
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg  # draws to files: needs no display
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from swiftact import tanh, tanh_deriv

SEED = 0
HELD_OUT = 0.25  # this share of the digits is never trained on


def numpy_tanh(x):
    return np.tanh(x)


def numpy_tanh_deriv(x):
    return 1.0 - np.tanh(x) * np.tanh(x)


def with_bias(x):
    """A last column of ones: its weights are the thresholds of the hidden units."""
    return np.column_stack([x, np.ones(len(x))])


def train(x, labels, tanh, tanh_deriv, epochs, units=1000, batch=32, rate=0.003, title=None):
    """The weights of a hidden and an output layer: gradient descent on the squared error of a few digits at a time."""
    random = np.random.default_rng(SEED)
    x, y = with_bias(x), np.eye(10)[labels]
    w1 = random.standard_normal((x.shape[1], units)) / np.sqrt(x.shape[1])
    w2 = random.standard_normal((units, 10)) / np.sqrt(units)

    for _ in tqdm(range(epochs), title, unit=" epochs", disable=None):  # None: only where a terminal shows it
        for few in np.array_split(random.permutation(len(x)), len(x) // batch):
            # Forward: weigh the inputs, activate, and the same again.
            val1 = np.dot(x[few], w1)
            hidden = tanh(val1)
            val2 = np.dot(hidden, w2)
            output = tanh(val2)

            # Back: how wrong is the output, and which way lies better?
            error = y[few] - output
            delta2 = error * tanh_deriv(val2)
            delta1 = np.dot(delta2, w2.T) * tanh_deriv(val1)

            w2 += rate * np.dot(hidden.T, delta2)
            w1 += rate * np.dot(x[few].T, delta1)
    return w1, w2


def predict(x, tanh, w1, w2):
    return np.dot(tanh(np.dot(with_bias(x), w1)), w2).argmax(axis=1)


def picture(x, labels, predicted, path, rows=4, columns=8):
    """Digits with what the network reads in them: every wrong one first, in red, then others."""
    right_last = np.argsort(predicted == labels, kind="stable")[: rows * columns]
    figure = Figure(figsize=(1.15 * columns, 1.35 * rows + 0.6), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    for axes, i in zip(figure.subplots(rows, columns).flat, right_last):
        right = predicted[i] == labels[i]
        axes.imshow(x[i].reshape(8, 8), cmap="gray_r" if right else "Reds")
        title = f"{predicted[i]}" if right else f"{predicted[i]}, is {labels[i]}"
        axes.set_title(title, color="black" if right else "red")
        axes.set(xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set(color="lightgray" if right else "red", linewidth=1 if right else 2)
    wrong = np.count_nonzero(predicted != labels)
    figure.suptitle(f"{len(labels)} digits never seen in training: {wrong} read wrongly (red, with the true digit)")
    figure.savefig(path)
    return path


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Trains a classifier of handwritten digits.")
    parser.add_argument("--output", type=Path, default=Path("out/demo"), metavar="FOLDER", help="default: %(default)s")
    parser.add_argument("--epochs", type=int, default=600, metavar="N", help="default: %(default)s")
    options = parser.parse_args(arguments)

    pixels, labels = load_digits(return_X_y=True)
    x, x_held_out, y, y_held_out = train_test_split(
        pixels / 16, labels, test_size=HELD_OUT, stratify=labels, random_state=SEED)
    print(f"{len(x)} handwritten digits to learn from, {len(x_held_out)} held out (stratified, seed {SEED});"
          f" 64-1000-10 units, tanh, {options.epochs} epochs")

    seconds = {}
    for name, pair in {"NumPy": (numpy_tanh, numpy_tanh_deriv), "swiftact": (tanh, tanh_deriv)}.items():
        start = time.perf_counter()
        with threadpool_limits(1):  # the matrices are too small for a second thread to pay
            weights = train(x, y, *pair, options.epochs, title=name)
        seconds[name] = time.perf_counter() - start
        predicted = predict(x_held_out, pair[0], *weights)
        print(f"{name:>10}: accuracy on the held-out digits {np.mean(predicted == y_held_out):.4f},"
              f" training took {seconds[name]:.1f} s")
    print(f"Training is {seconds['NumPy'] / seconds['swiftact']:.2f} times as fast with swiftact as with NumPy's formulas")

    options.output.mkdir(parents=True, exist_ok=True)
    return [picture(x_held_out, y_held_out, predicted, options.output / "digits.png")]


if __name__ == "__main__":
    for path in main():
        print(path)

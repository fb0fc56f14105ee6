#!/usr/bin/env python3
"""Tells two spirals apart with each activation function of the catalogue and draws where each network sees the border.

    python3 examples/python/spirals.py [--output FOLDER] [--epochs N]
"""
import argparse
import math
import warnings
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg  # draws to files: needs no display
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from tqdm import tqdm

import swiftact

NEEDED = {"prelu": {"weight": 0.25}, "threshold": {"threshold": 0.1, "value": 0.0}}  # those that have no default
HALF = 6.5  # of the picture's width


def spirals(points=400, turns=1.75):
    """Points on two spirals, and on which one each is."""
    random = np.random.default_rng(0)
    which = np.arange(points) % 2
    angle = 2 * math.pi * turns * np.sqrt(random.uniform(0.02, 1, points))
    direction = angle + math.pi * which
    x = 0.5 * angle[:, None] * np.column_stack([np.cos(direction), np.sin(direction)])
    return x + random.normal(scale=0.12, size=x.shape), which


def trained(activation, x, y, epochs):
    net = swiftact.Network([2, 32, 32, 2], activation, learning_rate=0.01, schedule="cosine", clip_norm=1.0, seed=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", swiftact.TrainingWarning)  # units do die here; the picture shows what comes of it
        net.fit(x, y, epochs)
    return net


def draw(axes, activation, net, x, y):
    """The net's probability of the second spiral in the plane, and the points."""
    line = np.linspace(-HALF, HALF, 160)
    plane = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    probability = net.predict_proba(plane)[:, 1].reshape(160, 160)
    axes.imshow(probability, origin="lower", extent=[-HALF, HALF, -HALF, HALF], cmap="RdBu", vmin=0, vmax=1, alpha=0.7)
    axes.scatter(*x.T, c=y, s=2, cmap=ListedColormap(["darkred", "darkblue"]))
    axes.set(xticks=[], yticks=[], xlim=(-HALF, HALF), ylim=(-HALF, HALF))
    said = f"{net.score(x, y):.0%}" if np.isfinite(net.loss(x, y)) else "diverged"
    axes.set_title(f"{activation.name}: {said}", fontsize=10)


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Tells two spirals apart with each activation function.")
    parser.add_argument("--output", type=Path, default=Path("out/demo"), metavar="FOLDER", help="default: %(default)s")
    parser.add_argument("--epochs", type=int, default=300, metavar="N", help="default: %(default)s")
    options = parser.parse_args(arguments)
    x, y = spirals()
    activations = [swiftact.Activation(name, **NEEDED.get(name, {})) for name in swiftact.catalogue()]
    columns = 6
    rows = math.ceil(len(activations) / columns)
    figure = Figure(figsize=(2 * columns, 2.2 * rows + 0.4), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(rows, columns).flat
    for activation in tqdm(activations, "spirals", unit=" functions", disable=None):
        draw(next(panels), activation, trained(activation, x, y, options.epochs), x, y)
    for empty in panels:
        empty.axis("off")
    figure.suptitle("Two spirals, 2-32-32-2 units: the border that each activation function finds, and how many points it has right")
    options.output.mkdir(parents=True, exist_ok=True)
    path = options.output / "spirals.png"
    figure.savefig(path)
    return [path]


if __name__ == "__main__":
    for path in main():
        print(path)

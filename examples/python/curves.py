#!/usr/bin/env python3
"""Draws every activation function of the catalogue with its derivative: one PNG each and one sheet of all.

    python3 examples/python/curves.py [--output FOLDER] [--size large|small] [NAME ...]

The pictures in docs/ are the small ones: `make gallery` draws them.
"""
import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg  # draws to files: needs no display
from matplotlib.figure import Figure

import swiftact

# One period; and where [-6, 6] would show a spike, or straight lines. The others over [-6, 6].
INTERVAL = {
    "sinusoid": (-np.pi, np.pi),
    "exponential": (-4, 2),
    "squared_relu": (-3, 3),
    "relu6": (-3, 9),
    "tanhshrink": (-3, 3),
    "softshrink": (-2, 2),
    "hardshrink": (-2, 2),
    "threshold": (-2, 2),
}
# The default slope, 0.01, could not be told from relu. The others have no default: what PyTorch starts prelu with, a step.
PARAMETERS = {
    "leaky_relu": {"negative_slope": 0.3},
    "prelu": {"weight": 0.25},
    "threshold": {"threshold": 0.5, "value": 0.0},
}
LEGEND = {"hardtanh": "lower right", "logsigmoid": "lower right", "lisht": "upper center", "softshrink": "lower right",
          "hardshrink": "lower right"}  # where the others have it there is a curve


@dataclass(frozen=True)
class Size:
    """Of the picture of one function: inches, and the sizes of text and of the dots in points."""

    width: float
    height: float
    text: float
    dot: float


LARGE, SMALL, TINY = Size(6.4, 4.8, 12, 4), Size(3.2, 2.4, 8, 2), Size(1.6, 1.25, 4.5, 0.9)
SIZES = {"large": (LARGE, SMALL), "small": (SMALL, TINY)}  # of a picture, and of a panel of the sheet
COLUMNS = 6


def draw(axes, activation, size):
    """f and f' at 200 points."""
    x = np.linspace(*INTERVAL.get(activation.name, (-6, 6)), 200)
    axes.scatter(x, activation(x), s=size.dot**2, label=activation.name)
    axes.scatter(x, activation.deriv(x), s=size.dot**2, label=activation.name + "_deriv")
    settings = "".join(f", {name}={value:g}" for name, value in activation.params.items())
    axes.set_title(activation.name + (settings or " Function"), fontsize=size.text + 1, pad=size.text / 2)
    axes.legend(loc=LEGEND.get(activation.name, "upper left"), fontsize=size.text - 1)
    axes.tick_params(labelsize=size.text - 1, width=size.text / 12, length=size.text / 3, pad=size.text / 4)
    axes.grid(alpha=0.3, linewidth=size.text / 12)
    axes.set_axisbelow(True)
    axes.margins(y=0.08)


def figure(activations, size, columns=1):
    """A picture of as many panels as there are activations."""
    rows = -(-len(activations) // columns)
    picture = Figure(figsize=(size.width * columns, size.height * rows), dpi=150, layout="constrained")
    picture.get_layout_engine().set(hspace=0.05, wspace=0.03)
    FigureCanvasAgg(picture)
    panels = picture.subplots(rows, columns, squeeze=False).flat
    for axes, activation in zip(panels, activations):
        draw(axes, activation, size)
    for axes in list(panels)[len(activations):]:
        axes.set_axis_off()
    return picture


def save(picture, path):
    picture.savefig(path, metadata={"Software": None})  # so that the version drawn with makes no difference
    return path


def with_parameters(name):
    """The activation of that name; a parameter that has no default, and no value here, is one half."""
    missing = dict.fromkeys(swiftact.Activation(name).missing, 0.5)
    return swiftact.Activation(name, **missing | PARAMETERS.get(name, {}))


def chosen(names):
    """The activations named, or the whole catalogue."""
    catalogue = swiftact.catalogue()
    if unknown := [name for name in names if name not in catalogue]:
        raise SystemExit(f"curves.py: there is no activation function {unknown[0]!r}; there are {', '.join(catalogue)}")
    return [with_parameters(name) for name in names or catalogue]


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Draws activation functions and their derivatives.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="functions to draw (default: the whole catalogue)")
    parser.add_argument("--output", type=Path, default=Path("out/demo"), metavar="FOLDER", help="default: %(default)s")
    parser.add_argument("--size", choices=SIZES, default="large", help="default: %(default)s")
    options = parser.parse_args(arguments)

    activations, (size, panel) = chosen(options.names), SIZES[options.size]
    options.output.mkdir(parents=True, exist_ok=True)
    paths = [save(figure([a], size), options.output / f"{a.name}.png") for a in activations]
    if len(activations) > 1:
        paths.append(save(figure(activations, panel, COLUMNS), options.output / "all.png"))
    return paths


if __name__ == "__main__":
    for path in main():
        print(path)

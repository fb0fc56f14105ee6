#!/usr/bin/env python3
"""Draws every activation function of the catalogue with its derivative: one PNG each and one sheet of all.

    python3 examples/python/curves.py [--output FOLDER] [--size large|small] [NAME ...]
"""
import argparse
import inspect
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg  # draws to files: needs no display
from matplotlib.figure import Figure

import swiftact

INTERVAL = {"sinusoid": (-np.pi, np.pi)}  # one period; the others over [-6, 6]
PARAMETERS = {"leaky_relu": {"negative_slope": 0.3}}  # the default, 0.01, could not be told from relu


@dataclass(frozen=True)
class Size:
    """Of the picture of one function: inches, and the sizes of text and of the dots in points."""

    width: float
    height: float
    text: float
    dot: float


SIZES = {"large": Size(6.4, 4.8, 12, 4), "small": Size(3.2, 2.4, 8, 2)}


def draw(axes, activation, size):
    """f and f' at 200 points."""
    x = np.linspace(*INTERVAL.get(activation.name, (-6, 6)), 200)
    axes.scatter(x, activation(x), s=size.dot**2, label=activation.name)
    axes.scatter(x, activation.deriv(x), s=size.dot**2, label=activation.name + "_deriv")
    settings = ", ".join(f"{name}={value:g}" for name, value in activation.params.items())
    axes.set_title(f"{activation.name} Function" + (f", {settings}" if settings else ""), fontsize=size.text + 1)
    axes.legend(loc="upper left", fontsize=size.text - 1)
    axes.tick_params(labelsize=size.text - 1)
    axes.grid(alpha=0.3)
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
    """The activation of that name; a parameter that has no default is one half."""
    public = getattr(swiftact, name)
    parameters = {} if isinstance(public, np.ufunc) else inspect.signature(public).parameters
    missing = {p.name: 0.5 for p in parameters.values() if p.default is p.empty and p.name != "x"}
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
    parser.add_argument("--size", choices=SIZES, default="large", help="default: %(default)s; small: no sheet")
    options = parser.parse_args(arguments)

    activations, size = chosen(options.names), SIZES[options.size]
    options.output.mkdir(parents=True, exist_ok=True)
    paths = [save(figure([a], size), options.output / f"{a.name}.png") for a in activations]
    if options.size == "large" and len(activations) > 1:
        sheet = figure(activations, size, columns=3)
        paths.append(save(sheet, options.output / "all.png"))
    return paths


if __name__ == "__main__":
    for path in main():
        print(path)

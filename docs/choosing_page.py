#!/usr/bin/env python3
"""Which activation to choose: writes the page, and draws its pictures, from docs/choosing.json, which `make choosing`
measures.

    .venv/bin/python docs/choosing_page.py    draws the pictures; docs/tables.py writes the page
"""
import json
import math
import pathlib
import statistics
import sys
from dataclasses import dataclass

import swiftact
from formatting import interval, number, saturates, table, yes

DOCS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "benchmarks"))
import report  # noqa: E402  # it is no package

GOOD = 0.95  # a network has learnt if it reads this share of the held-out digits
# Where in points the names go that are written beside their points; about 1 there are too many.
LABELS = {"sigmoid": (4, 5), "hardsigmoid": (-4, -12), "squareplus": (4, 5), "softplus": (-45, -4), "logsigmoid": (5, -8),
          "threshold": (5, -10), "hardshrink": (-50, -8), "softshrink": (5, -4), "tanhshrink": (-50, 5),
          "sigmoid -0.5": (-30, 7), "tanh +1": (-40, -3), "gaussian": (-45, 2)}
PICTURES = ("choosing_accuracy", "choosing_gradient", "choosing_dead")


@dataclass(frozen=True)
class End:
    """What was found after training with one function, depth and rate."""

    rate: float
    accuracies: list
    diverged: float
    dead: float
    saturated: float

    @property
    def accuracy(self):
        return statistics.mean(self.accuracies)

    @property
    def spread(self):
        return statistics.stdev(self.accuracies)


class Results:
    """docs/choosing.json, by function and depth."""

    def __init__(self):
        read = json.loads((DOCS / "choosing.json").read_text(encoding="utf-8"))
        self.machine, self.settings = read["machine"], read["settings"]
        self.depths, self.rates = self.settings["depths"], self.settings["rates"]
        self.starts = {(r["function"], r["depth"]): r for r in read["starts"]}
        self.ends = {}
        for r in read["ends"]:
            where = r.pop("function"), r.pop("depth")
            self.ends.setdefault(where, []).append(End(**r))
        named = dict.fromkeys(name for name, _ in self.starts)
        self.functions = [name for name in named if name in swiftact.catalogue()]
        self.shifted = [name for name in named if name not in swiftact.catalogue()]

    def best(self, name, depth):
        return max(self.ends[name, depth], key=lambda end: end.accuracy)

    def at(self, name, depth, rate):
        return next(end for end in self.ends[name, depth] if end.rate == rate)

    def good(self, name, depth):
        """The learning rates at which it learns."""
        return [end.rate for end in self.ends[name, depth] if end.accuracy >= GOOD]

    def times_good(self, name):
        return sum(len(self.good(name, depth)) for depth in self.depths)

    def by_tolerance(self):
        """The functions, first those that learn in most combinations of depth and rate."""
        return sorted(self.functions, key=lambda name: (-self.times_good(name), self.functions.index(name)))

    def gradient(self, name, depth):
        return self.starts[name, depth]["gradient"]

    def spread(self):
        """The standard deviation between seeds of networks that have learnt, pooled."""
        spreads = [end.spread for ends in self.ends.values() for end in ends if end.accuracy >= GOOD]
        return math.sqrt(statistics.mean(s * s for s in spreads))


# ---------------------------------------------------------------------------------------------------------- pictures

def draw(results):
    """The three pictures, by their names."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    pictures = {}
    for name, size in zip(PICTURES, ((9, 8.2), (6.4, 4.4), (9, 3.4))):
        pictures[name] = Figure(figsize=size, dpi=100, layout="constrained")
        FigureCanvasAgg(pictures[name])
    draw_accuracy(results, pictures["choosing_accuracy"])
    draw_gradient(results, pictures["choosing_gradient"])
    draw_dead(results, pictures["choosing_dead"])
    for name, picture in pictures.items():
        picture.savefig(DOCS / "pictures" / f"{name}.png", metadata={"Software": None})


def layers(depth):
    return f"{depth} hidden layer{'s' * (depth > 1)}"


def draw_accuracy(results, picture):
    """A row for each function, a column for each rate, a panel for each depth."""
    names = results.by_tolerance()
    panels = picture.subplots(1, len(results.depths), sharey=True)
    for axes, depth in zip(panels, results.depths):
        values = [[100 * end.accuracy for end in results.ends[name, depth]] for name in names]
        image = axes.imshow(values, aspect="auto", cmap="viridis", vmin=80, vmax=98)
        for i, row in enumerate(values):
            for j, value in enumerate(row):
                axes.text(j, i, f"{value:.0f}", ha="center", va="center", fontsize=6.5, color="black" if value > 92 else "white")
        axes.set_xticks(range(len(results.rates)), [f"{rate:g}" for rate in results.rates], fontsize=7)
        axes.set_yticks(range(len(names)), names, fontsize=8)
        axes.set_xlabel("learning rate", fontsize=9)
        axes.set_title(layers(depth), fontsize=10)
    picture.colorbar(image, ax=panels, shrink=0.5, extend="min").set_label("% of held-out digits read rightly", fontsize=8)


def draw_gradient(results, picture):
    """How much of the gradient arrives in the first layer, and what the network learns."""
    deepest = results.depths[-1]
    axes = picture.subplots()
    for names, colour, label in ((results.functions, "tab:blue", "the catalogue"),
                                 (results.shifted, "tab:orange", "shifted up or down")):
        points = {name: (results.gradient(name, deepest), 100 * results.best(name, deepest).accuracy) for name in names}
        points = {name: point for name, point in points.items() if point[0] is not None}
        axes.scatter(*zip(*points.values()), color=colour, s=18, label=label)
        for name, point in points.items():
            if name in LABELS:
                axes.annotate(name, point, xytext=LABELS[name], textcoords="offset points", fontsize=8, color=colour)
    axes.set_xscale("log")
    axes.set_ylim(0, 108)
    axes.set_xlabel(f"gradient in the first of {deepest} hidden layers ÷ that in the last, before training", fontsize=9)
    axes.set_ylabel("% of held-out digits read rightly, at the best rate", fontsize=9)
    axes.legend(fontsize=8, loc="center")
    axes.grid(alpha=0.3)


def draw_dead(results, picture):
    """Shares of dead units; nothing where networks diverged."""
    panels = picture.subplots(1, len(results.depths), sharey=True)
    for axes, depth in zip(panels, results.depths):
        for name, style in (("relu", "-o"), ("relu6", "--s"), ("leaky_relu", "-^"), ("elu", "-v"), ("gelu", "-d"), ("silu", "-x"),
                            ("tanh", "--+")):
            ends = [end for end in results.ends[name, depth] if not end.diverged]
            axes.plot([end.rate for end in ends], [100 * end.dead for end in ends], style, label=name, markersize=4, linewidth=1)
        axes.set_xscale("log")
        axes.set_xlabel("learning rate", fontsize=9)
        axes.set_title(layers(depth), fontsize=10)
        axes.grid(alpha=0.3)
    panels[0].set_ylabel("% of units dead after training", fontsize=9)
    panels[0].legend(fontsize=8, loc="upper left")


# -------------------------------------------------------------------------------------------------------------- page

def claim(holds, sentence):
    """The sentence; an error where the results say otherwise, as those of another run might."""
    if not holds:
        sys.exit(f"docs/choosing_page.py writes what docs/choosing.json does not say: {sentence}")
    return sentence


def percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def names(functions):
    return ", ".join(f"`{name}`" for name in functions)


def rates(found):
    """Neighbouring rates as a range."""
    return "none" if not found else f"{found[0]:g}" if len(found) == 1 else f"{found[0]:g} – {found[-1]:g}"


def accuracy_table(results):
    """For each function and depth the best mean accuracy, its spread, and the rates at which it learns."""
    def cells(name):
        for depth in results.depths:
            best = results.best(name, depth)
            yield f"{100 * best.accuracy:.1f} ± {100 * best.spread:.1f}"
            yield rates(results.good(name, depth))

    head = [text for depth in results.depths for text in (layers(depth), "learns at")]
    possible = len(results.depths) * len(results.rates)
    return table(["function", f"learns, of {possible}", *head],
                 ([f"`{name}`", str(results.times_good(name)), *cells(name)] for name in results.by_tolerance()))


def shift_table(results):
    """Functions beside themselves moved up or down."""
    deepest = results.depths[-1]

    def line(name):
        start, best = results.starts[name, deepest], results.best(name, deepest)
        return [f"`{name}`", f"{start['common']:.2f}", f"{start['gradient']:.2g}", f"{100 * best.accuracy:.1f} ± {100 * best.spread:.1f}",
                rates(results.good(name, deepest))]

    pairs = [name for shifted in results.shifted for name in (shifted.split()[0], shifted)]
    return table(["function", "share common to all digits", "gradient, first ÷ last layer", f"accuracy, {layers(deepest)}", "learns at"],
                 map(line, pairs))


def costs():
    """Nanoseconds an element of value and derivative in float32, exact and fast, from the newest benchmark that has them."""
    runs = report.readable(json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8")))
    found = {}
    for run in sorted(runs.values(), key=lambda run: run["machine"]["date"])[-1:]:
        for row in run["compared"]["rows"]:
            if row["dtype"] == "float32" and row["size"] == report.IN_L2 and row["function"] in swiftact.catalogue():
                for tier in (report.EXACT, report.FAST):
                    found.setdefault(row["function"], {}).setdefault(tier, {})[row["form"]] = row["figures"][tier]["ns"]
    return found


def properties():
    """Everything that the catalogue says which bears on the choice, and what a call costs."""
    found = costs()

    def cost(name, tier):
        both = found[name][tier] if name in found else {}
        return f"{sum(both.values()):#.3g}" if len(both) == 2 else ""

    def line(f):
        parameters = [*f.missing, *(f"{name}={value:g}" for name, value in f.params.items())]
        columns = [f"[`{f.name}`](functions.md#{f.name})", names(parameters), interval(*f.range), yes(f.monotonic), f.smoothness,
                   yes(f.zero_centred), saturates(f)]
        return columns + [cost(f.name, tier) for tier in (report.EXACT, report.FAST)] * bool(found)

    head = ["function", "parameters", "range", "monotonic", "smooth", "zero-centred", "saturates"]
    return table(head + ["cost, exact", "cost, fast"] * bool(found), map(line, swiftact.catalogue().values()))


def page():
    r = Results()
    shallow, middle, deepest = r.depths
    spread = r.spread()
    everyone = r.functions
    most = max(r.best(name, deepest).accuracy for name in everyone)
    near = [name for name in everyone if r.best(name, deepest).accuracy >= most - 0.01]
    count = len(r.rates)

    def good(name):
        """At how many rates it learns, by depth."""
        return ", ".join(str(len(r.good(name, depth))) for depth in r.depths)

    def best(name, depth):
        return percent(r.best(name, depth).accuracy)

    def dead(name, depth, rate):
        return percent(r.at(name, depth, rate).dead, 0)

    bounded = ("tanh", "softsign", "arctan")
    smooth = ("silu", "mish", "gelu", "elu")
    exploding = ("exponential", "squared_relu", "tanhshrink")
    uncentred = ("sigmoid", "hardsigmoid", "softplus", "squareplus", "logsigmoid")
    s = r.settings

    return f"""# Which activation function should I choose?

Written by `make choosing` from an experiment of {len(everyone) * len(r.depths) * count * s["seeds"]:,} small networks: do not edit.

## The short answer
**Hidden layers.** If you have no reason to take another, take `relu`, or `silu` where a network is deep; in a plain network
without normalisation, `tanh`. At its best learning rate
{claim(len(near) >= 20, f"each of {len(near)} of the {len(everyone)} functions")} comes within one percentage point of the best one
through {layers(deepest)}. The learning rate is worth more than the function:
{claim(r.at("relu", deepest, 0.001).accuracy < 0.8 and r.best("relu", deepest).accuracy > 0.95,
       f"`relu` there reads {percent(r.at('relu', deepest, 0.001).accuracy)} of the digits after a rate of 0.001, and {best('relu', deepest)} after {r.best('relu', deepest).rate:g}")}.
So choose what forgives a wrong rate, and costs little. Of {count} rates, from {r.rates[0]:g} to {r.rates[-1]:g}, these learn at
so many through {shallow}, {middle} and {deepest} hidden layers:

| | learns at | deviate to it when |
| --- | --- | --- |
| `relu` | {good("relu")} | it is the cheapest, and as good as any in up to {middle} layers; in {deepest} it is choosy |
| `leaky_relu` | {good("leaky_relu")} | units of `relu` die (below) |
{chr(10).join(f"| `{name}` | {good(name)} | {'a deep network: smooth, unbounded, few or no dead units' if name == 'silu' else 'the same'} |" for name in smooth)}
{chr(10).join(f"| `{name}` | {good(name)} | {'no normalisation, a rate that may be too large: bounded and zero-centred' if name == 'tanh' else 'the same'} |" for name in bounded)}

**Not in deep hidden layers.** {claim(all(not r.good(name, deepest) for name in uncentred),
    f"{names(uncentred)} learn at no rate through {layers(deepest)}")}: {claim(all(r.starts[name, deepest]["common"] > 0.9 for name in uncentred),
    f"at least {min(r.starts[name, deepest]['common'] for name in uncentred):.0%} of what they pass on is the same for every digit")}. Move
`sigmoid` down by ½, and it learns at {len(r.good("sigmoid -0.5", deepest))} of {count} rates ([why](#not-zero-centred)).
{claim(all(not r.good(name, deepest) for name in exploding), f"Nor do {names(exploding)}")}: they grow, or shrink, faster than in
proportion, and layer after layer of that explodes or dies away.

**The output layer** is no matter of taste. What the loss wants decides: `identity` for numbers, `softmax` for one of
several classes, `sigmoid` for yes or no, `softplus` or `exponential` for numbers that must be positive.

## Which learns what
{r.machine["date"]}, {r.machine["cpu"]}, commit {r.machine["commit"]}; {r.machine["seconds"] / 60:.0f} minutes on one core, and the same figures
wherever NumPy's matrix products give the same bits. [The program](../examples/python/choosing.py) trains on the 1,797 handwritten digits of
scikit-learn, {percent(s["held_out"], 0)} held out, {s["seeds"]} times with another split, weights and order each (the same for every
function). 64 pixels, {", ".join(map(str, r.depths))} hidden layers of {s["units"]} units, softmax and cross-entropy; plain gradient
descent, {s["epochs"]} epochs, {s["batch"]} digits at a time, float32. Weights begin normally distributed with standard deviation
1/√(n·E[f(z)²]), n inputs, z standard normal: this is He's rule, √(2/n) for `relu`, made for every function, and keeps the
size of what passes through. Biases begin at 0. `prelu` keeps its weight at {s["parameters"]["prelu"]["weight"]:g}; `threshold` has threshold
{s["parameters"]["threshold"]["threshold"]:g} and value {s["parameters"]["threshold"]["value"]:g}.

![Accuracy by function, depth and learning rate](pictures/choosing_accuracy.png)

The mean accuracy on held-out digits in per cent at the best rate, ± the standard deviation between the {s["seeds"]} runs; and the rates
at which at least {percent(GOOD, 0)} are read rightly. First the functions for which the rate matters least. Guessing gives 10 %.

{accuracy_table(r)}

## The three worries
### The gradient vanishes
Where f saturates, f′ is next to 0, and each layer passes on a gradient that is smaller by that factor. Before training, the
gradient in the first of {deepest} hidden layers is so many times that in the last:

![Gradient and accuracy](pictures/choosing_gradient.png)

{claim(r.gradient("sigmoid", deepest) < 0.01 and r.best("sigmoid", deepest).accuracy < 0.2,
       f"For `sigmoid` it is {r.gradient('sigmoid', deepest):.2g}, and nothing is learnt, {best('sigmoid', deepest)}")}; through {layers(shallow)} it
reads {best("sigmoid", shallow)}. But saturation as such is not what does it:
{claim(all(1 < r.gradient(name, deepest) < 5 and r.best(name, deepest).accuracy > 0.96 for name in ("tanh", "erf", "hardtanh")),
       f"`tanh` saturates on both sides as well, and has {r.gradient('tanh', deepest):.2g} and {best('tanh', deepest)}, `hardtanh` {r.gradient('hardtanh', deepest):.2g} and {best('hardtanh', deepest)}")}.
With weights of the right size few sums lie where these functions are flat. After training, too: of the units of `tanh`
{percent(r.best("tanh", deepest).saturated, 0)} are saturated (|f′| < {s["flat"]:g} on {percent(s["mostly"], 0)} of the digits) at the best rate,
{claim(r.at("tanh", deepest, 1.0).saturated > 0.3, f"{percent(r.at('tanh', deepest, 1.0).saturated, 0)} at a rate of 1")}, where it learns nothing.

### Units die
A unit is dead if |f′| < {s["dead"]:g} on every digit: then no digit changes its weights any more. Points are missing where the
numbers overflowed.

![Dead units by learning rate](pictures/choosing_dead.png)

A large rate kills: with {layers(shallow)} and a rate of 1,
{claim(r.at("relu", shallow, 1.0).dead > 0.2, f"{dead('relu', shallow, 1.0)} of the units of `relu` are dead")},
{dead("elu", shallow, 1.0)} of `elu`, {dead("gelu", shallow, 1.0)} of `gelu`, {dead("silu", shallow, 1.0)} of `silu` and
{claim(r.at("leaky_relu", shallow, 1.0).dead == 0, f"{dead('leaky_relu', shallow, 1.0)} of `leaky_relu`")}. At 0.3 it is
{claim(r.at("relu", shallow, 0.3).dead < 0.02, dead("relu", shallow, 0.3))} of `relu`. Depth kills, too: through {layers(deepest)}, at 0.01,
{dead("relu", deepest, 0.01)} of `relu`. What it costs is little as long as enough are left:
{claim(r.at("relu", shallow, 1.0).accuracy > 0.95, f"with those {dead('relu', shallow, 1.0)} dead, {percent(r.at('relu', shallow, 1.0).accuracy)} are read rightly")}, with
`leaky_relu` {percent(r.at("leaky_relu", shallow, 1.0).accuracy)}; at the best rate of each, `relu` reads {best("relu", deepest)} through {layers(deepest)}, `leaky_relu`
{best("leaky_relu", deepest)}.

### Not zero-centred
If the results of f have one sign, a part of them is the same whatever the digit: mean² over mean square. The next layer adds up
this part, and what tells digits apart is lost beside it. Is that what ails `sigmoid`, rather than its flat ends? The
same curves, moved up or down, have the same f′:

{shift_table(r)}

{claim(r.best("sigmoid -0.5", deepest).accuracy > 0.96 and r.best("sigmoid", deepest).accuracy < 0.2 and r.best("tanh +1", deepest).accuracy < r.best("tanh", deepest).accuracy - 0.02,
       f"`sigmoid` less ½ learns through {layers(deepest)} as well as any, {best('sigmoid -0.5', deepest)}, and `tanh` plus 1 is spoilt, from {best('tanh', deepest)} to {best('tanh +1', deepest)}")}.
(The weights' rule follows: without the common part they begin larger. That is how the cure works, not a second one.)
It is not the centre alone, though: {claim(r.starts["gaussian", deepest]["common"] > 0.9 and r.best("gaussian", deepest).accuracy > GOOD,
    f"of what `gaussian` passes on, {r.starts['gaussian', deepest]['common']:.0%} is common, and it reads {best('gaussian', deepest)}")}: its steep
sides bring out what is left. `relu` is not zero-centred either, and {claim(r.starts["relu", deepest]["common"] < 0.95 and len(r.good("relu -0.4", deepest)) >= len(r.good("relu", deepest)),
    f"its common part, {r.starts['relu', deepest]['common']:.2f}, leaves enough; less 0.4 it learns at {len(r.good('relu -0.4', deepest))} rates instead of {len(r.good('relu', deepest))}")} through
{layers(deepest)}. Normalisation layers do the same for any function.

## The properties
With the default parameters, from the catalogue. Zero-centred: f(0) = 0, and f takes both signs.
{'Cost: nanoseconds an element, float32, of f and f′ together ([benchmarks](benchmarks.md)).' if costs() else ''}

{properties()}

## What this cannot tell
- Much about hard problems. These digits are easy: {claim(r.best("identity", shallow).accuracy > GOOD, f"`identity`, which is a linear classifier with any number of layers, reads {best('identity', shallow)}")},
  so that all that the others add is a point or two, and depth adds nothing to that.
- Differences below a percentage point: the same function with another split and other weights differs by a standard deviation of
  {100 * spread:.1f} points, and the best rate was chosen on the digits that it is judged by.
- What large networks want. There are 8 × 8 pixels, {s["units"]} units a layer, {s["epochs"]} epochs, {len(r.depths)} depths. With convolutions,
  normalisation, skip connections, or an optimiser such as Adam that scales the steps, rates matter less, and functions that
  fail here may work: `squared_relu` and the gated units were made for such networks.
- What more epochs would do: at the smallest rates, {s["epochs"]} are not enough for any function.
- Parameters: each function has one setting here, and `prelu` does not learn its own.
"""


if __name__ == "__main__":
    draw(Results())

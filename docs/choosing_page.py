#!/usr/bin/env python3
"""Which activation to choose: writes the page, and draws its pictures, from docs/choosing.json, which `make choosing`
measures.

    .venv/bin/python docs/choosing_page.py    draws the pictures; docs/tables.py writes the page
"""
import functools
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

GOOD = 0.95  # a rate works if so many of the held-out digits are read rightly
# What the page says something of together.
SMOOTH = ("silu", "mish", "gelu", "elu")
BOUNDED = ("tanh", "softsign", "arctan")
OFF_CENTRE = ("sigmoid", "hardsigmoid", "softplus", "squareplus", "logsigmoid")
EXPLODING = ("exponential", "squared_relu", "tanhshrink")
# Where in points the names go that are written beside their points; about 1 there are too many.
LABELS = {"sigmoid": (-20, 6), "hardsigmoid": (-4, -12), "squareplus": (6, -4), "softplus": (-45, -4), "logsigmoid": (-8, 7),
          "threshold": (5, -10), "hardshrink": (-28, -12), "softshrink": (5, -4), "tanhshrink": (-50, 5),
          "sigmoid -0.5": (-30, 7), "tanh +1": (-40, -3), "gaussian": (-45, 2)}
STYLES = {"relu": "-o", "leaky_relu": "-^", "elu": "-v", "gelu": "-d", "silu": "-x", "tanh": "--+"}
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
        self.ends, self.off_centre = self.gathered(read["ends"]), self.gathered(read["off_centre"])
        named = dict.fromkeys(name for name, _ in self.starts)
        self.functions = [name for name in named if name in swiftact.catalogue()]
        self.shifted = [name for name in named if name not in swiftact.catalogue()]

    @staticmethod
    def gathered(rows):
        """A list of ends, one for each rate, by function and depth."""
        ends = {}
        for row in rows:
            where = row.pop("function"), row.pop("depth")
            ends.setdefault(where, []).append(End(**row))
        return ends

    def best(self, name, depth):
        return max(self.ends[name, depth], key=lambda end: end.accuracy)

    def at(self, name, depth, rate, centred=True):
        ends = self.ends if centred else self.off_centre
        return next(end for end in ends[name, depth] if end.rate == rate)

    def good(self, name, depth, centred=True):
        """The learning rates that work."""
        ends = self.ends if centred else self.off_centre
        return [end.rate for end in ends[name, depth] if end.accuracy >= GOOD]

    def times_good(self, name):
        return sum(len(self.good(name, depth)) for depth in self.depths)

    def by_tolerance(self):
        """The functions, first those that work in most combinations of depth and rate."""
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
    for name, size in zip(PICTURES, ((9, 8.2), (6.4, 4.4), (9, 5.2))):
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
                colour = "black" if value > 92 else "white"
                axes.text(j, i, f"{value:.0f}", ha="center", va="center", fontsize=6.5, color=colour)
        axes.set_xticks(range(len(results.rates)), [f"{rate:g}" for rate in results.rates], fontsize=7)
        axes.set_yticks(range(len(names)), names, fontsize=8)
        axes.set_xlabel("learning rate", fontsize=9)
        axes.set_title(layers(depth), fontsize=10)
    bar = picture.colorbar(image, ax=panels, shrink=0.5, extend="min")
    bar.set_label("% of held-out digits read rightly", fontsize=8)


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
    """Shares of dead units with inputs that are centred and that are not; nothing where a network diverged."""
    panels = picture.subplots(2, len(results.depths), sharex=True, sharey=True)
    for row, ends_by, inputs in ((0, results.ends, "inputs centred"), (1, results.off_centre, "not centred")):
        panels[row][0].set_ylabel(f"% of units dead, {inputs}", fontsize=9)
        for axes, depth in zip(panels[row], results.depths):
            for name, style in STYLES.items():
                ends = [end for end in ends_by[name, depth] if not end.diverged]
                shares = [100 * end.dead for end in ends]
                axes.plot([end.rate for end in ends], shares, style, label=name, markersize=4, linewidth=1)
            axes.set_xscale("log")
            axes.grid(alpha=0.3)
    for axes, depth in zip(panels[0], results.depths):
        axes.set_title(layers(depth), fontsize=10)
    for axes in panels[1]:
        axes.set_xlabel("learning rate", fontsize=9)
    panels[0][0].legend(fontsize=8, loc="upper left")


# -------------------------------------------------------------------------------------------------------------- page

def percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def names(functions):
    return ", ".join(f"`{name}`" for name in functions)


def rates(found, all_rates):
    """Neighbouring rates as a range."""
    if len(found) < 2:
        return f"{found[0]:g}" if found else "none"
    between = all_rates[all_rates.index(found[0]) : all_rates.index(found[-1]) + 1]
    return f"{found[0]:g} – {found[-1]:g}" if found == between else ", ".join(f"{rate:g}" for rate in found)


def accuracy_table(results):
    """For each function and depth the best mean accuracy, its spread, and the rates at which it learns."""
    def cells(name):
        for depth in results.depths:
            best = results.best(name, depth)
            yield f"{100 * best.accuracy:.1f} ± {100 * best.spread:.1f}"
            yield rates(results.good(name, depth), results.rates)

    head = [text for depth in results.depths for text in (layers(depth), "rates")]
    possible = len(results.depths) * len(results.rates)
    return table(["function", f"works, of {possible}", *head],
                 ([f"`{name}`", str(results.times_good(name)), *cells(name)] for name in results.by_tolerance()))


def shift_table(results):
    """Functions beside themselves moved up or down."""
    deepest = results.depths[-1]

    def line(name):
        start, best = results.starts[name, deepest], results.best(name, deepest)
        accuracy = f"{100 * best.accuracy:.1f} ± {100 * best.spread:.1f}"
        return [f"`{name}`", f"{start['common']:.2f}", f"{start['gradient']:.2g}", accuracy,
                rates(results.good(name, deepest), results.rates)]

    pairs = [name for shifted in results.shifted for name in (shifted.split()[0], shifted)]
    return table(["function", "common", "gradient, first ÷ last", "accuracy", "rates"],
                 map(line, pairs))


@functools.cache
def costs():
    """Nanoseconds an element of value and derivative in float32, exact and fast, as the newest benchmark has them."""
    runs = report.readable(json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8")))
    found = {}
    for run in sorted(runs.values(), key=lambda run: run["machine"]["date"])[-1:]:
        for row in run["compared"]["rows"]:
            name = row["name"].removesuffix("_deriv")
            if row["dtype"] == "float32" and row["size"] == report.IN_L2 and name in swiftact.catalogue():
                for tier in row["figures"].keys() & {report.EXACT, report.FAST}:
                    found.setdefault(name, {}).setdefault(tier, {})[row["form"]] = row["figures"][tier]["ns"]
    return found


def cost(name, tier):
    """Of f and f′ together; not a number where one of them was not measured."""
    both = costs().get(name, {}).get(tier, {})
    return sum(both.values()) if len(both) == 2 else math.nan


def properties():
    """Everything that the catalogue says which bears on the choice, and what a call costs."""
    measured = bool(costs())

    def line(f):
        parameters = [*f.missing, *(f"{name}={value:g}" for name, value in f.params.items())]
        columns = [f"[`{f.name}`](functions.md#{f.name})", names(parameters), interval(*f.range), yes(f.monotonic),
                   f.smoothness, yes(f.zero_centred), saturates(f)]
        spent = [cost(f.name, tier) for tier in (report.EXACT, report.FAST)]
        return columns + ["" if math.isnan(ns) else f"{ns:#.3g}" for ns in spent] * measured

    head = ["function", "parameters", "range", "monotonic", "smooth", "zero-centred", "saturates"]
    return table(head + ["cost, exact", "cost, fast"] * measured, map(line, swiftact.catalogue().values()))


def contradicted(r):
    """What the page says in words and the results do not show, as those of another experiment may not."""
    deep = {name: r.best(name, 8).accuracy for name in [*r.functions, *r.shifted]}
    common = {name: r.starts[name, 8]["common"] for name in deep}
    says = {
        "there are 1, 4 and 8 hidden layers": r.depths == [1, 4, 8],
        "most functions come within a percentage point of the best": len(near_best(r)) > len(r.functions) / 2,
        "the rate is worth more than the function": r.at("relu", 8, 0.001).accuracy < deep["relu"] - 0.1,
        "relu is the cheapest": not costs() or all(
            not cost("relu", tier) > cost(name, tier) for tier in (report.EXACT, report.FAST) for name in SMOOTH + BOUNDED),
        "relu is hardly choosier than the smooth ones": r.times_good("relu") >= max(map(r.times_good, SMOOTH)) - 2,
        "the bounded ones work at a rate of 1, where these do not": (
            min(r.at(name, 4, 1.0).accuracy for name in BOUNDED) > GOOD
            > max(r.at(name, 4, 1.0).accuracy for name in ("relu", *SMOOTH))),
        "what is off centre fails": not any(r.good(name, 8) for name in OFF_CENTRE),
        "and more than 99 % of it is common": all(common[name] > 0.99 for name in OFF_CENTRE),
        "what is not in proportion fails": not any(r.good(name, 8) for name in EXPLODING),
        "sigmoid learns nothing": deep["sigmoid"] < 0.15 and r.gradient("sigmoid", 8) < 0.01,
        "tanh and hardtanh do, with a whole gradient": all(
            r.gradient(name, 8) > 1 and deep[name] > 0.96 for name in ("tanh", "hardtanh")),
        "tanh saturates at a rate of 1": r.at("tanh", 8, 1.0).saturated > 0.1 > 0.01 > r.best("tanh", 8).saturated,
        "with centred inputs no unit dies in one layer": not any(
            end.dead for name in STYLES for end in r.ends[name, 1]),
        "with others a large rate kills": r.at("relu", 1, 1.0, False).dead > 0.2 > 0.02 > r.at("relu", 1, 0.3, False).dead,
        "but none of leaky_relu": not any(end.dead for depth in r.depths for ends in (r.ends, r.off_centre)
                                          for end in ends["leaky_relu", depth]),
        "depth kills relu": worst_dead(r) > 0.03,
        "that costs little": r.at("relu", 1, 1.0, False).accuracy > GOOD and abs(deep["relu"] - deep["leaky_relu"]) < 0.01,
        "relu is choosier with inputs off centre": len(r.good("relu", 8, False)) < len(r.good("relu", 8)),
        "moved sigmoid learns": deep["sigmoid -0.5"] > 0.96,
        "moved tanh is spoilt": deep["tanh +1"] < deep["tanh"] - 0.02,
        "gaussian learns though nearly all is common": common["gaussian"] > 0.9 and deep["gaussian"] > GOOD,
        "relu moved to the centre is no better, and its gradient grows": (
            deep["relu -0.4"] < deep["relu"] and r.gradient("relu -0.4", 8) > 2 > r.gradient("relu", 8)),
        "a linear classifier is good": r.best("identity", 1).accuracy > GOOD,
    }
    return [sentence for sentence, holds in says.items() if not holds]


def near_best(r):
    """The functions that come within a percentage point of the best through 8 layers."""
    deep = {name: r.best(name, 8).accuracy for name in r.functions}
    return [name for name, accuracy in deep.items() if accuracy >= max(deep.values()) - 0.01]


def worst_dead(r):
    """The largest share of dead units of relu through 8 layers, with centred inputs, where it learns something."""
    return max(end.dead for end in r.ends["relu", 8] if not end.diverged)


def page():
    r = Results()
    if wrong := contradicted(r):
        sys.exit("docs/choosing_page.py says what docs/choosing.json does not: " + "; ".join(wrong))
    s, count = r.settings, len(r.rates)
    parameters = s["parameters"]

    def learns(name):
        return ", ".join(str(len(r.good(name, depth))) for depth in r.depths)

    def best(name, depth=8):
        return percent(r.best(name, depth).accuracy)

    def read(name, depth, rate):
        return percent(r.at(name, depth, rate).accuracy)

    def dead(name):
        """With one layer, a rate of 1 and inputs off centre."""
        return percent(r.at(name, 1, 1.0, centred=False).dead, 0)

    def saturated(end):
        return percent(end.saturated, 0)

    def gradient(name):
        return f"{r.gradient(name, 8):.2g}"

    def common(name):
        return f"{r.starts[name, 8]['common']:.2f}"

    def as_alike(functions):
        """Rows for the others of a group."""
        return "\n".join(f"| `{name}` | {learns(name)} | the same |" for name in functions[1:])

    return f"""# Which activation function should I choose?

Written by `make choosing` from an experiment of {len(r.functions) * len(r.depths) * count * s["seeds"]:,} small networks: do not edit.

## The short answer
**Hidden layers.** If you have no reason to take another, take `relu`: it is the cheapest, and none is clearly better. The
function matters less than one would think: each at its best learning rate, {len(near_best(r))} of the {len(r.functions)} come within one percentage
point of the best one through 8 hidden layers. The rate matters more: `relu` there reads {read("relu", 8, 0.001)} of the digits after a
rate of 0.001, and {best("relu")} after {r.best("relu", 8).rate:g}; and the inputs do: where they are not centred, {len(r.good("relu", 8, False))} of {count} rates from {r.rates[0]:g} to
{r.rates[-1]:g} work instead of {len(r.good("relu", 8))}. So centre the inputs, begin with weights of the right size (below), and choose what forgives a
wrong rate. So many work through 1, 4 and 8 hidden layers:

| | rates | take it when |
| --- | --- | --- |
| `relu` | {learns("relu")} | in doubt |
| `leaky_relu` | {learns("leaky_relu")} | units of `relu` [die](#units-die) |
| `{SMOOTH[0]}` | {learns(SMOOTH[0])} | a smooth function is wanted, or no dead units; large networks are built with these |
{as_alike(SMOOTH)}
| `{BOUNDED[0]}` | {learns(BOUNDED[0])} | the rate may be too large, and there is no normalisation: bounded and zero-centred, nothing explodes |
{as_alike(BOUNDED)}

**Not in deep hidden layers.** {names(OFF_CENTRE)} work at no rate through 8 hidden
layers: before training, more than 99 % of what they pass on there is the same for every digit. Moved down by ½,
`sigmoid` works at {len(r.good("sigmoid -0.5", 8))} of {count} rates ([why](#not-zero-centred)). Nor do {names(EXPLODING)}: they do not grow in proportion, and
layer after layer of that explodes or dies away.

**The output layer** is no matter of taste. What the loss wants decides: `identity` for numbers, `softmax` for one of
several classes, `sigmoid` for yes or no, `softplus` or `exponential` for numbers that must be positive.

## Which learns what
[The program](../examples/python/choosing.py) teaches networks the 1,797 handwritten digits of scikit-learn, {percent(s["held_out"], 0)} held out, {s["seeds"]} times
each with another split, other weights and another order, the same for every function. 64 pixels, less the mean picture,
then 1, 4 or 8 hidden layers of {s["units"]} units, softmax and cross-entropy; plain gradient descent, {s["epochs"]} epochs, {s["batch"]} digits at a time, float32. Weights
begin normally distributed with standard deviation 1/√(n·E[f(z)²]) for n inputs and z from the standard normal
distribution: He's rule, √(2/n) for `relu`, made for every function. It keeps the size of what passes through. Biases
begin at 0. `prelu` keeps its weight, {parameters["prelu"]["weight"]:g}; `threshold` has threshold {parameters["threshold"]["threshold"]:g} and value {parameters["threshold"]["value"]:g}.
{r.machine["date"]}, {r.machine["cpu"]}, commit {r.machine["commit"]}, {r.machine["seconds"] / 60:.0f} minutes on one core.

![Accuracy by function, depth and learning rate](pictures/choosing_accuracy.png)

The mean accuracy on held-out digits in per cent at the best rate, ± the standard deviation between the {s["seeds"]} runs, and the
rates that work: those at which at least {percent(GOOD, 0)} are read rightly. Guessing gives 10 %.

{accuracy_table(r)}

## The three worries
### The gradient vanishes
Where f is flat, f′ is next to 0, and each layer passes on a gradient that is smaller by that factor. Before training, the
gradient in the first of 8 hidden layers is so many times that in the last:

![Gradient and accuracy](pictures/choosing_gradient.png)

For `sigmoid` it is {gradient("sigmoid")}, and nothing is learnt: {best("sigmoid")}, against {best("sigmoid", 1)} through 1 hidden layer. But flat ends as
such do not do it. `tanh` has two of them, {gradient("tanh")} and {best("tanh")}, `hardtanh` {gradient("hardtanh")} and {best("hardtanh")}: with weights of the right size few
sums lie where these are flat. That holds after training, too. Of the units of `tanh` {saturated(r.best("tanh", 8))} are saturated
(|f′| < {s["flat"]:g} on {percent(s["mostly"], 0)} of the digits) at the best rate, and {saturated(r.at("tanh", 8, 1.0))} at a rate of 1, which leaves it at {read("tanh", 8, 1.0)}.

### Units die
A unit is dead if |f′| < {s["dead"]:g} on every digit: none changes its weights any more. Points are missing where numbers
overflowed. In the upper row the inputs are centred, pixel by pixel, as everywhere else on this page; in the lower row they
are not: all pixels less their common mean grey.

![Dead units by learning rate](pictures/choosing_dead.png)

With centred inputs few units die: with 1 hidden layer none at any rate; through 8 layers, {percent(worst_dead(r), 0)} of `relu` at the
worst. With the others a large rate kills. With 1 hidden layer and a rate of 1, {dead("relu")} of the units of `relu` are dead,
{dead("elu")} of `elu`, {dead("gelu")} of `gelu`, {dead("silu")} of `silu`, {dead("leaky_relu")} of `leaky_relu`, of which none die anywhere; at a rate of 0.3 it is
{percent(r.at("relu", 1, 0.3, False).dead, 0)} of `relu`. It costs little as long as enough units are left: with those {dead("relu")} dead `relu` still reads
{percent(r.at("relu", 1, 1.0, False).accuracy)}, and `leaky_relu` {percent(r.at("leaky_relu", 1, 1.0, False).accuracy)}. Through 8 layers, centred, each at its best rate, they read {best("relu")} and {best("leaky_relu")}.

### Not zero-centred
Of what f passes on, a part is the same for every digit: mean² over mean square. Where f is far from zero-centred that is
nearly all, and what tells digits apart is lost beside it. Is this what ails `sigmoid`, rather than its flat ends? The same
curves moved up or down, with the same f′, through 8 hidden layers:

{shift_table(r)}

So it is: `sigmoid` less ½ reads {best("sigmoid -0.5")} instead of {best("sigmoid")}, and `tanh` plus 1 is spoilt, {best("tanh +1")} instead of {best("tanh")}. The
rule for the weights is part of it: without the common part they begin larger. The centre is not all, though: of what
`gaussian` passes on {common("gaussian")} is common, and it reads {best("gaussian")}, as its steep sides bring out the rest. `relu` is not
zero-centred either, and what it leaves is enough; less 0.4 it is no better, {best("relu -0.4")} instead of {best("relu")}, as its gradient now
grows from layer to layer. Normalisation layers centre any function.

## The properties
With the default parameters. Zero-centred: f(0) = 0, and f takes both signs.
{"Cost: nanoseconds an element for f and f′ together, float32 ([benchmarks](benchmarks.md))." if costs() else ""}

{properties()}

## What this cannot tell
- Much about hard problems. These digits are easy: `identity`, a linear classifier with any number of layers, reads
  {best("identity", 1)}. All that the others add is a point or two, and depth adds nothing to that.
- Differences below a percentage point. The same function with another split and other weights differs by a standard
  deviation of {100 * r.spread():.1f} points, and the best rate was chosen on the digits by which it is judged.
- What large networks want. Here are 8 × 8 pixels, {s["units"]} units a layer and {s["epochs"]} epochs. With convolutions, normalisation, skip
  connections, or an optimiser that scales the steps, such as Adam, rates matter less, and functions that fail here may
  work: `squared_relu` and the gated units were made for such networks.
- What more epochs would do: at the smallest rates {s["epochs"]} are not enough for any function.
- Other parameters: each function has one setting here, and `prelu` does not learn its own.
"""


if __name__ == "__main__":
    draw(Results())

#!/usr/bin/env python3
"""Writes what these pages and README.md say of functions and figures: from the catalogue, docs/accuracy.csv and
docs/benchmarks.json.

    .venv/bin/python docs/tables.py            writes functions.md, gallery.md, choosing.md and the marked parts of README.md
    .venv/bin/python docs/tables.py --check    only says what is out of date, and which pictures are not those of a function
"""
import csv
import json
import pathlib
import re
import sys

import choosing_page
import swiftact
from formatting import interval, number, saturates, table, yes
from swiftact._catalogue import FUNCTIONS
from swiftact._rows_documentation import _GATED, _SOFTMAX

DOCS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS.parent / folder) for folder in ("benchmarks", "Tests/Accuracy")]
import report  # noqa: E402  # these are no packages
from table import rounded_up  # noqa: E402

README = DOCS.parent / "README.md"


def signature(function):
    """How it is called by that name: `leaky_relu(x, negative_slope=0.01)`."""
    parameters = (p.name if p.default is None else f"{p.name}={p.default:g}" for p in function.parameters)
    return f"{function.name}({', '.join(['x', *parameters])})"


def picture(activation, folder="", width=320):
    return f'<img src="{folder}pictures/{activation.name}.png" width="{width}" alt="{activation.name} and its derivative">'


def other_names(activation):
    """The aliases, with their parameters where they are others."""
    function = FUNCTIONS[activation.name]
    for alias in map(FUNCTIONS.get, activation.aliases):
        same = [p.default for p in alias.parameters] == [p.default for p in function.parameters]
        yield f"`{alias.name if same else signature(alias)}`"


def parameter_lines(activation):
    for p in FUNCTIONS[activation.name].parameters:
        default = "must be given" if p.default is None else f"{number(p.default)} if it is not given"
        yield f"`{p.name}`: {p.allowed}; {default}"


def largest_errors(activation):
    """In each tier, f and f′."""
    exact, fast = activation.errors, swiftact.Activation(activation.name, accuracy="fast").errors
    bounds = (("exact float64", exact, "float64"), ("fast float64", fast, "float64"), ("fast float32", fast, "float32"))
    parts = (f"{tier} {errors['value'][dtype]:g}, {errors['derivative'][dtype]:g}" for tier, errors, dtype in bounds)
    return "; ".join(parts) + "; exact float32, and float16 and bfloat16, correctly rounded"


def entry(activation):
    """Everything about one function."""
    f = activation
    facts = [
        ("called", "<br>".join([f"`{signature(FUNCTIONS[f.name])}`", *other_names(f)])),
        ("f(x)", f.formula),
        ("f′(x)", f.deriv_formula),
        ("parameters", "<br>".join(parameter_lines(f))),
        ("range", interval(*f.range)),
        ("monotonic", yes(f.monotonic)),
        ("smoothness", f.smoothness),
        ("zero-centred", yes(f.zero_centred)),
        ("saturates", saturates(f)),
        ("errors in ULP, f, f′", largest_errors(f)),
        ("source", f.source),
    ]
    return f"""## {f.name}
{picture(f)}

```math
f(x) = {f.latex}
```
```math
f'(x) = {f.deriv_latex}
```

{table(["", ""], ([name, text] for name, text in facts if text))}
"""


def over_rows():
    """softmax, log_softmax and the gated units."""
    softmaxes = ([f"`{name}`", formula, backward, edges, source]
                 for name, (_, formula, backward, edges, source) in _SOFTMAX.items())
    gated = ([f"`{name}`", f"[`{gate}`](#{gate})", source] for name, (_, gate, source) in _GATED.items())
    return f"""## Over rows
Along any axis, with `NAME_backward(x, dy)` beside each.

{table(["function", "y", "backward", "edges", "source"], softmaxes)}

Gated units: y = value·f(gate), where value and gate are the halves of x along an axis, or two arrays.

{table(["function", "f", "source"], gated)}
"""


def functions_page():
    activations = swiftact.catalogue().values()
    return f"""# The activation functions

Written by `docs/tables.py` from the catalogue: do not edit. {len(activations)} functions; all at a glance in the
[gallery](gallery.md), and [which to choose](choosing.md). In each: the curve, blue, and its derivative, orange; range,
monotonicity, smoothness (how often it can be differentiated continuously) and saturation (where f′ tends to 0) with the
default parameters; upper bounds of the errors that [the proof](accuracy.md) measured. Zero-centred: f(0) = 0, and f takes
both signs.

{" · ".join(f"[{a.name}](#{a.name})" for a in activations)} · [softmax, log_softmax and the gated units](#over-rows)

{chr(10).join(map(entry, activations))}
{over_rows()}"""


def gallery_page(columns=3):
    """All pictures, each linked to its function."""
    cells = [f'<a href="functions.md#{a.name}">{picture(a, width=270)}</a>' for a in swiftact.catalogue().values()]
    cells += [""] * (-len(cells) % columns)
    rows = [cells[i : i + columns] for i in range(0, len(cells), columns)]
    return f"""# Gallery

Every function, blue, and its derivative, orange, at 200 points. Written by `make gallery`, which draws the pictures, too: do
not edit.

{table(rows[0], rows[1:])}
"""


def function_rows():
    """All functions as one picture and as a table."""
    rows = table(
        ["function", "f(x)", "f′(x)", "parameters", "also called"],
        ([f"[`{a.name}`](docs/functions.md#{a.name})", a.formula, a.deriv_formula,
          "<br>".join(f"`{p.name}`" if p.default is None else f"`{p.name}={p.default:g}`" for p in FUNCTIONS[a.name].parameters),
          "<br>".join(other_names(a))]
         for a in swiftact.catalogue().values()),
    )
    return f"""{len(swiftact.catalogue())} functions, in blue, and their derivatives, in orange:

[<img src="docs/pictures/all.png" alt="All functions and their derivatives">](docs/gallery.md)

{rows}"""


def wrong_pictures():
    """The pictures that are missing, or of no function."""
    expected = {f"{name}.png" for name in [*swiftact.catalogue(), "all", *choosing_page.PICTURES]}
    return expected ^ {path.name for path in (DOCS / "pictures").glob("*.png")}


def accuracy_figures():
    """What `make verify` found, in one paragraph."""
    with open(DOCS / "accuracy.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    whole = [r for r in rows if r["tier"] == "exact" and int(r["inputs"]) == 1 << 32]
    exact64 = [r for r in rows if (r["tier"], r["type"]) == ("exact", "f64") and r["form"] != "backward"]
    fast = [r for r in rows if r["tier"] == "fast" and r["type"] in ("f32", "f64") and r["form"] != "backward"]
    worst = max(exact64, key=lambda r: float(r["worst_ulp"]))
    names, commits = {r["function"] for r in rows}, dict.fromkeys(f"{r['date']}, commit {r['commit']}" for r in rows)
    return (
        f"{len(names & set(swiftact.catalogue()))} of the {len(swiftact.catalogue())} functions ({'; '.join(commits)}):\n\n"
        f"- {len(whole)} sweeps over all 2³² float32 inputs, values and derivatives: "
        f"**{sum(int(r['wrong']) for r in whole):,} results not correctly rounded**.\n"
        f"- float64, {sum(int(r['inputs']) for r in exact64):,} inputs: **at most {rounded_up(float(worst['worst_ulp']))} ULP** "
        f"(`{worst['function']}`, {worst['form']}).\n"
        f"- `swiftact.fast`: at most {rounded_up(max(float(r['worst_ulp']) for r in fast))} ULP, float32 and float64."
    )


def speed_figures():
    """What the newest benchmark on each kind of CPU found of what was aimed at."""
    return report.readme(json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8")))


def main():
    wanted = {
        DOCS / "functions.md": functions_page(),
        DOCS / "gallery.md": gallery_page(),
        DOCS / "choosing.md": choosing_page.page(),
    }
    readme = README.read_text(encoding="utf-8")
    for name, part in (("functions", function_rows), ("accuracy", accuracy_figures), ("speed", speed_figures)):
        begin, end = f"<!-- {name}: docs/tables.py -->\n", f"<!-- end of {name} -->"
        pattern = re.escape(begin) + ".*?" + re.escape(end)
        readme, found = re.subn(pattern, lambda _: f"{begin}{part()}\n{end}", readme, flags=re.S)
        if found != 1:
            sys.exit(f"README.md has no part marked {begin.strip()}")
    wanted[README] = readme
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is out of date: run docs/tables.py")
        for name in sorted(wrong := wrong_pictures()):
            print(f"pictures/{name} is missing, or no function's: run make gallery, or make choosing")
        return 1 if stale or wrong else 0
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

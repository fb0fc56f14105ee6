#!/usr/bin/env python3
"""Writes what these pages and README.md say of functions and figures: from the catalogue, docs/accuracy.csv and
docs/benchmarks.json.

    .venv/bin/python docs/tables.py            writes functions.md and the marked parts of README.md
    .venv/bin/python docs/tables.py --check    only says what is out of date
"""
import csv
import json
import math
import pathlib
import re
import sys

import swiftact

DOCS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "benchmarks"))
import report  # noqa: E402  # it is no package

README = DOCS.parent / "README.md"


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + " --- |" * len(head), *("| " + " | ".join(r) + " |" for r in rows)])


def number(x):
    return "∞" if x == math.inf else "−∞" if x == -math.inf else f"{x:g}".replace("-", "−")


def interval(low, high):
    return f"({number(low)}, {number(high)})" if math.isinf(low) or math.isinf(high) else f"{number(low)} … {number(high)}"


def signature(activation):
    return ", ".join([*activation.missing, *(f"{name}={value:g}" for name, value in activation.params.items())])


def yes(flag):
    return "yes" if flag else "no"


def saturates(activation):
    left, right = activation.saturates
    return {(True, True): "on both sides", (True, False): "on the left", (False, True): "on the right"}.get((left, right), "no")


def functions_page():
    activations = swiftact.catalogue().values()
    summary = table(
        ["function", "f(x)", "f′(x)", "parameters", "also called"],
        ([f"`{a.name}`", a.formula, a.deriv_formula, f"`{signature(a)}`" if signature(a) else "", ", ".join(f"`{n}`" for n in a.aliases)]
         for a in activations),
    )
    properties = table(
        ["function", "range", "monotonic", "smooth", "zero-centred", "saturates", "source"],
        ([f"`{a.name}`", interval(*a.range), yes(a.monotonic), a.smoothness, yes(a.zero_centred), saturates(a), a.source]
         for a in activations),
    )
    return f"""# The activation functions

Written by `docs/tables.py` from the catalogue: do not edit. Properties are those with the default parameters.

{summary}

{properties}
"""


def function_rows():
    return table(
        ["", "function", "f(x)", "f′(x)"],
        ([f'<img src="docs/pictures/{a.name}.png" width="220" alt="{a.name} and its derivative">',
          f"`{a.name}`" + (f"<br>`{signature(a)}`" if signature(a) else "") + "".join(f"<br>`{n}`" for n in a.aliases), a.formula, a.deriv_formula]
         for a in swiftact.catalogue().values()),
    )


def accuracy_figures():
    """What `make verify` found, in one paragraph."""
    with open(DOCS / "accuracy.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    whole = [r for r in rows if r["tier"] == "exact" and int(r["inputs"]) == 1 << 32]
    exact64 = [r for r in rows if (r["tier"], r["type"]) == ("exact", "f64") and r["form"] != "backward"]
    fast = [r for r in rows if r["tier"] == "fast" and r["type"] in ("f32", "f64") and r["form"] != "backward"]
    worst = max(exact64, key=lambda r: float(r["worst_ulp"]))
    return (
        f"- {len(whole)} sweeps over all 2³² float32 inputs, values and derivatives: "
        f"**{sum(int(r['wrong']) for r in whole):,} results not correctly rounded**.\n"
        f"- float64, {sum(int(r['inputs']) for r in exact64):,} inputs: **at most {float(worst['worst_ulp']):.2f} ULP** "
        f"(`{worst['function']}`, {worst['form']}).\n"
        f"- `swiftact.fast`: at most {max(float(r['worst_ulp']) for r in fast):.2f} ULP, float32 and float64."
    )


def speed_figures():
    """What the newest benchmark on each kind of CPU found of what was aimed at."""
    return report.readme(json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8")))


def main():
    wanted = {DOCS / "functions.md": functions_page()}
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
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

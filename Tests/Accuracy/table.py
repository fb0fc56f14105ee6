#!/usr/bin/env python3
"""Writes docs/accuracy.md from docs/accuracy.csv: table.py CSV MARKDOWN."""

import csv
import math
import sys

TYPES = {"f64": "float64", "f32": "float32", "f16": "float16", "bf16": "bfloat16"}


def rounded_up(error):
    """To two digits, but for the 2^-10 below which errors are not told from 0."""
    return f"{max(0, math.ceil(100 * error - 0.1)) / 100:.2f}"


def table(head, rows):
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def main(source, target):
    with open(source, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {(r["function"], r["parameters"], r["tier"], r["type"], r["form"]): r for r in rows}
    # float32 is tried whole for the parameters that the catalogue has, others are extras.
    functions = [
        (r["function"], r["parameters"])
        for r in rows
        if (r["tier"], r["type"], r["form"]) == ("exact", "f32", "value") and int(r["inputs"]) == 2**32
    ]

    # Softmax and the gated units have no parameters, and are never tried whole.
    composed = [
        (r["function"], r["parameters"])
        for r in rows
        if (r["tier"], r["type"], r["form"], r["parameters"]) == ("exact", "f32", "value", "") and int(r["inputs"]) < 2**32
    ]

    def wrong(function, kind, *forms):
        return f"{sum(int(found[*function, 'exact', kind, form]['wrong']) for form in forms):,}"

    def worst(function, tier, kind, *forms):
        return " / ".join(rounded_up(float(found[*function, tier, kind, form]["worst_ulp"])) for form in forms)

    def over_rows():
        yield "## Over rows, and gated units"
        yield ""
        yield f"{int(found[*composed[0], 'exact', 'f32', 'value']['inputs']):,} elements of random rows of up to 1,000, in which all"
        yield "count, few or one; and as many random triples of value, gate and dy. Of `softmax` and `log_softmax` the largest error in"
        yield "ULP of value / backward product, the latter's in ULPs of the largest of what is summed for it; of gated units, whose"
        yield "float32, float16 and bfloat16 results are correctly rounded in the exact tier, of value·f(gate) / both gradients."
        yield ""
        yield from table(
            ["function", *(f"{tier} {TYPES[kind]}" for tier, kind in shown)],
            ([f[0], *(worst(f, tier, kind, "value", "backward") for tier, kind in shown)] for f in composed),
        )
        yield ""

    shown = [("exact", kind) for kind in TYPES] + [("fast", "f64"), ("fast", "f32")]
    both, all_three = ("value", "derivative"), ("value", "derivative", "backward")
    places = sorted({(r["date"], r["cpu"], r["isa"], r["commit"]) for r in rows})
    sweeps = {(r["function"], r["parameters"], r["type"], r["form"]): float(r["seconds"]) for r in rows}
    lines = [
        "# Accuracy",
        "",
        "Measured against MPFR by `make verify`, which writes this page. One ULP is the spacing of the type's numbers",
        "at the true value. Values and derivatives: every float32, float16 and bfloat16 input was tried, and of float64",
        f"{int(found[*functions[0], 'exact', 'f64', 'value']['inputs']):,} inputs for each function and form: random bit",
        "patterns, uniform numbers, tails down to subnormal results, neighbours of zeros and of powers of two, special",
        "values. Backward products: samples of pairs (x, dy), as large as the last table says.",
        "",
        "Each row of [accuracy.csv](accuracy.csv) ends with a digest of the results that it is about: `make verify` judges again",
        "only those rows whose results are no longer the same bits, on whatever CPU (all of them with `FRESH=1`).",
        "",
        *(f"{date}, {cpu}, instruction set {isa}, commit {commit}." for date, cpu, isa, commit in places),
        f"All sweeps together: {sum(sweeps.values()) / 60:.0f} minutes.",
        "",
        "## Exact tier (the default)",
        "",
        "float32, float16, bfloat16: how many of all inputs are not correctly rounded, values and derivatives.",
        "float64: the largest error in ULP of value / derivative / backward product.",
        "",
        *table(
            ["function", "parameters", "float32 wrong of 2 · 2³²", "float16 wrong", "bfloat16 wrong", "float64 ULP"],
            (
                [f[0], f[1], *(wrong(f, kind, *both) for kind in ("f32", "f16", "bf16")), worst(f, "exact", "f64", *all_three)]
                for f in functions
            ),
        ),
        "",
        "## Fast tier",
        "",
        "The largest error in ULP of value / derivative / backward product; float16 and bfloat16 are as in the exact tier.",
        "",
        *table(
            ["function", "parameters", "float32 ULP", "float64 ULP"],
            ([f[0], f[1], worst(f, "fast", "f32", *all_three), worst(f, "fast", "f64", *all_three)] for f in functions),
        ),
        "",
        *(over_rows() if composed else []),
        "## All rows",
        "",
        "Bound: 0.5 where the promise is correct rounding, else what the catalogue claims, else 1 (exact) or 4 (fast).",
        "The two tiers of a form were checked in one sweep; the seconds are the sweep's.",
        "",
        *table(
            ["function", "parameters", "tier", "type", "form", "inputs", "wrong", "worst ULP", "bound", "at", "seconds"],
            (
                [
                    *(r[key] for key in ("function", "parameters", "tier")),
                    TYPES[r["type"]],
                    r["form"],
                    f"{int(r['inputs']):,}",
                    f"{int(r['wrong']):,}",
                    r["worst_ulp"],
                    r["bound_ulp"],
                    ", dy = ".join(filter(None, (r["worst_x"], r["worst_dy"]))),
                    r["seconds"],
                ]
                for r in rows
            ),
        ),
    ]
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Writes the measured figures as tables."""
from comparisons import LIMITED, TINY

QUIET = 0.05  # the share of the CPUs in use by others below which a machine is fit to measure on


def document(runs):
    """docs/benchmarks.md: the newest run on each kind of CPU."""
    parts = ["""# Benchmarks

Written by `make bench`, which measures on the machine it is run on and replaces the part of that kind of CPU. One core,
one thread for everyone, inputs from a normal distribution with standard deviation 3, `out=` given where the API has
it; the statements timed are in [comparisons.py](../benchmarks/comparisons.py). All statements of a row alternate, round
by round, in one process. A round's figure is the shortest of its repetitions; the table has the medians of the rounds,
**ratio** is the peer's divided by ours, and the range is that of the rounds' ratios. Time is in nanoseconds an
element where nothing else is said.
"""]
    parts += [run_section(kind, run) for kind, run in sorted(runs.items())]
    return "\n".join(parts)


def run_section(kind, run):
    machine = run["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
    lines = [
        f"## A CPU with {kind}\n",
        f"{machine['cpu']}, {machine['cpus']} CPUs, {run['l2_bytes'] >> 10} KB of L2 cache each; {machine['system']};"
        f" {machine['date']}; commit {machine['commit']}; instruction set in use: {run['isa']}; {versions}.",
    ]
    if run["busy"] > QUIET:
        lines.append(f"\n**The machine was busy** ({run['busy']:.0%} at the start): do not trust the figures.")
    if run["compared"]:
        lines += ["", *compared(run["compared"], kind)]
    if (limited := run.get("limited")) and limited["compared"]:
        lines += [
            "\n### The same CPU, everyone limited to AVX2\n",
            "By " + ", ".join(f"`{key}={value}`" for key, value in run["settings"].items())
            + ". ONNX Runtime has no such switch and is left out."
            + " A target of 0.9 means: level, or at most a tenth behind.\n",
            *compared(limited["compared"], LIMITED),
        ]
    if run.get("scaling"):
        lines += ["\n### Two threads against one, 16 million elements\n", *scaling(run["scaling"])]
    if run.get("information"):
        lines += ["\n### Every function\n",
                  "`Activation(name, accuracy=…)` and its `deriv` and `backward`, and what JAX compiles where it has the"
                  " function; arrays in L2. float16 is the same in both accuracies.\n", *information(run["information"])]
    return "\n".join(lines) + "\n"


def table(header, rows):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "|".join(" --- " if i < 2 else " ---: " for i in range(len(header))) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def count(n):
    return f"{n:,}" if n < 1 << 24 else "16 million"


def compared(comparisons, kind):
    rows = []
    for c in comparisons:
        targets = {tuple(t["peers"]): t for t in c["targets"]}
        unit = " (a call)" if c["size"] == TINY else ""
        first = [f"{c['title']}", f"{c['dtype']}, {count(c['elements'])}", number(c["ns"]) + unit]
        for name, peer in c["peers"].items():
            least = targets.pop((name,), {"least": {}})["least"].get(kind)
            rows.append([*first, name, number(peer["ns"]), *judged(peer["ratio"], peer["least"], peer["most"], least)])
        for names, t in targets.items():
            best = f"the best: {t['best']}"
            rows.append([*first, best, number(t["ns"]),
                         *judged(t["measured_ratio"], t["measured_least"], t["measured_most"], t["least"].get(kind))])
    return table(["swiftact", "type, elements", "ns", "against", "ns", "ratio", "range", "target", "met"], rows)


def judged(ratio, low, high, target):
    met = "" if target is None else "yes" if ratio >= target else "**no**"
    return [f"{ratio:.2f}", f"{low:.2f}–{high:.2f}", "" if target is None else f"{target:g}", met]


def met(run, kind):
    """How many targets there are for the kind of CPU, and which are missed."""
    results = [(c, t) for c in run["compared"] for t in c["targets"] if t["least"].get(kind) is not None]
    missed = [f"{c['title']} {c['dtype']}, {count(c['elements'])}, against {t['best']}: "
              f"{t['measured_ratio']:.2f} instead of {t['least'][kind]:g}"
              for c, t in results if t["measured_ratio"] < t["least"][kind]]
    return len(results), missed


def scaling(results):
    rows = [[r["title"], r["dtype"], number(r["ns"]["1"]), number(r["ns"]["2"]), f"{r['ratio']:.2f}",
             f"{r['least']:.2f}–{r['most']:.2f}"] for r in results]
    return table(["function", "type", "one thread", "two threads", "ratio", "range"], rows)


def information(results):
    """A row for each function and form, a column for each type and accuracy or peer."""
    columns = list(dict.fromkeys((r["dtype"], r["with"]) for r in results))
    columns.sort(key=lambda column: [r["dtype"] for r in results].index(column[0]))
    cells = {(r["function"], r["form"], r["dtype"], r["with"]): r["ns"] for r in results}
    rows = [[function, form, *(number(cells.get((function, form, *column))) for column in columns)]
            for function, form in dict.fromkeys((r["function"], r["form"]) for r in results)]
    names = [dtype if dtype == "float16" else f"{dtype} {how}" for dtype, how in columns]
    return table(["function", "form", *names], rows)


def number(ns):
    """Three significant digits."""
    return "" if ns is None else f"{ns:.0f}" if ns >= 100 else f"{ns:#.3g}"

"""Writes the measured figures as tables."""
import statistics

from comparisons import (
    AIMS, AS_RIGHT, BEST, DERIVATIVE, EXACT, FAST, FLOATS, IN_L2, LARGE, LIMITED, OWN_FAST, PEERS, ROOM, TALL, TINY,
    TRAINING_TWO_THREADS, TWO_THREADS, VALUE, WIDE,
)

QUIET = 0.05  # the share of the CPUs in use by others below which a machine is fit to measure on


def readable(runs):
    """The runs that this version of the benchmark has written."""
    return {kind: run for kind, run in runs.items() if "rows" in run["compared"]}


def document(runs):
    """docs/benchmarks.md: the newest run on each kind of CPU."""
    parts = ["""# Benchmarks

Written by `make bench`, which measures on the machine it is run on and replaces the part of that kind of CPU. One core,
one thread for everyone, inputs from a normal distribution with standard deviation 3 that together with the outputs fill
three quarters of L2, `out=` given where the API has it. What is timed is in
[comparisons.py](../benchmarks/comparisons.py); of several ways to the same thing, a peer's fastest counts. All
statements of a row alternate, round by round, in one process. A round's figure is the shortest of its repetitions; the
tables have the medians of the rounds, in nanoseconds an element where nothing else is said.

**exact** is `swiftact.NAME`, **fast** `swiftact.fast.NAME`. **best ÷ exact** is how many times as long as the exact
function the fastest peer takes, **right ÷ exact** the fastest of the peers that were within 1 ULP in the same run (✓).
NumPy's figure is *slanted* where it has to compose the function. A ratio is **bold** where it is below what is aimed at.
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
    lines += compared(run["compared"])
    lines += errors(run["compared"]["rows"])
    lines += training(f"{kind}: training and dense layers", run.get("training"))
    if "limited" in run:
        lines += [
            "\n## The same CPU, everyone limited to AVX2\n",
            "By " + ", ".join(f"`{key}={value}`" for key, value in run["settings"].items())
            + ". ONNX Runtime has no such switch and is left out."
            + " An aim of 0.9 means: level, or at most a tenth behind.",
            *compared(run["limited"]["compared"]),
            *training("Limited to AVX2: training and dense layers", run["limited"].get("training")),
        ]
    if run.get("scaling"):
        lines += [
            f"\n### {kind}: two threads against one, 16 million float32 elements\n",
            f"The aim is {TWO_THREADS}, where memory leaves room for it: where two threads at that ratio would still take"
            f" {ROOM} times as long as two threads' copying.\n", *scaling(run["scaling"]),
        ]
    if run.get("training_scaling"):
        lines += [f"\n### {kind}: training with two threads against one\n", *training_scaling(run["training_scaling"])]
    if run.get("information"):
        lines += [f"\n### {kind}: the other types and forms\n",
                  "No peer has them but PyTorch its backward functions. float16 is the same in both accuracies.\n",
                  *information(run["information"])]
    return "\n".join(lines) + "\n"


def table(header, rows, left=1):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "|".join(" --- " if i < left else " ---: " for i in range(len(header))) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"


# ------------------------------------------------------------------------------------------------------- comparisons

def compared(measured):
    """What was aimed at, what is below it, and all figures."""
    rows = measured["rows"]
    if aims := list(summary(rows)):
        yield "\n### What was aimed at\n"
        yield from aims
        yield "\n### Rows below\n"
        below_aim, below_one = below(rows)
        yield from table(["row", "", "against", "ratio", "range", "aim"], below_aim + below_one, 3)
        if not below_aim:
            yield "\nNo row is below what was aimed at."
    for dtype in FLOATS:
        for form in (VALUE, DERIVATIVE):
            yield from figures(f"{dtype}, {form}s", [
                r for r in rows if (r["dtype"], r["form"], r["size"]) == (dtype, form, IN_L2)])
    yield from figures("Over rows, float32", [r for r in rows if r["size"] in (WIDE, TALL)])
    yield from sizes([r for r in rows if r["size"] in (LARGE, TINY)])
    if measured["left_out"]:
        yield "\nLeft out, as they fail or compute something else:\n"
        yield from (f"- {line}" for line in measured["left_out"])
    if measured["absent"]:
        yield f"\nNot measured, as this swiftact has them not: {', '.join(measured['absent'])}."


def all_aims(rows):
    return [(row, aim) for row in rows for aim in row["aims"]]


def missed(aim):
    return aim["ratio"] < aim["aim"]


def against(aim):
    return f"{aim['against']}: {aim['best']}" if aim["against"] in (BEST, AS_RIGHT) else aim["against"]


def summary(rows):
    """A line for each aim: of how many rows how many met it."""
    groups = {}
    for row, aim in all_aims(rows):
        groups.setdefault((aim["ours"], aim["against"], aim["of"], aim["aim"]), []).append((row, aim))
    order = [(aim.ours, aim.against, ", ".join(aim.names)) for aim in AIMS]
    lines = []
    for (tier, opponent, of, least), found in sorted(groups.items(), key=lambda pair: order.index(pair[0][:3])):
        dtypes = {row["dtype"] for row, _ in found}
        worst_row, worst = min(found, key=lambda pair: pair[1]["ratio"])
        lines.append([
            f"{tier} {dtypes.pop()}" if len(dtypes) == 1 else tier, of or "all", opponent, f"{least:g}",
            f"{sum(not missed(aim) for _, aim in found)} of {len(found)}",
            f"{statistics.median(aim['ratio'] for _, aim in found):.2f}",
            f"{worst['ratio']:.2f}" + (f" {worst_row['name']} {worst_row['dtype']}" if len(found) > 1 else ""),
        ])
    if lines:
        yield from table(["", "functions", "against", "aim", "met", "median", "least"], lines, 3)


def below(rows):
    """The rows below an aim, and those that an aim of less than 1 allows to be below 1."""
    def line(row, aim):
        return [f"`{row['name']}`", f"{aim['ours']}, {row['dtype']}", against(aim), f"{aim['ratio']:.2f}",
                f"{aim['least']:.2f}–{aim['most']:.2f}", f"**{aim['aim']:g}**" if missed(aim) else f"{aim['aim']:g}"]

    found = all_aims(rows)
    return ([line(row, aim) for row, aim in found if missed(aim)],
            [line(row, aim) for row, aim in found if not missed(aim) and aim["ratio"] < 1 and aim["against"] != OWN_FAST])


def figures(title, rows):
    """A line for each row: our and the peers' nanoseconds and the ratios."""
    if not rows:
        return
    yield f"\n### {title}\n"
    peers = [peer for peer in PEERS if any(peer in r["figures"] for r in rows)]
    header = ["function", "exact", "fast", *peers, "best ÷ exact", "right ÷ exact", "best ÷ fast", "exact ÷ fast"]
    yield from table(header, ([f"`{r['name']}`", ns(r, EXACT), ns(r, FAST), *(ns(r, peer) for peer in peers),
                               *ratios(r)] for r in rows))


def ns(row, name):
    if name not in row["figures"]:
        return ""
    figure = row["figures"][name]
    text = number(figure["ns"])
    if name == "NumPy" and row["composed"]:
        text = f"*{text}*"
    return text + " ✓" * (name in PEERS and figure.get("ulp", 2) <= 1)


def ratios(row):
    """Best ÷ exact, the best as right ÷ exact, best ÷ fast, exact ÷ fast."""
    there = {name: row["figures"][name] for name in PEERS if name in row["figures"]}
    right = [figure["ns"] for figure in there.values() if figure.get("ulp", 2) <= 1]
    best = min((figure["ns"] for figure in there.values()), default=None)
    exact, fast = row["figures"][EXACT]["ns"], row["figures"].get(FAST, {}).get("ns")
    for peer, our, tier, opponent in ((best, exact, EXACT, BEST), (min(right, default=None), exact, EXACT, AS_RIGHT),
                                      (best, fast, FAST, BEST), (exact, fast, EXACT, OWN_FAST)):
        if peer is None or our is None:
            yield ""
        else:
            bold = any(missed(a) for a in row["aims"] if (a["ours"], a["against"]) == (tier, opponent))
            yield f"**{peer / our:.2f}**" if bold else f"{peer / our:.2f}"


def sizes(rows):
    """Large arrays and tiny ones."""
    if not rows:
        return
    yield "\n### Large arrays, and calls with 10 elements\n"
    lines = []
    for r in rows:
        [other] = r["figures"].keys() - {EXACT, FAST}
        theirs = r["figures"][other]["ns"]
        lines.append([f"`{r['name']}`", f"{r['dtype']}" + (", ns a call" if r["size"] == TINY else ""), other,
                      *(number(r["figures"][name]["ns"]) for name in (EXACT, FAST, other)),
                      *(f"{theirs / r['figures'][name]['ns']:.2f}" for name in (EXACT, FAST))])
    yield from table(["", "type", "against", "exact", "fast", "theirs", "÷ exact", "÷ fast"], lines, 3)


def errors(rows):
    """How far off everyone is."""
    rows = [r for r in rows if "ulp" in r["figures"][EXACT]]
    if not rows:
        return
    yield "\n### How far off\n"
    yield ("The largest errors in units of the last place on inputs of which half are spread over the exponents down to"
           " 2⁻²⁰ and half are even between −20 and 20, tails included, subnormal results excluded. float32 is judged by"
           " our exact float64 functions; float64 by their results, from which whoever is within 1 ULP differs by at"
           " most one step. From about 10⁶ on, no digit is right.\n")
    names = dict.fromkeys(r["name"] for r in rows)
    columns = [(dtype, name) for dtype in FLOATS for name in (FAST, *PEERS)]
    columns = [(dtype, name) for dtype, name in columns if any(name in r["figures"] for r in rows if r["dtype"] == dtype)]
    cells = {(r["name"], r["dtype"], name): ulp(figure.get("ulp")) for r in rows for name, figure in r["figures"].items()}
    yield from table(["function", *(f"{dtype} {name}" for dtype, name in columns)],
                     ([f"`{name}`", *(cells.get((name, *column), "") for column in columns)] for name in names))


def ulp(worst):
    return "" if worst is None else "∞" if worst >= 1e300 else f"{worst:.0e}".replace("e+0", "e") if worst >= 1e4 \
        else f"{worst:.0f}" if worst >= 100 else f"{worst:g}"


# ----------------------------------------------------------------------------------------- training and dense layers

def training(title, jobs):
    """What everyone reaches, and the ratios that are aimed at."""
    if not jobs:
        return
    yield f"\n### {title}\n"
    yield ("The functions are the exact ones, or `Activation(…, accuracy=\"fast\")`. Against NumPy, a single sample's"
           " layer stands beside the product `x @ w` alone, which has the same weights to read.\n")
    names = [EXACT, FAST, *dict.fromkeys(name for job in jobs for name in job["seconds"] if name not in (EXACT, FAST))]
    lines = [[job["name"], job["unit"], *(reached(job, name) for name in names), ", ".join(map(stands, job["aims"]))]
             for job in jobs]
    yield from table(["", "in", *names, "others' time ÷ exact (aim)"], lines, 2)


def reached(job, name):
    if name not in job["seconds"]:
        return ""
    seconds = job["seconds"][name]
    return number(seconds / job["amount"] if job["unit"] == "µs" else job["amount"] / seconds)


def stands(aim):
    text = f"{aim['ratio']:.2f}"
    return f"{aim['against']} {f'**{text}**' if missed(aim) else text} ({aim['aim']:g})"


def training_scaling(results):
    rows = [[r["function"], r["tier"], f"**{r['ratio']:.2f}**" if r["ratio"] < TRAINING_TWO_THREADS else f"{r['ratio']:.2f}",
             f"{r['least']:.2f}–{r['most']:.2f}"] for r in results]
    return table(["", "", "ratio", "range"], rows, 2)


# --------------------------------------------------------------------------------------------------------- the others

def room(result, copying):
    """Whether memory leaves room for the aim."""
    return result["ns"]["1"] / TWO_THREADS >= ROOM * copying["ns"]["2"]


def scaling(results):
    copying, *others = results
    rows = []
    for r in results:
        free = r is not copying and room(r, copying)
        short = free and r["ratio"] < TWO_THREADS
        rows.append([r["function"] if r is copying else f"`{r['function']}`", r["tier"], number(r["ns"]["1"]),
                     number(r["ns"]["2"]), f"**{r['ratio']:.2f}**" if short else f"{r['ratio']:.2f}",
                     f"{r['least']:.2f}–{r['most']:.2f}",
                     "" if r is copying else "memory" if not free else "**below**" if short else "met"])
    return table(["function", "", "one thread", "two threads", "ratio", "range", f"aim {TWO_THREADS}"], rows, 2)


def scaling_below(results):
    copying, *others = results
    return [f"`{r['function']}` {r['tier']} {r['ratio']:.2f}" for r in others
            if room(r, copying) and r["ratio"] < TWO_THREADS]


def information(results):
    """A line for each function, a column for each type, accuracy and form."""
    columns = list(dict.fromkeys((r["dtype"], r["tier"], r["form"]) for r in results))
    cells = {(r["function"], r["dtype"], r["tier"], r["form"]): r["ns"] for r in results}
    rows = [[f"`{function}`", *(number(cells.get((function, *column))) for column in columns)]
            for function in dict.fromkeys(r["function"] for r in results)]
    names = [" ".join([dtype, form] if dtype == "float16" else [dtype, tier, form]) for dtype, tier, form in columns]
    return table(["function", *names], rows)


def number(ns):
    """Three significant digits."""
    return "" if ns is None else f"{ns:.0f}" if ns >= 100 else f"{ns:#.3g}"


# --------------------------------------------------------------------------------------------------------- the README

def readme(runs):
    """What README.md says of speed: the aims, and by name every row that is below its aim or below 1."""
    parts = []
    for kind, run in sorted(readable(runs).items()):
        for column, measured in ((kind, run["compared"]), (LIMITED, run.get("limited", {}).get("compared"))):
            if measured and all_aims(measured["rows"]):
                heading = f"{column}: {run['machine']['cpu']}, {run['machine']['date']}, commit {run['machine']['commit']}:"
                parts += [heading, "\n".join(summary(measured["rows"])), *named(measured["rows"])]
        for column, jobs in ((kind, run.get("training")), (LIMITED, run.get("limited", {}).get("training"))):
            if jobs:
                parts.append(f"{column}, training and dense layers, others' time ÷ ours (aim):\n" + "\n".join(
                    f"- {job['name']}: {', '.join(map(stands, job['aims']))}." for job in jobs))
        if slow := scaling_below(run["scaling"]) if run.get("scaling") else []:
            parts.append(f"Two threads less than {TWO_THREADS} times as fast as one: {', '.join(slow)}.")
    return "\n\n".join(parts) or "Not measured yet: `make bench`."


def named(rows):
    """The rows below, in a paragraph for each opponent."""
    below_aim, below_one = {}, {}
    for row, aim in all_aims(rows):
        into = below_aim if missed(aim) else below_one if aim["ratio"] < 1 and aim["against"] != OWN_FAST else None
        if into is not None:
            peer = f" ({aim['best']})" if aim["against"] in (BEST, AS_RIGHT) else ""
            into.setdefault((aim["ours"], aim["against"], aim["aim"]), []).append(
                f"`{row['name']}` {row['dtype']} {aim['ratio']:.2f}{peer}")
    for said, found in (("Below what was aimed at", below_aim), ("Below 1, as allowed", below_one)):
        if found:
            yield f"{said}:\n" + "\n".join(f"- {tier} against {opponent}, aim {least:g}: {', '.join(names)}."
                                           for (tier, opponent, least), names in found.items())

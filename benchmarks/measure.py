"""Measures in a process of its own, run by bench.py in the benchmark's environment; the figures go to a JSON file."""
import argparse
import functools
import inspect
import json
import re
import statistics
import sys
import timeit
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import jax
import numpy as np
import swiftact
from scipy import special

import comparisons
import peers
from comparisons import (
    AS_RIGHT, BEST, COPY, COPYING, DERIVATIVE, EXACT, FAST, FORMULA, IN_L2, JAX, LARGE, NUMPY, ONNX, OWN_FAST, PEERS,
    SCIPY, TALL, TINY, TORCH, WIDE,
)

PACKAGES = ["swiftact", "numpy", "torch", "onnxruntime", "jax", "scipy", "scikit-learn"]
PARTS = ["compared", "scaling", "information", "training", "training_scaling"]
MODULES = {EXACT: swiftact, FAST: swiftact.fast}


@dataclass(frozen=True)
class Effort:
    """A statement is called for `seconds`, `repeats` times, of which the shortest counts; that makes one round."""

    rounds: int
    repeats: int
    seconds: float


FULL, QUICK, INFORMATION, THREADS = Effort(15, 3, 1e-3), Effort(2, 1, 2e-4), Effort(3, 3, 1e-3), Effort(5, 2, 1e-3)
TRAINING = Effort(9, 2, 1e-2)
TRIAL = Effort(1, 3, 5e-4)


def nanoseconds(statements, namespace, elements, effort, prepare=lambda name: None):
    """For each statement a list of the nanoseconds that an element takes, one figure a round.

    The rounds of all statements alternate, so that what slows the machine for a while slows all of them.
    """
    timers, calls = {}, {}
    for name, statement in statements.items():
        prepare(name)
        timers[name] = timeit.Timer(statement, globals=namespace)
        timers[name].timeit(2)
        calls[name] = 1
        while (took := timers[name].timeit(calls[name])) < effort.seconds:
            calls[name] = max(2 * calls[name], int(calls[name] * effort.seconds / max(took, 1e-9)))
    result = {name: [] for name in statements}
    for _ in range(effort.rounds):
        for name, timer in timers.items():
            prepare(name)
            shortest = min(timer.repeat(effort.repeats, calls[name]))
            result[name].append(round(shortest / calls[name] / elements * 1e9, 5))
    return result


def ratio(peer, ours):
    """How many times as long the peer takes: the ratio of the medians, and the range of the rounds' ratios."""
    rounds = [a / b for a, b in zip(peer, ours)]
    return {"ratio": round(statistics.median(peer) / statistics.median(ours), 3),
            "least": round(min(rounds), 3), "most": round(max(rounds), 3)}


# ------------------------------------------------------------------------------------------------------- the inputs

def l2_bytes():
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        if (index / "level").read_text().strip() == "2":
            size = re.fullmatch(r"(\d+)([KM])", (index / "size").read_text().strip())
            return int(size[1]) << {"K": 10, "M": 20}[size[2]]
    return 512 << 10


def shape(size, dtype):
    return {
        IN_L2: (l2_bytes() * 3 // 8 // np.dtype(dtype).itemsize,), LARGE: (1 << 24,), TINY: (10,),
        WIDE: (64, 1000), TALL: (8192, 128),
    }[size]


def normal(dtype, size):
    """From a normal distribution with a standard deviation of 3."""
    return (3 * np.random.default_rng(0).standard_normal(shape(size, dtype))).astype(dtype)


def spread(dtype, size):
    """Inputs to find errors with: half of them spread over the exponents, of both signs, half even.

    Rows have logits of widely differing sizes.
    """
    random, where = np.random.default_rng(1), shape(size, dtype)
    if len(where) > 1:
        return (2 ** random.uniform(-4, 3, (where[0], 1)) * random.standard_normal(where)).astype(dtype)
    widest = 7 if dtype == "float32" else 10  # beyond, all functions overflow, vanish or are at their limits
    x = random.choice([-1, 1], where) * 2 ** random.uniform(-20, widest, where)
    x[::2] = random.uniform(-20, 20, x[::2].shape)
    return x.astype(dtype)


# -------------------------------------------------------------------------------------------------------- the peers

def namespace(dtype, size):
    """What the statements of comparisons.py see."""
    x, torch = normal(dtype, size), peers.import_torch()
    names = {"np": np, "special": special, "torch": torch, "aten": torch.ops.aten,
             "act": swiftact, "fast": swiftact.fast, "x": x, "dy": np.ones_like(x), "y": np.zeros_like(x), "z": np.zeros_like(x)}
    names.update({"t" + name: torch.from_numpy(names[name]) for name in ("x", "dy", "y", "z")})
    names["jx"] = jax.numpy.array(x)
    exec(comparisons.FORMULAS, names)
    return names


def statements(row, names):
    """All that a row compares, by the name of the peer or of our tier; several where there are several ways."""
    several = lambda one_or_more: (one_or_more,) if isinstance(one_or_more, str) else one_or_more
    result = {EXACT: (row.ours.format(act="act"),), FAST: (row.ours.format(act="fast"),)}
    result |= {NUMPY: several(row.numpy or row.formula), SCIPY: several(row.scipy), TORCH: several(row.torch)}
    if row.jax:
        compiled = peers.jax_functions(row.jax, row.form == DERIVATIVE)
        names.update(compiled)
        result[JAX] = tuple(f"{function}(jx).block_until_ready()" for function in compiled)
    if row.onnx:
        result[ONNX] = ("onnx_run()",)
        try:
            names["onnx_run"] = peers.onnx_model(*row.onnx, names["x"], names["y"])
        except Exception as error:
            names["onnx_run"] = functools.partial(complain, error)
    if row.copy:
        result[COPY] = (COPYING,)
    return {name: ways for name, ways in result.items() if ways}


def complain(error):
    raise error


def compute(statement, names, inputs=None):
    """The statement's result, on other inputs of the same shape if given."""
    x = names["x"]
    mine = x.copy()
    if inputs is not None:
        x[...] = inputs
        names["jx"] = jax.numpy.array(x)
    names["y"].fill(np.nan)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the peers' overflow
            return peers.as_array(eval(statement, names), names["y"])
    finally:
        if inputs is not None:
            x[...] = mine
            names["jx"] = jax.numpy.array(x)


def working(name, ways, names, expected):
    """Those of the statements that run and compute what swiftact does, roughly; the others with the reason."""
    good, bad = [], {}
    for statement in ways:
        try:
            result = compute(statement, names)
        except Exception as error:
            bad[statement] = f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}"[:200]
            continue
        same = expected is None or name == COPY or (
            result.shape == expected.shape and result.dtype == expected.dtype
            and np.allclose(result, expected, rtol=1e-4, atol=1e-5))
        if same:
            good.append(statement)
        else:
            bad[statement] = "does not compute what swiftact does"
    return good, bad


def fastest(ways, names, elements):
    if len(ways) == 1:
        return ways[0]
    times = nanoseconds(dict(enumerate(ways)), names, elements, TRIAL)
    return ways[min(times, key=lambda i: times[i])]


# ------------------------------------------------------------------------------------------------------ their errors

def truth(row, statement, names, inputs):
    """The exact results: float32 from the exact float64 function, float64 from itself."""
    if row.reference:
        return np.asarray(eval(row.reference, {**names, "x": inputs}))
    return np.asarray(eval(statement, {**names, "x": inputs.astype("float64"), "y": np.empty(inputs.shape)}))


def worst_ulp(result, true):
    """The largest error in units of the last place of the true value.

    Where that is subnormal nothing is asked, and subnormal results pass for 0. The true float64 values are our exact
    ones, at most 1 ULP off: whoever is within 1 ULP differs from them by at most one step.
    """
    kind = np.finfo(result.dtype)
    with np.errstate(all="ignore"):
        rounded = true.astype(result.dtype)
        asked = (np.abs(rounded) >= kind.tiny) | (true == 0)
        same = (result == rounded) & ~np.isfinite(rounded) | (rounded == 0) & (np.abs(result) < kind.tiny)
        errors = np.abs(result.astype(true.dtype) - true) / np.spacing(np.abs(rounded))
    errors[same] = 0
    errors[~np.isfinite(errors)] = np.inf
    worst = float(errors[asked].max(initial=0))
    return round(worst, 2) if worst < 1e6 else 1e300 if worst == np.inf else float(f"{worst:.0e}")


# ------------------------------------------------------------------------------------------------- what is measured

def compared(only, effort, kind, without=()):
    """The comparisons: what each statement takes and how far off it is, but for those of the peers left out."""
    rows = [(row, dtype) for row in comparisons.ROWS for dtype in row.dtypes if only.search(f"{row.name} {dtype}")]
    absent = sorted({row.function for row, _ in rows if not hasattr(swiftact, row.function)})
    for function in absent:
        progress(f"skipped: this swiftact has no {function}")
    for function in swiftact.catalogue().keys() - {row.function for row in comparisons.ROWS}:
        progress(f"comparisons.py has no row for {function}")
    spaces, result, left_out = {}, [], []
    for row, dtype in rows:
        if row.function not in absent:
            if (row.size, dtype) not in spaces:
                spaces[row.size, dtype] = namespace(dtype, row.size)
            measured, without_these = one_row(row, dtype, spaces[row.size, dtype], effort, kind, without)
            result += measured
            left_out += without_these
    return {"rows": result, "left_out": left_out, "absent": absent}


def one_row(row, dtype, names, effort, kind, without):
    """The row's figures, and the statements that had to be left out. Without ours there are none."""
    chosen, several, left_out, expected = {}, set(), [], None
    elements = 1 if row.size == TINY else names["x"].size
    for name, ways in statements(row, names).items():
        if name in without:
            continue
        good, bad = working(name, ways, names, expected)
        for statement, reason in bad.items():
            if name == ONNX and re.match("NotImplemented|InvalidGraph", reason):
                continue  # it has some operators for float32 only
            left_out.append(f"{row.name} {dtype}, {name}: `{statement}`: {reason}")
            progress("left out: " + left_out[-1])
        if name == EXACT:
            if not good:
                return [], left_out
            expected = compute(good[0], names)
        if len(good) > 1:
            several.add(name)
        if good:
            chosen[name] = fastest(good, names, elements)

    times = nanoseconds(chosen, names, elements, effort)
    figures = {name: {"ns": round(statistics.median(t), 5)} for name, t in times.items()}
    if row.size not in (TINY, LARGE):
        inputs = spread(dtype, row.size)
        true = truth(row, chosen[EXACT], names, inputs)
        for name in figures.keys() - {COPY}:
            figures[name]["ulp"] = worst_ulp(compute(chosen[name], names, inputs), true)
    progress(f"{row.name}, {dtype}")
    meant = [aim for aim in comparisons.AIMS if aim.meant(row, dtype) and aim.least.get(kind) is not None]
    aims = [aim_result(aim, aim.least[kind], row, times, figures) for aim in meant
            # What is asked of single functions counts where it is more than what is asked of all.
            if not aim.names or all(other.names or (other.ours, other.against) != (aim.ours, aim.against)
                                    or other.least[kind] < aim.least[kind] for other in meant)]
    return [{
        "name": row.name, "form": row.form, "dtype": dtype, "size": row.size, "elements": names["x"].size,
        "composed": bool(row.formula), "chosen": {name: chosen[name] for name in PEERS if name in several},
        "figures": figures, "aims": [aim for aim in aims if aim],
    }], left_out


def aim_result(aim, least, row, times, figures):
    """How the row stands; nothing where there is nobody to compare with."""
    there = [name for name in PEERS if name in times]
    candidates = {
        BEST: there,
        AS_RIGHT: [name for name in there if figures[name].get("ulp", np.inf) <= 1],
        FORMULA: [NUMPY] if row.formula and NUMPY in times else [],
        OWN_FAST: [FAST] if FAST in times else [],
    }.get(aim.against, [aim.against] if aim.against in times else [])
    if not candidates or aim.ours not in times:
        return None
    best = min(candidates, key=lambda name: figures[name]["ns"])
    return {"ours": aim.ours, "against": aim.against, "of": ", ".join(aim.names), "best": best,
            "aim": least, **ratio(times[best], times[aim.ours])}


def scaling(only, effort):
    """Two threads against one over large arrays, swiftact's and a copy's. swiftact.threads() is set for each round."""
    x = normal("float32", LARGE)
    y = np.zeros_like(x)
    half = x.size // 2
    pool = ThreadPoolExecutor(2)
    list(pool.map(abs, (1, 2)))  # the threads are there
    names = {"np": np, "x": x, "y": y, "pool": pool, "halves": ((y[:half], x[:half]), (y[half:], x[half:]))}
    ways = {"1": COPYING, "2": "list(pool.map(lambda half: np.copyto(*half), halves))"}
    copying = nanoseconds(ways, names, x.size, effort)
    result = [scaled("a copy", "", copying)]
    for function in swiftact.catalogue():
        for tier in MODULES:
            if not only.search(f"{function} float32"):
                continue
            names["f"] = activation(function, tier)
            times = nanoseconds(dict.fromkeys("12", "f(x, out=y)"), names, x.size, effort,
                                prepare=lambda threads: swiftact.threads(int(threads)))
            result.append(scaled(function, tier, times))
        progress(f"{function}, two threads")
    return result


def scaled(function, tier, times):
    return {"function": function, "tier": tier, "ns": {threads: statistics.median(t) for threads, t in times.items()},
            **ratio(times["1"], times["2"])}


FORMS = {"value": "f(x, out=y)", "derivative": "f.deriv(x, out=y)", "backward": "f.backward(x, dy, out=y)"}
# What the comparisons leave out.
MORE = [("float16", EXACT, form) for form in FORMS] + [
    (dtype, tier, "backward") for dtype in comparisons.FLOATS for tier in MODULES]


def activation(name, accuracy):
    """With its default parameters, and one half for a parameter that has no default."""
    public = getattr(swiftact, name)
    parameters = {} if isinstance(public, np.ufunc) else inspect.signature(public).parameters
    missing = {p.name: 0.5 for p in parameters.values() if p.default is p.empty and p.name != "x"}
    return swiftact.Activation(name, accuracy=accuracy, **missing)


def training(only, effort, kind):
    """The jobs of training.py: what each way takes, in seconds, and how the aims stand."""
    import training

    result = []
    for job in training.JOBS:
        if not only.search(job.name):
            continue
        ways = {name: [job.ours(name)] for name in MODULES}
        ways |= {name: [make() for make in makers] for name, makers in job.peers.items()}
        chosen = {name: several[fastest_of(several)] for name, several in ways.items()}
        times = nanoseconds(chosen, {}, 1, effort)
        seconds = {name: statistics.median(t) * 1e-9 for name, t in times.items()}
        aims = [{"ours": EXACT, "against": peer, "aim": least[kind], **ratio(times[peer], times[EXACT])}
                for peer, least in job.aims.items() if least.get(kind) is not None]
        result.append({"name": job.name, "unit": job.unit, "amount": job.amount, "seconds": seconds, "aims": aims})
        progress(job.name)
    return result


def fastest_of(calls):
    """Which of them."""
    if len(calls) == 1:
        return 0
    times = nanoseconds(dict(enumerate(calls)), {}, 1, TRIAL)
    return min(times, key=lambda i: times[i])


def training_scaling(only, effort):
    """The wide network trained with two threads against one."""
    import training

    result = []
    for tier in MODULES:
        if only.search("two threads"):
            times = nanoseconds(dict.fromkeys("12", training.WIDE.ours(tier)), {}, 1, effort,
                                prepare=lambda threads: swiftact.threads(int(threads)))
            result.append(scaled("784-512-256-10, relu, batch 128", tier, times))
    progress("training with two threads")
    return result


def information(only, effort):
    """Every function of the catalogue in the types and forms that no peer has."""
    arrays = {}
    for dtype in {dtype for dtype, _, _ in MORE}:
        x = normal(dtype, IN_L2)
        arrays[dtype] = {"x": x, "dy": x[::-1].copy(), "y": np.zeros_like(x)}
    result = []
    for function in swiftact.catalogue():
        for dtype, tier, form in MORE:
            if only.search(f"{function} {dtype}"):
                names = {**arrays[dtype], "f": activation(function, tier)}
                [times] = nanoseconds({form: FORMS[form]}, names, names["x"].size, effort).values()
                result.append({"function": function, "dtype": dtype, "tier": tier, "form": form,
                               "ns": statistics.median(times)})
        progress(f"{function}, its other forms")
    return result


def progress(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("result", type=Path)
    parser.add_argument("--parts", nargs="+", choices=PARTS, required=True)
    parser.add_argument("--kind", required=True, help="the kind of CPU that the aims are for")
    parser.add_argument("--only", type=re.compile, default=re.compile(""))
    parser.add_argument("--without", nargs="*", default=(), metavar="PEER")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    effort = (lambda full: QUICK) if options.quick else (lambda full: full)
    result = {
        "isa": swiftact.info()["isa"],
        "l2_bytes": l2_bytes(),
        "versions": {package: version(package) for package in PACKAGES},
    }
    for part in options.parts:
        result[part] = {
            "compared": lambda: compared(options.only, effort(FULL), options.kind, options.without),
            "scaling": lambda: scaling(options.only, effort(THREADS)),
            "information": lambda: information(options.only, effort(INFORMATION)),
            "training": lambda: training(options.only, effort(TRAINING), options.kind),
            "training_scaling": lambda: training_scaling(options.only, effort(TRAINING)),
        }[part]()
    options.result.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()

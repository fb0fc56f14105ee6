"""Measures in a process of its own, run by bench.py in the benchmark's environment; the figures go to a JSON file."""
import argparse
import inspect
import json
import re
import statistics
import sys
import timeit
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import jax
import numpy as np
import swiftact
from scipy import special

import comparisons
import peers
from comparisons import COPY, FORMULAS, IN_L2, LARGE, TINY

PACKAGES = ["swiftact", "numpy", "torch", "onnxruntime", "jax", "scipy"]


@dataclass(frozen=True)
class Effort:
    """A statement is called for `seconds`, `repeats` times, of which the shortest counts; that makes one round."""

    rounds: int
    repeats: int
    seconds: float


FULL, QUICK, INFORMATION = Effort(25, 4, 1e-3), Effort(2, 2, 5e-4), Effort(3, 3, 1e-3)


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
    return {"ratio": statistics.median(peer) / statistics.median(ours), "least": min(rounds), "most": max(rounds)}


# ------------------------------------------------------------------------------------------------------- the inputs

def l2_bytes():
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        if (index / "level").read_text().strip() == "2":
            size = re.fullmatch(r"(\d+)([KM])", (index / "size").read_text().strip())
            return int(size[1]) << {"K": 10, "M": 20}[size[2]]
    return 512 << 10


def elements(size, dtype):
    """In L2: input and output together fill three quarters of it."""
    return {IN_L2: l2_bytes() * 3 // 8 // np.dtype(dtype).itemsize, LARGE: 1 << 24, TINY: 10}[size]


def arrays(dtype, count):
    """Inputs from a normal distribution with a standard deviation of 3, the memory of the outputs touched."""
    random = np.random.default_rng(0)
    x, dy = (3 * random.standard_normal(count)).astype(dtype), random.standard_normal(count).astype(dtype)
    return {"x": x, "dy": dy, "y": np.zeros_like(x)}


# -------------------------------------------------------------------------------------------------------- the peers

def namespace(dtype, count, with_peers=True):
    """What the statements of comparisons.py see."""
    names = {"np": np, "special": special, "act": swiftact, "fast": swiftact.fast, **arrays(dtype, count)}
    exec(FORMULAS, names)
    if with_peers:
        x, y, torch = names["x"], names["y"], peers.import_torch()
        names.update(torch=torch, tx=torch.from_numpy(x), ty=torch.from_numpy(y))
        for operator in ("Tanh", "Sigmoid", "Sin"):
            names["onnx_" + operator.lower()] = peers.onnx_model(operator, x, y)
    return names


def check(statements, names):
    """Stops unless all statements compute the same thing: no figure of a comparison of different things."""
    expected = None
    for name, statement in statements.items():
        if name == COPY:
            continue
        names["y"].fill(np.nan)
        result = eval(statement, names)
        result = np.copy(result if isinstance(result, np.ndarray) else names["y"])
        if expected is None:
            expected = result
        elif not np.allclose(result, expected, rtol=1e-4, atol=1e-6):
            raise SystemExit(f"benchmarks: {name} does not compute what swiftact does: {statement}")


# ------------------------------------------------------------------------------------------------- what is measured

def compared(only, effort, without=()):
    """The comparisons: what each statement takes, but for those of the peers left out."""
    spaces, result = {}, []
    for c in comparisons.COMPARISONS:
        if not only.search(f"{c.title} {c.dtype}"):
            continue
        count = elements(c.size, c.dtype)
        if (c.size, c.dtype) not in spaces:
            spaces[c.size, c.dtype] = namespace(c.dtype, count, with_peers=c.size == IN_L2)
        against = {name: statement for name, statement in c.peers.items() if name not in without}
        names, statements = spaces[c.size, c.dtype], {"swiftact": c.ours, **against}
        check(statements, names)
        per = 1 if c.size == TINY else count
        times = nanoseconds(statements, names, per, effort)
        ours = times.pop("swiftact")
        result.append({
            "title": c.title, "dtype": c.dtype, "size": c.size, "elements": count, "statement": c.ours,
            "ns": statistics.median(ours),
            "peers": {name: {"statement": against[name], "ns": statistics.median(t), **ratio(t, ours)}
                      for name, t in times.items()},
            "targets": [target_result(target, times, ours) for target in c.targets],
        })
        progress(f"{c.title}, {c.dtype}, {c.size}")
    return result


def target_result(target, times, ours):
    against = [name for name in target.peers if name in times]
    best = min(against, key=lambda name: statistics.median(times[name]))
    return {"peers": against, "best": best, "ns": statistics.median(times[best]), "least": target.least,
            **{"measured_" + key: value for key, value in ratio(times[best], ours).items()}}


def scaling(only, effort):
    """Two threads against one. swiftact.threads() is set before each round."""
    result = []
    for c in comparisons.SCALING:
        if not only.search(f"{c.title} {c.dtype}"):
            continue
        count = elements(c.size, c.dtype)
        names = namespace(c.dtype, count, with_peers=False)
        times = nanoseconds(dict.fromkeys("12", c.ours), names, count, effort,
                            prepare=lambda threads: swiftact.threads(int(threads)))
        result.append({"title": c.title, "dtype": c.dtype, "elements": count,
                       "ns": {threads: statistics.median(t) for threads, t in times.items()},
                       **ratio(times["1"], times["2"])})
        progress(f"{c.title}, {c.dtype}, two threads")
    return result


TYPES = ["float32", "float64", "float16"]
FORMS = {"value": "f(x, out=y)", "derivative": "f.deriv(x, out=y)", "backward": "f.backward(x, dy, out=y)"}


def activation(name, accuracy):
    """With its default parameters, and one half for a parameter that has no default."""
    public = getattr(swiftact, name)
    parameters = {} if isinstance(public, np.ufunc) else inspect.signature(public).parameters
    missing = {p.name: 0.5 for p in parameters.values() if p.default is p.empty and p.name != "x"}
    return swiftact.Activation(name, accuracy=accuracy, **missing)


def information(only, effort):
    """Every function of the catalogue in every form, accuracy and type."""
    result = []
    for dtype in TYPES:
        names = arrays(dtype, elements(IN_L2, dtype))
        for function in swiftact.catalogue():
            if not only.search(f"{function} {dtype}"):
                continue
            # float16 is the same in both accuracies.
            for accuracy in ("exact",) if dtype == "float16" else ("exact", "fast"):
                names["f"] = activation(function, accuracy)
                for form, times in nanoseconds(FORMS, names, names["x"].size, effort).items():
                    result.append({"function": function, "dtype": dtype, "with": accuracy, "form": form,
                                   "ns": statistics.median(times)})
        progress(f"every function, {dtype}")
    return result


def information_jax(only, effort):
    """The same, compiled by JAX, of the functions that it has."""
    jax.config.update("jax_enable_x64", True)
    result = []
    for dtype in ("float32", "float64"):
        names = arrays(dtype, elements(IN_L2, dtype))
        x, dy = jax.numpy.asarray(names["x"]), jax.numpy.asarray(names["dy"])
        for function in swiftact.catalogue():
            f = jax.numpy.sin if function == "sinusoid" else getattr(jax.nn, function, None)
            if not f or not only.search(f"{function} {dtype}"):
                continue
            # JAX's function of that name may be another approximation, or have other parameters.
            if not np.allclose(f(x), activation(function, "exact")(names["x"]), rtol=1e-4, atol=1e-6):
                continue
            slope = jax.vmap(jax.grad(f))
            forms = {"value": f, "derivative": slope, "backward": lambda x, dy: jax.vjp(f, x)[1](dy)[0]}
            for form, compute in forms.items():
                run = jax.jit(compute)
                more = {"run": run, "arguments": (x, dy) if form == "backward" else (x,)}
                times = nanoseconds({form: "run(*arguments).block_until_ready()"}, more, x.size, effort)
                result.append({"function": function, "dtype": dtype, "with": "JAX", "form": form,
                               "ns": statistics.median(times[form])})
        progress(f"every function, {dtype}, JAX")
    return result


def progress(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("result", type=Path)
    parser.add_argument("--parts", nargs="+", choices=["compared", "scaling", "information"], required=True)
    parser.add_argument("--only", type=re.compile, default=re.compile(""))
    parser.add_argument("--without", nargs="*", default=(), metavar="PEER")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    effort = QUICK if options.quick else FULL
    result = {
        "isa": swiftact.info()["isa"],
        "l2_bytes": l2_bytes(),
        "versions": {package: version(package) for package in PACKAGES},
    }
    for part in options.parts:
        result[part] = {
            "compared": lambda: compared(options.only, effort, options.without),
            "scaling": lambda: scaling(options.only, effort),
            "information": lambda: information(options.only, QUICK if options.quick else INFORMATION)
            + information_jax(options.only, QUICK if options.quick else INFORMATION),
        }[part]()
    options.result.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()

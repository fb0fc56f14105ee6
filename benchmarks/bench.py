#!/usr/bin/env python3
"""Measures swiftact beside its peers and writes docs/benchmarks.md and docs/benchmarks.json.

    python3 benchmarks/bench.py [--only PATTERN] [--quick] [--upgrade]

Needs Linux, Python 3.10 and what building swiftact needs; the rest it installs into .venv-bench.
"""
import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import environment
import report
from comparisons import AVX2, AVX512, LIMITED, ONNX

ROOT = environment.ROOT
DOCS = ROOT / "docs"
# What the figures depend on.
MEASURED = ["Sources", "Include", "bindings", "benchmarks", "Package.swift", "setup.py", "Makefile"]


def cpu_kind():
    """Which column of the targets is this machine's; another architecture has none, and its own name."""
    flags = set(cpu_line("flags").split())
    if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= flags:
        return AVX512
    return AVX2 if {"avx2", "fma"} <= flags else platform.machine()


def cpu_line(key):
    found = re.search(rf"^{key}\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else ""


def machine():
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True).stdout.strip()
    changed = subprocess.run([*git, "status", "--porcelain", "--", *MEASURED], capture_output=True, text=True).stdout
    return {
        "cpu": cpu_line("model name") or platform.processor() or platform.machine(),
        "cpus": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "date": datetime.date.today().isoformat(),
        "commit": (commit or "unknown") + (" with changes" if changed else ""),
    }


def busy(seconds=1.0):
    """Which share of the CPUs others are using."""
    def times():
        user, nice, system, idle, waiting, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
        return user + nice + system, idle + waiting

    before = times()
    time.sleep(seconds)
    working, idle = (after - before for after, before in zip(times(), before))
    return working / max(working + idle, 1)


def measure(parts, kind, options, pinned=True, without=(), **settings):
    """Runs measure.py in the benchmark's environment, on the last CPU that this process may use."""
    with tempfile.TemporaryDirectory() as folder:
        result, script = Path(folder, "result.json"), Path(__file__).with_name("measure.py")
        command = [environment.PYTHON, script, result, "--kind", kind, "--parts", *parts, "--only", options.only]
        command += ["--quick"] if options.quick else []
        command += ["--without", *without]
        pin = (lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})) if pinned else None
        if failed := subprocess.run(command, env=environment.variables(**settings), preexec_fn=pin).returncode:
            raise SystemExit(f"bench.py: measuring failed (status {failed})")
        return json.loads(result.read_text())


def main():
    parser = argparse.ArgumentParser(description="Measures swiftact beside NumPy, SciPy, PyTorch, JAX and ONNX Runtime.")
    parser.add_argument("--only", default="", metavar="PATTERN",
                        help="measure what this regular expression is found in, of names such as 'tanh_deriv float32'"
                             " and only print the figures")
    parser.add_argument("--quick", action="store_true", help="try the benchmark out: rough figures, only printed")
    parser.add_argument("--upgrade", action="store_true", help="install newer releases of the peers first")
    options = parser.parse_args()
    try:
        re.compile(options.only)
    except re.error as error:
        parser.error(f"--only: {options.only!r} is not a regular expression: {error}")

    environment.prepare(options.upgrade)
    kind, load = cpu_kind(), busy()
    if load > report.QUIET:
        print(f"The machine is busy ({load:.0%}); the figures will not be worth much.", file=sys.stderr)

    print(f"Measuring, {kind}", file=sys.stderr)
    run = {"machine": machine(), "busy": load, **measure(["compared", "information", "training"], kind, options)}
    if not run["compared"]["rows"] and not run["information"] and not run["training"]:
        raise SystemExit(f"bench.py: --only {options.only!r} is in no name such as 'tanh float32', 'tanh_deriv float64', 'product'")
    if kind == AVX512:
        print("Measuring, everyone limited to AVX2", file=sys.stderr)
        run["settings"] = environment.limited_to_avx2()
        run["limited"] = measure(["compared", "training"], LIMITED, options, without=[ONNX], **run["settings"])
    if len(os.sched_getaffinity(0)) > 1:
        print("Measuring two threads", file=sys.stderr)
        two = measure(["scaling", "training_scaling"], kind, options, pinned=False)
        run |= {part: two[part] for part in ("scaling", "training_scaling")}

    print(report.run_section(kind, run))
    if not options.only and not options.quick:
        write(kind, run)


def write(kind, run):
    """Replaces this kind of CPU's figures in the documents."""
    figures, text = DOCS / "benchmarks.json", DOCS / "benchmarks.md"
    old = json.loads(figures.read_text()) if figures.exists() else {}
    runs = {**report.readable(old), kind: run}
    for lost in old.keys() - runs.keys():
        print(f"The figures of {lost} are of an older benchmark and go.", file=sys.stderr)
    DOCS.mkdir(exist_ok=True)
    figures.write_text(one_line_each(runs) + "\n")
    text.write_text(report.document(runs))
    print(f"Written: {text.relative_to(ROOT)}, {figures.relative_to(ROOT)}")


def one_line_each(value, depth=0):
    """JSON with a line for each row, so that changes of the file can be read."""
    if depth == 4 or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    margin = "\n" + " " * (depth + 1)
    if isinstance(value, list):
        return "[" + ",".join(margin + json.dumps(part, ensure_ascii=False) for part in value) + margin[:-1] + "]"
    parts = (f"{json.dumps(key)}: {one_line_each(part, depth + 1)}" for key, part in value.items())
    return "{" + ",".join(margin + part for part in parts) + margin[:-1] + "}"


if __name__ == "__main__":
    main()

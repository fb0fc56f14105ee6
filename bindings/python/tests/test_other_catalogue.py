"""The package over another catalogue: nothing in it knows which functions there are. Compiles other_catalogue.c."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pytest

import swiftact

TESTS = Path(__file__).parent
SOURCES = sorted((TESTS.parent / "src").glob("*.c"))
TOOLS = TESTS.parent / "tools"
INCLUDE = TESTS.parents[2] / "Include"


def functions(path):
    """The library's functions that a header declares, or a source defines."""
    return set(re.findall(r"^[\w ]+[ *](act_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs a program that imports the other swiftact; its output."""
    compiler = os.environ.get("CC", "cc")
    if shutil.which(compiler.split()[0]) is None:
        pytest.skip(f"there is no C compiler {compiler!r}")
    folder = tmp_path_factory.mktemp("another catalogue")
    package = folder / "swiftact"
    shutil.copytree(Path(swiftact.__file__).parent, package, ignore=shutil.ignore_patterns("_core*", "__pycache__"))
    missing = functions(INCLUDE / "activations.h") - functions(TESTS / "other_catalogue.c")
    includes = [INCLUDE, np.get_include(), sysconfig.get_path("include")]
    subprocess.run(
        [*compiler.split(), "-shared", "-fPIC", "-std=c11", *(f"-I{i}" for i in includes), *map(str, SOURCES)]
        + [f"-Wl,--defsym={name}=other_missing" for name in sorted(missing)]
        + [str(TESTS / "other_catalogue.c"), "-lm", "-o", str(package / "_core.abi3.so")],
        check=True,
    )

    def run(program):
        head = "import numpy as np, swiftact\nfrom swiftact import *\nx = np.array([-2.0, 0.5, 3.0])\n"
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        finished = subprocess.run(
            [sys.executable, "-W", "error", "-c", head + program], env=environment, capture_output=True, text=True
        )
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    return run


def errors(*expressions):
    """A program that prints the errors of the expressions."""
    return "\n".join(
        f"try:\n    print('no error', {e})\nexcept Exception as error:\n    print(type(error).__name__, error)"
        for e in expressions
    )


def test_names(run):
    assert run("print(*swiftact.catalogue()); print(*swiftact.fast.__all__)").splitlines() == [
        "prelu threshold hardtanh snake failing",
        "prelu prelu_deriv threshold threshold_deriv hardtanh hardtanh_deriv snake snake_deriv failing failing_deriv "
        "clip clip_deriv hard_tanh hard_tanh_deriv softmax softmax_backward log_softmax log_softmax_backward",
    ]


def test_parameters_without_default(run):
    assert run("print(prelu(x, 0.5), prelu(x, weight=[1, 2, 3]), prelu_deriv(x, 0.5), threshold(x, 1, 7))") == (
        "[-1.   0.5  3. ] [-2.   0.5  3. ] [0.5 1.  1. ] [7. 7. 3.]\n"
    )
    assert run("print(threshold(x, value=0, threshold=1), threshold(x, 1, value=0), prelu.__signature__)") == (
        "[0. 0. 3.] [0. 0. 3.] (x, /, weight, out=None, *, where=True, casting='same_kind', order='K', dtype=None, "
        "subok=True)\n"
    )
    program = errors("prelu(x)", "threshold(x)", "threshold_deriv(x, 1)", "threshold(x, value=1)", "prelu(x, None)")
    assert run(program).splitlines() == [
        "TypeError prelu: weight must be given, there is no default",
        "TypeError threshold: threshold and value must be given, there is no default",
        "TypeError threshold_deriv: value must be given, there is no default",
        "TypeError threshold: threshold must be given, there is no default",
        "TypeError prelu: weight must be a real number or an array of them, got NoneType",
    ]


def test_activation_without_its_parameters(run):
    program = errors("Activation('prelu')(x)", "Activation('threshold', value=1).backward(x, x)")
    assert run(program).splitlines() == [
        "TypeError Activation('prelu'): weight must be given, there is no default",
        "TypeError Activation('threshold', value=1.0): threshold must be given, there is no default",
    ]
    assert run("f = catalogue()['prelu']; print(f(x, weight=0.5), f.deriv(x, weight=[1, 2, 3]), f.params)") == (
        "[-1.   0.5  3. ] [1. 1. 1.] {}\n"
    )
    assert run("f = Activation('threshold', value=7); print(f(x, threshold=1), f.backward(x, 2, threshold=1))") == (
        "[7. 7. 3.] [0. 0. 2.]\n"
    )
    assert run(errors("Activation('threshold', value=7)(x, 1)", "Activation('threshold', value=7)(x, value=1)")).split(
        "\n"
    )[:2] == [
        "TypeError Activation('threshold', value=7.0): threshold must be given, there is no default",
        "TypeError Activation('threshold', value=7.0): threshold must be given, there is no default",
    ]
    assert (
        run(
            "f = Activation('threshold', threshold=1, value=[7, 8, 9]); print(f(x), f.backward(x, 2), f.params)\n"
            "import pickle; print(f == pickle.loads(pickle.dumps(f)), Activation('prelu') == Activation('prelu'))"
        )
        == "[7. 8. 3.] [0. 0. 2.] {'threshold': 1.0, 'value': array([7., 8., 9.])}\nTrue True\n"
    )


def test_two_parameters_and_names(run):
    assert run(
        "print(hardtanh(x), clip(x), hard_tanh(x), clip(x, high=1), clip(x, min_val=1), hardtanh(x, -9, 2))"
    ) == ("[-1.   0.5  1. ] [0.  0.5 3. ] [-1.   0.5  1. ] [0.  0.5 1. ] [1. 1. 3.] [-2.   0.5  2. ]\n")
    assert run("print(hardtanh(x.astype('f4'), [-1, 0, 1], 2.0), hardtanh_deriv(x, -2, [[1], [9]]))") == (
        "[-1.   0.5  2. ] [[0. 1. 0.]\n [0. 1. 1.]]\n"
    )
    assert run(errors("clip(x, top=1)", "clip(x, 0, 1, max_val=2)", "clip(x, 0, float('nan'))")).splitlines() == [
        "TypeError clip: unexpected keyword argument 'top'; "
        "allowed: low, high, out, where, casting, order, dtype, subok, signature",
        "TypeError clip: more than one value for high",
        "ValueError clip: high must be finite and at least min_val, got nan",
    ]


def test_domains(run):
    program = errors("snake(x, 0)", "snake(x, [1, -1, 1])", "threshold(x, 1, 10)", "threshold(x, 1, [1, 1, -2])")
    assert run(program).splitlines() == [
        "ValueError snake: alpha must be finite and greater than 0, got 0.0",
        "ValueError snake: alpha must be finite and greater than 0, got -1.0",
        "ValueError threshold: value must be finite, at least -1 and at most 9, got 10.0",
        "ValueError threshold: value must be finite, at least -1 and at most 9, got -2.0",
    ]


def test_parameters_in_order(run):
    assert run("print(hardtanh(x, 1, 1), hardtanh(x, [-9, 0, 1], 1))") == "[1. 1. 1.] [-2.   0.5  1. ]\n"
    program = errors(
        "hardtanh(x, 2)",
        "hardtanh(x[::2], max_val=-2)",
        "hardtanh(np.float32(1), 1, -1)",
        "hardtanh([], 1, -1)",
        "hardtanh(x, [0, 1, 2], [[3], [1]])",
        "hardtanh_deriv(x, np.float32([0, 1, 2]), 1)",
        "hardtanh(x, np.ma.array([0, 2, 3.0]), 1.0)",
        "Activation('hardtanh', min_val=2)",
        "Activation('hardtanh', min_val=[[0], [3]], max_val=[0, 3, 2])",
        "Activation('hardtanh', min_val=[1, 2], max_val=[3, 4, 5])",
    )
    order = "must be finite and at most max_val, got"
    assert run(program).splitlines() == [
        f"ValueError hardtanh: min_val {order} 2.0 where max_val is 1.0",
        f"ValueError hardtanh: min_val {order} -1.0 where max_val is -2.0",
        f"ValueError hardtanh: min_val {order} 1.0 where max_val is -1.0",
        f"ValueError hardtanh: min_val {order} 1.0 where max_val is -1.0",
        f"ValueError hardtanh: min_val {order} 2.0 where max_val is 1.0",
        f"ValueError hardtanh_deriv: min_val {order} 2.0 where max_val is 1.0",
        f"ValueError hardtanh: min_val {order} 2.0 where max_val is 1.0",
        f"ValueError Activation('hardtanh'): min_val {order} 2.0 where max_val is 1.0",
        f"ValueError Activation('hardtanh'): min_val {order} 3.0 where max_val is 0.0",
        "ValueError shape mismatch: objects cannot be broadcast to a single shape.  "
        "Mismatch is between arg 0 with shape (2,) and arg 1 with shape (3,).",
    ]


def test_stubs(run):
    text = run(
        "import runpy, ast\n"
        f"text = runpy.run_path({str(TOOLS / 'make_stubs.py')!r})['stubs']()['fast.pyi']\n"
        "for f in ast.parse(text).body:\n"
        "    if isinstance(f, ast.FunctionDef) and 'softmax' not in f.name:\n"
        "        print(ast.unparse(f).partition(', out:')[0])"
    )
    assert text.splitlines() == [
        f"def {name}{suffix}(x: ArrayLike, /, {parameters}"
        for name, parameters in (
            ("prelu", "weight: ArrayLike"),
            ("threshold", "threshold: ArrayLike, value: ArrayLike"),
            ("hardtanh", "min_val: ArrayLike=-1.0, max_val: ArrayLike=1.0"),
            ("snake", "alpha: ArrayLike=1.0"),
            ("clip", "low: ArrayLike=0.0, high: ArrayLike=6.0"),
            ("hard_tanh", "min_val: ArrayLike=-1.0, max_val: ArrayLike=1.0"),
        )
        for suffix in ("", "_deriv")
    ]


def test_an_error_of_the_library_becomes_an_exception(run):
    program = errors(
        "failing(1.0)", "failing(np.ones(10**5))", "failing(np.ones((100, 100)).T[::2])", "failing_deriv([1])"
    )
    assert run(program).splitlines() == ["RuntimeError failing: too large"] * 3 + [
        "RuntimeError failing_deriv: too large"
    ]

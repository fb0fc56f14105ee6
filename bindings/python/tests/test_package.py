"""The package as a whole: names, pickling, documentation, stubs."""

import doctest
import inspect
import pickle
import re
import runpy
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

import swiftact
from conftest import CASES, each_module
from swiftact import _core, _exact, _fast
from swiftact._catalogue import FUNCTIONS

BINDING = Path(__file__).parents[1]
NAMES = [name + suffix for name in FUNCTIONS for suffix in ("", "_deriv")]


@each_module
def test_every_name_is_there(module):
    for name in NAMES:
        assert callable(getattr(module, name))
        assert name in module.__all__ and name in dir(module)
    for name in module.__all__:
        getattr(module, name)


@each_module
def test_functions_without_parameters_are_ufuncs(module):
    for name in NAMES:
        function = FUNCTIONS[name.removesuffix("_deriv")]
        assert isinstance(getattr(module, name), np.ufunc) == (not function.parameters)
    assert isinstance(module.tanh, np.ufunc)


def test_fast_is_another_set_of_functions():
    import swiftact.fast as fast

    assert set(NAMES) <= set(fast.__all__) <= set(swiftact.__all__)
    for name in NAMES:
        assert getattr(fast, name) is not getattr(swiftact, name)


def test_unknown_attributes():
    with pytest.raises(AttributeError, match="^module 'swiftact' has no attribute 'tahn'; did you mean 'tanh'"):
        swiftact.tahn
    with pytest.raises(AttributeError, match="'swiftact.fast' has no attribute 'Tanh'; did you mean 'tanh'"):
        swiftact.fast.Tanh
    with pytest.raises(AttributeError, match="^module 'swiftact' has no attribute 'xyzzy'$"):
        swiftact.xyzzy


def test_version_and_info():
    assert swiftact.__version__ == metadata.version("swiftact")
    assert swiftact.info() == {
        "version": swiftact.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": np.__version__,
        "isa": swiftact.info()["isa"],
        "threads": swiftact.threads(),
    }
    assert swiftact.info()["isa"] in ("baseline", "v3", "v4", "aarch64", "riscv64")


def test_needs_numpy_alone():
    requirements = [r for r in metadata.requires("swiftact") if "extra ==" not in r]
    assert [re.match(r"[\w-]+", r)[0] for r in requirements] == ["numpy"]
    program = (
        "import sys, swiftact; assert not {'matplotlib', 'ml_dtypes', 'onnx', 'pandas', 'tqdm'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_star_import():
    names = {}
    exec("from swiftact import *", names)
    assert names["tanh"] is swiftact.tanh and names["LeakyRELU"] is swiftact.LeakyRELU


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(protocol):
    objects = [getattr(module, name) for module in (swiftact, swiftact.fast) for name in NAMES]
    objects += [case.ufunc for case in CASES]
    assert all(
        ours is theirs for ours, theirs in zip(objects, pickle.loads(pickle.dumps(objects, protocol)), strict=True)
    )


@pytest.mark.parametrize("module", [swiftact, swiftact.fast, _exact, _fast], ids=lambda module: module.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_docstrings_say_what_the_catalogue_says(module, name):
    function = FUNCTIONS[name.removesuffix("_deriv")]
    text = getattr(module, name).__doc__
    unwrapped = " ".join(text.split())
    for key in ("formula", "derivative_formula", "source"):
        assert " ".join(function.info[key].split()) in unwrapped
    for parameter in function.parameters:
        default = "" if parameter.default is None else f", default {parameter.default!r}"
        assert f"{parameter.name} : float or array_like{default}\n    Must be {parameter.allowed}; broadcasts." in text
    assert ("correctly rounded" in unwrapped) and (
        ("largest errors measured" in unwrapped) == ("fast" in module.__name__)
    )
    assert max(map(len, text.splitlines()[1:])) <= 88  # the first is NumPy's


def test_examples_in_docstrings():
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    for documented in (swiftact.Activation, swiftact.dense, swiftact.Network, swiftact.NeuralNetwork):
        names = {"np": np, "swiftact": swiftact}
        test = parser.get_doctest(inspect.getdoc(documented), names, documented.__name__, None, None)
        assert test.examples
        assert runner.run(test).failed == 0


def test_training_examples_of_the_readme(capsys):
    text = (BINDING.parents[1] / "README.md").read_text(encoding="utf-8")
    section = text.split("\n## Training, in ten lines\n")[1].split("\n## ")[0]
    examples = re.findall(r"^```python\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        exec(example, {})
        assert float(capsys.readouterr().out) > 0.95


def test_backward_has_a_docstring():
    assert "dy : array_like" in _exact.tanh_backward.__doc__
    assert "rounded once" in _exact.tanh_backward.__doc__


def test_stubs_are_up_to_date():
    stubs = runpy.run_path(str(BINDING / "tools" / "make_stubs.py"))["stubs"]()
    assert set(stubs) == {"__init__.pyi", "fast.pyi"}
    for file, text in stubs.items():
        assert (BINDING / "swiftact" / file).read_text(encoding="utf-8") == text


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Has mypy check what is named; its report and exit status."""
    mypy = pytest.importorskip("mypy.api", reason="needs mypy")
    cache = f"--cache-dir={tmp_path_factory.mktemp('mypy')}"

    def check(*arguments):
        report, errors, status = mypy.run([cache, "--strict", *map(str, arguments)])
        return report + errors, status

    return check


def test_package_for_a_type_checker(checked):
    # tqdm's types are a package of their own.
    report, status = checked("--ignore-missing-imports", "-p", "swiftact")
    assert status == 0, report


def test_stubs_for_a_type_checker(checked, tmp_path):
    (tmp_path / "program.py").write_text(
        """
import numpy as np
import swiftact
from swiftact import fast

x = np.linspace(-6, 6, 200)
y = swiftact.leaky_relu(swiftact.tanh(x, out=x), 0.3, dtype=np.float32)
y = fast.LeakyRELU_deriv(x, a=[0.1, 0.2], where=x > 0)
y = swiftact.softmax(fast.log_softmax(x, None, out=x), axis=0, dtype="float32")
dvalue, dgate = swiftact.glu_backward(x, 1.0, x)
f = swiftact.Activation("tanh", accuracy="fast")
low: float = f.range[0]
n: int = swiftact.threads(2)
y = swiftact.dense(x, [[1.0]], None, "tanh")
dx, dw, db = swiftact.dense_backward(x, y, None, f, 1.0)
net = swiftact.Network([64, 100, 10], ["relu"], seed=0, dtype=np.float64, clip_norm=None)
net.learning_rate = 0.1
rate: float = net.learning_rate
history: dict[str, list[float]] = net.fit(x, y, validation=(x, y), callback=lambda record: record["loss"] < 0.1)
net.weights[0] = net.gradients(x, y)[0][0]
loaded: swiftact.Network = swiftact.Network.load("file")
blog = swiftact.NeuralNetwork([2, 3, 1], "logistic")
blog.fit([[0, 1]], [1], learning_rate=0.2, epochs=10000)

y = swiftact.prelu(swiftact.gelu_deriv(x, out=(y,), where=x > 0), weight=[0.1, 0.2], out=y)
y = swiftact.swiglu(x, gate=fast.tanh(x, dtype="float32"), axis=-1, out=y)
for name, each in swiftact.catalogue().items():
    about: tuple[str, ...] = (name, each.name, each.formula, each.source, each.smoothness, *each.aliases)
    flags: tuple[bool, ...] = (each.monotonic, each.zero_centred, *each.saturates)
    error: float = max(each.max_ulp, each.errors["value"]["float32"])
y = swiftact.catalogue()["prelu"](x, weight=0.25)
dx = swiftact.Activation("leaky_relu", negative_slope=0.3).backward(x, 1.0, out=x)
net = swiftact.Network([2, 8, 1], [f, "gelu"], loss="binary_cross_entropy", classes=["no", "yes"])
net.betas, net.patience = (0.9, 0.99), None
net.weights = [2 * w for w in net.weights]
probability: np.ndarray = net.predict_proba(x)
score: float = net.score(x, ["no", "yes"])
last: float = net.fit(x, y, batch_size=16, validation=0.1, progress=False)["loss"][-1]


class Own(swiftact.Network): ...


own: Own = Own.load("file")
"""
    )
    (tmp_path / "wrong.py").write_text(
        """
import swiftact

swiftact.leaky_relu(1.0, alpha=3)
swiftact.no_such_function(1.0)
n: str = swiftact.threads("2")
swiftact.softmax(1.0, "0")
swiftact.Network([2, 3], learnin_rate=1)
swiftact.NeuralNetwork(2)
swiftact.prelu(1.0)
swiftact.Network([2, 3]).patience = "never"
swiftact.fast.tanh.beta
"""
    )
    report, status = checked(tmp_path / "program.py")
    assert status == 0, report
    report, _ = checked(tmp_path / "wrong.py")
    places = [int(line.split(":")[1]) for line in report.splitlines() if " error: " in line]
    assert places == [4, 5, 6, 6, 7, 8, 9, 10, 11, 12]


def test_core_is_what_its_stub_says(tmp_path):
    pytest.importorskip("mypy", reason="needs mypy")
    (tmp_path / "mypy.ini").write_text("[mypy]\nignore_missing_imports = True\n")
    command = [sys.executable, "-m", "mypy.stubtest", "swiftact._core", "--concise", "--mypy-config-file", "mypy.ini"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_core_refuses_nonsense():
    for arguments in (("nothing", 0, 0, "f", "", ()), ("tanh", 2, 0, "f", "", ()), ("tanh", 0, 3, "f", "", ())):
        with pytest.raises(ValueError):
            _core.ufunc(*arguments)
    with pytest.raises(ValueError, match="number of parameters"):
        _core.ufunc("tanh", 0, 0, "f", "", ("a",))
    with pytest.raises(TypeError):
        _core.ufunc("leaky_relu", 0, 0, "f", "", (1,))
    leaky = swiftact.leaky_relu.ufunc
    for arguments in ((np.tanh, 0, (), {}, len), (leaky, 1, (), {}, len), (leaky, 2, (0.1,), {}, len)):
        with pytest.raises(ValueError):
            _core.function(*arguments)
    with pytest.raises(TypeError):
        _core.function(len, 0, (), {}, len)
    with pytest.raises(TypeError):
        _core.function()

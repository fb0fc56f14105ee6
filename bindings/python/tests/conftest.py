"""What the tests share. They run with NumPy's floating-point errors and all warnings as exceptions."""

import os
import signal
import threading

import numpy as np
import pytest
from hypothesis import settings

import swiftact
from swiftact import _core, _exact, _fast
from swiftact._catalogue import FUNCTIONS
from swiftact._ufuncs import ufunc_name

settings.register_profile("same every time", derandomize=True, deadline=None)
settings.load_profile("same every time")

FLOATS = [np.float16, np.float32, np.float64]
FORMS = [_core.VALUE, _core.DERIVATIVE, _core.BACKWARD]


@pytest.fixture(autouse=True)
def floating_point_errors_raise():
    with np.errstate(all="raise"):
        yield


@pytest.fixture
def ctrl_c():
    """Presses Ctrl-C in 0.3 s, when it is called. Where the tests run in the background, Python would not see it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
    yield timer.start
    timer.join()
    signal.signal(signal.SIGINT, before)


def sample(parameter):
    """A value that the parameter may have: its default, or one that is not special."""
    return 0.25 if parameter.default is None else parameter.default


def needs_parameters(function):
    """Whether it cannot be called without."""
    return any(p.default is None for p in function.parameters)


class Public:
    """A public function or derivative under one of its names. It can be called as one without parameters: those that it
    needs, or all, are filled in by position."""

    def __init__(self, module, function, suffix="", fill_in_all=False):
        self.module, self.function = module, function
        self.itself = getattr(module, function.name + suffix)
        self.__name__ = self.itself.__name__
        self.ufunc = self.itself.ufunc if function.parameters else self.itself
        filled_in = fill_in_all or needs_parameters(function)
        self.filled_in = tuple(sample(p) for p in function.parameters) if filled_in else ()
        self.id = f"{module.__name__}.{function.name}{suffix}"

    def __call__(self, x, *args, **keywords):
        return self.itself(x, *self.filled_in, *args, **keywords)


PUBLIC = [
    Public(module, function, suffix)
    for module in (swiftact, swiftact.fast)
    for function in FUNCTIONS.values()
    for suffix in ("", "_deriv")
]
WITH_PARAMETERS = [public for public in PUBLIC if public.function.parameters]
each_with_parameters = pytest.mark.parametrize("public", WITH_PARAMETERS, ids=lambda public: public.id)


def activation(name, **keywords):
    """The Activation of that name, with all parameters that it needs."""
    needed = {p.name: sample(p) for p in FUNCTIONS[name].parameters if p.default is None}
    return swiftact.Activation(name, **needed, **keywords)


class Case:
    """One form of one function in one tier, called with its parameters filled in."""

    def __init__(self, function, form, tier):
        self.function, self.form = function, form
        self.ufunc = getattr({"exact": _exact, "fast": _fast}[tier], ufunc_name(function.name, form))
        self.parameters = [sample(p) for p in function.parameters]
        self.id = f"{tier}-{self.ufunc.__name__}"

    def __call__(self, x, **keywords):
        """dy is x too, where there is one: it goes the same way through memory."""
        operands = (x, x) if self.form == _core.BACKWARD else (x,)
        return self.ufunc(*operands, *self.parameters, **keywords)


CASES = [
    Case(function, form, tier)
    for tier in ("exact", "fast")
    for function in FUNCTIONS.values()
    if function.name == function.canonical
    for form in FORMS
]

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
each_float = pytest.mark.parametrize("dtype", FLOATS, ids=lambda dtype: dtype.__name__)
each_module = pytest.mark.parametrize("module", [swiftact, swiftact.fast], ids=["exact", "fast"])


def bits(array):
    """The array's bit patterns: equal only where everything is, the sign of zero too."""
    array = np.asarray(array)
    return np.ascontiguousarray(array).view(f"u{array.itemsize}").reshape(array.shape)


def every_pattern(dtype):
    """Values of a type with all exponents, both signs, infinities, NaNs quiet and signalling, subnormals."""
    width = np.dtype(dtype).itemsize * 8
    if width == 16:
        patterns = np.arange(2**16, dtype=np.uint16)
    else:
        top = np.arange(2**16, dtype=f"u{width // 8}") << (width - 16)
        patterns = np.concatenate([top, top + 1, top + 0x2BCD, top + (2 ** (width - 16) - 1)])
    return patterns.view(dtype)

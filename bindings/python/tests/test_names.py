"""The names that programs are written against, Tests/names.txt, and the C library's list of functions."""

import ctypes
import inspect
from pathlib import Path

import numpy as np
import pytest

import swiftact
from conftest import each_module
from swiftact._catalogue import FUNCTIONS

ROOT = Path(__file__).parents[3]
LIBRARY = ROOT / "out" / "lib" / "libactivations.so"


def promised():
    """For each line the names, each with its parameters and their defaults."""
    for line in (ROOT / "Tests" / "names.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            names = {}
            for word in line.split():
                name, is_parameter, default = word.partition("=")
                if is_parameter:
                    names[next(reversed(names))][name] = float(default) if default else None
                else:
                    names[name] = {}
            first = next(iter(names.values()))
            yield {name: parameters or first for name, parameters in names.items()}


PROMISED = list(promised())


def test_the_catalogue_begins_with_them():
    catalogue = swiftact.catalogue()
    assert len(PROMISED) >= 36
    assert [next(iter(names)) for names in PROMISED] == list(catalogue)[: len(PROMISED)]
    for names, activation in zip(PROMISED, catalogue.values(), strict=False):
        assert [activation.name, *activation.aliases] == list(names)


@each_module
@pytest.mark.parametrize("names", PROMISED, ids=lambda names: next(iter(names)))
def test_functions_have_these_names_and_parameters(module, names):
    for name, parameters in names.items():
        assert {p.name: p.default for p in FUNCTIONS[name].parameters} == parameters
        for function in (getattr(module, name), getattr(module, f"{name}_deriv")):
            if not parameters:
                assert isinstance(function, np.ufunc)
                continue
            signature = inspect.signature(function).parameters
            assert list(signature)[1 : 1 + len(parameters)] == list(parameters)
            for parameter, default in parameters.items():
                assert signature[parameter].default == (inspect.Parameter.empty if default is None else default)
                assert signature[parameter].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        given = {p: 0.5 if default is None else default for p, default in parameters.items()}
        activation = swiftact.Activation(name, **given)
        assert activation.name == next(iter(names)) and list(activation.params.values()) == list(given.values())
        assert activation(0.75) == swiftact.Activation(activation.name, **activation.params)(0.75)


@pytest.mark.skipif(not LIBRARY.exists(), reason="the C library is not there")
def test_the_c_library_has_the_same_list():
    library = ctypes.CDLL(str(LIBRARY))
    library.act_catalogue_count.restype = ctypes.c_size_t
    at = library.act_catalogue_at
    at.argtypes, at.restype = [ctypes.c_size_t], ctypes.POINTER(ctypes.c_char_p)  # act_info begins with the name
    names = [at(i)[0].decode() for i in range(library.act_catalogue_count())]
    assert names == list(swiftact.catalogue())

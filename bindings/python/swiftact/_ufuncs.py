"""Makes the ufuncs."""

from __future__ import annotations

import contextlib

import numpy as np

from . import _core
from ._catalogue import FUNCTIONS, Function
from ._documentation import docstring

_SUFFIXES = {_core.VALUE: "", _core.DERIVATIVE: "_deriv", _core.BACKWARD: "_backward"}


def ufunc_name(name: str, form: int) -> str:
    """tanh, tanh_deriv or tanh_backward."""
    return name + _SUFFIXES[form]


def _make(function: Function, accuracy: int, form: int, module: str) -> np.ufunc:
    made = _core.ufunc(
        function.canonical,
        accuracy,
        form,
        ufunc_name(function.name, form),
        docstring(function, accuracy, form),
        tuple(p.name for p in function.parameters),
    )
    with contextlib.suppress(AttributeError):  # an older NumPy, where pickle searches the modules for the ufunc
        made.__module__ = module
    return made


def all_ufuncs(accuracy: int, module: str, public: str) -> dict[str, np.ufunc]:
    """The ufuncs by name, for the module that will hold them. Another name of a function has ufuncs of its own only
    where they have parameters, whose names differ. `public` is the module that will show those without."""
    ufuncs: dict[str, np.ufunc] = {}
    for function in FUNCTIONS.values():
        for form in _SUFFIXES:
            name, canonical = ufunc_name(function.name, form), ufunc_name(function.canonical, form)
            if form == _core.BACKWARD and name != canonical:
                continue  # backward products are Activation's, which knows canonical names only
            if name != canonical and not function.parameters:
                ufuncs[name] = ufuncs[canonical]
            else:
                shown = not function.parameters and form != _core.BACKWARD
                ufuncs[name] = _make(function, accuracy, form, public if shown else module)
    return ufuncs

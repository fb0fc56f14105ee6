"""The public functions: the ufuncs themselves, or, where there are parameters, callables in front of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NoReturn

import numpy as np

from . import _core
from ._catalogue import FUNCTIONS, Function, near
from ._documentation import UFUNC_KEYWORDS, docstring
from ._ufuncs import ufunc_name

# Spellings that programs use besides NAME and NAME_deriv.
_SPELLINGS = {"logistic_derivative": "logistic_deriv"}


def call(ufunc: np.ufunc, operands: tuple[Any, ...], parameters: Sequence[Any], *rest: Any, **keywords: Any) -> Any:
    """ufunc(operands, parameters, …). Beside an array, NumPy lets a Python number take part in any float dtype, were it
    float16 (NEP 50). A parameter's array must not do that to the operands."""
    for p in parameters:
        if type(p) is not float:
            if all(type(x) in (float, int) for x in operands):
                operands = tuple(np.asarray(x) for x in operands)
            break
    return ufunc(*operands, *parameters, *rest, **keywords)


def _signature(function: Function) -> inspect.Signature:
    parameter, either = inspect.Parameter, inspect.Parameter.POSITIONAL_OR_KEYWORD
    defaults = {"out": None, "where": True, "casting": "same_kind", "order": "K", "dtype": None, "subok": True}
    return inspect.Signature(
        [
            parameter("x", parameter.POSITIONAL_ONLY),
            *(
                parameter(p.name, either, default=parameter.empty if p.default is None else p.default)
                for p in function.parameters
            ),
            *(
                parameter(name, either if name == "out" else parameter.KEYWORD_ONLY, default=default)
                for name, default in defaults.items()
            ),
        ]
    )


def _general(function: Function, name: str, ufunc: np.ufunc) -> Callable[..., Any]:
    """Gives the ufunc its parameters, by position, by keyword or by default, whatever they are."""
    count = len(function.parameters)

    def general(x: Any, /, *args: Any, **kwargs: Any) -> Any:
        values = function.bind(name, args[:count], kwargs)
        function.refuse_unknown(name, kwargs, UFUNC_KEYWORDS)
        if any(value is None for value in values):
            raise function.missing(name, values)
        return call(ufunc, (x,), values, *args[count:], **kwargs)

    general.__name__ = general.__qualname__ = name  # in Python's message where x is missing
    return general


def _with_parameters(function: Function, form: int, accuracy: int, ufunc: np.ufunc, module: str) -> _core.function:
    """What gives the ufunc its parameters: quickly where they are floats or arrays of numbers and all is in order."""
    name = ufunc_name(function.name, form)
    keywords = {spelling: i for i, p in enumerate(function.parameters) for spelling in p.spellings}
    public = _core.function(
        ufunc,
        len(function.parameters),
        tuple(p.default for p in function.parameters),
        keywords | dict.fromkeys(UFUNC_KEYWORDS, -1),
        _general(function, name, ufunc),
    )
    signature = _signature(function)
    public.__name__ = public.__qualname__ = name
    public.__module__ = module
    public.__doc__ = f"{name}{signature}\n\n{docstring(function, accuracy, form)}"  # begins as a ufunc's does
    public.__signature__ = signature
    return public


def public_functions(accuracy: int, ufuncs: ModuleType, module: str) -> dict[str, Callable[..., Any]]:
    """NAME and NAME_deriv for every name in the catalogue, for the public module of that name."""
    public: dict[str, Callable[..., Any]] = {}
    for function in FUNCTIONS.values():
        for form in (_core.VALUE, _core.DERIVATIVE):
            name = ufunc_name(function.name, form)
            ufunc = getattr(ufuncs, name)
            public[name] = _with_parameters(function, form, accuracy, ufunc, module) if function.parameters else ufunc
    public.update({new: public[old] for new, old in _SPELLINGS.items() if old in public})
    return public


def no_attribute(module: str, name: str, names: Sequence[str]) -> NoReturn:
    """What the public modules do about a name that they do not have."""
    raise AttributeError(f"module {module!r} has no attribute {name!r}{near(name, names)}")

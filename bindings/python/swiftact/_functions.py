"""The public functions: the ufuncs themselves, or, where there are parameters, Python functions in front of them."""

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


def _with_parameters(function: Function, form: int, accuracy: int, ufunc: np.ufunc, module: str) -> Callable[..., Any]:
    """A Python function that gives the ufunc its parameters, by position, by keyword or by default."""
    name = ufunc_name(function.name, form)
    count = len(function.parameters)
    defaults = [p.default for p in function.parameters]

    def public(x, /, *args, **kwargs):
        values = function.bind(name, args[:count], kwargs) if args or kwargs else defaults
        if kwargs:
            function.refuse_unknown(name, kwargs, UFUNC_KEYWORDS)
        for value in values:
            if value is None:
                raise function.missing(name, values)
        return call(ufunc, (x,), values, *args[count:], **kwargs)

    public.__name__ = public.__qualname__ = name
    public.__module__ = module
    public.__doc__ = docstring(function, accuracy, form)
    public.__signature__ = _signature(function)  # type: ignore[attr-defined]  # inspect reads it
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

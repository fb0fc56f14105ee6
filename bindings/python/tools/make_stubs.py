"""Writes swiftact/__init__.pyi and fast.pyi from the package itself, so from the catalogue.

    python bindings/python/tools/make_stubs.py

needs swiftact installed. A test compares the files with what this makes.
"""

import inspect
import json
from pathlib import Path
from types import ModuleType

import numpy as np

import swiftact
import swiftact.fast

_TYPES = {
    "x": "ArrayLike",
    "out": "np.ndarray | tuple[np.ndarray] | None",
    "where": "ArrayLike",
    "casting": 'Literal["no", "equiv", "safe", "same_kind", "unsafe"]',
    "order": 'Literal["K", "A", "C", "F"]',
    "dtype": "DTypeLike | None",
    "subok": "bool",
}


def _function(name: str, function) -> str:
    """A def with one line for each argument; parameters of the activation, which have no annotation, are numbers or
    arrays."""
    lines, before = [], None
    for p in inspect.signature(function).parameters.values():
        if before is p.POSITIONAL_ONLY and p.kind is not before:
            lines.append("/")
        if p.kind is p.KEYWORD_ONLY and before is not p.kind:
            lines.append("*")
        default = (
            "" if p.default is p.empty else f" = {json.dumps(p.default) if isinstance(p.default, str) else p.default}"
        )
        annotation = (
            _TYPES.get(p.name, "ArrayLike") if p.annotation is p.empty else p.annotation.replace("Out", _TYPES["out"])
        )
        lines.append(f"{p.name}: {annotation}{default}")
        before = p.kind
    return f"def {name}(\n" + "".join(f"    {line},\n" for line in lines) + ") -> Any: ..."


def stub(module: ModuleType) -> str:
    """The text of the stub of swiftact or swiftact.fast."""
    imports, names = [], []
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, np.ufunc):
            names.append(f"{name}: np.ufunc")
        elif isinstance(value, str):
            names.append(f"{name}: str")
        elif isinstance(value, ModuleType):
            imports.append(f"from . import {name} as {name}")
        elif value.__module__ == module.__name__:
            names.append(_function(name, value))
        else:
            imports.append(f"from .{value.__module__.rpartition('.')[2]} import {name} as {name}")
    names += ["__all__ = [", *(f"    {json.dumps(name)}," for name in module.__all__), "]"]
    head = [
        "# Made by make_stubs.py.",
        "from typing import Any, Literal, SupportsIndex",
        "",
        "import numpy as np",
        "from numpy.typing import ArrayLike, DTypeLike",
    ]
    return "\n".join([*head, *([""] if imports else []), *imports, "", *names]) + "\n"


def stubs() -> dict[str, str]:
    """The stubs by their files' names."""
    return {"__init__.pyi": stub(swiftact), "fast.pyi": stub(swiftact.fast)}


if __name__ == "__main__":
    for file, text in stubs().items():
        (Path(__file__).parents[1] / "swiftact" / file).write_text(text, encoding="utf-8")

"""Networks as ONNX models: each activation in ONNX's operators."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ._activation import Activation

_OPSET, _IR_VERSION = 17, 8


class _Value:
    """The output of an operator. Arithmetic with it makes further operators; numbers become constants of its type."""

    def __init__(self, graph: _Graph, name: str) -> None:
        self.graph, self.name = graph, name

    def __add__(self, other: Any) -> _Value:
        return self.graph.add("Add", self, other)

    def __sub__(self, other: Any) -> _Value:
        return self.graph.add("Sub", self, other)

    def __rsub__(self, other: Any) -> _Value:
        return self.graph.add("Sub", other, self)

    def __mul__(self, other: Any) -> _Value:
        return self.graph.add("Mul", self, other)

    def __truediv__(self, other: Any) -> _Value:
        return self.graph.add("Div", self, other)

    def __rtruediv__(self, other: Any) -> _Value:
        return self.graph.add("Div", other, self)

    def __neg__(self) -> _Value:
        return self.graph.add("Neg", self)

    def __getattr__(self, operator: str) -> Callable[..., _Value]:
        if operator.startswith("_"):
            raise AttributeError(operator)
        return lambda *others: self.graph.add(operator, self, *others)

    def where(self, condition: _Value, other: Any) -> _Value:
        """Itself where the condition holds, else the other."""
        return self.graph.add("Where", condition, self, other)


class _Graph:
    """Operators and constants in the order in which they are added."""

    def __init__(self, onnx: Any, dtype: np.dtype) -> None:
        self._onnx, self._dtype = onnx, dtype
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._numbers: dict[float, str] = {}

    def constant(self, name: str, array: np.ndarray) -> _Value:
        self.constants.append(self._onnx.numpy_helper.from_array(np.ascontiguousarray(array), name))
        return _Value(self, name)

    def number(self, value: float) -> _Value:
        if value not in self._numbers:
            self._numbers[value] = f"number.{len(self._numbers)}"
            self.constant(self._numbers[value], np.array(value, self._dtype))
        return _Value(self, self._numbers[value])

    def add(self, operator: str, *inputs: Any, name: str | None = None, **attributes: Any) -> _Value:
        values = [v if isinstance(v, _Value) else self.number(float(v)) for v in inputs]
        output = name or f"{operator}.{len(self.nodes)}"
        names = [v.name for v in values]
        self.nodes.append(self._onnx.helper.make_node(operator, names, [output], output, **attributes))
        return _Value(self, output)


def _softplus(x: _Value) -> _Value:
    """ln(1 + eˣ), without overflow."""
    return x.Max(0) + ((-x.Abs()).Exp() + 1).Log()


def _sigmoid(x: _Value) -> _Value:
    return x.Sigmoid()


def _clamped(x: _Value, low: float, high: float) -> _Value:
    return x.Max(low).Min(high)


def _elu(x: _Value, alpha: float = 1.0) -> _Value:
    return x.where(x.Greater(0), (x.Min(0).Exp() - 1) * alpha)


# Each activation of the catalogue, of x and its parameters in order.
OPERATORS: dict[str, Callable[..., _Value]] = {
    "identity": lambda x: x,
    "tanh": lambda x: x.Tanh(),
    "sigmoid": _sigmoid,
    "relu": lambda x: x.Relu(),
    "leaky_relu": lambda x, slope: x.where(x.Greater(0), x * slope),
    "prelu": lambda x, weight: x.where(x.Greater(0), x * weight),
    "bent_identity": lambda x: ((x * x + 1).Sqrt() - 1) / 2 + x,
    "sinusoid": lambda x: x.Sin(),
    "elu": _elu,
    "selu": lambda x: _elu(x, 1.67326324235437728481704295167) * 1.05070098735548049341933498529,
    "celu": lambda x, alpha: x.where(x.Greater(0), ((x / alpha).Min(0).Exp() - 1) * alpha),
    "gelu": lambda x: x * ((x * math.sqrt(0.5)).Erf() + 1) / 2,
    "gelu_tanh": lambda x: x * _sigmoid((x + x * x * x * 0.044715) * (2 * math.sqrt(2 / math.pi))),
    "quick_gelu": lambda x: x * _sigmoid(x * 1.702),
    "silu": lambda x: x * _sigmoid(x),
    "swish": lambda x, beta: x * _sigmoid(x * beta),
    "mish": lambda x: x * _softplus(x).Tanh(),
    "softplus": lambda x, beta: _softplus(x * beta) / beta,
    "softsign": lambda x: x / (x.Abs() + 1),
    "logsigmoid": lambda x: -_softplus(-x),
    "tanhshrink": lambda x: x - x.Tanh(),
    "softshrink": lambda x, lambd: (x - lambd).where(x.Greater(lambd), (x + lambd).Min(0)),
    "hardshrink": lambda x, lambd: x.where(x.Abs().Greater(lambd), 0),
    "hardtanh": _clamped,
    "hardsigmoid": lambda x: _clamped(x + 3, 0, 6) / 6,
    "hardswish": lambda x: x * (_clamped(x + 3, 0, 6) / 6),
    "relu6": lambda x: _clamped(x, 0, 6),
    "threshold": lambda x, threshold, value: x.where(x.Greater(threshold), value),
    "squared_relu": lambda x: x.Relu() * x.Relu(),
    "gaussian": lambda x: (-(x * x)).Exp(),
    "arctan": lambda x: x.Atan(),
    "lisht": lambda x: x * x.Tanh(),
    "squareplus": lambda x, b: (x + (x * x + b).Sqrt()) / 2,
    "snake": lambda x, alpha: x + (x * alpha).Sin() * (x * alpha).Sin() / alpha,
    "exponential": lambda x: x.Exp(),
    "erf": lambda x: x.Erf(),
}


def model(
    weights: Sequence[np.ndarray], biases: Sequence[np.ndarray], activations: Sequence[Activation], last: str | None
) -> Any:
    """The ONNX model; `last` is an operator after the last layer."""
    try:
        import onnx
    except ImportError:
        raise ImportError("to_onnx needs the package onnx") from None
    for f in activations:
        if f.name not in OPERATORS:
            raise ValueError(f"to_onnx: the activation {f.name} has no expression in ONNX's operators")
    dtype = weights[0].dtype
    graph = _Graph(onnx, dtype)
    x = _Value(graph, "X")
    output = "outputs" if last is None else "probabilities"
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        parameters = graph.constant(f"layers.{i}.weight", w), graph.constant(f"layers.{i}.bias", b)
        is_last = i == len(weights) - 1
        z = graph.add("Gemm", x, *parameters, name=output if is_last and last is None else None)
        x = z if is_last else OPERATORS[activations[i].name](z, *activations[i].params.values())
    if last is not None:
        graph.add(last, x, name=output, **({"axis": 1} if last == "Softmax" else {}))
    kind = onnx.helper.np_dtype_to_tensor_dtype(dtype)
    made = onnx.helper.make_graph(
        graph.nodes,
        "network",
        [onnx.helper.make_tensor_value_info("X", kind, ["samples", len(weights[0])])],
        [onnx.helper.make_tensor_value_info(output, kind, ["samples", len(biases[-1])])],
        graph.constants,
    )
    opsets = [onnx.helper.make_opsetid("", _OPSET)]
    checked = onnx.helper.make_model(made, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="swiftact")
    onnx.checker.check_model(checked)
    return checked

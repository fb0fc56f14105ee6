#!/usr/bin/env python3
"""Compares Network.gradients with PyTorch's autograd: every activation, loss and several depths, in float64.

    .venv-bench/bin/python benchmarks/gradients.py

needs the environment that bench.py makes. The status is 1 where they differ.
"""
import math
import sys

import numpy as np
import swiftact

import peers

torch = peers.import_torch()
F = torch.nn.functional

# Each activation of the catalogue as PyTorch has it, or in its operations; hardsigmoid too, as PyTorch's derivative of it
# is a sixth in float32 only.
FUNCTIONS = {
    "identity": lambda x: x, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": F.relu, "leaky_relu": F.leaky_relu,
    "prelu": lambda x: F.leaky_relu(x, 0.25), "bent_identity": lambda x: (torch.sqrt(x * x + 1) - 1) / 2 + x,
    "sinusoid": torch.sin, "elu": F.elu, "selu": F.selu, "celu": F.celu, "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "quick_gelu": lambda x: x * torch.sigmoid(1.702 * x),
    "silu": F.silu, "swish": F.silu, "mish": F.mish, "softplus": lambda x: F.softplus(x, threshold=50),
    "softsign": F.softsign, "logsigmoid": F.logsigmoid, "tanhshrink": F.tanhshrink, "softshrink": F.softshrink,
    "hardshrink": F.hardshrink, "hardtanh": F.hardtanh, "hardsigmoid": lambda x: torch.clamp(x + 3, 0, 6) / 6, "hardswish": F.hardswish,
    "relu6": F.relu6, "threshold": lambda x: F.threshold(x, 0.1, 20.0), "squared_relu": lambda x: torch.relu(x) ** 2,
    "gaussian": lambda x: torch.exp(-x * x), "arctan": torch.arctan, "lisht": lambda x: x * torch.tanh(x),
    "squareplus": lambda x: (x + torch.sqrt(x * x + 4)) / 2, "snake": lambda x: x + torch.sin(x) ** 2,
    "exponential": torch.exp, "erf": torch.erf,
}
PARAMETERS = {"prelu": {"weight": 0.25}, "threshold": {"threshold": 0.1, "value": 20.0}}
LOSSES = {
    "cross_entropy": F.cross_entropy, "binary_cross_entropy": F.binary_cross_entropy_with_logits,
    "squared_error": F.mse_loss, "huber": F.huber_loss,
}
DEPTHS = ([5, 3], [5, 7, 3], [5, 7, 6, 3], [5, 4, 6, 5, 4, 3])
TOLERANCE = 1e-10  # of the largest gradient of each matrix


def targets(loss):
    random = np.random.default_rng(1)
    return random.integers(3, size=11) if loss == "cross_entropy" else random.random((11, 3))


def difference(name, loss, layers):
    """The largest, in units of the largest gradient, of loss and gradients."""
    net = swiftact.Network(layers, swiftact.Activation(name, **PARAMETERS.get(name, {})), loss=loss, dtype="float64", seed=0)
    net.weights = [w / 4 for w in net.weights]  # that four exponentials, one of the other, are finite
    net.biases = [np.random.default_rng(2).normal(size=b.shape) / 4 for b in net.biases]
    x, y = np.random.default_rng(0).normal(size=(11, 5)), targets(loss)
    parameters = [torch.tensor(p, requires_grad=True) for pair in zip(net.weights, net.biases) for p in pair]
    output = torch.from_numpy(x)
    for i in range(0, len(parameters), 2):
        output = output @ parameters[i] + parameters[i + 1]
        if i < len(parameters) - 2:
            output = FUNCTIONS[name](output)
    value = LOSSES[loss](output, torch.from_numpy(y))
    value.backward()
    worst = abs(net.loss(x, y) / value.item() - 1)
    for ours, theirs in zip((g for pair in net.gradients(x, y) for g in pair), parameters):
        theirs = theirs.grad.numpy()
        worst = max(worst, np.abs(ours - theirs).max() / max(np.abs(theirs).max(), sys.float_info.min))
    return worst


def main():
    if missing := swiftact.catalogue().keys() - FUNCTIONS.keys():
        raise SystemExit(f"gradients.py: no function for {', '.join(sorted(missing))}")
    worst = {(name, loss, len(layers) - 2): difference(name, loss, layers)
             for name in swiftact.catalogue() for loss in LOSSES for layers in DEPTHS}
    place = max(worst, key=worst.get)
    different = {key: value for key, value in worst.items() if not value <= TOLERANCE}
    print(f"{len(worst)} networks; the largest difference is {worst[place]:.1e} of the largest gradient:"
          f" {place[0]}, {place[1]}, {place[2]} hidden layers")
    for (name, loss, hidden), value in different.items():
        print(f"different: {name}, {loss}, {hidden} hidden layers: {value:.1e}")
    return 1 if different or math.isnan(sum(worst.values())) else 0


if __name__ == "__main__":
    sys.exit(main())

"""NeuralNetwork: one sample a step, as textbooks have it."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _core
from ._activation import Activation
from ._checks import activation as checked_activation
from ._checks import bound, integer, real_array

_CHUNK = 1 << 16  # this many samples are drawn at once


class NeuralNetwork:
    """A network that learns from one sample, drawn at random, at each step: squared error, gradient descent.

    The inputs, and each hidden layer, have a bias unit more. Weights are drawn from ±0.25, and samples, with NumPy's
    global random state: `numpy.random.seed` governs both. Every layer has the activation, the last one too. The steps
    run in compiled code, in float64, with derivatives taken where they belong, at the activation's argument.

    Parameters
    ----------
    layers : sequence of int
        How many inputs, units of each hidden layer, and outputs there are.
    activation : str or Activation
        ``"tanh"``, ``"logistic"``, or any other of the catalogue.

    Attributes
    ----------
    weights : list of ndarray
        A matrix for each layer, the bias's row last. Training changes them in place.
    activation, activation_deriv : callable
        The function and its derivative.

    See Also
    --------
    `Network` : trains faster, with other losses and optimisers.

    Examples
    --------
    >>> np.random.seed(0)
    >>> net = swiftact.NeuralNetwork([2, 4, 1], "tanh")
    >>> net.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> [round(float(net.predict(x)[0])) for x in ([0, 0], [0, 1], [1, 0], [1, 1])]
    [0, 1, 1, 0]
    """

    def __init__(self, layers: Sequence[int], activation: str | Activation = "tanh") -> None:
        if isinstance(layers, (str, bytes)) or not hasattr(layers, "__len__") or len(layers) < 2:
            raise ValueError(f"NeuralNetwork: layers must be a list of two sizes or more, got {layers!r}")
        sizes = [integer("NeuralNetwork", f"layers[{i}]", size, 1) for i, size in enumerate(layers)]
        self.activation = checked_activation("NeuralNetwork", "activation", activation)
        bound("NeuralNetwork", self.activation)
        widths = [*(size + 1 for size in sizes[:-1]), sizes[-1]]
        self.weights = [
            (2 * np.random.random((n_in, n_out)) - 1) * 0.25
            for n_in, n_out in zip(widths[:-1], widths[1:], strict=True)
        ]

    @property
    def activation_deriv(self) -> Any:
        """The activation's derivative."""
        return self.activation.deriv

    def fit(self, X: ArrayLike, y: ArrayLike, learning_rate: float = 0.2, epochs: int = 10000) -> None:
        """Trains the network, from the weights it has.

        Parameters
        ----------
        X : array_like of shape (samples, inputs)
            Or (inputs,): one sample.
        y : array_like of shape (samples, outputs)
            What the network shall give; of shape (samples,), it is wanted of every output.
        learning_rate : float
            How large the steps are.
        epochs : int
            How many steps there are, each for one sample.

        Raises
        ------
        ValueError, TypeError
            Shapes do not fit, or an argument is not allowed. The network is unchanged.
        KeyboardInterrupt
            On Ctrl-C; the network has what was learnt till then.
        """
        if not isinstance(learning_rate, numbers.Real):
            raise TypeError(f"fit: learning_rate must be a number, got {type(learning_rate).__name__}")
        if not math.isfinite(learning_rate):
            raise ValueError(f"fit: learning_rate must be finite, got {learning_rate}")
        steps = integer("fit", "epochs", epochs, 0)
        f = bound("fit", self.activation)
        weights = self._checked_weights("fit")
        x = self._samples("fit", "X", np.atleast_2d(real_array("fit", "X", X)), weights)
        wanted = _finite("fit", "y", real_array("fit", "y", y))
        if len(x) == 0:
            raise ValueError(f"fit: X must have at least one sample, got {x.shape}")
        outputs = weights[-1].shape[1]
        if wanted.ndim == 1 and wanted.shape == (len(x),):
            wanted = wanted.reshape(-1, 1)
        if wanted.shape not in ((len(x), 1), (len(x), outputs)):
            raise ValueError(f"fit: y must have the shape ({len(x)}, {outputs}), got {wanted.shape}")
        wanted = np.ascontiguousarray(np.broadcast_to(wanted, (len(x), outputs)))
        try:
            for start in range(0, steps, _CHUNK):
                order = np.random.randint(len(x), size=min(_CHUNK, steps - start), dtype=np.int64)
                _core.online_fit(f, weights, x, wanted, float(learning_rate), order, None)
        finally:
            for own, trained in zip(self.weights, weights, strict=True):
                if own is not trained:
                    own[...] = trained

    def predict(self, x: ArrayLike) -> np.ndarray:
        """The outputs for one sample (inputs,), or for each of several (samples, inputs)."""
        given = real_array("predict", "x", x)
        weights = self._checked_weights("predict")
        samples = self._samples("predict", "x", given.reshape(1, -1) if given.ndim == 1 else given, weights)
        y = _core.online_predict(bound("predict", self.activation), weights, samples)
        return y[0] if given.ndim == 1 else y

    def _checked_weights(self, called: str) -> list[np.ndarray]:
        """The weights as the library takes them: themselves, or copies of those that it could not change in place."""
        for i, (w, following) in enumerate(zip(self.weights, [*self.weights[1:], None], strict=True)):
            if not isinstance(w, np.ndarray) or w.ndim != 2 or (following is not None and w.shape[1] != len(following)):
                raise ValueError(f"{called}: weights[{i}] must be a matrix that fits the next one, got {np.shape(w)}")
        return [np.require(real_array(called, "weights", w), np.float64, ["C", "A", "W", "E"]) for w in self.weights]

    @staticmethod
    def _samples(called: str, argument: str, array: np.ndarray, weights: list[np.ndarray]) -> np.ndarray:
        inputs = len(weights[0]) - 1
        if array.ndim != 2 or array.shape[1] != inputs:
            raise ValueError(f"{called}: {argument} must have {inputs} columns, got the shape {array.shape}")
        return _finite(called, argument, array) if called == "fit" else np.require(array, np.float64, ["C", "A", "E"])

    def __repr__(self) -> str:
        return f"NeuralNetwork({[len(w) - 1 for w in self.weights] + [self.weights[-1].shape[1]]}, {self.activation!r})"


def _finite(called: str, argument: str, array: np.ndarray) -> np.ndarray:
    """The array in float64, if there is neither NaN nor an infinity in it."""
    array = np.require(array, np.float64, ["C", "A", "E"])
    for place in np.argwhere(~np.isfinite(array))[:1]:
        where = ", ".join(map(str, place))
        raise ValueError(f"{called}: {argument} must be finite, got {array[tuple(place)]} at [{where}]")
    return array

"""Network: dense layers and their training."""

from __future__ import annotations

import inspect
import json
import os
import secrets
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from . import _core, _safetensors
from ._activation import Activation
from ._catalogue import FUNCTIONS
from ._checks import activation as checked_activation
from ._checks import boolean, bound, integer, key_of, one_of, real, real_array
from ._labels import Targets
from ._training import Watch

_LOSSES = {
    "cross_entropy": _core.CROSS_ENTROPY,
    "binary_cross_entropy": _core.BINARY_CROSS_ENTROPY,
    "squared_error": _core.SQUARED_ERROR,
    "huber": _core.HUBER,
}
_OPTIMIZERS = {"sgd": _core.SGD, "adam": _core.ADAM, "adamw": _core.ADAMW, "rmsprop": _core.RMSPROP}
_SCHEDULES = {
    "constant": _core.CONSTANT,
    "step": _core.STEP,
    "exponential": _core.EXPONENTIAL,
    "cosine": _core.COSINE,
    "linear": _core.LINEAR,
}
_INITIALIZERS = {
    "auto": _core.INITIALIZER_FOR_ACTIVATION,
    "glorot_uniform": _core.GLOROT_UNIFORM,
    "glorot_normal": _core.GLOROT_NORMAL,
    "he_uniform": _core.HE_UNIFORM,
    "he_normal": _core.HE_NORMAL,
    "lecun_uniform": _core.LECUN_UNIFORM,
    "lecun_normal": _core.LECUN_NORMAL,
}
_TYPES = {"float32": _core.F32, "float64": _core.F64}
_ACCURACIES = {"exact": _core.EXACT, "fast": _core.FAST}

# ---------------------------------------------------------------------------------------------------- settings ---

T = TypeVar("T")
N = TypeVar("N", bound="Network")
Check = Callable[[str, Any], T]


class _Setting(Generic[T]):
    """How a network is trained: an attribute that takes allowed values only."""

    def __init__(self, check: Check[T], documentation: str) -> None:
        self._check, self.__doc__ = check, documentation

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, network: None, owner: type) -> _Setting[T]: ...
    @overload
    def __get__(self, network: Network, owner: type) -> T: ...
    def __get__(self, network: Network | None, owner: type) -> Any:
        return self if network is None else network._settings[self._name]

    def __set__(self, network: Network, value: T) -> None:
        network._settings[self._name] = self._check(self._name, value)


def _name_of(table: dict[str, int]) -> Check[str]:
    return lambda argument, value: one_of("Network", argument, value, table)


def _number(allowed: str, is_allowed: Callable[[float], bool]) -> Check[float]:
    return lambda argument, value: real("Network", argument, value, allowed, is_allowed)


def _number_or_none(allowed: str, is_allowed: Callable[[float], bool]) -> Check[float | None]:
    check = _number(f"{allowed}, or None", is_allowed)
    return lambda argument, value: None if value is None else check(argument, value)


def _count(minimum: int) -> Check[int]:
    return lambda argument, value: integer("Network", argument, value, minimum)


def _count_or_none(argument: str, value: Any) -> int | None:
    return None if value is None else integer("Network", argument, value, 1)


def _flag(argument: str, value: Any) -> bool:
    return boolean("Network", argument, value)


_SHARE = ("a number from 0 to less than 1", lambda v: 0 <= v < 1)
_NOT_NEGATIVE = ("a number of at least 0", lambda v: v >= 0)
_POSITIVE = ("a number greater than 0", lambda v: v > 0)


def _betas(argument: str, value: Any) -> tuple[float, float]:
    try:
        first, second = value
    except (TypeError, ValueError):
        raise TypeError(f"Network: {argument} must be two numbers from 0 to less than 1, got {value!r}") from None
    check = _number(*_SHARE)
    return check(f"{argument}[0]", first), check(f"{argument}[1]", second)


# ------------------------------------------------------------------------------------------- weights and biases ---


class Parameters(list[np.ndarray]):
    """A network's weights or biases, an array for each layer. The arrays are the network's own memory: what is written
    there, or assigned to an item, the network has."""

    def __init__(self, name: str, arrays: Sequence[np.ndarray]) -> None:
        super().__init__(arrays)
        self._name = name

    def __setitem__(self, index: Any, value: Any) -> None:
        own = self[index]
        if isinstance(own, list):
            for old, new in self._checked(own, value, f"{self._name}[{index.start}:{index.stop}]"):
                old[...] = new
        else:
            own[...] = self._fitting(own, value, f"{self._name}[{index}]")

    def __reduce__(self) -> tuple[Any, ...]:
        return list, ([array.copy() for array in self],)

    def assign(self, values: Any) -> None:
        """Takes all values, or, where one does not fit, none."""
        for old, new in self._checked(self, values, self._name):
            old[...] = new

    def _checked(self, own: list[np.ndarray], values: Any, name: str) -> list[tuple[np.ndarray, np.ndarray]]:
        if not isinstance(values, (list, tuple)) or len(values) != len(own):
            given = f"{len(values)}" if isinstance(values, (list, tuple)) else type(values).__name__
            raise ValueError(f"Network: {name} must be a list of {len(own)} arrays, one for each layer, got {given}")
        pairs = [
            (o, self._fitting(o, v, f"{self._name}[{i}]")) for i, (o, v) in enumerate(zip(own, values, strict=True))
        ]
        return [(old, new.copy() if np.may_share_memory(old, new) else new) for old, new in pairs]

    def _fitting(self, own: np.ndarray, value: Any, name: str) -> np.ndarray:
        array = real_array("Network", name, value)
        if array.shape != own.shape:
            raise ValueError(f"Network: {name} must have the shape {own.shape}, got {array.shape}")
        return array


# ------------------------------------------------------------------------------------------------- the network ---


class Network:
    """A network of dense layers, trained by gradient descent.

    The whole training runs in compiled code, without an allocation in a step. A seed makes the same weights on every
    machine, with every number of threads. The last layer is linear, under the loss.

    Parameters
    ----------
    layers : sequence of int
        How many inputs, units of each hidden layer, and outputs there are: ``[64, 100, 10]``.
    activation : str, Activation, or a list of them
        Of all hidden layers, or of each. ``Activation(…, accuracy="fast")`` is faster.
    loss : {"cross_entropy", "binary_cross_entropy", "squared_error", "huber"}
        The mean that PyTorch's loss of that kind takes. Cross-entropy has softmax inside and takes labels; binary
        cross-entropy has the sigmoid inside and takes labels, or numbers from 0 to 1.
    optimizer : {"adam", "sgd", "adamw", "rmsprop"}
        As PyTorch's of that name.
    learning_rate : float
        At least 0.
    seed : int, optional
        Behind weights, shuffling, dropout and the choice of validation samples. None: one that the system draws; the
        attribute `seed` has it.
    dtype : {"float32", "float64"}
        Of weights and computing.
    initializer : {"auto", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"}
        How weights are drawn; biases begin as 0. "auto": the one for the activation, that is LeCun normal for selu, He
        uniform for relu and its like, else Glorot uniform.
    huber_delta : float
        Where huber changes from squared to absolute error; greater than 0.
    classes : array_like, optional
        The labels, in the order of the outputs. None: the first fit finds them (see `classes_`).
    momentum : float
        For sgd and rmsprop; from 0 to less than 1.
    nesterov : bool
        Nesterov's momentum; for sgd with a momentum.
    betas : tuple of two floats
        How slowly adam and adamw forget gradients and their squares; each from 0 to less than 1.
    alpha : float
        How slowly rmsprop forgets the squares of gradients; from 0 to 1.
    eps : float
        Added to the denominator by adam, adamw and rmsprop; at least 0.
    weight_decay : float, optional
        At least 0. None: 0.01 for adamw, where it is apart from the gradient, else 0.
    dropout : float
        The share of hidden units that each training sample leaves out; from 0 to less than 1.
    clip_norm, clip_value : float, optional
        The gradient's norm, or each of its elements, is made at most this; greater than 0.
    schedule : {"constant", "step", "exponential", "cosine", "linear"}
        How the learning rate falls during a fit: times `schedule_factor` after every `schedule_epochs` (step) or every
        epoch (exponential), or down to `schedule_factor` times the first one along half a cosine or a line.
    schedule_epochs : int
        For step; at least 1.
    schedule_factor : float, optional
        From 0 to 1. None: 0.1 for step, 0.95 for exponential, else 0.
    warmup_epochs : int
        Over so many epochs the learning rate grows linearly at first.
    patience : int, optional
        The fit ends after so many epochs without a lower validation loss (training loss, where no samples are for
        validation). None: never.
    min_delta : float
        Lower is by more than this; at least 0.
    restore_best : bool
        With a patience: whether the network has the best epoch's weights in the end.

    Attributes
    ----------
    classes_ : ndarray or None
        The labels in the order of the outputs, for the losses that take labels. Integers from 0 to outputs − 1 stand for
        themselves; of others, integers or strings, the first fit has to have as many as there are outputs.
    history : dict
        That of the last fit, also of an interrupted one.

    Notes
    -----
    Each of the keywords from `optimizer` on that concern training is also an attribute, which can be set between fits.

    Examples
    --------
    >>> from sklearn.datasets import load_digits
    >>> X, y = load_digits(return_X_y=True)
    >>> net = swiftact.Network([64, 100, 10], "tanh", seed=0)
    >>> history = net.fit(X / 16, y, epochs=20)
    >>> net.score(X / 16, y) > 0.97
    True
    """

    optimizer = _Setting(_name_of(_OPTIMIZERS), "The optimiser's name. Another one begins anew.")
    learning_rate = _Setting(_number(*_NOT_NEGATIVE), "That of the first epoch after the warm-up.")
    momentum = _Setting(_number(*_SHARE), "For sgd and rmsprop.")
    nesterov = _Setting(_flag, "Whether sgd's momentum is Nesterov's.")
    betas = _Setting(_betas, "How slowly adam and adamw forget.")
    alpha = _Setting(_number("a number from 0 to 1", lambda v: 0 <= v <= 1), "How slowly rmsprop forgets.")
    eps = _Setting(_number(*_NOT_NEGATIVE), "Added to the denominator by adam, adamw and rmsprop.")
    weight_decay = _Setting(_number_or_none(*_NOT_NEGATIVE), "None: the optimiser's own.")
    dropout = _Setting(_number(*_SHARE), "The share of hidden units that a training sample leaves out.")
    clip_norm = _Setting(_number_or_none(*_POSITIVE), "The most that the gradient's norm may be.")
    clip_value = _Setting(_number_or_none(*_POSITIVE), "The most that an element of the gradient may be.")
    schedule = _Setting(_name_of(_SCHEDULES), "How the learning rate falls.")
    schedule_epochs = _Setting(_count(1), "How long a step lasts.")
    schedule_factor = _Setting(
        _number_or_none("a number from 0 to 1", lambda v: 0 <= v <= 1), "None: the schedule's own."
    )
    warmup_epochs = _Setting(_count(0), "Over so many epochs the learning rate grows.")
    patience = _Setting(_count_or_none, "How many epochs without a better loss end the fit.")
    min_delta = _Setting(_number(*_NOT_NEGATIVE), "A better loss is lower by more than this.")
    restore_best = _Setting(_flag, "Whether the best epoch's weights are kept, with a patience.")

    def __init__(
        self,
        layers: Sequence[int],
        activation: str | Activation | Sequence[str | Activation] = "tanh",
        *,
        loss: str = "cross_entropy",
        optimizer: str = "adam",
        learning_rate: float = 0.001,
        seed: int | None = None,
        dtype: DTypeLike = "float32",
        initializer: str = "auto",
        huber_delta: float = 1.0,
        classes: ArrayLike | None = None,
        momentum: float = 0.0,
        nesterov: bool = False,
        betas: tuple[float, float] = (0.9, 0.999),
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float | None = None,
        dropout: float = 0.0,
        clip_norm: float | None = None,
        clip_value: float | None = None,
        schedule: str = "constant",
        schedule_epochs: int = 10,
        schedule_factor: float | None = None,
        warmup_epochs: int = 0,
        patience: int | None = None,
        min_delta: float = 0.0,
        restore_best: bool = True,
    ) -> None:
        sizes = _sizes(layers)
        functions = _functions(activation, len(sizes) - 2)
        options = {
            "loss": _LOSSES[one_of("Network", "loss", loss, _LOSSES)],
            "type": _TYPES[_dtype(dtype).name],
            "initializer": _INITIALIZERS[one_of("Network", "initializer", initializer, _INITIALIZERS)],
            "huber_delta": _number(*_POSITIVE)("huber_delta", huber_delta),
            "seed": secrets.randbits(64) if seed is None else integer("Network", "seed", seed, 0, 2**64 - 1),
        }
        given = locals()
        self._settings: dict[str, Any] = {}
        for name in _SETTINGS:
            setattr(self, name, given[name])
        targets = Targets(loss, sizes[-1])
        if classes is not None:
            targets = _with_classes(targets, classes)
        try:
            core = _core.network(sizes, functions, **options)
        except MemoryError:
            count = sum((n_in + 1) * n_out for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True))
            raise MemoryError(f"Network: not enough memory for layers of {count} weights and biases") from None
        self._set_up(core, targets)

    def _set_up(self, core: _core.network, targets: Targets) -> None:
        self._core, self._targets = core, targets
        self.history: dict[str, list[Any]] = {}
        described = core.describe()
        self._architecture = described["layers"]
        self._type = np.dtype(key_of(_TYPES, described["type"]))

    # ------------------------------------------------------------------------------------------- what it is ---

    @property
    def layers(self) -> list[int]:
        """Inputs, units of each hidden layer, outputs."""
        return [self._architecture[0][0], *(layer[1] for layer in self._architecture)]

    @property
    def activations(self) -> list[Activation]:
        """Of each hidden layer."""
        return [_activation_of(layer) for layer in self._architecture[:-1]]

    @property
    def dtype(self) -> np.dtype:
        """Of weights and computing."""
        return self._type

    @property
    def loss_name(self) -> str:
        """The loss that it is trained for."""
        return self._targets.loss

    @property
    def huber_delta(self) -> float:
        """Where huber changes from squared to absolute error."""
        return self._core.describe()["huber_delta"]

    @property
    def initializer(self) -> str:
        """How the weights were drawn."""
        return key_of(_INITIALIZERS, self._core.describe()["initializer"])

    @property
    def seed(self) -> int:
        """Behind weights, shuffling, dropout and the choice of validation samples."""
        return self._core.describe()["seed"]

    @property
    def epochs(self) -> int:
        """How many epochs it has been trained, in all fits; one that was interrupted counts."""
        return self._core.describe()["epochs"]

    @property
    def steps(self) -> int:
        """How many batches it has been trained with, in all fits."""
        return self._core.describe()["steps"]

    @property
    def classes_(self) -> np.ndarray | None:
        """The labels, in the order of the outputs; None before the first fit, and for values."""
        return None if self._targets.classes is None else self._targets.classes.copy()

    @property
    def weights(self) -> Parameters:
        """The layers' weights, each (n_in, n_out): the network's own memory. Can be assigned, whole and by item."""
        return Parameters("weights", [self._core.layer(i)[0] for i in range(len(self._architecture))])

    @weights.setter
    def weights(self, values: Sequence[ArrayLike]) -> None:
        self.weights.assign(values)

    @property
    def biases(self) -> Parameters:
        """The layers' biases, each (n_out,): the network's own memory. Can be assigned, whole and by item."""
        return Parameters("biases", [self._core.layer(i)[1] for i in range(len(self._architecture))])

    @biases.setter
    def biases(self, values: Sequence[ArrayLike]) -> None:
        self.biases.assign(values)

    def __repr__(self) -> str:
        functions = self.activations
        names = [f.name if f == Activation(f.name) else f for f in functions if not f.missing]
        shown = names[0] if len(set(functions)) == 1 else names
        parts = [repr(self.layers), *([f"activation={shown!r}"] if functions else [])]
        parts += [f"loss={self.loss_name!r}", f"optimizer={self.optimizer!r}", f"learning_rate={self.learning_rate!r}"]
        return f"Network({', '.join(parts)}, seed={self.seed}, dtype={self._type.name!r})"

    # ---------------------------------------------------------------------------------------------- training ---

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        epochs: int = 10,
        batch_size: int = 32,
        shuffle: bool = True,
        validation: float | tuple[ArrayLike, ArrayLike] = 0.0,
        progress: bool | None = None,
        callback: Callable[[dict[str, Any]], Any] | None = None,
    ) -> dict[str, list[Any]]:
        """Trains the network, from the weights it has: another fit goes on where the last one ended.

        Parameters
        ----------
        X : array_like of shape (samples, inputs)
            Real numbers, finite. Read without a copy where it has the network's dtype and no gaps.
        y : array_like
            For cross_entropy one label for each sample, integers or strings. For binary_cross_entropy with one output
            labels too, two of them; with several, (samples, outputs) numbers from 0 to 1. Else the values, (samples,
            outputs), or (samples,) where there is one output.
        epochs : int
            How often the samples are gone through.
        batch_size : int
            How many of them make a step; the last step of an epoch may have fewer.
        shuffle : bool
            Each epoch in another order, which the seed governs.
        validation : float or tuple (X, y)
            The share of the samples that is not trained on, from 0 to less than 1: drawn by the seed, the last ones
            without shuffle. Or samples of your own.
        progress : bool, optional
            Whether a bar shows how far it is, by tqdm. None: where a terminal shows it and tqdm is there.
        callback : callable, optional
            Called after each epoch with a dict: "epoch" from 1, and what the history has of it. If it returns True, the
            fit ends.

        Returns
        -------
        history : dict of lists
            Of each epoch "loss", "validation_loss" (where there are such samples), "learning_rate", "gradient_norm" (the
            largest of a batch, before clipping), and for each hidden layer the share of its units that are "dead" or
            "saturated", as some 500 samples show.

        Raises
        ------
        ValueError, TypeError
            An argument is not allowed, or has NaN or an infinity. The network is unchanged.
        KeyboardInterrupt
            On Ctrl-C; the network has what was learnt till then.

        Warns
        -----
        TrainingWarning
            The loss is not finite, which ends the fit, or has grown; a fifth of a layer's units, or more, are dead or
            saturated.
        """
        options = self._fit_options(
            epochs=integer("fit", "epochs", epochs, 0),
            batch_size=integer("fit", "batch_size", batch_size, 1),
            shuffle=boolean("fit", "shuffle", shuffle),
        )
        if callback is not None and not callable(callback):
            raise TypeError(f"fit: callback must be callable or None, got {type(callback).__name__}")
        if progress is not None:
            boolean("fit", "progress", progress)
        samples = self._samples("fit", "X", X, "samples")
        targets, known = self._targets.read("fit", "y", y, len(samples), self._type)
        data = [("X", X, samples), ("y", y, targets)]
        own: tuple[()] | tuple[np.ndarray, np.ndarray] = ()
        if isinstance(validation, (tuple, list)):
            own = self._validation(validation, known)
            pairs = enumerate(zip(validation, own, strict=True))
            data += [(f"validation[{i}]", given, array) for i, (given, array) in pairs]
        else:
            options["validation"] = real("fit", "validation", validation, f"{_SHARE[0]}, or (X, y)", _SHARE[1])
        has_validation = bool(own) or options.get("validation", 0.0) > 0
        before = self._targets
        with Watch(progress, epochs, len(samples), has_validation, callback) as watch:
            self._targets, self.history = known, watch.history
            done = self._core.fit(samples, targets, own, options, watch.end_epoch, watch.poll)
        if done is None:
            self._targets = before
            raise self._not_usable("fit", data)
        watch.warn()
        return watch.history

    def _fit_options(self, **options: Any) -> dict[str, Any]:
        """The options by the names that the library has for them; None is its default."""
        settings = dict(self._settings)
        if settings["nesterov"] and settings["optimizer"] == "sgd" and settings["momentum"] == 0:
            raise ValueError("fit: nesterov=True needs a momentum greater than 0")
        options["optimizer"] = _OPTIMIZERS[settings.pop("optimizer")]
        options["schedule"] = _SCHEDULES[settings.pop("schedule")]
        options["beta1"], options["beta2"] = settings.pop("betas")
        options["epsilon"] = settings.pop("eps")
        return options | {name: value for name, value in settings.items() if value is not None}

    def _validation(self, given: Sequence[Any], known: Targets) -> tuple[np.ndarray, np.ndarray]:
        if len(given) != 2:
            raise ValueError(f"fit: validation must be a share or (X, y), got {len(given)} items")
        samples = self._samples("fit", "validation[0]", given[0], "samples")
        targets, _ = known.read("fit", "validation[1]", given[1], len(samples), self._type)
        return samples, targets

    def forget_optimizer(self) -> None:
        """Drops the optimiser's memory and count of steps: the next fit begins with new ones."""
        self._core.forget_optimizer()

    # --------------------------------------------------------------------------------------------- computing ---

    def forward(self, X: ArrayLike) -> np.ndarray:
        """The last layer's outputs, which the loss is taken of: (samples, outputs), or (outputs,) of one sample
        (inputs,). A sample has the same bits alone and among others."""
        x = self._samples("forward", "X", X, "any")
        y = self._core.predict(x)
        return y if np.ndim(X) == 2 else y[0]

    def predict(self, X: ArrayLike) -> np.ndarray:
        """The labels, for the losses that take labels, else the values, for each sample, in the shape that the targets
        of the last fit had. Or of one sample (inputs,)."""
        x = self._samples("predict", "X", X, "any")
        y = self._targets.predicted(self._core.predict(x))
        return y if np.ndim(X) == 2 else y[0]

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """The probabilities (samples, outputs): of the classes for cross_entropy, and for binary_cross_entropy of each
        output to be 1, that is of `classes_[1]`."""
        outputs = self.forward(X)
        probabilities: np.ndarray
        if self.loss_name == "cross_entropy":
            from . import softmax

            probabilities = softmax(outputs)
        elif self.loss_name == "binary_cross_entropy":
            from . import sigmoid

            probabilities = sigmoid(outputs)
        else:
            raise ValueError(f"predict_proba: the loss {self.loss_name} knows values, not probabilities")
        return probabilities

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """The mean loss of these samples, without dropout and weight decay."""
        samples, targets = self._data("loss", X, y)
        loss = self._core.loss(samples, targets)
        if loss is None:
            raise self._not_usable("loss", [("X", X, samples), ("y", y, targets)])
        return loss

    def gradients(self, X: ArrayLike, y: ArrayLike) -> list[tuple[np.ndarray, np.ndarray]]:
        """The gradients of `loss(X, y)` for weights and biases: (dW, db) for each layer, in their shapes."""
        samples, targets = self._data("gradients", X, y)
        flat = self._core.gradients(samples, targets)
        if flat is None:
            raise self._not_usable("gradients", [("X", X, samples), ("y", y, targets)])
        gradients, start = [], 0
        for n_in, n_out, *_ in self._architecture:
            middle, end = start + n_in * n_out, start + n_in * n_out + n_out
            gradients.append((flat[start:middle].reshape(n_in, n_out), flat[middle:end]))
            start = end
        return gradients

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """For the losses that take labels the share of samples that are predicted rightly (in all outputs, where there
        are several); else R², the mean over the outputs."""
        samples, targets = self._data("score", X, y)
        outputs = self._core.predict(samples)
        if self.loss_name == "cross_entropy":
            return float(np.mean(outputs.argmax(axis=1) == targets))
        if self.loss_name == "binary_cross_entropy":
            return float(np.mean(((outputs > 0) == (targets > 0.5)).all(axis=1)))
        wanted = targets.astype(np.float64)
        left = ((wanted - outputs) ** 2).sum(axis=0)
        spread = ((wanted - wanted.mean(axis=0)) ** 2).sum(axis=0)
        known = np.divide(left, spread, out=np.where(left > 0, 1.0, 0.0), where=spread > 0)
        return float(np.mean(1 - known))

    def _data(self, called: str, X: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        samples = self._samples(called, "X", X, "samples")
        return samples, self._targets.read(called, "y", y, len(samples), self._type)[0]

    def _samples(self, called: str, argument: str, value: object, allowed: str) -> np.ndarray:
        """The value as the library reads it. `allowed`: "samples", at least one of them, or "any": none, and a vector."""
        inputs = self._architecture[0][0]
        if (
            type(value) is np.ndarray
            and (value.dtype == self._type and value.flags.carray)
            and (value.ndim == 2 and value.shape[1] == inputs and len(value))
        ):
            return value
        array = real_array(called, argument, value)
        if allowed == "any" and array.shape == (inputs,):
            array = array.reshape(1, inputs)
        if array.ndim != 2 or array.shape[1] != inputs:
            raise ValueError(f"{called}: {argument} must have the shape (samples, {inputs}), got {array.shape}")
        if allowed == "samples" and len(array) == 0:
            raise ValueError(f"{called}: {argument} must have at least one sample, got {array.shape}")
        with np.errstate(all="ignore"):
            return np.require(array, self._type, ["C", "A", "E"])

    def _not_usable(self, called: str, data: list[tuple[str, Any, np.ndarray]]) -> ValueError:
        """The error for data that the library does not take."""
        for argument, given, array in data:
            for place in np.argwhere(~np.isfinite(array))[:1]:
                value = np.asarray(given).reshape(array.shape)[tuple(place)]
                where = ", ".join(map(str, place))
                return ValueError(f"{called}: {argument} must be finite in {self._type}, got {value} at [{where}]")
        return ValueError(f"{called}: no samples are left to train on")

    # ------------------------------------------------------------------------------------------------ saving ---

    def _state(self) -> dict[str, Any]:
        """What the library's own file does not have, of JSON's types."""
        classes = self._targets.classes
        return {
            "settings": self._settings,
            "classes": None if classes is None else {"dtype": classes.dtype.str, "values": classes.tolist()},
            "flat_targets": self._targets.is_flat,
        }

    @classmethod
    def _of(cls: type[N], data: bytes, state: Any) -> N:
        """The network of such bytes and state. ValueError says what is wrong with them."""
        network = cls.__new__(cls)
        core = _core.network.read(data)
        described = core.describe()
        targets = Targets(key_of(_LOSSES, described["loss"]), described["layers"][-1][1])
        network._settings = dict(_DEFAULTS)
        if state is not None:
            try:
                for name, value in state["settings"].items():
                    if name not in _DEFAULTS:
                        raise ValueError(f"there is no setting {name!r}")
                    setattr(network, name, value)
                if state["classes"] is not None:
                    values = np.array(state["classes"]["values"], dtype=state["classes"]["dtype"])
                    targets = _with_classes(targets, values)
                targets.is_flat = boolean("Network", "flat_targets", state["flat_targets"])
            except (AttributeError, KeyError, TypeError) as error:
                raise ValueError(f"settings are damaged: {error!r}") from None
        network._set_up(core, targets)
        return network

    def save(self, path: str | bytes | os.PathLike[str], *, with_training: bool = False) -> None:
        """Saves the network as a safetensors file: tensors "layers.0.weight" (n_in, n_out), "layers.0.bias", …, all else
        as metadata. The C library loads it too, and `safetensors` reads it.

        Parameters
        ----------
        path : str or path-like
            What was there before stays whole until the new file is.
        with_training : bool
            Whether the optimiser's memory is saved too, so that a fit after loading goes on with the same bits.

        Raises
        ------
        OSError
            The file cannot be written.
        """
        data = self._core.write(boolean("save", "with_training", with_training))
        _safetensors.write(path, _safetensors.with_metadata(data, "python", json.dumps(self._state())))

    @classmethod
    def load(cls: type[N], path: str | bytes | os.PathLike[str]) -> N:
        """The network of a file that `save`, or the C or Swift library, has written. Everything in it is checked, nothing
        executed.

        Raises
        ------
        OSError
            The file cannot be read.
        ValueError
            It is not a saved network, or damaged; the message says how.
        """
        with open(path, "rb") as file:
            data = file.read()
        try:
            text = _safetensors.metadata(data, "python")
            return cls._of(data, None if text is None else json.loads(text))
        except ValueError as error:
            raise ValueError(f"load: {os.fsdecode(path)!r} is no saved network: {error}") from None

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self._core.write(True), self._state())

    def to_onnx(self, path: str | bytes | os.PathLike[str], *, probabilities: bool = False) -> None:
        """Writes the network as an ONNX model, with the input "X" (samples, inputs) and the output "outputs", those of
        `forward`. Needs the package onnx.

        Parameters
        ----------
        path : str or path-like
            Where to.
        probabilities : bool
            Whether the output is that of `predict_proba`, and called "probabilities".

        Raises
        ------
        ValueError
            `predict_proba` does not give any.
        """
        if boolean("to_onnx", "probabilities", probabilities) and "cross_entropy" not in self.loss_name:
            raise ValueError(f"to_onnx: the loss {self.loss_name} knows values, not probabilities")
        from ._onnx import model

        last = (
            {"cross_entropy": "Softmax", "binary_cross_entropy": "Sigmoid"}[self.loss_name] if probabilities else None
        )
        _safetensors.write(path, model(self.weights, self.biases, self.activations, last).SerializeToString())


_SETTINGS = [name for name, value in vars(Network).items() if isinstance(value, _Setting)]
_DEFAULTS = {name: p.default for name, p in inspect.signature(Network).parameters.items() if name in _SETTINGS}


def _sizes(layers: Any) -> tuple[int, ...]:
    expected = "Network: layers must be a list of two sizes or more: inputs, hidden layers, outputs"
    if isinstance(layers, (str, bytes)) or not hasattr(layers, "__len__"):
        raise TypeError(f"{expected}; got {type(layers).__name__}")
    if len(layers) < 2:
        raise ValueError(f"{expected}; got {len(layers)}")
    return tuple(integer("Network", f"layers[{i}]", size, 1) for i, size in enumerate(layers))


def _functions(given: Any, hidden: int) -> tuple[_core.Bound, ...]:
    if not isinstance(given, (list, tuple)):
        functions = [checked_activation("Network", "activation", given)] * hidden
    elif len(given) != hidden:
        raise ValueError(
            f"Network: activation must be one, or a list of {hidden}, one for each hidden layer; got {len(given)}"
        )
    else:
        functions = [checked_activation("Network", f"activation[{i}]", f) for i, f in enumerate(given)]
    return tuple(bound("Network", f) for f in functions)


def _activation_of(layer: _core._Layer) -> Activation:
    _, _, name, accuracy, values = layer
    names = [p.name for p in FUNCTIONS[name].parameters]
    return Activation(name, accuracy=key_of(_ACCURACIES, accuracy), **dict(zip(names, values, strict=True)))


def _dtype(given: DTypeLike) -> np.dtype:
    try:
        dtype: np.dtype | None = np.dtype(given)
    except TypeError:
        dtype = None
    if dtype is None or dtype.name not in _TYPES:
        raise ValueError(f"Network: dtype must be 'float32' or 'float64', got {given!r}")
    return dtype


def _with_classes(targets: Targets, classes: Any) -> Targets:
    from ._labels import labels

    if not targets.are_labels:
        raise ValueError(f"Network: classes must be None for the loss {targets.loss} with {targets.outputs} outputs")
    found, count = labels("Network", "classes", classes), 2 if targets.outputs == 1 else targets.outputs
    if found.shape != (count,) or (found[1:] <= found[:-1]).any():
        raise ValueError(f"Network: classes must be {count} different labels in ascending order, got {found.tolist()}")
    return Targets(targets.loss, targets.outputs, found)


def _restore(cls: type[N], data: bytes, state: Any) -> N:
    return cls._of(data, state)

"""What the targets of a network are: labels, probabilities or values."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._checks import real_array


def labels(called: str, argument: str, value: Any) -> np.ndarray:
    """The value as an array of bools, integers or strings."""
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{called}: {argument} must not be a masked array")
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{called}: {argument} must be an array of labels: {error}") from None
    if array.dtype.kind in "OT" and all(isinstance(label, str) for label in array.flat):
        array = array.astype(str)
    if array.dtype.kind == "f":
        with np.errstate(all="ignore"):
            whole = np.isfinite(array) & (array == np.trunc(array)) & (np.abs(array) < 2.0**53)
        if not whole.all():
            raise ValueError(f"{called}: {argument} must have whole numbers as labels, got {array[~whole].flat[0]}")
        array = array.astype(np.int64)
    if array.dtype.kind not in "biuU":
        raise TypeError(f"{called}: {argument} must be labels, that is ints or strings, got dtype {array.dtype}")
    return array


def _some(values: np.ndarray) -> str:
    shown = ", ".join(repr(v) for v in values[:5].tolist())
    return shown + (", …" if len(values) > 5 else "")


def classes_in(called: str, argument: str, found: np.ndarray, count: int) -> np.ndarray:
    """The classes that labels name, in order: those from 0 on for themselves, else as many distinct ones as there are
    outputs."""
    if found.dtype.kind in "iu" and (found.size == 0 or (found.min() >= 0 and found.max() < count)):
        return np.arange(count)
    distinct = np.array([False, True]) if found.dtype.kind == "b" else np.unique(found)
    if len(distinct) != count:
        hint = "; for one output there is the loss binary_cross_entropy" if count == 1 else ""
        raise ValueError(
            f"{called}: {argument} must have labels from 0 to {count - 1}, or {count} others, as the network has {count} "
            f"output{'s' if count > 1 else ''}; got {len(distinct)}: {_some(distinct)}{hint}"
        )
    return distinct


def places(called: str, argument: str, found: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Where each label is among the classes."""
    if (found.dtype.kind == "U") != (classes.dtype.kind == "U"):
        unknown = np.unique(found)
        place = None
    else:
        place = np.searchsorted(classes, found).astype(np.int64)
        wrong = classes[np.minimum(place, len(classes) - 1)] != found
        unknown = np.unique(found[wrong])
    if len(unknown):
        raise ValueError(
            f"{called}: {argument} has labels that are none of the network's {len(classes)} classes "
            f"({_some(classes)}): {_some(unknown)}"
        )
    return np.empty(0, np.int64) if place is None else place


class Targets:
    """The targets of one kind of loss, and what is known of the labels: the classes, in the order of the outputs, and
    whether targets have one dimension where there is one output."""

    def __init__(self, loss: str, outputs: int, classes: np.ndarray | None = None, is_flat: bool = False) -> None:
        self.loss, self.outputs, self.classes, self.is_flat = loss, outputs, classes, is_flat

    @property
    def are_labels(self) -> bool:
        """Whether each sample has one label."""
        return self.loss == "cross_entropy" or (self.loss == "binary_cross_entropy" and self.outputs == 1)

    def read(self, called: str, argument: str, value: Any, samples: int, dtype: np.dtype) -> tuple[np.ndarray, Targets]:
        """The targets as the library takes them, and what is known of them then."""
        if self.loss == "cross_entropy":
            return self._one_of_several(called, argument, value, samples)
        if self.are_labels:
            array = np.asarray(value)
            if array.dtype.kind in "OTU" or self._other_numbers(array):
                return self._one_of_two(called, argument, value, samples, dtype)
        return self._numbers(called, argument, value, samples, dtype)

    def _known(self, classes: np.ndarray | None, is_flat: bool) -> Targets:
        return Targets(self.loss, self.outputs, classes, is_flat)

    def _other_numbers(self, array: np.ndarray) -> bool:
        """Whether labels are others than 0, 1 and what is between."""
        if self.classes is not None:
            return not np.array_equal(self.classes, [0, 1])
        return array.dtype.kind in "biuf" and array.size > 0 and bool(((array < 0) | (array > 1)).any())

    def _one_of_several(self, called: str, argument: str, value: Any, samples: int) -> tuple[np.ndarray, Targets]:
        found = labels(called, argument, value)
        if found.shape != (samples,):
            hint = ": labels, not one-hot rows" if found.shape == (samples, self.outputs) else ""
            raise ValueError(f"{called}: {argument} must have the shape ({samples},){hint}, got {found.shape}")
        classes = classes_in(called, argument, found, self.outputs) if self.classes is None else self.classes
        return places(called, argument, found, classes), self._known(classes, True)

    def _one_of_two(
        self, called: str, argument: str, value: Any, samples: int, dtype: np.dtype
    ) -> tuple[np.ndarray, Targets]:
        found = labels(called, argument, value)
        self._check_shape(called, argument, found.shape, samples)
        classes = classes_in(called, argument, found, 2) if self.classes is None else self.classes
        place = places(called, argument, found.reshape(samples), classes)
        return place.reshape(samples, 1).astype(dtype), self._known(classes, found.ndim == 1)

    def _numbers(
        self, called: str, argument: str, value: Any, samples: int, dtype: np.dtype
    ) -> tuple[np.ndarray, Targets]:
        found = real_array(called, argument, value)
        self._check_shape(called, argument, found.shape, samples)
        if self.loss == "binary_cross_entropy":
            wrong = found[~((found >= 0) & (found <= 1))]
            if wrong.size:
                raise ValueError(f"{called}: {argument} must be from 0 to 1, got {wrong.flat[0]}")
        with np.errstate(all="ignore"):
            y = np.require(found.reshape(samples, self.outputs), dtype, ["C", "A", "E"])
        classes = self.classes
        if self.are_labels and classes is None:
            classes = np.array([False, True]) if found.dtype.kind == "b" else np.arange(2)
        return y, self._known(classes, found.ndim == 1)

    def _check_shape(self, called: str, argument: str, shape: tuple[int, ...], samples: int) -> None:
        expected = (samples, self.outputs)
        if shape != expected and not (self.outputs == 1 and shape == (samples,)):
            one = f"({samples},) or " if self.outputs == 1 else ""
            raise ValueError(f"{called}: {argument} must have the shape {one}{expected}, got {shape}")

    def predicted(self, outputs: np.ndarray) -> np.ndarray:
        """The labels or values that the outputs mean."""
        if self.loss == "cross_entropy":
            place: np.ndarray = outputs.argmax(axis=1)
            return place if self.classes is None else self.classes[place]
        if self.loss == "binary_cross_entropy":
            is_one = outputs > 0
            decided = is_one.astype(np.int64) if self.classes is None else self.classes[is_one.astype(np.intp)]
            return decided[:, 0] if self.outputs == 1 and self.is_flat else decided
        return outputs[:, 0] if self.outputs == 1 and self.is_flat else outputs

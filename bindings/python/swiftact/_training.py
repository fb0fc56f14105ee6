"""What a fit tells: history, progress bar and warnings."""

from __future__ import annotations

import math
import sys
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import Any

# From which share of a layer's units on, and from which growth of the loss, there is a warning.
_DEAD, _SATURATED, _GROWTH = 0.2, 0.2, 2.0


class TrainingWarning(UserWarning):
    """Training goes wrong: the loss diverges, or units of a layer are dead or saturated."""


def _warn(message: str) -> None:
    """Shows it at the line that calls `fit`."""
    depth, frame = 1, sys._getframe()
    package = frame.f_globals["__package__"]
    while frame.f_back is not None and frame.f_globals.get("__package__") == package:
        frame, depth = frame.f_back, depth + 1
    warnings.warn(message, TrainingWarning, stacklevel=depth)


class _Bar:
    """A progress bar over the samples of all epochs, by tqdm."""

    def __init__(self, progress: bool | None, epochs: int, samples: int) -> None:
        self._bar: Any = None
        self._epochs, self._samples = epochs, samples
        if progress is False or (progress is None and not (sys.stderr is not None and sys.stderr.isatty())):
            return
        try:
            from tqdm.auto import tqdm
        except ImportError:
            if progress is None:
                return
            raise ImportError("fit: progress=True needs the package tqdm") from None
        self._bar = tqdm(total=epochs * samples, unit=" samples", unit_scale=True, desc=f"epoch 1/{epochs}")

    @property
    def is_shown(self) -> bool:
        return self._bar is not None

    def move(self, epoch: int, samples: int) -> None:
        """To that many samples of an epoch, from 1."""
        if self._bar is not None:
            self._bar.set_description(f"epoch {epoch}/{self._epochs}", refresh=False)
            self._bar.update((epoch - 1) * self._samples + samples - self._bar.n)

    def end_epoch(self, record: dict[str, Any]) -> None:
        if self._bar is not None:
            losses = {name: f"{record[name]:.4g}" for name in ("loss", "validation_loss") if name in record}
            self._bar.set_postfix(losses, refresh=False)
            self.move(record["epoch"], self._samples)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class Watch:
    """Follows a fit: keeps its history, moves the bar, warns, and asks the user's callback whether to go on."""

    def __init__(
        self,
        progress: bool | None,
        epochs: int,
        samples: int,
        has_validation: bool,
        callback: Callable[[dict[str, Any]], Any] | None,
    ) -> None:
        names = ["loss", "validation_loss", "learning_rate", "gradient_norm", "dead", "saturated"]
        self.history: dict[str, list[Any]] = {n: [] for n in names if has_validation or n != "validation_loss"}
        self._bar = _Bar(progress, epochs, samples)
        self._callback = callback
        self.poll = self._poll if self._bar.is_shown else None

    def _poll(self, epoch: int, samples: int) -> bool:
        self._bar.move(epoch, samples)
        return False

    def end_epoch(self, record: dict[str, Any]) -> bool:
        """Whether the fit is to end."""
        diverged = record.pop("diverged")
        if "validation_loss" not in self.history:
            del record["validation_loss"]
        for name, values in self.history.items():
            values.append(record[name])
        self._bar.end_epoch(record)
        if diverged:
            _warn(
                f"the loss or a weight is not finite after epoch {record['epoch']} (loss {record['loss']:g}): training "
                "ends. A smaller learning_rate, clip_norm or scaled inputs may help"
            )
        ends = self._callback is not None and bool(self._callback(record))
        return ends or diverged

    def warn(self) -> None:
        """Of what the last epoch has shown."""
        losses = self.history["loss"]
        if not losses or not math.isfinite(losses[-1]):
            return
        if losses[-1] > _GROWTH * losses[0] > 0:
            _warn(
                f"the loss has grown from {losses[0]:.4g} in the first to {losses[-1]:.4g} in the last epoch: it may "
                "diverge. A smaller learning_rate may help"
            )
        for kind, least, advice in (
            ("dead", _DEAD, "their derivative is 0 for all samples tried, so they learn nothing"),
            ("saturated", _SATURATED, "their derivative is below 0.01 for nearly all samples, so they learn slowly"),
        ):
            for layer, share in enumerate(self.history[kind][-1], start=1):
                if share >= least:
                    _warn(f"hidden layer {layer}: {share:.0%} of its units are {kind}: {advice}")

    def __enter__(self) -> Watch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.close()

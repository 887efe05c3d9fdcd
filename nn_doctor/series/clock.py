"""The clock of a run: how its steps and epochs hang together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import Channel, FloatArray

MIN_BATCHES = 1 + 1e-6
"""An epoch of one step is an axis counted twice, not a number of batches."""


@dataclass(frozen=True, eq=False)
class Clock:
    """The monotone table step ↔ epoch of a run: two arrays of shape (k,), k = 0 where the log does not say.

    ``batches_per_epoch`` is the median number of steps an epoch took, or None.
    """

    step: FloatArray
    epoch: FloatArray
    batches_per_epoch: float | None = None

    def to_epoch(self, step: FloatArray) -> FloatArray:
        """Steps as (fractional) epochs, by linear interpolation; raises InsufficientData without a table."""
        self._demand()
        return _line_through(step, self.step, self.epoch)

    def to_step(self, epoch: FloatArray) -> FloatArray:
        """Epochs as steps, by linear interpolation; raises InsufficientData without a table."""
        self._demand()
        return _line_through(epoch, self.epoch, self.step)

    def _demand(self) -> None:
        if self.step.size < 2:
            raise InsufficientData("the log does not say how steps and epochs belong together")


def _line_through(at: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Linear interpolation that goes on along the mean slope outside the table."""
    slope = (y[-1] - y[0]) / (x[-1] - x[0]) if x[-1] > x[0] else 0.0
    inside = np.interp(at, x, y)
    below, above = np.minimum(at - x[0], 0.0), np.maximum(at - x[-1], 0.0)
    return np.asarray(inside + slope * (below + above))


def clock_of(channels: list[Channel], batches_per_epoch: float | None = None) -> Clock:
    """The clock of a run from every point that has both a step and an epoch; the option overrides."""
    pairs = [(c.step, c.epoch) for c in channels if c.step is not None and c.epoch is not None]
    empty = np.zeros(0)
    if not pairs:
        return Clock(empty, empty, batches_per_epoch)
    step = np.concatenate([s for s, _ in pairs])
    epoch = np.concatenate([e for _, e in pairs])
    known = np.isfinite(step) & np.isfinite(epoch)
    step, first = np.unique(step[known], return_index=True)
    epoch = np.maximum.accumulate(epoch[known][first]) if first.size else empty
    if not _moves_together(step, epoch):
        return Clock(empty, empty, batches_per_epoch)
    step, epoch = _one_step_per_epoch(step, epoch)
    rate = np.diff(step) / np.diff(epoch) if step.size > 1 else empty
    guess = float(np.median(rate)) if rate.size else None
    return Clock(step, epoch, batches_per_epoch or (guess if guess and guess > MIN_BATCHES else None))


def _moves_together(step: FloatArray, epoch: FloatArray) -> bool:
    return bool(step.size > 1 and epoch[-1] > epoch[0])


def _one_step_per_epoch(step: FloatArray, epoch: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Keep the last step of each epoch value, so that both arrays rise strictly.

    Epochs written as whole numbers stand still over many steps; their last step is the end of the epoch.
    """
    last = np.append(np.flatnonzero(np.diff(epoch) > 0), epoch.size - 1)
    return step[last], epoch[last]

"""Series and Run: a training log in nn-doctor's own terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray, IntArray, Note
    from nn_doctor.series.clock import Clock
    from nn_doctor.series.restarts import Restart

Split = Literal["train", "val", "test", "none"]
Goal = Literal["min", "max", "none"]
Axis = Literal["step", "epoch", "time", "row"]
Role = Literal["objective", "term", "metric", "schedule", "internal", "system", "unknown"]


@dataclass(frozen=True, eq=False)
class Series:
    """One curve: values ``y`` over ``x``, both float64 of shape (n,), x never decreasing.

    ``metric`` is the quantity in the field's terms ("loss", "accuracy", "learning_rate", "grad_norm" …),
    ``term`` the part of it this curve shows (None, "box", a layer …), ``axis`` what ``x`` counts.
    ``step``, ``epoch`` and ``time`` are the x values as logged, where given. ``averaged_over`` is "epoch"
    for train losses that are a mean over the epoch. ``why`` says how the name was understood, ``counted_by`` which
    columns of the log gave the axes (pairs of kind and name).
    """

    id: str
    name: str
    metric: str
    split: Split
    goal: Goal
    role: Role
    x: FloatArray
    y: FloatArray
    axis: Axis
    term: str | None = None
    step: FloatArray | None = None
    epoch: FloatArray | None = None
    time: FloatArray | None = None
    line: IntArray | None = None
    averaged_over: str | None = None
    why: str = ""
    counted_by: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return int(self.y.size)

    @cached_property
    def finite(self) -> tuple[FloatArray, FloatArray]:
        """``(x, y)`` without the points whose y is NaN or infinite."""
        keep = np.isfinite(self.y)
        return (self.x, self.y) if keep.all() else (self.x[keep], self.y[keep])


@dataclass(frozen=True, eq=False)
class Objective:
    """Which curves judge a run: one (train, validation) pair of losses, and the metric beside it.

    ``train`` and ``val`` are the loss (or, in runs that log no loss, a metric with a direction).
    ``metric_train`` and ``metric_val`` are the metric logged beside the loss (accuracy …), or None.
    All four are None for a run nobody can judge; ``reason`` says how the choice was made.
    """

    train: Series | None = None
    val: Series | None = None
    metric_train: Series | None = None
    metric_val: Series | None = None
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Run:
    """One training run, ready to be judged.

    ``file`` is the one file it was read from; None for a run in several files, or from no file at all.
    ``goes_on``: it begins with the weights that an earlier run of the same log ended with.
    """

    id: str
    source: str
    name: str
    parser: str
    series: tuple[Series, ...]
    clock: Clock
    objective: Objective = field(default_factory=Objective)
    params: dict[str, object] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    restarts: tuple[Restart, ...] = ()
    file: str | None = None
    goes_on: bool = False

    def find(self, name: str) -> Series:
        """The series of that name; raises KeyError."""
        for series in self.series:
            if series.name == name:
                return series
        raise KeyError(name)

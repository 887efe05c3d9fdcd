"""What the metrics beside the loss say of a run that may have learned nothing: no better than a guess."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.trend import trend
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

MANY = 10
"""Evaluations from which a metric that never moved means something."""
NO_BETTER = 0.05
"""An R² that never exceeds this explains no more than the mean of the targets does."""
LOW = 0.35
"""An accuracy below this may be that of a guess; above, it may be a converged model's."""
RISEN = 2.0
"""Standard errors by which the second half of a metric may lie above the first by chance."""
CHANCE = 0.05
ABOVE, BELOW = 1.4, 0.97
"""Times −ln(accuracy) between which the loss of a confident guess lies: never below, since a mean logarithm is not."""


def explains_nothing(ctx: Context) -> Series | None:
    """An R² that was no better than the mean of the targets from the first evaluation to the last, or None.

    One that never changed in any digit was not measured on the weights that are trained: it says nothing of them.
    """
    for metric in _metrics(ctx):
        y = metric.finite[1]
        if metric.metric == "r2" and float(y.max()) <= NO_BETTER and float(np.ptp(y)) > 0:
            return metric
    return None


def never_rose(ctx: Context, loss: float) -> Series | None:
    """A low accuracy without any rise, at which ``loss`` is that of a guess, where no other accuracy rose; or None."""
    found = [metric for metric in _metrics(ctx) if metric.metric == "accuracy"]
    if not found or any(_rises(ctx, metric) for metric in found):
        return None
    metric = found[0]
    y = _share(metric.finite[1])
    level = float(y[y.size // 2 :].mean())
    guess = -math.log(level) if 0 < level < LOW else 0.0
    return metric if guess and BELOW * guess <= loss <= ABOVE * guess else None


def _metrics(ctx: Context) -> list[Series]:
    both = (ctx.objective.metric_train, ctx.objective.metric_val)
    return [metric for metric in both if metric is not None and metric.finite[1].size >= MANY]


def _rises(ctx: Context, metric: Series) -> bool:
    """Whether a metric has a rising trend, or a second half that is higher beyond chance."""
    y = _share(metric.finite[1])
    half = y.size // 2
    error = float(np.std(np.diff(y))) / math.sqrt(2) * math.sqrt(2 / half)
    higher = float(y[-half:].mean() - y[:half].mean()) > RISEN * error > 0
    try:
        found = ctx.of(trend, metric, last=1.0)
    except InsufficientData:
        return higher
    return higher or (found.tau > 0 and found.p < CHANCE)


def _share(y: FloatArray) -> FloatArray:
    """Per cent as shares."""
    return y / 100 if float(y.max()) > 1 else y

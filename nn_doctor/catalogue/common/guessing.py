"""What the metrics beside the loss say of a run that may have learned nothing: no better than a guess."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.line import line
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
OFF_SCALE = -0.5
"""An R² that ends below this is worse than the mean by far: measured on another scale than the loss, more likely."""
LOW = 0.35
"""An accuracy below this may be that of a guess; above, it may be a converged model's."""
RISEN = 2.0
"""Standard errors by which the second half of a metric may lie above the first by chance."""
CHANCE = 0.05
SETTLED_POINTS = 50
EVEN = 0.03
"""Of the level: the noise of batches of a model that says the same of every sample."""
EARLY, HEAD, NEAR = 0.3, 0.05, 0.01
"""From this share of the run on the loss is level; it begins no further above that; so near to ln C it lies."""
MOST_CLASSES = 10
"""Of more classes the guesses lie so close together that any loss is near one."""
CONFIDENT, EVEN_HANDED, BELOW = 1.4, 1.1, 0.97
"""Times −ln(accuracy) between which the loss of a guess lies: never below, since a mean logarithm is not.

A guess that is sure of itself costs more than one among classes equally frequent.
"""


def explains_nothing(ctx: Context) -> Series | None:
    """An R² that was no better than the mean of the targets from the first evaluation to the last, or None.

    One that never changed in any digit was not measured on the weights that are trained: it says nothing of them.
    """
    for metric in _metrics(ctx):
        y = metric.finite[1]
        if metric.metric == "r2" and float(y.max()) <= NO_BETTER and float(np.ptp(y)) > 0 and y[-1] > OFF_SCALE:
            return metric
    return None


def never_rose(ctx: Context, loss: float, above: float) -> Series | None:
    """A low accuracy without any rise, at which ``loss`` is that of a guess, where no other accuracy rose; or None.

    The loss may be ``above`` times that of a guess which is right as often.
    """
    found = [metric for metric in _metrics(ctx) if metric.metric == "accuracy"]
    if not found or any(_rises(ctx, metric) for metric in found):
        return None
    metric = found[0]
    y = _share(metric.finite[1])
    level = float(y[y.size // 2 :].mean())
    guess = -math.log(level) if 0 < level < LOW else 0.0
    return metric if guess and BELOW * guess <= loss <= above * guess else None


def settles_at_a_guess(ctx: Context, noise: float) -> int | None:
    """The number of classes (up to ten) at whose guess, ln C, a calm loss lies from early on; None where at none.

    Outputs that are the same for every sample make batches cost the same: ``noise`` (of one point, as a share of the
    level) must be small, which it is not where a model that knows something is fine-tuned. Labels that have nothing to
    do with their inputs let a loss fall this far and no further. Logs with an accuracy are judged by that.
    """
    y = ctx.learning_curve.finite[1]
    if y.size < SETTLED_POINTS or noise > EVEN or any(s.metric == "accuracy" for s in ctx.run.series):
        return None
    body = y[int(EARLY * y.size) :]
    level, first = float(body.mean()), float(y[: max(3, y.size // 20)].mean())
    classes = round(math.exp(min(max(level, 0.0), math.log(MOST_CLASSES + 1))))
    if not 2 <= classes <= MOST_CLASSES or first > (1 + HEAD) * level:
        return None
    found, off = line(np.arange(body.size, dtype=np.float64), body), level / math.log(classes) - 1
    still = abs(found.z) < RISEN and abs(found.fall) + RISEN * found.error < HEAD
    return classes if still and -NEAR / 3 < off < NEAR else None


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

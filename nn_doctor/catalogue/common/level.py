"""A level line in noise: many noisy points without a trend, a bend or a high beginning (for ND101)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nn_doctor.analyzers.batch_noise import batch_noise
from nn_doctor.analyzers.line import line
from nn_doctor.catalogue.base import Threshold

if TYPE_CHECKING:
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context

LOUD = Threshold("nd101.loud", 0.03, "of the start", 0.0, 1.0, "where noise is smaller, the limits above say enough")
STILL = Threshold("nd101.still", 1.05, "standard errors", 0.0, 5.0, "slope of a level line; fine-tuning in noise 1.4")
UNBENT = Threshold("nd101.unbent", 1.3, "standard errors", 0.0, 5.0, "bend of a level line")
HIDDEN = Threshold("nd101.hidden", 0.35, "of the start", 0.0, 1.0, "a fall that noise might hide must be smaller")
VAL_FALL = Threshold("nd101.val_fall", 0.02, "of its level", 0.0, 0.5, "validation, less noisy, must not fall either")
NOTHING = Threshold(
    "nd101.nothing", 0.015, "of the start", 0.0, 0.1, "no fall worth the name within two standard errors"
)
WHITE = Threshold(
    "nd101.white", 1.5, "of the noise of one point", 1.0, 10.0, "a wider spread of 100 points is bursts, or an order"
)
ENOUGH = Threshold("nd101.enough", 100, "points", 20, 100_000, "fewer, noisy, are few trials of anything")
TRENDLESS = Threshold("nd101.trendless", 0.1, "probability", 1e-9, 0.9, "of as strong a trend of the ranks by chance")
MEMORY = Threshold("nd101.memory", 2.0, "standard errors", 0.0, 100.0, "points of noise know nothing of the next")
UNFELT = Threshold("nd101.unfelt", 0.05, "of the start", 0.0, 0.5, "a fall that the errors allow must be smaller")
SOME = Threshold("nd101.some", 30, "points", 20, 100_000, "fewer show no trend, whatever they do")
LEVEL_THRESHOLDS = (
    *(TRENDLESS, MEMORY, UNFELT, SOME),
    *(NOTHING, WHITE, ENOUGH, LOUD, STILL, UNBENT, HIDDEN, VAL_FALL),
)
FEW, TWICE = 5, 2
MOST = 4
UNSEEN = 0.8
"""Of the noise of one point: a fall of so little is not to be seen, even if it is all that the errors allow."""


def level_in_noise(ctx: Context, found: Shape) -> bool:
    """Whether many noisy points lie on a level line, so well that no fall worth the name can hide in the noise."""
    noisy = found.raw_sigma > ctx.limit(LOUD) * abs(found.start)
    if found.points < ctx.limit(ENOUGH) or not noisy or found.start <= 0 or _val_falls(ctx) or _begins_high(ctx, found):
        return False
    fit = ctx.of(line, ctx.learning_curve)
    highest = fit.fall + TWICE * fit.error
    white = not wanders(ctx, found)
    if white and highest < ctx.limit(NOTHING) and fit.bend < ctx.limit(UNBENT):
        return True
    level = abs(fit.z) < ctx.limit(STILL) and abs(fit.bend) < ctx.limit(UNBENT)
    return level and highest < min(ctx.limit(HIDDEN), UNSEEN * found.raw_sigma / found.start)


def is_white(ctx: Context, found: Shape) -> bool:
    """Whether a curve is nothing but noise: no trend of the ranks, no memory from point to point, no high beginning.

    And what it may have fallen, within two standard errors of a line, is less than the noise of one point: not to be
    seen. A fall of that size in noise of any distribution would show as a trend, or as neighbours that are alike.
    """
    if found.points < ctx.limit(SOME) or found.start <= 0 or _val_falls(ctx) or _begins_high(ctx, found):
        return False
    told, fit = ctx.of(batch_noise, ctx.learning_curve), ctx.of(line, ctx.learning_curve)
    white = told.p >= ctx.limit(TRENDLESS) and abs(told.memory) < ctx.limit(MEMORY)
    noise = found.raw_sigma / found.start
    return (
        white and noise < ctx.limit(HIDDEN) and max(fit.fall, 0.0) + TWICE * fit.error < min(ctx.limit(UNFELT), noise)
    )


def wanders(ctx: Context, found: Shape) -> bool:
    """Whether many points wander about their trend by more than the noise of single ones, which no level line does.

    Of more points (up to 400, the most that are looked at) the spread is known better, by the root of their number.
    """
    many = found.points / ctx.limit(ENOUGH)
    return many >= 1 and found.bounce > (1 + (ctx.limit(WHITE) - 1) / math.sqrt(min(many, MOST))) * found.raw_sigma > 0


def _begins_high(ctx: Context, found: Shape) -> bool:
    """Whether the first points lie above all later ones: then the loss fell at once."""
    y = ctx.learning_curve.finite[1]
    excess = float(y[:FEW].mean() - y[FEW:].mean())
    return excess > TWICE * found.raw_sigma / math.sqrt(FEW)


def _val_falls(ctx: Context) -> bool:
    """Whether the validation loss falls by more than nothing, as far as it is logged."""
    val = ctx.objective.val
    if val is None or val.goal != "min" or val.finite[1].size < TWICE:
        return False
    y = val.finite[1]
    third = max(1, y.size // 3)
    return float(y[:third].mean() - y[-third:].mean()) > ctx.limit(VAL_FALL) * abs(float(y.mean()))

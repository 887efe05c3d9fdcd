"""The learning rate as ND407 sees it: the highest of all groups, and what the train loss did around its falls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.levels import step
from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Threshold
from nn_doctor.catalogue.common.internals import FEW, loss_fall

if TYPE_CHECKING:
    from nn_doctor.analyzers.schedule import Schedule
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

FELL = Threshold("nd407.fell", 0.1, "of the progress", 0.0, 1.0, "won in the later half before: it was falling")
SLOWED = Threshold("nd407.slowed", 0.1, "of the pace before", 0.0, 1.0, "a fall as slow as that has been stopped")
SURE = Threshold("nd407.sure", 3.0, "standard errors", 1.0, 100.0, "a fall or rise must stand out of the noise")
MOVED = Threshold("nd407.moved", 0.02, "of the first loss", 0.0, 0.5, "a loss that falls more has a rate above zero")
WAITED = Threshold(
    "nd407.waited", 0.1, "of the progress", 0.02, 2.0, "won before the rate rises, of all that is won later"
)
LIMITS = (FELL, SLOWED, SURE, MOVED, WAITED)
SIDE = 5
FEWEST = 3
HALF = 0.5
SEVERAL = 2
"""Cuts that make a staircase."""


@dataclass(frozen=True, slots=True)
class Odd:
    """Something odd in a rate: in short, with numbers, how much of it against which limit, where, and how sure."""

    summary: str
    text: str
    measured: float
    limit: Threshold
    span: tuple[float, float]
    score: float


def highest(ctx: Context) -> Series | None:
    """The learning rate, of several groups logged at the same points the highest at each; None if there is none.

    A group may be frozen for a while. Columns that never change tell the peak or the base of those that do.
    """
    first = ctx.learning_rate
    if first is None:
        return None
    groups = [s for s in ctx.run.series if s.metric == first.metric and np.array_equal(s.x, first.x)]
    moving = [s for s in groups if s.finite[1].size and float(np.ptp(s.finite[1])) > 0]
    if len(moving) < SEVERAL:
        return moving[0] if moving else first
    top = np.fmax.reduce([s.y for s in moving])
    return replace(moving[0], id=f"{moving[0].id}+", y=top)


def train_beside(ctx: Context, rate: Series) -> tuple[FloatArray, FloatArray] | None:
    """The finite points of the train loss, if it is on the axis of the rate."""
    train = ctx.objective.train
    if train is None or train.goal != "min" or train.axis != rate.axis:
        return None
    return train.finite


def was_stopped(ctx: Context, rate: Series, schedule: Schedule, place: float) -> bool:
    """Whether the train loss was still falling before a place, and stood still after it.

    Of a staircase the last step before counts: the fall right after an earlier cut is that cut's.
    """
    curve = train_beside(ctx, rate)
    if curve is None:
        return False
    x, y = curve
    before, after = y[(x < place) & (x >= _step_before(x, schedule, place))], y[x >= place]
    if after.size < 2 * SIDE:
        return False
    if before.size < 2 * SIDE:
        return _froze(before, after)
    n = before.size
    won = step(before[n // 4 : n // 2], before[3 * n // 4 :], after)
    later = step(after[: after.size // 2], after[after.size // 2 :], after)
    progress = float(before[: max(1, n // FEW)].max()) - median(after)
    return (
        won.z >= ctx.limit(SURE)
        and won.fall >= ctx.limit(FELL) * progress
        and (later.z < ctx.limit(SURE) or later.fall / (2 * after.size) < ctx.limit(SLOWED) * won.fall / n)
    )


def _step_before(x: FloatArray, schedule: Schedule, place: float) -> float:
    """Where the step of a staircase that ends at ``place`` begins, −∞ where it is no step of points enough."""
    earlier = [cut for cut in schedule.cuts if np.count_nonzero((x >= cut) & (x < place)) >= 2 * SIDE]
    return float(earlier[-1]) if earlier else -np.inf


def waited_for_loss(ctx: Context, rate: Series, schedule: Schedule, place: float) -> bool:
    """Whether a rate came down to ``place`` in several cuts, the first of them where the train loss stood still.

    So does a scheduler that waits for a plateau and was never told of a lowest rate.
    """
    curve, cuts = train_beside(ctx, rate), schedule.cuts[schedule.cuts <= place]
    if curve is None or cuts.size < SEVERAL:
        return False
    x, y = curve
    before = y[x < cuts[0]]
    if before.size < 2 * SIDE:
        return False
    half = before[before.size // 2 :]
    won = step(half[: half.size // 2], half[half.size // 2 :], half)
    progress = float(before[: max(1, before.size // FEW)].max()) - median(half)
    return won.z < ctx.limit(SURE) or won.fall < ctx.limit(MOVED) * progress


def rests(ctx: Context, rate: Series, place: float) -> bool:
    """Whether the train loss wins nothing from a place on: nothing beyond its noise, or a trifle of its level."""
    curve = train_beside(ctx, rate)
    if curve is None or (after := curve[1][curve[0] >= place]).size < 2 * SIDE:
        return False
    later = step(after[: after.size // 2], after[after.size // 2 :], after)
    return later.z < ctx.limit(SURE) or later.fall < ctx.limit(MOVED) * abs(median(after))


def _froze(before: FloatArray, after: FloatArray) -> bool:
    """Whether a loss that fell, over few epochs, moves from a place on by less in all than in one epoch before.

    What converges by itself goes on falling for as long as it took to slow down.
    """
    half = before[before.size // 2 :]
    if half.size < FEWEST:
        return False
    pace = float(half[0] - half[-1]) / (half.size - 1)
    return pace > 0 and float(np.ptp(after)) <= HALF * pace


def waits(ctx: Context, rate: Series, place: float) -> bool:
    """Whether the train loss wins next to nothing before a place, of all that it wins later."""
    curve = train_beside(ctx, rate)
    if curve is None or loss_fall(ctx) < ctx.limit(MOVED):
        return False
    x, y = curve
    before, after = y[x <= place], y[x > place]
    if min(before.size, after.size) < 2 * SIDE:
        return False
    won = step(before[: before.size // 2], before[before.size // 2 :], before).fall
    later = median(before) - median(after[-max(SIDE, after.size // FEW) :])
    return later > 0 and won <= ctx.limit(WAITED) * later

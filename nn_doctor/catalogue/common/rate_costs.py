"""Rises of a learning rate that a train loss pays for, and one that comes by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.floors import leap
from nn_doctor.analyzers.levels import shock, step
from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Threshold
from nn_doctor.catalogue.common.internals import FEW
from nn_doctor.catalogue.common.phrases import at
from nn_doctor.catalogue.common.rates import SIDE, SURE, Odd, train_beside

if TYPE_CHECKING:
    from nn_doctor.analyzers.floors import Leap
    from nn_doctor.analyzers.schedule import Schedule
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

LOST = Threshold(
    "nd407.lost", 0.3, "of the progress", 0.05, 2.0, "set by judgement: a rise that costs so much was no restart"
)
PAID = Threshold("nd407.paid", 0.1, "of the progress", 0.02, 2.0, "what a leap of the rate costs at least for a while")
HELD = Threshold("nd407.held", 0.2, "of the run", 0.05, 1.0, "a rate held for so long was no warm-up")
LEAP = Threshold(
    "nd407.leap", 30.0, "times the rate held before", 3.0, 1e6, "nobody plans such a rise after a held rate"
)
RISEN = Threshold("nd407.risen", 0.2, "of the run", 0.05, 0.8, "a climb of that length, down to the end, is no restart")
MIN_POINTS = 20
LOW, HIGH = 0.1, 0.5
"""Of the peak: from below the one to above the other a rate has climbed back."""
SUDDEN = 0.25
"""Of the peak: no step of a rate that glides is as large."""
PEAK_SCORE, LIKELY, HESITANT = 0.8, 0.75, 0.7


def lost(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
    """A loss that stays worse after the end of warm-up, or after a single rise of the rate."""
    curve = train_beside(ctx, rate)
    if curve is None or curve[0].size < MIN_POINTS:
        return None
    if schedule.restarts.size == 1:
        return _worse(ctx, rate, curve, float(schedule.restarts[0]), "the learning rate rises again at")
    if schedule.warmup_end > float(rate.x[0]) and not schedule.restarts.size:
        what = "the loss is lost at the end of warm-up, at"
        return _worse(ctx, rate, curve, schedule.warmup_end, what, FEW)
    return None


def _worse(
    ctx: Context, rate: Series, curve: tuple[FloatArray, FloatArray], place: float, what: str, lead: int = 0
) -> Odd | None:
    """The loss stays worse, by a share of its progress and beyond its noise, than it was before ``place``."""
    x, y = curve
    before, after = y[x < place], y[x >= place]
    if before.size < SIDE or after.size < max(SIDE, lead):
        return None
    start = before[: max(1, before.size // FEW)]
    low = min(np.array_split(before, min(before.size // 2, FEW)), key=median)
    ends = (*np.array_split(after, min(after.size // 2, FEW)), after[-max(SIDE, after.size // FEW) :])
    best = min(ends, key=median)
    progress, risen = step(start, low, before), step(best, low, before)
    if min(progress.z, risen.z) < ctx.limit(SURE) or risen.fall < ctx.limit(LOST) * progress.fall:
        return None
    where, name = at(rate, place), ctx.train.name
    text = f"before {where} {name} had come down to {median(low):.4g}; it never gets back below {median(best):.4g}"
    score = PEAK_SCORE if lead else LIKELY
    return Odd(f"{what} {where}", text, risen.fall / progress.fall, LOST, (place, float(x[-1])), score)


def raised(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
    """A leap of a rate that had been held, to a level it never had, for which the loss pays at least for a while."""
    del schedule
    found, curve = leap(*rate.finite), train_beside(ctx, rate)
    if found is None or curve is None or found.held < ctx.limit(HELD):
        return None
    x, y = curve
    side = max(SIDE, y.size // FEW)
    before, after = y[x < found.at][-side:], y[x >= found.at][:side]
    if min(before.size, after.size) < SIDE:
        return None
    progress = float(y[: max(1, y.size // FEW)].max()) - median(before)
    costs = (step(after, before, y), shock(after, before, y))
    paid = next((c for c in costs if c.z >= ctx.limit(SURE) and c.fall >= ctx.limit(PAID) * progress), None)
    if paid is None:
        return _leap(rate, found) if found.factor >= ctx.limit(LEAP) else None
    where, low, high = at(rate, found.at), median(before), median(before) + paid.fall
    up = f"is raised {found.factor:.3g}-fold at {where}"
    text = f"{rate.name} {up}; {ctx.train.name} goes from {low:.4g} to {high:.4g}"
    share = paid.fall / progress if progress > 0 else float("inf")
    return Odd(f"the learning rate {up}, and the loss pays for it", text, share, PAID, (found.at, float(x[-1])), LIKELY)


def _leap(rate: Series, found: Leap) -> Odd:
    """A rise by magnitudes of a rate that had been held, whatever the train loss does: memories are made that way."""
    x = rate.finite[0]
    where = at(rate, found.at)
    text = f"{rate.name} had been held for {found.held:.0%} of the run before {where}"
    summary = f"the learning rate is raised {found.factor:.3g}-fold at {where}"
    return Odd(summary, text, found.factor, LEAP, (found.at, float(x[-1])), HESITANT)


def climbs_back(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
    """A rate that glides down and then up again for good: a cosine whose length is shorter than the run.

    Schedules that are cyclical on purpose leap up, or have gone up and down before.
    """
    x, y = rate.finite
    peak, bottom = int(np.argmax(y >= HIGH * schedule.peak)), int(np.argmin(y))
    down, up = y[peak : bottom + 1], y[bottom:]
    if min(down.size, up.size) < SIDE or y[bottom] > LOW * schedule.peak or y[-1] < HIGH * schedule.peak:
        return None
    steps = np.diff(up)
    share = float(x[-1] - x[bottom]) / float(x[-1] - x[0])
    glides = float(steps.min()) >= 0 and float(steps.max()) <= SUDDEN * schedule.peak
    if share < ctx.limit(RISEN) or not glides or np.any(np.diff(y[int(np.argmax(y)) : bottom + 1]) > 0):
        return None
    text = (
        f"{rate.name} is lowest at {at(rate, float(x[bottom]))} and climbs to {y[-1] / schedule.peak:.0%} of its peak"
    )
    summary = f"the learning rate climbs again over the last {share:.0%} of the run"
    return Odd(summary, text, share, RISEN, (float(x[bottom]), float(x[-1])), HESITANT)

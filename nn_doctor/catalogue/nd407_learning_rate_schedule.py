"""ND407 learning-rate-schedule (warning): the logged learning rate does something nobody would plan.

What it looks for
-----------------
A rate of zero (or a millionth of its peak) for a sixth of the run or more; a single rise of the rate in the middle of
the run after which the loss stays worse; a loss that is best during warm-up and lost for good when the rate gets to its
peak.

Why it matters
--------------
Steps at a rate of zero are paid for and change nothing. A peak that the loss does not survive is too high.

When it is not this
-------------------
Cosine and linear schedules end at zero, warm-up begins there: a few points. Restarts that come again and again are a
cyclical schedule. A constant rate is a choice.

Fixes
-----
Set the length of the schedule to the length of the run; lower the peak or warm up longer; keep the schedule's state in
the checkpoint.

References
----------
P. Goyal et al., "Accurate, large minibatch SGD" (2017), on warm-up. I. Loshchilov, F. Hutter, "SGDR" (2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.internals import FEW, loss_fall
from nn_doctor.catalogue.phrases import at, schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.schedule import Schedule
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

IDLE = Threshold(
    "nd407.idle", 0.15, "of the run", 0.02, 1.0, "schedules end at zero with a few points; a sixth is a mistake"
)
ZERO = Threshold("nd407.zero", 1e-6, "of the peak", 0.0, 0.01, "practically nothing is learnt at a millionth")
MOVED = Threshold("nd407.moved", 0.02, "of the first loss", 0.0, 0.5, "a loss that falls more has a rate above zero")
LOST = Threshold(
    "nd407.lost", 0.3, "of the progress", 0.05, 2.0, "set by judgement: a rise that costs so much was no restart"
)
MIN_POINTS = 20
ROUND = 1e-6
MOST_DECIMALS = 12
SIDE = 5
SURE, LIKELY = 0.85, 0.75
IDLE_CAUSES = ("the schedule is shorter than the run", "total steps counted per worker or per epoch")
IDLE_FIXES = ("set the schedule's length to the number of steps of the run", "or stop where the rate gets to zero")
LOST_CAUSES = ("the peak of the rate is too high", "the schedule's state was not restored after a restart")
LOST_FIXES = ("a longer warm-up", "keep the scheduler's state in the checkpoint")


def check(ctx: Context) -> Finding | Clear:
    """Idle at zero, then a peak the loss does not survive, then a rise that costs."""
    rate, schedule = ctx.learning_rate, schedule_of(ctx)
    if rate is None or schedule is None or len(rate) < FEW:
        raise InsufficientData("no learning rate in the log, or fewer than 10 points of it")
    return _idle(ctx, rate, schedule) or _lost(ctx, rate, schedule) or Clear("nothing odd in the learning rate")


def _idle(ctx: Context, rate: Series, schedule: Schedule) -> Finding | None:
    """The longest stretch at zero."""
    x, y = rate.finite
    if schedule.peak <= 0:  # nothing but zeros: printed with too few digits, unless the loss stands still too
        if loss_fall(ctx) > ctx.limit(MOVED):
            return None
        return _finding(ctx, rate, "the learning rate is zero throughout", "no value above zero", 1.0, IDLE, None, SURE)
    zero = np.concatenate([[False], y <= ctx.limit(ZERO) * schedule.peak, [False]])
    edges = np.flatnonzero(np.diff(zero.astype(np.int8)))
    first, last = max(zip(edges[::2], edges[1::2], strict=True), key=lambda pair: pair[1] - pair[0], default=(0, 0))
    reach = float(x[-1] - x[0])
    share = float(x[min(last, y.size) - 1] - x[first]) / reach if last - first > 1 and reach > 0 else 0.0
    if share < ctx.limit(IDLE) or _is_rounded(y, ctx.limit(ZERO) * schedule.peak):
        return None
    span = (float(x[first]), float(x[last - 1]))
    text = f"{rate.name} is practically zero from {at(rate, span[0])} to {at(rate, span[1])}: {share:.0%} of the run"
    return _finding(ctx, rate, f"the learning rate is zero for {share:.0%} of the run", text, share, IDLE, span, SURE)


def _is_rounded(y: np.ndarray, zero: float) -> bool:
    """Whether a rate above ``zero`` could be printed as zero: no value (n,) has decimals enough to show one."""
    for decimals in range(MOST_DECIMALS):
        shifted = y * 10.0**decimals
        if bool(np.all(np.abs(shifted - np.round(shifted)) <= ROUND * np.maximum(shifted, 1.0))):
            return 10.0**-decimals > 2 * zero
    return False


def _lost(ctx: Context, rate: Series, schedule: Schedule) -> Finding | None:
    """A loss that stays worse after the end of warm-up, or after a single rise of the rate."""
    train = ctx.train
    if train.axis != rate.axis or len(train) < MIN_POINTS:
        return None
    first = float(rate.x[0])
    if schedule.restarts.size == 1:
        return _worse(ctx, rate, float(schedule.restarts[0]), "the learning rate rises again at")
    if schedule.warmup_end > first and not schedule.restarts.size:
        return _worse(ctx, rate, schedule.warmup_end, "the loss is lost at the end of warm-up, at", FEW)
    return None


def _worse(ctx: Context, rate: Series, place: float, what: str, lead: int = 0) -> Finding | None:
    """The finding if the loss stays worse, by a share of its progress, than it was before ``place``."""
    x, y = ctx.train.finite
    before, after = y[x < place], y[x >= place]
    if before.size < SIDE or after.size < max(SIDE, lead):
        return None
    start = median(before[: max(1, before.size // FEW)])
    parts = [median(part) for part in np.array_split(before, min(before.size // 2, FEW))]
    low, end = min(parts), median(after[-max(SIDE, after.size // FEW) :])
    best_after = min(median(part) for part in np.array_split(after, min(after.size // 2, FEW)))
    progress = start - low
    lost = (min(best_after, end) - low) / progress if progress > 0 else 0.0
    if lost < ctx.limit(LOST):
        return None
    where = at(rate, place)
    text = f"before {where} {ctx.train.name} had come down to {low:.4g}; it never gets back below {best_after:.4g}"
    return _finding(ctx, rate, f"{what} {where}", text, lost, LOST, (place, float(x[-1])), LIKELY)


def _finding(
    ctx: Context,
    rate: Series,
    summary: str,
    text: str,
    measured: float,
    limit: Threshold,
    span: tuple[float, float] | None,
    score: float,
) -> Finding:
    idle = limit is IDLE
    peak = float(np.nanmax(rate.y))
    return Finding(
        score=score,
        summary=summary,
        evidence=(Evidence(text, rate.name, span_of(rate, *(span or (None, None))), measured, ctx.limit(limit)),),
        causes=IDLE_CAUSES if idle else LOST_CAUSES,
        fixes=IDLE_FIXES if idle else (f"a lower peak (it is {peak:.3g}: try {peak / 3:.2g})", *LOST_FIXES),
        series=(rate,),
        span=span_of(rate, *span) if span else None,
        measured={limit.name.removeprefix("nd407."): measured},
    )


RULE = Rule(
    code="ND407",
    slug="learning-rate-schedule",
    severities=("warning",),
    needs="a learning rate of 10 points or more; a train loss on the same axis helps",
    check=check,
    thresholds=(IDLE, ZERO, LOST, MOVED),
    yields_to=("ND103",),
)

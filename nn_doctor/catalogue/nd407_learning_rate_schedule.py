"""ND407 learning-rate-schedule (warning): the logged learning rate does something nobody would plan.

What it looks for
-----------------
A rate of zero (or a millionth of its peak) for a sixth of the run or more; a rate that comes to its floor, a hundredth
of its peak or less, long before the end, while the loss was falling, and the loss stands still from there on; a rate
of next to nothing for the first fifth and more; a leap of the rate that the loss pays for; a loss that is best during
warm-up and lost for good when the rate gets to its peak.

Why it matters
--------------
Steps at a rate of zero are paid for and change nothing. A peak that the loss does not survive is too high.

When it is not this
-------------------
Cosine and linear schedules end at zero, warm-up begins there: a few points. Cuts of a rate on a plateau of the loss,
down to nothing. Restarts that come again and again are a cyclical schedule. A constant rate is a choice. A rate printed
as zero throughout may only lack digits.

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

from nn_doctor.analyzers.floors import last_floor, leap, longest_below, resolution, usual_share
from nn_doctor.analyzers.levels import shock, step
from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.generalisation import followed_validation
from nn_doctor.catalogue.internals import FEW, loss_fall
from nn_doctor.catalogue.phrases import at, schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.floors import Stretch
    from nn_doctor.analyzers.schedule import Schedule
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

IDLE = Threshold(
    "nd407.idle", 0.15, "of the run", 0.02, 1.0, "schedules end at zero with a few points; a sixth is a mistake"
)
ZERO = Threshold("nd407.zero", 1e-6, "of the peak", 0.0, 0.01, "practically nothing is learnt at a millionth")
FLOOR = Threshold("nd407.floor", 0.01, "of the peak", 0.0, 0.1, "two cuts by ten; what is learnt there is little")
FAINT = Threshold("nd407.faint", 0.05, "of the peak", 0.0, 0.2, "a zero printed so coarsely may be no zero")
SPENT = Threshold("nd407.spent", 0.4, "of the run", 0.1, 1.0, "schedules by steps spend a quarter at their floor")
COLD = Threshold(
    "nd407.cold", 0.2, "of the run", 0.05, 1.0, "a warm-up climbs; it does not wait for a fifth of the run"
)
COLD_RATE = Threshold("nd407.cold_rate", 1e-3, "of the peak", 0.0, 0.1, "practically nothing is learnt there")
FELL = Threshold("nd407.fell", 0.1, "of the progress", 0.0, 1.0, "won in the later half before: it was falling")
SLOWED = Threshold("nd407.slowed", 0.1, "of the pace before", 0.0, 1.0, "a fall as slow as that has been stopped")
SURE = Threshold("nd407.sure", 3.0, "standard errors", 1.0, 100.0, "a fall or rise must stand out of the noise")
MOVED = Threshold("nd407.moved", 0.02, "of the first loss", 0.0, 0.5, "a loss that falls more has a rate above zero")
LOST = Threshold(
    "nd407.lost", 0.3, "of the progress", 0.05, 2.0, "set by judgement: a rise that costs so much was no restart"
)
PAID = Threshold("nd407.paid", 0.1, "of the progress", 0.02, 2.0, "what a leap of the rate costs at least for a while")
HELD = Threshold("nd407.held", 0.2, "of the run", 0.05, 1.0, "a rate held for so long was no warm-up")
MIN_POINTS = 20
SIDE = 5
FEWEST = 3
HALF = 0.5
PRINTED = 100.0
LATE = 0.8
NEARLY = 0.99
SURE_SCORE, LIKELY = 0.85, 0.75
IDLE_CAUSES = ("the schedule is shorter than the run", "total steps counted per worker or per epoch")
IDLE_FIXES = ("set the schedule's length to the number of steps of the run", "or stop where the rate gets to zero")
COLD_CAUSES = ("warm-up far too long, or counted in epochs instead of steps", "the rate set in the wrong unit at first")
COLD_FIXES = ("warm up over a few per cent of the run", "look at the rate of the first steps")
LOST_CAUSES = ("the peak of the rate is too high", "the schedule's state was not restored after a restart")
LOST_FIXES = ("a longer warm-up", "keep the scheduler's state in the checkpoint")


def check(ctx: Context) -> Finding | Clear:
    """Idle at zero or at a floor, cold at first, then a peak the loss does not survive, then a rise that costs."""
    rate, schedule = ctx.learning_rate, schedule_of(ctx)
    if rate is None or schedule is None or len(rate) < FEW:
        raise InsufficientData("no learning rate in the log, or fewer than 10 points of it")
    if schedule.peak <= 0:
        return Clear("no rate above zero: printed with too few digits, or never set")
    parts = (_idle, _spent, _cold, _lost, _raised)
    for part in parts[2:] if followed_validation(ctx, rate, schedule) else parts:
        found = part(ctx, rate, schedule)
        if found is not None:
            return found
    return Clear("nothing odd in the learning rate")


def _idle(ctx: Context, rate: Series, schedule: Schedule) -> Finding | None:
    """The longest stretch at zero: as logged, or as printed with digits enough for a hundred times that little."""
    x, y = rate.finite
    found = longest_below(x, y, ctx.limit(ZERO) * schedule.peak)
    highest = resolution(y) / 2
    enough = ctx.limit(IDLE) if highest <= ctx.limit(ZERO) * schedule.peak else ctx.limit(SPENT)
    if found.share < enough or highest > PRINTED * ctx.limit(ZERO) * schedule.peak:
        return None
    return _finding(ctx, rate, _stay("practically zero", rate, found), found.share, IDLE, found, SURE_SCORE)


def _spent(ctx: Context, rate: Series, schedule: Schedule) -> Finding | None:
    """A floor, or a zero as printed, reached long before the end, which stopped a loss that was falling."""
    x, y = rate.finite
    found = last_floor(x, y)
    unit = resolution(y) / 2
    highest = max(found.level, unit) / schedule.peak
    if found.level <= unit:  # printed as zero: it may be half a unit
        enough = highest <= ctx.limit(FAINT) and found.share - usual_share(highest) >= ctx.limit(SPENT)
    else:
        enough = highest <= ctx.limit(FLOOR) and found.share >= ctx.limit(SPENT)
    if not enough or not _was_stopped(ctx, rate, found.first):
        return None
    what = "zero as printed" if found.level <= unit else f"at {found.level / schedule.peak:.1g} of its peak"
    return _finding(ctx, rate, _stay(what, rate, found), found.share, SPENT, found, LIKELY)


def _was_stopped(ctx: Context, rate: Series, place: float) -> bool:
    """Whether the train loss was still falling before a place, and stood still after it."""
    train = ctx.objective.train
    if train is None or train.goal != "min" or train.axis != rate.axis:
        return False
    x, y = train.finite
    before, after = y[x < place], y[x >= place]
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


def _froze(before: FloatArray, after: FloatArray) -> bool:
    """Whether a loss that fell, over few epochs, moves from a place on by less in all than in one epoch before.

    What converges by itself goes on falling for as long as it took to slow down.
    """
    half = before[before.size // 2 :]
    if half.size < FEWEST:
        return False
    pace = float(half[0] - half[-1]) / (half.size - 1)
    return pace > 0 and float(np.ptp(after)) <= HALF * pace


def _cold(ctx: Context, rate: Series, schedule: Schedule) -> Finding | None:
    """A rate of next to nothing at the start, and a loss that stands still for so long."""
    x, y = rate.finite
    limit = ctx.limit(COLD_RATE) * schedule.peak
    end = int(np.argmax(y > limit))
    last, leaps = float(x[max(end - 1, 0)]), float(y[end]) >= NEARLY * schedule.peak
    reach = float(x[-1] - x[0])
    share = (last - float(x[0])) / reach if reach > 0 else 0.0
    reached = float(x[int(np.argmax(y >= NEARLY * schedule.peak))])
    if share < ctx.limit(COLD) or reached > x[0] + LATE * reach or (resolution(y) > limit and not leaps):
        return None  # a rate printed so coarsely may be climbing; one that leaps to its peak was not
    if not _waits(ctx, rate, last):
        return None
    text = f"{rate.name} is below {ctx.limit(COLD_RATE):g} of its peak until {at(rate, last)}: {share:.0%} of the run"
    summary = f"the learning rate is next to nothing for the first {share:.0%} of the run"
    return _finding(ctx, rate, (summary, text), share, COLD, (float(x[0]), last), LIKELY)


def _waits(ctx: Context, rate: Series, place: float) -> bool:
    """Whether the train loss wins next to nothing before a place, of all that it wins later."""
    train = ctx.objective.train
    if train is None or train.goal != "min" or train.axis != rate.axis or loss_fall(ctx) < ctx.limit(MOVED):
        return False
    x, y = train.finite
    before, after = y[x <= place], y[x > place]
    if min(before.size, after.size) < 2 * SIDE:
        return False
    won = step(before[: before.size // 2], before[before.size // 2 :], before).fall
    later = median(before) - median(after[-max(SIDE, after.size // FEW) :])
    return later > 0 and won <= ctx.limit(PAID) * later


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
    return _finding(ctx, rate, (f"{what} {where}", text), lost, LOST, (place, float(x[-1])), LIKELY)


def _raised(ctx: Context, rate: Series, schedule: Schedule) -> Finding | None:
    """A leap of a rate that had been held, to a level it never had, for which the loss pays at least for a while."""
    del schedule
    found = leap(*rate.finite)
    train = ctx.train
    if found is None or found.held < ctx.limit(HELD) or train.axis != rate.axis:
        return None
    x, y = train.finite
    side = max(SIDE, y.size // FEW)
    before, after = y[x < found.at][-side:], y[x >= found.at][:side]
    if min(before.size, after.size) < SIDE:
        return None
    progress = float(y[: max(1, y.size // FEW)].max()) - median(before)
    costs = (step(after, before, y), shock(after, before, y))
    paid = next((c for c in costs if c.z >= ctx.limit(SURE) and c.fall >= ctx.limit(PAID) * progress), None)
    if paid is None:
        return None
    where, low, high = at(rate, found.at), median(before), median(before) + paid.fall
    raised = f"is raised {found.factor:.3g}-fold at {where}"
    text = f"{rate.name} {raised}; {train.name} goes from {low:.4g} to {high:.4g}"
    words = f"the learning rate {raised}, and the loss pays for it", text
    share = paid.fall / progress if progress > 0 else float("inf")
    return _finding(ctx, rate, words, share, PAID, (found.at, float(x[-1])), LIKELY)


def _stay(what: str, rate: Series, found: Stretch) -> tuple[str, str]:
    """Summary and evidence of a stretch at one level."""
    where = f"from {at(rate, found.first)} to {at(rate, found.last)}"
    return f"the learning rate is {what} for {found.share:.0%} of the run", (
        f"{rate.name} is {what} {where}: {found.share:.0%} of the run"
    )


def _finding(
    ctx: Context,
    rate: Series,
    words: tuple[str, str],
    measured: float,
    limit: Threshold,
    where: Stretch | tuple[float, float],
    score: float,
) -> Finding:
    peak = float(np.nanmax(rate.y))
    span = where if isinstance(where, tuple) else (where.first, where.last)
    lower = (f"a lower peak (it is {peak:.3g}: try {peak / 3:.2g})", *LOST_FIXES)
    causes, fixes = {
        IDLE.name: (IDLE_CAUSES, IDLE_FIXES),
        SPENT.name: (IDLE_CAUSES, IDLE_FIXES),
        COLD.name: (COLD_CAUSES, COLD_FIXES),
    }.get(limit.name, (LOST_CAUSES, lower))
    return Finding(
        score=score,
        summary=words[0],
        evidence=(Evidence(words[1], rate.name, span_of(rate, *span), measured, ctx.limit(limit)),),
        causes=causes,
        fixes=fixes,
        series=(rate,),
        span=span_of(rate, *span),
        measured={limit.name.removeprefix("nd407."): measured},
    )


RULE = Rule(
    code="ND407",
    slug="learning-rate-schedule",
    severities=("warning",),
    needs="a learning rate of 10 points or more; a train loss on the same axis helps",
    check=check,
    thresholds=(IDLE, ZERO, FLOOR, FAINT, SPENT, COLD, COLD_RATE, FELL, SLOWED, SURE, MOVED, LOST, PAID, HELD),
    yields_to=("ND103",),
)

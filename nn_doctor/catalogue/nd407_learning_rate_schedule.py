"""ND407 learning-rate-schedule (warning): the logged learning rate does something nobody would plan.

What it looks for
-----------------
A rate of zero (or a millionth of its peak) for a sixth of the run or more; a rate that falls below a hundredth of its
peak for good long before the end, while the loss was falling, and the loss stands still from there on, or that glides
there within two fifths of the run, to a millionth at its end, where the loss rests; a rate of next to nothing for the
first fifth and more; a warm-up that does not end within the run; a leap of the rate
that the loss pays for, or of thirty times and more; a loss that is best during warm-up and lost for good when the rate
gets to its peak; a rate that had glided down and climbs back, to the end of the run. Where several groups of parameters
have a rate each, the highest counts.

Why it matters
--------------
Steps at a rate of zero are paid for and change nothing. A peak that the loss does not survive is too high.

When it is not this
-------------------
Cosine and linear schedules end at zero, warm-up begins there: a few points. Cuts of a rate on a plateau of the loss,
down to nothing. Restarts that come again and again are a cyclical schedule. A constant rate is a choice. A rate printed
as zero throughout may only lack digits. A loss that the noise of its batches carries up and down has lost nothing.

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

from nn_doctor.analyzers.floors import last_below, longest_below, resolution, usual_share
from nn_doctor.analyzers.schedule import schedule as schedule_of
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common import rates
from nn_doctor.catalogue.common.generalisation import followed_validation
from nn_doctor.catalogue.common.internals import FEW, loss_fall
from nn_doctor.catalogue.common.phrases import at, span_of
from nn_doctor.catalogue.common.rate_costs import HELD, LEAP, LOST, LOW, PAID, RISEN, climbs_back, lost, raised
from nn_doctor.catalogue.common.rates import Odd
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.floors import Stretch
    from nn_doctor.analyzers.schedule import Schedule
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

IDLE = Threshold(
    "nd407.idle", 0.15, "of the run", 0.02, 1.0, "schedules end at zero with a few points; a sixth is a mistake"
)
ZERO = Threshold("nd407.zero", 1e-6, "of the peak", 0.0, 0.01, "practically nothing is learnt at a millionth")
FLOOR = Threshold("nd407.floor", 0.01, "of the peak", 0.0, 0.1, "two cuts by ten; what is learnt there is little")
FAINT = Threshold("nd407.faint", 0.05, "of the peak", 0.0, 0.2, "a zero printed so coarsely may be no zero")
SPENT = Threshold("nd407.spent", 0.4, "of the run", 0.1, 1.0, "schedules by steps spend a quarter at their floor")
STAIRS = Threshold(
    "nd407.stairs",
    0.7,
    "of the run",
    0.1,
    1.0,
    "steps of a staircase are chosen; those in the wrong unit come far earlier",
)
GONE = Threshold(
    "nd407.gone", 0.6, "of the run", 0.1, 1.0, "a rate that glides spends less below a hundredth of its peak if planned"
)
CLIMB = Threshold("nd407.climb", 0.98, "of the run", 0.5, 1.0, "a warm-up ends in the first part of a run")
UNLEARNT = Threshold(
    "nd407.unlearnt", 0.6, "of the first loss", 0.0, 1.0, "who wins more under a rate that climbs may want it"
)
COLD = Threshold(
    "nd407.cold", 0.2, "of the run", 0.05, 1.0, "a warm-up climbs; it does not wait for a fifth of the run"
)
COLD_RATE = Threshold("nd407.cold_rate", 1e-3, "of the peak", 0.0, 0.1, "practically nothing is learnt there")
PRINTED = 100.0
LATE = 0.8
NEARLY = 0.99
SUDDEN = 0.1
"""Of the peak: how far a climb in equal steps may lie off a straight line."""
SURE_SCORE, LIKELY, HESITANT = 0.85, 0.75, 0.65
IDLE_CAUSES = ("the schedule is shorter than the run", "total steps counted per worker or per epoch")
GONE_CAUSES = ("a decay meant for each epoch is taken with each step", *IDLE_CAUSES)
IDLE_FIXES = ("set the schedule's length to the number of steps of the run", "or stop where the rate gets to zero")
COLD_CAUSES = ("warm-up far too long, or counted in epochs instead of steps", "the rate set in the wrong unit at first")
COLD_FIXES = ("warm up over a few per cent of the run", "look at the rate of the first steps")
LOST_CAUSES = ("the peak of the rate is too high", "the schedule's state was not restored after a restart")
LOST_FIXES = ("a longer warm-up", "keep the scheduler's state in the checkpoint")


def check(ctx: Context) -> Finding | Clear:
    """Idle at zero or at a floor, cold at first, then a peak the loss does not survive, then a rise that costs."""
    rate = rates.highest(ctx)
    if rate is None or len(rate) < FEW or not rate.finite[1].size:
        raise InsufficientData("no learning rate in the log, or fewer than 10 points of it")
    schedule = ctx.of(schedule_of, rate)
    if schedule.peak <= 0:
        return Clear("no rate above zero: printed with too few digits, or never set")
    waited = followed_validation(ctx, rate, schedule)
    for part in CAREFUL if waited else WAYS:
        found = part(ctx, rate, schedule)
        if found is not None:
            return _finding(ctx, rate, found)
    return Clear("nothing odd in the learning rate")


def _idle(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
    """The longest stretch at zero: as logged, or as printed with digits enough for a hundred times that little."""
    x, y = rate.finite
    found = longest_below(x, y, ctx.limit(ZERO) * schedule.peak)
    highest = resolution(y) / 2
    enough = ctx.limit(IDLE) if highest <= ctx.limit(ZERO) * schedule.peak else ctx.limit(SPENT)
    if found.share < enough or highest > PRINTED * ctx.limit(ZERO) * schedule.peak:
        return None
    if rates.waited_for_loss(ctx, rate, schedule, found.first):
        return None
    return _stay("practically zero", rate, found, IDLE, SURE_SCORE)


def _spent(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
    """A floor, or a zero as printed, reached long before the end, which stopped a loss that was falling."""
    x, y = rate.finite
    least = ctx.limit(STAIRS if schedule.cuts.size >= rates.SEVERAL else SPENT)
    unit = resolution(y) / 2
    highest = max(float(y[-1]), unit) / schedule.peak
    if y[-1] <= unit:  # printed as zero: it may be half a unit
        found = last_below(x, y, unit)
        enough = highest <= ctx.limit(FAINT) and found.share - usual_share(highest) >= least
    else:
        found = last_below(x, y, ctx.limit(FLOOR) * schedule.peak)
        enough = highest <= ctx.limit(FLOOR) and found.share >= least
    if not enough or not rates.was_stopped(ctx, rate, schedule, found.first):
        return None
    what = "zero as printed" if found.level <= unit else f"below {found.level / schedule.peak:.1g} of its peak"
    return _stay(what, rate, found, SPENT, LIKELY)


def _gone(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
    """A rate that glides below a hundredth of its peak in the first part of the run, and stays there to the end.

    A decay meant for each epoch and taken with each step does; the loss slows down with it, at no sudden place.
    """
    found = last_below(*rate.finite, ctx.limit(FLOOR) * schedule.peak)
    printed = resolution(rate.finite[1]) / 2 <= ctx.limit(FLOOR) * schedule.peak
    if (
        found.share < ctx.limit(GONE)
        or not printed
        or np.any((schedule.cuts > rate.x[1]) & (schedule.cuts <= found.first))
    ):
        return None  # of the first record nobody knows whether it was held
    if rate.finite[1][-1] > ctx.limit(ZERO) * schedule.peak or not rates.rests(ctx, rate, found.first):
        return None  # decays by four magnitudes are planned where each of them wins something
    return _stay("below a hundredth of its peak", rate, found, GONE, HESITANT)


def _climbing(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
    """A warm-up in equal steps that does not end within the run, in which the loss wins half of itself at most."""
    x, y = rate.finite
    train = rates.train_beside(ctx, rate)
    even = np.interp(np.linspace(x[0], x[-1], FEW), x, y)
    line = even[0] + np.linspace(0.0, 1.0, FEW) * (even[-1] - even[0])
    straight = bool(np.all(np.abs(even - line) <= SUDDEN * schedule.peak)) and bool(np.all(np.diff(y) >= 0))
    if train is None or not straight or y[0] > LOW * schedule.peak or y[-1] < NEARLY * schedule.peak:
        return None
    share = float(x[int(np.argmax(y >= NEARLY * schedule.peak))] - x[0]) / float(x[-1] - x[0])
    if share < ctx.limit(CLIMB) * NEARLY or not -ctx.limit(UNLEARNT) < loss_fall(ctx) < ctx.limit(UNLEARNT):
        return None
    text = f"{rate.name} climbs from {y[0]:.3g} to {y[-1]:.3g} over the whole run: it was never at its peak"
    return Odd("the warm-up does not end within the run", text, share, CLIMB, (float(x[0]), float(x[-1])), HESITANT)


def _cold(ctx: Context, rate: Series, schedule: Schedule) -> Odd | None:
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
    if not rates.waits(ctx, rate, last):
        return None
    text = f"{rate.name} is below {ctx.limit(COLD_RATE):g} of its peak until {at(rate, last)}: {share:.0%} of the run"
    summary = f"the learning rate is next to nothing for the first {share:.0%} of the run"
    return Odd(summary, text, share, COLD, (float(x[0]), last), LIKELY)


def _stay(what: str, rate: Series, found: Stretch, limit: Threshold, score: float) -> Odd:
    """A stretch at one level."""
    where = f"from {at(rate, found.first)} to {at(rate, found.last)}"
    summary = f"the learning rate is {what} for {found.share:.0%} of the run"
    text = f"{rate.name} is {what} {where}: {found.share:.0%} of the run"
    return Odd(summary, text, found.share, limit, (found.first, found.last), score)


def _finding(ctx: Context, rate: Series, odd: Odd) -> Finding:
    peak = float(np.nanmax(rate.y))
    lower = (f"a lower peak (it is {peak:.3g}: try {peak / 3:.2g})", *LOST_FIXES)
    causes, fixes = {
        IDLE.name: (IDLE_CAUSES, IDLE_FIXES),
        SPENT.name: (IDLE_CAUSES, IDLE_FIXES),
        RISEN.name: (IDLE_CAUSES, IDLE_FIXES[:1]),
        GONE.name: (GONE_CAUSES, IDLE_FIXES),
        COLD.name: (COLD_CAUSES, COLD_FIXES),
        CLIMB.name: (COLD_CAUSES, COLD_FIXES),
    }.get(odd.limit.name, (LOST_CAUSES, lower))
    span = span_of(rate, *odd.span)
    return Finding(
        score=odd.score,
        summary=odd.summary,
        evidence=(Evidence(odd.text, rate.name, span, odd.measured, ctx.limit(odd.limit)),),
        causes=causes,
        fixes=fixes,
        series=(rate,),
        span=span,
        measured={odd.limit.name.removeprefix("nd407."): odd.measured},
    )


CAREFUL = (_cold, lost, raised, climbs_back, _climbing)
WAYS = (_idle, _spent, *CAREFUL, _gone)

LIMITS = (
    IDLE, ZERO, FLOOR, FAINT, SPENT, STAIRS, GONE, CLIMB, UNLEARNT, COLD, COLD_RATE, *rates.LIMITS,
    LOST, PAID, HELD, LEAP, RISEN,
)  # fmt: skip
RULE = Rule(
    code="ND407",
    slug="learning-rate-schedule",
    severities=("warning",),
    needs="a learning rate of 10 points or more; a train loss on the same axis helps",
    check=check,
    thresholds=(
        IDLE,
        ZERO,
        FLOOR,
        FAINT,
        SPENT,
        STAIRS,
        GONE,
        CLIMB,
        UNLEARNT,
        COLD,
        COLD_RATE,
        *rates.LIMITS,
        LOST,
        PAID,
        HELD,
        LEAP,
        RISEN,
    ),
    yields_to=("ND103",),
)

"""ND102 diverging (critical): the train loss ends well above its best level, and the rise lasts.

What it looks for
-----------------
The smoothed train loss rises after its lowest point, loses more than three tenths of all progress (or climbs well
above its start), stays up to the end and is not on its way back down.

Why it matters
--------------
The weights at the end are worse than those before: the run is lost from the turning point on.

When it is not this
-------------------
A rise that follows a restart of the learning rate is part of the schedule. Isolated jumps that recover are spikes
(ND108), a sudden rise to a new level that the loss keeps or falls from is a loss jump (ND111). A rise of the
*validation* loss alone is overfitting (ND201, ND202).

Fixes
-----
Lower the learning rate, clip gradients, check the sign of the loss, look at the data from the turning point on.

References
----------
CS231n, "Babysitting the learning process". L. Prechelt, "Early stopping — but when?" (1998), for the loss of progress.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, row_medians, thinned
from nn_doctor.analyzers.noise import MAD_TO_SIGMA
from nn_doctor.analyzers.shape import shape, window_of
from nn_doctor.analyzers.spikes import spikes
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.phrases import at, cleared, demand_whole_run, schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray

LOST = Threshold(
    "nd102.lost", 0.3, "of the progress", 0.1, 1.0, "healthy runs, schedules included, end within a tenth of their best"
)
LOST_OF_FIRST = Threshold(
    "nd102.lost_of_first", 0.12, "of the fall from the first value", 0.0, 1.0, "as nd102.lost: a tenth, and noise"
)
ABOVE_START = Threshold("nd102.above_start", 0.1, "of the start", 0.01, 10.0, "for runs that never made progress")
ABOVE_BEST = Threshold(
    "nd102.above_best", 1.5, "times the best", 1.0, 100.0, "published monitors: 1.5 times the minimum"
)
NOISE = Threshold("nd102.noise", 6.0, "sigma", 2.0, 100.0, "a rise must stand out of the noise of one point")
KEPT = Threshold("nd102.kept", 0.4, "of the rise", 0.1, 1.0, "a run on its way back down is not diverging")
BACK = Threshold("nd102.back", 3.0, "standard errors", 1.0, 100.0, "a fall this steady at the end is a way back")
ASTRAY = Threshold("nd102.astray", 6, "times the start", 2.0, 1e6, "from so far above no fall at the end is a way back")
DWARFED = Threshold("nd102.dwarfed", 10.0, "times the rise", 2.0, 1e6, "the height of spikes that dwarf it")
SEVERAL = Threshold("nd102.several", 3, "spikes", 1, 1000, "so many are loss-spikes, whatever they leave behind")
AT_ONCE = Threshold("nd102.at_once", 0.05, "of the run", 0.0, 0.5, "a rise from here on never was a fall")
BEFORE = Threshold("nd102.before", 0.9, "of the run", 0.5, 1.0, "a turn in the last tenth may be a spike")


JUMP = Threshold(
    "nd102.jump", 0.8, "of the rise", 0.1, 1.0, "a rise in one step, then level: another run appended, or a loss jump"
)
HOLE = Threshold("nd102.hole", 0.5, "of the run", 0.1, 1.0, "nothing is known of the training inside a larger hole")


SURE, LIKELY, DOUBTFUL = 0.93, 0.75, 0.6
FALLS_AGAIN = 0.1  # of the rise: what the last quarter wins back of it
WORTH_TELLING = 0.02  # of the start: of a smaller fall nobody asks how much is lost
MOST_TOLD = 99  # times the progress
BUCKETS = 4096  # a longer curve is looked at as so many levels
FEW, VERY_FEW = 6, 4  # sigma itself is known badly from few points
THREE = 3  # one point is no level
BIG = 1e300
"""Beyond this, differences may overflow."""


def check(ctx: Context) -> Finding | Clear:
    """A lasting rise that costs half the progress."""
    train = ctx.train
    demand_whole_run(ctx, train)
    found = ctx.of(shape, train)
    rise = found.end - min(found.low, found.start)
    lost = rise / found.fall if found.fall > 0 else float("inf")
    measured = {"rise": rise, "lost": lost, "low_at": found.low_at, "end": found.end, "start": found.start}
    reason = _why_not(ctx, found, rise, lost)
    return cleared(found.points, reason, measured) if reason else _finding(ctx, found, lost, measured)


def _why_not(ctx: Context, found: Shape, rise: float, lost: float) -> str:
    """Why this is no divergence, or "" if it is one."""
    if lost < ctx.limit(LOST) or _lost_of_first(ctx.train.finite[1], found.end) < ctx.limit(LOST_OF_FIRST):
        return "most of the progress is kept"
    astray = _astray(ctx, found)
    if rise <= 0 or (not astray and rise < max(ctx.limit(NOISE) * found.sigma, _luck(ctx, found) * found.raw_sigma)):
        return "the rise is within the noise"
    if not astray and _left_by_spikes(ctx, rise):
        return "several spikes, far higher than the rise, have left it behind"
    above_start = found.end - found.start > ctx.limit(ABOVE_START) * abs(found.start)
    if found.low > 0 and found.end < ctx.limit(ABOVE_BEST) * found.low and not above_start:
        return "the end is near the best level"
    if found.low_at > ctx.limit(BEFORE):
        return "the turn is too near the end to tell"
    settled = astray or (above_start and found.tail_z < ctx.limit(BACK))
    if rise < ctx.limit(KEPT) * (found.peak_after_low - found.low) and not settled:
        return "the loss is on its way back down"
    if not astray and found.tail_z > ctx.limit(BACK) and found.tail_fall > FALLS_AGAIN * rise:
        return "the loss is falling again"
    return (
        "the learning rate was raised again after the best point" if _restarted(ctx, found) and not above_start else ""
    )


def _lost_of_first(y: FloatArray, end: float) -> float:
    """The share of the fall from the very first value of ``y`` (n,) that is lost at ``end``.

    A level of several points is blind to a loss that falls at once, and then only swings about its floor.
    """
    low, first = float(row_medians(np.lib.stride_tricks.sliding_window_view(y, THREE)).min()), float(y[0])
    return (end / 2 - low / 2) / (first / 2 - low / 2) if first > low else float("inf")


def _left_by_spikes(ctx: Context, rise: float) -> bool:
    """Whether spikes that dwarf the rise are the trouble: what they leave behind is theirs."""
    try:
        found = ctx.of(spikes, ctx.train)
    except InsufficientData:
        return False
    return int(np.count_nonzero(found.height >= ctx.limit(DWARFED) * rise)) >= ctx.limit(SEVERAL)


def _astray(ctx: Context, found: Shape) -> bool:
    """Whether a positive loss ends magnitudes above its start, which noise by factors does not explain."""
    y = ctx.train.finite[1]
    if not 0 < ctx.limit(ASTRAY) * found.start < found.end or float(y.min()) <= 0:
        return False
    steps = thinned(np.abs(np.diff(np.log(y))))
    return math.log(found.end / found.start) >= ctx.limit(NOISE) * MAD_TO_SIGMA * median(steps) / math.sqrt(2)


def _luck(ctx: Context, found: Shape) -> float:
    """How many sigmas of a point noise may end above its lowest smoothed level: that of as many as there are windows.

    In 3,000 made-up levels of 5 to 300 points one in a hundred ended higher.
    """
    points = min(found.points, BUCKETS)
    lowest = math.sqrt(2 * math.log(points) / window_of(points))
    return (lowest + ctx.limit(NOISE) / 3) * (1 + FEW / points) * (1 + (VERY_FEW / points) ** 2)


def _restarted(ctx: Context, found: Shape) -> bool:
    schedule = schedule_of(ctx)
    return schedule is not None and bool(np.any(schedule.restarts >= found.low_x))


def _is_jump(y: FloatArray, rise: float, share: float) -> bool:
    """Whether one step makes ``share`` of the rise, and the curve is level after it."""
    if y.size < 3 or y.max() - y.min() > BIG:
        return False
    steps = np.diff(y)
    top = int(np.argmax(steps))
    after = y[top + 1 :]
    return bool(steps[top] > share * rise and abs(median(after) - float(y[-1])) < (1 - share) * rise)


def _score(ctx: Context, found: Shape) -> float:
    """Sure only if the end lies above the start, and neither one jump nor a hole in the log made it so."""
    x, y = ctx.train.finite
    hole = float(np.max(np.diff(x), initial=0.0)) > ctx.limit(HOLE) * float(x[-1] - x[0])
    if hole or _is_jump(y[x >= found.low_x], found.end - found.low, ctx.limit(JUMP)):
        return DOUBTFUL
    above = found.end > found.start + ctx.limit(ABOVE_START) * abs(found.start)
    return SURE if above and found.low < found.start else LIKELY


def _finding(ctx: Context, found: Shape, lost: float, measured: dict[str, float]) -> Finding:
    train = ctx.train
    where = at(train, found.low_x)
    evidence = [
        Evidence(
            f"{train.name} was lowest at {where} ({found.low:.4g}) and ends at {found.end:.4g}",
            train.name,
            span_of(train, found.low_x),
            found.end - found.low,
        )
    ]
    if found.fall > WORTH_TELLING * abs(found.start):
        text = f"{min(lost, MOST_TOLD):.0%} of the progress made since the start ({found.start:.4g}) is lost"
        evidence.append(Evidence(text, train.name, None, lost, ctx.limit(LOST)))
    ascent = found.low_at < ctx.limit(AT_ONCE) and found.steepest <= ctx.limit(AT_ONCE)
    return Finding(
        score=_score(ctx, found),
        summary=f"the train loss rises from {found.low:.4g} at {where} to {found.end:.4g} and stays up",
        evidence=tuple(evidence),
        causes=(
            *(("the sign of the loss or of the update is wrong (gradient ascent)",) if ascent else ()),
            "learning rate or momentum too high",
            "bad data from some point on",
            "a loss whose scale grows (sum instead of mean, an unbounded term)",
        ),
        fixes=(
            *((f"go back to the checkpoint of {where}",) if not ascent else ("check the sign of the loss",)),
            try_rate(ctx, 0.3, "lower the learning rate by a factor of 3 to 10"),
            "clip the gradient norm (1.0 is a common start), or use warm-up",
            f"look at the data read from {where} on",
        ),
        series=(train,),
        span=span_of(train, found.low_x),
        measured=measured,
    )


RULE = Rule(
    code="ND102",
    slug="diverging",
    severities=("critical",),
    needs="a train loss of 5 points or more",
    check=check,
    thresholds=(
        LOST,
        LOST_OF_FIRST,
        ABOVE_START,
        ABOVE_BEST,
        NOISE,
        KEPT,
        BEFORE,
        JUMP,
        HOLE,
        BACK,
        AT_ONCE,
        ASTRAY,
        DWARFED,
        SEVERAL,
    ),
    yields_to=("ND103", "ND111", "ND301"),
    live=True,
    explained_by=("ND404", "ND401", "ND405"),
)

"""ND107 still-improving (note, warning): the run was still getting better when it ended.

What it looks for
-----------------
The curve that judges the run (validation where there is one, else train) falls clearly over its last quarter, against
its noise and against all the progress made before. A forecast (power laws, exponentials and a logarithm,
weighted by how well they foretold the last third of the run from the first two) says what 1.5 and 2 times the length
would bring if the run went on as it did; a warning if even the cautious end of it gains much.

Why it matters
--------------
A longer run would probably be better; comparing it with finished runs is unfair to it.

When it is not this
-------------------
A learning rate decayed to nearly zero means the end was planned. One-epoch pre-training ends while falling, by design.
If validation has stopped improving, a falling train loss is overfitting's business (ND201).

Fixes
-----
Train longer, or raise or decay the learning rate so that the run finishes in the time it has.

References
----------
L. Prechelt, "Early stopping — but when?" (1998). T. Domhan et al., "Speeding up automatic hyperparameter optimization
of deep neural networks by extrapolation of learning curves" (2015).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.forecast import forecast
from nn_doctor.analyzers.shape import TAIL_SHARE, shape
from nn_doctor.analyzers.trend import trend
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.phrases import at, cleared, schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.forecast import Forecast
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

TAIL = Threshold(
    "nd107.tail", 0.06, "of all progress", 0.01, 0.25, "finished runs win less than 3 % in their last quarter"
)
LEVEL = Threshold("nd107.level", 0.02, "of the level", 0.0, 0.5, "a smaller gain is hardly worth a longer run")
STEADY = Threshold("nd107.steady", 4.0, "standard errors", 2.0, 100.0, "slope of the last quarter")
CHANCE = Threshold("nd107.chance", 0.01, "probability", 0.0, 0.5, "a fall over the last quarter that chance explains")
HALF_STEADY = Threshold(
    "nd107.half_steady", 2.5, "standard errors", 1.0, 100.0, "of the last quarter, if the half falls"
)
HALF_GAIN = Threshold("nd107.half_gain", 0.1, "of the level", 0.0, 0.5, "a tenth of the level is worth a longer run")
LATE = Threshold("nd107.late", 0.8, "of the run", 0.5, 1.0, "the best level must be at the end")
POINTS = Threshold("nd107.points", 8, "points", 5, 1000, "on fewer, each must lie below the one before")
FEW, A_TREND = 5, 12
"""Points of a curve that may show something, and of its last quarter by which that alone can be told from chance."""
FIRM = Threshold("nd107.firm", 8.0, "standard errors", 2.0, 100.0, "a slope this clear leaves no doubt")
MUCH = Threshold("nd107.much", 0.08, "of all progress", 0.01, 0.25, "a gain this large leaves no doubt")
GAIN = Threshold("nd107.gain", 0.3, "of the level", 0.02, 1.0, "set by judgement: a third better is worth another run")
SAFE = Threshold("nd107.safe", 0.15, "of the level", 0.0, 1.0, "set by judgement: the gain even nine runs in ten get")
WORTH = Threshold("nd107.worth", 0.2, "of all progress", 0.01, 2.0, "set by judgement: as above, against what was won")
LENGTHS = (1.5, 2.0)
SURE, LIKELY, DOUBTFUL = 0.85, 0.65, 0.6
DECAYED = Threshold("nd107.decayed", 0.05, "of the peak rate", 0.0, 1.0, "the schedule ran to its end")


def check(ctx: Context) -> Finding | Clear:
    """Falling at the end, and not by design; of few evaluations only if they show it, else train is asked."""
    val = ctx.objective.val
    if val is not None and val.goal == "min" and FEW <= val.finite[1].size < ctx.limit(POINTS):
        found = _judged(ctx, val) if _falls_at_each(ctx, val) else None
        if isinstance(found, Finding):
            return found
    judge = val if val is not None and _long_enough(ctx, val) else ctx.train
    if judge.goal != "min":
        raise InsufficientData("no loss in the log")
    if judge.finite[1].size < ctx.limit(POINTS) and not _falls_at_each(ctx, judge):
        return cleared(judge.finite[1].size, "not falling at each point", {})
    found = _judged(ctx, judge)
    return cleared(judge.finite[1].size, found.reason, found.measured) if isinstance(found, Clear) else found


def _judged(ctx: Context, judge: Series) -> Finding | Clear:
    found = ctx.of(shape, judge)
    share = found.tail_fall / found.fall if found.fall > 0 else 0.0
    gain = found.tail_fall / abs(found.end) if found.end else 0.0
    end = ctx.of(trend, judge, last=TAIL_SHARE)
    measured = {"tail": share, "z": found.tail_z, "gain": gain, "p": end.p}
    if ctx.expectation.expect in {"single-epoch", "lr-range", "overfit-one-batch"}:
        return Clear("such a run ends while falling, by design", measured)
    sure = end.slope < 0 and (end.p < ctx.limit(CHANCE) or end.tau == -1)
    steady = sure and found.tail_z > ctx.limit(STEADY) and share > ctx.limit(TAIL) and gain > ctx.limit(LEVEL)
    if found.low_at < ctx.limit(LATE) or not (steady or _falls_by_half(ctx, judge, found, share, gain)):
        return Clear("nearly flat at the end", measured)
    schedule = schedule_of(ctx)
    if schedule is not None and schedule.decayed < ctx.limit(DECAYED):
        return Clear("the learning rate had decayed to nearly zero: a planned end", measured)
    return _finding(ctx, judge, found, share, measured, steady)


def _falls_by_half(ctx: Context, judge: Series, found: Shape, share: float, gain: float) -> bool:
    """Whether the last half falls beyond doubt, and its last quarter as far as noise, or few points, let one see."""
    half = ctx.of(trend, judge, last=0.5)
    sure = half.slope < 0 and half.p < ctx.limit(CHANCE)
    late = found.tail_z > ctx.limit(HALF_STEADY) and share > ctx.limit(TAIL)
    few = TAIL_SHARE * found.points < A_TREND
    return sure and late and gain > ctx.limit(LEVEL if few else HALF_GAIN)


def _falls_at_each(ctx: Context, series: Series) -> bool:
    """Whether each point lies below the one before, and the last quarter alone, between points, wins enough."""
    y = series.finite[1]
    if series.goal != "min" or y.size < FEW or not bool((y[1:] < y[:-1]).all()):
        return False
    won = float(np.interp((1 - TAIL_SHARE) * (y.size - 1), np.arange(y.size), y)) - float(y[-1])
    return won > ctx.limit(TAIL) * float(y[0] - y[-1]) and won > ctx.limit(LEVEL) * abs(float(y[-1]))


def _long_enough(ctx: Context, series: Series | None) -> bool:
    return series is not None and series.goal == "min" and series.finite[1].size >= ctx.limit(POINTS)


def _finding(
    ctx: Context, judge: Series, found: Shape, share: float, measured: dict[str, float], steady: bool
) -> Finding:
    won = f"{judge.name} fell by {found.tail_fall:.3g} over the last quarter of the run"
    text = f"{won}, {share:.0%} of all progress, and ends at {found.end:.4g}"
    x = judge.finite[0]
    start = float(x[int(x.size * (1 - TAIL_SHARE))])
    ahead = _ahead(ctx, judge)
    firm = found.tail_z > ctx.limit(FIRM) and share > ctx.limit(MUCH)
    evidence = (Evidence(text, judge.name, span_of(judge, start), share, ctx.limit(TAIL)), *_foretold(judge, ahead))
    longer = f"train on to {_end(judge, ahead[-1].factor)}" if ahead else "train longer"
    return Finding(
        score=(SURE if firm else LIKELY) if steady else DOUBTFUL,
        summary="the run was still improving when it ended",
        evidence=evidence,
        causes=("stopped too early", "learning rate low for a run of this length"),
        fixes=(f"{longer} from the last checkpoint", "or decay the learning rate so that the run ends settled"),
        series=(judge,),
        span=span_of(judge, start),
        severity="warning" if steady and ahead and _gains_much(ctx, ahead[-1], found) else "note",
        measured=measured | {f"forecast_{f.factor:g}": f.value for f in ahead},
    )


def _ahead(ctx: Context, judge: Series) -> list[Forecast]:
    """What longer runs would bring; [] where the curve is too short to say."""
    try:
        said = [ctx.of(forecast, judge, factor=factor) for factor in LENGTHS]
    except InsufficientData:
        return []
    return said if said[0].value < said[0].now else []


def _end(judge: Series, factor: float) -> str:
    """The place where a run so many times as long ends."""
    x = judge.finite[0]
    first = float(x[0])
    return at(judge, round(first + factor * (float(x[-1]) - first)))


def _foretold(judge: Series, ahead: list[Forecast]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            f"going on as it did, {judge.name} would be about {f.value:.3g} at {_end(judge, f.factor)} (four times in "
            f"five between {f.low:.3g} and {f.high:.3g}; now {f.now:.3g})",
            judge.name,
            None,
            f.value,
        )
        for f in ahead
    )


def _gains_much(ctx: Context, last: Forecast, found: Shape) -> bool:
    """Whether the forecast is a gain worth another run, and even its cautious end a clear one."""
    gain, level = last.now - last.value, abs(last.now)
    safe = last.now - last.high >= ctx.limit(SAFE) * level
    return safe and gain >= ctx.limit(GAIN) * level and gain >= ctx.limit(WORTH) * found.fall


RULE = Rule(
    code="ND107",
    slug="still-improving",
    severities=("note", "warning"),
    needs="a loss of 8 points or more, or of 5 that all fall",
    check=check,
    thresholds=(
        TAIL,
        LEVEL,
        STEADY,
        HALF_STEADY,
        HALF_GAIN,
        DECAYED,
        CHANCE,
        LATE,
        POINTS,
        FIRM,
        MUCH,
        GAIN,
        SAFE,
        WORTH,
    ),
    yields_to=("ND101", "ND102", "ND103", "ND105", "ND201", "ND202"),
    explained_by=("ND405", "ND408", "ND302"),
)

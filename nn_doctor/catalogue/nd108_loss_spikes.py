"""ND108 loss-spikes (warning, note): isolated upward jumps of the train loss that recover.

What it looks for
-----------------
Points far above the running median of the train loss, large against the noise around them (on a positive curve also
in logarithms) and against the total fall, that come down again. Or several lower ones of twice the level, or that stand
apart from all other points: noise, even with a long tail, leaves no such gap. Drops are never spikes.

Why it matters
--------------
Each spike throws away part of what was learned; large ones are often the herald of a divergence.

When it is not this
-------------------
A rise that stays is a loss jump (ND111) or divergence (ND102). A restart of a cyclical learning rate lifts the loss by
design. A few small spikes that recover within a few steps of a long run are harmless: a note.

Fixes
-----
Clip the gradient norm, lower the learning rate, look at the batches of those steps; with Adam, raise epsilon or
lower beta2.

References
----------
Chowdhery et al., "PaLM" (2022), section 5.1. Molybog et al., "A Theory on Adam Instability" (2023).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.crowd import crowd
from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.spikes import spikes
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import clipping, try_rate
from nn_doctor.catalogue.common.phrases import at, demand_whole_run, schedule_of, span_of
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.spikes import Spikes
    from nn_doctor.catalogue.base import Context
    from nn_doctor.report.model import Severity
    from nn_doctor.series.channel import BoolArray, IntArray

Z = Threshold("nd108.z", 8.0, "sigma", 4.0, 100.0, "published monitors: a robust z of 8")
FACTOR = Threshold("nd108.factor", 1.5, "times the level", 1.0, 100.0, "published monitors: half as much again")
HEIGHT = Threshold(
    "nd108.height", 0.5, "of the fall", 0.05, 10.0, "small real trainings: faulty 4 to 1000, healthy 0.35"
)
COUNT = Threshold("nd108.count", 3, "spikes", 1, 1000, "set by judgement: one or two are chance, and a note")
LOST = Threshold("nd108.lost", 0.005, "of the points", 0.0, 1.0, "set by judgement: a shorter recovery costs nothing")
HUGE = Threshold("nd108.huge", 3.0, "of the fall", 0.5, 1e6, "set by judgement: far above the start, quick or not")
EARLY = Threshold("nd108.early", 0.05, "of the points", 0.0, 0.5, "set by judgement: the first steps are rough")
NEAR = Threshold("nd108.near", 0.02, "of the run", 0.0, 0.5, "set by judgement: as near as this a restart explains it")
LOW = Threshold("nd108.low", 0.15, "of the fall", 0.01, 10.0, "enough of several that stand apart from all else")
LOW_Z = Threshold("nd108.low_z", 4.0, "sigma", 2.0, 100.0, "enough of the same")
APART = Threshold("nd108.apart", 2.5, "count · ln gap", 0.5, 100.0, "faulty 3 and more, healthy, of this height, 1.4")
ALIKE_Z = Threshold("nd108.alike_z", 5.0, "sigma", 2.0, 100.0, "three at twice the level: no healthy training had them")
ALIKE_FACTOR = Threshold("nd108.alike_factor", 2.0, "times the level", 1.0, 100.0, "of three and more of the same")
LOW_FACTOR = Threshold("nd108.low_factor", 1.15, "times the level", 1.0, 100.0, "means that start anew leap to 1.13")
SHOWN = 3
SURE, LIKELY, RARE = 0.85, 0.75, 0.6
CLEAR_Z = 15.0
"""From here on a spike is beyond doubt in every real training looked at."""


def check(ctx: Context) -> Finding | Clear:
    """Spikes that matter against the total fall, without those of a restart."""
    train = ctx.train
    demand_whole_run(ctx, train)
    found = ctx.of(spikes, train)
    if found.fall <= 0:
        return Clear("the loss never falls: spikes cannot be told from noise", {"spikes": found.count})
    big = _big(ctx, found)
    few = big.size < ctx.limit(COUNT) or _severity(ctx, found, big) == "note"
    lower, crowded = _lower(ctx) if few else (found, big[:0])
    measured: dict[str, float] = {"spikes": found.count, "large": big.size, "lower": crowded.size}
    if crowded.size > big.size or (crowded.size and not big.size):
        return _finding(ctx, lower, crowded, measured, _severity(ctx, lower, crowded))
    if not big.size:
        return Clear("no spike is large against the total fall", measured)
    return _finding(ctx, found, big, measured, _severity(ctx, found, big))


def _big(ctx: Context, found: Spikes) -> IntArray:
    """Positions, in ``found``, of the spikes that count each by itself."""
    big = (found.z >= ctx.limit(Z)) & (found.to_fall >= ctx.limit(HEIGHT))
    level_known = found.factor > 1.0
    return _elsewhere(ctx, found, big & (~level_known | (found.factor >= ctx.limit(FACTOR))))


def _lower(ctx: Context) -> tuple[Spikes, IntArray]:
    """(Spikes, lower ones too, positions in them) of several that are alike, or stand apart from every other point."""
    found = ctx.of(spikes, ctx.train, z_min=ctx.limit(LOW_Z))
    tall = (found.to_fall >= ctx.limit(HEIGHT)) & (found.factor >= ctx.limit(ALIKE_FACTOR))
    clear = (found.z >= ctx.limit(Z)) & (found.to_fall >= ctx.limit(LOW)) & (found.factor >= ctx.limit(LOW_FACTOR))
    several = _elsewhere(ctx, found, (tall & (found.z >= ctx.limit(ALIKE_Z))) | clear)
    return (found, several) if several.size >= ctx.limit(COUNT) else _crowded(ctx, found)


def _crowded(ctx: Context, found: Spikes) -> tuple[Spikes, IntArray]:
    """Those of ``found`` that stand apart from every other point, if there are several."""
    some = _elsewhere(ctx, found, found.to_fall >= ctx.limit(LOW))
    first = int(ctx.limit(EARLY) * found.points)
    seen = crowd(ctx.train.finite[1], found.index[some], found.height[some], int(ctx.limit(COUNT)), first)
    if seen.score < ctx.limit(APART):
        return found, some[:0]
    return found, np.sort(some[np.argsort(-found.height[some], kind="stable")][: seen.count])


def _elsewhere(ctx: Context, found: Spikes, big: BoolArray) -> IntArray:
    """Positions of those of ``big`` (k,) that are neither in the first steps nor at a restart."""
    big = big & (found.index >= ctx.limit(EARLY) * found.points)
    x = ctx.train.finite[0]
    near = ctx.limit(NEAR) * float(x[-1] - x[0])
    for place in _restarts(ctx):
        big &= np.abs(found.x - place) > near
    return np.flatnonzero(big).astype(np.int64)


def _restarts(ctx: Context) -> list[float]:
    """Where the run or its learning rate started again."""
    schedule = schedule_of(ctx)
    rate = ctx.learning_rate
    same = rate is not None and rate.axis == ctx.train.axis
    places = [float(v) for v in schedule.restarts] if schedule is not None and same else []
    return places + [float(r.x_after) for r in ctx.run.restarts if r.axis == ctx.train.axis]


def _severity(ctx: Context, found: Spikes, big: IntArray) -> Severity:
    """A warning where there are several, and they cost time or are huge."""
    lost = float(found.recovery[big].sum()) / found.points
    costly = lost >= ctx.limit(LOST) or float(found.to_fall[big].max()) >= ctx.limit(HUGE)
    return "warning" if big.size >= ctx.limit(COUNT) and costly else "note"


def _finding(ctx: Context, found: Spikes, big: IntArray, measured: dict[str, float], severity: Severity) -> Finding:
    train = ctx.train
    highest = np.sort(big[np.argsort(-found.height[big], kind="stable")][:SHOWN])
    evidence = tuple(_evidence(ctx, found, int(i)) for i in highest)
    places = ", ".join(at(train, float(found.x[i])) for i in highest)
    sure = SURE if median(found.z[big]) >= CLEAR_Z else LIKELY
    count = "one spike that recovers" if big.size == 1 else f"{big.size} spikes that recover"
    return Finding(
        score=sure if severity == "warning" else RARE,
        summary=f"the train loss has {count}, {'the highest ' if big.size > SHOWN else ''}at {places}",
        evidence=evidence,
        causes=(
            "bad batches (outliers, broken samples)",
            "learning rate too high, or no gradient clipping",
            "Adam with tiny second moments late in the run",
        ),
        fixes=(
            clipping(ctx),
            f"look at the batches read at {places}",
            try_rate(ctx, 0.5, "lower the learning rate by a factor of 2 to 3"),
            "with Adam: a larger epsilon (1e-6) or a smaller beta2 (0.95)",
        ),
        series=(train,),
        span=span_of(train, float(found.x[big[0]]), float(found.x[big[-1]])),
        severity=severity,
        measured=measured,
    )


def _evidence(ctx: Context, found: Spikes, i: int) -> Evidence:
    train = ctx.train
    x, share = float(found.x[i]), float(found.to_fall[i])
    peak = float(train.finite[1][found.index[i]])
    later = "one point later" if found.recovery[i] == 1 else f"{found.recovery[i]} points later"
    text = f"at {at(train, x)} {train.name} jumps to {peak:.4g} and is back {later}"
    return Evidence(text, train.name, span_of(train, x, x), share, ctx.limit(HEIGHT))


RULE = Rule(
    code="ND108",
    slug="loss-spikes",
    severities=("warning", "note"),
    needs="a train loss of 20 points or more",
    check=check,
    thresholds=(
        Z,
        FACTOR,
        HEIGHT,
        COUNT,
        LOST,
        HUGE,
        EARLY,
        NEAR,
        LOW,
        LOW_Z,
        APART,
        ALIKE_Z,
        ALIKE_FACTOR,
        LOW_FACTOR,
    ),
    yields_to=("ND101", "ND102", "ND103", "ND111", "ND301"),
    explained_by=("ND104",),
    live=True,
)

"""ND111 loss-jump (warning): a sudden, lasting rise of the level of the train loss, or of the validation loss alone.

What it looks for
-----------------
The border between two straight pieces of the train loss where its level rises within a few points, by much against
noise and progress so far, and has not come back long after; or by less, if the run was as far long before; or by
more, if a good part of the run goes by before it is won back. Or the one place at which the next points lie above
nearly all of the last ones, where the rise stays for a tenth of the run or to its end.

Where the train loss has none: one rise of the validation loss from one evaluation to the next, five times as large as
any other, above all later and earlier noise, that stays to the end.

Why it matters
--------------
What was learned before was lost in one moment: something changed there, and it can be looked up.

When it is not this
-------------------
A rise that recovers is a spike (ND108), a gradual one divergence (ND102); so is a jump that loses everything and never
comes back, and one after which the loss climbs on or ends above its start. Warm restarts of the learning rate lift
the loss by design; where the rate was not logged, a rise won back late, and more than that, looks like one. Several
rises about as high are the training's own way of moving.

Fixes
-----
Compare code, data and settings before and after that point; restore the optimiser with the weights when resuming.

References
----------
Jackson et al., "An algorithm for optimal partitioning of data on an interval" (2005), for the borders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.change_points import change_points
from nn_doctor.analyzers.jumps import (
    LEAST,
    QUARTER,
    back_at,
    jump_at,
    lost_for,
    sharpest,
    steepest,
    width_of,
    won_by_half,
)
from nn_doctor.analyzers.medians import median, thinned
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, noise, roughness
from nn_doctor.analyzers.spikes import spikes
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.again import AGAIN_THRESHOLDS, comes_again
from nn_doctor.catalogue.common.leap import NEAR, VALIDATION_THRESHOLDS, is_planned, of_validation
from nn_doctor.catalogue.common.lone import LONE_THRESHOLDS, lone_rise
from nn_doctor.catalogue.common.parted import PARTED_THRESHOLDS, parted_rise
from nn_doctor.catalogue.common.phrases import at, demand_whole_run, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.jumps import Jump
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray

SHARE = Threshold(
    "nd111.share", 0.3, "of the progress", 0.05, 10.0, "set by judgement: faulty 1 and more, healthy none"
)
PART = Threshold("nd111.part", 0.07, "of the progress", 0.01, 10.0, "enough where it throws the run far back")
THROWN = Threshold("nd111.thrown", 0.4, "of the run so far", 0.1, 1.0, "points before it that lay below the new level")
SPIKE = Threshold("nd111.spike", 5.0, "times the rise", 1.0, 1e6, "what a spike leaves behind is ND108's")
ALIKE = Threshold("nd111.alike", 0.2, "of its height", 0.01, 1.0, "another spike as high as this is another of several")
SEVERAL = Threshold("nd111.several", 3, "spikes", 2, 1000, "so many are ND108's, whatever one of them leaves behind")
Z = Threshold("nd111.z", 10.0, "standard errors", 3.0, 1000.0, "small real trainings: faulty 100 and more")
NOISE = Threshold("nd111.noise", 4.0, "sigma", 2.0, 100.0, "a rise must stand out of the noise of one point")
LOUD = Threshold("nd111.loud", 6.0, "sigma", 2.0, 100.0, "of the noise before it, for a rise that is won back")
RATIO = Threshold("nd111.ratio", 1.08, "times the level before", 1.0, 100.0, "set by judgement: a smaller one is drift")
LARGE = Threshold("nd111.large", 0.4, "of the progress", 0.1, 10.0, "a rise that is won back must be as large as this")
SLOW = Threshold("nd111.slow", 0.07, "of the run", 0.01, 0.5, "set by judgement: what is won back sooner was a spike")
COST = Threshold(
    "nd111.cost", 0.04, "of progress and run", 0.0, 1.0, "share of the progress lost, at most 1, times that of the run"
)
LEAST_COST = Threshold(
    "nd111.least_cost", 0.05, "of the run", 0.0, 0.5, "what is won back sooner than this was a spike"
)
BY_HALF = Threshold("nd111.by_half", 0.7, "of the way down", 0.3, 1.0, "restarts 0.65 at most, jumps 0.78 and more")
EARLY = Threshold("nd111.early", 0.08, "of the run", 0.0, 0.5, "the first fall is too bent for straight pieces")
LATE = Threshold("nd111.late", 0.95, "of the run", 0.5, 1.0, "too near the end to see whether it lasts")
LASTS = Threshold("nd111.lasts", 0.25, "of the rise", 0.05, 1.0, "set by judgement: less left is a recovery")
SUDDEN = Threshold("nd111.sudden", 0.02, "of the points", 0.0, 0.2, "set by judgement: a slower rise is divergence")
GONE = Threshold("nd111.gone", 0.75, "of the first level", 0.1, 10.0, "an end this near the start is divergence")
GROWS = Threshold("nd111.grows", 0.5, "of the rise", 0.05, 10.0, "climbing on: divergence 0.65 and more, jumps to 0.1")
ABOVE = Threshold("nd111.above", 0.1, "of the progress", 0.0, 10.0, "an end this far above the start may be divergence")
STANDS = Threshold("nd111.stands", 0.1, "of the rise", 0.0, 10.0, "such a one is a jump only if it climbs no further")
MOST = Threshold("nd111.most", 0.75, "of all rise", 0.1, 1.0, "what climbs before its leap, too, is divergence")
WINDOW = 0.05  # of the points, at least 4, for a level beside the jump
BESIDE = 24  # points before a jump that show how noisy it was there
NOTHING = "no sudden rise that lasts"
SCORE, SCORE_RESUMED = 0.75, 0.85
STILL_LEFT = 0.25  # of the least rise that counts: so much of it at the end


def check(ctx: Context) -> Finding | Clear:
    """The largest sudden rise of the train loss that lasts, or one of the validation loss that leaves no doubt."""
    try:
        found = of_train(ctx)
    except InsufficientData:
        lone = lone_rise(ctx)
        if lone is None:
            raise
        return _finding(ctx, *lone)
    if isinstance(found, Finding) or found.reason != NOTHING:
        return found
    lone = lone_rise(ctx)
    return (_finding(ctx, *lone) if lone else of_validation(ctx)) or found


def of_train(ctx: Context) -> Finding | Clear:
    """The largest sudden rise of the train loss that lasts; its place is the measured "x"."""
    train = ctx.train
    demand_whole_run(ctx, train)
    found = ctx.of(change_points, train)
    x, y = train.finite
    places = [
        int(i)
        for i, z, share in zip(found.index, found.z, found.fraction, strict=True)
        if z >= ctx.limit(Z) and ctx.limit(EARLY) <= share <= ctx.limit(LATE)
    ]
    leap = steepest(y, ctx.limit(Z))
    if leap is not None and ctx.limit(EARLY) <= leap / y.size <= ctx.limit(LATE):
        places.append(leap)
    width, soon = width_of(y.size, WINDOW), max(1, int(ctx.limit(SUDDEN) * y.size))
    jumps = [jump_at(y, i, width, soon) for i in sharpest(y, places, width)]
    sizes = [_rise(ctx, jump) for jump in jumps]
    if not any(sizes):
        slow = [_slow_return(ctx, y, jump) for jump in jumps]
        one = sum(rise > 0 for rise in slow) == 1
        sizes = slow if one and not _like_restart(ctx, y, jumps[int(np.argmax(slow))]) else sizes
    best = int(np.argmax(sizes)) if sizes else 0
    parted = None if any(sizes) else parted_rise(ctx, WINDOW, soon)
    if parted is None and not any(sizes):
        return Clear(NOTHING, {"rises": len(places)})
    jump, rise = parted or (jumps[best], sizes[best])
    if _is_one_of_several(ctx, jump, rise) or comes_again(ctx, jump.index, width):
        return Clear(f"the rise at {at(train, float(x[jump.index]))} is one of several alike", {"rises": 1})
    measured = {"rise": rise / QUARTER, "x": float(x[jump.index]), "grows": (jump.end - jump.after) / rise}
    if _goes_on(ctx, jump, rise):
        return Clear("the loss climbs before or after it: divergence", measured)
    if is_planned(ctx, float(x[jump.index])):
        return Clear(f"the rise at {at(train, float(x[jump.index]))} comes with a restart", measured)
    return _finding(ctx, jump.index, measured)


def _is_one_of_several(ctx: Context, jump: Jump, rise: float) -> bool:
    """Whether a spike far higher than the rise stands there, and others as high stand elsewhere."""
    if jump.peak <= jump.before + ctx.limit(SPIKE) * rise:
        return False
    height = (jump.peak - jump.before) / QUARTER
    found = ctx.of(spikes, ctx.train)
    return int(np.count_nonzero(found.height >= ctx.limit(ALIKE) * height)) >= ctx.limit(SEVERAL)


def _goes_on(ctx: Context, jump: Jump, rise: float) -> bool:
    """Whether the loss climbs on from its new level, had climbed for long, or ends above where the whole run began."""
    sudden = rise >= ctx.limit(MOST) * (jump.after - min(jump.before, jump.earlier))
    above = jump.end - jump.start > ctx.limit(ABOVE) * (jump.start - jump.before)
    return not sudden or jump.end - jump.after >= ctx.limit(STANDS if above else GROWS) * rise


def _rise(ctx: Context, jump: Jump) -> float:
    """The lasting rise at a place, 0 where it is none that counts."""
    width = width_of(jump.points, WINDOW)
    if jump.index < LEAST or jump.points - jump.index < width + LEAST:
        return 0.0
    level, rise = jump.before, jump.after - jump.before
    progress = jump.start - min(level, jump.earlier)
    stays = jump.low >= level + ctx.limit(LASTS) * rise
    spike = jump.peak > level + ctx.limit(SPIKE) * rise
    thrown = stays and not spike and jump.above >= ctx.limit(THROWN)
    share = ctx.limit(PART) if thrown else ctx.limit(SHARE)
    enough = max(share * progress, ctx.limit(NOISE) * QUARTER * ctx.of(noise, ctx.train).step)
    if progress <= 0 or rise <= enough or (level > 0 and jump.after < ctx.limit(RATIO) * level):
        return 0.0
    left = min(jump.later if np.isfinite(jump.later) else jump.end, jump.end) - level
    lost = jump.end >= jump.start - (1 - ctx.limit(GONE)) * progress
    gone = lost and jump.end_range < ctx.limit(SHARE) * rise
    lasts = left >= ctx.limit(LASTS) * rise and left > STILL_LEFT * enough
    return rise if jump.soon - jump.close >= rise / 2 and lasts and not gone else 0.0


def _slow_return(ctx: Context, y: FloatArray, jump: Jump) -> float:
    """The rise at a place of ``y`` (n,) that takes a good part of the run to win back; 0 where it is none.

    Several such rises in a run look like warm restarts of a rate that was not logged, and do not count.
    """
    progress, rise = jump.start - jump.before, jump.first - jump.before
    if progress <= 0 or rise <= ctx.limit(PART) * progress or jump.above_soon < ctx.limit(THROWN):
        return 0.0
    late = y.size - jump.index < 2 * width_of(y.size, WINDOW)
    if late or rise <= ctx.limit(LOUD) * QUARTER * _noise_before(ctx, jump.index):
        return 0.0
    lost = lost_for(y, jump.index, back_at(jump.before, jump.first, ctx.limit(LASTS)))
    if lost < max(ctx.limit(LEAST_COST) * y.size, LEAST):
        return 0.0
    slow = rise > ctx.limit(LARGE) * progress and lost >= ctx.limit(SLOW) * y.size
    return rise if slow or min(rise / progress, 1.0) * lost >= ctx.limit(COST) * y.size else 0.0


def _like_restart(ctx: Context, y: FloatArray, jump: Jump) -> bool:
    """Whether the run comes out below where it was, and late: as a rate that nobody logged rises and dies away."""
    if ctx.learning_rate is not None or jump.end >= jump.before:
        return False
    return won_by_half(y, jump.index, width_of(y.size, WINDOW)) < ctx.limit(BY_HALF)


def _noise_before(ctx: Context, i: int) -> float:
    """The noise of the points just before point i, or of the whole run if that is larger."""
    before = roughness(ctx.train.finite[1][max(0, i - BESIDE) : i])
    return max(ctx.of(noise, ctx.train).step, MAD_TO_SIGMA * median(before) if before.size else 0.0)


def _resumed(ctx: Context, x: float) -> bool:
    train_x = ctx.train.finite[0]
    near = ctx.limit(NEAR) * float(train_x[-1] - train_x[0])
    return any(r.kind in {"resumed", "continued"} and abs(r.x_after - x) <= near for r in ctx.run.restarts)


def _finding(ctx: Context, i: int, measured: dict[str, float]) -> Finding:
    train = ctx.train
    x, y = train.finite
    where, resumed = at(train, float(x[i])), _resumed(ctx, float(x[i]))
    before = median(y[max(0, i - LEAST) : i])
    text = f"{train.name} was at {before:.4g} before {where}, jumps to {y[i]:.4g} and is at {y[-1]:.4g} at the end"
    later = median(thinned(y[-width_of(y.size, WINDOW) :]))
    stays = "stays up" if later > before + ctx.limit(LASTS) * measured["rise"] else "takes long to come back"
    evidence = [Evidence(text, train.name, span_of(train, float(x[i - 1]), float(x[i])), measured["rise"])]
    if resumed:
        evidence.append(Evidence(f"the log was resumed at {where}", train.name))
    return Finding(
        score=SCORE_RESUMED if resumed else SCORE,
        summary=f"the train loss jumps up at {where} and {stays}",
        evidence=tuple(evidence),
        causes=(
            "resumed without the state of the optimiser, or with other weights",
            "data, labels or augmentation changed there",
            "learning rate raised",
        ),
        fixes=(
            f"compare code, data and settings before and after {where}",
            "save and restore the optimiser, the scheduler and the loss scaler with the weights",
            f"go back to the checkpoint before {where}",
            try_rate(ctx, 0.3, "a third of the learning rate, or a new warm-up after a change"),
        ),
        series=(train,),
        span=span_of(train, float(x[i])),
        measured=measured,
    )


RULE = Rule(
    code="ND111",
    slug="loss-jump",
    severities=("warning",),
    needs="a train loss of 12 points or more, or of 6 that fall but for one",
    check=check,
    thresholds=(
        SHARE,
        PART,
        THROWN,
        SPIKE,
        ALIKE,
        SEVERAL,
        LARGE,
        SLOW,
        COST,
        LEAST_COST,
        BY_HALF,
        Z,
        NOISE,
        LOUD,
        RATIO,
        EARLY,
        LATE,
        LASTS,
        SUDDEN,
        GONE,
        GROWS,
        ABOVE,
        STANDS,
        MOST,
        *VALIDATION_THRESHOLDS,
        *LONE_THRESHOLDS,
        *PARTED_THRESHOLDS,
        *AGAIN_THRESHOLDS,
    ),
    yields_to=("ND103", "ND301"),
    live=True,
)

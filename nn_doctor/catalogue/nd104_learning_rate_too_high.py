"""ND104 learning-rate-too-high (warning): the loss falls fast, then bounces on a high plateau.

What it looks for
-----------------
If the learning rate is in the log: the loss drops at once where the rate is cut, far below a restless plateau on which
less was won in all the time before, or by a good part of all that the run ever won. Or train and validation both jump,
by a tenth and more, from each evaluation to the next, or rise together again and again, by a good part of all that was
won: the noise of batches moves one of them, steps too long move both.
Or a loss that is thrown up at once and lies above its first value to the end; or epochs that lose their best level
again and again.

Why it matters
--------------
The steps are too long to settle in the valley: the run pays for epochs that only bounce.

When it is not this
-------------------
Step decay that drops a calm plateau a little is healthy. Noise of single batches around a falling trend is ND109, a
calm plateau at a poor level underfitting (ND204).

Fixes
-----
Lower the learning rate (a third is a good first try), decay it earlier, use warm-up or a larger batch.

References
----------
L. Smith, "Cyclical Learning Rates for Training Neural Networks" (2017). CS231n, "Babysitting the learning process".
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nn_doctor.analyzers.restless import restless
from nn_doctor.analyzers.shape import shape
from nn_doctor.analyzers.thrown import thrown_up
from nn_doctor.catalogue.base import LARGEST, Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.cut import CUT_SHARE, CUT_THRESHOLDS, drop_at_cut, is_restless
from nn_doctor.catalogue.common.phrases import at, cleared, schedule_of, span_of
from nn_doctor.catalogue.common.rises import RISES, RISES_THRESHOLDS, common_rises
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.cuts import CutDrop
    from nn_doctor.analyzers.restless import Restless
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.analyzers.thrown import ThrownUp
    from nn_doctor.analyzers.together import Together
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

JUMPS = Threshold(
    "nd104.jumps", 0.115, "of the level", 0.02, 1.0, "train and validation (geometric mean); healthy runs to 0.105"
)
BOTH = Threshold(
    "nd104.both", 0.085, "of the level", 0.0, 1.0, "one that is calm clears the weights: the other is noise"
)
NEAR_ZERO = Threshold(
    "nd104.near_zero", 0.015, "of the first epoch", 0.0, 1.0, "near zero a jump by a factor is nothing"
)
COST = Threshold("nd104.cost", 0.018, "of the whole fall", 0.0, 1.0, "jumps of healthy runs near zero: to 0.014")
FACTOR = Threshold(
    "nd104.factor", 0.28, "of the level", 0.02, 5.0, "as nd104.jumps, where they cost less; healthy: 0.24"
)
FLAT = Threshold("nd104.trend", 3.0, "standard errors", 1.0, 100.0, "a plateau has no trend at its end")
POINTS = Threshold("nd104.points", 20, "points", 8, 1000, "bounces cannot be told from a trend on less")
ABOVE = Threshold(
    "nd104.above", 1.2, "times the first loss", 1.0, 10.0, "noise of a first batch; epoch means have less"
)
PEAK = Threshold("nd104.peak", 1.5, "times the first loss", 1.0, 100.0, "set by judgement: thrown up by that much")
ROSE = Threshold("nd104.rose", 6.0, "sigma", 2.0, 100.0, "a rise must stand out of the noise of one point")
BURST = Threshold("nd104.burst", 10.0, "times the first loss", 1.5, 1e9, "a burst by a magnitude, two points at least")
HUGE = Threshold("nd104.huge", 1e4, "times the first loss", 10.0, 1e300, "a burst that no run is meant to have")
REGAINED = Threshold("nd104.regained", 0.85, "of the first loss", 0.0, 1.0, "never much below where the run began")
RESTLESS_EPOCHS = Threshold("nd104.restless_epochs", 0.09, "of the fall", 0.01, 1.0, "of epochs: healthy below 0.07")
HALVED = Threshold(
    "nd104.halved", 0.4, "of the start", 0.1, 1.0, "after a smaller fall, noise of epochs looks like this"
)


def check(ctx: Context) -> Finding | Clear:
    """A drop at a cut of the rate, else a restless level."""
    train = ctx.train
    found = ctx.of(shape, train)
    bounce = found.bounce / found.fall if found.fall > 0 else float("inf")
    measured = {"bounce": min(bounce, LARGEST), "end": found.end, "start": found.start}
    cut = drop_at_cut(ctx, train)
    if cut is not None:
        return _cut_finding(ctx, cut, measured | {"cut_drop": cut.share, "cut_won": cut.won, "cut_noise": cut.noise})
    thrown = ctx.of(thrown_up, train)
    if _lifted(ctx, thrown, found):
        return _lifted_finding(ctx, thrown, found, measured)
    jumps = _jumping(ctx, train)
    if jumps is not None:
        return _restless_finding(ctx, jumps, measured | {"train_jumps": jumps.train, "val_jumps": jumps.val})
    rises = common_rises(ctx, train)
    if rises is not None:
        return _waves_finding(ctx, rises, measured | {"common_rise": rises.second, "agree": rises.agree})
    if _loses_its_best(ctx, train, found, bounce):
        return _bouncing_finding(ctx, found, bounce, measured | {"low_at": found.low_at})
    return cleared(found.points, "no plateau that bounces", measured)


def _lifted(ctx: Context, thrown: ThrownUp, found: Shape) -> bool:
    """Whether the loss was thrown up at once and lies, though it falls again, above its first value to the end.

    A fresh net guesses; only steps too large make it worse than that for the whole run, or by a magnitude at first with
    nothing won afterwards, or by many magnitudes.
    """
    if thrown.first <= 0 or found.points < ctx.limit(POINTS):
        return False
    lost = thrown.floor > ctx.limit(REGAINED) * thrown.first or thrown.burst > ctx.limit(HUGE) * thrown.first
    if lost and thrown.burst > ctx.limit(BURST) * thrown.first:
        return True
    rose = thrown.peak - thrown.first > ctx.limit(ROSE) * found.raw_sigma
    up = min(thrown.peak, thrown.burst) > ctx.limit(PEAK) * thrown.first and rose  # at once, and not for a moment
    return up and thrown.floor > ctx.limit(ABOVE) * thrown.first and found.end < thrown.peak


def _jumping(ctx: Context, train: Series) -> Restless | None:
    """How train and validation jump, if both do, from mean to mean; None where single batches are all there is."""
    val, schedule = ctx.objective.val, schedule_of(ctx)
    if val is None or val.goal != "min" or (schedule is not None and schedule.restarts.size):
        return None
    try:
        found = ctx.of(restless, train, val)
    except InsufficientData:
        return None
    means = found.dense or train.axis == "epoch" or train.averaged_over is not None
    both = min(found.train, found.val) > ctx.limit(BOTH) and found.left > ctx.limit(NEAR_ZERO)
    least = ctx.limit(JUMPS if found.cost > ctx.limit(COST) else FACTOR)
    return found if means and both and math.sqrt(found.train * found.val) > least else None


def _loses_its_best(ctx: Context, train: Series, found: Shape, bounce: float) -> bool:
    """Whether whole epochs bounce by much of all progress, and the run has left the best level it had.

    Only where no validation is logged, which would tell (``_jumping``) whether it is the weights that bounce.
    """
    if ctx.objective.val is not None:
        return False
    x = train.finite[0]
    by_epoch = train.axis == "epoch" and bool((x % 1 == 0).all()) and found.points >= ctx.limit(POINTS)
    level = ctx.limit(HALVED) * found.start < found.end and ctx.limit(HALVED) < found.relative_fall
    settled = abs(found.tail_z) < ctx.limit(FLAT)
    return by_epoch and level and settled and ctx.limit(RESTLESS_EPOCHS) < bounce < 1


SURE, LIKELY, DOUBTFUL = 0.7, 0.65, 0.6
CAUSES = ("learning rate too high for this stage", "no decay, or too late", "batches too small for the rate")


def _lifted_finding(ctx: Context, thrown: ThrownUp, found: Shape, measured: dict[str, float]) -> Finding:
    train = ctx.train
    high = max(thrown.burst, thrown.peak)
    text = f"{train.name} begins at {thrown.first:.4g}, is thrown up to {high:.3g} and ends at {found.end:.4g}"
    return Finding(
        score=LIKELY,
        summary="the loss was thrown up by the first steps",
        evidence=(Evidence(text, train.name, span_of(train), found.end, ctx.limit(ABOVE) * thrown.first),),
        causes=("learning rate too high from the first steps", "momentum too high", "inputs not normalised"),
        fixes=(
            try_rate(ctx, 1 / 10, "a tenth of the learning rate"),
            "warm-up over the first epochs",
            "clip the gradient norm",
        ),
        series=(train,),
        span=span_of(train),
        measured=measured | {"first": thrown.first},
    )


def _cut_finding(ctx: Context, cut: CutDrop, measured: dict[str, float]) -> Finding:
    train = ctx.train
    score = LIKELY if is_restless(ctx, cut) else DOUBTFUL
    drop = f"at the cut of the learning rate ({at(train, cut.x)}) {train.name} drops by {cut.of_level:.0%} of its level"
    text = f"{drop}, {cut.share:.0%} of all progress; the plateau before brought {cut.won:.0%} of that"
    return Finding(
        score=score,
        summary="the loss was stuck until the learning rate was cut",
        evidence=(Evidence(text, train.name, span_of(train, cut.x), cut.share, ctx.limit(CUT_SHARE)),),
        causes=CAUSES,
        fixes=_fixes(ctx, f" than {at(train, cut.x)}"),
        series=(train,),
        span=span_of(train, None, cut.x),
        measured=measured,
    )


def _restless_finding(ctx: Context, jumps: Restless, measured: dict[str, float]) -> Finding:
    train, val = ctx.train, ctx.val
    text = (
        f"from one evaluation to the next, {train.name} jumps by ±{jumps.train:.0%} and {val.name} by ±{jumps.val:.0%}"
    )
    evidence = Evidence(text, train.name, span_of(train), jumps.train, ctx.limit(JUMPS))
    return _of_both(ctx, SURE, "train and validation loss both jump from epoch to epoch", evidence, measured)


def _waves_finding(ctx: Context, rises: Together, measured: dict[str, float]) -> Finding:
    train, val = ctx.train, ctx.val
    text = f"{train.name} and {val.name} rise together, more than once by {rises.second:.0%} of all that was won"
    evidence = Evidence(text, train.name, span_of(train), rises.second, ctx.limit(RISES))
    return _of_both(ctx, LIKELY, "train and validation loss rise together again and again", evidence, measured)


def _of_both(ctx: Context, score: float, summary: str, evidence: Evidence, measured: dict[str, float]) -> Finding:
    return Finding(
        score=score,
        summary=summary,
        evidence=(evidence,),
        causes=CAUSES,
        fixes=_fixes(ctx, ""),
        series=(ctx.train, ctx.val),
        span=span_of(ctx.train),
        measured=measured,
    )


def _bouncing_finding(ctx: Context, found: Shape, bounce: float, measured: dict[str, float]) -> Finding:
    train = ctx.train
    text = f"{train.name} bounces by ±{found.bounce:.3g} around {found.end:.4g}: {bounce:.0%} of all progress"
    return Finding(
        score=DOUBTFUL,
        summary="the loss bounces on a high plateau",
        evidence=(Evidence(text, train.name, span_of(train, found.arrives_x), bounce, ctx.limit(RESTLESS_EPOCHS)),),
        causes=CAUSES,
        fixes=_fixes(ctx, ""),
        series=(train,),
        span=span_of(train, found.arrives_x),
        measured=measured,
    )


def _fixes(ctx: Context, than: str) -> tuple[str, ...]:
    return (
        try_rate(ctx, 1 / 3, "a third of the learning rate"),
        f"decay the learning rate earlier{than}",
        "warm-up, or a larger batch at the same rate",
    )


RULE = Rule(
    code="ND104",
    slug="learning-rate-too-high",
    severities=("warning",),
    needs="a train loss of 20 points or more; a logged learning rate helps",
    check=check,
    thresholds=(
        *CUT_THRESHOLDS,
        *RISES_THRESHOLDS,
        JUMPS,
        BOTH,
        NEAR_ZERO,
        COST,
        FACTOR,
        FLAT,
        POINTS,
        ABOVE,
        PEAK,
        ROSE,
        BURST,
        HUGE,
        REGAINED,
        RESTLESS_EPOCHS,
        HALVED,
    ),
    yields_to=(
        "ND101",
        "ND102",
        "ND103",
        "ND111",
        "ND301",
    ),  # behind a jump a bounce is the new data's, else the order's
)

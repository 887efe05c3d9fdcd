"""ND104 learning-rate-too-high (warning): the loss falls fast, then bounces on a high plateau.

What it looks for
-----------------
A quick first fall, then a long plateau without trend on which the loss bounces strongly against the progress made. If
the learning rate is in the log: the loss drops at once where the rate is cut, far below the plateau. Or a loss that is
thrown up at once and lies above its first value to the end; or epochs that lose their best level again and again.

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

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.advice import try_rate
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import at, schedule_of, span_of
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

BOUNCE = Threshold(
    "nd104.bounce",
    0.07,
    "of the fall",
    0.01,
    1.0,
    "small real trainings: 0.10 with a rate too high, healthy below 0.04",
)
EARLY = Threshold("nd104.early", 0.3, "of the run", 0.05, 0.9, "the fall is over by here; slower falls are not this")
POOR = Threshold("nd104.poor", 0.2, "of the start", 0.0, 1.0, "near zero a bounce means nothing")
CUT_DROP = Threshold(
    "nd104.cut_drop", 0.125, "of all progress", 0.02, 1.0, "step decay of healthy runs gains about a tenth at a cut"
)
PLATEAU = Threshold("nd104.plateau", 0.3, "of the run", 0.05, 0.9, "a shorter plateau before the cut cost little")
TREND = Threshold("nd104.trend", 3.0, "standard errors", 1.0, 100.0, "a plateau has no trend at its end")
FALL = Threshold("nd104.fall", 0.1, "of the start", 0.0, 1.0, "after a smaller fall bounces cannot be told from noise")
TRANSIENT = Threshold("nd104.transient", 0.05, "of the run", 0.0, 0.5, "set by judgement: the first steps of a run")
WILD = Threshold("nd104.wild", 5.0, "times all later", 1.5, 1e6, "a first loss gone wild is no measure of progress")
SUDDEN = Threshold(
    "nd104.sudden", 2.0, "times the progress before", 1.0, 20.0, "small trainings: 2.5 and more; healthy step decay 0.5"
)
RESTLESS = Threshold("nd104.restless", 0.025, "of all progress", 0.0, 1.0, "step decay of a calm plateau is healthy")
POINTS = Threshold("nd104.points", 20, "points", 8, 1000, "bounces cannot be told from a trend on less")
ABOVE = Threshold(
    "nd104.above", 1.2, "times the first loss", 1.0, 10.0, "noise of a first batch; epoch means have less"
)
LIFTED = Threshold("nd104.lifted", 0.9, "of the run", 0.5, 1.0, "a loss that was lower at first for nearly all the run")
PEAK = Threshold("nd104.peak", 1.5, "times the first loss", 1.0, 100.0, "set by judgement: thrown up by that much")
ROSE = Threshold("nd104.rose", 6.0, "sigma", 2.0, 100.0, "a rise must stand out of the noise of one point")
LEFT = Threshold("nd104.left", 0.85, "of the run", 0.5, 1.0, "the best level was there before, and was lost again")
RESTLESS_EPOCHS = Threshold("nd104.restless_epochs", 0.09, "of the fall", 0.01, 1.0, "of epochs: healthy below 0.07")
HALVED = Threshold(
    "nd104.halved", 0.4, "of the start", 0.1, 1.0, "after a smaller fall, noise of epochs looks like this"
)
BATCH = 400
"""A longer curve, or one by steps, is of single batches, whose noise says little about the rate."""


def check(ctx: Context) -> Finding | Clear:
    """A drop at a cut of the rate, else a high plateau that bounces."""
    train = ctx.train
    found = ctx.of(shape, train)
    bounce = found.bounce / found.fall if found.fall > 0 else float("inf")
    measured = {"bounce": bounce, "arrives_at": found.arrives_at, "end": found.end, "start": found.start}
    cut = _drop_at_cut(ctx, train, found)
    if cut is not None and cut[1] >= ctx.limit(CUT_DROP):
        return _finding(ctx, found, cut, measured | {"cut_drop": cut[1]})
    if _lifted(ctx, train, found):
        return _lifted_finding(ctx, found, measured)
    if _loses_its_best(ctx, train, found, bounce):
        return _finding(ctx, found, None, measured | {"low_at": found.low_at})
    batches = found.points > BATCH or (train.axis == "step" and train.averaged_over is None)
    calm = found.points < ctx.limit(POINTS) or batches or bounce < ctx.limit(BOUNCE)
    if calm or found.fall <= 0 or bounce > 1:
        return Clear("no plateau that bounces", measured)
    if (
        found.arrives_at > ctx.limit(EARLY)
        or abs(found.tail_z) > ctx.limit(TREND)
        or found.end < ctx.limit(POOR) * found.start
    ):
        return Clear("the loss is not stuck on a high plateau", measured)
    if found.relative_fall < ctx.limit(FALL):
        return Clear("too small a fall to tell bounces from noise", measured)
    return _finding(ctx, found, None, measured)


def _lifted(ctx: Context, train: Series, found: Shape) -> bool:
    """Whether the loss was thrown up at once and lies, though it falls again, above its first value to the end.

    A fresh net guesses; only steps too large make it worse than that for the whole run.
    """
    y = train.finite[1]
    first = float(y[0])
    if first <= 0 or y.size < ctx.limit(POINTS):
        return False
    above = float(np.mean(y[1:] > ctx.limit(ABOVE) * first))
    peak = median(np.sort(y)[-max(3, y.size // 10) :])
    thrown = peak > ctx.limit(PEAK) * first and peak - first > ctx.limit(ROSE) * found.raw_sigma
    return thrown and above > ctx.limit(LIFTED) and found.end < peak


def _loses_its_best(ctx: Context, train: Series, found: Shape, bounce: float) -> bool:
    """Whether whole epochs bounce by much of all progress, and the run has left the best level it had."""
    x = train.finite[0]
    by_epoch = train.axis == "epoch" and bool((x == np.round(x)).all()) and found.points >= ctx.limit(POINTS)
    level = ctx.limit(HALVED) * found.start < found.end and ctx.limit(HALVED) < found.relative_fall
    settled = abs(found.tail_z) < ctx.limit(TREND) and found.low_at < ctx.limit(LEFT)
    return by_epoch and level and settled and ctx.limit(RESTLESS_EPOCHS) < bounce < 1


def _drop_at_cut(ctx: Context, train: Series, found: Shape) -> tuple[float, float] | None:
    """(x of the cut, drop as a share of all progress) for the largest sudden drop at a cut after a bouncing plateau."""
    schedule = schedule_of(ctx)
    if schedule is None or not schedule.cuts.size or found.fall <= 0:
        return None
    x, y = train.finite
    later = y[max(1, int(ctx.limit(TRANSIENT) * y.size)) :]
    top = float(later.max()) if later.size else found.start
    wild = top > 0 and found.start > ctx.limit(WILD) * top
    fall = top - found.low if wild else found.fall
    if fall <= 0:
        return None
    best: tuple[float, float] | None = None
    for cut in schedule.cuts:
        index = int(np.searchsorted(x, cut))
        width = max(3, y.size // 20)
        if index < ctx.limit(PLATEAU) * y.size or index + width > y.size:
            continue
        before, after = y[max(0, index - 2 * width) : index], y[index + 1 : index + 1 + width]
        early = y[max(0, index - 6 * width) : max(1, index - 4 * width)]
        drop = (median(before) - median(after)) / fall
        progress = (median(early) - median(before)) / fall
        noisy = float(np.std(before)) / fall
        if (
            drop > ctx.limit(SUDDEN) * max(progress, 0.0)
            and noisy > ctx.limit(RESTLESS)
            and (best is None or drop > best[1])
        ):
            best = (float(cut), drop)
    return best


def _lifted_finding(ctx: Context, found: Shape, measured: dict[str, float]) -> Finding:
    train = ctx.train
    first = float(train.finite[1][0])
    text = f"{train.name} begins at {first:.4g}, is thrown up at once and is still at {found.end:.4g} at the end"
    return Finding(
        score=0.65,
        summary="the loss lies above its first value for nearly all the run",
        evidence=(Evidence(text, train.name, span_of(train), found.end, ctx.limit(ABOVE) * first),),
        causes=("learning rate too high from the first steps", "momentum too high", "inputs not normalised"),
        fixes=(
            try_rate(ctx, 1 / 10, "a tenth of the learning rate"),
            "warm-up over the first epochs",
            "clip the gradient norm",
        ),
        series=(train,),
        span=span_of(train),
        measured=measured | {"first": first},
    )


def _finding(ctx: Context, found: Shape, cut: tuple[float, float] | None, measured: dict[str, float]) -> Finding:
    train = ctx.train
    share = found.bounce / found.fall
    text = f"{train.name} bounces by ±{found.bounce:.3g} around {found.end:.4g}: {share:.0%} of all progress"
    evidence = [Evidence(text, train.name, span_of(train, found.arrives_x), share, ctx.limit(BOUNCE))]
    if cut is not None:
        text = f"at the cut of the learning rate ({at(train, cut[0])}) it drops by {cut[1]:.0%} of all progress"
        evidence.insert(0, Evidence(text, train.name, span_of(train, cut[0]), cut[1], ctx.limit(CUT_DROP)))
    return Finding(
        score=0.65 if cut is not None else 0.6,
        summary="the loss bounces on a high plateau"
        if cut is None
        else "the loss was stuck until the learning rate was cut",
        evidence=tuple(evidence),
        causes=("learning rate too high for this stage", "no decay, or too late", "batches too small for the rate"),
        fixes=(
            try_rate(ctx, 1 / 3, "a third of the learning rate"),
            "decay the learning rate earlier" + (f" than {at(train, cut[0])}" if cut else ""),
            "warm-up, or a larger batch at the same rate",
        ),
        series=(train,),
        span=span_of(train, found.arrives_x if cut is None else None, None if cut is None else cut[0]),
        measured=measured,
    )


RULE = Rule(
    code="ND104",
    slug="learning-rate-too-high",
    severities=("warning",),
    needs="a train loss of 20 points or more; a logged learning rate helps",
    check=check,
    thresholds=(
        BOUNCE,
        EARLY,
        POOR,
        CUT_DROP,
        PLATEAU,
        POINTS,
        TREND,
        FALL,
        SUDDEN,
        RESTLESS,
        TRANSIENT,
        WILD,
        ABOVE,
        LIFTED,
        PEAK,
        ROSE,
        LEFT,
        RESTLESS_EPOCHS,
        HALVED,
    ),
    yields_to=("ND101", "ND102", "ND103", "ND111"),  # behind a jump a bounce is the new data's
)

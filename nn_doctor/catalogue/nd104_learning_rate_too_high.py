"""ND104 learning-rate-too-high (warning): the loss falls fast, then bounces on a high plateau.

What it looks for
-----------------
A quick first fall, then a long plateau without trend on which the loss bounces strongly against the progress made. If
the learning rate is in the log: the loss drops at once where the rate is cut, far below the plateau.

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
        drop = float(np.median(before) - np.median(after)) / fall
        progress = float(np.median(early) - np.median(before)) / fall
        noisy = float(np.std(before)) / fall
        if (
            drop > ctx.limit(SUDDEN) * max(progress, 0.0)
            and noisy > ctx.limit(RESTLESS)
            and (best is None or drop > best[1])
        ):
            best = (float(cut), drop)
    return best


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
    thresholds=(BOUNCE, EARLY, POOR, CUT_DROP, PLATEAU, POINTS, TREND, FALL, SUDDEN, RESTLESS, TRANSIENT, WILD),
    yields_to=("ND101", "ND102", "ND103"),
)

"""ND105 learning-rate-too-low (warning): the loss falls slowly and in a straight line from start to end.

What it looks for
-----------------
A line fitted through the whole train loss (where none is logged, validation's) that falls beyond doubt, by a small
share of the starting loss. A curve that bends counts too, as long as half of its mean slope is left at the end; a fall
of up to a third, if it is as good as straight: decay that is well on its way would have bent by as much as it has
fallen.

Why it matters
--------------
The same result could be had in a fraction of the steps.

When it is not this
-------------------
A run that has fallen a lot and is still falling was stopped early (ND107). Fine-tuning falls little, but flattens, or
has a good accuracy at its first evaluation. A loss that does not fall at all is not learning (ND101).

Fixes
-----
Raise the learning rate three- to tenfold, or run an LR range test; shorten the warm-up if it takes most of the run.

References
----------
CS231n, "Babysitting the learning process". L. Smith, "Cyclical Learning Rates for Training Neural Networks" (2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.line import line
from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.phrases import MANY, cleared, demand_whole_run, schedule_of, span_of
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.line import Line
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context

SMALL = Threshold(
    "nd105.small", 0.2, "of the start", 0.02, 0.9, "small real trainings: about a tenth; others fall half"
)
LEAST = Threshold("nd105.least", 0.004, "of the start", 0.0, 0.1, "less is not learning")
SURE = Threshold("nd105.sure", 6.0, "standard errors", 2.0, 100.0, "of the line's fall; fine-tuning of small nets 5")
END = Threshold("nd105.end", 0.5, "of the mean slope", 0.0, 1.0, "a slope halved by the end is settling")
END_SURE = Threshold("nd105.end_sure", 2.0, "standard errors", 0.0, 100.0, "the slope at the end; fine-tuning 1.5")
WHOLE = Threshold("nd105.whole", 1.15, "times the line's fall", 1.0, 10.0, "a larger fall has a quick beginning")
LARGER = Threshold("nd105.larger", 0.35, "of the start", 0.02, 0.9, "decay that has made a third of its way is bent")
CERTAIN = Threshold("nd105.certain", 28.0, "standard errors", 2.0, 1000.0, "a line without a wave")
FASTER = Threshold("nd105.faster", 2.0, "of the mean slope", 1.0, 10.0, "twice as steep at the end: the run takes off")
LATER = Threshold("nd105.later", 1.1, "of the mean slope", 1.0, 10.0, "the end of a larger fall; steeper it is a start")
HALF = Threshold("nd105.half", 0.605, "of the fall in the first half", 0.5, 0.8, "the same; a line gives one half")
TINY = Threshold("nd105.tiny", 0.12, "of the start", 0.0, 0.5, "a line that falls less leaves no doubt")
WAVES = Threshold("nd105.waves", 2.5, "of the noise of one point", 1.0, 100.0, "small steps do not wander about")
WAVES_COST = Threshold("nd105.waves_cost", 0.02, "of the fall", 0.0, 1.0, "smaller waves are nothing beside the fall")
POINTS = Threshold("nd105.points", 15, "points", 10, 1000, "of shorter runs only a perfect line says anything")
GOOD = Threshold("nd105.good", 0.75, "accuracy", 0.0, 1.0, "good at the first evaluation: learned before")
TWICE = 2


def check(ctx: Context) -> Finding | Clear:
    """A small fall along a line."""
    if ctx.expectation.expect in {"single-epoch", "finetune"}:
        return Clear("a small or linear fall is expected of this run", {})
    curve = ctx.learning_curve
    demand_whole_run(ctx, curve)
    fit, found = ctx.of(line, curve), ctx.of(shape, curve)
    measured = {"fall": fit.fall, "z": fit.z, "bend": fit.bend, "end": fit.end, "end_z": fit.end_z}
    measured |= {"relative_fall": found.relative_fall, "half_share": found.half_share}
    few = found.points < ctx.limit(POINTS) and fit.z < ctx.limit(CERTAIN)
    larger = found.points >= MANY and _larger_and_straight(ctx, found, fit)
    if few or not (_small_and_straight(ctx, found, fit) or larger):
        return cleared(found.points, "not a small fall along a straight line", measured)
    waves = max(ctx.limit(WAVES) * found.raw_sigma, ctx.limit(WAVES_COST) * found.fall)
    if found.bounce > waves:
        return Clear("the loss wanders about its line by more than its noise: the steps are not small", measured)
    if _begins_good(ctx):
        return Clear("the model was good from the first evaluation on: a fine-tuning", measured)
    schedule = schedule_of(ctx)
    x = curve.finite[0]
    if schedule is not None and schedule.warmup_end - x[0] > (x[-1] - x[0]) * 0.5:
        return Clear("the learning rate was still warming up", measured)
    return _finding(ctx, found, fit, measured)


def _begins_good(ctx: Context) -> bool:
    """Whether an accuracy was good at its first evaluation."""
    metric = ctx.objective.metric_val or ctx.objective.metric_train
    if metric is None or metric.metric != "accuracy" or not metric.finite[1].size:
        return False
    y = metric.finite[1]
    first = float(y[0]) / (100 if float(y.max()) > 1 else 1)
    return first >= ctx.limit(GOOD)


def _small_and_straight(ctx: Context, found: Shape, fit: Line) -> bool:
    """Whether the line falls beyond doubt, by little, and as much as half of its slope is left at the end.

    Without noise any bend is significant: what matters is how much of the slope is left. A fall at the very start that
    the line does not know of must be within what the noise may add.
    """
    noise = found.raw_sigma / abs(found.start) if found.start else 0.0
    whole = found.relative_fall < ctx.limit(WHOLE) * fit.fall + TWICE * noise
    small = ctx.limit(LEAST) < fit.fall < ctx.limit(SMALL)
    sure = fit.z > ctx.limit(SURE) and fit.end_z > ctx.limit(END_SURE)
    return small and whole and sure and ctx.limit(END) < fit.end < ctx.limit(FASTER)


def _larger_and_straight(ctx: Context, found: Shape, fit: Line) -> bool:
    """Whether even a larger fall is a line from start to end: an exponential decay of rate r would bend by e^-r."""
    even = ctx.limit(END) < fit.end < ctx.limit(LATER) and found.half_share < ctx.limit(HALF)
    return even and fit.z > ctx.limit(CERTAIN) and ctx.limit(LEAST) < found.relative_fall < ctx.limit(LARGER)


def _finding(ctx: Context, found: Shape, fit: Line, measured: dict[str, float]) -> Finding:
    train = ctx.learning_curve
    levels = f"from {found.start:.4g} to {found.end:.4g}"
    text = f"{train.name} falls by only {found.relative_fall:.1%} over the whole run, {levels}"
    half = f"{found.half_share:.0%} of that in the first half; its slope at the end is {fit.end:.2g} of its mean slope"
    return Finding(
        score=0.85 if found.relative_fall < ctx.limit(TINY) and fit.z > ctx.limit(CERTAIN) else 0.7,
        summary="the loss falls slowly and in a straight line, far from flat at the end",
        evidence=(
            Evidence(text, train.name, span_of(train), found.relative_fall, ctx.limit(SMALL)),
            Evidence(half, train.name, None, fit.end, ctx.limit(END)),
        ),
        causes=(
            "learning rate too low",
            "a warm-up that takes most of the run",
            "gradients scaled down (sum against mean)",
        ),
        fixes=(
            try_rate(ctx, 5.0, "raise the learning rate three- to tenfold"),
            "an LR range test shows the largest rate that still converges",
            "if the rate is right, train much longer",
        ),
        series=(train,),
        span=span_of(train),
        measured=measured,
    )


RULE = Rule(
    code="ND105",
    slug="learning-rate-too-low",
    severities=("warning",),
    needs="a train loss (or only a validation loss) of 6 points or more",
    check=check,
    thresholds=(
        SMALL,
        LEAST,
        SURE,
        END,
        END_SURE,
        WHOLE,
        LARGER,
        CERTAIN,
        LATER,
        HALF,
        TINY,
        WAVES,
        WAVES_COST,
        POINTS,
        GOOD,
    ),
    yields_to=("ND101", "ND102", "ND103", "ND106", "ND201", "ND202", "ND405"),
    explained_by=("ND409",),
    by_degree=True,
)

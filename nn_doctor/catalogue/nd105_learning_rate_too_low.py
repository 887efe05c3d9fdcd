"""ND105 learning-rate-too-low (warning): the loss falls slowly and in a straight line from start to end.

What it looks for
-----------------
A steady, significant fall that is as large in the second half as in the first, far from flat at its end, and small in
total: a small share of the starting loss. In noise, the same of a line fitted through the whole curve, with its error.
A curve that bends counts too, as long as half of its mean slope is left at the end; a fall of up to a third, if it is
as good as straight: decay that is well on its way would have bent by as much as it has fallen.

Why it matters
--------------
The same result could be had in a fraction of the steps.

When it is not this
-------------------
A run that has fallen a lot and is still falling was stopped early (ND107). Fine-tuning falls little, but flattens.
A loss that does not fall at all is not learning (ND101).

Fixes
-----
Raise the learning rate three- to tenfold, or run an LR range test; shorten the warm-up if it takes most of the run.

References
----------
CS231n, "Babysitting the learning process". L. Smith, "Cyclical Learning Rates for Training Neural Networks" (2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.fits import fits
from nn_doctor.analyzers.line import line
from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.advice import try_rate
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import demand_whole_run, schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.line import Line
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context

SMALL = Threshold(
    "nd105.small", 0.2, "of the start", 0.02, 0.9, "small real trainings: about a tenth; others fall half"
)
LEAST = Threshold("nd105.least", 0.004, "of the start", 0.0, 0.1, "less is not learning")
LINEAR_LOW = Threshold("nd105.linear_low", 0.38, "of the fall in the first half", 0.2, 0.5, "a line gives one half")
LINEAR_HIGH = Threshold("nd105.linear_high", 0.62, "of the fall in the first half", 0.5, 0.8, "a line gives one half")
STEADY = Threshold("nd105.steady", 6.0, "standard errors", 2.0, 100.0, "slope of the last quarter")
CLEAR_OF_NOISE = Threshold("nd105.noise", 0.2, "of the fall", 0.0, 1.0, "noise above this hides whether it is a line")
END = Threshold("nd105.end", 0.16, "of the fall in the last quarter", 0.05, 0.3, "a line gives one quarter")
NOISY = Threshold("nd105.noisy", 3.0, "standard errors", 1.0, 100.0, "enough where a hundred points carry it")
MANY = Threshold("nd105.many", 100, "points", 20, 10000, "a long noisy curve shows its line as a whole")
TINY = Threshold("nd105.tiny", 0.12, "of the start", 0.0, 0.5, "a line that falls less leaves no doubt")
LINE_SURE = Threshold(
    "nd105.line_sure", 8.0, "standard errors", 2.0, 100.0, "fine-tuning of small nets 5, a slow one 10"
)
END_SURE = Threshold("nd105.end_sure", 2.0, "standard errors", 0.0, 100.0, "the slope at the end; fine-tuning 1.5")
WHOLE = Threshold("nd105.whole", 1.4, "times the line's fall", 1.0, 10.0, "a larger fall has a quick beginning")
TWICE = 2
END_LOW = Threshold("nd105.end_low", 0.45, "of the mean slope", 0.0, 1.0, "the slope at the end; a line gives one")
END_HIGH = Threshold("nd105.end_high", 2.2, "of the mean slope", 1.0, 10.0, "the slope at the end; a line gives one")
BEND = Threshold("nd105.bend", 2.5, "standard errors", 0.0, 100.0, "a curvature beyond this is no line")
HELD = Threshold("nd105.held", 0.5, "of the mean slope", 0.0, 1.0, "a slope halved by the end is settling; others 0.3")
HELD_SURE = Threshold("nd105.held_sure", 3.0, "standard errors", 0.0, 100.0, "the slope at the end of a bent line")
HELD_WHOLE = Threshold("nd105.held_whole", 1.15, "times the line's fall", 1.0, 10.0, "as nd105.whole, of a bent line")
LARGER = Threshold("nd105.larger", 0.35, "of the start", 0.02, 0.9, "decay that has made a third of its way is bent")
UNBENT_LOW = Threshold("nd105.unbent_low", 0.65, "of the mean slope", 0.0, 1.0, "the slope at the end of a larger fall")
UNBENT_HIGH = Threshold("nd105.unbent_high", 1.1, "of the mean slope", 1.0, 10.0, "the same; later still it is a start")
UNBENT_HALF = Threshold("nd105.unbent_half", 0.605, "of the fall in the first half", 0.5, 0.8, "the same; others 0.615")
CERTAIN = Threshold("nd105.certain", 28.0, "standard errors", 2.0, 1000.0, "a line without a wave, of a larger fall")
FIRM = Threshold("nd105.firm", 10.0, "standard errors", 2.0, 100.0, "a slope this clear leaves no doubt")
CURVED = Threshold("nd105.curved", 1.5, "times the best fit's error", 1.0, 10.0, "then it is no line")
WAVES = Threshold("nd105.waves", 2.5, "of the noise of one point", 1.0, 100.0, "small steps do not wander about")
WAVES_COST = Threshold("nd105.waves_cost", 0.02, "of the fall", 0.0, 1.0, "smaller waves are nothing beside the fall")
POINTS = Threshold("nd105.points", 15, "points", 8, 1000, "shorter runs have only begun")


def check(ctx: Context) -> Finding | Clear:
    """A small fall along a line."""
    if ctx.expectation.expect in {"single-epoch", "finetune"}:
        return Clear("a small or linear fall is expected of this run", {})
    demand_whole_run(ctx, ctx.train)
    found = ctx.of(shape, ctx.train)
    if found.points < ctx.limit(POINTS):
        raise InsufficientData(f"{found.points} points; a line needs {ctx.limit(POINTS):g}", int(ctx.limit(POINTS)))
    tail = found.tail_fall / found.fall if found.fall > 0 else 0.0
    measured = {"relative_fall": found.relative_fall, "half_share": found.half_share, "tail": tail, "z": found.tail_z}
    small = ctx.limit(LEAST) < found.relative_fall < ctx.limit(SMALL)
    straight = ctx.limit(LINEAR_LOW) < found.half_share < ctx.limit(LINEAR_HIGH) and tail > ctx.limit(END)
    steady = found.tail_z > ctx.limit(STEADY) or (found.tail_z > ctx.limit(NOISY) and found.points > ctx.limit(MANY))
    plain = small and straight and steady and found.sigma <= ctx.limit(CLEAR_OF_NOISE) * found.fall
    if plain:
        measured["against_line"] = ctx.of(fits, ctx.train).against_line
        plain = measured["against_line"] <= ctx.limit(CURVED)
    if not plain and not _line_in_noise(ctx, found, measured):
        return Clear("not a small fall along a straight line", measured)
    waves = max(ctx.limit(WAVES) * found.raw_sigma, ctx.limit(WAVES_COST) * found.fall)
    if found.bounce > waves:
        return Clear("the loss wanders about its line by more than its noise: the steps are not small", measured)
    schedule = schedule_of(ctx)
    x = ctx.train.finite[0]
    if schedule is not None and schedule.warmup_end - x[0] > (x[-1] - x[0]) * 0.5:
        return Clear("the learning rate was still warming up", measured)
    return _finding(ctx, found, tail, measured)


def _line_in_noise(ctx: Context, found: Shape, measured: dict[str, float]) -> bool:
    """Whether a line through the whole curve falls beyond doubt, by little, and is as steep at its end.

    A fall at the very start that the line does not know of must be within what the noise may add.
    """
    fit = ctx.of(line, ctx.train)
    measured.update({"line": fit.fall, "line_z": fit.z, "bend": fit.bend, "end": fit.end, "end_z": fit.end_z})
    noise = found.raw_sigma / abs(found.start) if found.start else 0.0
    whole = found.relative_fall < ctx.limit(WHOLE) * fit.fall + TWICE * noise
    small = ctx.limit(LEAST) < fit.fall < ctx.limit(SMALL)
    sure = fit.z > ctx.limit(LINE_SURE) and fit.end_z > ctx.limit(END_SURE)
    straight = ctx.limit(END_LOW) < fit.end < ctx.limit(END_HIGH) and abs(fit.bend) < ctx.limit(BEND) and whole
    if _steady_through(ctx, found, fit):
        return True
    return small and sure and (straight or _keeps_its_slope(ctx, found, fit, noise))


def _steady_through(ctx: Context, found: Shape, fit: Line) -> bool:
    """Whether even a larger fall is a line from start to end: an exponential decay of rate r would bend by e^-r."""
    slope = ctx.limit(UNBENT_LOW) < fit.end < ctx.limit(UNBENT_HIGH)
    even = ctx.limit(LINEAR_LOW) < found.half_share < ctx.limit(UNBENT_HALF)
    return slope and even and fit.z > ctx.limit(CERTAIN) and ctx.limit(LEAST) < found.relative_fall < ctx.limit(LARGER)


def _keeps_its_slope(ctx: Context, found: Shape, fit: Line, noise: float) -> bool:
    """Whether a curve with a bend beyond doubt still falls, at its end, at half its mean slope or more.

    Without noise any bend is significant; what matters is how much of the slope is left.
    """
    whole = found.relative_fall < ctx.limit(HELD_WHOLE) * fit.fall + TWICE * noise
    return whole and ctx.limit(HELD) < fit.end < ctx.limit(END_HIGH) and fit.end_z > ctx.limit(HELD_SURE)


def _finding(ctx: Context, found: Shape, tail: float, measured: dict[str, float]) -> Finding:
    train = ctx.train
    levels = f"from {found.start:.4g} to {found.end:.4g}"
    text = f"{train.name} falls by only {found.relative_fall:.1%} over the whole run, {levels}"
    half = f"{found.half_share:.0%} of that in the first half, {tail:.0%} in the last quarter: a straight line"
    return Finding(
        score=0.85 if found.relative_fall < ctx.limit(TINY) and found.tail_z > ctx.limit(FIRM) else 0.7,
        summary="the loss falls slowly and in a straight line, far from flat at the end",
        evidence=(
            Evidence(text, train.name, span_of(train), found.relative_fall, ctx.limit(SMALL)),
            Evidence(half, train.name, None, found.half_share, ctx.limit(LINEAR_HIGH)),
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
    needs="a train loss of 15 points or more",
    check=check,
    thresholds=(
        SMALL,
        LEAST,
        LINEAR_LOW,
        LINEAR_HIGH,
        STEADY,
        CLEAR_OF_NOISE,
        END,
        CURVED,
        POINTS,
        NOISY,
        MANY,
        TINY,
        FIRM,
        LINE_SURE,
        END_SURE,
        WHOLE,
        END_LOW,
        END_HIGH,
        BEND,
        HELD,
        HELD_SURE,
        HELD_WHOLE,
        LARGER,
        UNBENT_LOW,
        UNBENT_HIGH,
        UNBENT_HALF,
        CERTAIN,
        WAVES,
        WAVES_COST,
    ),
    yields_to=("ND101", "ND102", "ND103", "ND106", "ND202", "ND405"),
    explained_by=("ND409",),
)

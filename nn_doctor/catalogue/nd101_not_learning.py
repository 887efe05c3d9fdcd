"""ND101 not-learning (critical): the train loss never leaves its starting level.

What it looks for
-----------------
After smoothing, the train loss (where none is logged, validation's) falls by less than 2 % anywhere in the run, and by
less than its own noise explains; or, after a first transient, it lies flat at ln C with an accuracy of 1/C: the loss of
pure guessing among C classes. In noise, 100 points or more through which the best line has neither a slope nor a bend,
or 30 without a trend of their ranks and without a memory, and no fall within the errors that the eye could see. An R²
that never left zero, or an accuracy that never rose beside a loss that fell to that of a guess, say the same; so does
a validation loss that is the same to the last digit in every evaluation, beside a train loss without a trend.

Why it matters
--------------
Nothing is being learned: more epochs will not help, and the cause is nearly always a mistake.

When it is not this
-------------------
The loss of a diffusion model is that of the noise drawn with each batch, and hardly falls while it learns a style.
A loss that falls late is a slow start (ND106), one that falls slowly but steadily a learning rate too low (ND105).
A fine-tuned model may begin where it ends: if its accuracy is good, there was little left to learn. Losses of GANs
and of reinforcement learning hover by design.

Fixes
-----
Check that the optimiser was given the parameters and that step() is called; try to overfit one batch; raise the
learning rate tenfold, three times; look at gradient norms per layer; check that labels belong to their inputs.

References
----------
A. Karpathy, "A Recipe for Training Neural Networks" (2019). CS231n, "Babysitting the learning process".
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nn_doctor.analyzers.line import line
from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.guessing import CONFIDENT, EVEN_HANDED, explains_nothing, never_rose, settles_at_a_guess
from nn_doctor.catalogue.common.level import LEVEL_THRESHOLDS, is_white, level_in_noise, wanders
from nn_doctor.catalogue.common.phrases import classes_at_chance, demand_whole_run, schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence
from nn_doctor.series.task import is_diffusion

if TYPE_CHECKING:
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

FLAT = Threshold(
    "nd101.flat", 0.02, "of the start", 1e-4, 0.2, "runs that do learn fall 3 % or more, the slowest of them included"
)
DEAD_FLAT = Threshold("nd101.dead_flat", 0.007, "of the start", 0.0, 0.1, "below this a fall is not learning at all")
TREND = Threshold(
    "nd101.trend", 6.0, "standard errors", 2.0, 100.0, "a fall of 0.4–2 % this steady at the end is slow learning"
)
CHANCE = Threshold(
    "nd101.chance", 0.01, "of ln C", 0.0, 0.2, "guessing costs ln C; wider, other losses hit some ln C by accident"
)
SETTLED = Threshold(
    "nd101.settled",
    0.9,
    "of the drop in the first half",
    0.5,
    1.0,
    "a run stuck at guessing got there early and stayed",
)
DIP = 1.5
"""Noises by which the smoothed minimum of a level line dips."""
UNSMOOTHED = 60
"""Points up to which the smoothing window holds three at most."""
WILD = Threshold("nd101.wild", 1.7, "times the end", 1.0, 1e6, "a first loss this far above guessing was thrown up")
NEAR_ZERO = Threshold("nd101.near_zero", 0.1, "loss", 0.0, 10.0, "a level loss this low may be a model that is done")
SLOPE = Threshold("nd101.slope", 1.5, "standard errors", 0.0, 10.0, "a line that falls more, in noise, may be learning")
LEVEL = Threshold("nd101.level", 1.5, "standard errors", 0.0, 10.0, "fine-tuning bends: it falls a little at first")
SAME = Threshold("nd101.same", 5, "evaluations", 3, 1000, "as many equal losses are no accident of rounding")
STRAIGHT = Threshold("nd101.straight", 2.5, "standard errors", 0.0, 100.0, "as ND105 has it, which then speaks")
STANDS_OUT = Threshold("nd101.stands_out", 6.0, "sigma", 2.0, 100.0, "a first value this far above all others")
TWICE = 2
TINY = 1e-30
HIDDEN_SCORE, METRIC_SCORE, FEW_SCORE = 0.6, 0.75, 0.7
SURE, LIKELY, NOISY_SCORE, DECAYED_SCORE, NEAR_ZERO_SCORE = 0.92, 0.75, 0.7, 0.6, 0.55
"""Noise alone never closes a gate: a fine-tuning may hide in it. A metric of no use is another matter."""
HIDING = Threshold("nd101.hiding", 0.4, "of the start", 0.0, 10.0, "noise beside which no two levels tell of a fall")
LATER = Threshold("nd101.later", 0.013, "of the start", 0.0, 1.0, "won in the second half: something is being learned")
GOOD = Threshold("nd101.good", 0.6, "accuracy", 0.0, 1.0, "a model this good has learned, here or before")
NOISY = Threshold(
    "nd101.noisy", 0.05, "of the start", 0.0, 1.0, "noisier single batches may hide the small gain of a fine-tuning"
)
DECAYED = Threshold("nd101.decayed", 0.05, "of the peak rate", 0.0, 1.0, "a rate run down to nothing is a planned end")
SHORT = Threshold("nd101.points", 10, "points", 5, 1000, "a flat start of a few points may be the beginning of a run")


def check(ctx: Context) -> Finding | Clear:
    """Flat from start to end, or flat at ln C with the accuracy of guessing."""
    if ctx.expectation.expect == "finetune":
        return Clear("a fine-tuned model may begin where it ends", {})
    if is_diffusion(ctx.run) and not _weights_stand_still(ctx):
        return Clear("what a denoiser learns is small beside the noise that is drawn for it", {})
    train = ctx.learning_curve
    demand_whole_run(ctx, train)
    found = ctx.of(shape, train)
    if found.points < ctx.limit(SHORT) and not _does_not_move(ctx):
        raise InsufficientData(f"{found.points} points; a flat curve needs {ctx.limit(SHORT):g}", int(ctx.limit(SHORT)))
    measured = {"relative_fall": found.relative_fall, "end": found.end, "tail_z": found.tail_z}
    chance = classes_at_chance(ctx, found.end, ctx.limit(CHANCE))
    at_chance = chance is not None and found.half_share > ctx.limit(SETTLED)
    level_start = abs(found.drop) <= max(ctx.limit(FLAT) * abs(found.start), 2 * found.raw_sigma)
    flat = (level_start and found.relative_fall <= _allowed(ctx, found)) or _weights_stand_still(ctx)
    doubt = _doubt(ctx, found) if flat else "the loss falls" if found.drop > 0 else "the loss does not stay level"
    sure = at_chance or doubt is None
    metric = None if sure or flat else _no_better_than_a_guess(ctx, found)
    guess = None if sure or wanders(ctx, found) else settles_at_a_guess(ctx, found.raw_sigma / max(found.end, TINY))
    hidden = (
        metric is not None or guess is not None or (not flat and level_in_noise(ctx, found)) or is_white(ctx, found)
    )
    if not sure and not hidden:
        return Clear(doubt or "", measured)
    if _is_good(ctx) and not _val_stands_still(ctx):
        return Clear("the loss is level, but the model is already good", measured)
    if sure:
        return _finding(ctx, found, chance if at_chance else None, measured)
    return _finding(ctx, found, guess, measured, metric, score=HIDDEN_SCORE if metric is None else METRIC_SCORE)


def _doubt(ctx: Context, found: Shape) -> str | None:
    """What speaks against a flat curve, if anything: another cause, or a fall that is small but there."""
    if _fell_at_once(ctx, found):
        return "the loss fell within the first point"
    if not _val_stands_still(ctx) and wanders(ctx, found):
        return "the loss swings by more than its noise: an order of the data, or bursts"
    noise_hides = found.relative_fall > ctx.limit(FLAT) or found.raw_sigma > ctx.limit(HIDING) * abs(found.start)
    if noise_hides and not _is_level(ctx):
        return "the noise may hide a small fall"
    steady = found.tail_z > ctx.limit(TREND) and found.relative_fall > ctx.limit(DEAD_FLAT)
    return "a small but steady fall" if steady or _falls_steadily(ctx) else None


def _does_not_move(ctx: Context) -> bool:
    """Whether all of a few points are the same but for a trifle, up and down: so no run begins that will learn."""
    y = ctx.learning_curve.finite[1]
    return not bool((y[1:] < y[:-1]).all()) and float(y.max()) - float(y.min()) < ctx.limit(DEAD_FLAT) * abs(
        float(y[0])
    )


def _no_better_than_a_guess(ctx: Context, found: Shape) -> Series | None:
    """The metric that says so, where the loss is settled."""
    later = (1 - found.half_share) * found.drop
    falls = later > max(ctx.limit(LATER) * abs(found.start), TWICE * found.raw_sigma)
    settled = found.tail_z < ctx.limit(TREND) and found.bounce < abs(found.end)
    if falls or not settled:
        return None
    wild = found.start > ctx.limit(WILD) * found.end > 0
    return explains_nothing(ctx) or never_rose(ctx, found.end, CONFIDENT if wild else EVEN_HANDED)


def _allowed(ctx: Context, found: Shape) -> float:
    """How far a flat curve's smoothed minimum may dip: the limit, or what its own noise makes of a level line.

    Few points are hardly smoothed: the lowest of n lies about √(2 ln n) below their mean (Gumbel).
    """
    noise = found.raw_sigma / abs(found.start) if found.start else 0.0
    dip = math.sqrt(2 * math.log(found.points)) if found.points <= UNSMOOTHED else DIP
    return max(ctx.limit(FLAT), min(dip * noise, 3 * ctx.limit(FLAT)))


def _fell_at_once(ctx: Context, found: Shape) -> bool:
    """Whether all learning was done by the second point: a level curve but for its first value."""
    y = ctx.learning_curve.finite[1]
    drop = float(y[0]) - max(found.start, float(y[1]))
    return drop > max(ctx.limit(FLAT) * abs(found.start), ctx.limit(STANDS_OUT) * found.raw_sigma)


def _val_stands_still(ctx: Context) -> bool:
    """Whether every evaluation gave the same loss to the last digit: then the weights do not change."""
    val = ctx.objective.val
    if val is None or len(val) < ctx.limit(SAME):
        return False
    y = val.finite[1]
    return y.size == len(val) and y[0] != 0 and bool((y == y[0]).all())


def _weights_stand_still(ctx: Context) -> bool:
    """Whether no evaluation ever changed, and the other curve is level within its noise."""
    return _val_stands_still(ctx) and abs(ctx.of(line, ctx.learning_curve).z) < ctx.limit(STRAIGHT)


def _is_level(ctx: Context) -> bool:
    """Whether a line through the curve has neither slope nor bend, as fine-tuning in noise has; or val is dead."""
    if _val_stands_still(ctx):
        return True
    found = ctx.of(line, ctx.learning_curve)
    hides = found.fall + TWICE * found.error > TWICE * ctx.limit(FLAT)
    return not hides and found.z < ctx.limit(SLOPE) and abs(found.bend) < ctx.limit(LEVEL)


def _falls_steadily(ctx: Context) -> bool:
    """Whether a line through the curve falls beyond doubt, by more than nothing, and still does so at its end."""
    if ctx.learning_curve.finite[1].size < ctx.limit(SHORT):
        return False
    found = ctx.of(line, ctx.learning_curve)
    straight = abs(found.bend) < ctx.limit(STRAIGHT) and found.end_z > TWICE
    return straight and found.z > ctx.limit(TREND) and found.fall > ctx.limit(DEAD_FLAT)


def _is_good(ctx: Context) -> bool:
    for metric in (ctx.objective.metric_train, ctx.objective.metric_val):
        if metric is not None and metric.goal == "max" and metric.finite[1].size:
            last = float(metric.finite[1][-1])
            if (last / 100 if last > 1 else last) >= ctx.limit(GOOD):
                return True
    return False


def _score(ctx: Context, found: Shape, chance: int | None) -> float:
    """Sure where the level is that of guessing, or dead flat and calm; never where noise or a schedule may hide it."""
    if chance is not None or _val_stands_still(ctx):
        return SURE
    if ctx.objective.val is None and ctx.objective.metric_train is None and abs(found.start) < ctx.limit(NEAR_ZERO):
        return NEAR_ZERO_SCORE
    schedule = schedule_of(ctx)
    if found.points < ctx.limit(SHORT):
        return FEW_SCORE
    if found.raw_sigma > ctx.limit(NOISY) * abs(found.start):
        return DECAYED_SCORE if schedule is not None and schedule.decayed < ctx.limit(DECAYED) else NOISY_SCORE
    return SURE if found.relative_fall < ctx.limit(DEAD_FLAT) else LIKELY


def _finding(
    ctx: Context,
    found: Shape,
    chance: int | None,
    measured: dict[str, float],
    metric: Series | None = None,
    score: float | None = None,
) -> Finding:
    train = ctx.learning_curve
    ends = f"{train.name} begins at {found.start:.4g} and ends at {found.end:.4g}"
    text = f"{ends}; its lowest smoothed level is {found.low:.4g}"
    evidence = [Evidence(text, train.name, span_of(train), found.relative_fall, ctx.limit(FLAT))]
    val = ctx.objective.val
    if val is not None and _val_stands_still(ctx):
        text = f"{val.name} is {val.y[0]:.6g} in all {len(val)} evaluations: the weights do not change"
        evidence.append(Evidence(text, val.name))
    if metric is not None:
        last = float(metric.finite[1][-1])
        evidence.append(Evidence(f"{metric.name} never rose above that of a guess; it ends at {last:.3g}", metric.name))
    if chance is not None:
        evidence.append(Evidence(f"that is ln {chance}: the loss of guessing among {chance} classes", train.name))
    return Finding(
        score=_score(ctx, found, chance) if score is None else score,
        summary=f"the {'train' if train.split == 'train' else 'validation'} loss "
        + ("never leaves its starting level" if chance is None else "lies flat at the level of guessing"),
        evidence=tuple(evidence),
        causes=(
            "the optimiser was not given the parameters, or step() is not called",
            "a learning rate far too small, or so large that all units died at once",
            "zero or blocked gradients: all-zero weights, dead units, a detached graph",
            "labels that have nothing to do with their inputs",
        ),
        fixes=(
            "train on one batch until its loss is near zero: if that fails, the mistake is in the code",
            "print the gradient norm per layer and whether the weights change in a step",
            try_rate(ctx, 10.0, "raise the learning rate tenfold; if the loss was high at once, lower it instead"),
        ),
        series=(train,),
        span=span_of(train),
        measured=measured,
    )


RULE = Rule(
    code="ND101",
    slug="not-learning",
    severities=("critical",),
    needs="a train loss (or only a validation loss) of 10 points or more, or of 5 that are all the same",
    check=check,
    thresholds=(
        *(FLAT, DEAD_FLAT, TREND, CHANCE, GOOD),
        NOISY,
        DECAYED,
        SHORT,
        SETTLED,
        NEAR_ZERO,
        SLOPE,
        STRAIGHT,
        STANDS_OUT,
        LEVEL,
        SAME,
        WILD,
        HIDING,
        LATER,
        *LEVEL_THRESHOLDS,
    ),
    yields_to=("ND103", "ND102", "ND301", "ND407"),
    live=True,
    explained_by=("ND402", "ND404", "ND405", "ND409"),
)

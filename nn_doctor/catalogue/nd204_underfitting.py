"""ND204 underfitting (warning): train and validation settle together at a poor level.

What it looks for
-----------------
The loss is flat at the end, validation is not far above train, and a metric with a known scale says that the level is
poor: an R² near zero, an overlap (IoU, Dice) near zero, or an accuracy not far above guessing beside a loss that has
fallen little from that of a guess. Where a metric is logged for train and validation, train's says it.

Why it matters
--------------
More epochs will not help: the model cannot, or is not allowed to, express what is in the data.

When it is not this
-------------------
Language models, noisy labels and label smoothing have an honest floor far above zero; without a reference this rule
stays quiet. A loss that never moved is not learning (ND101); one still falling needs time (ND105, ND107).

Fixes
-----
A larger model, less weight decay or dropout, better features, a longer schedule with a higher learning rate.

References
----------
CS231n, "Babysitting the learning process".
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import less_regularisation
from nn_doctor.catalogue.common.phrases import classes_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

FALL = Threshold("nd204.fall", 0.5, "of the start", 0.02, 0.9, "models that fit fall further from the loss of guessing")
ABOVE_CHANCE = Threshold("nd204.above_chance", 4.5, "times 1/C", 1.0, 10.0, "an accuracy below this has learned little")
LOW = Threshold("nd204.low", 0.45, "accuracy", 0.1, 0.9, "above this an accuracy may be good for its task")
COMMONEST = Threshold(
    "nd204.commonest", 0.27, "accuracy", 0.0, 0.5, "what the commonest class alone may bring: a space"
)
COUNTING = Threshold("nd204.counting", 0.17, "of the start", 0.0, 0.5, "what the frequencies of letters alone bring")
R2 = Threshold("nd204.r2", 0.23, "R²", -1.0, 0.9, "less explains next to nothing; from 0.25 it may be the noise")
OVERLAP = Threshold("nd204.overlap", 0.25, "IoU or Dice", 0.0, 0.9, "a mask with so little in common with the true one")
FLAT = Threshold("nd204.flat", 0.06, "of the fall in the last quarter", 0.0, 0.3, "still falling is not settled")
FLAT_LEVEL = Threshold(
    "nd204.flat_level", 0.02, "of the level in the last quarter", 0.0, 0.3, "of a squared error, so much of R²"
)
HARDLY = Threshold(
    "nd204.hardly", 0.11, "of the fall in the last quarter", 0.0, 0.3, "the same where noise may make it"
)
SURE = Threshold("nd204.sure", 3.0, "standard errors", 0.0, 100.0, "below this a slope may be noise")
GAP = Threshold("nd204.gap", 0.75, "of the fall", 0.0, 2.0, "train and validation must not lie apart")
MANY_CLASSES = 7.0
"""A first loss beyond this is not the logarithm of a number of classes."""
TWO_CLASSES = 2
POINTS = Threshold("nd204.points", 15, "points", 8, 200, "settling cannot be told on less")
KNOWN = ("r2", "iou", "dice", "accuracy")
MOST = 1e9
LEAST = 4  # values of a metric that tell its level
HALF_WAY = 0.12  # of the level: a fall this large over the last quarter is a run that is still learning
SWING, ABOUT_ZERO = 1.7, 0.05  # a metric that is at times so far above its level has shown that it can be


def check(ctx: Context) -> Finding | Clear:
    """Flat, together, and poor by a reference."""
    train = ctx.train
    found = ctx.of(shape, train)
    if found.points < ctx.limit(POINTS):
        raise InsufficientData(f"{found.points} points, {ctx.limit(POINTS):g} are needed", int(ctx.limit(POINTS)))
    levels = _levels(ctx)
    if not levels:
        raise InsufficientData("no accuracy, R² or overlap beside the loss to say what a poor level is")
    metric, level = next(((m, v) for m, v in levels if _is_poor(ctx, m, v, found)), levels[0])
    measured = {"relative_fall": found.relative_fall, "level": min(level, MOST), "tail": found.tail_fall}
    if not _is_poor(ctx, metric, level, found):
        return Clear("the level is not known to be poor", measured)
    if not _is_flat(ctx, found) or not _together(ctx, found):
        return Clear("not settled, or train and validation lie apart", measured)
    text = f"{train.name} settles at {found.end:.4g}, {found.relative_fall:.0%} below its start ({found.start:.4g})"
    return Finding(
        score=0.65,
        summary="the run settles at a poor level",
        evidence=(
            Evidence(text, train.name, span_of(train), found.relative_fall, ctx.limit(FALL)),
            Evidence(f"{metric.name} gets to {level:.3g}", metric.name, None, level),
        ),
        causes=("too little capacity", "too much weight decay or dropout", "features that say too little"),
        fixes=("a larger model", less_regularisation(ctx), "look at the features and at samples it gets wrong"),
        series=(train, metric),
        span=span_of(train),
        measured=measured,
    )


def _levels(ctx: Context) -> list[tuple[Series, float]]:
    """For everything with a known scale, the series that does best, and its level.

    Of a quantity logged for both, train's: validation's may be overfitting. Of one logged for each class, the best: a
    rare class may be missed by a good model.
    """
    beside = (ctx.objective.metric_train, ctx.objective.metric_val)
    best: dict[tuple[str, str], tuple[Series, float]] = {}
    for s in ctx.run.series:
        known = s.metric in KNOWN and s.split in {"train", "val"} and s.goal == "max" and s.finite[1].size >= LEAST
        if known and (s.metric != "accuracy" or any(s is m for m in beside)):
            key, level = (s.metric, s.split), _level(s)
            best[key] = max(best.get(key, (s, level)), (s, level), key=lambda pair: pair[1])
    return [found for (metric, split), found in best.items() if split == "train" or (metric, "train") not in best]


def _level(metric: Series) -> float:
    """The level of a metric over the second half; infinite where it swings so that it has none."""
    y = metric.finite[1][metric.finite[1].size // 2 :]
    level = median(y)
    return float("inf") if float(y.max()) > SWING * abs(level) + ABOUT_ZERO else level


def _is_r2(metric: Series) -> bool:
    """Whether a metric is an R², by its name or because it was below zero, which no accuracy is."""
    return metric.metric == "r2" or (metric.metric == "accuracy" and float(metric.finite[1].min()) < 0)


def _is_poor(ctx: Context, metric: Series, level: float, found: Shape) -> bool:
    if _is_r2(metric):
        return level < ctx.limit(R2)
    share = level / 100 if level > 1 else level
    if metric.metric in {"iou", "dice"}:
        return share < ctx.limit(OVERLAP)
    if found.relative_fall > ctx.limit(FALL):
        return False
    if share < ctx.limit(COMMONEST) and found.relative_fall < ctx.limit(COUNTING):
        return True
    classes = classes_of(ctx) or (round(math.exp(found.start)) if 0 < found.start < MANY_CLASSES else 0)
    return classes > TWO_CLASSES and share < min(ctx.limit(LOW), ctx.limit(ABOVE_CHANCE) / classes)


def _is_flat(ctx: Context, found: Shape) -> bool:
    """Whether next to nothing was won at the end, of the fall or of the level, or no more than noise makes."""
    tail, level = abs(found.tail_fall), abs(found.end)
    if tail < ctx.limit(FLAT_LEVEL) * level:
        return True
    hardly = abs(found.tail_z) < ctx.limit(SURE) and tail < ctx.limit(HARDLY) * found.fall
    return hardly or tail < min(ctx.limit(FLAT) * found.fall, HALF_WAY * level)


def _together(ctx: Context, found: Shape) -> bool:
    """Whether validation has not left train behind; below it, or above from the start, it is no sign of a close fit."""
    val = ctx.objective.val
    if val is None or val.goal != "min" or not val.finite[1].size:
        return True
    y = val.finite[1]
    end = float(y[-max(1, y.size // 10) :].mean()) - found.end
    opened = end - max(float(y[0]) - found.start, 0.0)
    return opened < max(ctx.limit(GAP) * found.fall, ctx.limit(FLAT) * abs(found.end))


RULE = Rule(
    code="ND204",
    slug="underfitting",
    severities=("warning",),
    needs="a train loss of 15 points or more, with an accuracy, R² or overlap beside it",
    check=check,
    thresholds=(
        FALL,
        ABOVE_CHANCE,
        LOW,
        COMMONEST,
        COUNTING,
        R2,
        OVERLAP,
        FLAT,
        FLAT_LEVEL,
        HARDLY,
        SURE,
        GAP,
        POINTS,
    ),
    yields_to=("ND101", "ND102", "ND103", "ND104", "ND105", "ND201", "ND202", "ND203", "ND406", "ND206"),
)

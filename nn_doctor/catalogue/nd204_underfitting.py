"""ND204 underfitting (warning): train and validation settle together at a poor level.

What it looks for
-----------------
Both curves are flat and close to each other at the end, the loss has fallen little from its start, and a reference
says that the level is poor: an accuracy not far above guessing, or an R² near zero.

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

from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.advice import less_regularisation
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import classes_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

FALL = Threshold("nd204.fall", 0.3, "of the start", 0.02, 0.9, "models that fit fall further from the loss of guessing")
ABOVE_CHANCE = Threshold("nd204.above_chance", 4.2, "times 1/C", 1.0, 10.0, "an accuracy below this has learned little")
LOW = Threshold("nd204.low", 0.45, "accuracy", 0.1, 0.9, "above this an accuracy may be good for its task")
R2 = Threshold("nd204.r2", 0.15, "R²", -1.0, 0.9, "less explains next to nothing")
FLAT = Threshold("nd204.flat", 0.05, "of the fall in the last quarter", 0.0, 0.3, "still falling is not settled")
GAP = Threshold("nd204.gap", 0.5, "of the fall", 0.0, 2.0, "train and validation must lie together")
SETTLED = Threshold("nd204.settled", 0.2, "of the run", 0.0, 1.0, "the low point of a run that settles comes late")
MANY_CLASSES = 7.0
"""A first loss beyond this is not the logarithm of a number of classes."""
TWO_CLASSES = 2
POINTS = Threshold("nd204.points", 15, "points", 8, 200, "settling cannot be told on less")


def check(ctx: Context) -> Finding | Clear:
    """Flat, together, and poor by a reference."""
    train = ctx.train
    found = ctx.of(shape, train)
    if found.points < ctx.limit(POINTS):
        raise InsufficientData(f"{found.points} points, {ctx.limit(POINTS):g} are needed", int(ctx.limit(POINTS)))
    metric = ctx.objective.metric_train or ctx.objective.metric_val
    if metric is None or not metric.finite[1].size or metric.metric not in {"accuracy", "r2"}:
        raise InsufficientData("no accuracy or R² beside the loss to say what a poor level is")
    level = float(metric.finite[1][-max(1, len(metric) // 10) :].mean())
    measured = {"relative_fall": found.relative_fall, "level": level, "tail": found.tail_fall}
    if not _is_poor(ctx, metric, level, found):
        return Clear("the level is not known to be poor", measured)
    flat = abs(found.tail_fall) < ctx.limit(FLAT) * found.fall
    if metric.metric != "r2":  # which says by itself how little was explained
        flat = flat and found.low_at > ctx.limit(SETTLED) and found.relative_fall <= ctx.limit(FALL)
    if not flat or not _together(ctx, found):
        return Clear("not settled, or train and validation lie apart", measured)
    text = (
        f"{train.name} settles at {found.end:.4g}, only {found.relative_fall:.0%} below its start ({found.start:.4g})"
    )
    return Finding(
        score=0.65,
        summary="train and validation settle together at a poor level",
        evidence=(
            Evidence(text, train.name, span_of(train), found.relative_fall, ctx.limit(FALL)),
            Evidence(f"{metric.name} ends at {level:.3g}", metric.name, None, level),
        ),
        causes=("too little capacity", "too much weight decay or dropout", "features that say too little"),
        fixes=("a larger model", less_regularisation(ctx), "look at the features and at samples it gets wrong"),
        series=(train, metric),
        span=span_of(train),
        measured=measured,
    )


def _is_poor(ctx: Context, metric: Series, level: float, found: Shape) -> bool:
    if metric.metric == "r2":
        return level < ctx.limit(R2)
    share = level / 100 if level > 1 else level
    classes = classes_of(ctx) or (round(math.exp(found.start)) if 0 < found.start < MANY_CLASSES else 0)
    return classes > TWO_CLASSES and share < min(ctx.limit(LOW), ctx.limit(ABOVE_CHANCE) / classes)


def _together(ctx: Context, found: Shape) -> bool:
    """Whether validation is not far above train; below it, it is no sign of a model that fits too well."""
    val = ctx.objective.val
    if val is None or val.goal != "min" or not val.finite[1].size:
        return True
    end = float(val.finite[1][-max(1, len(val) // 10) :].mean())
    return end - found.end < max(ctx.limit(GAP) * found.fall, 0.05 * abs(found.end))


RULE = Rule(
    code="ND204",
    slug="underfitting",
    severities=("warning",),
    needs="a train loss of 15 points or more, with an accuracy or R² beside it",
    check=check,
    thresholds=(FALL, ABOVE_CHANCE, LOW, R2, FLAT, GAP, POINTS, SETTLED),
    yields_to=("ND101", "ND102", "ND103", "ND104", "ND105", "ND201", "ND202"),
)

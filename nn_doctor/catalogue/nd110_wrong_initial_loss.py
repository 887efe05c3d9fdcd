"""ND110 wrong-initial-loss (warning): the first loss is far above that of guessing.

What it looks for
-----------------
With C classes (--classes) a fresh softmax classifier costs ln C: a first loss of twice that or more. Without C the rule
stays silent: the first accuracy of a log is no guide, since it is that of the commonest class or of a later step.

Why it matters
--------------
The first part of the training only shrinks weights that were too large ("hockey stick"): wasted steps, dead units.

When it is not this
-------------------
Losses of regression legitimately start high; a hinge loss starts at C − 1; a sum of several terms has no known start.
The first value of a log by epochs is a mean over an epoch: it counts only where a loss this high is
soon left for one below ln C, since a mean says no more than that the loss was as high somewhere in that epoch.

Fixes
-----
Smaller weights (or zero) in the last layer, normalised inputs, the bias of the last layer at the mean of the targets,
mean instead of sum in the loss.

References
----------
A. Karpathy, "A Recipe for Training Neural Networks" (2019): verify the loss at init. CS231n: sanity checks.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import at, classes_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

EXCESS = Threshold(
    "nd110.excess", 1.0, "of ln C", 0.1, 100.0, "twice the loss of guessing: noise of a batch is far less"
)
POINTS = Threshold("nd110.points", 20, "points", 5, 10_000, "set by judgement: fewer are no log by steps")
FIRST = Threshold("nd110.first", 0.01, "of the run", 0.0, 0.2, "set by judgement: later, the loss has moved from init")
HINGE = Threshold("nd110.hinge", 0.1, "of C − 1", 0.0, 0.5, "a hinge loss starts at C − 1 for C classes")
SOON = Threshold("nd110.soon", 0.35, "of the run", 0.0, 1.0, "by epochs: below guessing by here, or it is another ill")
EPOCHS = Threshold("nd110.epochs", 8, "epochs", 3, 1000, "set by judgement: the first of fewer may be all there is")
HEAD = 5
SURE = 0.85
TWO = 2


def check(ctx: Context) -> Finding | Clear:
    """The first loss against that of guessing, where the number of classes is known."""
    train = ctx.train
    by_epochs = train.averaged_over is not None or train.axis not in {"step", "row"}
    first = _first_epoch(ctx, train) if by_epochs else _first_loss(ctx, train)
    if ctx.expectation.task == "regression":
        return Clear("the loss of a regression may start anywhere", {"first": first})
    classes = classes_of(ctx) if ctx.expectation.classes or _is_single(ctx) else None
    if classes is not None and classes >= TWO:
        if by_epochs and not _is_soon_below(ctx, train, math.log(classes)):
            return Clear("the first epoch's mean is not left soon for one below guessing", {"first": first})
        return _by_classes(ctx, train, first, classes)
    raise InsufficientData("the number of classes is not known (--classes C)")


def _is_single(ctx: Context) -> bool:
    """Whether the loss has no logged terms: classes from a configuration alone say nothing of a detector's sum."""
    return not any(s.role == "term" and s.split == "train" for s in ctx.run.series)


def _first_loss(ctx: Context, train: Series) -> float:
    """The loss at the start of the run; raises InsufficientData where the log does not have it."""
    x, y = train.finite
    least = int(ctx.limit(POINTS))
    if y.size < least:
        raise InsufficientData(f"{y.size} points; the loss at the start shows in {least} or more", least)
    if float(x[0]) > max(1.0, ctx.limit(FIRST) * float(x[-1])):
        raise InsufficientData(f"the log begins at {at(train, float(x[0]))}, not at the start")
    return float(y[0])


def _first_epoch(ctx: Context, train: Series) -> float:
    """The mean loss over the first epoch; raises InsufficientData where the log does not begin with it."""
    x, y = train.finite
    least = int(ctx.limit(EPOCHS))
    if y.size < least:
        raise InsufficientData(f"{y.size} epochs; the loss at the start shows in {least} or more", least)
    if float(x[0]) > 1.0:
        raise InsufficientData(f"the log begins at {at(train, float(x[0]))}, not at the start")
    return float(y[0])


def _is_soon_below(ctx: Context, train: Series, guess: float) -> bool:
    """Whether the loss is below that of guessing early in the run and stays there."""
    y = train.finite[1]
    above = [i for i, value in enumerate(y.tolist()) if value >= guess]
    return not above or above[-1] + 1 <= ctx.limit(SOON) * y.size


def _by_classes(ctx: Context, train: Series, first: float, classes: int) -> Finding | Clear:
    guess = math.log(classes)
    measured = {"first": first, "guessing": guess}
    hinge = abs(first - (classes - 1)) <= ctx.limit(HINGE) * (classes - 1) and classes > TWO
    if hinge:
        return Clear(f"the first loss is that of a hinge loss over {classes} classes", measured)
    if first - guess < ctx.limit(EXCESS) * guess:
        return Clear(f"the first loss is near ln {classes} or below it", measured)
    text = f"{train.name} begins at {first:.4g}; guessing among {classes} classes costs ln {classes} = {guess:.4g}"
    return _finding(ctx, text, SURE, measured, ctx.limit(EXCESS) * guess + guess)


def _finding(ctx: Context, text: str, score: float, measured: dict[str, float], limit: float) -> Finding:
    train = ctx.train
    x = train.finite[0]
    start = span_of(train, None, float(x[min(HEAD, x.size) - 1]))
    return Finding(
        score=score,
        summary=f"the loss begins at {measured['first']:.4g}, far above that of guessing ({measured['guessing']:.3g})",
        evidence=(Evidence(text, train.name, start, measured["first"], limit),),
        causes=(
            "weights of the last layer too large",
            "inputs not normalised",
            "the loss is summed over the batch instead of averaged",
        ),
        fixes=(
            f"scale the last layer's initial weights so that the first loss is about {measured['guessing']:.3g}",
            "normalise the inputs to mean 0 and spread 1; set the last bias to the mean of the targets",
            'use the mean over the batch (reduction="mean")',
        ),
        series=(train,),
        span=start,
        measured=measured,
    )


RULE = Rule(
    code="ND110",
    slug="wrong-initial-loss",
    severities=("warning",),
    needs="a train loss from its first step or epoch, and the number of classes (--classes C)",
    check=check,
    thresholds=(EXCESS, POINTS, FIRST, HINGE, SOON, EPOCHS),
    yields_to=("ND103",),
    live=True,
)

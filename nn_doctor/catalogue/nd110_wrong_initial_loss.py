"""ND110 wrong-initial-loss (warning): the first loss is far above that of guessing.

What it looks for
-----------------
With C classes (--classes) a fresh softmax classifier costs ln C: a first loss of twice that or more. Without C, an
accuracy logged from the first step on tells how good the guesses are: a first loss of ten times ln(1/accuracy) that
falls by most of its height within the first steps.

Why it matters
--------------
The first part of the training only shrinks weights that were too large ("hockey stick"): wasted steps, dead units.

When it is not this
-------------------
Losses of regression legitimately start high; a hinge loss starts at C − 1; a sum of several terms has no known start.
The first value of a log by epochs is a mean over an epoch and says nothing of the initial loss.

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

import numpy as np

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import at, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

EXCESS = Threshold(
    "nd110.excess", 1.0, "of ln C", 0.1, 100.0, "twice the loss of guessing: noise of a batch is far less"
)
UNSURE = Threshold(
    "nd110.unsure",
    10.0,
    "times ln(1/accuracy)",
    1.5,
    100.0,
    "language models begin at the share of the commonest word: healthy ones reach 8",
)
STICK = Threshold("nd110.stick", 0.7, "of the fall", 0.3, 1.0, "set by judgement: nearly all the fall at the start")
HANDLE = Threshold("nd110.handle", 0.1, "of the points", 0.01, 0.5, "set by judgement: the first steps of many")
POINTS = Threshold("nd110.points", 20, "points", 5, 10_000, "set by judgement: fewer are no log by steps")
FIRST = Threshold("nd110.first", 0.01, "of the run", 0.0, 0.2, "set by judgement: later, the loss has moved from init")
HINGE = Threshold("nd110.hinge", 0.1, "of C − 1", 0.0, 0.5, "a hinge loss starts at C − 1 for C classes")
HEAD = 5
GUESSING = (0.0005, 0.6)  # accuracies of a fresh model; above, it is no fresh model
SURE, LIKELY = 0.85, 0.6
TWO = 2


def check(ctx: Context) -> Finding | Clear:
    """The first loss against that of guessing, where the number of classes or the accuracy is known."""
    train = ctx.train
    first = _first_loss(ctx, train)
    if ctx.expectation.task == "regression":
        return Clear("the loss of a regression may start anywhere", {"first": first})
    classes = ctx.expectation.classes
    if classes is not None and classes >= TWO:
        return _by_classes(ctx, train, first, classes)
    return _by_accuracy(ctx, train, first)


def _first_loss(ctx: Context, train: Series) -> float:
    """The loss at the start of the run; raises InsufficientData where the log does not have it."""
    x, y = train.finite
    least = int(ctx.limit(POINTS))
    if y.size < least:
        raise InsufficientData(f"{y.size} points; the loss at the start shows in {least} or more", least)
    if train.averaged_over is not None or train.axis not in {"step", "row"}:
        raise InsufficientData("the first value is a mean over an epoch; the initial loss needs a log by steps")
    if float(x[0]) > max(1.0, ctx.limit(FIRST) * float(x[-1])):
        raise InsufficientData(f"the log begins at {at(train, float(x[0]))}, not at the start")
    return float(y[0])


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


def _by_accuracy(ctx: Context, train: Series, first: float) -> Finding | Clear:
    metric = ctx.objective.metric_train
    if metric is None or metric.metric != "accuracy" or metric.axis != train.axis or len(metric.finite[1]) < HEAD:
        raise InsufficientData("the number of classes is not known (--classes C)")
    x, y = metric.finite
    scale = 100.0 if float(y.max()) > 1.0 else 1.0
    if float(x[0]) > float(train.finite[0][min(HEAD, len(train.finite[0])) - 1]):
        raise InsufficientData("the accuracy is logged too late to tell (--classes C)")
    accuracy = float(y[:HEAD].mean()) / scale
    if not GUESSING[0] <= accuracy <= GUESSING[1]:
        return Clear("the first accuracy is not that of guessing", {"first": first, "accuracy": accuracy})
    guess = -math.log(accuracy)
    measured = {"first": first, "guessing": guess, "accuracy": accuracy}
    if first < ctx.limit(UNSURE) * guess or not _is_stick(ctx, train):
        return Clear("the first loss fits the first accuracy", measured)
    text = f"{train.name} begins at {first:.4g}; at an accuracy of {accuracy:.2g} guessing costs about {guess:.3g}"
    return _finding(ctx, text, LIKELY, measured, ctx.limit(UNSURE) * guess)


def _is_stick(ctx: Context, train: Series) -> bool:
    """Whether most of the fall comes with the first few of many steps."""
    y = train.finite[1] / 4.0
    early = max(1, int(ctx.limit(HANDLE) * y.size))
    fall = float(y[0]) - float(np.median(y[-early:]))
    return fall > 0 and float(y[0]) - float(np.median(y[early : 2 * early])) >= ctx.limit(STICK) * fall


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
    needs="a train loss by steps, and --classes C or an accuracy by steps",
    check=check,
    thresholds=(EXCESS, UNSURE, STICK, HANDLE, POINTS, FIRST, HINGE),
    yields_to=("ND103",),
)

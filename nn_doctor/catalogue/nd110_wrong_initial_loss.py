"""ND110 wrong-initial-loss (warning, note): the first loss is far above that of guessing.

What it looks for
-----------------
With C classes (--classes, or the log's own settings) a fresh softmax classifier costs ln C: a first loss 40 % above
that or more, and by half a nat, which is what logits of unit spread cost; twice ln C leaves no doubt. Without C only
the curve is left, and a note is all it is worth: a first loss of 5 and more, fifteen times the level reached after a
twentieth of the run (or twenty times the last, with nearly all of the way made within a seventh of its steps), or of
100 and more, a thousand times the last ("hockey stick"). The first accuracy of a log is no guide, since it is that of
the commonest class or of a later step.

Why it matters
--------------
The first part of the training only shrinks weights that were too large ("hockey stick"): wasted steps, dead units.

When it is not this
-------------------
Losses of regression legitimately start high where the targets are not scaled, and an easy task is learnt at once: hence
the note. A hinge loss starts at C − 1; a sum of several terms has no known start.
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

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.phrases import MAX_CLASSES, at, classes_of, span_of, within_epochs
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence
from nn_doctor.series import hyperparameters

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.report.model import Severity
    from nn_doctor.series.model import Series

EXCESS = Threshold(
    "nd110.excess", 0.4, "of ln C", 0.1, 100.0, "above the loss of guessing: noise of a first batch is a tenth of this"
)
NATS = Threshold("nd110.nats", 0.5, "nats", 0.0, 100.0, "what logits of unit spread cost more than a guess (s²/2)")
TWICE = Threshold("nd110.twice", 1.0, "of ln C", 0.1, 100.0, "twice the loss of guessing leaves no doubt")
POINTS = Threshold("nd110.points", 20, "points", 5, 10_000, "set by judgement: fewer are no log by steps")
FIRST = Threshold("nd110.first", 0.01, "of the run", 0.0, 0.2, "set by judgement: later, the loss has moved from init")
HINGE = Threshold("nd110.hinge", 0.02, "of C − 1", 0.0, 0.5, "a hinge loss starts at C − 1 for C classes")
DOWN = Threshold("nd110.down", 1.1, "of ln C", 1.0, 10.0, "a loss that never gets down to guessing is none of classes")
SOON = Threshold("nd110.soon", 0.35, "of the run", 0.0, 1.0, "by epochs: below guessing by here, or it is another ill")
EPOCHS = Threshold("nd110.epochs", 8, "epochs", 3, 1000, "set by judgement: the first of fewer may be all there is")
UNSURE = Threshold(
    "nd110.unsure", 3.0, "of ln C", 0.1, 100.0, "of classes that only a setting tells, beside no accuracy"
)
HIGH = Threshold("nd110.high", 5.0, "loss", 0.0, 1e6, "of guessing among 150 classes; scaled targets begin near 1")
STICK = Threshold("nd110.stick", 15.0, "first loss per early level", 2.0, 1e6, "sound runs learn less in so few steps")
FAR = Threshold("nd110.far", 1000.0, "first loss per last level", 10.0, 1e12, "a thousandth is seldom left of an error")
HUGE = Threshold("nd110.huge", 100.0, "loss", 0.0, 1e9, "no scaled target and no classifier begins there")
LAST = Threshold("nd110.last", 20.0, "first loss per last level", 2.0, 1e6, "so much, and nearly all of it at once")
ELBOW = Threshold("nd110.elbow", 0.85, "of the whole fall", 0.5, 1.0, "won by a seventh of the run: bent like a stick")
BEND = 0.15
EARLY = 0.05
AROUND = 0.01
HEAD = 5
SURE, LIKELY, HESITANT = 0.85, 0.7, 0.65
LAST_FEW = 3
TWO = 2
FIRST_LINE = 1.01
LOSSES = frozenset({"loss", "mse", "mae", "huber", "cross_entropy", "bce", "nll", "logloss"})
"""Quantities whose scale means something: a perplexity begins at the size of the vocabulary."""


def check(ctx: Context) -> Finding | Clear:
    """The first loss against that of guessing, where the number of classes is known."""
    train = ctx.train
    by_epochs = train.averaged_over is not None or not (train.axis in {"step", "row"} or within_epochs(train, TWO))
    first = _first_epoch(ctx, train) if by_epochs else _first_loss(ctx, train)
    if ctx.expectation.task == "regression":
        return Clear("the loss of a regression may start anywhere", {"first": first})
    classes, excess = _classes(ctx)
    if classes is not None and classes >= TWO and _comes_down(ctx, train, math.log(classes), by_epochs, excess):
        return _by_classes(ctx, train, first, classes, excess)
    return _by_curve(ctx, train, first)


def _classes(ctx: Context) -> tuple[int | None, float]:
    """The number of classes, if it is known, and the excess over ln C that then means something."""
    if not (ctx.expectation.classes or _is_single(ctx)):
        return None, 0.0
    known = classes_of(ctx)
    if known is not None:
        return known, ctx.limit(EXCESS)
    told = hyperparameters.number(ctx.run.params, "classes")
    whole = told is not None and told == int(told) and TWO <= told <= MAX_CLASSES
    return (int(told), ctx.limit(UNSURE)) if told is not None and whole else (None, 0.0)


def _is_single(ctx: Context) -> bool:
    """Whether the loss has no logged terms: classes from a configuration alone say nothing of a detector's sum."""
    return not any(s.role == "term" and s.split == "train" for s in ctx.run.series)


def _first_loss(ctx: Context, train: Series) -> float:
    """The loss at the start of the run; raises InsufficientData where the log does not have it."""
    x, y = train.finite
    least = int(ctx.limit(POINTS))
    if y.size < least:
        raise InsufficientData(f"{y.size} points; the loss at the start shows in {least} or more", least)
    if float(x[0]) > max(1.0, ctx.limit(FIRST) * float(x[-1]), FIRST_LINE * median(np.diff(x))):
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


def _comes_down(ctx: Context, train: Series, guess: float, by_epochs: bool, excess: float) -> bool:
    """Whether the loss is below that of guessing soon and for good, as means over epochs must be; of steps, the end is.

    Where the classes are known for sure, single steps need not come down at all.
    """
    y = train.finite[1]
    if not by_epochs:
        end = median(y[-max(LAST_FEW, y.size // 10) :])
        return excess <= ctx.limit(EXCESS) or end < ctx.limit(DOWN) * guess
    above = np.flatnonzero(y >= guess)
    return not above.size or int(above[-1]) + 1 <= ctx.limit(SOON) * y.size


def _by_classes(ctx: Context, train: Series, first: float, classes: int, excess: float) -> Finding | Clear:
    guess = math.log(classes)
    measured = {"first": first, "guessing": guess}
    hinge = abs(first - (classes - 1)) <= ctx.limit(HINGE) * (classes - 1) and classes > TWO
    if hinge:
        return Clear(f"the first loss is that of a hinge loss over {classes} classes", measured)
    if first - guess < max(excess * guess, ctx.limit(NATS)):
        return Clear(f"the first loss is near ln {classes} or below it", measured)
    text = f"{train.name} begins at {first:.4g}; guessing among {classes} classes costs ln {classes} = {guess:.4g}"
    summary = f"the loss begins at {first:.4g}, far above that of guessing ({guess:.3g})"
    fix = f"scale the last layer's initial weights so that the first loss is about {guess:.3g}"
    score = SURE if first - guess >= ctx.limit(TWICE) * guess else LIKELY
    return _finding(ctx, (summary, text, fix), score, measured, excess * guess + guess)


def _by_curve(ctx: Context, train: Series, first: float) -> Finding | Clear:
    """A first loss far above what is reached at once, or above all that remains: as much as a curve alone can tell."""
    if train.metric not in LOSSES:
        raise InsufficientData("the number of classes is not known (--classes C)")
    y = train.finite[1]
    place, side = max(1, round(EARLY * y.size)), round(AROUND * y.size)
    early, last = median(y[max(1, place - side) : place + side + 1]), median(y[-max(3, y.size // 10) :])
    measured = {"first": first, "early": early, "last": last}
    at_once = first >= ctx.limit(HIGH) and 0 < early <= first / ctx.limit(STICK)
    in_all = first >= ctx.limit(HUGE) and 0 < last <= first / ctx.limit(FAR)
    if not (at_once or in_all or _is_stick(ctx, train, first, last)):
        return Clear("the first loss is not far above those that follow (and --classes C is not given)", measured)
    level, where = (early, at(train, float(train.finite[0][place]))) if at_once else (last, "the end")
    summary = f"the loss begins at {first:.4g}, {first / level:.3g} times its level at {where}"
    text = f"{train.name} begins at {first:.4g} and is {level:.4g} at {where}; a loss of scaled targets begins near 1"
    fix = "scale the targets and the last layer's initial weights so that the first loss is that of a guess"
    limit = ctx.limit(STICK) if at_once else ctx.limit(FAR)
    return _finding(ctx, (summary, text, fix), HESITANT, measured, limit * level, severity="note")


def _is_stick(ctx: Context, train: Series, first: float, last: float) -> bool:
    """Whether a high first loss of single steps falls to a trifle, and nearly all of the way within a seventh of them.

    A mean over a first epoch holds the fall itself: there the same shape is that of every easy task.
    """
    y = train.finite[1]
    if train.averaged_over is not None or train.axis not in {"step", "row"} or first < ctx.limit(HIGH):
        return False
    bend, side = round(BEND * y.size), max(1, round(AROUND * y.size))
    won = first - median(y[max(1, bend - side) : bend + side + 1])
    return 0 < last <= first / ctx.limit(LAST) and won >= ctx.limit(ELBOW) * (first - last)


def _finding(
    ctx: Context,
    texts: tuple[str, str, str],
    score: float,
    measured: dict[str, float],
    limit: float,
    severity: Severity | None = None,
) -> Finding:
    train = ctx.train
    x = train.finite[0]
    start = span_of(train, None, float(x[min(HEAD, x.size) - 1]))
    return Finding(
        score=score,
        summary=texts[0],
        severity=severity,
        evidence=(Evidence(texts[1], train.name, start, measured["first"], limit),),
        causes=(
            "weights of the last layer too large",
            "inputs or targets not normalised",
            "the loss is summed over the batch instead of averaged",
        ),
        fixes=(
            texts[2],
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
    severities=("warning", "note"),
    needs="a train loss from its first step or epoch; the number of classes (--classes C) helps",
    check=check,
    thresholds=(
        EXCESS,
        NATS,
        TWICE,
        POINTS,
        FIRST,
        HINGE,
        SOON,
        EPOCHS,
        UNSURE,
        DOWN,
        HIGH,
        STICK,
        FAR,
        HUGE,
        LAST,
        ELBOW,
    ),
    yields_to=("ND103",),
    live=True,
)

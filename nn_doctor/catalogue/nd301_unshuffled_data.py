"""ND301 unshuffled-data (warning): the train loss draws the same waveform in every epoch.

What it looks for
-----------------
What share of the train loss's steps from point to point comes back an epoch later: nearly all where the data come in
the same order, none where they are shuffled. Where the length of an epoch is not known, the length at which most comes
back. Or leaps at one place of the epochs; or tall waves that, however few points draw them, are alike in most epochs.

Why it matters
--------------
The same waveform means the same order of the data: neighbouring batches are alike and pull the model to and fro.

When it is not this
-------------------
A plain saw-tooth at the borders of epochs (running means that start anew, Adam's epochs) and cyclical learning rates
are periodic too; they are left out. Single spikes at even distances are bad batches (ND108), and evaluations with a
fixed order, or waves that are small against the loss and what it still wins, do no harm.

Fixes
-----
Shuffle before every epoch (DataLoader(shuffle=True), a shuffle buffer larger than a class), with a new seed each time.

References
----------
Bottou, "Stochastic Gradient Descent Tricks" (2012): shuffle the examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, thinned
from nn_doctor.analyzers.periodicity import folded, off_the_grid, simplicity
from nn_doctor.analyzers.repeats import repeats
from nn_doctor.analyzers.spikes import spikes
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.catalogue.common.waves import (
    CYCLES,
    FOUND,
    SHARED,
    SIMPLE,
    TALL_WAVE,
    WAVE_THRESHOLDS,
    is_cyclical,
    tall_waves,
)
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.periodicity import Folded
    from nn_doctor.analyzers.repeats import Period
    from nn_doctor.catalogue.base import Context
    from nn_doctor.catalogue.common.waves import Waves
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

REPEATS = Threshold(
    "nd301.repeats", 0.7, "of the steps", 0.2, 1.0, "where the epochs are known; unshuffled 0.76 and more, else to 0.5"
)
STRENGTH = Threshold(
    "nd301.strength", 0.85, "of the steps", 0.2, 1.0, "elsewhere: unshuffled 0.88 and more, else to 0.81"
)
EPOCHS = Threshold("nd301.epochs", 4, "epochs", 3, 100, "fewer repeats may agree by chance")
SWING = Threshold("nd301.swing", 0.05, "of the level", 0.0, 10.0, "set by judgement: smaller waves do no harm")
SMALL = Threshold("nd301.small", 0.02, "of the level", 0.0, 10.0, "enough where the loss hardly falls")
BARE = Threshold("nd301.bare", 0.12, "of the wave", 0.0, 1.0, "less is a saw-tooth, alike as it may be in every epoch")
STILL = Threshold("nd301.still", 0.8, "correlation", 0.2, 1.0, "of what a ramp or bow leaves, where that is little")
CLEAR = Threshold("nd301.clear", 2.0, "residual spreads", 0.5, 100.0, "of the same; running means to 1.3")
TALL = Threshold("nd301.tall", 0.5, "of the level", 0.0, 10.0, "no mean that starts anew swings as far as this")
MANY = Threshold("nd301.many", 8, "waves", 3, 1000, "plain ones that are fewer may be a rate that restarts, not logged")
LEAP = Threshold("nd301.leap", 0.3, "of the fall", 0.05, 100.0, "a leap smaller than this may be a hard batch")
LEAPS = Threshold("nd301.leaps", 6, "leaps", 3, 1000, "fewer may fall together by chance")
MOST_EPOCHS = Threshold("nd301.most_epochs", 0.4, "of the epochs", 0.1, 1.0, "so many must have a leap")
APART = Threshold("nd301.apart", 0.06, "of an epoch", 0.0, 0.5, "no leap may lie further from its place than this")
KNOWN, GUESSED = 0.9, 0.7
CAUSES = ("the data are read in the same order every epoch", "sorted data, or a shuffle buffer far too small")
FIXES = (
    "shuffle before every epoch: DataLoader(shuffle=True), sampler.set_epoch(epoch) when distributed",
    "mix the classes on disk, or make the shuffle buffer larger than the longest stretch of like samples",
)


def check(ctx: Context) -> Finding | Clear:
    """Steps that repeat with the length of an epoch, or strongly with some length where that is not known."""
    train = ctx.train
    if train.averaged_over is not None:
        raise InsufficientData("the train loss is a mean over each epoch")
    length = epoch_length(ctx, train)
    known = length is not None
    period = ctx.of(repeats, train, near=length or 0.0)
    measured = {"strength": period.strength, "length": period.length}
    if period.strength < ctx.limit(REPEATS if known else STRENGTH):
        peaks = _same_place(ctx, length) if length is not None else None
        if peaks is not None and length is not None:
            return _peaks_finding(ctx, peaks, length, measured)
        reason = "what the loss does in one epoch it does not do in the next"
        return _of_waves(ctx, length, reason, measured)
    try:
        found = ctx.of(folded, train, period=period.length)
        reason = _why_not(ctx, found, known)
    except InsufficientData as error:
        return _of_waves(ctx, length, error, measured)
    return _of_waves(ctx, length, reason, measured) if reason else _finding(ctx, found, period, known)


def epoch_length(ctx: Context, train: Series) -> float | None:
    """The length of an epoch on the axis of ``train``, or None where the log and the user do not say."""
    if train.axis == "epoch":
        return 1.0
    if train.axis != "step":
        return None
    if ctx.expectation.batches_per_epoch:
        return float(ctx.expectation.batches_per_epoch)
    guess = ctx.run.clock.batches_per_epoch
    return _over_all(ctx, train, guess) if guess and guess > 1 else None


def _over_all(ctx: Context, train: Series, guess: float) -> float:
    """The length of an epoch over all whole ones, if nearly ``guess``.

    From one to the next it is a multiple of the distance of two records: an error that adds up from epoch to epoch.
    """
    step, epoch = ctx.run.clock.step[:-1], ctx.run.clock.epoch[:-1]
    if step.size < ctx.limit(EPOCHS) or train.x.size <= 1:
        return guess
    whole = float(np.round((step[-1] - step[0]) / (epoch[-1] - epoch[0])))
    return whole if whole > 1 and abs(whole - guess) <= median(np.diff(train.x)) else guess


def _why_not(ctx: Context, found: Folded, known: bool) -> str:
    """Why the waveform says nothing of the data's order, or ""."""
    if found.periods < ctx.limit(EPOCHS):
        raise InsufficientData(f"{found.periods} epochs; a repeated waveform needs {ctx.limit(EPOCHS):g}")
    y = ctx.train.finite[1]
    level = median(np.abs(thinned(y[y.size // 2 :])))
    if found.usual < ctx.limit(SWING) * level and not _outweighs(ctx, found, level):
        return "the waveform is small against the level of the loss"
    tall = float(y.min()) > 0 and found.usual >= ctx.limit(TALL) * level
    if _is_plain(ctx, found) and not (tall and (known or found.periods >= ctx.limit(MANY))):
        return "a plain saw-tooth: a mean that starts anew at each epoch"
    return "the learning rate is cyclical" if is_cyclical(ctx) else ""


def _outweighs(ctx: Context, found: Folded, level: float) -> bool:
    """Whether small waves are larger than all that the second half of the run has won: they may be why."""
    y = ctx.train.finite[1]
    won = median(thinned(y[y.size // 2 : 3 * y.size // 4])) - median(thinned(y[3 * y.size // 4 :]))
    return found.usual >= max(ctx.limit(SMALL) * level, won)


def _same_place(ctx: Context, length: float) -> FloatArray | None:
    """Where the loss leaps at one place of most epochs, or None: the place at which the data change kind."""
    if is_cyclical(ctx):
        return None
    leaps = ctx.of(spikes, ctx.train)
    x = leaps.x[leaps.to_fall >= ctx.limit(LEAP)]
    epochs = (ctx.train.finite[0][-1] - ctx.train.finite[0][0]) / length
    if x.size < max(ctx.limit(LEAPS), ctx.limit(MOST_EPOCHS) * epochs):
        return None
    return x if off_the_grid(x, length) < ctx.limit(APART) else None


def _of_waves(
    ctx: Context, length: float | None, reason: str | InsufficientData, measured: dict[str, float]
) -> Finding | Clear:
    """What the waves as a whole say where their steps gave ``reason`` to say nothing."""
    waves = tall_waves(ctx, length)
    if waves is not None:
        return _waves_finding(ctx, waves, measured)
    if isinstance(reason, InsufficientData):
        raise reason
    return Clear(reason, measured)


def _waves_finding(ctx: Context, waves: Waves, measured: dict[str, float]) -> Finding:
    train, found = ctx.train, waves.found
    stretch = f"{waves.length:.4g} {train.axis}s"
    text = f"{len(found.waves)} {'epochs' if waves.known else 'waves'} of {stretch} correlate by {found.shared:.2f}"
    swing = f"their swing is {found.swing:.3g} times the level"
    places = "of every epoch" if waves.known else f"of every {stretch}, as of an epoch"
    return Finding(
        score=GUESSED,
        summary=f"the train loss rises and falls at the same places {places}: the data come in the same order",
        evidence=(
            Evidence(text, train.name, span_of(train), found.shared, ctx.limit(SHARED if waves.known else FOUND)),
            Evidence(swing, train.name, None, found.swing, ctx.limit(TALL_WAVE)),
        ),
        causes=CAUSES,
        fixes=FIXES,
        series=(train,),
        span=span_of(train),
        measured=measured | {"shared": found.shared, "chance": found.z, "swing": found.swing},
    )


def _peaks_finding(ctx: Context, x: FloatArray, length: float, measured: dict[str, float]) -> Finding:
    train = ctx.train
    text = f"{train.name} leaps {x.size} times, always at the same place of an epoch of {length:.4g} {train.axis}s"
    return Finding(
        score=GUESSED,
        summary="the train loss leaps at the same place of every epoch: the data come in the same order",
        evidence=(Evidence(text, train.name, span_of(train, float(x[0]), float(x[-1])), float(x.size)),),
        causes=CAUSES,
        fixes=FIXES,
        series=(train,),
        span=span_of(train),
        measured=measured | {"leaps": float(x.size)},
    )


def _is_plain(ctx: Context, found: Folded) -> bool:
    """Whether a ramp or bow is all there is to the waves: what it leaves is small, or differs from epoch to epoch."""
    plain = simplicity(found.waves)
    if not ctx.limit(BARE) <= plain.left < ctx.limit(SIMPLE):
        return plain.left < ctx.limit(BARE)
    return plain.consistency < ctx.limit(STILL) or plain.swing < ctx.limit(CLEAR)


def _finding(ctx: Context, found: Folded, period: Period, known: bool) -> Finding:
    train = ctx.train
    every = f"every {period.length:.4g} {train.axis}s"
    same = (
        f"{train.name} repeats one waveform over {found.periods} periods: {period.strength:.0%} of its steps' variance"
    )
    swing = f"its swing of {found.usual:.3g} comes back {every}"
    return Finding(
        score=KNOWN if known else GUESSED,
        summary=f"the train loss draws the same waveform {'every epoch' if known else every}: "
        "the data come in the same order",
        evidence=(
            Evidence(same, train.name, span_of(train), period.strength, ctx.limit(REPEATS if known else STRENGTH)),
            Evidence(swing, train.name, None, found.usual),
        ),
        causes=CAUSES,
        fixes=FIXES,
        series=(train,),
        span=span_of(train),
        measured={"strength": period.strength, "length": period.length, "epochs": found.periods},
    )


RULE = Rule(
    code="ND301",
    slug="unshuffled-data",
    severities=("warning",),
    needs="a train loss by steps over 4 epochs, and the batches per epoch (--batches-per-epoch N)",
    check=check,
    thresholds=(
        REPEATS,
        STRENGTH,
        EPOCHS,
        SWING,
        SMALL,
        SIMPLE,
        BARE,
        STILL,
        CLEAR,
        TALL,
        MANY,
        CYCLES,
        LEAP,
        LEAPS,
        MOST_EPOCHS,
        APART,
        *WAVE_THRESHOLDS,
    ),
    yields_to=("ND103",),
    live=True,
)

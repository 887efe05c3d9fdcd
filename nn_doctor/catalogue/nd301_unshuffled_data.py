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
from nn_doctor.analyzers.refrain import refrain
from nn_doctor.analyzers.repeats import repeats
from nn_doctor.analyzers.spikes import spikes
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.periodicity import Folded
    from nn_doctor.analyzers.refrain import Refrain
    from nn_doctor.analyzers.repeats import Period
    from nn_doctor.catalogue.base import Context
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
SIMPLE = Threshold("nd301.simple", 0.3, "of the wave", 0.0, 1.0, "what no ramp or bow explains; less is a saw-tooth")
BARE = Threshold("nd301.bare", 0.12, "of the wave", 0.0, 1.0, "less is a saw-tooth, alike as it may be in every epoch")
STILL = Threshold("nd301.still", 0.8, "correlation", 0.2, 1.0, "of what a ramp or bow leaves, where that is little")
CLEAR = Threshold("nd301.clear", 2.0, "residual spreads", 0.5, 100.0, "of the same; running means to 1.3")
TALL = Threshold("nd301.tall", 0.5, "of the level", 0.0, 10.0, "no mean that starts anew swings as far as this")
MANY = Threshold("nd301.many", 8, "waves", 3, 1000, "plain ones that are fewer may be a rate that restarts, not logged")
CYCLES = Threshold("nd301.cycles", 2, "restarts", 1, 100, "a rate that restarts as often as this is cyclical")
LEAP = Threshold("nd301.leap", 0.3, "of the fall", 0.05, 100.0, "a leap smaller than this may be a hard batch")
LEAPS = Threshold("nd301.leaps", 6, "leaps", 3, 1000, "fewer may fall together by chance")
MOST_EPOCHS = Threshold("nd301.most_epochs", 0.4, "of the epochs", 0.1, 1.0, "so many must have a leap")
APART = Threshold("nd301.apart", 0.06, "of an epoch", 0.0, 0.5, "no leap may lie further from its place than this")
SHARED = Threshold("nd301.shared", 0.4, "correlation", 0.1, 1.0, "of two tall waves; sorted data 0.46 and more")
CHANCE = Threshold("nd301.chance", 4.0, "standard deviations", 2.0, 100.0, "of the same; waves turned at random")
TALL_WAVE = Threshold("nd301.tall_wave", 0.3, "of the level", 0.0, 10.0, "of the same; means that start anew to 0.08")
BORDER = Threshold("nd301.border", 0.5, "of the wave", 0.1, 1.0, "a plain one that falls so far there is a staircase")
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
        waves = _tall_waves(ctx, length) if length is not None else None
        if waves is not None and length is not None:
            return _waves_finding(ctx, waves, length, measured)
        return Clear("what the loss does in one epoch it does not do in the next", measured)
    found = ctx.of(folded, train, period=period.length)
    reason = _why_not(ctx, found, known)
    return Clear(reason, measured) if reason else _finding(ctx, found, period, known)


def epoch_length(ctx: Context, train: Series) -> float | None:
    """The length of an epoch on the axis of ``train``, or None where the log and the user do not say."""
    if train.axis == "epoch":
        return 1.0
    if train.axis != "step":
        return None
    given = ctx.expectation.batches_per_epoch or ctx.run.clock.batches_per_epoch
    return float(given) if given and given > 1 else None


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
    schedule = schedule_of(ctx)
    if schedule is not None and schedule.restarts.size >= ctx.limit(CYCLES):
        return "the learning rate is cyclical"
    return ""


def _outweighs(ctx: Context, found: Folded, level: float) -> bool:
    """Whether small waves are larger than all that the second half of the run has won: they may be why."""
    y = ctx.train.finite[1]
    won = median(thinned(y[y.size // 2 : 3 * y.size // 4])) - median(thinned(y[3 * y.size // 4 :]))
    return found.usual >= max(ctx.limit(SMALL) * level, won)


def _same_place(ctx: Context, length: float) -> FloatArray | None:
    """Where the loss leaps at one place of most epochs, or None: the place at which the data change kind."""
    schedule = schedule_of(ctx)
    if schedule is not None and schedule.restarts.size >= ctx.limit(CYCLES):
        return None
    leaps = ctx.of(spikes, ctx.train)
    x = leaps.x[leaps.to_fall >= ctx.limit(LEAP)]
    epochs = (ctx.train.finite[0][-1] - ctx.train.finite[0][0]) / length
    if x.size < max(ctx.limit(LEAPS), ctx.limit(MOST_EPOCHS) * epochs):
        return None
    return x if off_the_grid(x, length) < ctx.limit(APART) else None


def _tall_waves(ctx: Context, length: float) -> Refrain | None:
    """Waves too tall for a mean that starts anew and too alike for chance, or None; roughly logged, steps hide them."""
    schedule = schedule_of(ctx)
    if schedule is not None and schedule.restarts.size >= ctx.limit(CYCLES):
        return None
    try:
        found = ctx.of(refrain, ctx.train, period=length)
    except InsufficientData:
        return None
    alike = found.shared >= ctx.limit(SHARED) and found.z >= ctx.limit(CHANCE)
    if not alike or found.swing < ctx.limit(TALL_WAVE):
        return None
    usual = np.array([median(column) for column in found.waves.T])
    staircase = usual[-2:].max() - usual[:2].min() >= ctx.limit(BORDER) * np.ptp(usual)
    return None if staircase and simplicity(found.waves).left < ctx.limit(SIMPLE) else found


def _waves_finding(ctx: Context, found: Refrain, length: float, measured: dict[str, float]) -> Finding:
    train = ctx.train
    text = f"{len(found.waves)} epochs of {length:.4g} {train.axis}s: their waves correlate by {found.shared:.2f}"
    swing = f"their swing is {found.swing:.3g} times the level"
    return Finding(
        score=GUESSED,
        summary="the train loss rises and falls at the same places of every epoch: the data come in the same order",
        evidence=(
            Evidence(text, train.name, span_of(train), found.shared, ctx.limit(SHARED)),
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
        SHARED,
        CHANCE,
        TALL_WAVE,
        BORDER,
    ),
    yields_to=("ND101", "ND102", "ND103"),
    live=True,
)

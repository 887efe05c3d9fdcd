"""ND201 overfitting (warning): train goes on improving while validation turns, or stands still far behind.

What it looks for
-----------------
Judged at the end of the run: the validation loss lies above its best level by more than its noise, and by a share of
that level and of all progress that counts, while train went on falling. Or validation has stood still while the gap
to train grew to most of the progress ever made, or the gap between the accuracies to ten points and more; or
train is solved and validation is left behind by most of the fall and 25 points of accuracy, or stood still while train
fell by more than half to a fifth of it; or a gap of half of validation's level opened while validation won next to
nothing; or gaps of both loss and accuracy opened, the latter to ten points. Where only accuracies were
logged, the same from them.

Why it matters
--------------
The model learns its training examples by heart. The checkpoint at the turning point is better than the last one.

When it is not this
-------------------
A loss near its floor that creeps up by less than a fifth, which costs less than a tenth of all that was won while the
gap hardly opens: a few samples answered wrongly with more certainty. A steady small gap is normal. A rise of train and
validation together is divergence (ND102). A validation set of a few samples jumps without a trend (ND203). If the
validation metric still improves, see ND206.

Fixes
-----
Keep the best checkpoint, stop early, add weight decay, dropout, augmentation or data; use a smaller model.

References
----------
L. Prechelt, "Early stopping — but when?" (1998): the generalisation loss. Li et al., "Keeping deep learning models in
check: a history-based approach to mitigate overfitting" (2024): the histories the limit was chosen on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import more_regularisation, stop_early
from nn_doctor.catalogue.common.behind import (
    ACCURACY_GAP,
    BEHIND_THRESHOLDS,
    BEST_BY,
    CALM,
    STANDS,
    WIDENING,
    both_open,
    goes_alone,
    left_far_behind,
)
from nn_doctor.catalogue.common.generalisation import (
    PERCENT,
    accuracies_agree,
    climbs,
    compare,
    creeps,
    jumped,
    jumps,
    learnt_by_heart,
    pair_of,
)
from nn_doctor.catalogue.common.phrases import at, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.catalogue.common.generalisation import Pair

TURNED = Threshold(
    "nd201.turned",
    0.05,
    "of best and progress",
    0.0,
    1.0,
    "labelled histories: healthy below 0.04, overfit above 0.07",
)
SURE = Threshold("nd201.sure", 0.1, "of best and progress", 0.0, 1.0, "no history labelled healthy comes near it")
NOISE = Threshold("nd201.noise", 2.5, "standard errors", 1.0, 100.0, "the rise must stand out of validation's noise")
WIDENED = Threshold(
    "nd201.widened", 0.85, "of all progress", 0.2, 5.0, "histories labelled healthy have gaps that grew by up to 0.64"
)
RISE = Threshold("nd201.rise", 0.03, "of the best level", 0.0, 1.0, "healthy runs near their floor rise by up to 0.025")
MOVED = Threshold(
    "nd201.moved", 0.02, "of the first loss", 0.0, 0.5, "dead nets whose last bias alone learns fall 0.005"
)
LITTLE = Threshold("nd201.little", 0.16, "of the first loss", 0.0, 1.0, "who learnt less, and lost a trifle, underfits")
APART = Threshold("nd201.apart", 0.05, "of validation's level", 0.0, 1.0, "a rise or gap below this is a trifle")
NOISY = Threshold(
    "nd201.noisy", 0.1, "of all progress", 0.0, 2.0, "jumps of validation beyond this make gaps by chance"
)
CLIMB = Threshold("nd201.climb", 8, "validation points", 6, 10000, "a trend through fewer proves nothing")
CHANCE = Threshold("nd201.chance", 0.01, "probability", 0.0, 0.2, "of such a trend, where train learns by heart")
STANDS_OUT = Threshold("nd201.stands_out", 2.0, "standard errors", 0.0, 100.0, "a rise out of such jumps")
GREW = Threshold(
    "nd201.grew", 0.3, "of the accuracy's progress", 0.0, 2.0, "healthy gaps of ten points were there early"
)
GAP_POINTS = Threshold("nd201.gap_points", 12, "validation points", 4, 1000, "a gap on fewer may still close")
ENOUGH = Threshold("nd201.enough", 10, "validation points", 4, 1000, "fewer leave some doubt")
ACCURACY_FALL = Threshold("nd201.accuracy_fall", 0.02, "accuracy", 0.0, 1.0, "validation has lost this much")
ACCURACY_WIDENED = Threshold("nd201.accuracy_widened", 0.2, "of all progress", 0.0, 2.0, "a steady gap is normal")
POINTS = Threshold("nd201.points", 6, "validation points", 4, 100, "fewer show no trend")
FIRM_SCORE, TURNED_SCORE, GAP_SCORE = 0.85, 0.7, 0.65


def check(ctx: Context) -> Finding | Clear:
    """Validation turned, or stands still far behind train."""
    pair = pair_of(ctx)
    if pair.turn.points < ctx.limit(POINTS):
        needed = int(ctx.limit(POINTS))
        raise InsufficientData(f"{pair.turn.points} validation points, {needed} are needed", needed)
    measured = {"turned": pair.turned, "z": pair.turn.z, "widened": pair.gap.widened_share, "gap": pair.gap.end}
    if bool(np.ptp(pair.val.finite[1]) == 0):
        return Clear("validation never changes: it is not this training that is evaluated", measured)
    if not _matters(ctx, pair):
        return Clear("train or validation has hardly moved at all", measured)
    if not pair.train_went_on:
        reason = "train did not go on improving after validation's best point"
        return _alone(ctx, pair, measured) or Clear(reason, measured)
    if pair.maximise:
        return _by_accuracy(ctx, pair, measured)
    if jumped(ctx, pair):
        return Clear("validation turns where the train loss jumps: what comes after is another training", measured)
    if pair.turned >= ctx.limit(TURNED) and _stands_out(ctx, pair) and _rises(ctx, pair) and not creeps(ctx, pair):
        firm = pair.turned >= ctx.limit(SURE) and pair.turn.points >= ctx.limit(ENOUGH)
        return _finding(ctx, pair, FIRM_SCORE if firm else TURNED_SCORE, measured)
    enough = pair.turn.points >= ctx.limit(GAP_POINTS)
    if enough and (_falls_behind(ctx, pair) or _accuracy_falls_behind(ctx, pair)):
        return _finding(ctx, pair, GAP_SCORE, measured)
    if enough and left_far_behind(ctx, pair, 2 * ctx.limit(NOISE)):
        summary = f"{pair.train.name} is learnt by heart, and {pair.val.name} is left far behind"
        return replace(_finding(ctx, pair, GAP_SCORE, measured), summary=summary)
    return _alone(ctx, pair, measured) or Clear("validation ends near its best level", measured)


def _alone(ctx: Context, pair: Pair, measured: dict[str, float]) -> Finding | None:
    alone = goes_alone(ctx, pair) and not accuracies_agree(ctx)
    if not (alone or both_open(ctx, pair)) or jumps(ctx):
        return None
    how = "has hardly improved" if alone else "has won little"
    summary = f"{pair.train.name} went on alone: {pair.val.name} {how} while the gap opened"
    return replace(_finding(ctx, pair, GAP_SCORE, measured), summary=summary)


def _stands_out(ctx: Context, pair: Pair) -> bool:
    """Whether the turn stands out of the noise, or validation climbs while train learns its samples by heart."""
    few = pair.turn.points < ctx.limit(ENOUGH)
    if pair.turn.z >= ctx.limit(NOISE) * (2 if few else 1):
        return True
    return learnt_by_heart(pair) and climbs(pair, int(ctx.limit(CLIMB)), ctx.limit(CHANCE))


def _falls_behind(ctx: Context, pair: Pair) -> bool:
    """Whether validation stood still while the gap grew to most of the progress, by no luck of either curve's noise."""
    found = pair.gap
    if found.val_net >= ctx.limit(STANDS) * found.progress or pair.turn.position >= ctx.limit(BEST_BY):
        return False
    jumps = found.val_noise >= ctx.limit(NOISY) * found.progress and pair.turn.z < ctx.limit(STANDS_OUT)
    if found.train_noise >= ctx.limit(CALM) * found.end:
        return False
    return found.widened_share >= ctx.limit(WIDENED) and found.widening > ctx.limit(WIDENING) and not jumps


def _accuracy_falls_behind(ctx: Context, pair: Pair) -> bool:
    """Whether the gap between the accuracies grew to ten points while validation's loss stood still."""
    train, val = ctx.objective.metric_train, ctx.objective.metric_val
    if train is None or val is None or train.metric != "accuracy" or train.axis != val.axis:
        return False
    if pair.gap.val_net >= ctx.limit(STANDS) * pair.gap.progress:
        return False
    try:
        found = compare(ctx, train, val)
    except InsufficientData:
        return False
    scale = 100.0 if found.turn.best > PERCENT else 1.0
    grew = found.gap.widened_share >= ctx.limit(GREW) and found.gap.widening > ctx.limit(WIDENING)
    clear = found.gap.end > 2 * ctx.limit(NOISE) * found.gap.val_noise
    return grew and clear and found.gap.end / scale >= ctx.limit(ACCURACY_GAP)


def _matters(ctx: Context, pair: Pair) -> bool:
    """Whether train has fallen, and validation risen or fallen behind, by a share of its level that is worth a word."""
    y = pair.train.finite[1]
    if pair.maximise or float(y.min()) <= 0:
        return True
    if float(y[0] - y[-1]) < ctx.limit(LITTLE) * float(y[0]) and pair.turn.relative < ctx.limit(APART):
        return False
    apart = max(pair.turn.relative, pair.gap.end / abs(pair.turn.end) if pair.turn.end else 0.0)
    return float(y[0] - y[-1]) > ctx.limit(MOVED) * float(y[0]) and apart > ctx.limit(APART)


def _rises(ctx: Context, pair: Pair) -> bool:
    """Whether the rise is worth a word against the level, where that is positive."""
    return float(pair.val.finite[1].min()) <= 0 or pair.turn.relative > ctx.limit(RISE)


def _by_accuracy(ctx: Context, pair: Pair, measured: dict[str, float]) -> Finding | Clear:
    scale = 100.0 if pair.turn.best > PERCENT else 1.0
    wide = pair.gap.end / scale >= ctx.limit(ACCURACY_GAP) and pair.gap.widened_share > ctx.limit(ACCURACY_WIDENED)
    fell = pair.turn.worse / scale > ctx.limit(ACCURACY_FALL) and pair.turn.z >= ctx.limit(NOISE)
    if wide and fell:
        return _finding(ctx, pair, GAP_SCORE, measured)
    return Clear("no accuracy gap that widens while validation falls", measured)


def _finding(ctx: Context, pair: Pair, score: float, measured: dict[str, float]) -> Finding:
    val = pair.val
    where = at(val, pair.best_x)
    evidence = evidence_of(pair, ctx.limit(TURNED))
    return Finding(
        score=score,
        summary=f"{val.name} was best at {where} and has not improved since, while {pair.train.name} went on",
        evidence=evidence,
        causes=("trained past the best point", "too much capacity, or too little regularisation, for the data"),
        fixes=fixes_of(ctx, pair),
        series=(pair.train, val),
        span=span_of(val, pair.best_x),
        measured=measured,
    )


def evidence_of(pair: Pair, limit: float) -> tuple[Evidence, ...]:
    """The turn of validation, the way of train since, and the gap, a sentence each."""
    val, turn, found, best = pair.val, pair.turn, pair.gap, pair.best_y
    change = f" ({(turn.end - best) / abs(best):+.0%})" if best else ""
    train_then = found.train_end + (-found.train_fall if pair.maximise else found.train_fall)
    return (
        Evidence(
            f"{val.name} was best at {at(val, pair.best_x)} ({best:.4g}) and is {turn.end:.4g} at the end{change}",
            val.name,
            span_of(val, pair.best_x),
            pair.turned,
            limit,
        ),
        Evidence(
            f"{pair.train.name} went on from {train_then:.4g} to {found.train_end:.4g} meanwhile",
            pair.train.name,
            span_of(val, pair.best_x),
            found.train_fall,
        ),
        Evidence(f"the gap is now {found.end:.3g}, {found.end_share:.0%} of all progress", val.name, None, found.end),
    )


def fixes_of(ctx: Context, pair: Pair) -> tuple[str, ...]:
    """Stop at the best point, with what that saves; then regularisation, from the run's own."""
    return (
        stop_early(ctx, pair.val, pair.best_x, 1 - pair.turn.position, pair.maximise),
        more_regularisation(ctx),
        "more data, or a smaller model",
    )


RULE = Rule(
    code="ND201",
    slug="overfitting",
    severities=("warning",),
    needs="a train and a validation curve of one quantity, 6 validation points or more",
    check=check,
    thresholds=(
        TURNED,
        RISE,
        MOVED,
        LITTLE,
        APART,
        GAP_POINTS,
        SURE,
        NOISE,
        WIDENED,
        NOISY,
        STANDS_OUT,
        CLIMB,
        CHANCE,
        GREW,
        POINTS,
        ENOUGH,
        ACCURACY_FALL,
        ACCURACY_WIDENED,
        *BEHIND_THRESHOLDS,
    ),
    yields_to=("ND202", "ND102", "ND103", "ND101", "ND405"),
    live=True,
)

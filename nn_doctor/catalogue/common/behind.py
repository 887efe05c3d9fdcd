"""Validation left far behind by a train loss that goes to nothing (for ND201)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.catalogue.base import Threshold
from nn_doctor.catalogue.common.generalisation import OF_VALIDATION, PERCENT, compare
from nn_doctor.catalogue.common.phrases import schedule_of
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.analyzers.gap import Gap
    from nn_doctor.catalogue.base import Context
    from nn_doctor.catalogue.common.generalisation import Pair

OPENED = Threshold("nd201.opened", 0.5, "of the whole fall", 0.0, 1.0, "the gap of a train loss learnt by heart")
FAR_APART = Threshold("nd201.far_apart", 0.25, "accuracy", 0.02, 1.0, "no train accuracy of healthy runs leads so far")
BEHIND = Threshold(
    "nd201.behind", 0.35, "of the whole fall", 0.0, 1.0, "validation this far behind; stopped in time 0.24"
)
ON = Threshold("nd201.on", 0.4, "of what it was", 0.0, 1.0, "train fell to it since validation was best")
STANDS = Threshold("nd201.stands", 0.05, "of all progress", 0.0, 1.0, "validation has won no more in its second half")
WIDENING = Threshold("nd201.widening", 0.7, "rank correlation", 0.0, 1.0, "the gap grows to the end")
BEST_BY = Threshold("nd201.best_by", 0.7, "of the run", 0.3, 1.0, "validation was best by then")
BELOW = Threshold("nd201.below", 0.5, "of validation's level", 0.0, 1.0, "healthy gaps of this size were there early")
SHARE = Threshold("nd201.share", 0.25, "of the whole fall", 0.0, 1.0, "a gap near the floor is small beside the fall")
GROWN = Threshold("nd201.grown", 0.3, "of validation's level", 0.0, 1.0, "fine-tuning starts with its gap")
NEVER = Threshold("nd201.never", 0.8, "of the whole fall", 0.0, 5.0, "what validation has lost or never won")
NEVER_BELOW = Threshold("nd201.never_below", 0.3, "of validation's level", 0.0, 1.0, "train alone has learnt that much")
NEVER_GROWN = Threshold("nd201.never_grown", 0.25, "of validation's level", 0.0, 1.0, "and has gone on doing so")
LITTLE_WON = Threshold(
    "nd201.little_won", 0.5, "of the gap", 0.0, 1.0, "validation's second half; a third of it where it lost"
)
CALM = Threshold("nd201.calm", 0.25, "of the gap", 0.0, 1.0, "the noise of either curve: four times smaller")
ACCURACY_GAP = Threshold("nd201.accuracy_gap", 0.1, "accuracy", 0.02, 1.0, "CS231n calls such a gap overfitting")
ALL_BUT = Threshold("nd201.all_but", 0.7, "of what train won", 0.0, 1.0, "validation's second half, beside its gap")
BEHIND_THRESHOLDS = (
    OPENED, FAR_APART, BEHIND, ON, STANDS, WIDENING, BEST_BY,
    BELOW, SHARE, GROWN, NEVER, NEVER_BELOW, NEVER_GROWN, LITTLE_WON, CALM, ACCURACY_GAP, ALL_BUT,
)  # fmt: skip
THIRD = 1 / 3


def left_far_behind(ctx: Context, pair: Pair, noise: float) -> bool:
    """Whether train is solved and validation far above it; the gap of accuracies counts beyond ``noise`` of theirs."""
    return _far_apart(ctx, pair, noise) or _stalled_by_heart(ctx, pair)


def _far_apart(ctx: Context, pair: Pair, noise: float) -> bool:
    """Whether train is solved while validation, still improving by a little, is left far behind by both quantities."""
    found, y = pair.gap, pair.val.finite[1]
    late = y[y.size // 2 :]
    fall = max(float(y[0]) - pair.turn.best, float(pair.train.finite[1][0]) - found.train_end)
    opened = found.widened_share * found.progress >= ctx.limit(OPENED) * fall
    if not opened or found.widening <= ctx.limit(WIDENING) or float(np.ptp(late)) == 0:
        return False
    apart = _accuracies(ctx)
    if apart is None:
        return False
    scale = _full(apart)
    clear = apart.gap.end > noise * apart.gap.val_noise
    return clear and apart.gap.end / scale >= ctx.limit(FAR_APART) and found.train_end <= OF_VALIDATION * found.val_end


def _accuracies(ctx: Context) -> Pair | None:
    """The accuracies of train and validation side by side, None where they cannot be held against one another."""
    train, val = ctx.objective.metric_train, ctx.objective.metric_val
    if train is None or val is None or train.metric != "accuracy" or train.axis != val.axis:
        return None
    try:
        return compare(ctx, train, val)
    except InsufficientData:
        return None


def _full(accuracies: Pair) -> float:
    """What a full accuracy is: 1, or 100 %."""
    return 100.0 if accuracies.turn.best > PERCENT else 1.0


def _stalled_by_heart(ctx: Context, pair: Pair) -> bool:
    """Whether train went on to a small part of what it was while validation, far above it, has won nothing for long."""
    at_best, end = pair.gap.train_end + pair.gap.train_fall, pair.gap.train_end
    if not 0 < end <= OF_VALIDATION * pair.gap.val_end or end > ctx.limit(ON) * at_best:
        return False
    y = pair.val.finite[1]
    fall = max(float(y[0]) - pair.turn.best, float(pair.train.finite[1][0]) - end)
    stands = pair.gap.val_net < ctx.limit(STANDS) * max(pair.gap.progress, pair.gap.end)
    return stands and pair.gap.end >= ctx.limit(BEHIND) * fall


def goes_alone(ctx: Context, pair: Pair) -> bool:
    """Whether a gap that the noise of neither curve can make opened during the run, and train alone went on.

    The gap is held against validation's level, of which it is a good part, and against the whole fall of either curve,
    first points included. Trees are grown to learn their samples by heart: of those only a turn says anything.
    """
    found, y = pair.gap, pair.val.finite[1]
    if ctx.expectation.task == "boosting" or pair.maximise or found.val_end <= 0 or float(np.ptp(y)) == 0:
        return False
    grown, fall = found.widened_share * found.progress, _whole_fall(pair)
    schedule = schedule_of(ctx)
    if found.end <= 0 or max(found.val_noise, found.train_noise) >= ctx.limit(CALM) * found.end:
        return False
    if schedule is not None and schedule.restarts.size > 1:
        return False
    never = _is(ctx, found, NEVER_BELOW, NEVER_GROWN, grown) and found.end >= ctx.limit(NEVER) * fall
    if never and found.val_net < THIRD * ctx.limit(LITTLE_WON) * found.end:
        return True
    opened = _is(ctx, found, BELOW, GROWN, grown) and found.end >= ctx.limit(SHARE) * fall
    return opened and found.val_net < ctx.limit(LITTLE_WON) * found.end


def both_open(ctx: Context, pair: Pair) -> bool:
    """Whether the gaps of the loss and of the accuracy have both opened, the latter to ten points: two witnesses.

    Validation may still win a little then; a gap of ten points that was there from the beginning is steady.
    """
    found = pair.gap
    if pair.maximise:
        return False
    grown = found.widened_share * found.progress
    opened = found.val_end > 0 and _is(ctx, found, NEVER_BELOW, NEVER_GROWN, grown)
    if not opened or found.end < ctx.limit(SHARE) * _whole_fall(pair):
        return False
    if found.widening <= ctx.limit(WIDENING) or found.val_net >= ctx.limit(ALL_BUT) * found.train_net:
        return False
    apart = _accuracies(ctx)
    if apart is None:
        return False
    scale = _full(apart)
    grew = apart.gap.widened_share * apart.gap.progress / scale
    clear = ctx.limit(CALM) * apart.gap.end > apart.gap.val_noise
    return clear and grew >= ctx.limit(ACCURACY_GAP) / 2 and apart.gap.end / scale >= ctx.limit(ACCURACY_GAP)


def _is(ctx: Context, found: Gap, below: Threshold, grown: Threshold, growth: float) -> bool:
    """Whether the gap, and its growth, are as large as these shares of validation's level."""
    return found.end >= ctx.limit(below) * found.val_end and growth >= ctx.limit(grown) * found.val_end


def _whole_fall(pair: Pair) -> float:
    """The larger fall of the two curves, from their very first points."""
    val, train = pair.val.finite[1], pair.train.finite[1]
    return max(float(val[0]) - pair.turn.best, float(train[0]) - pair.gap.train_end, pair.gap.progress)

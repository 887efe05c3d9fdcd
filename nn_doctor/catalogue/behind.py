"""Validation left far behind by a train loss that goes to nothing (for ND201)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.catalogue.base import Threshold
from nn_doctor.catalogue.generalisation import OF_VALIDATION, PERCENT, compare
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.catalogue.generalisation import Pair

OPENED = Threshold("nd201.opened", 0.5, "of the whole fall", 0.0, 1.0, "the gap of a train loss learnt by heart")
FAR_APART = Threshold("nd201.far_apart", 0.25, "accuracy", 0.02, 1.0, "no train accuracy of healthy runs leads so far")
BEHIND = Threshold(
    "nd201.behind", 0.35, "of the whole fall", 0.0, 1.0, "validation this far behind; stopped in time 0.24"
)
ON = Threshold("nd201.on", 0.4, "of what it was", 0.0, 1.0, "train fell to it since validation was best")
STANDS = Threshold("nd201.stands", 0.05, "of all progress", 0.0, 1.0, "validation has won no more in its second half")
WIDENING = Threshold("nd201.widening", 0.7, "rank correlation", 0.0, 1.0, "the gap grows to the end")
BEST_BY = Threshold("nd201.best_by", 0.7, "of the run", 0.3, 1.0, "validation was best by then")
BEHIND_THRESHOLDS = (OPENED, FAR_APART, BEHIND, ON, STANDS, WIDENING, BEST_BY)


def left_far_behind(ctx: Context, pair: Pair, noise: float) -> bool:
    """Whether train is solved and validation far above it; the gap of accuracies counts beyond ``noise`` of theirs."""
    return _far_apart(ctx, pair, noise) or _stalled_by_heart(ctx, pair)


def _far_apart(ctx: Context, pair: Pair, noise: float) -> bool:
    """Whether train is solved while validation, still improving by a little, is left far behind by both quantities."""
    train, val, y = ctx.objective.metric_train, ctx.objective.metric_val, pair.val.finite[1]
    if train is None or val is None or train.metric != "accuracy" or train.axis != val.axis:
        return False
    found, late = pair.gap, y[y.size // 2 :]
    fall = max(float(y[0]) - pair.turn.best, float(pair.train.finite[1][0]) - found.train_end)
    opened = found.widened_share * found.progress >= ctx.limit(OPENED) * fall
    if not opened or found.widening <= ctx.limit(WIDENING) or float(np.ptp(late)) == 0:
        return False
    try:
        apart = compare(ctx, train, val)
    except InsufficientData:
        return False
    scale = 100.0 if apart.turn.best > PERCENT else 1.0
    clear = apart.gap.end > noise * apart.gap.val_noise
    return clear and apart.gap.end / scale >= ctx.limit(FAR_APART) and found.train_end <= OF_VALIDATION * found.val_end


def _stalled_by_heart(ctx: Context, pair: Pair) -> bool:
    """Whether train went on to a small part of what it was while validation, far above it, has won nothing for long."""
    at_best, end = pair.gap.train_end + pair.gap.train_fall, pair.gap.train_end
    if not 0 < end <= OF_VALIDATION * pair.gap.val_end or end > ctx.limit(ON) * at_best:
        return False
    y = pair.val.finite[1]
    fall = max(float(y[0]) - pair.turn.best, float(pair.train.finite[1][0]) - end)
    stands = pair.gap.val_net < ctx.limit(STANDS) * max(pair.gap.progress, pair.gap.end)
    return stands and pair.gap.end >= ctx.limit(BEHIND) * fall

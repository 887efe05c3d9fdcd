"""Rises that train and validation share: waves of the weights themselves (for ND104)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.together import together
from nn_doctor.catalogue.base import Threshold
from nn_doctor.catalogue.common.phrases import schedule_of
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.analyzers.together import Together
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

RISES = Threshold("nd104.rises", 0.095, "of the whole fall", 0.0, 5.0, "the second largest common rise; healthy: 0.08")
RISE_LEVEL = Threshold("nd104.rise_level", 0.055, "of the level", 0.0, 1.0, "a smaller rise costs next to nothing")
STANDS_OUT = Threshold("nd104.rises_noise", 1.0, "of what noise draws", 0.0, 10.0, "of twenty points, 1.7 sigma")
AGREE = Threshold("nd104.agree", 1.8, "standard errors", 0.0, 10.0, "two noises of their own agree by accident")
BOTH_FALL = Threshold("nd104.both_fall", 0.4, "of the larger fall", 0.0, 1.0, "else validation turned, or began low")
RISES_THRESHOLDS = (RISES, RISE_LEVEL, STANDS_OUT, AGREE, BOTH_FALL)


def common_rises(ctx: Context, train: Series) -> Together | None:
    """How train and validation rise together, if again and again and by much; None where single batches are all."""
    val, schedule = ctx.objective.val, schedule_of(ctx)
    if val is None or val.goal != "min" or val.axis != train.axis or (schedule is not None and schedule.restarts.size):
        return None
    try:
        found = ctx.of(together, train, val)
    except InsufficientData:
        return None
    large = found.second > ctx.limit(RISES) and found.level > ctx.limit(RISE_LEVEL)
    sure = found.noises > ctx.limit(STANDS_OUT) and found.agree > ctx.limit(AGREE)
    return found if large and sure and found.falls > ctx.limit(BOTH_FALL) else None

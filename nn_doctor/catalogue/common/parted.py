"""A lasting rise of the train loss that ranks show, where straight pieces fit the curve badly (for ND111)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.jumps import LEAST, QUARTER, back_at, jump_at, lost_for, sharpest, width_of
from nn_doctor.analyzers.noise import noise
from nn_doctor.analyzers.separation import separation
from nn_doctor.catalogue.base import Threshold

if TYPE_CHECKING:
    from nn_doctor.analyzers.jumps import Jump
    from nn_doctor.catalogue.base import Context

SHARE = Threshold("nd111.parted", 0.2, "of the progress", 0.05, 10.0, "a lasting rise that ranks show; healthy to 0.13")
SIGMA = Threshold("nd111.parted_sigma", 5.0, "sigma", 2.0, 100.0, "restarts of the rate that nobody logged reach 3")
RATIO = Threshold("nd111.parted_ratio", 1.2, "times the level before", 1.0, 100.0, "healthy drifts 1.04")
LASTS = Threshold("nd111.parted_lasts", 0.1, "of the run", 0.02, 0.9, "for so long it is not won back")
LATE = Threshold("nd111.parted_late", 0.4, "of the progress", 0.05, 10.0, "of one that the end of the log cuts short")
EARLY = Threshold("nd111.parted_early", 0.08, "of the run", 0.0, 0.5, "the first fall is rough")
KEPT = Threshold("nd111.parted_kept", 0.25, "of the rise", 0.05, 1.0, "the end of the log still has so much of it")
GROWN = Threshold("nd111.parted_grown", 1.1, "of the rise", 1.0, 10.0, "what climbs on is divergence")
GONE = Threshold("nd111.parted_gone", 0.75, "of the first level", 0.1, 10.0, "so is what ends this near the start")
ALIKE = 0.5
"""Another separate rise half as high makes it a wave, not an event."""
PARTED_THRESHOLDS = (SHARE, SIGMA, RATIO, LASTS, LATE, EARLY, KEPT, GROWN, GONE)


def parted_rise(ctx: Context, level_share: float, soon: int) -> tuple[Jump, float] | None:
    """The one rise of the train loss that parts its points before from those after, and stays; with its size.

    ``level_share`` of the points are a level, ``soon`` of them sudden.
    """
    y = ctx.train.finite[1]
    found = ctx.of(separation, ctx.train)
    if not found.index.size:
        return None
    top = int(np.argmax(found.rise))
    if np.count_nonzero(found.rise >= ALIKE * found.rise[top]) > 1:
        return None
    width = width_of(y.size, level_share)
    (place,) = sharpest(y, [int(found.index[top])], max(found.width, y.size * found.width // 2048))
    if place < max(LEAST, ctx.limit(EARLY) * y.size):
        return None
    jump = jump_at(y, place, width, soon)
    rise = jump.first - jump.before
    return (jump, rise) if _counts(ctx, jump, rise) and jump.soon - jump.close >= rise / 2 else None


def _counts(ctx: Context, jump: Jump, rise: float) -> bool:
    """Whether the rise is large, stands out, and lasts: a tenth of the run, or to its end if it is larger still."""
    y = ctx.train.finite[1]
    progress = jump.start - min(jump.before, jump.earlier)
    large = progress > 0 and rise >= ctx.limit(SHARE) * progress
    higher = jump.before <= 0 or jump.first >= ctx.limit(RATIO) * jump.before
    clear = rise >= ctx.limit(SIGMA) * QUARTER * ctx.of(noise, ctx.train).step
    left, lost_all = jump.end - jump.before, jump.end >= jump.start - (1 - ctx.limit(GONE)) * progress
    if not (large and higher and clear and ctx.limit(KEPT) * rise <= left <= ctx.limit(GROWN) * rise) or lost_all:
        return False
    lost = lost_for(y, jump.index, back_at(jump.before, jump.first, ctx.limit(KEPT)))
    ends = lost >= y.size - jump.index and rise >= ctx.limit(LATE) * progress
    return lost >= ctx.limit(LASTS) * y.size or ends

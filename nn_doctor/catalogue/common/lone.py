"""One rise of the train loss in a run that falls otherwise, of whatever length (for ND111)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.jumps import QUARTER
from nn_doctor.catalogue.base import Threshold
from nn_doctor.catalogue.common.leap import is_planned
from nn_doctor.catalogue.common.phrases import demand_whole_run

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context

LONE = Threshold("nd111.lone", 5.0, "times the next rise", 1.0, 1e6, "a rise like others is noise; as nd111.apart")
LONE_SHARE = Threshold("nd111.lone_share", 0.4, "of the progress", 0.05, 10.0, "as nd111.large: it is won back")
LONE_LEVEL = Threshold("nd111.lone_level", 0.08, "of the level", 0.0, 10.0, "a smaller one is drift; as nd111.ratio")
AWAY = Threshold("nd111.away", 0.1, "of the run", 0.01, 0.5, "what is won back sooner was a spike")
LEFT = Threshold("nd111.lone_left", 0.25, "of the rise", 0.05, 1.0, "less left is a recovery; as nd111.lasts")
LONE_THRESHOLDS = (LONE, LONE_SHARE, LONE_LEVEL, AWAY, LEFT)
BEFORE, AFTER, SEVERAL = 4, 2, 3
"""Points before it and from it on, at least; and those it must last, unless it lasts to the end."""


def lone_rise(ctx: Context) -> tuple[int, dict[str, float]] | None:
    """(point, what was measured) of the one large step up of a falling train loss, if it takes long to win back.

    A level of several points does not show in a log of few: here a point is its own level, which the smallness of
    all other rises bears out.
    """
    demand_whole_run(ctx, ctx.train)
    x, y = ctx.train.finite[0], ctx.train.finite[1] * QUARTER
    if y.size < BEFORE + AFTER:
        return None
    steps = np.diff(y)
    i = int(np.argmax(steps)) + 1
    rise, progress = float(steps[i - 1]), float(y[0] - y[i - 1])
    if i < BEFORE or y.size - i < AFTER or rise <= 0:
        return None
    beside = np.delete(steps, [k for k in (i - 1, i) if k < steps.size])  # a record may lie in the middle of the rise
    alone = rise >= ctx.limit(LONE) * max(float(beside.max()), 0.0)
    back = np.flatnonzero(y[i:] <= y[i - 1] + ctx.limit(LEFT) * rise)
    away = int(back[0]) if back.size else y.size - i
    lasts = away >= max(SEVERAL, ctx.limit(AWAY) * y.size) or away == y.size - i
    large = max(ctx.limit(LONE_SHARE) * progress, ctx.limit(LONE_LEVEL) * float(y[i - 1])) <= rise
    falls = progress > 0 and float(y[-1]) < float(y[i:-1].max())
    if not (alone and lasts and large and falls) or is_planned(ctx, float(x[i])):
        return None
    return i, {"rise": rise / QUARTER, "x": float(x[i])}

"""A cut of the learning rate that ended a restless plateau (for ND104)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.cuts import cut_drops
from nn_doctor.catalogue.base import Threshold

if TYPE_CHECKING:
    from nn_doctor.analyzers.cuts import CutDrop
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

CUT_SHARE = Threshold("nd104.cut_share", 0.05, "of all progress", 0.02, 1.0, "a smaller drop at a cut is no matter")
CUT_AT = Threshold("nd104.cut_at", 0.3, "of the run", 0.05, 0.9, "a shorter plateau before the cut cost little")
WON = Threshold("nd104.won", 0.4, "of the drop", 0.0, 5.0, "won along the plateau; step decay of healthy runs: 0.42 up")
APART = Threshold("nd104.apart", 0.85, "probability", 0.5, 1.0, "that a point before the cut lies above one after it")
CUT_NOISE = Threshold("nd104.cut_noise", 0.055, "of all progress", 0.0, 1.0, "step decay of a calm plateau is healthy")
CUT_SEEN = Threshold(
    "nd104.cut_seen", 0.04, "of all progress", 0.0, 1.0, "the same, where it ended behind a long plateau"
)
CUT_LONG = Threshold("nd104.cut_long", 24, "points", 6, 1000, "of a plateau whose noise is seen well")
CUT_LEVEL = Threshold("nd104.cut_level", 0.2, "of the level", 0.0, 1.0, "a drop this large; a smaller needs more noise")
CUT_LOUD = Threshold("nd104.cut_loud", 0.08, "of all progress", 0.0, 1.0, "noise beside which a small drop counts too")
CUT_POINTS = Threshold("nd104.cut_points", 16, "points", 6, 1000, "of a plateau; on fewer a small drop is too faint")
CALMED = Threshold(
    "nd104.calmed", 0.25, "of the noise before", 0.0, 1.0, "the noise of batches does not go with the rate"
)
WON_CALMED = Threshold(
    "nd104.won_rough", 1.2, "of the drop", 0.0, 5.0, "as nd104.won, where the cut ended the noise too"
)
CUT_THRESHOLDS = (
    CUT_SHARE,
    CUT_AT,
    WON,
    APART,
    CUT_NOISE,
    CUT_SEEN,
    CUT_LONG,
    CUT_LEVEL,
    CUT_LOUD,
    CUT_POINTS,
    CALMED,
    WON_CALMED,
)


def drop_at_cut(ctx: Context, train: Series) -> CutDrop | None:
    """The largest drop at a cut that ended a restless plateau, or None."""
    rate = ctx.learning_rate
    if rate is None or not rate.finite[1].size:
        return None
    told = [drop for drop in ctx.of(cut_drops, train, rate) if _tells(ctx, drop)]
    return max(told, key=lambda drop: drop.share, default=None)


def _tells(ctx: Context, drop: CutDrop) -> bool:
    """Whether a drop at a cut is large, sudden and clear of the noise, and the plateau before it restless."""
    if drop.at < ctx.limit(CUT_AT) or drop.share < ctx.limit(CUT_SHARE) or drop.apart < ctx.limit(APART):
        return False
    large = drop.of_level > ctx.limit(CUT_LEVEL)
    faint = not large and drop.points < ctx.limit(CUT_POINTS)
    calmed = large and drop.calmed < ctx.limit(CALMED)
    seen = calmed and drop.points > ctx.limit(CUT_LONG)
    restless = drop.noise > ctx.limit(CUT_SEEN if seen else CUT_NOISE if large else CUT_LOUD)
    return restless and not faint and drop.won < (ctx.limit(WON_CALMED) if calmed else ctx.limit(WON))

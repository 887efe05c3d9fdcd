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
WON = Threshold("nd104.won", 0.5, "of the drop", 0.0, 5.0, "won along the plateau; step decay of healthy runs: 0.42 up")
APART = Threshold("nd104.apart", 0.85, "probability", 0.5, 1.0, "that a point before the cut lies above one after it")
CUT_LEVEL = Threshold("nd104.cut_level", 0.2, "of the level", 0.0, 1.0, "a drop this large; a smaller needs more noise")
CUT_ALL = Threshold(
    "nd104.cut_all", 0.25, "of all that was ever won", 0.05, 1.0, "step decay brings a tenth, behind a long fall"
)
CUT_SOME = Threshold("nd104.cut_some", 0.15, "of all that was ever won", 0.0, 1.0, "the same, behind a loud plateau")
CUT_NOISE = Threshold("nd104.cut_noise", 0.055, "of all progress", 0.0, 1.0, "step decay of a calm plateau is healthy")
CUT_LOUD = Threshold("nd104.cut_loud", 0.08, "of all progress", 0.0, 1.0, "noise beside which a small drop counts too")
CUT_WILD = Threshold("nd104.cut_wild", 0.15, "of all progress", 0.0, 1.0, "bounces that outdo what else was won")
CUT_POINTS = Threshold("nd104.cut_points", 16, "points", 6, 1000, "of a plateau; on fewer a small drop is too faint")
CUT_EXPECTED = Threshold(
    "nd104.cut_expected", 0.75, "of the drop", 0.0, 10.0, "what a steady fall before it explains: no plateau was ended"
)
HALF = 0.5
"""Of all that was ever won: then no more along the plateau than at the cut will do."""
OTHER_LOSS = 0.98
"""Of the level: what drops to a fiftieth at once is measured in another way from there on."""
CUT_THRESHOLDS = (
    *(CUT_SHARE, CUT_AT, WON, APART, CUT_LEVEL),
    *(CUT_ALL, CUT_SOME, CUT_NOISE, CUT_LOUD, CUT_WILD, CUT_POINTS, CUT_EXPECTED),
)


def drop_at_cut(ctx: Context, train: Series) -> CutDrop | None:
    """The largest drop at a cut that ended a plateau on which the steps were too long, or None."""
    rate = ctx.learning_rate
    if rate is None or not rate.finite[1].size:
        return None
    told = [drop for drop in ctx.of(cut_drops, train, rate) if _tells(ctx, drop)]
    return max(told, key=lambda drop: drop.share, default=None)


def is_restless(ctx: Context, drop: CutDrop) -> bool:
    """Whether the plateau before a large drop was noisy beside all progress."""
    return drop.noise > ctx.limit(CUT_NOISE)


def _tells(ctx: Context, drop: CutDrop) -> bool:
    """Whether a drop is sudden and beyond what the time before brought, and more than what step decay always brings.

    That is: a good part of all that the run ever won, more than the whole plateau; or the end of a restless plateau.
    """
    if drop.at < ctx.limit(CUT_AT) or drop.share < ctx.limit(CUT_SHARE) or drop.apart < ctx.limit(APART):
        return False
    if drop.of_level > OTHER_LOSS:
        return False
    large = drop.of_level > ctx.limit(CUT_LEVEL)
    if drop.won > ctx.limit(WON):
        return (
            large
            and drop.won < 1
            and drop.expected < ctx.limit(CUT_EXPECTED)
            and (drop.of_all > HALF or drop.noise > ctx.limit(CUT_WILD))
        )
    if drop.of_all > ctx.limit(CUT_ALL):
        return True
    faint = drop.noise > ctx.limit(CUT_LOUD) and drop.points >= ctx.limit(CUT_POINTS)
    return is_restless(ctx, drop) if large else faint and drop.of_all > ctx.limit(CUT_SOME)

"""Whether a rise of the train loss is one of several alike, and so the training's own way of moving (for ND111)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.jumps import rises_like
from nn_doctor.catalogue.base import Threshold

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context

AGAIN = Threshold("nd111.again", 0.5, "of the rise", 0.05, 1.0, "of 106 jumps none had a rise above 0.44 elsewhere")
OTHERS = Threshold("nd111.others", 2, "rises", 1, 1000, "a run may be resumed badly twice; waves come more often")
AGAIN_THRESHOLDS = (AGAIN, OTHERS)


def comes_again(ctx: Context, i: int, width: int) -> bool:
    """Whether the level of the train loss rises by about as much, as at its point i, in several other places."""
    return rises_like(ctx.train.finite[1], i, width, ctx.limit(AGAIN)) >= ctx.limit(OTHERS)

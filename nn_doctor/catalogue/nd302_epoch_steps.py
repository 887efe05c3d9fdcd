"""ND302 epoch-steps (note): the train loss falls in steps at the borders of epochs.

What it looks for
-----------------
The train loss by steps, folded at the length of an epoch: the share of its fall won at the borders of epochs, against
that won inside them.

Why it matters
--------------
A loss that drops when samples are seen again is memorising them: train and validation are about to part.

When it is not this
-------------------
Usual when a large model is fine-tuned on few samples, and harmless if the validation loss still falls. A mean over the
epoch so far that starts anew at each border, or a rate cut there, makes steps too.

Fixes
-----
Watch the validation loss from epoch to epoch, train for fewer epochs, get more data or augment them.

References
----------
J. Howard and J. Whitaker, "Can LLMs learn from a single example?" (2023).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.periodicity import folded
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.nd301_unshuffled_data import epoch_length
from nn_doctor.catalogue.phrases import schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.periodicity import Folded
    from nn_doctor.catalogue.base import Context

STAIRS = Threshold("nd302.stairs", 0.6, "of the fall", 0.2, 10.0, "small real trainings: 0.7 and more, healthy to 0.55")
DOWN = Threshold("nd302.down", 0.8, "of the borders", 0.5, 1.0, "nearly every border must go down")
STEADY = Threshold("nd302.steady", 2.0, "standard errors", 1.0, 100.0, "steps shrink as the loss does; chance is below")
FALL = Threshold("nd302.fall", 0.1, "of the level", 0.0, 1.0, "set by judgement: smaller steps mean little")
BORDERS = Threshold("nd302.borders", 3, "borders", 2, 100, "set by judgement: fewer are no staircase")
SCORE = 0.65


def check(ctx: Context) -> Finding | Clear:
    """Most of the fall at the borders of epochs, at nearly every one."""
    train = ctx.train
    if train.averaged_over is not None:
        raise InsufficientData("the train loss is a mean over each epoch")
    length = epoch_length(ctx, train)
    if length is None:
        raise InsufficientData("the batches per epoch are not known (--batches-per-epoch N)")
    found = ctx.of(folded, train, period=length)
    if found.border_drop.size < ctx.limit(BORDERS):
        raise InsufficientData(f"{found.border_drop.size} borders of epochs; stairs need {ctx.limit(BORDERS):g}")
    down, steady = float((found.border_drop > 0).mean()), _steadiness(found)
    level = float(np.median(np.abs(train.finite[1])))
    measured = {"staircase": found.staircase, "down": down, "steady": steady}
    stairs = found.staircase >= ctx.limit(STAIRS) and found.total_fall > ctx.limit(FALL) * level
    if not stairs or down < ctx.limit(DOWN) or steady < ctx.limit(STEADY):
        return Clear("the fall is not won at the borders of epochs", measured)
    schedule = schedule_of(ctx)
    if schedule is not None and (schedule.cuts.size or schedule.restarts.size):
        return Clear("the learning rate was changed at places in the run", measured)
    return _finding(ctx, found, measured)


def _steadiness(found: Folded) -> float:
    """The mean drop over a border in its standard errors (0 where there is no spread to tell)."""
    drop = found.border_drop
    size = float(np.abs(drop).max())
    spread = float((drop / size).std(ddof=1)) if size > 0 and drop.size > 1 else 0.0
    return float((drop / size).mean()) * math.sqrt(drop.size) / spread if spread > 0 else 0.0


def _finding(ctx: Context, found: Folded, measured: dict[str, float]) -> Finding:
    train = ctx.train
    drop = float(np.median(found.border_drop))
    text = (
        f"{train.name} drops by {drop:.3g} (median) at {measured['down']:.0%} of {found.border_drop.size} epoch borders"
    )
    share = f"the borders make {min(found.staircase, 9.99):.0%} of the fall, the epochs themselves the rest"
    return Finding(
        score=SCORE,
        summary="the train loss falls in steps at the borders of epochs",
        evidence=(
            Evidence(text, train.name, span_of(train), measured["down"], ctx.limit(DOWN)),
            Evidence(share, train.name, None, found.staircase, ctx.limit(STAIRS)),
        ),
        causes=("samples are memorised: each is cheaper the second time", "few samples for the size of the model"),
        fixes=(
            "look at the validation loss per epoch, and stop where it turns",
            "fewer epochs, more or augmented data, a smaller learning rate",
        ),
        series=(train,),
        span=span_of(train),
        measured=measured,
    )


RULE = Rule(
    code="ND302",
    slug="epoch-steps",
    severities=("note",),
    needs="a train loss by steps over 4 epochs, and the batches per epoch (--batches-per-epoch N)",
    check=check,
    thresholds=(STAIRS, DOWN, STEADY, FALL, BORDERS),
    yields_to=("ND101", "ND102", "ND103", "ND301"),
)

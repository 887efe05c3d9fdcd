"""ND302 epoch-steps (note): the train loss falls in steps at the borders of epochs.

What it looks for
-----------------
The train loss by steps, a straight line through each epoch: the gaps between the lines at the borders, how many of them
go down, and what share of its fall they make. Where the length of an epoch is not known, all lengths that make 3 to 24
borders are tried; the gaps must then stand out that much more, and more than those of any stairs that go up.

Why it matters
--------------
A loss that drops when samples are seen again is memorising them: train and validation are about to part.

When it is not this
-------------------
Usual when a large model is fine-tuned on few samples, and harmless if the validation loss still falls. A mean over the
epoch so far that starts anew at each border makes steps too. Rates cut, or restarted, in the log are left out; cuts
are few and seldom evenly spaced, restarts lift the loss.

Fixes
-----
Watch the validation loss from epoch to epoch, train for fewer epochs, get more data or augment them.

References
----------
J. Howard and J. Whitaker, "Can LLMs learn from a single example?" (2023).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.stairs import stairs
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.phrases import schedule_of, span_of
from nn_doctor.catalogue.nd301_unshuffled_data import epoch_length
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.stairs import Stairs
    from nn_doctor.catalogue.base import Context

STAIRS = Threshold("nd302.stairs", 0.5, "of the fall", 0.2, 10.0, "small real trainings: 0.6 and more")
MOST = Threshold("nd302.most", 2.0, "of the fall", 1.0, 1000.0, "a loss that climbs half of it back is ND301's")
DOWN = Threshold("nd302.down", 0.8, "of the borders", 0.5, 1.0, "nearly every border must go down")
STEADY = Threshold("nd302.steady", 2.0, "standard errors", 1.0, 100.0, "steps shrink as the loss does; chance is below")
FALL = Threshold("nd302.fall", 0.1, "of the level", 0.0, 1.0, "set by judgement: smaller steps mean little")
BORDERS = Threshold("nd302.borders", 3, "borders", 2, 100, "set by judgement: fewer are no staircase")
Z = Threshold("nd302.z", 3.4, "sigma", 1.0, 100.0, "where an epoch's length is known: one chance in 3000")
SOUGHT = Threshold("nd302.sought", 4.5, "sigma", 3.0, 100.0, "the best of all lengths; noise on smooth falls 4.1")
KNOWN, GUESSED = 0.65, 0.6


def check(ctx: Context) -> Finding | Clear:
    """Most of the fall at the borders of epochs, at nearly every one."""
    train = ctx.train
    if train.averaged_over is not None:
        raise InsufficientData("the train loss is a mean over each epoch")
    length = epoch_length(ctx, train)
    if length is None and train.axis != "step":
        raise InsufficientData("the train loss is not logged by steps")
    found = ctx.of(stairs, train, period=length or 0.0, down=ctx.limit(DOWN), steady=ctx.limit(STEADY))
    if found.drops.size < ctx.limit(BORDERS):
        raise InsufficientData(f"{found.drops.size} borders of epochs; stairs need {ctx.limit(BORDERS):g}")
    level = median(np.abs(train.finite[1]))
    measured = {"staircase": found.share, "down": found.down, "steady": found.steady, "z": found.z, "up": found.up}
    stepped = ctx.limit(STAIRS) <= found.share <= ctx.limit(MOST) and found.fall > ctx.limit(FALL) * level
    regular = found.down >= ctx.limit(DOWN) and found.steady >= ctx.limit(STEADY)
    least = ctx.limit(Z) if length is not None else max(ctx.limit(SOUGHT), found.up)
    if not stepped or not regular or found.z < least:
        return Clear("the fall is not won at the borders of epochs", measured)
    schedule = schedule_of(ctx)
    if schedule is not None and (schedule.cuts.size or schedule.restarts.size):
        return Clear("the learning rate was changed at places in the run", measured)
    return _finding(ctx, found, length is not None, measured)


def _finding(ctx: Context, found: Stairs, known: bool, measured: dict[str, float]) -> Finding:
    train = ctx.train
    every = "epoch borders" if known else f"borders {found.length:g} steps apart (an epoch?)"
    text = f"{train.name} drops by {median(found.drops):.3g} (median) at {found.down:.0%} of {found.drops.size} {every}"
    share = f"the borders make {min(found.share, 9.99):.0%} of the fall, the epochs themselves the rest"
    where = "at the borders of epochs" if known else f"every {found.length:g} steps, as at the borders of epochs"
    return Finding(
        score=KNOWN if known else GUESSED,
        summary=f"the train loss falls in steps {where}",
        evidence=(
            Evidence(text, train.name, span_of(train), found.down, ctx.limit(DOWN)),
            Evidence(share, train.name, None, found.share, ctx.limit(STAIRS)),
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
    needs="a train loss by steps over 4 epochs",
    check=check,
    thresholds=(STAIRS, MOST, DOWN, STEADY, FALL, BORDERS, Z, SOUGHT),
    yields_to=("ND101", "ND102", "ND103", "ND301"),
)

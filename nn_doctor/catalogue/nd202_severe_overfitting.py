"""ND202 severe-overfitting (critical): validation turned and climbed far while train went on falling.

What it looks for
-----------------
Judged at the end of the run: the validation loss lies a fifth or more above its best level, a good part of all
progress is lost, the rise stands out of the noise, and train went on falling after validation's best point.

Why it matters
--------------
The last checkpoint is much worse than one the run already had, and most of the compute made it so.

When it is not this
-------------------
One bad evaluation at the end is not a climb: levels are running medians. Near zero a loss may double and mean
nothing: the rise is also held against all progress. If the validation metric still improves, the model is growing
over-confident rather than worse: see ND206.

Fixes
-----
Restore the best checkpoint and stop early next time; then regularise, add data, or shrink the model.

References
----------
L. Prechelt, "Early stopping — but when?" (1998): a generalisation loss of 20 %.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.generalisation import climbs, jumped, learnt_by_heart, pair_of
from nn_doctor.catalogue.common.phrases import at, span_of
from nn_doctor.catalogue.nd201_overfitting import evidence_of, fixes_of
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.catalogue.common.generalisation import Pair

RISE = Threshold("nd202.rise", 0.2, "of the best level", 0.05, 5.0, "Prechelt's generalisation loss; labels follow it")
TURNED = Threshold("nd202.turned", 0.2, "of best and progress", 0.05, 5.0, "near zero the rise alone means little")
NOISE = Threshold("nd202.noise", 4.0, "standard errors", 1.0, 100.0, "the rise must stand out of validation's noise")
EARLY = Threshold("nd202.early", 0.8, "of the run", 0.2, 1.0, "a turn in the last fifth has not climbed for long")
LONG = Threshold("nd202.long", 21, "validation points", 8, 10000, "a trend through fewer proves little")
CHANCE = Threshold("nd202.chance", 1e-6, "probability", 0.0, 0.05, "neighbours are alike: trends come easily")
SHORT = Threshold("nd202.short", 8, "validation points", 6, 10000, "enough where train has learnt its samples by heart")
LIKELY = Threshold("nd202.likely", 0.01, "probability", 0.0, 0.2, "then a weaker trend will do")
ENOUGH = Threshold("nd202.enough", 10, "validation points", 4, 1000, "fewer leave some doubt")
POINTS = Threshold("nd202.points", 6, "validation points", 4, 100, "fewer show no trend")
CLEAR_CUT, SCORE = 0.95, 0.8
FAR, TWICE = 1.5, 2
"""Times the limits of the turn and of its noise: beyond these it is clear-cut."""


def check(ctx: Context) -> Finding | Clear:
    """A long climb of the validation loss after its best point."""
    pair = pair_of(ctx)
    turn = pair.turn
    if pair.maximise:
        raise InsufficientData("no validation loss in the log (--map 'NAME=loss/val' names one)")
    if turn.points < ctx.limit(POINTS):
        raise InsufficientData(
            f"{turn.points} validation points, {ctx.limit(POINTS):g} are needed", int(ctx.limit(POINTS))
        )
    rise = turn.relative if turn.best > 0 else turn.share
    measured = {"rise": rise, "turned": pair.turned, "z": turn.z, "best_at": turn.at}
    if rise < ctx.limit(RISE) or pair.turned < ctx.limit(TURNED) or not _stands_out(ctx, pair):
        return Clear("validation has not climbed far above its best level", measured)
    if not pair.train_went_on or turn.position > ctx.limit(EARLY):
        return Clear("train did not go on falling after validation's best point, or only just", measured)
    if jumped(ctx, pair):
        return Clear("validation turns where the train loss jumps: what comes after is another training", measured)
    return _finding(ctx, rise, measured)


def _stands_out(ctx: Context, pair: Pair) -> bool:
    """Whether the climb stands out of the noise: its two ends, or its trend over all of its points."""
    if pair.turn.z >= ctx.limit(NOISE):
        return True
    if climbs(pair, int(ctx.limit(LONG)), ctx.limit(CHANCE)):
        return True
    return learnt_by_heart(pair) and climbs(pair, int(ctx.limit(SHORT)), ctx.limit(LIKELY))


def _finding(ctx: Context, rise: float, measured: dict[str, float]) -> Finding:
    pair = pair_of(ctx)
    val, turn = pair.val, pair.turn
    clear_cut = (
        turn.points >= ctx.limit(ENOUGH) and pair.turned > FAR * ctx.limit(TURNED) and turn.z > TWICE * ctx.limit(NOISE)
    )
    return Finding(
        score=CLEAR_CUT if clear_cut else SCORE,
        summary=f"{val.name} has climbed by {rise:.0%} since {at(val, pair.best_x)}; {pair.train.name} went on falling",
        evidence=evidence_of(pair, ctx.limit(TURNED)),
        causes=(
            f"trained {1 - turn.position:.0%} of the run past the best point",
            "too much capacity for the data, or no regularisation",
        ),
        fixes=fixes_of(ctx, pair),
        series=(pair.train, val),
        span=span_of(val, pair.best_x),
        measured=measured,
    )


RULE = Rule(
    code="ND202",
    slug="severe-overfitting",
    severities=("critical",),
    needs="a train and a validation loss, 6 validation points or more",
    check=check,
    thresholds=(RISE, TURNED, NOISE, EARLY, POINTS, ENOUGH, LONG, CHANCE, SHORT, LIKELY),
    yields_to=("ND102", "ND103", "ND101", "ND405"),
    live=True,
)

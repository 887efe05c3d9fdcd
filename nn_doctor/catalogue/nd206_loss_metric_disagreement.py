"""ND206 loss-metric-disagreement (warning): the validation loss and a validation metric go different ways.

What it looks for
-----------------
After its best point the validation loss rises clearly, while the metric beside it (accuracy, F1 …) goes on improving,
by a good part of all it ever gained. Or the reverse: the loss goes on falling while a share of what is right (accuracy,
F1, IoU, Dice …) loses two fifths of its best and more; or it falls to a seventh and less while an error that is not the
loss (a relative error, say) never gets better than it was at first. Or the loss loses a quarter of its height (after
the first tenth of the run, but for errors and R²), and a metric far from its best value is never better than at first.

Why it matters
--------------
Stopping by the loss would give away the better model by the metric; the probabilities, though, are over-confident. In
the reverse case what is optimised is not what is wanted: all pixels called background, an equation solved by nothing.

When it is not this
-------------------
If the metric falls as the loss rises, it is overfitting (ND201, ND202). A metric near its best value may stand
still: metrics saturate.

Fixes
-----
Choose checkpoints by the metric you care about; calibrate (temperature scaling), use label smoothing. In the reverse
case weight the rare class, or optimise the metric itself (Dice, focal loss); check which terms the loss lacks.

References
----------
Guo et al., "On Calibration of Modern Neural Networks" (2017). F. Milletari et al., "V-Net" (2016), on Dice for few
pixels. A. Krishnapriyan et al., "Characterizing possible failure modes in physics-informed neural networks" (2021).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.agreement import agreement
from nn_doctor.analyzers.best import best
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.generalisation import creeps, pair_of
from nn_doctor.catalogue.common.left_behind import LEFT_BEHIND, judged_metrics, left_behind
from nn_doctor.catalogue.common.phrases import at, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context

RISE = Threshold("nd206.rise", 0.06, "of the best loss", 0.0, 5.0, "a rise that counts as overfitting by the loss")
NOISE = Threshold("nd206.noise", 4.0, "standard errors", 1.0, 100.0, "the rise must stand out of the noise")
GAIN = Threshold("nd206.gain", 0.06, "of the metric's gain", 0.0, 1.0, "a smaller gain may be luck")
LOST = Threshold("nd206.lost", 0.03, "of all progress", 0.0, 1.0, "near zero the rise alone means little")
FELL = Threshold("nd206.fell", 0.03, "of the first loss", 0.0, 0.5, "a loss that never came down has not been best")
OPPOSED = Threshold("nd206.opposed", -0.5, "rank correlation", -1.0, 0.0, "the two improve against each other")
LIKELY = 0.7


def check(ctx: Context) -> Finding | Clear:
    """Overconfidence first, then metrics that are given up or never learnt while the loss falls."""
    others = judged_metrics(ctx)
    try:
        usual = _overconfident(ctx)
    except InsufficientData:
        if not others:
            raise
        usual = None
    if isinstance(usual, Finding):
        return usual
    for series in others:
        found = left_behind(ctx, series)
        if found is not None:
            return found
    return usual or Clear("loss and metrics agree")


def _overconfident(ctx: Context) -> Finding | Clear:
    """The two curves after the loss's best point."""
    val, metric = ctx.val, ctx.objective.metric_val
    if metric is None or metric.axis != val.axis or metric.goal == "none":
        raise InsufficientData("no validation metric beside the validation loss")
    maximise = metric.goal == "max"
    turn = ctx.of(best, val)
    both = ctx.of(agreement, val, metric, maximise=maximise)
    own = ctx.of(best, metric, maximise=maximise)
    gain = (both.after - both.before) * (1 if maximise else -1)
    share = gain / own.progress if own.progress > 0 else 0.0
    measured = {"rise": turn.relative, "z": turn.z, "gain": share, "late": both.late}
    rises = (
        turn.best > 0
        and turn.relative >= ctx.limit(RISE)
        and turn.z >= ctx.limit(NOISE)
        and turn.share > ctx.limit(LOST)
        and turn.best < (1 - ctx.limit(FELL)) * float(val.finite[1][0])
        and not _creeps(ctx)
    )
    if not rises or share < ctx.limit(GAIN) or both.late > ctx.limit(OPPOSED):
        return Clear("loss and metric agree", measured)
    where = at(val, turn.at)
    return Finding(
        score=LIKELY,
        summary=f"{val.name} rises after {where} while {metric.name} still improves",
        evidence=(
            Evidence(
                f"{val.name} was best at {where} ({turn.best:.4g}) and ends at {turn.end:.4g}",
                val.name,
                span_of(val, turn.at),
                turn.relative,
                ctx.limit(RISE),
            ),
            Evidence(f"{metric.name} goes from {both.before:.4g} there to {both.after:.4g}", metric.name, None, share),
        ),
        causes=("over-confidence: wrong answers are given with ever more certainty", "the loss is a poor proxy"),
        fixes=(
            "choose checkpoints by the metric, not by the loss",
            "calibrate the probabilities (temperature scaling), or train with label smoothing",
        ),
        series=(val, metric),
        span=span_of(val, turn.at),
        measured=measured,
    )


def _creeps(ctx: Context) -> bool:
    """Whether the rise is a trifle of all that was won, by which one or two samples may have changed sides."""
    try:
        return creeps(ctx, pair_of(ctx))
    except InsufficientData:
        return False


RULE = Rule(
    code="ND206",
    slug="loss-metric-disagreement",
    severities=("warning",),
    needs="a validation metric with 8 common points or more beside the validation loss",
    check=check,
    thresholds=(RISE, NOISE, GAIN, FELL, OPPOSED, LOST, *LEFT_BEHIND),
    yields_to=("ND101", "ND102", "ND103", "ND104", "ND405"),
    explained_by=("ND406",),
)

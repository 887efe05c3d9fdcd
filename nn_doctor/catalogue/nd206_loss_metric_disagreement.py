"""ND206 loss-metric-disagreement (warning): the validation loss worsens while the validation metric improves.

What it looks for
-----------------
After its best point the validation loss rises clearly, while the metric beside it (accuracy, F1 …) goes on improving,
by a good part of all it ever gained.

Why it matters
--------------
Stopping by the loss would give away the better model by the metric; the probabilities, though, are over-confident.

When it is not this
-------------------
If the metric falls too, it is overfitting (ND201, ND202). The reverse, a loss that improves while the metric stands
still, is not judged: metrics saturate and jump for many harmless reasons.

Fixes
-----
Choose checkpoints by the metric you care about; calibrate (temperature scaling), use label smoothing.

References
----------
Guo et al., "On Calibration of Modern Neural Networks" (2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.agreement import agreement
from nn_doctor.analyzers.best import best
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.phrases import at, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context

RISE = Threshold("nd206.rise", 0.1, "of the best loss", 0.0, 5.0, "a rise that counts as overfitting by the loss")
NOISE = Threshold("nd206.noise", 4.0, "standard errors", 1.0, 100.0, "the rise must stand out of the noise")
GAIN = Threshold("nd206.gain", 0.1, "of the metric's gain", 0.0, 1.0, "a smaller gain may be luck")
LOST = Threshold("nd206.lost", 0.05, "of all progress", 0.0, 1.0, "near zero the rise alone means little")
OPPOSED = Threshold("nd206.opposed", -0.5, "rank correlation", -1.0, 0.0, "the two improve against each other")


def check(ctx: Context) -> Finding | Clear:
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
    )
    if not rises or share < ctx.limit(GAIN) or both.late > ctx.limit(OPPOSED):
        return Clear("loss and metric agree", measured)
    where = at(val, turn.at)
    return Finding(
        score=0.7,
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


RULE = Rule(
    code="ND206",
    slug="loss-metric-disagreement",
    severities=("warning",),
    needs="a validation loss and a validation metric with 8 common points or more",
    check=check,
    thresholds=(RISE, NOISE, GAIN, OPPOSED, LOST),
    yields_to=("ND101", "ND102", "ND103"),
)

"""A leap of the validation loss alone, and what plans a leap (for ND111)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.jumps import QUARTER, leap
from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.base import Finding, Threshold
from nn_doctor.catalogue.common.phrases import at, schedule_of, span_of
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

NEAR = Threshold("nd111.near", 0.03, "of the run", 0.0, 0.5, "set by judgement: as near as this a restart explains it")
EVALUATIONS = Threshold("nd111.evaluations", 12, "evaluations", 12, 1000, "fewer do not show what its noise is")
APART = Threshold("nd111.apart", 5.0, "times the next rise", 1.0, 1e6, "validation: a rise like others is its noise")
OF_PROGRESS = Threshold("nd111.of_progress", 0.5, "of the progress", 0.05, 100.0, "validation: nothing smaller counts")
HIGHER = Threshold("nd111.higher", 1.5, "times the level before", 1.0, 100.0, "validation: nothing smaller counts")
STAYS = Threshold("nd111.stays", 0.5, "of the rise", 0.0, 1.0, "validation: all later points stay above earlier ones")
SPIKE = Threshold("nd111.val_spike", 5.0, "times the rise", 1.0, 1e6, "validation: what a spike leaves behind is none")
VALIDATION_THRESHOLDS = (NEAR, EVALUATIONS, APART, OF_PROGRESS, HIGHER, STAYS, SPIKE)
SCORE = 0.75


def of_validation(ctx: Context) -> Finding | None:
    """A leap of the validation loss that stands apart from all its other steps, and stays."""
    val = ctx.objective.val
    if val is None or val.goal != "min":
        return None
    x, y = val.finite
    if y.size < ctx.limit(EVALUATIONS) or _train_is_lost(ctx):
        return None
    found = ctx.of(leap, val)
    rise, progress = found.after - found.before, found.start - found.before
    apart = found.step >= ctx.limit(APART) * found.other and found.step <= ctx.limit(SPIKE) * rise
    large = progress > 0 and rise > ctx.limit(OF_PROGRESS) * progress
    higher = found.before <= 0 or found.after >= ctx.limit(HIGHER) * found.before
    stays = found.low > found.high + ctx.limit(STAYS) * rise
    where = float(x[found.index])
    if not (apart and large and higher and stays) or (val.axis == ctx.train.axis and is_planned(ctx, where)):
        return None
    return _validation_finding(ctx, val, found.index, rise / QUARTER)


def _train_is_lost(ctx: Context) -> bool:
    """Whether the train loss, too, ends far above its best level: then validation does not jump alone."""
    found = ctx.of(shape, ctx.train)
    return found.fall > 0 and found.end - found.low > ctx.limit(OF_PROGRESS) * found.fall


def is_planned(ctx: Context, x: float) -> bool:
    """Whether a restart of the rate, or another run in the same file, lies there."""
    train_x = ctx.train.finite[0]
    near = ctx.limit(NEAR) * float(train_x[-1] - train_x[0])
    schedule, rate = schedule_of(ctx), ctx.learning_rate
    same = schedule is not None and rate is not None and rate.axis == ctx.train.axis
    if same and schedule is not None and schedule.restarts.size and np.abs(schedule.restarts - x).min() <= near:
        return True
    return any(r.kind == "new run" and abs(r.x_after - x) <= near for r in ctx.run.restarts)


def _validation_finding(ctx: Context, val: Series, i: int, rise: float) -> Finding:
    x, y = val.finite
    where = at(val, float(x[i]))
    text = f"{val.name} was at {y[i - 1]:.4g} before {where}, jumps to {y[i]:.4g} and is at {y[-1]:.4g} at the end"
    return Finding(
        score=SCORE,
        summary=f"the validation loss jumps up at {where} and stays up, the train loss does not",
        evidence=(Evidence(text, val.name, span_of(val, float(x[i - 1]), float(x[i])), rise),),
        causes=(
            "data, preprocessing or mode of the evaluation changed there",
            "the weights were thrown to a place that only fits the training data",
        ),
        fixes=(
            f"compare code, data and settings before and after {where}",
            f"evaluate the checkpoints before and after {where} with the same code and data",
        ),
        series=(val, ctx.train),
        span=span_of(val, float(x[i])),
        measured={"rise": rise, "x": float(x[i])},
    )

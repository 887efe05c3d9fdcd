"""A loss that falls while a metric beside it does not follow: given up, never better than at first, or never learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.best import best
from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Finding, Threshold
from nn_doctor.catalogue.common.phrases import at, span_of
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

CLEAR = Threshold("nd206.clear", 3.0, "standard errors", 1.0, 100.0, "half of a metric is lost beyond its noise")
GIVEN_UP = Threshold("nd206.given_up", 0.4, "of the metric's best", 0.1, 1.0, "no noise of a metric costs so much")
BETTER = Threshold("nd206.better", 0.12, "of the loss", 0.0, 1.0, "the loss improved meanwhile, beyond doubt")
SOLVED = Threshold(
    "nd206.solved", 0.15, "of the first loss", 0.0, 0.5, "a loss that low has been solved (alone: its square)"
)
NEVER = Threshold("nd206.never", 0.05, "of the first error", 0.0, 0.5, "an error that never got lower by more")
STANDS = Threshold(
    "nd206.stands", 0.025, "of the way to its best value", 0.0, 0.5, "a metric that has won no more has won nothing"
)
TIED = Threshold(
    "nd206.tied", 0.1, "of the way to its best value", 0.0, 0.5, "a squared error lost a third: others lose a sixth"
)
LATE = Threshold("nd206.late", 0.23, "of the loss", 0.0, 1.0, "so much was learnt meanwhile")
LEFT_BEHIND = (GIVEN_UP, CLEAR, BETTER, SOLVED, NEVER, STANDS, TIED, LATE)
PERCENT = 1.5
ROOM = 0.3
"""Of the scale: with less room above it a score may be saturated already."""
RESIDUALS = frozenset({"mae", "mse", "rmse", "mape", "smape", "r2"})
"""Computed from the same differences as the loss: they move with it, its first fall included."""
SHARES = frozenset({"accuracy", "f1", "recall", "precision", "iou", "dice", "map", "exact_match", "hits"})
"""Scores whose worst is 0."""
HEAD, TENTH = 3, 10
POINTS = 1 + 2 * HEAD
"""The first value, and twice as many after it as make a level."""
SURE, LIKELY = 0.75, 0.7
BY_HAND = "compute the metric on a few samples by hand, the threshold of a positive answer included"


def judged_metrics(ctx: Context) -> list[Series]:
    """Validation metrics with a direction, evaluated often enough, on the axis of the loss."""
    return [series for series in ctx.run.series if _is_judged(series, ctx)]


def left_behind(ctx: Context, metric: Series) -> Finding | None:
    """What is found where the loss falls and one of these metrics does not get better with it."""
    return _given_up(ctx, metric) or _never_learnt(ctx, metric) or _stands(ctx, metric)


def _is_judged(series: Series, ctx: Context) -> bool:
    loss = _loss(ctx)
    if loss is None or series.role != "metric" or series.goal == "none" or series.axis != loss.axis:
        return False
    return series.split in {"val", "test"} and series.finite[1].size >= POINTS


def _loss(ctx: Context) -> Series | None:
    """The validation loss, or the train loss where there is none."""
    return next((s for s in (ctx.objective.val, ctx.objective.train) if s is not None and s.goal == "min"), None)


def _given_up(ctx: Context, metric: Series) -> Finding | None:
    """A score that loses most of its best, or an error that grows by half, while the loss goes on falling.

    Of a train loss alone this is said only where nothing is left of the score: less may be overfitting.
    """
    loss = _loss(ctx)
    falls = metric.goal == "min" and loss is ctx.objective.val
    if loss is None or not (falls or (metric.metric in SHARES and metric.goal == "max")):
        return None
    own = ctx.of(best, metric, maximise=not falls)
    limit = ctx.limit(GIVEN_UP) if loss is ctx.objective.val else 1 - ctx.limit(NEVER)
    if own.best <= 0 or own.relative < limit or own.z < ctx.limit(CLEAR):
        return None
    before, after = _level_at(loss, own.at), ctx.of(best, loss).end
    if not 0 < after <= (1 - ctx.limit(BETTER)) * before:
        return None
    where = at(metric, own.at)
    text = f"{metric.name} was best at {where} ({own.best:.4g}) and ends at {own.end:.4g}"
    texts = (text, f"{loss.name} goes from {before:.4g} there to {after:.4g}")
    summary = f"{metric.name} is given up after {where} while {loss.name} still falls"
    fixes = ("weight the rare class, or add the metric to the loss (Dice, focal loss)", BY_HAND)
    return _opposed(loss, metric, (summary, *texts), fixes, own.relative, own.at)


def _stands(ctx: Context, metric: Series) -> Finding | None:
    """A metric far from its best value and never better than at first, though the loss of the same data falls."""
    loss = ctx.objective.val
    if loss is None or loss is metric or loss.goal != "min" or loss.finite[1].size < POINTS:
        return None
    y, losses = metric.finite[1], loss.finite[1]
    tied = metric.metric in RESIDUALS
    began = losses[0] if tied else min(losses[0], losses[max(1, losses.size // TENTH)])
    ends = median(losses[-max(1, losses.size // TENTH) :])
    up = metric.goal == "max"
    scale = (100.0 if float(y.max()) > PERCENT else 1.0) if up else float(y[0])
    room = scale - y[0] if up else y[0]
    if (
        (up and metric.metric not in SHARES | RESIDUALS)
        or room < ROOM * scale
        or not 0 < ends <= (1 - ctx.limit(LATE)) * began
    ):
        return None
    parts = [median(part) for part in np.array_split(y[1:], max(2, min(6, y.size // HEAD)))]
    top = max(parts) if up else min(parts)
    won = [float(top - first) / room * (1 if up else -1) for first in (float(y[0]), median(y[:2]))]
    if max(won) > ctx.limit(TIED if tied else STANDS):
        return None
    texts = (
        f"{metric.name} begins at {y[0]:.4g} and is never better than {top:.4g} for long",
        f"{loss.name} falls from {began:.4g} to {ends:.4g} meanwhile",
    )
    fixes = ("compare a few predictions with their targets: order, units, numbers of classes", BY_HAND)
    summary = f"{metric.name} stays while {loss.name} falls"
    return _opposed(loss, metric, (summary, *texts), fixes, max(won), None, LIKELY)


def _never_learnt(ctx: Context, metric: Series) -> Finding | None:
    """An error that stays what it was, or no better than that of answering 0, while the losses are solved."""
    losses = [s for s in (ctx.objective.train, ctx.objective.val) if s is not None and s is not metric]
    enough = ctx.limit(SOLVED) if ctx.objective.val in losses else ctx.limit(SOLVED) ** 2  # else it may be overfitting
    if metric.goal != "min" or not losses or not all(_is_solved(s, enough) for s in losses):
        return None
    y = metric.finite[1]
    first, lowest = median(y[:HEAD]), float(min(median(part) for part in np.array_split(y, y.size // HEAD)))
    relative = "rel" in (metric.term or "").split("_") and lowest >= 1 - 2 * ctx.limit(NEVER)
    if first <= 0 or not (relative or (lowest >= (1 - ctx.limit(NEVER)) * first and ctx.objective.val in losses)):
        return None
    loss = losses[-1]
    began, ends = loss.finite[1][0], median(loss.finite[1][-max(HEAD, len(loss) // TENTH) :])
    texts = (
        f"{metric.name} begins at {first:.4g} and never gets below {lowest:.4g}",
        f"{loss.name} falls from {began:.4g} to {ends:.4g} meanwhile",
    )
    fixes = ("check that the loss holds every term that makes the solution unique (start, boundary, data)", BY_HAND)
    summary = f"{metric.name} stays while {loss.name} is solved"
    return _opposed(loss, metric, (summary, *texts), fixes, lowest / first, None)


def _is_solved(loss: Series, left: float) -> bool:
    """Whether a loss has come down to next to nothing of its first level."""
    y = loss.finite[1]
    return y.size >= POINTS and 0 < median(y[-max(HEAD, y.size // TENTH) :]) <= left * float(y[0])


def _level_at(loss: Series, place: float) -> float:
    x, y = loss.finite
    i = int(np.searchsorted(x, place))
    near = y[max(0, i - 1) : i + 2]
    return median(near if near.size else y[-1:])


def _opposed(
    loss: Series,
    metric: Series,
    texts: tuple[str, str, str],
    fixes: tuple[str, str],
    share: float,
    start: float | None,
    score: float = SURE,
) -> Finding:
    summary, first, second = texts
    return Finding(
        score=score,
        summary=summary,
        evidence=(
            Evidence(first, metric.name, span_of(metric, start), share),
            Evidence(second, loss.name, span_of(loss)),
        ),
        causes=(
            "the loss can be had without what the metric asks for (the commonest class, the flat solution)",
            "the metric is computed from other targets, units or thresholds than the loss",
        ),
        fixes=fixes,
        series=(loss, metric),
        span=span_of(metric, start),
        measured={"share": share},
    )

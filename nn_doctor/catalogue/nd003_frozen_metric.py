"""ND003 frozen-metric (warning): a metric stays bit-identical over many evaluations while the loss moves.

What it looks for
-----------------
The last stretch of equal values of each validation metric, and of the validation loss, and how far the train
loss moved in the meantime.

Why it matters
--------------
A number that cannot move measures nothing: early stopping and the choice of a checkpoint go by it.

When it is not this
-------------------
A metric at its bound (accuracy 1.0, error 0), a score that has not left 0 yet (BLEU), the best value so far, values
rounded to few decimals, and anything late in a run whose loss no longer moves. An F1, IoU or Dice that fell back to 0
for good is frozen (a class is no longer called), and so is one that is still 0 when the loss has settled. A run that
does not learn or diverges (ND101, ND102, ND103) has frozen metrics for that reason.

Fixes
-----
Look at the predictions: one class only? Check that the evaluation uses the trained weights and fresh data.

References
----------
A. Karpathy, "A Recipe for Training Neural Networks" (2019): visualise prediction dynamics.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.internals import level_z
from nn_doctor.catalogue.common.phrases import demand_whole_run
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence, Span

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

EVALUATIONS = Threshold(
    "nd003.evaluations", 10, "evaluations", 3, 1000, "set by judgement: chance repeats of a share end sooner"
)
FEWER = Threshold(
    "nd003.fewer", 5, "evaluations", 3, 1000, "enough where all are equal and the loss moves by much; as nd101.same"
)
MUCH = Threshold("nd003.much", 0.2, "of the loss's level", 0.0, 1.0, "set by judgement: no chance repeats last so long")
QUANTA = Threshold(
    "nd003.quanta", 5, "last digits", 0.0, 1000, "what a loss should have moved: less is lost in its rounding"
)
SHARE = Threshold(
    "nd003.share", 0.5, "of the evaluations", 0.1, 1.0, "set by judgement: a late, short plateau is convergence"
)
MOVED = Threshold(
    "nd003.moved", 0.25, "of the loss's range", 0.01, 1.0, "a tenth was not enough: real logs rounded near the end"
)
LEVEL = Threshold(
    "nd003.level", 0.05, "of the loss's level", 0.0, 1.0, "a loss that moves less may leave a metric where it is"
)
BLIND = Threshold(
    "nd003.blind", 0.06, "of the loss's level", 0.0, 1.0, "so much better, and the class is still never called"
)
SETTLED = Threshold(
    "nd003.settled", 0.2, "of the loss's fall", 0.0, 1.0, "won in the last third: what is 0 by then stays 0"
)
STALE = Threshold(
    "nd003.stale", 0.1, "of the loss's level", 0.0, 1.0, "a validation loss of many digits never repeats by chance"
)
SURE = Threshold("nd003.sure", 3.0, "standard errors", 1.0, 100.0, "the train loss moved beyond its noise meanwhile")
DIGITS = 6  # a loss that fits so few decimals may repeat by rounding
AT_BOUND = 0.99  # of the largest value a share can have: saturated, or rounded to saturation
DECIMALS = 3  # values that fit so few decimals repeat by rounding
BY_DESIGN = re.compile(r"best|max|min|target|baseline|threshold|patience|count|num", re.IGNORECASE)
CALLS = frozenset({"f1", "recall", "precision", "iou", "dice", "score"})
"""Scores of a class that are 0 where it is never called. They begin above 0 or leave it soon."""
THIRD = 3
SCORE_WHOLE, SCORE_LATE = 0.7, 0.55


def check(ctx: Context) -> Finding | Clear:
    """Fires on the frozen metric with the most equal evaluations."""
    candidates = [s for s in ctx.run.series if _is_judged(s, ctx)]
    if not candidates:
        raise InsufficientData("no validation metric with enough evaluations")
    mover = ctx.objective.train or ctx.objective.val
    if mover is None:
        raise InsufficientData("no loss to tell whether the model moved")
    demand_whole_run(ctx, mover)  # one that goes blank for good is not finite, and no metric is frozen meanwhile
    frozen = [(s, _tail(s)) for s in candidates if s is not mover]
    found = [(s, n) for s, n in frozen if _is_frozen(ctx, s, n) and _is_moved(ctx, mover, s, n)]
    if not found:
        return Clear("no metric stands still while the loss moves", {"metrics": len(frozen)})
    found.sort(key=lambda pair: -pair[1])
    return _finding(ctx, mover, found)


def _is_judged(series: Series, ctx: Context) -> bool:
    """Validation losses and metrics with a direction, but for those that stand still by design."""
    if series.split not in {"val", "test"} or BY_DESIGN.search(series.name) or series.goal == "none":
        return False
    enough = len(series.finite[1]) >= min(ctx.limit(FEWER), ctx.limit(EVALUATIONS))
    return enough and series.role in {"metric", "objective"}


def _tail(series: Series) -> int:
    """How many evaluations at the end are equal to the last."""
    y = series.finite[1]
    other = np.flatnonzero(y != y[-1])
    return int(y.size - (other[-1] + 1 if other.size else 0))


def _is_frozen(ctx: Context, series: Series, equal: int) -> bool:
    """Long enough, and neither at a bound nor an effect of rounding."""
    y = series.finite[1]
    value = float(y[-1])
    if equal < y.size and equal < max(ctx.limit(EVALUATIONS), ctx.limit(SHARE) * y.size):
        return False
    if value == 0.0 and series.metric in CALLS:  # back from above, or never left: no effect of rounding
        return float(y.max()) > 0.0 or _is_blind(ctx)
    if _at_bound(series, value):
        return False
    return equal == y.size or abs(value - round(value, DECIMALS)) > 0


def _at_bound(series: Series, value: float) -> bool:
    """Whether a metric can get no better than ``value``: 1 or 100 for shares, 0 for errors."""
    if series.goal == "min":
        return value <= 0.0
    if value <= 0.0 and series.metric != "r2":
        return True  # COCO writes −1 where no object has that size; BLEU begins at 0 and stays there for long
    return AT_BOUND <= value <= 1.0 or 100 * AT_BOUND <= value <= 100.0


def _is_blind(ctx: Context) -> bool:
    """Whether the train loss has come down after the first tenth of the run, and wins little more in the last third.

    The first fall is that to the share of the commonest class, at which no other is called.
    """
    mover = ctx.objective.train or ctx.objective.val
    y = mover.finite[1] if mover is not None else np.zeros(0)
    if y.size < ctx.limit(EVALUATIONS):
        return False
    part = max(1, y.size // 10)
    start, then, end = median(y[part : 2 * part]), median(y[-y.size // THIRD :][:part]), median(y[-part:])
    return start - end >= ctx.limit(BLIND) * abs(start) and then - end <= ctx.limit(SETTLED) * (median(y[:part]) - end)


def _is_moved(ctx: Context, mover: Series, series: Series, equal: int) -> bool:
    """Whether the loss moved while the metric did not: by a part of its range and of its level.

    Where a class is never called at all, a part of its level is enough.
    """
    of_range, of_level = _moved(mover, series, equal)
    if equal < ctx.limit(EVALUATIONS) and of_level < ctx.limit(MUCH):
        return False
    if series.metric == "loss" and of_level * abs(float(series.finite[1][-1])) < ctx.limit(QUANTA) * _quantum(series):
        return False
    if series.metric in CALLS and float(series.finite[1][-1]) == 0.0 and of_level >= ctx.limit(BLIND):
        return True
    if _is_exact(series) and of_level >= ctx.limit(STALE) and _fell_since(mover, series, equal) >= ctx.limit(SURE):
        return True
    return of_range >= ctx.limit(MOVED) and of_level >= ctx.limit(LEVEL)


def _quantum(series: Series) -> float:
    """The last digit that the values of a series are printed to, 0 where they have too many to be known."""
    y = series.finite[1]
    known = (d for d in range(DIGITS) if bool((np.round(y, d) == y).all()))
    return float(10.0 ** -next(known, np.inf))


def _is_exact(series: Series) -> bool:
    """Whether a validation loss is known to so many digits that equal ones were computed from equal weights."""
    value = float(series.finite[1][-1])
    return series.metric == "loss" and abs(value - round(value, DIGITS - 1)) > 0


def _fell_since(mover: Series, series: Series, equal: int) -> float:
    """Standard errors by which the train loss fell from the first to the last third of the frozen stretch."""
    x, _ = mover.finite
    share = float(np.mean(x < series.finite[0][-equal]))
    third = (1 - share) / THIRD
    return level_z(mover, (share, share + third), 1 - third)


def _moved(mover: Series, series: Series, equal: int) -> tuple[float, float]:
    """How far the loss moved during the frozen stretch, as shares of its range over the run and of its level there."""
    x, y = mover.finite
    if y.size < 2:
        return 0.0, 0.0
    during = y[x >= series.finite[0][-equal]] if mover.axis == series.axis else y[:0]
    span = float(np.quantile(y, 0.98) / 2 - np.quantile(y, 0.02) / 2)
    if during.size < 4 or not span > 0.0:
        return 0.0, 0.0
    part = max(1, during.size // 10)
    first, last = median(during[:part]) / 2, median(during[-part:]) / 2
    level = max(abs(first), abs(last))
    return abs(first - last) / span, abs(first - last) / level if level > 0 else 0.0


def _finding(ctx: Context, mover: Series, found: list[tuple[Series, int]]) -> Finding:
    evidence = []
    for series, equal in found:
        x, y = series.finite
        text = f"{series.name} is {y[-1]:.6g} at each of its last {equal} evaluations (of {y.size})"
        span = Span(series.axis, float(x[-equal]), float(x[-1]))
        evidence.append(Evidence(text, series.name, span, equal, ctx.limit(EVALUATIONS)))
    series, equal = found[0]
    moved, _ = _moved(mover, series, equal)
    text = f"{mover.name} moved by {100 * moved:.0f} % of its range meanwhile"
    evidence.append(Evidence(text, mover.name, evidence[0].span, moved, ctx.limit(MOVED)))
    return Finding(
        score=SCORE_WHOLE if equal == len(series.finite[1]) else SCORE_LATE,
        summary=f"{series.name} stays at {series.finite[1][-1]:.6g} while {mover.name} moves",
        evidence=tuple(evidence),
        causes=(
            "the model predicts one class only",
            "the evaluation runs on old weights or does not run",
            "very few validation samples",
        ),
        fixes=(
            f"count the predicted classes of one evaluation ({series.name} = {series.finite[1][-1]:.4g})",
            "check that evaluation uses the model being trained, and is not cached",
        ),
        series=tuple(s for s, _ in found),
        span=evidence[0].span,
        measured={"equal": equal, "moved": moved},
    )


RULE = Rule(
    code="ND003",
    slug="frozen-metric",
    severities=("warning",),
    needs="a validation metric and a loss",
    check=check,
    thresholds=(EVALUATIONS, FEWER, MUCH, QUANTA, SHARE, MOVED, LEVEL, STALE, SURE, BLIND, SETTLED),
    yields_to=("ND101", "ND102", "ND103"),
)

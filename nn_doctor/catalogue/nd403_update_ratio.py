"""ND403 update-ratio (warning): the updates are far too large or far too small for the weights.

What it looks for
-----------------
The logged ratio of the size of an update to the size of the weights, at the middle of the run (after warm-up, before
the rate has decayed): about 1e-3 is usual; beyond 1e-1 or below 2e-5 is not, nor is 1e-2 where the loss learns
nothing, or 3e-2 where it stands after its first fall and is shaken from point to point.
Nor is more than 1e-1 in the first steps of most of three layers or more: they blow up the weights, so that the ratio
looks usual later. Nor is exactly zero in all layers for most of the run, where they did move at the start and the loss
is not at rest. Values below zero are read as powers of ten.

Why it matters
--------------
It is the learning rate in the network's own units: too large destroys what was learned, too small learns nothing.

When it is not this
-------------------
Biases and freshly initialised small layers move fast; frozen layers do not move. The median over layers counts. At the
end of a decayed schedule the ratio is small by design.

Fixes
-----
Multiply the learning rate by the factor that brings the ratio near 1e-3.

References
----------
CS231n, "Neural networks 3: ratio of weights:updates". A. Karpathy, "makemore, part 3".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.jitter import spread
from nn_doctor.analyzers.medians import median
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import learning_rate, try_rate
from nn_doctor.catalogue.common.internals import BEGINNING, late_fall, layers, level, logged, loss_fall
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

HIGH = Threshold("nd403.high", 0.1, "update per weight", 1e-3, 10.0, "published bands end at 1e-1")
LOW = Threshold("nd403.low", 2e-05, "update per weight", 1e-9, 1e-3, "published bands begin at 1e-5 or 1e-4")
STUCK = Threshold("nd403.stuck", 0.01, "update per weight", 1e-3, 1.0, "ten times the usual, and nothing is learnt")
LEARNT = Threshold("nd403.learnt", 0.35, "of the first loss", 0.0, 1.0, "a loss that has fallen further does learn")
SHAKEN = Threshold("nd403.shaken", 0.03, "of the loss's level", 0.0, 1.0, "a floor reached in the first steps is calm")
USUAL = 1e-3
MIDDLE = (0.1, 0.6)
FIRST = (0.0, BEGINNING)
SEVERAL = 3
"""Layers of which most are rewritten by the first steps: one alone may have begun at zero. And records: one alone
must show it far beyond the limit."""
FAR = 3.0
HALF = 0.5
STILL = 0.3
"""Share of a run from which on layers may stand still for most of it."""
AT_REST = 1e-3
"""Swings of a loss, against its level, below which a net has nothing left to learn."""
SURE, LIKELY = 0.85, 0.75


def check(ctx: Context) -> Finding | Clear:
    """The median over layers of the ratio at the middle of the run."""
    series = logged(ctx, "update_ratio")
    stack = layers(series) or series
    ratios = np.array([_ratio(s) for s in stack])
    ratios = ratios[np.isfinite(ratios) & (ratios > 0)]
    if not ratios.size:
        return _stopped(ctx, stack) or Clear("no ratio above zero")
    ratio = float(np.median(ratios))
    measured = {"ratio": ratio, "layers": ratios.size}
    if ctx.limit(STUCK) <= ratio <= ctx.limit(HIGH) and (
        _learns_nothing(ctx) or (ratio > FAR * ctx.limit(STUCK) and _is_shaken(ctx))
    ):
        return _finding(ctx, stack, ratio, measured)
    if ctx.limit(LOW) <= ratio <= ctx.limit(HIGH):
        first, limit = _at_first(stack), ctx.limit(HIGH)
        if len(stack) >= SEVERAL and first > (limit if BEGINNING * len(stack[0]) >= SEVERAL else FAR * limit):
            return _finding(ctx, stack, first, measured | {"first": first})
        return Clear(f"updates are {ratio:.1g} of the weights", measured)
    return _finding(ctx, stack, ratio, measured)


def _learns_nothing(ctx: Context) -> bool:
    """Whether the train loss stands where it stood after the first steps, and those brought it down by little."""
    try:
        return late_fall(ctx) <= ctx.limit(LEARNT) and loss_fall(ctx) <= HALF
    except InsufficientData:
        return False


def _is_shaken(ctx: Context) -> bool:
    """Whether the train loss has won nothing since its first fall, however deep, and jumps from point to point.

    Steps that large throw the weights about a floor that they cannot go down to; a loss that is solved is calm.
    """
    y = ctx.train.finite[1]
    try:
        stands = late_fall(ctx) <= ctx.limit(LEARNT)
    except InsufficientData:
        return False
    late = y[y.size // 2 :]
    return stands and spread(late) >= ctx.limit(SHAKEN) * abs(median(late))


def _at_first(stack: list[Series]) -> float:
    """The median over layers of the ratio in the first records, or in the very first where a record is many steps."""
    few = BEGINNING * len(stack[0]) < SEVERAL
    return float(np.median([_ratio(s, (0.0, 0.0) if few else FIRST) for s in stack]))


def _stopped(ctx: Context, stack: list[Series]) -> Finding | None:
    """Layers that moved at first and get no update any more, though the loss is neither zero nor at rest."""
    moved = all(float(s.finite[1][: max(1, int(BEGINNING * len(s)))].max(initial=0.0)) > 0 for s in stack)
    still = all(not s.finite[1][int(STILL * len(s)) :].any() for s in stack)
    loss = ctx.train.finite[1][ctx.train.finite[1].size // 2 :]
    rate = ctx.learning_rate
    goes_on = rate is None or level(rate, *MIDDLE) > 0
    if not (moved and still and goes_on and loss.size and float(np.ptp(loss)) > AT_REST * abs(median(loss)) > 0):
        return None
    name = stack[0].name
    text = f"{name} and all others are exactly 0 from the first third of the run on: nothing is learnt any more"
    return Finding(
        score=LIKELY,
        summary="no layer is updated any more",
        evidence=(Evidence(text, name, span_of(stack[0]), 0.0, ctx.limit(LOW)),),
        causes=("units that are dead or saturated everywhere", "the first steps at too high a learning rate"),
        fixes=(
            try_rate(ctx, 0.1, "a tenth of the learning rate, with warm-up"),
            "leaky ReLU or GELU; normalisation",
            "look whether the gradients reach the weights at all",
        ),
        series=tuple(stack),
        measured={"ratio": 0.0, "layers": len(stack)},
    )


def _ratio(series: Series, part: tuple[float, float] = MIDDLE) -> float:
    """The ratio over a part of the run; logarithms to base 10 (all negative) are undone."""
    middle = level(series, *part)
    y = series.finite[1]
    return 10.0**middle if y.size and float(y.max()) < 0 else middle


def _finding(ctx: Context, stack: list[Series], ratio: float, measured: dict[str, float]) -> Finding:
    high = ratio > USUAL
    limit = ctx.limit(LOW) if not high else ctx.limit(HIGH) if ratio > ctx.limit(HIGH) else ctx.limit(STUCK)
    far = ratio > FAR * ctx.limit(HIGH) if high else ratio < limit / FAR
    what = "large" if high else "small"
    rate = learning_rate(ctx)
    factor = max(USUAL / ratio, ratio / USUAL)
    change = "divide" if high else "multiply"
    again = f"{change} the learning rate by about {factor:.3g}" + ("" if rate is None else f" (it is {rate:.3g})")
    text = f"updates are {ratio:.2g} of the weights (median of {int(measured['layers'])} series); about 0.001 is usual"
    return Finding(
        score=SURE if far else LIKELY,
        summary=f"the updates are far too {what} for the weights",
        evidence=(Evidence(text, stack[0].name, span_of(stack[0]), ratio, limit),),
        causes=(
            f"learning rate too {'high' if high else 'low'}",
            "weights initialised too small" if high else "weights too large for the rate",
        ),
        fixes=(
            again,
            "look at the ratio again after a hundred steps: about 0.001",
        ),
        series=tuple(stack),
        measured=measured,
    )


RULE = Rule(
    code="ND403",
    slug="update-ratio",
    severities=("warning",),
    needs="a logged ratio of updates to weights (update_ratio), 10 points or more",
    check=check,
    thresholds=(HIGH, LOW, STUCK, LEARNT, SHAKEN),
    explained_by=("ND402",),
)

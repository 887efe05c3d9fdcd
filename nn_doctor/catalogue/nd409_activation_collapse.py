"""ND409 activation-collapse (warning): the activations shrink, grow or saturate layer by layer.

What it looks for
-----------------
The spread (standard deviation) of each layer's activations: from the first to the last layer it changes tenfold and
more, in one direction, while the loss has not come down; or a logged share of saturated units above 90 % in some layer.

Why it matters
--------------
Signals that die or blow up on the way carry no information forward and no gradient back.

When it is not this
-------------------
Layers of different kind differ by a factor of a few. An output layer alone may have another scale. A net whose loss
has fallen well has found its scale.

Fixes
-----
He initialisation for ReLU, Xavier for tanh, normalisation layers, residual connections, a lower learning rate.

References
----------
CS231n, "Neural networks 2: weight initialization". D. Mishkin, J. Matas, "All you need is a good init" (2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.gap import rank_correlation
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.internals import late_fall, layers, level, logged
from nn_doctor.catalogue.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

RATIO = Threshold(
    "nd409.ratio", 10.0, "between the outer layers", 2.0, 1e6, "a variance ratio of 100; 10 is known from healthy nets"
)
ORDER = Threshold(
    "nd409.order", 0.7, "rank correlation", 0.0, 1.0, "the spread changes layer by layer, in one direction"
)
LAYERS = Threshold("nd409.layers", 3, "layers", 2, 1000, "two layers make no trend")
LEARNT = Threshold(
    "nd409.learnt", 0.2, "of the first loss", 0.0, 1.0, "a loss that has fallen further has found its scale"
)
SATURATED = Threshold("nd409.saturated", 0.9, "of the units", 0.5, 1.0, "nearly all units at the ends of their range")
PERCENT = 1.5
FAR = 1000.0
SURE, LIKELY = 0.85, 0.75


def check(ctx: Context) -> Finding | Clear:
    """Saturation where it is logged, else the spreads through the layers."""
    series = logged(ctx, "activation_std", "activation", "saturation")
    saturated = [
        (share, s) for s in series if s.metric == "saturation" and (share := _share(s)) >= ctx.limit(SATURATED)
    ]
    if saturated:
        return _saturated(ctx, max(saturated, key=lambda pair: pair[0]))
    spreads = [s for s in layers(series) if _is_spread(s) and level(s) > 0]
    if len(spreads) < ctx.limit(LAYERS):
        raise InsufficientData(f"spreads of {len(spreads)} layers; {ctx.limit(LAYERS):g} are needed")
    return _through_layers(ctx, spreads)


def _is_spread(series: Series) -> bool:
    return (
        series.metric == "activation_std" or {"std", "stddev", "sigma"} & set((series.term or "").split("_")) != set()
    )


def _share(series: Series) -> float:
    value = level(series, 0.5)
    return value / 100 if value > PERCENT else value


def _through_layers(ctx: Context, spreads: list[Series]) -> Finding | Clear:
    levels = np.array([level(s) for s in spreads])
    order = rank_correlation(np.arange(levels.size, dtype=np.float64), levels)
    ratio = float(max(levels[0], levels[-1]) / min(levels[0], levels[-1]))
    fall = late_fall(ctx)
    measured = {"ratio": ratio, "order": order, "fall": fall}
    if ratio < ctx.limit(RATIO) or abs(order) < ctx.limit(ORDER) or fall > ctx.limit(LEARNT):
        return Clear("the activations keep their spread, or the loss has come down all the same", measured)
    what = "shrinks" if order < 0 else "grows"
    text = f"the spread {what} from {levels[0]:.2g} ({spreads[0].name}) to {levels[-1]:.2g} ({spreads[-1].name})"
    evidence = (Evidence(text, spreads[0].name, span_of(spreads[0]), ratio, ctx.limit(RATIO)),)
    score = SURE if ratio > FAR else LIKELY
    return _finding(
        ctx, score, f"the spread of the activations {what} layer by layer", evidence, tuple(spreads), measured
    )


def _saturated(ctx: Context, worst: tuple[float, Series]) -> Finding:
    share, series = worst
    text = f"{series.name}: {share:.0%} of the units sit at the ends of their range"
    evidence = (Evidence(text, series.name, span_of(series), share, ctx.limit(SATURATED)),)
    return _finding(ctx, SURE, f"{share:.0%} of the units are saturated", evidence, (series,), {"saturated": share})


def _finding(
    ctx: Context,
    score: float,
    summary: str,
    evidence: tuple[Evidence, ...],
    series: tuple[Series, ...],
    measured: dict[str, float],
) -> Finding:
    return Finding(
        score=score,
        summary=summary,
        evidence=evidence,
        causes=("weights initialised too small or too large", "no normalisation in a deep net", "inputs not scaled"),
        fixes=(
            "He initialisation for ReLU, Xavier for tanh",
            "batch or layer normalisation, residual connections",
            "inputs of mean 0 and spread 1",
        ),
        series=series,
        measured=measured,
    )


RULE = Rule(
    code="ND409",
    slug="activation-collapse",
    severities=("warning",),
    needs="the spread of the activations of three layers (act_std), 10 points or more, and a train loss",
    check=check,
    thresholds=(RATIO, ORDER, LAYERS, LEARNT, SATURATED),
    live=True,
)

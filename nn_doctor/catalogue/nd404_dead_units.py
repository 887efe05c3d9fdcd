"""ND404 dead-units (warning): most units of a layer give zero for every input.

What it looks for
-----------------
A logged share of dead units of 55 % or more at the end, or of 50 % and grown during the run; a share of zero
activations (which is half in a healthy ReLU layer) only from 95 %, or 85 % and grown by a quarter.

Why it matters
--------------
A dead ReLU has no gradient and does not come back: the net is smaller than it was paid for, and may not learn at all.

When it is not this
-------------------
Half of the activations of a ReLU layer are zero by right; sparse codes and mixtures of experts have far more. The
sparsity of pruned weights is not looked at, nor numbers of dead units that may be of any number.

Fixes
-----
A lower learning rate, leaky ReLU or GELU, He initialisation, no large negative bias, normalisation before the
activation.

References
----------
CS231n, "Neural networks 1: commonly used activation functions". L. Lu et al., "Dying ReLU and initialization" (2019).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.internals import BEGINNING, level, logged
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.report.model import Evidence
from nn_doctor.series.inside import SHARE
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

DEAD = Threshold("nd404.dead", 0.55, "of the units", 0.1, 1.0, "healthy layers stay below 40 %; 50 % is a warning")
GROWN = Threshold("nd404.grown", 0.5, "of the units", 0.1, 1.0, "published monitors: 50 % is a warning; here if grown")
GROWTH = Threshold(
    "nd404.growth", 0.25, "of the units", 0.0, 1.0, "set by judgement: a share that stays was there before"
)
ZERO = Threshold(
    "nd404.zero", 0.95, "of the activations", 0.5, 1.0, "healthy ReLU layers have half, sparse ones up to 90 %"
)
ZERO_GROWN = Threshold("nd404.zero_grown", 0.85, "of the activations", 0.5, 1.0, "as above, if grown")
LATE = 0.9
PERCENT = 1.5
STRONG = 0.7
"""Of the units: published monitors call it strong."""
SURE, LIKELY, HESITANT = 0.9, 0.75, 0.65


def check(ctx: Context) -> Finding | Clear:
    """The layer with the largest share."""
    found = []
    for series in logged(ctx, "dead_units", "zero_share", "alive_units"):
        if _counts(series):
            continue
        start, end = _shares(series)
        much, grown = (ZERO, ZERO_GROWN) if series.metric == "zero_share" else (DEAD, GROWN)
        enough = ctx.limit(grown) if end - start >= ctx.limit(GROWTH) else ctx.limit(much)
        if enough <= end <= 1:
            found.append((end, start, enough, series))
    if not found:
        return Clear("no layer has lost most of its units")
    found.sort(key=lambda entry: -entry[0])
    return _finding(ctx, found)


def _counts(series: Series) -> bool:
    """Whether these are numbers of units, of which the share is not known: whole, and no word of a share with them."""
    y = series.finite[1]
    return bool(y.size and y.max() > PERCENT and np.all(y == np.round(y))) and SHARE.isdisjoint(tokens_of(series.name))


def _shares(series: Series) -> tuple[float, float]:
    """The share at the start and at the end; per cent are recognised by their size."""
    y = series.finite[1]
    scale = 100.0 if y.size and float(y.max()) > PERCENT else 1.0
    start, end = level(series, 0.0, BEGINNING) / scale, level(series, LATE) / scale
    return (1 - start, 1 - end) if series.metric == "alive_units" else (start, end)


def _finding(ctx: Context, found: list[tuple[float, float, float, Series]]) -> Finding:
    end, start, _, series = found[0]
    dead = series.metric != "zero_share"
    steady = dead and abs(end - start) < ctx.limit(GROWTH)
    what = "units are dead" if dead else "activations are zero"
    evidence = tuple(
        Evidence(f"{s.name}: {e:.0%} at the end, {b:.0%} at the start", s.name, span_of(s), e, limit)
        for e, b, limit, s in found[:4]
    )
    return Finding(
        score=SURE if end >= (STRONG if dead else ctx.limit(ZERO)) else HESITANT if steady else LIKELY,
        summary=f"{end:.0%} of the {what}" + (f" in {series.term}" if series.term else ""),
        evidence=evidence,
        causes=("learning rate too high", "large negative biases, bad initialisation", "inputs not normalised"),
        fixes=(
            try_rate(ctx, 1 / 3, "a third of the learning rate"),
            "leaky ReLU, ELU or GELU instead of ReLU",
            "He initialisation, biases at zero, normalisation before the activation",
        ),
        series=tuple(entry[3] for entry in found),
        measured={"share": end, "at_start": start},
    )


RULE = Rule(
    code="ND404",
    slug="dead-units",
    severities=("warning",),
    needs="a share of dead units or zero activations (dead_units), 10 points or more",
    check=check,
    thresholds=(DEAD, GROWN, GROWTH, ZERO, ZERO_GROWN),
    live=True,
)

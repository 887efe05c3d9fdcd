"""ND406 loss-term-imbalance (warning): one term of the loss swamps another, which is not learnt.

What it looks for
-----------------
Several terms of one train loss: one is a hundred times another over the later half, has fallen itself, and the small
one has not improved at all.

Why it matters
--------------
The gradient of the sum is that of the large term; what the small one stands for is not trained.

When it is not this
-------------------
Terms of different size that all improve (detectors' box, class and objectness). Penalties and the KL term of a
variational autoencoder, which rise by design. Losses of adversaries.

Fixes
-----
Scale the terms to one order of magnitude, or weight them by their uncertainty or gradient norms.

References
----------
A. Kendall et al., "Multi-task learning using uncertainty" (2018). Z. Chen et al., "GradNorm" (2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.internals import BEGINNING, FEW, level
from nn_doctor.catalogue.nd405_regularisation_dominates import MAYBE, PENALTIES
from nn_doctor.catalogue.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

RATIO = Threshold("nd406.ratio", 100.0, "large per small term", 2.0, 1e9, "two orders of magnitude")
STUCK = Threshold("nd406.stuck", 0.2, "of its start", 0.0, 0.5, "the small term has hardly improved")
FELL = Threshold("nd406.fell", 0.2, "of its start", 0.0, 1.0, "the large term was learnt meanwhile")
LEAST = 20
PAIR = 2
BY_DESIGN = PENALTIES | MAYBE | {"kl", "kld", "entropy", "commit", "commitment", "aux", "balance", "z", "ema"}
HALF = 0.5
LIKELY = 0.75


def check(ctx: Context) -> Finding | Clear:
    """The largest term against each small one that is stuck."""
    terms = [s for s in ctx.run.series if _counts(s, ctx.objective.train)]
    if len(terms) < PAIR:
        raise InsufficientData("fewer than two terms of the train loss")
    large = max(terms, key=lambda s: abs(level(s, HALF)))
    stuck = [s for s in terms if s is not large and _is_swamped(ctx, s, large)]
    measured: dict[str, float] = {"terms": len(terms)}
    if not stuck or _fall(large) < ctx.limit(FELL):
        return Clear("no small term is left behind by a large one", measured)
    return _finding(ctx, large, stuck, measured)


def _counts(series: Series, total: Series | None) -> bool:
    """Whether a series is a part of the train loss: a term, or a loss of its own name beside the total."""
    part = series.role == "term" or (series.role == "objective" and series.metric == "loss" and series is not total)
    return part and series.split == "train" and len(series) >= LEAST


def _is_by_design(series: Series) -> bool:
    return bool(set((series.term or series.name.lower()).split("_")) & BY_DESIGN)


def _fall(series: Series) -> float:
    start = level(series, 0.0, BEGINNING)
    return (start - level(series, 1 - 1 / FEW)) / start if start > 0 else 0.0


def _is_swamped(ctx: Context, small: Series, large: Series) -> bool:
    size, top = level(small, HALF), level(large, HALF)
    return size > 0 and not _is_by_design(small) and ctx.limit(RATIO) * size <= top and _fall(small) <= ctx.limit(STUCK)


def _finding(ctx: Context, large: Series, stuck: list[Series], measured: dict[str, float]) -> Finding:
    top = level(large, HALF)
    ratio = top / level(stuck[0], HALF)
    evidence = tuple(
        Evidence(
            f"{s.name} is {level(s, HALF):.3g} and fell by {max(_fall(s), 0):.0%}; {large.name} is {top:.3g} and fell "
            f"by {_fall(large):.0%}",
            s.name,
            span_of(s),
            top / level(s, HALF),
            ctx.limit(RATIO),
        )
        for s in stuck[:3]
    )
    return Finding(
        score=LIKELY,
        summary=f"{large.name} swamps {', '.join(s.name for s in stuck[:3])}",
        evidence=evidence,
        causes=("terms on different scales", "weight of the small term too small"),
        fixes=(
            f"multiply the weight of {stuck[0].name} by about {ratio / 10:.3g} to {ratio:.3g}",
            "weight the terms by uncertainty or gradient norm",
        ),
        series=(large, *stuck),
        measured=measured | {"ratio": ratio},
    )


RULE = Rule(
    code="ND406",
    slug="loss-term-imbalance",
    severities=("warning",),
    needs="two or more terms of the train loss, 20 points or more",
    check=check,
    thresholds=(RATIO, STUCK, FELL),
    yields_to=("ND405", "ND103"),
)

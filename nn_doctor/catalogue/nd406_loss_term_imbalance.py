"""ND406 loss-term-imbalance (warning): one term of the loss swamps another, which is not learnt.

What it looks for
-----------------
Several terms of one train loss, with the weights that the logged total gives away. One counts a hundred times as much
as another over the later half and has fallen itself, while the small one has hardly improved; a tenth is enough where
the small one's weight is small as well, or where it gets worse. Or a divergence (KL) has fallen to nothing while the
data loss stands where it stood: the code carries nothing.

Why it matters
--------------
The gradient of the sum is that of the large term; what the small one stands for is not trained.

When it is not this
-------------------
Terms of different size that all improve (detectors' box, class and objectness), or one that a model brought along
learnt: it is small, and ragged against its level. Penalties (sparsity among them), which do not know the noise of the
batches, and the KL term of a variational autoencoder may rise. The balance of experts is tiny by design. Losses of
adversaries.

Fixes
-----
Scale the terms to one order of magnitude, or weight them by their uncertainty or gradient norms.

References
----------
A. Kendall et al., "Multi-task learning using uncertainty" (2018). Z. Chen et al., "GradNorm" (2018). S. Bowman et al.,
"Generating sentences from a continuous space" (2016), on the divergence that vanishes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.mixture import mixture
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.internals import FEW, level, level_z
from nn_doctor.catalogue.nd405_regularisation_dominates import CALM, MAYBE, PENALTIES, relative_noise
from nn_doctor.catalogue.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

RATIO = Threshold("nd406.ratio", 100.0, "large per small term", 2.0, 1e9, "two orders of magnitude")
CLOSE = Threshold(
    "nd406.close", 10.0, "large per small term", 2.0, 1e9, "enough where the small one's weight is small, or it worsens"
)
LIGHT = Threshold("nd406.light", 0.03, "of the largest weight", 0.0, 1.0, "weights between tasks are seldom as unequal")
STUCK = Threshold("nd406.stuck", 0.2, "of its start", 0.0, 0.5, "the small term has hardly improved")
FELL = Threshold("nd406.fell", 0.1, "of its start", 0.0, 1.0, "the large term was learnt meanwhile")
WORSE = Threshold("nd406.worse", 0.2, "of its start", 0.0, 10.0, "a rise that is worth a word")
SURE = Threshold("nd406.sure", 3.0, "standard errors", 1.0, 100.0, "a fall or rise must stand out of the noise")
GONE = Threshold("nd406.gone", 0.01, "of its largest, and of the total", 0.0, 0.1, "a divergence of nothing")
HELD = Threshold(
    "nd406.held", 0.3, "of its start", 0.0, 0.9, "a data loss that fell further uses what the code carries"
)
RAGGED = Threshold(
    "nd406.ragged",
    2.5,
    "times the large term's noise, relative",
    1.0,
    100.0,
    "a term already learnt is small and ragged",
)
LEAST = 20
PAIR = 2
DIVERGENCE = frozenset({"kl", "kld", "kldiv", "divergence"})
BY_DESIGN = PENALTIES | MAYBE | DIVERGENCE | {
    "sparse", "sparsity", "entropy", "commit", "commitment", "balance", "balancing", "router", "moe", "expert", "gate",
    "z", "ema",
}  # fmt: skip
HALF = 0.5
QUARTER = 0.25
LIKELY = 0.75


@dataclass(frozen=True, slots=True)
class Part:
    """A term: its weight (1 where the total gives none away), its weighted level, and how far it fell in all."""

    series: Series
    weight: float
    size: float
    fall: float
    z: float


def check(ctx: Context) -> Finding | Clear:
    """The largest term against each small one that is stuck, then a divergence that has vanished."""
    terms = [s for s in ctx.run.series if _counts(s, ctx.objective.train)]
    if len(terms) < PAIR:
        raise InsufficientData("fewer than two terms of the train loss")
    parts = [_part(s, w) for s, w in zip(terms, _weights(ctx, terms), strict=True)]
    large = max(parts, key=lambda p: abs(p.size))
    measured: dict[str, float] = {"terms": len(terms)}
    collapsed = _collapsed(ctx, parts)
    if collapsed is not None:
        return _vanished(ctx, collapsed, parts, measured)
    learnt = large.fall >= ctx.limit(FELL) and large.z >= ctx.limit(SURE)
    stuck = [p for p in parts if p is not large and learnt and _is_swamped(ctx, p, large)]
    if not stuck:
        return Clear("no small term is left behind by a large one", measured)
    return _finding(ctx, large, stuck, measured)


def _counts(series: Series, total: Series | None) -> bool:
    """Whether a series is a part of the train loss: a term, or a loss of its own name beside the total."""
    part = series.role == "term" or (series.role == "objective" and series.metric == "loss" and series is not total)
    return part and series.split == "train" and len(series) >= LEAST


def _weights(ctx: Context, terms: list[Series]) -> list[float]:
    """The weights by which the terms add up to the logged total; 1 each where they do not."""
    total = ctx.objective.train
    if total is None or any(s.y.size != total.y.size or not np.array_equal(s.x, total.x) for s in terms):
        return [1.0] * len(terms)
    found = mixture(total.y, np.array([s.y for s in terms]))
    return [1.0] * len(terms) if found is None else [float(w) for w in found.weights]


def _part(series: Series, weight: float) -> Part:
    start = level(series, 0.0, 1 / FEW)
    end = level(series, 1 - QUARTER)
    fall = (start - end) / start if start > 0 else 0.0
    return Part(series, weight, weight * level(series, HALF), fall, level_z(series, 1 / FEW, 1 - QUARTER))


def _words(series: Series) -> set[str]:
    return set((series.term or series.name.lower()).split("_"))


def _is_swamped(ctx: Context, small: Part, large: Part) -> bool:
    """Whether a term of the data is far smaller than the large one, and not learnt while that one is."""
    if _words(small.series) & BY_DESIGN or level(small.series, HALF) <= 0:
        return False
    noise, usual = relative_noise(small.series), relative_noise(large.series)
    if noise < CALM * usual or (usual > 0 and noise > ctx.limit(RAGGED) * usual):
        return False  # it does not know the noise of the batches: a penalty by another name; or it is learnt already
    worse = small.fall <= -ctx.limit(WORSE) and small.z <= -2 * ctx.limit(SURE)
    light = small.weight < ctx.limit(LIGHT) * large.weight
    ratio = ctx.limit(CLOSE) if worse or light else ctx.limit(RATIO)
    return ratio * small.size <= large.size and small.fall <= min(ctx.limit(STUCK), large.fall * HALF)


def _collapsed(ctx: Context, parts: list[Part]) -> Part | None:
    """A divergence that has fallen to nothing while the other terms stand where they stood, or None."""
    found = next((p for p in parts if _words(p.series) & DIVERGENCE), None)
    if found is None:
        return None
    y = found.series.finite[1]
    top = max(float(np.median(part)) for part in np.array_split(y, LEAST))
    others = [p for p in parts if p is not found and not _words(p.series) & BY_DESIGN]
    rest, end = sum(p.size for p in others), level(found.series, 1 - 1 / FEW)
    held = bool(others) and all(p.fall < ctx.limit(HELD) for p in others)
    gone = 0 <= end <= ctx.limit(GONE) * top and found.weight * end <= ctx.limit(GONE) * rest
    settled = all(level_z(p.series, (HALF, HALF + QUARTER), 1 - QUARTER) < ctx.limit(SURE) for p in others)
    return found if held and gone and settled else None


def _vanished(ctx: Context, found: Part, parts: list[Part], measured: dict[str, float]) -> Finding:
    series, end = found.series, level(found.series, 1 - 1 / FEW)
    top = float(np.max(series.finite[1]))
    others = [p for p in parts if p is not found and not _words(p.series) & BY_DESIGN]
    text = f"{series.name} has come down from {top:.3g} to {end:.3g}: next to nothing"
    evidence = [Evidence(text, series.name, span_of(series), end / top, ctx.limit(GONE))]
    evidence += [
        Evidence(f"{p.series.name} fell by {max(p.fall, 0):.0%} only", p.series.name, span_of(p.series), p.fall)
        for p in others[:2]
    ]
    return Finding(
        score=LIKELY,
        summary=f"{series.name} has vanished and {others[0].series.name} is not learnt: the code carries nothing",
        evidence=tuple(evidence),
        causes=("weight of the divergence too large", "a decoder that does without the code"),
        fixes=(
            f"divide the weight of {series.name} by ten, or let it rise from zero over the first part of the run",
            "leave each dimension a little divergence for free (free bits)",
        ),
        series=(series, *(p.series for p in others)),
        measured=measured | {"left": end / top},
    )


def _finding(ctx: Context, large: Part, stuck: list[Part], measured: dict[str, float]) -> Finding:
    names = ", ".join(p.series.name for p in stuck[:3])
    ratio = large.size / stuck[0].size if stuck[0].size > 0 else float("inf")
    first = stuck[0].series.name
    more = f"by about {ratio / 10:.3g} to {ratio:.3g}" if np.isfinite(ratio) else "by a hundred and more"
    return Finding(
        score=LIKELY,
        summary=f"{large.series.name} swamps {names}",
        evidence=tuple(_evidence(ctx, p, large) for p in stuck[:3]),
        causes=("terms on different scales", "weight of the small term too small"),
        fixes=(
            f"multiply the weight of {first} {more}",
            "weight the terms by uncertainty or gradient norm",
        ),
        series=(large.series, *(p.series for p in stuck)),
        measured=measured | {"ratio": min(ratio, 1e9)},
    )


def _evidence(ctx: Context, small: Part, large: Part) -> Evidence:
    name = small.series.name
    course = f"fell by {small.fall:.0%}" if small.fall >= 0 else f"rose by {-small.fall:.0%}"
    if abs(small.z) < ctx.limit(SURE):
        course = "has not moved beyond its noise"
    other = f"{large.series.name} adds {large.size:.3g} and fell by {large.fall:.0%}"
    text = f"{name} adds {small.size:.3g} and {course}; {other}"
    ratio = large.size / small.size if small.size > 0 else 1e9
    return Evidence(text, name, span_of(small.series), ratio, ctx.limit(RATIO))


RULE = Rule(
    code="ND406",
    slug="loss-term-imbalance",
    severities=("warning",),
    needs="two or more terms of the train loss, 20 points or more",
    check=check,
    thresholds=(RATIO, CLOSE, LIGHT, STUCK, FELL, WORSE, SURE, GONE, HELD, RAGGED),
    yields_to=("ND405", "ND103"),
)

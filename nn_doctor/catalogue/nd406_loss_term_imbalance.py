"""ND406 loss-term-imbalance (warning): one term of the loss swamps another, which is not learnt.

What it looks for
-----------------
Several terms of one train loss, with the weights that the logged total gives away; curves of any name that add up to it
are its terms. One counts a hundred times as much as another over the later half and has fallen itself, while the small
one has hardly improved; a tenth is enough where the small one's weight is small as well, or where it gets worse. Where
the terms add up to the total, seventeen times in all of the run is enough if the small one fell by half of what the
large one did (in logarithms), and six hundred times whatever it did if both are kinds of loss on one output (BCE and
Dice). Or a term that began seventeen times larger than another has been solved, and the other stands where it stood (an
equation solved by the flat solution). Or a divergence (KL) has fallen to nothing while the data loss stands where it
stood: the code carries nothing.

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

import math
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.catalogue.base import LARGEST, Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.internals import FEW, level, level_z
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.catalogue.common.term_words import BOXES, BY_DESIGN, DIVERGENCE, HEADS, KINDS, OF_DATA, is_regression
from nn_doctor.catalogue.common.terms import (
    FIRST,
    LEAST,
    lopsided,
    part_of,
    relative_noise,
    small_by_design,
    terms_of,
    words_of,
)
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.catalogue.common.terms import Part
    from nn_doctor.series.model import Series

RATIO = Threshold("nd406.ratio", 100.0, "large per small term", 2.0, 1e9, "two orders of magnitude")
CLOSE = Threshold(
    "nd406.close", 10.0, "large per small term", 2.0, 1e9, "enough where the small one's weight is small, or it worsens"
)
LIGHT = Threshold("nd406.light", 0.03, "of the largest weight", 0.0, 1.0, "weights between tasks are seldom as unequal")
STUCK = Threshold("nd406.stuck", 0.3, "of its start", 0.0, 0.5, "the small term has hardly improved")
FELL = Threshold("nd406.fell", 0.06, "of its start", 0.0, 1.0, "the large term was learnt meanwhile")
WORSE = Threshold("nd406.worse", 0.2, "of its start", 0.0, 10.0, "a rise that is worth a word")
SURE = Threshold("nd406.sure", 3.0, "standard errors", 1.0, 100.0, "a fall or rise must stand out of the noise")
GONE = Threshold("nd406.gone", 0.015, "of its largest, and of the total", 0.0, 0.1, "a divergence of nothing")
HELD = Threshold(
    "nd406.held", 0.45, "of its start", 0.0, 0.9, "a data loss that fell further uses what the code carries"
)
RAGGED = Threshold(
    "nd406.ragged",
    4,
    "times the large term's noise, relative",
    1.0,
    100.0,
    "a term already learnt is small and ragged",
)
LOPSIDED = Threshold(
    "nd406.lopsided", 1.6, "upwards per downwards", 1.0, 10.0, "few samples make what is left of a learnt term"
)
ALL_ALONG = Threshold("nd406.all_along", 17, "large per small term, geometric mean", 2.0, 1e9, "in all of the run")
SLOWER = Threshold("nd406.slower", 0.5, "of the large term's fall, in logarithms", 0.0, 1.0, "it learnt that much less")
SOLVED = Threshold("nd406.solved", 0.99, "of its start", 0.5, 1.0, "a term of which so little is left is solved")
UNMOVED = Threshold("nd406.unmoved", 0.25, "of its start", 0.0, 0.5, "the other term never got further down")
NOTHING = Threshold("nd406.nothing", 600, "large per small term", 10.0, 1e9, "such a term steers nothing")
LIMITS = (
    RATIO, CLOSE, LIGHT, STUCK, FELL, WORSE, SURE, GONE, HELD, RAGGED, LOPSIDED, ALL_ALONG,
    SLOWER, SOLVED, UNMOVED, NOTHING,
)  # fmt: skip
OF_DETECTORS = BOXES | HEADS | {"mask", "reg"}
CALM = 0.05
STEADY = 0.03
"""Noise of this share of its level is next to none: single samples drive what a learnt term has left."""
PAIR = 2
HALF = 0.5
QUARTER = 0.25
BEGAN = 0.1
"""Of its end: a term that began at less was nothing before the net said anything, as penalties on outputs are.

Residuals of equations are so as well, but have names of their own.
"""
LIKELY = 0.75


def check(ctx: Context) -> Finding | Clear:
    """The largest term against each small one that is stuck, then a divergence that has vanished."""
    terms, weights = terms_of(ctx)
    if len(terms) < PAIR:
        raise InsufficientData("fewer than two terms of the train loss")
    summed = weights is not None
    parts = [part_of(s, w) for s, w in zip(terms, weights or [1.0] * len(terms), strict=True)]
    large = max(parts, key=lambda p: abs(p.size))
    measured: dict[str, float] = {"terms": len(terms)}
    collapsed = _collapsed(ctx, parts)
    if collapsed is not None:
        return _vanished(ctx, collapsed, parts, measured)
    ways = [(large, _is_swamped), (max(parts, key=lambda p: p.first), _is_left_behind)]
    for leader, is_left in [*ways, (large, _is_nothing)] if summed else ways:
        others = [p for p in parts if p is not leader and not small_by_design(p.series, terms)]
        stuck = [p for p in others if _may_be_left(ctx, p, leader, terms) and is_left(ctx, p, leader)]
        if stuck:
            return _finding(ctx, leader, stuck, measured)
    return Clear("no small term is left behind by a large one", measured)


def _may_be_left(ctx: Context, small: Part, large: Part, terms: list[Series]) -> bool:
    """Whether a term is one of the data that nothing but its weight keeps from being learnt."""
    if level(small.series, HALF) <= 0:
        return False
    noise, usual = relative_noise(small.series), relative_noise(large.series)
    ragged = noise > max(ctx.limit(RAGGED) * usual, STEADY) and lopsided(small.series) >= ctx.limit(LOPSIDED)
    if ragged and small.fall < ctx.limit(STUCK):
        return False  # it is learnt already
    words = words_of(small.series)
    if words & OF_DATA or is_regression(words, terms):
        return True
    grows = 0 <= small.first < BEGAN * float(small.course[-1])
    return noise >= CALM * usual and not grows  # or it is a penalty by another name


def _is_swamped(ctx: Context, small: Part, large: Part) -> bool:
    """Whether a term is far smaller than the large one, and not learnt while that one is."""
    worse = small.fall <= -ctx.limit(WORSE) and small.z <= -2 * ctx.limit(SURE)
    light = small.weight < ctx.limit(LIGHT) * large.weight
    if not _was_learnt(ctx, large, ctx.limit(SURE) * (2 / 3 if light else 1)):  # the weights are evidence as well
        return False
    ratio = ctx.limit(CLOSE) if worse or light else ctx.limit(RATIO)
    return ratio * small.size <= large.size and small.fall <= min(ctx.limit(STUCK), max(large.fall, large.drop) * HALF)


def _was_learnt(ctx: Context, large: Part, sure: float) -> bool:
    """Whether a term fell beyond its noise: over the run, or already in the first steps."""
    fell = large.fall >= ctx.limit(FELL) and large.z >= sure
    return fell or (large.drop >= HALF and level_z(large.series, FIRST, 1 - QUARTER) >= ctx.limit(SURE))


def _is_nothing(ctx: Context, small: Part, large: Part) -> bool:
    """Whether a term of the sum is next to nothing in every part of the run, and learnt by the way at best.

    The heads of one detector differ by tens and hundreds, and are often brought along learnt.
    """
    if not small.course.min() > 0 or not large.course.min() > 0:
        return False
    slow, fast = (math.log(p.first / float(p.course[-1])) if p.first > 0 else 0.0 for p in (small, large))
    if fast < -math.log1p(-ctx.limit(FELL)) or large.z < ctx.limit(SURE):
        return False
    ratios = large.course / small.course
    usual, least = float(np.exp(np.mean(np.log(ratios)))), float(ratios.min())
    heads = all(words_of(p.series) & OF_DETECTORS for p in (small, large))
    if heads and least < ctx.limit(NOTHING):
        return False
    one_output = bool(words_of(small.series) & KINDS) and bool(words_of(large.series) & KINDS)
    if one_output and usual >= ctx.limit(NOTHING) and least >= ctx.limit(RATIO):
        return True
    return slow <= ctx.limit(SLOWER) * fast and usual >= ctx.limit(ALL_ALONG) and least >= ctx.limit(CLOSE)


def _is_left_behind(ctx: Context, small: Part, large: Part) -> bool:
    """Whether a term stands where it stood, or has risen and stays, while one far larger at first has been solved."""
    solved = float(large.course[-1]) <= (1 - ctx.limit(SOLVED)) * large.first
    unmoved = float(small.course.min()) >= (1 - ctx.limit(UNMOVED)) * small.first
    stays = float(small.course[-1]) >= HALF * float(small.course.max())  # it was no bulge on the way
    return solved and unmoved and stays and large.first >= ctx.limit(ALL_ALONG) * small.first > 0


def _collapsed(ctx: Context, parts: list[Part]) -> Part | None:
    """A divergence that has fallen to nothing while the other terms stand where they stood, or None."""
    found = next((p for p in parts if words_of(p.series) & DIVERGENCE), None)
    if found is None:
        return None
    y = found.series.finite[1]
    top = max(float(np.median(part)) for part in np.array_split(y, LEAST))
    others = [p for p in parts if p is not found and not words_of(p.series) & BY_DESIGN]
    rest, end = sum(p.size for p in others), level(found.series, 1 - 1 / FEW)
    held = bool(others) and all(p.fall < ctx.limit(HELD) for p in others)
    gone = 0 <= end <= ctx.limit(GONE) * top and found.weight * end <= ctx.limit(GONE) * rest
    settled = all(level_z(p.series, (HALF, HALF + QUARTER), 1 - QUARTER) < ctx.limit(SURE) for p in others)
    return found if held and gone and settled else None


def _vanished(ctx: Context, found: Part, parts: list[Part], measured: dict[str, float]) -> Finding:
    series, end = found.series, level(found.series, 1 - 1 / FEW)
    top = float(np.max(series.finite[1]))
    others = [p for p in parts if p is not found and not words_of(p.series) & BY_DESIGN]
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
    ratio = _ratio(stuck[0], large)
    alone = _is_left_behind(ctx, stuck[0], large)
    first = stuck[0].series.name
    more = f"by about {ratio / 10:.3g} to {ratio:.3g}" if np.isfinite(ratio) else "by a hundred and more"
    return Finding(
        score=LIKELY,
        summary=f"{large.series.name} {'is solved alone, without' if alone else 'swamps'} {names}",
        evidence=tuple(_evidence(ctx, p, large) for p in stuck[:3]),
        causes=("terms on different scales", "weight of the small term too small"),
        fixes=(
            f"multiply the weight of {first} {more}",
            "weight the terms by uncertainty or gradient norm",
        ),
        series=(large.series, *(p.series for p in stuck)),
        measured=measured | {"ratio": min(ratio, LARGEST)},
    )


def _ratio(small: Part, large: Part) -> float:
    """How many times the large term outweighs the small one, at first or over the later half."""
    late, first = (a / b if b > 0 else math.inf for a, b in ((large.size, small.size), (large.first, small.first)))
    return max(late, first)


def _evidence(ctx: Context, small: Part, large: Part) -> Evidence:
    name = small.series.name
    course = f"fell by {small.fall:.0%}" if small.fall >= 0 else f"rose by {-small.fall:.0%}"
    if abs(small.z) < ctx.limit(SURE):
        course = "has not moved beyond its noise"
    other = f"{large.series.name} adds {large.size:.3g} and fell by {large.fall:.0%}"
    if _is_left_behind(ctx, small, large):
        other = f"{large.series.name} began at {large.first:.3g} and is {float(large.course[-1]):.3g} at the end"
    text = f"{name} adds {small.size:.3g} and {course}; {other}"
    return Evidence(text, name, span_of(small.series), min(_ratio(small, large), LARGEST), ctx.limit(RATIO))


RULE = Rule(
    code="ND406",
    slug="loss-term-imbalance",
    severities=("warning",),
    needs="two or more terms of the train loss, 12 points or more",
    check=check,
    thresholds=LIMITS,
    yields_to=("ND405", "ND103"),
)

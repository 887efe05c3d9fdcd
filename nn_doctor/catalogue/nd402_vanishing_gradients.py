"""ND402 vanishing-gradients (critical): gradients die on their way to the first layers while the loss is still high.

What it looks for
-----------------
Norms per layer: the first layer's half a per cent of the last one's (or of the whole gradient's) or less, falling from
layer to layer. A total norm alone: practically zero against its own start, or a ten-thousandth of the loss from the
start on. All this only while the train loss has hardly fallen: a loss at its floor has small gradients by right. The
same in the first seventh of a run and more, in which the loss wins next to nothing of what it wins later. A first layer
at a hundred-thousandth of the last one from the start to the end counts as long as the loss keeps half of its height:
the last layers learn alone.

Why it matters
--------------
The first layers do not learn: the net works on random features, or not at all.

When it is not this
-------------------
A converged run. Norms that differ between layers by a factor of 10 or 100. Frozen layers (zero by intention; logged
as exact zeros they are left out).

Fixes
-----
ReLU-like activations, He or Xavier initialisation, normalisation, residual connections; gates in recurrent nets.

References
----------
X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.gap import rank_correlation
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.internals import (
    BEGINNING,
    alike,
    is_total,
    late_fall,
    layers,
    level,
    logged,
    loss_fall,
    statistic,
)
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.model import Series

RATIO = Threshold("nd402.ratio", 0.005, "first to last layer", 1e-12, 0.1, "deep sigmoid nets: 0.0007 to 0.0017")
LAYERS = Threshold("nd402.layers", 3, "layers", 2, 1000, "two layers make no trend")
ORDER = Threshold(
    "nd402.order", 0.6, "rank correlation", 0.0, 1.0, "the norms fall towards the first layer, one with another"
)
LEARNT = Threshold("nd402.learnt", 0.3, "of the first loss", 0.0, 1.0, "a loss that has fallen further does learn")
ZERO = Threshold("nd402.zero", 1e-4, "of its start", 1e-12, 0.1, "a total norm that is practically gone")
FROM_THE_START = Threshold(
    "nd402.from_the_start",
    1e-4,
    "of the loss",
    1e-12,
    0.1,
    "a loss not learnt yet has norms of a hundredth and more",
)
NOTHING = 0.1
"""Of the first loss: one that has fallen by less learns nothing."""
SURE, LIKELY, HESITANT = 0.9, 0.75, 0.65
ALONE = Threshold(
    "nd402.alone",
    0.5,
    "of the first loss",
    0.0,
    1.0,
    "what the last layers learn alone, below a ratio of 1e-5 to the end",
)
WAITS = Threshold("nd402.waits", 0.15, "of the run", 0.1, 0.9, "in which the loss waits for the first layers")
PARTS = 20
DEEP = 1e-5
"""From this ratio on no healthy training was seen."""
LATE = 0.9
SIGNED = frozenset({"mean", "avg", "average", "median", "min"})


def check(ctx: Context) -> Finding | Clear:
    """Layers against each other where they were logged, else the total norm against its start."""
    norms = logged(ctx, "grad_norm")
    late = late_fall(ctx)
    if late > ctx.limit(LEARNT) and not (late <= ctx.limit(ALONE) and _deep_throughout(norms)):
        return _at_first(ctx, norms) or Clear(f"the train loss fell by {late:.0%}: it learns", {"fall": late})
    found = _through_layers(ctx, norms, late)
    whole = loss_fall(ctx)
    if found is None and whole > ctx.limit(LEARNT):
        return Clear(f"the train loss fell by {whole:.0%}: it learns", {"fall": whole})
    return found or _total(ctx, norms, whole)


def _stacks(norms: list[Series]) -> list[list[Series]]:
    """The layers of each statistic that measures a size; means of gradients with their signs measure none."""
    sizes = [
        group for group in alike(norms) if not (signed := statistic(group[0]) & SIGNED) or statistic(group[0]) - signed
    ]
    stacks = [[s for s in layers(group) if np.nan_to_num(level(s, BEGINNING)) > 0] for group in sizes]
    return [stack for stack in stacks if stack]


def _deep_throughout(norms: list[Series]) -> bool:
    """Whether the first layer's gradients are next to nothing against the last one's, from the start to the end."""
    parts = ((0.0, BEGINNING), (BEGINNING, LATE), (LATE, 1.0))
    return any(all(level(s[0], *part) <= DEEP * level(s[-1], *part) for part in parts) for s in _stacks(norms))


def _through_layers(ctx: Context, norms: list[Series], fall: float) -> Finding | None:
    found = (_through(ctx, norms, stack, fall) for stack in _stacks(norms) if len(stack) >= ctx.limit(LAYERS))
    return next((finding for finding in found if finding is not None), None)


def _at_first(ctx: Context, norms: list[Series]) -> Finding | None:
    """Gradients that reach the first layer only after a good part of the run, for which the loss waits."""
    loss = ctx.train
    for stack in _stacks(norms):
        if len(stack) < ctx.limit(LAYERS) or min(len(loss), *(len(s) for s in stack)) < 2 * PARTS:
            continue
        parts = [(i / PARTS, (i + 1) / PARTS) for i in range(PARTS)]
        levels = np.array([[level(s, *part) for s in stack] for part in parts])
        small = levels[:, 0] <= ctx.limit(RATIO) * levels[:, -1]
        until = PARTS if small.all() else int(np.argmin(small))
        if until / PARTS < ctx.limit(WAITS) or until == PARTS:
            continue
        order = rank_correlation(np.arange(len(stack), dtype=np.float64), np.median(levels[:until], axis=0))
        height = np.array([level(loss, *part) for part in parts])
        won, later = height[1] - np.median(height[until - 2 : until]), height[1] - height[-1]
        if order >= ctx.limit(ORDER) and later > 0 and won <= ctx.limit(LEARNT) * later:
            ratio = float(np.median(levels[:until, 0] / levels[:until, -1]))
            share = until / PARTS
            text = f"{stack[0].name} is {ratio:.1g} of {stack[-1].name} over the first {share:.0%} of the run"
            evidence = (Evidence(text, stack[0].name, None, ratio, ctx.limit(RATIO)), _loss(ctx, won / abs(height[1])))
            summary = f"the gradients do not reach the first layer over the first {share:.0%} of the run"
            ends = (stack[0], stack[-1])
            return _finding(ctx, LIKELY, summary, evidence, ends, {"ratio": ratio, "order": order, "waits": share})
    return None


def _through(ctx: Context, norms: list[Series], stack: list[Series], fall: float) -> Finding | None:
    levels = np.array([level(s, BEGINNING) for s in stack])
    same = statistic(stack[0]) - {"norm"}
    whole = next((s for s in norms if is_total(s) and statistic(s) - {"norm"} == same), stack[-1])
    last = stack[-1]
    if levels[0] > ctx.limit(RATIO) * levels[-1] and levels[-1] < level(whole, BEGINNING):
        last = whole  # all but a trifle may go into the last layer's bias
    ratio = float(levels[0] / level(last, BEGINNING))
    order = rank_correlation(np.arange(levels.size, dtype=np.float64), levels)
    if ratio > ctx.limit(RATIO) or order < ctx.limit(ORDER):
        return None
    first = stack[0]
    text = f"{first.name} is {levels[0]:.2g}, {last.name} {level(last, BEGINNING):.2g}: a ratio of {ratio:.1g}"
    evidence = (Evidence(text, first.name, None, ratio, ctx.limit(RATIO)), _loss(ctx, fall))
    score = SURE if ratio < DEEP else LIKELY
    measured = {"ratio": ratio, "order": order, "fall": fall}
    return _finding(
        ctx, score, "the gradients vanish on their way to the first layer", evidence, (first, last), measured
    )


def _total(ctx: Context, norms: list[Series], fall: float) -> Finding | Clear:
    totals = [s for s in norms if is_total(s)]
    for series in totals:
        start, end = level(series, 0.0, BEGINNING), level(series, 0.5)
        if start > 0 and abs(end) <= ctx.limit(ZERO) * start and float(series.finite[1].min()) >= 0:
            text = f"{series.name} went from {start:.2g} to {end:.2g}"
            evidence = (Evidence(text, series.name, None, end / start, ctx.limit(ZERO)), _loss(ctx, fall))
            measured = {"left": end / start, "fall": fall}
            return _finding(
                ctx, LIKELY, "the gradient is practically zero although the loss is high", evidence, (series,), measured
            )
        found = _tiny(ctx, series, fall)
        if found is not None:
            return found
    return Clear("the gradients reach the first layer", {"fall": fall})


def _tiny(ctx: Context, series: Series, fall: float) -> Finding | None:
    """A norm of the whole gradient that is next to nothing against the loss from the start on, and no learning."""
    usual, high = level(series), abs(level(ctx.train))
    if not 0 < level(series, 0.0, 0.5) <= ctx.limit(FROM_THE_START) * high or not -NOTHING < fall < NOTHING:
        return None
    text = f"{series.name} is {usual:.2g} as a rule, {ctx.train.name} {high:.3g}"
    evidence = (Evidence(text, series.name, None, usual / high, ctx.limit(FROM_THE_START)), _loss(ctx, fall))
    summary = "the gradient is next to nothing from the start on, although the loss is high"
    return _finding(ctx, HESITANT, summary, evidence, (series,), {"share": usual / high, "fall": fall})


def _loss(ctx: Context, fall: float) -> Evidence:
    moved = f"has fallen by {max(fall, 0.0):.0%} only" if fall > 0 else "has not fallen"
    return Evidence(
        f"{ctx.train.name} {moved} since the first steps", ctx.train.name, span_of(ctx.train), fall, ctx.limit(LEARNT)
    )


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
        causes=(
            "saturating activations (sigmoid, tanh) in a deep net",
            "weights initialised too small",
            "dead units",
            "no skip connections",
        ),
        fixes=(
            "ReLU-like activations with He initialisation, or Xavier for tanh",
            "batch or layer normalisation, residual connections",
            "in a recurrent net: gates (LSTM, GRU), orthogonal initialisation",
        ),
        series=(*series, ctx.train),
        span=span_of(ctx.train),
        measured=measured,
    )


RULE = Rule(
    code="ND402",
    slug="vanishing-gradients",
    severities=("critical",),
    needs="gradient norms of three layers or a total one, 10 points or more, and a train loss",
    check=check,
    thresholds=(RATIO, LAYERS, ORDER, LEARNT, ZERO, WAITS, ALONE, FROM_THE_START),
    yields_to=("ND401", "ND103"),
    live=True,
)

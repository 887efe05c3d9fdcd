"""ND409 activation-collapse (warning): the activations shrink, grow or saturate layer by layer.

What it looks for
-----------------
The spread (standard deviation, root mean square, mean size) of each layer's activations. It shrinks: from the first
layer to the smallest it falls to a third and less (a tenth of the variance), layer by layer, while the loss has not
come down, or a thousandfold whatever the loss does; or in most layers it falls to a hundredth of its start in such a
run. It grows: by two fifths and more from each layer to the next, which is the growth of a product, threefold in all,
or twelvefold where the loss has come down. Or units are saturated: a logged
share above 90 % in some layer, above 80 % in most of several, or above 60 % in most while the loss has not come down;
or the spread before the activations is 12 and more. Or the embeddings of all samples become one: their spread falls to
two fifths and less while the loss wins little.

Why it matters
--------------
Signals that die or blow up on the way carry no information forward and no gradient back.

When it is not this
-------------------
Layers of different kind differ by a factor of a few. An output layer alone may have another scale. The stream through
residual blocks grows with depth, but as a sum and not as a product. A net whose loss has fallen well has found its
scale.

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
from nn_doctor.catalogue.common.internals import BEGINNING, alike, late_fall, layers, level, logged
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

RATIO = Threshold(
    "nd409.ratio", 3.2, "first to smallest layer", 2.0, 1e6, "a variance ratio of 10, in a net that learns nothing"
)
ORDER = Threshold(
    "nd409.order", 0.7, "rank correlation", 0.0, 1.0, "the spread changes layer by layer, in one direction"
)
LAYERS = Threshold("nd409.layers", 3, "layers", 2, 1000, "two layers make no trend")
LEARNT = Threshold(
    "nd409.learnt", 0.35, "of the first loss", 0.0, 1.0, "a loss that has fallen further has found its scale"
)
STEP = Threshold(
    "nd409.step", 1.4, "from layer to layer", 1.1, 10.0, "residual blocks grow by 1.3 at most, as a sum does"
)
GROWN = Threshold("nd409.grown", 12, "first to largest layer", 2.0, 1e6, "healthy stacks of any depth stay below 5")
FADED = Threshold("nd409.faded", 0.01, "of its start", 1e-9, 0.5, "healthy spreads change by a factor of a few")
SATURATED = Threshold("nd409.saturated", 0.9, "of the units", 0.5, 1.0, "nearly all units at the ends of their range")
ALL = Threshold("nd409.all", 0.8, "of the units", 0.5, 1.0, "in the median of several layers, whatever the loss does")
MOST = Threshold("nd409.most", 0.6, "of the units", 0.5, 1.0, "in the median layer, of a net that does not learn")
COLLAPSED = Threshold(
    "nd409.collapsed",
    0.4,
    "of its start",
    1e-6,
    0.9,
    "codes that stay apart keep their spread, or gain; dead ones have 0",
)
WIDE = Threshold("nd409.wide", 12, "spread before the activation", 3.0, 1e6, "sigmoid and tanh are flat beyond 5")
BEFORE = frozenset({"preact", "preacts", "preactivation", "preactivations"})
PERCENT = 1.5
SEVERAL = 2
FAR = 1000.0
SURE, LIKELY, HESITANT = 0.85, 0.75, 0.65


def check(ctx: Context) -> Finding | Clear:
    """Saturation where it is logged, else the spreads through the layers."""
    series = logged(ctx, "activation_std", "activation_var", "saturation", "code_std")
    saturated = [(_share(s), s) for s in series if s.metric == "saturation"]
    if saturated and max(share for share, _ in saturated) >= ctx.limit(SATURATED):
        return _saturated(ctx, max(saturated, key=lambda pair: pair[0]))
    middle = sorted(saturated, key=lambda pair: pair[0])[(len(saturated) - 1) // 2] if saturated else None
    if middle is not None and len(saturated) >= SEVERAL and middle[0] >= ctx.limit(ALL):
        return _saturated(ctx, middle)
    fall = late_fall(ctx)
    if len(saturated) >= ctx.limit(LAYERS) and fall <= ctx.limit(LEARNT):
        middle = sorted(saturated, key=lambda pair: pair[0])[len(saturated) // 2]
        if middle[0] >= ctx.limit(MOST):
            return _saturated(ctx, middle)
    found: Finding | Clear | None = _wide(ctx, series) or _codes(ctx, series, fall)
    if isinstance(found, Finding):
        return found
    for spreads in _stacks(series):
        if len(spreads) >= ctx.limit(LAYERS) or _fades(ctx, spreads, fall):
            found = _through_layers(ctx, spreads, fall)
            if isinstance(found, Finding):
                return found
    if found is None and any(s.metric == "code_std" for s in series):
        return Clear("the codes keep their spread", {"fall": fall})
    if found is None:
        raise InsufficientData(f"too few layers whose spread is logged; {ctx.limit(LAYERS):g} are needed")
    return found


def _wide(ctx: Context, series: list[Series]) -> Finding | None:
    """Units driven so far that sigmoid and tanh are flat there, in the median of several layers."""
    named = [s for s in series if s.metric != "saturation" and BEFORE & set(tokens_of(s.name))]
    sizes = sorted((_size(s), s.name, s) for s in named)
    if len(sizes) < SEVERAL or not sizes[(len(sizes) - 1) // 2][0] >= ctx.limit(WIDE):
        return None
    size, _, middle = sizes[(len(sizes) - 1) // 2]
    text = f"{middle.name} is {size:.3g} as a rule: sigmoid and tanh are flat beyond 5"
    evidence = (Evidence(text, middle.name, span_of(middle), size, ctx.limit(WIDE)),)
    what = "the units are driven far beyond the range of their activation"
    return _finding(ctx, HESITANT, what, evidence, tuple(named), {"wide": size})


def _codes(ctx: Context, series: list[Series], fall: float) -> Finding | None:
    """The spread of embeddings over the samples, lost in a run whose loss wins little: all get the same one."""
    for s in series:
        start, end = _size(s, 0.0, BEGINNING), _size(s, 1 - BEGINNING)
        if s.metric != "code_std" or fall > ctx.limit(LEARNT) or not 0 <= end <= ctx.limit(COLLAPSED) * start:
            continue
        text = f"{s.name} goes from {start:.3g} to {end:.3g}"
        evidence = (Evidence(text, s.name, span_of(s), end / start, ctx.limit(COLLAPSED)),)
        return _finding(ctx, LIKELY, "the embeddings of all samples become one", evidence, (s,), {"left": end / start})
    return None


def _stacks(series: list[Series]) -> list[list[Series]]:
    """The layers of each quantity logged, those without any spread at the start left out."""
    spreads = [s for s in series if s.metric not in {"saturation", "code_std"} and _size(s, 0.0, BEGINNING) > 0]
    return [layers(group) for group in alike(spreads)]


def _fades(ctx: Context, spreads: list[Series], fall: float) -> bool:
    """Whether what may be one layer alone has lost its spread in a run that learns nothing."""
    return bool(spreads) and fall <= ctx.limit(LEARNT) and _faded(spreads) <= ctx.limit(FADED)


def _faded(spreads: list[Series]) -> float:
    """What is left of the spread at the end, in the median layer."""
    return float(np.median([_size(s, 1 - BEGINNING) / _size(s, 0.0, BEGINNING) for s in spreads]))


def _share(series: Series) -> float:
    value = level(series, 0.5)
    return value / 100 if value > PERCENT else value


def _size(series: Series, start: float = 0.0, end: float = 1.0) -> float:
    """The level of a spread; of a variance its root."""
    value = level(series, start, end)
    return float(np.sqrt(value)) if series.metric == "activation_var" and value > 0 else value


def _through_layers(ctx: Context, spreads: list[Series], fall: float) -> Finding | Clear:
    levels = np.array([_size(s) for s in spreads])
    faded = _faded(spreads)
    measured = {"fall": fall, "faded": faded}
    quiet = fall <= ctx.limit(LEARNT)
    if quiet and faded <= ctx.limit(FADED):
        return _fading(ctx, spreads, measured)
    for what, there in (("shrinks", quiet), ("grows", True)):
        last = int(np.argmin(levels) if what == "shrinks" else np.argmax(levels))
        seen = _changed(levels[: last + 1], what == "grows")
        measured |= {f"{what}_by": seen[0], f"{what}_order": seen[1]}
        enough = ctx.limit(RATIO) if what == "shrinks" or quiet else ctx.limit(GROWN)
        there = there or (seen[0] >= FAR and seen[2] >= ctx.limit(STEP))  # nothing passes there, whatever is learnt
        product = what == "shrinks" or seen[2] >= ctx.limit(STEP)
        long = last + 1 >= ctx.limit(LAYERS)
        if there and long and product and seen[0] >= enough and seen[1] >= ctx.limit(ORDER):
            return _changing(ctx, [spreads[0], spreads[last]], what, seen[0], spreads, measured)
    return Clear("the activations keep their spread, or the loss has come down all the same", measured)


def _changed(levels: FloatArray, up: bool) -> tuple[float, float, float]:
    """By how much levels from layer to layer have changed in all, how steadily, and in the median step."""
    with np.errstate(divide="ignore"):
        steps = levels[1:] / levels[:-1] if up else levels[:-1] / levels[1:]
        whole = float(levels[-1] / levels[0] if up else levels[0] / levels[-1])
    order = rank_correlation(np.arange(levels.size, dtype=np.float64), levels if up else -levels)
    return whole, order, float(np.median(steps)) if steps.size else 1.0


def _fading(ctx: Context, spreads: list[Series], measured: dict[str, float]) -> Finding:
    first = spreads[0]
    text = f"{first.name} fell from {_size(first, 0.0, BEGINNING):.2g} to {_size(first, 1 - BEGINNING):.2g}, others too"
    evidence = (Evidence(text, first.name, span_of(first), measured["faded"], ctx.limit(FADED)),)
    return _finding(ctx, SURE, "the activations fade away in most layers", evidence, tuple(spreads), measured)


def _changing(
    ctx: Context, ends: list[Series], what: str, ratio: float, spreads: list[Series], measured: dict[str, float]
) -> Finding:
    first, last = ends
    text = f"the spread {what} from {_size(first):.2g} ({first.name}) to {_size(last):.2g} ({last.name})"
    evidence = (Evidence(text, first.name, span_of(first), ratio, ctx.limit(RATIO)),)
    score = SURE if ratio > FAR else LIKELY if ratio > FAR ** (1 / 3) else HESITANT
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
    thresholds=(RATIO, ORDER, LAYERS, LEARNT, STEP, GROWN, FADED, SATURATED, ALL, MOST, COLLAPSED, WIDE),
    live=True,
)

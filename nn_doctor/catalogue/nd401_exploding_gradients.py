"""ND401 exploding-gradients (critical): the gradient norm grows by orders of magnitude, or is no number any more.

What it looks for
-----------------
A logged gradient norm (total, or of a layer) that ends as infinity, or as NaN after it had risen, ends far above
everything before, or leaps again and again to a hundred times its own recent level while the loss does not get back to
its best. The run's own level is the yardstick: a norm of 70 is wild for one model and usual for another. Levels are
medians; those of 131,072 points and more are taken from every k-th of them (``analyzers/medians.py``).

Why it matters
--------------
One such step throws the weights far away; what follows is divergence or NaN.

When it is not this
-------------------
The first steps and warm-up have large norms. A norm that was usual up to the NaN follows a loss that broke (ND103), and
so does one that is lost after a few points, or while the learning rate climbs: the loss tells those better.
Mixed precision skips a step with an infinite norm now and then. Norms that double or triple late in a long run, and
single leaps the loss recovers from (clipping was at work), are healthy.

Fixes
-----
Clip the gradient norm, lower the learning rate, use warm-up, residual connections or normalisation; in recurrent nets
shorten the sequences.

References
----------
R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks" (2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, thinned
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.internals import BEGINNING, logged, loss_kept, trailing_median
from nn_doctor.catalogue.common.phrases import at, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

GROWTH = Threshold(
    "nd401.growth", 100.0, "times its level", 5.0, 1e9, "two orders of magnitude; healthy late growth is 3 to 10"
)
LEAPS = Threshold("nd401.leaps", 3, "leaps", 1, 1e6, "set by judgement: one or two leaps are bad batches")
KEPT = Threshold("nd401.kept", 0.7, "of the progress", 0.0, 1.0, "a loss that kept more of its progress has recovered")
LOST = Threshold("nd401.lost", 3, "points", 1, 1000, "mixed precision loses a single step now and then")
RUN_UP = Threshold(
    "nd401.run_up", 2.0, "times its level", 1.0, 1e6, "before NaN: exploding 3 and more, log(0) and 0/0 to 1.4"
)
BEFORE = Threshold("nd401.before", 5, "points", 1, 1000, "fewer sound norms show no level to grow out of")
CLIMB = 1.5
"""A rate that has grown so much, and never fell, since half of the time before the explosion, climbs."""
WINDOW = 50
NEAR = 5  # points before the first NaN that a run-up shows in
LESS = 1 - 1e-6  # so that rounding leaves no value out before the exact comparison
SURE, LIKELY = 0.9, 0.75


@dataclass(frozen=True)
class _Seen:
    """How a norm explodes: ``x`` from where, ``size`` against its level (infinite for NaN), ``times``."""

    series: Series
    x: float
    size: float
    times: int


def check(ctx: Context) -> Finding | Clear:
    """The worst of all logged norms."""
    found = [seen for s in logged(ctx, "grad_norm") if (seen := _explodes(ctx, s)) is not None]
    if not found:
        return Clear("no gradient norm grows out of its own range")
    kept = _kept(ctx)
    worst = max(found, key=lambda seen: (seen.size, seen.times))
    measured = {"growth": worst.size, "leaps": worst.times, "kept": kept}
    if kept > ctx.limit(KEPT):
        return Clear("the gradient norm leaps, but the loss recovers", measured)
    if kept < 0 and _rate_climbs(ctx, min(seen.x for seen in found)):
        return Clear("the gradient norm follows a loss that the climbing learning rate breaks", measured)
    return _finding(ctx, sorted(found, key=lambda seen: -seen.size), kept, measured)


def _rate_climbs(ctx: Context, place: float) -> bool:
    """Whether the learning rate was still on its way up where the norms exploded: then the loss tells it better."""
    rate = ctx.learning_rate
    if rate is None or rate.axis != ctx.train.axis:
        return False
    x, y = rate.finite
    before = y[x <= place]
    half = before[before.size // 2 :]
    return half.size >= NEAR and bool(np.all(np.diff(half) >= 0)) and float(half[-1]) >= CLIMB * float(half[0]) > 0


def _kept(ctx: Context) -> float:
    try:
        return loss_kept(ctx)
    except InsufficientData:
        return 0.0


def _explodes(ctx: Context, series: Series) -> _Seen | None:
    lost = np.flatnonzero(~np.isfinite(series.y)) if not np.isfinite(series.y[-1]) else np.zeros(0, dtype=np.int64)
    last = series.y.size - 1
    if lost.size >= ctx.limit(LOST) and lost[-1] == last and lost.size < series.y.size:
        first = int(np.flatnonzero(np.isfinite(series.y))[-1]) + 1
        enough = np.count_nonzero(np.isfinite(series.y)) >= ctx.limit(BEFORE)
        if enough and last - first + 1 >= ctx.limit(LOST) and _grew(series.y[: first + 1], ctx.limit(RUN_UP)):
            return _Seen(series, float(series.x[first]), float("inf"), last - first + 1)
    x, y = series.finite
    if y.size < WINDOW // 5 or not y.max() > 0.0 or y.min() < 0.0:  # a mean of gradients with their signs is no norm
        return None
    early = median(thinned(y[: max(3, int(BEGINNING * y.size))]))
    before = trailing_median(y, min(WINDOW, max(5, y.size // 5)))
    least = np.min(before, where=before > 0, initial=np.inf)
    hot = np.flatnonzero(y >= max(early, LESS * ctx.limit(GROWTH) * least))  # few: the rest is worked out for them
    hot = hot[(before[hot] > 0) & (y[hot] > early)]
    size = y[hot] / before[hot]
    hot, size = hot[size >= ctx.limit(GROWTH)], size[size >= ctx.limit(GROWTH)]
    if hot.size and hot[0] > 0 and (hot.size >= ctx.limit(LEAPS) or _stays(y, early, ctx.limit(GROWTH))):
        return _Seen(series, float(x[hot[0]]), float(size.max()), int(hot.size))
    if _stays(y, max(early, median(thinned(y[: y.size // 2]))), ctx.limit(GROWTH)):
        index = int(np.argmax(y > ctx.limit(GROWTH) ** 0.5 * early))
        return _Seen(series, float(x[index]), float(median(y[-3:]) / median(thinned(y[: y.size // 2]))), 1)
    return None


def _grew(y: FloatArray, times: float) -> bool:
    """Whether a norm was on its way up before its last value, which is lost, or overflowed there."""
    sound = y[np.isfinite(y)]
    if np.isinf(y[-1]):
        return True
    return sound.size > NEAR and float(sound[-NEAR:].max()) >= times * median(thinned(sound))


def _stays(y: FloatArray, before: float, growth: float) -> bool:
    """Whether the last values lie that many times above a level."""
    return before > 0 and median(y[-3:]) >= growth * before


def _finding(ctx: Context, found: list[_Seen], kept: float, measured: dict[str, float]) -> Finding:
    worst = found[0]
    broken = np.isinf(worst.size)
    place = at(worst.series, worst.x)
    what = "is no number any more" if broken else f"grows {worst.size:.3g}-fold"
    evidence = [_evidence(ctx, seen) for seen in found[:3]]
    ended = kept == -float("inf") or kept < 0
    return Finding(
        score=SURE if broken or ended else LIKELY,
        summary=f"the gradient norm {what} from {place}",
        evidence=tuple(evidence),
        causes=(
            "learning rate too high",
            "no gradient clipping",
            "deep or recurrent net without normalisation",
            "a bad batch",
        ),
        fixes=(
            f"clip the gradient norm (it is usually {_usual(worst.series):.3g}: a little above that)",
            try_rate(ctx, 1 / 3, "a third of the learning rate, with warm-up"),
            "normalisation or residual connections; shorter sequences in a recurrent net",
            f"go back to the checkpoint before {place}",
        ),
        series=tuple(seen.series for seen in found),
        span=span_of(worst.series, worst.x) if worst.series.finite[0].size else None,
        measured=measured,
    )


def _usual(series: Series) -> float:
    return median(series.finite[1])


def _evidence(ctx: Context, seen: _Seen) -> Evidence:
    name, place = seen.series.name, at(seen.series, seen.x)
    if np.isinf(seen.size):
        text = f"{name} is NaN or infinite from {place} to the end ({seen.times} points)"
    elif seen.times > 1:
        text = f"{name} leaps {seen.times} times to {seen.size:.3g} times its recent level, first at {place}"
    else:
        text = f"{name} ends {seen.size:.3g} times above its level before, rising from {place}"
    return Evidence(text, name, None, seen.size, ctx.limit(GROWTH))


RULE = Rule(
    code="ND401",
    slug="exploding-gradients",
    severities=("critical",),
    needs="a gradient norm of 10 points or more (grad_norm)",
    check=check,
    thresholds=(GROWTH, LEAPS, KEPT, LOST, RUN_UP, BEFORE),
    live=True,
)

"""What the rules about the inside of the network share: the series of one quantity, its layers in order, the loss."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.levels import step
from nn_doctor.analyzers.medians import median, nan_row_medians, row_medians
from nn_doctor.errors import InsufficientData
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.catalogue.base import Context
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Series

FEW = 10
"""Points below which a series says nothing of its course."""
BEGINNING = 0.05
"""Share of a run that counts as its first steps."""
EXACT = 4096
_NUMBER = re.compile(r"(\d+)")
_STATISTICS = frozenset("mean avg average abs absmean std stddev sd var variance rms max min median norm".split())
_CLIPS = frozenset({"clip", "clipped", "clipping", "total", "after", "postclip"})
_WHOLE = _CLIPS | frozenset(
    """
    before pre post preclip raw unclipped unscaled effective used l2 norm magnitude mag rms max abs absmax inf
    """.split()
)
"""What the name of a norm of the whole gradient may say besides."""
_STAGES = (
    frozenset("enc encoder stem embed embedding embeddings emb wte wpe input in first".split()),
    frozenset("dec decoder up upsample".split()),
    frozenset("head heads out output classifier logits final last proj_out".split()),
)
"""Parts of a network that come first, after the middle, and last."""


def logged(ctx: Context, *metrics: str, points: int = FEW) -> list[Series]:
    """Every series of these metrics with enough points; raises InsufficientData if there is none."""
    found = [s for s in ctx.run.series if s.metric in metrics and s.role in {"internal", "schedule"}]
    enough = [s for s in found if len(s) >= points]
    if not enough:
        why = f"fewer than {points} points of it" if found else "none in the log"
        raise InsufficientData(f"{' or '.join(metrics).replace('_', ' ')}: {why}")
    return enough


def layers(series: Sequence[Series]) -> list[Series]:
    """Those that name a layer, from the first to the last: by the number in the name where names differ in one only.

    Biases are left out where weights are there. Otherwise the order is that of the log; where a logger has put the
    names into the order of the alphabet, known parts of networks (encoder, decoder, head) are put back in place.
    """
    named = [s for s in series if s.term and "total" not in s.name.lower()]
    weights = [s for s in named if "bias" not in s.name.lower()]
    chosen = weights or named
    patterns = {_NUMBER.sub("#", s.name) for s in chosen}
    if len(patterns) == 1 and all(_NUMBER.search(s.name) for s in chosen):
        return sorted(chosen, key=lambda s: [int(number) for number in _NUMBER.findall(s.name)])
    if [s.name for s in chosen] == sorted(s.name for s in chosen):
        return sorted(chosen, key=_place)
    return list(chosen)


def is_total(series: Series) -> bool:
    """Whether a norm is that of the whole gradient, before or after clipping, rather than of a layer."""
    if series.term is None or set(series.term.split("_")) <= _WHOLE:
        return True
    return not _CLIPS.isdisjoint(tokens_of(series.name))


def alike(series: Sequence[Series]) -> list[list[Series]]:
    """The series of one statistic together ("std", "mean of sizes", "max" …), in the log's order."""
    kinds: dict[tuple[str, frozenset[str]], list[Series]] = {}
    for s in series:
        kinds.setdefault((s.metric, statistic(s)), []).append(s)
    return list(kinds.values())


def statistic(series: Series) -> frozenset[str]:
    """The words of the name that say which number about many was logged."""
    return frozenset(tokens_of(series.name)) & _STATISTICS


def _place(series: Series) -> tuple[int, list[tuple[bool, int, str]]]:
    """The stage of the network, then the name with its numbers as numbers."""
    said = {_NUMBER.sub("", token) for token in tokens_of(series.name)}
    first, late, last = (bool(said & stage) for stage in _STAGES)
    stage = 3 if last else 2 if late else 0 if first else 1
    parts = [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _NUMBER.split(series.name)]
    return stage, parts


def level(series: Series, start: float = 0.0, end: float = 1.0) -> float:
    """The median of the finite values between two shares of the series; NaN where there is none."""
    y = series.y[int(start * len(series)) : max(int(end * len(series)), int(start * len(series)) + 1)]
    finite = y[np.isfinite(y)]
    return median(finite) if finite.size else float("nan")


def level_z(series: Series, until: float | tuple[float, float], since: float) -> float:
    """The fall from the first part (up to the share ``until``, or between two shares) to that from ``since`` on.

    In standard errors; 0 where there is too little to judge by.
    """
    start, end = until if isinstance(until, tuple) else (0.0, until)
    y = series.y
    before = y[int(start * y.size) : max(int(end * y.size), int(start * y.size) + 1)]
    after = y[min(int(since * y.size), y.size - 1) :]
    before, after = before[np.isfinite(before)], after[np.isfinite(after)]
    if not before.size or not after.size or series.finite[1].size < FEW:
        return 0.0
    return step(before, after, series.finite[1]).z


def loss_fall(ctx: Context) -> float:
    """How much of its first level the train loss has lost at its end: 0.9 for a fall to a tenth, below 0 for a rise.

    −∞ for a loss that ended as NaN or infinite. Raises InsufficientData without a train loss.
    """
    train = ctx.train
    if len(train) < FEW:
        raise InsufficientData(f"{len(train)} points of the train loss; {FEW} are needed")
    if not np.isfinite(train.y[-1]):
        return -float("inf")
    y = train.finite[1]
    head, tail = max(1, int(BEGINNING * y.size)), max(3, y.size // FEW)
    first, last = float(y[:head].max()), median(y[-tail:])
    return (first - last) / abs(first) if first else 0.0


def late_fall(ctx: Context) -> float:
    """As ``loss_fall``, but from the level after the first steps on: a loss that only came down to chance has none."""
    whole = loss_fall(ctx)
    start, end = level(ctx.train, BEGINNING, 3 * BEGINNING), level(ctx.train, 1 - 1 / FEW)
    return min(whole, (start - end) / abs(start)) if np.isfinite(whole) and start else whole


def loss_kept(ctx: Context) -> float:
    """Of the train loss's progress to its best level, the share still there at its end; −∞ if it ended as NaN."""
    train = ctx.train
    y = train.finite[1]
    if not np.isfinite(train.y[-1]) or y.size < FEW:
        return -float("inf")
    tail = max(3, y.size // FEW)
    start = median(y[: max(1, int(BEGINNING * y.size))])
    best = min(median(part) for part in np.array_split(y, min(y.size // 2, 20)))
    progress = start - best
    return (start - median(y[-tail:])) / progress if progress > 0 else 0.0


def trailing_median(y: FloatArray, window: int) -> FloatArray:
    """The median of up to ``window`` values before each of ``y`` (n,), finite; NaN for the first.

    Beyond 4096 points the median of the last whole block of ``window`` points before each, which costs O(n).
    """
    if y.size > EXACT:
        whole = y.size // window
        levels = row_medians(y[: whole * window].reshape(whole, window))
        shifted = np.concatenate([[np.nan], levels])
        return np.repeat(shifted, window)[: y.size]
    before = np.concatenate([np.full(window, np.nan), y[:-1]])
    views = np.lib.stride_tricks.sliding_window_view(before, window)
    result: FloatArray = np.full(y.size, np.nan)
    result[1:] = nan_row_medians(views[1 : y.size])
    return result

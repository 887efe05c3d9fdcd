"""Reducing a curve of any length to a few hundred robust points, in one vectorised pass."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import part_medians, row_medians, stride_of, thinned

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

ENOUGH = 1 << 12
"""Points of a bucket whose median is taken; of a longer one every k-th, k odd."""
BUCKETS = 400
"""Points a shape is judged on; slopes and plateaus of a run are not finer than a four-hundredth of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """Consecutive runs of ``size`` points each, all arrays (k,): middle x, median, mean, lowest and highest y."""

    x: FloatArray
    median: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray
    size: int


UNEVEN = 0.1
"""x and the number of points may part company by this share of the run before points are binned by x."""


def even(x: FloatArray, y: FloatArray, bins: int = BUCKETS) -> tuple[FloatArray, FloatArray]:
    """``(x, y)`` (n,) unchanged if logged at an even pace, else the median of each non-empty bin of equal x width.

    Logs often hold every one of the first steps and every hundredth afterwards; places in a run are shares of
    x, not of the number of points. x must not decrease. Whether the pace is even is told from some 2¹⁶ points: since x
    does not decrease, the points between them cannot part company by more than another 2⁻¹⁶. O(n).
    """
    span = float(x[-1] - x[0]) if x.size > 2 else 0.0
    if not 0 < span < np.inf:
        return x, y
    some = thinned(x)
    if np.abs((some - x[0]) / span - np.arange(0, x.size, stride_of(x.size)) / (x.size - 1)).max() <= UNEVEN:
        return x, y
    share = (x - x[0]) / span
    inner = np.flatnonzero(np.diff(np.minimum((share * bins).astype(np.int64), bins - 1))) + 1
    edges = np.concatenate([[0], inner, [x.size]])
    means = [x[a:b].mean() for a, b in itertools.pairwise(edges)]
    return np.array(means), part_medians(y, edges)


def reduce(x: FloatArray, y: FloatArray, buckets: int = BUCKETS) -> Buckets:
    """Reduce ``(x, y)`` (n,), finite, to at most ``buckets`` runs of equal length.

    A remainder shorter than a run is dropped from the *front* run boundaries (the end of a log decides), so the
    first points are kept only if they fill a run; a curve of n ≤ buckets points is returned as it is. O(n).
    The median of a run of more than 2¹³ points is that of some 2¹² of them: off by 2 % of the spread in the run.
    """
    size = max(1, -(-y.size // buckets))
    if size == 1:
        return Buckets(x, y, y, y, y, 1)
    start, every = y.size % size, max(1, size // ENOUGH - 1 + size // ENOUGH % 2)
    xs, ys = x[start:].reshape(-1, size), y[start:].reshape(-1, size)
    return Buckets(xs.mean(axis=1), row_medians(ys[:, ::every]), ys.mean(axis=1), ys.min(axis=1), ys.max(axis=1), size)

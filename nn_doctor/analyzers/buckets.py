"""Reducing a curve of any length to a few hundred robust points, in one vectorised pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

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


def reduce(x: FloatArray, y: FloatArray, buckets: int = BUCKETS) -> Buckets:
    """Reduce ``(x, y)`` (n,), finite, to at most ``buckets`` runs of equal length.

    A remainder shorter than a run is dropped from the *front* run boundaries (the end of a log decides), so the
    first points are kept only if they fill a run; a curve of n ≤ buckets points is returned as it is. O(n).
    """
    size = max(1, -(-y.size // buckets))
    if size == 1:
        return Buckets(x, y, y, y, y, 1)
    start = y.size % size
    xs, ys = x[start:].reshape(-1, size), y[start:].reshape(-1, size)
    return Buckets(xs.mean(axis=1), np.median(ys, axis=1), ys.mean(axis=1), ys.min(axis=1), ys.max(axis=1), size)

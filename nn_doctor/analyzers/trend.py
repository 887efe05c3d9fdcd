"""Is there a trend, and how steep: two robust measures that a few spikes do not move."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.buckets import reduce
from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 4
BUCKETS = 200
"""Both measures look at all pairs: 20,000 of them on so many points."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Direction, significance and steepness.

    ``tau`` in [−1, 1] is Kendall's rank correlation of y with the order of the points, ``p`` its two-sided
    significance (Mann–Kendall, normal approximation with ties), ``slope`` the Theil–Sen slope in units of y per
    unit of x, ``change`` that slope times the extent of x.
    """

    tau: float
    p: float
    slope: float
    change: float


def trend(x: FloatArray, y: FloatArray, last: float = 1.0) -> Trend:
    """The trend of the last share ``last`` of ``y`` (n,) over ``x`` (n,), both finite, reduced to 200 medians.

    Raises InsufficientData below 4 points. H. Mann (1945), M. Kendall (1975); P. Sen (1968).
    """
    first = y.size - max(MIN_POINTS, math.ceil(y.size * last))
    if first < 0:
        raise InsufficientData(f"{y.size} points; a trend needs {MIN_POINTS}", MIN_POINTS)
    values, exponent = scaled(y[first:])
    buckets = reduce(x[first:], values, BUCKETS)
    at, level = buckets.x, buckets.median
    i, j = np.triu_indices(level.size, 1)
    signs = np.sign(level[j] - level[i])
    score = float(signs.sum())
    slope = _slope(at[j] - at[i], level[j] - level[i])
    return Trend(
        tau=score / signs.size,
        p=_significance(score, level),
        slope=unscaled(slope, exponent),
        change=unscaled(slope * float(at[-1] - at[0]), exponent),
    )


def _slope(dx: FloatArray, dy: FloatArray) -> float:
    """The median slope of all pairs with different x."""
    apart = dx > 0
    return median(dy[apart] / dx[apart]) if apart.any() else 0.0


def _significance(score: float, level: FloatArray) -> float:
    """Two-sided p of a Mann–Kendall score, with its correction for ties and for continuity."""
    n = level.size
    ties = np.unique(level, return_counts=True)[1].astype(np.float64)
    variance = (n * (n - 1) * (2 * n + 5) - float(np.sum(ties * (ties - 1) * (2 * ties + 5)))) / 18
    if variance <= 0 or score == 0:
        return 1.0
    return math.erfc((abs(score) - 1) / math.sqrt(2 * variance))

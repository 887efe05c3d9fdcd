"""How far two curves rise together between evaluations, against what noise of their own would draw."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, roughness
from nn_doctor.analyzers.scaling import ratio
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_PAIRS = 10
SKIP = 0.1
"""The first share of the pairs is the fall itself."""
LAST = 3
QUARTER = 4
WIDER = 1.5
"""Variance of the correlation of two series of differences of noise, times their number."""


@dataclass(frozen=True, slots=True)
class Together:
    """Common rises of two curves, as shares of the larger of their falls (first pair to median of the last quarter).

    A stretch of evaluations through which both rise is one rise, as large as the smaller of the two. ``second`` is the
    second largest (the largest alone may be an accident), ``level`` the same as a share of the larger last level.
    ``noises`` is the same as a multiple of what noise of their own would draw: of the larger noise of one point (by
    second differences, which slow waves do not touch) times √ln of the number of steps, as extremes grow.
    ``agree`` is the rank correlation of the steps of the two (Spearman 1904) in its standard errors, about a standard
    normal where each has but noise of its own. ``falls`` is the smaller of the two falls over the larger.
    """

    second: float
    level: float
    noises: float
    agree: float
    falls: float


def together(x: FloatArray, y: FloatArray, x2: FloatArray, y2: FloatArray) -> Together:
    """The common rises of ``y`` (n,) over ``x``, averaged between evaluations, and of ``y2`` (m,) over ``x2``, finite.

    Raises InsufficientData below 10 common points, and where neither falls. O(n + m).
    """
    ends = np.searchsorted(x, x2, side="right")
    count = np.diff(ends, prepend=0)
    have = count > 0
    if int(have.sum()) < MIN_PAIRS:
        raise InsufficientData(f"{int(have.sum())} common points, {MIN_PAIRS} are needed", MIN_PAIRS)
    pairs = np.add.reduceat(y[: ends[-1]], (ends - count)[have]) / count[have], y2[have]
    last = max(LAST, pairs[0].size // QUARTER)
    levels = [median(curve[-last:]) for curve in pairs]
    falls = [float(curve[0]) - level for curve, level in zip(pairs, levels, strict=True)]
    fall = max(falls)
    if not fall > 0:
        raise InsufficientData("neither of the two falls")
    first, second = (np.diff(curve[max(1, int(SKIP * curve.size)) :]) for curve in pairs)
    up = _common_rises(first, second)
    return Together(
        second=up / fall,
        level=ratio(up, max(levels)) if min(levels) > 0 else 0.0,
        noises=ratio(up, _noise(pairs) * math.sqrt(math.log(first.size))),
        agree=_agree(first, second),
        falls=min(falls) / fall,
    )


def _common_rises(first: FloatArray, second: FloatArray) -> float:
    """The second largest rise over stretches of steps in which both rise; 0 where there are no two."""
    both = np.concatenate([[False], (first > 0) & (second > 0), [False]])
    edges = np.flatnonzero(np.diff(both.astype(np.int8)))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    rises = sorted(min(float(first[a:b].sum()), float(second[a:b].sum())) for a, b in pairs)
    return rises[-2] if len(rises) > 1 else 0.0


def _noise(pairs: tuple[FloatArray, FloatArray]) -> float:
    return MAD_TO_SIGMA * max(median(roughness(curve)) for curve in pairs)


def _agree(first: FloatArray, second: FloatArray) -> float:
    """Spearman's correlation in standard errors; ties count in the order of the points.

    Steps of noise are correlated by −1/2 with the next ones, which widens the error by √(1 + 2/4) (Bartlett 1946).
    """
    a, b = (np.argsort(np.argsort(steps, kind="stable")) - (steps.size - 1) / 2 for steps in (first, second))
    return float(a @ b / (a @ a)) * math.sqrt(first.size / WIDER)

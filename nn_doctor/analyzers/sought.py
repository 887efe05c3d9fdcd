"""A refrain whose period is not known: the shortest one at which nearly as much comes back as at any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.refrain import LEAST_PERIODS, refrain
from nn_doctor.analyzers.repeats import autocorrelation
from nn_doctor.analyzers.scaling import scaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.analyzers.refrain import Refrain
    from nn_doctor.series.channel import FloatArray

MEANS = 512  # the curve is looked at as so many means
TREND = 5  # the slow course is the mean of a fifth of the curve
CLIP = 6.0  # usual residuals: a spike counts no more than that
LEAST = 8  # points of a period; fewer draw no shape
ECHOES = 16  # multiples of a period at which its echo is looked for
PEAKS = 6  # of the echo that are looked at closely,
NEAR = np.linspace(-0.5, 0.5, 13)  # at the whole numbers about so many places between two that can be told apart
EQUAL = 0.85  # the shortest period whose waves share so much of the most is the period, not a multiple


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """The period found (in units of x) and what the waves share at it."""

    length: float
    found: Refrain


def sought(x: FloatArray, y: FloatArray, z: float) -> Sought:
    """The refrain of ``y`` (n,) over ``x`` (n,) whose waves share most, of those that stand out of chance by ``z``.

    Periods of eight points to a sixth of the curve; where none stands out, that with the largest z. The echo of the
    curve, its autocorrelation at multiples of a period, says which to look at closely. Raises InsufficientData where
    too few periods or points are there. O(n log n).
    """
    needed = LEAST * (LEAST_PERIODS + 2)
    if y.size < needed:
        raise InsufficientData(f"a refrain of unknown period needs {needed} points, there are {y.size}", needed)
    edges = np.linspace(0, y.size, min(y.size, MEANS) + 1).astype(np.int64)
    place, level = (np.add.reduceat(v, edges[:-1]) / np.diff(edges) for v in (x, scaled(y)[0]))
    gap = float(place[-1] - place[0]) / (place.size - 1)
    tried = [t for t in (_try(place, level, length) for length in _lengths(level, gap)) if t is not None]
    if not tried:
        raise InsufficientData("no period of which five are whole")
    clear = [t for t in tried if t.found.z >= z]
    if not clear:
        return max(tried, key=lambda t: t.found.z)
    most = max(t.found.shared for t in clear)
    shortest = min(t.length for t in clear if t.found.shared >= EQUAL * most)
    return max((t for t in clear if t.length <= shortest * (1 + 1 / TREND)), key=lambda t: t.found.shared)


def _try(place: FloatArray, level: FloatArray, length: float) -> Sought | None:
    try:
        return Sought(float(length), refrain(place, level, length))
    except InsufficientData:
        return None


def _lengths(level: FloatArray, gap: float) -> FloatArray:
    """The lengths, ``gap`` from point to point, at whose multiples ``level`` (n,) comes back most, and some about each.

    They are whole: so many batches are an epoch.
    """
    n = level.size
    rest = _rest(np.log(level) if float(level.min()) > 0 else level)
    echo = autocorrelation(rest, n // 2)
    shortest, longest = float(LEAST), n / (LEAST_PERIODS + 2)
    grid = 1 / np.arange(
        1 / longest, 1 / shortest, 1 / (2 * n)
    )  # half a point over the whole curve from one to the next
    multiples = grid[:, None] * np.arange(1, ECHOES + 1)
    inside = multiples <= n // 2
    heard = np.where(inside, np.interp(multiples, np.arange(echo.size), echo), 0.0).sum(axis=1)
    strength = np.concatenate(([-np.inf], heard / np.sqrt(inside.sum(axis=1)), [-np.inf]))
    peaks = np.flatnonzero((strength[1:-1] >= strength[:-2]) & (strength[1:-1] > strength[2:]))
    best = grid[peaks[np.argsort(-strength[1:-1][peaks])][:PEAKS]]
    near: FloatArray = np.unique(np.round(gap * best[:, None] * (1 + NEAR * best[:, None] / n)))
    return near[near > 0]


def _rest(level: FloatArray) -> FloatArray:
    """``level`` (n,) less its slow course, spikes clipped."""
    half = max(1, level.size // (2 * TREND))
    sums = np.concatenate(([0.0], np.cumsum(level)))
    at = np.arange(level.size)
    low, high = np.maximum(at - half, 0), np.minimum(at + half + 1, level.size)
    rest = level - (sums[high] - sums[low]) / (high - low)
    usual = median(np.abs(rest)) or float(np.abs(rest).max())
    clipped: FloatArray = np.clip(rest, -CLIP * usual, CLIP * usual)
    return clipped

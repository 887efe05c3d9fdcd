"""The noise of single batches against all that was won, for noise of any distribution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import thinned
from nn_doctor.analyzers.noise import MIN_POINTS, slice_edges, thinned_roughness
from nn_doctor.analyzers.scaling import ratio, scaled, unscaled
from nn_doctor.analyzers.trend import trend
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

WIDE = 0.9
WIDE_TO_SIGMA = 1.0 / 1.6448536  # the 0.9 quantile of |normal|
PARTS = 20
LAST = 3  # parts whose mean is the level at the end


@dataclass(frozen=True, slots=True)
class BatchNoise:
    """``spread`` of a point about its neighbours, ``start`` (mean of a twentieth), ``end`` (of three), in units of y.

    ``to_fall`` = spread/(start − end), infinite where the end is no lower. ``tau`` and ``p`` are Kendall's rank
    correlation with the order of the points, and its significance (``trend``). ``late`` is the spread in the second
    half, ``rise`` the mean of the last third over that of the first. ``positive``: no value is below zero, so that a
    share of the level means something. ``memory`` is the rank correlation of each point with the next, in its standard
    errors: noise has none, a level that wanders has.
    """

    spread: float
    start: float
    end: float
    to_fall: float
    tau: float
    p: float
    late: float
    positive: bool
    rise: float
    memory: float


def batch_noise(x: FloatArray, y: FloatArray) -> BatchNoise:
    """The noise of the finite curve ``y`` (n,) over ``x`` (n,); raises InsufficientData below 20 points.

    Batches of one sample lose little most of the time and much now and then: the median of second differences misses
    the wide part of it, so their 0.9 quantile is taken (equal to sigma for a normal distribution), and levels are
    means, on which noise averages out whatever its shape. Of more than 2¹⁷ points every k-th is taken for both. O(n).
    """
    if y.size < max(PARTS, MIN_POINTS):
        raise InsufficientData(f"{y.size} points; noise of batches needs {PARTS}", PARTS)
    z, e = scaled(y)
    rough = thinned_roughness(z)
    spread, late = _wide(rough), _wide(rough[rough.size // 2 :])
    some = thinned(z)
    edges = slice_edges(some.size, PARTS)
    start, end = float(some[: edges[1]].mean()), float(some[edges[-1 - LAST] :].mean())
    third = some.size // 3
    found = trend(x, y)
    return BatchNoise(
        spread=unscaled(spread, e),
        start=unscaled(start, e),
        end=unscaled(end, e),
        to_fall=ratio(spread, start - end) if start > end else float("inf"),
        tau=found.tau,
        p=found.p,
        late=unscaled(late, e),
        positive=bool(z.min() >= 0 and start > 0),
        rise=ratio(float(some[-third:].mean()), float(some[:third].mean())),
        memory=_memory(some),
    )


def _memory(y: FloatArray) -> float:
    """Spearman's correlation of ``y`` (n,) with itself one point later, times √n; ties count in the order of points."""
    ranks = np.argsort(np.argsort(y, kind="stable"), kind="stable") - (y.size - 1) / 2
    return float(ranks[1:] @ ranks[:-1] / (ranks @ ranks)) * math.sqrt(y.size)


def _wide(rough: FloatArray) -> float:
    """The sigma of noise whose second differences are ``rough``, from their wide part."""
    return WIDE_TO_SIGMA * float(np.quantile(rough, WIDE))

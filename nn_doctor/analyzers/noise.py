"""Step-to-step noise of a curve, against its level and against its total fall."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, part_medians, stride_of, thinned
from nn_doctor.analyzers.scaling import ratio, scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray, IntArray

MIN_POINTS = 8
MAD_TO_SIGMA = 1.4826  # of a normal distribution
SECOND_DIFFERENCE = math.sqrt(1.5)  # spread of y[i] − (y[i−1] + y[i+1])/2 for white noise of spread 1
SLICES = 16  # of the local profile
LEVELS = 64  # slices whose medians make the level of the curve
HEAD = 5  # points whose median is the level at the start


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """Noise in the units of y: ``step`` is the robust standard deviation of one point about its neighbours.

    ``start`` and ``end`` are robust levels at the two ends, ``low`` the lowest level reached in between;
    ``fall`` = start − low (never negative). ``to_level`` = step/median |y|, ``to_fall`` = step/fall (infinite
    for a curve that never falls, 0 for one without noise). ``profile`` (k ≤ 16,) is the noise in k equal
    slices of the curve, whose middles are at ``profile_x``; ``late`` is the noise of the last half.
    ``wander`` is the spread of the points about a straight line through the last half: it counts slow
    swings that a running average hides from ``step``.
    """

    points: int
    step: float
    late: float
    wander: float
    level: float
    start: float
    end: float
    low: float
    fall: float
    to_level: float
    to_fall: float
    profile_x: FloatArray
    profile: FloatArray


def roughness(y: FloatArray) -> FloatArray:
    """|second difference| of ``y`` (n,) as the (n − 2,) noise it shows: median × 1.4826 is its sigma.

    A straight line has none, so a steady fall is not noise (as in von Neumann's successive differences,
    one order higher).
    """
    return _roughness(y, 1)


def thinned_roughness(y: FloatArray) -> FloatArray:
    """``thinned(roughness(y))`` without working out the rest."""
    return _roughness(y, stride_of(y.size - 2))


def _roughness(y: FloatArray, every: int) -> FloatArray:
    """The roughness (see there) at every so many points."""
    middle = y[1:-1:every] - 0.5 * y[:-2:every]
    middle -= 0.5 * y[2::every]
    np.abs(middle, out=middle)
    middle *= 1.0 / SECOND_DIFFERENCE
    return middle


def slice_edges(size: int, slices: int) -> IntArray:
    """The borders of min(size, slices) consecutive slices of nearly equal size; shape (k + 1,)."""
    return np.linspace(0, size, min(size, slices) + 1).astype(np.int64)


def slice_medians(values: FloatArray, slices: int) -> FloatArray:
    """Medians of ``values`` (n,) in min(n, slices) consecutive slices of nearly equal size; shape (k,)."""
    return part_medians(values, slice_edges(values.size, slices))


def noise(x: FloatArray, y: FloatArray) -> Noise:
    """The noise of the finite curve ``y`` (n,) over ``x`` (n,); raises InsufficientData below 8 points.

    Independent of the length of the log: each figure is a median over points, and white noise has the same
    second differences at any density. O(n), about 30 ns a point.
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"noise needs {MIN_POINTS} points, there are {y.size}", MIN_POINTS)
    z, e = scaled(y)
    rough = thinned_roughness(z)
    slices = min(SLICES, max(1, rough.size // 4))
    profile = MAD_TO_SIGMA * slice_medians(rough, slices)
    edges = slice_edges(y.size - 2, slices)
    middles = (edges[:-1] + edges[1:] + 1) // 2
    step = MAD_TO_SIGMA * median(rough)
    levels = slice_medians(thinned(z), LEVELS)
    start, end = median(z[:HEAD]), median(thinned(z[-max(HEAD, y.size // 10) :]))
    level, low = median(np.abs(levels)), min(start, float(levels.min()))
    late = MAD_TO_SIGMA * median(rough[rough.size // 2 :])
    wander = _wander(thinned(z[y.size // 2 :]))
    to_level, to_fall = ratio(step, level), ratio(step, start - low)
    with np.errstate(over="ignore", under="ignore"):
        profile = np.ldexp(profile, e)
    return Noise(
        points=y.size,
        step=unscaled(step, e),
        late=unscaled(late, e),
        wander=unscaled(wander, e),
        level=unscaled(level, e),
        start=unscaled(start, e),
        end=unscaled(end, e),
        low=unscaled(low, e),
        fall=unscaled(start - low, e),
        to_level=to_level,
        to_fall=to_fall,
        profile_x=x[middles],
        profile=profile,
    )


def _wander(z: FloatArray) -> float:
    """The robust spread of ``z`` (m,) about the straight line through the medians of its two halves."""
    half = z.size // 2
    first, second = median(z[:half]), median(z[half:])
    slope = (second - first) / (z.size / 2)
    rest = z - (first + slope * (np.arange(z.size) - half / 2))
    return MAD_TO_SIGMA * median(np.abs(rest - median(rest)))

"""Where a curve changes its level at once: straight pieces, and the shifts between them."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, roughness, slice_medians
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray, IntArray

MIN_POINTS = 12
BUCKETS = 256  # the curve is looked at as so many medians: the search below is quadratic in them
PENALTY = 6.0  # price of a piece in σ² · ln(k): about twice the Bayesian criterion for 3 parameters a piece
FLOOR = 1e-9  # noise is never taken below this share of the curve's range


@dataclass(frozen=True, slots=True, eq=False)
class ChangePoints:
    """The borders between the straight pieces of a curve; arrays of shape (c,) for c borders.

    ``x`` is the place of the first bucket after the border, ``index`` the first point in it. ``before`` and
    ``after`` are the levels the two pieces have at the border, ``shift`` = after − before, ``z`` the shift against
    its standard error. ``fraction`` is the border's position in the log (0 … 1). ``slope_*`` tell a
    jump from a bend: the slopes are per bucket. ``sizes`` (c + 1,) are the pieces' lengths in buckets, ``sigma``
    the noise of one bucket.
    """

    x: FloatArray
    index: IntArray
    before: FloatArray
    after: FloatArray
    shift: FloatArray
    z: FloatArray
    fraction: FloatArray
    slope_before: FloatArray
    slope_after: FloatArray
    sizes: IntArray
    sigma: float
    buckets: int


def change_points(x: FloatArray, y: FloatArray, min_size: int = 4) -> ChangePoints:
    """The best division of ``y`` (n,) over ``x`` (n,) into straight pieces of at least ``min_size`` buckets.

    The exact optimum of squared error + penalty · pieces (optimal partitioning, Jackson et al. 2005) on ≤ 256
    bucket medians; a smooth decline costs a few bends, which have no ``shift``. Raises InsufficientData below 12
    points. O(n + 256²).
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"change points need {MIN_POINTS} points, there are {y.size}", MIN_POINTS)
    data, exponent = scaled(y)
    edges = np.linspace(0, y.size, min(y.size, BUCKETS) + 1).astype(np.int64)
    levels = slice_medians(data, BUCKETS)
    span = float(levels.max() - levels.min())
    sigma = max(MAD_TO_SIGMA * median(roughness(levels)), FLOOR * span, np.finfo(np.float64).tiny)
    unit = np.clip((levels - levels[0]) / sigma, -1.0 / FLOOR, 1.0 / FLOOR)
    borders = partition(unit, min_size, PENALTY * math.log(levels.size))
    return _describe(x, unit, edges, borders, (sigma, float(levels[0]), exponent))


def partition(unit: FloatArray, min_size: int, penalty: float) -> list[int]:
    """First positions of the pieces after the first, of the cheapest division of ``unit`` (k,); sigma is 1."""
    k = unit.size
    sums = _sums(unit)
    best = np.full(k + 1, np.inf)
    best[0] = 0.0
    origin = np.zeros(k + 1, dtype=np.int64)
    for end in range(min_size, k + 1):
        starts = np.arange(0, end - min_size + 1)
        costs = best[starts] + _line_cost(sums, starts, end) + penalty
        origin[end] = int(np.argmin(costs))
        best[end] = float(costs[origin[end]])
    borders: list[int] = []
    end = int(origin[k])
    while end > 0:
        borders.append(end)
        end = int(origin[end])
    return borders[::-1]


def _sums(unit: FloatArray) -> FloatArray:
    """Running sums (5, k + 1) of t, t², y, y², ty."""
    t = np.arange(unit.size, dtype=np.float64)
    rows = np.vstack((t, t * t, unit, unit * unit, t * unit))
    return np.concatenate((np.zeros((5, 1)), np.cumsum(rows, axis=1)), axis=1)


def _line_cost(sums: FloatArray, starts: IntArray, end: int) -> FloatArray:
    """Squared error of the least-squares lines over [start, end) for each of ``starts``."""
    n = (end - starts).astype(np.float64)
    t, tt, v, vv, tv = sums[:, end, None] - sums[:, starts]
    vary_t, vary_v, both = tt - t * t / n, vv - v * v / n, tv - t * v / n
    cost = vary_v - np.divide(both * both, vary_t, out=np.zeros_like(n), where=vary_t > 0)
    positive: FloatArray = np.maximum(cost, 0.0)
    return positive


def _describe(
    x: FloatArray, unit: FloatArray, edges: IntArray, borders: list[int], units: tuple[float, float, int]
) -> ChangePoints:
    """Levels, slopes and significance at each border."""
    sigma, origin, exponent = units
    cuts = [0, *borders, unit.size]
    lines = [_line(unit, a, b) for a, b in itertools.pairwise(cuts)]
    rows = []
    for i, border in enumerate(borders):
        (left, slope_l, n_l), (right, slope_r, n_r) = lines[i], lines[i + 1]
        before, after = left + slope_l * (border - 0.5 - cuts[i]), right - slope_r * 0.5
        error = math.sqrt(4.0 / n_l + 4.0 / n_r)  # a line's end is known to 2σ/√n
        rows.append((before, after, (after - before) / error, slope_l, slope_r))
    table: FloatArray = np.array(rows, dtype=np.float64).reshape(-1, 5)
    starts, ends, z, slopes_l, slopes_r = (table[:, i] for i in range(5))
    index = edges[np.array(borders, dtype=np.int64)]

    def real(values: FloatArray, base: float = 0.0) -> FloatArray:
        return np.array([unscaled(float(v) * sigma + base, exponent) for v in values], dtype=np.float64)

    sizes = np.array([b - a for a, b in itertools.pairwise(cuts)], dtype=np.int64)
    return ChangePoints(
        x=x[index],
        index=index,
        before=real(starts, origin),
        after=real(ends, origin),
        shift=real(ends - starts),
        z=z,
        fraction=index / float(edges[-1]),
        slope_before=real(slopes_l),
        slope_after=real(slopes_r),
        sizes=sizes,
        sigma=unscaled(sigma, exponent),
        buckets=unit.size,
    )


def _line(unit: FloatArray, first: int, last: int) -> tuple[float, float, int]:
    """(value at ``first``, slope, points) of the least-squares line over [first, last)."""
    piece = unit[first:last]
    t = np.arange(piece.size) - (piece.size - 1) / 2.0
    weight = float(t @ t)
    slope = float(t @ piece) / weight if weight > 0 else 0.0
    return float(piece.mean()) + slope * float(t[0]), slope, int(piece.size)

"""The shape of a curve as a whole: level at its ends, fall, where the fall happens, how it ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.buckets import even, reduce
from nn_doctor.analyzers.medians import median, stride_of
from nn_doctor.analyzers.noise import MAD_TO_SIGMA
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.analyzers.smoothing import smooth
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 5
WINDOW_SHARE = 0.04
"""Smoothing window as a share of the curve."""
MAX_WINDOW = 15
END_SHARE = 0.1
"""The level at the end is the median of this share of the curve."""
TAIL_SHARE = 0.25
"""The slope at the end is taken over this share of the curve."""
BIG = 1e300
"""Differences of values beyond this overflow: their noise counts as infinite."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Levels in the units of y, places as shares of the number of points (0 … 1), of a curve smoothed on buckets.

    ``start`` is the level of the first points, ``end`` the median of the last tenth, ``low`` the lowest smoothed
    level, ``low_at`` its place and ``low_x`` its x; ``fall`` = start − low (never negative), ``drop`` = start −
    end (negative for a curve that ends above its start). ``relative_fall`` = fall/|start|. ``sigma`` is the
    spread of one bucket about the smooth curve, ``raw_sigma`` that of one point. ``half_share`` is the part of
    the drop won in the first half (0.5 for a line), ``departs_at`` where the curve has made a tenth of its fall
    for good, ``arrives_at`` where it has made nine tenths. ``peak_after_low`` is the highest smoothed level
    after the low. ``tail_fall`` is the fall over the last quarter by a straight line and ``tail_z`` its size in
    standard errors; ``steepest`` the largest fall over a tenth of the curve, as a share of the fall.
    ``bounce`` is the spread of the buckets about a straight line over the second half.
    """

    points: int
    start: float
    end: float
    low: float
    low_at: float
    low_x: float
    fall: float
    drop: float
    relative_fall: float
    sigma: float
    raw_sigma: float
    half_share: float
    departs_at: float
    departs_x: float
    arrives_at: float
    arrives_x: float
    peak_after_low: float
    tail_fall: float
    tail_z: float
    steepest: float
    bounce: float


def shape(x: FloatArray, y: FloatArray) -> Shape:
    """The shape of ``y`` (n,) over ``x`` (n,), both finite; raises InsufficientData below 5 points.

    Scaling y by a power of two scales the levels and changes nothing else. O(n).
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"{y.size} points; the shape of a curve needs {MIN_POINTS}", MIN_POINTS)
    points = y.size
    every = stride_of(points - 1)
    huge = max(float(y.max()), -float(y.min())) >= BIG
    raw_sigma = math.inf if huge else _spread(y[1::every] - y[:-1:every]) / math.sqrt(2)
    values, exponent = scaled(y)
    x, values = even(x, values)
    if values.size < MIN_POINTS:
        raise InsufficientData("nearly all points lie at one end of the run", MIN_POINTS)
    buckets = reduce(x, values)
    level = smooth(buckets.median, window_of(buckets.median.size))
    n = level.size
    head = max(1, min(3, n // 20))
    start = median(buckets.median[:head]) if buckets.size == 1 else float(values[: buckets.size].mean())
    tail = max(2, round(n * END_SHARE))
    end = median(buckets.median[-tail:])
    low_index = int(np.argmin(level))
    low = min(float(level[low_index]), end)
    fall = max(start - low, 0.0)
    departs, arrives = _first_for_good(level, start - 0.1 * fall), _first_for_good(level, start - 0.9 * fall)
    tail_fall, tail_z = _tail(buckets.mean)
    sigma = _spread(buckets.median - level)
    peak = float(level[low_index:].max())
    span = max(1, n // 10)
    steepest = float(np.max(level[:-span] - level[span:])) / fall if fall > 0 else 0.0
    middle = median(level[n // 2 - tail // 2 : n // 2 + tail // 2 + 1])
    half = (start - middle) / (start - end) if start != end else 0.0
    as_logged = [unscaled(v, exponent) for v in (start, end, low, fall, start - end, sigma, peak, tail_fall)]
    return Shape(
        points=int(points),
        start=as_logged[0],
        end=as_logged[1],
        low=as_logged[2],
        low_at=low_index / (n - 1),
        low_x=float(buckets.x[low_index]),
        fall=as_logged[3],
        drop=as_logged[4],
        relative_fall=fall / abs(start) if start else math.inf,
        sigma=as_logged[5],
        raw_sigma=raw_sigma,
        half_share=half,
        departs_at=departs / (n - 1),
        departs_x=float(buckets.x[departs]),
        arrives_at=arrives / (n - 1),
        arrives_x=float(buckets.x[arrives]),
        peak_after_low=as_logged[6],
        tail_fall=as_logged[7],
        tail_z=tail_z,
        steepest=steepest,
        bounce=unscaled(_bounce(buckets.mean), exponent),
    )


def window_of(points: int) -> int:
    """The smoothing window for a curve of that many points: 4 % of it, at most 15, odd."""
    return min(MAX_WINDOW, max(1, int(points * WINDOW_SHARE))) | 1


def _first_for_good(level: FloatArray, below: float) -> int:
    """The first index from which the curve has gone below a level (the last index if it never does)."""
    under = np.flatnonzero(level <= below)
    return int(under[0]) if under.size else level.size - 1


def _spread(rest: FloatArray) -> float:
    """Robust standard deviation (1.4826 × median absolute deviation), 0 for an empty array."""
    return MAD_TO_SIGMA * median(np.abs(rest - median(rest))) if rest.size else 0.0


def _tail(mean: FloatArray) -> tuple[float, float]:
    """Fall over the last quarter by least squares, and that fall in standard errors (0 if it cannot be told)."""
    part = mean[-max(4, round(mean.size * TAIL_SHARE)) :]
    t = np.arange(part.size) - (part.size - 1) / 2
    slope = float(t @ part / (t @ t))
    rest = part - part.mean() - slope * t
    error = math.sqrt(float(rest @ rest) / max(part.size - 2, 1) / float(t @ t))
    z = -slope / error if error > 0 else (0.0 if slope == 0 else math.copysign(1e6, -slope))
    return -slope * (part.size - 1), z


def _bounce(mean: FloatArray) -> float:
    """Robust spread of the second half about its own straight line."""
    part = mean[mean.size // 2 :]
    t = np.arange(part.size) - (part.size - 1) / 2
    slope = float(t @ part / (t @ t)) if part.size > 1 else 0.0
    return _spread(part - slope * t)

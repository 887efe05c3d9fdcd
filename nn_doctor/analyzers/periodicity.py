"""Waves that repeat: the waveform of a curve in each of its periods."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, row_medians
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_PERIODS = 3
BINS = 48  # of a folded waveform
MIN_BINS = 8
MOST_PERIODS = 64  # folded; more add nothing to the waveform
ROUNDING = 1e-6  # of a bin: a point on the border of two belongs to the second
CURVE_DEGREE = 2  # a ramp or a bow within the epoch is what a saw-tooth has; it is taken out
NEARLY = 0.1  # how well the length of an epoch is known


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A curve folded at a period: ``waves`` (periods, bins) are the detrended bin means of each period.

    ``consistency`` is the mean correlation of each period's wave with the mean wave of the others;
    ``shape_consistency`` is that of what is left after a parabola (ramp, bow) is taken out of each wave: a
    saw-tooth at the borders has the first, data in an unchanging order has both. ``swing`` is the peak-to-peak
    height of the mean wave, ``shape_swing`` without the parabola, ``usual`` that of the median wave. ``residual``
    is the spread of the waves about their mean wave.
    """

    periods: int
    bins: int
    waves: FloatArray
    consistency: float
    shape_consistency: float
    swing: float
    shape_swing: float
    usual: float
    residual: float


def folded(x: FloatArray, y: FloatArray, period: float, origin: float = 0.0) -> Folded:
    """``y`` (n,) over ``x`` (n,) folded at ``period`` (units of x), borders at origin + i · period.

    Only periods with a point in each of the (8 … 48) bins count, the last 64 at most; the first is kept out of the
    waveforms (it holds the initial fall). Raises InsufficientData below 3 such periods. O(n).
    """
    if not period > 0:
        raise InsufficientData("the period of this curve is not known (--batches-per-epoch N)")
    if y.size < MIN_BINS * MIN_PERIODS:
        raise InsufficientData(f"{y.size} points; waves need {MIN_BINS * MIN_PERIODS}", MIN_BINS * MIN_PERIODS)
    bins, means = bin_means(x, scaled(y)[0], period, origin)
    if len(means) < MIN_PERIODS:
        raise InsufficientData(f"{len(means)} whole epochs with {MIN_BINS} points each; {MIN_PERIODS} are needed")
    exponent = scaled(y)[1]
    waves = _level(means[1:])
    shapes = waves - _parabolas(waves)
    mean_wave = waves.mean(axis=0)
    return Folded(
        periods=len(means),
        bins=bins,
        waves=np.array([[unscaled(float(v), exponent) for v in row] for row in waves]),
        consistency=_agreement(waves),
        shape_consistency=_agreement(shapes),
        swing=unscaled(float(np.ptp(mean_wave)), exponent),
        shape_swing=unscaled(float(np.ptp(shapes.mean(axis=0))), exponent),
        usual=unscaled(float(np.ptp(row_medians(waves.T))), exponent),
        residual=unscaled(float(np.std(waves - mean_wave)), exponent),
    )


@dataclass(frozen=True, slots=True)
class Simplicity:
    """What a parabola leaves of waves: the share ``left`` of their mean, how alike it is, its swing over its spread."""

    left: float
    consistency: float
    swing: float


def simplicity(waves: FloatArray) -> Simplicity:
    """How far a ramp or bow explains ``waves`` (periods ≥ 2, bins), begun at the bin at which it does so best.

    ``consistency`` is the median correlation of what is left of each wave with that of the others, ``swing`` the
    peak-to-peak height of its mean in spreads about that mean. O(bins² · periods).
    """
    size = float(np.abs(waves).max())
    if not size > 0:
        return Simplicity(0.0, 0.0, 0.0)
    unit = waves / size
    mean = unit.mean(axis=0)
    turned = np.array([np.roll(mean, k) for k in range(mean.size)])
    rest = ((turned - _parabolas(turned)) ** 2).sum(axis=1)
    best = int(np.argmin(rest))
    rolled = np.roll(unit, best, axis=1)
    shapes = rolled - _parabolas(rolled)
    middle = shapes.mean(axis=0)
    spread, total = float(np.std(shapes - middle)), float((mean**2).sum())
    left = float(rest[best]) / total if total > 0 else 0.0
    return Simplicity(left, _agreement(shapes), float(np.ptp(middle)) / spread if spread > 0 else math.inf)


def bin_means(
    x: FloatArray, y: FloatArray, period: float, origin: float, least: int = MIN_BINS, holes: float = 0.0
) -> tuple[int, FloatArray]:
    """(bins, means (periods, bins)) over the whole periods, the last 64; InsufficientData below ``least`` bins.

    Of a whole period so large a share of the bins may be ``holes``, filled from their neighbours.
    """
    turns = (x - origin) / period
    whole = np.floor(turns)
    per_period = y.size / max(1.0, float(whole[-1] - whole[0] + 1))
    bins = int(min(BINS, per_period // 2 if per_period >= 2 * MIN_BINS else per_period))
    if bins < least:
        raise InsufficientData(f"fewer than {least} points an epoch")
    keep = whole > whole[-1] - MOST_PERIODS
    numbers, row = np.unique(whole[keep], return_inverse=True)
    column = np.minimum(((turns[keep] - whole[keep]) * bins + ROUNDING).astype(np.int64), bins - 1)
    cell = row * bins + column
    counts = np.bincount(cell, minlength=numbers.size * bins).reshape(-1, bins)
    sums = np.bincount(cell, weights=y[keep], minlength=numbers.size * bins).reshape(-1, bins)
    there = (counts > 0).ravel()
    if not there.any():
        return bins, np.zeros((0, bins))
    place = np.arange(there.size)
    means = np.interp(place, place[there], (sums.ravel()[there] / counts.ravel()[there])).reshape(sums.shape)
    return bins, means[(counts == 0).mean(axis=1) <= holes]


def _level(means: FloatArray) -> FloatArray:
    """Waves about their own mean."""
    rest: FloatArray = means - means.mean(axis=1, keepdims=True)
    return rest


def _parabolas(waves: FloatArray) -> FloatArray:
    """The best parabola through each wave."""
    t = np.linspace(-1.0, 1.0, waves.shape[1])
    basis, _ = np.linalg.qr(np.vander(t, CURVE_DEGREE + 1))
    fitted: FloatArray = (waves @ basis) @ basis.T
    return fitted


def _agreement(waves: FloatArray) -> float:
    """Median correlation of each wave with the mean of the others; 0 where there is nothing to correlate."""
    total = waves.sum(axis=0)
    others = (total - waves) / (len(waves) - 1)
    size = np.sqrt((waves**2).sum(axis=1) * (others**2).sum(axis=1))
    dots = (waves * others).sum(axis=1)
    values = np.divide(dots, size, out=np.zeros_like(dots), where=size > 0)
    return median(values)


def off_the_grid(x: FloatArray, length: float) -> float:
    """How far the places ``x`` (n ≥ 2,), rising, lie from an even grid: the largest distance, in spacings of the grid.

    The spacing is fitted by least squares; 1 where it is not within a tenth of ``length``, known no better.
    """
    gaps = np.diff(x)  # of one spacing, or of several where a place was left out
    gap = median(gaps / np.maximum(np.round(gaps / length), 1.0))
    if abs(gap - length) > NEARLY * length:
        return 1.0
    turns = np.round((x - x[0]) / gap)
    spacing, first = np.polyfit(turns, x, 1)
    return float(np.abs(x - first - spacing * turns).max() / spacing)

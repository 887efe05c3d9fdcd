"""A refrain: whether a curve rises and falls at the same places of every period, however roughly it was logged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, row_medians
from nn_doctor.analyzers.periodicity import bin_means
from nn_doctor.analyzers.scaling import scaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

LEAST_BINS = 4  # of a period
LEAST_PERIODS = 4  # beside the first
HOLES = 0.1  # of a period: logs leave a step out where an epoch ends


@dataclass(frozen=True, slots=True, eq=False)
class Refrain:
    """What the waves (periods, bins) of a curve share.

    ``shared`` is the mean correlation of two waves, ``z`` the same in standard deviations of what chance gives: each
    wave turned by an amount of its own, which keeps its spikes and its slowness. ``swing`` is the height of the median
    wave, as a share of the level.
    """

    waves: FloatArray
    shared: float
    z: float
    swing: float


def refrain(x: FloatArray, y: FloatArray, period: float) -> Refrain:
    """What comes back in ``y`` (n,) over ``x`` (n,) at each ``period`` (units of x) after the first, trend taken out.

    Waves of the logarithm where y is positive, since they shrink as a loss does. Whole periods of 4 … 48 means each
    count, the last 64. Raises InsufficientData where fewer than five are whole. O(n + periods² · bins).
    """
    needed = LEAST_BINS * (LEAST_PERIODS + 1)
    if y.size < needed:
        raise InsufficientData(f"a refrain needs {needed} points, there are {y.size}", needed)
    values = scaled(y)[0]
    positive = float(values.min()) > 0
    bins, means = bin_means(x, np.log(values) if positive else values, period, 0.0, LEAST_BINS, HOLES)
    if len(means) <= LEAST_PERIODS:
        raise InsufficientData(f"{len(means)} whole periods of {bins} means; a refrain needs {LEAST_PERIODS + 1}")
    waves = _without_trend(means)[1:]
    waves = waves - waves.mean(axis=1, keepdims=True)
    shared, z = _agreement(waves)
    height = float(np.ptp(row_medians(np.ascontiguousarray(waves.T))))
    level = median(np.abs(values))
    swing = math.expm1(height) if positive else height / level if level > 0 else 0.0
    return Refrain(waves, shared, z, swing)


def _without_trend(means: FloatArray) -> FloatArray:
    """``means`` (periods, bins) less the straight lines from the middle of each period to that of the next."""
    periods, bins = means.shape
    level = means.mean(axis=1)
    level = np.concatenate(([2 * level[0] - level[1]], level, [2 * level[-1] - level[-2]]))
    place = (np.arange(periods * bins) + 0.5) / bins
    rest: FloatArray = means - np.interp(place, np.arange(periods + 2) - 0.5, level).reshape(means.shape)
    return rest


def _agreement(waves: FloatArray) -> tuple[float, float]:
    """(mean correlation of two of ``waves`` (periods, bins), the same in standard deviations under random turns).

    Turned at random, two waves correlate by 0 in the mean; the mean square is that over all turns, which by Parseval
    is the product of their power spectra, and pairs are uncorrelated.
    """
    size = np.sqrt((waves**2).sum(axis=1, keepdims=True))
    unit = np.divide(waves, size, out=np.zeros_like(waves), where=size > 0)
    periods, bins = unit.shape
    dots = float((unit.sum(axis=0) ** 2).sum() - (unit**2).sum()) / 2
    power = np.abs(np.fft.fft(unit, axis=1)) ** 2
    square = float((power.sum(axis=0) ** 2).sum() - (power**2).sum()) / (2 * bins**2)
    shared = dots / (periods * (periods - 1) / 2)
    return shared, dots / math.sqrt(square) if square > 0 else 0.0


def steepness(x: FloatArray, y: FloatArray, period: float) -> float:
    """The largest single step up as a share of the height of a period (units of x) of ``y`` (n,), in the median period.

    Near 1 where waves rise at once, as after a bad batch; in logarithms where y is positive. Raises InsufficientData
    where no period has two points.
    """
    values = scaled(y)[0]
    values = np.log(values) if float(values.min()) > 0 else values
    turn = np.floor(x / period)
    first = np.flatnonzero(np.diff(turn)) + 1
    parts = [values[i - 1 : j] for i, j in pairwise(first) if j - i > 1]
    if not parts:
        raise InsufficientData("no period has two points")
    return median(np.array([float(np.diff(part).max()) / (float(np.ptp(part)) or 1.0) for part in parts]))

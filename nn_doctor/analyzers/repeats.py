"""What comes back: the period at which the steps of a curve, from point to point, repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, row_medians
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, slice_medians
from nn_doctor.analyzers.scaling import scaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MOST_POINTS = 1 << 17  # the last points, consecutive, that are looked at
MIN_PERIODS = 3
MIN_LAG = 8  # points of a wave; fewer draw no shape
SLICES = 8  # level and size of the steps are followed through so many
CLIP = 3.0  # spreads: a step counts no more than that
LEAST = 1e-3  # of the usual spread: a slice is never taken to be calmer
EQUAL_PEAK = 0.85  # the shortest lag whose peak reaches so much of the highest is the period, not a multiple
MULTIPLES = (1, 2)  # a period of 31.5 points comes back exactly after 63
HALF = 0.25  # of the height: then half an odd lag is the period, half way between two points
COARSER = 4  # slow waves in noise do not show in single steps: those of medians of 4, 16, … points are looked at too,
LEAST_MEDIANS = 128  # down to so many
LATE = 3  # the first third of a run may be unlike the rest


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a curve: in points and in units of x, and the share of its steps that comes back (0 … 1)."""

    points: float
    length: float
    strength: float


def repeats(x: FloatArray, y: FloatArray, near: float = 0.0) -> Period:
    """The period of the finite curve ``y`` (n,) over ``x`` (n,): the autocorrelation of its steps.

    Steps of log y where y is positive, since waves shrink as a loss does; of y itself else; from point to point, and
    between medians of 4, 16 … points. Their slow course and changes of size are taken out, and each is clipped, so that
    neither a trend, nor the first fall, nor spikes at even distances make a period: a strength of s means that so much
    of the variance of the steps is the same in each period. The larger of that of all points and of the last two
    thirds counts. Independent noise of m steps reaches √(2 ln m / m). ``near`` (units of x) is the period where it is
    known: then only it and its double are looked at. Strength 0 for a wave of fewer than 8 points.
    Raises InsufficientData below 24 points, or where all stand at one place. O(n log n).
    """
    needed = MIN_LAG * MIN_PERIODS
    if y.size < needed:
        raise InsufficientData(f"a period needs {needed} points, there are {y.size}", needed)
    values = scaled(y)[0][-MOST_POINTS:]
    spacing = float(x[-1] - x[-values.size]) / (values.size - 1)
    if spacing == 0.0:
        raise InsufficientData("a period needs points at different places, all stand at one", needed)
    found = [_of_steps(values, 1, near / spacing)]
    width = COARSER
    while values.size // width >= LEAST_MEDIANS:
        found.append(_of_steps(values, width, near / spacing))
        width *= COARSER
    lag, strength = max(found, key=lambda peak: peak[1])
    return Period(lag, lag * spacing, strength)


def _of_steps(values: FloatArray, width: int, near: float) -> tuple[float, float]:
    """(period in points, strength) of the steps between medians of ``width`` of the ``values`` (n,)."""
    whole = values.size // width * width
    steps = steps_of(row_medians(values[values.size - whole :].reshape(-1, width)) if width > 1 else values)
    parts = (steps, steps[steps.size // LATE :])
    lags = (steps.size + 1) // MIN_PERIODS
    shared = [autocorrelation(part, min(lags, part.size // 2)) for part in parts]
    places = _places(near, width)
    found = [(*_peak(correlation, places), correlation) for correlation in shared]
    lag, strength, correlation = max(found, key=lambda peak: peak[1])
    if width > 1 and lag >= MIN_LAG:
        lag = _between(correlation, int(lag))
    return width * lag, strength if lag > MIN_LAG - 1 else 0.0


def _between(correlation: FloatArray, lag: int) -> float:
    """The place of the maximum at ``lag``, between lags, by a parabola through its neighbours."""
    if lag + 1 >= correlation.size:
        return float(lag)
    before, top, after = (float(correlation[i]) for i in (lag - 1, lag, lag + 1))
    bend = before - 2 * top + after
    return lag + float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5)) if bend < 0 else float(lag)


def steps_of(y: FloatArray) -> FloatArray:
    """The steps (n − 1,) of ``y`` (n,), of its logarithm if positive, about their level and in spreads, clipped."""
    steps = np.diff(np.log(y) if float(y.min()) > 0.0 else y)
    middles = slice_medians(np.arange(float(steps.size)), SLICES)
    every = np.arange(float(steps.size))
    rest = steps - np.interp(every, middles, slice_medians(steps, SLICES))
    sizes = MAD_TO_SIGMA * slice_medians(np.abs(rest), SLICES)
    usual = median(sizes) or float(np.abs(rest).mean())  # most steps of a coarse log are none
    spread = np.interp(every, middles, np.maximum(sizes, LEAST * usual))
    if not usual > 0.0:
        return np.zeros(steps.size)
    clipped: FloatArray = np.clip(rest / np.maximum(spread, np.finfo(np.float64).tiny), -CLIP, CLIP)
    return clipped


def autocorrelation(y: FloatArray, lags: int) -> FloatArray:
    """Autocorrelation of ``y`` (n,) at lags 0 … ``lags``, each normalised by its number of terms."""
    centred = y - y.mean()
    top = float(np.abs(centred).max())
    if top <= 0.0:
        return np.zeros(lags + 1)
    size = 1 << int(2 * y.size - 1).bit_length()
    spectrum = np.fft.rfft(centred / top, size)
    power = (spectrum * spectrum.conj()).real
    raw = np.fft.irfft(power, size)[: lags + 1] / np.arange(y.size, y.size - lags - 1, -1)
    result: FloatArray = raw / raw[0] if raw[0] > 0 else np.zeros(lags + 1)
    return result


def _places(near: float, width: int) -> list[int]:
    """The lags in medians of ``width`` points to look at where the period is known to be ``near`` points, else none."""
    multiples = MULTIPLES if width == 1 and near >= MIN_LAG else MULTIPLES[:1]
    return sorted({round(k * near / width) + shift for k in multiples for shift in (-1, 0, 1)} if near else [])


def _peak(correlation: FloatArray, places: list[int]) -> tuple[float, float]:
    """(lag, height) of the shortest lag whose local maximum is nearly the highest, or of the highest at ``places``.

    Half the lag where that is odd and much comes back at the two points about its half.
    """
    if places:
        inside = [lag for lag in places if 0 < lag < correlation.size]
        best = max(inside, key=lambda i: correlation[i], default=0)
        return float(best), float(np.clip(correlation[best], 0.0, 1.0)) if best else 0.0
    inner = correlation[2:-1]
    peaks = 2 + np.flatnonzero((inner >= correlation[1:-2]) & (inner > correlation[3:]))
    if not peaks.size or correlation[peaks].max() <= 0.0:
        return MIN_LAG, 0.0
    heights = correlation[peaks]
    first = int(np.flatnonzero(heights >= EQUAL_PEAK * heights.max())[0])
    lag, height = int(peaks[first]), float(np.clip(heights[first], 0.0, 1.0))
    half = correlation[[lag // 2, lag - lag // 2]] if lag % 2 else np.zeros(2)
    return (lag / 2 if half.min() >= HALF * height else lag), height

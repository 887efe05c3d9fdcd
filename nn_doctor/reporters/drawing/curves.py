"""A series made ready to be drawn: on an axis, reduced, smoothed, with its non-finite points and its best."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.scaling import scaled
from nn_doctor.analyzers.smoothing import smooth
from nn_doctor.errors import InsufficientData
from nn_doctor.reporters.curve import reduced

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Run, Series

FEWEST = 16
"""Shorter curves are not smoothed."""
NOISE = 0.012
"""Noise below this share of the curve's height is not worth a second line."""
WINDOW_SHARE = 25
"""The smoothing window is a twenty-fifth of the points."""
WIDEST = 31
MARKS = 40
"""At most so many crosses for non-finite points."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One line of a picture: all arrays (n,), n a few hundred, NaN where nothing finite was logged.

    ``low`` and ``high`` are the raw extent of each stretch, ``line`` what is drawn through it. ``bad`` are the
    places (k,) of non-finite values, ``best`` the best finite point, ``last`` the last value as logged.
    """

    label: str
    ink: str
    goal: str
    x: FloatArray
    low: FloatArray
    mid: FloatArray
    high: FloatArray
    line: FloatArray
    bad: FloatArray
    bad_count: int
    best: tuple[float, float] | None
    last: float

    @property
    def banded(self) -> bool:
        """Whether points stand for stretches of several raw values."""
        return self.low is not self.mid

    @property
    def smoothed(self) -> bool:
        """Whether the line is smoother than the values."""
        return self.line is not self.mid


def x_on(series: Series, axis: str, run: Run) -> FloatArray | None:
    """The x of a series (n,) on an axis, or None if the log does not say; x may hold NaN."""
    if series.axis == axis:
        return series.x
    logged: FloatArray | None = getattr(series, axis, None) if axis in ("step", "epoch", "time") else None
    if logged is not None:
        return logged
    return converted(series.x, series.axis, axis, run)


def converted(x: FloatArray, source: str, target: str, run: Run) -> FloatArray | None:
    """Places (n,) on one axis as places on another through the run's clock; None where it does not say."""
    try:
        if (source, target) == ("step", "epoch"):
            return run.clock.to_epoch(x)
        if (source, target) == ("epoch", "step"):
            return run.clock.to_step(x)
    except InsufficientData:
        return None
    return x if source == target else None


def curve_of(series: Series, x: FloatArray, label: str, ink: str, log: bool, points: int) -> Curve | None:
    """The curve of a series over ``x`` (n,); None if nothing can be placed."""
    placed = np.isfinite(x)
    y = series.y
    if not placed.all():
        x, y = x[placed], y[placed]
    if not x.size:
        return None
    bad = x[~np.isfinite(y)]
    at, low, mid, high = reduced(x, y, points)
    if low is not mid and np.array_equal(low, high, equal_nan=True):
        low = high = mid
    line = smoothed(mid, log)
    some = bad if bad.size <= MARKS else bad[np.linspace(0, bad.size - 1, MARKS).astype(int)]
    last = float(y[-1])
    return Curve(label, ink, series.goal, at, low, mid, high, line, some, int(bad.size), _best(series, x, y), last)


def _best(series: Series, x: FloatArray, y: FloatArray) -> tuple[float, float] | None:
    keep = np.isfinite(y)
    if series.goal == "none" or not keep.any():
        return None
    x, y = x[keep], y[keep]
    at = int(np.argmin(y) if series.goal == "min" else np.argmax(y))
    return float(x[at]), float(y[at])


def smoothed(y: FloatArray, log: bool) -> FloatArray:
    """``y`` (n,) smoothed if it is noisy, else ``y`` itself; NaN stays where it is."""
    keep = np.isfinite(y)
    values = y[keep]
    if values.size < FEWEST:
        return y
    if log:
        z, exponent = np.log(values), 0
    else:
        z, exponent = scaled(values)
    low, high = np.quantile(z, (0.02, 0.98))
    noise = float(np.median(np.abs(z[1:-1] - 0.5 * z[:-2] - 0.5 * z[2:])))
    if not noise > NOISE * (high - low):
        return y
    window = min(WIDEST, max(3, math.ceil(values.size / WINDOW_SHARE)))
    z = _without_hook(smooth(z, window), z, window)
    result = np.full(y.shape, np.nan)
    result[keep] = np.exp(z) if log else np.ldexp(z, exponent)
    return result


def _without_hook(level: FloatArray, z: FloatArray, window: int) -> FloatArray:
    """A smoothed curve (n,) whose end follows the trend of its last values instead of the very last one.

    The windows of a running mean shrink towards the end, so that noise in the last value would look like a turn.
    The trend is a line through the medians of both halves of the last two windows.
    """
    half, tail = window // 2, z[-2 * window :]
    middle = tail.size // 2
    before, after = float(np.median(tail[:middle])), float(np.median(tail[-middle:]))
    at = np.arange(tail.size) - (tail.size - 1) / 2
    line = before / 2 + after / 2 + (after - before) / (tail.size - middle) * at
    weight = np.clip((np.arange(half) + 1) / half, 0.0, 1.0)
    result = level.copy()
    ends = (1 - weight) * level[-half:] + weight * line[-half:]
    result[-half:] = np.clip(ends, tail.min(), tail.max())
    return result

"""A curve reduced to a few hundred points (512 in JSON) for reports: low, middle and high of each stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

POINTS = 512
DRAWN = 256
"""Points of a stretch whose median is drawn; of a longer one every k-th."""


def reduced(
    x: FloatArray, y: FloatArray, points: int = POINTS
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """``(x, low, mid, high)`` of shape (≤points,): stretches of equally many points, NaN where none is finite.

    ``x`` and ``y`` have shape (n,). ``mid`` is the median of the finite points (of some 256 of them in a long
    stretch), ``x`` the middle of the stretch. O(n).
    """
    whole = bool(np.isfinite(y).all())
    finite = y if whole else np.where(np.isfinite(y), y, np.nan)
    if y.size <= points:
        return x, finite, finite, finite
    size = -(-y.size // points)
    starts = np.arange(0, y.size, size)
    ends = np.minimum(starts + size, y.size) - 1
    low, high = np.fmin.reduceat(finite, starts), np.fmax.reduceat(finite, starts)
    if whole:
        every = 1 if size <= DRAWN else size // DRAWN | 1
        mid = np.array([median(finite[a : b + 1 : every]) for a, b in zip(starts, ends, strict=True)])
    else:
        mid = np.array([_median(finite[a : b + 1]) for a, b in zip(starts, ends, strict=True)])
    return (x[starts] + x[ends]) / 2, low, mid, high


def _median(values: FloatArray) -> float:
    """The median of the values that are not NaN; NaN if all are."""
    if np.isnan(values).any():
        values = values[~np.isnan(values)]
    if not values.size:
        return float("nan")
    return median(values)

"""The plateau a curve begins with: how long it lasts, how level it is, and whether a kink ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.buckets import even, reduce
from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.scaling import ratio, scaled
from nn_doctor.analyzers.shape import window_of
from nn_doctor.analyzers.smoothing import smooth
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 8
HEAD = 0.06
"""The level of the plateau is the median of this share of the curve: a first point alone may lie off by its noise."""
LEFT, HALF = 0.1, 0.5
"""Shares of the fall at which the plateau is left, and at which half of all is won."""


@dataclass(frozen=True, slots=True)
class Plateau:
    """Places as shares of the number of points (0 … 1), of a curve smoothed on buckets.

    ``fall`` is the fall from the level of the head to the lowest level, as a share of the former. ``leaves_at`` is
    where a tenth of it is won, ``leaves_x`` its x, ``for_good`` whether the curve never comes back above. ``kink`` is
    the time from there to half the fall over the time of the plateau: small where a level stretch ends abruptly, 4 for
    a line. ``spread`` is the standard deviation of the plateau's points over the fall.
    """

    fall: float
    leaves_at: float
    leaves_x: float
    for_good: bool
    kink: float
    spread: float


def plateau(x: FloatArray, y: FloatArray) -> Plateau:
    """The plateau at the start of ``y`` (n,) over ``x`` (n,), both finite. Raises InsufficientData below 8. O(n)."""
    if y.size < MIN_POINTS:
        raise InsufficientData(f"{y.size} points; a plateau needs {MIN_POINTS}", MIN_POINTS)
    values, _ = scaled(y)
    buckets = reduce(*even(x, values))
    points = buckets.median
    n = points.size
    if n < MIN_POINTS:
        raise InsufficientData("nearly all points lie at one end of the run", MIN_POINTS)
    level = smooth(points, window_of(n))
    base = median(points[: max(2, round(HEAD * n))])
    fall = base - float(level.min())
    if fall <= 0:
        return Plateau(0.0, 1.0, float(buckets.x[-1]), for_good=True, kink=0.0, spread=0.0)
    leaves = int(np.argmax(level <= base - LEFT * fall))
    half = int(np.argmax(level <= base - HALF * fall))
    return Plateau(
        fall=ratio(fall, abs(base)),
        leaves_at=leaves / (n - 1),
        leaves_x=float(buckets.x[leaves]),
        for_good=not bool((level[leaves:] > base - LEFT * fall).any()),
        kink=ratio(half - leaves, leaves),
        spread=float(np.std(points[: max(2, leaves)])) / fall,
    )

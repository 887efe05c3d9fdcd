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
LEAST_WINDOW = 3
TENTH, FIFTH, WELL = 0.1, 0.2, 0.8
"""Shares of the fall at which the plateau is left, and at which half of all is won."""


@dataclass(frozen=True, slots=True)
class Plateau:
    """Places as shares of the number of points (0 … 1), of a curve smoothed on buckets.

    ``fall`` is the fall from the level of the head to the lowest level, as a share of the former. ``leaves_at`` is
    where a tenth of it is won, ``leaves_x`` its x, ``for_good`` whether the curve never comes back above. ``kink`` is
    the time from there to half the fall over the time of the plateau: small where a level stretch ends abruptly, 4 for
    a line. ``spread`` is the standard deviation of the plateau's points over the fall.
    ``turns_at`` is where, against the levels of the first and the last tenth, a fifth of the fall is won for good (1 if
    it is lost again), ``turn`` the time from there to half of it over the time before, ``wobble`` the standard
    deviation of the points well before over that fall: they bear more noise, and a fall that is not over.
    """

    fall: float
    leaves_at: float
    leaves_x: float
    for_good: bool
    kink: float
    spread: float
    turns_at: float
    turn: float
    wobble: float


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
        return Plateau(0.0, 1.0, float(buckets.x[-1]), True, 0.0, 0.0, 1.0, 0.0, 0.0)
    leaves = int(np.argmax(level <= base - LEFT * fall))
    half = int(np.argmax(level <= base - HALF * fall))
    turns, turn, wobble = _turn(points, smooth(points, max(LEAST_WINDOW, window_of(n))))
    return Plateau(
        fall=ratio(fall, abs(base)),
        leaves_at=leaves / (n - 1),
        leaves_x=float(buckets.x[leaves]),
        for_good=not bool((level[leaves:] > base - LEFT * fall).any()),
        kink=ratio(half - leaves, leaves),
        spread=float(np.std(points[: max(2, leaves)])) / fall,
        turns_at=turns,
        turn=turn,
        wobble=wobble,
    )


def _turn(points: FloatArray, level: FloatArray) -> tuple[float, float, float]:
    """(turns_at, turn, wobble) of buckets ``points`` (n,), smoothed as ``level``."""
    n = points.size
    base, low = median(points[: max(2, round(TENTH * n))]), median(points[-max(2, n // 10) :])
    fall = base - low
    first = int(np.argmax(level <= base - FIFTH * fall))
    if fall <= 0 or (level[first:] > base - FIFTH * fall).any():
        return 1.0, 0.0, 0.0
    half = int(np.argmax(level <= base - HALF * fall))
    wobble = float(np.std(points[: max(2, int(WELL * first))])) / fall
    return first / (n - 1), ratio(half - first, first), wobble

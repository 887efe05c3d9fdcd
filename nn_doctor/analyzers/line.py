"""A straight line through a whole curve: how steep, how sure, and how far the curve bends away from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import part_medians
from nn_doctor.analyzers.scaling import ratio, scaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 6
PARTS = 24
"""A longer curve is cut into as many equal parts, each represented by its median, in which noise averages out."""
MOST_RHO = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """Numbers without a unit, about a line and a parabola fitted over the order of the points.

    ``fall`` is the fall along the line from start to end as a share of its starting level (negative: a rise),
    ``error`` its standard error, ``z`` = fall/error. ``bend`` is the parabola's curvature in standard errors,
    positive where the fall slows down. ``end`` is the slope at the end as a multiple of the mean slope (1 for a
    line), ``end_z`` the slope at the end in standard errors.
    """

    fall: float
    error: float
    z: float
    bend: float
    end: float
    end_z: float


def line(x: FloatArray, y: FloatArray) -> Line:
    """The line through ``y`` (n,), finite; ``x`` (n,) gives the order only. Raises InsufficientData below 6 points.

    Least squares on at most 24 medians with an orthogonal parabola; standard errors are widened for the
    correlation of neighbouring residuals by (1 + ρ)/(1 − ρ) (Bartlett 1946). O(n).
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"{y.size} points; a line needs {MIN_POINTS}", MIN_POINTS)
    values, _ = scaled(y)
    parts = min(PARTS, values.size)
    level = part_medians(values, np.linspace(0, values.size, parts + 1).astype(np.int64))
    t = (np.arange(parts) + 0.5) / parts - 0.5
    bow = t**2 - float(np.mean(t**2))
    mean = float(level.mean())
    level = level - level[0]  # so that a constant has no slope at all, not one of rounding
    slope, curve = float(level @ t / (t @ t)), float(level @ bow / (bow @ bow))
    rest = level - level.mean() - slope * t - curve * bow
    variance = float(rest @ rest) / (parts - 3) * _correlation(rest)
    error, curve_error = math.sqrt(variance / float(t @ t)), math.sqrt(variance / float(bow @ bow))
    start, at_end = mean + slope * float(t[0]), slope + curve
    return Line(
        fall=ratio(-slope, abs(start)),
        error=ratio(error, abs(start)),
        z=ratio(-slope, error),
        bend=ratio(curve, curve_error),
        end=ratio(at_end, slope),
        end_z=ratio(-at_end, math.hypot(error, curve_error)),
    )


def _correlation(rest: FloatArray) -> float:
    """The factor by which correlated residuals widen a variance: at least 1."""
    square = float(rest @ rest)
    rho = float(rest[1:] @ rest[:-1]) / square if square > 0 else 0.0
    rho = min(max(rho, 0.0), MOST_RHO)
    return (1 + rho) / (1 - rho)

"""Which shape a fall has: a line, an exponential towards a floor, or a power law towards a floor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.buckets import even, reduce
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 8
RATES = np.geomspace(0.5, 200.0, 48)
"""Decay rates tried for the exponential, per run: slower ones are lines, faster ones steps."""
EXPONENTS = np.geomspace(0.1, 4.0, 32)
"""Exponents tried for the power law."""
ROUNDING = 1e-24
TINY = 1e-250
"""A perfect fit still has the error of rounding, so that criteria stay finite."""
OFFSET = 0.01
"""The power law starts this share of the run before the first point."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One shape and how well it fits.

    ``residual`` is its root mean square error in the units of y, ``floor`` where it leads (−inf for
    a line), ``rate`` the decay rate or exponent per run (0 for a line), ``aicc`` Akaike's corrected criterion.
    """

    shape: str
    residual: float
    floor: float
    rate: float
    aicc: float


@dataclass(frozen=True, slots=True)
class Fits:
    """The three fits; ``best`` is the one with the lowest criterion, ``against_line`` the line's residual over its."""

    line: Fit
    exponential: Fit
    power: Fit
    best: Fit
    against_line: float


def fits(x: FloatArray, y: FloatArray) -> Fits:
    """Fit ``y`` (n,) over ``x`` (n,), both finite, reduced to at most 400 medians; x is scaled to [0, 1].

    For each rate the other two parameters follow by linear least squares, so the fit is a search over one number
    (variable projection: Golub and Pereyra, 1973). Raises InsufficientData below 8 points.
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"{y.size} points; a fit needs {MIN_POINTS}", MIN_POINTS)
    values, exponent = scaled(y)
    at, level = even(x, values)
    buckets = reduce(at, level)
    t, level = buckets.x, buckets.median
    span = float(t[-1] - t[0])
    if level.size < MIN_POINTS or not span > 0:
        raise InsufficientData("nearly all points lie at one end of the run", MIN_POINTS)
    t = (t - t[0]) / span
    line = _fit("line", t[None, :], level, np.zeros(1), 2, exponent)
    exponential = _fit("exponential", np.exp(-RATES[:, None] * t), level, RATES, 3, exponent)
    power = _fit("power", (t + OFFSET) ** -EXPONENTS[:, None], level, EXPONENTS, 3, exponent)
    best = min((line, exponential, power), key=lambda fit: fit.aicc)
    return Fits(line, exponential, power, best, line.residual / best.residual if best.residual > 0 else 1.0)


def _fit(shape: str, basis: FloatArray, y: FloatArray, rates: FloatArray, parameters: int, exponent: int) -> Fit:
    """The best of y ≈ floor + a · basis[k] over all k; ``basis`` has shape (k, n)."""
    centred = basis - basis.mean(axis=1, keepdims=True)
    target = y - y.mean()
    a = (centred @ target) / np.maximum(np.sum(centred * centred, axis=1), 1e-300)
    squares = np.sum((target - a[:, None] * centred) ** 2, axis=1)
    k = int(np.argmin(squares))
    floor = float(y.mean() - a[k] * basis[k].mean()) if shape != "line" else -math.inf
    n = y.size
    error = max(float(squares[k]), ROUNDING * float(target @ target), TINY)
    aicc = n * math.log(error / n) + 2 * parameters + 2 * parameters * (parameters + 1) / (n - parameters - 1)
    residual = unscaled(math.sqrt(error / n), exponent)
    return Fit(shape, residual, unscaled(floor, exponent) if math.isfinite(floor) else floor, float(rates[k]), aicc)

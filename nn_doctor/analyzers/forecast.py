"""What a longer run would bring: laws that decay, fitted to the curve so far and checked on its own last third."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.buckets import even, reduce
from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 16
BUCKETS = 120
SKIP = 0.05
"""The first points of a run obey no law; this share of it is left out of the fits."""
RATES = np.geomspace(0.3, 30.0, 24)
EXPONENTS = np.geomspace(0.05, 3.0, 24)
TRAINED, CHECKED = 2 / 3, 1.0
"""The laws are fitted up to the first place and checked from there to the second: a forecast of half as much again."""
WIDTH = 1.2
"""Interval over back-test error: with it four of five outcomes of tuning runs lie inside (benchmarks/forecast.py)."""
SPREAD = 0.4
"""Part of the fall forecast that counts as uncertain, whatever the back-test says."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The level a run ``factor`` times as long would reach: ``value`` with an 80 % interval, in the units of y.

    ``now`` is the level at the end of the run. The forecast supposes that the run goes on as it did: same learning
    rate, or the same way of decaying it.
    """

    factor: float
    now: float
    value: float
    low: float
    high: float


def forecast(x: FloatArray, y: FloatArray, factor: float = 2.0) -> Forecast:
    """Forecast the finite falling curve ``y`` (n,) over ``x`` (n,) to ``factor`` times its length.

    Power laws, exponentials (both towards a floor) and a logarithm are fitted by least squares to medians of equal
    stretches (variable projection: Golub and Pereyra, 1973), each weighted by how well it foretold the last third from
    the first two. Raises InsufficientData below 16 points.
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"{y.size} points; a forecast needs {MIN_POINTS}", MIN_POINTS)
    values, exponent = scaled(y)
    at, level = even(x, values)
    buckets = reduce(at, level, BUCKETS)
    t, level = buckets.x - float(x[0]), buckets.median
    if level.size < MIN_POINTS or not t[-1] > 0:
        raise InsufficientData("nearly all points lie at one end of the run", MIN_POINTS)
    t = (t + t[1] / 2) / (t[-1] + t[1] / 2)
    now = median(level[-max(3, level.size // 20) :])
    value, error = _weighted(t, level, now, factor)
    fall = max(now - value, 0.0)
    half = WIDTH * error * np.sqrt((factor - 1) / (CHECKED / TRAINED - 1)) + SPREAD * fall
    low, high = value - half, value + half
    if float(values.min()) > 0:
        low, value = max(low, 0.0), max(value, 0.0)
    return Forecast(factor, *(unscaled(float(v), exponent) for v in (now, value, low, high)))


def _weighted(t: FloatArray, y: FloatArray, now: float, factor: float) -> tuple[float, float]:
    """The mean of the laws' forecasts and its error, both from the back-test."""
    early = t <= TRAINED
    checked = _laws(t[early] / TRAINED, y[early], t[~early] / TRAINED)
    ahead = _laws(t, y, np.array([factor]))
    errors = np.sqrt(np.mean((checked - y[~early]) ** 2, axis=1))
    noise = _noise(y)
    weights = 1.0 / (errors**2 + noise**2 + 1e-300)
    weights /= weights.sum()
    tail = min(3, int((~early).sum()))
    bias = float(weights @ np.median((checked - y[~early])[:, -tail:], axis=1))
    at_end = _laws(t, y, t[-1:])
    value = now + float(weights @ (ahead - at_end)[:, 0])
    spread = float(np.sqrt(weights @ ((ahead - at_end)[:, 0] - (value - now)) ** 2))
    return min(value, now), float(np.sqrt(bias**2 + spread**2 + noise**2))


def _noise(y: FloatArray) -> float:
    """The spread of a level about its neighbours."""
    return 1.2 * median(np.abs(y[1:-1] - 0.5 * (y[:-2] + y[2:])))


def _laws(t: FloatArray, y: FloatArray, ahead: FloatArray) -> FloatArray:
    """What each law, fitted to ``y`` (n,) at ``t`` (n,), says at ``ahead`` (m,); shape (3, m)."""
    kept = t >= SKIP
    t, y = t[kept], y[kept]
    said = [
        _fitted(np.exp(-RATES[:, None] * t), y, np.exp(-RATES[:, None] * ahead)),
        _fitted(t ** -EXPONENTS[:, None], y, ahead ** -EXPONENTS[:, None]),
        _fitted(-np.log(t)[None], y, -np.log(ahead)[None]),
    ]
    return np.stack(said)


def _fitted(basis: FloatArray, y: FloatArray, ahead: FloatArray) -> FloatArray:
    """The best of y ≈ floor + a · basis[k] with a ≥ 0 over all k, at the points of ``ahead`` (k, m); shape (m,).

    A curve that was positive throughout has a floor that is not negative.
    """
    centred = basis - basis.mean(axis=1, keepdims=True)
    scale = np.maximum(np.sum(centred * centred, axis=1), 1e-300)
    a = np.maximum(centred @ (y - y.mean()) / scale, 0.0)
    floor = y.mean() - a * basis.mean(axis=1)
    if float(y.min()) > 0 and basis.shape[0] > 1:
        below = floor < 0
        through = basis @ y / np.maximum(np.sum(basis * basis, axis=1), 1e-300)
        a, floor = np.where(below, np.maximum(through, 0.0), a), np.where(below, 0.0, floor)
    squares = np.sum((y - floor[:, None] - a[:, None] * basis) ** 2, axis=1)
    k = int(np.argmin(squares))
    said: FloatArray = floor[k] + a[k] * ahead[k]
    return said

"""A staircase down: falls of level at even distances, a comb whose spacing need not be known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, nan_row_medians
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, SECOND_DIFFERENCE, roughness
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

BUCKETS = 1024  # the curve is looked at as so many means
MIN_POINTS = 64
MIN_KNOWN = 30  # where the length of an epoch is known: nothing is sought
MOST_BORDERS = 24  # steps are seen in runs of a few epochs
LEAST_BORDERS = 3
PARTS = 5  # an epoch is cut into so many levels
LEAST = 3  # buckets of a level
OUTLIER = 5.0  # sigma: single losses are cut there
CLIP = 3.0  # times the median drop: a larger one counts no more than that
VARIANCE = 5.0  # of ¹⁄₂(d − a) + ³⁄₂(b − c), in variances of one level
MOST_Z = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Stairs:
    """Drops (k,) of a curve at k borders ``length`` apart (in units of x), in the units of y.

    A drop is b − c − ½[(a − b) + (c − d)], for the means a, b of a fifth of an epoch before a border and c, d after
    it: 0 for a straight line or a parabola. ``down`` is the share of drops above zero, ``steady`` their mean in its own
    standard errors, ``z`` their mean, none counted above three times the median, in standard errors of the noise
    (that of points and that of fifths, whichever is larger). ``share`` of the fall ``fall`` between the first and
    the last border are the drops; 0 where nothing falls.
    """

    length: float
    drops: FloatArray
    down: float
    steady: float
    z: float
    share: float
    fall: float


def stairs(x: FloatArray, y: FloatArray, period: float = 0.0, *, down: float = 0.0, steady: float = 0.0) -> Stairs:
    """The staircase in ``y`` (n,) over ``x`` (n,), borders at multiples of ``period`` from x = 0.

    Without a period all whole numbers are tried that make 3 to 24 borders; the one with the highest z · share counts
    (no share above 1) among those with ``down`` and ``steady`` as large as demanded. Though thousands are tried, white
    noise on a smooth fall had z below 4.4 in each of 600 made-up curves. Raises InsufficientData below 64 points
    (30 where the period is given), and where no length has three borders with points about them. O(n + 24² · 1024).
    """
    needed = MIN_KNOWN if period > 0 else MIN_POINTS
    if y.size < needed:
        raise InsufficientData(f"stairs need {needed} points, there are {y.size}", needed)
    values, exponent = scaled(y)
    edges = np.linspace(0, y.size, min(y.size, BUCKETS) + 1).astype(np.int64)
    level, sigma = _cut(np.add.reduceat(values, edges[:-1]) / np.diff(edges))
    place = x[edges[:-1]]
    found = [_best(place, level, lengths, sigma, (down, steady)) for lengths in _lengths(place, period)]
    best = max((f for f in found if f is not None), key=lambda f: f.z * min(max(f.share, 0.0), 1.0), default=None)
    if best is None:
        raise InsufficientData(f"no {LEAST_BORDERS} borders with points enough about them")
    error = _error_of_parts(place, level, best.length) * math.sqrt(VARIANCE / best.drops.size)
    mean = _clipped(best.drops[None, :], np.array([median(best.drops)])).mean()
    return Stairs(
        length=best.length,
        drops=np.array([unscaled(float(v), exponent) for v in best.drops]),
        down=best.down,
        steady=best.steady,
        z=min(best.z, float(mean) / error if error > 0 else MOST_Z),
        share=best.share,
        fall=unscaled(best.fall, exponent),
    )


def _cut(level: FloatArray) -> tuple[FloatArray, float]:
    """(``level`` (n,) with single outliers laid between their neighbours, the noise of one of them)."""
    second = level[1:-1] - (level[:-2] + level[2:]) / 2
    sigma = MAD_TO_SIGMA * median(roughness(level))
    out = np.abs(second) > OUTLIER * SECOND_DIFFERENCE * sigma
    calm = level.copy()
    calm[1:-1] -= np.where(out, second, 0.0)
    return calm, sigma


def _lengths(place: FloatArray, period: float) -> list[FloatArray]:
    """The lengths to try, those with the same number of borders together."""
    reach = float(place[-1])
    if period > 0:
        return [np.array([period])]
    groups = []
    for k in range(LEAST_BORDERS, MOST_BORDERS + 1):
        tried = np.linspace(reach / (k + 1), reach / k, 2 + 2 * place.size // (k + 1), endpoint=False)
        groups.append(np.unique(np.round(tried)))
    return groups


def _best(
    place: FloatArray, level: FloatArray, lengths: FloatArray, sigma: float, demanded: tuple[float, float]
) -> Stairs | None:
    """The staircase with the highest z at one of ``lengths`` (m,), values as in ``level``; None where there is none."""
    n, reach = level.size, float(place[-1])
    lengths = lengths[lengths > 0]
    if not lengths.size or reach < LEAST_BORDERS * float(lengths[0]):
        return None
    borders = np.arange(1, min(int(reach / float(lengths[0])), 2 * MOST_BORDERS) + 1)
    width = np.maximum(LEAST, (n * lengths / (reach - float(place[0])) / PARTS).astype(np.int64))[:, None]
    at = np.searchsorted(place, lengths[:, None] * borders)
    fits = (at >= 2 * width) & (at + 2 * width <= n)
    sums = np.concatenate(([0.0], np.cumsum(level)))
    at, width = np.where(fits, at, 0), np.where(fits, width, 0)
    a, b, c, d = (sums[at + (j + 1) * width] - sums[at + j * width] for j in (-2, -1, 0, 1))
    each = np.maximum(width, 1)
    drops = np.where(fits, (1.5 * (b - c) - 0.5 * (a - d)) / each, np.nan)
    levels = np.where(fits, [(a + b) / (2 * each), (c + d) / (2 * each)], np.nan)
    return _choose(lengths, drops, levels, sigma / np.sqrt(each.max(axis=1)), demanded)


def _choose(
    lengths: FloatArray, drops: FloatArray, levels: FloatArray, error: FloatArray, demanded: tuple[float, float]
) -> Stairs | None:
    """The best of the rows of ``drops`` (m, k), NaN where there is no border; ``error`` (m,) is that of one level."""
    fits = np.isfinite(drops)
    count = fits.sum(axis=1)
    enough = count >= LEAST_BORDERS
    if not enough.any():
        return None
    lengths, drops, levels, fits, count = lengths[enough], drops[enough], levels[:, enough], fits[enough], count[enough]
    down = np.where(fits, drops > 0, False).sum(axis=1) / count
    mean = np.nansum(drops, axis=1) / count
    spread = np.sqrt(np.nansum((drops - mean[:, None]) ** 2, axis=1) / (count - 1))
    steady = mean * np.sqrt(count) / np.maximum(spread, np.finfo(np.float64).tiny)
    clipped = np.nansum(_clipped(drops, nan_row_medians(drops)), axis=1) / count
    z = clipped * np.sqrt(count / VARIANCE) / np.maximum(error[enough], np.finfo(np.float64).tiny)
    total = np.nansum(drops, axis=1)
    last = levels[1][np.arange(count.size), fits.shape[1] - 1 - np.argmax(fits[:, ::-1], axis=1)]
    fall = levels[0][np.arange(count.size), np.argmax(fits, axis=1)] - last
    share = np.divide(total, fall, out=np.zeros_like(total), where=fall > np.abs(total) / MOST_Z)
    worth = np.where((down >= demanded[0]) & (steady >= demanded[1]), z * np.clip(share, 0.0, 1.0), -1.0)
    i = int(np.argmax(worth))  # every second border has as high a z, but half the share
    return Stairs(
        length=float(lengths[i]),
        drops=drops[i][fits[i]],
        down=float(down[i]),
        steady=min(float(steady[i]), MOST_Z),
        z=float(np.clip(z[i], -MOST_Z, MOST_Z)),
        share=float(share[i]),
        fall=float(fall[i]),
    )


def _clipped(drops: FloatArray, middle: FloatArray) -> FloatArray:
    """``drops`` (m, k), none further from zero than three times its row's ``middle`` (m,), if that is positive."""
    bound = CLIP * np.maximum(middle, 0.0)[:, None]
    return np.clip(drops, -bound, bound)


def _error_of_parts(place: FloatArray, level: FloatArray, length: float) -> float:
    """The noise of the mean of a fifth of an epoch, from its differences to its two neighbours in the same epoch."""
    turn = place / length
    part = np.floor(turn * PARTS).astype(np.int64)
    first = np.concatenate(([0], np.flatnonzero(np.diff(part)) + 1))
    number, means = part[first], np.add.reduceat(level, first) / np.diff(np.append(first, level.size))
    inside = (number[1:-1] % PARTS > 0) & (number[1:-1] % PARTS < PARTS - 1) & (number[1:-1] >= PARTS)
    second = np.abs(means[1:-1] - (means[:-2] + means[2:]) / 2)[inside & (number[2:] - number[:-2] == 2)]
    return MAD_TO_SIGMA * median(second) / SECOND_DIFFERENCE if second.size else 0.0

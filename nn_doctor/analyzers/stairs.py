"""A staircase down: gaps between the straight lines of neighbouring epochs, whose length need not be known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, SECOND_DIFFERENCE, roughness
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import BoolArray, FloatArray

BUCKETS = 1024  # the curve is looked at as so many means
MIN_POINTS = 40
MIN_KNOWN = 30  # where the length of an epoch is known: nothing is sought
MOST_BORDERS = 24  # steps are seen in runs of a few epochs
LEAST_BORDERS = 3
LEAST = 4  # points of a line
OUTLIER = 5.0  # sigma: single losses are cut there
HALF = 0.5 + 1e-9  # of the distance of two points: so near a border a point may belong to either epoch
MOST_Z = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Stairs:
    """Drops (k,) of a curve at k borders ``length`` apart (in units of x), in the units of y.

    A drop is the gap, at the border of two epochs, between the straight lines fitted to either: 0 for a straight line
    or a parabola, below 0 for an exponential decay. ``down`` is the share of drops above zero, ``steady`` their mean
    in its own standard errors, ``z`` their sum in those of the noise about the lines, as the normal deviate that is as
    improbable as this Student t. ``share`` of the fall ``fall``, from the mean of the first of these epochs to that of
    the last, are the drops; 0 where nothing falls. ``up`` is the z of the best stairs that go up, 0 if nothing was
    sought: there is no reason for such, so what fits no better than they do is chance.
    """

    length: float
    drops: FloatArray
    down: float
    steady: float
    z: float
    share: float
    fall: float
    up: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Straight lines through the epochs (columns) of each length (rows): level, slope per epoch, errors of both."""

    level: FloatArray
    slope: FloatArray
    level_error: FloatArray
    slope_error: FloatArray
    freedom: FloatArray
    whole: BoolArray


def stairs(x: FloatArray, y: FloatArray, period: float = 0.0, *, down: float = 0.0, steady: float = 0.0) -> Stairs:
    """The staircase in ``y`` (n,) over ``x`` (n,), borders at multiples of ``period`` from x = 0.

    Without a period all whole numbers are tried that make 3 to 24 borders; the one with the highest z · share counts
    (no share above 1) among those with ``down`` and ``steady`` as large as demanded. Raises InsufficientData below 40
    points (30 where the period is given), and where no length has three borders with four points in each epoch about
    them. O(n + 24² · 1024).
    """
    needed = MIN_KNOWN if period > 0 else MIN_POINTS
    if y.size < needed:
        raise InsufficientData(f"stairs need {needed} points, there are {y.size}", needed)
    values, exponent = scaled(y)
    edges = np.linspace(0, y.size, min(y.size, BUCKETS) + 1).astype(np.int64)
    place, level = (np.add.reduceat(v, edges[:-1]) / np.diff(edges) for v in (x, values))
    level = _cut(level)
    groups = _lengths(float(x[-1]), place.size, period)
    found = [f for f in (_best(place, level, lengths, (down, steady)) for lengths in groups) if f is not None]
    if not found:
        raise InsufficientData(f"no {LEAST_BORDERS} borders with points enough about them")
    _, best = max(found, key=lambda pair: pair[0])
    return replace(
        best,
        drops=np.array([unscaled(float(v), exponent) for v in best.drops]),
        fall=unscaled(best.fall, exponent),
        up=0.0 if period > 0 else max(stair.up for _, stair in found),
    )


def _cut(level: FloatArray) -> FloatArray:
    """``level`` (n,) with single outliers laid between their neighbours."""
    second = level[1:-1] - (level[:-2] + level[2:]) / 2
    out = np.abs(second) > OUTLIER * SECOND_DIFFERENCE * MAD_TO_SIGMA * median(roughness(level))
    calm = level.copy()
    calm[1:-1] -= np.where(out, second, 0.0)
    return calm


def _lengths(reach: float, points: int, period: float) -> list[FloatArray]:
    """The lengths to try, those with the same number of borders together."""
    if period > 0:
        return [np.array([period])]
    groups = []
    for k in range(LEAST_BORDERS, MOST_BORDERS + 1):
        tried = np.linspace(reach / (k + 1), reach / k, 2 + 2 * points // (k + 1), endpoint=False)
        groups.append(np.unique(np.round(tried)))
    return groups


def _best(
    place: FloatArray, level: FloatArray, lengths: FloatArray, demanded: tuple[float, float]
) -> tuple[float, Stairs] | None:
    """(worth, the staircase with the highest z · share) at one of ``lengths`` (m,); None where there is none."""
    lengths = lengths[lengths > 0]
    if not lengths.size or float(place[-1]) < LEAST_BORDERS * float(lengths[0]):
        return None
    lines = _lines(place, level, lengths)
    both = lines.whole[:, :-1] & lines.whole[:, 1:]
    enough = both.sum(axis=1) >= LEAST_BORDERS
    if not enough.any():
        return None
    return _choose(lengths[enough], _rows(lines, enough), both[enough], demanded)


def _lines(place: FloatArray, level: FloatArray, lengths: FloatArray) -> Lines:
    """The least-squares lines through the points of each epoch that are not at its borders."""
    gap = float(place[-1] - place[0]) / (place.size - 1)
    count = min(int((float(place[-1]) + gap) / float(lengths[0])) + 1, 2 * MOST_BORDERS)
    borders = lengths[:, None] * np.arange(count + 1)
    low = np.searchsorted(place, borders[:, :-1] + HALF * gap * (np.arange(count) > 0))
    high = np.searchsorted(place, borders[:, 1:] - HALF * gap)
    n = high - low
    whole = (n >= LEAST) & (borders[:, 1:] <= place[-1] + gap)
    size = np.where(whole, n, 1)
    x, y = place - place.mean(), level - level.mean()
    sums = (np.concatenate(([0.0], np.cumsum(v))) for v in (x, y, x * x, x * y, y * y))
    mx, my, xx, xy, yy = (np.where(whole, v[high] - v[low], 0.0) / size for v in sums)
    spread = np.where(whole, xx - mx**2, 1.0)
    slope = (xy - mx * my) / spread
    rest = np.maximum(yy - my**2 - slope * (xy - mx * my), 0.0)
    variance = rest * size / np.maximum(size - 2, 1)
    middle = borders[:, :-1] + lengths[:, None] / 2 - place.mean()
    return Lines(
        level=my + slope * (middle - mx),
        slope=slope * lengths[:, None],
        level_error=variance / size,
        slope_error=variance * lengths[:, None] ** 2 / (size * spread),
        freedom=np.where(whole, size - 2.0, 0.0),
        whole=whole,
    )


def _rows(lines: Lines, chosen: BoolArray) -> Lines:
    """The lines of some of the lengths."""
    return Lines(*(getattr(lines, name)[chosen] for name in Lines.__slots__))


def _choose(lengths: FloatArray, lines: Lines, both: BoolArray, demanded: tuple[float, float]) -> tuple[float, Stairs]:
    """(worth, best row): ``both`` (m, k) says at which borders a line ends and another begins."""
    ends = lines.level + lines.slope / 2, lines.level - lines.slope / 2
    drops = np.where(both, ends[0][:, :-1] - ends[1][:, 1:], 0.0)
    count, total = both.sum(axis=1), drops.sum(axis=1)
    down = (drops > 0).sum(axis=1) / count
    mean = total / count
    spread = np.sqrt(np.where(both, (drops - mean[:, None]) ** 2, 0.0).sum(axis=1) / (count - 1))
    steady = mean * np.sqrt(count) / np.maximum(spread, np.finfo(np.float64).tiny)
    z = _normal(total / np.maximum(_error(lines, both), np.finfo(np.float64).tiny), lines.freedom.sum(axis=1))
    row = np.arange(count.size)
    first, last = np.argmax(both, axis=1), both.shape[1] - np.argmax(both[:, ::-1], axis=1)
    fall = lines.level[row, first] - lines.level[row, last]
    share = np.divide(total, fall, out=np.zeros_like(total), where=fall > np.abs(total) / MOST_Z)
    worth = np.where((down >= demanded[0]) & (steady >= demanded[1]), z * np.clip(share, 0.0, 1.0), -1.0)
    i = int(np.argmax(worth))  # every second border has as high a z, but half the share
    return float(worth[i]), Stairs(
        length=float(lengths[i]),
        drops=drops[i][both[i]],
        down=float(down[i]),
        steady=min(float(steady[i]), MOST_Z),
        z=float(np.clip(z[i], -MOST_Z, MOST_Z)),
        share=float(share[i]),
        fall=float(fall[i]),
        up=max(0.0, -float(z.min())),
    )


def _error(lines: Lines, both: BoolArray) -> FloatArray:
    """The standard error of the sum of all drops: of an epoch between two borders its level drops out of it."""
    before, after = np.pad(both, ((0, 0), (1, 0))), np.pad(both, ((0, 0), (0, 1)))
    inside = np.where(before & after, lines.slope_error, 0.0)
    ends = np.where(before ^ after, lines.level_error + lines.slope_error / 4, 0.0)
    error: FloatArray = np.sqrt((inside + ends).sum(axis=1))
    return error


def _normal(t: FloatArray, freedom: FloatArray) -> FloatArray:
    """The normal deviates as improbable as Student's ``t`` (Wallace 1959)."""
    size = np.sqrt(freedom * np.log1p(t**2 / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    deviate: FloatArray = np.copysign(size, t)
    return deviate

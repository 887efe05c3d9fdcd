"""The best point of a noisy curve that should go down, and how much worse its end is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, part_medians, row_medians
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, SECOND_DIFFERENCE
from nn_doctor.analyzers.scaling import ratio, scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 4
BUCKETS = 1024  # a longer curve is cut into as many equal parts, each represented by its median
WINDOW_SHARE = 0.05  # of the curve: short enough to keep a minimum, long enough to average a noisy one
MIN_WINDOW = 3  # the median of three is blind to a single blow-up
HEAD, HEAD_SHARE = 3, 20  # the level at the start is the median of a twentieth of the points, three at most


@dataclass(frozen=True, slots=True)
class Best:
    """Where a curve was best, in the units of y; ``at`` is an x of the curve, ``position`` its share of it.

    ``best`` and ``end`` are levels (running medians), ``start`` the level of the first points.
    ``progress`` = start − best and ``worse`` = end − best are never negative. ``relative`` =
    worse/|best| is Prechelt's generalisation loss; ``share`` = worse/progress means the same for losses
    that have no floor at zero. ``sigma`` is the spread of single points, ``z`` the size of ``worse`` in
    standard errors of a level, less what the lowest of as many levels would show by chance.
    ``raw_best`` is the smallest single value and ``raw_at`` where it stands.
    """

    points: int
    at: float
    position: float
    start: float
    best: float
    end: float
    progress: float
    worse: float
    relative: float
    share: float
    sigma: float
    z: float
    raw_best: float
    raw_at: float


def reduced(x: FloatArray, y: FloatArray, buckets: int = BUCKETS) -> tuple[FloatArray, FloatArray]:
    """At most ``buckets`` points of a curve (n,): last x and median y of equal consecutive parts."""
    if y.size <= buckets:
        return x, y
    edges = np.linspace(0, y.size, buckets + 1).astype(np.int64)
    return x[edges[1:] - 1], part_medians(y, edges)


def window_of(points: int) -> int:
    """The odd width of the running median for a curve of that many points."""
    return max(MIN_WINDOW, int(points * WINDOW_SHARE) | 1)


def head_of(points: int) -> int:
    """How many points make the level at the start of a curve of so many."""
    return max(1, min(HEAD, points // HEAD_SHARE))


def running_median(y: FloatArray, window: int) -> FloatArray:
    """Medians over ``window`` points (odd, at most n) around each of the n points of ``y``.

    At both ends the window stays whole and stands still, so a single wild last point does not leak in. A window of
    three follows Tukey's rule at its last point: the median of the point, its neighbour's level, and the straight line
    through the last two levels. On few points the end would else be the level of the point before. (The beginning is
    left alone: there curves bend so fast that no line foretells them.)
    O(n · window); n is at most BUCKETS here. J. Tukey, "Exploratory Data Analysis" (1977), on smoothing by threes.
    """
    inner = row_medians(np.lib.stride_tricks.sliding_window_view(y, window))
    half = window // 2
    last = inner[-1]
    if window == MIN_WINDOW and inner.size > 1:
        last = median(np.array([y[-1], last, 3 * last - 2 * inner[-2]]))
    return np.concatenate([np.full(half, inner[0]), inner, np.full(y.size - inner.size - half, last)])


def spread_of(y: FloatArray, level: FloatArray) -> float:
    """The spread of single points about a curve: the larger of two robust estimates (one sees slow noise)."""
    rest = MAD_TO_SIGMA * median(np.abs(y - level))
    if y.size < MIN_POINTS:
        return rest
    second = np.abs(y[1:-1] - 0.5 * y[:-2] - 0.5 * y[2:])
    return max(rest, MAD_TO_SIGMA / SECOND_DIFFERENCE * median(second))


def best(x: FloatArray, y: FloatArray, maximise: bool = False) -> Best:
    """The best point of the finite curve ``y`` (n,) over ``x`` (n,); raises InsufficientData below 4 points.

    With ``maximise`` the curve is judged upside down (accuracy): levels keep their sign, ``progress``,
    ``worse`` and the ratios mean the same. The best level is the *first* of equals.
    L. Prechelt, "Early stopping – but when?" (1998) defines the generalisation loss on raw values.
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"a best point needs {MIN_POINTS} points, there are {y.size}", MIN_POINTS)
    sign = -1.0 if maximise else 1.0
    z, exponent = scaled(sign * y)
    raw = int(np.argmin(z))
    xs, zs = reduced(x, z)
    window = min(window_of(zs.size), zs.size)
    level = running_median(zs, window)
    index = _first_lowest(level, window)
    low, end = float(level[index]), float(level[-1])
    start = max(low, median(zs[: head_of(zs.size)]))
    sigma = spread_of(zs, level)
    worse, progress = end - low, start - low

    def size(value: float) -> float:
        return unscaled(value, exponent)

    return Best(
        points=int(y.size),
        at=float(xs[index]),
        position=index / (zs.size - 1),
        start=sign * size(start),
        best=sign * size(low),
        end=sign * size(end),
        progress=size(progress),
        worse=size(worse),
        relative=ratio(worse, abs(low)),
        share=ratio(worse, progress),
        sigma=size(sigma),
        z=_significance(worse, sigma, window, zs.size),
        raw_best=float(y[raw]),
        raw_at=float(x[raw]),
    )


def _first_lowest(level: FloatArray, window: int) -> int:
    """The index of the lowest level; at the ends, where the window stands still, the outermost point."""
    index = int(np.argmin(level))
    return level.size - 1 if index >= level.size - 1 - window // 2 else index


def _significance(worse: float, sigma: float, window: int, points: int) -> float:
    """``worse`` in standard errors of the difference of two medians, less the expected luck of a minimum."""
    error = sigma * math.sqrt(2.0 * (math.pi / 2.0) / window)
    luck = math.sqrt(2.0 * math.log(max(2.0, points / window)))
    return max(0.0, ratio(worse, error) - luck) if worse > 0 else 0.0

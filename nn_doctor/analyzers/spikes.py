"""Isolated upward jumps that recover."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, row_medians, thinned
from nn_doctor.analyzers.noise import LEVELS, MAD_TO_SIGMA, roughness, slice_medians
from nn_doctor.analyzers.scaling import ratio, scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from collections.abc import Callable

    from nn_doctor.series.channel import FloatArray, IntArray

MIN_POINTS = 20
WINDOW = 65  # points of the running median, which a spike must be shorter than half of
SHARE = 6  # a short log of n points has a window of n / SHARE
EXACT = 4096  # up to so many points the running median is taken at each, else at every half window
SPREAD_WINDOWS = 4  # the local noise is taken over so many windows
CHUNK = 1 << 16  # points treated at once, so that memory stays flat
BEFORE = 5  # points whose median is the level before a spike
EDGE = 0.5  # share of its height by which a spike must stand above the points before and after it
FLOOR = 1e-9  # noise is never taken below this share of the curve's level, so that heights stay finite
BACK = 0.1  # a curve has recovered when so much of the height is left
MOST = 1000  # spikes returned, the highest; ``count`` has them all


@dataclass(frozen=True, slots=True, eq=False)
class Spikes:
    """Spikes in order of position; arrays of shape (k ≤ 1000,), ``count`` of them in all.

    ``index`` is the peak's, ``x`` its place, ``height`` above the running median in units of y, ``z`` the same
    against the local noise (the smaller of the linear and, on a positive curve, the logarithmic figure: jitter
    by a factor on a curve near zero is no spike), ``to_fall`` against the curve's total fall (infinite for a
    curve that never falls) and ``factor`` the peak over the level beneath it (1 where levels are not positive).
    ``length`` counts the points above half height, ``recovery`` the points from the peak until the curve is
    back within a tenth of the height. ``fall`` is the total fall, ``sigma`` the median local noise.
    """

    points: int
    count: int
    index: IntArray
    x: FloatArray
    height: FloatArray
    z: FloatArray
    to_fall: FloatArray
    factor: FloatArray
    length: IntArray
    recovery: IntArray
    fall: float
    sigma: float


def spikes(x: FloatArray, y: FloatArray, z_min: float = 6.0) -> Spikes:
    """The spikes of at least ``z_min`` local noises in the finite curve ``y`` (n,) over ``x`` (n,).

    A spike rises from the points before it and comes down again within half a window: the fall from a
    curve's start, a level shift and a drop are none. The window is 65 points (a sixth of a short log), whatever
    the length. Raises InsufficientData below 20 points. O(n): about 60 ns a point.
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"spikes need {MIN_POINTS} points, there are {y.size}", MIN_POINTS)
    data, exponent = scaled(y)
    window = min(WINDOW, y.size // SHARE) | 1
    rest = residuals(data, window)
    levels = slice_medians(thinned(data), LEVELS)
    floor = FLOOR * median(np.abs(levels))
    block = window * SPREAD_WINDOWS
    sigma = _spread(lambda first, end: rest[first:end], data.size, block, floor)
    # on a steady fall the running median is the point itself and leaves no residual: the noise still shows here
    sigma = np.maximum(sigma, _spread(partial(_rough_part, data), data.size, block, floor))
    runs = _runs(_hot(rest, sigma, z_min), max(1, window // 4))
    found = [s for s in (_spike(data, rest, sigma, run, window) for run in runs) if s and s[2] >= z_min]
    fall = median(data[:BEFORE]) - float(levels.min())
    kept = sorted(sorted(found, key=lambda s: -s[1])[:MOST])
    columns = list(zip(*kept, strict=True)) or [()] * 6
    index = np.array(columns[0], dtype=np.int64)
    return Spikes(
        points=y.size,
        count=len(found),
        index=index,
        x=x[index],
        height=np.array([unscaled(h, exponent) for h in columns[1]], dtype=np.float64),
        z=np.array(columns[2], dtype=np.float64),
        to_fall=np.array([ratio(h, max(fall, 0.0)) for h in columns[1]], dtype=np.float64),
        factor=np.array(columns[3], dtype=np.float64),
        length=np.array(columns[4], dtype=np.int64),
        recovery=np.array(columns[5], dtype=np.int64),
        fall=unscaled(max(fall, 0.0), exponent),
        sigma=unscaled(median(sigma), exponent),
    )


def residuals(y: FloatArray, window: int) -> FloatArray:
    """``y`` (n,) minus its running median over ``window`` (odd) points, shape (n,).

    Up to 4096 points the median is exact at each point; beyond, it is taken at every half window and continued
    linearly in between. The ends are extended by odd reflection, so a curve that falls there goes on falling.
    """
    stride = 1 if y.size <= EXACT else window // 2
    half = window // 2
    head, tail = 2 * y[0] - y[half:0:-1], 2 * y[-1] - y[-2 : -half - 2 : -1]
    windows = np.lib.stride_tricks.sliding_window_view(np.concatenate((head, y, tail)), window)[::stride]
    pieces = range(0, len(windows), CHUNK // window)
    base = np.concatenate([row_medians(windows[i : i + CHUNK // window]) for i in pieces])
    if stride == 1:
        rest: FloatArray = y - base
        return rest
    return _less_interpolated(y, base, stride)


def _less_interpolated(y: FloatArray, base: FloatArray, stride: int) -> FloatArray:
    """``y`` minus the straight lines through ``base`` at every ``stride``-th point (constant after the last)."""
    cells = -(-y.size // stride)
    lines = np.empty((cells, stride))
    after = np.append(base[1:cells], base[-1])
    np.multiply((after - base[:cells])[:, None], np.arange(stride) / stride, out=lines)
    lines += base[:cells, None]
    flat = lines.reshape(-1)[: y.size]
    return np.subtract(y, flat, out=flat)


def _rough_part(y: FloatArray, first: int, end: int) -> FloatArray:
    """The roughness about the points ``first`` to ``end`` of ``y`` (n,), that of their neighbours at its ends."""
    inner = roughness(y[max(first - 1, 0) : end + 1])
    return np.pad(inner, (int(first == 0), int(end == y.size)), mode="edge")


def _spread(part: Callable[[int, int], FloatArray], size: int, block: int, floor: float) -> FloatArray:
    """Robust sigma in consecutive blocks of ``block`` of ``size`` points, at least ``floor``; shape (k,).

    ``part(first, end)`` gives the residuals of some points: a long curve's are never all in memory at once. The last
    block takes what is left over; block i begins at point i · ``block``.
    """
    whole = max(1, size // block)
    start, many = (whole - 1) * block, max(1, CHUNK // block) * block
    pieces = ((first, min(first + many, start)) for first in range(0, start, many))
    found = [row_medians(np.abs(part(first, end)).reshape(-1, block)) for first, end in pieces]
    sigma = MAD_TO_SIGMA * np.concatenate([*found, [median(np.abs(part(start, size)))]])
    return np.maximum(sigma, max(floor, np.finfo(np.float64).tiny))


def _at(sigma: FloatArray, index: IntArray, size: int) -> FloatArray:
    """The noise around the points ``index`` (k,) of a curve of ``size`` points: the larger of two blocks.

    Of the block a point is in and its nearer neighbour, since a change of noise seldom keeps to the blocks.
    """
    block = size / sigma.size
    own = np.minimum(index / block, sigma.size - 1).astype(np.int64)
    near = np.clip(np.where(index / block - own < EDGE, own - 1, own + 1), 0, sigma.size - 1)
    larger: FloatArray = np.maximum(sigma[own], sigma[near])
    return larger


def _hot(rest: FloatArray, sigma: FloatArray, z_min: float) -> IntArray:
    """Where ``rest`` (n,) exceeds ``z_min`` local noises: ascending positions."""
    hot = np.flatnonzero(rest > z_min * float(sigma.min()))
    hot = hot[rest[hot] > z_min * _at(sigma, hot, rest.size)]
    return hot.astype(np.int64)


def _runs(hot: IntArray, gap: int) -> list[IntArray]:
    """Consecutive positions (up to ``gap`` apart) gathered into runs, the longest list of them bounded."""
    if not hot.size:
        return []
    return np.split(hot, np.flatnonzero(np.diff(hot) > gap) + 1)[: 10 * MOST]


def _spike(
    y: FloatArray, rest: FloatArray, sigma: FloatArray, run: IntArray, window: int
) -> tuple[int, float, float, float, int, int] | None:
    """(index, height, z, factor, length, recovery) of the spike over ``run``, or None where it is not one."""
    peak = int(run[np.argmax(y[run])])
    height = float(rest[peak])
    base = float(y[peak]) - height
    first, last = _flank(rest, peak, -1, window, EDGE), _flank(rest, peak, 1, window, EDGE)
    if first is None or last is None or last - first > window // 2:
        return None
    before = y[max(0, first - BEFORE + 1) : first + 1]
    if before.size < BEFORE or float(y[peak]) - median(before) < EDGE * height:
        return None
    back = _flank(rest, peak, 1, 4 * window, 1.0 - BACK)
    recovery = (back if back is not None else min(y.size - 1, peak + 4 * window)) - peak
    z = height / float(_at(sigma, np.array([peak]), y.size)[0])
    near = y[max(0, peak - 2 * window) : peak + 2 * window + 1]
    return peak, height, min(z, _log_z(near, base, height)), _factor(base, height), last - first - 1, recovery


def _flank(rest: FloatArray, peak: int, way: int, reach: int, drop: float) -> int | None:
    """The first point from ``peak`` on in direction ``way`` where ``drop`` of its height is gone, or None."""
    side = rest[peak + 1 : peak + 1 + reach] if way > 0 else rest[max(0, peak - reach) : peak][::-1]
    down = np.flatnonzero(side <= (1.0 - drop) * rest[peak])
    return peak + way * (int(down[0]) + 1) if down.size else None


def _factor(base: float, height: float) -> float:
    """The peak over the level beneath it, 1 where that is not positive."""
    return float(1.0 + ratio(height, base)) if base > 0 else 1.0


def _log_z(near: FloatArray, base: float, height: float) -> float:
    """The height against the noise around it, both in logarithms; infinite where a value is not positive."""
    if base <= 0 or float(near.min()) <= 0:
        return math.inf
    logs = np.log(near)
    spread = MAD_TO_SIGMA * median(np.abs(np.diff(logs))) / math.sqrt(2.0)
    return ratio(math.log1p(ratio(height, base)), spread) if spread > 0 else math.inf

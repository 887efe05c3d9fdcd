"""One place of a curve looked at as a jump: the levels before and after it, and what becomes of the rise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, thinned
from nn_doctor.analyzers.noise import MAD_TO_SIGMA
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

QUARTER = 0.25  # values are handled as quarters, so that differences of huge ones stay finite
LEAST = 4  # points of a level
MIN_POINTS = 12
MOST_PLACES = 4096  # of a longer curve every k-th point shows where its level rises
HUNDRED = 100  # the start of a shorter curve is its first point
REGAINED = 0.2  # of the later points may lie near the level before
MAGNITUDE = 1.0  # of a logarithm
BACK, BACK_OF = 3, 5  # so many of so many points near the level before are no chance


@dataclass(frozen=True, slots=True)
class Jump:
    """Levels (medians) about point i of a curve, all in QUARTERS of the units of y.

    ``start`` of the curve, ``before`` of a twentieth of the points before i (``close`` of the last four of them),
    ``soon`` of the first points from i on, ``after`` of a twentieth, ``later`` of the twentieth after that (NaN where
    there are no two), ``end`` of the last twentieth, whose range is ``end_range``. ``earlier`` is the level of all
    points before, ``peak`` the highest value of those called soon, ``low`` the level that a fifth of the later points
    lie below. ``above`` (thrown, as a share of the points before i) lay below ``after``, ``above_soon`` below the level
    of the first points, four at least, ``first``.
    """

    index: int
    points: int
    start: float
    earlier: float
    before: float
    close: float
    soon: float
    first: float
    after: float
    later: float
    end: float
    end_range: float
    peak: float
    low: float
    above: float
    above_soon: float


@dataclass(frozen=True, slots=True)
class Leap:
    """The largest rise from one point of a curve to the next, at point ``index``, all in QUARTERS of the units of y.

    ``step`` is that rise, ``other`` the next largest; ``start`` the level (median of four points) of the curve's start,
    ``before`` and ``after`` those beside it. ``high`` is the highest value of the half of the run before it, ``low``
    the lowest of all later ones.
    """

    index: int
    step: float
    other: float
    start: float
    before: float
    after: float
    high: float
    low: float


def leap(x: FloatArray, y: FloatArray) -> Leap:
    """The largest single rise in ``y`` (n,), finite, that has four points on both sides.

    Raises InsufficientData below 12 points. O(n).
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"a leap needs {MIN_POINTS} points, there are {y.size}", MIN_POINTS)
    z = y * QUARTER
    steps = np.diff(z)
    i = LEAST + int(np.argmax(steps[LEAST - 1 : y.size - LEAST]))
    return Leap(
        index=i,
        step=float(steps[i - 1]),
        other=float(max(steps[: i - 1].max(), steps[i:].max(), 0.0)),
        start=_level(z[: min(LEAST, 1 + y.size // HUNDRED)]),
        before=_level(z[i - LEAST : i]),
        after=_level(z[i : i + LEAST]),
        high=float(z[i // 2 : i].max()),
        low=float(z[i:].min()),
    )


def width_of(points: int, share: float) -> int:
    """So many points are a level: a share of all, at least four."""
    return max(LEAST, int(share * points))


def sharpest(y: FloatArray, places: list[int], reach: int) -> list[int]:
    """Each of ``places`` in ``y`` (n,) moved to the steepest single rise within ``reach`` points of it; no doubles."""
    moved = set()
    for i in places:
        first = max(1, i - reach)
        moved.add(first + int(np.argmax(np.diff(y[first - 1 : min(y.size, i + reach)] * QUARTER))))
    return sorted(moved)


def steepest(y: FloatArray, z: float) -> int | None:
    """The point of a positive ``y`` (n,) before which its logarithm rises the most, by 1 and ``z`` noises at least.

    A rise by magnitudes bends what follows so much that straight pieces miss its border. None where there is no such.
    """
    if y.size < MIN_POINTS or float(y.min()) <= 0:
        return None
    steps = np.diff(np.log(y))
    i = int(np.argmax(steps))
    sigma = MAD_TO_SIGMA * median(thinned(np.abs(steps - median(thinned(steps)))))
    return i + 1 if steps[i] >= max(MAGNITUDE, z * sigma) else None


def jump_at(y: FloatArray, i: int, width: int, soon: int) -> Jump:
    """The levels about point 0 < i < n of ``y`` (n,), finite; ``width`` and ``soon`` in points.

    Of stretches of 2¹⁷ points and more every k-th is taken (``medians.thinned``): their medians are then known to 0.5 %
    of the spread within, which the limits of a rule are far wider than. O(n).
    """
    z = y * QUARTER
    before, after = _level(z[max(0, i - width) : i]), _level(z[i : i + width])
    first = _level(z[i : i + max(soon, LEAST)])
    tail = z[-width:]
    return Jump(
        index=i,
        points=y.size,
        start=_level(z[: min(LEAST, 1 + y.size // HUNDRED)]),
        earlier=_level(z[: max(LEAST, i)]),
        before=before,
        close=_level(z[max(0, i - LEAST) : i]),
        soon=_level(z[i : i + soon]),
        first=first,
        after=after,
        later=_level(z[i + width : i + 2 * width]) if i + width < y.size else float("nan"),
        end=_level(tail),
        end_range=float(np.ptp(tail)),
        peak=float(z[i : i + soon + 1].max()),
        low=float(np.quantile(thinned(z[i:]), REGAINED)),
        above=float(np.mean(z[:i] < after)),
        above_soon=float(np.mean(z[:i] < first)),
    )


def lost_for(y: FloatArray, i: int, level: float) -> int:
    """How many points from i on pass before three of five lie at ``level`` (in quarters) or below; n − i if none do."""
    low = (y[i:] * QUARTER <= level).astype(np.float64)
    if low.size < BACK_OF:
        return int(low.size)
    back = np.flatnonzero(np.convolve(low, np.ones(BACK_OF), "valid") >= BACK)  # one low point is noise
    return int(back[0]) if back.size else int(low.size)


def won_by_half(y: FloatArray, i: int, width: int) -> float:
    """The share of the way down from point i of ``y`` (n,) to its end that is won half way; 1 where there is no way.

    Levels are medians: of four points at i, of ``width`` half way and at the end. A run that is thrown somewhere falls
    fast at first and has won most of it by half; one whose rate rose and dies away along half a cosine about half.
    """
    z = y * QUARTER
    middle = (i + y.size) // 2
    first, half, end = (
        _level(z[i : i + LEAST]),
        _level(z[middle - width // 2 : middle + width // 2 + 1]),
        _level(z[-width:]),
    )
    return (first - half) / (first - end) if first > end else 1.0


def rises_like(y: FloatArray, i: int, width: int, share: float) -> int:
    """In how many other places of ``y`` (n,) the level rises by ``share`` of what it rises by at point i.

    Levels are medians of ``width`` points before and after a place; places are two widths apart. Of a long curve every
    k-th point is taken. O(n + 4096 · width / k).
    """
    k = max(1, y.size // MOST_PLACES)
    z, i, width = y[::k] * QUARTER, i // k, max(LEAST, width // k)
    if z.size < 2 * width:
        return 0
    level = np.median(np.lib.stride_tricks.sliding_window_view(z, width), axis=1)
    rise = level[width:] - level[:-width]  # at points width, width + 1, ...
    near = np.abs(np.arange(width, width + rise.size) - i)
    here = float(rise[near < width].max(initial=0.0))
    rise[near < 2 * width] = -np.inf
    count = 0
    while here > 0 and (best := int(np.argmax(rise))) >= 0 and rise[best] >= share * here:
        rise[max(0, best - 2 * width + 1) : best + 2 * width] = -np.inf
        count += 1
    return count


def back_at(before: float, after: float, left: float) -> float:
    """Where all but the share ``left`` of a rise is won back, of its logarithm where both levels are positive."""
    if before > 0:
        return float(before ** (1 - left) * after**left)
    return before + left * (after - before)


def _level(y: FloatArray) -> float:
    """The median of ``y`` (n,), of a thinned one if it is long."""
    return median(thinned(y))

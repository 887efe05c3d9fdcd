"""Where a logged learning rate stands at its floor, and where it leaps after it had been held."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

HELD = 0.02
"""A rate whose steps stay within this share of it is held."""
LEAP = 3.0
"""A rise by this factor within one or two steps is a leap: no warm-up climbs like that."""
ROUND = 1e-6
MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the run, from the x ``first`` to the x ``last``: ``share`` of the run, ``level`` the highest rate."""

    first: float
    last: float
    share: float
    level: float


@dataclass(frozen=True, slots=True)
class Leap:
    """The one leap of a rate: at x ``at``, by ``factor``, after it had been held for ``held`` (share of the run)."""

    at: float
    factor: float
    held: float


def longest_below(x: FloatArray, y: FloatArray, limit: float) -> Stretch:
    """The longest stretch in which the rate ``y`` (n,) over ``x`` (n,) is at most ``limit``; share 0 if none. O(n)."""
    below = np.concatenate([[False], y <= limit, [False]])
    edges = np.flatnonzero(np.diff(below.astype(np.int8)))
    first, last = max(zip(edges[::2], edges[1::2], strict=True), key=lambda pair: pair[1] - pair[0], default=(0, 0))
    return _stretch(x, y, int(first), int(last)) if last - first > 1 else Stretch(float(x[0]), float(x[0]), 0.0, 0.0)


def last_below(x: FloatArray, y: FloatArray, limit: float) -> Stretch:
    """The stretch at the end in which the rate is at most ``limit``; share 0 where it ends above. O(n)."""
    above = np.flatnonzero(y > limit)
    first = int(above[-1]) + 1 if above.size else 0
    return _stretch(x, y, first, y.size) if first < y.size else Stretch(float(x[-1]), float(x[-1]), 0.0, float(y[-1]))


def _stretch(x: FloatArray, y: FloatArray, first: int, last: int) -> Stretch:
    reach = float(x[-1] - x[0])
    share = float(x[last - 1] - x[first]) / reach if reach > 0 else 0.0
    return Stretch(float(x[first]), float(x[last - 1]), share, float(y[first:last].max()))


def resolution(y: FloatArray) -> float:
    """The last decimal that the values (n,) show, 0 where they show more than twelve."""
    for decimals in range(MOST_DECIMALS):
        shifted = np.abs(y) * 10.0**decimals
        if bool(np.all(np.abs(shifted - np.round(shifted)) <= ROUND * shifted)):  # 3e-9 is no zero
            return float(10.0**-decimals)
    return 0.0


def usual_share(level: float) -> float:
    """The share of a run that a cosine schedule spends below ``level`` of its peak, in [0, 1]: 0.1 for 0.025."""
    return 2.0 / math.pi * math.asin(math.sqrt(min(max(level, 0.0), 1.0)))


def leap(x: FloatArray, y: FloatArray) -> Leap | None:
    """The leap of a rate, where it has exactly one, to a level it never had before; None otherwise. O(n).

    Two in a row are one: the mean over the epoch in which the rate leapt lies between the two levels.
    """
    before, after = y[:-1], y[1:]
    places = np.flatnonzero((before > 0) & (after >= LEAP * before)) + 1
    if not 1 <= places.size <= 2 or places[-1] - places[0] != places.size - 1:
        return None
    i, top = int(places[0]), float(y[places[-1]])
    if float(y[:i].max()) * LEAP > top:
        return None
    off = np.flatnonzero(np.abs(y[:i] - y[i - 1]) > HELD * y[i - 1])
    start = int(off[-1]) + 1 if off.size else 0
    reach = float(x[-1] - x[0])
    held = float(x[i - 1] - x[start]) / reach if reach > 0 else 0.0
    return Leap(float(x[i]), top / float(y[i - 1]), held)

"""What a cut of the learning rate did to the loss: the plateau before it, and how far the loss fell at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median, thinned
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, roughness
from nn_doctor.analyzers.scaling import ratio, scaled
from nn_doctor.analyzers.schedule import schedule
from nn_doctor.analyzers.trend import trend

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

TRANSIENT = 0.05
"""The first points of a run fall from wherever it began; this share of it says nothing about the plateau."""
WIDTH = 0.05
"""Share of the points that make a level."""
WINDOW = 3
"""So many levels before and after the cut are compared."""
LEAST = 3
TREND_POINTS, CHANCE = 5, 0.05
THIRD = 3


@dataclass(frozen=True, slots=True)
class CutDrop:
    """What happened to the loss at a cut of the rate, ``x`` on its axis, ``at`` as a share (0 … 1) of the points.

    ``share`` is the drop of the level (medians) over all the progress made after the transient (first twentieth),
    ``of_level`` the drop over the level before; ``won`` the progress along the plateau, from its first third to its
    last, over the drop: below one where the cut brought more than all the time before. ``noise`` is the noise of one
    point before the cut over that progress. ``of_all`` is the drop over all that was ever won, from the first value on.
    ``apart``: the probability that a point before the cut lies above one after it (Mann and Whitney 1947), 0.5 where
    they are alike. ``points`` make the plateau.
    ``expected`` is what would have come of the fall before, had it gone on, over the drop; 0 where it has no trend.
    """

    x: float
    at: float
    share: float
    of_level: float
    won: float
    noise: float
    of_all: float
    apart: float
    points: int
    expected: float


def cut_drops(x: FloatArray, y: FloatArray, rate_x: FloatArray, rate: FloatArray) -> tuple[CutDrop, ...]:
    """What each cut of the learning rate ``rate`` (m,) over ``rate_x`` did to the loss ``y`` (n,) over ``x``, finite.

    Cuts without points enough on both sides are left out. The point at the cut itself, which may be a mean over the
    time before and after, belongs to neither side. O(n).
    """
    if not rate.size or not y.size:
        return ()
    values, _ = scaled(y)
    places = [int(np.searchsorted(x, cut)) for cut in schedule(rate_x, rate).cuts]
    ends = [0, *places, y.size]
    found = [_drop(x, values, ends[i], ends[i + 1], ends[i + 2]) for i in range(len(places))]
    return tuple(drop for drop in found if drop is not None)


def _drop(x: FloatArray, y: FloatArray, first: int, cut: int, last: int) -> CutDrop | None:
    """The drop at point ``cut`` after a plateau that began not before ``first``, looked at up to point ``last``."""
    n = y.size
    width = max(LEAST, int(WIDTH * n))
    first = max(first + 1, cut // THIRD) if first else cut // THIRD
    before, after = y[max(first, cut - WINDOW * width) : cut], y[cut + 1 : min(last, cut + 1 + WINDOW * width)]
    if cut - first <= LEAST or after.size < LEAST:
        return None
    plateau = y[first:cut]
    third = max(1, plateau.size // THIRD)
    level = median(before)
    drop = level - median(after)
    later = y[max(1, int(TRANSIENT * n)) :]
    lowest = min(float(np.median(y[-width:])), median(after))
    progress = float(later.max()) - lowest
    return CutDrop(
        x=float(x[cut]),
        at=cut / n,
        share=ratio(drop, progress),
        of_level=ratio(drop, abs(level)),
        won=ratio(max(median(plateau[:third]) - median(plateau[-third:]), 0.0), drop) if drop > 0 else float("inf"),
        noise=ratio(_noise(before), progress),
        of_all=ratio(drop, float(y[0]) - lowest) if y[0] > lowest else float("inf"),
        apart=_apart(thinned(before), thinned(after)),
        points=plateau.size,
        expected=ratio(_falling(plateau) * (before.size + after.size) / 2, drop) if drop > 0 else 0.0,
    )


def _falling(plateau: FloatArray) -> float:
    """The fall from point to point of a plateau that is none, since its ranks have a trend; 0 where they have none.

    A loss that falls all along comes to lie lower after a cut without any help of it.
    """
    found = trend(np.arange(float(plateau.size)), plateau, last=1.0) if plateau.size >= TREND_POINTS else None
    if found is None or found.tau >= 0 or found.p > CHANCE:
        return 0.0
    third = max(1, plateau.size // THIRD)
    return (median(plateau[:third]) - median(plateau[-third:])) / (plateau.size - third)


def _noise(y: FloatArray) -> float:
    return MAD_TO_SIGMA * median(roughness(y))


def _apart(a: FloatArray, b: FloatArray) -> float:
    """The share of pairs in which ``a`` (n,) is above ``b`` (m,), ties counting half. O((n + m) log m)."""
    ordered = np.sort(b)
    below = np.searchsorted(ordered, a, side="left") + np.searchsorted(ordered, a, side="right")
    return float(below.sum()) / (2 * a.size * b.size)

"""Where a curve's next points all lie above its last ones: rises of level of any shape, told by ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import part_medians, row_medians
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray, IntArray

BUCKETS = 2048  # a longer curve is looked at as so many medians
SHARE = 12  # a twelfth of the points on each side
LEAST, MOST = 4, 8
MIN_POINTS = 12
QUARTER = 0.25  # so that differences of huge values stay finite


@dataclass(frozen=True, slots=True, eq=False)
class Separation:
    """Places ``index`` (k,) of points above nearly all of the ``width`` before, and so are the ``width`` from there on.

    One place for each stretch of such: the one whose ``rise`` (k,), the medians' difference in quarters of the units of
    y, is the largest.
    """

    index: IntArray
    rise: FloatArray
    width: int


def separation(x: FloatArray, y: FloatArray, share: float = 0.95) -> Separation:
    """The rises of the finite curve ``y`` (n,) at which ``share`` of all pairs (before, after) go up; x is not used.

    Mann and Whitney's statistic of the 4 to 8 points before a place against as many after it, without assumptions on
    the noise: where nothing happens, complete separation of eight and eight comes once in 12,870 places, once in fewer
    still where the curve falls. Raises InsufficientData below 12 points. O(n + 2048 · 64).
    """
    del x
    if y.size < MIN_POINTS:
        raise InsufficientData(f"rises of level need {MIN_POINTS} points, there are {y.size}", MIN_POINTS)
    edges = np.linspace(0, y.size, min(y.size, BUCKETS) + 1).astype(np.int64)
    level = QUARTER * (part_medians(y, edges) if y.size > BUCKETS else y)
    width = int(np.clip(level.size // SHARE, LEAST, MOST))
    windows = np.lib.stride_tricks.sliding_window_view(level, width)
    before, after = windows[: -width or None], windows[width:]
    above = np.zeros(before.shape[0])
    for column in range(width):
        above += (after > before[:, column : column + 1]).sum(axis=1)
    rise = row_medians(after) - row_medians(before)
    apart = np.flatnonzero((above >= share * width * width) & (rise > 0))
    stretches = np.split(apart, np.flatnonzero(np.diff(apart) > width) + 1) if apart.size else []
    best = np.array([s[int(np.argmax(rise[s]))] for s in stretches], dtype=np.int64)
    return Separation(index=edges[best + width].astype(np.int64), rise=rise[best], width=width)

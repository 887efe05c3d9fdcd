"""Whether several spikes stand apart from all else, or are only the far end of a long tail of noise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.spikes import SHARE, WINDOW, residuals

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray, IntArray

BESIDE = 3  # points either side of a spike's peak that belong to it


@dataclass(frozen=True, slots=True)
class Crowd:
    """The ``count`` highest spikes, ``gap`` times as high as the next highest point; ``score`` = count · ln gap."""

    count: int
    gap: float
    score: float


def crowd(y: FloatArray, index: IntArray, height: FloatArray, least: int, first: int = 0) -> Crowd:
    """The ``least`` or more of the spikes at ``index`` (k,) of ``y`` (n,), finite, that stand apart the most.

    ``height`` (k,) is theirs above the running median; what they are held against is the next of them and the highest
    residual of any point from ``first`` on that belongs to none. Of noise with a tail that falls with the power a of
    the height, the score of any given count is exponential with mean 1/a (Rényi's spacings of ordered values, in
    logarithms): with a = 3, a heavy tail, 2.5 comes once in 1,800 for each count tried. Count 0 where there are fewer
    spikes. O(n).
    """
    if height.size < least:
        return Crowd(0, 1.0, 0.0)
    rest = residuals(y, min(WINDOW, y.size // SHARE) | 1)
    rest[:first] = -np.inf
    for offset in range(-BESIDE, BESIDE + 1):
        rest[np.clip(index + offset, 0, y.size - 1)] = -np.inf
    ordered = np.append(np.sort(height)[::-1], 0.0)
    tiny = np.finfo(np.float64).tiny
    following = np.maximum(ordered[1:], max(float(rest.max()), tiny))
    gaps = np.log(np.maximum(ordered[:-1], tiny)) - np.log(following)
    scores = np.arange(1, height.size + 1) * gaps
    best = least - 1 + int(np.argmax(scores[least - 1 :]))
    return Crowd(best + 1, math.exp(min(float(gaps[best]), 700.0)), float(scores[best]))

"""Whether train and validation both jump from one evaluation to the next: then it is the weights that jump."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, roughness, thinned_roughness
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_PAIRS = 16
SKIP = 0.2
"""The first share of the pairs is the fall itself."""
ENDS = 3
QUARTER = 4


@dataclass(frozen=True, slots=True)
class Restless:
    """Robust standard deviations of one value about the next, as shares of the level (differences of logarithms).

    ``train`` is that of the mean of train since the last evaluation, without what the noise of its single points
    explains; ``val`` that of validation. ``dense``: train has several points for each evaluation. ``left`` is the level
    of train at the end over that of the first pair. ``cost`` is the larger of the two jumps in the units of the loss,
    over the larger of their whole falls from the first pair: near zero a jump by a factor costs next to nothing. It is
    infinite where neither fell.
    """

    pairs: int
    train: float
    val: float
    left: float
    dense: bool
    cost: float


def restless(x: FloatArray, y: FloatArray, x2: FloatArray, y2: FloatArray) -> Restless:
    """How train ``y`` (n,) over ``x`` and validation ``y2`` (m,) over ``x2``, all finite, jump between evaluations.

    Sampling makes single batches noisy, and a small validation set; but a mean over an epoch *and* a fixed validation
    set both jump only if the weights do. A steady fall or rise does not count. Raises InsufficientData below 16 common
    points, and where a value is not positive. O(n + m).
    """
    ends = np.searchsorted(x, x2, side="right")
    count = np.diff(ends, prepend=0)
    have = count > 0
    pairs = int(have.sum())
    if pairs < MIN_PAIRS:
        raise InsufficientData(f"{pairs} common points, {MIN_PAIRS} are needed", MIN_PAIRS)
    each = median(count[have].astype(np.float64))
    train = np.add.reduceat(y[: ends[-1]], (ends - count)[have]) / count[have]
    val = y2[have]
    if not min(float(train.min()), float(val.min())) > 0:
        raise InsufficientData("losses below zero have no share of a level")
    first = int(SKIP * pairs)
    spread = _jumps(train[first:])
    if each > 1:
        sampling = MAD_TO_SIGMA * median(thinned_roughness(y[int(SKIP * y.size) :])) / math.sqrt(each)
        spread = math.sqrt(max(spread**2 - (sampling / median(train[first:])) ** 2, 0.0))
    left = median(train[-ENDS:]) / float(train[0])
    jumps = _jumps(val[first:])
    return Restless(pairs, spread, jumps, left, each > 1, _cost(train, val, spread, jumps))


def _cost(train: FloatArray, val: FloatArray, spread: float, jumps: float) -> float:
    """The larger of the jumps of the two (shares of their last quarters' medians) over the larger of their falls.

    A first evaluation after an epoch may come when all is won: then train tells how far the loss fell.
    """
    late = [median(level[-(level.size // QUARTER) :]) for level in (train, val)]
    fall = max(float(train[0]) - late[0], float(val[0]) - late[1])
    return max(spread * late[0], jumps * late[1]) / fall if fall > 0 else math.inf


def _jumps(level: FloatArray) -> float:
    """The spread of one of ``level`` (n,), positive, about the next, as a share.

    The smaller of that of first differences and that of second ones: a fall that slows down is longer from one record
    to the next the rarer a run is logged, and must not count as jumps.
    """
    logs = np.log(level)
    steps = np.diff(logs)
    first = MAD_TO_SIGMA * median(np.abs(steps - median(steps))) / math.sqrt(2)
    return min(first, MAD_TO_SIGMA * median(roughness(logs)))

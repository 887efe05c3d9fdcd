"""Of which terms a logged total is made, and with which weights; which of several curves are its terms at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray, IntArray

MIN_POINTS = 10
ROUNDING = 1e-3
"""A sum that is off by more than this share of the total has a part that was not logged."""
SAME = 1e-6
"""What rounding alone may leave."""
NEEDED = 5.0
"""Times as much must be left without a term."""
MOST_POINTS = 2048
NEGATIVE = -1e-3
"""A weight below this is none: losses are added."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """``weights`` (k,) such that the total is the weighted sum of k terms; ``rest`` (share of the total) is left."""

    weights: FloatArray
    rest: float


def mixture(total: FloatArray, terms: FloatArray) -> Mixture | None:
    """The weights that make ``total`` (n,) the sum of ``terms`` (k, n); None where no sum of them is the total.

    The plain sum is tried first, then least squares; points that are not finite are left out. O(n k²).
    Raises InsufficientData below 10 common points or 2 per term.
    """
    whole = np.isfinite(total) & np.isfinite(terms).all(axis=0)
    y, parts = total[whole], terms[:, whole]
    if y.size < max(MIN_POINTS, 2 * len(terms)):
        raise InsufficientData(f"{y.size} common points of the total and its terms", MIN_POINTS)
    scale = median(np.abs(y))
    if not 0 < scale < np.inf:
        return None
    y, parts = y / scale, parts / scale
    for weights in (np.ones(len(parts)), _least_squares(parts, y)):
        rest = median(np.abs(y - weights @ parts))
        if rest <= ROUNDING and float(weights.min()) >= NEGATIVE:
            return Mixture(np.maximum(weights, 0.0), rest)
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """``which`` (k,) of the curves make up the total, with ``weights`` (k,)."""

    which: IntArray
    weights: FloatArray


def parts(total: FloatArray, curves: FloatArray) -> Parts | None:
    """Those of ``curves`` (k, n) whose weighted sum is ``total`` (n,), each needed for it; None below two of them.

    Curves that are the total itself, in other units, are left out first. One is needed if the sum is off by several
    times as much without it. O(n k⁴) at worst, on at most 2048 points. Raises InsufficientData below 10 common points
    or 2 a curve.
    """
    whole = np.isfinite(total) & np.isfinite(curves).all(axis=0)
    if np.count_nonzero(whole) < max(MIN_POINTS, 2 * len(curves)):
        raise InsufficientData(f"{np.count_nonzero(whole)} common points of the total and its terms", MIN_POINTS)
    every = max(1, np.count_nonzero(whole) // MOST_POINTS)
    y, x = total[whole][::every], curves[:, whole][:, ::every]
    scale = median(np.abs(y))
    if not 0 < scale < np.inf:
        return None
    y, x = y / scale, x / scale
    kept = [i for i in range(len(x)) if np.ptp(x[i]) > 0 and _rest(x[[i]], y) > SAME]
    while len(kept) > 1:
        rest = _rest(x[kept], y)
        if rest > ROUNDING:
            return None
        without = [_rest(x[[j for j in kept if j != i]], y) for i in kept]
        least = int(np.argmin(without))
        if without[least] > max(NEEDED * rest, SAME):
            weights = _least_squares(x[kept], y)
            ones = median(np.abs(y - x[kept].sum(axis=0))) <= NEEDED * max(rest, SAME)
            if float(weights.min()) < NEGATIVE:
                return None
            return Parts(np.array(kept), np.ones(len(kept)) if ones else np.maximum(weights, 0.0))
        del kept[least]
    return None


def _rest(terms: FloatArray, y: FloatArray) -> float:
    """What the best sum of ``terms`` (k, n) leaves of ``y`` (n,), in the median."""
    return median(np.abs(y - _least_squares(terms, y) @ terms))


def _least_squares(parts: FloatArray, y: FloatArray) -> FloatArray:
    """Each term scaled to its own size first, so that a small one's weight is found as well as a large one's."""
    size = np.maximum(np.abs(parts).max(axis=1), np.finfo(np.float64).tiny)
    found: FloatArray = np.linalg.lstsq((parts / size[:, None]).T, y, rcond=None)[0] / size
    return found

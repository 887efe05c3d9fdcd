"""Of which terms a logged total is made, and with which weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 10
ROUNDING = 1e-3
"""A sum that is off by more than this share of the total has a part that was not logged."""
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


def _least_squares(parts: FloatArray, y: FloatArray) -> FloatArray:
    """Each term scaled to its own size first, so that a small one's weight is found as well as a large one's."""
    size = np.maximum(np.abs(parts).max(axis=1), np.finfo(np.float64).tiny)
    found: FloatArray = np.linalg.lstsq((parts / size[:, None]).T, y, rcond=None)[0] / size
    return found

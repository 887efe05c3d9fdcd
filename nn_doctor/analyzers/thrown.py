"""Whether a loss was thrown up at the very beginning, and how low it came afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

TOP = 0.1
"""The height of a curve is the median of this share of its largest values."""
LOW = 0.1
"""The floor is what all later points but this share lie above: a few lucky batches are none."""
EARLY = 0.2
LEAST = 3


@dataclass(frozen=True, slots=True)
class ThrownUp:
    """In the units of y: the ``first`` value, the ``peak`` level, the ``floor`` of all later values.

    ``burst`` is the second highest value of the first fifth: a single wild batch makes none.
    """

    first: float
    peak: float
    floor: float
    burst: float


def thrown_up(x: FloatArray, y: FloatArray) -> ThrownUp:
    """The first value of ``y`` (n,), finite, against all later ones. Raises InsufficientData below 3 points. O(n)."""
    del x
    if y.size < LEAST:
        raise InsufficientData(f"{y.size} points, {LEAST} are needed", LEAST)
    many = max(LEAST, int(TOP * y.size))
    top = np.partition(y, y.size - many)[-many:]
    early = y[: max(LEAST, int(EARLY * y.size))]
    burst = float(np.partition(early, -2)[-2])
    return ThrownUp(first=float(y[0]), peak=median(top), floor=float(np.quantile(y[1:], LOW)), burst=burst)

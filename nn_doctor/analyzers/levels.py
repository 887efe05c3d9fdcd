"""From one level of a curve to another, against the noise of its points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, roughness

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MEDIAN_ERROR = math.sqrt(math.pi / 2)
"""Standard error of a median of normal values over that of their mean."""
MOST = 1e6
THREE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """How far a level lies below an earlier one (in the units of y), and that in standard errors."""

    fall: float
    z: float


def step(first: FloatArray, second: FloatArray, noisy: FloatArray) -> Step:
    """From the median of ``first`` (k,) to that of ``second`` (m,), all finite; ``noisy`` (n,) shows the noise.

    Without noise z is ±10⁶, or 0 where nothing changed.
    """
    fall = median(first) - median(second)
    sigma = MAD_TO_SIGMA * median(roughness(noisy)) if noisy.size > 2 else 0.0
    error = MEDIAN_ERROR * sigma * math.sqrt(1 / first.size + 1 / second.size)
    if error > 0:
        return Step(fall, float(np.clip(fall / error, -MOST, MOST)))
    return Step(fall, math.copysign(MOST, fall) if fall else 0.0)


def shock(first: FloatArray, second: FloatArray, noisy: FloatArray) -> Step:
    """As ``step``, but from the highest median of three points in a row of ``first`` (k,), k ≥ 3.

    z is less by what the highest of so many would show by chance.
    """
    threes = np.lib.stride_tricks.sliding_window_view(first, THREE)
    found = step(threes[int(np.argmax(np.median(threes, axis=1)))], second, noisy)
    return Step(found.fall, found.z - math.sqrt(2 * math.log(max(2.0, first.size / THREE))))

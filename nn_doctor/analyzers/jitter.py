"""How much more a validation curve jumps from point to point than train does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.gap import paired
from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, roughness
from nn_doctor.analyzers.trend import trend
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_PAIRS = 8
LEAST = 3  # points of which one has two neighbours


@dataclass(frozen=True, slots=True)
class Jitter:
    """Noise of single points (robust standard deviations about their neighbours), of which there are ``pairs``.

    ``single`` is that of train's points as logged, of which many may lie between two evaluations, in the units of y.
    ``val_log`` and ``val_log_early`` are those of the logarithm of validation over the second half and the first,
    ``train_log`` that of train's at the same places; 0, 0 and infinite where a value is not positive. ``trend`` is the
    probability that chance draws as strong a trend (by ranks) as validation has over its second half.
    """

    pairs: int
    single: float
    val_log: float
    val_log_early: float
    train_log: float
    trend: float


def jitter(x: FloatArray, y: FloatArray, x2: FloatArray, y2: FloatArray) -> Jitter:
    """The noise of train ``x, y`` (n,) and of validation ``x2, y2`` (m,), all finite, on one axis.

    Raises InsufficientData below 8 common points. O(n + m²).
    """
    _, train, val, _ = paired(x, y, x2, y2)
    if val.size < MIN_PAIRS:
        raise InsufficientData(f"{val.size} common points, {MIN_PAIRS} are needed", MIN_PAIRS)
    late = val[val.size // 2 :]
    early_log, late_log, train_log = 0.0, 0.0, math.inf
    if float(min(train.min(), val.min())) > 0:
        early_log, late_log = (spread(part) for part in np.array_split(np.log(val), 2))
        train_log = spread(np.log(train))
    return Jitter(
        pairs=int(val.size),
        single=spread(y),
        val_log=late_log,
        val_log_early=early_log,
        train_log=train_log,
        trend=trend(np.arange(float(late.size)), late).p,
    )


def spread(y: FloatArray) -> float:
    """The noise of the single points of ``y`` (n,) about their neighbours, 0 where there are none."""
    return MAD_TO_SIGMA * median(roughness(y)) if y.size >= LEAST else 0.0

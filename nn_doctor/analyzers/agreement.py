"""Whether two curves improve together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.best import reduced, running_median, window_of
from nn_doctor.analyzers.gap import rank_correlation
from nn_doctor.analyzers.scaling import scaled, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_COMMON = 8


@dataclass(frozen=True, slots=True)
class Agreement:
    """``correlation`` in [−1, 1] of two smoothed curves, both counted as improvements: 1 is agreement.

    ``late`` is the same after the best point of the first curve (0 where fewer than 4 points follow it);
    ``before`` and ``after`` are the levels of the second curve at that point and at the end, ``at`` its x.
    """

    points: int
    correlation: float
    late: float
    at: float
    before: float
    after: float


def agreement(x: FloatArray, y: FloatArray, x2: FloatArray, y2: FloatArray, maximise: bool = True) -> Agreement:
    """Rank correlation (Spearman) of the improvements of a loss ``x, y`` and a metric ``x2, y2``.

    Both are finite, on one axis, and are compared at their common x; the metric is to be maximised unless
    ``maximise`` is false. Raises InsufficientData below 8 common points.
    """
    common, i, j = np.intersect1d(x, x2, return_indices=True)
    if common.size < MIN_COMMON:
        raise InsufficientData(f"{common.size} points in common, {MIN_COMMON} are needed", MIN_COMMON)
    points = int(common.size)
    values, exponent = scaled(y2[j])
    (_, loss), (common, metric) = reduced(common, scaled(y[i])[0]), reduced(common, values)
    window = window_of(common.size)
    loss, metric = running_median(loss, window), running_median(metric, window)
    gain = metric if maximise else -metric
    low = int(np.argmin(loss))
    late = rank_correlation(-loss[low:], gain[low:]) if common.size - low >= MIN_COMMON // 2 else 0.0
    return Agreement(
        points=points,
        correlation=rank_correlation(-loss, gain),
        late=late,
        at=float(common[low]),
        before=unscaled(float(metric[low]), exponent),
        after=unscaled(float(metric[-1]), exponent),
    )

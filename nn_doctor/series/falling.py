"""Whether a curve falls, by more than its own noise makes its ends differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

PARTS = 100
TREND, ENDS = 2.5, 3.0
"""Standard errors: of a curve without a trend one in a hundred is taken to fall by either."""
TO_SIGMA = 1.4826 / np.sqrt(1.5)
"""From the median distance of points to the middle of their neighbours to the spread of white noise."""


def ends_lower(y: FloatArray) -> bool:
    """Whether ``y`` (n,), finite, stays above zero and its last tenth lies below its first, by medians."""
    first, last = _tenths(y)
    return bool(y.min() > 0 and np.median(last) < np.median(first))


def falls(y: FloatArray) -> bool:
    """Whether ``y`` (n,), finite, n ≥ 3, does so beyond its noise: by its trend, or by its ends where it falls at once.

    The trend is Mann and Kendall's, of at most a hundred medians; the ends are held against the spread of points about
    their neighbours.
    """
    first, last = _tenths(y)
    middle = np.abs(y[1:-1] - 0.5 * y[:-2] - 0.5 * y[2:])
    error = TO_SIGMA * float(np.median(middle)) * np.sqrt(np.pi / first.size)
    apart = float(np.median(first) - np.median(last))
    return ends_lower(y) and (apart > ENDS * error or _kendall(y) >= TREND)


def _tenths(y: FloatArray) -> tuple[FloatArray, FloatArray]:
    part = max(1, y.size // 10)
    return y[:part], y[-part:]


def _kendall(y: FloatArray) -> float:
    """Mann and Kendall's score for a fall, in standard errors."""
    level = np.array([np.median(part) for part in np.array_split(y, min(y.size, PARTS))])
    i, j = np.triu_indices(level.size, 1)
    n = level.size
    return float(np.sign(level[i] - level[j]).sum() / np.sqrt(n * (n - 1) * (2 * n + 5) / 18))

"""Which NaNs of a DataFrame's column are gaps, and which are a loss that became NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nn_doctor.series.channel import BoolArray, FloatArray

DENSE = 0.9
"""A column with fewer values than this share before its last one has gaps."""


def meant(numbers: FloatArray) -> BoolArray:
    """Which cells (n,) of a DataFrame's column are values: not NaN, or NaN to the end after a dense beginning."""
    import numpy as np

    there = ~np.isnan(numbers)
    filled = int(np.flatnonzero(there)[-1]) + 1 if there.any() else 0
    if there[:filled].mean() >= DENSE if filled else False:
        there[filled:] = True
    return there

"""Medians of finite numbers, at a third of the cost of ``numpy.median`` where there are many small ones.

One pivot instead of three, no copies, no search for NaN; halves are added, so that huge values do not overflow.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

ENOUGH = 1 << 16
"""Values from which the median of a long curve's noise is taken: its own error is then far below the noise's."""

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nn_doctor.series.channel import FloatArray


def median(values: FloatArray) -> float:
    """The median of ``values`` (n,), finite, n ≥ 1. O(n)."""
    middle = values.size // 2
    parted = np.partition(values, middle)
    upper = parted[middle]
    return float(upper if values.size % 2 else parted[:middle].max() / 2 + upper / 2)


def thinned(values: FloatArray) -> FloatArray:
    """Every k-th of ``values`` (n,), k odd, so that 2¹⁶ to 3 · 2¹⁶ are left: enough for a median to 1 %.

    Up to 2¹⁷ values all are kept. A view.
    """
    return values[:: stride_of(values.size)]


def stride_of(size: int) -> int:
    """The k of ``thinned`` for so many values."""
    every = size // ENOUGH
    return every - 1 + every % 2 if every > 1 else 1


def row_medians(rows: FloatArray) -> FloatArray:
    """The median of each row of ``rows`` (k, m), finite, m ≥ 1; shape (k,). O(k · m)."""
    width = rows.shape[1]
    middle = width // 2
    parted = np.partition(rows, middle, axis=1)
    upper: FloatArray = parted[:, middle]
    return upper if width % 2 else parted[:, :middle].max(axis=1) / 2 + upper / 2


def nan_row_medians(rows: FloatArray) -> FloatArray:
    """The median of what is not NaN in each row of ``rows`` (k, m), m ≥ 1; NaN where nothing is; shape (k,).

    As ``numpy.nanmedian``, which imports the whole of numpy.ma for it. O(k · m log m).
    """
    ordered = np.sort(rows, axis=1)  # NaNs last
    count = (~np.isnan(rows)).sum(axis=1)
    lower, upper = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, rows.shape[1] - 1)
    each = np.arange(rows.shape[0])
    low, high = ordered[each, lower], ordered[each, upper]
    with np.errstate(over="ignore"):
        total = low + high
    return np.asarray(
        np.where(np.isfinite(total), total / 2, low / 2 + high / 2)
    )  # halves of the smallest numbers are zero


def part_medians(values: FloatArray, edges: Iterable[int]) -> FloatArray:
    """Medians of ``values`` (n,) between neighbouring ``edges`` (k + 1,), all parts filled; shape (k,).

    Parts of 2¹⁷ values and more are thinned: the error that leaves is 0.5 % of the spread within the part.
    """
    return np.array([median(thinned(values[a:b])) for a, b in itertools.pairwise(edges)])

"""Shares (accuracies) on a coarse grid: the multiples of 1/n give n away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_DISTINCT = 4  # values that must fit: fewer fit some coarse grid by chance
MAX_SIZE = 300  # grids finer than this are no longer told from rounding to three decimals
FLOAT_ERROR = 2e-6  # single precision, or six printed decimals
WIDEST = 0.1  # of a grid step: rounding wider than this puts every printed value on the grid
CHANCE = 1e-3  # a grid counts only if random values would fit it less often than this


@dataclass(frozen=True, slots=True)
class Grid:
    """``size`` is the smallest n such that every value is a multiple of 1/n, or 0 if none is found."""

    points: int
    distinct: int
    size: int


def grid(x: FloatArray, y: FloatArray) -> Grid:
    """The coarsest grid k/n, n ≤ 300, that holds all the values of ``y`` (m,) in [0, 1].

    Values rounded to two or three decimals lie on the grids of 100 and 1000 whatever the sample: a grid
    found only at a divisor or multiple of 100 is not counted. Raises InsufficientData when the values are
    not shares, or fewer than 4 distinct.
    """
    del x
    if y.size == 0 or float(y.min()) < 0.0 or float(y.max()) > 1.0:
        raise InsufficientData("the values are not shares between 0 and 1")
    distinct = np.unique(np.round(y, 9))
    if distinct.size < MIN_DISTINCT:
        raise InsufficientData(f"{distinct.size} distinct values, {MIN_DISTINCT} are needed", MIN_DISTINCT)
    for size in range(2, MAX_SIZE + 1):
        tolerance = _tolerance(y, size)
        if tolerance > WIDEST:
            break
        fits = np.abs(distinct * size - np.round(distinct * size)) <= tolerance
        if fits.all() and min(1.0, 2.0 * tolerance) ** distinct.size < CHANCE and not _is_rounding(size):
            return Grid(int(y.size), int(distinct.size), size)
    return Grid(int(y.size), int(distinct.size), 0)


def _tolerance(y: FloatArray, size: int) -> float:
    """How far a share printed with as many decimals as ``y`` may stand from a multiple of 1/size."""
    for decimals in range(2, 6):
        if np.all(np.abs(y - np.round(y, decimals)) < FLOAT_ERROR * 0.1):
            return min(0.5, size * 0.5 * 10.0**-decimals * (1 + FLOAT_ERROR) + 1e-9)
    return size * FLOAT_ERROR


def _is_rounding(size: int) -> bool:
    """Whether values rounded to two decimals would lie on that grid anyway."""
    return size % 100 == 0 or 100 % size == 0

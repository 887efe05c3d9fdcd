"""Bringing a curve to a scale on which sums and squares neither overflow nor vanish."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

SAFE_EXPONENT = 400  # squares and sums of 10⁷ values up to 2⁴⁰⁰ stay far inside the range of a double

TINY = 1e-300  # a quotient beyond its inverse counts as infinite


def safe_exponent(y: FloatArray) -> int:
    """The power of two to take out of ``y`` (n,), finite: 0 unless its largest magnitude is extreme."""
    top = float(max(y.max(), -y.min())) if y.size else 0.0
    exponent = math.frexp(top)[1] if top > 0 else 0
    return exponent if abs(exponent) > SAFE_EXPONENT else 0


def scaled(y: FloatArray) -> tuple[FloatArray, int]:
    """``(y · 2⁻ᵉ, e)``: the same curve at a safe scale; exact but for values 300 decades below the largest."""
    exponent = safe_exponent(y)
    with np.errstate(under="ignore"):
        return (np.ldexp(y, -exponent) if exponent else y), exponent


def unscaled(value: float, exponent: int) -> float:
    """``value · 2ᵉ``, infinite (never an error) where that is beyond a double."""
    try:
        return math.ldexp(value, exponent)
    except OverflowError:
        return math.copysign(math.inf, value)


def ratio(part: float, whole: float) -> float:
    """``part / whole``; 0 where ``part`` is 0, an infinity of its sign where ``whole`` is 0 or far too small."""
    if part == 0.0:
        return 0.0
    if abs(whole) <= abs(part) * TINY:
        return math.copysign(math.inf, part)
    return part / whole

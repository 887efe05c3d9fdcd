"""How numbers are written, the same in every report."""

from __future__ import annotations

import math

EXACT = float(1 << 53)
"""Whole numbers below this are exact as float64 and are written in full (steps, epochs, counts)."""


def plain(value: float | None) -> int | float | None:
    """For JSON: whole numbers exactly, others rounded to 6 significant digits, None if not finite."""
    if value is None or not math.isfinite(value):
        return None
    number = float(value)
    if number.is_integer() and abs(number) < EXACT:
        return int(number)
    return float(f"{number:.6g}")


def short(value: float) -> str:
    """For people: 3 significant digits; whole numbers in full."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    if float(value).is_integer() and abs(value) < 1e7:
        return str(int(value))
    return f"{value:.3g}" if abs(value) < 1e3 or abs(value) >= 1e7 else f"{value:.0f}"


def reading(value: float) -> str:
    """For people, a loss or metric: 3 significant digits, zeros kept (0.90, 2.31, 1.2e-05)."""
    if not math.isfinite(value):
        return short(value)
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        digits = 2 if value == 0 else max(0, 2 - math.floor(math.log10(abs(value))))
        return f"{value:.{digits}f}"
    return f"{value:.1e}"

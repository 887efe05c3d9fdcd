"""An axis: from values to shares of its length, and ticks at round numbers."""

from __future__ import annotations

import itertools
import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

HUGE = 1e300
"""Beyond this a difference of two values may overflow: halves are subtracted."""
NICE = (1.0, 2.0, 5.0, 10.0)
DECADES = 2.5
"""From so many decades on a logarithmic axis is labelled with powers of ten alone."""
SUFFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
ALMOST = 0.9
"""One tick more than asked for is better than half as many."""
PAD = 0.05
LARGEST = sys.float_info.max
SMALLEST = -744.0
"""The logarithm of a number that is not yet zero."""
SAME = 1e-6
"""A logarithmic axis shorter than this is drawn evenly."""
POWERS = range(-307, 308)
"""Powers of ten that are ordinary doubles, with room for a factor of five."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of numbers, ``low`` < ``high`` finite, drawn evenly or by its logarithm (then ``low`` > 0)."""

    low: float
    high: float
    log: bool = False

    def share(self, values: FloatArray) -> FloatArray:
        """Where ``values`` (n,) lie between ``low`` (0) and ``high`` (1); NaN stays NaN. On a log axis values > 0."""
        if self.log:
            low, high = math.log(self.low), math.log(self.high)
            return np.asarray((np.log(values) - low) / (high - low))
        half = 0.5 if max(abs(self.low), abs(self.high)) > HUGE else 1.0
        return np.asarray((values * half - self.low * half) / (self.high * half - self.low * half))

    def at(self, value: float) -> float:
        """``share`` of one value."""
        return float(self.share(np.array([value]))[0])


def scale_of(low: float, high: float, log: bool = False, pad: float = PAD) -> Scale:
    """The axis for values from ``low`` to ``high``, with ``pad`` of its length free at both ends."""
    if log and math.log(high) - math.log(low) > SAME:
        room = (math.log(high) - math.log(low)) * pad
        bottom = math.exp(max(math.log(low) - room, SMALLEST))
        top = math.exp(min(math.log(high) + room, math.log(LARGEST)))
        return Scale(min(bottom, low), max(top, high), True)
    room = high * pad - low * pad if low < high else abs(low) * PAD or 0.5
    return Scale(max(low - room, -LARGEST), min(high + room, LARGEST))


def ticks(scale: Scale, count: int, whole: bool = False) -> list[tuple[float, str]]:
    """About ``count`` round numbers on the axis as ``(value, label)``; ``whole`` allows integers only."""
    values = _log_ticks(scale, count) if scale.log else []
    if len(values) < 2:
        values = linear_ticks(scale.low, scale.high, count, whole)
    labels = labels_of(values, scale.log)
    return list(zip(values, labels, strict=True))


def linear_ticks(low: float, high: float, count: int, whole: bool = False) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from ``low`` to ``high``, at most ``count`` + 1 of them."""
    rough = high / count - low / count
    if not 1e-300 < rough < math.inf:
        return [low, high]
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((n * power for n in NICE if n * power >= ALMOST * rough), 10 * power)
    step = max(step, 1.0) if whole and high - low >= 1 else step
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if low + step == low or last - first > 4 * count:
        return [low, high]
    return [k * step for k in range(first, last + 1)]


def _log_ticks(scale: Scale, count: int) -> list[float]:
    """Powers of ten, or 1, 2 and 5 times them where the axis holds few."""
    low, high = math.log10(scale.low), math.log10(scale.high)
    if high - low < DECADES:
        powers = range(math.floor(low) - 1, math.ceil(high) + 1)
        values = [n * 10.0**p for p in powers if p in POWERS for n in (1.0, 2.0, 5.0)]
        return [v for v in values if scale.low <= v <= scale.high]
    every = max(1, math.ceil((high - low) / count))
    powers = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
    return [10.0**p for p in powers if p % every == 0 and p in POWERS]


def labels_of(values: list[float], log: bool = False) -> list[str]:
    """The ticks as text: equally many decimals, thousands as k, powers of ten where numbers get long."""
    if log:
        return [_alone(v) for v in values]
    largest = max(map(abs, values), default=0.0)
    gaps = [b - a for a, b in itertools.pairwise(values) if b > a]
    step = min(gaps, default=largest)
    if not largest or not step or not math.isfinite(step):
        return [_alone(v) for v in values]
    if largest >= 1e15 or largest < 1e-4:
        digits = max(0, math.floor(math.log10(largest)) - math.floor(math.log10(step)))
        return [_power(f"{v:.{min(digits, 5)}e}") if v else "0" for v in values]
    unit, suffix = next(((u, s) for u, s in SUFFIXES if largest >= 10 * u), (1.0, ""))
    decimals = max(0, -math.floor(math.log10(step / unit) + 1e-9))
    return [(f"{v / unit:.{min(decimals, 6)}f}" + suffix) if v else "0" for v in values]


def _alone(value: float) -> str:
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return f"{value:.4g}"
    return _power(f"{value:.0e}")


def _power(text: str) -> str:
    """1e-05 as 1e-5."""
    mantissa, _, power = text.partition("e")
    return f"{mantissa}e{int(power)}"

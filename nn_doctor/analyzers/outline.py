"""A curve, and two side by side, in numbers that do not depend on scale: what an eye takes in before it measures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

LEAST = 4
"""Fewer points have no outline."""
BINS = 16
MOST = 400
"""Points that the residuals are taken at."""
TINY = 1e-30
FAR = 1000.0
"""Ratios beyond this are all alike."""
NORMAL = 0.6745 * math.sqrt(6)
"""From the median of second differences to the standard deviation of white noise."""


def over(part: float, whole: float) -> float:
    """``part / |whole|``, at most FAR either way."""
    return float(np.clip(part / (abs(whole) + TINY), -FAR, FAR))


def largest(y: FloatArray) -> float:
    """The size of the largest value, or 1 of zeros: numbers near one do not overflow."""
    return float(np.abs(y).max()) or 1.0


def outline(y: FloatArray) -> dict[str, float]:
    """Numbers of one curve to be minimised, shape (n,), n ≥ 4: levels, noise, course and residuals."""
    n, y = y.size, y / largest(y)
    reach = float(np.ptp(y))
    level = float(np.median(np.abs(y)))
    start, end = float(np.median(y[: max(1, n // 20)])), float(np.median(y[-max(1, n // 10) :]))
    best = float(np.sort(y)[: max(1, n // 20)].mean())
    sigma = float(np.median(np.abs(y[2:] - 2 * y[1:-1] + y[:-2]))) / NORMAL
    found = {
        "noise of the range": over(sigma, reach),
        "noise of the level": over(sigma, level),
        "noise of the fall": over(sigma, start - end),
        "fall of the first value": over(y[0] - end, y[0]),
        "end above the best, of the fall": over(end - best, start - best),
        "end above the best, of the best": over(end - best, best),
        "end above the best, in sigma": over(end - best, sigma),
        "place of the lowest point": float(np.argmin(y)) / n,
        "highest above the first, of the first": over(float(y.max() - y[0]), y[0]),
        "below zero": float(y.min() < 0),
        "distinct values": np.unique(y).size / n,
    }
    return found | _course(y, reach, level, sigma) | _residuals(y, reach)


def _course(y: FloatArray, reach: float, level: float, sigma: float) -> dict[str, float]:
    """Where the curve is, in even and in doubling stretches, how it rises and falls, and its slope in each third."""
    n = y.size
    means = np.array([np.median(part) for part in np.array_split(y, min(BINS, n))])
    height = (means - means.min()) / (np.ptp(means) + TINY)
    found = {f"height in part {i + 1} of {BINS}": float(height[i * height.size // BINS]) for i in range(BINS)}
    edges = np.unique(np.geomspace(1, n, BINS // 2 + 1).astype(int))
    for i in range(BINS // 2):
        part = y[edges[i] - 1 : edges[i + 1]] if i < edges.size - 1 else y[-1:]
        found[f"height in doubling stretch {i + 1}"] = over(float(np.median(part) - y.min()), reach)
    steps = np.diff(means)
    won = float(means[0] - means.min())
    found |= {
        "share of parts that rise": float(np.mean(steps > 0)),
        "rises of the parts, of the fall": over(float(steps[steps > 0].sum()), won),
        "largest rise between parts": over(float(steps.max()), float(np.ptp(means))),
        "largest fall between parts": over(float(-steps.min()), float(np.ptp(means))),
        "place of the largest fall": float(np.argmin(steps)) / steps.size,
        "place of the largest rise": float(np.argmax(steps)) / steps.size,
    }
    for i, third in enumerate(np.array_split(y, 3)):
        if third.size > 2:
            rise = float(np.polyfit(np.arange(third.size), third, 1)[0]) * third.size
            found[f"rise in third {i + 1}, of the range"] = over(rise, reach)
            found[f"rise in third {i + 1}, of the level"] = over(rise, level)
            found[f"rise in third {i + 1}, in standard errors"] = over(rise, sigma * math.sqrt(12 / third.size))
    return found


def _residuals(y: FloatArray, reach: float) -> dict[str, float]:
    """What is left after a running median: tails, memory, change from half to half, the strongest wave."""
    n = y.size
    width, stride = max(3, n // 15) | 1, max(1, n // MOST)
    padded = np.lib.stride_tricks.sliding_window_view(np.pad(y, width // 2, mode="edge"), width)[::stride]
    left = y[::stride] - np.median(padded, axis=1)
    typical, spread = float(np.median(np.abs(left))), float(left.std())
    power = np.abs(np.fft.rfft(left - left.mean()))[1:] ** 2
    half = left.size // 2
    return {
        "residuals of the range": over(spread, reach),
        "kurtosis of the residuals": float(np.mean((left / (spread or 1.0)) ** 4)),
        "skewness of the residuals": float(np.mean((left / (spread or 1.0)) ** 3)),
        "memory of the residuals": _correlation(left[1:], left[:-1]),
        "memory over two points": _correlation(left[2:], left[:-2]),
        "noise of the second half to the first": over(
            float(np.abs(left[half:]).mean()), float(np.abs(left[:half]).mean())
        ),
        "highest residual": over(float(left.max()), typical),
        "strength of the strongest wave": over(float(power.max()), float(power.sum())),
        "frequency of the strongest wave": (1 + float(np.argmax(power))) / left.size,
    }


def side_by_side(a: FloatArray, b: FloatArray) -> dict[str, float]:
    """Numbers of train ``a`` and validation ``b``, both to be minimised, of four points and more, over the same run."""
    a, b = a / largest(a), b / largest(a)
    wide_a, wide_b = max(1, a.size // 10), max(1, b.size // 10)
    end_a, end_b = float(np.median(a[-wide_a:])), float(np.median(b[-wide_b:]))
    first_a, first_b = float(np.median(a[:wide_a])), float(np.median(b[:wide_b]))
    won, best, jump = first_a - end_a, float(b.min()), float(np.median(np.abs(np.diff(b)))) / math.sqrt(2)
    n = min(a.size, b.size, MOST // 2)
    on_a, on_b = (y[np.linspace(0, y.size - 1, n).astype(int)] for y in (a, b))
    return {
        "gap at the end, of the fall": over(end_b - end_a, won),
        "gap at the start, of the fall": over(first_b - first_a, won),
        "validation to train at the end": over(end_b, end_a),
        "rise from the best, of the fall": over(end_b - best, won),
        "rise from the best, of the best": over(end_b - best, best),
        "rise from the best, in jumps": over(end_b - best, jump),
        "gap at the end, in jumps": over(end_b - end_a, jump),
        "place of the best": float(np.argmin(b)) / b.size,
        "jumps of validation to train": over(jump, float(np.median(np.abs(np.diff(a))))),
        "correlation": _correlation(on_a, on_b),
        "correlation of the steps": _correlation(np.diff(on_a), np.diff(on_b)),
        "correlation in the second half": _correlation(on_a[n // 2 :], on_b[n // 2 :]),
    }


def _correlation(a: FloatArray, b: FloatArray) -> float:
    """Pearson's correlation; NaN where one of them does not change or there are fewer than three points."""
    a, b = a - a.mean() if a.size else a, b - b.mean() if b.size else b
    scale = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum() / scale) if a.size > 2 and scale > 0 else math.nan

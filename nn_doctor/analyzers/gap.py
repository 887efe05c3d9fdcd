"""Train and validation side by side: the gap between them, and its course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.analyzers.best import (
    head_of,
    reduced,
    running_median,
    window_of,
)
from nn_doctor.analyzers.medians import median
from nn_doctor.analyzers.noise import MAD_TO_SIGMA, SECOND_DIFFERENCE
from nn_doctor.analyzers.scaling import ratio, safe_exponent, unscaled
from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_PAIRS = 4
CENTRE = 0.5  # a mean over an interval is the value at its middle


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Train brought to the points of validation: ``x``, ``train``, ``val`` (k,), all finite.

    ``dense`` says whether train points were averaged over the interval before each validation point.
    """

    x: FloatArray
    train: FloatArray
    val: FloatArray
    dense: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap (validation − train) in the units of y, as running medians over the ``pairs`` points.

    ``start``, ``end``: the gap at both ends. ``progress`` is the larger of the falls of the two curves from
    their starts to their lows; ``end_share`` and ``widened_share`` are the gap at its end, and its growth
    since its narrowest earlier level, as shares of it. ``widening``: rank correlation (Spearman) of the gap
    with x over the second half. ``val_better``: share of points (second half) where validation is below
    train; ``train_fall``: how far train fell from validation's best point (at ``val_best_at``) to the end,
    ``val_rise`` how far validation rose. ``val_noise`` and ``train_noise``: spread of single points about
    their neighbours at this common spacing, over the second half; ``val_noise_early`` over the first.
    ``val_net`` and ``train_net``: falls from the start of the second half to the end.
    """

    pairs: int
    dense: bool
    start: float
    end: float
    progress: float
    end_share: float
    widened_share: float
    widening: float
    val_better: float
    val_best_at: float
    train_start: float
    train_end: float
    val_end: float
    train_fall: float
    val_rise: float
    train_total_fall: float
    val_noise: float
    val_noise_early: float
    train_noise: float
    val_net: float
    train_net: float


def paired(
    x: FloatArray, y: FloatArray, x2: FloatArray, y2: FloatArray, averaged: bool = False
) -> tuple[FloatArray, FloatArray, FloatArray, bool]:
    """``(x, train, validation, dense)`` at the validation points inside the range of train.

    ``x, y`` (n,) is train, ``x2, y2`` (m,) validation, on one axis, x never decreasing. Train points since
    the previous validation point are averaged; a mean over an interval stands for its *middle* (so does
    one point marked ``averaged`` over the epoch), and is interpolated to the validation point: without
    that shift validation looks half an epoch ahead. Raises InsufficientData below 4 common points.
    """
    ends = np.searchsorted(x, x2, side="right")  # where the interval closed by each validation point ends
    count = np.diff(ends, prepend=0)
    if np.count_nonzero(count) < MIN_PAIRS:
        raise InsufficientData(
            f"train and validation have {np.count_nonzero(count)} points in common, {MIN_PAIRS} are needed",
            MIN_PAIRS,
        )
    have = count > 0
    starts = (ends - count)[have]
    mean_y = np.add.reduceat(y[: ends[-1]], starts) / count[have]
    mean_x = np.add.reduceat(x[: ends[-1]], starts) / count[have]
    dense = bool(median(count[have]) > 1)
    if averaged and not dense:
        mean_x = mean_x - CENTRE * median(np.diff(x2))
    at = x2[have]
    train = np.interp(at, mean_x, mean_y) if dense or averaged else mean_y
    return at, train, y2[have], dense


def gap(
    x: FloatArray,
    y: FloatArray,
    x2: FloatArray,
    y2: FloatArray,
    averaged: bool = False,
    maximise: bool = False,
) -> Gap:
    """The gap between train ``x, y`` (n,) and validation ``x2, y2`` (m,), all finite, on one axis.

    With ``maximise`` both curves are turned upside down first, so a positive gap always means "validation
    is worse". Levels of more than 1024 pairs are those of as many equal parts: O(n + m). Raises
    InsufficientData as ``paired`` does.
    """
    sign = -1.0 if maximise else 1.0
    # one common power of two, so that the difference of two extreme curves cannot overflow
    exponent = safe_exponent(np.array([f(v) for v in (y, y2) if v.size for f in (np.max, np.min)]))
    at, train, val, dense = paired(x, _turned(y, sign, exponent), x2, _turned(y2, sign, exponent), averaged)
    (xs, ts), (_, vs) = reduced(at, train), reduced(at, val)
    window = min(window_of(xs.size), xs.size)
    t, v = running_median(ts, window), running_median(vs, window)
    g = v - t
    half, middle, best = at.size // 2, xs.size // 2, int(np.argmin(v))
    start_t, start_v = median(train[: head_of(at.size)]), median(val[: head_of(at.size)])
    progress = max(start_t - float(t.min()), start_v - float(v.min()), 0.0)
    widened = float(g[-1] - g[: middle + 1].min())

    def size(value: float) -> float:
        return unscaled(float(value), exponent)

    return Gap(
        pairs=int(at.size),
        dense=dense,
        start=size(g[0]),
        end=size(g[-1]),
        progress=size(progress),
        end_share=ratio(float(g[-1]), progress),
        widened_share=ratio(widened, progress),
        widening=rank_correlation(np.arange(xs.size - middle, dtype=np.float64), g[middle:]),
        val_better=float(np.mean(val[half:] < train[half:])),
        val_best_at=float(xs[best]),
        train_start=sign * size(start_t),
        train_end=sign * size(t[-1]),
        val_end=sign * size(v[-1]),
        train_fall=size(t[best] - t[-1]),
        val_rise=size(v[-1] - v[best]),
        train_total_fall=size(start_t - t[-1]),
        val_noise=size(_noise(val[half:])),
        val_noise_early=size(_noise(val[: half + 1])),
        train_noise=size(_noise(train[half:])),
        val_net=size(v[middle] - v[-1]),
        train_net=size(t[middle] - t[-1]),
    )


def _turned(y: FloatArray, sign: float, exponent: int) -> FloatArray:
    """``y`` (n,) upside down if ``sign`` is −1, without its power of two; itself where nothing is to do."""
    turned = -y if sign < 0 else y
    return np.ldexp(turned, -exponent) if exponent else turned


def _noise(y: FloatArray) -> float:
    """The spread of single points about the mean of their neighbours; 0 below three points."""
    if y.size < MIN_PAIRS - 1:
        return 0.0
    second = np.abs(y[1:-1] - 0.5 * y[:-2] - 0.5 * y[2:])
    return MAD_TO_SIGMA / SECOND_DIFFERENCE * median(second)


def ranks(y: FloatArray) -> FloatArray:
    """Ranks of ``y`` (n,) from 1, equals sharing their mean rank. O(n log n)."""
    values, inverse, count = np.unique(y, return_inverse=True, return_counts=True)
    del values
    return (np.cumsum(count) - (count - 1) / 2.0)[inverse]


def rank_correlation(a: FloatArray, b: FloatArray) -> float:
    """Spearman's rank correlation of ``a`` and ``b`` (n,), in [−1, 1]; 0 where one of them is constant."""
    ra, rb = ranks(a), ranks(b)
    ra, rb = ra - ra.mean(), rb - rb.mean()
    size = float(np.sqrt(np.sum(ra * ra) * np.sum(rb * rb)))
    return float(np.clip(np.sum(ra * rb) / size, -1.0, 1.0)) if size > 0 else 0.0

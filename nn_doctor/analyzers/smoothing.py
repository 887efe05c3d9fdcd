"""Robust smoothing: a running median against spikes, then a running mean against what is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nn_doctor.analyzers.medians import nan_row_medians

if TYPE_CHECKING:
    from collections.abc import Callable

    from nn_doctor.series.channel import FloatArray


def smooth(y: FloatArray, window: int) -> FloatArray:
    """Smooth ``y`` (n,) with a running median, then a running mean, each over ``window`` points.

    At the ends the window shrinks to what is there, evenly on both sides, so that a straight line stays one.
    ``window`` is made odd and clipped to n. Returns (n,). O(n · window): reduce long curves first.
    """
    half = min(max(int(window), 1), y.size) // 2
    if half == 0:
        return y.astype(np.float64)
    return _running(_running(y, half, nan_row_medians), half, partial(np.nanmean, axis=1))


def _running(y: FloatArray, half: int, centre: Callable[..., Any]) -> FloatArray:
    """The centre of each window of ``half`` points either side, cut evenly at the edges."""
    padded = np.concatenate([np.full(half, np.nan), y, np.full(half, np.nan)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1).copy()
    reach = np.minimum(np.arange(y.size), np.arange(y.size)[::-1])
    offset = np.abs(np.arange(-half, half + 1))
    windows[offset[None, :] > np.minimum(reach, half)[:, None]] = np.nan
    return np.asarray(centre(windows), dtype=np.float64)

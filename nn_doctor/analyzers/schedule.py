"""What a logged learning rate did: warm-up, cuts, restarts, how far it had decayed at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import BoolArray, FloatArray, IntArray

CUT = 0.6
"""A step of the rate to less than this share of what it was is a cut."""
STEADY = 0.02
"""A rate is cut from a level it held; one that glides down (cosine) has no cuts."""
RISE = 1.3
"""A rise by this factor above a level it had fallen to is a restart."""


CREST = 0.95
"""A rate that reaches this share of its peak has warmed up."""


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The course of a learning rate.

    ``first``, ``peak`` and ``last`` rate, ``warmup_end`` the x of the peak if the rate rose to it from below (else the
    first x), ``cuts`` the x of sudden cuts (k,), ``restarts`` the x from which it rises again (m,),
    ``decayed`` = last/peak.
    """

    first: float
    peak: float
    last: float
    warmup_end: float
    cuts: FloatArray
    restarts: FloatArray
    decayed: float


def schedule(x: FloatArray, y: FloatArray) -> Schedule:
    """Describe the learning rate ``y`` (n,) over ``x`` (n,); raises InsufficientData without points. O(n)."""
    if y.size == 0:
        raise InsufficientData("no learning rate in the log")
    peak = float(y.max())
    top = int(np.argmax(y >= peak * (1 - 1e-9)))
    cut = _cuts(y)
    starts = cut[:0]
    crest = int(np.argmax(y >= CREST * peak))  # a later restart may be logged a little nearer to its peak
    if np.any(y[crest + 1 :] > y[crest:-1]):  # where it never rises it has no restart
        floor = np.minimum.accumulate(y[crest:])
        risen = y[crest:] > RISE * np.maximum(floor, peak * 1e-3)
        starts = np.flatnonzero(risen[1:] & ~risen[:-1]) + 1 + crest
    return Schedule(
        first=float(y[0]),
        peak=peak,
        last=float(y[-1]),
        warmup_end=float(x[top]) if y[0] < peak / RISE else float(x[0]),
        cuts=x[cut],
        restarts=x[starts],
        decayed=float(y[-1]) / peak if peak > 0 else 0.0,
    )


def _cuts(y: FloatArray) -> IntArray:
    """The first points of sudden falls from a level that was held.

    A log of means over an epoch has one point between two levels where the rate was cut within the epoch: a fall over
    two points counts where both levels are held.
    """
    before, after = y[:-1], y[1:]
    fallen = np.flatnonzero((before > 0) & (after < CUT * before))
    at_once = fallen[_alike(y[fallen], y[np.maximum(fallen - 1, 0)])] + 1
    i = np.arange(1, y.size - 3)
    leaves = (y[i] > 0) & (y[i + 1] < y[i] * (1 - STEADY)) & (y[i + 1] >= CUT * y[i]) & (y[i + 2] < CUT * y[i])
    between = i[leaves & _alike(y[i], y[i - 1]) & _alike(y[i + 3], y[i + 2])] + 1
    return np.union1d(at_once, between).astype(np.int64)


def _alike(a: FloatArray, b: FloatArray) -> BoolArray:
    return np.asarray(np.abs(a - b) <= STEADY * np.abs(a))

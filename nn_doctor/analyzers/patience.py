"""Early stopping on a validation curve that has been recorded whole: the patience it takes, and what it saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.errors import InsufficientData

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray

MIN_POINTS = 4


@dataclass(frozen=True, slots=True)
class Patience:
    """``checks``: evaluations without a new best after which to stop; ``x``: where that is; ``saved``: share of x."""

    checks: int
    x: float
    saved: float


def patience(x: FloatArray, y: FloatArray, maximise: bool = False, least: int = 1) -> Patience:
    """The smallest patience, at least ``least``, that reaches the best of ``y`` (n,), and where it then stops.

    The third criterion of L. Prechelt, "Early stopping – but when?" (1998), with equal strips of one evaluation.
    Raises InsufficientData below 4 points, and where the curve ends before that patience runs out.
    """
    if y.size < MIN_POINTS:
        raise InsufficientData(f"{y.size} evaluations; a patience needs {MIN_POINTS}", MIN_POINTS)
    z = -y if maximise else y
    low = int(np.argmin(z))
    lowest = np.minimum.accumulate(z[: low + 1])
    records = np.flatnonzero(np.concatenate(([True], lowest[1:] < lowest[:-1])))
    checks = max(int(np.diff(records).max(initial=0)), least)
    stop = low + checks
    if stop >= y.size:
        raise InsufficientData("the run ends before the patience does")
    span = float(x[-1] - x[0])
    return Patience(checks, float(x[stop]), (float(x[-1]) - float(x[stop])) / span if span > 0 else 0.0)

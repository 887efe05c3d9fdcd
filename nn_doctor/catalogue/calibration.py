"""From a rule's own score to the share of such diagnoses that are right.

The map of each code (``calibration.json``) was fitted by ``benchmarks/calibrate.py`` on labelled runs weighted to a
mix of four healthy runs of five. It is monotone: points (score, confidence), straight lines between them.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

Points = list[tuple[float, float]]


@cache
def _maps() -> dict[str, Points]:
    path = Path(__file__).with_suffix(".json")
    maps: dict[str, Points] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return maps


def confidence(code: str, score: float) -> tuple[float, bool]:
    """The confidence in [0, 1] of a diagnosis with this score, and whether it is calibrated (else the score itself)."""
    points = _maps().get(code)
    return (_between(points, score), True) if points else (score, False)


def _between(points: Points, score: float) -> float:
    """The line through the points at ``score``; level outside them."""
    if score <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if score <= x1:
            return y0 + (y1 - y0) * (score - x0) / (x1 - x0)
    return points[-1][1]

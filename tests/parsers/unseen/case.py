"""What a case is: files as a tool or a person would leave them, and the curves a person reads in them.

The expectations were written with the files, before the reader was run on them or read; the figures of that first,
blind reading stand in ``benchmarks/READING.md``. Values are drawn here, so that both come from one source.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CASES: dict[str, Case] = {}
DECAY = 4.0  # how many times the curve falls by e over the run
WIGGLE = 0.03  # of the whole fall, so that no two neighbours are alike


@dataclass(frozen=True)
class Curve:
    """One curve: values in order, where they stand, what they say; an empty ``axis`` or ``xs`` is not asked about."""

    values: tuple[float, ...]
    xs: tuple[float, ...]
    axis: str
    split: str
    goal: str
    loss: bool


@dataclass(frozen=True)
class Case:
    """Files by path, the path to read (``.`` is the folder itself), and the curves; none: no training is in it."""

    name: str
    group: str
    files: dict[str, str | bytes | Callable[..., None]]
    target: str
    curves: tuple[Curve, ...]
    runs: int = 1


def falling(count: int, start: float, end: float, digits: int = 4) -> list[float]:
    """``count`` values from about ``start`` down (or up) to about ``end``, rounded as they are printed."""
    span = start - end
    fall = (end + span * math.exp(-DECAY * i / max(count - 1, 1)) for i in range(count))
    return [round(v + WIGGLE * abs(span) * math.sin(7.3 * i + start), digits) for i, v in enumerate(fall)]


def loss(
    values: Sequence[float], xs: Sequence[float] | None = None, split: str = "train", axis: str = "epoch"
) -> Curve:
    """The loss of a split; by default at the epochs 1, 2, 3 …"""
    return Curve(tuple(values), tuple(range(1, len(values) + 1) if xs is None else xs), axis, split, "min", True)


def metric(
    values: Sequence[float],
    xs: Sequence[float] | None = None,
    split: str = "val",
    axis: str = "epoch",
    goal: str = "max",
) -> Curve:
    """A metric with its direction, by default high is good."""
    return Curve(tuple(values), tuple(range(1, len(values) + 1) if xs is None else xs), axis, split, goal, False)


def add(
    group: str,
    name: str,
    files: dict[str, str | bytes | Callable[..., None]] | str | bytes,
    *curves: Curve,
    target: str = "",
    runs: int = 1,
) -> None:
    """Enter a case; a single text is the file ``name`` itself."""
    if not isinstance(files, dict):
        target, files = name, {name: files}
    assert name not in CASES, name
    CASES[name] = Case(name, group, files, target or ".", curves, runs)

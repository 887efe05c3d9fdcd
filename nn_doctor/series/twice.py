"""One run told by two files of a folder: a table and the printed log, JSON lines and their text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Run

SHORTEST = 5
"""Points that must agree: fewer may do so by chance."""
ROUNDED = 1e-3
"""How far, of itself, a printed value may be from the stored one (four figures)."""
LAST_PLACE = 6e-5
"""Or how far altogether (four decimals)."""
DEEPEST = 2
"""How many folders below the printed log the other file may lie (``vis_data/scalars.json``)."""
CHANGES = 20.0
"""The curve must move by this many times the difference allowed, or any two flat curves would agree."""


def copies(runs: Sequence[Run]) -> list[tuple[Run, Run]]:
    """``(copy, original)`` of runs with the same curve in files of two formats; the richer one is the original.

    The curve is the one that judges. Both files lie in one folder, or one of them in a folder below it: runs of
    equal seeds in folders of their own are runs like any other, and so are two tables of equal content.
    """
    lengths: dict[int, list[tuple[Run, FloatArray]]] = {}
    for run in runs:
        curve = _curve(run)
        if run.file is not None and curve is not None and curve.size >= SHORTEST:
            lengths.setdefault(curve.size, []).append((run, curve))
    found: dict[int, tuple[Run, Run]] = {}
    for mine in lengths.values():
        for first, second in _near(mine):
            if not {id(first), id(second)} & found.keys():
                copy, original = (first, second) if len(first.series) < len(second.series) else (second, first)
                found[id(copy)] = copy, original
    return list(found.values())


def _near(curves: list[tuple[Run, FloatArray]]) -> Iterator[tuple[Run, Run]]:
    """Pairs of runs that are one, among curves of equal length; only those that begin alike are compared."""
    curves.sort(key=lambda item: float(item[1][0]))
    for i, (first, a) in enumerate(curves):
        for second, b in curves[i + 1 :]:
            if b[0] - a[0] > ROUNDED * abs(a[0]) + LAST_PLACE:
                break
            if first.parser != second.parser and _are_near(first, second) and _alike(a, b):
                yield first, second


def _are_near(first: Run, second: Run) -> bool:
    """Whether the file of one lies in the folder of the other or not far below it."""
    one, other = Path(first.file or "").parent, Path(second.file or "").parent
    return one in (other, *other.parents[:DEEPEST]) or other in one.parents[:DEEPEST]


def _alike(a: FloatArray, b: FloatArray) -> bool:
    allowed = ROUNDED * np.abs(a) + LAST_PLACE
    return bool(np.all(np.abs(a - b) <= allowed) and np.ptp(a) > CHANGES * float(np.median(allowed)))


def _curve(run: Run) -> FloatArray | None:
    """The finite values (n,) of the curve that judges the run."""
    judged = run.objective.train or run.objective.val
    return None if judged is None else judged.y[np.isfinite(judged.y)]

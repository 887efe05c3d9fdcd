"""Stages of one training in one log: a later run that begins where an earlier one ended has a trained net already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.series.model import Run, Series


def with_stages(runs: Sequence[Run]) -> list[Run]:
    """The runs of one log, those marked that go on from the weights of an earlier one.

    Such a run begins nearer to where the earlier one ended than to where that began, on the same curve.
    """
    seen: dict[str, list[tuple[float, float]]] = {}
    marked = []
    for run in runs:
        curve = run.objective.train or run.objective.val
        ends = _ends(curve) if curve is not None else None
        if curve is None or ends is None:
            marked.append(run)
            continue
        earlier = seen.setdefault(curve.name, [])
        goes_on = any(abs(ends[0] - last) < abs(ends[0] - first) for first, last in earlier)
        marked.append(replace(run, goes_on=True) if goes_on else run)
        earlier.append(ends)
    return marked


def _ends(curve: Series) -> tuple[float, float] | None:
    """The first and the last finite value of a curve, None where it has none."""
    y = curve.finite[1]
    return (float(y[0]), float(y[-1])) if y.size else None

"""Stages of one training in one log: a later run that begins where an earlier one ended has a trained net already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.series.model import Run, Series


def with_stages(runs: Sequence[Run]) -> list[Run]:
    """The runs of one log, those marked that go on from the weights of an earlier one."""
    return [replace(run, goes_on=any(_goes_on(run, earlier) for earlier in runs[:i])) for i, run in enumerate(runs)]


def _goes_on(run: Run, earlier: Run) -> bool:
    """Whether a run begins nearer to where the earlier one ended than to where that began, on the same curve."""
    curve = _curve(run)
    before = next((series for series in earlier.series if curve is not None and series.name == curve.name), None)
    if curve is None or before is None or not curve.finite[1].size or before.finite[1].size < 2:
        return False
    now, first, last = curve.finite[1][0], before.finite[1][0], before.finite[1][-1]
    return bool(abs(now - last) < abs(now - first))


def _curve(run: Run) -> Series | None:
    return run.objective.train or run.objective.val

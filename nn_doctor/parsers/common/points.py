"""Single points of one metric, as stores keep them → a Channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.series.channel import Channel, Note

if TYPE_CHECKING:
    from collections.abc import Sequence


def channel_of_points(name: str, points: Sequence[tuple[int, float, float, float]], notes: list[Note]) -> Channel:
    """The channel of points ``(line, seconds, value, step)``, in their order.

    Several points that all say step 0 were logged without one: their order is the only axis.
    """
    import numpy as np

    line, time, value, step = (np.array(column, dtype=np.float64) for column in zip(*points, strict=True))
    stepless = len(points) > 1 and not step.any()
    if stepless:
        notes.append(Note(f"{name}: logged without steps, taken in the order of logging"))
    counted = (("time", "timestamp"),) if stepless else (("step", "step"), ("time", "timestamp"))
    axis = None if stepless else step
    return Channel(name, value, step=axis, time=time, line=line.astype(np.int64), counted_by=counted)

"""Collecting points by tag while records are decoded group by group, then putting them back in file order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.series.channel import Channel

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from nn_doctor.parsers.tfevents.event import Event
    from nn_doctor.series.channel import FloatArray

    Ints = npt.NDArray[np.int64]

MAX_TAGS = 10_000
COUNTED = (("step", "step"), ("time", "wall_time"))
"""What every event says beside its values, by the names of the format."""


@dataclass(slots=True)
class _Tag:
    """Points of one tag: whole arrays from groups, and single points from the plain loop."""

    arrays: list[tuple[Ints, FloatArray, FloatArray, FloatArray]] = field(default_factory=list)
    singles: list[tuple[int, float, float, float]] = field(default_factory=list)
    first: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Points:
    """All scalars met so far; ``dropped`` are the tags beyond the limit."""

    tags: dict[str, _Tag] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)

    def _tag(self, name: str, first: tuple[int, int]) -> _Tag | None:
        tag = self.tags.get(name)
        if tag is None:
            if len(self.tags) >= MAX_TAGS:
                if len(self.dropped) < MAX_TAGS:
                    self.dropped.add(name)
                return None
            tag = self.tags[name] = _Tag(first=first)
        tag.first = min(tag.first, first)
        return tag

    def add_event(self, record: int, event: Event) -> None:
        """Add the values of one event."""
        for place, value in enumerate(event.values):
            tag = self._tag(value.tag, (record, place))
            if tag is not None:
                tag.singles.append((record, float(event.step), event.wall, value.number))

    def add_arrays(
        self, name: str, place: int, records: Ints, steps: FloatArray, walls: FloatArray, values: FloatArray
    ) -> None:
        """Add the points (n,) of one tag; ``records`` ascend, ``place`` numbers the value in its event."""
        tag = self._tag(name, (int(records[0]), place))
        if tag is not None:
            tag.arrays.append((records, steps, walls, values))

    def channels(self) -> tuple[Channel, ...]:
        """One channel a tag, by first appearance; points in the order of the file."""
        ordered = sorted(self.tags.items(), key=lambda item: item[1].first)
        return tuple(_channel(name, tag) for name, tag in ordered)


def _channel(name: str, tag: _Tag) -> Channel:
    import numpy as np

    parts = list(tag.arrays)
    if tag.singles:
        records, *rest = zip(*tag.singles, strict=True)
        steps, walls, values = (np.array(column, dtype=np.float64) for column in rest)
        parts.append((np.array(records, dtype=np.int64), steps, walls, values))
    record, step, wall, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    if (np.diff(record) < 0).any():
        order = np.argsort(record, kind="stable")
        record, step, wall, value = record[order], step[order], wall[order], value[order]
    return Channel(name, value, step=step, time=wall, line=record + 1, counted_by=COUNTED)

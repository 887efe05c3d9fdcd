"""A record layout: which bytes are fixed, and where wall time, step and values lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from nn_doctor.parsers.tfevents.event import Event, Value
    from nn_doctor.parsers.tfevents.points import Points
    from nn_doctor.series.channel import FloatArray

    Bytes = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """``bytes`` (length,) of the record it was made from; ``mask`` (length,) selects the bits that are fixed.

    Of a step the continuation bits are fixed, so that all records agree on how long it is.
    """

    bytes: Bytes
    mask: Bytes
    wall_at: int | None
    step_at: tuple[int, int] | None
    values: tuple[Value, ...]

    def fits(self, columns: Bytes) -> npt.NDArray[np.bool_]:
        """Which of the records, given as columns (length, n), agree with the template: bool (n,)."""
        import numpy as np

        ok = np.ones(columns.shape[1], dtype=np.bool_)
        for place in np.flatnonzero(self.mask).tolist():
            column, wanted, mask = columns[place], self.bytes[place], self.mask[place]
            ok &= (column == wanted) if mask == 0xFF else ((column & mask) == (wanted & mask))
        return ok

    def add(self, rows: Bytes, records: Ints, points: Points) -> None:
        """Add the points of matching rows (n, length)."""
        steps, walls = self._steps(rows), self._walls(rows)
        for place, value in enumerate(self.values):
            assert value.at is not None  # noqa: S101 - a template has only values with a place
            numbers = _view(rows, value.at, value.dtype)
            points.add_arrays(value.tag, place, records, steps, walls, numbers)

    def _walls(self, rows: Bytes) -> FloatArray:
        import numpy as np

        return np.zeros(rows.shape[0]) if self.wall_at is None else _view(rows, self.wall_at, "<f8")

    def _steps(self, rows: Bytes) -> FloatArray:
        import numpy as np

        total = np.zeros(rows.shape[0], dtype=np.uint64)
        lo, hi = self.step_at or (0, 0)
        for shift, place in enumerate(range(lo, hi)):
            total |= (rows[:, place] & np.uint8(0x7F)).astype(np.uint64) << np.uint64(7 * shift)
        return total.view(np.int64).astype(np.float64)


def template_of(event: Event, row: Bytes) -> Template:
    """The template of one record, given as its bytes (length,)."""
    import numpy as np

    mask = np.full(row.size, 0xFF, dtype=np.uint8)
    if event.wall_at is not None:
        mask[event.wall_at : event.wall_at + 8] = 0
    if event.step_at is not None:
        mask[event.step_at[0] : event.step_at[1]] = 0x80
    for value in event.values:
        assert value.at is not None  # noqa: S101 - see Event.has_fixed_layout
        mask[value.at : value.at + int(value.dtype[2])] = 0
    return Template(row.copy(), mask, event.wall_at, event.step_at, event.values)


def _view(rows: Bytes, at: int, dtype: str) -> FloatArray:
    """The numbers stored at the same place of each row, as float64 (n,)."""
    import numpy as np

    part = np.ascontiguousarray(rows[:, at : at + int(dtype[2])])
    with np.errstate(invalid="ignore"):
        numbers: FloatArray = part.view(dtype)[:, 0].astype(np.float64)
    return numbers

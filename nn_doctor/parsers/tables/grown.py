"""A column of a big table while its chunks come in: every number is kept once, in one array."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from nn_doctor.series.channel import BoolArray, FloatArray, IntArray
    from nn_doctor.series.table import Column

    Part = tuple[FloatArray, BoolArray | None, BoolArray | None]
    """Values, which of them are present (None: all), and which are words (None: none is)."""

MORE = 1.25
"""Room is made for so many times the rows the first chunk lets expect: what is not used costs no memory."""
GROWTH = 1.5
"""Where that was too little."""


class Grown:
    """The present cells of the column ``name``; ``words`` counts the cells that are no numbers."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.words = 0
        self._size = 0
        self._values: FloatArray | None = None
        self._rows: IntArray | None = None
        """None while no cell is absent."""

    def add(self, part: Part, start: int, expected: int = 0) -> None:
        """Take a chunk in whose first row has number ``start``; ``expected``: rows there will be in all."""
        import numpy as np

        values, present, words = part
        self.words += 0 if words is None else int(np.count_nonzero(words))
        kept = None
        if present is not None:
            kept = np.flatnonzero(present)
            values = values[kept]
        end = self._size + values.size
        self._values = _room(self._values, self._size, end, expected)
        self._values[self._size : end] = values
        if kept is not None and self._rows is None:
            self._rows = np.empty(self._values.size, dtype=np.int64)
            self._rows[: self._size] = np.arange(self._size)
        if self._rows is not None:
            self._rows = _room(self._rows, self._size, end)
            self._rows[self._size : end] = np.arange(start, start + values.size) if kept is None else kept + start
        self._size = end

    def column(self, every: IntArray) -> Column | None:
        """The column, None if no cell is a number; ``every``: the numbers of all rows, shared by whole columns."""
        from nn_doctor.series.table import Column

        if self._values is None or not self._size:
            return None
        rows = every if self._rows is None or self._size == every.size else self._rows[: self._size]
        return Column(self.name, rows, self._values[: self._size])


def _room(array: Any, used: int, wanted: int, expected: int = 0) -> Any:
    """``array`` if it has ``wanted`` places, else a larger one of its type (None: float64) with the ``used`` ones."""
    import numpy as np

    if array is not None and array.size >= wanted:
        return array
    larger = np.empty(max(wanted, int(MORE * expected), int(GROWTH * used)), None if array is None else array.dtype)
    if array is not None:
        larger[:used] = array[:used]
    return larger

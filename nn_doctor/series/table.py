"""Table: rows of named cells, some absent; what table, JSON and text parsers build before axes are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nn_doctor.series.channel import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The cells of one column that are present: ``rows`` (k,) ascending row numbers, ``values`` (k,).

    A NaN among the values was written as NaN in the log; a blank cell has no entry.
    """

    name: str
    rows: IntArray
    values: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns over common rows; ``lines`` (n_rows,) is the line or record number of each row, from 1."""

    columns: tuple[Column, ...]
    lines: IntArray

    @property
    def n_rows(self) -> int:
        """The number of rows, whether or not any cell in them is present."""
        return int(self.lines.size)


def table_of_records(records: Sequence[Mapping[str, float]], lines: Sequence[int]) -> Table:
    """The table of records (one mapping a row; an absent key is an absent cell), columns by first use."""
    cells: dict[str, tuple[list[int], list[float]]] = {}
    for row, record in enumerate(records):
        for name, value in record.items():
            rows, values = cells.setdefault(name, ([], []))
            rows.append(row)
            values.append(value)
    columns = tuple(
        Column(name, np.array(rows, dtype=np.int64), np.array(values, dtype=np.float64))
        for name, (rows, values) in cells.items()
    )
    return Table(columns, np.array(lines, dtype=np.int64))

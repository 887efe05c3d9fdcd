"""A file that stops in the middle of a line, perhaps of a number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.decoding import wide_encoding
from nn_doctor.parsers.common.ending import is_whole, may_go_on
from nn_doctor.parsers.tables.cells import number_of, split_line
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from nn_doctor.parsers.source import Source
    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.series.table import Table

TAIL_BYTES = 1 << 20
LINES = 100
"""Lines looked at to see how the numbers of the last column end."""


def without_cut_row(table: Table, source: Source, dialect: Dialect, notes: list[Note]) -> Table:
    """The table without a last row that is short of cells, or may be short of digits, because the file is cut there.

    "0.31" may be the start of "0.3162": the numbers above it tell, if anything does.
    """
    *above, last = _last_lines(source)
    cells = split_line(last, dialect.delimiter)
    if not table.n_rows or not any(number_of(cell, dialect.decimal_comma) is not None for cell in cells):
        return table
    line = int(table.lines[-1])
    if len(cells) >= dialect.width:
        if not may_go_on(last) or is_whole(cells[-1], _column(above, len(cells), dialect)):
            notes.append(Note("no line end after the last row: taken for whole", line))
            return table
        notes.append(Note("the last row has no line end, and its last number may be cut: left out", line))
    else:
        notes.append(Note("the last row is cut: left out", line))
    keep = table.n_rows - 1
    columns = (replace(c, rows=c.rows[c.rows < keep], values=c.values[c.rows < keep]) for c in table.columns)
    return replace(table, columns=tuple(c for c in columns if c.rows.size), lines=table.lines[:keep])


def _column(above: list[str], width: int, dialect: Dialect) -> list[str]:
    """The last numbers of the rows above."""
    rows = (split_line(line, dialect.delimiter) for line in above)
    numbers = [row[-1] for row in rows if len(row) == width and row[-1]]
    return [number for number in numbers if number_of(number, dialect.decimal_comma) is not None]


def _last_lines(source: Source) -> list[str]:
    """The last lines, and what follows the last line end, "" if nothing does. UTF-16 is left alone."""
    if wide_encoding(source.head.data):
        return [""]
    try:
        with source.stream() as stream:
            stream.seek(max(0, source.size - TAIL_BYTES))
            tail = stream.read()
    except OSError:
        return [""]
    if tail.endswith((b"\n", b"\r")):
        return [""]
    lines = tail.decode("utf-8", errors="replace").replace("\r", "\n").split("\n")
    return lines[-LINES:]

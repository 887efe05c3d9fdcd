"""A file that stops in the middle of a line, perhaps of a number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.decoding import wide_encoding
from nn_doctor.parsers.tables.cells import number_of, split_line
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from nn_doctor.parsers.source import Source
    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.series.table import Table

TAIL_BYTES = 1 << 20


def without_cut_row(table: Table, source: Source, dialect: Dialect, notes: list[Note]) -> Table:
    """The table without a last row that is short of cells because the file is cut there.

    A last line of full width without a line end is kept, with a Note: "0.31" may be the start of "0.3162".
    """
    last = _unended_line(source)
    cells = split_line(last, dialect.delimiter) if last else []
    if not table.n_rows or not any(number_of(cell, dialect.decimal_comma) is not None for cell in cells):
        return table
    line = int(table.lines[-1])
    if len(cells) >= dialect.width:
        notes.append(Note("no line end after the last row: its last number may be cut", line))
        return table
    notes.append(Note("the last row is cut: left out", line))
    keep = table.n_rows - 1
    columns = (replace(c, rows=c.rows[c.rows < keep], values=c.values[c.rows < keep]) for c in table.columns)
    return replace(table, columns=tuple(c for c in columns if c.rows.size), lines=table.lines[:keep])


def _unended_line(source: Source) -> str:
    """What follows the last line end, "" if nothing does. UTF-16 is left alone."""
    if wide_encoding(source.head.data):
        return ""
    try:
        with source.stream() as stream:
            stream.seek(max(0, source.size - TAIL_BYTES))
            tail = stream.read()
    except OSError:
        return ""
    cut = max(tail.rfind(b"\n"), tail.rfind(b"\r"))
    return tail[cut + 1 :].decode("utf-8", errors="replace")

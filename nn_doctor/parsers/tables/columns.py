"""Rows of cells → a Table: numeric columns kept, words left out with a Note, headers that repeat skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.parsers.common.numbers import is_absent
from nn_doctor.parsers.tables.cells import WHITESPACE, is_arrays, is_clock, number_of
from nn_doctor.parsers.tables.names import unique
from nn_doctor.series.axis_names import SPLIT_NAMES, is_place
from nn_doctor.series.channel import Note
from nn_doctor.series.roles import split_of_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.series.table import Table

MAX_COLUMNS = 10_000
WORDS = 0.5
"""A column with more words than this share is text."""
CLOCKS = 0.5
"""Cells such as ``00:14`` are durations in a column where more than this share is, else cells out of place."""


@dataclass
class Builder:
    """Collects cells by column name; one instance a table."""

    dialect: Dialect
    names: list[str]
    cells: dict[str, tuple[list[int], list[float]]] = field(default_factory=dict)
    clocks: dict[str, list[int]] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    first_names: list[str] = field(default_factory=list)
    headers: int = 0
    odd_rows: int = 0
    arrays: int = 0
    texts: int = 0

    def __post_init__(self) -> None:
        """Remember the file's own header: titles may come between it and its repetitions."""
        self.first_names = self.names

    def add_rows(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Take every row in; a row of words is a header again (or a title), anything else is data."""
        plain = [name.strip().lower() for name in self.names]
        split_column = next((plain.index(name) for name in SPLIT_NAMES if name in plain), None)
        for number, cells in rows:
            if is_arrays(cells):
                self.arrays += 1
                continue
            values = [number_of(cell, self.dialect.decimal_comma) if cell else None for cell in cells[:MAX_COLUMNS]]
            if all(value is None for value in values):
                self._words_only(number, cells)
                continue
            if values[0] is None and self.dialect.delimiter == WHITESPACE and len(cells) < len(self.names):
                self.texts += 1  # blanks leave no cell empty: a line of text ("total [...] 1.07%")
                continue
            self.odd_rows += len(cells) > len(self.names) + 1 or (len(cells) == len(self.names) + 1 and bool(cells[-1]))
            self._add(number, cells, values, split_column)

    def _words_only(self, number: int, cells: list[str]) -> None:
        filled = [cell for cell in cells if not is_absent(cell)]
        if cells[: len(self.first_names)] == self.first_names[: len(cells)]:
            self.names = self.first_names
        if cells[: len(self.names)] == self.names[: len(cells)]:
            self.headers += 1
            if self.headers == 1:
                self.notes.append(Note("the header is repeated here: another fit or run begins", number))
        elif len(filled) >= max(2, len(self.names) // 2) and len(cells) >= len(self.names) - 1 and self.lines:
            if filled != self.names:
                self.notes.append(Note("another header begins here", number))
            self.names = unique(tuple(cells), len(cells))

    def _add(self, number: int, cells: list[str], values: list[float | None], split_column: int | None) -> None:
        row = len(self.lines)
        self.lines.append(number)
        prefix = ""
        if split_column is not None and split_column < len(cells):
            split = split_of_word(cells[split_column])
            prefix = f"{split}/" if split else ""
        for name, cell, value in zip(self.names, cells, values, strict=False):
            if value is not None:
                key = prefix + name if prefix and not is_place(name) else name
                rows, numbers = self.cells.setdefault(key, ([], []))
                if ":" in cell and is_clock(cell):
                    self.clocks.setdefault(key, []).append(len(rows))
                rows.append(row)
                numbers.append(value)
            elif cell and not is_absent(cell):
                self.words[name] = self.words.get(name, 0) + 1

    def table(self) -> Table:
        """The table of numeric columns, in the order of their first cell."""
        import numpy as np

        from nn_doctor.series.table import Column, Table

        self._drop_clocks()
        text = {name for name, count in self.words.items() if count > WORDS * (count + self._count(name))}
        columns = [
            Column(name, np.array(rows, dtype=np.int64), np.array(values, dtype=np.float64))
            for name, (rows, values) in self.cells.items()
            if name not in text and rows
        ]
        self._tell(text)
        order = {name: i for i, name in enumerate(self.names)}
        columns.sort(key=lambda c: order.get(c.name, len(order)))
        return Table(tuple(columns), np.array(self.lines, dtype=np.int64))

    def _drop_clocks(self) -> None:
        """A duration among numbers stands in the wrong column: its row is short (a fit that was interrupted)."""
        for key, found in self.clocks.items():
            rows, values = self.cells[key]
            if len(found) <= CLOCKS * len(rows):
                wrong = set(found)
                kept = [i for i in range(len(rows)) if i not in wrong]
                self.cells[key] = ([rows[i] for i in kept], [values[i] for i in kept])
                self.words[key] = self.words.get(key, 0) + len(wrong)

    def _count(self, name: str) -> int:
        return sum(len(rows) for key, (rows, _) in self.cells.items() if key == name or key.endswith(f"/{name}"))

    def _tell(self, text: set[str]) -> None:
        if text:
            shown = ", ".join(sorted(text)[:8])
            self.notes.append(Note(f"columns of words left out: {shown}{' …' if len(text) > 8 else ''}"))
        stray = {name: count for name, count in self.words.items() if name not in text}
        for name, count in sorted(stray.items())[:8]:
            self.notes.append(Note(f"'{name}': {count} cells are no numbers: left out"))
        if self.headers > 1:
            self.notes.append(Note(f"the header is repeated {self.headers} times in all"))
        if self.arrays:
            self.notes.append(Note(f"{self.arrays} rows of arrays left out"))
        if self.texts:
            self.notes.append(Note(f"{self.texts} lines of text between the rows left out"))
        if self.odd_rows:
            self.notes.append(Note(f"{self.odd_rows} rows have more cells than the header: the rest left out"))

"""Tables of numbers in text: comma, tab, semicolon or blanks between the cells, with or without a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser
from nn_doctor.series.channel import Note, Recording

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.common.long import Long
    from nn_doctor.parsers.source import Source
    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.series.table import Table

SUFFIXES = (".csv", ".tsv", ".txt", ".out", ".dat", ".log", "")
SAMPLE = 200
FEWEST = 5
"""Lines that must be numbers where a file without columns is to be one curve."""
WIDEST = 1 << 22
"""Characters looked at for the dialect where the header alone is longer than a head."""


def sniff(head: Head) -> Match:
    """POSSIBLE for a table of numbers, SHAPE or SIGNATURE where its header is that of a training log."""
    if head.text is None or head.text.lstrip()[:1] in {"{", "["}:
        return Match.NO
    from nn_doctor.parsers.tables.dialect import detect
    from nn_doctor.parsers.tables.evidence import certainty

    dialect = detect(head.text)
    if dialect is None:
        return Match.SHAPE if _one_curve(head) else Match.NO
    return certainty(dialect, head.text)


def _one_curve(head: Head) -> Dialect | None:
    """How to read a file of one number a line, if it is one: as ``numpy.savetxt`` or a column of pandas writes it.

    The line above the numbers or else the file must bear the name of something measured.
    """
    from nn_doctor.parsers.tables.cells import number_of
    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.series.roles import is_measured

    lines = [(n, line.strip()) for n, line in enumerate((head.text or "").split("\n")[:SAMPLE], 1) if line.strip()]
    names = [head.name.rsplit(".", 1)[0]]
    if lines and number_of(lines[0][1]) is None:
        names.insert(0, lines.pop(0)[1].lstrip("#").strip(" \"'"))
    if len(lines) < FEWEST or any(number_of(line) is None for _, line in lines):
        return None
    known = [name for name in names if is_measured(name)]
    return Dialect(",", (known[0],), lines[0][0], 1) if known else None


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """One Recording a run: usually one, several for exports that hold runs in columns. Raises ReadError."""
    from nn_doctor.parsers.common.long import long_of
    from nn_doctor.parsers.tables import exports
    from nn_doctor.parsers.tables.dialect import detect
    from nn_doctor.parsers.tables.ending import without_cut_row
    from nn_doctor.series.axes import channels_of

    text = source.head.text
    if text is not None and "\n" not in text and "\r" not in text:
        text = source.text()[:WIDEST]
    dialect = detect(text) if text is not None else None
    if dialect is None and text is not None:
        dialect = _one_curve(source.head)
    if dialect is None:
        raise ReadError(source.where, "not a table of numbers")
    long = long_of(dialect.header)
    named = _from_long(source, dialect, long, options) if long else []
    if named:
        return named
    rows = _sample(text, dialect)
    if exports.rows_are_folds(dialect.header, rows):
        raise ReadError(source.where, "a table of folds, one result a row, not the log of a run", "give a fold's log")
    if exports.is_runs_table(dialect.header) or exports.rows_are_named(dialect.header, rows):
        raise ReadError(source.where, "a table of runs, one a row, not the log of a run", "export a run's history")
    table, notes = _table(source, dialect)
    table = without_cut_row(table, source, dialect, notes)
    if not table.n_rows:
        return [Recording((), notes=(*notes, Note("a header without rows: nothing was logged yet")))]
    if dialect.skipped:
        notes.append(Note(f"{len(dialect.skipped)} lines before the table left out", dialect.skipped[0]))
    parts = _by_run(table, dialect.header)
    recordings = []
    for name, part in parts:
        channels, found = channels_of(part, options.x)
        recordings.append(Recording(tuple(channels), name, notes=(*notes, *found)))
    return recordings


def _sample(text: str | None, dialect: Dialect) -> list[list[str]]:
    """The first rows of data."""
    from nn_doctor.parsers.tables.cells import rows_of
    from nn_doctor.parsers.tables.dialect import head_lines

    lines = ((number, line) for number, line in head_lines(text or "") if number >= dialect.first)
    return [cells for _, cells in rows_of(lines, dialect.delimiter)]


def _by_run(table: Table, header: tuple[str, ...]) -> list[tuple[str, Table]]:
    """The tables of the runs that share a table side by side, by name; usually the one table."""
    from nn_doctor.parsers.common.side_by_side import by_named_run, runs_in_names
    from nn_doctor.parsers.tables import exports

    if exports.is_chart(header):
        return exports.by_run(table)
    return by_named_run(table) if runs_in_names(header) else [("", table)]


def _from_long(source: Source, dialect: Dialect, long: Long, options: ReadOptions) -> list[Recording]:
    """A table with a value a row, its metric's name in a column."""
    from nn_doctor.parsers.common.long import recordings_of
    from nn_doctor.parsers.tables.cells import rows_of

    lines = ((number, line) for number, line in source.lines() if number >= dialect.first)
    rows = ((n, dict(zip(dialect.header, cells, strict=False))) for n, cells in rows_of(lines, dialect.delimiter))
    return recordings_of(rows, long, options.x)


def _table(source: Source, dialect: Dialect) -> tuple[Table, list[Note]]:
    """The table, through pandas if it is big, and what was skipped or repaired."""
    from nn_doctor.parsers.tables.cells import rows_of
    from nn_doctor.parsers.tables.columns import Builder
    from nn_doctor.parsers.tables.fast import BIG, read_big

    names = _names(source, dialect)
    if source.size > BIG and _is_plain(source.head):
        notes: list[Note] = []
        big = read_big(source.stream, dialect, names, notes, source.size)
        if big is not None:
            return big, notes
    builder = Builder(dialect, names)
    numbered = source.lines()
    if "\n" not in (source.head.text or ""):
        numbered = enumerate((line for _, line in numbered), start=1)
    lines = ((number, line) for number, line in numbered if number >= dialect.first)
    rows = ((number, cells) for number, cells in rows_of(lines, dialect.delimiter) if cells[0][:1] not in {"#"})
    builder.add_rows(rows)
    return builder.table(), builder.notes


def _is_plain(head: Head) -> bool:
    r"""Whether pandas sees the same lines as we do: UTF-8, no NULs, no carriage return but in ``\r\n``, short lines."""
    data = head.data
    odd = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data or b"\r" in data.replace(b"\r\n", b"")
    return not odd and data.count(b"\n") > 1


def _names(source: Source, dialect: Dialect) -> list[str]:
    from nn_doctor.parsers.tables import names
    from nn_doctor.parsers.tables.cells import rows_of
    from nn_doctor.parsers.tables.columns import MAX_COLUMNS
    from nn_doctor.parsers.tables.dialect import head_lines

    header = dialect.header
    if not header:
        lines = head_lines(source.head.text or "")
        first = next(cells for number, cells in rows_of(lines, dialect.delimiter) if number >= dialect.first)
        header = names.by_position(first, source.name)
    if names.is_tensorboard_export(header):
        header = (*header[:2], names.tag_of(source.name))
    elif names.is_export_of_one(header):
        header = tuple(names.tag_of(source.name) if name.strip().lower() == "value" else name for name in header)
    return names.unique(header, min(max(dialect.width, len(header)), MAX_COLUMNS))


PARSER = Parser(
    name="delimited",
    title="tables: CSV, TSV, semicolons with decimal commas, blanks",
    sniff=sniff,
    read=read,
    suffixes=SUFFIXES,
    specialises=("text",),
    example="epoch,loss,val_loss",
)

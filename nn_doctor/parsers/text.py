"""Plain-text training logs: whatever a script printed, from Keras bars to ``epoch 3: loss 0.5``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Head, Match, Parser, ReadOptions
from nn_doctor.parsers.textlog.assemble import Assembler
from nn_doctor.parsers.textlog.broken import TRACEBACK, last_error
from nn_doctor.parsers.textlog.ending import but_last, cut_end
from nn_doctor.parsers.textlog.select import left_out, records_of

if TYPE_CHECKING:
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording

SUFFIXES = (".log", ".txt", ".out", ".md", ".stdout", ".err", "")
SNIFFED_LINES = 1500
NAMED = 5
"""Names told in a note."""
ENOUGH = 3
"""Records of one name that make a text a log beyond doubt."""


def sniff(head: Head) -> Match:
    """SHAPE where a metric repeats with its key, POSSIBLE for less, NO for binary, JSON and tables."""
    if head.text is None or head.text.lstrip("\ufeff \t\r\n")[:2] in ('{"', "[{", "[[", "{\n", "{\r", "<!", "<?"):
        return Match.NO
    reader = Assembler()
    due = ENOUGH
    for number, line in enumerate(head.text.split("\n", SNIFFED_LINES)[:SNIFFED_LINES], start=1):
        for part in line.split("\r"):
            reader.feed(number, part)
            if len(reader.rows) >= due:
                due *= 2
                if _measured(reader) >= ENOUGH:
                    return Match.SHAPE
    reader.finish()
    found = _measured(reader)
    if found >= ENOUGH:
        return Match.SHAPE
    longer = head.size > len(head.data) and head.suffix in SUFFIXES
    return Match.POSSIBLE if found or reader.rows or longer or TRACEBACK in head.text else Match.NO


def _measured(reader: Assembler) -> int:
    """Rows with a known metric."""
    return sum(any(name in reader.measures for name in row.values) for row in reader.rows)


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """The numbers with keys in the text, as one Recording; raises ReadError if it holds none."""
    from nn_doctor.series.axes import channels_of
    from nn_doctor.series.channel import Note, Recording
    from nn_doctor.series.table import table_of_records

    reader = Assembler()
    cut = cut_end(source.text())
    for number, line in but_last(source.lines(), cut):
        reader.feed(number, line)
    whole = reader.finish()
    records, lines, averaged = records_of(reader, options.x)
    if not records:
        error = last_error(source.text())
        why = f"the run broke off: {error}" if error else "no numbers with names such as loss were found"
        raise ReadError(source.where, "holds no training log", why)
    channels, notes = channels_of(table_of_records(records, lines), options.x)
    if names := left_out(reader, records):
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        told = ", ".join(f"'{name}'" for name in names[:NAMED])
        notes.append(Note(f"numbers that are no known metric and have no x were left out: {told}{more}"))
    if cut:
        notes.append(Note("the last line has no line end and may be cut: left out"))
    if not whole:
        notes.append(Note("the last epoch's progress bar is incomplete: left out"))
    marked = [replace(c, averaged_over="epoch") if c.name in averaged else c for c in channels]
    return [Recording(tuple(marked), params=reader.params, notes=(*source.notes, *notes))]


PARSER = Parser(
    name="text",
    title="plain text (key: value, key=value, progress bars, printed dicts)",
    sniff=sniff,
    read=read,
    suffixes=(".log", ".txt", ".out"),
    example="Epoch 3/40 | train loss: 0.54 | val loss: 0.61",
)

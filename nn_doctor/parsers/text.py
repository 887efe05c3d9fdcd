"""Plain-text training logs: whatever a script printed, from Keras bars to ``epoch 3: loss 0.5``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Head, Match, Parser, ReadOptions
from nn_doctor.parsers.textlog.assemble import Assembler
from nn_doctor.parsers.textlog.broken import TRACEBACK, last_error
from nn_doctor.parsers.textlog.chorus import Voice, chorus_of, merged
from nn_doctor.parsers.textlog.clean import has_decimal_commas, with_points
from nn_doctor.parsers.textlog.ending import but_last, cut_end
from nn_doctor.parsers.textlog.select import left_out
from nn_doctor.parsers.textlog.voices import Ear
from nn_doctor.series.channel import Note, Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.parsers.source import Source

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
    reader, ear = Assembler(), Ear()
    commas = has_decimal_commas(head.text)
    due = ENOUGH
    for number, line in enumerate(head.text.split("\n", SNIFFED_LINES)[:SNIFFED_LINES], start=1):
        for part in line.split("\r"):
            reader.feed(number, ear.spoken(with_points(part) if commas else part))
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
    """The numbers with keys in the text, one Recording a run; raises ReadError if it holds none."""
    text = source.text()
    commas, cut = has_decimal_commas(text), cut_end(text)

    def lines() -> Iterator[tuple[int, str]]:
        found = but_last(source.lines(), cut)
        return ((n, with_points(line)) for n, line in found) if commas else found

    chorus = chorus_of(text, lines(), options.x)
    notes = (Note("the last line has no line end and may be cut: left out"),) if cut else ()
    if chorus.runs:
        return [_recording(source, options, voice, notes, chorus.title(voice)) for voice in chorus.voices]
    if chorus.voices:
        first = chorus.voices[0]
        first.records, first.lines, differing = merged(chorus)
        first.averaged = set().union(*(voice.averaged for voice in chorus.voices))
        return [_recording(source, options, first, (*notes, Note(chorus.note(differing))))]
    voice = Voice("")
    ear = chorus.ear
    for number, line in lines():
        voice.reader.feed(number, line if ear is None else ear.spoken(line))
    voice.settle(options.x)
    if not voice.records:
        error = last_error(text)
        why = f"the run broke off: {error}" if error else "no numbers with names such as loss were found"
        raise ReadError(source.where, "holds no training log", why)
    return [_recording(source, options, voice, notes)]


def _recording(
    source: Source, options: ReadOptions, voice: Voice, notes: tuple[Note, ...], name: str = ""
) -> Recording:
    """What one voice printed, with the notes on what was left out of it."""
    from nn_doctor.series.axes import channels_of
    from nn_doctor.series.table import table_of_records

    channels, found = channels_of(table_of_records(voice.records, voice.lines), options.x)
    if names := left_out(voice.reader, voice.records):
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        told = ", ".join(f"'{name}'" for name in names[:NAMED])
        found.append(Note(f"numbers that are no known metric and have no x were left out: {told}{more}"))
    if not voice.whole:
        found.append(Note("the last epoch's progress bar is incomplete: left out"))
    marked = tuple(replace(c, averaged_over="epoch") if c.name in voice.averaged else c for c in channels)
    return Recording(marked, name, voice.reader.params, (*source.notes, *notes, *found))


PARSER = Parser(
    name="text",
    title="plain text (key: value, key=value, progress bars, printed dicts)",
    sniff=sniff,
    read=read,
    suffixes=(".log", ".txt", ".out"),
    example="Epoch 3/40 | train loss: 0.54 | val loss: 0.61",
)

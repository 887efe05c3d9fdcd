"""JSON text of any shape → one Recording; what both JSON parsers do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ONE_ROW
from nn_doctor.parsers.common.long import long_of, recordings_of
from nn_doctor.parsers.common.side_by_side import runs_in_names
from nn_doctor.parsers.records.by_length import tables_of
from nn_doctor.parsers.records.cells import number_of, unfolded
from nn_doctor.parsers.records.columns import Columns, flat_params
from nn_doctor.parsers.records.curves import curves_in
from nn_doctor.parsers.records.dialects import repaired_table
from nn_doctor.parsers.records.lenient import DecodeError, completed, decode, decode_at, from_python, repaired
from nn_doctor.parsers.records.several import runs_in
from nn_doctor.parsers.records.shapes import lists_in, numbers_in, records_in
from nn_doctor.parsers.records.stream import add_lines, add_stream, numbered_records
from nn_doctor.series.channel import Note, Recording
from nn_doctor.series.roles import is_measured

if TYPE_CHECKING:
    from nn_doctor.parsers.base import ReadOptions
    from nn_doctor.parsers.records.columns import Record
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Channel
    from nn_doctor.series.table import Table

_NO_LOG = "holds no training log"
_NO_NUMBERS = "no record holds a number such as a loss"
_FIRST_OF_LINES = re.compile(r"\s*([^\n]*)\n\s*\S")
_SUMMARY_NOTE = "the closing summary ({keys}) is no point of the curves: kept as parameters"


def read_json(source: Source, options: ReadOptions) -> list[Recording]:
    """Read JSON lines or a document, whichever the text is; raises ReadError if no numbers can be found."""
    text = source.text().lstrip("\ufeff")
    notes: list[Note] = list(source.notes)
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append(Note("NUL bytes skipped"))
    if not text or text.isspace():
        raise ReadError(source.where, "empty file")
    first = _first_line(text)
    if first is not None:
        long = long_of(list(unfolded(first)))
        rows = ((number, unfolded(record)) for number, record in numbered_records(text))
        named = recordings_of(rows, long, options.x) if long else []
        if named:
            return named
        return _from_columns(source, options, *_filled(text, notes, whole_lines=True))
    return _from_document(source, options, text, notes)


def _first_line(text: str) -> Record | None:
    """The object on the first line, if it is one and more lines follow."""
    found = _FIRST_OF_LINES.match(text)
    if found is None:
        return None
    first = found.group(1)
    for attempt in (first, None):
        try:
            record = decode(repaired(first) if attempt is None else attempt)
        except DecodeError:
            continue
        return record if isinstance(record, dict) else None
    return None


def _filled(text: str, notes: list[Note], whole_lines: bool) -> tuple[Columns, list[Note]]:
    columns = Columns()
    (add_lines if whole_lines else add_stream)(text, columns, notes)
    return columns, notes


def _from_document(source: Source, options: ReadOptions, text: str, notes: list[Note]) -> list[Recording]:
    start = len(text) - len(text.lstrip())
    try:
        document, end = decode_at(text, start)
    except DecodeError:
        return _from_damaged(source, options, text, notes)
    tail = text[end:].strip()
    if tail and isinstance(document, dict) and tail.lstrip(",").lstrip()[:1] == "{":
        return _from_columns(source, options, *_filled(text, notes, whole_lines=False))
    if tail:
        notes.append(Note("text after the end of the document: skipped", text.count("\n", 0, end) + 1))
    return interpreted(source, options, document, notes)


def _from_damaged(source: Source, options: ReadOptions, text: str, notes: list[Note]) -> list[Recording]:
    """Not a document as it stands: nearly one, JSON lines with a bad first line, or a document cut off."""
    if text.lstrip()[1:].lstrip()[:1] == "'":
        text = from_python(text)
    try:
        document = decode(repaired(text))
    except DecodeError:
        pass
    else:
        notes.append(Note("not strict JSON (stray commas or bare words): read all the same"))
        return interpreted(source, options, document, notes)
    if sum(line.lstrip()[:1] == "{" and line.rstrip()[-1:] == "}" for line in text.split("\n")) > 1:
        return _from_columns(source, options, *_filled(text, notes, whole_lines=True))
    whole = completed(text)
    try:
        document = decode(repaired(whole)) if whole else None
    except DecodeError:
        document = None
    if document is None:
        raise ReadError(source.where, "not JSON, or cut before its first whole record")
    notes.append(Note("the document is cut off or damaged: read up to its last whole value"))
    return interpreted(source, options, document, notes)


def interpreted(source: Source, options: ReadOptions, document: object, notes: list[Note]) -> list[Recording]:
    """A decoded document → Recordings, by its shape."""
    several = runs_in(document, options)
    if several:
        return [replace(recording, notes=(*notes, *recording.notes)) for recording in several]
    found = records_in(document)
    if found is not None:
        long = long_of(list(found[0][0])) if found[0] else None
        named = recordings_of(enumerate(found[0], start=1), long, options.x) if long else []
        if named:
            return named
        columns = Columns(params=flat_params(found[1]))
        columns.add(found[0], range(1, len(found[0]) + 1))
        return _from_columns(source, options, columns, notes)
    curves = curves_in(document)
    if curves:
        return _from_lists(source, options, {}, curves, notes)
    lists = numbers_in(document, source.name) or _curves(lists_in(document))
    if runs_in_names(lists):
        return _side_by_side(source, options, lists, notes)
    if lists:
        return _from_lists(source, options, document, [lists], notes)
    if isinstance(document, dict) and _is_summary(document):
        columns = Columns()
        columns.add([document], [1])
        return _from_columns(source, options, columns, [*notes, Note(ONE_ROW)])
    if isinstance(document, dict) and document.get("log_history") == []:
        raise ReadError(source.where, "its log_history is empty", "nothing was logged; lower logging_steps")
    raise ReadError(source.where, _NO_LOG, "no list of numbers is named as a curve")


def _side_by_side(
    source: Source, options: ReadOptions, lists: dict[str, list[object]], notes: list[Note]
) -> list[Recording]:
    """One Recording a run of lists named "run/metric"."""
    shared = {name: values for name, values in lists.items() if "/" not in name}
    recordings = []
    for run in dict.fromkeys(name.rpartition("/")[0] for name in lists if "/" in name):
        mine = {n.rpartition("/")[2]: values for n, values in lists.items() if n.rpartition("/")[0] == run}
        (recording,) = _from_lists(source, options, {}, [{**shared, **mine}], list(notes))
        recordings.append(replace(recording, name=run))
    return recordings


def _curves(lists: dict[str, list[object]]) -> dict[str, list[object]]:
    """Lists that look like curves: of several points, or named like a metric (an image size is neither)."""
    if any(is_measured(name) for name in lists):
        return lists
    return lists if any(len(values) > 3 for values in lists.values()) else {}


def _is_summary(document: dict[str, object]) -> bool:
    """Whether a flat object holds results, not settings: some number is named like a metric."""
    return any(number_of(value) is not None and is_measured(key) for key, value in flat_params(document).items())


def _from_lists(
    source: Source, options: ReadOptions, document: object, groups: list[dict[str, list[object]]], notes: list[Note]
) -> list[Recording]:
    """Lists by name → Recording; each group has axes of its own."""
    from nn_doctor.series.axes import channels_of

    tables: list[Table] = []
    for lists in groups:
        found, more = tables_of(lists)
        tables.extend(found)
        notes.extend(more)
    channels: list[Channel] = []
    for table in tables:
        made, told = channels_of(table, options.x)
        channels.extend(made)
        notes.extend(told)
    if not channels:
        raise ReadError(source.where, _NO_LOG)
    scalars = {k: v for k, v in document.items() if not isinstance(v, dict)} if isinstance(document, dict) else {}
    return [Recording(tuple(channels), params=flat_params(scalars), notes=tuple(notes))]


def _from_columns(source: Source, options: ReadOptions, columns: Columns, notes: list[Note]) -> list[Recording]:
    """Collected records → Recording."""
    from nn_doctor.series.axes import channels_of

    params = dict(columns.params)
    if not columns.cells and columns.summaries:
        columns.add_summaries_as_rows()
        notes.append(Note("only the closing summary: one row of values, no curve"))
    elif columns.summaries:
        record, line = columns.summaries[-1]
        params.update(flat_params(record))
        notes.append(Note(_SUMMARY_NOTE.format(keys=", ".join(sorted(record)[:3]) + " …"), line))
    table, repairs = repaired_table(columns.table(), columns)
    channels, told = channels_of(table, options.x)
    if not any(channel.y.size for channel in channels):
        raise ReadError(source.where, _NO_LOG, _NO_NUMBERS)
    every = (*notes, *columns.notes(), *repairs, *told)
    return [Recording(tuple(channels), params=params, notes=every)]

"""JSON lines → records: whole blocks of lines decoded at once, bad lines one at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nn_doctor.parsers.records.lenient import DecodeError, decode_at, repaired
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.parsers.records.columns import Columns, Record

_BLOCK = 512
_MAX_NOTES = 10


def add_lines(text: str, columns: Columns, notes: list[Note]) -> None:
    """Add the records of a text with one JSON object (or several) a line."""
    lines = text.split("\n")
    bad: list[int] = []
    for first in range(0, len(lines), _BLOCK):
        block = lines[first : first + _BLOCK]
        numbers = range(first + 1, first + len(block) + 1)
        records = _whole_block(block)
        if records is not None:
            columns.add(records, numbers)
        else:
            _add_slowly(block, first + 1, columns, bad)
    _note_bad(bad, notes, len(lines) if lines[-1].strip() else 0)


def _whole_block(block: list[str]) -> list[Record] | None:
    """The records of a block if each line is one object, else None."""
    try:
        records = json.loads("[" + ",".join(block) + "]")
    except (ValueError, RecursionError, MemoryError):
        return None
    if len(records) != len(block) or set(map(type, records)) != {dict}:
        return None
    return records  # type: ignore[no-any-return]


def _add_slowly(block: list[str], first: int, columns: Columns, bad: list[int]) -> None:
    """Line by line; lines that cannot be read are collected in ``bad``."""
    records: list[Record] = []
    numbers: list[int] = []
    for number, line in enumerate(block, start=first):
        if not line.strip():
            continue
        found = _records_of_line(line)
        records.extend(found)
        numbers.extend([number] * len(found))
        if not found:
            bad.append(number)
    if records:
        columns.add(records, numbers)


def numbered_records(text: str) -> Iterator[tuple[int, Record]]:
    """``(line number, object)`` of each object on the lines of a text; lines without one give an empty object."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            for record in _records_of_line(line) or [{}]:
                yield number, record


def _records_of_line(line: str) -> list[Record]:
    """The objects on one line; nothing if it cannot be read."""
    for attempt in (line, None):
        try:
            return _objects(repaired(line) if attempt is None else attempt)
        except DecodeError:
            continue
    return []


def _objects(text: str) -> list[Record]:
    """Objects one after the other, with blanks or commas between; raises DecodeError."""
    found: list[Record] = []
    at, end = 0, len(text)
    while at < end:
        if text[at] in " \t\r\n,":
            at += 1
            continue
        value, at = decode_at(text, at)
        if isinstance(value, dict):
            found.append(value)
    return found


def add_stream(text: str, columns: Columns, notes: list[Note]) -> None:
    """Add objects that may run over several lines; after a bad one, go on at the next line with a brace."""
    at, end = 0, len(text)
    bad: list[int] = []
    line, counted = 1, 0
    while True:
        start = text.find("{", at)
        if start < 0:
            break
        line += text.count("\n", counted, start)
        counted = start
        try:
            value, at = decode_at(text, start)
        except DecodeError:
            bad.append(line)
            following = text.find("\n{", start)
            at = following + 1 if following >= 0 else end
            continue
        if isinstance(value, dict):
            columns.add([value], [line])
    _note_bad(bad, notes, 0)


def _note_bad(bad: list[int], notes: list[Note], last: int) -> None:
    for number in bad[:_MAX_NOTES]:
        why = "the last line is cut" if number == last else "not JSON: skipped"
        notes.append(Note(why, number))
    if len(bad) > _MAX_NOTES:
        notes.append(Note(f"{len(bad) - _MAX_NOTES} more lines that are not JSON, skipped"))

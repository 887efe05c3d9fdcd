"""Marked lines → points by key, and settings. Events with a place in the training are points, others are settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.parsers.records.cells import number_of, printable_key
from nn_doctor.parsers.records.lenient import DecodeError, decode_at
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nn_doctor.series.channel import Channel

_MARK = re.compile(r":::MLLOG\s*(?=\{)")
_OLD = re.compile(r":::MLPv0\.\d\.\d \S{1,80} (\d{1,12}(?:\.\d{1,9})?) \([^()]{0,400}\) (\w{1,80})(?:: (.*))?")
_EPOCHS = ("epoch_num", "epoch")
_STEPS = ("step_num", "step", "iteration", "samples_count")
_MOST_EPOCHS = 10_000
"""A larger ``epoch_num`` counts samples or tokens, as the language models of MLPerf do."""
_MOST_RECORDS = 1_000_000

Place = tuple[str, float]


@dataclass(slots=True)
class Collected:
    """Rows of values by their place, settings, and how many lines were repeated by other ranks."""

    rows: list[tuple[int, float, Place, dict[str, float]]] = field(default_factory=list)
    params: dict[str, object] = field(default_factory=dict)
    repeated: int = 0
    seen: set[tuple[str, Place, float]] = field(default_factory=set)

    def without_marked(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines as they are, those with a mark taken in and blank."""
        for number, line in enumerate(lines, start=1):
            if ":::MLLOG" not in line and ":::MLPv0" not in line:
                yield line
                continue
            event = _event(line)
            if event is not None and len(self.rows) < _MOST_RECORDS:
                self._add(number, *event)
            yield ""

    def _add(self, number: int, seconds: float, key: str, value: object, about: dict[str, object]) -> None:
        place = _place(about)
        if place is None:
            if isinstance(value, bool | int | float | str):
                self.params.setdefault(printable_key(key), value)
            return
        values = dict(_numbers(key, value))
        rate = number_of(about.get("lr"))
        if values and rate is not None:
            values["lr"] = rate
        fresh = {name: v for name, v in values.items() if (name, place, v) not in self.seen}
        self.repeated += bool(values) and not fresh
        self.seen.update((name, place, v) for name, v in fresh.items())
        if fresh:
            self.rows.append((number, seconds, place, fresh))

    def channels(self, x: str | None) -> tuple[list[Channel], list[Note]]:
        """The curves, each over epochs or steps as its lines say."""
        from nn_doctor.series.axes import channels_of
        from nn_doctor.series.table import table_of_records

        notes = [Note(f"{self.repeated} lines repeat those of another rank: counted once")] * bool(self.repeated)
        samples = any(kind == "epoch" and at > _MOST_EPOCHS for _, _, (kind, at), _ in self.rows)
        if samples:
            notes.append(Note("epoch_num counts samples here: taken as the step"))
        found: list[Channel] = []
        for kind in ("epoch", "step"):
            rows = [row for row in self.rows if ("step" if samples else row[2][0]) == kind]
            if rows:
                records = [{kind: place[1], "wall_time": time, **values} for _, time, place, values in rows]
                known = any(x in record for record in records)
                channels, told = channels_of(table_of_records(records, [row[0] for row in rows]), x if known else None)
                found += [c for c in channels if c.name not in {c.name for c in found} and c.name != "wall_time"]
                notes += told
        return found, notes


def _event(line: str) -> tuple[float, str, object, dict[str, object]] | None:
    """``(seconds, key, value, metadata)`` of a marked line, or None."""
    mark = _MARK.search(line)
    if mark is None:
        return _old_event(line)
    try:
        event, _ = decode_at(line, mark.end())
    except DecodeError:
        return None
    if not isinstance(event, dict) or not isinstance(event.get("key"), str):
        return None
    about = event.get("metadata")
    seconds = (number_of(event.get("time_ms")) or 0.0) / 1000
    return seconds, event["key"], event.get("value"), about if isinstance(about, dict) else {}


def _old_event(line: str) -> tuple[float, str, object, dict[str, object]] | None:
    """A line of the first version: ``:::MLPv0.5.0 ncf 1541.3 (a.py:1) eval_accuracy: {"epoch": 4, "value": 0.5}``."""
    match = _OLD.search(line)
    if match is None or not match.group(3):
        return None
    try:
        value, _ = decode_at(match.group(3).strip())
    except DecodeError:
        value = match.group(3).strip()
    about = value if isinstance(value, dict) else {}
    return float(match.group(1)), match.group(2), about.get("value") if about else value, about


def _place(about: dict[str, object]) -> Place | None:
    """Where in the training an event stands, or None for a setting."""
    for kind, names in (("epoch", _EPOCHS), ("step", _STEPS)):
        for name in names:
            at = number_of(about.get(name))
            if at is not None:
                return kind, at
    return None


def _numbers(key: str, value: object) -> Iterator[tuple[str, float]]:
    """The numbers in a value by name; one level of names below the key's own."""
    number = number_of(value)
    if number is not None:
        yield printable_key(key), number
    elif isinstance(value, dict):
        for name, inner in value.items():
            number = number_of(inner)
            if number is not None:
                yield printable_key(f"{key}/{name}"), number

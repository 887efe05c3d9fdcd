"""Helpers of the JSON tests: bytes → Recording."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nn_doctor.parsers import json_document, json_lines
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source

if TYPE_CHECKING:
    from nn_doctor.series.channel import Channel, Recording

PARSERS = (json_lines.PARSER, json_document.PARSER)


def source_of(content, name="log.json") -> Source:
    data = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else None
    return Source(name, given=json.dumps(content).encode() if data is None else data)


def read(content, name="log.json") -> Recording:
    source = source_of(content, name)
    winner = max(PARSERS, key=lambda parser: parser.sniff(source.head))
    assert winner.sniff(source.head) > Match.NO
    (recording,) = winner.read(source, ReadOptions())
    return recording


def lines(*records) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def channel(recording: Recording, name: str) -> Channel:
    (found,) = [c for c in recording.channels if c.name == name]
    return found


def values(recording: Recording) -> dict[str, list[float]]:
    return {c.name: c.y.tolist() for c in recording.channels}

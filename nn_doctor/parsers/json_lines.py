"""JSON lines: one object a line, as trainers append them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.base import Parser
from nn_doctor.parsers.records.sniffing import sniff_lines

if TYPE_CHECKING:
    from nn_doctor.parsers.base import ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """Every object a row; nested objects are flattened, bad lines are skipped with a Note."""
    from nn_doctor.parsers.records.reading import read_json

    return read_json(source, options)


PARSER = Parser(
    name="json_lines",
    title="JSON lines",
    sniff=sniff_lines,
    read=read,
    suffixes=(".jsonl", ".ndjson", ".json", ".log", ".txt"),
    example='{"step": 10, "loss": 2.31, "lr": 0.001}',
)

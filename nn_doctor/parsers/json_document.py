"""JSON documents: trainer states, histories as lists by name, arrays of records, one summary row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.base import Parser
from nn_doctor.parsers.records.sniffing import sniff_document

if TYPE_CHECKING:
    from nn_doctor.parsers.base import ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """The log in a document, by its shape; a document cut off gives its whole records, with a Note."""
    from nn_doctor.parsers.records.reading import read_json

    return read_json(source, options)


PARSER = Parser(
    name="json_document",
    title="JSON document",
    sniff=sniff_document,
    read=read,
    suffixes=(".json", ""),
    example='{"loss": [2.3, 1.9, 1.7], "val_loss": [2.2, 2.0, 1.9]}',
)

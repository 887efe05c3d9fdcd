"""YAML documents in the shapes of JSON logs: a list of records, lists by name. Never a tag followed, no aliases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording

SUFFIXES = (".yaml", ".yml")
LARGEST = 1 << 22
"""Bytes: the YAML library reads about a megabyte in a second."""
_LIST = re.compile(r"^[^\s:#][^:\n]{0,60}:[ \t]*(?:\[ *|\n *- +)-?[\d.]+", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s,\[:-])\*[A-Za-z0-9_]", re.MULTILINE)
"""A few aliases of aliases make a document without end."""


def sniff(head: Head) -> Match:
    """SHAPE for a file called YAML with a list of numbers, POSSIBLE for others: nearly all of them are settings."""
    if head.text is None or head.suffix not in SUFFIXES:
        return Match.NO
    return Match.SHAPE if _LIST.search(head.text) else Match.POSSIBLE


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """The log in a document, by its shape, as in JSON. Raises ReadError."""
    from nn_doctor.parsers.common.beside import yaml_in
    from nn_doctor.parsers.records.reading import interpreted

    if source.size > LARGEST:
        raise ReadError(source.where, "too large for YAML", "write JSON lines or CSV")
    text = source.text()
    if _ALIAS.search(text):
        raise ReadError(source.where, "YAML with aliases, which nn-doctor does not follow")
    try:
        document = _plain(yaml_in(text))
    except (ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0][:80] if str(error) else "nested too deeply"
        raise ReadError(source.where, f"not YAML ({reason})") from error
    return interpreted(source, options, document, list(source.notes))


def _plain(node: object) -> object:
    """The document with its keys as text, and dates as well: YAML has more kinds of both than JSON."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return node if node is None or isinstance(node, bool | int | float | str) else str(node)


PARSER = Parser(
    name="yaml_document",
    title="YAML document",
    sniff=sniff,
    read=read,
    suffixes=SUFFIXES,
    specialises=("text", "delimited"),
    example="- {epoch: 1, train_loss: 2.3, val_loss: 2.2}",
)

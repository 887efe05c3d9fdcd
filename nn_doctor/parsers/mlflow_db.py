"""MLflow's SQLite store (``mlflow.db``): every run that has metrics, opened without ever writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording

MAGIC = b"SQLite format 3\0"
_USUAL_NAME = "mlflow.db"
_TABLES = tuple(re.compile(rb"""CREATE TABLE\s+["'`\[]?%s["'`\]]?\s*\(""" % name) for name in (b"metrics", b"runs"))


def sniff(head: Head) -> Match:
    """SIGNATURE for a database that declares MLflow's tables, POSSIBLE for any other SQLite database."""
    if not head.data.startswith(MAGIC):
        return Match.NO
    ours = head.name == _USUAL_NAME or all(table.search(head.data) for table in _TABLES)
    return Match.SIGNATURE if ours else Match.POSSIBLE


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """One Recording a run, by its start; deleted runs are left out with a Note. Raises ReadError."""
    from nn_doctor.parsers.sqlite import opened, recordings_of

    size, page, pages = source.size, int.from_bytes(source.head.data[16:18], "big"), source.head.data[28:32]
    if size < (65536 if page == 1 else page) * int.from_bytes(pages, "big"):
        raise ReadError(source.where, "cut off: the database has more pages than the file holds")
    with opened(source) as database:
        return recordings_of(database, source)


PARSER = Parser(
    name="mlflow_db",
    title="MLflow's SQLite store (mlflow.db)",
    sniff=sniff,
    read=read,
    suffixes=(".db", ".sqlite", ".sqlite3"),
    example="mlflow.db (binary)",
)

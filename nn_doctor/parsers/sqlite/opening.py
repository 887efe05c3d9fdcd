"""Opening a database that nobody vouches for: read-only, nothing created beside it, bounded work."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.parsers.source import Source

_LONGEST_VALUE = 1 << 26
_STEPS_A_CALL = 1_000_000
_MOST_CALLS = 10_000
"""Work of the database engine: 10¹⁰ instructions, some minutes, then it is interrupted."""
_VERSIONS = slice(18, 20)
"""The two bytes of the header that say "there is a write-ahead log"."""


@contextmanager
def opened(source: Source) -> Iterator[sqlite3.Connection]:
    """The database behind a source; whatever goes wrong while it is used is a ReadError."""
    try:
        with closing(_connection(source)) as database:
            database.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            database.set_progress_handler(_counter(), _STEPS_A_CALL)
            for pragma in ("trusted_schema = OFF", "query_only = ON", "temp_store = MEMORY", "cell_size_check = ON"):
                database.execute(f"PRAGMA {pragma}")
            yield database
    except (sqlite3.Error, ValueError, OverflowError, MemoryError) as error:
        raise ReadError(source.where, f"not a sound SQLite database ({error})") from error


def _connection(source: Source) -> sqlite3.Connection:
    if source.path is None:
        database = sqlite3.connect(":memory:")
        data = bytearray(source.read_bytes())
        data[_VERSIONS] = b"\1\1"  # a database in memory has no log beside it
        database.deserialize(bytes(data))
        return database
    path = source.path.resolve()
    log = path.with_name(path.name + "-wal")
    if log.is_file() and log.stat().st_size:
        source.notes.append(Note(f"{log.name}: changes not yet in the database itself are not read"))
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


class _counter:  # noqa: N801 - a function with a memory
    """Says stop (1) after so many calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        return int(self.calls > _MOST_CALLS)

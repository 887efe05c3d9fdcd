"""Parquet tables, through the optional package pyarrow."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser
from nn_doctor.series.channel import Recording

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source

_MAGIC = b"PAR1"


def sniff(head: Head) -> Match:
    """SHAPE by the magic bytes: most Parquet files of a folder are data, which are no failures."""
    return Match.SHAPE if head.data.startswith(_MAGIC) else Match.NO


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """One Recording of the numeric columns; raises ReadError if none is named like a metric, or without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        hint = 'pip install "nn-doctor[parquet]"'
        raise ReadError(source.where, "a Parquet file, which needs the package pyarrow", hint) from None
    from nn_doctor.parsers.columnar.arrow import content_of, table_of
    from nn_doctor.series.axes import channels_of
    from nn_doctor.series.roles import is_measured

    try:
        content = content_of(parquet.ParquetFile(io.BytesIO(source.read_bytes())), source.where)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError, TypeError) as error:
        raise ReadError(source.where, "a Parquet file that is damaged or cut off", "copy it again") from error
    known = any(map(is_measured, content.names))
    if not known and options.x is None:
        hint = "say which column counts steps: --x COLUMN"
        raise ReadError(source.where, "none of its columns is named like a metric", hint)
    table, notes = table_of(content)
    channels, told = channels_of(table, options.x)
    return [Recording(tuple(channels), notes=(*notes, *told))]


PARSER = Parser(
    name="parquet",
    title='Parquet table (needs "nn-doctor[parquet]")',
    sniff=sniff,
    read=read,
    suffixes=(".parquet",),
    example="DataFrame.to_parquet('history.parquet') (binary)",
)

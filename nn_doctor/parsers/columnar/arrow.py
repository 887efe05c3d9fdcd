"""A Parquet file → a Table through pyarrow, batch by batch within limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nn_doctor.errors import ReadError
from nn_doctor.series.channel import Note
from nn_doctor.series.gaps import meant

if TYPE_CHECKING:
    from nn_doctor.series.table import Column, Table

MAX_CELLS = 100_000_000
MAX_COLUMNS = 10_000
BATCH = 1 << 16
_PANDAS = b"pandas"
_PANDAS_INDEX = "__index_level_"


@dataclass(slots=True)
class Content:
    """What is read of a file: the values of each numeric column with NaN for null, and which are null."""

    names: list[str]
    words: list[str]
    from_pandas: bool
    values: dict[str, list[Any]] = field(default_factory=dict)
    nulls: dict[str, list[Any]] = field(default_factory=dict)
    rows: int = 0


def content_of(file: Any, where: str) -> Content:
    """The numeric columns of a ``pyarrow.parquet.ParquetFile``; raises ReadError beyond the limits."""
    schema = file.schema_arrow
    if len(schema) > MAX_COLUMNS:
        raise ReadError(where, f"more than {MAX_COLUMNS} columns")
    names = [f.name for f in schema if _is_number(f.type)]
    content = Content(
        list(dict.fromkeys(names)),
        [f.name for f in schema if not _is_number(f.type)],
        bool(schema.metadata and _PANDAS in schema.metadata),
    )
    for batch in file.iter_batches(batch_size=BATCH, columns=content.names):
        content.rows += batch.num_rows
        if content.rows * max(1, len(content.names)) > MAX_CELLS:
            raise ReadError(where, "more than 100 million numbers", "log fewer points")
        for name in content.names:
            _take(content, name, batch.column(batch.schema.get_field_index(name)))
    return content


def _is_number(kind: Any) -> bool:
    from pyarrow import types

    tests = (types.is_integer, types.is_floating, types.is_decimal, types.is_timestamp, types.is_duration)
    return any(test(kind) for test in tests)


def _take(content: Content, name: str, column: Any) -> None:
    import numpy as np
    import pyarrow as pa

    kind, scale = column.type, 1.0
    if pa.types.is_timestamp(kind) or pa.types.is_duration(kind):
        scale = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}[kind.unit]
        column = column.cast(pa.int64())
    nulls = np.asarray(column.is_null().to_numpy(zero_copy_only=False), dtype=bool)
    numbers = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    content.values.setdefault(name, []).append(np.asarray(numbers, dtype=np.float64) * scale)
    content.nulls.setdefault(name, []).append(nulls)


def table_of(content: Content) -> tuple[Table, list[Note]]:
    """The table; a null is an absent cell, but where pandas wrote the nulls for NaNs to the end of a column."""
    import numpy as np

    from nn_doctor.series.table import Table

    columns = [c for c in (_column(content, name) for name in content.names) if c is not None]
    notes = []
    if content.words:
        shown = ", ".join(content.words[:8])
        notes.append(Note(f"columns that are no numbers left out: {shown}{' …' if len(content.words) > 8 else ''}"))
    return Table(tuple(columns), np.arange(1, content.rows + 1)), notes


def _column(content: Content, name: str) -> Column | None:
    import numpy as np

    from nn_doctor.series.table import Column

    if not content.rows:
        return None
    values, nulls = np.concatenate(content.values[name]), np.concatenate(content.nulls[name])
    present = ~nulls
    if content.from_pandas and nulls.any() and not np.isnan(values[present]).any():
        present = meant(np.where(nulls, np.nan, values))
    rows = np.flatnonzero(present)
    title = "" if name.startswith(_PANDAS_INDEX) else name
    return Column(title, rows, values[rows]) if rows.size else None

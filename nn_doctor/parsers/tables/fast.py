"""Big tables through pandas' C engine, in chunks; columns it cannot make numbers of go cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nn_doctor.parsers.tables.cells import WHITESPACE, number_of
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from pathlib import Path

    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.series.channel import BoolArray, FloatArray
    from nn_doctor.series.table import Table

BIG = 1 << 20
"""From this size on pandas' start-up is worth its while."""
CHUNK_ROWS = 1 << 18


def read_big(path: Path, dialect: Dialect, names: list[str], notes: list[Note]) -> Table | None:
    """The table of a big file, or None where it is too odd for pandas (the slow path then reads it)."""
    import numpy as np
    import pandas as pd

    from nn_doctor.series.table import Column, Table

    options: dict[str, Any] = {
        "sep": r"\s+" if dialect.delimiter == WHITESPACE else dialect.delimiter,
        "names": names,
        "header": None,
        "skiprows": dialect.first - 1,
        "index_col": False,
        "keep_default_na": False,
        "na_values": [""],
        "skipinitialspace": True,
        "skip_blank_lines": False,
        "decimal": "," if dialect.decimal_comma else ".",
        "chunksize": CHUNK_ROWS,
        "engine": "c",
    }
    parts: list[list[tuple[FloatArray, BoolArray]]] = []
    try:
        with pd.read_csv(path, **options) as chunks:
            parts.extend([_column(chunk.iloc[:, i], dialect) for i in range(len(names))] for chunk in chunks)
    except (ValueError, pd.errors.ParserError, UnicodeDecodeError, OverflowError, MemoryError):
        return None
    columns, total = [], sum(part[0][0].size for part in parts)
    for i, name in enumerate(names):
        values = np.concatenate([part[i][0] for part in parts])
        present = np.concatenate([part[i][1] for part in parts])
        words = np.count_nonzero(~present & ~np.isnan(values))
        if present.any() and words <= present.sum():
            columns.append(Column(name, np.flatnonzero(present), values[present]))
        elif words:
            notes.append(Note(f"columns of words left out: {name}"))
    return Table(tuple(columns), np.arange(dialect.first, dialect.first + total, dtype=np.int64))


def _column(series: Any, dialect: Dialect) -> tuple[FloatArray, BoolArray]:
    """``(values, present)`` of one column of a chunk; a word is not present and marked by a value of 0."""
    import numpy as np

    if series.dtype.kind in "iuf":
        values = series.to_numpy(dtype=np.float64)
        return values, ~np.isnan(values)
    import pandas as pd

    if series.dtype.kind == "b":
        return np.zeros(len(series)), np.zeros(len(series), dtype=bool)
    blank = series.isna().to_numpy()
    values = pd.to_numeric(series, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan).copy()
    odd = np.isnan(values) & ~blank
    present = ~blank
    cells = series.to_numpy(dtype=object)
    for index in np.flatnonzero(odd):
        number = number_of(str(cells[index]).strip(), dialect.decimal_comma)
        present[index] = number is not None
        values[index] = 0.0 if number is None else number
    return values, present

"""Big tables through pandas' C engine, in chunks; columns it cannot make numbers of go cell by cell."""

from __future__ import annotations

import itertools
import warnings
from typing import TYPE_CHECKING, Any

from nn_doctor.parsers.common.numbers import is_absent
from nn_doctor.parsers.tables.cells import WHITESPACE, is_clock, number_of
from nn_doctor.parsers.tables.columns import CLOCKS, SPLIT_COLUMNS, WORDS
from nn_doctor.parsers.tables.nan_stream import STAND_IN, NanStream
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.series.channel import BoolArray, FloatArray, IntArray
    from nn_doctor.series.table import Column, Table

    Part = tuple[FloatArray, BoolArray | None, BoolArray | None]
    """Values, which of them are present (None: all), and which are words (None: none is)."""

BIG = 1 << 20
"""From this size on pandas' start-up is worth its while."""
CHUNK_ROWS = 1 << 17


def read_big(opened: Callable[[], BinaryIO], dialect: Dialect, names: list[str], notes: list[Note]) -> Table | None:
    """The table of a big file, or None where it is too odd for pandas (the slow path then reads it)."""
    import numpy as np

    from nn_doctor.series.table import Table

    if any(name.strip().lower() in SPLIT_COLUMNS for name in names):
        return None
    parts = _parts(opened, dialect, names)
    if parts is None or _header_inside(parts):
        return None
    columns, total, text = [], sum(chunk[0][0].size for chunk in parts), []
    every = np.arange(total, dtype=np.int64)
    for i, name in enumerate(names):
        column, words = _joined(name, [chunk[i] for chunk in parts], every)
        if column is not None and words <= WORDS * (words + column.rows.size):
            columns.append(column)
            if words:
                notes.append(Note(f"'{name}': {words} cells are no numbers: left out"))
        elif words:
            text.append(name)
    if text:
        shown = ", ".join(sorted(text)[:8])
        notes.append(Note(f"columns of words left out: {shown}{' …' if len(text) > 8 else ''}"))
    return Table(tuple(columns), every + dialect.first)


def _parts(opened: Callable[[], BinaryIO], dialect: Dialect, names: list[str]) -> list[list[Part]] | None:
    """For each chunk and column ``(values, present, words)``; None where pandas gives up."""
    import pandas as pd

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
    try:
        with opened() as stream, warnings.catch_warnings():
            warnings.simplefilter("error")  # a row longer than the header
            given: Any = NanStream(stream)
            chunks = pd.read_csv(given, **options)
            return [[_column(chunk.iloc[:, i], dialect, given.used) for i in range(len(names))] for chunk in chunks]
    except (ValueError, pd.errors.ParserError, UnicodeDecodeError, OverflowError, MemoryError, OSError, Warning):
        return None


def _column(series: Any, dialect: Dialect, stood_in: bool) -> Part:
    """One column of a chunk; ``stood_in`` says whether it may hold stand-ins for NaN."""
    import numpy as np

    if series.dtype.kind in "iu":
        return series.to_numpy(dtype=np.float64), None, None
    if series.dtype.kind == "f":
        values = series.to_numpy(dtype=np.float64, copy=stood_in)
        absent = np.isnan(values)
        if stood_in:
            values[np.abs(values) == STAND_IN] = np.nan
        return values, ~absent if absent.any() else None, None
    if series.dtype.kind == "b":
        none = np.zeros(len(series), dtype=bool)
        return np.zeros(len(series)), none, ~none
    return _cell_by_cell(series, dialect)


def _cell_by_cell(series: Any, dialect: Dialect) -> Part:
    import numpy as np
    import pandas as pd

    present = ~series.isna().to_numpy()
    values = pd.to_numeric(series, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan).copy()
    values[np.abs(values) == STAND_IN] = np.nan
    values[[isinstance(cell, bool) for cell in series]] = np.nan  # beside a blank, pandas takes True for 1
    words, clocks = np.zeros(len(series), dtype=bool), []
    cells = series.to_numpy(dtype=object)
    for index in np.flatnonzero(np.isnan(values) & present):
        cell = NanStream.restored(str(cells[index]).strip())
        number = number_of(cell, dialect.decimal_comma)
        present[index] = number is not None
        words[index] = number is None and not is_absent(cell)
        values[index] = np.nan if number is None else number
        if number is not None and is_clock(cell):
            clocks.append(index)
    if clocks and len(clocks) <= CLOCKS * np.count_nonzero(present):
        present[clocks], words[clocks] = False, True
    return values, present, words


def _header_inside(parts: list[list[Part]]) -> bool:
    """Whether some row holds words and not one number: a header again, which the slow path understands."""
    import numpy as np

    for chunk in parts:
        words = [part[2] for part in chunk if part[2] is not None]
        numbers = [part[1] for part in chunk if part[1] is not None]
        full = len(numbers) < len(chunk)
        if words and not full and bool(np.any(np.logical_or.reduce(words) & ~np.logical_or.reduce(numbers))):
            return True
    return False


def _joined(name: str, parts: list[Part], every: IntArray) -> tuple[Column | None, int]:
    """The column of all chunks (None if no cell is a number) and the number of words in it.

    ``every`` are the numbers of all rows, shared by the columns without a gap.
    """
    import numpy as np

    from nn_doctor.series.table import Column

    words = sum(int(np.count_nonzero(part[2])) for part in parts if part[2] is not None)
    if all(part[1] is None for part in parts):
        return Column(name, every, np.concatenate([part[0] for part in parts])), words
    kept = [slice(None) if part[1] is None else part[1] for part in parts]
    values = np.concatenate([part[0][keep] for part, keep in zip(parts, kept, strict=True)])
    if values.size == every.size:
        return Column(name, every, values), words
    starts = itertools.accumulate((part[0].size for part in parts), initial=0)
    rows = [every[start : start + part[0].size][keep] for start, part, keep in zip(starts, parts, kept, strict=False)]
    return (Column(name, np.concatenate(rows), values) if values.size else None), words

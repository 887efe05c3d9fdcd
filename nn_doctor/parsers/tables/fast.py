"""Big tables through pandas' C engine, in chunks; columns it cannot make numbers of go cell by cell."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from nn_doctor.parsers.common.numbers import is_absent
from nn_doctor.parsers.tables.cells import WHITESPACE, is_clock, number_of
from nn_doctor.parsers.tables.columns import CLOCKS, WORDS
from nn_doctor.parsers.tables.grown import Grown
from nn_doctor.parsers.tables.nan_stream import STAND_IN, NanStream
from nn_doctor.series.axis_names import SPLIT_NAMES
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from nn_doctor.parsers.tables.dialect import Dialect
    from nn_doctor.parsers.tables.grown import Part
    from nn_doctor.series.table import Table

BIG = 1 << 20
"""From this size on pandas' start-up is worth its while."""
CHUNK_ROWS = 1 << 18
"""Some megabytes a column; in smaller chunks pandas is slower, since it gives its buffers up after each."""


def read_big(
    opened: Callable[[], BinaryIO], dialect: Dialect, names: list[str], notes: list[Note], size: int = 0
) -> Table | None:
    """The table of a big file of ``size`` bytes, or None where it is too odd for pandas (the slow path then reads it).

    Each chunk goes into the columns as it is read, so that the numbers are held once.
    """
    import numpy as np
    import pandas as pd

    from nn_doctor.series.table import Table

    if any(name.strip().lower() in SPLIT_NAMES for name in names):
        return None
    grown = [Grown(name) for name in names]
    total = 0
    try:
        for chunk, progress in _chunks(opened, dialect, names):
            if _header_inside(chunk):
                return None
            for growing, part in zip(grown, chunk, strict=True):
                growing.add(part, total, int(size / max(progress, 1) * part[0].size) if not total else 0)
            total += chunk[0][0].size
    except (ValueError, pd.errors.ParserError, OverflowError, MemoryError, OSError, Warning):
        return None
    count = np.arange(total + dialect.first, dtype=np.int64)  # two views of it: no need to hold it twice
    every = count[:total]
    columns, text = [], []
    for one in grown:
        column = one.column(every)
        if column is not None and one.words <= WORDS * (one.words + column.rows.size):
            columns.append(column)
            if one.words:
                notes.append(Note(f"'{one.name}': {one.words} cells are no numbers: left out"))
        elif one.words:
            text.append(one.name)
    if text:
        shown = ", ".join(sorted(text)[:8])
        notes.append(Note(f"columns of words left out: {shown}{' …' if len(text) > 8 else ''}"))
    return Table(tuple(columns), count[dialect.first :])


def _chunks(opened: Callable[[], BinaryIO], dialect: Dialect, names: list[str]) -> Iterator[tuple[list[Part], int]]:
    """For each chunk its columns and how many bytes were read so far; raises where pandas gives up."""
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
    with opened() as stream, warnings.catch_warnings():
        warnings.simplefilter("error")  # a row longer than the header
        warnings.simplefilter("ignore", pd.errors.DtypeWarning)  # words among numbers: looked at cell by cell
        given: Any = NanStream(stream)
        for chunk in pd.read_csv(given, **options):
            yield [_column(chunk.iloc[:, i], dialect, given.used) for i in range(len(names))], given.taken


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


def _header_inside(chunk: list[Part]) -> bool:
    """Whether some row holds words and not one number: a header again, which the slow path understands."""
    import numpy as np

    words = [part[2] for part in chunk if part[2] is not None]
    numbers = [part[1] for part in chunk if part[1] is not None]
    if not words or len(numbers) < len(chunk):
        return False
    return bool(np.any(np.logical_or.reduce(words) & ~np.logical_or.reduce(numbers)))

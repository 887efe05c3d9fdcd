"""The common series model as a tidy table, one row a point: CSV, or a JSON array with one record a line.

JSON carries every name exactly; CSV cells are escaped for spreadsheets and terminals (see ``safe.csv_cell``).
Numbers are written in full: this is data. A logged NaN is ``nan`` in CSV and null in JSON; an x value the log
does not give is an empty cell, or null.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from nn_doctor import safe
from nn_doctor.reporters.numbers import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.model import Run, Series

TEXTS = ("source", "run", "name", "metric", "split", "goal", "role", "term", "axis")
NUMBERS = ("x", "step", "epoch", "time", "value")
CHUNK = 50_000


def csv_chunks(runs: Sequence[Run]) -> Iterator[str]:
    """The table as CSV, in pieces."""
    yield ",".join(TEXTS + NUMBERS) + "\n"
    for run, series in _curves(runs):
        head = ",".join(safe.csv_cell(text) if text is not None else "" for text in _texts(run, series))
        for rows in _rows(series):
            yield "".join(f"{head},{','.join(map(_cell, row))}\n" for row in rows)


def json_chunks(runs: Sequence[Run]) -> Iterator[str]:
    """The table as a JSON array of records, in pieces."""
    yield "["
    mark = "\n"
    for run, series in _curves(runs):
        texts = dict(zip(TEXTS, _texts(run, series), strict=True))
        head = safe.json_text(json.dumps(texts, ensure_ascii=True))[:-1]
        for rows in _rows(series):
            for row in rows:
                cells = ", ".join(f'"{n}": {_token(v)}' for n, v in zip(NUMBERS, row, strict=True))
                yield f"{mark}{head}, {cells}}}"
                mark = ",\n"
    yield "\n]\n"


def _curves(runs: Sequence[Run]) -> Iterator[tuple[Run, Series]]:
    return ((run, series) for run in runs for series in run.series)


def _texts(run: Run, series: Series) -> tuple[str | None, ...]:
    kind = (series.metric, series.split, series.goal, series.role, series.term, series.axis)
    return (run.source, run.name, series.name, *kind)


def _rows(series: Series) -> Iterator[Iterator[tuple[float | None, ...]]]:
    """The numbers of a series, at most CHUNK rows at a time."""
    columns = (series.x, series.step, series.epoch, series.time, series.y)
    for start in range(0, len(series), CHUNK):
        size = min(CHUNK, len(series) - start)
        yield zip(*(_values(column, start, size) for column in columns), strict=True)


def _values(column: FloatArray | None, start: int, size: int) -> list[float | None]:
    if column is None:
        return [None] * size
    values: list[float | None] = column[start : start + size].tolist()
    return values


def _cell(value: float | None) -> str:
    """One number, in full; whole numbers without a point."""
    if value is None:
        return ""
    if value.is_integer() and abs(value) < EXACT and (value or math.copysign(1, value) > 0):
        return str(int(value))
    return repr(value)


def _token(value: float | None) -> str:
    return "null" if value is None or not math.isfinite(value) else _cell(value)

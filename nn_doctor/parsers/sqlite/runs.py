"""MLflow's tables (runs, metrics, params, tags) → one Recording a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nn_doctor.errors import ReadError
from nn_doctor.parsers.common.points import channel_of_points
from nn_doctor.parsers.common.typed import typed
from nn_doctor.series.channel import Note, Recording

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from nn_doctor.parsers.source import Source

_NEEDED = {"runs": ("run_uuid",), "metrics": ("run_uuid", "key", "value")}
_OPTIONAL = {
    "runs": ("name", "start_time", "lifecycle_stage"),
    "metrics": ("timestamp", "step", "is_nan"),
    "params": ("run_uuid", "key", "value"),
    "tags": ("run_uuid", "key", "value"),
}
_MOST_ROWS = 20_000_000
_SYSTEM = "system/"
_RUN_NAME = "mlflow.runName"

Row = dict[str, Any]
Point = tuple[int, float, float, float]


@dataclass
class _Run:
    """What the tables say of one run."""

    name: str
    start: float
    deleted: bool
    points: dict[str, list[Point]] = field(default_factory=dict)
    params: dict[str, object] = field(default_factory=dict)
    system: int = 0


def recordings_of(database: sqlite3.Connection, source: Source) -> list[Recording]:
    """The runs with metrics in the order of their start; raises ReadError where there are none."""
    tables = _tables(database)
    for table, columns in _NEEDED.items():
        if not set(columns) <= tables.get(table, set()):
            raise ReadError(source.where, f"a SQLite database without MLflow's table of {table}")
    runs = {
        str(row["run_uuid"]): _Run(
            str(row["name"] or ""), _number(row["start_time"]) or 0.0, row["lifecycle_stage"] == "deleted"
        )
        for row in _rows(database, "runs", tables)
    }
    _add_texts(database, tables, runs)
    for number, row in enumerate(_rows(database, "metrics", tables), start=1):
        _add_point(runs, row, number)
    return _recordings(runs, source)


def _tables(database: sqlite3.Connection) -> dict[str, set[str]]:
    """The columns of each true table: views and virtual tables could run anything."""
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' LIMIT 10000").fetchall()
    plain = [name for name, sql in found if name in {**_NEEDED, **_OPTIONAL} and "VIRTUAL" not in str(sql)[:40].upper()]
    return {name: {str(row[1]) for row in database.execute(f"PRAGMA table_info({name})")} for name in plain}


def _rows(database: sqlite3.Connection, table: str, tables: dict[str, set[str]]) -> Iterator[Row]:
    """The rows of a table as they lie in it, columns that it lacks as None."""
    wanted = [*_NEEDED.get(table, ()), *_OPTIONAL.get(table, ())]
    there = [name for name in wanted if name in tables.get(table, set())]
    if not there:
        return
    missing = dict.fromkeys(set(wanted) - set(there))
    query = f"SELECT {', '.join(there)} FROM {table} LIMIT {_MOST_ROWS}"  # noqa: S608 - names are our own
    for row in database.execute(query):
        yield {**missing, **dict(zip(there, row, strict=True))}


def _add_texts(database: sqlite3.Connection, tables: dict[str, set[str]], runs: dict[str, _Run]) -> None:
    """Parameters, and the name that a tag gives a run."""
    for row in _rows(database, "params", tables):
        if str(row["run_uuid"]) in runs:
            runs[str(row["run_uuid"])].params[str(row["key"])] = typed(str(row["value"]))
    for row in _rows(database, "tags", tables):
        if row["key"] == _RUN_NAME and row["value"] and str(row["run_uuid"]) in runs:
            runs[str(row["run_uuid"])].name = str(row["value"])


def _add_point(runs: dict[str, _Run], row: Row, number: int) -> None:
    run, key, value = runs.get(str(row["run_uuid"])), str(row["key"]), _number(row["value"])
    if run is None or value is None:
        return
    if key.startswith(_SYSTEM):
        run.system += 1
        return
    value = float("nan") if row["is_nan"] in (1, "1") else value
    seconds = (_number(row["timestamp"]) or 0.0) / 1000
    run.points.setdefault(key, []).append((number, seconds, value, _number(row["step"]) or 0.0))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _recordings(runs: dict[str, _Run], source: Source) -> list[Recording]:
    live = {uuid: run for uuid, run in runs.items() if not run.deleted}
    found = []
    for uuid, run in sorted(live.items(), key=lambda item: (item[1].start, item[0])):
        notes = [Note(f"{run.system} values of system metrics (memory, load) left out")] if run.system else []
        ordered = {key: sorted(points, key=lambda p: (p[1], p[3], p[0])) for key, points in run.points.items()}
        channels = tuple(channel_of_points(key, points, notes) for key, points in sorted(ordered.items()))
        if channels:
            found.append(Recording(channels, run.name or uuid, run.params, tuple(notes)))
    if not found:
        raise ReadError(source.where, "holds no run with metrics")
    if len(live) < len(runs):
        source.notes.append(Note(f"{len(runs) - len(live)} deleted runs of this store left out"))
    return found

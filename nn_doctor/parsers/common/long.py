"""Long tables: a value a row, its metric's name in a column, as Aim, Comet and MLflow (and nn-doctor) export them.

Columns are recognised by their names: the metric's name, its value, and where in the training it was logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nn_doctor.parsers.records.cells import number_of, printable_key
from nn_doctor.series.axis_names import SPLIT_NAMES
from nn_doctor.series.channel import Note, Recording
from nn_doctor.series.roles import split_of_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nn_doctor.series.channel import Channel

    Row = Mapping[str, Any]

METRICS = ("metric.name", "metric_name", "metricname", "metric", "key", "tag", "name", "variable")
VALUES = ("value", "metric_value", "metricvalue", "metric.value")
STEPS = ("step", "metric_step", "global_step", "iteration", "iter")
EPOCHS = ("epoch",)
TIMES = ("timestamp", "time", "wall_time", "metric_timestamp")
RUNS = ("run.hash", "run_id", "run_uuid", "run.name", "run_name", "run", "experiment_key", "experimentkey", "dir_name")
CONTEXTS = ("metric.context.", "runcontext", "context")
SETTINGS = "run."
OWN = frozenset({"source", "run", "name", "split", "role", "value"})
"""The columns of ``nn-doctor series``, where "metric" is the quantity and "name" the metric's name."""
MILLISECONDS = 1e11
MOST_METRICS = 10_000


@dataclass(frozen=True, slots=True)
class Long:
    """Which column (by its name as written) says what; None for what the table does not say."""

    metric: str
    value: str
    step: str | None
    epoch: str | None
    time: str | None
    run: str | None
    contexts: tuple[str, ...] = ()
    split: str | None = None
    settings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """Points (row number, step, epoch, time, value) of each metric, and settings of one run."""

    points: dict[str, list[tuple[int, float | None, float | None, float | None, float]]] = field(default_factory=dict)
    params: dict[str, object] = field(default_factory=dict)


def long_of(names: Sequence[str]) -> Long | None:
    """The roles of the columns of a long table, or None where the names are not those of one."""
    plain = {name.strip().strip('"').lower(): name for name in reversed(names)}
    metric = "name" if set(plain) >= OWN else next((name for name in METRICS if name in plain), None)
    value = next((name for name in VALUES if name in plain), None)
    places = [next((plain[name] for name in kind if name in plain), None) for kind in (STEPS, EPOCHS, TIMES)]
    if metric is None or value is None or not any(places[:2]):
        return None
    run = next((name for name in RUNS if name in plain), None)
    contexts = tuple(original for name, original in plain.items() if name.startswith(CONTEXTS))
    settings = tuple(o for name, o in plain.items() if name.startswith(SETTINGS) and name not in RUNS)
    step, epoch, time = places
    of_run = None if run is None else plain[run]
    split = None if set(plain) >= OWN else next((plain[name] for name in SPLIT_NAMES if name in plain), None)
    return Long(plain[metric], plain[value], step, epoch, time, of_run, contexts[::-1], split, settings)


def recordings_of(rows: Iterable[tuple[int, Row]], long: Long, x: str | None) -> list[Recording]:
    """One Recording a run, a channel a metric; rows without a name or a number are skipped with a Note.

    None at all where nothing names a metric: then it is a table like others.
    """
    runs: dict[str, _Run] = {}
    bad: list[int] = []
    for number, row in rows:
        name, value = row.get(long.metric), number_of(row.get(long.value))
        if not isinstance(name, str) or not name or value is None or number_of(name) is not None:
            bad.append(number)
            continue
        run_name, split = _run_and_split(str(row.get(long.run) or "") if long.run else "")
        run = runs.setdefault(run_name, _Run())
        if not run.params:
            run.params = {key[len(SETTINGS) :]: row[key] for key in long.settings if row.get(key) not in (None, "")}
        if long.split is not None and split_of_word(str(row.get(long.split))):
            split = [*split, str(row[long.split])]
        whole = "/".join([*split, *(str(row[c]) for c in long.contexts if row.get(c) not in (None, "")), name])
        if whole in run.points or len(run.points) < MOST_METRICS:
            place = (_number(row, long.step), _number(row, long.epoch), _time(row, long.time))
            run.points.setdefault(printable_key(whole), []).append((number, *place, value))
    notes = (Note(f"{len(bad)} rows without a name and a number: skipped", bad[0]),) if bad else ()
    return [Recording(_channels(run, x), name, _typed(run.params), notes) for name, run in runs.items()]


def _run_and_split(name: str) -> tuple[str, list[str]]:
    """A run's name without a last part that is a split ("exp/train" of TensorBoard's data frames), and that part."""
    above, _, last = name.rpartition("/")
    return (above, [last]) if split_of_word(last) else (name, [])


def _number(row: Row, name: str | None) -> float | None:
    return None if name is None else number_of(row.get(name))


def _time(row: Row, name: str | None) -> float | None:
    """Seconds: numbers as they are (milliseconds by their size), dates as UTC where they name no zone."""
    value = None if name is None else row.get(name)
    number = number_of(value)
    if number is not None:
        return number / 1000 if number > MILLISECONDS else number
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()


def _channels(run: _Run, x: str | None) -> tuple[Channel, ...]:
    from nn_doctor.series.axes import channels_of
    from nn_doctor.series.table import table_of_records

    channels: list[Channel] = []
    for name, points in run.points.items():
        records = []
        for _, step, epoch, time, value in points:
            record = {"step": step, "epoch": epoch, "wall_time": time, name: value}
            records.append({key: number for key, number in record.items() if number is not None})
        table = table_of_records(records, [point[0] for point in points])
        channels += [c for c in channels_of(table, x if x in ("step", "epoch") else None)[0] if c.name == name]
    return tuple(channels)


def _typed(params: dict[str, object]) -> dict[str, object]:
    from nn_doctor.parsers.common.typed import typed

    return {key: typed(value) if isinstance(value, str) else value for key, value in params.items()}

"""History rows → channels: nested values flattened, each metric over the steps its run defined for it."""

from __future__ import annotations

import fnmatch
from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.parsers.records.cells import kind_of, number_of, printable_key
from nn_doctor.parsers.records.lenient import MAX_DEPTH
from nn_doctor.parsers.wandbfile.record import STEP, Collected
from nn_doctor.series.channel import Channel, Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nn_doctor.series.table import Column, Table

MAX_COLUMNS = 10_000
_MOST_NAMED = 6
_HF_EPOCH = "train/epoch"
"""What Hugging Face's trainer calls the epoch here, for training and evaluation alike."""
_OWN = frozenset({STEP, "_timestamp", "_runtime"})


def channels_of_rows(found: Collected, x: str | None) -> tuple[tuple[Channel, ...], list[Note]]:
    """The channels of a run's history; where nothing but a summary was kept, its values as one row."""
    from nn_doctor.series.table import table_of_records

    skipped: dict[str, str] = {}
    notes: list[Note] = []
    rows = [row for _, row in found.rows]
    lines = [number for number, _ in found.rows]
    if not rows and any(not name.startswith("_") for name in found.summary):
        rows, lines = [found.summary], [1]
        notes.append(Note("no history, only the summary: one row of values, no curve"))
    elif not rows:
        notes.append(Note("no history: nothing was logged to this run, or not yet"))
    table = table_of_records([_numbers(row, skipped) for row in rows], lines)
    if len(table.columns) > MAX_COLUMNS:
        notes.append(Note("more than 10,000 metrics: the others are skipped"))
    if skipped:
        named = ", ".join(f"{name} ({kind})" for name, kind in list(skipped.items())[:_MOST_NAMED])
        notes.append(Note(f"no numbers, skipped: {named}{' …' if len(skipped) > _MOST_NAMED else ''}"))
    channels = _by_steps(table, {} if x else found.step_metrics, x, notes)
    return tuple(c for c in channels if c.name not in _OWN), notes


def _numbers(row: Mapping[str, object], skipped: dict[str, str]) -> Mapping[str, float]:
    """The numbers of a row by name; objects are gone into, what is no number is collected by name."""
    if all(type(value) is float for value in row.values()):
        return row  # type: ignore[return-value]
    numbers: dict[str, float] = {}
    todo: list[tuple[str, object, int]] = [(name, value, 0) for name, value in reversed(list(row.items()))]
    while todo:
        name, value, depth = todo.pop()
        number = value if isinstance(value, float) else number_of(value)
        if number is not None:
            numbers[printable_key(name)] = number
        elif isinstance(value, dict) and "_type" not in value and depth < MAX_DEPTH:
            todo.extend((f"{name}.{key}", inner, depth + 1) for key, inner in reversed(list(value.items())))
        elif len(skipped) < MAX_COLUMNS:
            kind = value.get("_type") if isinstance(value, dict) else None
            skipped.setdefault(printable_key(name), str(kind or kind_of(value))[:40])
    return numbers


def _by_steps(table: Table, step_metrics: Mapping[str, str], x: str | None, notes: list[Note]) -> list[Channel]:
    """Columns over the run's own step, or over the metric that was defined to count theirs."""
    from nn_doctor.series.axes import channels_of
    from nn_doctor.series.table import Table

    columns = {column.name: column for column in table.columns[:MAX_COLUMNS]}
    groups: dict[str | None, list[Column]] = {}
    for name, column in columns.items():
        step = None if name in _OWN else _step_of(name, step_metrics)
        groups.setdefault(step if step in columns else None, []).append(column)
    channels: list[Channel] = []
    if _HF_EPOCH in columns and "epoch" not in columns:
        columns["epoch"] = replace(columns[_HF_EPOCH], name="epoch")
    for step, members in groups.items():
        axes = [columns[name] for name in (step, "epoch", *_OWN) if name in columns and columns[name] not in members]
        group = Table((*axes, *members), table.lines)
        found, told = channels_of(group, x if step is None else step)
        known = {channel.name for channel in channels}
        counters = {*step_metrics.values(), _HF_EPOCH}
        channels.extend(c for c in found if c.name not in known and c.name not in counters)
        notes.extend(told)
    return channels


def _step_of(name: str, step_metrics: Mapping[str, str]) -> str | None:
    """The step metric of a metric: an exact definition before a pattern, the longest pattern first."""
    if name in step_metrics:
        return step_metrics[name]
    patterns = sorted((p for p in step_metrics if "*" in p), key=len, reverse=True)
    return next((step_metrics[p] for p in patterns if fnmatch.fnmatchcase(name, p)), None)

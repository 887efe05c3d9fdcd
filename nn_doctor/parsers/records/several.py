"""A list of records that each hold a whole run: ``[{"method": "a", "seed": 0, "xs": […], "ys": […]}, …]``.

Or a whole curve, as charts are downloaded: ``[{"name": "run train_loss", "x": […], "y": […]}, …]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.records.by_length import tables_of
from nn_doctor.parsers.records.cells import number_of
from nn_doctor.parsers.records.columns import flat_params
from nn_doctor.series.axis_names import is_counter
from nn_doctor.series.channel import Note, Recording
from nn_doctor.series.roles import is_measured

if TYPE_CHECKING:
    from nn_doctor.parsers.base import ReadOptions
    from nn_doctor.series.channel import Channel

SHORTEST = 3
"""Values that make a list a curve rather than a size or a pair."""
MAX_RUNS = 1000
_X = {"xs": "step", "x": "step"}
_NAMES = 4
"""Texts and whole numbers of a record that its run is named after."""
_LONGEST_NAME = 60


def runs_in(document: object, options: ReadOptions) -> list[Recording]:
    """One Recording a record; nothing unless every record holds curves of the same names, and is no point itself."""
    if not isinstance(document, list) or not document or not all(isinstance(item, dict) for item in document):
        return []
    if any(_is_point(item) for item in document[:MAX_RUNS]):
        return []
    if all(_metric_of(item) for item in document):
        return _by_run(document[:MAX_RUNS], options)
    curves = [_curves(item) for item in document]
    names = [tuple(found) for found in curves]
    if not names[0] or len(names[0]) == 1 or any(found != names[0] for found in names):
        return []
    taken = [_recording(item, lists, options) for item, lists in zip(document[:MAX_RUNS], curves, strict=False)]
    if len(document) > MAX_RUNS:
        taken = [_told(r, Note(f"more than {MAX_RUNS} runs in one file: the others are left out")) for r in taken]
    return [recording for recording in taken if recording.channels]


def _is_point(record: dict[str, object]) -> bool:
    """Whether a record has a step or a metric of its own: lists beside it are details (scores by class)."""
    return any(number_of(value) is not None and _says_when_or_what(name) for name, value in record.items())


def _says_when_or_what(name: str) -> bool:
    return is_counter(name) or is_measured(name)


def _metric_of(record: dict[str, object]) -> str:
    """The metric a chart's curve is named after, with its run in front or not; "" where it is no such curve."""
    name, x, y = (record.get(key) for key in ("name", "x", "y"))
    if not isinstance(name, str) or not isinstance(x, list) or not isinstance(y, list) or len(x) != len(y):
        return ""
    last = name.rsplit(" ", 1)[-1]
    return next((part for part in (last, name) if part and is_measured(part)), "")


def _by_run(records: list[dict[str, object]], options: ReadOptions) -> list[Recording]:
    """One Recording a run with its curves, each over its own x."""
    from nn_doctor.series.axes import channels_of

    runs: dict[str, list[Channel]] = {}
    for record in records:
        metric = _metric_of(record)
        run = str(record["name"]).removesuffix(metric).strip()
        tables, _ = tables_of({"step": _listed(record["x"]), metric: _listed(record["y"])})
        runs.setdefault(run, []).extend(channel for table in tables for channel in channels_of(table, options.x)[0])
    return [Recording(tuple(channels), name) for name, channels in runs.items()]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _told(recording: Recording, note: Note) -> Recording:
    return Recording(recording.channels, recording.name, recording.params, (*recording.notes, note))


def _curves(record: dict[str, object]) -> dict[str, list[object]]:
    """The lists of numbers of a record that are as long as its longest one."""
    lists = {name: value for name, value in record.items() if isinstance(value, list) and len(value) >= SHORTEST}
    longest = max(map(len, lists.values()), default=0)
    return {
        _X.get(name, name): values
        for name, values in lists.items()
        if len(values) == longest and number_of(values[0]) is not None
    }


def _recording(record: dict[str, object], lists: dict[str, list[object]], options: ReadOptions) -> Recording:
    from nn_doctor.series.axes import channels_of

    tables, notes = tables_of(lists)
    channels = []
    for table in tables:
        found, told = channels_of(table, options.x)
        channels += found
        notes += told
    params = flat_params({key: value for key, value in record.items() if not isinstance(value, list)})
    return Recording(tuple(channels), _name(params), params, tuple(notes))


def _name(params: dict[str, object]) -> str:
    """The first few settings, which tell the runs of such a list apart."""
    words = [str(value) for value in params.values() if isinstance(value, str | int) and value != ""]
    return " ".join(words[:_NAMES])[:_LONGEST_NAME]

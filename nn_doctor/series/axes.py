"""Which columns count steps, epochs and time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nn_doctor.errors import ReadError
from nn_doctor.series.axis_names import (
    BATCH_NAMES,
    BATCHES_NAME,
    EPOCH_NAMES,
    INDEX_NAMES,
    STEP_NAMES,
    TIME_NAMES,
    plain_name,
)
from nn_doctor.series.channel import Channel, Note

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray, IntArray
    from nn_doctor.series.table import Column, Table

BACKWARD_SHARE = 0.5
"""A column that goes back more often than this share of its rows counts nothing."""
RARE = 0.1
"""A step on fewer lines than this share of those that count batches says nothing of the lines between."""
MIN_STANDING = 3
"""Rows with one and the same step that make it no axis beside epochs."""
WHOLE = 1e-6
"""How far from a whole number a step may be written."""


Chosen = dict[str, str | None]
"""Kind of axis → name of the column that counts it."""


def channels_of(table: Table, x: str | None = None) -> tuple[list[Channel], list[Note]]:
    """The channels of a table: its step, epoch, batch and time columns taken out and put beside the rest.

    ``x`` names the column to use as step axis, overriding the guess; raises ReadError if there is none.
    A "batch" column (iteration within the epoch, restarting) with "batches" (their number) refines the epoch
    to a fraction, which counts epochs done: the end of the first is 1, its first batch just above 0, whether the log
    calls it 1 or 0 (then a Note says so). What stands beside no batch (an evaluation) stands at the end of its epoch.
    Where only ends of epochs are logged, these keep the numbers they have.
    """
    columns = {c.name: c for c in table.columns}
    notes: list[Note] = []
    chosen = _choose(table, columns, x, notes)
    if chosen["batch"] is not None and plain_name(chosen["batch"]).startswith("time/"):  # how long a batch takes
        chosen["batch"] = None
    step, epoch, time = (_filled(table, _get(columns, chosen[kind])) for kind in ("step", "epoch", "time"))
    epoch = _with_batches(table, columns, chosen, epoch, notes)
    taken = {name for name in chosen.values() if name is not None}
    counted_step = _get(columns, chosen["step"])
    if epoch is not None and (_rare(counted_step, _get(columns, chosen["batch"])) or _stands(counted_step, epoch)):
        step, chosen["step"] = None, None
    lines = table.lines
    counted = tuple((kind, name) for kind, name in chosen.items() if name is not None)
    channels = [
        Channel(
            c.name,
            c.values,
            step=None if step is None else _at(step, c),
            epoch=None if epoch is None else _at(epoch, c),
            time=None if time is None else _at(time, c),
            line=lines if c.rows.size == lines.size else lines[c.rows],
            counted_by=counted,
        )
        for c in table.columns
        if c.name not in taken
    ]
    return channels, notes


def _at(axis: FloatArray, column: Column) -> FloatArray:
    """An axis (n_rows,) at the rows of a column; shared, not copied, where the column has no gaps."""
    return axis if column.rows.size == axis.size else axis[column.rows]


def _choose(table: Table, columns: dict[str, Column], x: str | None, notes: list[Note]) -> Chosen:
    """Which column is which axis: kind → column name, or None. A name may be empty (an unnamed index)."""
    chosen: Chosen = {kind: _by_name(columns, names) for kind, names in _KINDS}
    if not _is_clock(_get(columns, chosen["time"])):
        chosen["time"] = None
    if x is not None:
        if x not in columns:
            raise ReadError("--x", f"no column named '{x}'", f"there are: {', '.join(list(columns)[:12])}")
        chosen = {kind: None if name == x else name for kind, name in chosen.items()}
        chosen["epoch" if plain_name(x) in EPOCH_NAMES else "step"] = x
        return chosen
    for kind in ("step", "epoch"):
        column = _get(columns, chosen[kind])
        if column is not None and not _counts(column):
            chosen[kind] = None
    chosen["step"] = _wider(columns, chosen["step"], table)
    _restarting_step_is_batch(columns, chosen)
    if chosen["step"] is None and chosen["epoch"] is None:
        chosen["step"] = _counter_among_few(table, columns, notes)
    chosen["index"] = next((n for n in columns if plain_name(n) in INDEX_NAMES and n not in chosen.values()), None)
    return chosen


_KINDS = (
    ("step", STEP_NAMES),
    ("epoch", EPOCH_NAMES),
    ("time", TIME_NAMES),
    ("batch", BATCH_NAMES),
    ("batches", (BATCHES_NAME,)),
)


def _wider(columns: dict[str, Column], first: str | None, table: Table) -> str | None:
    """Another step column of the same group ("time/…"), if the one whose name stands first has gaps."""
    group = (first or "").rpartition("/")[0]
    if first is None or not group or columns[first].rows.size >= table.n_rows:
        return first
    whole = {n: c for n, c in columns.items() if n.startswith(group) and c.rows.size == table.n_rows and _counts(c)}
    return _by_name(whole, STEP_NAMES) or first


def _rare(step: Column | None, batch: Column | None) -> bool:
    """Whether a step stands on a few lines only ("set learning rate") of a log that counts batches on all others."""
    return step is not None and batch is not None and step.rows.size < RARE * batch.rows.size


def _get(columns: dict[str, Column], name: str | None) -> Column | None:
    return None if name is None else columns.get(name)


def _by_name(columns: dict[str, Column], names: tuple[str, ...]) -> str | None:
    """The column whose name, or last part after "/", stands first in ``names``; the whole name wins."""
    plain = {plain_name(name): name for name in reversed(columns)}
    for name in names:
        if name.replace(" ", "_") in plain:
            return plain[name.replace(" ", "_")]
    parts = {key.rsplit("/", 1)[-1]: original for key, original in plain.items() if "/" in key}
    return next((parts[name] for name in names if name in parts and _is_prefix_free(parts[name])), None)


def _is_prefix_free(name: str) -> bool:
    """Whether the part before "/" leaves an axis an axis ("time/total_timesteps", "Progress/kimg")."""
    return plain_name(name).split("/", 1)[0] in {
        "time",
        "progress",
        "trainer",
        "counters",
        "diagnostics",
        "timesteps",
    }


def _counts(column: Column) -> bool:
    """Whether a column can be an axis: finite, mostly not going back."""
    finite = np.isfinite(column.values)
    values = column.values if finite.all() else column.values[finite]
    if values.size < max(1, column.values.size // 2):
        return False
    return bool(values.size < 2 or np.mean(values[1:] < values[:-1]) <= BACKWARD_SHARE)


def _stands(step: Column | None, epoch: FloatArray) -> bool:
    """Whether "steps" says how many each epoch has: always as many while epochs go on."""
    if step is None or step.values.size < MIN_STANDING:
        return False
    return bool(np.all(step.values == step.values[0]) and epoch[0] != epoch[-1])


def _is_clock(column: Column | None) -> bool:
    """Whether a time column runs (a duration per epoch does not)."""
    if column is None or column.values.size < 2:
        return False
    y = column.values
    return bool(np.isfinite(y).all() and np.all(y[1:] >= y[:-1]) and y[-1] > y[0])


def _restarting_step_is_batch(columns: dict[str, Column], chosen: Chosen) -> None:
    """A "step" that starts again whenever the epoch moves on counts batches within the epoch."""
    step, epoch = _get(columns, chosen["step"]), _get(columns, chosen["epoch"])
    if step is None or epoch is None or chosen["batch"] is not None:
        return
    rows, at, where = np.intersect1d(step.rows, epoch.rows, return_indices=True)
    back = np.diff(step.values[at]) < 0
    on = np.diff(epoch.values[where]) > 0
    if rows.size > 2 and back.sum() >= 1 and on.sum() >= 1 and np.mean(on[back]) > BACKWARD_SHARE:
        fresh = np.mean(back[on]) if on.any() else 0.0
        if fresh > BACKWARD_SHARE:
            chosen["batch"], chosen["step"] = chosen["step"], None


def _counter_among_few(table: Table, columns: dict[str, Column], notes: list[Note]) -> str | None:
    """In a table without a known axis: an index column, else the only column of rising whole numbers."""
    index = next((n for n in columns if plain_name(n) in INDEX_NAMES and _is_counter(columns[n], table)), None)
    if index is not None:
        return index
    rising = [name for name, column in columns.items() if _is_counter(column, table)]
    if len(rising) == 1 and len(columns) > 1:
        notes.append(Note(f"no step or epoch column known by name: '{rising[0]}' counts up, taken as the step"))
        return rising[0]
    return None


def _is_counter(column: Column, table: Table) -> bool:
    values = column.values
    if values.size < 3 or values.size < table.n_rows or not np.isfinite(values).all():
        return False
    whole = np.abs(values - np.round(values)) < WHOLE
    return bool(whole.all() and np.all(values[1:] > values[:-1]))


def _filled(table: Table, column: Column | None) -> FloatArray | None:
    """A column over all rows (n_rows,), gaps filled with the value before (the first: with the one after).

    A column without gaps is given back itself, not a copy.
    """
    if column is None:
        return None
    if column.values.size == table.n_rows and table.n_rows and np.isfinite(column.values).all():
        return column.values
    values = np.full(table.n_rows, np.nan)
    values[column.rows] = column.values
    known = np.isfinite(values)
    if not known.any():
        return None
    before = np.maximum.accumulate(np.where(known, np.arange(values.size), -1))
    return np.asarray(values[np.where(before < 0, int(np.argmax(known)), before)])


def _with_batches(
    table: Table, columns: dict[str, Column], chosen: Chosen, epoch: FloatArray | None, notes: list[Note]
) -> FloatArray | None:
    """The epoch refined by the batch within it, where the log has one: how many epochs are done."""
    batch = _get(columns, chosen["batch"])
    if epoch is None or batch is None or not _counts_within(batch):
        return epoch
    total = _filled(table, _get(columns, chosen["batches"]))
    if total is None:
        total = _batches_seen(table, batch, epoch)
    whole = total[batch.rows]
    usual = whole == _commonest(whole)  # another number of batches is another loader: validation within the epoch
    rows, values = batch.rows[usual], batch.values[usual]
    share = np.clip(values / np.maximum(total[rows], 1), 0, 1)
    if rows.size >= RARE * table.n_rows and np.min(epoch[rows] - 1 + share, initial=0.0) < 0:
        notes.append(Note("the log counts epochs from 0: here the first one ends at 1"))
        epoch = _from_one(epoch, rows)
    fine = epoch.copy()
    fine[rows] = np.maximum(epoch[rows] - 1 + share, np.minimum(epoch[rows], 0))  # a rare one moves no others
    return fine


def _from_one(epoch: FloatArray, batched: IntArray) -> FloatArray:
    """Epochs counted from 0 (n_rows,) as if from 1, but on rows that name epochs done already.

    Such are printed before the first batch, or bear a higher number than the batches before them.
    """
    labels = np.full(epoch.size, np.nan)
    labels[batched] = epoch[batched]
    at = np.maximum.accumulate(np.where(np.isnan(labels), -1, np.arange(epoch.size)))
    last = np.where(at < 0, -np.inf, labels[at])
    return np.asarray(np.where(epoch > last, epoch, epoch + 1))


def _commonest(values: FloatArray) -> float:
    """The value that occurs most often."""
    found, counts = np.unique(values, return_counts=True)
    return float(found[int(np.argmax(counts))])


def _counts_within(batch: Column) -> bool:
    return bool(np.isfinite(batch.values).all() and np.all(batch.values >= 0))


def _batches_seen(table: Table, batch: Column, epoch: FloatArray) -> FloatArray:
    """The number of batches of an epoch, guessed as one logging interval past the largest batch seen."""
    steps = np.diff(batch.values)
    interval = float(np.median(steps[steps > 0])) if np.any(steps > 0) else 1.0
    return np.full(table.n_rows, float(batch.values.max()) + (interval if batch.values.min() == 0 else 0.0))


def epoch_from_name(channel: Channel) -> Channel:
    """Keras' TensorBoard callback counts epochs as steps under ``epoch_*``: make them the epoch."""
    first = channel.name.rsplit("/", 1)[-1].split("_", 1)[0]
    if first != "epoch" or channel.epoch is not None or channel.step is None or channel.step.size < 2:
        return channel
    if np.all(np.diff(channel.step) == 1) and channel.step[0] <= 1:
        return replace(channel, epoch=channel.step, step=None, averaged_over="epoch")
    return channel

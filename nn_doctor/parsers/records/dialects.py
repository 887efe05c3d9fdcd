"""Repairs of axes that certain frameworks write in their own way; everything is done on whole columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.series.channel import Note
from nn_doctor.series.table import Column, Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from nn_doctor.parsers.records.columns import Columns

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]


def repaired_table(table: Table, columns: Columns) -> tuple[Table, list[Note]]:
    """The table with mmdetection's and mmengine's steps put on one scale; other tables as they are."""
    by_name = {column.name: column for column in table.columns}
    step, epoch, inner = by_name.get("step"), by_name.get("epoch"), by_name.get("iter")
    if epoch is None or inner is None:
        return table, []
    if step is not None:
        return _mmengine(table, step, epoch)
    return _mmdet(table, columns, epoch, inner)


def _mmdet(table: Table, columns: Columns, epoch: Column, inner: Column) -> tuple[Table, list[Note]]:
    """``iter`` counts within the epoch: give the step over the whole run and the epoch as a fraction."""
    import numpy as np

    if not columns.split_rows or epoch.rows.size != inner.rows.size:
        return table, []
    val_rows = [rows for prefix, parts in columns.split_rows.items() if prefix for rows in parts]
    is_val = np.isin(epoch.rows, np.concatenate(val_rows)) if val_rows else np.zeros(epoch.rows.size, bool)
    train = ~is_val
    if not train.any() or not _restarts(epoch.values[train], inner.values[train]):
        return table, []
    per_epoch = float(inner.values[train].max())
    within = np.where(is_val, per_epoch, inner.values)
    others = tuple(c for c in table.columns if c.name not in ("iter", "epoch"))
    if np.unique(epoch.values[train]).size < 2:
        return Table((replace(inner, name="step"), epoch, *others), table.lines), []
    step = Column("step", epoch.rows, (epoch.values - 1) * per_epoch + within)
    part = Column("epoch", epoch.rows, epoch.values - 1 + within / per_epoch)
    note = Note(f"iter starts again in each epoch: steps counted with {per_epoch:.0f} iterations an epoch")
    return Table((step, part, *others), table.lines), [note]


def _restarts(epoch: Floats, inner: Floats) -> bool:
    """Whether the inner count never goes beyond one epoch: lower or equal at the first line of each epoch."""
    import numpy as np

    firsts = np.flatnonzero(np.diff(epoch) > 0) + 1
    return bool(inner.size and (inner > 0).all() and (inner[firsts] <= inner[firsts - 1]).all())


def _mmengine(table: Table, step: Column, epoch: Column) -> tuple[Table, list[Note]]:
    """Validation lines carry only metrics, and the epoch under "step": move them to the last train step."""
    import numpy as np

    alone = ~np.isin(step.rows, epoch.rows)
    before = np.searchsorted(epoch.rows, step.rows) - 1
    if not alone.any() or (before[alone] < 0).any():
        return table, []
    train_step = dict(zip(step.rows[~alone].tolist(), step.values[~alone].tolist(), strict=True))
    last = epoch.rows[np.maximum(before, 0)]
    last_epoch = epoch.values[np.maximum(before, 0)]
    if not (step.values[alone] == last_epoch[alone]).all():
        return _val_prefixed(table, step.rows[alone], step), []
    moved = [train_step.get(row, value) for row, value in zip(last.tolist(), step.values.tolist(), strict=True)]
    new_step = Column("step", step.rows, np.where(alone, moved, step.values))
    rows = np.concatenate([epoch.rows, step.rows[alone]])
    order = np.argsort(rows)
    values = np.concatenate([epoch.values, step.values[alone]])[order]
    table = _val_prefixed(table, step.rows[alone], new_step, Column("epoch", rows[order], values))
    return table, [Note('validation lines give the epoch as "step": put at the last train step')]


def _val_prefixed(table: Table, val_rows: Ints, *new: Column) -> Table:
    """The table with ``new`` columns in place of theirs, and cells of these rows under "val/"."""
    import numpy as np

    replaced = {column.name for column in new} | {"iter"}
    columns: list[Column] = list(new)
    for column in table.columns:
        if column.name in replaced:
            continue
        at = np.isin(column.rows, val_rows)
        if not at.any():
            columns.append(column)
            continue
        if not at.all():
            columns.append(replace(column, rows=column.rows[~at], values=column.values[~at]))
        if column.name not in ("time", "data_time"):
            columns.append(Column(f"val/{column.name}", column.rows[at], column.values[at]))
    return Table(tuple(columns), table.lines)

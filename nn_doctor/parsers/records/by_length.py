"""Lists by name → tables: lists of one length share a table, with the axis lists that fit this length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.records.cells import number_of, printable_key
from nn_doctor.series.channel import Note
from nn_doctor.series.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

_AXES = frozenset(("epoch", "epochs", "step", "steps", "iter", "iters", "iteration", "iterations", "wall_time"))


def tables_of(lists: Mapping[str, list[object]]) -> tuple[list[Table], list[Note]]:
    """One table for each length that occurs among the lists that are no axes."""
    axes = {name: values for name, values in lists.items() if name.lower() in _AXES}
    curves = {name: values for name, values in lists.items() if name not in axes} or lists
    notes: list[Note] = []
    tables = []
    lengths = list(dict.fromkeys(len(values) for values in curves.values()))
    for length in lengths:
        members = {name: values for name, values in curves.items() if len(values) == length}
        fitted = {name: _fitted(values, length) for name, values in axes.items() if name not in members}
        for name, values in fitted.items():
            if values is None:
                notes.append(Note(f"{printable_key(name)}: not as long as the curves, not used as their axis"))
        usable = {name: values for name, values in fitted.items() if values is not None}
        tables.append(_table({**usable, **members}, length))
    if len(lengths) > 1:
        notes.append(Note(f"lists of {len(lengths)} different lengths: read side by side"))
    return tables, notes


def _fitted(axis: list[object], length: int) -> list[object] | None:
    """An axis of n entries for curves of ``length``: every k-th where it is k times as long."""
    if len(axis) == length:
        return axis
    if axis and length and len(axis) % length == 0:
        stride = len(axis) // length
        return axis[stride - 1 :: stride]
    return None


def _table(lists: Mapping[str, list[object]], length: int) -> Table:
    import numpy as np

    columns = []
    for name, values in lists.items():
        numbers = [number_of(value) for value in values]
        rows = [row for row, number in enumerate(numbers) if number is not None]
        cells = np.array([numbers[row] for row in rows], dtype=np.float64)
        columns.append(Column(printable_key(name), np.array(rows, dtype=np.int64), cells))
    return Table(tuple(columns), np.arange(1, length + 1))

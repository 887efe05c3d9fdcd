"""Arrays by name → tables: Stable-Baselines' evaluations, else arrays of one length side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.arrays.npy import as_float, is_numeric
from nn_doctor.parsers.records.by_length import tables_of
from nn_doctor.series.channel import Note
from nn_doctor.series.roles import is_measured

if TYPE_CHECKING:
    from nn_doctor.parsers.arrays.npy import Arrays
    from nn_doctor.series.table import Table

EVALUATIONS = {"results": "eval/mean_reward", "ep_lengths": "eval/mean_ep_length", "successes": "eval/success_rate"}
"""Arrays (evaluations, episodes) of Stable-Baselines' evaluations.npz, and the names it logs their means under."""


def tables_in(arrays: Arrays, everything: bool = False) -> tuple[list[Table], list[Note]]:
    """The tables of a file's arrays; nothing if none of them is named like a metric, unless ``everything`` is."""
    if {"timesteps", "results"} <= arrays.by_name.keys():
        return _evaluations(arrays)
    lists, notes = {}, []
    for name, array in arrays.by_name.items():
        flat = array.squeeze() if array.ndim > 1 else array
        if not is_numeric(array) or flat.ndim != 1:
            notes.append(Note(f"{name}: {array.dtype} of shape {array.shape} is no curve, left out"))
        else:
            lists[name] = as_float(flat).tolist()
    if not (everything or any(is_measured(name) for name in lists)):
        return [], notes
    tables, more = tables_of(lists)
    return tables, [*notes, *more]


def _evaluations(arrays: Arrays) -> tuple[list[Table], list[Note]]:
    """The mean over the episodes of each evaluation, at its time step; a cut evaluation is left out."""
    import numpy as np

    from nn_doctor.series.table import Column, Table

    steps = arrays.by_name["timesteps"].ravel()
    rows = min([steps.size, *(a.shape[0] for n, a in arrays.by_name.items() if n in EVALUATIONS and a.ndim)])
    every = np.arange(rows, dtype=np.int64)
    columns = [Column("timesteps", every, as_float(steps[:rows]))]
    episodes = 0
    for name, title in EVALUATIONS.items():
        array = arrays.by_name.get(name)
        if array is None or array.ndim not in (1, 2) or array.dtype.kind not in "iufb" or not array.size:
            continue
        values = as_float(array[:rows]).reshape(rows, array[0].size)
        episodes = max(episodes, values.shape[1])
        with np.errstate(all="ignore"):
            columns.append(Column(title, every, values.mean(axis=1)))
    note = Note(f"means over the {episodes} episodes of each evaluation")
    return [Table(tuple(columns), every + 1)], [note]

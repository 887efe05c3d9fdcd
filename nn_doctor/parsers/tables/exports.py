"""Weights & Biases exports: charts hold several runs in columns; the table of runs is no log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.series.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.series.table import Column

EXTREMES = ("__MIN", "__MAX")
RUN_NAMES = frozenset({"model", "model_name", "run", "run_id", "run name", "experiment", "method", "exp", "exp_name"})
"""A first column of these names the run of each row, unless an axis says otherwise."""
AXES = frozenset({"epoch", "epochs", "step", "steps", "iteration", "iter", "episode", "global_step", "batch"})
RUNS_TABLE = frozenset({"state", "notes", "user", "tags", "created", "runtime", "sweep", "_wandb"})


def is_chart(header: Sequence[str]) -> bool:
    """Whether columns come in triples "run - metric", "…__MIN", "…__MAX"."""
    return any(name.endswith(EXTREMES) for name in header) and any(" - " in name for name in header)


def is_runs_table(header: Sequence[str]) -> bool:
    """Whether each row is a run (its name, state, settings, last values) rather than a step."""
    lowered = [name.lower() for name in header]
    if not lowered:
        return False
    if lowered[0] == "name":
        return bool(RUNS_TABLE & set(lowered)) or "epoch" not in lowered
    return lowered[0].strip() in RUN_NAMES and not any(AXES & set(name.split("/")) for name in lowered)


def by_run(table: Table) -> list[tuple[str, Table]]:
    """One table a run: its metrics under their own names, and the columns all runs share."""
    shared = [c for c in table.columns if " - " not in c.name]
    runs: dict[str, list[Column]] = {}
    for column in table.columns:
        if " - " in column.name and not column.name.endswith(EXTREMES):
            run, metric = column.name.rsplit(" - ", 1)
            if column.rows.size:
                runs.setdefault(run, []).append(replace(column, name=metric))
    return [(run, Table((*shared, *columns), table.lines)) for run, columns in runs.items()]

"""Exports with several runs in columns; tables of runs or trials, one a row, are no logs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.parsers.tables.cells import is_text
from nn_doctor.series.axis_names import is_axis
from nn_doctor.series.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.series.table import Column

EXTREMES = ("__MIN", "__MAX")
RUN_NAMES = frozenset({"model", "model_name", "run", "run_id", "run name", "experiment", "method", "exp", "exp_name"})
"""A first column of these names the run of each row, unless an axis says otherwise."""
AXES = frozenset({"epoch", "epochs", "step", "steps", "iteration", "iter", "episode", "global_step", "batch"})
TRIALS = (
    frozenset({"number", "value", "state"}),  # Optuna
    frozenset({"params", "rank_test_score"}),  # scikit-learn's cross-validated searches
    frozenset({"params", "mean_test_score"}),
    frozenset({"fpr", "tpr", "threshold"}),
    frozenset({"fpr", "tpr", "thresholds"}),
)
"""Columns of searches over hyper-parameters, whose rows are trials, and of curves over a threshold."""
FEWEST_NAMED = 3
RUN_IDS = frozenset({"trial_id", "run_id", "run id", "experiment_id", "trial_name"})
FOLDS = frozenset({"fold", "folds", "fold_id", "fold_idx", "fold_number", "fold_no", "cv_fold", "kfold", "k_fold"})
RUNS_TABLE = frozenset({"state", "notes", "user", "tags", "created", "runtime", "sweep", "_wandb"})


def is_chart(header: Sequence[str]) -> bool:
    """Whether columns come in triples "run - metric", "…__MIN", "…__MAX"."""
    return any(name.endswith(EXTREMES) for name in header) and any(" - " in name for name in header)


def is_runs_table(header: Sequence[str]) -> bool:
    """Whether each row is a run (its name, state, settings, last values) rather than a step."""
    lowered = [name.lower() for name in header]
    if not lowered:
        return False
    if any(trial <= set(lowered) for trial in TRIALS):
        return True
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


def rows_are_named(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether each row bears a name of its own (a class, a model, a trial) instead of a step.

    A first column of words that differ from row to row, where no column counts; or a column of run ids.
    """
    if len(rows) < FEWEST_NAMED:
        return False
    lowered = [name.strip().lower() for name in header]
    ids = next((i for i, name in enumerate(lowered) if name in RUN_IDS), None)
    if ids is not None and _all_differ([row[ids] for row in rows if len(row) > ids], len(rows)):
        return True
    counted = any(is_axis(name) for name in lowered)
    first = [row[0] for row in rows]
    return not counted and _all_differ(first, len(rows)) and not any(letter.isdigit() for w in first for letter in w)


def rows_are_folds(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether each row is what a fold came to, perhaps one for each model and split, and no column counts."""
    lowered = [name.strip().lower() for name in header]
    fold = next((i for i, name in enumerate(lowered) if name in FOLDS), None)
    if fold is None or len(rows) < FEWEST_NAMED or any(is_axis(name) for name in lowered):
        return False
    told = [tuple(cell for i, cell in enumerate(row) if i == fold or is_text(cell)) for row in rows]
    return len(set(told)) == len(told)


def _all_differ(words: Sequence[str], count: int) -> bool:
    return len(words) == count == len(set(words)) and all(map(is_text, words))

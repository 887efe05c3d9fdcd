"""Several runs side by side under names such as "small/train_loss" and "large/train_loss"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nn_doctor.series.roles import meaning_of, tokens_of
from nn_doctor.series.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nn_doctor.series.table import Column

PARTS = frozenset(
    "box cls obj dfl reg kl recon rec mask seg det ce bce mse l1 l2 dice aux main task head gen disc g d generator "
    "discriminator actor critic policy value total train val valid validation test eval dev".split()
)
"""Groups called so are parts of one run, not runs."""


def runs_in_names(names: Iterable[str]) -> bool:
    """Whether names come as "run/metric": two groups or more that each hold the same train and validation loss.

    Parts of one loss have names of that form as well, so groups named like parts are none.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        group, slash, metric = name.strip().rpartition("/")
        if slash:
            groups.setdefault(group, []).append(metric)
    alike = {tuple(sorted(metrics)) for metrics in groups.values()}
    if len(groups) < 2 or len(alike) != 1 or any(PARTS & set(tokens_of(group)) for group in groups):
        return False
    losses = [meaning_of(metric) for metric in alike.pop()]
    return {"train", "val"} <= {m.split for m in losses if m.role == "objective"}


def by_named_run(table: Table) -> list[tuple[str, Table]]:
    """One table a run: the columns "run/metric" under their metric, and the columns without a run."""
    shared = [c for c in table.columns if "/" not in c.name]
    runs: dict[str, list[Column]] = {}
    for column in table.columns:
        run, slash, metric = column.name.rpartition("/")
        if slash:
            runs.setdefault(run, []).append(replace(column, name=metric))
    return [(run, Table((*shared, *columns), table.lines)) for run, columns in runs.items()]

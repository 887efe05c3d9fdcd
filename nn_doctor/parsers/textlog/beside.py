"""Metrics without a split that only ever stand beside an evaluation's loss: ``{'acc': 0.9, 'eval_loss': 0.4}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.parsers.textlog.keys import own_split
from nn_doctor.parsers.textlog.plan import RATES

if TYPE_CHECKING:
    from nn_doctor.parsers.textlog.assemble import Assembler

EXPONENTS = ("perplexity", "ppl")
"""Which loss these are made of shows by their values (``series.exponents``)."""


def put_beside_their_loss(reader: Assembler) -> None:
    """Give such metrics the split of the losses that they stand beside, wherever they stand beside any."""
    splits: dict[str, set[str]] = {}
    for row in reader.rows:
        losses = {own_split(name) for name in row.values if "loss" in name.lower()}
        for name in row.values if losses else ():
            splits.setdefault(name, set()).update(losses)
    told = [name.lower() for name in splits if own_split(name)]
    moved = {
        name: f"{next(iter(found))}/{name}"
        for name, found in splits.items()
        if name in reader.measures and found in ({"val"}, {"test"}) and _is_bare(name, told)
    }
    for row in reader.rows if moved else ():
        row.values = {moved.get(name, name): value for name, value in row.values.items()}
    for names in (reader.measures, reader.beside_x):
        names.update(moved[name] for name in list(names) if name in moved)


def _is_bare(name: str, told: list[str]) -> bool:
    """Whether neither a metric nor another of its name says a split ("acc" beside "val_acc" is of training)."""
    lowered = name.lower()
    if own_split(name) or lowered in EXPONENTS or "norm" in lowered or lowered in RATES:
        return False
    return not any(other.endswith(lowered) for other in told)

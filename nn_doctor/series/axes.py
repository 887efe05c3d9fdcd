"""Which columns count steps, epochs and time, and what the others are measured against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nn_doctor.series.channel import Channel, Note

if TYPE_CHECKING:
    from nn_doctor.series.channel import FloatArray
    from nn_doctor.series.table import Table


@dataclass(frozen=True, eq=False)
class Clock:
    """The monotone table step ↔ epoch ↔ time of a run."""

    step: FloatArray
    epoch: FloatArray


def channels_of(table: Table, x: str | None = None) -> tuple[list[Channel], list[Note]]:
    """The channels of a table: its x columns (step, epoch, batch, time) taken out and put beside the rest.

    ``x`` names the column to use as step axis, overriding the guess; raises ReadError's cousin KeyError if
    there is no such column. Columns named "batch" (iteration within the epoch) and "batches" (their number)
    refine the epoch to a fraction.
    """
    lines = table.lines
    found = [Channel(c.name, c.values, line=lines[c.rows]) for c in table.columns]
    return found, []

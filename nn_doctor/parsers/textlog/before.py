"""Values printed just before the line that ends their epoch: metrics of the validation first, then the epoch's line."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nn_doctor.parsers.textlog.assemble import Row

FEWEST_ENDS = 2


def place_before_words(rows: list[Row], ends: list[tuple[int, float]]) -> None:
    """Give rows the epoch whose end is told below them, where no epoch is announced above any of them.

    ``ends`` are the numbers of rows before each such line, with the epoch.
    """
    if len(ends) < FEWEST_ENDS or not ends[0][0] or any("epoch" in row.x for row in rows[: ends[0][0]]):
        return
    for at, row in enumerate(rows):
        if "epoch" in row.own:
            continue
        after = next((epoch for count, epoch in ends if at < count), ends[-1][1] + 1)
        row.x = row.x | {"epoch": after}
        row.own |= {"epoch"}


def place_before_ends(rows: list[Row]) -> None:
    """Give what is printed before each end of an epoch, and never behind the last one, the epoch that ends there.

    An evaluation before the training comes once more than there are epochs: it is not meant.
    """
    ends = [i for i, row in enumerate(rows) if row.own == {"epoch"}]
    if len(ends) < FEWEST_ENDS:
        return
    names = {n for row in rows[: ends[0]] if not row.x for n in row.values}
    for name in names:
        places = [i for i, row in enumerate(rows) if name in row.values]
        following = [bisect_left(ends, place) for place in places]
        alone = all(not rows[place].own for place in places)
        if alone and following[-1] < len(ends) and len(set(following)) == len(places):
            for place, end in zip(places, following, strict=True):
                rows[place].x = rows[place].x | {"epoch": rows[ends[end]].x["epoch"]}

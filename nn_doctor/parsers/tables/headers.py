"""Headers that are no single row of names: units below them, groups above them, an index without a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nn_doctor.series.axis_names import is_axis
from nn_doctor.series.roles import meaning_of

Row = Sequence[str]
INDEX_ROWS = 3
"""Rows in which a first column must count up to be an index."""


def header_of(named: Sequence[Row], after: Sequence[Row]) -> tuple[str, ...]:
    """The names in the rows of words above the data; ``after`` are the thinner rows between those and the data.

    Usually the last row; the one above it where the last holds units; both joined where groups of equal names
    stand below the names of the groups, as pandas writes columns of two levels.
    """
    names = tuple(named[-1])
    above = named[-2] if len(named) > 1 and len(named[-2]) == len(names) else ()
    if above and _known(above) > _known(names):
        return tuple(above)
    filled = [name for name in names if name]
    if above and len(set(filled)) < len(filled):
        joined = _joined(above, names)
        if len(set(joined)) == len(joined):
            names = joined
    return _with_name_of_index(names, after)


def _known(names: Row) -> int:
    """How many names are known words."""
    return sum(is_axis(name) or meaning_of(name).role != "unknown" for name in names if name)


def _joined(groups: Row, names: Row) -> tuple[str, ...]:
    """Each name below its group; a group's name may stand above its first column only."""
    joined, group = [], ""
    for above, name in zip(groups, names, strict=True):
        group = above or group
        joined.append(f"{group}/{name}" if group and name else name or group)
    return tuple(joined)


def _with_name_of_index(names: tuple[str, ...], after: Sequence[Row]) -> tuple[str, ...]:
    """A row with nothing but its first cell names the index."""
    lone = next((row[0] for row in after if row and row[0] and not any(row[1:])), "")
    return (lone, *names[1:]) if lone and not names[0] else names


def with_index(names: tuple[str, ...], rows: Sequence[Row]) -> tuple[str, ...]:
    """The names with an empty one in front where each row begins with a number of its own (``DataFrame.to_string``).

    Without it every column would bear its neighbour's name.
    """
    wider = [row for row in rows if len(row) == len(names) + 1 and row[-1]]
    if len(wider) < max(INDEX_ROWS, len(rows) - 1) or not _counts([row[0] for row in wider]):
        return names
    if is_axis(names[0]) and not _counts([row[1] for row in wider]):  # then the first column is that axis
        return names
    return ("", *names)


def _counts(cells: Sequence[str]) -> bool:
    """Whether cells are whole numbers, each one more than the one before."""
    plain = [cell.strip('"') for cell in cells]
    if not all(cell.isascii() and cell.isdigit() and len(cell) < 19 for cell in plain):
        return False
    numbers = [int(cell) for cell in plain]
    return all(b == a + 1 for a, b in pairwise(numbers))

"""Labels after somebody has looked at the pictures, over the ones expected when a training was written down."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.lab.base import Configuration
from benchmarks.lab.labels import words


def looked_at(expected: tuple[Configuration, ...], seen: dict[str, str | None]) -> tuple[Configuration, ...]:
    """The configurations with ``seen``: name → "first … | also … | excused …" (slugs), or None for a dropped one.

    Raises ValueError for a name that is not among the expected ones.
    """
    if unknown := seen.keys() - {c.name for c in expected}:
        raise ValueError(f"no such configurations: {sorted(unknown)}")
    kept = []
    for c in expected:
        labels = seen.get(c.name, "")
        if labels is not None:
            first, also, excused = (words(part) for part in (labels + " |  | ").split("|")[:3])
            kept.append(replace(c, first=first or c.first, also=also or c.also, excused=excused or c.excused))
    return tuple(kept)

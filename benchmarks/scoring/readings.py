"""What readers of the anonymous pictures named (``benchmarks/lab/readings.csv``): a label that they miss has no trace.

A line is ``reader,family/configuration/seed,slugs``: the reader's first diagnosis, then what else he held possible.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.lab.base import HEALTHY
from benchmarks.scoring.cases import Case
from benchmarks.scoring.doctors import Answer, Said

FILE = Path(__file__).parent.parent / "lab" / "readings.csv"
ENOUGH = 2  # readers who must have missed a label before it counts as without a trace


@dataclass(frozen=True)
class Reading:
    reader: str
    run: str
    slugs: tuple[str, ...]


@cache
def readings() -> tuple[Reading, ...]:
    """Every stored reading."""
    with FILE.open() as stream:
        return tuple(Reading(reader, run, tuple(slugs.split())) for reader, run, slugs in csv.reader(stream))


def traceless(cases: Sequence[Case]) -> frozenset[str]:
    """Groups of ill cases of which at least two readers looked at a run and none named an accepted first."""
    by_group: dict[str, list[bool]] = defaultdict(list)
    first = {case.group: case.first for case in cases if case.first and HEALTHY not in case.first}
    for reading in readings():
        group = reading.run.rsplit("/", 1)[0]
        if group in first:
            by_group[group].append(bool(first[group] & set(reading.slugs)))
    return frozenset(group for group, named in by_group.items() if len(named) >= ENOUGH and not any(named))


def answers(cases: Sequence[Case]) -> list[tuple[Case, Answer]]:
    """The first reading of each run as if it were a doctor's: an alarm is what was named first."""
    by_id = {case.id: case for case in cases}
    seen: dict[str, tuple[Case, Answer]] = {}
    for reading in readings():
        if reading.run in by_id and reading.run not in seen:
            named = () if reading.slugs[0] == HEALTHY else reading.slugs
            said = tuple(Said(frozenset({slug}), alarm=not i) for i, slug in enumerate(named))
            seen[reading.run] = by_id[reading.run], Answer(said)
    return list(seen.values())

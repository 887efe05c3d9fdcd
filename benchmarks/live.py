"""False alarms while watching: ``python -m benchmarks.live [PART]`` replays the laboratory's healthy logs.

Each healthy run is given to a LiveDoctor record by record with a look every twentieth of its length, as a watcher with
time to spare would, and what is told is counted: diagnoses at warning or above per watched run. The ill runs beside
them say how often, and how far into the run, something was told before the end.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.lab.base import all_families
from benchmarks.lab.store import load
from nn_doctor import LiveDoctor

if TYPE_CHECKING:
    from benchmarks.lab.base import Configuration
    from benchmarks.lab.store import Stored

LOOKS = 20


def watched(run: Stored, configuration: Configuration) -> list[tuple[str, str, float]]:
    """(code, severity, share of the run that had passed) of everything told."""
    doctor = LiveDoctor(params=dict(configuration.params), **configuration.options)
    told = []
    every = max(1, len(run.records) // LOOKS)
    for i, record in enumerate(run.records, start=1):
        doctor.add(record)
        if i % every == 0:
            new = doctor.look(now=True)
            told += [(t.diagnosis.code, t.diagnosis.severity, i / len(run.records)) for t in new]
    return told


def main(part: str = "judging") -> None:
    healthy = ill = alarmed = helped = 0
    alarms: Counter[str] = Counter()
    early: list[float] = []
    for family in all_families().values():
        if family.part != part:
            continue
        by_name = {c.name: c for c in family.configurations}
        for run in load(family.name):
            configuration = by_name.get(run.configuration)
            if configuration is None:
                continue
            grave = [t for t in watched(run, configuration) if t[1] != "note"]
            if configuration.healthy:
                healthy += 1
                alarmed += bool(grave)
                alarms.update(t[0] for t in grave)
                if grave:
                    print(f"alarm  {run.configuration}/{run.seed}: {grave}")
            else:
                ill += 1
                helped += bool(grave)
                early += [grave[0][2]] if grave else []
    print(f"{part}: {healthy} healthy runs watched, {alarmed} with an alarm ({alarms}), {sum(alarms.values())} alarms")
    middle = sorted(early)[len(early) // 2] if early else float("nan")
    print(f"{ill} ill runs, something told of {helped}, at the median after {middle:.0%} of the run")


if __name__ == "__main__":
    main(*sys.argv[1:2])

"""Tell a diagnosis of an unfinished run once, and only when it has lasted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nn_doctor.report.model import SEVERITIES

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Report, RunReport

LOOKS = 3
GROWTH = 1.1
"""A diagnosis is told when it stood in LOOKS looks in a row, the last at GROWTH times the points of the first."""


@dataclass(slots=True)
class _Sighting:
    looks: int
    points: int


@dataclass(slots=True)
class _Watched:
    """What is known of one run: its size at the last look, what stands for how long, what was told how severe."""

    points: int = 0
    standing: dict[str, _Sighting] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A diagnosis that has proved to last, with the run it is of."""

    run: RunReport
    diagnosis: Diagnosis


class Confirmer:
    """Remembers what earlier looks said of each run, by the run's id."""

    def __init__(self, looks: int = LOOKS, growth: float = GROWTH) -> None:
        self._looks, self._growth = looks, growth
        self._runs: dict[str, _Watched] = {}

    def look(self, report: Report) -> list[Told]:
        """What this look confirms, ranked as in the report; a diagnosis comes again only if it has become graver.

        A look without a new point changes nothing; a run that has become shorter is another run.
        """
        return [told for run in report.runs for told in self._of_run(run)]

    def _of_run(self, run: RunReport) -> list[Told]:
        points = points_of(run)
        known = self._runs.setdefault(run.run.id, _Watched())
        if points < known.points:
            known = self._runs[run.run.id] = _Watched()
        if points == known.points:
            return []
        known.points = points
        known.standing = {code: _again(known.standing.get(code), points) for code in (d.code for d in run.diagnoses)}
        new = [d for d in run.diagnoses if self._lasts(known.standing[d.code], points) and _is_graver(d, known)]
        known.told.update({d.code: SEVERITIES.index(d.severity) for d in new})
        return [Told(run, diagnosis) for diagnosis in new]

    def _lasts(self, seen: _Sighting, points: int) -> bool:
        return seen.looks >= self._looks and points >= self._growth * seen.points


def _again(before: _Sighting | None, points: int) -> _Sighting:
    return _Sighting(before.looks + 1, before.points) if before else _Sighting(1, points)


def _is_graver(diagnosis: Diagnosis, known: _Watched) -> bool:
    return SEVERITIES.index(diagnosis.severity) > known.told.get(diagnosis.code, -1)


def points_of(run: RunReport) -> int:
    """The length of a run: that of its longest curve."""
    return max((len(series) for series in run.run.series), default=0)

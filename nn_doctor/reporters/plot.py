"""The figure of ``nn-doctor plot``: the judging curves of a run, the series asked for, or several runs together."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nn_doctor.errors import ConfigError
from nn_doctor.reporters.drawing.figure import Figure, figure_of
from nn_doctor.reporters.drawing.panels import Member, Panel, groups_of, main_group, members_of, panel_of, title_of
from nn_doctor.reporters.drawing.theme import DASHES
from nn_doctor.reporters.drawing.words import describe
from nn_doctor.reporters.failures import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Report, RunReport
    from nn_doctor.series.model import Series

PANELS = 12
"""At most so many pictures under each other."""
RUNS = 16
"""At most so many runs in one picture; they repeat the eight lines of the theme."""
POINTS = 800


def figure(
    report: Report,
    runs: Sequence[str] = (),
    names: Sequence[str] = (),
    width: float = 800,
    scale: str = "auto",
    title: str | None = None,
    bare: bool = False,
) -> Figure:
    """What to draw of a report; ``runs`` and ``names`` choose by name or glob.

    Raises ConfigError where they choose nothing, or the runs hold nothing that can be drawn.
    """
    chosen = _runs(report, runs)
    if len(chosen) == 1:
        panels = _one(chosen[0], names, scale, bare)
        heading, said = place(chosen[0], report), _said(chosen[0])
    else:
        panels = _several(chosen, report, names, scale)
        heading, said = f"{len(chosen)} runs", ("tick", "")
        if len(chosen) > RUNS:
            said = ("tick", f"the first {RUNS} of {len(chosen)} runs (--run chooses)")
    if not panels:
        raise ConfigError(f"{heading}: nothing to draw (nn-doctor series lists what the log holds)")
    words = " ".join(map(describe, panels))
    return figure_of(panels, width, heading if title is None else title, said, words, bare)


def _runs(report: Report, wanted: Sequence[str]) -> list[RunReport]:
    if not wanted:
        return list(report.runs)
    chosen = [r for r in report.runs if any(_meant(r.run.name, w) or _meant(r.run.id, w) for w in wanted)]
    if not chosen:
        known = ", ".join(r.run.name for r in report.runs[:8])
        raise ConfigError(f"--run {wanted[0]}: no such run (there are: {known})")
    return chosen


def _meant(name: str, wanted: str) -> bool:
    return name == wanted or fnmatchcase(name, wanted)


def _named(report: RunReport, names: Sequence[str]) -> list[Series]:
    """The series asked for, in the order asked; raises ConfigError for a name that is not there."""
    found: list[Series] = []
    for wanted in names:
        hits = [s for s in report.run.series if _meant(s.name, wanted)]
        if not hits:
            known = ", ".join(s.name for s in report.run.series[:12])
            raise ConfigError(f"--series {wanted}: no such curve in {report.run.name} (there are: {known})")
        found += [s for s in hits if s not in found]
    return found


def _one(report: RunReport, names: Sequence[str], scale: str, bare: bool) -> list[Panel]:
    run = report.run
    groups = [main_group(run)]
    if names:
        asked = _named(report, names)
        groups = [g for group in groups_of(run) if (g := [s for s in group if s in asked])]
    marked = () if bare else report.diagnoses
    made = [
        panel_of(title_of(g), members_of(run, g), marked, POINTS, scale, marked=not bare) for g in groups[:PANELS] if g
    ]
    return [panel for panel in made if panel is not None]


def _several(chosen: Sequence[RunReport], report: Report, names: Sequence[str], scale: str) -> list[Panel]:
    """One panel a quantity (the judging validation curve, or the series asked for), one line a run."""
    groups: dict[str, list[Member]] = {}
    for i, one in enumerate(chosen[:RUNS]):
        series = _present(one, names) if names else _judging(one)
        for s in series:
            label = one.run.name if len({r.run.name for r in chosen}) == len(chosen) else place(one, report)
            groups.setdefault(s.name if names else s.metric, []).append(
                Member(one.run, s, label, f"run{i % len(DASHES)}")
            )
    made = [panel_of(title, members, (), POINTS, scale, marked=False) for title, members in groups.items()]
    return [panel for panel in made[:PANELS] if panel is not None]


def _present(report: RunReport, names: Sequence[str]) -> list[Series]:
    return [s for s in report.run.series if any(_meant(s.name, w) for w in names)]


def _judging(report: RunReport) -> list[Series]:
    goals = report.run.objective
    best = goals.val or goals.train
    return [best] if best is not None else main_group(report.run)[:1]


def _said(report: RunReport) -> tuple[str, str]:
    """The first diagnosis as (ink, text), else the verdict."""
    if not report.diagnoses:
        return "tick", report.verdict
    first = report.diagnoses[0]
    more = len(report.diagnoses) - 1
    rest = f", and {more} more" if more else ""
    sure = f"{first.code}, {round(100 * first.confidence)} % sure"
    return f"text-{first.severity}", f"{first.severity}: {first.slug.replace('-', ' ')} ({sure}){rest}"

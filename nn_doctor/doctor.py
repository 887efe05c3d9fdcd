"""The pipeline: paths → runs → outcomes → Report. No printing, no reading of configuration."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from nn_doctor import finder, reading
from nn_doctor.catalogue import pages
from nn_doctor.catalogue.examine import Selection, examine_run
from nn_doctor.catalogue.triage import settle, verdict_of
from nn_doctor.errors import ReadError
from nn_doctor.gate import exit_code, gated
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.packed.archive import MemberPath
from nn_doctor.parsers.packed.opening import source_of
from nn_doctor.parsers.registry import choose
from nn_doctor.pool import mapped
from nn_doctor.report.model import ReadFailure, Report, RunReport
from nn_doctor.series.channel import Note
from nn_doctor.series.twice import copies
from nn_doctor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nn_doctor.parsers.layouts.base import Bundle
    from nn_doctor.pool import Progress
    from nn_doctor.series.model import Run

__all__ = ["Reading", "Settings", "examine", "read_runs", "report_on"]

STDIN = "-"


@dataclass
class Reading:
    """Runs, what could not be read, and notes that concern no run."""

    runs: list[Run] = field(default_factory=list)
    failures: list[ReadFailure] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: a bundle, or the bytes of a pipe (``where``). ``named``: the user named this very file."""

    bundle: Bundle | None = None
    named: bool = False
    given: bytes = b""
    where: str = STDIN

    def is_portable(self) -> bool:
        """Whether another process can do it: members of an archive and standard input are in this one's memory."""
        return self.bundle is not None and not any(isinstance(m.path, MemberPath) for m in self.bundle.members)


@dataclass
class Part:
    """What came of a task; ``reports`` stays empty where nothing was to be judged."""

    reading: Reading
    reports: list[RunReport] = field(default_factory=list)


def read_runs(paths: Sequence[str], settings: Settings, stdin: bytes | None = None) -> Reading:
    """Every run behind the paths; ``stdin`` is the content for the path "-". Raises ConfigError only."""
    found = _gather(paths, stdin, lambda tasks: (Part(_read(task, settings)) for task in tasks)).reading
    found.runs = reading.with_unique_ids(found.runs)
    return found


def examine(
    paths: Sequence[str],
    settings: Settings,
    stdin: bytes | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Report:
    """The whole answer for some paths. Raises ConfigError only.

    ``jobs`` processes work side by side (the answer is the same); ``progress(done, total)`` is told after each file.
    """
    work = partial(_examined, settings)
    found = _gather(paths, stdin, lambda tasks: mapped(work, tasks, jobs, progress, Task.is_portable))
    runs = reading.with_unique_ids([report.run for report in found.reports])
    reports = [replace(report, run=run) for report, run in zip(found.reports, runs, strict=True)]
    return _report(reports, found.reading, settings)


def _examined(settings: Settings, task: Task) -> Part:
    """A task read and judged; runs in worker processes too."""
    found = _read(task, settings)
    part = Part(found, [_judge(run, settings) for run in found.runs])
    found.runs = []
    return part


def _gather(paths: Sequence[str], stdin: bytes | None, work: Callable[[list[Task]], Iterable[Part]]) -> Part:
    """The tasks behind all paths done in order, their results joined; a path that gave nothing is a failure."""
    plans = [_plan(path, stdin) for path in paths]
    parts = iter(work([task for tasks, _, _ in plans for task in tasks]))
    total = Part(Reading())
    for path, (tasks, notes, error) in zip(paths, plans, strict=True):
        total.reading.notes += notes
        done = [next(parts) for _ in tasks]
        if len(tasks) > 1:
            total.reading.notes += _once(done)
        for part in done:
            total.reports += part.reports
            total.reading.runs += part.reading.runs
            total.reading.failures += part.reading.failures
            total.reading.notes += part.reading.notes
        if not error and not any(part.reports or part.reading.runs or part.reading.failures for part in done):
            error = ReadError(path, "no training log found in it", "nn-doctor formats lists what is read")
        if error:
            total.reading.failures.append(_failure(error))
    return total


def _once(parts: list[Part]) -> list[Note]:
    """Takes out of the parts of a folder the runs that another of its files tells as well; a Note for each."""
    found = copies([*(r.run for part in parts for r in part.reports), *(r for p in parts for r in p.reading.runs)])
    gone = {id(copy) for copy, _ in found}
    for part in parts if gone else ():
        part.reports = [report for report in part.reports if id(report.run) not in gone]
        part.reading.runs = [run for run in part.reading.runs if id(run) not in gone]
    return [Note(f"{copy.file}: the same curve as in {original.file}, left out") for copy, original in found]


def _plan(path: str, stdin: bytes | None) -> tuple[list[Task], list[Note], ReadError | None]:
    """The tasks behind one path, notes made while looking, and why there are none."""
    try:
        data = stdin if path == STDIN and stdin is not None else finder.piped(path)
        archive = None if data is None else finder.find_given(data, path)
        if data is not None and archive is None:
            return [Task(given=data, where=path)], [], None
        found = archive or finder.find(path)
    except ReadError as error:
        return [], [], error
    tasks = [Task(bundle, named) for bundle, named in zip(found.bundles, found.named, strict=True)]
    return tasks, found.notes, None


def _failure(error: ReadError) -> ReadFailure:
    """The error with its WHERE in a field of its own."""
    return ReadFailure(error.where, f"{error.why} ({error.hint})" if error.hint else error.why)


def _read(task: Task, settings: Settings) -> Reading:
    """The runs of a task; in a folder only what a parser is sure of, the rest being Notes."""
    if task.bundle is not None:
        return _read_bundle(task.bundle, task.named, settings)
    here = settings.at(task.where)
    try:
        runs = reading.read_bytes(task.given, task.where, here.parser, ReadOptions(here.x), here.series_options())
    except ReadError as error:
        return Reading(failures=[_failure(error)])
    return Reading(runs)


def _read_bundle(bundle: Bundle, named: bool, settings: Settings) -> Reading:
    where = str(bundle.members[0].path if len(bundle.members) == 1 else bundle.folder)
    match = Match.NO
    if bundle.left_out and not named:
        return Reading(notes=[Note(f"{where}: {bundle.left_out}")])
    here = settings.at(where)
    try:
        if not named:
            match = _certainty(bundle)
            if match < Match.SHAPE:
                return Reading(notes=[Note(f"{where}: no parser claims it")])
        return Reading(reading.read_bundle(bundle, here.parser, ReadOptions(here.x), here.series_options()))
    except ReadError as error:
        if named or (match is Match.SIGNATURE and not bundle.loose):
            return Reading(failures=[_failure(error)])
        return Reading(notes=[Note(str(error))])


def _certainty(bundle: Bundle) -> Match:
    """How sure a parser is of a bundle: of its first member that one recognises."""
    sources = (source_of(member.path, head_only=True) for member in bundle.members)
    matches = (choose(source.head)[1] if source.size else Match.NO for source in sources)
    return next((match for match in matches if match >= Match.SHAPE), Match.NO)


def report_on(found: Reading, settings: Settings) -> Report:
    """The answer for runs already read."""
    return _report([_judge(run, settings) for run in found.runs], found, settings)


def _report(reports: Sequence[RunReport], found: Reading, settings: Settings) -> Report:
    runs = tuple(gated(report, settings) for report in reports)
    return Report(
        runs=runs,
        errors=tuple(found.failures),
        notes=tuple(found.notes),
        rules=_pages(d.code for run in runs for d in run.diagnoses),
        settings=_said(settings),
        exit_code=exit_code(runs, bool(found.failures)),
    )


def _said(settings: Settings) -> dict[str, object]:
    """What the report tells of the settings."""
    return {
        "fail_on": settings.fail_on,
        "min_confidence": settings.min_confidence,
        "gate_confidence": settings.gate_confidence,
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "severities": dict(settings.severities),
        "thresholds": dict(settings.limits),
        "known": settings.known is not None,
    }


def selection_of(settings: Settings) -> Selection:
    """What the rules are told of the settings that hold for a run."""
    said = replace(settings.expectation, params=settings.params)
    return Selection(settings.select, settings.ignore, said, settings.limits, settings.severities, settings.live)


def _judge(run: Run, settings: Settings) -> RunReport:
    here = settings.at(run.source)
    found, notes = examine_run(run, selection_of(here))
    outcomes, diagnoses = settle(found, here.min_confidence)
    return RunReport(
        replace(run, notes=(*run.notes, *notes)) if notes else run, verdict_of(outcomes, diagnoses), diagnoses, outcomes
    )


def _pages(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    found = (pages.page(code) for code in sorted(set(codes)))
    return {p.code: {"slug": p.slug, "title": p.title, "page": p.text} for p in found}

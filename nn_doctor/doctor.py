"""The pipeline: paths → runs → outcomes → Report. No printing, no reading of configuration."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nn_doctor import finder, reading
from nn_doctor.catalogue import pages
from nn_doctor.catalogue.base import Expectation
from nn_doctor.catalogue.examine import Selection, examine_run
from nn_doctor.catalogue.triage import settle, verdict_of
from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.packed.opening import source_of
from nn_doctor.parsers.registry import choose
from nn_doctor.report.model import SEVERITIES, ReadFailure, Report, RunReport
from nn_doctor.series.build import SeriesOptions
from nn_doctor.series.channel import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nn_doctor.finder import Found
    from nn_doctor.parsers.layouts.base import Bundle
    from nn_doctor.report.model import Diagnosis
    from nn_doctor.series.model import Run

STDIN = "-"


@dataclass(frozen=True)
class Settings:
    """Everything that changes an answer; the command line's options by the same names."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    gate_confidence: float = 0.8
    fail_on: str = "warning"
    parser: str | None = None
    maps: tuple[str, ...] = ()
    objective: str | None = None
    x: str | None = None
    x_from: float | None = None
    x_to: float | None = None
    restarts: str = "auto"
    params: dict[str, object] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    expectation: Expectation = field(default_factory=Expectation)

    def series_options(self) -> SeriesOptions:
        """What of the settings concerns names and axes."""
        return SeriesOptions(
            maps=self.maps,
            objective=self.objective,
            restarts=self.restarts,
            x_from=self.x_from,
            x_to=self.x_to,
            batches_per_epoch=self.expectation.batches_per_epoch,
            params=self.params,
        )


@dataclass
class Reading:
    """Runs, what could not be read, and notes that concern no run."""

    runs: list[Run] = field(default_factory=list)
    failures: list[ReadFailure] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_runs(paths: Sequence[str], settings: Settings, stdin: bytes | None = None) -> Reading:
    """Every run behind the paths; ``stdin`` is the content for the path "-". Raises ConfigError only."""
    result = Reading()
    for path in paths:
        try:
            if path == STDIN and stdin is not None:
                _read_stdin(stdin, settings, result)
            else:
                _read_found(finder.find(path), path, settings, result)
        except ReadError as error:
            result.failures.append(ReadFailure(error.where, _without(error)))
    result.runs = reading.with_unique_ids(result.runs)
    return result


def _without(error: ReadError) -> str:
    """The message without its WHERE, which the report keeps in a field of its own."""
    return f"{error.why} ({error.hint})" if error.hint else error.why


def _read_stdin(data: bytes, settings: Settings, result: Reading) -> None:
    found = finder.find_given(data, STDIN)
    if found is not None:
        _read_found(found, STDIN, settings, result)
        return
    options = ReadOptions(settings.x)
    result.runs += reading.read_bytes(data, STDIN, settings.parser, options, settings.series_options())


def _read_found(found: Found, path: str, settings: Settings, result: Reading) -> None:
    """Read one path into ``result``; in a folder only what a parser is sure of, the rest being Notes."""
    result.notes += found.notes
    before = len(result.runs), len(result.failures)
    for bundle, named in zip(found.bundles, found.named, strict=True):
        _read_bundle(bundle, named, settings, result)
    if (len(result.runs), len(result.failures)) == before:
        raise ReadError(path, "no training log found in it", "nn-doctor formats lists what is read")


def _read_bundle(bundle: Bundle, named: bool, settings: Settings, result: Reading) -> None:
    where = str(bundle.members[0].path if len(bundle.members) == 1 else bundle.folder)
    match = Match.NO
    if bundle.left_out and not named:
        result.notes.append(Note(f"{where}: {bundle.left_out}"))
        return
    try:
        if not named:
            match = _certainty(bundle)
            if match < Match.SHAPE:
                result.notes.append(Note(f"{where}: no parser claims it"))
                return
        options = ReadOptions(settings.x)
        result.runs += reading.read_bundle(bundle, settings.parser, options, settings.series_options())
    except ReadError as error:
        if named or (match is Match.SIGNATURE and not bundle.loose):
            result.failures.append(ReadFailure(error.where, _without(error)))
        else:
            result.notes.append(Note(str(error)))


def _certainty(bundle: Bundle) -> Match:
    """How sure a parser is of a bundle: of its first member that one recognises."""
    sources = (source_of(member.path, head_only=True) for member in bundle.members)
    matches = (choose(source.head)[1] if source.size else Match.NO for source in sources)
    return next((match for match in matches if match >= Match.SHAPE), Match.NO)


def examine(paths: Sequence[str], settings: Settings, stdin: bytes | None = None) -> Report:
    """The whole answer for some paths. Raises ConfigError only."""
    found = read_runs(paths, settings, stdin)
    return report_on(found, settings)


def report_on(found: Reading, settings: Settings) -> Report:
    """The answer for runs already read."""
    said = replace(settings.expectation, params=settings.params)
    selection = Selection(settings.select, settings.ignore, said, settings.limits)
    runs = tuple(_gated(_judge(run, selection, settings.min_confidence), settings) for run in found.runs)
    failures = list(found.failures)
    return Report(
        runs=runs,
        errors=tuple(failures),
        notes=tuple(found.notes),
        rules=_pages(d.code for run in runs for d in run.diagnoses),
        settings={"fail_on": settings.fail_on, "select": list(settings.select), "ignore": list(settings.ignore)},
        exit_code=exit_code(runs, bool(failures)),
    )


def _judge(run: Run, selection: Selection, min_confidence: float) -> RunReport:
    outcomes, diagnoses = settle(examine_run(run, selection), min_confidence)
    return RunReport(run, verdict_of(outcomes, diagnoses), diagnoses, outcomes)


def _pages(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    found = (pages.page(code) for code in sorted(set(codes)))
    return {p.code: {"slug": p.slug, "title": p.title, "page": p.text} for p in found}


def _gated(run: RunReport, settings: Settings) -> RunReport:
    """The run with each diagnosis told whether it counts for the exit code."""
    return replace(run, diagnoses=tuple(replace(d, gates=_gates(d, settings)) for d in run.diagnoses))


def _gates(diagnosis: Diagnosis, settings: Settings) -> bool:
    """Whether a diagnosis stands at or above ``fail_on`` with the gate's confidence."""
    if settings.fail_on == "never" or diagnosis.known:
        return False
    severe = SEVERITIES.index(diagnosis.severity) >= SEVERITIES.index(settings.fail_on)
    return severe and diagnosis.confidence >= settings.gate_confidence


def exit_code(runs: Sequence[RunReport], failed: bool) -> int:
    """2 if the answer is incomplete, else 1 if a diagnosis gates, else 0."""
    if failed or any(o.status == "error" for run in runs for o in run.outcomes):
        return 2
    return int(any(d.gates for run in runs for d in run.diagnoses))

"""Evidence, Diagnosis, Outcome, RunReport, Report: what the catalogue says and reporters show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nn_doctor.series.channel import Note
    from nn_doctor.series.model import Run

Severity = Literal["note", "warning", "critical"]
Verdict = Literal["healthy", "note", "warning", "critical", "unjudged"]
Status = Literal["fired", "clear", "not_applicable", "error"]
SEVERITIES: tuple[Severity, ...] = ("note", "warning", "critical")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the x axis: ``axis`` is "step", "epoch", "time" or "row"."""

    axis: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One plain sentence with the number that shows it, and the threshold that number was held against."""

    text: str
    series: str | None = None
    span: Span | None = None
    measured: float | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing the doctor says of a run. ``because_of`` is the code of the diagnosis that explains it.

    ``known`` says that the report of before (``--known``) had it already, no less severe; ``gates`` that it counts
    for the exit code: at or above ``--fail-on`` with the gate's confidence, and not known.
    """

    code: str
    slug: str
    severity: Severity
    default_severity: Severity
    confidence: float
    summary: str
    evidence: tuple[Evidence, ...] = ()
    causes: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    span: Span | None = None
    calibrated: bool = False
    because_of: str | None = None
    known: bool = False
    gates: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one rule ended on one run; ``measured`` holds its numbers whatever the outcome."""

    code: str
    slug: str
    status: Status
    reason: str = ""
    measured: dict[str, float] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run with its ranked diagnoses and the outcome of every rule."""

    run: Run
    verdict: Verdict
    diagnoses: tuple[Diagnosis, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A path that could not be read, and why, in one line."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole answer; the JSON report is its complete serialisation.

    ``notes`` concern no run (files that no parser claimed). ``rules`` maps each code mentioned to its
    slug, title and manual page. ``settings`` is what was in force (fail_on, select, ignore …).
    """

    runs: tuple[RunReport, ...]
    errors: tuple[ReadFailure, ...] = ()
    notes: tuple[Note, ...] = ()
    rules: dict[str, dict[str, str]] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    exit_code: int = 0

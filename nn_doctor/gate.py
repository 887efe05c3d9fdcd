"""What counts for the exit code: severity, confidence, and what a report of before already had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nn_doctor.errors import ConfigError
from nn_doctor.report.model import SEVERITIES
from nn_doctor.reporters.places import run_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nn_doctor.report.model import Diagnosis, RunReport, Severity
    from nn_doctor.settings import Settings

    Known = dict[tuple[str, str], tuple[Severity, float]]

NEVER = "never"


def gated(run: RunReport, settings: Settings) -> RunReport:
    """The run with each diagnosis told whether it is known and whether it counts for the exit code."""
    here = settings.at(run.run.source)
    key = run_key(run.run.id, run.run.source)
    return replace(run, diagnoses=tuple(_judged(d, key, here) for d in run.diagnoses))


def _judged(diagnosis: Diagnosis, key: str, settings: Settings) -> Diagnosis:
    known = _is_known(diagnosis, key, settings)
    return replace(diagnosis, known=known, gates=not known and _counts(diagnosis, settings))


def _counts(diagnosis: Diagnosis, settings: Settings) -> bool:
    """Whether a diagnosis stands at or above ``fail_on`` with the gate's confidence."""
    if settings.fail_on == NEVER:
        return False
    severe = SEVERITIES.index(diagnosis.severity) >= SEVERITIES.index(settings.fail_on)
    return severe and diagnosis.confidence >= settings.gate_confidence


def _is_known(diagnosis: Diagnosis, key: str, settings: Settings) -> bool:
    """Whether the report of before had it, no less severe, and no less sure as far as the gate is concerned."""
    before = (settings.known or {}).get((key, diagnosis.code))
    if before is None:
        return False
    severity, confidence = before
    worse = SEVERITIES.index(diagnosis.severity) > SEVERITIES.index(severity)
    surer = confidence < settings.gate_confidence <= diagnosis.confidence
    return not (worse or surer)


def exit_code(runs: Sequence[RunReport], failed: bool) -> int:
    """2 if the answer is incomplete, else 1 if a diagnosis gates, else 0."""
    if failed or any(o.status == "error" for run in runs for o in run.outcomes):
        return 2
    return int(any(d.gates for run in runs for d in run.diagnoses))


def load_known(file: str) -> Known:
    """The diagnoses of a JSON report of before, by run and code; raises ConfigError."""
    import json

    try:
        report = json.loads(Path(file).read_bytes())
    except OSError as error:
        raise ConfigError(
            f"{file}: {error.strerror or 'cannot be read'} (the report of before, for --known)"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: is no JSON report ({_MAKE})") from error
    try:
        return dict(_entries(report))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ConfigError(f"{file}: is no nn-doctor report of schema_version 1 ({_MAKE})") from error


_MAKE = "--report json:FILE makes one for --known"


def _entries(report: Any) -> Iterator[tuple[tuple[str, str], tuple[Severity, float]]]:
    """Raises KeyError, TypeError, AttributeError or ValueError where the document is of another kind."""
    if report["schema_version"] != 1:
        raise ValueError
    for run in report["runs"]:
        key = run_key(run["id"], run["source"])
        for diagnosis in run["diagnoses"]:
            severity = SEVERITIES[SEVERITIES.index(diagnosis["severity"])]
            yield (key, str(diagnosis["code"])), (severity, float(diagnosis["confidence"]))

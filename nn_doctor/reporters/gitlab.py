"""GitLab's code quality report: a JSON array of the fields GitLab reads.

GitLab compares the fingerprints of two branches itself: they are made of the run and the code, so that a finding
whose numbers moved is the same finding.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nn_doctor import safe
from nn_doctor.reporters.failures import failed_rules, place
from nn_doctor.reporters.places import fingerprint, line_of, ranked, relative, run_key
from nn_doctor.reporters.words import sure

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Report, RunReport

SEVERITIES = {"critical": "critical", "warning": "major", "note": "info"}
DESCRIPTION_LIMIT = 1000


def render(report: Report) -> str:
    """The array, pure ASCII, ending in a line feed."""
    issues = [_failure(error.source, error.message) for error in report.errors]
    issues += [
        _issue(f"rule-failed-{failed.code}", "blocker", f"rule {failed.code} failed: {failed.reason}", run, 1)
        for run, failed in failed_rules(report)
    ]
    issues += [_diagnosis(run, diagnosis, report) for run, diagnosis in ranked(report.runs)]
    return safe.json_text(json.dumps(_distinct(issues), ensure_ascii=True, indent=1)) + "\n"


def _diagnosis(run: RunReport, diagnosis: Diagnosis, report: Report) -> dict[str, Any]:
    text = f"{place(run, report)}: {diagnosis.summary} ({diagnosis.slug.replace('-', ' ')}, {sure(diagnosis)})"
    severity = "info" if diagnosis.known else SEVERITIES[diagnosis.severity]
    return _issue(diagnosis.code, severity, text, run, line_of(run.run, diagnosis) or 1)


def _issue(name: str, severity: str, text: str, run: RunReport, line: int) -> dict[str, Any]:
    path = relative(run.run.file or run.run.source)
    return _entry(name, severity, text, path, line, fingerprint(run_key(run.run.id, run.run.source), name))


def _failure(source: str, message: str) -> dict[str, Any]:
    path = relative(source)
    return _entry("not-read", "blocker", f"{source}: {message}", path, 1, fingerprint(path, "not-read"))


def _entry(name: str, severity: str, text: str, path: str, line: int, print_: str) -> dict[str, Any]:
    return {
        "description": safe.one_line(text, DESCRIPTION_LIMIT),
        "check_name": name,
        "fingerprint": print_,
        "severity": severity,
        "location": {"path": safe.printable(path), "lines": {"begin": line}},
    }


def _distinct(issues: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """GitLab wants each fingerprint once: a repeated one (a path given twice) is numbered."""
    seen: dict[str, int] = {}
    for issue in issues:
        own = issue["fingerprint"]
        seen[own] = seen.get(own, 0) + 1
        if seen[own] > 1:
            issue["fingerprint"] = fingerprint(own, str(seen[own]))
    return issues

"""Markdown for a comment on a pull request or the summary of a job: a table of runs, then the findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor import safe
from nn_doctor.reporters.failures import failed_rules, place
from nn_doctor.reporters.places import ranked
from nn_doctor.reporters.words import sure, tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nn_doctor.report.model import Diagnosis, Report, RunReport

LIMIT = 60_000
"""Characters; GitHub refuses a comment over 65,536. What does not fit is counted at the end."""
NAME_LIMIT = 200
SIGNS = {"critical": "❌", "warning": "⚠️", "note": "💬", "healthy": "✅", "unjudged": "❔"}
ORDER = tuple(SIGNS)
_LEADING = re.compile(r"^(\d*)([-+=.)])")


def render(report: Report) -> str:
    """The report, worst run first; cut between runs at LIMIT characters."""
    runs = sorted(report.runs, key=lambda run: ORDER.index(run.verdict))
    pieces = [f"## nn-doctor: {_text(tally(report))}\n", *_failures(report)]
    pieces += _fitting(_table(runs, report), LIMIT // 3, "runs")
    pieces += _fitting((_run(run, report) for run in runs if run.diagnoses), LIMIT // 2, "runs with findings")
    return "".join(pieces)


def _fitting(pieces: Iterable[str], room: int, what: str) -> list[str]:
    """As many pieces as there is room for, and how many were left out."""
    kept, left = [], 0
    for piece in pieces:
        room -= len(piece)
        if room >= 0 and not left:
            kept.append(piece)
        else:
            left += 1
    return [*kept, f"\n… and {left} more {what}\n"] if left else kept


def _text(text: str) -> str:
    """Text from a log or a rule: plain words, also at the beginning of a list item."""
    return _LEADING.sub(r"\1\\\2", safe.markdown(safe.one_line(text).strip())) or "…"


def _name(run: RunReport, report: Report) -> str:
    return safe.markdown(safe.one_line(place(run, report), NAME_LIMIT).strip()) or "(no name)"


def _failures(report: Report) -> list[str]:
    """What could not be read, and rules that failed."""
    lines = [f"- not read: {_text(error.source)}: {_text(error.message)}\n" for error in report.errors]
    lines += [f"- {_name(run, report)}: rule {o.code} failed: {_text(o.reason)}\n" for run, o in failed_rules(report)]
    return ["\n", *_fitting(lines, LIMIT // 10, "failures")] if lines else []


def _table(runs: list[RunReport], report: Report) -> list[str]:
    """One row a run: its verdict and the first finding."""
    if not runs:
        return []
    lines = ["\n| run | verdict | first finding |\n|---|---|---|\n"]
    for run in runs:
        first = _title(run.diagnoses[0]) if run.diagnoses else ""
        lines.append(f"| {_name(run, report)} | {SIGNS[run.verdict]} {run.verdict} | {first} |\n")
    return lines


def _title(diagnosis: Diagnosis) -> str:
    return f"{diagnosis.code} {diagnosis.slug.replace('-', ' ')} ({sure(diagnosis)})"


def _run(run: RunReport, report: Report) -> str:
    diagnoses = [diagnosis for _, diagnosis in ranked((run,))] if any(d.known for d in run.diagnoses) else run.diagnoses
    return "".join([f"\n### {_name(run, report)}\n", *map(_diagnosis, diagnoses)])


def _diagnosis(diagnosis: Diagnosis) -> str:
    sign = SIGNS[diagnosis.severity]
    head = f"\n{sign} **{diagnosis.severity}: {_title(diagnosis)}**  \n{_text(diagnosis.summary)}\n\n"
    shows = [f"- what shows it: {_text(evidence.text)}\n" for evidence in diagnosis.evidence]
    causes = [f"- likely because: {_text(cause)}\n" for cause in diagnosis.causes]
    fixes = [f"  {number}. {_text(fix)}\n" for number, fix in enumerate(diagnosis.fixes, start=1)]
    return "".join([head, *shows, *causes, *(["- try first:\n"] if fixes else []), *fixes])

"""Workflow commands of GitHub Actions: the findings as annotations, the worst first, and one summary line.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word: what is over the
cap is left out here and counted in the summary, which is a notice itself. A known diagnosis is never more than a
notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor import safe
from nn_doctor.reporters.failures import failed_rules, place
from nn_doctor.reporters.places import line_of, ranked, relative
from nn_doctor.reporters.words import body, sure, tally

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Report, RunReport

CAP = 10
LEVELS = {"critical": "error", "warning": "warning", "note": "notice"}
MESSAGE_LIMIT = 3000


def render(report: Report) -> str:
    """One command a line."""
    room = {"error": CAP, "warning": CAP, "notice": CAP - 1}
    shown, left = [], 0
    for level, command in _commands(report):
        room[level] -= 1
        if room[level] >= 0:
            shown.append(command)
        else:
            left += 1
    text = tally(report) + (f"; {left} more are not shown here (GitHub shows {CAP} of a kind)" if left else "")
    return "".join([*shown, _command("notice", "nn-doctor", text)])


def _commands(report: Report) -> list[tuple[str, str]]:
    """Level and command of everything there is to say, the most important first."""
    commands = []
    for error in report.errors:
        text = _cut(f"{error.source}: {error.message}")
        commands.append(("error", _command("error", "not read", text, relative(error.source))))
    for run, outcome in failed_rules(report):
        text = _cut(f"{place(run, report)}: {outcome.reason}")
        commands.append(("error", _command("error", f"rule {outcome.code} failed", text)))
    for run, diagnosis in ranked(report.runs):
        level = "notice" if diagnosis.known else LEVELS[diagnosis.severity]
        commands.append((level, _annotation(level, run, diagnosis, report)))
    return commands


def _annotation(level: str, run: RunReport, diagnosis: Diagnosis, report: Report) -> str:
    title = f"{diagnosis.code} {diagnosis.slug.replace('-', ' ')} ({sure(diagnosis)})"
    lines = [f"{place(run, report)}: {diagnosis.summary}", *body(diagnosis)]
    text = "\n".join(safe.one_line(line) for line in lines)[:MESSAGE_LIMIT]
    return _command(level, title, text, relative(run.run.file or run.run.source), line_of(run.run, diagnosis))


def _cut(text: str) -> str:
    return safe.one_line(text, MESSAGE_LIMIT)


def _command(level: str, title: str, text: str, file: str = "", line: int | None = None) -> str:
    """``::error file=run.csv,line=14,title=…::…`` with a line feed."""
    given = {"file": file if file != "-" else "", "line": str(line or ""), "title": title}
    properties = ",".join(f"{key}={safe.workflow_property(value)}" for key, value in given.items() if value)
    return f"::{level} {properties}::{safe.workflow_data(text)}\n"

"""What goes to standard error: one line for each path that failed and each rule that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor import safe

if TYPE_CHECKING:
    from nn_doctor.report.model import Outcome, Report, RunReport

NAME_LIMIT = 300


def failure_lines(report: Report) -> list[str]:
    """``WHERE: WHY (HINT)`` for each failure, paths first, in the order of the report."""
    lines = []
    for error in report.errors:
        known = error.message.startswith(f"{error.source}: ")
        lines.append(error.message if known else f"{error.source}: {error.message}")
    for run, outcome in failed_rules(report):
        why = f"rule {outcome.code} failed: {outcome.reason}"
        lines.append(f"{place(run, report)}: {why} (a bug in nn-doctor; the other rules have answered)")
    return [safe.one_line(line) for line in lines]


def failed_rules(report: Report) -> list[tuple[RunReport, Outcome]]:
    """The rules that failed, each with its run, in the order of the report."""
    return [(run, outcome) for run in report.runs for outcome in run.outcomes if outcome.status == "error"]


def place(run: RunReport, report: Report) -> str:
    """How a run is called in reports: its source, with its name where the source holds several runs."""
    shared = sum(other.run.source == run.run.source for other in report.runs) > 1
    return safe.one_line(run.run.id if shared else run.run.source, NAME_LIMIT)

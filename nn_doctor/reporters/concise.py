"""One line a diagnosis, for grep, awk and editors.

``run.csv: critical ND202 severe-overfitting 0.97 epoch 12-49: summary``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor import safe
from nn_doctor.reporters.failures import place
from nn_doctor.reporters.numbers import short

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Report, Span


def render(report: Report, verbose: bool = False) -> str:
    """The diagnoses of all runs, ranked within each; healthy and unjudged runs only if ``verbose``."""
    lines: list[str] = []
    for run in report.runs:
        where = place(run, report)
        lines.extend(line(where, diagnosis) for diagnosis in run.diagnoses)
        if verbose and not run.diagnoses:
            lines.append(f"{where}: {run.verdict}")
        if verbose:
            lines.extend(f"{where}: info: {safe.one_line(note.text)}" for note in run.run.notes)
    return "".join(line + "\n" for line in lines)


def line(where: str, diagnosis: Diagnosis) -> str:
    """One diagnosis as a line, without the line's end."""
    head = f"{where}: {diagnosis.severity} {diagnosis.code} {diagnosis.slug} {diagnosis.confidence:.2f}"
    reason = f" (because of {diagnosis.because_of})" if diagnosis.because_of else ""
    known = " (known)" if diagnosis.known else ""
    return f"{head}{_span(diagnosis.span)}: {safe.one_line(diagnosis.summary)}{reason}{known}"


def _span(span: Span | None) -> str:
    if span is None:
        return ""
    ends = short(span.start) if span.start == span.end else f"{short(span.start)}-{short(span.end)}"
    return f" {safe.one_line(span.axis)} {ends}"

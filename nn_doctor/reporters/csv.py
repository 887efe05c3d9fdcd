"""CSV: one row a diagnosis; a run without one, and what could not be read, has a row with an empty code.

Names are escaped for spreadsheets and terminals (``safe.csv_cell``); the JSON formats carry them exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor import safe
from nn_doctor.reporters.numbers import plain

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Report

COLUMNS = (
    "source", "run", "verdict", "rank", "code", "slug", "severity", "default_severity", "confidence", "known", "gates",
    "axis", "start", "end", "because_of", "summary", "first_fix",
)  # fmt: skip
UNREAD = "unread"
"""The verdict of what could not be read; the message stands in ``summary``."""


def render(report: Report) -> str:
    """The table, with a header, rows ended by a line feed."""
    rows: list[list[object]] = [list(COLUMNS)]
    for judged in report.runs:
        head = [judged.run.source, judged.run.name, judged.verdict]
        rows += [[*head, rank, *_cells(d)] for rank, d in enumerate(judged.diagnoses, start=1)]
        if not judged.diagnoses:
            rows.append([*head, *[None] * (len(COLUMNS) - len(head))])
    for error in report.errors:
        values = {"source": error.source, "verdict": UNREAD, "summary": error.message}
        rows.append([values.get(column) for column in COLUMNS])
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)


def _cells(diagnosis: Diagnosis) -> list[object]:
    span = diagnosis.span
    where = (span.axis, plain(span.start), plain(span.end)) if span else (None, None, None)
    return [
        diagnosis.code,
        diagnosis.slug,
        diagnosis.severity,
        diagnosis.default_severity,
        plain(diagnosis.confidence),
        diagnosis.known,
        diagnosis.gates,
        *where,
        diagnosis.because_of,
        diagnosis.summary,
        diagnosis.fixes[0] if diagnosis.fixes else None,
    ]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe.csv_cell(value) if isinstance(value, str) else str(value)

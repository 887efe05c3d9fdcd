"""JSON lines: a record a line, each with ``record`` saying what it is, for streaming and for ``grep | jq``.

- ``run``: ``id source name parser verdict params`` and ``series`` (a list of names), before its diagnoses;
- ``diagnosis``: ``run`` (the id), ``source``, ``rank`` within the run from 1, and the fields of a diagnosis in the
  JSON report (schema.json);
- ``error``: ``source message``, for what could not be read;
- ``summary``, always the last: ``schema_version tool settings runs diagnoses errors exit_code`` (counts).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nn_doctor import safe
from nn_doctor.reporters.json import SCHEMA_VERSION, diagnosis_dict, sanitised, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nn_doctor.report.model import Report


def render(report: Report) -> str:
    """The records, one a line, pure ASCII."""
    return "".join(_line(record) for record in _records(report))


def _line(record: dict[str, Any]) -> str:
    return safe.json_text(json.dumps(record, ensure_ascii=True, allow_nan=False)) + "\n"


def _records(report: Report) -> Iterator[dict[str, Any]]:
    for judged in report.runs:
        run = judged.run
        yield {
            "record": "run",
            "id": run.id,
            "source": run.source,
            "name": run.name,
            "parser": run.parser,
            "verdict": judged.verdict,
            "params": sanitised(run.params),
            "series": [series.name for series in run.series],
        }
        for rank, diagnosis in enumerate(judged.diagnoses, start=1):
            head = {"record": "diagnosis", "run": run.id, "source": run.source, "rank": rank}
            yield head | diagnosis_dict(diagnosis)
    for error in report.errors:
        yield {"record": "error", "source": error.source, "message": error.message}
    yield {
        "record": "summary",
        "schema_version": SCHEMA_VERSION,
        "tool": tool(),
        "settings": sanitised(report.settings),
        "runs": len(report.runs),
        "diagnoses": sum(len(run.diagnoses) for run in report.runs),
        "errors": len(report.errors),
        "exit_code": report.exit_code,
    }

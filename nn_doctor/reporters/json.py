"""The JSON report: the complete serialisation of a Report (schema.json beside this file describes it)."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nn_doctor import safe
from nn_doctor.reporters.curve import reduced
from nn_doctor.reporters.numbers import plain
from nn_doctor.version import __version__

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Evidence, Outcome, Report, RunReport, Span
    from nn_doctor.series.channel import FloatArray, Note
    from nn_doctor.series.model import Series

SCHEMA_VERSION = 1
MAX_DEPTH = 20
_LONG_INT = 1 << 256


def render(report: Report) -> str:
    """The report as one JSON document, pure ASCII, ending in a line break."""
    text = json.dumps(as_dict(report), ensure_ascii=True, allow_nan=False, separators=(", ", ": "))
    return safe.json_text(text) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain dicts, lists, strings and numbers."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool(),
        "settings": sanitised(report.settings),
        "runs": [_run(run) for run in report.runs],
        "comparison": {"diagnoses": []},
        "rules": {code: dict(rule) for code, rule in sorted(report.rules.items())},
        "notes": [_note(note) for note in report.notes],
        "errors": [{"source": e.source, "message": e.message} for e in report.errors],
        "exit_code": report.exit_code,
    }


def tool() -> dict[str, str]:
    """Who wrote the report."""
    return {"name": "nn-doctor", "version": __version__}


def sanitised(value: object, depth: int = 0) -> Any:
    """``value`` (settings, parameters of a log) in JSON's own types; what is none of them becomes text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LONG_INT else "an integer of more than 77 digits"
    if isinstance(value, (float, np.floating)):
        return plain(float(value))
    if isinstance(value, np.integer):
        return int(value)
    if depth < MAX_DEPTH and isinstance(value, dict):
        return {str(key): sanitised(item, depth + 1) for key, item in value.items()}
    if depth < MAX_DEPTH and isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [sanitised(item, depth + 1) for item in items]
    return str(value)


def _run(report: RunReport) -> dict[str, Any]:
    run = report.run
    return {
        "id": run.id,
        "source": run.source,
        "name": run.name,
        "parser": run.parser,
        "verdict": report.verdict,
        "params": sanitised(run.params),
        "series": [_series(series) for series in run.series],
        "diagnoses": [diagnosis_dict(diagnosis) for diagnosis in report.diagnoses],
        "outcomes": [_outcome(outcome) for outcome in report.outcomes],
        "notes": [_note(note) for note in run.notes],
    }


def _series(series: Series) -> dict[str, Any]:
    x, y = series.x, series.y
    n = len(series)
    best, best_at = _best(series)
    return {
        "id": series.id,
        "name": series.name,
        "metric": series.metric,
        "split": series.split,
        "goal": series.goal,
        "role": series.role,
        "term": series.term,
        "axis": series.axis,
        "points": n,
        "first": plain(float(y[0])) if n else None,
        "last": plain(float(y[-1])) if n else None,
        "best": best,
        "best_at": best_at,
        "x_first": plain(float(x[0])) if n else None,
        "x_last": plain(float(x[-1])) if n else None,
        "non_finite": n - int(series.finite[1].size),
        "curve": _curve(x, y),
    }


def _best(series: Series) -> tuple[float | None, float | None]:
    """The best finite value and where it stands; None without a direction or without a finite value."""
    x, y = series.finite
    if series.goal == "none" or not y.size:
        return None, None
    at = int(np.argmin(y) if series.goal == "min" else np.argmax(y))
    return plain(float(y[at])), plain(float(x[at]))


def _curve(x: FloatArray, y: FloatArray) -> dict[str, Any]:
    at, low, mid, high = reduced(x, y)
    middle = _numbers(mid)
    one = low is mid
    return {
        "x": _numbers(at),
        "low": middle if one else _numbers(low),
        "mid": middle,
        "high": middle if one else _numbers(high),
    }


def _numbers(values: FloatArray) -> list[float | None]:
    return [plain(value) for value in values.tolist()]


def diagnosis_dict(diagnosis: Diagnosis) -> dict[str, Any]:
    """A diagnosis as the JSON formats write it."""
    return {
        "code": diagnosis.code,
        "slug": diagnosis.slug,
        "severity": diagnosis.severity,
        "default_severity": diagnosis.default_severity,
        "confidence": plain(diagnosis.confidence) if math.isfinite(diagnosis.confidence) else 0,
        "calibrated": diagnosis.calibrated,
        "summary": diagnosis.summary,
        "evidence": [_evidence(evidence) for evidence in diagnosis.evidence],
        "causes": list(diagnosis.causes),
        "fixes": list(diagnosis.fixes),
        "series": list(diagnosis.series),
        "span": _span(diagnosis.span),
        "because_of": diagnosis.because_of,
        "known": diagnosis.known,
        "gates": diagnosis.gates,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "text": evidence.text,
        "series": evidence.series,
        "span": _span(evidence.span),
        "measured": plain(evidence.measured),
        "threshold": plain(evidence.threshold),
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"axis": span.axis, "start": plain(span.start), "end": plain(span.end)}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "code": outcome.code,
        "slug": outcome.slug,
        "status": outcome.status,
        "reason": outcome.reason,
        "measured": sanitised(outcome.measured),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"text": note.text, "line": None if note.line is None else int(note.line)}

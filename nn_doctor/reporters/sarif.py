"""SARIF 2.1.0 (OASIS): one SARIF run, a result for each diagnosis, a notification for each failure.

``level`` is error, warning or note; ``rank`` the confidence in percent; ``baselineState`` is there with ``--known``.
The partial fingerprint is made of run and code. A result always has a line (1 where the log has none), since GitHub's
code scanning refuses results without.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nn_doctor import safe
from nn_doctor.reporters.failures import failed_rules, place
from nn_doctor.reporters.numbers import plain
from nn_doctor.reporters.places import fingerprint, line_of, ranked, relative, run_key
from nn_doctor.reporters.words import body
from nn_doctor.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Diagnosis, Report, RunReport

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"critical": "error", "warning": "warning", "note": "note"}


def render(report: Report) -> str:
    """The log as one JSON document, pure ASCII, ending in a line feed."""
    codes = sorted(report.rules.keys() | {d.code for run in report.runs for d in run.diagnoses})
    run = {
        "tool": {"driver": _driver(report, codes)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(run, diagnosis, report, codes) for run, diagnosis in ranked(report.runs)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return safe.json_text(json.dumps(log, ensure_ascii=True, allow_nan=False, indent=1)) + "\n"


def _driver(report: Report, codes: Sequence[str]) -> dict[str, Any]:
    return {"name": "nn-doctor", "version": __version__, "rules": [_rule(code, report) for code in codes]}


def _rule(code: str, report: Report) -> dict[str, Any]:
    rule = report.rules.get(code, {})
    title, page = rule.get("title") or code, rule.get("page") or code
    name = "".join(word.capitalize() for word in rule.get("slug", "").split("-"))
    return {
        "id": code,
        **({"name": name} if name else {}),
        "shortDescription": {"text": _sentence(title)},
        "fullDescription": {"text": _sentence(title)},
        "help": {"text": page},
    }


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _invocation(report: Report) -> dict[str, Any]:
    """Whether the answer is whole, and what could not be read or failed."""
    notices = [_notice(f"{error.source}: {error.message}", error.source) for error in report.errors]
    for run, outcome in failed_rules(report):
        text = f"{place(run, report)}: rule {outcome.code} failed: {outcome.reason}"
        notices.append(_notice(text, run.run.source) | {"associatedRule": {"id": outcome.code}})
    return {
        "executionSuccessful": not notices,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notices,
    }


def _notice(text: str, source: str) -> dict[str, Any]:
    where = [{"physicalLocation": {"artifactLocation": {"uri": uri(source)}}}]
    return {"level": "error", "message": {"text": _sentence(_message(text))}, "locations": where}


def _result(run: RunReport, diagnosis: Diagnosis, report: Report, codes: Sequence[str]) -> dict[str, Any]:
    lines = [_sentence(_message(f"{place(run, report)}: {diagnosis.summary}"))]
    lines += [_sentence(_message(line)) for line in body(diagnosis)]
    physical = {
        "artifactLocation": {"uri": uri(run.run.file or run.run.source)},
        "region": {"startLine": line_of(run.run, diagnosis) or 1},
    }
    logical = {
        "name": safe.printable(run.run.name),
        "fullyQualifiedName": safe.printable(run_key(run.run.id, run.run.source)),
    }
    result = {
        "ruleId": diagnosis.code,
        "ruleIndex": codes.index(diagnosis.code),
        "level": LEVELS[diagnosis.severity],
        "rank": round(100 * diagnosis.confidence, 1),
        "message": {"text": "\n".join(lines)},
        "locations": [{"physicalLocation": physical, "logicalLocations": [logical]}],
        "partialFingerprints": {"runAndCode/v1": fingerprint(logical["fullyQualifiedName"], diagnosis.code)},
        "properties": _properties(diagnosis),
    }
    state = "unchanged" if diagnosis.known else "new"
    return result | ({"baselineState": state} if report.settings.get("known") else {})


def _properties(diagnosis: Diagnosis) -> dict[str, Any]:
    span = diagnosis.span
    where = {"axis": span.axis, "start": plain(span.start), "end": plain(span.end)} if span else None
    return {
        "slug": diagnosis.slug,
        "confidence": plain(diagnosis.confidence),
        "gates": diagnosis.gates,
        "span": where,
        "becauseOf": diagnosis.because_of,
    }


def _message(text: str) -> str:
    """One line; what SARIF would read as a link in a plain text message is taken apart."""
    return safe.one_line(text).replace("](", "] (")


def uri(source: str) -> str:
    """A relative URI reference, or file:///… for a path outside the current folder; every odd byte is encoded."""
    path = relative(source)
    absolute = PurePath(path).is_absolute()
    encoded = quote(path.replace("\\", "/") if absolute else path, safe="/", encoding="utf-8", errors="surrogatepass")
    return f"file:///{encoded.lstrip('/')}" if absolute else encoded

"""JUnit XML: a test suite a run, a test case a rule; a diagnosis that gates is a failure.

A rule that found nothing passes, one that lacks data is skipped, one that failed is an error. A diagnosis that does
not gate (too mild, not sure enough, known) passes and is told in the case's output. What could not be read is a suite
with one case in error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nn_doctor import safe
from nn_doctor.reporters.failures import place
from nn_doctor.reporters.words import body, sure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Diagnosis, Outcome, Report, RunReport


def render(report: Report) -> str:
    """The document, UTF-8 when written as such, ending in a line feed."""
    root = ET.Element("testsuites", name="nn-doctor")
    for run in report.runs:
        _suite(root, place(run, report), [_case(run, outcome, report) for outcome in run.outcomes])
    for error in report.errors:
        case = ET.Element("testcase", name="read", classname=_attribute(error.source))
        _child(case, "error", [error.message], message=error.message, type="not-read")
        _suite(root, error.source, [case])
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, name: str, cases: Sequence[ET.Element]) -> None:
    def count(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    suite = ET.SubElement(
        root, "testsuite", name=_attribute(name), tests=str(len(cases)), failures=count("failure"),
        errors=count("error"), skipped=count("skipped"), time="0",
    )  # fmt: skip
    suite.extend(cases)


def _case(run: RunReport, outcome: Outcome, report: Report) -> ET.Element:
    case = ET.Element("testcase", name=f"{outcome.code} {outcome.slug}", classname=_attribute(place(run, report)))
    case.set("time", "0")
    diagnosis = next((d for d in run.diagnoses if d.code == outcome.code), None)
    if diagnosis is not None and diagnosis.gates:
        _child(case, "failure", _lines(diagnosis), message=diagnosis.summary, type=diagnosis.severity)
    elif diagnosis is not None:
        _child(case, "system-out", _lines(diagnosis))
    elif outcome.status == "error":
        _child(case, "error", [outcome.reason], message=outcome.reason, type="rule-failed")
    elif outcome.status == "not_applicable":
        _child(case, "skipped", [], message=outcome.reason)
    return case


def _lines(diagnosis: Diagnosis) -> list[str]:
    return [f"{diagnosis.severity}: {diagnosis.summary} ({sure(diagnosis)})", *body(diagnosis)]


def _child(case: ET.Element, tag: str, lines: Sequence[str], **attributes: str) -> None:
    child = ET.SubElement(case, tag, {key: _attribute(value) for key, value in attributes.items()})
    child.text = "\n".join(map(safe.one_line, lines)) or None


def _attribute(text: str) -> str:
    """One line that XML can carry: control characters, surrogates and the like are escaped visibly."""
    return safe.one_line(text)

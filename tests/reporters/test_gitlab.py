"""GitLab's code quality report: the fields GitLab documents and what it demands of them."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given

from nn_doctor.reporters import gitlab
from tests.reporters import cases, made
from tests.reporters.test_reports import CONTROL

# docs.gitlab.com/ci/testing/code_quality: description, check_name, fingerprint, location.path and a line to begin
# with, and one of five severities; paths relative to the repository, without a leading "./".
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def issues(report):
    text = gitlab.render(report)
    found = json.loads(text)
    jsonschema.validate(found, SCHEMA)
    assert text.isascii() and not any(CONTROL.search(issue["description"]) for issue in found)
    assert len({issue["fingerprint"] for issue in found}) == len(found)
    return found


@pytest.mark.parametrize("report", cases.REPORTS.values(), ids=cases.REPORTS)
def test_every_report_is_valid(report):
    failed = sum(o.status == "error" for run in report.runs for o in run.outcomes)
    assert len(issues(report)) == sum(len(r.diagnoses) for r in report.runs) + len(report.errors) + failed


@given(cases.anything)
def test_any_text_is_valid(text):
    issues(cases.hostile(text))


def test_fingerprints_outlive_numbers_and_ways_to_type_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def prints(source, **more):
        return [issue["fingerprint"] for issue in issues(cases.of(cases.gating(**more), source=source))]

    first = prints("run.csv")
    assert first == prints("./run.csv") == prints(str(tmp_path / "run.csv")) == prints("run.csv", confidence=0.81)
    assert first != prints("other.csv") and first != prints("run.csv", code="ND101")


def test_a_path_given_twice_has_two_fingerprints():
    report = made.report((*cases.of(cases.gating()).runs, *cases.of(cases.gating(), source="./run.csv").runs))
    assert len(issues(report)) == 2
    (unread,) = cases.REPORTS["unreadable"].errors
    assert len(issues(replace(report, errors=(unread, unread)))) == 4


def test_known_is_info():
    assert {i["check_name"]: i["severity"] for i in issues(cases.REPORTS["known"])} == {
        "ND202": "info",
        "ND108": "major",
    }

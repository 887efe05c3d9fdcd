"""JUnit XML against the schema Jenkins publishes, and junitparser's reading of it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from nn_doctor.reporters import junit
from tests.reporters import cases

xmlschema = pytest.importorskip("xmlschema")
SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parents[1] / "oracles" / "junit-10.xsd"))


def tree(report):
    text = junit.render(report)
    root = ET.fromstring(text.encode())
    SCHEMA.validate(text)
    for suite in root:
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute)) == len(suite.findall(f"testcase/{tag}"))
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
    return root


@pytest.mark.parametrize("report", cases.REPORTS.values(), ids=cases.REPORTS)
def test_every_report_follows_the_schema(report):
    root = tree(report)
    assert len(root) == len(report.runs) + len(report.errors)


@given(cases.anything)
def test_any_text_follows_the_schema(text):
    tree(cases.hostile(text))


def test_failures_are_what_gates():
    parser = pytest.importorskip("junitparser")
    read = parser.JUnitXml.fromstring(junit.render(cases.REPORTS["known"]).encode())
    (suite,) = read
    results = {case.name: [type(result).__name__ for result in case.result] for case in suite}
    assert results == {
        "ND202 severe-overfitting": [],
        "ND108 loss-spikes": ["Failure"],
        "ND203 small-validation-set": ["Skipped"],
        "ND101 not-learning": [],
    }
    assert suite.failures == 1 and suite.skipped == 1
    output = next(case.system_out for case in suite if case.name.startswith("ND202"))
    assert "97 % sure, known" in output


def test_a_failure_tells_what_to_try():
    (case,) = tree(cases.REPORTS["gating"]).findall(".//testcase[failure]")
    failure = case.find("failure")
    assert failure.get("type") == "critical" and failure.get("message").startswith("validation loss has climbed")
    assert "try 1: keep the checkpoint of epoch 12" in failure.text.splitlines()


def test_what_could_not_be_read_is_an_error():
    (suite,) = tree(cases.REPORTS["unreadable"])
    assert suite.get("errors") == "1" and suite.find("testcase/error").get("message").startswith("not a log")

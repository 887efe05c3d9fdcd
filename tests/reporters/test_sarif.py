"""SARIF against the schema of OASIS."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given

from nn_doctor.reporters import sarif
from tests.reporters import cases

SCHEMA = json.loads((Path(__file__).parents[1] / "oracles" / "sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def run_of(report):
    text = sarif.render(report)
    log = json.loads(text)
    VALIDATOR.validate(log)
    assert text.isascii()
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    return run


@pytest.mark.parametrize("report", cases.REPORTS.values(), ids=cases.REPORTS)
def test_every_report_follows_the_schema(report):
    run = run_of(report)
    assert len(run["results"]) == sum(len(r.diagnoses) for r in report.runs)


@given(cases.anything)
def test_any_text_follows_the_schema(text):
    run = run_of(cases.hostile(text))
    assert "](" not in run["results"][0]["message"]["text"]


def test_levels_places_and_failures():
    run = run_of(cases.REPORTS["gating"])
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["level"], result["rank"]) == ("error", 97.0)
    assert place == {"artifactLocation": {"uri": "run.csv"}, "region": {"startLine": 1}}
    assert "baselineState" not in result and run["invocations"][0]["executionSuccessful"]
    unread = run_of(cases.REPORTS["unreadable"])["invocations"][0]
    assert not unread["executionSuccessful"] and unread["exitCode"] == 2
    assert unread["toolExecutionNotifications"][0]["message"]["text"].startswith("x.bin: not a log")
    states = {r["ruleId"]: r["baselineState"] for r in run_of(cases.REPORTS["known"])["results"]}
    assert states == {"ND202": "unchanged", "ND108": "new"}


@pytest.mark.parametrize("name", ["a b.csv", "100%.csv", "a:b.csv", "é/ü.csv", "x#y?z.csv", "a\\b.csv"])
def test_a_path_is_a_relative_uri_reference_that_decodes_to_it(name):
    uri = sarif.uri(name)
    assert unquote_to_bytes(uri).decode() == name and not set(uri) & set(" :#?\\")


def test_paths_are_relative_to_the_current_folder_where_they_lie_in_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert sarif.uri(str(tmp_path / "runs" / "a.csv")) == "runs/a.csv"
    assert sarif.uri("./runs//x/../a.csv") == "runs/a.csv"
    assert sarif.uri("/elsewhere/a b.csv") == "file:///elsewhere/a%20b.csv"

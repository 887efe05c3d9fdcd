"""CSV and JSON lines: every row and record in its place."""

from __future__ import annotations

import csv as stdcsv
import io
import json

import jsonschema
import pytest
from hypothesis import given

from nn_doctor.reporters import csv, jsonl
from tests.reporters import cases
from tests.reporters.test_reports import CONTROL, schema

DIAGNOSIS = {"$ref": "#/$defs/diagnosis", "$defs": schema()["$defs"]}


def rows(report):
    shown = csv.render(report)
    assert not CONTROL.search(shown)
    read = list(stdcsv.DictReader(io.StringIO(shown), strict=True))
    assert shown.split("\n")[0] == ",".join(csv.COLUMNS) and all(None not in r and None not in r.values() for r in read)
    assert not any(value.startswith(("=", "+", "@")) for row in read for value in row.values())
    return read


@pytest.mark.parametrize("report", cases.REPORTS.values(), ids=cases.REPORTS)
def test_a_row_for_each_diagnosis_healthy_run_and_failure(report):
    read = rows(report)
    assert [row["code"] for row in read if row["code"]] == [d.code for run in report.runs for d in run.diagnoses]
    assert sum(not row["code"] for row in read) == sum(not r.diagnoses for r in report.runs) + len(report.errors)


@given(cases.anything)
def test_any_text_is_one_row(text):
    assert [row["verdict"] for row in rows(cases.hostile(text))] == ["critical", "unread"]


def test_csv_values():
    (row,) = rows(cases.REPORTS["gating"])
    assert (row["severity"], row["confidence"], row["gates"], row["known"]) == ("critical", "0.97", "true", "false")
    assert (row["axis"], row["start"], row["end"], row["rank"]) == ("epoch", "12", "49", "1")
    assert row["first_fix"] == "keep the checkpoint of epoch 12"


def records(report):
    shown = jsonl.render(report)
    assert shown.isascii() and not CONTROL.search(shown)
    return [json.loads(line) for line in shown.splitlines()]


@pytest.mark.parametrize("report", cases.REPORTS.values(), ids=cases.REPORTS)
def test_jsonl_records(report):
    found = records(report)
    kinds = [record["record"] for record in found]
    wanted = [kind for run in report.runs for kind in ("run", *["diagnosis"] * len(run.diagnoses))]
    assert kinds == [*wanted, *["error"] * len(report.errors), "summary"]
    for record in found:
        if record["record"] == "diagnosis":
            jsonschema.validate(record, DIAGNOSIS)
    counts = [found[-1][name] for name in ("runs", "diagnoses", "errors", "exit_code")]
    assert counts == [len(report.runs), kinds.count("diagnosis"), len(report.errors), report.exit_code]


@given(cases.anything)
def test_jsonl_carries_any_text_exactly(text):
    run, diagnosis, error, _ = records(cases.hostile(text))
    assert run["source"] == diagnosis["source"] == diagnosis["summary"] == error["message"] == text

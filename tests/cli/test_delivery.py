"""One pass, many reports: files whole or not at all, the summary of a job appended to."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from nn_doctor.main import main
from nn_doctor.reporters.registry import FORMATS
from tests.cli.test_process import BROKEN, FALLING, one_line


@pytest.fixture
def logs(tmp_path, monkeypatch):
    (tmp_path / "ok.jsonl").write_text(FALLING)
    (tmp_path / "nan.jsonl").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def test_every_format_in_one_pass(logs, capsys, monkeypatch):
    calls = []
    from nn_doctor import doctor

    examine = doctor.examine
    monkeypatch.setattr(doctor, "examine", lambda *args, **more: calls.append(1) or examine(*args, **more))
    options = [word for name in FORMATS for word in ("--report", f"{name}:out.{name}")]
    code = main(["analyze", "nan.jsonl", "ok.jsonl", "missing", *options, "--format", "json"])
    out, error = capsys.readouterr()
    assert (code, len(calls)) == (2, 1)
    one_line(error, "missing")
    assert {p.name for p in logs.glob("out.*")} == {f"out.{name}" for name in FORMATS}
    assert (logs / "out.json").read_text() == out
    assert ET.parse(logs / "out.junit").getroot().tag == "testsuites"
    assert json.loads((logs / "out.sarif").read_text())["version"] == "2.1.0"


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_on_standard_output_and_in_a_file_is_the_same(logs, capsys, form):
    assert main(["analyze", "nan.jsonl", "--format", form, "--report", f"{form}:out"]) in (0, 1)
    assert capsys.readouterr().out == (logs / "out").read_text("utf-8")


def test_a_file_name_may_hold_colons(logs):
    main(["analyze", "ok.jsonl", "-q", "--report", "json:a:b:c.json"])
    assert json.loads((logs / "a:b:c.json").read_text())["runs"]


def test_refusals_come_before_any_work(logs, capsys, monkeypatch):
    monkeypatch.setattr("nn_doctor.doctor.examine", lambda *args: pytest.fail("work was done"))
    for options in (
        ["--report", "json:out", "--report", "csv:./out"],
        ["--report", "json:out", "--output", "out"],
        ["--report", "json:ok.jsonl"],
        ["--report", "json:no/such/folder"],
        ["--report", "json:."],
        ["--step-summary"],
    ):
        assert main(["analyze", "ok.jsonl", *options]) == 2
        one_line(capsys.readouterr().err)
    assert (logs / "ok.jsonl").read_text() == FALLING


def test_one_failing_report_does_not_take_the_others_with_it(logs, capsys):
    full = ["--report", "json:/dev/full"] if (logs / "/dev/full").exists() else pytest.skip("no /dev/full")
    assert main(["analyze", "ok.jsonl", *full, "--report", "csv:out.csv", "--format", "concise"]) == 2
    one_line(capsys.readouterr().err, "/dev/full", "No space")
    assert (logs / "out.csv").read_text().startswith("source,")


def test_a_report_killed_while_written_leaves_the_old_one(logs, monkeypatch):
    (logs / "out.json").write_text("old")
    (logs / "out.json").chmod(0o640)
    monkeypatch.setattr("pathlib.Path.replace", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
    assert main(["analyze", "ok.jsonl", "-q", "--report", "json:out.json"]) == 130
    assert (logs / "out.json").read_text() == "old"
    assert sorted(p.name for p in logs.iterdir()) == ["nan.jsonl", "ok.jsonl", "out.json"]


def test_the_summary_of_a_job_is_appended_to(logs, monkeypatch):
    summary = logs / "summary.md"
    summary.write_text("# before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for _ in range(2):
        main(["analyze", "nan.jsonl", "-q", "--step-summary"])
    text = summary.read_text()
    assert text.startswith("# before\n## nn-doctor: 1 run") and text.count("ND103 non finite loss") == 4

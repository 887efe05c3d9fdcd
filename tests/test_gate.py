"""What counts for the exit code where a report of before is given."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from nn_doctor.errors import ConfigError
from nn_doctor.gate import gated, load_known
from nn_doctor.main import main
from nn_doctor.report.model import RunReport
from nn_doctor.settings import Settings
from tests.cli.test_process import one_line
from tests.config.test_resolve import CLIMBING
from tests.reporters import made

KEY = ("run.csv#run", "ND202")


@pytest.mark.parametrize(
    ("severity", "confidence", "known"),
    [
        ("critical", 0.97, True),
        ("critical", 0.85, True),
        ("warning", 0.97, False),  # it was milder
        ("critical", 0.7, False),  # it was not sure enough to count
    ],
)
def test_new_and_worse_count_and_known_do_not(severity, confidence, known):
    run = RunReport(made.run(), "critical", (made.diagnosis(severity="critical", confidence=0.97),), ())
    settings = Settings(known={KEY: (severity, confidence)})
    (found,) = gated(run, settings).diagnoses
    assert (found.known, found.gates) == (known, not known)
    (other,) = gated(run, replace(settings, known={("run.csv#other", "ND202"): ("critical", 1.0)})).diagnoses
    assert not other.known and other.gates


def test_milder_than_before_is_known():
    run = RunReport(made.run(), "warning", (made.diagnosis(severity="warning"),), ())
    (found,) = gated(run, Settings(known={KEY: ("critical", 0.97)})).diagnoses
    assert found.known and not found.gates


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(CLIMBING)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_report_of_before_silences_the_gate_however_the_path_is_typed(folder, capsys):
    assert main(["analyze", "a.csv", "-q", "--report", "json:before.json"]) == 1
    for path in ("a.csv", "./a.csv", str(folder / "a.csv")):
        assert main(["analyze", path, "--known", "before.json"]) == 0
        assert "ND202" in (out := capsys.readouterr().out) and "· known" in out
    assert main(["analyze", "a.csv", "--known", "before.json", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["runs"][0]["diagnoses"]
    assert found["known"] and not found["gates"]
    (folder / "b.csv").write_text(CLIMBING)
    assert main(["analyze", "a.csv", "b.csv", "--known", "before.json", "-q"]) == 1
    assert main(["analyze", "a.csv", "--known", "before.json", "-q", "--report", "json:before.json"]) == 0


def test_known_named_in_the_file_is_relative_to_it(folder, monkeypatch):
    main(["analyze", "a.csv", "-q", "--report", "json:before.json"])
    (folder / "nn-doctor.toml").write_text('known = "before.json"')
    (folder / "sub").mkdir()
    assert main(["analyze", "a.csv", "-q"]) == 0
    monkeypatch.chdir(folder / "sub")
    assert load_known("../before.json")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "3", "{}", '{"schema_version": 2, "runs": []}', '{"schema_version": 1, "runs": [{}]}', "[" * 100_000,
     '{"schema_version": 1, "runs": [{"id": "a", "source": "a", "diagnoses": [{"severity": "x", "code": "ND202"}]}]}',
     '{"schema_version": 1, "runs": [{"id": 3, "source": "a", "diagnoses": []}]}', "\xff"],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_one_line(folder, capsys, text):
    (folder / "before.json").write_text(text, encoding="latin-1")
    with pytest.raises(ConfigError):
        load_known("before.json")
    assert main(["analyze", "a.csv", "--known", "before.json"]) == 2
    one_line(capsys.readouterr().err, "before.json", "--known")


def test_a_missing_report_of_before(folder, capsys):
    assert main(["analyze", "a.csv", "--known", "missing.json"]) == 2
    one_line(capsys.readouterr().err, "missing.json", "--known")

"""``assert_healthy`` and its fixture: the gate inside tests of training code."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pandas as pd
import pytest

import nn_doctor
from nn_doctor.catalogue.base import Rule
from nn_doctor.errors import ConfigError, ReadError
from nn_doctor.main import main
from tests.config.test_resolve import CLIMBING

ILL = {"loss": [2 * 0.9**i + 0.02 for i in range(50)],
       "val_loss": [1 + 0.03 * abs(i - 8) + 0.5 * 0.6**i for i in range(50)]}  # fmt: skip
WELL = {"loss": [2 * 0.9**i + 0.5 for i in range(30)], "val_loss": [2.1 * 0.9**i + 0.52 for i in range(30)]}


class History:
    def __init__(self, history):
        self.history = history


@pytest.mark.parametrize("of", [dict, History, pd.DataFrame])
def test_a_history_or_frame(of):
    assert nn_doctor.assert_healthy(of(WELL)).exit_code == 0
    with pytest.raises(AssertionError, match="ND202") as caught:
        nn_doctor.assert_healthy(of(ILL))
    text = str(caught.value)
    assert text.startswith("nn-doctor found the training ill\n\n✗ critical  data\n")
    assert "try first" in text and "\x1b" not in text and max(map(len, text.splitlines())) <= 80


def test_options_as_on_the_command_line():
    assert nn_doctor.assert_healthy(ILL, fail_on="never").runs[0].verdict == "critical"
    assert nn_doctor.assert_healthy(ILL, ignore=["ND2"], task="classification", classes=10)
    assert nn_doctor.assert_healthy(ILL, gate_confidence=1.0)
    with pytest.raises(ConfigError, match="no option 'fail'"):
        nn_doctor.assert_healthy(ILL, fail="never")


def test_files_configuration_and_a_report_of_before(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run.csv").write_text(CLIMBING)
    (tmp_path / "mild.toml").write_text('severities = {ND202 = "note"}')
    assert main(["analyze", "run.csv", "-q", "--report", "json:before.json"]) == 1
    with pytest.raises(AssertionError, match=r"run\.csv"):
        nn_doctor.assert_healthy("run.csv")
    assert nn_doctor.assert_healthy("run.csv", known="before.json").runs[0].diagnoses[0].known
    assert nn_doctor.assert_healthy(tmp_path / "run.csv", config="mild.toml")
    with pytest.raises(AssertionError):
        nn_doctor.assert_healthy("run.csv", config="mild.toml", fail_on="note")
    with pytest.raises(ReadError):
        nn_doctor.assert_healthy("missing.csv")


def test_a_rule_that_fails_is_no_pass(monkeypatch):
    def fail(ctx):
        raise ZeroDivisionError

    broken = Rule("ND999", "broken", ("note",), "", fail)
    monkeypatch.setattr("nn_doctor.catalogue.examine.all_rules", lambda: (broken,))
    with pytest.raises(AssertionError, match="could not judge everything\ndata: rule ND999 failed: ZeroDivisionError"):
        nn_doctor.assert_healthy(WELL)


TESTS = """
import pytest

def test_ill(assert_healthy):
    assert_healthy({ILL})

def test_well(assert_healthy):
    assert assert_healthy({WELL}).runs

def test_mild(assert_healthy):
    assert_healthy({ILL}, fail_on="never")
"""


def test_the_fixture_in_a_project_of_its_own(tmp_path):
    (tmp_path / "test_training.py").write_text(TESTS.replace("{ILL}", repr(ILL)).replace("{WELL}", repr(WELL)))
    (tmp_path / "pyproject.toml").write_text("[tool.nn-doctor]\ngate-confidence = 0.5\n[tool.pytest.ini_options]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "nn_doctor.integrations.pytest_plugin", "-W", "error"]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
    environment["PYTHONPATH"] = os.pathsep.join(entry for entry in sys.path if entry)

    def outcome():
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, timeout=120)
        return done.stdout, re.findall(r"(\d+) (passed|failed)", done.stdout)

    shown, counts = outcome()
    assert counts == [("1", "failed"), ("2", "passed")], shown
    assert "ND202" in shown and "health.py" not in shown.split("short test summary")[0].split("ND202")[0]
    (tmp_path / "pyproject.toml").write_text(
        '[tool.nn-doctor]\nseverities = {ND202 = "note"}\n[tool.pytest.ini_options]\n'
    )
    assert outcome()[1] == [("3", "passed")]

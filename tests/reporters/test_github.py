"""Workflow commands, read back as the runner reads them."""

from __future__ import annotations

import pytest
from hypothesis import given

from nn_doctor.reporters import github
from tests.reporters import cases, made
from tests.reporters.test_reports import CONTROL

DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def unescaped(text, table):
    for coded, plain in table:
        text = text.replace(coded, plain)
    return text


def commands(report):
    """(command, properties, message) of each line, by the rules of the runner: ``::name key=value,…::message``."""
    found = []
    shown = github.render(report)
    assert shown.endswith("\n") and not CONTROL.search(shown)
    for line in shown.split("\n")[:-1]:
        assert line.startswith("::")
        end = line.index("::", 2)
        name, _, rest = line[2:end].partition(" ")
        pairs = [part.split("=", 1) for part in rest.split(",") if part]
        assert name in ("error", "warning", "notice") and {key for key, _ in pairs} <= {"file", "line", "title"}
        properties = {key: unescaped(value, PROPERTY) for key, value in pairs}
        found.append((name, properties, unescaped(line[end + 2 :], DATA)))
    return found


@pytest.mark.parametrize("report", cases.REPORTS.values(), ids=cases.REPORTS)
def test_every_report_is_commands_and_ends_in_one_summary(report):
    found = commands(report)
    assert [p["title"] for _, p, _ in found].count("nn-doctor") == 1
    name, properties, message = found[-1]
    assert (name, properties) == ("notice", {"title": "nn-doctor"}) and f"exit {report.exit_code}" in message


@given(cases.anything)
def test_any_text_makes_no_command_of_its_own(text):
    found = commands(cases.hostile(text))
    assert [name for name, _, _ in found] == ["error", "error", "error", "notice"]


def test_an_annotation_says_where_and_what():
    level, properties, message = commands(cases.REPORTS["gating"])[0]
    assert level == "error"
    assert properties == {"file": "run.csv", "title": "ND202 severe overfitting (97 % sure)"}
    assert message.splitlines()[0] == "run.csv: validation loss has climbed since epoch 12"
    assert "try 1: keep the checkpoint of epoch 12" in message.splitlines()


def test_capped_at_what_is_shown_the_worst_first():
    runs = []
    for i in range(15):
        for severity in ("note", "warning", "critical"):
            found = cases.gating(severity=severity, confidence=0.5 + i / 100, summary=f"{severity} {i}")
            runs += cases.of(found, source=f"{severity}{i}.csv").runs
    found = commands(made.report(tuple(runs)))
    assert [name for name, _, _ in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert "critical 14" in found[0][2] and "critical 5" in found[9][2]
    assert "16 more are not shown" in found[-1][2] and "15 critical, 15 warnings, 15 notes" in found[-1][2]


def test_known_is_a_notice():
    found = {p["title"]: name for name, p, _ in commands(cases.REPORTS["known"])}
    assert found["ND202 severe overfitting (97 % sure, known)"] == "notice"
    assert found["ND108 loss spikes (97 % sure)"] == "warning"

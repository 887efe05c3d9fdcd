"""Command line over path over file over default, and what each log is judged by."""

from __future__ import annotations

import json
import tomllib

import pytest

from nn_doctor import globs
from nn_doctor.config.load import ByPath, Config
from nn_doctor.config.resolve import resolve
from nn_doctor.main import main

CLIMBING = "epoch,loss,val_loss\n" + "".join(
    f"{i},{2 * 0.9**i + 0.02:.4f},{1 + 0.03 * abs(i - 8) + 0.5 * 0.6**i:.4f}\n" for i in range(50)
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("a.csv", "gan/b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CLIMBING)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_order_of_precedence(tmp_path):
    config = Config("f.toml", str(tmp_path), {"fail_on": "note", "task": "lm", "limits": {"a": 1.0, "b": 1.0}},
                    (ByPath(("*.log",), {"task": "gan", "fail_on": "never", "limits": {"b": 2.0}}),))  # fmt: skip
    found = resolve({"fail_on": "critical", "task": "auto"}, frozenset({"fail_on"}), config)
    at = found.settings.at(str(tmp_path / "x.log"))
    assert (found.settings.fail_on, found.settings.expectation.task) == ("critical", "lm")
    assert (at.fail_on, at.expectation.task, at.limits) == ("critical", "gan", {"a": 1.0, "b": 2.0})
    assert found.settings.at(str(tmp_path / "x.csv")).limits == {"a": 1.0, "b": 1.0}
    origins = {field: found.origins[field] for field in ("fail_on", "task", "limits", "x")}
    assert origins == {"fail_on": "command line", "task": "f.toml", "limits": "f.toml", "x": "default"}


def test_entries_are_laid_over_each_other_by_name(tmp_path):
    config = Config("f.toml", str(tmp_path), {"maps": ("a=loss", "b=x"), "params": {"lr": 1, "n": 2}},
                    (ByPath(("*",), {"maps": ("a=-", "c=y")}),))  # fmt: skip
    found = resolve({"maps": ("a=accuracy",), "params": {"lr": 3}}, frozenset({"maps", "params"}), config)
    assert found.settings.params == {"lr": 3, "n": 2} and found.origins["maps"] == "command line, f.toml"
    assert set(found.settings.maps) == {"a=accuracy", "b=x"}
    assert set(found.settings.at("any").maps) == {"a=accuracy", "b=x", "c=y"}


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("runs/gan-*", "runs/gan-1", True),
        ("runs/gan-*", "runs/gan-1/deep/x.csv", True),
        ("runs/gan-*", "other/runs/gan-1", False),
        ("gan-*", "runs/gan-1/x.csv", True),
        ("*.log", "a/b/c.log", True),
        ("*.log", "a/b/c.log.csv", False),
        ("runs/*.log", "runs/deep/c.log", False),
        ("runs/**/*.log", "runs/deep/er/c.log", True),
        ("runs/**/*.log", "runs/c.log", True),
        ("old/", "old/x.csv", True),
        ("./old/x.csv", "old/x.csv", True),
        ("x?.csv", "xy.csv", True),
        ("[x].csv", "x.csv", False),
        ("**", "anything/at/all", True),
        ("-", "-", True),
    ],
)
def test_patterns(tmp_path, pattern, path, fits):
    source = path if path == "-" else str(tmp_path / path)
    assert globs.matches(source, [pattern], str(tmp_path)) is fits


def codes(capsys, *args):
    code = main(["analyze", *args, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    return code, {run["source"]: [(d["code"], d["severity"]) for d in run["diagnoses"]] for run in report["runs"]}


def test_the_file_changes_the_answer_and_the_command_line_has_the_last_word(folder, capsys):
    found = {"a.csv": [("ND202", "critical")], "gan/b.csv": [("ND202", "critical")]}
    assert codes(capsys, "a.csv", "gan/b.csv") == (1, found)
    (folder / "nn-doctor.toml").write_text(
        'severities = {ND202 = "note"}\n[[overrides]]\npaths = ["gan"]\nignore = ["ND2"]'
    )
    found = {"a.csv": [("ND202", "note")], "gan/b.csv": []}
    assert codes(capsys, "a.csv", "gan/b.csv") == (0, found)
    assert codes(capsys, "a.csv", "gan/b.csv", "--no-config")[0] == 1
    assert codes(capsys, "gan/b.csv", "--ignore", "ND1") == (0, {"gan/b.csv": [("ND202", "note")]})
    assert codes(capsys, "a.csv", "--fail-on", "note")[0] == 1


def test_default_severity_stays_in_the_report(folder, capsys):
    (folder / "nn-doctor.toml").write_text('severities = {ND202 = "note"}')
    main(["analyze", "a.csv", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    (found,) = report["runs"][0]["diagnoses"]
    assert (found["severity"], found["default_severity"], found["gates"]) == ("note", "critical", False)
    assert report["settings"]["severities"] == {"ND202": "note"} and report["runs"][0]["verdict"] == "note"


def test_a_threshold_changes_the_answer(folder, capsys):
    (folder / "nn-doctor.toml").write_text("thresholds.nd202.rise = 5")
    assert "ND202" not in str(codes(capsys, "a.csv")[1])


def test_the_file_is_never_looked_for_beside_the_log(folder, capsys, monkeypatch):
    (folder / "gan" / "nn-doctor.toml").write_text('ignore = ["ND2"]')
    assert codes(capsys, "gan/b.csv")[0] == 1


def test_reports_and_format_of_the_file(folder, capsys):
    (folder / "nn-doctor.toml").write_text('format = "concise"\nreports = ["csv:out.csv"]\njobs = 1')
    main(["analyze", "a.csv"])
    assert capsys.readouterr().out.startswith("a.csv: critical ND202")
    assert (folder / "out.csv").exists()


def test_contradicting_options(folder, capsys):
    assert main(["analyze", "a.csv", "--no-config", "--config", "x.toml"]) == 2
    assert main(["analyze", "a.csv", "--config", "x.toml"]) == 2
    assert capsys.readouterr().err.splitlines()[1] == "nn-doctor: x.toml: no such configuration file"


def test_config_shows_what_is_in_force(folder, capsys):
    (folder / "nn-doctor.toml").write_text(
        'fail-on = "note"\nmap = {cost = "loss"}\n[[overrides]]\npaths = ["gan"]\ntask = "gan"'
    )
    assert main(["config", "gan/b.csv", "--format", "json", "--task", "lm", "--classes", "3"]) == 0
    shown = json.loads(capsys.readouterr().out)
    wanted = {
        "fail-on": ("note", "nn-doctor.toml"), "map": (["cost=loss"], "nn-doctor.toml"),
        "task": ("lm", "command line"), "classes": (3, "command line"), "format": ("terminal", "default"),
    }  # fmt: skip
    assert {name: tuple(shown["settings"][name].values()) for name in wanted} == wanted
    assert main(["config", "gan/b.csv"]) == 0
    text = capsys.readouterr().out
    as_toml = tomllib.loads(text)
    assert as_toml["task"] == "gan" and as_toml["map"] == {"cost": "loss"} and "# overrides[0]" in text
    (folder / "nn-doctor.toml").write_text(text.split("[[")[0])
    assert main(["config"]) == 0 and main(["config", "--thresholds"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if "nd202.rise" in line)
    assert row.split() == "nd202.rise 0.2 of the best level, 0.05 to 5".split()
    (folder / "nn-doctor.toml").write_text("thresholds.nd202.rise = 0.3")
    assert main(["config", "--thresholds"]) == 0
    assert "0.05 to 5, changed from 0.2" in " ".join(capsys.readouterr().out.split())
    assert main(["config", "--thresholds", "--format", "json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert (found["nd202.rise"]["value"], found["nd202.rise"]["default"]) == (0.3, 0.2)

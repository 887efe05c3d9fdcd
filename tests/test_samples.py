"""Every sample through the whole program: read right, the expected diagnosis first, nothing false beside it."""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

from nn_doctor import doctor
from nn_doctor.cli import analyze
from nn_doctor.cli.root import cli
from nn_doctor.cli.settings import settings_of
from nn_doctor.finder import find
from nn_doctor.parsers.base import Match
from nn_doctor.parsers.packed.opening import source_of
from nn_doctor.parsers.registry import all_parsers

SAMPLES = Path(__file__).parent.parent / "sample_logs"
EXPECTS = sorted(SAMPLES.glob("*.expect.toml"))
SCHEMA = json.loads(resources.files("nn_doctor.reporters").joinpath("schema.json").read_text(encoding="utf-8"))
MEMORY = 1e-8
"""Expect files keep nine digits."""
RUNNING_BEST = "system"
"""The role of "best_validation_loss" and the like, which no rule looks at."""
JUDGED = {"loss", "accuracy", "rmse", "reward"}


def log_of(expect: Path) -> Path:
    name = expect.name.removesuffix(".expect.toml")
    (log,) = (p for p in SAMPLES.iterdir() if p.name.split(".")[0] == name and p.suffix != ".toml")
    return log


def report_of(expect: Path, table: dict[str, Any]) -> dict[str, Any]:
    result = CliRunner().invoke(
        cli, ["analyze", str(log_of(expect)), "--format", "json", *table["args"]], standalone_mode=False
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return json.loads(result.stdout)


def settings_of_args(table: dict[str, Any]) -> doctor.Settings:
    context = analyze.command.make_context("analyze", ["log", *table["args"]])
    return settings_of({k: v for k, v in context.params.items() if k != "paths"})


def tolerance(series: dict[str, Any]) -> dict[str, float]:
    """Half a unit of the last digit that the log prints."""
    absolute = 0.5 * 10.0 ** -series["places"] if "places" in series else 0.0
    relative = 0.5 * 10.0 ** (1 - series["digits"]) if "digits" in series else 0.0
    return {"atol": absolute * (1 + MEMORY), "rtol": relative + MEMORY}


def expected_of(run: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    if "run" not in table:
        return table
    return next(r for r in table["run"] if r["name"] == run["name"])


@pytest.fixture(params=EXPECTS, ids=lambda p: p.name.split(".")[0])
def sample(request: pytest.FixtureRequest) -> tuple[Path, dict[str, Any]]:
    if log_of(request.param).suffix == ".parquet":
        pytest.importorskip("pyarrow")
    return request.param, tomllib.loads(request.param.read_text(encoding="utf-8"))


def test_diagnosis(sample: tuple[Path, dict[str, Any]]) -> None:
    expect, table = sample
    report = report_of(expect, table)
    jsonschema.validate(report, SCHEMA)
    assert report["errors"] == []
    assert len(report["runs"]) == len(table.get("run", [table]))
    for run in report["runs"]:
        wanted = expected_of(run, table)
        assert run["parser"] == table["parser"]
        said = [d["slug"] for d in run["diagnoses"]]
        grave = [d["slug"] for d in run["diagnoses"] if d["severity"] != "note"]
        if wanted["first"] == ["healthy"]:
            assert run["verdict"] in {"healthy", "note", "unjudged"}
        else:
            assert said[:1] == [s for s in said[:1] if s in wanted["first"]] != []
        assert set(table.get("says", [])) <= set(said)
        assert set(grave) <= {*wanted["first"], *wanted["also"]}
        assert [o for o in run["outcomes"] if o["status"] == "error"] == []


def test_series_as_the_training_remembers_them(sample: tuple[Path, dict[str, Any]]) -> None:
    expect, table = sample
    runs = doctor.read_runs([str(log_of(expect))], settings_of_args(table)).runs
    for wanted in table["series"]:
        run = next(r for r in runs if "run" not in wanted or r.name == wanted["run"])
        found = run.find(wanted["name"])
        assert (found.split, found.metric, len(found)) == (wanted["split"], wanted["metric"], wanted["points"])
        ends = [float(found.y[0]), float(found.y[-1])]
        np.testing.assert_allclose(ends, [wanted["first"], wanted["last"]], **tolerance(wanted))


def test_no_other_curve_is_made_up(sample: tuple[Path, dict[str, Any]]) -> None:
    expect, table = sample
    for run in doctor.read_runs([str(log_of(expect))], settings_of_args(table)).runs:
        wanted = {s["name"] for s in table["series"] if s.get("run") in {None, run.name}}
        assert {s.name for s in run.series if s.metric in JUDGED and s.role != RUNNING_BEST} <= wanted


def test_every_sniffer_on_every_sample(sample: tuple[Path, dict[str, Any]]) -> None:
    for path in [member.path for bundle in find(str(log_of(sample[0]))).bundles for member in bundle.members]:
        matches = {parser.name: parser.sniff(source_of(path).head) for parser in all_parsers()}
        best = max(matches.values())
        winners = {name for name, match in matches.items() if match is best}
        beaten = {name for parser in all_parsers() if parser.name in winners for name in parser.specialises}
        assert best > Match.NO
        assert len(winners - beaten) == 1, matches


def test_a_run_that_has_much_to_gain_is_warned() -> None:
    expect = SAMPLES / "nd107_much_to_gain.expect.toml"
    (run,) = report_of(expect, tomllib.loads(expect.read_text(encoding="utf-8")))["runs"]
    (diagnosis,) = (d for d in run["diagnoses"] if d["code"] == "ND107")
    assert (diagnosis["severity"], diagnosis["default_severity"]) == ("warning", "note")
    assert run["params"]["learning_rate"] == 0.001

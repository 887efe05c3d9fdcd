"""Every dialect under ``dialects/`` gives its series: name, metric, split, axis, x and y, and no loss beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from nn_doctor import doctor
from nn_doctor.parsers.registry import all_parsers
from nn_doctor.parsers.source import Source
from tests.parsers.dialects import (
    aside,
    classic,
    counters,
    elsewhere,
    foundations,
    frameworks,
    gathered,
    language,
    prints,
    reinforcement,
    speech,
    trades,
    trainers,
    translation,
    tuning,
    vision,
)

if TYPE_CHECKING:
    from pathlib import Path

    from nn_doctor.series.model import Run

NUMBERS = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
DIALECTS = {
    name: dialect
    for module in (
        aside,
        classic,
        counters,
        elsewhere,
        foundations,
        frameworks,
        gathered,
        language,
        prints,
        reinforcement,
        speech,
        trades,
        trainers,
        translation,
        tuning,
        vision,
    )
    for name, dialect in module.DIALECTS.items()
}


def _run(text: str, folder: Path) -> Run:
    file = folder / "run.log"
    file.write_text(text, encoding="utf-8", newline="")
    reading = doctor.read_runs([str(file)], doctor.Settings())
    assert [f.message for f in reading.failures] == []
    (run,) = reading.runs
    return run


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_is_understood(name: str, tmp_path: Path) -> None:
    text, expected = DIALECTS[name]
    found = {s.name: s for s in _run(text, tmp_path).series}
    for series, (metric, split, axis, x, y) in expected.items():
        assert series in found, sorted(found)
        one = found[series]
        assert (one.metric, one.split, one.axis) == (metric, split, axis), series
        assert one.y.tolist() == pytest.approx(y), series
        assert one.x.tolist() == pytest.approx(x), series


@pytest.mark.parametrize("name", DIALECTS)
def test_no_loss_is_found_that_nobody_logged(name: str, tmp_path: Path) -> None:
    text, expected = DIALECTS[name]
    run = _run(text, tmp_path)
    assert {s.name for s in run.series if s.role == "objective" and not s.id.startswith("sum-")} <= set(expected)


@pytest.mark.parametrize("name", DIALECTS)
def test_half_a_log_gives_the_points_of_its_whole_lines(name: str, tmp_path: Path) -> None:
    """A log that is still growing, or was cut short by a crash, holds no value that was not printed."""
    text, _ = DIALECTS[name]
    printed = {float(n) for n in NUMBERS.findall(text) + NUMBERS.findall(text.replace(",", ""))} | {
        1200.0
    }  # levanter's 1.20k
    lines = text.splitlines(keepends=True)
    file = tmp_path / "run.log"
    for count in range(1, len(lines)):
        file.write_text("".join(lines[:count]), encoding="utf-8", newline="")
        for run in doctor.read_runs([str(file)], doctor.Settings()).runs:
            made = [s for s in run.series if s.id.startswith("sum-")]
            assert {float(v) for s in run.series if s not in made for v in s.y} <= printed


def test_a_result_of_nothing_is_passed_over(tmp_path: Path) -> None:
    lines = "".join(f"Result for {word}\nepoch {i} loss: 0.{9 - i}\n" for i, word in enumerate(("you and me", "?", "")))
    (loss,) = _run(lines, tmp_path).series
    assert loss.y.tolist() == [0.9, 0.8, 0.7]


@pytest.mark.parametrize("name", DIALECTS)
def test_one_parser_is_surer_of_a_dialect_than_all_others(name: str) -> None:
    head = Source("run.log", given=DIALECTS[name][0].encode()).head
    matches = {parser.name: parser.sniff(head) for parser in all_parsers()}
    best = [parser for parser in all_parsers() if matches[parser.name] is max(matches.values())]
    beaten = {other for parser in best for other in parser.specialises}
    assert len([parser for parser in best if parser.name not in beaten]) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Train: 0 [ {0}/4 ( 25%)]  Loss: 2.{0} (2.5)  LR: 1.0e-03  Data: 0.125 (0.125)\n",
        "epoch: 0 [{0}/4] loss: 2.{0} (2.5)  time: 0.25  data: 0.125  max mem: 311\n",
        "Train Epoch: 0 [{0}/4 (25%)] Data (t): 0.125 Batch (t): 0.250, 99.5/s Loss: 2.{0} (2.5)\n",
        "epoch {0} loss=2.{0} Time-cost=1.5\n",
    ],
)
def test_what_a_batch_took_is_no_curve(line: str, tmp_path: Path) -> None:
    text = "".join(line.format(i) for i in range(1, 5))
    names = {s.name.rpartition("/")[2].lower() for s in _run(text, tmp_path).series}
    assert "loss" in names
    assert not {name for name in names if name.startswith(("data", "time", "batch"))}


def test_a_loss_on_data_is_no_time(tmp_path: Path) -> None:
    text = "".join(f"step {i} loss: 2.{i} pde: 1.{i} data: 0.{i}\n" for i in range(1, 5))
    assert {"loss", "pde", "data"} <= {s.name for s in _run(text, tmp_path).series}

"""What the text parser takes for a log, what it refuses, and logs that end in the middle."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.text import read, sniff
from tests.parsers.dialects import frameworks, trainers

if TYPE_CHECKING:
    from pathlib import Path

DIALECTS = trainers.DIALECTS | frameworks.DIALECTS


def test_evaluation_sets_are_no_terms_of_a_sum(tmp_path: Path) -> None:
    file = tmp_path / "run.log"
    file.write_text(DIALECTS["xgboost by scikit-learn, through syslog"][0], encoding="utf-8")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    assert {s.name for s in run.series} == {"validation_0-logloss", "validation_1-logloss"}


@pytest.mark.parametrize("name", sorted(set(DIALECTS) - {"chainer's printed report, bars between its rows"}))
def test_a_dialect_is_recognised_by_the_text_parser(name: str) -> None:
    text, _ = DIALECTS[name]
    assert sniff(Source("run.log", given=text.encode()).head) >= Match.POSSIBLE


NOT_LOGS = {
    "readme": "# Model\nWe ran 30 epochs with lr 0.1, loss 0.3 on val. Accuracy: 95.1%.\n\n"
    "| Model | Params | Top-1 |\n|---|---|---|\n| tiny | 5.1 | 70.1 |\n| mid | 20.1 | 80.2 |\n| big | 80.1 | 85.3 |\n\n"
    "Step 1: install version 3.5\nStep 2: run 4 jobs\nStep 3: download 20 files\n",
    "a table of prices under a ruler": "Name      Price   Count\n--------  ------  -----\n"
    + "".join(f"item{i}     {i}.50    {i * 3}\n" for i in range(1, 9)),
    "a box of settings": "| width | 5.5 |\n| height | 3.5 |\n| depth | 1.5 |\n" * 3,
    "C": "".join(f"int x{i} = {i}; loss = {i}.5; step = {i};\n" for i in range(2)) + "for (i = 0; i < 9; i++) {\n",
}


@pytest.mark.parametrize("name", NOT_LOGS)
def test_tables_and_prose_are_no_logs(name: str) -> None:
    with pytest.raises(ReadError, match="holds no training log"):
        read(Source("x.md", given=NOT_LOGS[name].encode()), ReadOptions())


HOSTILE = [
    "|-" * 50_000,
    "|" + ":-" * 50_000,
    "*** Eval" + " results" * 12_000,
    "Iter  " + "a  " * 30_000,
    "0%|" + "#" * 100_000,
    "|" * 100_000,
    "| a " * 25_000,
    "--- " * 25_000,
    "1epoch" * 16_000,
    ":::MLLOG " + "{" * 90_000,
    ":::MLLOG " + '{"metadata":' * 8_000,
    "copypaste: " * 9_000,
    "At iteration 1/2/3, mean rms=1%, " + "a" * 90_000,
    "Average objective function for 'output' for minibatches " + "1" * 90_000,
    "Epoch gpu_mem " + "box " * 20_000,
    "0:\tlearn: 1 " + "a" * 90_000,
]


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_tables_take_no_long_time(line: str) -> None:
    begin = time.process_time()
    with pytest.raises(ReadError):
        read(
            Source("x.log", given=f"{line}\nE  #  LOSS\n{line}\nTraining | Validation\n{line}".encode()), ReadOptions()
        )
    assert time.process_time() - begin < 2.0


def test_a_bar_cut_short_keeps_the_epochs_before_it() -> None:
    bar = "Epoch {}: {}%|###  | {}/10 [00:01<00:01,  5.00it/s, loss={}]\n"
    text = "".join(bar.format(e, 100, 10, 4 - e) for e in range(4)) + bar.format(4, 50, 5, 0.5)
    (recording,) = read(Source("x.log", given=text.encode()), ReadOptions())
    (loss,) = [c for c in recording.channels if c.name == "loss"]
    assert loss.y.tolist() == [4, 3, 2, 1, 0.5]
    assert loss.epoch is not None
    assert loss.epoch.tolist() == [0, 1, 2, 3, 3.5]


def test_with_few_epochs_the_updates_of_a_bar_are_the_curve() -> None:
    bar = "Epoch 0: {}%|###  | {}/10 [00:01<00:01,  5.00it/s, loss={}]\n"
    text = "".join(bar.format(10 * b, b, 4 - b / 4) for b in range(1, 11))
    (recording,) = read(Source("x.log", given=text.encode()), ReadOptions())
    (loss,) = [c for c in recording.channels if c.name == "loss"]
    assert loss.y.tolist() == [4 - b / 4 for b in range(1, 11)]


def test_a_box_cut_short_at_the_end_is_read_as_it_stands() -> None:
    box = "| Epoch | {} |\n| LossV | {} |\n"
    rule = "-----------------\n"
    text = rule + box.format(0, 4.5) + rule + box.format(1, 3.5) + rule + box.format(2, 2.5)
    (recording,) = read(Source("x.log", given=text.encode()), ReadOptions())
    (loss,) = [c for c in recording.channels if c.name == "LossV"]
    assert loss.y.tolist() == [4.5, 3.5, 2.5]

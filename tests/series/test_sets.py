"""Numbered evaluation sets: the one that was trained on; and the one curve of a log whose name says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nn_doctor

if TYPE_CHECKING:
    from pathlib import Path

    from nn_doctor.series.model import Objective

ROUNDS = np.arange(60)
FALLING = 0.7 * np.exp(-ROUNDS / 12)
TURNING = 0.4 + 0.3 * np.exp(-ROUNDS / 6) + ROUNDS / 150


def chosen(**columns: np.ndarray) -> Objective:
    return nn_doctor.diagnose({"step": range(len(next(iter(columns.values())))), **columns}).runs[0].run.objective


@pytest.mark.parametrize("first", [True, False])
def test_of_two_numbered_sets_the_better_end_is_the_training_set(first: bool) -> None:
    pair = (FALLING, TURNING) if first else (TURNING, FALLING)
    found = chosen(**{"validation_0-logloss": pair[0], "validation_1-logloss": pair[1]})
    assert found.train is not None
    assert found.val is not None
    np.testing.assert_array_equal(found.train.y, FALLING)
    np.testing.assert_array_equal(found.val.y, TURNING)


def test_metrics_follow_the_set_that_was_trained_on() -> None:
    found = chosen(**{"validation_0-logloss": FALLING, "validation_0-auc": 1 - FALLING / 2,
                      "validation_1-logloss": TURNING, "validation_1-auc": 1 - TURNING / 2})  # fmt: skip
    assert found.metric_train is not None
    assert found.metric_train.name == "validation_0-auc"


def test_a_single_set_and_sets_beside_a_training_curve_are_validation() -> None:
    assert chosen(**{"validation_0-logloss": TURNING}).train is None
    beside = chosen(**{"train-logloss": FALLING, "validation_0-logloss": TURNING, "validation_1-logloss": TURNING + 1})
    assert beside.train is not None
    assert beside.train.name == "train-logloss"


def test_boosting_that_learns_its_training_set_by_heart_is_told() -> None:
    report = nn_doctor.diagnose({"step": ROUNDS, "validation_0-logloss": FALLING, "validation_1-logloss": TURNING})
    assert report.runs[0].diagnoses[0].slug == "severe-overfitting"


@pytest.mark.parametrize(("name", "sign", "judged"), [("run7", 1, True), ("run7", -1, False), ("best_acc", 1, False)])
def test_one_falling_curve_named_after_its_file_is_taken_as_a_loss(
    tmp_path: Path, name: str, sign: int, judged: bool
) -> None:
    values = 1 + sign * (FALLING - 0.35)
    path = tmp_path / f"{name}.csv"
    path.write_text("Wall time,Step,Value\n" + "".join(f"17{i:08},{i},{v:.6f}\n" for i, v in enumerate(values)))
    report = nn_doctor.diagnose(str(path))
    train = report.runs[0].run.objective.train
    assert (train is not None and train.goal == "min") is judged

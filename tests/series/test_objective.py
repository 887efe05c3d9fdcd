from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nn_doctor
from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from nn_doctor.series.model import Objective


def objective(names: str, **options: object) -> Objective:
    columns = {name: np.linspace(2, 1, 12) + i / 7 for i, name in enumerate(names.split("|"))}
    report = nn_doctor.diagnose({"epoch": range(12), **columns}, select=("ND103",), **options)
    return report.runs[0].run.objective


def names(chosen: Objective) -> list[str | None]:
    four = (chosen.train, chosen.val, chosen.metric_train, chosen.metric_val)
    return [None if s is None else s.name for s in four]


def test_keras_history() -> None:
    assert names(objective("loss|accuracy|val_loss|val_accuracy|lr")) == [
        "loss",
        "val_loss",
        "accuracy",
        "val_accuracy",
    ]


def test_logged_total_beats_terms() -> None:
    assert names(objective("loss_cls|loss_bbox|loss|val_loss"))[:2] == ["loss", "val_loss"]
    assert names(objective("loss_cls|loss_bbox|total_loss"))[0] == "total_loss"


def test_additive_terms_are_summed_per_split() -> None:
    chosen = objective("train/box_loss|train/cls_loss|val/box_loss|val/cls_loss")
    assert chosen.train is not None
    assert chosen.val is not None
    assert chosen.train.y[0] == pytest.approx(2 + 2 + 1 / 7)
    assert "sum" in chosen.reason


def test_one_of_several_validation_sets_stands_for_validation() -> None:
    chosen = objective("loss|eval_news_loss|eval_news_accuracy|eval_law_loss|eval_law_accuracy")
    assert names(chosen)[:2] == ["loss", "eval_news_loss"]
    assert "first of 2 validation sets" in chosen.reason
    assert names(objective("loss|val_loss_cls|val_loss_box"))[1] is None


def test_the_only_train_loss_stands_beside_that_of_validation_whatever_it_is_called() -> None:
    assert names(objective("train_nce_loss|val_loss"))[:2] == ["train_nce_loss", "val_loss"]
    assert names(objective("train_cls_loss|train_box_loss|val_loss"))[0] is None  # which of them, or both?
    assert names(objective("train_cls_loss|val_cls_loss|val_loss"))[0] is None  # validation's whole holds more
    assert names(objective("g_loss|val_loss"))[0] is None


def test_deviances_judge_before_other_errors() -> None:
    chosen = objective("training_deviance|training_mae|validation_deviance|validation_mae|validation_r2")
    assert names(chosen)[:2] == ["training_deviance", "validation_deviance"]
    assert names(objective("train_explained_deviance|val_explained_deviance"))[0] == "train_explained_deviance"
    report = nn_doctor.diagnose({"epoch": range(12), "val_explained_deviance": np.linspace(0, 1, 12)})
    assert report.runs[0].run.series[0].goal == "max"


def test_players_of_a_gan_are_never_summed() -> None:
    assert names(objective("g_loss|d_loss"))[:2] == [None, None]


def test_test_stands_in_for_validation() -> None:
    chosen = objective("train_loss|test_loss")
    assert names(chosen)[:2] == ["train_loss", "test_loss"]
    assert "stands in" in chosen.reason


def test_a_metric_judges_where_no_loss_was_logged() -> None:
    assert names(objective("train_acc|val_acc"))[:2] == ["train_acc", "val_acc"]


def test_a_metric_of_both_sides_judges_before_one_of_training_alone() -> None:
    assert names(objective("train_mse|train_l2|test_l2"))[:2] == ["train_l2", "test_l2"]


def test_nothing_to_judge() -> None:
    assert names(objective("memory|speed")) == [None] * 4


def test_objective_and_map_override() -> None:
    assert names(objective("loss|aux_loss|foo", objective="aux_loss"))[0] == "aux_loss"
    assert names(objective("foo|bar", maps=("foo=loss/train", "bar=loss/val")))[:2] == ["foo", "bar"]
    assert names(objective("loss|val_loss", maps=("val_loss=-",)))[:2] == ["loss", None]
    with pytest.raises(ConfigError, match="no series named"):
        objective("loss", objective="nope")
    with pytest.raises(ConfigError, match="write NAME="):
        objective("loss", maps=("loss",))


def test_curves_named_by_their_split_alone_that_both_fall_are_losses() -> None:
    chosen = objective("train|val")
    assert names(chosen)[:2] == ["train", "val"]
    assert "guess" in chosen.reason


def test_curves_named_by_their_split_alone_that_rise_are_left_alone() -> None:
    rising = {"epoch": range(12), "train": np.linspace(0.2, 0.9, 12), "val": np.linspace(0.2, 0.8, 12)}
    chosen = nn_doctor.diagnose(rising).runs[0].run.objective
    assert names(chosen)[:2] == [None, None]


def test_the_part_that_validation_has_as_well_judges_where_it_is_most_of_the_loss() -> None:
    chosen = objective("train_z_loss|train_ce_loss|pile_val_ce_loss|c4_val_ce_loss")
    assert names(chosen)[:2] == ["train_ce_loss", "pile_val_ce_loss"]
    assert "of 2 validation sets the first" in chosen.reason
    assert names(objective("train_loss|train_ce_loss|val_ce_loss"))[:2] == ["train_ce_loss", "val_ce_loss"]


def test_a_small_part_that_validation_has_as_well_does_not_judge() -> None:
    columns = {name: np.linspace(2, 1, 12) * size for name, size in SIZES.items()}
    chosen = nn_doctor.diagnose({"epoch": range(12), **columns}, select=("ND103",)).runs[0].run.objective
    assert names(chosen)[:2] == ["train_loss", None]


def test_two_columns_without_names_that_fall_together_are_losses() -> None:
    report = nn_doctor.diagnose(_nameless(0.8), select=("ND103",))
    chosen = report.runs[0].run.objective
    assert names(chosen)[:2] == ["column 3", "column 4"]
    assert "guess" in chosen.reason
    far = nn_doctor.diagnose(_nameless(0.001), select=("ND103",)).runs[0].run.objective  # a rate, as likely as not
    assert names(far)[:2] == [None, None]


def _nameless(size: float) -> dict[str, object]:
    falling = 2 * 0.9 ** np.arange(30)
    return {"step": range(30), "column 2": np.tile([3.1, 3.2], 15), "column 3": falling, "column 4": size * falling}


SIZES = {"train_loss": 1.0, "train_cls_loss": 0.9, "train_reg_loss": 0.1, "val_reg_loss": 0.1}

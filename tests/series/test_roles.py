"""Names as tools write them, and what they mean (by hand, from the tools' documentation and habits)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.series.neighbours import meanings
from nn_doctor.series.roles import meaning_of, split_of_word

LOSSES = [
    ("loss", "train", None),
    ("val_loss", "val", None),
    ("TrainLoss", "train", None),
    ("Validation Loss", "val", None),
    ("eval_loss", "val", None),
    ("DEV_LOSS", "val", None),
    ("validation/main/loss", "val", None),
    ("epoch_loss", "train", None),
    ("evaluation_loss_vs_iterations", "val", None),
    ("train/box_loss", "train", "box"),
    ("val/dfl_loss", "val", "dfl"),
    ("loss_rpn_cls", "train", "rpn_cls"),
    ("total_loss", "train", None),
    ("Avg loss", "train", None),
    ("value_loss", "train", "value"),
    ("trl", "train", None),
    ("tel", "val", None),
    ("test_loss", "test", None),
]


@pytest.mark.parametrize(("name", "split", "term"), LOSSES)
def test_losses(name: str, split: str, term: str | None) -> None:
    meaning = meanings([name])[name]
    assert (meaning.metric, meaning.split, meaning.goal, meaning.term) == ("loss", split, "min", term)
    assert meaning.role == ("term" if term else "objective")


@pytest.mark.parametrize(
    ("name", "metric", "goal"),
    [
        ("val_accuracy", "accuracy", "max"),
        ("test_acc1", "accuracy", "max"),
        ("metrics/mAP50(B)", "map", "max"),
        ("valid_1's auc", "auc", "max"),
        ("Wer", "wer", "min"),
        ("rmse_val", "rmse", "min"),
        ("val_bpb", "bits_per_byte", "min"),
        ("perplexity", "perplexity", "min"),
        ("val_dice", "dice", "max"),
        ("rollout/ep_rew_mean", "reward", "max"),
        ("r2_score", "r2", "max"),
    ],
)
def test_metrics_with_direction(name: str, metric: str, goal: str) -> None:
    meaning = meaning_of(name)
    assert (meaning.metric, meaning.goal, meaning.role) == (metric, goal, "metric")


@pytest.mark.parametrize(
    "name",
    [
        "loss scale",
        "loss_scale",
        "train_time",
        "eval_samples_per_second",
        "tok/sec",
        "memory",
        "data_time",
        "mfu",
        "eta",
        "batch_size",
        "best_val_loss",
        "steps_per_sec",
    ],
)
def test_system_series_are_never_losses(name: str) -> None:
    assert meaning_of(name).role == "system"


@pytest.mark.parametrize("name", ["lr", "learning_rate", "train_lr", "lr-Adam", "lr/pg0", "x/lr0", "LEARNING_RATE"])
def test_learning_rates(name: str) -> None:
    assert (meaning_of(name).metric, meaning_of(name).role) == ("learning_rate", "schedule")


@pytest.mark.parametrize("name", ["grad_norm", "gnorm", "norm", "gradients/layer1"])
def test_gradients_are_internal(name: str) -> None:
    assert (meaning_of(name).metric, meaning_of(name).role) == ("grad_norm", "internal")


def test_metric_without_split_follows_the_losses() -> None:
    beside_bare = meanings(["loss", "accuracy", "val_loss", "val_accuracy"])
    beside_named = meanings(["train_loss", "valid_loss", "accuracy"])
    assert beside_bare["accuracy"].split == "train"
    assert beside_named["accuracy"].split == "val"


@given(st.text(max_size=60))
def test_any_name_is_understood_or_called_unknown(name: str) -> None:
    meaning = meaning_of(name)
    assert meaning.goal in {"min", "max", "none"}
    assert meaning.why


def test_split_words() -> None:
    assert [split_of_word(w) for w in ("Train", "VALID", "testing", "loss")] == ["train", "val", "test", None]

"""The names of ``names.py``: table-driven, one case a name, and a share for those kept aside."""

from __future__ import annotations

import pytest

from nn_doctor.series.neighbours import meanings
from tests.series import names_fresh
from tests.series.names import ASIDE, TABLE, Expected, table

ANY = "*"
UNSPLIT = frozenset({"system", "schedule", "internal"})
"""Roles whose split says nothing."""
KNOWN = table(TABLE) | table(names_fresh.TABLE) | table(names_fresh.SECOND)
KEPT_ASIDE = table(ASIDE)
SHARE = 0.95
"""Of the names kept aside this much was right when they were first tried, and must stay so."""


def _differences(name: str, expected: Expected) -> list[str]:
    """What is understood otherwise than expected."""
    meaning = meanings([name])[name]
    metric, split, goal, role, term = expected
    pairs = [(metric, meaning.metric), (role, meaning.role), (term, meaning.term or "-")]
    if meaning.role not in UNSPLIT:
        pairs.append((split, meaning.split))
    if meaning.role != "system":
        pairs.append((goal, "-" if meaning.goal == "none" else meaning.goal))
    return [f"{got} for {wanted}" for wanted, got in pairs if wanted not in (ANY, got)]


@pytest.mark.parametrize("name", KNOWN)
def test_a_name_is_understood(name: str) -> None:
    assert _differences(name, KNOWN[name]) == []


def test_names_kept_aside_are_understood_too() -> None:
    wrong = {name: found for name, expected in KEPT_ASIDE.items() if (found := _differences(name, expected))}
    assert len(wrong) <= (1 - SHARE) * len(KEPT_ASIDE), wrong


def test_an_ultralytics_table_in_its_context() -> None:
    names = ["train/box_loss", "metrics/precision(B)", "metrics/mAP50(B)", "val/box_loss", "lr/pg0"]
    assert meanings(names)["metrics/precision(B)"].split == "val"


def test_a_step_and_an_epoch_version_are_told_apart() -> None:
    found = meanings(["train_loss_step", "train_loss_epoch", "val_loss"])
    assert (found["train_loss_step"].per_step, found["train_loss_epoch"].averaged) == (True, True)


def test_a_group_called_objective_is_no_loss() -> None:
    assert meanings(["objective/scores"])["objective/scores"].metric != "loss"
    assert meanings(["objective"])["objective"].role == "objective"
    assert meanings(["objective function"])["objective function"].role == "objective"


def test_a_rate_is_a_learning_rate_only_by_itself() -> None:
    assert meanings(["rate"])["rate"].metric == "learning_rate"
    assert meanings(["success_rate"])["success_rate"].metric == "success"
    assert meanings(["error rate"])["error rate"].metric == "error"

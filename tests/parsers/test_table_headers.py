"""Headers of two rows, an index without a name, runs side by side, tables of trials."""

from __future__ import annotations

import pytest

from nn_doctor.errors import ReadError
from tests.parsers.reading import curves, read


def test_groups_that_stand_above_their_first_column_only():
    text = "epoch,train,,val,\n,loss,acc,loss,acc\n1,2.0,0.1,2.1,0.2\n2,1.5,0.3,1.8,0.4\n3,1.2,0.5,1.6,0.6\n"
    assert curves(text) == {
        "train/loss": [2.0, 1.5, 1.2],
        "train/acc": [0.1, 0.3, 0.5],
        "val/loss": [2.1, 1.8, 1.6],
        "val/acc": [0.2, 0.4, 0.6],
    }


def test_a_title_above_the_header_stays_a_title():
    text = "My run,,\nepoch,loss,acc\n1,2.0,0.1\n2,1.5,0.3\n3,1.2,0.5\n"
    assert curves(text) == {"loss": [2.0, 1.5, 1.2], "acc": [0.1, 0.3, 0.5]}


def test_units_below_the_names():
    assert curves("epoch,loss\n[1],[nats]\n1,2.0\n2,1.5\n3,1.2\n") == {"loss": [2.0, 1.5, 1.2]}


@pytest.mark.parametrize("first", [0, 1, 7])
def test_row_numbers_without_a_name_shift_nothing(first):
    rows = "".join(f"{first + i}  {v}  {w}\n" for i, (v, w) in enumerate([(2.0, 2.1), (1.5, 1.8), (1.2, 1.6)]))
    assert curves("   train_loss  val_loss\n" + rows) == {"train_loss": [2.0, 1.5, 1.2], "val_loss": [2.1, 1.8, 1.6]}


def test_an_unnamed_last_column_is_no_index():
    found = curves("epoch loss\n1 2.0 11.5\n2 1.5 11.4\n3 1.2 11.7\n")
    assert found == {"loss": [2.0, 1.5, 1.2], "column 3": [11.5, 11.4, 11.7]}


def test_models_side_by_side_are_runs():
    header = "epoch,small/train_loss,small/val_loss,large/train_loss,large/val_loss\n"
    found = read(header + "1,2,3,4,5\n2,1,2,3,4\n3,0.5,1,2,3\n")
    assert [(r.name, [(c.name, c.y.tolist()) for c in r.channels]) for r in found] == [
        ("small", [("train_loss", [2, 1, 0.5]), ("val_loss", [3, 2, 1])]),
        ("large", [("train_loss", [4, 3, 2]), ("val_loss", [5, 4, 3])]),
    ]


@pytest.mark.parametrize("parts", [("box", "cls"), ("G", "D"), ("actor", "critic")])
def test_parts_side_by_side_are_no_runs(parts):
    names = ",".join(f"{part}/{split}_loss" for part in parts for split in ("train", "val"))
    assert len(read(f"epoch,{names}\n1,2,3,4,5\n2,1,2,3,4\n3,0.5,1,2,3\n")) == 1


@pytest.mark.parametrize(
    "header", ["number,value,params_lr,state", "mean_fit_time,params,mean_test_score,rank_test_score"]
)
def test_trials_are_no_curve(header):
    with pytest.raises(ReadError, match="one a row"):
        read(header + "\n" + "".join(f"{i},0.{9 - i},0.1,1\n" for i in range(5)))

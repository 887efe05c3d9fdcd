"""A column that names the split of its row: tables, JSON lines and long tables understand the same ones."""

from __future__ import annotations

import json

import pytest

import nn_doctor
from nn_doctor.series.axis_names import SPLIT_NAMES

ROWS = [(epoch, side) for epoch in range(1, 9) for side in (0, 1)]


def _curves(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    (run,) = nn_doctor.read(path)
    return {(s.metric, s.split): s.y.tolist() for s in run.series}


def _table(column, words):
    rows = [f"{epoch},{words[side]},{10 / epoch + side},{60 * epoch}" for epoch, side in ROWS]
    return "\n".join([f"epoch,{column},loss,wall_time", *rows, ""])


def _lines(column, words):
    records = [{"epoch": e, column: words[side], "loss": 10 / e + side, "wall_time": 60 * e} for e, side in ROWS]
    return "\n".join(map(json.dumps, records))


def _long(column, words):
    rows = [f"{epoch},loss,{words[side]},{10 / epoch + side},{60 * epoch}" for epoch, side in ROWS]
    return "\n".join([f"epoch,metric,{column},value,timestamp", *rows, ""])


FORMS = pytest.mark.parametrize(("name", "made"), [("a.csv", _table), ("a.jsonl", _lines), ("long.csv", _long)])
TWO = {("loss", "train"): [10 / e for e in range(1, 9)], ("loss", "val"): [10 / e + 1 for e in range(1, 9)]}


@FORMS
@pytest.mark.parametrize("column", SPLIT_NAMES)
def test_columns_that_name_the_split(tmp_path, name, made, column):
    assert _curves(tmp_path, name, made(column, ("train", "val"))) == TWO


@FORMS
@pytest.mark.parametrize("words", [("Training", "Validation"), ("trn", "holdout"), ("fit", "evaluate")])
def test_words_for_splits(tmp_path, name, made, words):
    assert _curves(tmp_path, name, made("phase", words)) == TWO


@FORMS
def test_of_two_such_columns_the_one_with_splits_counts(tmp_path, name, made):
    text = made("split", ("train", "val"))
    if name.endswith("jsonl"):
        text = text.replace('"epoch"', '"dataset": "digits", "epoch"')
    else:
        head, _, rest = text.partition("\n")
        text = f"dataset,{head}\n" + "".join(f"digits,{row}\n" for row in rest.split())
    assert _curves(tmp_path, name, text) == TWO

"""Logs in YAML."""

from __future__ import annotations

import pytest

from nn_doctor import api
from nn_doctor.errors import ReadError


def write(folder, text):
    path = folder / "history.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "train_loss: [2.0, 1.5, 1.2, 1.0]\nval_loss: [2.1, 1.7, 1.6, 1.5]\n",
        "train_loss:\n- 2.0\n- 1.5\n- 1.2\n- 1.0\nval_loss:\n- 2.1\n- 1.7\n- 1.6\n- 1.5\n",
        "train: {loss: [2.0, 1.5, 1.2, 1.0]}\nval: {loss: [2.1, 1.7, 1.6, 1.5]}\nseed: 3\nwhen: 2024-05-02\n",
        "1: {train_loss: 2.0, val_loss: 2.1}\n2: {train_loss: 1.5, val_loss: 1.7}\n"
        "3: {train_loss: 1.2, val_loss: 1.6}\n4: {train_loss: 1.0, val_loss: 1.5}\n",
    ],
)
def test_one_log_in_many_dresses(tmp_path, text):
    (run,) = api.read(write(tmp_path, text))
    found = {(s.metric, s.split): s.y.tolist() for s in run.series}
    assert found == {("loss", "train"): [2.0, 1.5, 1.2, 1.0], ("loss", "val"): [2.1, 1.7, 1.6, 1.5]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lr: 0.1\nmodel: {name: x, width: 3}\n", "holds no training log"),
        ("a: &a [1, 2]\nb: [*a, *a]\n", "aliases"),
        ("loss: [1.0, 2.0\n", "not YAML"),
        ("loss: !!python/object/apply:os.system ['true']\n", "holds no training log"),
        ("2024-05-02: {loss: x}\n", "holds no training log"),
        ("[" * 3000, "not YAML"),
    ],
)
def test_what_is_no_log_is_refused(tmp_path, text, why):
    with pytest.raises(ReadError, match=why):
        api.read(write(tmp_path, text))

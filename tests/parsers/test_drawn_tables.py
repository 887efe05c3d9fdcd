"""Tables and lists that are no logs, however much they look like the tables that are."""

from __future__ import annotations

import pytest

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.text import read

NOT_LOGS = {
    "devices": "+-----+--------+--------+\n| GPU | Memory | Power  |\n"
    "|=====+========+========|\n|   0 |  1024  |   75.5 |\n"
    "|   1 |  2048  |   80.5 |\n|   2 |  4096  |   90.5 |\n+-----+--------+--------+\n",
    "packages": "Package    Version\n---------- -------\nnumpy      2.1\ntorch      2.4\npandas     3.0\n",
    "a model's layers": "Layer (type)                 Output Shape              Param #\n" + "=" * 65 + "\n"
    "dense (Dense)                (None, 64)                50240\n" + "_" * 65 + "\n"
    "dense_1 (Dense)              (None, 10)                650\n" + "=" * 65 + "\nTotal params: 50,890\n",
    "steps to take": "Step   What\n----   -------------\n1      install 3 files\n"
    "2      run 4 jobs\n3      wait 5 hours\n",
    "models compared": "| Model | Steps | Loss |\n|-------|-------|------|\n"
    "| tiny | 100 | 2.5 |\n| mid | 200 | 2.25 |\n",
    "settings of several ranks": "".join(f"[rank{r}]: world size 4, device {r}, seed 7.5\n" for r in range(4)),
    "shapes": "input 3,64\nhidden 64,32\noutput 32,10\n",
    "a box that counts nothing": "------------  ------\nwidth         5.5\nheight        3.5\n------------  ------\n"
    * 4,
}


@pytest.mark.parametrize("name", NOT_LOGS)
def test_what_is_drawn_is_not_always_a_log(name: str) -> None:
    with pytest.raises(ReadError, match="holds no training log"):
        read(Source("x.txt", given=NOT_LOGS[name].encode()), ReadOptions())


def _values(text: str) -> dict[str, list[float]]:
    (recording,) = read(Source("x.txt", given=text.encode()), ReadOptions())
    return {c.name: c.y.tolist() for c in recording.channels}


def test_a_comma_between_thousands_stays_one() -> None:
    text = "".join(f"epoch {e} loss: {9 - e}.5 seen: 1,{e}00 of 3,64\n" for e in range(1, 5))
    assert _values(text)["loss"] == [8.5, 7.5, 6.5, 5.5]
    text = "".join(f"epoch {e} loss: {e},{e}00\n" for e in range(1, 5))
    assert _values(text)["loss"] == [1100, 2200, 3300, 4400]


def test_a_row_with_a_cell_too_many_ends_the_table() -> None:
    head = "epoch   train loss   val loss\n"
    assert _values(head + "1   2.5   2.75\n2   1.5   1.75\n3   1.0\n4   1.0   2.0   3.0\n5   9.0   9.0\n") == {
        "train loss": [2.5, 1.5],
        "val loss": [2.75, 1.75],
    }


def test_a_cell_under_no_name_is_not_guessed() -> None:
    text = "epoch      loss       acc\n  1        2.5        0.5\n  2        1.5        0.6\n  3  0.7\n"
    assert _values(text) == {"loss": [2.5, 1.5], "acc": [0.5, 0.6]}

"""Plain-text logs: one short text for each dialect, expected values by hand."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.text import read, sniff

CASES = {
    "keras": (
        "Epoch 1/2\n1/9 [>.....] - ETA: 3s - loss: 9.0\r9/9 [======] - 2s 3ms/step - loss: 3.0 - val_loss: 3.5\n"
        "Epoch 2/2\n1/9 [>.....] - ETA: 3s - loss: 8.0\b\b\b9/9 [======] - 2s - loss: 2.0 - val_loss: 2.5\n",
        {"loss": [3.0, 2.0], "val_loss": [3.5, 2.5]},
    ),
    "epoch bar": (
        "Epoch 1/3 | Loss: 0.5 | Train Acc: 61.0%\nEpoch 2/3 | Loss: 0.4 | Train Acc: 70.0%\n",
        {"Loss": [0.5, 0.4], "Train Acc": [61.0, 70.0]},
    ),
    "bare words": ("Epoch 1 loss: 0.3 acc 0.8\nEpoch 2 loss: 0.2 acc 0.9\n", {"loss": [0.3, 0.2], "acc": [0.8, 0.9]}),
    "key=value": ("epoch=1 loss=0.3 lr=0.1\nepoch=2 loss=0.2 lr=0.1\n", {"loss": [0.3, 0.2], "lr": [0.1, 0.1]}),
    "dicts": (
        "{'loss': 2.5, 'epoch': 0.1}\n{'loss': '2.25', 'epoch': '0.2'}\n{'eval_loss': 2.0, 'epoch': 0.2}\n"
        "{'train_runtime': 10.0, 'train_loss': 2.4, 'epoch': 0.2}\n",
        {"loss": [2.5, 2.25], "eval_loss": [2.0]},
    ),
    "nanogpt": (
        "step 0: train loss 4.2, val loss 4.3\niter 0: loss 4.1, time 30.50ms, mfu -100.00%\n"
        "iter 1: loss 4.0, time 30.50ms, mfu 20.00%\n",
        {"train loss": [4.2], "val loss": [4.3], "loss": [4.1, 4.0], "mfu": [-100.0, 20.0]},
    ),
    "pytorch example": (
        "Train Epoch: 1 [0/600 (0%)]\tLoss: 2.30\nTrain Epoch: 1 [300/600 (50%)]\tLoss: 1.10\n\n"
        "Test set: Average loss: 0.05, Accuracy: 98/100 (98%)\n",
        {"train/Loss": [2.3, 1.1], "test/Average loss": [0.05], "test/Accuracy": [98.0]},
    ),
    "lightgbm": (
        "[100]\ttraining's rmse: 0.5\tvalid_1's rmse: 0.6\n[200]\ttraining's rmse: 0.4\tvalid_1's rmse: 0.55\n",
        {"training's rmse": [0.5, 0.4], "valid_1's rmse": [0.6, 0.55]},
    ),
    "metric logger": (
        "Epoch: [0]  [ 0/20]  eta: 0:12:43  lr: 0.1  loss: 27.5 (27.9)\n"
        "Epoch: [0]  [10/20]  eta: 0:12:43  lr: 0.1  loss: 26.5 (27.2)\n",
        {"lr": [0.1, 0.1], "loss": [27.5, 26.5]},
    ),
    "mmdet": (
        "2021-08-12 19:07:24,634 - mmdet - INFO - Epoch [1][50/100]\tlr: 0.5, eta: 3 days, 3:03:21, loss: 1.5\n"
        "2021-08-12 19:08:24,634 - mmdet - INFO - Epoch [1][100/100]\tlr: 0.5, eta: 1:03:21, loss: 1.25\n",
        {"lr": [0.5, 0.5], "loss": [1.5, 1.25]},
    ),
    "estimator": (
        "INFO:tensorflow:loss = 0.5, step = 0\nINFO:tensorflow:loss = 0.25, step = 100 (14.2 sec)\n",
        {"loss": [0.5, 0.25]},
    ),
    "own line": ("epoch   1\nloss: 6.5\nepoch   2\nloss: 5.5\n", {"loss": [6.5, 5.5]}),
    "tensor": (
        "step 1, loss: tensor(0.5, device='cuda:0')\nstep 2, loss: tensor(nan)\n",
        {"loss": [0.5, float("nan")]},
    ),
    "megatron": (
        " iteration 1/ 10 | learning rate: 1.0E-04 | lm loss: 9.5E+00 | loss scale: 1024.0 |\n"
        " iteration 2/ 10 | learning rate: 1.0E-04 | lm loss: 9.0E+00 | loss scale: 1024.0 |\n",
        {"learning rate": [1e-4, 1e-4], "lm loss": [9.5, 9.0]},
    ),
    "nnu-net": (
        "2024-03-01 10:00:00.3: Epoch 0 \n2024-03-01 10:00:00.3: Current learning rate: 0.01 \n"
        "2024-03-01 10:00:09.9: train_loss 1.25 \n"
        "2024-03-01 10:00:10.3: Epoch 1 \n2024-03-01 10:00:10.3: Current learning rate: 0.00999 \n"
        "2024-03-01 10:00:19.9: train_loss 0.75 \n",
        {"Current learning rate": [0.01, 0.00999], "train_loss": [1.25, 0.75]},
    ),
    "segmentation models": (
        "Epoch: 0\nvalid: 100%|####| 12/12 [00:01<00:00, 10.1it/s, loss - 0.5, iou_score - 0.25]\n"
        "Epoch: 1\nvalid: 100%|####| 12/12 [00:01<00:00, 10.1it/s, loss - 0.25, iou_score - 0.5]\n",
        {"val/loss": [0.5, 0.25], "val/iou_score": [0.25, 0.5]},
    ),
    "loss is": (
        "0/9 in 0 epoch finished at time 0:00:27.74 from start, Loss is 3.5 Acc is 0.5\n"
        "1/9 in 0 epoch finished at time 0:00:30.03 from start, Loss is 1.5 Acc is 0.6\n",
        {"Loss": [3.5, 1.5], "Acc": [0.5, 0.6]},
    ),
    "no numbers": (
        "epoch 1 loss: 1.#QNAN\nepoch 2 loss: -1.#IND\nepoch 3 loss: 1.#INF\nepoch 4 loss: -nan\nepoch 5 loss: -inf\n",
        {"loss": [float("nan"), float("nan"), float("inf"), float("nan"), float("-inf")]},
    ),
    "marian": (
        "[2022-10-19 00:35:41] Ep. 1 : Up. 100 : Sen. 28,293 : Cost 6.5 * 1,222 @ 3,197 after 330,467 : Time 1.1s\n"
        "[2022-10-19 00:36:41] Ep. 1 : Up. 200 : Sen. 38,293 : Cost 5.5 * 1,222 @ 3,197 after 430,467 : Time 1.1s\n",
        {"Cost": [6.5, 5.5]},
    ),
    "batches before their epoch": (
        "train --- Current batch:1/2  loss:[ 0.9]\ntrain --- Current batch:2/2  loss:[ 0.8]\n"
        "Epoch [0]/[1] \t Training Phase Loss: 0.07\n"
        "train --- Current batch:1/2  loss:[ 0.7]\ntrain --- Current batch:2/2  loss:[ 0.6]\n"
        "Epoch [1]/[1] \t Training Phase Loss: 0.05\n",
        {"train/loss": [0.9, 0.8, 0.7, 0.6], "Training Phase Loss": [0.07, 0.05]},
    ),
    "darknet": (
        "1: 9.5, 9.5 avg, 0.001 rate, 0.19 seconds, 1 images\n2: 8.5, 9.0 avg, 0.001 rate, 0.19 seconds, 2 images\n",
        {"loss": [9.5, 8.5], "avg loss": [9.5, 9.0], "lr": [0.001, 0.001]},
    ),
}


def _values(text: str) -> dict[str, list[float]]:
    """The curves of a text by name."""
    recordings = read(Source("run.log", given=text.encode()), ReadOptions())
    return {c.name: [float(v) for v in c.y] for r in recordings for c in r.channels}


@pytest.mark.parametrize("name", CASES)
def test_a_dialect_gives_its_numbers(name: str) -> None:
    text, expected = CASES[name]
    found = _values(text)
    assert found.keys() == expected.keys()
    for key, values in expected.items():
        assert found[key] == pytest.approx(values, nan_ok=True)


def test_keras_epochs_are_the_axis_and_train_is_an_average() -> None:
    (recording,) = read(Source("k.log", given=CASES["keras"][0].encode()), ReadOptions())
    by_name = {c.name: c for c in recording.channels}
    assert by_name["loss"].averaged_over == "epoch"
    assert by_name["val_loss"].averaged_over is None
    epochs = by_name["loss"].epoch
    assert epochs is not None
    assert epochs.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello world\n",
        "Once upon a time in 1999 there were 3 bears.\n" * 20,
        "def f():\n    loss = 0.5\n    x = 3\n",
    ],
)
def test_what_holds_no_log_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="holds no training log"):
        _values(text)


PROGRAM = """import os
import torch
from torch import nn

class Args:
    val_loss_every : int = 125
    loss_scale = 4.0

def evaluate(step, loss=0.5):
    \'\'\'At epoch 7 the loss: 0.25 is typical\'\'\'
    val_loss = 3.5; best = dict(step=5, val_loss=4.0)
    print(f"step:{step} val_loss:{val_loss} loss: 0.5")
print(f"epoch 3 loss: {9.0}")
"""


def test_a_program_before_the_log_is_no_part_of_it() -> None:
    log = "step:0/2 val_loss:10.5\nstep:1/2 val_loss:9.5\nstep:2/2 val_loss:8.5\n"
    assert _values(PROGRAM * 20 + "=====\n" + log) == {"val_loss": [10.5, 9.5, 8.5]}
    assert _values(PROGRAM + "step:0/2 val_loss:10.5\nstep:1/2 val_loss:9.5\n") == {"val_loss": [10.5, 9.5]}


def test_a_text_cut_anywhere_keeps_its_whole_lines() -> None:
    lines = [f"epoch {e} loss: {8.5 - e} acc: 0.{e}\n" for e in range(1, 6)]
    text = "".join(lines)
    whole = _values(text)["loss"]
    for cut in range(len(lines[0]) * 2, len(text)):
        done = text[:cut].count("\n")
        assert _values(text[:cut])["loss"][:done] == whole[:done]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    text = f"\u00e9poque{end}epoch 1 loss: 0.5{end}epoch 2 loss: 0.25{end}"
    (recording,) = read(Source("x.log", given=text.encode(encoding)), ReadOptions())
    assert [c.y.tolist() for c in recording.channels if c.name == "loss"] == [[0.5, 0.25]]


HOSTILE = ["a" * 100_000, "1 " * 50_000, "loss: " * 16_000, "((((" * 25_000, "a=1," * 25_000, " - " * 33_000]


@pytest.mark.parametrize("line", HOSTILE, ids=["word", "numbers", "keys", "brackets", "pairs", "dashes"])
def test_a_hostile_line_takes_no_long_time(line: str) -> None:
    begin = time.process_time()
    with contextlib.suppress(ReadError):
        _values(line + "\n" + PROGRAM + line)
    assert time.process_time() - begin < 5.0


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aelos:= 0123.,[](){}|/%-\n\r\t\b'EpochLoss"), max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    source = Source("x.log", given=text.encode())
    assert sniff(source.head) in Match
    try:
        read(source, ReadOptions())
    except ReadError as error:
        assert "x.log" in str(error)


def test_docstrings_do_not_end_a_program_before_the_log():
    program = [
        "import os",
        "import sys",
        "def run(x):",
        '    """Compute the thing.',
        "",
        "Prose at the margin goes on here.",
        "and on the next line as well",
        "and on a third one of them",
        '"""',
        "    return x",
        "val_loss = 0.0",
        "val_steps = 10",
    ]
    log = [f"step:{i}/9 train_loss:{3 - i / 4} train_time:{i}ms" for i in range(10)]
    text = "\n".join([*program, *log]) + "\n"
    (recording,) = read(Source("log.txt", given=text.encode()), ReadOptions())
    assert not [c.name for c in recording.channels if "val" in c.name]
    (loss,) = [c for c in recording.channels if c.name == "train_loss"]
    assert loss.y.tolist() == [3 - i / 4 for i in range(10)]


def test_a_bar_drawn_again_as_it_stood_is_one_state() -> None:
    drawn = "".join(f"step {i} loss: {5.0 - i}\r" * 3 for i in range(4))
    assert _values(drawn) == {"loss": [5.0, 4.0, 3.0, 2.0]}
    lines = "".join(f"step {i} loss: 5.0\n" for i in range(4))
    assert _values(lines) == {"loss": [5.0] * 4}


def test_the_same_line_printed_again_is_another_point() -> None:
    assert _values("loss: 0.5\n" * 3) == {"loss": [0.5] * 3}


@pytest.mark.parametrize("short", ["a", "1", "--", "}", "|"])
def test_lines_of_a_letter_or_two_change_nothing(short: str) -> None:
    text = "Epoch 1\nloss: 0.5\nval_loss: 0.75\nEpoch 2\nloss: 0.25\nval_loss: 0.5\n"
    assert _values(text.replace("\n", f"\n{short}\n")) == _values(text)


def test_a_loss_that_stands_still_between_carriage_returns_keeps_its_points() -> None:
    assert _values("\r".join(f"loss: {y}" for y in (0.9, 0.8, 0.5, 0.5, 0.5))) == {"loss": [0.9, 0.8, 0.5, 0.5, 0.5]}

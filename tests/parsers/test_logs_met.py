"""Shapes of lines met in logs of others that were read badly once: told here in other words and other numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nn_doctor import doctor
from nn_doctor.series.neighbours import meanings
from nn_doctor.series.roles import meaning_of

if TYPE_CHECKING:
    from pathlib import Path

    from nn_doctor.series.model import Run


def _run(folder: Path, text: str, name: str = "run.log") -> Run:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    return run


def test_losses_between_lines_that_name_the_epoch_stand_within_it(tmp_path: Path) -> None:
    epochs = [
        f"Epoch {e}\nLoss = {3 / e:.3f}\nLoss = {2.8 / e:.3f}\nValidation rmse = {4 / e:.3f}\n" for e in (1, 2, 3)
    ]
    run = _run(tmp_path, "".join(epochs))
    np.testing.assert_allclose(run.find("Loss").x, [0.5, 1, 1.5, 2, 2.5, 3])
    np.testing.assert_allclose(run.find("Validation rmse").x, [1, 2, 3])
    assert {s.axis for s in run.series} == {"epoch"}


def test_an_epoch_cut_short_ends_early_and_epoch_zero_ends_at_one(tmp_path: Path) -> None:
    rows = "".join(f"{e},{5 - i / 10}\n" for i, e in enumerate([0, 0, 0, 0, 1, 1, 1, 1, 2]))
    x = _run(tmp_path, "epoch,loss\n" + rows, "run.csv").find("loss").x
    np.testing.assert_allclose(x, [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25])


def test_epochs_that_batches_refine_already_stay(tmp_path: Path) -> None:
    lines = [f"Epoch[{e}] Batch[{b}/4] loss={9 - e - b / 4:.2f}" for e in range(4) for b in range(4)]
    lines = [line + ("\nEpoch[0] acc-top1=0.5" if i == 3 else "") for i, line in enumerate(lines)]
    assert _run(tmp_path, "\n".join(lines) + "\n").find("loss").x[0] < 1


def test_a_loss_so_far_is_a_loss(tmp_path: Path) -> None:
    text = "".join(f"Epoch {e}, Step 40, used 7.1 (s), avg loss so far is {1 / e:.3f}\n" for e in (1, 2, 3))
    assert len(_run(tmp_path, text).find("avg loss")) == 3


def test_iterations_count(tmp_path: Path) -> None:
    text = "".join(f"iterations:{i}, train acc:0.{i}1, train loss:{9 / i:.2f},\n" for i in (1, 2, 3, 4))
    np.testing.assert_allclose(_run(tmp_path, text).find("train loss").x, [1, 2, 3, 4])


def test_the_same_epoch_told_again_below_a_heading_is_an_evaluation(tmp_path: Path) -> None:
    lines = [
        f"epoch: {e}, loss is: {1 / (e + 1):.3f}, acc is: 0.{e + 5}\ntesting in eval mode\u2026\u2026\n"
        f"epoch: {e}, loss is: {1.2 / (e + 1):.3f}, acc is: 0.{e + 4}\nNow continue training\u2026\u2026\n"
        for e in range(4)
    ]
    run = _run(tmp_path, "".join(lines))
    assert [(s.name, s.split, len(s)) for s in run.series if s.metric == "loss"] == [
        ("loss", "train", 4),
        ("test/loss", "test", 4),
    ]


def test_a_day_that_is_spelt_stands_before_a_heading(tmp_path: Path) -> None:
    lines = [
        f"Tue 04 Mar 2025 11:0{e}:14 INFO  epoch {e} training [time: 61.3s, train loss: {90 / e:.2f}]\n"
        f"Tue 04 Mar 2025 11:0{e}:41 INFO  valid result: \nrecall@5 : 0.2{e}    ndcg@5 : 0.1{e}    \n"
        for e in (1, 2, 3)
    ]
    run = _run(tmp_path, "".join(lines))
    assert [run.find(n).split for n in ("train loss", "val/recall@5", "val/ndcg@5")] == ["train", "val", "val"]


def test_a_heading_between_long_rulers_holds(tmp_path: Path) -> None:
    rule = "\u2500" * 70
    text = "".join(
        f"[Epoch {e}/9] Train Loss: {9 / e:.2f}\n{rule} Validation {rule}\nLoss: {8 / e:.2f}\n" for e in (1, 2)
    )
    assert _run(tmp_path, text).find("val/Loss").split == "val"


def test_the_layers_of_a_model_are_no_losses(tmp_path: Path) -> None:
    text = "0 | net    | Encoder | 4.8 M \n1 | criterion | MSELoss | 0     \n"
    run = _run(tmp_path, text + "".join(f"Epoch {e}: loss {9 / (e + 1):.2f}\n" for e in range(4)))
    assert [s.name for s in run.series] == ["loss"]


def test_what_julia_shows_of_a_tracked_loss(tmp_path: Path) -> None:
    text = "".join(f"loss(x, y) = param(0.0{9 - i})\naccuracy(m, x, 0.0:9) = 0.{i}5\n" for i in range(6))
    assert len(_run(tmp_path, text).find("loss")) == 6


def test_graph_recommenders_print_a_loss_and_its_parts(tmp_path: Path) -> None:
    lines = [f"Epoch {e} [3{e}.5s]: train==[{20 / e:.3f}={19 / e:.3f} + 0.05]" for e in range(1, 7)]
    run = _run(tmp_path, ", recall=[0.12, 0.26], ndcg=[0.10, 0.15]\n".join(lines) + "\n")
    assert (run.find("loss").split, len(run.find("loss"))) == ("train", 6)
    np.testing.assert_allclose(run.find("loss").x, range(1, 7))
    assert [run.find(n).split for n in ("recall", "ndcg")] == ["val", "val"]


def test_a_rate_of_thousands_is_no_learning_rate(tmp_path: Path) -> None:
    text = "".join(
        f"| Training Device=xla:0/3 Epoch=1 Step={20 * i} Loss={3 - i / 9:.3f} Rate=221{i}.5\n" for i in range(5)
    )
    run = _run(tmp_path, text)
    assert not [s for s in run.series if s.metric == "learning_rate"]
    assert not [s for s in run.series if "xla" in s.name]


def test_chinese_names_with_words_around_them(tmp_path: Path) -> None:
    lines = [
        f"Epoch: {e:03}/9 | Loss: {3 / e:.3f}\n当前学习率: 0.01\n整体测试集上的Loss: {4 / e:.3f}\n" for e in (1, 2, 3)
    ]
    run = _run(tmp_path, "".join(lines))
    assert [(s.metric, s.split) for s in run.series] == [
        ("loss", "train"),
        ("learning_rate", "none"),
        ("loss", "test"),
    ]


def test_a_value_one_level_below_its_name(tmp_path: Path) -> None:
    lines = [f'{{"name": "loss", "data": {{"epoch": 0.0{i}, "step": {i}, "value": {9 / i:.2f}}}}}\n' for i in (1, 2, 3)]
    loss = _run(tmp_path, "".join(lines), "run.jsonl").find("loss")
    assert (loss.metric, len(loss), loss.y[0]) == ("loss", 3, 9.0)


def test_a_step_that_two_loggers_print_is_one_point(tmp_path: Path) -> None:
    lines = []
    for i in range(1, 6):
        lines += [f"INFO:tensorflow:Step {i}00 per-step time 0.7s loss={9 / i:.3f}"]
        lines += [
            f"I0912 12:30:4{i}.062087 139735407601536 model_lib.py:652] Step {i}00 per-step time 0.7s loss={9 / i:.3f}"
        ]
    assert len(_run(tmp_path, "\n".join(lines) + "\n").find("loss")) == 5


def test_steps_in_brackets_behind_a_long_thread_number(tmp_path: Path) -> None:
    head = "I1002 21:43:14.805023 139917864867392 logging_writer.py:35]"
    lines = [f"{head} [{i}00] steps_per_second=1.7, train_loss={9 / i:.3f}\n" for i in (1, 2, 3)]
    np.testing.assert_allclose(_run(tmp_path, "".join(lines)).find("train_loss").x, [100, 200, 300])


def test_a_module_and_a_line_are_no_curve(tmp_path: Path) -> None:
    lines = [
        f"2024-08-02 15:19:1{i} | INFO     | net.core.trainer:254 - epoch: {i}/9, total_loss: 2.{9 - i}\n"
        for i in (1, 2)
    ]
    assert [s.name for s in _run(tmp_path, "".join(lines)).series] == ["total_loss"]


def test_the_heads_of_a_process_manager(tmp_path: Path) -> None:
    lines = [
        f"0|net      | 10{i}: 0.59{9 - i}, 0.68{9 - i} avg, 0.002 rate, 3.9 seconds, 1319936 images\n"
        for i in (1, 2, 3)
    ]
    lines = [line + "0|net      | Region 82 Avg IOU: -nan, Class: -nan, count: 0\n" for line in lines]
    run = _run(tmp_path, "".join(lines))
    assert [(s.name, s.x[0]) for s in run.series if s.metric == "loss"] == [("loss", 101), ("avg loss", 101)]
    assert not [s for s in run.series if "IOU" in s.name]


def test_the_other_split_without_its_quantity(tmp_path: Path) -> None:
    lines = [
        f"=== EPOCH {e}/9 ===\nloss train: 0.{9 - e}  eval: 0.{9 - e}5\nacc train: 0.{e}  eval: 0.{e}2\n"
        for e in (1, 2, 3)
    ]
    run = _run(tmp_path, "".join(lines))
    assert [(s.metric, s.split, s.y[0]) for s in run.series] == [
        ("loss", "train", 0.8),
        ("loss", "val", 0.85),
        ("accuracy", "train", 0.1),
        ("accuracy", "val", 0.12),
    ]


def test_an_epoch_right_behind_its_split(tmp_path: Path) -> None:
    lines = [
        f"Train {e}, loss: {9 / e:.3f}, train acc: 0.{e}\nTest {e}, loss: {9.5 / e:.3f}, test acc: 0.{e}\n"
        for e in (4, 5, 6)
    ]
    run = _run(tmp_path, "".join(lines))
    np.testing.assert_allclose(run.find("test/loss").x, [4, 5, 6])
    assert run.find("train/loss").split == "train"


def test_an_epoch_with_a_dash_counts(tmp_path: Path) -> None:
    text = "Epoch-Num\tTrain-Loss\tValid-Loss\t\n" + "".join(
        f"{e}.00\t{3 - e / 9:.3f}\t{3 - e / 10:.3f}\t\n" for e in range(9)
    )
    assert {s.axis for s in _run(tmp_path, text, "log.txt").series} == {"epoch"}


def test_pairs_with_a_v_are_of_validation_but_for_a_value_function() -> None:
    found = meanings(["loss", "v_loss", "contrastive", "v_contrastive"])
    assert [m.split for m in found.values()] == ["train", "val", "train", "val"]
    assert meanings(["loss", "v_loss"])["v_loss"].role == "term"
    assert meanings(["Loss_pi", "Loss_v"])["Loss_v"].split == "train"
    assert meanings(["loss_t", "loss_v"])["loss_v"].split == "val"


@pytest.mark.parametrize(
    ("name", "metric", "role"),
    [
        ("BC_top", "unknown", "unknown"),
        ("top5", "accuracy", "metric"),
        ("top_1", "accuracy", "metric"),
        ("Current_norm_ED", "edit_similarity", "metric"),
        ("lbox", "loss", "term"),
        ("full_loss_num", "system", "system"),
        ("average objf", "log_likelihood", "metric"),
        ("Last accuracy mAP@0.5", "map", "metric"),
    ],
)
def test_names(name: str, metric: str, role: str) -> None:
    meaning = meaning_of(name)
    assert (meaning.metric, meaning.role) == (metric, role)

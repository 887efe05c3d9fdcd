from __future__ import annotations

import numpy as np
import pytest
from json_files import channel, lines, read, source_of, values

from nn_doctor.errors import ReadError
from nn_doctor.parsers import json_document, json_lines
from nn_doctor.parsers.base import Match, ReadOptions


def test_hf_state_keeps_the_summary_out_of_the_curve():
    state = {
        "max_steps": 30,
        "train_batch_size": 8,
        "trial_name": None,
        "log_history": [
            {"loss": 3.0, "step": 10, "epoch": 0.5},
            {"loss": 2.0, "step": 20, "epoch": 1.0},
            {"eval_loss": 2.5, "eval_runtime": 1.0, "step": 20, "epoch": 1.0},
            {"train_loss": 2.5, "train_runtime": 9.0, "step": 20, "epoch": 1.0},
        ],
    }
    recording = read(state, "trainer_state.json")
    assert channel(recording, "loss").step.tolist() == [10, 20]
    assert channel(recording, "eval_loss").y.tolist() == [2.5]
    assert "train_loss" not in values(recording)
    assert recording.params["train_loss"] == 2.5
    assert recording.params["max_steps"] == 30
    assert any("summary" in note.text for note in recording.notes)
    assert json_document.PARSER.sniff(source_of(state).head) is Match.SIGNATURE


def test_a_summary_alone_is_one_row():
    recording = read({"epoch": 3.0, "train_loss": 1.5, "train_runtime": 10.0, "total_flos": 1e9})
    assert values(recording)["train_loss"] == [1.5]


def test_mmdet_steps_run_on_over_the_epochs():
    text = lines(
        {"env_info": "x", "seed": 1},
        *({"mode": "train", "epoch": e, "iter": i, "loss": 1.0, "lr": 0.1} for e in (1, 2) for i in (50, 100)),
        {"mode": "val", "epoch": 2, "iter": 7, "lr": 0.1, "bbox_mAP": 0.3},
    )
    recording = read(text, "20200101.log.json")
    assert channel(recording, "loss").step.tolist() == [50, 100, 150, 200]
    assert channel(recording, "loss").epoch.tolist() == [0.5, 1.0, 1.5, 2.0]
    assert channel(recording, "val/bbox_mAP").step.tolist() == [200]
    assert channel(recording, "val/bbox_mAP").epoch.tolist() == [2.0]


def test_mmengine_validation_moves_to_the_train_step():
    text = lines(
        {"lr": 0.1, "loss": 2.0, "epoch": 1, "iter": 69, "step": 69},
        {"accuracy/top1": 40.0, "step": 1},
        {"lr": 0.1, "loss": 1.0, "epoch": 2, "iter": 138, "step": 138},
        {"accuracy/top1": 60.0, "step": 2},
    )
    accuracy = channel(read(text, "scalars.json"), "val/accuracy/top1")
    assert accuracy.step.tolist() == [69, 138]
    assert accuracy.epoch.tolist() == [1, 2]


def test_stylegan_objects_become_their_means_and_snapshots_their_number():
    stats = lines(*({"Loss/G/loss": {"num": 3, "mean": m, "std": 0.1}, "timestamp": m} for m in (1.0, 2.0)))
    assert values(read(stats, "stats.jsonl"))["Loss/G/loss"] == [1.0, 2.0]
    record = {"results": {"fid50k_full": 9.0}, "metric": "fid50k_full", "total_time": 5.0}
    metric = lines(*({**record, "snapshot_pkl": f"network-snapshot-000{k}.pkl"} for k in (200, 400)))
    assert channel(read(metric, "metric-fid50k_full.jsonl"), "val/fid50k_full").step.tolist() == [200, 400]


def test_catboost_document_followed_by_an_older_tail():
    iterations = [{"learn": [2.0, 0.1], "test": [3.0, 0.2], "iteration": 0, "passed_time": 1.0}] * 3
    meta = {"learn_metrics": [{"name": "RMSE"}, {"name": "R2"}], "test_metrics": [{"name": "RMSE"}, {"name": "R2"}]}
    document = source_of({"meta": meta, "iterations": iterations}).given.decode()
    recording = read(document + 'n":[2078.05]}]}', "catboost_training.json")
    assert values(recording)["learn/RMSE"] == [2.0] * 3
    assert values(recording)["test/R2"] == [0.2] * 3
    assert any("after the end" in note.text for note in recording.notes)


def test_llamafactory_durations_are_the_time_axis():
    text = lines(
        {"current_steps": 5, "loss": 2.0, "eval_loss": None, "elapsed_time": "0:00:48", "remaining_time": "1:00:00"},
        {"current_steps": 10, "loss": 1.0, "eval_loss": None, "elapsed_time": "1 day, 0:00:01", "remaining_time": "x"},
    )
    recording = read(text, "trainer_log.jsonl")
    assert channel(recording, "loss").time.tolist() == [48.0, 86401.0]
    assert "eval_loss" not in values(recording)
    assert sum("eval_loss" in note.text for note in recording.notes) == 1


def test_lists_by_name_of_unequal_length():
    recording = read({"epoch": [0, 0, 1, 1], "step_loss": [4, 3, 2, 1], "f1": [0.5, 0.6]})
    assert channel(recording, "f1").epoch.tolist() == [0, 1]
    assert channel(recording, "step_loss").epoch.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"loss": [2, 1], "val_loss": [3, 2]}, {"loss": [2, 1], "val_loss": [3, 2]}),
        ({"history": {"loss": [2, 1]}, "params": {"epochs": 2}}, {"loss": [2, 1]}),
        ({"train": {"loss": [2, 1]}, "val": {"loss": [3, 2]}}, {"train/loss": [2, 1], "val/loss": [3, 2]}),
        ({"loss": {"10": 1.0, "9": 2.0}}, {"loss": [2, 1]}),
        ([3.5, 2.5, 1.5], {"log": [3.5, 2.5, 1.5]}),
        ([{"main/loss": 1.0}, {"main/loss": "0.5"}], {"main/loss": [1.0, 0.5]}),
        ([{"a": {"b": {"loss": 1.0}}, "done": True}] * 2, {"a/b/loss": [1.0, 1.0]}),
    ],
)
def test_shapes(document, expected):
    assert values(read(document)) == expected


def test_tensorboard_download_is_named_after_the_file():
    recording = read([[10.0, 1, 2.5], [11.0, 2, 1.5]], "run-.-tag-loss.json")
    loss = channel(recording, "loss")
    assert (loss.y.tolist(), loss.step.tolist(), loss.time.tolist()) == ([2.5, 1.5], [1, 2], [10, 11])


@pytest.mark.parametrize("key", ["mode", "split", "phase", "type"])
def test_discriminators_prefix_names(key):
    text = lines({key: "train", "step": 1, "loss": 2.0}, {key: "val", "step": 1, "loss": 3.0})
    assert values(read(text)) == {"loss": [2.0], "val/loss": [3.0]}


@pytest.mark.parametrize(
    "document",
    [
        {"name": "x", "version": "1.0.0", "dependencies": {"a": "^1"}},
        {"hidden_size": 768, "dropout": 0.1, "size": [3, 4]},
        {"log_history": []},
        {},
        3,
        "x",
        None,
    ],
)
def test_settings_are_no_log(document):
    for parser in (json_lines.PARSER, json_document.PARSER):
        with pytest.raises(ReadError):
            parser.read(source_of(document), ReadOptions())


def test_notebooks_and_plain_text_are_left_to_others():
    notebook = source_of({"cells": [], "nbformat": 4}, "a.ipynb").head
    for text in (
        "[0]\ttrain-rmse:0.5\n",
        "[2020-01-01 10:00:00,123] loss 1\n",
        "[1,  2000] loss: 2.1\n",
        "{'loss': 1}\n",
    ):
        assert json_document.PARSER.sniff(source_of(text, "a.log").head) is Match.NO
        assert json_lines.PARSER.sniff(source_of(text, "a.log").head) is Match.NO
    assert json_document.PARSER.sniff(notebook) is Match.NO
    assert json_lines.PARSER.sniff(notebook) is Match.NO


def test_nan_and_infinity_tokens_are_values():
    got = values(read('{"loss": NaN}\n{"loss": nan}\n{"loss": -inf}\n{"loss": 1e400,}\n'))["loss"]
    np.testing.assert_array_equal(got, [np.nan, np.nan, -np.inf, np.inf])


def test_a_list_of_records_with_curves_is_a_run_each():
    document = [
        {"task": task, "seed": seed, "xs": [0, 1000, 2000, 3000], "ys": [seed, seed + 1, seed + 2, seed + 4.5]}
        for task in ("pong", "breakout")
        for seed in (0, 1)
    ]
    recordings = json_document.read(source_of(document, "scores.json"), ReadOptions())
    assert [r.name for r in recordings] == ["pong 0", "pong 1", "breakout 0", "breakout 1"]
    assert recordings[3].params == {"task": "breakout", "seed": 1}
    assert channel(recordings[3], "ys").step.tolist() == [0, 1000, 2000, 3000]
    assert channel(recordings[3], "ys").y.tolist() == [1, 2, 3, 5.5]


def test_histories_of_several_models_in_a_list():
    document = [{"lr": lr, "loss": [3.0, 2.0, lr], "val_loss": [3.0, 2.5, 2.0]} for lr in (0.1, 0.01)]
    first, second = json_document.read(source_of(document, "sweep.json"), ReadOptions())
    assert (first.params["lr"], channel(second, "loss").y.tolist()) == (0.1, [3.0, 2.0, 0.01])


def test_records_of_single_steps_with_lists_beside_them_are_rows():
    by_class = [0.5, 0.6, 0.7]
    for record in ({"epoch": 1, "iou": by_class, "dice": by_class}, {"loss": 0.5, "iou": by_class, "dice": by_class}):
        recording = read([{**record, "loss": 1.0 / (i + 1)} for i in range(9)], "log.json")
        assert channel(recording, "loss").y.size == 9


def test_a_list_of_records_for_each_split():
    by_step = {
        "train": [{"train_avg_loss": 2.0 / n, "lr_0": 0.001, "step_count": 8 * n} for n in (1, 2, 4)],
        "val": [{"val_avg_loss": 1.5, "val_avg_rouge1": 80.0, "step_count": 16}],
    }
    recording = read(by_step, "metrics.json")
    assert channel(recording, "train_avg_loss").step.tolist() == [8, 16, 32]
    assert channel(recording, "val_avg_rouge1").step.tolist() == [16]
    by_row = {"train": [{"loss": 2.0, "lr": 0.1}, {"loss": 1.0, "lr": 0.1}], "test": [{"loss": 3.0}, {"loss": 2.5}]}
    found = values(read({**by_row, "config": {"layers": 3}}))
    assert found == {"train/loss": [2.0, 1.0], "lr": [0.1, 0.1], "test/loss": [3.0, 2.5]}
    assert read({**by_row, "config": {"layers": 3}}).params == {"config/layers": 3}


def test_batches_of_an_epoch_stay_apart_though_each_split_has_a_list():
    train = [{"epoch": n // 2, "iter": n % 2, "loss": 4.0 - n} for n in range(4)]
    found = values(read({"train": train, "val": [{"epoch": 0, "loss": 3.5}, {"epoch": 1, "loss": 2.5}]}))
    assert found["train/loss"] == [4.0, 3.0, 2.0, 1.0]
    assert found["val/loss"] == [3.5, 2.5]

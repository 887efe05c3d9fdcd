"""Files and folders that each hold one split of a run, and files that tell one run twice."""

from __future__ import annotations

import json

import numpy as np
import pytest

from nn_doctor import api

TRAIN = [2.0, 1.5, 1.2, 1.0, 0.9, 0.85]
VAL = [2.1, 1.7, 1.5, 1.4, 1.35, 1.33]


def table(values, name="loss"):
    return f"epoch,{name}\n" + "".join(f"{i},{v}\n" for i, v in enumerate(values, start=1))


def found(folder):
    return [{(s.metric, s.split): s.y.tolist() for s in run.series} for run in api.read(folder)]


@pytest.mark.parametrize("names", [("train_loss", "val_loss"), ("loss_train", "loss_val"), ("log_train", "log_valid")])
def test_a_file_for_each_split_is_one_run(tmp_path, names):
    for name, values in zip(names, (TRAIN, VAL), strict=True):
        (tmp_path / f"{name}.csv").write_text(table(values))
    assert found(tmp_path) == [{("loss", "train"): TRAIN, ("loss", "val"): VAL}]


def test_losses_and_accuracies_of_both_splits_are_one_run(tmp_path):
    for split, values in (("train", TRAIN), ("val", VAL)):
        (tmp_path / f"{split}_loss.csv").write_text(table(values))
        (tmp_path / f"{split}_acc.csv").write_text(table([1 - v / 3 for v in values], "acc"))
    (run,) = found(tmp_path)
    assert set(run) == {(metric, split) for metric in ("loss", "accuracy") for split in ("train", "val")}


def test_seeds_stay_apart(tmp_path):
    for seed in (0, 1):
        for split, values in (("train", TRAIN), ("val", VAL)):
            (tmp_path / f"{split}_loss_seed{seed}.csv").write_text(table([v + seed for v in values]))
    assert [run["loss", "val"][0] for run in found(tmp_path)] == [2.1, 3.1]


def test_data_sets_are_not_logs(tmp_path):
    for split in ("train", "test"):
        rows = "".join(f"{i},{30 + i},{i % 2}\n" for i in range(9))
        (tmp_path / f"{split}.csv").write_text("id,age,survived\n" + rows)
    (tmp_path / "run.csv").write_text(table(TRAIN))
    assert found(tmp_path) == [{("loss", "train"): TRAIN}]


def test_arrays_named_after_their_split(tmp_path):
    np.save(tmp_path / "train_losses.npy", np.array(TRAIN))
    np.save(tmp_path / "val_losses.npy", np.array(VAL))
    assert found(tmp_path) == [{("loss", "train"): TRAIN, ("loss", "val"): VAL}]


def printed(values):
    return "".join(f"iter: {i}  loss: {v:.4g}  time: 0.1\n" for i, v in enumerate(values))


def stored(values):
    return "".join(json.dumps({"iter": i, "loss": v, "lr": 0.1, "time": 0.1}) + "\n" for i, v in enumerate(values))


def test_a_run_told_by_two_files_is_read_once(tmp_path):
    fine = [v + 0.00003 for v in TRAIN]
    (tmp_path / "metrics.json").write_text(stored(fine))
    (tmp_path / "log.txt").write_text(printed(fine))
    assert [run.file for run in api.read(tmp_path)] == [str(tmp_path / "metrics.json")]


def test_runs_that_differ_or_have_folders_of_their_own_are_kept(tmp_path):
    for name, values in (("a", TRAIN), ("b", TRAIN)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "log.txt").write_text(printed(values))
    (tmp_path / "a" / "other.txt").write_text(printed([v + 0.01 for v in TRAIN]))
    assert len(api.read(tmp_path)) == 3


def test_two_tables_of_equal_content_are_two_runs(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(table(TRAIN))
    assert len(api.read(tmp_path)) == 2


def test_a_copy_below_the_printed_log_is_read_once(tmp_path):
    (tmp_path / "vis_data").mkdir()
    (tmp_path / "vis_data" / "scalars.json").write_text(stored(TRAIN))
    (tmp_path / "run.log").write_text(printed(TRAIN))
    assert len(api.read(tmp_path)) == 1


def test_flat_curves_are_not_taken_for_one(tmp_path):
    (tmp_path / "metrics.json").write_text(stored([0.5] * 6))
    (tmp_path / "log.txt").write_text(printed([0.5] * 6))
    assert len(api.read(tmp_path)) == 2

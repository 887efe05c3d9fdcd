"""Folders that trainers and trackers leave: one run each, whatever lies beside its curves."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.parsers.reading import runs_of
from tests.parsers.stores import writers

W = writers()
RECORDS = [
    {"epoch": i, "step": 9 * i + 9, "loss": 1 / (i + 1), "val_loss": 2 / (i + 1), "val_accuracy": i / 20}
    for i in range(12)
]
EVENTS = Path(__file__).parents[2] / "sample_logs" / "nd201_overfitting" / "train"


def only(path):
    (run,) = runs_of(path)
    return run


def put(path, text):
    W._write(path, text)
    return path


def put_events(folder):
    folder.mkdir(parents=True, exist_ok=True)
    (source,) = EVENTS.iterdir()
    shutil.copy(source, folder / source.name)


def zipped(folder, path):
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
    return path


def everywhere(tmp_path):
    """The same folder on disk and in an archive."""
    return tmp_path, zipped(tmp_path, tmp_path.with_suffix(".zip"))


def test_stores_in_an_archive(tmp_path):
    W.mlflow_files(RECORDS, tmp_path / "a")
    W.mlflow_database({"in a database": RECORDS}, tmp_path / "b")
    W.wandb_run(RECORDS, tmp_path / "wandb")
    for path in everywhere(tmp_path):
        found = {run.name: run for run in runs_of(path)}
        assert set(found) == {"brave-carp-31", "in a database", "calm-sea-7"}
        assert found["brave-carp-31"].params == {"batch_size": 32, "optimizer": "sgd"}
        assert all(len(run.find("loss")) == len(RECORDS) for run in found.values())


def test_sacred(tmp_path):
    W.sacred_run(RECORDS, tmp_path)
    for path in everywhere(tmp_path):
        run = only(path)
        assert (run.name, run.params["batch_size"]) == ("digits 3", 32)
        np.testing.assert_array_equal(run.find("training.loss").y, [r["loss"] for r in RECORDS])
        np.testing.assert_array_equal(run.find("validation.accuracy").step, np.arange(12))


def test_sacred_without_metrics_reads_what_was_printed(tmp_path):
    W.sacred_run(RECORDS, tmp_path)
    (tmp_path / "3" / "metrics.json").write_text("{}")
    run = only(tmp_path)
    assert (run.parser, run.name, len(run.find("loss"))) == ("text", "digits 3", 12)


def test_dvclive(tmp_path):
    W.dvclive_folder(RECORDS, tmp_path)
    points = [{"fpr": i, "tpr": i} for i in range(9)]
    put(tmp_path / "dvclive" / "plots" / "sklearn" / "roc.json", json.dumps({"roc": points}))
    for path in (*everywhere(tmp_path), tmp_path / "dvclive" / "plots" / "metrics" / "val" / "loss.tsv"):
        run = only(path)
        assert run.params == {"batch_size": 32}
        assert {s.name for s in run.series} == {"train/loss", "val/loss", "val/accuracy"}
        np.testing.assert_array_equal(run.find("val/loss").y, [r["val_loss"] for r in RECORDS])


@pytest.mark.parametrize(
    ("loss", "aside"),
    [
        ("results/plots/metrics/train/loss.tsv", "results/metrics.json"),
        ("dvclive/scalars/train/loss.tsv", "dvclive/metrics.json"),
        ("dvclive/train/loss.tsv", "dvclive.json"),
    ],
)
def test_other_folders_of_dvclive(tmp_path, loss, aside):
    put(tmp_path / loss, "step\tloss\n" + "".join(f"{i}\t{1 / (i + 1)}\n" for i in range(9)))
    put(tmp_path / aside, json.dumps({"train": {"loss": 0.1}, "step": 8}))
    put(tmp_path / "params.yaml", "train:\n  lr: 0.1\n")
    run = only(tmp_path)
    assert [s.name for s in run.series] == ["train/loss"]
    assert run.params == {"train.lr": 0.1}


def test_allennlp(tmp_path):
    W.allennlp_folder(RECORDS, tmp_path)
    put_events(tmp_path / "log" / "train")
    put(tmp_path / "stdout.log", "".join(f"epoch {i} loss {1 / (i + 1)}\n" for i in range(9)))
    for path in (*everywhere(tmp_path), tmp_path / "metrics_epoch_7.json"):
        run = only(path)
        assert run.params == {"trainer.num_epochs": 12}
        np.testing.assert_array_equal(run.find("training_loss").y, [r["loss"] for r in RECORDS])
        np.testing.assert_array_equal(run.find("validation_accuracy").x, np.arange(12))
        assert not any("no curve" in note.text for note in run.notes)


def test_allennlp_epochs_in_the_order_of_numbers_and_with_one_cut(tmp_path):
    W.allennlp_folder(RECORDS, tmp_path)
    (tmp_path / "metrics_epoch_11.json").write_text('{"training_loss": 0.0')
    run = only(tmp_path)
    np.testing.assert_array_equal(run.find("training_loss").y, [r["loss"] for r in RECORDS[:11]])


def test_hugging_face_checkpoints_are_one_run(tmp_path):
    W.hugging_face_folder(RECORDS, tmp_path)
    put_events(tmp_path / "runs" / "Nov14_host")
    second = "".join(json.dumps({"current_steps": i, "loss": 1 / i}) + "\n" for i in range(1, 9))
    put(tmp_path / "trainer_log.jsonl", second)
    for path in everywhere(tmp_path):
        run = only(path)
        np.testing.assert_array_equal(run.find("loss").y, [r["loss"] for r in RECORDS])
        assert len(run.find("eval_loss")) == len(RECORDS)
    first = min(tmp_path.glob("checkpoint-*"), key=lambda folder: int(folder.name.split("-")[1]))
    assert len(only(first / "trainer_state.json").find("loss")) == 6


def test_the_folders_own_state_wins_where_it_has_come_as_far(tmp_path):
    W.hugging_face_folder(RECORDS, tmp_path)
    last = max(tmp_path.glob("checkpoint-*/trainer_state.json"), key=lambda path: int(path.parent.name.split("-")[1]))
    state = json.loads(last.read_text())
    state["log_history"].append({"epoch": 12.0, "step": 108, "eval_loss": 0.01})
    put(tmp_path / "trainer_state.json", json.dumps(state))
    assert only(tmp_path).find("eval_loss").y[-1] == 0.01


def test_a_stray_state_of_another_run_stays_by_itself(tmp_path):
    W.hugging_face_folder(RECORDS, tmp_path)
    other = [{"epoch": i, "step": i, "loss": 5.0 - i, "learning_rate": 0.1} for i in range(1, 5)]
    put(tmp_path / "trainer_state.json", json.dumps({"global_step": 4, "log_history": other}))
    assert sorted(len(run.find("loss")) for run in runs_of(tmp_path)) == [4, 12]


def test_catboost_info_is_one_run(tmp_path):
    info = tmp_path / "catboost_info"
    for name, factor in (("learn", 1), ("test", 2)):
        rows = "".join(f"{i}\t{factor / (i + 1)}\n" for i in range(9))
        put(info / f"{name}_error.tsv", f"iter\tLogloss\n{rows}")
        put_events(info / name)
    put(info / "time_left.tsv", "iter\tPassed\tRemaining\n" + "".join(f"{i}\t{i}\t{9 - i}\n" for i in range(9)))
    meta = {"learn_metrics": [{"name": "Logloss"}], "learn_sets": ["learn"], "iteration_count": 9}
    iterations = [{"learn": [1 / (i + 1)], "iteration": i} for i in range(9)]
    put(info / "catboost_training.json", json.dumps({"meta": meta, "iterations": iterations}))
    for path in (*everywhere(tmp_path), info, info / "learn_error.tsv"):
        assert {s.name for s in only(path).series} == {"learn/Logloss", "test/Logloss"}
    for name in ("learn", "test"):
        (info / f"{name}_error.tsv").unlink()
    assert [s.name for s in only(tmp_path).series if s.metric == "logloss"] == ["learn/Logloss"]


def test_two_loggers_of_lightning_are_one_run(tmp_path):
    version = tmp_path / "lightning_logs" / "version_0"
    rows = "".join(f"{i},{9 * i},{1 / (i + 1)}\n" for i in range(9))
    put(version / "metrics.csv", f"epoch,step,train_loss\n{rows}")
    put(version / "hparams.yaml", "lr: 0.1\n")
    put_events(version)
    run = only(tmp_path)
    assert (run.parser, run.params, len(run.find("train_loss"))) == ("delimited", {"lr": 0.1}, 9)
    put_events(tmp_path / "lightning_logs" / "version_1")
    assert len(runs_of(tmp_path)) == 2


def test_curves_with_an_x_of_their_own(tmp_path):
    document = {
        "loss": {"train": {"name": "train", "x": [10, 20, 30], "y": [3.0, 2.0, 1.0]}, "val": {"x": [30], "y": [1.5]}},
        "accuracy": {"val": {"x": [], "y": []}},
    }
    run = only(put(tmp_path / "scalars.json", json.dumps(document)))
    np.testing.assert_array_equal(run.find("loss/train").step, [10, 20, 30])
    np.testing.assert_array_equal(run.find("loss/val").y, [1.5])
    assert (run.find("loss/train").split, run.find("loss/val").split) == ("train", "val")

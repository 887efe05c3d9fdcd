"""One value a row, its metric's name in a column: what trackers export."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from nn_doctor import doctor
from nn_doctor.cli.root import cli

AIM = """,idx,step,value,epoch,time,run.hash,run.hparams.lr,metric.name,metric.context.subset
0,0,0,2.5,0,2023-01-01 10:00:00.500000,abc,0.25,loss,train
1,1,10,2.0,0,2023-01-01 10:00:01.500000,abc,0.25,loss,train
2,2,20,1.5,1,2023-01-01 10:00:02.500000,abc,0.25,loss,train
0,0,0,2.25,0,2023-01-01 10:00:00.500000,abc,0.25,loss,val
1,1,20,1.75,1,2023-01-01 10:00:02.500000,abc,0.25,loss,val
0,0,0,3.0,0,2023-01-01 10:00:00.500000,def,0.5,loss,train
1,1,10,2.75,0,2023-01-01 10:00:01.500000,def,0.5,loss,train
"""


def runs_of(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    for path in (tmp_path / name, tmp_path):
        found = doctor.read_runs([str(path)], doctor.Settings())
        assert found.failures == []
    return found.runs


def test_a_data_frame_of_aim(tmp_path):
    first, second = runs_of(tmp_path, "metrics.csv", AIM)
    assert (first.name, second.name, first.params, second.params) == (
        "abc",
        "def",
        {"hparams.lr": 0.25},
        {"hparams.lr": 0.5},
    )
    np.testing.assert_array_equal(first.find("train/loss").y, [2.5, 2.0, 1.5])
    np.testing.assert_array_equal(first.find("train/loss").step, [0, 10, 20])
    np.testing.assert_array_equal(first.find("train/loss").time, 1672567200.5 + np.arange(3))
    np.testing.assert_array_equal(first.find("val/loss").y, [2.25, 1.75])
    assert [s.name for s in second.series] == ["train/loss"]


def records(name, value):
    rows = [("loss", i, 1 / (i + 1)) for i in range(6)] + [("val_acc", i, i / 8) for i in range(6)]
    return [{name: key, value: str(y), "timestamp": 1_600_000_000_000 + i, "step": i} for key, i, y in rows]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("comet.json", json.dumps(records("metricName", "metricValue"))),
        ("mlflow.json", json.dumps({"metrics": records("key", "value")})),
        ("own.jsonl", "".join(json.dumps(r) + "\n" for r in records("metric", "value"))),
        ("cut.jsonl", "".join(json.dumps(r) + "\n" for r in records("tag", "value")) + '{"tag": "loss", "val'),
        ("named.csv", "name,value,step\n" + "".join(f"{r['n']},{r['v']},{r['step']}\n" for r in records("n", "v"))),
    ],
)
def test_records_of_one_value(tmp_path, file, text):
    (run,) = runs_of(tmp_path, file, text)
    assert {s.name for s in run.series} == {"loss", "val_acc"}
    np.testing.assert_array_equal(run.find("loss").y, [1 / (i + 1) for i in range(6)])
    np.testing.assert_array_equal(run.find("val_acc").step, np.arange(6))
    assert bool(run.notes) == file.startswith("cut")


def test_what_series_prints_can_be_read_again(tmp_path):
    (tmp_path / "run.csv").write_text("epoch,loss,val_loss\n" + "".join(f"{i},{9 - i},{10 - i}\n" for i in range(5)))
    printed = CliRunner().invoke(cli, ["series", str(tmp_path / "run.csv")], standalone_mode=False).stdout
    (tmp_path / "run.csv").unlink()
    (run,) = runs_of(tmp_path, "series.csv", printed)
    assert {s.name for s in run.series} == {"loss", "val_loss"}
    np.testing.assert_array_equal(run.find("val_loss").epoch, np.arange(5))


@pytest.mark.parametrize(
    "text", ["step,metric,value\n1,0.5,3\n2,0.25,4\n3,0.125,5\n", "epoch,loss,key,value\n1,2,3,4\n2,1,4,5\n"]
)
def test_numbers_under_such_names_are_a_table_like_others(tmp_path, text):
    (run,) = runs_of(tmp_path, "table.csv", text)
    assert "value" in {s.name for s in run.series}


def test_one_metric_without_its_name_is_called_after_its_file(tmp_path):
    rows = "".join(f"{i},{i * 10},{1 / (i + 1)},2023-01-01 10:00:0{i}\n" for i in range(6))
    (run,) = runs_of(tmp_path, "train_loss.csv", ",step,value,timestamp\n" + rows)
    assert (run.find("train_loss").metric, run.find("train_loss").split) == ("loss", "train")
    np.testing.assert_array_equal(run.find("train_loss").step, 10.0 * np.arange(6))


def test_a_split_in_the_name_of_the_run(tmp_path):
    runs = ("train", "validation", "b/train", "b/validation")
    rows = [f"{run},{tag}_loss,{i},{i}\n" for run in runs for tag in "xy" for i in range(3)]
    first, second = runs_of(tmp_path, "scalars.csv", "run,tag,step,value\n" + "".join(rows))
    assert second.name == "b"
    names = {f"{split}/{tag}_loss" for split in ("train", "validation") for tag in "xy"}
    for run in (first, second):
        assert names <= {s.name for s in run.series}

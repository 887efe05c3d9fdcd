from __future__ import annotations

import contextlib
import shutil
import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers import mlflow, mlflow_db
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source
from tests.parsers.reading import runs_of
from tests.parsers.stores import writers

W = writers()
RECORDS = [{"epoch": i, "step": 9 * i, "loss": 1 / (i + 1), "val_loss": 2 / (i + 1)} for i in range(12)]
LINES = "".join(f"{1691410834738 + i} {1 / (i + 3)} {5 * i}\n" for i in range(6))


def notes_of(path):
    return [note.text for note in doctor.read_runs([str(path)], doctor.Settings()).notes]


def metric(text, name="loss"):
    (recording,) = mlflow.read(Source(name, given=text.encode()), ReadOptions())
    return recording


def test_a_metric_file_cut_anywhere():
    whole = metric(LINES).channels[0].y
    for end in range(1, len(LINES)):
        lines = LINES[:end].count("\n")
        if not lines:
            with pytest.raises(ReadError):
                metric(LINES[:end])
            continue
        found = metric(LINES[:end])
        np.testing.assert_array_equal(found.channels[0].y, whole[:lines])
        assert bool(found.notes) == (not LINES[:end].endswith("\n"))


def test_a_metric_file():
    (loss,) = metric(LINES).channels
    assert loss.name == "loss"
    np.testing.assert_array_equal(loss.step, np.arange(6) * 5.0)
    np.testing.assert_allclose(loss.time, 1691410834.738 + np.arange(6) / 1000)
    (other,) = metric("1691410834738 nan 1 data 12ab\nnonsense\n1691410834739 -inf 2\n").channels
    np.testing.assert_array_equal(other.y, [np.nan, -np.inf])
    stepless = metric("1691410834738 3 0\n1691410834739 2 0\n")
    assert stepless.channels[0].step is None
    assert "without steps" in stepless.notes[0].text


@pytest.mark.parametrize(
    "text", ["1 2 3\n4 5 6\n", "1691410834738 0.5\n", "1691410834738 x 1\n", "16914108347381 1 1\n"]
)
def test_other_columns_of_numbers_are_not_claimed(text):
    assert mlflow.sniff(Source("loss", given=text.encode()).head) is Match.NO


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text):
    with contextlib.suppress(ReadError):
        metric(text)
    assert metric("1691410834738 1 2\n" + text).channels[0].y[0] == 1


def file_store(folder):
    W.mlflow_files(RECORDS, folder)
    (run,) = (folder / "mlruns").glob("*/*/")
    return run


def test_the_file_store(tmp_path):
    run = file_store(tmp_path)
    (run / "metrics" / "deep" / "er").mkdir(parents=True)
    (run / "metrics" / "deep" / "er" / "val_acc").write_text(LINES)
    (run / "metrics" / "system").mkdir()
    (run / "metrics" / "system" / "cpu").write_text(LINES)
    (run / "metrics" / "empty").write_text("")
    (run / "artifacts").mkdir()
    (run / "artifacts" / "log.csv").write_text("epoch,loss\n0,1\n1,2\n2,1\n")
    (run / "metrics" / "loop").symlink_to(run)
    for path in (tmp_path, tmp_path / "mlruns", run, run / "metrics" / "loss"):
        (found,) = runs_of(path)
        assert (found.name, found.params) == ("brave-carp-31", {"batch_size": 32, "optimizer": "sgd"})
        assert {s.name for s in found.series} == {"loss", "val_loss", "deep/er/val_acc"}
        np.testing.assert_array_equal(found.find("loss").y, [r["loss"] for r in RECORDS])
        np.testing.assert_array_equal(found.find("loss").x, np.arange(12))


def test_a_deleted_run_is_left_out_unless_named(tmp_path):
    run = file_store(tmp_path)
    other = run.parent / ("e" * 32)
    shutil.copytree(run, other)
    (other / "meta.yaml").write_text(f"lifecycle_stage: deleted\nrun_id: {other.name}\n")
    (other / "tags" / "mlflow.runName").unlink()
    assert [found.name for found in runs_of(tmp_path)] == ["brave-carp-31"]
    assert any("deleted in MLflow" in text for text in notes_of(tmp_path))
    assert [found.name for found in runs_of(other / "metrics" / "loss")] == [other.name]


def test_a_logged_model_and_tags_of_an_experiment_are_no_runs(tmp_path):
    run = file_store(tmp_path)
    model = run.parent / "models" / "m-1"
    for name in ("metrics/loss", "params/a", "tags/b"):
        W._write(model / name, LINES)
    W._write(model / "meta.yaml", "model_id: m-1\nsource_run_id: x\n")
    W._write(run.parent / "tags" / "kind", "loss: 1\n" * 9)
    assert len(runs_of(tmp_path)) == 1


def database(folder, more=""):
    W.mlflow_database({"first": RECORDS, "second": RECORDS[:7]}, folder)
    with contextlib.closing(sqlite3.connect(folder / "mlflow.db")) as connection:
        connection.executescript(more)
    return folder / "mlflow.db"


def test_the_database(tmp_path):
    path = database(tmp_path)
    before = path.read_bytes()
    for where in (path, tmp_path):
        first, second = runs_of(where)
        assert (first.name, second.name, first.params) == ("first", "second", {"batch_size": 32})
        np.testing.assert_array_equal(first.find("val_loss").y, [r["val_loss"] for r in RECORDS])
        np.testing.assert_array_equal(first.find("val_loss").x, np.arange(12))
        assert len(second.find("loss")) == 7
    given = mlflow_db.read(Source("-", given=before), ReadOptions())
    assert [recording.name for recording in given] == ["first", "second"]
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["mlflow.db"]


def test_deleted_runs_names_by_tag_nan_and_system_metrics(tmp_path):
    more = f"""
    INSERT INTO runs VALUES ('gone', 'gone', 'FINISHED', 0, 'deleted', 1);
    INSERT INTO metrics VALUES ('loss', 1, 1, 'gone', 0, 0);
    INSERT INTO tags VALUES ('mlflow.runName', 'by tag', '{0:032x}');
    INSERT INTO metrics VALUES ('loss', 0, 1800000000000, '{0:032x}', 12, 1);
    INSERT INTO metrics VALUES ('system/cpu', 5, 1, '{0:032x}', 0, 0);
    """
    first, second = runs_of(database(tmp_path, more))
    assert (first.name, second.name) == ("by tag", "second")
    assert np.isnan(first.find("loss").y[-1])
    texts = [note.text for note in first.notes]
    assert "1 deleted runs of this store left out" in texts
    assert "1 values of system metrics (memory, load) left out" in texts


def test_a_write_ahead_log_is_neither_read_nor_written(tmp_path):
    path = database(tmp_path, "PRAGMA journal_mode = WAL")
    with contextlib.closing(sqlite3.connect(path)) as writer:
        writer.execute("UPDATE runs SET name = 'changed'")
        writer.commit()
        before = {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
        first, _ = runs_of(path)
        assert {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()} == before
        assert first.name == "first"
        assert any("-wal" in note.text for note in first.notes)


HOSTILE = [
    "CREATE VIEW metrics AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT 'loss' AS key, i AS value, i AS timestamp, i AS step, 0 AS is_nan, 'a' AS run_uuid FROM n",
    "CREATE TABLE metrics (key, run_uuid, value AS (printf('%.*c', 999999999, key))); "
    "INSERT INTO metrics VALUES ('a', 'a')",
    "CREATE TABLE metrics (a)",
    "CREATE VIRTUAL TABLE metrics USING fts5(key, value, run_uuid)",
    "CREATE TABLE metrics (key, value, run_uuid); INSERT INTO metrics VALUES (x'ff00', 'text', 'a')",
    "CREATE TABLE metrics (key, value, run_uuid); INSERT INTO metrics VALUES (NULL, NULL, NULL)",
]


@pytest.mark.parametrize("schema", HOSTILE)
def test_hostile_schemas(tmp_path, schema):
    path = tmp_path / "mlflow.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE runs (run_uuid); INSERT INTO runs VALUES ('a');" + schema)
    with pytest.raises(ReadError):
        mlflow_db.read(Source(str(path), path), ReadOptions())
    assert [p.name for p in tmp_path.iterdir()] == ["mlflow.db"]


def test_a_database_cut_anywhere_is_refused(tmp_path):
    data = database(tmp_path).read_bytes()
    for end in [*range(1, 120, 7), *range(120, len(data), 499)]:
        with pytest.raises(ReadError):
            mlflow_db.read(Source("mlflow.db", given=data[:end]), ReadOptions())


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_damaged_databases_never_raise_anything_else(tmp_path_factory, data):
    W.mlflow_database({"a": RECORDS}, tmp_path_factory.getbasetemp() / "damaged")
    raw = bytearray((tmp_path_factory.getbasetemp() / "damaged" / "mlflow.db").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(16, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged" / "other.db"
    path.write_bytes(raw)
    for source in (Source("mlflow.db", given=bytes(raw)), Source(str(path), path)):
        with contextlib.suppress(ReadError):
            mlflow_db.read(source, ReadOptions())


def test_other_databases_are_named_as_such(tmp_path):
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (name)")
    assert mlflow_db.sniff(Source(str(path), path).head) is Match.POSSIBLE
    (failure,) = doctor.read_runs([str(path)], doctor.Settings()).failures
    assert "without MLflow's table of runs" in failure.message


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("scheme", ["file", "sqlite"])
def test_against_the_package_itself(tmp_path, scheme, monkeypatch):
    package = pytest.importorskip("mlflow")
    if scheme == "sqlite":
        pytest.importorskip("sqlalchemy")
        pytest.importorskip("alembic")
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    uri = (tmp_path / "mlruns").as_uri() if scheme == "file" else f"sqlite:///{tmp_path / 'mlflow.db'}"
    client = package.MlflowClient(tracking_uri=uri)
    experiment = client.create_experiment("e", artifact_location=str(tmp_path / "artifacts"))
    for name in ("kept", "gone"):
        run = client.create_run(experiment, run_name=name).info.run_id
        client.log_param(run, "lr", 0.25)
        for i in range(9):
            client.log_metric(run, "val/loss", 2.0**-i, timestamp=1_700_000_000_000 + i, step=3 * i)
        client.log_metric(run, "odd", float("nan"), step=1)
        client.set_terminated(run)
    client.delete_run(run)
    (found,) = runs_of(tmp_path)
    assert (found.name, found.params) == ("kept", {"lr": 0.25})
    np.testing.assert_array_equal(found.find("val/loss").y, 2.0 ** -np.arange(9))
    np.testing.assert_array_equal(found.find("val/loss").step, 3.0 * np.arange(9))
    assert np.isnan(found.find("odd").y).all()

from __future__ import annotations

import json
import shutil
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.errors import ReadError
from nn_doctor.parsers import wandb
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.wandbfile.framing import Frames
from tests.parsers.reading import runs_of
from tests.parsers.stores import writers

W = writers()
ROWS = [{"train/loss": 1 / (i + 1), "val.acc": i / 9, "_step": 2 * i, "_timestamp": 1.6e9 + i} for i in range(8)]
SETTINGS = {"lr": 0.1, "_wandb": {"t": 1}, "model": {"depth": 4}}
FILE = W.wandb_file(ROWS, SETTINGS, "calm-sea-7")
RECORDS = 3 + len(ROWS)


def read(data, name="run-abc.wandb", x=None):
    (recording,) = wandb.read(Source(name, given=data), ReadOptions(x))
    return recording


def channel(recording, name):
    return next(c for c in recording.channels if c.name == name)


def texts(recording):
    return [note.text for note in recording.notes]


def test_history_configuration_and_name():
    found = read(FILE)
    assert found.name == "calm-sea-7"
    assert found.params == {"lr": 0.1, "model.depth": 4}
    assert [c.name for c in found.channels] == ["train/loss", "val.acc"]
    loss = channel(found, "train/loss")
    np.testing.assert_array_equal(loss.y, [row["train/loss"] for row in ROWS])
    np.testing.assert_array_equal(loss.step, np.arange(8) * 2.0)
    np.testing.assert_array_equal(loss.time, 1.6e9 + np.arange(8))
    assert any("1 records of system metrics" in text for text in texts(found))


@pytest.mark.parametrize("length", [0, 1, 32751, 32752, 32753, 32760, 40000, 70000])
def test_records_over_block_ends(length):
    records = [b"a" * length, b"b", b"c" * 40_000]
    frames = Frames(W.framed(records))
    assert list(frames) == records
    assert not frames.problem


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 70_000), max_size=5))
def test_framing_against_its_writer(lengths):
    records = [bytes([i]) * n for i, n in enumerate(lengths)]
    assert list(Frames(W.framed(records))) == records


def test_cut_at_any_byte_gives_the_rows_before():
    for end in range(len(FILE)):
        found = read(FILE[:end]) if end else None
        if found is None:
            continue
        rows = max((c.y.size for c in found.channels), default=0)
        assert rows == max(0, len(list(Frames(FILE[:end]))) - 3)
        for c in found.channels:
            np.testing.assert_array_equal(c.y, [row[c.name] for row in ROWS[:rows]])


def test_a_flipped_bit_anywhere_is_found_and_nothing_false_is_read():
    for at in range(7, len(FILE)):
        damaged = bytearray(FILE)
        damaged[at] ^= 1 << (at % 8)
        found = read(bytes(damaged))
        assert any(word in text for text in texts(found) for word in ("damaged", "ends within"))
        for c in found.channels:
            np.testing.assert_array_equal(c.y, [row[c.name] for row in ROWS[: c.y.size]])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.lists(st.binary(max_size=60), max_size=4))
def test_any_bytes_behind_the_header(tail, records):
    for data in (b":W&B\xe1\xbe\x00" + tail, W.framed(records)):
        for c in read(data).channels:
            assert 0 < c.y.size == c.step.size


def test_nested_values_nan_and_what_is_no_number():
    rows = [{"a": {"b": {"c": 1.5}}, "s": "text", "h": {"_type": "histogram", "values": [1]}, "nan": float("nan")}]
    rows += [{"a": {"b": {"c": 2}}, "nan": "NaN", "inf": "Infinity", "yes": True, "long": [1, 2], "nothing": None}]
    found = read(W.wandb_file(rows, {}, ""))
    assert found.name == W.RUN_ID
    assert {c.name for c in found.channels} == {"a.b.c", "nan", "inf"}
    assert channel(found, "nan").y.size == 2
    (skipped,) = (text for text in texts(found) if text.startswith("no numbers"))
    assert "h (histogram)" in skipped


def test_the_metric_that_counts_the_steps_of_others():
    rows = [{"epoch": i // 2, "train/loss": 1.0, "train/global_step": 10 * i, "other": 3.0} for i in range(4)]
    rows = [{**row, "_step": i} for i, row in enumerate(rows)]
    defined = W._field(12, W._field(2, b"train/*") + W._field(4, b"train/global_step"))
    body = [W._field(2, b"".join(W._field(1, W._item(1, *pair)) for pair in row.items())) for row in rows]
    found = read(W.framed([defined, *body]))
    np.testing.assert_array_equal(channel(found, "train/loss").step, [0, 10, 20, 30])
    np.testing.assert_array_equal(channel(found, "other").step, [0, 1, 2, 3])
    np.testing.assert_array_equal(
        channel(read(W.framed([defined, *body]), x="epoch"), "train/loss").epoch, [0, 0, 1, 1]
    )


def test_a_run_that_kept_only_its_summary():
    summary = W._field(3, W._field(1, W._item(2, "best_loss", 0.25)) + W._field(1, W._item(2, "_step", 9)))
    found = read(W.framed([summary]))
    np.testing.assert_array_equal(channel(found, "best_loss").y, [0.25])
    assert "no history, only the summary: one row of values, no curve" in texts(found)


@pytest.mark.parametrize("data", [b":W&", b":W&B", b":W&B\xe1\xbe\x00"])
def test_nothing_but_the_header(data):
    found = read(data)
    assert not found.channels
    assert "no history: nothing was logged to this run, or not yet" in texts(found)


def test_other_files_under_its_name():
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n"
    with pytest.raises(ReadError, match="git lfs pull"):
        read(pointer)
    with pytest.raises(ReadError, match="damaged at its first bytes"):
        read(b"\x00\x01\x02" * 20)
    assert wandb.sniff(Source("run-a.wandb", given=pointer).head) is Match.SIGNATURE
    assert wandb.sniff(Source("notes.wandb", given=b"bought a guitar\n").head) is Match.NO


def store(folder, names):
    for name in names:
        home = folder / "wandb" / name
        (home / "files").mkdir(parents=True)
        (home / f"run-{name.rsplit('-', 1)[1]}.wandb").write_bytes(FILE)
        (home / "files" / "output.log").write_text("".join(f"epoch {i} loss {1 / (i + 1)}\n" for i in range(9)))
        (home / "files" / "config.yaml").write_text("lr:\n  value: 7\n")
        (home / "files" / "wandb-summary.json").write_text(json.dumps({"loss": 0.1, "_step": 3}))
        (home / "logs").mkdir()
        (home / "logs" / "debug.log").write_text("2023-01-01 loss: 1\n" * 5)
    return folder / "wandb"


def test_each_folder_is_one_run(tmp_path):
    home = store(tmp_path, ["run-20240101_120000-aaaa", "offline-run-20240102_120000-bbbb"])
    (home / "latest-run").symlink_to("run-20240101_120000-aaaa")
    (home / "debug.log").symlink_to("run-20240101_120000-aaaa/logs/debug.log")
    (home / "loop").symlink_to(home)
    for path in (tmp_path, home):
        assert [(run.name, run.parser, run.params["lr"]) for run in runs_of(path)] == [("calm-sea-7", "wandb", 0.1)] * 2
    for path in (home / "latest-run", home / "latest-run" / "run-aaaa.wandb", home / "run-20240101_120000-aaaa"):
        assert [run.name for run in runs_of(path)] == ["calm-sea-7"]


def test_a_run_resumed_in_a_second_folder_is_one_run(tmp_path):
    home = store(tmp_path, ["run-20240101_120000-aaaa", "run-20240102_120000-aaaa"])
    later = [{**row, "_step": row["_step"] + 16} for row in ROWS]
    (home / "run-20240102_120000-aaaa" / "run-aaaa.wandb").write_bytes(W.wandb_file(later, SETTINGS, "calm-sea-7"))
    (run,) = runs_of(home)
    assert len(run.find("train/loss")) == 16
    (same,) = runs_of(home / "run-20240102_120000-aaaa" / "run-aaaa.wandb")
    assert len(same.find("train/loss")) == 16


def test_without_its_run_file_the_printed_output_and_its_configuration(tmp_path):
    home = store(tmp_path, ["run-20240101_120000-aaaa"]) / "run-20240101_120000-aaaa"
    (home / "run-aaaa.wandb").unlink()
    (run,) = runs_of(tmp_path)
    assert (run.parser, run.params["lr"], len(run.find("loss"))) == ("text", 7, 9)
    (home / "wandb-history.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (run,) = runs_of(tmp_path)
    assert (run.parser, run.params["lr"], len(run.find("train/loss"))) == ("json_lines", 7, 8)


def test_against_the_package_itself(tmp_path, monkeypatch):
    package = pytest.importorskip("wandb")
    monkeypatch.setenv("WANDB_SILENT", "true")
    monkeypatch.setenv("WANDB_ERROR_REPORTING", "false")
    options = package.Settings(x_disable_stats=True, console="off", disable_git=True, disable_code=True)
    config = {"lr": 0.5, "net": {"width": 3}}
    run = package.init(mode="offline", dir=str(tmp_path), project="p", name="given", config=config, settings=options)
    for i in range(50):
        run.log({"train/loss": 2.0**-i, "nested": {"a.b": i}, "whole": i}, step=3 * i)
    run.log({"odd": float("nan"), "list": [1, 2]})
    run.finish()
    until = time.monotonic() + 20  # the package's own process may still be writing
    while not (found := runs_of(tmp_path)) or found[0].name != "given":
        assert time.monotonic() < until, found
        time.sleep(0.2)
    (found,) = found
    assert {"lr": 0.5, "net.width": 3}.items() <= found.params.items()
    loss = found.find("train/loss")
    np.testing.assert_array_equal(loss.y, 2.0 ** -np.arange(50))
    np.testing.assert_array_equal(loss.step, 3.0 * np.arange(50))
    np.testing.assert_array_equal(found.find("nested.a.b").y, np.arange(50))
    assert np.isnan(found.find("odd").y).all()
    shutil.rmtree(tmp_path / "wandb")


def test_the_epoch_of_hugging_faces_trainer():
    rows = [{"train/epoch": i / 4, "train/global_step": 10 * i, "train/loss": 1.0, "_step": i} for i in range(1, 9)]
    defined = W._field(12, W._field(2, b"*") + W._field(4, b"train/global_step"))
    body = [W._field(2, b"".join(W._field(1, W._item(2, *pair)) for pair in row.items())) for row in rows]
    found = read(W.framed([defined, *body]))
    assert [c.name for c in found.channels] == ["train/loss"]
    np.testing.assert_array_equal(found.channels[0].epoch, np.arange(1, 9) / 4)
    np.testing.assert_array_equal(found.channels[0].step, 10.0 * np.arange(1, 9))

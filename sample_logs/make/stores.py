"""Folders as experiment trackers and trainers leave them: each function writes one below ``folder``."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import struct
import zlib

from dialects import CLOCK, hf_entries, keep

RUN_ID = "k3v8x2qa"
BLOCK = 1 << 15


def wandb_run(records, folder):
    """An offline run of W&B: history and configuration in the run file, what was printed beside it."""
    home = folder / f"offline-run-20231114_221320-{RUN_ID}"
    (home / "files").mkdir(parents=True, exist_ok=True)
    rows = [{**v, "_step": i, "_timestamp": CLOCK + i, "_runtime": i} for i, v in enumerate(keep(records))]
    settings = {"batch_size": 32, "optimizer": {"name": "sgd"}}
    (home / f"run-{RUN_ID}.wandb").write_bytes(wandb_file(rows, settings, "calm-sea-7"))
    printed = "".join(f"epoch {r['epoch']} loss {r['loss']:.4f}\n" for r in records)
    (home / "files" / "output.log").write_text(printed, encoding="utf-8", newline="\n")


def wandb_file(rows, settings, name):
    """The bytes of a run file: header, run with its configuration, a record of system metrics, the history."""
    config = b"".join(_field(1, _item(1, key, value)) for key, value in settings.items())
    run = _field(1, RUN_ID.encode()) + _field(4, config) + _field(8, name.encode())
    stats = _field(3, _field(1, b"cpu") + _field(16, b"12.5"))
    bodies = [_field(21, b""), _field(17, run), _field(7, stats)]
    bodies += [_field(2, b"".join(_field(1, _item(2, *pair)) for pair in row.items())) for row in rows]
    return framed([b"\x08" + _varint(number) + body for number, body in enumerate(bodies, start=1)])


def framed(records):
    """The framing of LevelDB's log: blocks of 32 KiB, a record that does not fit goes on in the next."""
    out = bytearray(b":W&B\xe1\xbe\x00")
    for record in records:
        at, first = 0, True
        while first or at < len(record):
            room = BLOCK - len(out) % BLOCK - 7
            if room < 0:
                out += bytes(room + 7)
                continue
            piece = record[at : at + room]
            at += len(piece)
            last = at == len(record)
            kind = {(True, True): 1, (True, False): 2, (False, False): 3, (False, True): 4}[first, last]
            out += struct.pack("<IHB", zlib.crc32(bytes([kind]) + piece), len(piece), kind) + piece
            first = False
    return bytes(out)


def _item(field, key, value):
    """An item whose key is plain (1) or nested (2), its value in JSON."""
    return _field(field, key.encode()) + _field(16, json.dumps(value).encode())


def _field(number, payload):
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def mlflow_files(records, folder):
    """MLflow's file store with one run: a file a metric, lines of time, value and step."""
    experiment = folder / "mlruns" / "468213905571032842"
    run = experiment / "9f2c5be80d7144a1b6c3e07d15a48f21"
    _write(experiment / "meta.yaml", "experiment_id: '468213905571032842'\nlifecycle_stage: active\nname: samples\n")
    meta = f"end_time: null\nlifecycle_stage: active\nrun_id: {run.name}\nrun_name: brave-carp-31\nstatus: 3\n"
    _write(run / "meta.yaml", meta)
    for name, value in {"optimizer": "sgd", "batch_size": "32"}.items():
        _write(run / "params" / name, value)
    _write(run / "tags" / "mlflow.runName", "brave-carp-31")
    for metric in _metrics(records):
        lines = [f"{_millis(i)} {r[metric]} {r['epoch']}\n" for i, r in enumerate(records) if metric in r]
        _write(run / "metrics" / metric, "".join(lines))


def mlflow_database(runs, folder):
    """MLflow's SQLite store: the tables that hold runs, as MLflow declares them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mlflow.db").unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(folder / "mlflow.db")) as database:
        database.executescript(MLFLOW_TABLES)
        for number, (name, records) in enumerate(runs.items()):
            uuid = f"{number:032x}"
            row = (uuid, name, "FINISHED", _millis(3600 * number), "active", 1)
            database.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)", row)
            database.execute("INSERT INTO params VALUES ('batch_size', '32', ?)", (uuid,))
            for metric in _metrics(records):
                numbers = [(0.0, 1) if r[metric] != r[metric] else (r[metric], 0) for r in records]
                rows = [
                    (metric, number, _millis(i), uuid, r["epoch"], is_nan)
                    for i, (r, (number, is_nan)) in enumerate(zip(records, numbers))
                ]
                database.executemany("INSERT INTO metrics VALUES (?, ?, ?, ?, ?, ?)", rows)
        database.commit()


MLFLOW_TABLES = """
PRAGMA page_size = 1024;
CREATE TABLE runs (run_uuid VARCHAR(32) NOT NULL, name VARCHAR(250), status VARCHAR(9), start_time BIGINT,
    lifecycle_stage VARCHAR(20), experiment_id INTEGER, CONSTRAINT run_pk PRIMARY KEY (run_uuid));
CREATE TABLE params (key VARCHAR(250) NOT NULL, value VARCHAR(8000) NOT NULL, run_uuid VARCHAR(32) NOT NULL);
CREATE TABLE tags (key VARCHAR(250) NOT NULL, value VARCHAR(5000), run_uuid VARCHAR(32) NOT NULL);
CREATE TABLE metrics (key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL,
    run_uuid VARCHAR(32) NOT NULL, step BIGINT NOT NULL, is_nan BOOLEAN NOT NULL);
"""


def sacred_run(records, folder):
    """Sacred's file storage: steps, times and values of each metric in one document."""
    names = {"loss": "training.loss", "val_loss": "validation.loss"}
    names |= {"accuracy": "training.accuracy", "val_accuracy": "validation.accuracy"}
    curves = {}
    for metric in (m for m in _metrics(records) if m in names):
        logged = [(i, r) for i, r in enumerate(records) if metric in r]
        times = [f"2023-11-14T22:{13 + i // 60:02d}:{i % 60:02d}.000000" for i, _ in logged]
        values = [float(r[metric]) for _, r in logged]
        curves[names[metric]] = {"steps": [r["epoch"] for _, r in logged], "timestamps": times, "values": values}
    _write(folder / "3" / "metrics.json", json.dumps(curves, indent=1))
    _write(folder / "3" / "config.json", json.dumps({"batch_size": 32, "seed": 518305744}, indent=1))
    _write(folder / "3" / "run.json", json.dumps({"experiment": {"name": "digits"}, "status": "COMPLETED"}, indent=1))
    _write(folder / "3" / "cout.txt", "".join(f"epoch {r['epoch']}: loss {r['loss']:.3f}\n" for r in records))


def dvclive_folder(records, folder):
    """DVCLive: a table a metric, the latest values and the settings beside them."""
    places = {"loss": "train", "accuracy": "train", "val_loss": "val", "val_accuracy": "val"}
    for metric in (m for m in _metrics(records) if m in places):
        name = metric.removeprefix("val_")
        rows = "".join(f"{r['epoch']}\t{r[metric]}\n" for r in records if metric in r)
        _write(folder / "dvclive" / "plots" / "metrics" / places[metric] / f"{name}.tsv", f"step\t{name}\n{rows}")
    latest = {"train": {"loss": float(records[-1]["loss"])}, "step": records[-1]["epoch"]}
    _write(folder / "dvclive" / "metrics.json", json.dumps(latest, indent=1))
    _write(folder / "dvclive" / "params.yaml", "batch_size: 32\n")


def allennlp_folder(records, folder):
    """AllenNLP: a file an epoch, each with the best values so far."""
    best = 0
    for i, r in enumerate(records):
        best = i if r["val_loss"] < records[best]["val_loss"] else best
        train = {f"training_{k}": float(r[k]) for k in ("loss", "accuracy") if k in r}
        valid = {f"validation_{k}": float(r[f"val_{k}"]) for k in ("loss", "accuracy") if f"val_{k}" in r}
        known = {"best_epoch": best, "best_validation_loss": float(records[best]["val_loss"])}
        row = {**known, "peak_worker_0_memory_MB": 412.1, "epoch": i, **train, **valid}
        _write(folder / f"metrics_epoch_{i}.json", json.dumps(row, indent=2))
    _write(folder / "metrics.json", json.dumps(row, indent=2))
    _write(folder / "config.json", json.dumps({"trainer": {"num_epochs": len(records)}}, indent=2))


def hugging_face_folder(records, folder):
    """A Hugging Face output folder: two checkpoints and the closing values; it has no state of its own."""
    *entries, _ = hf_entries(records)
    for part in (entries[: len(entries) // 2], entries):
        step = part[-1]["step"]
        state = {"epoch": part[-1]["epoch"], "global_step": step, "log_history": part, "max_steps": records[-1]["step"]}
        _write(folder / f"checkpoint-{step}" / "trainer_state.json", json.dumps(state) + "\n")
    _write(folder / "all_results.json", json.dumps({"epoch": 1.0, "train_loss": 0.5, "train_runtime": 60.0}) + "\n")


def _metrics(records):
    return [name for name in dict.fromkeys(k for r in records for k in r) if name not in {"epoch", "step"}]


def _millis(i):
    return int((CLOCK + i) * 1000)


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")

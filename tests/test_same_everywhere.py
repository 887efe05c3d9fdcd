"""One training written in every way: the same curves, the same diagnoses; and what must not change a diagnosis."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import json
import lzma
import math
import random
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from nn_doctor import doctor
from nn_doctor.settings import Settings

_MAKE = Path(__file__).parents[1] / "sample_logs" / "make"


def _module(name):
    sys.path.insert(0, str(_MAKE))
    try:
        spec = importlib.util.spec_from_file_location(f"sample_{name}", _MAKE / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(_MAKE))
    return module


tables, prints, stores, packed = (_module(name) for name in ("dialects", "prints", "stores", "packed"))
EPOCHS, STEPS = 60, 32


def _records(train, val, seed=0):
    """A record an epoch, of four decimals: what every dialect prints is the same number."""
    chance = random.Random(seed)
    records = []
    for e in range(EPOCHS):
        loss, val_loss = (curve(e) * (1 + 0.01 * chance.gauss(0, 1)) for curve in (train, val))
        record = {"epoch": e, "step": STEPS * (e + 1), "loss": loss, "val_loss": val_loss}
        record |= {"accuracy": math.exp(-loss), "val_accuracy": math.exp(-val_loss), "lr": 0.01}
        records.append({name: round(value, 4) for name, value in record.items()})
    return records


def falling(e):
    return 0.3 + 2 * math.exp(-e / 8)


def climbing(e):
    return 0.4 + 2 * math.exp(-e / 6) + 0.02 * max(0, e - 12)


def lost(e):
    return falling(e) if e < 30 else math.nan


def growing(e):
    return falling(e) if e < 25 else falling(e) * 1.25 ** (e - 25)


def jumping(e):
    return falling(e) + (math.exp(-(e - 40) / 10) if e >= 40 else 0.0)


RUNS = {
    "healthy": _records(falling, lambda e: falling(e) + 0.05),
    "overfitting": _records(lambda e: 0.05 + 2 * math.exp(-e / 8), climbing),
    "non-finite": _records(lost, lost),
    "diverging": _records(growing, growing),
    "not-learning": _records(lambda e: 2.3026, lambda e: 2.3026),
    "jump": _records(jumping, lambda e: jumping(e) + 0.05),
}


def _file(name, content):
    return lambda records, folder: _stored(folder / name, content(records))


def _stored(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _into(writer):
    def written(records, folder):
        writer(records, folder)
        return folder

    return written


def _printed(records):
    """``Epoch 3/60 loss: 0.5412 val_loss: …`` by one print an epoch."""
    shown = [" ".join(f"{k}: {v}" for k, v in r.items() if k not in ("epoch", "step")) for r in records]
    return "".join(f"Epoch {e}/{EPOCHS} {line}\n" for e, line in enumerate(shown, start=1))


def _notebook(records):
    output = {"name": "stdout", "output_type": "stream", "text": _printed(records).splitlines(keepends=True)}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [output], "source": ["train()"]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _zip(records):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("run/log.csv", tables.keras_csv(records))
    return made.getvalue()


def _tar(records):
    made, content = io.BytesIO(), tables.json_lines(records).encode()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        member = tarfile.TarInfo("run/log.jsonl")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def _npz(records):
    made = io.BytesIO()
    np.savez(made, **{name: np.array([r[name] for r in records]) for name in records[0] if name != "step"})
    return made.getvalue()


def _parquet(records, folder):
    pytest.importorskip("pyarrow")
    return _stored(folder / "log.parquet", packed.parquet(records))


def _events(records, folder):
    pytest.importorskip("tensorboard")
    tables.events(records, folder)
    return folder


def _database(records, folder):
    stores.mlflow_database({"run": records}, folder)
    return folder


WAYS = {
    "tsv": _file("log.tsv", tables.tsv),
    "semicolons": _file("log.csv", tables.decimal_comma),
    "blanks": _file("log.txt", tables.whitespace),
    "pandas": _file("log.csv", tables.pandas_csv),
    "lightning": _file("metrics.csv", tables.lightning_csv),
    "json lines": _file("log.jsonl", tables.json_lines),
    "json records": _file("log.json", tables.json_array),
    "keras history": _file("log.json", tables.keras_history),
    "keras progress": _file("log.txt", prints.keras_progress),
    "key=value": _file("log.log", prints.key_value),
    "pipes": _file("log.log", prints.pipes),
    "prints": _file("log.log", _printed),
    "notebook": _file("log.ipynb", _notebook),
    "npz": _file("log.npz", _npz),
    "parquet": _parquet,
    "tensorboard": _events,
    "wandb": _into(stores.wandb_run),
    "mlruns": _into(stores.mlflow_files),
    "mlflow.db": _database,
    "sacred": _into(stores.sacred_run),
    "dvclive": _into(stores.dvclive_folder),
    "utf-16": _file("log.csv", lambda records: tables.keras_csv(records).encode("utf-16")),
    "utf-16 without a mark": _file("log.log", lambda records: _printed(records).encode("utf-16-le")),
    "carriage returns": _file("log.csv", lambda records: tables.keras_csv(records).replace("\n", "\r\n")),
    "gzip": _file("log.jsonl.gz", lambda records: gzip.compress(tables.json_lines(records).encode())),
    "bzip2": _file("log.log", lambda records: bz2.compress(_printed(records).encode())),
    "xz": _file("log.csv.xz", lambda records: lzma.compress(tables.keras_csv(records).encode())),
    "zip": _file("logs.zip", _zip),
    "tar": _file("logs.tar.gz", _tar),
}


def told(path, **options):
    """The one run behind a path: its curves of losses and accuracies by (metric, split), and its diagnoses."""
    report = doctor.examine([str(path)], Settings(**options))
    assert not report.errors
    (found,) = report.runs
    wanted = [s for s in found.run.series if s.metric in ("loss", "accuracy") and s.split in ("train", "val")]
    curves = {(s.metric, s.split): s.y for s in wanted}
    assert len(curves) == len(wanted)
    return curves, [(d.code, d.severity) for d in found.diagnoses]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What is said of each run as Keras' CSVLogger writes it."""
    folder = tmp_path_factory.mktemp("plain")
    return {n: told(_stored(folder / f"{n}.csv", tables.keras_csv(records))) for n, records in RUNS.items()}


def test_the_runs_are_different(plain):
    assert [codes[0] for codes in (plain[n][1] for n in RUNS) if codes]
    assert plain["healthy"][1] == []
    firsts = {name: said[1][0][0] for name, said in plain.items() if name != "healthy"}
    assert len(set(firsts.values())) >= 4, firsts


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("way", WAYS)
def test_the_same_run_in_another_way(way, run, plain, tmp_path):
    curves, said = told(WAYS[way](RUNS[run], tmp_path))
    before, codes = plain[run]
    assert curves.keys() <= before.keys() and ("loss", "train") in curves and ("loss", "val") in curves
    for key, values in curves.items():
        np.testing.assert_allclose(values, before[key], rtol=1e-5, err_msg=str(key))
    assert said == codes


SLOW = [{"step": 20 * i, "epoch": i, "loss": 2.3 - 0.002 * i, "lr": 2e-6} for i in range(1, 51)]
LATE = [
    {"step": 5 * i, "epoch": i // 10, "loss": 2.3 if i < 40 else 0.4 + 1.9 * math.exp(-(i - 40) / 6), "lr": 0.01}
    for i in range(1, 141)
]
CHANGES = {
    "later": lambda r: r | {"epoch": r["epoch"] + 64, "step": r["step"] + 64 * STEPS},
    "larger": lambda r: {k: v * 2**9 if "loss" in k else v for k, v in r.items()},
    "smaller": lambda r: {k: v / 2**9 if "loss" in k else v for k, v in r.items()},
    "other columns first": lambda r: dict(reversed(r.items())),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("run", [*RUNS, "slow", "late"])
def test_what_changes_no_diagnosis(change, run, tmp_path):
    records = {**RUNS, "slow": SLOW, "late": LATE}[run]
    _, before = told(_stored(tmp_path / "a.jsonl", tables.json_lines(records)))
    _, after = told(_stored(tmp_path / "b.jsonl", tables.json_lines([CHANGES[change](r) for r in records])))
    assert before == after
    assert before or run == "healthy"


@pytest.mark.parametrize("run", [name for name in RUNS if name != "not-learning"])
def test_every_second_record_tells_the_same(run, tmp_path):
    _, before = told(_stored(tmp_path / "a.jsonl", tables.json_lines(RUNS[run])))
    _, after = told(_stored(tmp_path / "b.jsonl", tables.json_lines(RUNS[run][::2])))
    assert [code for code, _ in before[:1]] == [code for code, _ in after[:1]]


def test_the_plainest_name_judges_whichever_comes_first(tmp_path):
    records = [{"mean_loss": 1e-5 * (1 + i % 3), "loss": 2 / (i + 1), "class_loss": 1.9 / (i + 1)} for i in range(30)]
    for rows in (records, [dict(reversed(r.items())) for r in records]):
        report = doctor.examine([str(_stored(tmp_path / "a.json", json.dumps(rows)))], Settings())
        assert report.runs[0].run.objective.train.name == "loss"

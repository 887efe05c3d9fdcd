"""Make the samples anew: ``python sample_logs/make [PART_OF_NAME]`` writes each log and its expect file."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import NamedTuple

import dialects as d
import packed as k
import prints as p
import stores as s
from about import SAMPLES
from lab import jobs
from training import Setup, train

FOLDER = Path(__file__).parent.parent


class Dialect(NamedTuple):
    """How a log is written: text of records, file suffix, what the columns are called, and how they are rounded."""

    write: object
    suffix: str
    names: dict
    parser: str = "delimited"
    places: int | dict = 0  # digits after the point, of all columns or by column
    digits: int = 0  # significant digits; neither: all
    percent: tuple[str, ...] = ()  # columns written as percentages
    remember: object = list  # what of the records such a log keeps


PLAIN = {k: k for k in ("loss", "val_loss", "accuracy", "val_accuracy", "lr", "grad_norm")}
HF = {"loss": "loss", "val_loss": "eval_loss", "val_accuracy": "eval_accuracy", "lr": "learning_rate"}
LIGHTNING = {"loss": "train_loss", "val_loss": "val_loss", "accuracy": "train_acc", "val_accuracy": "val_acc"}
YOLO = {"loss": "train/loss", "val_loss": "val/loss", "val_accuracy": "metrics/accuracy_top1"}
PRINTED = {"loss": "Train Loss", "val_loss": "Val Loss", "val_accuracy": "Val Acc"}
TAGS = {"loss": "train/epoch_loss", "val_loss": "validation/epoch_loss",
        "accuracy": "train/epoch_accuracy", "val_accuracy": "validation/epoch_accuracy"}  # fmt: skip
SACRED = {"loss": "training.loss", "val_loss": "validation.loss",
          "accuracy": "training.accuracy", "val_accuracy": "validation.accuracy"}  # fmt: skip
ALLENNLP = {name: new.replace(".", "_") for name, new in SACRED.items()}
DVCLIVE = {"loss": "train/loss", "val_loss": "val/loss", "accuracy": "train/accuracy", "val_accuracy": "val/accuracy"}
TEST = {"loss": "train/Loss", "val_loss": "test/Average loss", "val_accuracy": "test/Accuracy"}
TABLE = {"loss": "Training Loss", "val_loss": "Validation Loss", "val_accuracy": "Accuracy"}
PIPES = {"loss": "Loss", "val_loss": "Val Loss", "val_accuracy": "Val Acc"}
DIALECTS = {
    "keras_csv": Dialect(d.keras_csv, ".csv", PLAIN),
    "step_csv": Dialect(d.step_csv, ".csv", PLAIN),
    "pandas_csv": Dialect(d.pandas_csv, ".csv", PLAIN),
    "lightning_csv": Dialect(d.lightning_csv, ".csv", LIGHTNING),
    "lightning_folder": Dialect(d.lightning_folder, "", LIGHTNING),
    "yolo_csv": Dialect(d.yolo_csv, ".csv", YOLO, digits=5),
    "decimal_comma": Dialect(d.decimal_comma, ".csv", PLAIN),
    "tsv": Dialect(d.tsv, ".tsv", PLAIN, digits=7),
    "whitespace": Dialect(d.whitespace, ".txt", PLAIN, digits=7),
    "headerless": Dialect(d.headerless, ".csv", {"loss": "column 2"}, places=6),
    "tensorboard_csv": Dialect(d.tensorboard_csv, ".csv", {"loss": None}),
    "wandb_csv": Dialect(d.wandb_csv, ".csv", {"loss": "loss"}),
    "json_lines": Dialect(d.json_lines, ".jsonl", PLAIN, "json_lines"),
    "keras_history": Dialect(d.keras_history, ".json", PLAIN, "json_document"),
    "json_array": Dialect(d.json_array, ".json", PLAIN, "json_document"),
    "tensorboard_json": Dialect(d.tensorboard_json, ".json", {"loss": None}, "json_document", digits=7),
    "trainer_state": Dialect(d.trainer_state, ".json", HF, "json_document"),
    "events": Dialect(d.events, "", TAGS, "tensorboard", digits=7),
    "event_tensors": Dialect(d.event_tensors, "", TAGS, "tensorboard", digits=7),
    "wandb_run": Dialect(s.wandb_run, "", PLAIN, "wandb"),
    "sacred_run": Dialect(s.sacred_run, "", SACRED, "json_document"),
    "dvclive_folder": Dialect(s.dvclive_folder, "", DVCLIVE, "delimited"),
    "allennlp_folder": Dialect(s.allennlp_folder, "", ALLENNLP, "json_document"),
    "hugging_face_folder": Dialect(s.hugging_face_folder, "", HF, "json_document"),
    "mlflow_files": Dialect(s.mlflow_files, "", PLAIN, "mlflow"),
    "mlflow_database": Dialect(s.mlflow_database, "", PLAIN, "mlflow_db"),
    "keras_progress": Dialect(p.keras_progress, ".txt", PLAIN, "text", 4),
    "keras_bars": Dialect(p.keras_bars, ".log", PLAIN, "text", 4, remember=p.epochs_of),
    "pytorch_example": Dialect(p.pytorch_example, ".log", PRINTED, "text", 4, percent=("val_accuracy",)),
    "pytorch_batches": Dialect(p.pytorch_batches, ".log", TEST, "text",
                               {"loss": 6, "val_loss": 4, "val_accuracy": 2}, percent=("val_accuracy",)),
    "pipes": Dialect(p.pipes, ".log", PIPES, "text", 4),
    "nanogpt": Dialect(p.nanogpt, ".log", {"loss": "loss", "val_loss": "val loss"}, "text", 4),
    "key_value": Dialect(p.key_value, ".log", PLAIN, "text", digits=6),
    "hf_dicts": Dialect(p.hf_dicts, ".txt", HF, "text"),
    "keras_notebook": Dialect(k.keras_notebook, ".ipynb", PLAIN, "notebook", 4, remember=p.epochs_of),
    "table_notebook": Dialect(k.table_notebook, ".ipynb", TABLE, "notebook", 6),
    "npz_history": Dialect(k.npz_history, ".npz", PLAIN, "npz"),
    "npz_evaluations": Dialect(k.npz_evaluations, ".npz", {"episode_reward": "eval/mean_reward"}, "npz"),
    "parquet": Dialect(k.parquet, ".parquet", PLAIN, "parquet"),
    "gzip_lines": Dialect(k.gzip_lines, ".jsonl.gz", PLAIN, "json_lines"),
    "zip_of_runs": Dialect(k.zip_of_runs, ".zip", PLAIN),
    "tar_of_a_run": Dialect(k.tar_of_a_run, ".tar.xz", PLAIN, "json_lines"),
    "boosting_rounds": Dialect(p.boosting_rounds, ".txt", {"loss": "train-rmse", "val_loss": "eval-rmse"}, "text", 5),
}  # fmt: skip


def main(part: str = "") -> None:
    """Write every sample whose name has ``part`` in it."""
    for name, sample in SAMPLES.items():
        if part in name:
            write(name, **sample)


def write(name, config, dialect, about, seed=0, first=None, also=None, args=(), runs=None, says=()) -> None:
    """The log (or folder) of one sample and its expect file; ``runs`` maps run names to seeds."""
    work, accepted, others, *_ = jobs()[config]
    first, also = first or accepted, others if also is None else also
    form = DIALECTS[dialect]
    if runs:
        logs = {run: _records(work, k) for run, k in runs.items()}
        _write_log(form, logs, name)
        head = _head(about, config, dialect, seed, args, None, None)
        runs_text = "".join(_run(run, first, also) + _series(records, form, name, run) for run, records in logs.items())
        (FOLDER / f"{name}.expect.toml").write_text(head + runs_text, encoding="utf-8", newline="\n")
        return
    records = _records(work, seed)
    _write_log(form, records, name, work)
    text = _head(about, config, dialect, seed, args, first, also, says) + _series(records, form, name)
    (FOLDER / f"{name}.expect.toml").write_text(text, encoding="utf-8", newline="\n")


def _write_log(form, logged, name, work=None):
    """The file, or the folder where the dialect has no suffix."""
    if form.suffix:
        made = form.write(logged)
        (FOLDER / (name + form.suffix)).write_bytes(made if isinstance(made, bytes) else made.encode())
    elif form.write is d.lightning_folder:
        form.write(logged, FOLDER / name, _settings(work))
    else:
        form.write(logged, FOLDER / name)


def _settings(work):
    """What a training would store of its own settings."""
    return {"learning_rate": work.lr, "batch_size": work.batch, "optimizer": work.optimiser,
            "weight_decay": work.decay, "dropout": work.dropout, "max_epochs": work.epochs}  # fmt: skip


def _records(work, seed):
    return train(work, seed) if isinstance(work, Setup) else work(seed)


def _head(about, config, dialect, seed, args, first, also, says=()):
    lines = [f'about = "{about}"', f'made_by = "{config}"', f"seed = {seed}", f'dialect = "{dialect}"']
    lines += [f'parser = "{DIALECTS[dialect].parser}"']
    lines += [f"first = {_words(first)}", f"also = {_words(also)}"] if first else []
    lines += [f"says = {_words(says)}"] if says else []
    return "\n".join([*lines, f"args = {_words(args)}"]) + "\n"


def _run(name, first, also):
    return f'\n[[run]]\nname = "{name}"\nfirst = {_words(first)}\nalso = {_words(also)}\n'


def _words(words):
    return "[" + ", ".join(f'"{w}"' for w in words) + "]"


def _series(records, form, stem, run=None):
    """One [[series]] for each column that the dialect writes, in the training's own numbers."""
    text = ""
    records = list(
        {(r["epoch"], r["step"]): r for r in form.remember(records)}.values()
    )  # of a repeated epoch the newer one counts
    columns = list(dict.fromkeys(k for r in records for k in r if k not in {"epoch", "step"}))
    for key in columns:
        name = form.names.get(key, key if form.names is PLAIN else "")
        metric = _metric(key) if form.write is not p.boosting_rounds else "rmse"
        if name == "" or not metric:
            continue
        values = [r[key] * (100 if key in form.percent else 1) for r in records if key in r]
        text += f'\n[[series]]\nname = "{name or stem}"\n' + (f'run = "{run}"\n' if run else "")
        text += f'split = "{_split(key, name)}"\nmetric = "{metric}"\npoints = {len(values)}\n'
        text += f"first = {_number(values[0])}\nlast = {_number(values[-1])}\n"
        places = form.places.get(key, 0) if isinstance(form.places, dict) else form.places
        places -= 2 if key in form.percent else 0
        text += (f"places = {places}\n" if form.places else "") + (f"digits = {form.digits}\n" if form.digits else "")
    return text


def _split(key, name):
    if name and name.startswith("eval/"):
        return "val"
    if name and name.startswith("test/"):
        return "test"
    if key.startswith("val_"):
        return "val"
    return "train" if key.endswith(("loss", "accuracy", "reward")) else "none"


def _metric(key):
    special = {"lr": "learning_rate", "grad_norm": "grad_norm", "memory_mb": "system", "step_time_ms": "system"}
    special |= {"episode_reward": "reward"}
    return special.get(key) or next((m for m in ("loss", "accuracy") if key.endswith(m)), "")


def _number(value):
    value = float(value)
    return repr(float(f"{value:.9g}")) if math.isfinite(value) else {True: "nan", False: "inf"}[math.isnan(value)]


if __name__ == "__main__":
    main(*sys.argv[1:2])

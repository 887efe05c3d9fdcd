"""Tables and JSON as the usual tools write them: each function gives the text of a log for a training's records."""

from __future__ import annotations

import json

CLOCK = 1_700_000_000.0
"""Wall times are made up, one second a record, so that a sample comes out the same every time."""


def keep(records, *extra):
    """Records without the keys that a dialect writes by itself."""
    return [{k: v for k, v in r.items() if k not in {"epoch", "step", *extra}} for r in records]


def _table(columns, rows, separator=",", number=str):
    lines = [separator.join(columns)]
    lines += [separator.join("" if row.get(c) is None else number(row[c]) for c in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _columns(records):
    return list(dict.fromkeys(k for r in records for k in r))


def keras_csv(records):
    """Keras' CSVLogger: epoch from 0, the other columns sorted by name."""
    rows = [{"epoch": r["epoch"], **values} for r, values in zip(records, keep(records))]
    return _table(["epoch", *sorted(c for c in _columns(rows) if c != "epoch")], rows)


def step_csv(records):
    """A plain table with a step column."""
    return _table(["step", *_columns(keep(records))], records)


def lightning_csv(records):
    """Lightning's metrics.csv: train and validation on rows of their own, empty cells elsewhere."""
    rows, names = [], {"loss": "train_loss", "accuracy": "train_acc", "val_accuracy": "val_acc", "lr": "lr-SGD"}
    for r in records:
        for val in (False, True):
            cells = {names.get(k, k): v for k, v in keep([r])[0].items() if k.startswith("val") is val}
            rows += [{"epoch": r["epoch"], "step": r["step"] - 1, **cells}] if cells else []
    return _table(sorted(_columns(rows)), rows)


def yolo_csv(records):
    """A padded table like the results.csv of an Ultralytics classifier."""
    names = {"loss": "train/loss", "val_accuracy": "metrics/accuracy_top1", "val_loss": "val/loss", "lr": "lr/pg0"}
    rows = [{"epoch": r["epoch"] + 1, **{n: r[k] for k, n in names.items() if k in r}} for r in records]
    head = ",".join(f"{c:>23}" for c in _columns(rows))
    lines = [",".join(f"{v:>23.5g}" for v in row.values()) for row in rows]
    return "\n".join([head, *lines]) + "\n"


def decimal_comma(records):
    """Semicolons and decimal commas, as spreadsheets of half of Europe save them."""
    rows = [{"epoch": r["epoch"] + 1, **values} for r, values in zip(records, keep(records))]
    return _table(_columns(rows), rows, ";", lambda v: f"{v:.10g}".replace(".", ","))


def tsv(records):
    """Tabs between iteration and values."""
    rows = [{"iteration": r["step"], **values} for r, values in zip(records, keep(records))]
    return _table(_columns(rows), rows, "\t", lambda v: f"{v:.7g}")


def tensorboard_csv(records):
    """What TensorBoard's download button gives for one tag; the tag stands in the file's name only."""
    rows = [{"Wall time": CLOCK + i, "Step": r["step"], "Value": r["loss"]} for i, r in enumerate(records)]
    return _table(["Wall time", "Step", "Value"], rows, number=lambda v: f"{v:.10g}")


def wandb_csv(runs, key="loss", axis="step"):
    """A W&B chart export: one column a run, and its minimum and maximum beside it."""
    names = {f"{run} - {key}{end}": run for run in runs for end in ("", "__MIN", "__MAX")}
    tables = {run: {r[axis]: r[key] for r in records} for run, records in runs.items()}
    lines = [",".join(f'"{c}"' for c in ("Step", *names))]
    for x in sorted({x for table in tables.values() for x in table}):
        lines.append(",".join(f'"{v}"' for v in (x, *(tables[run].get(x, "") for run in names.values()))))
    return "\n".join(lines) + "\n"


def json_lines(records):
    """One object a line; NaN and Infinity stand as bare tokens, as Python's json writes them."""
    return "".join(json.dumps(r) + "\n" for r in records)


def keras_history(records):
    """``json.dump(history.history)``: a list a column, no x at all."""
    return json.dumps({c: [r[c] for r in records] for c in _columns(keep(records))}) + "\n"


def hf_entries(records):
    """The entries of a Hugging Face Trainer's log history."""
    last = records[-1]
    entries = []
    for r in records:
        at = {"epoch": round((r["epoch"] + 1) if r is last or "val_loss" in r else r["step"] / last["step"], 4)}
        train = {"loss": r.get("loss"), "grad_norm": r.get("grad_norm"), "learning_rate": r.get("lr")}
        entries.append({k: v for k, v in train.items() if v is not None} | at | {"step": r["step"]})
        val = {"eval_loss": r.get("val_loss"), "eval_accuracy": r.get("val_accuracy")}
        if r.get("val_loss") is not None:
            entries.append({k: v for k, v in val.items() if v is not None} | at | {"step": r["step"]})
    return entries


def trainer_state(records):
    """trainer_state.json of a Hugging Face Trainer."""
    last = records[-1]
    state = {
        "best_metric": None,
        "epoch": float(last["epoch"] + 1),
        "global_step": last["step"],
        "is_local_process_zero": True,
    }
    return json.dumps(state | {"log_history": hf_entries(records), "max_steps": last["step"]}, indent=1) + "\n"


def events(records, folder):
    """TensorBoard event files as Keras writes them: train/ and validation/ with the same tags; names to bytes."""
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.record_writer import RecordWriter

    for split, prefix in (("train", ""), ("validation", "val_")):
        path = folder / split / f"events.out.tfevents.{CLOCK:.0f}.host.1.0.v2"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            writer = RecordWriter(stream)
            writer.write(Event(wall_time=CLOCK, file_version="brain.Event:2").SerializeToString())
            for i, r in enumerate(records):
                for key in ("loss", "accuracy"):
                    if prefix + key in r:
                        value = Summary.Value(tag=f"epoch_{key}", simple_value=r[prefix + key])
                        event = Event(wall_time=CLOCK + i, step=r["epoch"], summary=Summary(value=[value]))
                        writer.write(event.SerializeToString())

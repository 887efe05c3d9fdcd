"""Tables and JSON as the usual tools write them: each function gives the text of a log for a training's records."""

from __future__ import annotations

import json
import struct

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


def lightning_folder(records, folder, settings):
    """Lightning's folder of a run: metrics.csv, and the hyper-parameters beside it in hparams.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "metrics.csv").write_text(lightning_csv(records), encoding="utf-8", newline="\n")
    lines = [f"{name}: {value}" for name, value in settings.items()]
    (folder / "hparams.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


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


def whitespace(records):
    """Columns padded with blanks under a commented header, as numpy.savetxt writes them."""
    rows = [[r["epoch"] + 1, *values.values()] for r, values in zip(records, keep(records))]
    head = "# " + " ".join(["epoch", *_columns(keep(records))])
    return "\n".join([head, *("".join(f"{v:14.6e}" for v in row) for row in rows)]) + "\n"


def pandas_csv(records):
    """``pd.DataFrame(history.history).to_csv()``: the index is a column without a name."""
    return _table(["", *_columns(keep(records))], [{"": i, **v} for i, v in enumerate(keep(records))])


def headerless(records):
    """Two columns and no header: epoch and loss."""
    return "".join(f"{r['epoch'] + 1},{r['loss']:.6f}\n" for r in records)


def tensorboard_json(records):
    """What TensorBoard's download button gives for one tag as JSON; single precision."""
    (*values,) = struct.unpack(f"{len(records)}f", struct.pack(f"{len(records)}f", *(r["loss"] for r in records)))
    return json.dumps([[CLOCK + i, r["step"], v] for i, (r, v) in enumerate(zip(records, values))])


def json_array(records):
    """One array of records."""
    return json.dumps(records, indent=1) + "\n"


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
    """The entries of a Hugging Face Trainer's log history; the last one sums the run up."""
    last = records[-1]
    steps, rest = divmod(last["step"], last["epoch"] + 1)
    assert not rest, "the last step must be logged, or the epochs would be wrong"
    entries = []
    for r in records:
        at = {"epoch": round(r["step"] / steps, 4)}
        train = {"loss": r.get("loss"), "grad_norm": r.get("grad_norm"), "learning_rate": r.get("lr")}
        entries.append({k: float(v) for k, v in train.items() if v is not None} | at | {"step": r["step"]})
        val = {"eval_loss": r.get("val_loss"), "eval_accuracy": r.get("val_accuracy")}
        if r.get("val_loss") is not None:
            entries.append({k: float(v) for k, v in val.items() if v is not None} | at | {"step": r["step"]})
    mean = float(sum(r["loss"] for r in records) / len(records))
    speed = {"train_runtime": 60.0, "train_steps_per_second": round(last["step"] / 60, 3)}
    return [*entries, speed | {"train_loss": mean, "epoch": float(last["epoch"] + 1), "step": last["step"]}]


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


def events(records, folder, tensors=False):
    """TensorBoard event files: train/ and validation/ with the same tags; ``tensors`` as Keras 3 writes them."""
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
                        number = _tensor(r[prefix + key]) if tensors else {"simple_value": r[prefix + key]}
                        value = Summary.Value(tag=f"epoch_{key}", **number)
                        event = Event(wall_time=CLOCK + i, step=r["epoch"], summary=Summary(value=[value]))
                        writer.write(event.SerializeToString())


def event_tensors(records, folder):
    """Event files whose scalars are tensors of rank 0."""
    events(records, folder, tensors=True)


def _tensor(number):
    from tensorboard.compat.proto.summary_pb2 import SummaryMetadata
    from tensorboard.compat.proto.tensor_pb2 import TensorProto
    from tensorboard.compat.proto.types_pb2 import DT_FLOAT

    plugin = SummaryMetadata.PluginData(plugin_name="scalars")
    tensor = TensorProto(dtype=DT_FLOAT, tensor_content=struct.pack("<f", number))
    return {"tensor": tensor, "metadata": SummaryMetadata(plugin_data=plugin)}

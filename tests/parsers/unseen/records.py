"""JSON, JSON lines and YAML in the shapes people give them."""

from __future__ import annotations

import json
import pickle

from .case import add, falling, loss, metric

EPOCHS = range(1, 16)
train = falling(15, 3.12, 1.04)
val = falling(15, 3.08, 1.41)
acc = falling(15, 0.22, 0.71)
rows = list(zip(EPOCHS, train, val, acc, strict=True))
BOTH = (loss(train), loss(val, split="val"))
STEPS = [100 * e for e in EPOCHS]


def _shapes() -> None:
    add(
        "record",
        "per_split.json",
        json.dumps({"train": {"loss": train, "acc": acc}, "val": {"loss": val, "acc": acc[::-1]}, "seed": 3}),
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
        metric(acc[::-1], (), axis=""),
    )
    add(
        "record",
        "list_of_nested.json",
        json.dumps(
            [{"epoch": e, "train": {"loss": a}, "val": {"loss": b, "top1": c}, "lr": 3e-4} for e, a, b, c in rows],
            indent=2,
        ),
        *BOTH,
        metric(acc),
    )
    add(
        "record",
        "dataframe.json",
        json.dumps(
            {
                "epoch": {str(i): e for i, e in enumerate(EPOCHS)},
                "loss": {str(i): a for i, a in enumerate(train)},
                "val_loss": {str(i): b for i, b in enumerate(val)},
            }
        ),
        *BOTH,
    )
    add(
        "record",
        "dataframe_split.json",
        json.dumps(
            {
                "columns": ["epoch", "train_loss", "val_loss"],
                "index": list(range(15)),
                "data": [[e, a, b] for e, a, b, _ in rows],
            }
        ),
        *BOTH,
    )
    add(
        "record",
        "checkpoint_log.json",
        json.dumps(
            {
                "config": {"lr": 0.001, "epochs": 15, "loss": "ce"},
                "best_epoch": 14,
                "best_val_loss": min(val),
                "epochs": [{"epoch": e, "train_loss": a, "val_loss": b} for e, a, b, _ in rows],
            }
        ),
        *BOTH,
    )
    add(
        "record",
        "by_epoch_key.json",
        json.dumps({f"epoch_{e}": {"train_loss": a, "val_loss": b, "val_iou": c} for e, a, b, c in rows}),
        *BOTH,
        metric(acc),
    )
    add(
        "record",
        "pairs.json",
        json.dumps(
            {
                "loss/train": [[s, a] for s, a in zip(STEPS, train, strict=True)],
                "loss/val": [[s, b] for s, b in zip(STEPS, val, strict=True)],
            }
        ),
        loss(train, STEPS, axis=""),
        loss(val, STEPS, split="val", axis=""),
    )
    add(
        "record",
        "metrics.yaml",
        "".join(f"- epoch: {e}\n  train_loss: {a}\n  val_loss: {b}\n  lr: 0.001\n" for e, a, b, _ in rows),
        *BOTH,
    )
    add("record", "history.pkl", pickle.dumps({"loss": train, "val_loss": val}))


def _events() -> None:
    lines = [json.dumps({"event": "config", "data": {"lr": 0.001, "loss": "mse"}})]
    for s, (_, a, b, _) in zip(STEPS, rows, strict=True):
        lines.append(json.dumps({"event": "train_step", "data": {"step": s, "loss": a, "lr": 1e-3}}))
        if s % 300 == 0:
            lines.append(json.dumps({"event": "eval", "data": {"step": s, "loss": b}}))
    lines.append(json.dumps({"event": "done", "data": {"seconds": 812.3}}))
    add(
        "record",
        "events.jsonl",
        "\n".join(lines) + "\n",
        loss(train, STEPS, axis="step"),
        loss(val[2::3], STEPS[2::3], split="val", axis="step"),
    )
    add(
        "record",
        "wandb-history.jsonl",
        "".join(
            json.dumps(
                {"train/loss": a, "_runtime": 9.1 * e, "_timestamp": 1714644672.1 + 9.1 * e, "_step": e, "eval/loss": b}
            )
            + "\n"
            for e, a, b, _ in rows
        ),
        loss(train, axis="step"),
        loss(val, split="val", axis="step"),
    )
    add(
        "record",
        "structlog.jsonl",
        "".join(
            json.dumps(
                {
                    "timestamp": f"2024-05-02T10:{e:02d}:12Z",
                    "level": "info",
                    "event": "epoch finished",
                    "epoch": e,
                    "metrics": {"train": {"loss": a}, "valid": {"loss": b, "accuracy": c}},
                }
            )
            + "\n"
            for e, a, b, c in rows
        ),
        *BOTH,
        metric(acc),
    )
    add(
        "record",
        "text_numbers.jsonl",
        "".join(
            json.dumps({"step": str(s), "split": "train", "loss": f"{a:.4f}"})
            + "\n"
            + json.dumps({"step": str(s), "split": "validation", "loss": f"{b:.4f}"})
            + "\n"
            for s, (_, a, b, _) in zip(STEPS, rows, strict=True)
        ),
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )


def _trackers() -> None:
    chart = [
        {"name": f"quiet_marmot {name}", "x": STEPS, "y": values, "mode": "lines", "type": "scatter"}
        for name, values in (("train_loss", train), ("val_loss", val))
    ]
    add(
        "record",
        "comet_chart.json",
        json.dumps(chart),
        loss(train, STEPS, axis=""),
        loss(val, STEPS, split="val", axis=""),
    )
    comet = [
        {
            "metricName": name,
            "metricValue": str(v),
            "timestamp": 1714644672345 + 1000 * s,
            "step": s,
            "epoch": None,
            "runContext": None,
        }
        for name, values in (("train_loss", train), ("val_loss", val))
        for s, v in zip(STEPS, values, strict=True)
    ]
    add(
        "record",
        "comet_metrics.json",
        json.dumps(comet),
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )
    scalars = {
        "loss": {
            "train": {"name": "train", "x": STEPS, "y": train},
            "validation": {"name": "validation", "x": STEPS, "y": val},
        },
        "accuracy": {"validation": {"name": "validation", "x": STEPS, "y": acc}},
        ":monitor:gpu": {"gpu_0_utilization": {"name": "gpu_0_utilization", "x": STEPS, "y": [90 - e for e in EPOCHS]}},
    }
    add(
        "record",
        "clearml_scalars.json",
        json.dumps(scalars),
        loss(train, STEPS, axis=""),
        loss(val, STEPS, split="val", axis=""),
        metric(acc, STEPS, axis=""),
    )
    mlflow = {
        "metrics": [
            {
                "key": name,
                "value": v,
                "timestamp": 1714644672345 + s,
                "step": s,
                "run_id": "b1946ac92492d2347c6235b4d2611184",
            }
            for name, values in (("train_loss", train), ("val_loss", val))
            for s, v in zip(STEPS, values, strict=True)
        ]
    }
    add(
        "record",
        "mlflow_rest.json",
        json.dumps(mlflow),
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )
    add(
        "record",
        "optuna_study.json",
        json.dumps(
            [
                {"number": i, "value": b, "params": {"lr": 0.01 / (i + 1)}, "state": "COMPLETE"}
                for i, b in enumerate(val)
            ]
        ),
    )


_shapes()
_events()
_trackers()

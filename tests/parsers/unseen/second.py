"""A second lot, written when the first had been mended: other shapes of tables, records and folders, some prints."""

# ruff: noqa: E501 (log lines stand as they are printed)
from __future__ import annotations

import json

from .case import add, falling, loss, metric
from .writers import events

EPOCHS = range(1, 14)
train = falling(13, 1.38, 0.22)
val = falling(13, 1.33, 0.41)
acc = falling(13, 0.28, 0.91)
percent = falling(13, 28.4, 91.2, 1)
again = falling(13, 1.21, 0.12)
held = falling(13, 1.25, 0.32)
rows = list(zip(EPOCHS, train, val, acc, percent, strict=True))
BOTH = (loss(train), loss(val, split="val"))
STEPS = [25 * e for e in EPOCHS]


def _lines(header: str, lines: list[str]) -> str:
    return "\n".join([header, *lines]) + "\n"


def _tables() -> None:
    add(
        "second",
        "percent_cells.csv",
        _lines("Epoch,Train Loss,Valid Loss,Valid Acc", [f"{e},{a},{b},{p}%" for e, a, b, _, p in rows]),
        *BOTH,
        metric(percent),
    )
    add(
        "second",
        "brackets.csv",
        _lines('"Epoch","Loss (train)","Loss (val)"', [f'"{e}","{a}","{b}"' for e, a, b, *_ in rows]),
        *BOTH,
    )
    add(
        "second",
        "excel_margin.csv",
        ",,,\n,,,\n" + _lines(",Epoch,Train loss,Val loss", [f",{e},{a},{b}" for e, a, b, *_ in rows]),
        *BOTH,
    )
    add(
        "second",
        "lgb_evals.csv",
        ",training,training,valid_1,valid_1\n,binary_logloss,auc,binary_logloss,auc\n"
        + "".join(f"{e - 1},{a},{c - 0.01:.4f},{b},{c}\n" for e, a, b, c, _ in rows),
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
        metric(acc, (), axis=""),
    )
    add(
        "second",
        "loss_curve.txt",
        "".join(f"{a}\n" for a in falling(30, 1.4, 0.2)),
        loss(falling(30, 1.4, 0.2), (), axis=""),
    )
    melted = [f"{e},train_loss,{a}" for e, a, *_ in rows] + [f"{e},val_loss,{b}" for e, _, b, *_ in rows]
    add("second", "melted.csv", _lines("epoch,variable,value", melted), *BOTH)
    add(
        "second",
        "neptune_wide.csv",
        _lines(
            "run,step,metrics/train/loss,metrics/val/loss",
            [f"RUN-12,{s}.0,{a},{b}" for s, (_, a, b, *_) in zip(STEPS, rows, strict=True)],
        ),
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )
    add(
        "second",
        "wandb_run_history.csv",
        _lines(
            ",_step,_runtime,_timestamp,train_loss,val_loss",
            [
                f"{i},{s},{s / 3:.2f},{1714644672 + s},{a},{b if i % 2 else ''}"
                for i, (s, (_, a, b, *_)) in enumerate(zip(STEPS, rows, strict=True))
            ],
        ),
        loss(train, STEPS, axis="step"),
        loss(val[1::2], STEPS[1::2], split="val", axis="step"),
    )


def _no_curves() -> None:
    add(
        "second",
        "tune_trials.csv",
        _lines(
            "trial_id,loss,val_loss,training_iteration,done,config/lr,config/width,logdir",
            [f"a1b2_{e:05d},{a},{b},12,True,{0.1 / e:.5f},{8 * e},/tmp/ray/t{e}" for e, a, b, *_ in rows],
        ),
    )
    tuner = {"trial_id": "0007", "hyperparameters": {"values": {"lr": 0.01}}, "score": 0.31, "status": "COMPLETED"}
    tuner["metrics"] = {"metrics": {"val_loss": {"direction": "min", "observations": [{"value": [0.31], "step": 0}]}}}
    add("second", "trial.json", json.dumps(tuner))
    add(
        "second",
        "nvidia_smi.csv",
        _lines(
            "timestamp, name, utilization.gpu [%], memory.used [MiB]",
            [f"2024/05/02 10:11:{e:02d}.123, NVIDIA A100, {90 + e % 7} %, {20000 + e} MiB" for e in EPOCHS],
        ),
    )
    add(
        "second",
        "classification_report.csv",
        _lines(
            ",precision,recall,f1-score,support",
            [
                f"{name},{c},{c - 0.02:.4f},{c - 0.01:.4f},{100 + e}"
                for name, (e, _, _, c, _) in zip(
                    "cat dog bird fish cow pig hen owl fox bat".split(), rows, strict=False
                )
            ],
        ),
    )
    add(
        "second",
        "roc.csv",
        _lines("fpr,tpr,threshold", [f"{e / 13:.4f},{c},{1 - e / 13:.4f}" for e, _, _, c, _ in rows]),
    )
    add("second", "confusion.csv", _lines(",cat,dog,bird", ["cat,50,2,1", "dog,3,44,5", "bird,0,4,61"]))
    add("second", "bare_numbers.txt", "".join(f"{e}/13: {a} {b} {c}\n" for e, a, b, c, _ in rows))


def _records() -> None:
    add(
        "second",
        "xgb_evals_result.json",
        json.dumps({"validation_0": {"logloss": train}, "validation_1": {"logloss": val}}),
        loss(val, (), split="val", axis=""),
    )
    add(
        "second",
        "rows_with_header.json",
        json.dumps([["epoch", "train_loss", "val_loss"], *[[e, a, b] for e, a, b, *_ in rows]]),
        *BOTH,
    )
    add(
        "second",
        "shared_epochs.json",
        json.dumps({"epochs": list(EPOCHS), "train": {"loss": train}, "valid": {"loss": val, "acc": acc}}),
        *BOTH,
        metric(acc),
    )
    add(
        "second",
        "keyed_by_epoch.json",
        json.dumps({"train_loss": {str(e): a for e, a, *_ in rows}, "val_loss": {str(e): b for e, _, b, *_ in rows}}),
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
    )
    add(
        "second",
        "runs_by_name.json",
        json.dumps(
            {"baseline": {"train_loss": train, "val_loss": val}, "dropout": {"train_loss": again, "val_loss": held}}
        ),
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
        loss(again, (), axis=""),
        loss(held, (), split="val", axis=""),
        runs=2,
    )
    add(
        "second",
        "history.yaml",
        f"train_loss: {train}\nval_loss: {val}\nseed: 3\n",
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
    )
    add(
        "second",
        "history_repr.txt",
        str({"loss": train, "val_loss": val, "val_accuracy": acc}),
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
        metric(acc, (), axis=""),
    )
    add(
        "second",
        "points.jsonl",
        "".join(
            json.dumps({"ts": f"2024-05-02T10:{e:02d}:12Z", "name": f"{split}.loss", "value": v, "step": s}) + "\n"
            for s, (e, a, b, *_) in zip(STEPS, rows, strict=True)
            for split, v in (("train", a), ("val", b))
        ),
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )


def _folders() -> None:
    def table(first: list[float], second: list[float]) -> str:
        return _lines("epoch,loss,val_loss", [f"{e},{a},{b}" for e, a, b in zip(EPOCHS, first, second, strict=True)])

    add(
        "second",
        "folds",
        {
            "fold_0/log.csv": table(train, val),
            "fold_1/log.csv": table(again, held),
            "splits.csv": "id,fold\n1,0\n2,1\n3,0\n",
        },
        *BOTH,
        loss(again),
        loss(held, split="val"),
        runs=2,
    )
    add(
        "second",
        "log_among_data",
        {
            "training_log.csv": table(train, val),
            "train.csv": "id,text,label\n" + "".join(f"{e},hello {e},{e % 2}\n" for e in EPOCHS),
            "test.csv": "id,text,label\n" + "".join(f"{e},there {e},{e % 2}\n" for e in EPOCHS),
            "predictions.csv": "id,prob\n" + "".join(f"{e},0.{e}\n" for e in EPOCHS),
            "config.json": '{"lr": 0.001, "epochs": 13}',
        },
        *BOTH,
    )
    add(
        "second",
        "summary_writer",
        {
            "runs/May02/train": events({"loss": train}, STEPS),
            "runs/May02/test": events({"loss": val, "accuracy": acc}, STEPS),
        },
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val|test", axis="step"),
        metric(acc, STEPS, split="val|test", axis="step"),
    )
    add(
        "second",
        "mmengine_work_dir",
        {
            "20240502_101112/vis_data/scalars.json": "".join(
                json.dumps({"lr": 0.01, "loss": a, "epoch": e, "iter": s, "memory": 900, "step": s})
                + "\n"
                + json.dumps({"coco/bbox_mAP": c, "step": e})
                + "\n"
                for s, (e, a, _, c, _) in zip(STEPS, rows, strict=True)
            ),
            "20240502_101112/20240502_101112.log": "".join(
                f"2024/05/02 10:{e:02d}:12 - mmengine - INFO - Epoch(train) [{e}][25/25]  lr: 1.0e-02  eta: 0:01:00  time: 0.3  data_time: 0.01  memory: 900  loss: {a:.4f}\n"
                f"2024/05/02 10:{e:02d}:40 - mmengine - INFO - Epoch(val) [{e}][5/5]    coco/bbox_mAP: {c:.4f}  data_time: 0.01  time: 0.1\n"
                for e, a, _, c, _ in rows
            ),
            "last_checkpoint": "/tmp/epoch_13.pth",
        },
        loss(train, (), axis=""),
        metric(acc, (), axis=""),
    )


def _prints() -> None:
    add(
        "second",
        "groups_in_line.log",
        "".join(f"[Epoch {e}] train: loss={a} acc={c - 0.01:.4f} | val: loss={b} acc={c}\n" for e, a, b, c, _ in rows),
        *BOTH,
        metric(acc),
    )
    add(
        "second",
        "short_names.log",
        "".join(f"Ep {e:02d} | L_tr {a} | L_va {b} | A_va {p}%\n" for e, a, b, _, p in rows),
        *BOTH,
    )
    add(
        "second",
        "epoch_last.log",
        "".join(f"train_loss: {a}, val_loss: {b} [epoch {e} done in 3.1s]\n" for e, a, b, *_ in rows),
        *BOTH,
    )
    add(
        "second",
        "model_card.md",
        "---\nlicense: mit\n---\n# my-model\n\n### Training results\n\n| Training Loss | Epoch | Step | Validation Loss | F1 |\n|:---:|:---:|:---:|:---:|:---:|\n"
        + "".join(
            f"| {a if e > 2 else 'No log'} | {e}.0 | {s} | {b} | {c} |\n"
            for s, (e, a, b, c, _) in zip(STEPS, rows, strict=True)
        ),
        loss(train[2:], (), axis=""),
        loss(val, (), split="val", axis=""),
        metric(acc, (), axis=""),
    )


_tables()
_no_curves()
_records()
_folders()
_prints()

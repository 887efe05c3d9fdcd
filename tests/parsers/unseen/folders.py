"""Output folders as tools leave them."""

# ruff: noqa: E501 (log lines stand as they are printed)
from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .case import add, falling, loss, metric
from .writers import arrays, events, wandb_file

if TYPE_CHECKING:
    from collections.abc import Callable

EPOCHS = range(1, 13)
train = falling(12, 1.72, 0.28)
val = falling(12, 1.69, 0.47)
acc = falling(12, 0.35, 0.86)
again = falling(12, 1.52, 0.18)
held = falling(12, 1.59, 0.37)
rows = list(zip(EPOCHS, train, val, acc, strict=True))
BOTH = (loss(train), loss(val, split="val"))
STEPS = [40 * e for e in EPOCHS]
Files = dict[str, "str | bytes | Callable[..., None]"]


def _lightning() -> None:
    def table(first: list[float], second: list[float]) -> str:
        text = "epoch,step,train_loss,val_loss\n"
        for e, a, b in zip(EPOCHS, first, second, strict=True):
            text += f"{e - 1},{e * 40 - 1},,{b}\n{e - 1},{e * 40 - 1},{a},\n"
        return text

    files: Files = {}
    for number, pair in enumerate(((train, val), (again, held))):
        files[f"lightning_logs/version_{number}/metrics.csv"] = table(*pair)
        files[f"lightning_logs/version_{number}/hparams.yaml"] = "lr: 0.001\nhidden: 64\n"
        files[f"lightning_logs/version_{number}/checkpoints/epoch=11-step=480.ckpt"] = b"PK\x03\x04 no weights"
    add(
        "folder",
        "lightning_logs",
        files,
        loss(train, range(12)),  # corrected: steps and epochs both stand in the table, the epoch may be the axis
        loss(val, range(12), split="val"),
        loss(again, range(12)),
        loss(held, range(12), split="val"),
        runs=2,
    )


def _hugging_face() -> None:
    history: list[dict[str, float]] = []
    files: Files = {"config.json": '{"model_type": "bert"}', "model.safetensors": b"\x00" * 64}
    for s, (e, a, b, c) in zip(STEPS, rows, strict=True):
        history.append({"epoch": e / 4, "grad_norm": 1.1, "learning_rate": 5e-5, "loss": a, "step": s})
        if s % 160 == 0:
            history.append({"epoch": e / 4, "eval_loss": b, "eval_f1": c, "eval_runtime": 3.1, "step": s})
            state = {"best_metric": b, "epoch": e / 4, "global_step": s, "log_history": list(history), "max_steps": 480}
            files[f"checkpoint-{s}/trainer_state.json"] = json.dumps(state)
    files["all_results.json"] = json.dumps({"epoch": 3.0, "train_loss": 0.71, "train_runtime": 81.2})
    add(
        "folder",
        "hf_output",
        files,
        loss(train, [e / 4 for e in EPOCHS]),  # corrected: the state tells both step and epoch
        loss(val[3::4], [1, 2, 3], split="val"),
        metric(acc[3::4], [1, 2, 3]),
    )


def _trackers() -> None:
    files: Files = {
        "dvclive/metrics.json": json.dumps({"train": {"loss": train[-1]}, "val": {"loss": val[-1]}, "step": 11}),
        "dvclive/params.yaml": "lr: 0.001\n",
    }
    for path, values in (("train/loss", train), ("val/loss", val), ("val/acc", acc)):
        name = path.split("/")[1]
        body = "".join(f"{i}\t{v}\n" for i, v in enumerate(values))
        files[f"dvclive/plots/metrics/{path}.tsv"] = f"step\t{name}\n{body}"
    zero = range(12)
    add(
        "folder",
        "dvclive_project",
        files,
        loss(train, zero, axis="step"),
        loss(val, zero, split="val", axis="step"),
        metric(acc, zero, axis="step"),
    )
    run = "mlruns/0/8f14e45fceea167a5a36dedd4bea2543"
    store: Files = {
        "mlruns/0/meta.yaml": "artifact_location: file:///tmp/mlruns/0\nexperiment_id: '0'\nname: Default\n",
        f"{run}/meta.yaml": "run_id: 8f14e45fceea167a5a36dedd4bea2543\nrun_name: kind-owl-3\nstatus: 3\n",
        f"{run}/params/lr": "0.001",
        f"{run}/tags/mlflow.user": "ana",
    }
    for name, values in (("train_loss", train), ("val_loss", val), ("val_accuracy", acc)):
        store[f"{run}/metrics/{name}"] = "".join(f"{1714644672345 + 900 * i} {v} {i}\n" for i, v in enumerate(values))
    add(
        "folder",
        "mlflow_project",
        store,
        loss(train, zero, axis="step"),
        loss(val, zero, split="val", axis="step"),
        metric(acc, zero, axis="step"),
    )
    series = {
        name: {"steps": STEPS, "timestamps": [f"2024-05-02T10:{e:02d}:12" for e in EPOCHS], "values": values}
        for name, values in (("training.loss", train), ("validation.loss", val))
    }
    add(
        "folder",
        "sacred_runs",
        {
            "1/metrics.json": json.dumps(series),
            "1/config.json": '{"seed": 3, "lr": 0.001}',
            "1/run.json": '{"status": "COMPLETED", "result": 0.9, "experiment": {"name": "try"}}',
            "1/cout.txt": "INFO - try - Running command 'main'\nINFO - try - Completed after 0:01:12\n",
        },
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )
    history = [{"_step": s, "train/loss": a, "val/loss": b} for s, (_, a, b, _) in zip(STEPS, rows, strict=True)]
    add(
        "folder",
        "wandb_offline",
        {
            "wandb/offline-run-20240502_101112-abc123xy/run-abc123xy.wandb": wandb_file(history),
            "wandb/offline-run-20240502_101112-abc123xy/files/requirements.txt": "torch==2.3.0\n",
        },
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )


def _tensorboard() -> None:
    zero = range(12)
    add(
        "folder",
        "keras_tensorboard",
        {
            "logs/train": events({"epoch_loss": train, "epoch_accuracy": acc}, zero),
            "logs/validation": events({"epoch_loss": val}, zero),
        },
        loss(train, zero, axis=""),
        loss(val, zero, split="val", axis=""),
    )
    add(
        "folder",
        "add_scalars",
        {
            "runs/May02_host": events({"lr": [0.001] * 12}, STEPS),
            "runs/May02_host/loss_train": events({"loss": train}, STEPS),
            "runs/May02_host/loss_valid": events({"loss": val}, STEPS),
        },
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )


def _ray() -> None:
    files: Files = {"train_2024-05-02/experiment_state-2024-05-02.json": '{"checkpoints": []}'}
    for number, pair in enumerate(((train, val), (again, held))):
        trial = f"train_2024-05-02/train_a1b2_0000{number}_{number}_lr=0.0{number + 1}"
        files[f"{trial}/params.json"] = json.dumps({"lr": 0.01 * (number + 1)})
        lines = ["loss,val_loss,timestamp,done,training_iteration,trial_id,time_total_s,pid,config/lr"]
        results = []
        for e, a, b in zip(EPOCHS, *pair, strict=True):
            lines.append(f"{a},{b},{1714644672 + e},{e == 12},{e},a1b2_0000{number},{3.1 * e:.1f},4711,0.01")
            results.append(
                json.dumps({"loss": a, "val_loss": b, "done": e == 12, "training_iteration": e, "pid": 4711})
            )
        files[f"{trial}/progress.csv"] = "\n".join(lines) + "\n"
        files[f"{trial}/result.json"] = "\n".join(results) + "\n"
    add(
        "folder",
        "ray_results",
        files,
        loss(train, axis=""),
        loss(val, split="val", axis=""),
        loss(again, axis=""),
        loss(held, split="val", axis=""),
        runs=2,
    )


def _vision() -> None:
    head = "epoch,time,train/box_loss,train/cls_loss,train/dfl_loss,metrics/precision(B),metrics/recall(B),"
    head += "metrics/mAP50(B),metrics/mAP50-95(B),val/box_loss,val/cls_loss,val/dfl_loss,lr/pg0\n"
    text = head + "".join(
        f"{e},{31.2 * e:.1f},{a},{a + 0.5:.4f},{a + 0.9:.4f},0.6,0.5,{c},{c - 0.2:.4f},{b},{b + 0.5:.4f},{b + 0.9:.4f},0.01\n"
        for e, a, b, c in rows
    )
    add(
        "folder",
        "ultralytics_train",
        {"runs/detect/train/results.csv": text, "runs/detect/train/args.yaml": "task: detect\nepochs: 12\nbox: 7.5\n"},
        loss([a + (a + 0.5) + (a + 0.9) for a in train]),  # corrected: the sum of the three judges, box is a part
        loss([b + (b + 0.5) + (b + 0.9) for b in val], split="val"),
        metric(train, split="train", goal="min"),
        metric(val, goal="min"),
        metric(acc),
    )
    lines = []
    for s, (_, a, _b, c) in zip(STEPS, rows, strict=True):
        lines.append(
            json.dumps(
                {"data_time": 0.01, "iteration": s - 1, "loss_cls": a / 2, "lr": 0.02, "time": 0.3, "total_loss": a}
            )
        )
        if s % 160 == 0:
            lines.append(json.dumps({"bbox/AP": 40 * c, "bbox/AP50": 60 * c, "iteration": s - 1}))
    d2 = "".join(
        f"[05/02 10:{e:02d}:12 d2.utils.events]:  eta: 0:01:12  iter: {s - 1}  total_loss: {a:.4g}  loss_cls: {a / 2:.4g}  "
        "time: 0.3  data_time: 0.01  lr: 0.02  max_mem: 2012M\n"
        for s, (e, a, *_) in zip(STEPS, rows, strict=True)
    )
    add(
        "folder",
        "detectron2_output",
        {"metrics.json": "\n".join(lines) + "\n", "log.txt": d2, "config.yaml": "MODEL:\n  DEVICE: cuda\n"},
        loss(train, [s - 1 for s in STEPS], axis="step"),
        metric([40 * c for c in acc[3::4]], [s - 1 for s in STEPS[3::4]], axis="step"),
    )


def _text_in_folders() -> None:
    fair = "2024-05-02 10:11:12 | INFO | fairseq_cli.train | Namespace(arch='transformer', lr=[0.0005])\n"
    for s, (e, a, b, _) in zip(STEPS, rows, strict=True):
        stamp = f"2024-05-02 10:{e:02d}:12 | INFO |"
        fair += f"{stamp} train_inner | epoch {e:03d}:     20 / 40 loss={a + 0.1:.3f}, ppl=9.1, wps=21000, num_updates={s - 20}, lr=0.0005\n"
        fair += f"{stamp} valid | epoch {e:03d} | valid on 'valid' subset | loss {b:.3f} | ppl 8.2 | wps 51000 | num_updates {s}\n"
        fair += f"{stamp} train | epoch {e:03d} | loss {a:.3f} | ppl 8.9 | wps 20000 | num_updates {s} | lr 0.0005 | gnorm 1.2\n"
    add(
        "folder",
        "fairseq_checkpoints",
        {"train.log": fair, "checkpoint_last.pt": b"PK\x03\x04 no weights"},
        loss([round(b, 3) for b in val], (), split="val", axis=""),
        loss([round(a, 3) for a in train], (), axis=""),
    )
    hydra = "".join(
        f"[2024-05-02 10:{e:02d}:12,345][train][INFO] - epoch={e} train_loss={a} val_loss={b}\n" for e, a, b, _ in rows
    )
    add(
        "folder",
        "hydra_outputs",
        {
            "outputs/2024-05-02/10-11-12/train.log": hydra,
            "outputs/2024-05-02/10-11-12/.hydra/config.yaml": "lr: 0.001\nmodel:\n  name: mlp\n",
            "outputs/2024-05-02/10-11-12/.hydra/overrides.yaml": "- lr=0.001\n",
        },
        *BOTH,
    )
    add(
        "folder",
        "one_file_each",
        {
            "train_loss.csv": "epoch,loss\n" + "".join(f"{e},{a}\n" for e, a, *_ in rows),
            "val_loss.csv": "epoch,loss\n" + "".join(f"{e},{b}\n" for e, _, b, _ in rows),
            "notes.txt": "The third try, with dropout.\n",
        },
        *BOTH,
    )
    add(
        "folder",
        "numpy_lists",
        {"train_losses.npy": arrays(train), "val_losses.npy": arrays(val)},
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
    )
    add(
        "folder",
        "only_weights",
        {"README.md": "# My model\n\nTrained for 3 days.\n", "model.pt": b"PK\x03\x04 no weights"},
    )


_lightning()
_hugging_face()
_trackers()
_tensorboard()
_ray()
_vision()
_text_in_folders()

"""Dialects of speech tools, graph libraries and trainers not written elsewhere: SpeechBrain, ESPnet, icefall, CLU …"""

from __future__ import annotations

import json

Records = list[dict[str, float]]
CLOCK = "2024-03-01 10:00:00"


def _parts(record: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Values of training and of validation (without the prefix), neither step nor epoch."""
    values = {k: v for k, v in record.items() if k not in {"step", "epoch"}}
    train = {k: v for k, v in values.items() if not k.startswith("val_")}
    return train, {k.removeprefix("val_"): v for k, v in values.items() if k.startswith("val_")}


def speechbrain_log(records: Records) -> str:
    """SpeechBrain's train_log.txt."""
    text = ""
    for r in records:
        train, val = _parts(r)
        head = [f"epoch: {r['epoch'] + 1:.0f}"] + ([f"lr: {train.pop('lr'):.2e}"] if "lr" in train else [])
        text += ", ".join(head) + " - " + ", ".join(f"train {k}: {_two(v)}" for k, v in train.items())
        text += (" - " + ", ".join(f"valid {k}: {_two(v)}" for k, v in val.items()) if val else "") + "\n"
    return text


def _two(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2e}"


def espnet_log(records: Records) -> str:
    """ESPnet2's train.log: the results of each epoch."""
    text = ""
    for r in records:
        train, val = _parts(r)
        rate = f", optim0_lr0={train.pop('lr'):.3e}" if "lr" in train else ""
        text += (
            f"[host] {CLOCK},118 (trainer:338) INFO: {r['epoch'] + 1:.0f}epoch results: [train] iter_time=1.204e-04, "
        )
        text += ", ".join(f"{k}={v:.3f}" if 0.001 < abs(v) < 1e5 else f"{k}={v:.3e}" for k, v in train.items()) + rate
        text += ", train_time=0.102, time=1.02 seconds, total_count=10, gpu_max_cached_mem_GB=0.512"
        if val:
            text += ", [valid] " + ", ".join(
                f"{k}={v:.3f}" if 0.001 < abs(v) < 1e5 else f"{k}={v:.3e}" for k, v in val.items()
            )
            text += ", time=0.21 seconds, total_count=4, gpu_max_cached_mem_GB=0.512"
        text += "\n"
    return text


def icefall_log(records: Records) -> str:
    """icefall: the loss of the batch and its running mean."""
    text, last, mean = "", -1, 0.0
    steps = max(1, int(max(r["step"] for r in records) // (max(r["epoch"] for r in records) + 1)))
    for r in records:
        mean, last = (r["loss"] if r["epoch"] != last else 0.9 * mean + 0.1 * r["loss"]), r["epoch"]
        at = int(r["step"] - r["epoch"] * steps)
        text += f"{CLOCK},401 INFO [train.py:892] Epoch {r['epoch'] + 1:.0f}, batch {at}, loss[loss={r['loss']:.4g}, over 1000.00 frames. ], "
        text += f"tot_loss[loss={mean:.4g}, over 20000.00 frames. ], batch size: 16, lr: {r.get('lr', 1e-3):.2e}\n"
        if "val_loss" in r:
            text += f"{CLOCK},877 INFO [train.py:926] Epoch {r['epoch'] + 1:.0f}, validation: loss={r['val_loss']:.4g}, over 3100.00 frames. \n"
    return text


def clu_log(records: Records) -> str:
    """CLU's logging writer, as Flax examples print it."""
    text = ""
    for r in records:
        train, val = _parts(r)
        cells = {
            "train_" + k if k not in {"lr", "grad_norm"} else {"lr": "learning_rate"}.get(k, k): v
            for k, v in train.items()
        }
        text += (
            f"I0301 10:00:00.118734 140 logging_writer.py:48] [{r['step']:.0f}] "
            + ", ".join(f"{k}={v:.6g}" for k, v in cells.items())
            + "\n"
        )
        if val:
            text += (
                f"I0301 10:00:00.204518 140 logging_writer.py:48] [{r['step']:.0f}] "
                + ", ".join(f"eval_{k}={v:.6g}" for k, v in val.items())
                + "\n"
            )
    return text


def geometric_prints(records: Records) -> str:
    """PyTorch Geometric's examples: ``Epoch: 010, Loss: 1.7231, Train: 0.8000, Val: 0.7000``."""
    names, text = (
        {
            "acc": "Train",
            "val_acc": "Val",
            "val_auc": "Val",
            "val_mae": "Val MAE",
            "val_loss": "Val Loss",
            "loss": "Loss",
            "lr": "LR",
        },
        "",
    )
    for r in records:
        values = {k: v for k, v in r.items() if k not in {"step", "epoch"}}
        text += (
            f"Epoch: {r['epoch'] + 1:03.0f}, "
            + ", ".join(f"{names.get(k, k)}: {v:.4f}" if k != "lr" else f"LR: {v:.6f}" for k, v in values.items())
            + "\n"
        )
    return text


def dgl_prints(records: Records) -> str:
    """DGL's examples: ``Epoch 00010 | Loss 1.7231 | Accuracy 0.7000``."""
    text = ""
    for r in records:
        text += (
            f"Epoch {r['epoch']:05.0f} | Loss {r['loss']:.4f}"
            + (f" | Accuracy {r['val_acc']:.4f} " if "val_acc" in r else "")
            + "\n"
        )
    return text


def fastai_table(records: Records) -> str:
    """fastai's table in a terminal."""
    names, text = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"})), ""
    heads = {
        "loss": "train_loss",
        "val_loss": "valid_loss",
        "val_acc": "accuracy",
        "val_r2": "r2_score",
        "val_f1": "f1_score",
    }
    text = "".join(f"{c:<12}" for c in ("epoch", *(heads.get(n, n) for n in names), "time")) + "\n"
    for r in records:
        cells = [f"{r['epoch']:.0f}", *(f"{r[n]:.6f}" if n in r else "" for n in names), "00:01"]
        text += "".join(f"{c:<12}" for c in cells) + "\n"
    return text


def skorch_table(records: Records) -> str:
    """skorch's table."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    heads = {n: n.replace("val_", "valid_") if n != "loss" else "train_loss" for n in names}
    columns = ["epoch", *(heads[n] for n in names), "dur"]
    text = "  ".join(f"{c:>11}" for c in columns) + "\n" + "  ".join("-" * 11 for _ in columns) + "\n"
    for r in records:
        text += (
            "  ".join(
                f"{c:>11}"
                for c in [f"{r['epoch'] + 1:.0f}", *(f"{r[n]:.4f}" if n in r else "" for n in names), "0.1021"]
            )
            + "\n"
        )
    return text


def ignite_log(records: Records) -> str:
    """Ignite's examples: lines of iterations and of validation."""
    text = ""
    steps = max(1, int(max(r["step"] for r in records) // (max(r["epoch"] for r in records) + 1)))
    for r in records:
        train, val = _parts(r)
        at = int(r["step"] - r["epoch"] * steps)
        text += (
            f"Epoch[{r['epoch'] + 1:.0f}] Iteration[{at}/{steps}] "
            + " ".join(f"{k}: {v:.5g}" for k, v in train.items())
            + "\n"
        )
        if val:
            text += (
                f"Validation Results - Epoch: {r['epoch'] + 1:.0f}  "
                + " ".join(f"Avg {k}: {v:.5g}" for k, v in val.items())
                + "\n"
            )
    return text


def mxnet_log(records: Records) -> str:
    """MXNet's fit: metrics of training and of validation on lines of their own."""
    text, names = "", {"loss": "cross-entropy", "acc": "accuracy"}
    for r in records:
        for which, values in zip(("Train", "Validation"), _parts(r), strict=True):
            text += "".join(
                f"INFO:root:Epoch[{r['epoch']:.0f}] {which}-{names.get(k, k)}={v:.6f}\n" for k, v in values.items()
            )
        text += f"INFO:root:Epoch[{r['epoch']:.0f}] Time cost=1.021\n"
    return text


def hydra_log(records: Records) -> str:
    """Lines of a logger under Hydra."""
    text = ""
    for r in records:
        train, val = _parts(r)
        text += f"[{CLOCK},118][__main__][INFO] - Epoch {r['epoch']:.0f} | " + " | ".join(
            f"train_{k}: {v:.4g}" for k, v in train.items()
        )
        text += "".join(f" | val_{k}: {v:.4g}" for k, v in val.items()) + "\n"
    return text


def estimator_log(records: Records) -> str:
    """TensorFlow's estimators."""
    return "".join(f"INFO:tensorflow:loss = {r['loss']:.6g}, step = {r['step']:.0f} (0.102 sec)\n" for r in records)


def dict_prints(records: Records) -> str:
    """``print({...})`` an epoch."""
    text = ""
    for r in records:
        train, val = _parts(r)
        text += (
            str(
                {
                    "epoch": int(r["epoch"]),
                    **{f"train_{k}": round(v, 6) for k, v in train.items()},
                    **{f"valid_{k}": round(v, 6) for k, v in val.items()},
                }
            )
            + "\n"
        )
    return text


def history_lines(records: Records) -> str:
    """A W&B history, one JSON object a line, names with dots."""
    text = ""
    for i, r in enumerate(records):
        train, val = _parts(r)
        named = {k if "/" in k or "." in k else f"train.{k}": v for k, v in train.items()} | {
            f"val.{k}": v for k, v in val.items()
        }
        text += (
            json.dumps(
                {
                    **named,
                    "_step": i,
                    "_runtime": 0.1 * i,
                    "_timestamp": 1.7e9 + i,
                    "trainer.global_step": int(r["step"]),
                    "epoch": int(r["epoch"]),
                }
            )
            + "\n"
        )
    return text


def long_csv(records: Records) -> str:
    """A long table: one value a row."""
    rows = [
        f"{name},{r['step']:.0f},{v:.6g}" for r in records for name, v in r.items() if name not in {"step", "epoch"}
    ]
    return "\n".join(["metric,step,value", *rows]) + "\n"


def deepxde_table(records: Records) -> str:
    """DeepXDE: the terms in brackets, at each display step."""
    names = [k for k in records[0] if k not in {"step", "epoch", "loss", "lr"} and not k.startswith("val_")]
    text = (
        "Training model...\n\nStep      Train loss"
        + " " * (11 * len(names) - 8)
        + "Test loss"
        + " " * (11 * len(names) - 7)
        + "Test metric\n"
    )
    for r in records:
        cells = "[" + ", ".join(f"{r[n]:.2e}" for n in names) + "]"
        held = "[" + ", ".join(f"{r.get('val_' + n, r[n]):.2e}" for n in names) + "]"
        text += f"{r['step']:<10.0f}{cells}    {held}    []  \n"
    return text

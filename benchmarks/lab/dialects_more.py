"""More dialects for the laboratory's logs: lines as the print statements and loggers of training tools write them."""

from __future__ import annotations

Records = list[dict[str, float]]


def _values(record: dict[str, float], *without: str) -> dict[str, float]:
    return {k: v for k, v in record.items() if k not in {"step", "epoch", *without}}


def _split(record: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Training values and validation values, without the prefix."""
    values = _values(record)
    val = {k.removeprefix("val_"): v for k, v in values.items() if k.startswith("val_")}
    return {k: v for k, v in values.items() if not k.startswith("val_")}, val


def _steps(records: Records) -> int:
    """Steps of an epoch."""
    return int(max(r["step"] for r in records) // (max(r["epoch"] for r in records) + 1))


def mmengine_log(records: Records) -> str:
    """Lines of mmengine's logger."""
    text, steps = "", _steps(records)
    for r in records:
        train, val = _split(r)
        e, i = int(r["epoch"]) + 1, int(r["step"] - r["epoch"] * steps)
        rate = f"lr: {train.pop('lr'):.4e}  " if "lr" in train else ""
        cells = "  ".join(f"{k}: {v:.4f}" for k, v in train.items())
        head = "2024/03/01 10:00:00 - mmengine - INFO - "
        text += (
            f"{head}Epoch(train)  [{e}][{i:4d}/{steps}]  {rate}eta: 0:00:10  time: 0.0101  data_time: 0.0010  {cells}\n"
        )
        if val:
            cells = "  ".join(f"{k}: {v:.4f}" for k, v in val.items())
            text += f"{head}Epoch(val) [{e}][10/10]    {cells}  data_time: 0.0010  time: 0.0052\n"
    return text


def fairseq_log(records: Records) -> str:
    """Lines of fairseq's simple progress bar."""
    text, steps, names = "", _steps(records), {"grad_norm": "gnorm"}
    for r in records:
        train, val = _split(r)
        e, i = int(r["epoch"]) + 1, int(r["step"] - r["epoch"] * steps)
        cells = ", ".join(f"{names.get(k, k)}={v:.4g}" for k, v in train.items())
        text += f"2024-03-01 10:00:00 | INFO | train_inner | epoch {e:03d}: {i:6d} / {steps} {cells}, "
        text += f"wps=5120.4, ups=20.1, wpb=256, bsz=16, num_updates={r['step']:.0f}, train_wall=5, wall=9\n"
        if val:
            cells = " | ".join(f"{k} {v:.3f}" for k, v in val.items())
            text += f"2024-03-01 10:00:00 | INFO | valid | epoch {e:03d} | valid on 'valid' subset | {cells} | "
            text += f"wps 20000 | wpb 256 | bsz 16 | num_updates {r['step']:.0f}\n"
    return text


def timm_log(records: Records) -> str:
    """Lines of timm's train.py; the mean of the epoch so far stands in brackets."""
    text, steps, mean, epoch = "", _steps(records), [], -1
    for r in records:
        mean = [*mean, r["loss"]] if r["epoch"] == epoch else [r["loss"]]
        epoch, i = int(r["epoch"]), int(r["step"] - r["epoch"] * steps)
        text += f"Train: {epoch} [{i:4d}/{steps} ({100 * i / steps:3.0f}%)]  "
        text += f"Loss: {r['loss']:#.4g} ({sum(mean) / len(mean):#.3g})  Time: 0.010s, 3200.00/s  "
        text += f"LR: {r.get('lr', 1e-3):.3e}  Data: 0.001 (0.001)\n"
    return text


def tqdm_log(records: Records) -> str:
    """A bar an epoch with its last postfix."""
    last, steps = {r["epoch"]: r for r in records}, _steps(records)
    text = ""
    for e, r in last.items():
        cells = ", ".join(f"{k}={v:.3g}" for k, v in _values(r).items())
        text += f"Epoch {int(e) + 1}/{len(last)}: 100%|██████████| {steps}/{steps} [00:01<00:00, 88.21it/s, {cells}]\n"
    return text


def caffe_log(records: Records) -> str:
    """Lines of Caffe's solver."""
    head = "I0301 10:00:00.000000  1234 solver.cpp:"
    text = ""
    for r in records:
        text += f"{head}228] Iteration {r['step']:.0f}, loss = {r['loss']:.6g}\n"
        text += f"{head}244]     Train net output #0: loss = {r['loss']:.6g} (* 1 = {r['loss']:.6g} loss)\n"
        text += (
            f"I0301 10:00:00.000000  1234 sgd_solver.cpp:106] Iteration {r['step']:.0f}, lr = {r['lr']:.6g}\n"
            if "lr" in r
            else ""
        )
    return text


def hf_print(records: Records) -> str:
    """The dicts that a Hugging Face Trainer prints."""
    names, steps, text = {"lr": "learning_rate"}, _steps(records), ""
    for r in records:
        train, val = _split(r)
        at = {"epoch": round(r["step"] / steps, 2)}
        text += str({names.get(k, k): float(f"{v:.4g}") for k, v in train.items()} | at) + "\n" if train else ""
        text += str({f"eval_{k}": float(f"{v:.6g}") for k, v in val.items()} | at) + "\n" if val else ""
    return text


def epoch_prints(records: Records) -> str:
    """``Epoch 3/20 - train_loss: 0.1234 - val_loss: …``, four decimals."""
    text, last = "", max(int(r["epoch"]) for r in records) + 1
    for r in records:
        cells = [f"{k if k.startswith('val_') else 'train_' + k}: {v:.4f}" for k, v in _values(r, "lr").items()]
        cells += [f"lr: {r['lr']:.2e}"] if "lr" in r else []
        text += f"Epoch {int(r['epoch']) + 1}/{last} - {' - '.join(cells)}\n"
    return text


def keras_epochs(records: Records) -> str:
    """Keras 3's two lines an epoch, with any metrics."""
    text, last, steps = "", max(int(r["epoch"]) for r in records) + 1, _steps(records)
    for r in records:
        cells = " - ".join(
            f"{k}: {v:.4f}" if abs(v) >= 1e-3 or v == 0 else f"{k}: {v:.4e}" for k, v in _values(r).items()
        )
        text += f"Epoch {int(r['epoch']) + 1}/{last}\n{steps}/{steps} ━━━━━━━━━━━━━━━━━━━━ 0s 2ms/step - {cells}\n"
    return text


def step_prints(records: Records) -> str:
    """``step 120 | loss 2.3010 | lr 1.0e-03 | …``"""
    text = ""
    for r in records:
        train, val = _split(r)
        cells = "".join(f" | {k} {v:.4f}" if k not in {"lr"} else f" | lr {v:.3e}" for k, v in train.items())
        text += f"step {r['step']:.0f}{cells} | 512 tok/s\n" if train else ""
        text += f"step {r['step']:.0f}" + "".join(f" | val {k} {v:.4f}" for k, v in val.items()) + "\n" if val else ""
    return text


def catboost_log(records: Records) -> str:
    """Rounds as CatBoost prints them."""
    text, best = "", (float("inf"), 0)
    for r in records:
        best = min(best, (r["val_loss"], int(r["epoch"])))
        text += f"{r['epoch']:.0f}:\tlearn: {r['loss']:.7f}\ttest: {r['val_loss']:.7f}\t"
        text += f"best: {best[0]:.7f} ({best[1]})\ttotal: 1.1ms\tremaining: 20ms\n"
    return text

"""Dialects of forecasters and of older trainers: Informer's prints, GluonTS, NeuralForecast, MATLAB, Darknet, Flux …"""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of


def informer_prints(records: Records) -> str:
    """The prints of Informer and of the many forecasters that started from its code; two lines an epoch."""
    steps, text, best = (
        steps_of(records),
        ">>>>>>>start training : sales_ft_S_sl21_ll7_pl1>>>>>>>>>>>>>>>>>>>>>>>>>>\n",
        None,
    )
    for r in records:
        train, val = parts_of(r)
        if "loss" in train and not val:
            at = (r["step"] - 1) % steps + 1
            text += f"\titers: {at:.0f}, epoch: {r['epoch'] + 1:.0f} | loss: {train['loss']:.7f}\n\tspeed: 0.0121s/iter; left time: 10.2140s\n"
            continue
        text += f"Epoch: {r['epoch'] + 1:.0f} cost time: 1.0213\nEpoch: {r['epoch'] + 1:.0f}, Steps: {steps} | "
        text += f"Train Loss: {train['loss']:.7f} Vali Loss: {val['loss']:.7f}\n"
        if best is None or val["loss"] < best:
            text += f"Validation loss decreased ({best if best is not None else float('inf'):.6f} --> {val['loss']:.6f}).  Saving model ...\n"
            best = val["loss"]
        if "lr" in train:
            text += f"Updating learning rate to {train['lr']}\n"
    return text


def gluonts_bars(records: Records) -> str:
    """GluonTS' trainer of MXNet: bars and lines of a logger."""
    steps, text = steps_of(records), "INFO:gluonts.trainer:Start model training\n"
    for r in records:
        train, val = parts_of(r)
        e = f"{r['epoch'] + 1:.0f}/{len(records)}"
        if "lr" in train:
            text += f"INFO:gluonts.trainer:Epoch[{r['epoch']:.0f}] Learning rate is {train['lr']}\n"
        text += f"100%|██████████| {steps}/{steps} [00:01<00:00, 38.21it/s, epoch={e}, avg_epoch_loss={train['loss']:.3g}]\n"
        text += f"INFO:gluonts.trainer:Epoch[{r['epoch']:.0f}] Elapsed time 1.312 seconds\n"
        text += f"INFO:gluonts.trainer:Epoch[{r['epoch']:.0f}] Evaluation metric 'epoch_loss'={train['loss']:.6f}\n"
        if "loss" in val:
            text += f"INFO:gluonts.trainer:Epoch[{r['epoch']:.0f}] Evaluation metric 'validation_epoch_loss'={val['loss']:.6f}\n"
    return text


def neuralforecast_bars(records: Records) -> str:
    """NeuralForecast under Lightning: one bar an epoch, losses by step and by epoch."""
    steps, text = steps_of(records), ""
    for r in records:
        train, val = parts_of(r)
        v = f", valid_loss={val['loss']:.4g}" if "loss" in val else ""
        text += f"Epoch {r['epoch']:.0f}: 100%|██████████| {steps}/{steps} [00:00<00:00, 61.20it/s, v_num=3, train_loss_epoch={train['loss']:.4g}{v}]\n"
    return text + f"`Trainer.fit` stopped: `max_steps={max(r['step'] for r in records):.0f}` reached.\n"


def matlab_table(records: Records) -> str:
    """What trainNetwork of MATLAB prints for a regression."""
    bar = "|" + "=" * 104 + "|\n"
    text = "Training on single CPU.\n" + bar
    text += "|  Epoch  |  Iteration  |  Time Elapsed  |  Mini-batch  |  Validation  |  Mini-batch  |  Validation  |  Base Learning  |\n"
    text += (
        "|         |             |   (hh:mm:ss)   |     RMSE     |     RMSE     |     Loss     |     Loss     |      Rate       |\n"
        + bar
    )
    for i, r in enumerate(records):
        train, val = parts_of(r)
        cells = [
            f"{r['epoch'] + 1:7.0f}",
            f"{r['step']:11.0f}",
            f"      00:00:{i % 60:02}",
            f"{(2 * train['loss']) ** 0.5:12.2f}",
        ]
        cells += [f"{val['rmse']:12.2f}" if "rmse" in val else " " * 12, f"{train['loss']:12.4f}"]
        cells += [
            f"{val['loss']:12.4f}" if "loss" in val else " " * 12,
            f"{train['lr']:15.4f}" if "lr" in train else " " * 15,
        ]
        text += "| " + " | ".join(cells) + " |\n"
    return text + bar + "Training finished: Max epochs completed.\n"


def darknet_log(records: Records) -> str:
    """Darknet: the loss of the batch and its running mean."""
    mean, text = None, ""
    for r in records:
        rate = f" {r['lr']:.6f} rate," if "lr" in r else ""
        mean = r["loss"] if mean is None else 0.9 * mean + 0.1 * r["loss"]
        text += (
            f"{r['step']:.0f}: {r['loss']:.6f}, {mean:.6f} avg,{rate} 0.412131 seconds, {32 * r['step']:.0f} images\n"
        )
    return text


def flux_info(records: Records) -> str:
    """``@info`` lines of a loop in Julia."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        shown = {"epoch": int(r["epoch"]) + 1} if "loss" in val else {"step": int(r["step"])}
        shown |= {f"train_{k}": v for k, v in train.items()} | {f"test_{k}": v for k, v in val.items()}
        rows = [f"{k} = {v:.6g}" for k, v in shown.items()]
        text += "┌ Info: Progress\n" + "".join(f"│   {row}\n" for row in rows[:-1]) + f"└   {rows[-1]}\n"
    return text


def arrows_prints(records: Records) -> str:
    """A loop of somebody's own: ``[ 12/30] train 0.1234 -> valid 0.2345 (mae 0.12)``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"[{r['epoch'] + 1:3.0f}/{len(records)}] train {train['loss']:.5g}"
        text += f" -> valid {val['loss']:.5g}" if "loss" in val else ""
        more = [f"{k} {v:.4g}" for k, v in val.items() if k != "loss"]
        text += (f" ({', '.join(more)})" if more else "") + "\n"
    return text


def loguru_log(records: Records) -> str:
    """Lines of loguru with key=value."""
    text = ""
    for i, r in enumerate(records):
        shown = " ".join(f"{k}={int(v) if k in {'step', 'epoch'} else format(v, '.5g')}" for k, v in r.items())
        text += f"2024-06-11 14:{i // 60 % 60:02}:{i % 60:02}.212 | INFO     | __main__:fit:88 - {shown}\n"
    return text


def jax_prints(records: Records) -> str:
    """``step: 120, train_loss: 0.1234, ...`` as loops in JAX print them."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        shown = {f"train_{k}" if k == "loss" else k: v for k, v in train.items()} | {
            f"eval_{k}": v for k, v in val.items()
        }
        text += f"step: {r['step']:.0f}, " + ", ".join(f"{k}: {v:.4e}" for k, v in shown.items()) + "\n"
    return text


def markdown_table(records: Records) -> str:
    """The table of results on a model card of the Hugging Face hub."""
    names = [n for n in dict.fromkeys(n for r in records for n in r) if n not in {"step", "epoch", "loss", "lr"}]
    heads = [
        "Training Loss",
        "Epoch",
        "Step",
        *("Validation Loss" if n == "val_loss" else n.removeprefix("val_").capitalize() for n in names),
    ]
    text = (
        "### Training results\n\n| "
        + " | ".join(heads)
        + " |\n|"
        + "|".join(":" + "-" * len(h) + ":" for h in heads)
        + "|\n"
    )
    for r in records:
        cells = [f"{r['loss']:.4f}" if "loss" in r else "No log", f"{r['epoch'] + 1:.1f}", f"{r['step']:.0f}"]
        text += "| " + " | ".join(cells + [f"{r[n]:.4f}" if n in r else "" for n in names]) + " |\n"
    return text


def nested_json_lines(records: Records) -> str:
    """One object a line with the parts under ``train`` and ``val``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += (
            json.dumps({"epoch": r["epoch"], "global_step": r["step"], "train": train} | ({"val": val} if val else {}))
            + "\n"
        )
    return text

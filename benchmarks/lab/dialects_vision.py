"""Dialects of tools for pictures: nnU-Net, MMSegmentation, segmentation_models.pytorch, Detectron2, Lightning."""

from __future__ import annotations

import json

Records = list[dict[str, float]]
CLOCK = "2024-03-01 10:00:00"


def _parts(record: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Values of training and of validation (without the prefix), neither step nor epoch."""
    values = {k: v for k, v in record.items() if k not in {"step", "epoch"}}
    train = {k: v for k, v in values.items() if not k.startswith("val_")}
    return train, {k.removeprefix("val_"): v for k, v in values.items() if k.startswith("val_")}


def nnunet_log(records: Records) -> str:
    """nnU-Net v2's training log: a block of lines an epoch."""
    text = f"{CLOCK}.118734: do_dummy_2d_data_aug: False \n{CLOCK}.204518: Using splits from existing split file \n"
    for r in records:
        text += f"{CLOCK}.301077:  \n{CLOCK}.301204: Epoch {r['epoch']:.0f} \n"
        text += f"{CLOCK}.301411: Current learning rate: {r['lr']:.5g} \n" if "lr" in r else ""
        text += f"{CLOCK}.914066: train_loss {r['loss']:.4f} \n"
        text += f"{CLOCK}.914313: val_loss {r['val_loss']:.4f} \n" if "val_loss" in r else ""
        text += f"{CLOCK}.914528: Pseudo dice [{r['val_dice_score']:.4f}] \n" if "val_dice_score" in r else ""
        text += f"{CLOCK}.914756: Epoch time: 0.61 s \n"
    return text


def mmseg_log(records: Records) -> str:
    """MMSegmentation's runner by iterations."""
    text, last = "", int(max(r["step"] for r in records))
    head = "2024/03/01 10:00:00 - mmengine - INFO - "
    for r in records:
        train, val = _parts(r)
        rate = f"lr: {train.pop('lr'):.4e}  " if "lr" in train else ""
        cells = "  ".join(f"{k}: {v:.4f}" for k, v in train.items())
        text += f"{head}Iter(train) [{r['step']:5.0f}/{last}]  {rate}eta: 0:00:10  time: 0.0101  data_time: 0.0010  memory: 512  {cells}\n"
        if val:
            cells = "  ".join(f"{k}: {v:.4f}" for k, v in val.items())
            text += f"{head}Iter(val) [48/48]    {cells}  data_time: 0.0010  time: 0.0052\n"
    return text


def mmengine_scalars_json_lines(records: Records) -> str:
    """vis_data/scalars.json: the step of a validation line is its epoch."""
    text = ""
    for r in records:
        train, val = _parts(r)
        at = {"epoch": int(r["epoch"]) + 1, "iter": int(r["step"]), "step": int(r["step"])}
        text += json.dumps({**train, "time": 0.0101, "data_time": 0.001, **at}) + "\n"
        text += (
            json.dumps({**val, "data_time": 0.001, "time": 0.005, "step": int(r["epoch"]) + 1}) + "\n" if val else ""
        )
    return text


def smp_log(records: Records) -> str:
    """segmentation_models.pytorch: a bar for training and one for validation."""
    text = ""
    for r in records:
        train, val = _parts(r)
        text += f"\nEpoch: {r['epoch']:.0f}\n"
        for name, values in (("train", train), ("valid", val)):
            cells = ", ".join(f"{k} - {v:.4g}" for k, v in values.items())
            text += f"{name}: 100%|██████████| 12/12 [00:01<00:00, 10.11it/s, {cells}]\n" if values else ""
    return text


def detectron_json_lines(records: Records) -> str:
    """Detectron2's metrics.json."""
    text = ""
    for r in records:
        train, val = _parts(r)
        named = {"total_loss" if k == "loss" else k: v for k, v in train.items()}
        named |= {"validation_loss" if k == "loss" else f"sem_seg/{k}": v for k, v in val.items()}
        text += (
            json.dumps({"data_time": 0.002, "iteration": int(r["step"]) - 1, **named, "time": 0.01}, sort_keys=True)
            + "\n"
        )
    return text


def lightning_both_csv(records: Records) -> str:
    """Lightning's metrics.csv where training is logged as ``train/loss_step`` or ``train/loss_epoch``."""
    by_epoch = len({r["epoch"] for r in records}) == len(records)
    ending, rows = "_epoch" if by_epoch else "_step", []
    for r in records:
        train, val = _parts(r)
        at = {"epoch": r["epoch"], "step": r["step"] - 1}
        named = {
            "lr-Adam" if k == "lr" else k if "/" in k or k == "grad_norm" else f"train/{k}{ending}": v
            for k, v in train.items()
        }
        rows += [at | named] + ([at | {f"val/{k}": v for k, v in val.items()}] if val else [])
    names = sorted(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join("" if (v := row.get(n)) is None else f"{v:.8g}" for n in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"

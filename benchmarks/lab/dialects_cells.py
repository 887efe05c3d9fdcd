"""Dialects of people who segment cells: MONAI's tutorials, nnU-Net, Lightning, U-Net repositories, cellpose, StarDist."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

STAMP = "2024-05-14 09:31:07"


def monai_prints(records: Records) -> str:
    """MONAI's 2-D and spleen tutorials: a line a step inside the epoch, the mean of it, the mean Dice."""
    steps, text, last, best = steps_of(records), "", -1.0, (0.0, 0)
    final = max(r["epoch"] for r in records)
    for r in records:
        train, val = parts_of(r)
        epoch = int(r["epoch"]) + 1
        if r["epoch"] != last:
            text += f"{'-' * 10}\nepoch {epoch}/{final + 1:.0f}\n"
        more = "".join(f", {k}: {v:.4f}" for k, v in train.items() if k != "loss")
        at, last = int(r["step"] - 1) % steps + 1, r["epoch"]
        text += f"{at}/{steps}, train_loss: {r['loss']:.4f}{more}\n" if len(records) > final + 1 else ""
        text += "" if len(records) > final + 1 else f"epoch {epoch} average loss: {r['loss']:.4f}{more}\n"
        if val:
            score = val.get("dice_score", val.get("iou", 0.0))
            best = max(best, (score, epoch), key=lambda pair: pair[0])
            text += f"validation loss: {val['loss']:.4f}\n" if "loss" in val else ""
            text += f"current epoch: {epoch} current mean dice: {score:.4f} best mean dice: {best[0]:.4f} at epoch: {best[1]}\n"
    return text


def monai_engine_log(records: Records) -> str:
    """MONAI's engines and StatsHandler."""
    text, steps = "", steps_of(records)
    final = int(max(r["epoch"] for r in records)) + 1
    for r in records:
        train, val = parts_of(r)
        cells = " ".join(f"{'train_' + k if k in {'loss', 'acc'} else k}: {v:.4f}" for k, v in train.items())
        at = f"Epoch: {r['epoch'] + 1:.0f}/{final}, Iter: {int(r['step'] - 1) % steps + 1}/{steps}"
        text += f"{STAMP},114 - INFO - {at} -- {cells} \n"
        if val:
            cells = " ".join(f"{'val_mean_dice' if k == 'dice_score' else 'val_' + k}: {v:.4f}" for k, v in val.items())
            text += f"{STAMP},302 - INFO - Epoch[{r['epoch'] + 1:.0f}] Metrics -- {cells} \n"
    return text


def nnunet_v2_log(records: Records) -> str:
    """nnU-Net v2 with one Dice a class."""
    text = "\n#######################################################################\n"
    best = -1.0
    for r in records:
        train, val = parts_of(r)
        text += f"{STAMP}.118733: \n{STAMP}.119101: Epoch {r['epoch']:.0f}\n"
        text += f"{STAMP}.119340: Current learning rate: {train.pop('lr'):.5g}\n" if "lr" in train else ""
        text += "".join(f"{STAMP}.870012: train_{k} {v:.4f}\n" for k, v in train.items())
        text += f"{STAMP}.870340: val_loss {val['loss']:.4f}\n" if "loss" in val else ""
        if (score := val.get("dice_score", val.get("iou"))) is not None:
            text += f"{STAMP}.870566: Pseudo dice [np.float32({score:.4f}), np.float32({0.9 * score:.4f})]\n"
            text += f"{STAMP}.870811: Epoch time: 0.92 s\n"
            if score > best:
                best = score
                text += f"{STAMP}.870922: Yayy! New best EMA pseudo Dice: {score:.4f}\n"
    return text + f"{STAMP}.901122: Training done.\n"


def nnunet_v1_log(records: Records) -> str:
    """nnU-Net v1."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"{STAMP}.451901: \nepoch:  {r['epoch']:.0f}\n{STAMP}.901134: train loss : {r['loss']:.4f}\n"
        text += f"{STAMP}.944120: validation loss: {val['loss']:.4f}\n" if "loss" in val else ""
        score = val.get("dice_score")
        text += "" if score is None else f"{STAMP}.944671: Average global foreground Dice: [{score:.4f}]\n"
        text += f"{STAMP}.944893: lr: {train['lr']:.6g}\n" if "lr" in train else ""
        text += f"{STAMP}.945002: This epoch took 0.921034 s\n"
    return text


def lightning_cells_csv(records: Records) -> str:
    """Lightning's CSVLogger: train rows at the end of the epoch, validation rows on lines of their own before them."""
    parts = [(r, *parts_of(r)) for r in records]
    train = list(dict.fromkeys(f"train/{k}" for _, t, _ in parts for k in t))
    held = list(dict.fromkeys(f"val/{k}" for *_, v in parts for k in v))
    names = ["epoch", "step", *sorted(train + held)]
    rows = []
    for r, t, v in parts:
        at = {"epoch": r["epoch"], "step": r["step"] - 1}
        rows += [at | {f"val/{k}": x for k, x in v.items()}] if v else []
        rows.append(at | {f"train/{k}": x for k, x in t.items()})
    lines = [",".join("" if (x := row.get(n)) is None else f"{x:.7g}" for n in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"


def tensorboard_wide_csv(records: Records) -> str:
    """The scalars of TensorBoard as one wide table (tensorboard's data frame, pivoted, with tags as columns)."""
    tags = {
        "loss": "Loss/train",
        "val_loss": "Loss/val",
        "lr": "LR",
        "val_dice_score": "Dice/val",
        "val_iou": "IoU/val",
    }
    names = [n for n in dict.fromkeys(k for r in records for k in r) if n not in {"step", "epoch"}]
    lines = [",".join(["step", *(tags.get(n, n) for n in names)])]
    for r in records:
        lines.append(",".join([f"{r['step']:.0f}", *("" if (v := r.get(n)) is None else f"{v:.8g}" for n in names)]))
    return "\n".join(lines) + "\n"


def unet_repository_log(records: Records) -> str:
    """The much-forked U-Net repository: its bar shows the batch's loss, logging the Dice and the rate."""
    text, final = "INFO: Starting training:\n", int(max(r["epoch"] for r in records)) + 1
    for r in records:
        train, val = parts_of(r)
        more = "".join(f", {k}={v:.4g}" for k, v in train.items() if k != "loss")
        text += f"Epoch {r['epoch'] + 1:.0f}/{final}: 100%|██████████| 160/160 [00:01<00:00, 101.2img/s, loss (batch)={r['loss']:.4g}{more}]\n"
        if val:
            text += f"INFO: Validation loss: {val['loss']:.4f}\n" if "loss" in val else ""
            text += f"INFO: Validation Dice score: {val.get('dice_score', val.get('iou', 0)):.6f}\n"
            text += f"INFO: Checkpoint {r['epoch'] + 1:.0f} saved!\n"
    return text


def cellpose_log(records: Records) -> str:
    """Cellpose's train.py."""
    text = f"{STAMP},431 [INFO] >>>> training network\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        cells = f"train_loss={r['loss']:.4f}" + (f", test_loss={val['loss']:.4f}" if "loss" in val else "")
        cells += "".join(f", {k}={v:.4f}" for k, v in val.items() if k != "loss")
        cells += f", LR={train.get('lr', 0.003):.6f}, time {0.9 * (i + 1):.2f}s"
        text += f"{STAMP},902 [INFO] {r['epoch']:.0f}, {cells}\n"
    return text


def stardist_bars(records: Records) -> str:
    """StarDist and other Keras models of microscopists: the final bar of each epoch."""
    final, text = int(max(r["epoch"] for r in records)) + 1, ""
    for r in records:
        train, val = parts_of(r)
        cells = [f"{k}: {v:.4f}" if abs(v) >= 1e-3 else f"{k}: {v:.4e}" for k, v in train.items()]
        cells += [f"val_{k}: {v:.4f}" for k, v in val.items()]
        text += f"Epoch {r['epoch'] + 1:.0f}/{final}\n10/10 [==============================] - 1s 92ms/step - {' - '.join(cells)}\n"
    return text


def loss_item_prints(records: Records) -> str:
    """A notebook's print: the epoch, then what there is, in upper case."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += (
            f"Epoch: {r['epoch'] + 1:.0f}, "
            if "val_loss" in r
            else f"Epoch: {r['epoch'] + 1:.0f} | Step: {r['step']:.0f} | "
        )
        text += ", ".join(
            f"Train {k.upper() if len(k) < 5 and k != 'loss' else k.title()}: {v:.4f}" for k, v in train.items()
        )
        text += (
            "".join(f", Val {k.upper() if len(k) < 5 and k != 'loss' else k.title()}: {v:.4f}" for k, v in val.items())
            + "\n"
        )
    return text

"""Dialects of trainings of picture classifiers: Ultralytics classify, mmpretrain and mmcls, run_image_classification, notebooks."""

from __future__ import annotations

from benchmarks.lab.records import Records, clock, parts_of, steps_of


def ultralytics_classify_log(records: Records) -> str:
    """Ultralytics' console in classification: an epoch's row under its head, top-1 and top-5 below."""
    steps, last = steps_of(records), int(max(r["epoch"] for r in records)) + 1
    text = "Image sizes 64 train, 64 val\nUsing 2 dataloader workers\nLogging results to runs/classify/train\n"
    text += f"Starting training for {last} epochs...\n"
    for r in records:
        train, val = parts_of(r)
        text += "\n      Epoch    GPU_mem       loss  Instances       Size\n"
        place = f"{r['epoch'] + 1:.0f}/{last}"
        text += f"{place:>11}{'0.21G':>11}{train['loss']:>11.4g}{32:>11}{64:>11}: "
        text += f"100% ━━━━━━━━━━━━ {steps}/{steps} 31.2it/s 0.6s\n"
        if "acc" in val:
            text += f"{'':>15}classes   top1_acc   top5_acc: 100% ━━━━━━━━━━━━ 4/4 40.1it/s 0.1s\n"
            text += f"{'all':>22}{val['acc']:>11.3g}{val.get('top5', 1.0):>11.3g}\n"
    return text + f"\n{last} epochs completed in 0.004 hours.\n"


def ultralytics_classify_results_csv(records: Records) -> str:
    """Ultralytics' results.csv in classification."""
    named = {
        "loss": "train/loss",
        "val_acc": "metrics/accuracy_top1",
        "val_top5": "metrics/accuracy_top5",
        "val_loss": "val/loss",
        "lr": "lr/pg0",
    }
    names = [k for k in named if any(k in r for r in records)]
    lines = ["epoch,time," + ",".join(named[k] for k in names) + (",lr/pg1,lr/pg2" if "lr" in names else "")]
    for r in records:
        cells = [
            f"{r['epoch'] + 1:.0f}",
            f"{1.27 * (r['epoch'] + 1):.5g}",
            *(f"{r[k]:.5g}" if k in r else "" for k in names),
        ]
        lines.append(",".join(cells + ([f"{r['lr']:.5g}"] * 2 if "lr" in names else [])))
    return "\n".join(lines) + "\n"


def mmpretrain_log(records: Records) -> str:
    """mmpretrain: mmengine's lines with memory, the validation as accuracy/top1 in percent."""
    steps, text = steps_of(records), ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        head = f"{clock(i)[:19].replace('-', '/')} - mmengine - INFO - "
        e, at = int(r["epoch"]) + 1, int(r["step"] - 1) % steps + 1
        rate = f"lr: {train['lr']:.4e}  " if "lr" in train else ""
        named = {"norm": "grad_norm"}
        cells = "  ".join(f"{named.get(k, k)}: {v:.4f}" for k, v in train.items() if k != "lr")
        text += f"{head}Epoch(train)  [{e:>2}][{at:>3}/{steps}]  {rate}eta: 0:00:21  time: 0.0312  data_time: 0.0021  memory: 214  {cells}\n"
        if val:
            shown = {"acc": "accuracy/top1", "top5": "accuracy/top5"}
            cells = "  ".join(f"{shown.get(k, k)}: {100 * v if k in shown else v:.4f}" for k, v in val.items())
            text += f"{head}Saving checkpoint at {e} epochs\n"
            text += f"{head}Epoch(val) [{e}][8/8]    {cells}  data_time: 0.0102  time: 0.0144\n"
    return text


def mmcls_log(records: Records) -> str:
    """mmcls of before: commas and a tab, accuracy_top-1 in percent after the checkpoint."""
    steps, text = steps_of(records), ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        e, at, head = int(r["epoch"]) + 1, int(r["step"] - 1) % steps + 1, f"{clock(i)} - mmcls - INFO - "
        cells = ", ".join(f"{k}: {v:.4f}" for k, v in train.items() if k != "lr")
        text += f"{head}Epoch [{e}][{at}/{steps}]\tlr: {train.get('lr', 1e-3):.3e}, eta: 0:00:14, time: 0.041, data_time: 0.008, memory: 198, {cells}\n"
        if "acc" in val:
            more = f", accuracy_top-5: {100 * val['top5']:.4f}" if "top5" in val else ""
            text += f"{head}Saving checkpoint at {e} epochs\n{head}Epoch(val) [{e}][8]\taccuracy_top-1: {100 * val['acc']:.4f}{more}\n"
    return text


def hf_image_classification_log(records: Records) -> str:
    """run_image_classification.py: dicts, the notices of an evaluation, the blocks of metrics at the end."""
    steps, text, val = steps_of(records), "", {}
    total = steps * (int(max(r["epoch"] for r in records)) + 1)
    text += f"[INFO|trainer.py:1721] {clock(0)} >> ***** Running training *****\n[INFO|trainer.py:1722] {clock(0)} >>   Num examples = 512\n"
    text += f"[INFO|trainer.py:1727] {clock(0)} >>   Total optimization steps = {total}\n"
    for i, r in enumerate(records):
        train, now = parts_of(r)
        at = round(r["step"] / steps, 2)
        named = {"lr": "learning_rate", "norm": "grad_norm"}
        if train:
            text += (
                str({named.get(k, k): round(v, 4) if k == "loss" else v for k, v in train.items()} | {"epoch": at})
                + "\n"
            )
        if now:
            val = now
            text += f"[INFO|trainer.py:3162] {clock(i)} >> ***** Running Evaluation *****\n[INFO|trainer.py:3164] {clock(i)} >>   Num examples = 256\n[INFO|trainer.py:3167] {clock(i)} >>   Batch size = 32\n"
            cells = {"eval_accuracy" if k == "acc" else f"eval_{k}": v for k, v in now.items()}
            text += (
                str(
                    cells
                    | {
                        "eval_runtime": 0.4119,
                        "eval_samples_per_second": 621.5,
                        "eval_steps_per_second": 19.42,
                        "epoch": at,
                    }
                )
                + "\n"
            )
            text += f"[INFO|trainer.py:2889] {clock(i)} >> Saving model checkpoint to ./blossoms_out/checkpoint-{r['step']:.0f}\n"
    mean = sum(r["loss"] for r in records) / len(records)
    text += str({"train_runtime": 21.4, "train_samples_per_second": 240.1, "train_steps_per_second": 7.5, "train_loss": mean, "epoch": at}) + "\n"  # fmt: skip
    text += f"***** train metrics *****\n  epoch                    = {at:>10}\n  train_loss               = {mean:>10.4f}\n  train_runtime            = 0:00:21.40\n"
    if val:
        text += f"***** eval metrics *****\n  epoch                   = {at:>10}\n"
        text += "".join(f"  eval_{'accuracy' if k == 'acc' else k:<18} = {v:>10.4f}\n" for k, v in val.items())
    return text


def going_modular_prints(records: Records) -> str:
    """The line of a much-followed course on PyTorch: five cells between bars, from epoch one."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        cells = [f"train_{k}: {v:.4f}" for k, v in train.items()] + [f"test_{k}: {v:.4f}" for k, v in val.items()]
        text += f"Epoch: {r['epoch'] + 1:.0f} | " + " | ".join(cells) + "\n"
    return text


def two_fits_keras_log(records: Records) -> str:
    """A notebook with Keras 3: bars of the frozen fit and of the fine-tuning that counts on, the callback's words between."""
    text, last, steps = "", int(max(r["epoch"] for r in records)) + 1, steps_of(records)
    named = {"acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate"}
    for r in records:
        cells = sorted((named.get(k, k), v) for k, v in r.items() if k not in {"step", "epoch"})
        shown = " - ".join(f"{k}: {v:.4f}" if abs(v) >= 1e-3 else f"{k}: {v:.4e}" for k, v in cells)
        text += f"Epoch {r['epoch'] + 1:.0f}/{last}\n{steps}/{steps} ━━━━━━━━━━━━━━━━━━━━ 2s 63ms/step - {shown}\n"
    return text

"""Dialects of speech recognisers and jet taggers: ESPnet's steps, WeNet, NeMo, nnet3, wav2letter, weaver, ParticleNet prints."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

CLOCK = "2023-05-11 14:02"


def _cells(values: dict[str, float], between: str, equals: str, digits: str = ".4g") -> str:
    return between.join(f"{k}{equals}{v:{digits}}" for k, v in values.items())


def espnet_batches_log(records: Records) -> str:
    """ESPnet2's reporter within an epoch, and the epoch's results where there was a validation."""
    text, steps, last = "", steps_of(records), 0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        rate = f", optim0_lr0={train.pop('lr'):.3e}" if "lr" in train else ""
        at, epoch = int(r["step"] - 1) % steps + 1, int(r["epoch"]) + 1
        start, last = (last + 1 if at > last else 1), at
        text += f"[node1] {CLOCK}:{i % 60:02d},331 (trainer:762) INFO: {epoch}epoch:train:{start}-{at}batch: iter_time=1.1e-04, forward_time=0.071, "
        text += _cells(train, ", ", "=") + f", backward_time=0.054{rate}, train_time=0.311\n"
        if val:
            text += f"[node1] {CLOCK}:{i % 60:02d},702 (trainer:357) INFO: {epoch}epoch results: [train] iter_time=1.1e-04, "
            text += _cells(train, ", ", "=") + rate + ", train_time=0.31, time=4.2 seconds, total_count=64, [valid] "
            text += _cells(val, ", ", "=") + ", time=0.4 seconds, total_count=8\n"
    return text


def wenet_log(records: Records) -> str:
    """WeNet's executor: batches by number within the epoch, then the epoch's CV info."""
    text, steps = "", steps_of(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        more = "".join(f" {k} {v:.6f}" for k, v in train.items() if k not in {"loss", "lr"})
        at, epoch = int(r["step"] - 1) % steps + 1, int(r["epoch"])
        text += f"{CLOCK}:{i % 60:02d},118 DEBUG TRAIN Batch {epoch}/{at} loss {train['loss']:.6f}{more} lr {train.get('lr', 1e-3):.8f} rank 0\n"
        if val:
            text += (
                f"{CLOCK}:{i % 60:02d},554 INFO Epoch {epoch} CV info "
                + " ".join(f"cv_{k} {v:.6g}" for k, v in val.items())
                + "\n"
            )
    return text


def nemo_bars(records: Records) -> str:
    """NeMo's progress bar caught in a file, and Lightning's word on the checkpoint."""
    text, steps = "", steps_of(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        cells = f"v_num=0, train_step_timing in s=0.052, {_cells(train, ', ', '=', '.3g')}"
        cells += (", " + ", ".join(f"val_{k}={v:.3g}" for k, v in val.items())) if val else ""
        text += f"Epoch {r['epoch']:.0f}: {100 * at // steps:3d}%|{'█' * (10 * at // steps):<10}| {at}/{steps} [00:{i % 60:02d}<00:00, 18.33it/s, {cells}]\n"
    return text


def nemo_wer_log(records: Records) -> str:
    """NeMo's own lines, a value behind each colon."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        text += (
            f"[NeMo I {CLOCK}:{i % 60:02d} ctc_models:541] epoch: {r['epoch']:.0f} global_step: {r['step']:.0f} "
            + _cells(train, " ", ": ")
            + "\n"
        )
        if val:
            text += (
                f"[NeMo I {CLOCK}:{i % 60:02d} ctc_models:602] epoch: {r['epoch']:.0f} global_step: {r['step']:.0f} "
                + " ".join(f"val_{k}: {v:.4g}" for k, v in val.items())
                + "\n"
            )
    return text


def wav2letter_log(records: Records) -> str:
    """wav2letter++'s train log: cells between bars, an epoch a line."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        rate = f" | lr: {train.pop('lr'):.6f}" if "lr" in train else ""
        text += (
            f"epoch: {r['epoch'] + 1:8.0f} | nupdates: {r['step']:12.0f}{rate} | runtime: 00:00:04 | bch(ms): 51.20 | "
        )
        text += (
            " | ".join(
                [f"train-{k}: {v:10.5f}" for k, v in train.items()] + [f"dev-{k}: {v:10.5f}" for k, v in val.items()]
            )
            + "\n"
        )
    return text


def deepspeech_pytorch_log(records: Records) -> str:
    """deepspeech.pytorch: the value and its mean in brackets, tabs between, a summary after the epoch."""
    text, steps, mean, last = "", steps_of(records), 0.0, -1
    for r in records:
        train, val = parts_of(r)
        mean, last = (train["loss"] if last != r["epoch"] else 0.9 * mean + 0.1 * train["loss"]), r["epoch"]
        text += f"Epoch: [{r['epoch'] + 1:.0f}][{int(r['step'] - 1) % steps + 1}/{steps}]\tTime 0.051 (0.053)\tData 0.002 (0.002)\tLoss {train['loss']:.4f} ({mean:.4f})\t\n"
        if val:
            text += (
                f"Validation Summary Epoch: [{r['epoch'] + 1:.0f}]\t"
                + "\t".join(f"{k} {v:.3f}" for k, v in val.items())
                + "\t\n"
            )
    return text


def phones_prints(records: Records) -> str:
    """A student's print of an epoch: two lines, percent where it is a share of errors."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Ep {r['epoch'] + 1:.0f} || train: " + _cells(train, ", ", " ")
        text += "\n   || dev: " + _cells(val, ", ", " ") + "\n" if val else "\n"
    return text


def weaver_log(records: Records) -> str:
    """weaver (jet tagging): INFO lines of epochs, accuracies and losses behind colons."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[{CLOCK}:{i % 60:02d},090] INFO: "
        text += "-" * 50 + f"\n{stamp}Epoch #{r['epoch']:.0f} training\n"
        more = "".join(f", {k}: {v:.5g}" for k, v in train.items() if k not in {"loss", "acc"})
        acc = f", AvgAcc: {train['acc']:.5f}" if "acc" in train else ""
        text += f"{stamp}Train AvgLoss: {train['loss']:.5f}{acc}{more}\n"
        if val:
            text += f"{stamp}Epoch #{r['epoch']:.0f} validating\n{stamp}Eval " + _cells(val, ", ", ": ", ".5f") + "\n"
    return text


def jets_bars(records: Records) -> str:
    """tqdm with a description of the moment, rewritten in place, an epoch's summary written below."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        head = f"ep {r['epoch']:.0f} " + _cells(train, " ", " ", ".4g")
        text += (
            f"\r{head}: {100 * at // steps:3d}%|{'#' * (10 * at // steps):<10}| {at}/{steps} [00:02<00:00, 44.10it/s]"
        )
        text += (
            "\n" + f"ep {r['epoch']:.0f} done, " + ", ".join(f"val_{k} {v:.4f}" for k, v in val.items()) + "\n"
            if val
            else ""
        )
    return text + "\n"


def timm_percent_summary_csv(records: Records) -> str:
    """timm's summary.csv as newer versions write it: lr last, top1 in percent."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        row = {"epoch": f"{r['epoch']:.0f}"} | {f"train_{k}": f"{v:.6g}" for k, v in train.items() if k != "lr"}
        row |= {
            "eval_top1" if k in {"acc", "acc_percent"} else f"eval_{k}": f"{100 * v if k == 'acc' else v:.6g}"
            for k, v in val.items()
        }
        rows.append(row | ({"lr": f"{train['lr']:.6g}"} if "lr" in train else {}))
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"


def wandb_export_csv(records: Records) -> str:
    """A table out of W&B: quoted heads, Step first, train/ and val/ names, empty cells where nothing was logged."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        rows.append({"Step": f"{r['step']:.0f}", "epoch": f"{r['epoch']:.0f}"} | {f"train/{k}" if k != "lr" else "lr": f"{v:.8g}" for k, v in train.items()} | {f"val/{k}": f"{v:.8g}" for k, v in val.items()})  # fmt: skip
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(f'"{n}"' for n in names)]
    return "\n".join([*lines, *(",".join(f'"{row[n]}"' if n in row else "" for n in names) for row in rows)]) + "\n"


def metrics_split_json_lines(records: Records) -> str:
    """metrics.jsonl with a line for training and another one for validation, told apart by a key."""
    import json

    text = ""
    for r in records:
        train, val = parts_of(r)
        place = {"epoch": int(r["epoch"]), "step": int(r["step"])}
        text += json.dumps({"split": "train"} | place | train) + "\n" if train else ""
        text += json.dumps({"split": "val"} | place | val) + "\n" if val else ""
    return text

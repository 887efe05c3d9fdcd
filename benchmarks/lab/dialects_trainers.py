"""Logs of those who train with Lightning, timm, Hugging Face and the like, not written elsewhere."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

CLOCK = "2024-03-01 10:00"


def _table(rows: list[dict[str, float]], names: list[str]) -> str:
    lines = [",".join("" if (v := row.get(n)) is None else f"{v:.8g}" for n in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"


def lightning_steps_csv(records: Records) -> str:
    """metrics.csv of log(on_step=True, on_epoch=True) with a monitor of the rate: each on rows of its own."""
    rows, pile, steps = [], [], steps_of(records)
    for r in records:
        train, val = parts_of(r)
        at = {"epoch": r["epoch"], "step": r["step"] - 1}
        rate = train.pop("lr", None)
        rows += [{"step": at["step"], "lr-AdamW": rate}] if rate is not None else []
        rows += [at | {f"train_{k}_step" if k in {"loss", "acc"} else k: v for k, v in train.items()}] if train else []
        pile += [train["loss"]] if "loss" in train else []
        rows += [at | {f"val_{k}": v for k, v in val.items()}] if val else []
        if r["step"] % steps == 0 and pile:
            rows.append(at | {"train_loss_epoch": sum(pile) / len(pile)})
            pile = []
    return _table(rows, ["epoch", "step", *sorted({n for row in rows for n in row} - {"epoch", "step"})])


def hf_notebook_table(records: Records) -> str:
    """The table that a notebook shows of a Trainer, as it is pasted: a line an evaluation."""
    text, loss, names = (
        "",
        None,
        list(dict.fromkeys(k for r in records for k in r if k.startswith("val_") and k != "val_loss")),
    )
    text = "\t".join(["Step", "Training Loss", "Validation Loss", *(n[4:].capitalize() for n in names)]) + "\n"
    for r in records:
        loss = r.get("loss", loss)
        if "val_loss" in r:
            cells = [
                "No log" if loss is None else f"{loss:.6f}",
                f"{r['val_loss']:.6f}",
                *(f"{r[n]:.6f}" for n in names),
            ]
            text += "\t".join([f"{r['step']:.0f}", *cells]) + "\n"
    return text


def hf_quoted_dicts(records: Records) -> str:
    """The dicts of newer Trainers, numbers in quotes."""
    names, steps, text = {"lr": "learning_rate"}, steps_of(records), ""
    for r in records:
        train, val = parts_of(r)
        at = {"epoch": f"{r['step'] / steps:.4g}"}
        text += str({names.get(k, k): f"{v:.4g}" for k, v in train.items()} | at) + "\n" if train else ""
        more = {"eval_runtime": "0.1213", "eval_samples_per_second": "1978"}
        text += str({f"eval_{k}": f"{v:.4g}" for k, v in val.items()} | more | at) + "\n" if val else ""
    return text


def trl_dicts(records: Records) -> str:
    """What TRL's SFTTrainer prints."""
    names, steps, text, tokens = {"lr": "learning_rate", "acc": "mean_token_accuracy"}, steps_of(records), "", 0
    for r in records:
        train, val = parts_of(r)
        tokens += 4096
        at = {"num_tokens": float(tokens), "epoch": round(r["step"] / steps, 2)}
        for head, part in (("", train), ("eval_", val)):
            if part:
                text += str({head + names.get(k, k): float(f"{v:.5g}") for k, v in part.items()} | at) + "\n"
    return text


def timm_summary_csv(records: Records) -> str:
    """timm's summary.csv, a line an epoch."""
    names = {"loss": "train_loss", "val_loss": "eval_loss", "val_acc": "eval_top1", "lr": "lr"}
    rows = []
    for r in records:
        row = {names.get(k, k): 100 * v if k == "val_acc" else v for k, v in r.items() if k not in {"step", "epoch"}}
        rows.append({"epoch": r["epoch"]} | row)
    return _table(rows, list(dict.fromkeys(n for row in rows for n in row)))


def timm_tests(records: Records) -> str:
    """timm's train.py with its test lines."""
    text, steps = "", steps_of(records)
    for r in records:
        if "loss" in r:
            i = (r["step"] - 1) % steps
            text += f"Train: {r['epoch']:.0f} [{i:4.0f}/{steps} ({100 * i / max(1, steps - 1):3.0f}%)]  Loss: {r['loss']:#.4g} ({r['loss']:#.3g})  "
            text += f"Time: 0.010s, 3200.00/s  (0.010s, 3200.00/s)  LR: {r.get('lr', 1e-3):.3e}  Data: 0.001 (0.001)\n"
        if "val_loss" in r:
            text += f"Test: [   7/7]  Time: 0.004 (0.005)  Loss:  {r['val_loss']:6.4f} ({r['val_loss']:6.4f})  "
            acc = f"{100 * r['val_acc']:7.4f}" if "val_acc" in r else ""
            text += f"Acc@1: {acc} ({acc})  Acc@5: 100.0000 (100.0000)\n" if acc else "\n"
    return text


def imagenet_example(records: Records) -> str:
    """PyTorch's ImageNet example."""
    text, steps = "", steps_of(records)
    for r in records:
        i, e = (r["step"] - 1) % steps + 1, f"{r['epoch']:.0f}"
        if "loss" in r:
            text += f"Epoch: [{e}][{i:3.0f}/{steps}]\tTime  0.012 ( 0.012)\tData  0.001 ( 0.001)\tLoss {r['loss']:.4e} ({r['loss']:.4e})"
            text += f"\tAcc@1 {100 * r['acc']:6.2f} ({100 * r['acc']:6.2f})\n" if "acc" in r else "\n"
        if "val_loss" in r:
            text += f"Test: [7/8]\tTime  0.005 ( 0.005)\tLoss {r['val_loss']:.4e} ({r['val_loss']:.4e})\n"
            text += f" *   Acc@1 {100 * r['val_acc']:.3f} Acc@5 100.000\n" if "val_acc" in r else ""
    return text


def open_clip_log(records: Records) -> str:
    """Lines of open_clip."""
    text, steps = "", steps_of(records)
    for r in records:
        i, e = int((r["step"] - 1) % steps) + 1, int(r["epoch"])
        if "loss" in r:
            text += f"2024-03-01,10:00:00 | INFO | Train Epoch: {e} [{32 * i:>4}/{32 * steps} ({100 * i / steps:.0f}%)] Data (t): 0.001 Batch (t): 0.012, "
            text += f"2666.7/s, 2666.7/s/gpu LR: {r.get('lr', 1e-3):.6f} Loss: {r['loss']:#.5g} ({r['loss']:#.5g})\n"
        if "val_loss" in r:
            text += f"2024-03-01,10:00:00 | INFO | Eval Epoch: {e + 1} "
            text += "\t".join(f"{k}: {r[k]:.4f}" for k in r if k.startswith("val_")) + "\n"
    return text


def wandb_global_step_csv(records: Records) -> str:
    """A W&B table of a Lightning run."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        rows.append({"trainer/global_step": r["step"] - 1, "epoch": r["epoch"]}
                    | {k if "/" in k or k.startswith("lr") else f"train/{k}": v for k, v in train.items()} | {f"val/{k}": v for k, v in val.items()})  # fmt: skip
    return _table(rows, list(dict.fromkeys(n for row in rows for n in row)))


def rich_bars(records: Records) -> str:
    """Lightning's RichProgressBar, a line an epoch."""
    text, last, seen = "", max(r["epoch"] for r in records), {}
    ends = {r["epoch"]: i for i, r in enumerate(records)}
    for i, r in enumerate(records):
        seen |= r
        if ends[r["epoch"]] == i:
            train, val = parts_of(seen)
            cells = [f"train_{k}: {v:.3f}" if k != "lr" else f"lr: {v:.6f}" for k, v in train.items()] + [
                f"val_{k}: {v:.3f}" for k, v in val.items()
            ]
            text += f"Epoch {r['epoch']:.0f}/{last:.0f} ━━━━━━━━━━━━━━━━ 30/30 0:00:01 • 0:00:00 28.42it/s v_num: 0.000 {' '.join(cells)}\n"
    return text


def logging_steps(records: Records) -> str:
    """Python's logging module with slashes in the names."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        for head, part in (("train", train), ("val", val)):
            cells = ", ".join(f"{head}/{k}: {v:.5g}" for k, v in part.items())
            text += f"{CLOCK}:00,123 - INFO - __main__ - global_step: {r['step']:.0f}, {cells}\n" if part else ""
    return text


def accelerate_prints(records: Records) -> str:
    """A loop with accelerate: ``epoch 2, step 40: loss 0.41 (lr 1.0e-03)``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        rate = f" (lr {train.pop('lr'):.2e})" if "lr" in train else ""
        if train:
            text += (
                f"epoch {r['epoch']:.0f}, step {r['step']:.0f}: "
                + ", ".join(f"{k} {v:.4f}" for k, v in train.items())
                + rate
                + "\n"
            )
        if val:
            text += f"epoch {r['epoch']:.0f}: eval: " + ", ".join(f"{k} {v:.4f}" for k, v in val.items()) + "\n"
    return text

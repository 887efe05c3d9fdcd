"""Dialects of those who tag words and of those who tune pictures: Trainer dumps with seqeval, spaCy and Flair tables, notebooks, bars of adapters."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, clock, parts_of, steps_of

RULE = "-" * 100


def _history(records: Records) -> list[dict[str, float]]:
    """A Trainer's log history with seqeval's names, each kind of entry on its own."""
    steps, names, found = steps_of(records), {"lr": "learning_rate", "norm": "grad_norm"}, []
    scores = {
        "f1": "overall_f1",
        "precision": "overall_precision",
        "recall": "overall_recall",
        "acc": "overall_accuracy",
    }
    for r in records:
        train, val = parts_of(r)
        at = {"epoch": round(r["step"] / steps, 2), "step": int(r["step"])}
        if train:
            found.append({names.get(k, k): round(v, 4) if k == "loss" else v for k, v in train.items()} | at)
        if val:
            cells = {f"eval_{scores.get(k, k)}": v for k, v in val.items()}
            found.append(cells | {"eval_runtime": 1.8342, "eval_samples_per_second": 139.57, "eval_steps_per_second": 17.446} | at)  # fmt: skip
    return found


def seqeval_state_json(records: Records) -> str:
    """trainer_state.json of run_ner: overall scores of seqeval, and the summary as the last entry."""
    last, history = records[-1], _history(records)
    seen = [e["loss"] for e in history if "loss" in e]
    best = max((e for e in history if "eval_overall_f1" in e), key=lambda e: e["eval_overall_f1"], default={})
    end = {"epoch": float(last["epoch"] + 1), "step": int(last["step"]), "total_flos": 171302987776.0, "train_loss": sum(seen) / max(1, len(seen)), "train_runtime": 48.3381, "train_samples_per_second": 99.3}  # fmt: skip
    state = {
        "best_global_step": best.get("step"),
        "best_metric": best.get("eval_overall_f1"),
        "best_model_checkpoint": None,
        "epoch": end["epoch"],
        "global_step": end["step"],
        "is_hyper_param_search": False,
        "is_local_process_zero": True,
        "is_world_process_zero": True,
        "log_history": [*history, end],
        "logging_steps": 500,
        "max_steps": end["step"],
        "num_train_epochs": int(end["epoch"]),
        "trial_name": None,
        "trial_params": None,
    }
    return json.dumps(state, indent=2) + "\n"


def dumped_history_json(records: Records) -> str:
    """json.dump(trainer.state.log_history), nothing around it."""
    return json.dumps(_history(records)) + "\n"


def seqeval_loop_log(records: Records) -> str:
    """A copy of run_ner_no_trainer: accelerate's logger, a bar of all updates, the epoch's scores as a dict of their own."""
    total, last, text = int(max(r["step"] for r in records)), int(max(r["epoch"] for r in records)) + 1, ""
    head = f"{clock(3)[:19].replace('-', '/')} - INFO - __main__ -   "
    text += (
        f"{head}***** Running training *****\n{head}  Num Epochs = {last}\n{head}  Total optimization steps = {total}\n"
    )
    for i, r in enumerate(records):
        train, val = parts_of(r)
        at = int(r["step"])
        text += f"\r{100 * at // total:3d}%|{'█' * (10 * at // total):<10}| {at}/{total} [00:{at // 25 % 60:02d}<00:12, 24.81it/s]\n"
        stamp = f"{clock(5 + 3 * i)[:19].replace('-', '/')} - INFO - __main__ -   "
        if train:
            cells = {"train_loss" if k == "loss" else k: v for k, v in train.items()}
            text += (
                f"{stamp}epoch {r['epoch']:.0f} step {at}: "
                + ", ".join(f"{k} = {v:.6g}" for k, v in cells.items())
                + "\n"
            )
        if val:
            cells = {"eval_loss" if k == "loss" else k: round(v, 6) for k, v in val.items()}
            text += f"epoch {r['epoch']:.0f}: {cells}\n"
    return text


def spacy_entities_table(records: Records) -> str:
    """``spacy train`` with an entity recogniser: loss since the row before, F, P and R in percent, the score between 0 and 1."""
    heads = ["E   ", "#     ", "LOSS TRANS...", "LOSS NER", "ENTS_F", "ENTS_P", "ENTS_R", "SCORE "]
    text = "ℹ Saving to output directory: output\nℹ Using CPU\n\n=========================== Initializing pipeline ===========================\n"
    text += "✔ Initialized pipeline\n\n============================= Training pipeline =============================\n"
    text += "ℹ Pipeline: ['transformer', 'ner']\nℹ Initial learn rate: 0.0\n"
    text += "  ".join(heads).rstrip() + "\n" + "  ".join("-" * len(h) for h in heads) + "\n"
    for r in records:
        f, p, q = (100 * r.get(f"val_{n}", 0.0) for n in ("f1", "precision", "recall"))
        cells = [f"{r['epoch']:.0f} ", f"{r['step']:.0f}", f"{0.61 * r['loss']:.2f}", f"{r['loss']:.2f}", f"{f:.2f}", f"{p:.2f}", f"{q:.2f}", f"{f / 100:.2f}"]  # fmt: skip
        text += "  ".join(f"{c:>{len(h)}}" for c, h in zip(cells, heads, strict=True)) + "\n"
    return text + "✔ Saved pipeline to output directory\noutput/model-last\n"


def flair_training_log(records: Records) -> str:
    """Flair's training.log: running means at tenths of an epoch, what the epoch came to, DEV after it."""
    text, steps = f"{clock(1)} {RULE}\n{clock(1)} Corpus: \"Corpus: 1200 train + 256 dev + 256 test sentences\"\n{clock(1)} {RULE}\n", steps_of(records)  # fmt: skip
    best, bad = 0.0, 0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        at, epoch = int(r["step"] - 1) % steps + 1, int(r["epoch"]) + 1
        rate = train.get("lr", 0.1)
        text += f"{clock(i)} epoch {epoch} - iter {at}/{steps} - loss {train['loss']:.8f} - time (sec): {at / 31:.2f} - samples/sec: 1731.40 - lr: {rate:.6f} - momentum: 0.000000\n"
        if at == steps:
            text += f"{clock(i)} {RULE}\n{clock(i)} EPOCH {epoch} done: loss {train['loss']:.4f} - lr: {rate:.6f}\n"
            if val:
                score = val.get("f1", val.get("acc", 0.0))
                best, bad = max(best, score), 0 if score > best else bad + 1
                text += f"{clock(i)} DEV : loss {val['loss']:.15g} - f1-score (micro avg)  {score:.4f}\n{clock(i)}  - {bad} epochs without improvement\n"
            text += f"{clock(i)} {RULE}\n"
    return text


def ner_notebook_prints(records: Records) -> str:
    """The prints of a much-copied notebook for tagging: loss each so many steps, an epoch's loss and accuracy, the same for validation."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps
        if at < (records[0]["step"]) or len(records) == r["epoch"] + 1:
            text += f"Training epoch: {r['epoch'] + 1:.0f}\n"
        if len(records) > records[-1]["epoch"] + 1 and "loss" in train:
            text += f"Training loss per {records[0]['step']:.0f} training steps: {train['loss']}\n"
        elif "loss" in train:
            text += f"Training loss epoch: {train['loss']}\n"
        text += f"Training accuracy epoch: {train['acc']}\n" if "acc" in train and at + 1 == steps else ""
        if val:
            text += "".join(f"Validation {k.capitalize() if k != 'acc' else 'Accuracy'}: {v}\n" for k, v in val.items())
    return text


def kohya_bars(records: Records) -> str:
    """sd-scripts: one bar of all updates with the mean loss of an epoch's worth of them, redrawn; the epoch announced above it."""
    total, last, epoch = int(max(r["step"] for r in records)), int(max(r["epoch"] for r in records)) + 1, -1
    text = f"running training / 学習開始\n  num epochs / epoch数: {last}\n  total optimization steps / 学習ステップ数: {total}\n"
    text += f"steps:   0%|          | 0/{total} [00:00<?, ?it/s]"
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"])
        text += f"\nepoch {r['epoch'] + 1:.0f}/{last}\n" if r["epoch"] != epoch else ""
        epoch = r["epoch"]
        cells = [f"avr_loss={train['loss']:.4g}"] + [f"{k}={v:.3g}" for k, v in train.items() if k != "loss"]
        cells += [f"val_avg_loss={val['loss']:.4g}"] if val else []
        text += f"\rsteps: {100 * at // total:3d}%|{'█' * (10 * at // total):<10}| {at}/{total} [{at // 120:02d}:{at // 2 % 60:02d}<{(total - at) // 120:02d}:{(total - at) // 2 % 60:02d},  2.00it/s, {', '.join(cells)}]"
    return text + "\nmodel saved.\n"


def kohya_wandb_csv(records: Records) -> str:
    """What sd-scripts tell a tracker, exported: loss/current, loss/average, lr/unet, and the validation's own columns."""
    names = {"loss": "loss/average", "now": "loss/current", "lr": "lr/unet", "norm": "norm/grad_norm", "val_loss": "loss/validation/epoch_average"}  # fmt: skip
    heads = [
        "_step",
        *(names.get(n, n) for n in dict.fromkeys(k for r in records for k in r) if n not in {"step", "epoch"}),
    ]
    text = ",".join(heads) + "\n"
    for r in records:
        row = {names.get(k, k): v for k, v in r.items()} | {"_step": int(r["step"])}
        text += ",".join(f"{row[h]:.9g}" if h in row else "" for h in heads) + "\n"
    return text


def toolkit_bars(records: Records) -> str:
    """ai-toolkit: the job's name, then rate and loss with an exponent behind the bar, no commas between."""
    total, text = int(max(r["step"] for r in records)), "#############################################\n# Running job: little_style_v1\n#############################################\n"  # fmt: skip
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"])
        cells = f"lr: {train.get('lr', 1e-4):.1e} " + " ".join(f"{k}: {v:.3e}" for k, v in train.items() if k != "lr")
        text += f"\rlittle_style_v1: {100 * at // total:3d}%|{'#' * (10 * at // total):<10}| {at}/{total} [{at // 90:02d}:{at // 2 % 60:02d}<{(total - at) // 90:02d}:00,  1.52it/s, {cells}]"
        text += f"\nvalidation at step {at}: " + " ".join(f"{k}: {v:.3e}" for k, v in val.items()) + "\n" if val else ""
    return text + "\n"


def lora_example_bars(records: Records) -> str:
    """diffusers' train_text_to_image_lora: the head of the run, a bar of all updates with step_loss and lr."""
    total, head = int(max(r["step"] for r in records)), f"{clock(9)[:19].replace('-', '/')} - INFO - __main__ - "
    text = f"{head}***** Running training *****\n{head}  Num Epochs = {records[-1]['epoch'] + 1:.0f}\n{head}  Total optimization steps = {total}\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        at = int(r["step"])
        cells = ([f"lr={train['lr']:.3g}"] if "lr" in train else []) + [f"step_loss={train['loss']:.3g}"]
        cells += [f"{k}={v:.3g}" for k, v in train.items() if k not in {"loss", "lr"}]
        text += f"\rSteps: {100 * at // total:3d}%|{'█' * (10 * at // total):<10}| {at}/{total} [{at // 120:02d}:{at // 2 % 60:02d}<{(total - at) // 120:02d}:07,  2.14it/s, {', '.join(cells)}]"
        if val:
            text += f"\n{clock(i)[:19].replace('-', '/')} - INFO - __main__ - step {at}: " + ", ".join(f"val_{k}: {v:.5f}" for k, v in val.items()) + "\n"  # fmt: skip
    return text + "\n"


def one_trainer_bars(records: Records) -> str:
    """OneTrainer: a bar of epochs and one of the epoch's steps with the loss and its smooth average."""
    steps, smooth, text = steps_of(records), 0.0, ""
    last = int(max(r["epoch"] for r in records)) + 1
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        smooth = 0.99 * smooth + 0.01 * train["loss"] if smooth else train["loss"]
        text += f"\rstep: {100 * at // steps:3d}%|{'█' * (10 * at // steps):<10}| {at}/{steps} [00:{at // 4 % 60:02d}<00:11,  3.92it/s, loss={train['loss']:.3g}, smooth loss={smooth:.3g}]"
        if at == steps:
            done = int(r["epoch"]) + 1
            text += f"\nepoch: {100 * done // last:3d}%|{'█' * (10 * done // last):<10}| {done}/{last} [{done:02d}:12<00:{last:02d}, 71.80s/it]\n"
        if val:
            text += "\n" + " ".join(f"validation {k}: {v:.5f}" for k, v in val.items()) + "\n"
    return text + "\n"


def tuner_bars(records: Records) -> str:
    """SimpleTuner: epoch and step in one description, grad_norm and rate before the loss of the step."""
    total, last, text = int(max(r["step"] for r in records)), int(max(r["epoch"] for r in records)) + 1, ""
    names = {"norm": "grad_norm", "loss": "step_loss"}
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"])
        cells = ", ".join(f"{names.get(k, k)}={train[k]:.3g}" for k in sorted(train, key=lambda k: names.get(k, k)))
        text += f"\rEpoch {r['epoch'] + 1:.0f}/{last}, Steps: {100 * at // total:3d}%|{'█' * (10 * at // total):<10}| {at}/{total} [{at // 300:02d}:{at // 5 % 60:02d}<12:43,  5.57it/s, {cells}]"
        text += (
            f"\nEvaluation at step {at}: " + ", ".join(f"val_{k}={v:.5g}" for k, v in val.items()) + "\n" if val else ""
        )
    return text + "\n"

"""Dialects of those who fine-tune: a Trainer's console, simpletransformers, flair's table, a much-copied BERT notebook, FARM, fastai, Keras, denoisers."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

HEAD = {"step", "epoch"}


def hf_capture_log(records: Records) -> str:
    """A Trainer's console caught in a file: bars redrawn in place, the dicts between them."""
    steps, text = steps_of(records), ""
    total = steps * int(max(r["epoch"] for r in records) + 1)
    for r in records:
        train, val = parts_of(r)
        at, part = int(r["step"]), r["step"] / total
        bar = f"{100 * part:3.0f}%|{'█' * int(10 * part):<10}| {at}/{total} [00:{at // 20 % 60:02d}<00:09,  19.61it/s]"
        place = {"epoch": round(at / steps, 2)}
        if train:
            names = {"lr": "learning_rate"}
            cells = {names.get(k, k): round(v, 4) if k == "loss" else v for k, v in train.items()} | place
            text += f"\r{bar}\r{' ' * 80}\r{cells}\n\r{bar}"
        if val:
            cells = {f"eval_{k}": v for k, v in val.items()}
            more = {"eval_runtime": 0.4127, "eval_samples_per_second": 620.31, "eval_steps_per_second": 19.385}
            text += f"\r{' ' * 80}\r{cells | more | place}\n\r{bar}"
    return text + "\n"


def simpletransformers_scores_csv(records: Records) -> str:
    """simpletransformers' training_progress_scores.csv: one row an evaluation, the last loss of training beside it."""
    names = list(dict.fromkeys(k.removeprefix("val_") for r in records for k in r if k.startswith("val_")))
    names = [n for n in names if n != "loss"]
    text, last = ",".join(["global_step", "train_loss", *names, "eval_loss"]) + "\n", 0.0
    for r in records:
        last = r.get("loss", last)
        if "val_loss" in r:
            text += (
                f"{r['step']:.0f},{last:.8g},"
                + "".join(f"{r[f'val_{n}']:.8g}," for n in names)
                + f"{r['val_loss']:.8g}\n"
            )
    return text


def simpletransformers_bars(records: Records) -> str:
    """simpletransformers' bars: the running loss stands in the description, the evaluation in an INFO line."""
    steps, last, text = steps_of(records), int(max(r["epoch"] for r in records) + 1), ""
    for before, r in zip([records[0], *records], records, strict=False):
        train, val = parts_of(r)
        text += "\n" if before["epoch"] != r["epoch"] else ""
        at = int(r["step"] - 1) % steps + 1
        if "loss" in train:
            head = f"Epochs {r['epoch']:.0f}/{last}. Running Loss: {train['loss']:9.4f}"
            text += f"\r{head}: {100 * at // steps:3d}%|{'█' * (10 * at // steps):<10}| {at}/{steps} [00:03<00:02, 11.37it/s]"
        if val:
            cells = {("eval_loss" if k == "loss" else k): v for k, v in val.items()}
            text += f"\nINFO:simpletransformers.classification.classification_model:{cells}\n"
    return text + "\n"


def flair_loss_tsv(records: Records) -> str:
    """Flair's loss.tsv: a row an epoch, upper-case heads, the rate of the epoch, scores of the dev part."""
    names = list(dict.fromkeys(k.removeprefix("val_") for r in records for k in r if k.startswith("val_")))
    heads = ["EPOCH", "TIMESTAMP", "LEARNING_RATE", "TRAIN_LOSS", *(f"DEV_{n.upper()}" for n in names)]
    text = "\t".join(heads) + "\n"
    for r in records:
        cells = [
            f"{r['epoch'] + 1:.0f}",
            f"15:02:{int(r['epoch']) % 60:02d}",
            f"{r.get('lr', 5e-5):.4f}" if r.get("lr", 0) > 1e-3 else f"{r.get('lr', 5e-5):.3g}",
        ]
        text += (
            "\t".join([*cells, f"{r['loss']}", *(f"{r[f'val_{n}']:.4f}" if f"val_{n}" in r else "_" for n in names)])
            + "\n"
        )
    return text


def bert_notebook_prints(records: Records) -> str:
    """The BERT fine-tuning notebook that everybody copies: a heading an epoch, averages, then the validation."""
    text, last, steps = "", int(max(r["epoch"] for r in records) + 1), steps_of(records)
    for r in records:
        train, val = parts_of(r)
        text += f"\n======== Epoch {r['epoch'] + 1:.0f} / {last} ========\nTraining...\n"
        text += "".join(
            f"  Batch {b:>5,}  of  {steps:>5,}.    Elapsed: 0:00:0{min(9, b // 10)}.\n" for b in range(10, steps, 10)
        )
        text += (
            f"\n  Average training loss: {train['loss']:.2f}\n"
            if abs(train["loss"]) > 0.3
            else f"\n  Average training loss: {train['loss']:.4f}\n"
        )
        text += "".join(f"  Training {k}: {v:.4g}\n" for k, v in train.items() if k != "loss")
        text += "  Training epoch took: 0:00:04\n\nRunning Validation...\n" if val else ""
        text += "".join(
            f"  {'Validation Loss' if k == 'loss' else {'acc': 'Accuracy', 'f1': 'F1'}.get(k, k)}: {v:.4f}\n"
            for k, v in val.items()
            if k != "loss"
        )
        text += f"  Validation Loss: {val['loss']:.4f}\n  Validation took: 0:00:01\n" if "loss" in val else ""
    return text + "\nTraining complete!\n"


def farm_log(records: Records) -> str:
    """FARM: the current loss in the bar's description, an evaluation in a box of INFO lines."""
    steps, last, text = steps_of(records), int(max(r["epoch"] for r in records)), ""
    info = "03/14/2021 09:21:30 - INFO - farm.eval -   "
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        if "loss" in train:
            text += f"\rTrain epoch {r['epoch']:.0f}/{last} (Cur. train loss: {train['loss']:.4f}): {100 * at // steps:3d}%|{'█' * (10 * at // steps):<10}| {at}/{steps} [00:02<00:01, 14.20it/s]"
        if val:
            text += f"\n{info}\n\\\\|//       \\\\|//      \\\\|//       \\\\|//     \\\\|//\n{info}***************************************************\n{info}***** EVALUATION | DEV SET | AFTER {r['step']:.0f} BATCHES *****\n"
            text += f"{info}***************************************************\n{info} _________ text_classification _________\n"
            text += "".join(f"{info}{k}: {v}\n" for k, v in val.items())
    return text + "\n"


def fastai_fine_tune_tables(records: Records) -> str:
    """fastai's fine_tune in a notebook saved as text: a table for the frozen net, another one for the thawed."""
    names, text, before = list(dict.fromkeys(k for r in records for k in r if k not in HEAD)), "", -1.0
    heads = {
        "loss": "train_loss",
        "val_loss": "valid_loss",
        "val_acc": "accuracy",
        "val_err": "error_rate",
        "val_mae": "mae",
    }
    widths = [9, *(max(len(heads.get(n, n)), 8) + 3 for n in names), 5]
    for r in records:
        if r["epoch"] <= before or before < 0:
            text += "\n" if text else ""
            text += (
                "".join(
                    f"{c:<{w}}"
                    for c, w in zip(["epoch", *(heads.get(n, n) for n in names), "time"], widths, strict=True)
                )
                + "\n"
            )
        before = r["epoch"]
        cells = [f"{r['epoch']:.0f}", *(f"{r[n]:.6f}" if n in r else "" for n in names), "00:03"]
        text += "".join(f"{c:<{w}}" for c, w in zip(cells, widths, strict=True)) + "\n"
    return text


def transfer_tutorial_prints(records: Records) -> str:
    """PyTorch's transfer learning tutorial: a line for train, one for val, a rule under the epoch."""
    text, last = "", int(max(r["epoch"] for r in records))
    for r in records:
        text += f"Epoch {r['epoch']:.0f}/{last}\n----------\n"
        for head, part in zip(("train", "val"), parts_of(r), strict=True):
            rate = f" LR: {part.pop('lr'):.2e}" if "lr" in part else ""
            cells = " ".join(f"{k.capitalize()}: {v:.4f}" for k, v in part.items())
            text += f"{head} {cells}{rate}\n" if part else ""
        text += "\n"
    return text + "Training complete in 0m 41s\n"


def keras_transfer_log(records: Records) -> str:
    """Keras' transfer guide: bars of the frozen fit, then ``fine_epochs`` that count on from the last epoch."""
    text, last, steps = "", int(max(r["epoch"] for r in records)) + 1, steps_of(records)
    for r in records:
        names = {"acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate"}
        cells = [(names.get(k, k), v) for k, v in r.items() if k not in HEAD]
        shown = " - ".join(f"{k}: {v:.4f}" if abs(v) >= 1e-3 else f"{k}: {v:.4e}" for k, v in cells)
        text += f"Epoch {r['epoch'] + 1:.0f}/{last}\n{steps}/{steps} [==============================] - 2s 41ms/step - {shown}\n"
    return text


def torchvision_reference_log(records: Records) -> str:
    """torchvision's references/classification: smoothed value and mean in brackets, img/s, ``Test:  Acc@1``."""
    steps, text, pile, last = steps_of(records), "", [], -1.0
    for r in records:
        train, val = parts_of(r)
        pile, last = (pile if r["epoch"] == last else []), r["epoch"]
        if "loss" in train:
            pile.append(train["loss"])
            at = min(steps - 1, int(r["step"] - 1) % steps)
            acc = f"  acc1: {100 * train['acc']:.4f} ({100 * train['acc']:.4f})" if "acc" in train else ""
            more = "".join(f"  {k}: {v:.4f} ({v:.4f})" for k, v in train.items() if k not in {"loss", "acc", "lr"})
            text += f"Epoch: [{r['epoch']:.0f}]  [{at:>3}/{steps}]  eta: 0:00:0{at % 9}  lr: {train.get('lr', 0.01):.6g}  img/s: 812.4311  "
            text += f"loss: {train['loss']:.4f} ({sum(pile) / len(pile):.4f}){acc}{more}  time: 0.0301  data: 0.0006  max mem: 204\n"
        if val:
            text += f"Epoch: [{r['epoch']:.0f}] Total time: 0:00:01\nTest:   [0/4]  eta: 0:00:00  loss: {val.get('loss', 0):.4f} ({val.get('loss', 0):.4f})"
            text += "".join(
                f"  {'acc1' if k == 'acc' else k}: {100 * v if k == 'acc' else v:.4f} ({100 * v if k == 'acc' else v:.4f})"
                for k, v in val.items()
                if k != "loss"
            )
            text += "  time: 0.0188  data: 0.0101  max mem: 204\nTest:  Total time: 0:00:00\n"
            text += f"Test:  Acc@1 {100 * val['acc']:.3f}\n" if "acc" in val else ""
    return text


def denoiser_log(records: Records) -> str:
    """The console of a well-known denoiser (demucs by hydra): summaries of train and valid between rules, in bold."""
    rule, text = "-" * 70, ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[2021-04-09 20:{i // 60 % 60:02d}:{i % 60:02d},312][__main__][INFO] - "
        stamp = stamp.replace("__main__", "denoiser.solver")
        text += f"{stamp}{rule}\n{stamp}Training...\n"
        cells = " | ".join(f"{'Train Loss' if k == 'loss' else k} {v:.5f}" for k, v in train.items())
        text += f"{stamp}Train Summary | End of Epoch {r['epoch'] + 1:.0f} | Time 3.12s | {cells}\n"
        if val:
            text += f"{stamp}{rule}\n{stamp}Cross validation...\n{stamp}Valid Summary | End of Epoch {r['epoch'] + 1:.0f} | Time 0.41s | Valid Loss {val.get('loss', 0.0):.5f}\n"
            scores = ", ".join(f"{k.upper()}={v:.4f}" for k, v in val.items() if k != "loss")
            text += f"{stamp}Test set performance:{scores}.\n" if scores else ""
    return text


def conv_tasnet_log(records: Records) -> str:
    """A Conv-TasNet solver's prints of batches: the average of the epoch so far, the loss of the moment."""
    steps, text, pile, last = steps_of(records), "", [], -1.0
    for r in records:
        train, val = parts_of(r)
        pile, last = (pile if r["epoch"] == last else []), r["epoch"]
        if "loss" in train:
            pile.append(train["loss"])
            text += f"Epoch {r['epoch'] + 1:.0f} | Iter {int(r['step'] - 1) % steps + 1} | Average Loss {sum(pile) / len(pile):.3f} | Current Loss {train['loss']:.6f} | 21.4 ms/batch\n"
        if val:
            text += (
                "-" * 85
                + f"\nValid Summary | End of Epoch {r['epoch'] + 1:.0f} | Time 0.52s | Valid Loss {val.get('loss', 0.0):.3f}\n"
                + "-" * 85
                + "\n"
            )
    return text


def conv_tasnet_epochs(records: Records) -> str:
    """The same solver's summaries of epochs only."""
    rule, text = "-" * 85 + "\n", ""
    for r in records:
        train, val = parts_of(r)
        text += (
            rule
            + f"Train Summary | End of Epoch {r['epoch'] + 1:.0f} | Time 3.18s | Train Loss {train['loss']:.5f}\n"
            + rule
        )
        if val:
            more = "".join(f" | {k} {v:.5f}" for k, v in val.items() if k != "loss")
            text += f"Cross validation...\n{rule}Valid Summary | End of Epoch {r['epoch'] + 1:.0f} | Time 0.47s | Valid Loss {val.get('loss', 0.0):.5f}{more}\n{rule}"
    return text

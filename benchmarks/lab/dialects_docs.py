"""Dialects of tools for text and of older libraries: spaCy, Flair, OpenNMT-py, Marian, Trax, Paddle, Chainer, Lasagne …"""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of

CLOCK = "2024-05-02 09:12:33"


def steps_only_csv(records: Records) -> str:
    """A table without the epoch."""
    names = [n for n in dict.fromkeys(name for r in records for name in r) if n != "epoch"]
    lines = [",".join(names)]
    return "\n".join(lines + [",".join(f"{r[n]:.6g}" if n in r else "" for n in names) for r in records]) + "\n"


def spacy_table(records: Records) -> str:
    """The table of ``spacy train``: the loss of training and a score, never the loss of what is held out."""
    names = list(dict.fromkeys(n for r in records for n in r if n not in {"step", "epoch", "val_loss", "acc", "lr"}))
    scores = {"loss": "LOSS TEXTCAT", "val_f1": "CATS_SCORE", "val_acc": "CATS_MICRO_F"}
    heads = ["E", "#", *(scores[n] for n in names)]
    widths = [3, 6, *(max(12, len(h)) for h in heads[2:])]
    text = "\033[1m\n=========================== Initializing pipeline ===========================\033[0m\n"
    text += "ℹ Pipeline: ['tok2vec', 'textcat']\n"
    text += "  ".join(f"{h:{w}}" for h, w in zip(heads, widths, strict=True)).rstrip() + "\n"
    text += "  ".join("-" * w for w in widths) + "\n"
    for r in records:
        cells = [f"{r['epoch']:.0f}", f"{r['step']:.0f}"]
        cells += [f"{r[n]:.4f}" if n in r else "" for n in names]
        text += "  ".join(f"{c:>{w}}" for c, w in zip(cells, widths, strict=True)) + "\n"
    return text + "✔ Saved pipeline to output directory\nmodel-last\n"


def flair_log(records: Records) -> str:
    """Flair's training.log: iterations, a line an epoch, then DEV."""
    line = f"{CLOCK},518 " + "-" * 100 + "\n"
    text = line + f"{CLOCK},518 Train:  1200 sentences\n{CLOCK},518 Training Params:\n{line}"
    last, steps = None, max(r["step"] for r in records) / (max(r["epoch"] for r in records) + 1)
    for r in records:
        train, val = parts_of(r)
        if len(records) > max(x["epoch"] for x in records) + 1:
            at = (r["step"] - 1) % steps + 1
            text += f"{CLOCK},611 epoch {r['epoch'] + 1:.0f} - iter {at:.0f}/{steps:.0f} - loss {train['loss']:.8f} - time (sec): 0.31 - samples/sec: 3120.11 - momentum: 0.000000\n"
            continue
        if r["epoch"] != last:
            text += line
        last = r["epoch"]
        rate = f" - lr: {train['lr']:.6f}" if "lr" in train else ""
        accuracy = f", acc: {train['acc']:.4f}" if "acc" in train else ""
        text += f"{CLOCK},702 EPOCH {r['epoch'] + 1:.0f} done: loss {train['loss']:.4f}{rate}{accuracy}\n"
        if val:
            more = "".join(f" - {k} (micro avg)  {v:.4f}" for k, v in val.items() if k != "loss")
            text += f"{CLOCK},811 DEV : loss {val['loss']:.6f}{more.replace('acc', 'f1-score')}\n"
    return text


def opennmt_log(records: Records) -> str:
    """OpenNMT-py: a line each report, four after each validation."""
    total, text = max(r["step"] for r in records), f"[{CLOCK},001 INFO] Starting training on CPU, could be very slow\n"
    for r in records:
        train, val = parts_of(r)
        rate = f" lr: {train['lr']:.5f};" if "lr" in train else ""
        acc = f" acc: {100 * train['acc']:5.1f};" if "acc" in train else ""
        if "loss" in train:
            text += f"[{CLOCK},001 INFO] Step {r['step']:.0f}/{total:.0f};{acc} xent: {train['loss']:.4f};{rate} sents:    1024; bsz:  312/ 298/ 8; 4012/3877 tok/s;      4 sec;\n"
        if val:
            text += f"[{CLOCK},020 INFO] valid stats calculation\n                           took: 0.2 s.\n"
            text += f"[{CLOCK},020 INFO] Validation xent: {val['loss']:.4f}\n"
            if "acc" in val:
                text += f"[{CLOCK},020 INFO] Validation accuracy: {100 * val['acc']:.4f}\n"
    return text


def marian_log(records: Records) -> str:
    """Marian: updates with the cost."""
    text = (
        f"[{CLOCK}] [training] Batches are processed as 1 process(es) x 1 devices/process\n[{CLOCK}] Training started\n"
    )
    for r in records:
        rate = f" : L.r. {r['lr']:.4e}" if "lr" in r else ""
        text += f"[{CLOCK}] Ep. {r['epoch'] + 1:.0f} : Up. {r['step']:.0f} : Sen. {int(r['step'] * 32):,} : Cost {r['loss']:.8f} : Time 0.41s : 4012.10 words/s{rate}\n"
        if "val_loss" in r:
            text += f"[{CLOCK}] [valid] Ep. {r['epoch'] + 1:.0f} : Up. {r['step']:.0f} : cross-entropy : {r['val_loss']:.6g} : new best\n"
    return text + f"[{CLOCK}] Training finished\n"


def trax_log(records: Records) -> str:
    """Trax: a line for each metric."""
    text, width = "\n", len(f"{max(r['step'] for r in records):.0f}")
    for r in records:
        train, val = parts_of(r)
        at = f"Step {r['step']:{width + 3}.0f}: "
        text += f"{at}Ran 10 train steps in 0.42 secs\n"
        text += f"{at}train CrossEntropyLoss |  {train['loss']:.8f}\n"
        names = {"loss": "CrossEntropyLoss", "acc": "       Accuracy"}
        text += "".join(f"{at}eval  {names.get(k, k)} |  {v:.8f}\n" for k, v in val.items())
    return text


def paddle_log(records: Records) -> str:
    """Loops of Paddle's tutorials: ``epoch: 1, batch_id: 20, loss is: [2.1]``."""
    steps = max(1, round(max(r["step"] for r in records) / (max(r["epoch"] for r in records) + 1)))
    text = ""
    for r in records:
        train, val = parts_of(r)
        if "loss" in train:
            acc = f", acc is: [{train['acc']:.7g}]" if "acc" in train else ""
            text += f"epoch: {r['epoch']:.0f}, batch_id: {(r['step'] - 1) % steps:.0f}, loss is: [{train['loss']:.8g}]{acc}\n"
        if val:
            names = {"loss": "avg_loss", "acc": "avg_acc"}
            text += "[validation] " + ", ".join(f"{names.get(k, k)}: {v:.7g}" for k, v in val.items()) + "\n"
    return text


def sentence_transformers_csv(records: Records) -> str:
    """A table as the evaluators of sentence-transformers write it: epoch, steps, scores."""
    names = [n for n in dict.fromkeys(n for r in records for n in r) if n not in {"step", "epoch"}]
    rows = [[f"{r['epoch']:.1f}", f"{r['step']:.0f}", *(repr(round(r[n], 7)) if n in r else "" for n in names)] for r in records]  # fmt: skip
    return "\n".join(",".join(row) for row in [["epoch", "steps", *names], *rows]) + "\n"


CHAINER = {"loss": "main/loss", "acc": "main/accuracy", "lr": "lr"}


def _chainer(record: dict[str, float]) -> dict[str, float]:
    train, val = parts_of(record)
    row = {"epoch": record["epoch"] + 1, "iteration": record["step"]}
    row |= {CHAINER.get(k, f"main/{k}"): v for k, v in train.items()}
    return row | {f"validation/{CHAINER.get(k, f'main/{k}')}": v for k, v in val.items()}


def chainer_table(records: Records) -> str:
    """Chainer's PrintReport."""
    rows = [_chainer(r) for r in records]
    names = [n for n in dict.fromkeys(n for row in rows for n in row) if n != "iteration"]
    text = "  ".join(f"{n:<11}" for n in names).rstrip() + "\n"
    for row in rows:
        cells = [f"{row['epoch']:<11.0f}", *(f"{row[n]:<{max(11, len(n))}.6g}" if n in row else " " * max(11, len(n)) for n in names[1:])]  # fmt: skip
        text += "\033[J" + "  ".join(cells) + "\n"
    return text


def chainer_log_json(records: Records) -> str:
    """Chainer's LogReport: the file called log."""
    return json.dumps([_chainer(r) | {"elapsed_time": 1.5 * i + 2.1} for i, r in enumerate(records)], indent=4)


def lasagne_prints(records: Records) -> str:
    """The example of Lasagne, copied into many scripts."""
    epochs, text = len(records), "Loading data...\nBuilding model and compiling functions...\nStarting training...\n"
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['epoch'] + 1:.0f} of {epochs} took 0.412s\n  training loss:\t\t{train['loss']:.6f}\n"
        if "loss" in val:
            text += f"  validation loss:\t\t{val['loss']:.6f}\n"
        if "acc" in val:
            text += f"  validation accuracy:\t\t{100 * val['acc']:.2f} %\n"
    return text


def luz_prints(records: Records) -> str:
    """luz, the trainer of torch for R."""
    text, epochs = "", len(records)
    names = {"loss": "Loss", "acc": "Acc", "mae": "MAE", "rmse": "RMSE"}
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['epoch'] + 1:.0f}/{epochs}\n"
        for title, part in (("Train", train), ("Valid", val)):
            if part:
                text += f"{title} metrics: " + " - ".join(f"{names.get(k, k)}: {v:.4f}" for k, v in part.items()) + "\n"
    return text

"""Logs of tools met where machines are watched: Poutyne, Catalyst, CNTK, Deeplearning4j, TFLearn, FANN, MLX, MindSpore …"""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

PERCENT = {"acc", "accuracy"}


def poutyne_epochs(records: Records) -> str:
    """Poutyne's summary of each epoch; accuracies in percent."""
    text, steps, last = "", steps_of(records), len(records)
    for r in records:
        cells = " ".join(f"{k}: {100 * v if k.removeprefix('val_') in PERCENT else v:f}" for k, v in r.items() if k not in {"step", "epoch"})  # fmt: skip
        text += f"Epoch: {r['epoch'] + 1:3.0f}/{last} Train steps: {steps} Val steps: 8 0.42s {cells}\n"
    return text


def catalyst_log(records: Records) -> str:
    """Catalyst's console logger."""
    text, last = "", len(records)
    for r in records:
        for name, part in zip(("train", "valid"), parts_of(r), strict=True):
            cells = " | ".join(f"{'accuracy01' if k == 'acc' else k}: {v:.6g}" for k, v in sorted(part.items()))
            text += f"{name} ({r['epoch'] + 1:.0f}/{last}) {cells}\n" if part else ""
        text += f"* Epoch ({r['epoch'] + 1:.0f}/{last}) \n"
    return text


def cntk_progress(records: Records) -> str:
    """CNTK's ProgressPrinter: the metric is the error in percent."""
    text, last = "Learning rate per 1 samples: 0.001\n", len(records)
    for i, r in enumerate(records):
        metric = f", metric = {100 - 100 * r['acc']:.2f}% * 640" if "acc" in r else ""
        text += f"Finished Epoch[{i + 1} of {last}]: [Training] loss = {r['loss']:.6f} * 640{metric} 0.512s (1250.0 samples/s);\n"  # fmt: skip
        if "val_acc" in r:
            text += f"Finished Evaluation [{i + 1}]: Minibatch[1-8]: metric = {100 - 100 * r['val_acc']:.2f}% * 256;\n"
    return text


def dl4j_scores(records: Records) -> str:
    """Deeplearning4j's ScoreIterationListener."""
    return "".join(f"10:00:{i % 60:02d}.118 [main] INFO o.d.o.l.ScoreIterationListener - Score at iteration {r['step']:.0f} is {r['loss']:.7g}\n" for i, r in enumerate(records))  # fmt: skip


def tflearn_steps(records: Records) -> str:
    """TFLearn's two lines a step, without its colours."""
    text, size = "", steps_of(records)
    for r in records:
        inner = " - ".join(f"{k}: {v:.4f}" for k, v in r.items() if k in {"acc", "f1", "auc"})
        end = "".join(f" | {k}: {v:.5f}" for k, v in r.items() if k in {"val_loss", "val_acc"})
        text += f"Training Step: {r['step']:.0f}  | total loss: {r['loss']:.5f} | time: 0.021s\n"
        text += f"| Adam | epoch: {r['epoch'] + 1:03.0f} | loss: {r['loss']:.5f}{' - ' if inner else ''}{inner}{end} -- iter: {32 * ((int(r['step']) - 1) % size + 1):03d}/{32 * size}\n"  # fmt: skip
    return text


def fann_reports(records: Records) -> str:
    """FANN: reports of the current error."""
    text = f"Max epochs {records[-1]['step']:8.0f}. Desired error: 0.0000100000.\n"
    return text + "".join(f"Epochs     {r['step']:8.0f}. Current error: {r['loss']:.10f}. Bit fail {int(100 * r['loss'])}.\n" for r in records)  # fmt: skip


def mlx_iters(records: Records) -> str:
    """Iterations as MLX's examples of fine-tuning print them."""
    text = ""
    for r in records:
        if "val_loss" in r:
            text += f"Iter {r['step']:.0f}: Val loss {r['val_loss']:.3f}, Val took 0.214s\n"
        text += f"Iter {r['step']:.0f}: Train loss {r['loss']:.3f}, Learning Rate {r.get('lr', 1e-3):.3e}, It/sec 41.230, Tokens/sec 1021.4, Trained Tokens {40 * r['step']:.0f}, Peak mem 0.214 GB\n"  # fmt: skip
    return text


def candle_prints(records: Records) -> str:
    """The example of candle, in Rust."""
    text = ""
    for r in records:
        text += f"{r['epoch'] + 1:4.0f} train loss {r['loss']:8.5f}"
        text += f" test acc: {100 * r['val_acc']:5.2f}%\n" if "val_acc" in r else "\n"
    return text


def mindspore_monitor(records: Records) -> str:
    """MindSpore's LossMonitor, and the dict of an evaluation."""
    text, size = "", steps_of(records)
    for r in records:
        text += f"epoch: {r['epoch'] + 1:.0f} step: {(int(r['step']) - 1) % size + 1}, loss is {r['loss']:.8g}\n"
        _, val = parts_of(r)
        shown = {{"acc": "Accuracy", "loss": "Loss", "f1": "F1"}.get(k, k): v for k, v in val.items()}
        text += f"epoch: {r['epoch'] + 1:.0f}, metrics: {shown}\n" if shown else ""
    return text


def bracket_prints(records: Records) -> str:
    """A home-made print: ``[E03 S0120] loss=1.2e-01 ... || dev: loss=… f1=…``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"[E{r['epoch'] + 1:02.0f} S{r['step']:04.0f}] " + " ".join(f"{k}={v:.4g}" for k, v in train.items())
        text += (" || dev: " + " ".join(f"{k}={v:.4g}" for k, v in val.items()) if val else "") + "\n"
    return text


def two_line_prints(records: Records) -> str:
    """A home-made print: a line of training, then one of validation, accuracy in percent."""
    text = ""
    for r in records:
        for name, part in zip(("TRAIN", "VALID"), parts_of(r), strict=True):
            cells = ", ".join(f"{k} {100 * v:.1f}%" if k in PERCENT else f"{k} {v:.4f}" for k, v in part.items() if k != "lr")  # fmt: skip
            text += f"{name} epoch {r['epoch'] + 1:.0f}: {cells}\n" if cells else ""
    return text

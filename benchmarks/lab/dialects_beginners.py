"""Logs of those who start with Keras or scikit-learn: its callbacks' files, printed histories, the prints of small loops."""

from __future__ import annotations

import json
import math

from benchmarks.lab.records import Records, parts_of, steps_of


def _cells(record: dict[str, float], joint: str = " - ") -> str:
    """``loss: 0.1234 - accuracy: 0.9``, with Keras' switch to exponents below 0.001."""
    values = [(k, v) for k, v in record.items() if k not in {"step", "epoch"}]
    return joint.join(f"{k}: {v:.4f}" if abs(v) > 1e-3 else f"{k}: {v:.4e}" for k, v in values)


def keras_verbose_2(records: Records) -> str:
    """verbose=2 of TensorFlow 2: two lines an epoch."""
    text, last, steps = "", records[-1]["epoch"] + 1, steps_of(records)
    for r in records:
        text += f"Epoch {r['epoch'] + 1:.0f}/{last:.0f}\n"
        text += f"{steps}/{steps} - 0s - {_cells(r)} - 121ms/epoch - 3ms/step\n"
    return text


def keras_old_verbose_2(records: Records) -> str:
    """verbose=2 of Keras 2.2, with its greeting."""
    text, last = "Using TensorFlow backend.\nTrain on 1437 samples, validate on 360 samples\n", records[-1]["epoch"] + 1
    for r in records:
        text += f"Epoch {r['epoch'] + 1:.0f}/{last:.0f}\n - 0s - {_cells(r)}\n"
    return text


def keras_checkpoints(records: Records) -> str:
    """verbose=1 with ModelCheckpoint's and ReduceLROnPlateau's lines between the epochs."""
    text, last, steps, best, rate = "", records[-1]["epoch"] + 1, steps_of(records), math.inf, None
    for r in records:
        e, val = int(r["epoch"]) + 1, r.get("val_loss", r.get("loss", 0.0))
        shown = {k: v for k, v in r.items() if k != "lr"}
        text += (
            f"Epoch {e}/{last:.0f}\n{steps}/{steps} [==============================] - 0s 3ms/step - {_cells(shown)}"
        )
        text += f" - lr: {r['lr']:.4e}\n" if "lr" in r else "\n"
        if val < best:
            text += f"\nEpoch {e}: val_loss improved from {best:.5f} to {val:.5f}, saving model to best_model.h5\n"
        else:
            text += f"\nEpoch {e}: val_loss did not improve from {best:.5f}\n"
        if rate is not None and r.get("lr", rate) < rate:
            text += f"\nEpoch {e}: ReduceLROnPlateau reducing learning rate to {r['lr']}.\n"
        best, rate = min(best, val), r.get("lr")
    return text


def keras_printed_dict(records: Records) -> str:
    """``print(history.history)``: a Python dict of lists."""
    names = dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"})
    return str({n: [float(f"{r[n]:.9g}") for r in records if n in r] for n in names}).replace("nan", "NaN") + "\n"


def keras_params_history(records: Records) -> str:
    """A pickle's worth of History as JSON: its lists, its epochs and its parameters."""
    names = dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"})
    lists = {n: [r[n] for r in records if n in r] for n in names}
    params = {"verbose": 0, "epochs": len(records), "steps": steps_of(records)}
    return json.dumps({"history": lists, "epoch": list(range(len(records))), "params": params}) + "\n"


def keras_batch_csv(records: Records) -> str:
    """A callback's file: batch from 0 in each epoch, no column for the epoch."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    steps, text = steps_of(records), "batch," + ",".join(names) + "\n"
    for r in records:
        batch = (r["step"] - 1) % steps
        text += f"{batch:.0f}," + ",".join(f"{r[n]:.8g}" if n in r else "" for n in names) + "\n"
    return text


def lambda_batches(records: Records) -> str:
    """A LambdaCallback's prints: For batch 10, loss is 0.51."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"For batch {r['step']:.0f}, " + ", ".join(f"{k} is {v:7.4f}" for k, v in train.items()) + ".\n"
        if val:
            text += f"The average val_loss for epoch {r['epoch']:.0f} is {val.get('loss', 0.0):7.4f}.\n"
    return text


def train_on_batch_prints(records: Records) -> str:
    """A loop around train_on_batch: ``>120, loss=0.412, acc=81%``."""
    text = ""
    for r in records:
        cells = [
            f"{k}={100 * v:.0f}%" if "acc" in k else f"{k}={v:.4f}" for k, v in r.items() if k not in {"step", "epoch"}
        ]
        text += f">{r['step']:.0f}, " + ", ".join(cells) + "\n"
    return text


def data_frame_print(records: Records) -> str:
    """``print(pd.DataFrame(history.history))``, all of its rows."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    rows = [[f"{r[n]:.6f}" if n in r else "NaN" for n in names] for r in records]
    widths = [max(len(n), *(len(row[i]) for row in rows)) for i, n in enumerate(names)]
    edge = len(str(len(rows) - 1))
    text = " " * edge + "".join(f"  {n:>{w}}" for n, w in zip(names, widths, strict=True)) + "\n"
    for i, row in enumerate(rows):
        text += f"{i:<{edge}}" + "".join(f"  {c:>{w}}" for c, w in zip(row, widths, strict=True)) + "\n"
    return text


def mlp_verbose(records: Records) -> str:
    """scikit-learn's MLPClassifier(verbose=True), with its last words."""
    text = ""
    for r in records:
        text += f"Iteration {r['epoch'] + 1:.0f}, loss = {r['loss']:.8f}\n"
        if "val_accuracy" in r or "val_r2" in r:
            text += f"Validation score: {r.get('val_accuracy', r.get('val_r2', 0.0)):.6f}\n"
    return text + "Training loss did not improve more than tol=0.000100 for 10 consecutive epochs. Stopping.\n"


def sgd_verbose(records: Records) -> str:
    """scikit-learn's SGDClassifier(verbose=1)."""
    text = ""
    for r in records:
        text += f"-- Epoch {r['epoch'] + 1:.0f}\nNorm: {r.get('w_norm', 3.02):.2f}, NNZs: 64, Bias: -0.114208, T: {1437 * (r['epoch'] + 1):.0f}, "
        text += f"Avg. loss: {r['loss']:.6f}\nTotal training time: 0.0{r['epoch'] % 9 + 1:.0f} seconds.\n"
    return text


def partial_fit_prints(records: Records) -> str:
    """A loop around partial_fit: ``epoch   3  train_loss=0.51 val_loss=0.52``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        cells = [f"train_{k}={v:.4g}" if k != "lr" else f"lr={v:.3g}" for k, v in train.items()]
        cells += [f"val_{k}={v:.4g}" for k, v in val.items()]
        text += f"epoch {r['epoch'] + 1:3.0f}  " + " ".join(cells) + "\n"
    return text


def from_scratch_prints(records: Records) -> str:
    """A network by hand in NumPy: ``Cost after iteration 100: 0.693``."""
    text = ""
    for r in records:
        text += f"Cost after iteration {r['step']:.0f}: {r['loss']:.6f}\n"
        text += "".join(f"{k}: {v:.6g}\n" for k, v in r.items() if k not in {"step", "epoch", "loss"})
    return text


def r_keras_prints(records: Records) -> str:
    """R's keras: an epoch's line with a bar of its own."""
    text, last, steps = "", records[-1]["epoch"] + 1, steps_of(records)
    for r in records:
        text += f"Epoch {r['epoch'] + 1:.0f}/{last:.0f}\n{steps}/{steps} - 0s - 130ms/epoch - 3ms/step - {_cells(r)}\n"
    return text

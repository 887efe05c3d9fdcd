"""Dialects of those who forecast rain: OpenSTL, ConvLSTM scripts, Keras and TensorFlow loops."""

from __future__ import annotations

import math

from benchmarks.lab.records import Records, clock, listed, parts_of, steps_of


def _last_epoch(records: Records) -> int:
    return int(max(r["epoch"] for r in records)) + 1


def openstl_log(records: Records) -> str:
    """OpenSTL's log of an experiment: the metrics of the validation, then a line with the epoch's rate and losses."""
    text = f"{clock(0)} - Environment info:\n" + "-" * 60 + "\nsys.platform: linux\nPython: 3.10\n" + "-" * 60 + "\n"
    text += f"{clock(1)} - \ndataname: \tradar\nmethod: \tSimVP\nbatch_size: \t16\nval_batch_size: \t16\n"
    steps = steps_of(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        more = {k: v for k, v in val.items() if k != "loss"}
        if more:
            text += f"{clock(7 * i + 5)} - val\t " + listed(more, ", ", ":", ".6g") + "\n"
        line = f"Epoch: {r['epoch'] + 1:.0f}, Steps: {steps} | Lr: {train.get('lr', 1e-3):.7f} | Train Loss: {train['loss']:.7f}"
        line += f" | Vali Loss: {val['loss']:.7f}" if "loss" in val else ""
        text += f"{clock(7 * i + 6)} - {line}\n\n"
    return text


def convlstm_prints(records: Records) -> str:
    """The much-copied script with early stopping: a print of the epoch and what the stopper says of it."""
    text, last, best, waited = "", _last_epoch(records), math.inf, 0
    wide = len(str(last))
    for r in records:
        train, val = parts_of(r)
        line = f"[{r['epoch'] + 1:>{wide}.0f}/{last:>{wide}}] train_loss: {train['loss']:.5f}"
        line += "".join(f" valid_{k}: {v:.5f}" for k, v in val.items())
        text += line + "".join(f" train_{k}: {v:.5f}" for k, v in train.items() if k != "loss") + "\n"
        if "loss" in val and val["loss"] < best:
            text += f"Validation loss decreased ({best:.6f} --> {val['loss']:.6f}).  Saving model ...\n"
            best, waited = val["loss"], 0
        elif "loss" in val:
            waited += 1
            text += f"EarlyStopping counter: {waited} out of 40\n"
    return text


def keras_nowcast_bars(records: Records) -> str:
    """Keras in a terminal: the bar of the epoch at its end, at times with a checkpoint's message and a new rate."""
    text, last, steps = "", _last_epoch(records), steps_of(records)
    best = math.inf
    for i, r in enumerate(records):
        train, val = parts_of(r)
        cells = listed(
            train | {f"val_{k}": v for k, v in val.items()}, " - ", ": ", ".4e" if abs(train["loss"]) < 1e-3 else ".4f"
        )
        text += f"Epoch {r['epoch'] + 1:.0f}/{last}\n{steps}/{steps} [==============================] - ETA: 0s - loss: {train['loss']:.4g}"
        text += (
            "\b" * 12
            + f"\r{steps}/{steps} [==============================] - {1 + i % 2}s {41 + i % 5}ms/step - {cells}\n"
        )
        if val.get("loss", math.inf) < best:
            best = val["loss"]
            text += (
                f"\nEpoch {r['epoch'] + 1:.0f}: val_loss improved, saving model to nowcast_{r['epoch'] + 1:02.0f}.h5\n"
                if i % 4 == 0
                else ""
            )
    return text


def tf_step_prints(records: Records) -> str:
    """A hand-made loop over tf.GradientTape: a line every few steps, results of the test below."""
    text, epoch = "", -1.0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        if r["epoch"] != epoch:
            epoch = r["epoch"]
            text += f"\nStart of epoch {epoch:.0f}\n"
        more = "".join(f" {k}={v:.4g}" for k, v in train.items() if k != "loss")
        text += f"step {r['step']:.0f}: mean loss = {train['loss']:.6f}{more} ({0.03 + i % 7 / 1000:.3f} s/step)\n"
        text += "".join(f"Validation {k}: {v:.4f}\n" for k, v in val.items())
    return text


def tf_epoch_prints(records: Records) -> str:
    """The template string of the TensorFlow tutorials, continued by hand."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        cells = [f"{k.replace('_', ' ').title() if k != 'lr' else 'LR'}: {v:.6g}" for k, v in train.items()]
        cells += [f"Test {k.upper() if k != 'loss' else 'Loss'}: {v:.6g}" for k, v in val.items()]
        text += f"Epoch {r['epoch'] + 1:.0f}, " + ", ".join(cells) + "\n"
        text += f"Time taken for epoch {r['epoch'] + 1:.0f} is {2.1 + i % 3 / 10:.2f} sec\n\n"
    return text


# --- body points

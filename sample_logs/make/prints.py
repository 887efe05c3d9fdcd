"""Plain text as training scripts print it: each function gives the text of a log for the records of a training."""

from __future__ import annotations

from dialects import hf_entries, keep


def keras_progress(records):
    """Keras 2's two lines an epoch."""
    text = ""
    for r, values in zip(records, keep(records)):
        cells = " - ".join(f"{k}: {v:.4f}" for k, v in values.items())
        text += f"Epoch {r['epoch'] + 1}/{records[-1]['epoch'] + 1}\n"
        text += f"31/31 [==============================] - 0s 2ms/step - {cells}\n"
    return text


def pytorch_example(records):
    """The prints of many a PyTorch script."""
    text = "Using device: cpu\n"
    for r in records:
        text += f"Epoch [{r['epoch'] + 1}/{records[-1]['epoch'] + 1}], Train Loss: {r['loss']:.4f}"
        text += f", Val Loss: {r['val_loss']:.4f}" if "val_loss" in r else ""
        text += f", Val Acc: {100 * r['val_accuracy']:.2f}%" if "val_accuracy" in r else ""
        text += "\n"
    return text


def pipes(records):
    """Cells between bars."""
    text = ""
    for r in records:
        text += f"Epoch {r['epoch'] + 1}/{records[-1]['epoch'] + 1} | Loss: {r['loss']:.4f}"
        text += f" | Val Loss: {r['val_loss']:.4f} | Val Acc: {r['val_accuracy']:.4f}\n"
    return text


def pytorch_batches(records, samples=1280, held_out=500):
    """PyTorch's MNIST example: batches, and a test at the end of each epoch."""
    text, steps = "", records[-1]["step"] // (records[-1]["epoch"] + 1)
    for r in records:
        seen = (r["step"] - r["epoch"] * steps) * samples // steps
        text += (
            f"Train Epoch: {r['epoch'] + 1} [{seen}/{samples} ({100 * seen / samples:.0f}%)]\tLoss: {r['loss']:.6f}\n"
        )
        if "val_loss" in r:
            right = f"{r['val_accuracy'] * held_out:.0f}/{held_out} ({100 * r['val_accuracy']:.0f}%)"
            text += f"\nTest set: Average loss: {r['val_loss']:.4f}, Accuracy: {right}\n\n"
    return text


def keras_bars(records):
    """Keras 2's moving bar: carriage returns within a line, running means of the epoch so far."""
    text, means, epochs = "", epochs_of(records, running=True), records[-1]["epoch"] + 1
    steps = records[-1]["step"] // epochs
    for r, mean in zip(records, means):
        done = r["step"] - r["epoch"] * steps
        text += f"Epoch {r['epoch'] + 1}/{epochs}\n" if done * len(records) == steps * epochs else ""
        bar = ("=" * (30 * done // steps - 1) + ">").ljust(30, ".") if done < steps else "=" * 30
        text += f"\r{done}/{steps} [{bar}] - " + ("0s 2ms/step" if done == steps else "ETA: 0s")
        text += "".join(f" - {k}: {v:.4f}" for k, v in mean.items() if k not in {"epoch", "step"})
        text += "\n" if done == steps else ""
    return text


def epochs_of(records, running=False):
    """What Keras remembers of an epoch: means of the batches so far, validation at its end; the last, or all."""
    table, seen = [], []
    for r in records:
        seen = [*seen, r] if seen and seen[0]["epoch"] == r["epoch"] else [r]
        mean = {k: sum(s[k] for s in seen) / len(seen) for k in ("loss", "accuracy")}
        table.append(r | mean)
    return table if running else list({r["epoch"]: r for r in table}.values())


def nanogpt(records):
    """nanoGPT's iterations and evaluations."""
    text = "tokens per iteration will be: 256\n"
    for r in records:
        if "val_loss" in r:
            text += f"step {r['step']}: train loss {r['loss']:.4f}, val loss {r['val_loss']:.4f}\n"
        else:
            text += f"iter {r['step']}: loss {r['loss']:.4f}, time 12.00ms, mfu 1.50%\n"
    return text


def key_value(records):
    """key=value after a time stamp."""
    text = ""
    for i, r in enumerate(records):
        cells = " ".join(f"{k}={v:.6g}" for k, v in r.items())
        text += f"2024-03-01 10:{i // 60 % 60:02d}:{i % 60:02d} INFO {cells}\n"
    return text


def hf_dicts(records):
    """The dicts that a Hugging Face Trainer prints while it runs."""
    return "".join(str({k: v for k, v in e.items() if k != "step"}) + "\n" for e in hf_entries(records))


def boosting_rounds(records):
    """A line a round, in XGBoost's way."""
    return "".join(f"[{r['epoch']}]\ttrain-rmse:{r['loss']:.5f}\teval-rmse:{r['val_loss']:.5f}\n" for r in records)

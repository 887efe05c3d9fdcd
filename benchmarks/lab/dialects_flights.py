"""Logs of table trainers: fastai's CSVLogger and pasted tables, Keras 3's bars, Python's logging, and prints of people's own."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

FASTAI = {"loss": "train_loss", "val_loss": "valid_loss"}


def _fastai(records: Records, joint: str, digits: int) -> str:
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    text = joint.join(["epoch", *(FASTAI.get(n, n.removeprefix("val_")) for n in names), "time"]) + "\n"
    for r in records:
        cells = [f"{r[n]:.{digits}f}" if digits else str(r[n]) for n in names]
        text += joint.join([f"{r['epoch']:.0f}", *cells, "00:01"]) + "\n"
    return text


def fastai_history_csv(records: Records) -> str:
    """history.csv of fastai's CSVLogger."""
    return _fastai(records, ",", 0)


def fastai_pasted(records: Records) -> str:
    """fastai's table in a notebook, copied out of the browser: tabs."""
    return _fastai(records, "\t", 6)


def keras3_bars(records: Records) -> str:
    """The output of Keras 3's fit with its colours, the last state of each bar."""
    text, steps, last = "", steps_of(records), max(r["epoch"] for r in records) + 1
    for r in records:
        cells = " - ".join(
            f"{k}: {v:.4f}" if abs(v) > 1e-3 else f"{k}: {v:.4e}" for k, v in r.items() if k not in {"step", "epoch"}
        )
        text += f"Epoch {r['epoch'] + 1:.0f}/{last:.0f}\n"
        text += f"\x1b[1m{steps}/{steps}\x1b[0m \x1b[32m{'━' * 20}\x1b[0m\x1b[37m\x1b[0m \x1b[1m0s\x1b[0m 2ms/step - {cells}\n"
    return text


def logging_module(records: Records) -> str:
    """A script with Python's logging: ``2025-02-03 10:11:12,345 INFO flights.train: epoch=3 loss=0.53 (2.1s)``."""
    text = ""
    for i, r in enumerate(records):
        cells = " ".join(f"{k}={v:.5g}" for k, v in r.items() if k not in {"step", "epoch"})
        at = f"2025-02-03 10:{i // 60 % 60:02d}:{i % 60:02d},345"
        text += f"{at} INFO flights.train: epoch={r['epoch']:.0f} {cells} (1.0s)\n"
    return text


def counted_prints(records: Records) -> str:
    """``[  100/ 2400] loss=0.7312 lr=0.001``."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        cells = " ".join(f"{k}={v:.4g}" for k, v in r.items() if k not in {"step", "epoch"})
        text += f"[{r['step']:5.0f}/{last:5.0f}] {cells}\n"
    return text


def bare_prints(records: Records) -> str:
    """``print(epoch, loss, val_loss)`` under a line that says so."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    text = " ".join(["epoch", *names]) + "\n"
    return text + "".join(f"{r['epoch']:.0f} " + " ".join(str(r.get(n, "-")) for n in names) + "\n" for r in records)


def train_test_prints(records: Records) -> str:
    """Two words an epoch: ``epoch 3 | train: loss 0.532, mae 0.41 | test: loss 0.611``."""
    text = ""
    for r in records:
        parts = [
            f"{w}: " + ", ".join(f"{k} {v:.4f}" for k, v in p.items())
            for w, p in zip(("train", "test"), parts_of(r), strict=True)
            if p
        ]
        text += f"epoch {r['epoch'] + 1:.0f} | {' | '.join(parts)}\n"
    return text


def tabular_lines(records: Records) -> str:
    """One JSON object an epoch with train and valid inside, as home-made table trainers dump them."""
    import json

    text = ""
    for r in records:
        train, val = parts_of(r)
        text += json.dumps({"epoch": int(r["epoch"]) + 1, "train": train, "valid": val}) + "\n"
    return text

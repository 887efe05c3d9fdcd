"""Dialects of neural operators: the prints of FNO scripts and of neuraloperator, PDEBench, PhysicsNeMo."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of


def _seconds(record: dict[str, float]) -> str:
    """Seconds of an epoch, as clocks show them."""
    return f"{1.31 + 0.013 * (int(record['epoch']) * 7 % 5):.3f}"


def fno_prints(records: Records) -> str:
    """The prints of the first scripts of Fourier operators with names: epoch, seconds, errors in a row."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch: {r['epoch']:.0f}, time: {_seconds(r)}, " + ", ".join(
            f"train_{k}: {v:.6f}" if k != "lr" else f"lr: {v:.3e}" for k, v in train.items()
        )
        text += "".join(f", test_{k}: {v:.6f}" for k, v in val.items()) + "\n"
    return text


def fno_bare_prints(records: Records) -> str:
    """The same without names, under a head that is printed once: epoch, time and the errors."""
    names = [n for n in dict.fromkeys(n for r in records for n in r) if n not in {"step", "epoch"}]
    text = (
        "epoch time "
        + " ".join(n.replace("val_", "test_") if n.startswith("val_") else f"train_{n}" for n in names)
        + "\n"
    )
    for r in records:
        text += (
            f"{r['epoch']:.0f} {_seconds(r)}20155159998103 "
            + " ".join(repr(r[n]) if n in r else "nan" for n in names)
            + "\n"
        )
    return text


def neuralop_prints(records: Records) -> str:
    """neuraloperator's Trainer: the epoch in brackets, mean loss and training error, then a line of evaluation."""
    text = "Training on 256 samples\nTesting on [64] samples         on resolutions [32].\n"
    for r in records:
        train, val = parts_of(r)
        text += (
            f"[{r['epoch']:.0f}] time={_seconds(r)}, avg_loss={train['loss']:.4f}, train_err={32 * train['loss']:.4f}"
        )
        text += "".join(f", {k}={v:.4g}" for k, v in train.items() if k != "loss") + "\n"
        text += (
            "Eval: " + ", ".join(f"32_{'l2' if k == 'loss' else k}={v:.4f}" for k, v in val.items()) + "\n"
            if val
            else ""
        )
    return text


def pdebench_prints(records: Records) -> str:
    """PDEBench: the epoch with loss, seconds and both errors."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"epoch: {r['epoch']:.0f}, loss: {train.get('loss', next(iter(train.values()))):.5f}, t2-t1: {_seconds(r)}10, "
        named = {("L2" if k == "loss" else k.upper()): v for k, v in train.items() if k != "lr"}
        text += ", ".join(f"train{k}: {v:.5f}" for k, v in named.items())
        text += "".join(f", test{'L2' if k == 'loss' else k.upper()}: {v:.5f}" for k, v in val.items()) + "\n"
    return text


def physicsnemo_log(records: Records) -> str:
    """PhysicsNeMo's launch logger: metrics of the epoch with their names, times, and those of the validation."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[14:{2 + i // 60:02d}:{i % 60:02d}"
        named = {("Learning Rate" if k == "lr" else k): v for k, v in train.items()}
        text += (
            f"{stamp} - train - INFO] Epoch {r['epoch'] + 1:.0f} Metrics: "
            + ", ".join(f"{k} = {v:10.3e}" for k, v in named.items())
            + "\n"
        )
        text += f"{stamp} - train - INFO] Epoch Execution Time:  1.342e+00s, Time/Iter:  4.211e+01ms\n"
        if val:
            text += (
                f"{stamp} - valid - INFO] Epoch {r['epoch'] + 1:.0f} Metrics: "
                + ", ".join(f"val_{k} = {v:10.3e}" for k, v in val.items())
                + "\n"
            )
    return text


def fno_epochs_csv(records: Records) -> str:
    """A table that a script of operators writes beside its prints: epoch, time, train_ and test_ names."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        row = {"epoch": f"{r['epoch']:.0f}", "time": _seconds(r)} | {
            k if k == "lr" or (k.endswith("loss") and k != "loss") else f"train_{k}": f"{v:.8g}"
            for k, v in train.items()
        }
        rows.append(row | {f"test_{k}": f"{v:.8g}" for k, v in val.items()})
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"

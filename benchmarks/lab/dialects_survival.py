"""Dialects of those who reckon claims and survival: pycox, lifelines, scikit-survival, DeepSurv, R."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, listed, parts_of


def pycox_log(records: Records) -> str:
    """pycox (torchtuples): epoch, times between brackets, columns behind tabs."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        text += f"{r['epoch']:.0f}:\t[{i // 12}s / {i // 6}s],\t\t" + listed(
            {f"train_{k}": v for k, v in train.items()}, ",\t", ": ", ".4f"
        )
        text += "".join(f",\tval_{k}: {v:.4f}" for k, v in val.items()) + "\n"
    return text


def lifelines_prints(records: Records) -> str:
    """lifelines' show_progress: an iteration with its norm, step size and likelihood."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        cells = {
            "norm_delta": train.get("norm", 1.0 / (i + 1)),
            "step_size": train.get("lr", 0.95),
            "loss": train["loss"],
        }
        cells |= {k: v for k, v in train.items() if k not in {"loss", "lr", "norm"}} | {
            f"val_{k}": v for k, v in val.items()
        }
        text += (
            f"Iteration {i + 1}: "
            + listed(cells, ", ", " = ", ".5f")
            + f", seconds_since_start = {0.02 * (i + 1):.1f}\n"
        )
    return text + "Convergence success after " + f"{len(records)} iterations.\n"


def deepsurv_log(records: Records) -> str:
    """DeepSurv's console: a bar of arrows, the loss and the concordance of the moment."""
    text, last = "", int(records[-1]["step"])
    for r in records:
        train, val = parts_of(r)
        done = int(20 * r["step"] / last)
        text += (
            f"Training step {r['step']:.0f}/{last} |"
            + "*" * done
            + " " * (20 - done)
            + f"| - loss: {train['loss']:.4f}"
        )
        text += "".join(f" - {k}: {v:.4f}" for k, v in train.items() if k != "loss")
        text += "".join(f" - val_{k}: {v:.4f}" for k, v in val.items()) + "\n"
    return text


def sksurv_verbose(records: Records) -> str:
    """The table of scikit-survival's and scikit-learn's verbose fits: iteration, loss, what remains."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    titles = {"loss": "Train Loss", "val_loss": "Valid Loss", "val_cindex": "Valid C-index", "cindex": "Train C-index"}
    text = f"{'Iter':>10}" + "".join(f"{titles.get(n, n):>16}" for n in names) + f"{'Remaining Time':>16}\n"
    for i, r in enumerate(records):
        cells = "".join(f"{r[n]:16.4f}" if n in r else f"{'':>16}" for n in names)
        text += f"{i + 1:>10}{cells}{0.05 * (len(records) - i):>15.2f}s\n"
    return text


def statsmodels_prints(records: Records) -> str:
    """What L-BFGS-B below statsmodels and scipy prints: the function and the projected gradient at each iterate."""

    def fortran(value: float) -> str:
        return f"{value:.5E}".replace("E", "D").rjust(12)

    text = "RUNNING THE L-BFGS-B CODE\n\n           * * *\n\nMachine precision = 2.220D-16\n\n"
    for i, r in enumerate(records):
        text += f"At iterate{i:>5d}    f= {fortran(r['loss'])}    |proj g|= {fortran(r['norm'])}\n\n"
    return text + f"Optimization terminated successfully.\n         Current function value: {records[-1]['loss']:.6f}\n"


def actuary_json_lines(records: Records) -> str:
    """JSON lines of an actuary's own script: an event, round numbers, train and holdout below."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        row: dict[str, object] = {
            "ts": f"2024-02-0{1 + i // 3600}T09:{i // 60 % 60:02d}:{i % 60:02d}",
            "event": "epoch_end",
            "epoch": int(r["epoch"]),
            "step": int(r["step"]),
        }
        row |= {"train": {k: round(v, 6) for k, v in train.items()}}
        text += json.dumps(row | ({"holdout": {k: round(v, 6) for k, v in val.items()}} if val else {})) + "\n"
    return text


def survival_prints(records: Records) -> str:
    """A print of a medical student's notebook: commas, the partial likelihood, C-index where there is one."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"epoch = {r['epoch']:.0f}, train loss = {train['loss']:.5f}" + "".join(
            f", {k} = {v:.4g}" for k, v in train.items() if k != "loss"
        )
        text += "".join(f", val {k.replace('cindex', 'c-index')} = {v:.5f}" for k, v in val.items()) + "\n"
    return text

"""Logs of those who train on molecules: PyTorch Geometric, OGB, Chemprop, DGL-LifeSci, SchNetPack, MACE, NequIP, DeepChem, W&B."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

DAY = "2024-03-01 10:00"


def _table(rows: list[dict[str, float]], names: list[str], digits: str = ".7g") -> str:
    lines = [",".join("" if (v := row.get(n)) is None else f"{v:{digits}}" for n in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"


def _names(rows: list[dict[str, float]]) -> list[str]:
    return list(dict.fromkeys(n for row in rows for n in row))


def zinc_prints(records: Records) -> str:
    """PyTorch Geometric's examples on QM9 and ZINC: ``Epoch: 001, LR: 0.001000, Loss: 0.5, Val MAE: 0.4``."""
    text, named = "", {"val_mae": "Val MAE", "val_loss": "Val Loss", "loss": "Loss", "mae": "Train MAE", "val_auc": "Val AUC", "val_acc": "Val Acc", "grad_norm": "Grad"}  # fmt: skip
    for r in records:
        rate = f"LR: {r['lr']:7f}, " if "lr" in r else ""
        cells = ", ".join(f"{named.get(k, k)}: {v:.7f}" for k, v in r.items() if k not in {"step", "epoch", "lr"})
        text += f"Epoch: {r['epoch'] + 1:03.0f}, {rate}{cells}\n"
    return text


def ogb_prints(records: Records) -> str:
    """OGB's examples: words of what it does, bars, then a dict of the evaluation."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"=====Epoch {r['epoch'] + 1:.0f}\nTraining...\nIteration: 100%|██████████| 16/16 [00:00<00:00, 92.41it/s]\n"
        text += "Average training loss: " + f"{train['loss']:.6f}\n" if "loss" in train else ""
        named = {"auc": "rocauc", "mae": "mae", "loss": "loss"}
        text += "Evaluating...\n" + str({"Train": {k: round(v, 6) for k, v in train.items() if k != "loss"},
                                         "Validation": {named.get(k, k): round(v, 6) for k, v in val.items()}}) + "\n"  # fmt: skip
    return text


def chemprop_log(records: Records) -> str:
    """Chemprop's verbose log: the gradients' norm and the rate beside the loss (the weights' norm is not recorded)."""
    text, last = "", -1.0
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['epoch']:.0f}\n" if r["epoch"] != last else ""
        last = r["epoch"]
        norm = f", GNorm = {train['grad_norm']:.4f}" if "grad_norm" in train else ""
        more = "".join(f", {k} = {v:.4e}" for k, v in train.items() if k not in {"loss", "lr", "grad_norm"})
        text += f"Loss = {train['loss']:.4e}{more}{norm}, lr_0 = {train.get('lr', 1e-3):.4e}\n"
        text += "".join(f"Validation {k} = {v:.6f}\n" for k, v in val.items())
    return text


def lifesci_prints(records: Records) -> str:
    """DGL-LifeSci: a line of training, a line of validation with the best so far."""
    text, total, best = "", int(max(r["epoch"] for r in records)) + 1, None
    names = {"auc": "roc_auc_score", "loss": "loss"}
    for r in records:
        train, val = parts_of(r)
        at = (
            f"epoch {r['epoch'] + 1:d}/{total:d}"
            if isinstance(r["epoch"], int)
            else f"epoch {r['epoch'] + 1:.0f}/{total}"
        )
        text += f"{at}, training " + ", training ".join(f"{k} {v:.4f}" for k, v in train.items()) + "\n"
        if val:
            name, value = next(iter(val.items()))
            up = name in {"auc", "acc", "f1", "r2"}
            best = value if best is None else (max if up else min)(best, value)
            cells = ", ".join(f"validation {names.get(k, k)} {v:.4f}" for k, v in val.items())
            text += f"{at}, {cells}, best validation {names.get(name, name)} {best:.4f}\n"
    return text


def schnetpack_csv(records: Records) -> str:
    """SchNetPack's log.csv: wall time, rate, losses, MAE of the property."""
    names = {
        "lr": "Learning rate",
        "loss": "Train loss",
        "val_loss": "Validation loss",
        "val_mae": "MAE_energy_U0",
        "val_rmse": "RMSE_energy_U0",
    }
    rows = [
        {"Time": 1709287200.0 + 2.5 * i} | {names.get(k, k): v for k, v in r.items() if k not in {"step", "epoch"}}
        for i, r in enumerate(records)
    ]
    return _table(rows, _names(rows), ".12g")


def mace_log(records: Records) -> str:
    """MACE: the losses in eight digits and errors in meV."""
    text = f"{DAY}:00.118 INFO: MACE version: 0.3.6\n{DAY}:00.204 INFO: Started training, reporting errors on validation set\n"
    for r in records:
        train, val = parts_of(r)
        if val:
            errors = "".join(
                f", {'MAE_E_per_atom' if k == 'mae' else 'RMSE_E' if k == 'rmse' else k}={v:8.2f} meV"
                for k, v in val.items()
                if k != "loss"
            )
            text += f"{DAY}:07.301 INFO: Epoch {r['epoch']:.0f}: loss={val['loss']:.8f}{errors}\n"
        else:
            text += f"{DAY}:07.301 INFO: Epoch {r['epoch']:.0f}: train loss={train['loss']:.8f}\n"
    return text


def mace_json_lines(records: Records) -> str:
    """MACE's results file: a JSON object an update ("opt") and one an evaluation ("eval")."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        if train:
            text += json.dumps({**train, "time": 0.0131, "mode": "opt", "epoch": int(r["epoch"])}) + "\n"
        if val:
            text += (
                json.dumps(
                    {
                        **{k + "_e" if k in {"mae", "rmse"} else k: v for k, v in val.items()},
                        "time": 0.004,
                        "mode": "eval",
                        "epoch": int(r["epoch"]),
                    }
                )
                + "\n"
            )
    return text


def nequip_epoch_csv(records: Records) -> str:
    """NequIP's metrics_epoch.csv: padded names and values."""
    names = {"loss": "training_loss", "energy": "training_loss_e", "tox": "training_loss_p", "mae": "training_e_mae", "lr": "LR",
             "val_loss": "validation_loss", "val_mae": "validation_e_mae", "val_rmse": "validation_e_rmse", "val_energy": "validation_loss_e", "val_tox": "validation_loss_p"}  # fmt: skip
    rows = [{names.get(k, k): v for k, v in r.items() if k not in {"step", "epoch"}} for r in records]
    cols = _names(rows)
    lines = [", ".join(["epoch", "     wall", *(f"{c:>18}" for c in cols)])]
    for i, (r, row) in enumerate(zip(records, rows, strict=True)):
        lines.append(
            ", ".join(
                [
                    f"{r['epoch'] + 1:5.0f}",
                    f"{2.5 * (i + 1):9.3f}",
                    *(f"{row[c]:18.6g}" if c in row else " " * 18 for c in cols),
                ]
            )
        )
    return "\n".join(lines) + "\n"


def deepchem_log(records: Records) -> str:
    """DeepChem's logger, a line every so many steps, and a ValidationCallback's."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Ending global_step {r['step']:.0f}: Average loss {train['loss']:g}\n" if "loss" in train else ""
        text += (
            f"Step {r['step']:.0f} validation: " + " ".join(f"{k}={v:g}" for k, v in val.items()) + "\n" if val else ""
        )
    return text


def wandb_panel_csv(records: Records) -> str:
    """Several panels of one W&B run, exported and joined: Step, then NAME, NAME__MIN, NAME__MAX."""
    values = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    head = [f'"{part}"' for k in values for part in _panel(k)]
    lines = ['"Step",' + ",".join(head)]
    for r in records:
        cells = [f'"{r[k]:.7g}"' if k in r else '""' for k in values for _ in range(3)]
        lines.append(f'"{r["step"]:.0f}",' + ",".join(cells))
    return "\n".join(lines) + "\n"


def _panel(key: str) -> tuple[str, str, str]:
    shown = f"gnn-baseline - {'val/' + key[4:] if key.startswith('val_') else 'train/' + key}"
    return shown, shown + "__MIN", shown + "__MAX"


def wandb_run_history_csv(records: Records) -> str:
    """``run.history()`` saved by pandas: an index without a name, the keys of W&B's clock last."""
    rows = []
    for i, r in enumerate(records):
        train, val = parts_of(r)
        rows.append({"": i} | {f"train_{k}" if k in {"loss", "mae"} else k: v for k, v in train.items()} | {f"val_{k}": v for k, v in val.items()}
                    | {"epoch": r["epoch"], "_step": r["step"] - 1, "_runtime": 0.31 * (i + 1), "_timestamp": 1709287200 + 0.31 * i})  # fmt: skip
    return _table(rows, _names(rows), ".12g")


def lightning_graphs_csv(records: Records) -> str:
    """Lightning's metrics.csv with names as those of many a GNN project: rates, training and validation on rows of their own."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        at = {"epoch": r["epoch"], "step": r["step"] - 1}
        if "lr" in train:
            rows.append({"step": at["step"], "lr-Adam": train.pop("lr")})
        rows += [at | {f"val/{k}": v for k, v in val.items()}] if val else []
        rows += (
            [at | {k if "/" in k or k == "grad_2.0_norm_total" else f"train/{k}": v for k, v in train.items()}]
            if train
            else []
        )
    return _table(rows, sorted(_names(rows)))


def tqdm_capture(records: Records) -> str:
    """A bar of updates caught in a file: carriage returns, the postfix of the moment, the validation written between."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        i = int(r["step"] - 1) % steps + 1
        cells = ", ".join(f"{k}={v:.3g}" if k != "lr" else f"lr={v:.1e}" for k, v in train.items())
        text += f"\rEpoch {r['epoch']:.0f}: {100 * i // steps:3d}%|{'█' * (10 * i // steps):<10}| {i}/{steps} [00:01<00:00, 31.20it/s, {cells}]"
        text += "\n" if i == steps else ""
        text += "Validation: " + ", ".join(f"{k} {v:.5f}" for k, v in val.items()) + "\n" if val else ""
    return text + "\n"


def tqdm_epochs_capture(records: Records) -> str:
    """A bar of epochs caught in a file, all on one line."""
    total, text = len(records), f"  0%|          | 0/{len(records)} [00:00<?, ?it/s]"
    for i, r in enumerate(records, 1):
        cells = ", ".join(f"{k}={v:.4g}" for k, v in r.items() if k not in {"step", "epoch"})
        text += f"\r{100 * i // total:3d}%|{'█' * (10 * i // total):<10}| {i}/{total} [00:{i % 60:02d}<00:00,  1.00it/s, {cells}]"
    return text + "\n"


def train_mse_prints(records: Records) -> str:
    """A home-made print: ``Ep 3 -- train 0.31 / valid 0.44 (MAE 1.2 kcal/mol)``."""
    text = ""
    for r in records:
        text += f"Ep {r['epoch'] + 1:.0f} -- train {r['loss']:.5g}"
        text += f" / valid {r['val_loss']:.5g}" if "val_loss" in r else ""
        text += f" (MAE {r['val_mae']:.4g} kcal/mol)" if "val_mae" in r else ""
        text += (
            "".join(f" {k} {v:.4g}" for k, v in r.items() if k not in {"step", "epoch", "loss", "val_loss", "val_mae"})
            + "\n"
        )
    return text


def percent_prints(records: Records) -> str:
    """A home-made print: ``[ 3/40] train loss: 0.31  val loss: 0.44  val acc: 81.2 %``."""
    total, text = int(max(r["epoch"] for r in records)) + 1, ""
    for r in records:
        train, val = parts_of(r)
        rates = {"acc", "f1", "exact", "auc"}
        cells = [
            f"{head} {k}: {100 * v:.1f} %" if k in rates else f"{head} {k}: {v:.4g}"
            for head, part in (("train", train), ("val", val))
            for k, v in part.items()
        ]
        text += f"[{r['epoch'] + 1:3.0f}/{total}] " + "  ".join(cells) + "\n"
    return text


def structlog_json_lines(records: Records) -> str:
    """structlog's JSON renderer: an event, nested metrics, a time stamp."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        row = {
            "event": "training_step",
            "level": "info",
            "epoch": int(r["epoch"]),
            "global_step": int(r["step"]),
            "train": train,
        } | ({"val": val} if val else {})
        text += json.dumps(row | {"timestamp": f"2024-03-01T10:{i // 60 % 60:02d}:{i % 60:02d}Z"}) + "\n"
    return text

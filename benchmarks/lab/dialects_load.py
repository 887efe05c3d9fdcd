"""Dialects of forecasters and of heart beat notebooks, as their users' tools write them."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

# --- forecasters


def tslib_log(records: Records) -> str:
    """Autoformer's scripts and the library grown from them: iterations, train, vali and test loss, early stopping."""
    steps, best, waited = steps_of(records), float("inf"), 0
    text = ">>>>>>>start training : load_48_12_custom_ftM_sl48_ll24_pl12_dm32_0>>>>>>>>>>>>>>>>>>>>>>>>>>\ntrain 8401\nval 1157\ntest 2389\n"
    for r in records:
        train, val = parts_of(r)
        epoch, at = int(r["epoch"]) + 1, int(r["step"] - 1) % steps + 1
        if not val:
            text += f"\titers: {at}, epoch: {epoch} | loss: {train['loss']:.7f}\n\tspeed: 0.0214s/iter; left time: 31.0922s\n"
            continue
        test = f" Test Loss: {train['test_loss']:.7f}" if "test_loss" in train else ""
        text += f"Epoch: {epoch} cost time: 1.7342102527618408\n"
        text += f"Epoch: {epoch}, Steps: {steps} | Train Loss: {train['loss']:.7f} Vali Loss: {val['loss']:.7f}{test}\n"
        if val["loss"] < best:
            text += f"Validation loss decreased ({best:.6f} --> {val['loss']:.6f}).  Saving model ...\n"
            best, waited = val["loss"], 0
        else:
            waited += 1
            text += f"EarlyStopping counter: {waited} out of 10\n"
        text += f"Updating learning rate to {train['lr']}\n" if "lr" in train else ""
    return text


def darts_bar(records: Records) -> str:
    """A forecaster of Darts under Lightning: the bar of an epoch with train_loss and val_loss."""
    text, steps = "", steps_of(records)
    text += "  | Name          | Type             | Params | Mode \n" + "-" * 55 + "\n"
    text += (
        "0 | criterion     | MSELoss          | 0      | train\n1 | stacks        | ModuleList       | 12.3 K | train\n"
    )
    text += "-" * 55 + "\n12.3 K    Trainable params\n0         Non-trainable params\n"
    for r in records:
        train, val = parts_of(r)
        cells = [f"train_{k}={v:.3g}" if k != "lr" else f"lr={v:.3g}" for k, v in train.items()]
        cells += [f"val_{k}={v:.3g}" for k, v in val.items()]
        at = int(r["step"] - 1) % steps + 1
        text += f"Epoch {r['epoch']:.0f}: {100 * at // steps:3d}%|{'█' * (10 * at // steps):<10}| {at}/{steps} [00:00<00:00, 71.32it/s, v_num=logs, {', '.join(cells)}]\n"
    return text


def forecasting_metrics_csv(records: Records) -> str:
    """metrics.csv of PyTorch Forecasting: validation on a row of its own, capitals for its metrics."""
    capitals = {"mae": "MAE", "rmse": "RMSE", "mape": "MAPE", "smape": "SMAPE"}
    rows, whole = [], len({r["epoch"] for r in records}) == len(records)
    for r in records:
        train, val = parts_of(r)
        place = {"epoch": f"{r['epoch']:.0f}", "step": f"{r['step'] - 1:.0f}"}
        if val:
            rows.append(place | {f"val_{capitals.get(k, k)}": str(v) for k, v in val.items()})
        named = {("lr-Adam" if k == "lr" else f"train_{capitals.get(k, k)}{'_epoch' if val or whole else '_step'}"): str(v) for k, v in train.items()}  # fmt: skip
        rows.append(place | named)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"


def lstnet_log(records: Records) -> str:
    """LSTNet on loads: the end of an epoch between bars."""
    text = "Namespace(CNN_kernel=6, batch_size=64, cuda=False, data='data/load.txt', epochs=100, horizon=12, model='LSTNet')\n"
    text += "* number of parameters: 8142\nbegin training\n"
    for r in records:
        train, val = parts_of(r)
        text += f"| end of epoch {r['epoch'] + 1:3.0f} | time:  1.52s | train_loss {train['loss']:5.4f}"
        text += "".join(f" | train {k} {v:5.4g}" for k, v in train.items() if k != "loss")
        text += "".join(f" | valid {k} {v:5.4f}" for k, v in val.items()) + "\n"
    return text


def graph_wavenet_log(records: Records) -> str:
    """Graph WaveNet's prints: iterations, then an epoch with training and validation behind commas."""
    title = {"loss": "Loss", "mape": "MAPE", "rmse": "RMSE", "mae": "MAE"}
    text, steps = "start training...\n", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        cells = ", ".join(f"Train {title.get(k, k)}: {v:.4f}" for k, v in train.items())
        if not val:
            text += f"Iter: {int(r['step'] - 1) % steps:03d}, {cells}\n"
            continue
        text += f"Epoch: {r['epoch'] + 1:03.0f}, Inference Time: 0.1132 secs\nEpoch: {r['epoch'] + 1:03.0f}, {cells}, "
        text += ", ".join(f"Valid {title.get(k, k)}: {v:.4f}" for k, v in val.items())
        text += ", Training Time: 1.4210/epoch\n"
    return text


def grad_steps_log(records: Records) -> str:
    """The prints of an N-BEATS example: numbers with leading zeros, tr_loss and te_loss."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"grad_step = {r['step']:06.0f}, tr_loss = {train['loss']:.6f}"
        text += f", te_loss = {val['loss']:.6f}" if "loss" in val else ""
        text += "".join(f", {k} = {v:.6g}" for k, v in train.items() if k != "loss") + "\n"
    return text


# --- heart beats


def keras_reports_log(records: Records) -> str:
    """verbose=2 with lr among the cells, and a sklearn report printed by a callback now and then."""
    text, steps, last = "", steps_of(records), records[-1]["epoch"] + 1
    for i, r in enumerate(records):
        train, val = parts_of(r)
        rate = train.pop("lr", None)
        cells = [f"{k}: {v:.4f}" if abs(v) >= 1e-3 else f"{k}: {v:.4e}" for k, v in train.items()]
        cells += [f"val_{k}: {v:.4f}" if abs(v) >= 1e-3 else f"val_{k}: {v:.4e}" for k, v in val.items()]
        text += f"Epoch {r['epoch'] + 1:.0f}/{last:.0f}\n{steps}/{steps} - 1s - {' - '.join(cells)}"
        text += f" - lr: {rate:.4e}" if rate is not None else ""
        text += " - 1s/epoch - 48ms/step\n"
        if i % 8 == 7:
            text += "              precision    recall  f1-score   support\n\n           N       0.93      0.97      0.95       223\n"
            text += "           S       0.84      0.71      0.77        54\n           V       0.90      0.88      0.89        61\n\n"
            text += f"    accuracy                          {val.get('accuracy', train.get('accuracy', 0.92)):5.2f}       338\n"
    return text


def phases_prints(records: Records) -> str:
    """A notebook with phases: a line for train, a line for val, figures between bars."""
    text = ""
    for r in records:
        for phase, part in zip(("train", "val"), parts_of(r), strict=True):
            if part:
                text += f"Epoch: {r['epoch']:.0f} | phase: {phase} | " + " | ".join(f"{k}: {v:.5g}" for k, v in part.items()) + "\n"  # fmt: skip
    return text


def history_frame_csv(records: Records) -> str:
    """pd.DataFrame(history.history).to_csv(): a column without a name that counts the epochs."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    text = "," + ",".join(names) + "\n"
    for i, r in enumerate(records):
        text += f"{i}," + ",".join(repr(float(r[n])) if n in r else "" for n in names) + "\n"
    return text


def auroc_log(records: Records) -> str:
    """A research script's logger: batches of an epoch in brackets, then train and valid with AUROC and F1."""
    title = {"auc": "AUROC", "f1": "F1", "acc": "Acc", "loss": "Loss", "norm": "GradNorm", "lr": "LR"}
    text, steps = "", steps_of(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        clock = f"[2022-10-04 09:{i // 60 % 60:02d}:{i % 60:02d}] "
        cells = " ".join(f"{title.get(k, k)} {v:.5f}" for k, v in train.items())
        text += f"{clock}Epoch [{r['epoch'] + 1:.0f}] Batch [{int(r['step'] - 1) % steps + 1}/{steps}] {cells}\n"
        if val:
            text += f"{clock}Epoch [{r['epoch'] + 1:.0f}] ** Valid ** "
            text += " ".join(f"{title.get(k, k)} {v:.5f}" for k, v in val.items()) + "\n"
    return text

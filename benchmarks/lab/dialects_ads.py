"""Dialects of those who predict clicks: TensorFlow estimators, DeepCTR (Keras and torch), FuxiCTR, DLRM, PaddleRec, plain."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

STAMP = "2023-11-20 18:02:41"


def estimator_evaluations_log(records: Records) -> str:
    """TensorFlow's train_and_evaluate: a loss every k steps, now and then "Saving dict for global step"."""
    text = "INFO:tensorflow:Running training and evaluation locally (non-distributed).\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        more = "".join(f", {k} = {v:.6g}" for k, v in train.items() if k != "loss")
        text += f"INFO:tensorflow:global_step/sec: {180 + i % 7:.3f}\n" if i else ""
        text += f"INFO:tensorflow:loss = {r['loss']:.7g}, step = {r['step']:.0f}{more}" + (
            " (0.553 sec)\n" if i else "\n"
        )
        if val:
            named = {"loss": "average_loss", "acc": "accuracy"}
            cells = ", ".join(f"{named.get(k, k)} = {v:.8g}" for k, v in sorted(val.items()))
            text += f"INFO:tensorflow:Saving checkpoints for {r['step']:.0f} into model/ctr/model.ckpt.\n"
            text += (
                f"INFO:tensorflow:Saving dict for global step {r['step']:.0f}: {cells}, global_step = {r['step']:.0f}\n"
            )
    return text


def estimator_sums_log(records: Records) -> str:
    """The same with the evaluation's values in the manner of the wide-and-deep tutorial: results, then a line a key."""
    text = ""
    for r in records:
        val = parts_of(r)[1]
        text += f"I1120 18:02:41.118203 140213 basic_session_run_hooks.py:260] loss = {r['loss']:.6g}, step = {r['step']:.0f} (0.412 sec)\n"
        if val:
            text += f"Results at epoch {r['epoch'] + 1:.0f}\n{'-' * 60}\n"
            named = {"loss": "average_loss", "acc": "accuracy"}
            text += "".join(f"{named.get(k, k)}: {v:.6f}\n" for k, v in sorted(val.items()))
            text += f"global_step: {r['step']:.0f}\n"
    return text


def deepctr_keras_log(records: Records) -> str:
    """DeepCTR's examples: Keras with verbose=2, binary_crossentropy twice."""
    final, text = int(max(r["epoch"] for r in records)) + 1, ""
    named = {"loss": "loss"}
    for r in records:
        train, val = parts_of(r)
        cells = [f"{named.get(k, k)}: {v:.4f}" for k, v in train.items()]
        cells.insert(1, f"binary_crossentropy: {r['loss']:.4f}")
        cells += [f"val_{k}: {v:.4f}" for k, v in val.items()]
        cells += [f"val_binary_crossentropy: {val['loss']:.4f}"] if "loss" in val else []
        text += f"Epoch {r['epoch'] + 1:.0f}/{final}\n40/40 - 1s - {' - '.join(cells)} - 512ms/epoch - 13ms/step\n"
    return text


def deepctr_torch_log(records: Records) -> str:
    """DeepCTR-Torch."""
    final, text = (
        int(max(r["epoch"] for r in records)) + 1,
        "cuda ready...\n0it [00:00, ?it/s]Train on 6000 samples, validate on 2000 samples, 40 steps per epoch\n",
    )
    for r in records:
        train, val = parts_of(r)
        cells = [f"{k}:  {v:.4f}" for k, v in train.items()] + [
            f"val_{'binary_crossentropy' if k == 'loss' else k}:  {v:.4f}" for k, v in val.items()
        ]
        text += f"Epoch {r['epoch'] + 1:.0f}/{final}\n1s - {' - '.join(cells)}\n"
    return text


def fuxictr_log(records: Records) -> str:
    """FuxiCTR: the mean loss of the epoch, then "[Metrics] AUC: … - logloss: …"."""
    text = f"{STAMP},302 P4021 INFO Start training: 40 batches/epoch\n"
    for r in records:
        train, val = parts_of(r)
        text += f"{STAMP},871 P4021 INFO ************ Epoch={r['epoch'] + 1:.0f} start ************\n"
        text += f"{STAMP},912 P4021 INFO Train loss: {r['loss']:.6f}\n"
        text += f"{STAMP},913 P4021 INFO lr: {train['lr']:.6g}\n" if "lr" in train else ""
        if val:
            cells = [f"{ {'loss': 'logloss', 'auc': 'AUC'}.get(k, k) }: {v:.6f}" for k, v in val.items()]
            text += f"{STAMP},931 P4021 INFO [Metrics] {' - '.join(cells)}\n{STAMP},932 P4021 INFO Save best model: monitor(max)\n"
    return text


def dlrm_log(records: Records) -> str:
    """DLRM's benchmark script."""
    steps, text = steps_of(records), "time/loss/accuracy (if enabled):\n"
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        more = f", accuracy {100 * train['acc']:.3f} %" if "acc" in train else ""
        text += f"Finished training it {at}/{steps} of epoch {r['epoch']:.0f}, 1.42 ms/it, loss {r['loss']:.6f}{more}\n"
        if val:
            cells = ", ".join(f"{k} {100 * v:.3f} %" if k == "acc" else f"{k} {v:.4f}" for k, v in val.items())
            text += f"Testing at - {at}/{steps} of epoch {r['epoch']:.0f}, {cells}\n"
    return text


def paddlerec_log(records: Records) -> str:
    """PaddleRec."""
    steps, text = steps_of(records), ""
    for r in records:
        train, val = parts_of(r)
        cells = "".join(f"{k}: {v:.6f}, " for k, v in train.items())
        text += f"{STAMP},118 - INFO - epoch: {r['epoch']:.0f}, batch_id: {int(r['step'] - 1) % steps}, {cells}avg_reader_cost: 0.00102 sec, avg_batch_cost: 0.00310 sec, avg_samples: 150.00000, ips: 48387.09 ins/s\n"
        if val:
            cells = "".join(f"{k}: {v:.6f}, " for k, v in val.items())
            text += f"{STAMP},402 - INFO - epoch: {r['epoch']:.0f} validation done, {cells}epoch time: 0.31 s\n"
    return text


def ads_json_lines(records: Records) -> str:
    """A service's JSON lines: an event a line, its kind in a field."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += json.dumps({"event": "train", "global_step": int(r["step"]), "epoch": int(r["epoch"]), **train}) + "\n"
        text += (
            json.dumps({"event": "eval", "global_step": int(r["step"]), **{f"eval_{k}": v for k, v in val.items()}})
            + "\n"
            if val
            else ""
        )
    return text


def iterations_csv(records: Records) -> str:
    """A home-made table: iteration, train_logloss, valid_logloss, valid_auc; empty where nothing was evaluated."""
    named = {"loss": "train_logloss", "val_loss": "valid_logloss", "val_auc": "valid_auc", "lr": "learning_rate"}
    names = [n for n in dict.fromkeys(k for r in records for k in r) if n not in {"step", "epoch"}]
    lines = [",".join(["iteration", *(named.get(n, n) for n in names)])]
    lines += [",".join([f"{r['step']:.0f}", *(f"{r[n]:.6g}" if n in r else "" for n in names)]) for r in records]
    return "\n".join(lines) + "\n"


def xdeepfm_prints(records: Records) -> str:
    """xDeepFM's script and Microsoft Recommenders."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        if val:
            cells = ", ".join(f"{'logloss' if k == 'loss' else k}:{v:.4f}" for k, v in sorted(val.items()))
            logged = ", ".join(
                f"{'logloss' if k == 'loss' else k} loss:{v:.8g}" if k == "loss" else f"{k}:{v:.6g}"
                for k, v in train.items()
            )
            text += f"at epoch {r['epoch'] + 1:.0f}\ntrain info: {logged}\neval info: {cells}\n"
            text += f"at epoch {r['epoch'] + 1:.0f} , train time: 1.2 eval time: 0.3\n"
        else:
            more = "".join(f", {k}: {v:.6g}" for k, v in train.items() if k != "loss")
            text += f"step {r['step']:.0f} , total_loss: {r['loss']:.4f}, data_loss: {r['loss']:.4f}{more}\n"
    return text

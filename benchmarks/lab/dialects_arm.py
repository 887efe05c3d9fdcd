"""Logs of people who fit machines: ROS nodes, Ignite's examples, Keras histories kept as JSON, prints of engineers."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

SECOND = 1700000000


def ros_log(records: Records) -> str:
    """A node's rosout lines."""
    text = f"[INFO] [{SECOND}.104212]: arm_trainer started\n"
    for i, r in enumerate(records):
        cells = " ".join(f"{k}={v:.6g}" for k, v in r.items() if k not in {"step", "epoch"})
        text += f"[INFO] [{SECOND + i}.{i * 7919 % 1000000:06d}]: iter={r['step']:.0f} {cells}\n"
    return text


def slots_prints(records: Records) -> str:
    """The print of PyTorch's first tutorial: ``[3,    20] loss: 0.123``."""
    steps, text = steps_of(records), ""
    for r in records:
        train, val = parts_of(r)
        more = "".join(f" {k}: {v:.4g}" for k, v in train.items() if k != "loss")
        text += f"[{r['epoch'] + 1:.0f}, {int(r['step'] - 1) % steps + 1:5d}] loss: {train['loss']:.4g}{more}\n"
        if val:
            text += f"epoch {r['epoch'] + 1:.0f} validation " + " ".join(f"{k}: {v:.4g}" for k, v in val.items()) + "\n"
    return text + "Finished Training\n"


def ignite_mnist_log(records: Records) -> str:
    """Ignite's first example: results of training and validation after each epoch, averages by name."""
    text = ""
    for r in records:
        for head, part in zip(("Training", "Validation"), parts_of(r), strict=True):
            if part:
                cells = " ".join(f"Avg {k}: {v:.5g}" for k, v in part.items())
                text += f"{head} Results - Epoch: {r['epoch'] + 1:.0f}  {cells}\n"
    return text


def ignite_cifar_log(records: Records) -> str:
    """Ignite's larger examples: a heading, then one metric a line."""
    text = ""
    for i, r in enumerate(records):
        for head, part in zip(("Train", "Test"), parts_of(r), strict=True):
            if part:
                text += f"2024-03-02 09:{i // 60 % 60:02d}:{i % 60:02d},118 arm-training INFO: \n"
                text += f"Epoch {r['epoch'] + 1:.0f} - Evaluation time (seconds): 0.11 - {head} metrics:\n "
                text += "\n ".join(f"\t{k}: {v:.6g}" for k, v in part.items()) + "\n"
    return text


def ignite_engine_log(records: Records) -> str:
    """Ignite's set-up logger, with what the owner's handler says of the engine's state."""
    text, epochs = "", int(records[-1]["epoch"]) + 1
    for i, r in enumerate(records):
        train, val = parts_of(r)
        clock = f"2024-03-02 09:{i // 60 % 60:02d}:{i % 60:02d},301"
        cells = " | ".join(f"{k}: {v:.5g}" for k, v in train.items())
        text += f"{clock} trainer INFO: Epoch[{r['epoch'] + 1:.0f}/{epochs}], Iter[{r['step']:.0f}] {cells}\n"
        if val:
            cells = " | ".join(f"{k}: {v:.5g}" for k, v in val.items())
            text += f"{clock} evaluator INFO: Epoch[{r['epoch'] + 1:.0f}/{epochs}] Validation {cells}\n"
    return text


def nested_fit_json_lines(records: Records) -> str:
    """A JSON object a line, train and valid inside of it."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        row = {"step": int(r["step"]), "epoch": int(r["epoch"]), "train": train} | ({"valid": val} if val else {})
        text += json.dumps(row) + "\n"
    return text


def history_with_params_json(records: Records) -> str:
    """Keras: ``json.dump({"params": h.params, "epoch": h.epoch, "history": h.history})``."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    history = {k: [r[k] for r in records if k in r] for k in names}
    params = {"verbose": 0, "epochs": len(records), "steps": steps_of(records)}
    return json.dumps({"params": params, "epoch": [int(r["epoch"]) for r in records], "history": history}, indent=1)


def engineer_prints(records: Records) -> str:
    """``0120 | J_train = 1.234e+05 | J_test = 1.301e+05 | eta = 1e-03``."""
    named = {"loss": "J_train", "val_loss": "J_test", "lr": "eta", "grad_norm": "|g|"}
    text = "starting optimisation of theta\n"
    for r in records:
        cells = [f"{named.get(k, k)} = {v:.3e}" for k, v in r.items() if k not in {"step", "epoch"}]
        text += f"{r['step']:06.0f} | " + " | ".join(cells) + "\n"
    return text


def epoch_sentence_prints(records: Records) -> str:
    """A home-made sentence: ``Epoch 3: train loss 0.12, val loss 0.14, success 71.2%``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        said = [f"train {k} {v:.5g}" if k != "lr" else f"lr {v:.3g}" for k, v in train.items() if k != "success"]
        said += [f"val {k} {v:.5g}" for k, v in val.items() if k != "success"]
        said += [f"{'val ' if k in val else ''}{k} {100 * {**train, **val}[k]:.1f}%" for k in ("success",) if k in {**train, **val}]  # fmt: skip
        text += f"Epoch {r['epoch'] + 1:.0f}: {', '.join(said)}\n"
    return text

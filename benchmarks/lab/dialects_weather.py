"""Dialects of those who forecast rain, look for body points and reckon claims: OpenSTL, ConvLSTM scripts, Keras and TensorFlow loops,
MMPose, HRNet, Ultralytics' pose, OpenPose trainers, Detectron2's key points, pycox, lifelines, scikit-survival, DeepSurv, R."""

from __future__ import annotations

import json
import math

from benchmarks.lab.records import Records, parts_of, steps_of

DAY = "2023-07-22 15"


def _clock(i: int) -> str:
    return f"{DAY}:{i // 60 % 60:02d}:{i % 60:02d},{(137 * i) % 1000:03d}"


def _last_epoch(records: Records) -> int:
    return int(max(r["epoch"] for r in records)) + 1


def _listed(values: dict[str, float], between: str, equals: str, digits: str) -> str:
    return between.join(f"{k}{equals}{v:{digits}}" for k, v in values.items())


def openstl_log(records: Records) -> str:
    """OpenSTL's log of an experiment: the metrics of the validation, then a line with the epoch's rate and losses."""
    text = f"{_clock(0)} - Environment info:\n" + "-" * 60 + "\nsys.platform: linux\nPython: 3.10\n" + "-" * 60 + "\n"
    text += f"{_clock(1)} - \ndataname: \tradar\nmethod: \tSimVP\nbatch_size: \t16\nval_batch_size: \t16\n"
    steps = steps_of(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        more = {k: v for k, v in val.items() if k != "loss"}
        if more:
            text += f"{_clock(7 * i + 5)} - val\t " + _listed(more, ", ", ":", ".6g") + "\n"
        line = f"Epoch: {r['epoch'] + 1:.0f}, Steps: {steps} | Lr: {train.get('lr', 1e-3):.7f} | Train Loss: {train['loss']:.7f}"
        line += f" | Vali Loss: {val['loss']:.7f}" if "loss" in val else ""
        text += f"{_clock(7 * i + 6)} - {line}\n\n"
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
        cells = _listed(
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


def mmpose_log(records: Records) -> str:
    """MMPose 0.x: lines of the training with its accuracy, a line of the evaluation with AP or PCK."""
    text, steps, last = "", steps_of(records), 0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        rate, norm = train.pop("lr", 5e-4), train.pop("grad_norm", None)
        cells = [f"{k}: {v:.4f}" for k, v in train.items() if k != "loss"] + [
            f"loss: {train['loss']:.4f}" if "loss" in train else ""
        ]
        cells += [f"grad_norm: {norm:.4f}"] if norm is not None else []
        text += f"{_clock(11 * i)} - mmpose - INFO - Epoch [{r['epoch'] + 1:.0f}][{at}/{steps}]\tlr: {rate:.3e}, eta: 0:{(59 - i // 2) % 60:02d}:10, "
        text += f"time: 0.{23 + i % 3}1, data_time: 0.012, memory: 2769, " + ", ".join(c for c in cells if c) + "\n"
        if val:
            if r["epoch"] + 1 != last:
                text += f"{_clock(11 * i + 2)} - mmpose - INFO - Saving checkpoint at {r['epoch'] + 1:.0f} epochs\n"
            last = r["epoch"] + 1
            text += (
                f"{_clock(11 * i + 5)} - mmpose - INFO - Epoch(val) [{last:.0f}][{max(1, steps // 2)}]\t"
                + _listed(val, ", ", ": ", ".4f")
                + "\n"
            )
    return text


def mmpose_json_lines(records: Records) -> str:
    """The .log.json beside it: the environment, then train and val lines with a mode."""
    steps = steps_of(records)
    text = json.dumps({"env_info": "sys.platform: linux\nPython: 3.8.10", "seed": 0, "hook_msgs": {}}) + "\n"
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        place = {
            "mode": "train",
            "epoch": int(r["epoch"]) + 1,
            "iter": at,
            "lr": round(train.pop("lr", 5e-4), 7),
            "memory": 2769,
            "data_time": 0.011,
        }
        text += json.dumps(place | {k: round(v, 6) for k, v in train.items()} | {"time": 0.231}) + "\n"
        if val:
            place = {"mode": "val", "epoch": int(r["epoch"]) + 1, "iter": max(1, steps // 2), "lr": place["lr"]}
            text += json.dumps(place | {k: round(v, 5) for k, v in val.items()}) + "\n"
    return text


def hrnet_log(records: Records) -> str:
    """The loop of HRNet and Simple Baselines: this batch's value (the epoch's mean so far), tests, a table of AP."""
    text, steps, sums, n, epoch = "", steps_of(records), 0.0, 0, -1.0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        if r["epoch"] != epoch:
            epoch, sums, n = r["epoch"], 0.0, 0
        sums, n = sums + train["loss"], n + 1
        at = int(r["step"] - 1) % steps
        text += f"{_clock(9 * i)} Epoch: [{epoch:.0f}][{at}/{steps}]\tTime 0.2{i % 10}1s (0.244s)\tSpeed 65.4 samples/s\tData 0.001s (0.002s)\t"
        text += (
            f"Loss {train['loss']:.5f} ({sums / n:.5f})"
            + (f"\tAccuracy {train['pck']:.3f} ({train['pck']:.3f})" if "pck" in train else "")
            + "\n"
        )
        if val:
            text += f"{_clock(9 * i + 3)} Test: [0/1]\tTime 0.301 (0.301)" + (
                f"\tLoss {val['loss']:.4f} ({val['loss']:.4f})" if "loss" in val else ""
            )
            text += (f"\tAccuracy {val['pck']:.3f} ({val['pck']:.3f})" if "pck" in val else "") + "\n"
            text += (
                f"{_clock(9 * i + 4)} | Arch | AP | Ap .5 |\n{_clock(9 * i + 4)} |---|---|---|\n{_clock(9 * i + 4)} | pose_small | {val['ap']:.3f} | {min(1, 1.2 * val['ap']):.3f} |\n"
                if "ap" in val
                else ""
            )
            text += f"{_clock(9 * i + 5)} => saving checkpoint to output/bodies/pose_small\n"
    return text


POSE = {"box": "train/box_loss", "pose": "train/pose_loss", "kobj": "train/kobj_loss", "val_box": "val/box_loss", "val_pose": "val/pose_loss",
        "val_kobj": "val/kobj_loss", "val_ap": "metrics/mAP50-95(P)", "val_pck": "metrics/mAP50(P)", "lr": "lr/pg0"}  # fmt: skip


def ultralytics_pose_results_csv(records: Records) -> str:
    """Ultralytics' results.csv of a pose model: box, pose and kobj of both parts, metrics of the points, three rates."""
    rows = []
    for i, r in enumerate(records):
        row = {"epoch": f"{r['epoch'] + 1:.0f}", "time": f"{1.87 * (i + 1):.6g}"}
        row |= {
            POSE.get(k, k.replace("val_", "val/") if k.startswith("val_") else f"train/{k}"): f"{v:.5g}"
            for k, v in r.items()
            if k not in {"step", "epoch", "lr"}
        }
        rate = f"{r.get('lr', 1e-3):.6g}"
        rows.append(row | {"lr/pg0": rate, "lr/pg1": rate, "lr/pg2": rate})
    names = list(dict.fromkeys(n for row in rows for n in row))
    return "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"


def openpose_light_prints(records: Records) -> str:
    """The lightweight OpenPose trainer: an iteration, then a line for each stage's loss."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        text += f"Iter: {r['step']:.0f}\n"
        text += "".join(f"{k}: {v:.6g}\n" for k, v in train.items())
        text += (f"Validation at iter {r['step']:.0f}: " + _listed(val, ", ", " = ", ".5f") + "\n") if val else ""
        text += "\n" if i % 2 else ""
    return text


def detectron_keypoints_json_lines(records: Records) -> str:
    """Detectron2's metrics.json of a key-point model."""
    named = {
        "loss": "total_loss",
        "heat": "loss_keypoint",
        "pose": "loss_keypoint",
        "box": "loss_box_reg",
        "kobj": "loss_cls",
        "grad_norm": "grad_norm",
    }
    text = ""
    for r in records:
        train, val = parts_of(r)
        row = {named.get(k, k): v for k, v in train.items()} | {
            "validation_loss" if k == "loss" else f"keypoints/{k.upper()}": v for k, v in val.items()
        }
        text += (
            json.dumps(
                {"data_time": 0.0021, "eta_seconds": 31.2, "iteration": int(r["step"]) - 1, "time": 0.0412} | row,
                sort_keys=True,
            )
            + "\n"
        )
    return text


def detectron_keypoints_log(records: Records) -> str:
    """Detectron2's console: the line of the event printer, then the copy-paste lines of an evaluation."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        rate = train.pop("lr", 1e-3)
        named = {
            {
                "loss": "total_loss",
                "heat": "loss_keypoint",
                "pose": "loss_keypoint",
                "box": "loss_box_reg",
                "kobj": "loss_cls",
            }.get(k, k): v
            for k, v in train.items()
        }
        text += f"[07/22 15:{i // 60 % 60:02d}:{i % 60:02d} d2.utils.events]:  eta: 0:01:{59 - i % 60:02d}  iter: {r['step'] - 1:.0f}  "
        text += (
            _listed(named, "  ", ": ", ".4g")
            + f"    time: 0.0412  last_time: 0.0398  data_time: 0.0021  last_data_time: 0.0019   lr: {rate:.5g}  max_mem: 1021M\n"
        )
        if val:
            head = f"[07/22 15:{i // 60 % 60:02d}:{i % 60:02d} d2.evaluation.testing]: copypaste: "
            text += f"{head}Task: keypoints\n{head}{','.join(k.upper() for k in val)}\n{head}{','.join(f'{v:.4f}' for v in val.values())}\n"
    return text


# --- claims and survival


def pycox_log(records: Records) -> str:
    """pycox (torchtuples): epoch, times between brackets, columns behind tabs."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        text += f"{r['epoch']:.0f}:\t[{i // 12}s / {i // 6}s],\t\t" + _listed(
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
            + _listed(cells, ", ", " = ", ".5f")
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

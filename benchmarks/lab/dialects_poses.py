"""Dialects of those who look for body points: MMPose, HRNet, Ultralytics' pose, OpenPose trainers, Detectron2's key points."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, clock, listed, parts_of, steps_of


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
        text += f"{clock(11 * i)} - mmpose - INFO - Epoch [{r['epoch'] + 1:.0f}][{at}/{steps}]\tlr: {rate:.3e}, eta: 0:{(59 - i // 2) % 60:02d}:10, "
        text += f"time: 0.{23 + i % 3}1, data_time: 0.012, memory: 2769, " + ", ".join(c for c in cells if c) + "\n"
        if val:
            if r["epoch"] + 1 != last:
                text += f"{clock(11 * i + 2)} - mmpose - INFO - Saving checkpoint at {r['epoch'] + 1:.0f} epochs\n"
            last = r["epoch"] + 1
            text += (
                f"{clock(11 * i + 5)} - mmpose - INFO - Epoch(val) [{last:.0f}][{max(1, steps // 2)}]\t"
                + listed(val, ", ", ": ", ".4f")
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
        text += f"{clock(9 * i)} Epoch: [{epoch:.0f}][{at}/{steps}]\tTime 0.2{i % 10}1s (0.244s)\tSpeed 65.4 samples/s\tData 0.001s (0.002s)\t"
        text += (
            f"Loss {train['loss']:.5f} ({sums / n:.5f})"
            + (f"\tAccuracy {train['pck']:.3f} ({train['pck']:.3f})" if "pck" in train else "")
            + "\n"
        )
        if val:
            text += f"{clock(9 * i + 3)} Test: [0/1]\tTime 0.301 (0.301)" + (
                f"\tLoss {val['loss']:.4f} ({val['loss']:.4f})" if "loss" in val else ""
            )
            text += (f"\tAccuracy {val['pck']:.3f} ({val['pck']:.3f})" if "pck" in val else "") + "\n"
            text += (
                f"{clock(9 * i + 4)} | Arch | AP | Ap .5 |\n{clock(9 * i + 4)} |---|---|---|\n{clock(9 * i + 4)} | pose_small | {val['ap']:.3f} | {min(1, 1.2 * val['ap']):.3f} |\n"
                if "ap" in val
                else ""
            )
            text += f"{clock(9 * i + 5)} => saving checkpoint to output/bodies/pose_small\n"
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
        text += (f"Validation at iter {r['step']:.0f}: " + listed(val, ", ", " = ", ".5f") + "\n") if val else ""
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
            listed(named, "  ", ": ", ".4g")
            + f"    time: 0.0412  last_time: 0.0398  data_time: 0.0021  last_data_time: 0.0019   lr: {rate:.5g}  max_mem: 1021M\n"
        )
        if val:
            head = f"[07/22 15:{i // 60 % 60:02d}:{i % 60:02d} d2.evaluation.testing]: copypaste: "
            text += f"{head}Task: keypoints\n{head}{','.join(k.upper() for k in val)}\n{head}{','.join(f'{v:.4f}' for v in val.values())}\n"
    return text


# --- claims and survival

"""Logs of those who train detectors: Ultralytics, YOLOv5, MMDetection, Detectron2, PaddleDetection, SSD, EfficientDet, prints."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

DAY, CLOCK = "2024/03/01 10:00", "10:00"
YOLO = {
    "box": "train/box_loss",
    "cls": "train/cls_loss",
    "obj": "train/dfl_loss",
    "loss": "train/loss",
    "val_box": "val/box_loss",
    "val_cls": "val/cls_loss",
    "val_obj": "val/dfl_loss",
    "val_loss": "val/loss",
    "val_map": "metrics/mAP50(B)",
    "val_map95": "metrics/mAP50-95(B)",
    "val_precision": "metrics/precision(B)",
    "val_recall": "metrics/recall(B)",
    "lr": "lr/pg0",
}
MMDET = {"box": "loss_bbox", "cls": "loss_cls", "obj": "loss_obj", "map": "bbox_mAP_50", "map95": "bbox_mAP"}
D2 = {"loss": "total_loss", "box": "loss_box_reg", "cls": "loss_cls", "obj": "loss_rpn_cls", "map": "bbox/AP50", "map95": "bbox/AP"}  # fmt: skip


def _at(records: Records) -> list[tuple[int, int, int]]:
    """Epoch from 1, update in the epoch, updates of an epoch."""
    steps = steps_of(records)
    return [(int(r["epoch"]) + 1, int(r["step"] - 1) % steps + 1, steps) for r in records]


def ultralytics_results_csv(records: Records) -> str:
    """Ultralytics' results.csv of a detector, a line an epoch."""
    rows = [{YOLO.get(k, k): v for k, v in r.items() if k not in {"step", "epoch"}} for r in records]
    names = list(dict.fromkeys(n for row in rows for n in row))
    lines = [",".join(["epoch", "time", *names])]
    for i, (r, row) in enumerate(zip(records, rows, strict=True)):
        cells = ["" if (v := row.get(n)) is None else f"{v:.5g}" for n in names]
        lines.append(",".join([f"{r['epoch'] + 1:.0f}", f"{1.31 * (i + 1):.5g}", *cells]))
    return "\n".join(lines) + "\n"


def ultralytics_console(records: Records) -> str:
    """What `yolo train` prints: a head, a bar, and the line of the validation below it."""
    text, last = "", int(max(r["epoch"] for r in records)) + 1
    for r in records:
        terms = [k for k in r if k in {"box", "cls", "obj"}]
        names = "".join(f"{ {'box': 'box_loss', 'cls': 'cls_loss', 'obj': 'dfl_loss'}[k]:>11}" for k in terms)
        text += f"\n      Epoch    GPU_mem{names}  Instances       Size\n"
        cells = "".join(f"{r[k]:11.4g}" for k in terms)
        text += f"{r['epoch'] + 1:7.0f}/{last}         0G{cells}         41         32: 100%|██████████| 10/10 [00:00<00:00, 11.20it/s]\n"
        if "val_map" in r:
            more = [
                r.get("val_precision", 0),
                r.get("val_recall", 0),
                r["val_map"],
                r.get("val_map95", 0.6 * r["val_map"]),
            ]
            text += "                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): 100%|██████████| 3/3 [00:00<00:00, 14.92it/s]\n"
            text += "                   all         96        141" + "".join(f"{v:11.3g}" for v in more) + "\n"
    return text


def yolov5_results_csv(records: Records) -> str:
    """YOLOv5's results.csv: padded cells and names of its own, zeros where nothing is known."""
    names = ["train/box_loss", "train/obj_loss", "train/cls_loss", "metrics/precision", "metrics/recall", "metrics/mAP_0.5",
             "metrics/mAP_0.5:0.95", "val/box_loss", "val/obj_loss", "val/cls_loss", "x/lr0", "x/lr1", "x/lr2"]  # fmt: skip
    keys = [
        "box",
        "obj",
        "cls",
        "val_precision",
        "val_recall",
        "val_map",
        "val_map95",
        "val_box",
        "val_obj",
        "val_cls",
        "lr",
        "lr",
        "lr",
    ]
    lines = [",".join(f"{n:>20}" for n in ["epoch", *names])]
    for r in records:
        lines.append(",".join(f"{v:20.5g}" for v in [r["epoch"], *(r.get(k, 0.0) for k in keys)]))
    return "\n".join(lines) + "\n"


def mmdet_log(records: Records) -> str:
    """MMDetection 3's text log, by epochs."""
    text, head = "", f"{DAY}:07 - mmengine - INFO - "
    for r, (epoch, i, steps) in zip(records, _at(records), strict=True):
        train, val = parts_of(r)
        rate = train.pop("lr", 1e-3)
        norm = f"grad_norm: {train.pop('grad_norm'):.4f}  " if "grad_norm" in train else ""
        cells = "  ".join(f"{MMDET.get(k, k)}: {v:.4f}" for k, v in train.items())
        text += f"{head}Epoch(train)  [{epoch}][{i:3d}/{steps}]  lr: {rate:.4e}  eta: 0:00:21  time: 0.0131  data_time: 0.0012  memory: 141  {norm}{cells}\n"
        if val:
            cells = "  ".join(f"coco/{MMDET.get(k, k)}: {v:.4f}" for k, v in val.items())
            text += f"{head}Epoch(val) [{epoch}][3/3]    {cells}  data_time: 0.0010  time: 0.0040\n"
    return text


def mmdet_old_json_lines(records: Records) -> str:
    """The .log.json of MMDetection 2: a line of the environment, then train and val lines with a mode."""
    text = json.dumps({"env_info": "sys.platform: linux\nPython: 3.8", "seed": 0, "exp_name": "glyphs.py"}) + "\n"
    for r, (epoch, i, _) in zip(records, _at(records), strict=True):
        train, val = parts_of(r)
        rate = train.pop("lr", 1e-3)
        named = {MMDET.get(k, k): round(v, 5) for k, v in train.items()}
        text += (
            json.dumps(
                {
                    "mode": "train",
                    "epoch": epoch,
                    "iter": i,
                    "lr": round(rate, 5),
                    "memory": 141,
                    "data_time": 0.0012,
                    **named,
                    "time": 0.0131,
                }
            )
            + "\n"
        )
        if val:
            named = {MMDET.get(k, k): round(v, 4) for k, v in val.items()}
            text += json.dumps({"mode": "val", "epoch": epoch, "iter": 96, "lr": round(rate, 5), **named}) + "\n"
    return text


def detectron_boxes_json_lines(records: Records) -> str:
    """Detectron2's metrics.json of a detector: sorted keys, AP in percent on lines of its own."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        if train:
            named = {D2.get(k, k): v for k, v in train.items()}
            text += (
                json.dumps(
                    {
                        "data_time": 0.0021,
                        "iteration": int(r["step"]) - 1,
                        "time": 0.0113,
                        "eta_seconds": 20.1,
                        "rank_data_time": 0.0021,
                    }
                    | named,
                    sort_keys=True,
                )
                + "\n"
            )
        if val:
            named = {
                "validation_loss" if k == "loss" else D2.get(k, "val_" + k): 100 * v if k.startswith("map") else v
                for k, v in val.items()
            }
            text += json.dumps({"iteration": int(r["step"]) - 1} | named, sort_keys=True) + "\n"
    return text


def detectron_console(records: Records) -> str:
    """Detectron2's console: d2.utils.events and a pasted copy of the APs."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        rate = train.pop("lr", 1e-3)
        cells = "  ".join(f"{D2.get(k, k)}: {v:.4g}" for k, v in train.items())
        text += f"[03/01 {CLOCK}:07 d2.utils.events]:  eta: 0:00:20  iter: {r['step'] - 1:.0f}  {cells}    time: 0.0113  last_time: 0.0109  data_time: 0.0021  last_data_time: 0.0019   lr: {rate:.5g}  max_mem: 141M\n"
        if "map" in val:
            text += f"[03/01 {CLOCK}:08 d2.evaluation.testing]: copypaste: Task: bbox\n[03/01 {CLOCK}:08 d2.evaluation.testing]: copypaste: AP,AP50\n"
            text += f"[03/01 {CLOCK}:08 d2.evaluation.testing]: copypaste: {100 * val.get('map95', 0.6 * val['map']):.4f},{100 * val['map']:.4f}\n"
    return text


def paddle_detection_log(records: Records) -> str:
    """PaddleDetection."""
    text, named = "", {"box": "loss_xywh", "obj": "loss_obj", "cls": "loss_cls"}
    for r, (epoch, i, steps) in zip(records, _at(records), strict=True):
        train, val = parts_of(r)
        rate = train.pop("lr", 1e-3)
        cells = " ".join(f"{named.get(k, k)}: {v:.6f}" for k, v in train.items())
        text += f"[03/01 {CLOCK}:07] ppdet.engine INFO: Epoch: [{epoch - 1}] [{i - 1:3d}/{steps}] learning_rate: {rate:.6f} {cells} eta: 0:00:21 batch_cost: 0.0131 data_cost: 0.0004 ips: 2442.1 images/s\n"
        if "map" in val:
            text += f"[03/01 {CLOCK}:08] ppdet.metrics.metrics INFO: mAP(0.50, 11point) = {100 * val['map']:.2f}%\n"
    return text


def ssd_prints(records: Records) -> str:
    """The first SSD for PyTorch: ``iter 10 || Loss: 12.1234 ||``."""
    return "".join(f"timer: 0.0121 sec.\niter {r['step']:.0f} || Loss: {r['loss']:.4f} || " for r in records) + "\n"


def efficientdet_prints(records: Records) -> str:
    """EfficientDet for PyTorch: its bar's words and the lines of a validation."""
    text, last = "", int(max(r["epoch"] for r in records)) + 1
    for r, (epoch, i, steps) in zip(records, _at(records), strict=True):
        cells = f"Cls loss: {r['cls']:.5f}. Reg loss: {r['box']:.5f}. Total loss: {r['loss']:.5f}"
        text += f"Step: {r['step'] - 1:.0f}. Epoch: {epoch - 1}/{last}. Iteration: {i}/{steps}. {cells}\n"
        if "val_loss" in r:
            cells = f"Classification loss: {r['val_cls']:1.5f}. Regression loss: {r['val_box']:1.5f}. Total loss: {r['val_loss']:1.5f}"
            text += f"Val. Epoch: {epoch - 1}/{last}. {cells}\n"
    return text


def effdet_timm_log(records: Records) -> str:
    """efficientdet-pytorch (timm style) with its rare evaluations."""
    text = ""
    for r, (epoch, i, steps) in zip(records, _at(records), strict=True):
        train, val = parts_of(r)
        share = 100 * (i - 1) / max(1, steps - 1)
        text += f"Train: {epoch - 1} [{i - 1:4d}/{steps} ({share:3.0f}%)]  Loss: {train['loss']:>9.6f} ({train['loss']:>6.4f})  Time: 0.013s, 2441.02/s  LR: {train.get('lr', 1e-3):.3e}  Data: 0.001 (0.001)\n"
        if val:
            text += (
                f"Test: [   2/2]  Time: 0.004 (0.004)  Loss: {val.get('loss', 0):>7.4f} ({val.get('loss', 0):>6.4f})\n"
            )
            text += (
                f" Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets=100 ] = {val['map']:.3f}\n"
                if "map" in val
                else ""
            )
    return text


def terms_prints(records: Records) -> str:
    """A home-made print: ``epoch 3 | box 0.1 obj 0.2 cls 1.3 | mAP 33.1%``."""
    text, named = "", {"map": "mAP", "map95": "mAP@.5:.95"}
    for r in records:
        train, val = parts_of(r)
        text += f"epoch {r['epoch'] + 1:.0f} | " + " ".join(f"{k} {v:.4g}" for k, v in train.items())
        cells = " ".join(f"{named[k]} {100 * v:.1f}%" if k in named else f"val_{k} {v:.4g}" for k, v in val.items())
        text += (f" | {cells}" if val else "") + "\n"
    return text


def running_prints(records: Records) -> str:
    """A home-made print: ``[Epoch 3, Batch 40] Loss: 1.2345 | Box: 0.1``, and ``Validation`` on a line of its own."""
    text, named = (
        "",
        {
            "map": "mAP@0.5",
            "loss": "Loss",
            "box": "Box",
            "cls": "Class",
            "obj": "Conf",
            "lr": "LR",
            "grad_norm": "Grad",
        },
    )
    for r, (epoch, i, _) in zip(records, _at(records), strict=True):
        train, val = parts_of(r)
        text += (
            f"[Epoch {epoch}, Batch {i}] " + " | ".join(f"{named.get(k, k)}: {v:.6g}" for k, v in train.items()) + "\n"
        )
        text += "Validation - " + ", ".join(f"{named.get(k, k)}: {v:.4f}" for k, v in val.items()) + "\n" if val else ""
    return text


def tensorflow_od_log(records: Records) -> str:
    """The TensorFlow Object Detection API's main loop."""
    text, named = "", {"box": "Loss/localization_loss", "cls": "Loss/classification_loss", "reg": "Loss/regularization_loss", "loss": "Loss/total_loss", "lr": "learning_rate", "obj": "Loss/objectness_loss"}  # fmt: skip
    for r in records:
        train, val = parts_of(r)
        text += f"INFO:tensorflow:Step {r['step']:.0f} per-step time 0.013s\nI0301 10:00:07.118204 140213 model_lib_v2.py:705] Step {r['step']:.0f} per-step time 0.013s\n"
        text += f"INFO:tensorflow:{ {named.get(k, k): float(f'{v:.6g}') for k, v in train.items()} }\n"
        if val:
            text += "".join(
                f"INFO:tensorflow:\t+ {'DetectionBoxes_Precision/mAP@.50IOU' if k == 'map' else 'Loss/' + k}: {v:.6f}\n"
                for k, v in val.items()
            )
    return text

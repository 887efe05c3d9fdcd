"""Dialects of learners to drive and of students of a teacher: what their trainers write, and prints."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

DAY = "2024-05-21"


def _clock(i: int, start: int = 14) -> str:
    return f"{start + i // 3600 % 10:02d}:{i // 60 % 60:02d}:{i % 60:02d}"


def _cells(values: dict[str, float], between: str, equals: str, digits: str = ".4f") -> str:
    return between.join(f"{k}{equals}{v:{digits}}" for k, v in values.items())


def donkeycar_log(records: Records) -> str:
    """Donkeycar's train: Keras' bar of an epoch after its banner, the word on the checkpoint between epochs."""
    last, best, steps = max(r["epoch"] for r in records) + 1, float("inf"), steps_of(records)
    text = "using donkey v5.1.0 ...\nINFO:donkeycar.config:loading config file: ./config.py\n"
    text += f"INFO:donkeycar.pipeline.training:Records # Training {steps * 64}\nINFO:donkeycar.pipeline.training:Train with image caching: True\n"
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['epoch'] + 1:.0f}/{last:.0f}\n{steps}/{steps} [==============================] - ETA: 0s - {_cells(train, ' - ', ': ')}\n"
        if "loss" in val:
            better = val["loss"] < best
            word = f"val_loss improved from {'inf' if best == float('inf') else f'{best:.5f}'} to {val['loss']:.5f}, saving model to ./models/pilot.h5"
            text += f"Epoch {r['epoch'] + 1:.0f}: " + (word if better else f"val_loss did not improve from {best:.5f}")
            best = min(best, val["loss"])
            text += (
                f"\n{steps}/{steps} [==============================] - 2s 41ms/step - {_cells(train, ' - ', ': ')} - "
            )
            text += " - ".join(f"val_{k}: {v:.4f}" for k, v in val.items()) + "\n"
    return text


def lerobot_log(records: Records) -> str:
    """LeRobot's line of an update: short names, big numbers shortened."""
    text, steps = f"INFO {DAY} 13:59:58 ts/train.py:202 Start offline training on a fixed dataset\n", steps_of(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        names = {"norm": "grdn", "grad_norm": "grdn"}
        cells = " ".join(f"{names.get(k, k)}:{v:{'.1e' if k == 'lr' else '.3f'}}" for k, v in train.items())
        t = int(r["step"])
        count, seen = (f"{t}" if t < 1000 else f"{t / 1000:.0f}K"), 8 * t
        many = f"{seen}" if seen < 1000 else f"{seen / 1000:.0f}K"
        text += f"INFO {DAY} {_clock(i)} ts/train.py:232 step:{count} smpl:{many} ep:{t // 30} epch:{t / steps:.2f} {cells} updt_s:0.061 data_s:0.002\n"
        if val:
            text += f"INFO {DAY} {_clock(i)} ts/train.py:259 step:{count} " + " ".join(f"eval_{k}:{v:.3f}" for k, v in val.items()) + "\n"  # fmt: skip
    return text


def drivers_prints(records: Records) -> str:
    """A hobbyist's print: the epoch, losses of the controls, a bar between training and test."""
    text, last = "", max(r["epoch"] for r in records) + 1
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch [{r['epoch'] + 1:3.0f}/{last:.0f}] " + _cells(train, ", ", "=", ".5g")
        text += " | TEST " + _cells(val, ", ", "=", ".5g") + "\n" if val else "\n"
    return text


def laps_prints(records: Records) -> str:
    """A print of some updates with the value behind a name and a tab; the test on a line of its own, indented."""
    text = "Loading tub ... done\nPilot on cpu\n"
    for r in records:
        train, val = parts_of(r)
        text += f"[ep {r['epoch']:02.0f} | it {r['step']:05.0f}]\t" + _cells(train, "\t", " ", ".4e") + "\n"
        text += "    test >> " + _cells(val, "  ", ": ", ".4e") + "\n" if val else ""
    return text


def frame_history_csv(records: Records) -> str:
    """``pd.DataFrame(history).to_csv()``: a nameless index, then lists of the same length, empty where none."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    text = "," + ",".join(names) + "\n"
    for i, r in enumerate(records):
        text += f"{i}," + ",".join(repr(float(r[n])) if n in r else "" for n in names) + "\n"
    return text


def mmrazor_log(records: Records) -> str:
    """MMRazor on mmengine: terms of the student and of the distiller, before the sum; accuracies of the exam in percent."""
    text, steps = "", steps_of(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"{DAY.replace('-', '/')} {_clock(i)} - mmengine - INFO - "
        rate = train.pop("lr", 1e-3)
        at = int(r["step"] - 1) % steps + 1
        text += f"{stamp}Epoch(train) [{r['epoch'] + 1:.0f}][{at:3d}/{steps}]  lr: {rate:.4e}  eta: 0:03:{i % 60:02d}  time: 0.0312  data_time: 0.0013  memory: 312  "
        text += "  ".join(f"{k}: {v:.4f}" for k, v in sorted(train.items(), key=lambda kv: kv[0] == "loss")) + "\n"
        if val:
            cells = "  ".join(f"{k}: {v:.4f}" for k, v in val.items())
            text += f"{stamp}Epoch(val) [{r['epoch'] + 1:.0f}][8/8]    {cells}  data_time: 0.0021  time: 0.0112\n"
    return text


def repdistiller_log(records: Records) -> str:
    """RepDistiller's train_student: the value and its mean in the epoch, then the mean of the test behind a star."""
    text, steps, sums, seen, last = "==> training...\n", steps_of(records), 0.0, 0, -1.0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        if r["epoch"] != last:
            sums, seen, last = 0.0, 0, r["epoch"]
        sums, seen = sums + train["loss"], seen + 1
        at = int(r["step"] - 1) % steps + 1
        more = "".join(f"\t{k} {v:.3f} ({v:.3f})" for k, v in train.items() if k not in {"loss", "top1"})
        hit = f"\tAcc@1 {train['top1']:.3f} ({train['top1']:.3f})" if "top1" in train else ""
        text += f"Epoch: [{r['epoch'] + 1:.0f}][{at}/{steps}]\tTime 0.021 (0.022)\tData 0.001 (0.001)\tLoss {train['loss']:.4f} ({sums / seen:.4f}){more}{hit}\n"
        if val:
            text += f"epoch {r['epoch'] + 1:.0f}, total time {2 + i % 3 / 7:.2f}\n"
            loss = f"\tLoss {val['loss']:.4f} ({val['loss']:.4f})" if "loss" in val else ""
            text += f"Test: [0/8]\tTime 0.009 (0.009){loss}\n" + (f" * Acc@1 {val['top1']:.3f}\n" if "top1" in val else "")  # fmt: skip
    return text


def paddle_fit_log(records: Records) -> str:
    """paddle.Model.fit with verbose=2: epoch heads, steps, then the evaluation."""
    last, steps = max(r["epoch"] for r in records) + 1, steps_of(records)
    text = "The loss value printed in the log is the current step, and the metric is the average value of previous steps.\n"
    before = -1.0
    for r in records:
        train, val = parts_of(r)
        if r["epoch"] != before:
            text += f"Epoch {r['epoch'] + 1:.0f}/{last:.0f}\n"
            before = r["epoch"]
        at = int(r["step"] - 1) % steps + 1
        text += f"step {at:3d}/{steps} - {_cells(train, ' - ', ': ')} - 12ms/step\n"
        if val:
            text += f"Eval begin...\nstep 8/8 - {_cells(val, ' - ', ': ')} - 7ms/step\nEval samples: 512\n"
    return text


def teacher_prints(records: Records) -> str:
    """A student's print: the epoch in brackets, terms in parentheses behind the total."""
    text = "teacher: loaded from teacher.pt\n"
    for r in records:
        train, val = parts_of(r)
        terms = {k: v for k, v in train.items() if k not in {"loss", "acc", "top1", "lr"}}
        rest = {k: v for k, v in train.items() if k in {"acc", "top1", "lr"}}
        text += f"(epoch {r['epoch'] + 1:.0f}, iter {r['step']:.0f}) loss = {train['loss']:.4f}"
        text += f" ({_cells(terms, ' + ', ' ')})" if terms else ""
        text += "".join(f", {k} = {v:.4g}" for k, v in rest.items())
        text += ", " + ", ".join(f"test_{k} = {v:.4f}" for k, v in val.items()) + "\n" if val else "\n"
    return text


def student_records_json_lines(records: Records) -> str:
    """A line of JSON for an epoch with nested train and test."""
    import json

    text = ""
    for r in records:
        train, val = parts_of(r)
        text += json.dumps({"epoch": int(r["epoch"]), "iter": int(r["step"]), "train": train} | ({"test": val} if val else {})) + "\n"  # fmt: skip
    return text

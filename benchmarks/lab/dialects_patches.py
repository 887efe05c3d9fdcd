"""Dialects of image-recognition code bases and of other languages' tools: DeiT, MAE, Swin, PaddleClas, MATLAB, Flux …"""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

CLOCK = "2024-03-01 10:00"


def deit_json_lines(records: Records) -> str:
    """The log.txt of DeiT, MAE and DETR: a JSON object an epoch, percent for the accuracy."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        row = {f"train_{k}": v for k, v in train.items()}
        row |= {("test_acc1" if k == "acc" else f"test_{k}"): (100 * v if k == "acc" else v) for k, v in val.items()}
        text += json.dumps(row | {"epoch": int(r["epoch"]), "n_parameters": 21654}) + "\n"
    return text


def metric_logger(records: Records) -> str:
    """torchvision's and DETR's MetricLogger: value (mean so far)."""
    steps, mean, last, text = steps_of(records), {}, -1.0, ""
    for r in records:
        train, val = parts_of(r)
        mean, last = (mean if r["epoch"] == last else {}), r["epoch"]
        val = dict(sorted(val.items(), key=lambda item: item[0] != "acc"))
        at, rate = int(r["step"] - 1) % steps, train.pop("lr", None)
        cells = "" if rate is None else f"  lr: {rate:.6f}"
        for name, value in train.items():
            mean.setdefault(name, []).append(value)
            cells += f"  {name}: {value:.4f} ({sum(mean[name]) / len(mean[name]):.4f})"
        text += f"Epoch: [{r['epoch']:.0f}]  [{at:3d}/{steps}]  eta: 0:00:12{cells}  time: 0.0213  data: 0.0004  max mem: 312\n"
        if val:
            text += f"Epoch: [{r['epoch']:.0f}] Total time: 0:00:01 (0.0213 s / it)\n"
            text += "Test:  Total time: 0:00:00 (0.0113 s / it)\n"
            named = {"acc": "Acc@1"}
            text += (
                "* " + " ".join(f"{named.get(k, k)} {100 * v if k == 'acc' else v:.3f}" for k, v in val.items()) + "\n"
            )
    return text


def swin_log(records: Records) -> str:
    """Swin Transformer's logger."""
    steps, text, mean, last = steps_of(records), "", [], -1.0
    for r in records:
        train, val = parts_of(r)
        mean, last = ([*mean, r["loss"]] if r["epoch"] == last else [r["loss"]]), r["epoch"]
        more = "".join(f"\t{k} {v:.4f} ({v:.4f})" for k, v in train.items() if k not in {"lr", "loss"})
        text += f"[{CLOCK}:07 swin_micro] (main.py 214): INFO Train: [{r['epoch']:.0f}/300][{int(r['step'] - 1) % steps}/{steps}]\t"
        text += f"eta 0:01:12 lr {train.get('lr', 0.001):.6f}\ttime 0.0201 (0.0210)\tloss {r['loss']:.4f} ({sum(mean) / len(mean):.4f}){more}\tmem 312MB\n"
        if "acc" in val:
            text += f"[{CLOCK}:08 swin_micro] (main.py 262): INFO  * Acc@1 {100 * val['acc']:.3f} Acc@5 {min(100, 30 + 100 * val['acc']):.3f}\n"
            text += f"[{CLOCK}:08 swin_micro] (main.py 140): INFO Accuracy of the network on the 256 test images: {100 * val['acc']:.1f}%\n"
    return text


def paddle_clas_log(records: Records) -> str:
    """PaddleClas."""
    steps, text, named = steps_of(records), "", {"acc": "top1", "ce": "CELoss"}
    for r in records:
        train, val = parts_of(r)
        rate = train.pop("lr", 0.001)
        cells = ", ".join(f"{named.get(k, k)}: {v:.5f}" for k, v in train.items())
        text += f"[{CLOCK.replace('-', '/')}:07] ppcls INFO: [Train][Epoch {r['epoch'] + 1:.0f}/50][Iter: {int(r['step'] - 1) % steps}/{steps}]"
        text += f"lr(CosineAnnealing): {rate:.8f}, {cells}, batch_cost: 0.02134s, reader_cost: 0.00103, ips: 2249.1 samples/s, eta: 0:01:12\n"
        if val:
            cells = ", ".join(f"{named.get(k, k)}: {v:.5f}" for k, v in val.items())
            text += f"[{CLOCK.replace('-', '/')}:08] ppcls INFO: [Eval][Epoch {r['epoch'] + 1:.0f}][Avg]{cells}\n"
    return text


def composer_log(records: Records) -> str:
    """MosaicML Composer's console logger."""
    steps, text = steps_of(records), ""
    total = int(max(r["step"] for r in records))
    for r in records:
        train, val = parts_of(r)
        text += f"[batch={r['step']:.0f}/{total}]:\n\t Train time/epoch: {int(r['step'] - 1) // steps}\n\t Train time/batch: {r['step'] - 1:.0f}\n"
        for name, value in train.items():
            shown = {"loss": "loss/train/total", "acc": "metrics/train/MulticlassAccuracy", "lr": "lr-Adam/group0"}.get(
                name, name
            )
            text += f"\t Train {shown}: {value:.4f}\n"
        if val:
            text += (
                f"[Eval batch=6/6] Eval on eval data:\n\t Eval metrics/eval/CrossEntropy: {val.get('loss', 0):.4f}\n"
            )
            text += f"\t Eval metrics/eval/MulticlassAccuracy: {val['acc']:.4f}\n" if "acc" in val else ""
    return text


def matlab_progress(records: Records) -> str:
    """What MATLAB's trainNetwork prints."""
    rule = "|" + "=" * 103 + "|\n"
    text = (
        rule
        + "|  Epoch  |  Iteration  |  Time Elapsed  |  Mini-batch  |  Validation  |  Mini-batch  |  Validation  |  Base Learning  |\n"
    )
    text += (
        "|         |             |   (hh:mm:ss)   |   Accuracy   |   Accuracy   |     Loss     |     Loss     |      Rate       |\n"
        + rule
    )
    for i, r in enumerate(records):
        cells = [f"{r['epoch'] + 1:7.0f}", f"{r['step']:11.0f}", f"{'00:00:' + format(i % 60, '02d'):>14}"]
        cells += [f"{100 * r[k]:11.2f}%" if k in r else " " * 12 for k in ("acc", "val_acc")]
        cells += [f"{r[k]:12.4f}" if k in r else " " * 12 for k in ("loss", "val_loss")] + [
            f"{r.get('lr', 0.001):15.4g}"
        ]
        text += "| " + " | ".join(cells) + " |\n"
    return text + rule


def julia_info(records: Records) -> str:
    """Julia's @info with keywords, as in Flux's model zoo."""
    text = ""
    for r in records:
        values = [(k.replace("/", "_").replace(".", "_"), v) for k, v in r.items() if k not in {"step", "epoch"}]
        text += f"┌ Info: epoch {r['epoch'] + 1:.0f}\n"
        text += "".join(f"{'└' if (k, v) == values[-1] else '│'}   {k} = {v:.6g}\n" for k, v in values)
    return text


def luz_report(records: Records) -> str:
    """luz, R's trainer for torch."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['epoch'] + 1:.0f}/{len(records)}\n"
        for head, part in (("Train", train), ("Valid", val)):
            if part:
                text += f"{head} metrics: " + " - ".join(f"{k.capitalize()}: {v:.4f}" for k, v in part.items()) + "\n"
    return text


def logfmt(records: Records) -> str:
    """Keys and values as Go's and structlog's loggers write them."""
    text = ""
    for i, r in enumerate(records):
        cells = " ".join(f"{k}={v:.6g}" for k, v in r.items())
        text += f"time=2024-03-01T10:{i // 60 % 60:02d}:{i % 60:02d}Z level=info msg=train {cells}\n"
    return text


def opennmt_steps(records: Records) -> str:
    """OpenNMT-py's counters, here of another task."""
    total, text = int(max(r["step"] for r in records)), ""
    for r in records:
        train, val = parts_of(r)
        cells = "; ".join(f"{k}: {v:.5g}" if k != "acc" else f"acc: {100 * v:.1f}" for k, v in train.items())
        text += f"[{CLOCK}:07,118 INFO] Step {r['step']:.0f}/{total:5d}; {cells}; sents: 960; 2100/2100 tok/s; {r['step'] // 40:.0f} sec;\n"
        if val:
            text += "".join(
                f"[{CLOCK}:08,204 INFO] Validation {k if k != 'acc' else 'accuracy'}: {100 * v if k == 'acc' else v:.5g}\n"
                for k, v in val.items()
            )
    return text


def hand_columns(records: Records) -> str:
    """A home-made print in columns, its names above once."""
    names = list(dict.fromkeys(k for r in records for k in r if k != "epoch"))
    text = "  ".join(f"{n:>12}" for n in names) + "\n"
    return text + "".join("  ".join(f"{r[n]:12.5g}" if n in r else f"{'-':>12}" for n in names) + "\n" for r in records)


def slash_prints(records: Records) -> str:
    """A home-made print: ``it 40 :: loss 1.79 / lr 0.001``."""
    return "".join(
        f"it {r['step']:.0f} :: "
        + " / ".join(f"{k} {v:.5g}" for k, v in r.items() if k not in {"step", "epoch"})
        + "\n"
        for r in records
    )


def wandb_offline_history_json_lines(records: Records) -> str:
    """Lines of a run's history as W&B's files keep them, with its own clock keys."""
    return "".join(
        json.dumps(
            {
                "_step": int(r["step"]),
                "_runtime": 0.2 * i,
                "_timestamp": 1.7e9 + 0.2 * i,
                **{k: v for k, v in r.items() if k != "step"},
            }
        )
        + "\n"
        for i, r in enumerate(records)
    )

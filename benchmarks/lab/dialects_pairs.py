"""Dialects of tools that embed and that distil: OpenCLIP, MoCo, SupContrast, fast-reid, sentence-transformers, solo-learn …"""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

CLOCK = "2024-05-14"


class _Means:
    """Means since the epoch began, as the average meters of many code bases keep them."""

    def __init__(self) -> None:
        self.epoch, self.seen = -1.0, {}

    def of(self, epoch: float, values: dict[str, float]) -> dict[str, float]:
        if epoch != self.epoch:
            self.epoch, self.seen = epoch, {}
        for name, value in values.items():
            self.seen.setdefault(name, []).append(value)
        return {name: sum(self.seen[name]) / len(self.seen[name]) for name in values}


def moco_log(records: Records) -> str:
    """MoCo's main_moco.py: meters with their means in brackets."""
    steps, means, text = steps_of(records), _Means(), ""
    for r in records:
        train, val = parts_of(r)
        mean, at = means.of(r["epoch"], train), int(r["step"] - 1) % steps
        cells = ["Time  0.014 ( 0.015)", "Data  0.001 ( 0.001)"]
        for k, v in train.items():
            if k == "acc":
                cells.append(f"Acc@1 {100 * v:6.2f} ({100 * mean[k]:6.2f})")
            elif k != "lr":
                cells.append(f"{k.capitalize()} {v:.4e} ({mean[k]:.4e})")
        text += f"Epoch: [{r['epoch']:.0f}][{at:3d}/{steps:3d}]\t" + "\t".join(cells) + "\n"
        if val:
            text += " * " + " ".join(f"{'Acc@1' if k == 'acc' else k.capitalize()} {100 * v if k == 'acc' else v:.3f}" for k, v in val.items()) + "\n"  # fmt: skip
    return text


def supcontrast_log(records: Records) -> str:
    """SupContrast's main_supcon.py: ``Train: [3][10/16]  BT …  loss 4.123 (4.301)``."""
    steps, means, text = steps_of(records), _Means(), ""
    for r in records:
        train, val = parts_of(r)
        rate = train.pop("lr", None)
        mean, at = means.of(r["epoch"], train), int(r["step"] - 1) % steps + 1
        cells = "\t".join(f"{k} {v:.3f} ({mean[k]:.3f})" for k, v in train.items())
        text += f"Train: [{r['epoch'] + 1:.0f}][{at}/{steps}]\tBT 0.014 (0.015)\tDT 0.001 (0.001)\t{cells}\n"
        if at == steps:
            text += f"epoch {r['epoch'] + 1:.0f}, total time 0.31" + (
                f", lr {rate:.5f}\n" if rate is not None else "\n"
            )
        if val:
            text += "Test: " + "\t".join(f"{k} {v:.4f}" for k, v in val.items()) + "\n"
    return text


def reid_ignite_log(records: Records) -> str:
    """reid-strong-baseline: ignite's iterations, then mAP and the CMC curve in percent."""
    steps, text = steps_of(records), ""
    for r in records:
        train, val = parts_of(r)
        head, at = f"{CLOCK} 10:00:{int(r['step']) % 60:02d},118 reid_baseline.train INFO: ", int(r["step"] - 1) % steps + 1  # fmt: skip
        cells = ", ".join(f"{k.capitalize()}: {v:.3f}" for k, v in train.items() if k != "lr")
        text += f"{head}Epoch[{r['epoch'] + 1:.0f}] Iteration[{at}/{steps}] {cells}, Base Lr: {train.get('lr', 3.5e-4):.2e}\n"
        if val:
            text += f"{head}Validation Results - Epoch: {r['epoch'] + 1:.0f}\n"
            named = {"r1": "CMC curve, Rank-1  ", "r5": "CMC curve, Rank-5  ", "mrr": "mAP"}
            text += "".join(f"{head}{named[k]}:{'' if k != 'mrr' else ' '}{100 * v:.1f}%\n" for k, v in val.items() if k in named)  # fmt: skip
    return text


def sbert_dicts(records: Records) -> str:
    """What the sentence-transformers trainer prints: dicts, the evaluation's in their own."""
    steps, text = steps_of(records), ""
    named = {
        "r1": "eval_pairs-dev_cosine_recall@1", "r5": "eval_pairs-dev_cosine_recall@5", "mrr": "eval_pairs-dev_cosine_mrr@10",
    }  # fmt: skip
    for r in records:
        train, val = parts_of(r)
        at = round(r["step"] / steps, 2)
        train = {"learning_rate" if k == "lr" else k: v for k, v in train.items()}
        text += repr({k: round(v, 4) if k != "learning_rate" else v for k, v in train.items()} | {"epoch": at}) + "\n"
        if val:
            shown = {named.get(k, f"eval_{k}"): round(v, 6) for k, v in val.items()}
            text += repr(shown | {"eval_runtime": 0.0412, "eval_samples_per_second": 6212.3, "epoch": at}) + "\n"
    return text


def facenet_prints(records: Records) -> str:
    """A triplet training that prints sentences, as those for faces do."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['epoch'] + 1:.0f}:\tAverage Triplet Loss: {train['loss']:.4f}"
        text += f"\tFraction of valid triplets: {train['active']:.4f}\n" if "active" in train else "\n"
        text += f"Validation: Average Triplet Loss: {val['loss']:.4f}\n" if "loss" in val else ""
        text += f"Retrieval accuracy on validation: {val['r1']:.4f}\n" if "r1" in val else ""
    return text


def distiller_log(records: Records) -> str:
    """RepDistiller's train_student.py: epochs with their means, accuracy in percent."""
    steps, text = steps_of(records), ""
    for r in records:
        train, val = parts_of(r)
        text += (
            f"==> training...\nEpoch: [{r['epoch'] + 1:.0f}][{steps}/{steps}]\tTime 0.011 (0.012)\tData 0.001 (0.001)"
        )
        text += f"\tLoss {train['loss']:.4f} ({train['loss']:.4f})"
        text += f"\tAcc@1 {100 * train['acc']:.3f} ({100 * train['acc']:.3f})\n" if "acc" in train else "\n"
        text += f" * Acc@1 {100 * train['acc']:.3f}\n" if "acc" in train else ""
        text += f"epoch {r['epoch'] + 1:.0f}, total time 0.52\n"
        if "acc" in val:
            text += f"Test: [0/4]\tTime 0.004 (0.004)\tLoss {val.get('loss', 0):.4f} ({val.get('loss', 0):.4f})\tAcc@1 {100 * val['acc']:.3f} ({100 * val['acc']:.3f})\n"
            text += f" * Acc@1 {100 * val['acc']:.3f}\n"
    return text


def solo_csv(records: Records) -> str:
    """solo-learn on Lightning's CSVLogger: names ``train_nce_loss``, validation in rows of its own."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        base = {"epoch": f"{r['epoch']:.0f}", "step": f"{r['step'] - 1:.0f}"}
        rows.append(base | {"train_nce_loss" if k == "loss" else "lr-opt" if k == "lr" else f"train_{k}": f"{v:.7g}" for k, v in train.items()})  # fmt: skip
        rows += [base | {f"val_{k}": f"{v:.7g}" for k, v in val.items()}] if val else []
    names = list(dict.fromkeys(n for row in rows for n in row))
    return "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"


def tqdm_postfix_log(records: Records) -> str:
    """The finished bars of a hand-made loop, numbers behind them, validation printed below."""
    text, total = "", int(max(r["epoch"] for r in records)) + 1
    steps = steps_of(records)
    for r in records:
        train, val = parts_of(r)
        cells = ", ".join(f"{k}={v:.4g}" for k, v in train.items())
        text += (
            f"Epoch {r['epoch'] + 1:.0f}/{total}: 100%|██████████| {steps}/{steps} [00:00<00:00, 81.22it/s, {cells}]\n"
        )
        text += "  valid: " + ", ".join(f"{k}={v:.4g}" for k, v in val.items()) + "\n" if val else ""
    return text


def rich_boxes(records: Records) -> str:
    """A table drawn with box characters at the end, as rich prints it."""
    names = list(dict.fromkeys(k for r in records for k in r if k != "step"))
    widths = {n: max(len(n), 9) for n in names}
    rule = {
        side: side[0] + side[1].join("─" * (widths[n] + 2) for n in names) + side[2] for side in ("┌┬┐", "├┼┤", "└┴┘")
    }
    text = rule["┌┬┐"] + "\n│" + "│".join(f" {n:<{widths[n]}} " for n in names) + "│\n" + rule["├┼┤"] + "\n"
    for r in records:
        cells = [f"{r[n]:.0f}" if n == "epoch" else f"{r[n]:.5g}" if n in r else "" for n in names]
        text += "│" + "│".join(f" {c:>{widths[n]}} " for c, n in zip(cells, names, strict=True)) + "│\n"
    return text + rule["└┴┘"] + "\n"


def lavis_json_lines(records: Records) -> str:
    """LAVIS's log.txt: a JSON object for the training's epoch, another for the validation; numbers are strings."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += json.dumps({f"train_{k}": f"{v:.3f}" if k != "lr" else f"{v:.6f}" for k, v in train.items()}) + "\n"
        if val:
            text += json.dumps({f"val_{k}": round(v, 5) for k, v in val.items()} | {"best_epoch": int(r["epoch"])}) + "\n"  # fmt: skip
    return text


def margin_prints(records: Records) -> str:
    """A home-made line: ``[ep 03] contrast 2.1834 (held 2.5101) | hit@1 31.2%``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"[ep {r['epoch'] + 1:02.0f}] contrast {train['loss']:.4f}"
        text += f" (held {val['loss']:.4f})" if "loss" in val else ""
        text += f" | hit@1 {100 * val['r1']:.1f}%" if "r1" in val else ""
        text += f" | lr {train['lr']:.2e}" if "lr" in train else ""
        text += "\n"
    return text

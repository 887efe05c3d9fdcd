"""Logs of those who train small language models and melody makers: makemore, min-char-rnn, nanochat, modded-nanogpt, fairseq, Magenta, lucidrains."""

from __future__ import annotations

import json
import math

from benchmarks.lab.records import Records, parts_of, steps_of


def tensorboard_tag_csv(records: Records) -> str:
    """TensorBoard's download of the training loss; the tag stands in the file's name (see ``dialects.write``)."""
    return "Wall time,Step,Value\n" + "".join(
        f"{1.7e9 + i:.6f},{r['step']:.0f},{r['loss']:.9g}\n" for i, r in enumerate(records)
    )


def makemore_prints(records: Records) -> str:
    """``step 100 | loss 2.9312 | step time 12.34ms``, and the losses of an evaluation."""
    text = ""
    for r in records:
        text += f"step {r['step']:.0f} | loss {r['loss']:.4f} | step time 12.34ms\n"
        text += (
            f"step {r['step']:.0f} train loss: {r['loss']:.4f} test loss: {r['val_loss']:.4f}\n"
            if "val_loss" in r
            else ""
        )
    return text


def min_char_rnn_prints(records: Records) -> str:
    """``iter 100, loss: 71.2`` between samples of what the net would sing."""
    text = ""
    for i, r in enumerate(records):
        tune = " ".join("CDEFGAB"[(i * 5 + k * k) % 7] for k in range(20))
        text += (f"----\n {tune} \n----\n" if i % 4 == 0 else "") + f"iter {r['step']:.0f}, loss: {r['loss']:f}\n"
    return text


def nanochat_log(records: Records) -> str:
    """``step 00010/00600 (1.67%) | loss: 3.301 | lrm: 1.00 | …`` and bits at evaluations."""
    text, last, top = "", max(r["step"] for r in records), max((r["lr"] for r in records if "lr" in r), default=1.0)
    for r in records:
        text += f"Step {r['step']:05.0f} | Validation bpb: {r['val_bits']:.4f}\n" if "val_bits" in r else ""
        text += f"step {r['step']:05.0f}/{last:05.0f} ({100 * r['step'] / last:.2f}%) | loss: {r['loss']:.6f} | "
        text += f"lrm: {r['lr'] / top:.2f} | " if "lr" in r else ""
        text += "dt: 11.02ms | tok/sec: 21,004 | mfu: 0.30 | total time: 0.05m\n"
    return text


def modded_nanogpt_log(records: Records) -> str:
    """``step:125/600 val_loss:3.3312 train_time:1375ms step_avg:11.00ms``."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        end = f"train_time:{11 * r['step']:.0f}ms step_avg:11.00ms\n"
        text += f"step:{r['step']:.0f}/{last:.0f} train_loss:{r['loss']:.4f} {end}"
        text += f"step:{r['step']:.0f}/{last:.0f} val_loss:{r['val_loss']:.4f} {end}" if "val_loss" in r else ""
    return text


def fairseq_structured_log(records: Records) -> str:
    """fairseq with ``--log-format json``: train_inner, train and valid, numbers as strings, loss to the base 2 as it is given."""
    text, steps = "", steps_of(records)
    names = {"norm": "gnorm", "grad_norm": "gnorm", "bits": "loss"}
    for r in records:
        train, val = parts_of(r)
        cells = {"epoch": int(r["epoch"]) + 1, "update": round(r["step"] / steps, 3)}
        cells |= {names.get(k, k): f"{v:.5g}" for k, v in train.items()} | {
            "wps": "20411.2",
            "num_updates": f"{r['step']:.0f}",
        }
        text += f"2024-03-01 10:00:00 | INFO | train_inner | {json.dumps(cells)}\n"
        if val:
            cells = {"epoch": int(r["epoch"]) + 1} | {f"valid_{names.get(k, k)}": f"{v:.5g}" for k, v in val.items()}
            text += f"2024-03-01 10:00:00 | INFO | valid | {json.dumps(cells | {'valid_num_updates': str(int(r['step']))})}\n"
    return text


def magenta_log(records: Records) -> str:
    """The hook of Magenta's melody_rnn_train."""
    text, names = "", {"acc": "Accuracy", "loss": "Loss", "ppl": "Perplexity", "lr": "Learning Rate"}
    for r in records:
        cells = sorted(
            [f"{names.get(k, k)} = {v:.7g}" for k, v in parts_of(r)[0].items()] + [f"Global Step = {r['step']:.0f}"]
        )
        text += f"INFO:tensorflow:{', '.join(cells)} (0.112 sec)\n"
    return text


def lucidrains_prints(records: Records) -> str:
    """``training loss: 3.31`` and ``validation loss: 3.4`` between the states of a bar."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        share = r["step"] / last
        text += f"\rtraining: {100 * share:3.0f}%|{'█' * int(10 * share):<10}| {r['step']:.0f}/{last:.0f} [00:{int(40 * share):02d}<00:01, 14.02it/s]\n"
        text += f"training loss: {r['loss']:.7g}\n" + (
            f"validation loss: {r['val_loss']:.7g}\n" if "val_loss" in r else ""
        )
    return text


def hf_log_history_csv(records: Records) -> str:
    """``pd.DataFrame(trainer.state.log_history).to_csv(...)``: evaluations on rows of their own."""
    steps, rows = steps_of(records), []
    names = {"lr": "learning_rate", "norm": "grad_norm"}
    for r in records:
        train, val = parts_of(r)
        at = {"epoch": round(r["step"] / steps, 4), "step": int(r["step"])}
        rows += [{names.get(k, k): v for k, v in train.items()} | at]
        rows += [{f"eval_{k}": v for k, v in val.items()} | {"eval_runtime": 0.41} | at] if val else []
    head = list(dict.fromkeys(k for row in rows for k in row))
    return (
        "\n".join(
            [
                ",".join(["", *head]),
                *(f"{i}," + ",".join(str(row.get(k, "")) for k in head) for i, row in enumerate(rows)),
            ]
        )
        + "\n"
    )


def perplexity_prints(records: Records) -> str:
    """``| epoch 3 | step 120 | ppl 12.3 | valid ppl 13.0 |`` of people who print no loss."""
    text = ""
    for r in records:
        more = f" valid ppl {min(r['val_ppl'], math.inf):.2f} |" if "val_ppl" in r else ""
        text += f"| epoch {r['epoch'] + 1:3.0f} | step {r['step']:6.0f} | ppl {r['ppl']:9.3f} |{more}\n"
    return text

"""Dialects of small pre-trainings (nanotron, MaxText, llama2.c, lingua, parameter golf, tables of tokens seen) and of tuned summarisers (model cards, PreSumm, no_trainer)."""

from __future__ import annotations

import json
import math

from benchmarks.lab.records import Records, parts_of, steps_of

DAY = "2025-06-11"
WINDOW = 16 * 32


def _last(records: Records) -> int:
    return int(max(r["step"] for r in records))


def _human(value: float) -> str:
    """Three digits and a letter, as nanotron writes numbers."""
    if not math.isfinite(value):
        return str(value)
    power = 0
    while abs(value) >= 1000 and power < 4:
        value, power = value / 1000, power + 1
    return f"{value:.3g}{['', 'K', 'M', 'G', 'T'][power]}"


def _jitter(i: int, around: float) -> float:
    """A speed that is never twice the same."""
    return around * (1 + 0.04 * math.sin(2.3 * i) + 0.02 * math.sin(0.7 * i * i))


def nanotron_log(records: Records) -> str:
    """nanotron: the iteration of all, then cells between bars, numbers shortened with K, M and G."""
    text, last = "", _last(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"06/11/2025 {9 + i // 3600:02d}:{i // 60 % 60:02d}:{i % 60:02d} [INFO|DP=0|PP=0|TP=0]: "
        speed = _jitter(i, 23_400)
        cells = {"consumed_tokens": r["step"] * WINDOW, "elapsed_time_per_iteration_ms": 1000 * WINDOW / speed,
                 "tokens_per_sec": speed, "tokens_per_sec_per_gpu": speed, "global_batch_size": 16.0,
                 "lm_loss": train["loss"]}  # fmt: skip
        cells |= {k: v for k, v in train.items() if k in {"lr", "ppl"}}
        cells |= {"model_tflops_per_gpu": speed * 4e-7, "hardware_tflops_per_gpu": speed * 4e-7}
        cells |= {k: v for k, v in train.items() if k not in {"loss", "lr", "ppl", "tokens"}}
        text += f"{stamp}iteration: {r['step']:.0f} / {last} | " + " | ".join(f"{k}: {_human(v)}" for k, v in cells.items()) + "\n"  # fmt: skip
        if val:
            text += f"{stamp}[Validation] iteration: {r['step']:.0f} / {last} | " + " | ".join(f"validation_{k}: {_human(v)}" for k, v in val.items()) + "\n"  # fmt: skip
    return text


def maxtext_log(records: Records) -> str:
    """MaxText: ``completed step: 9, seconds: 1.010, TFLOP/s/device: 31.5, …, loss: 9.436`` behind absl's stamp."""
    text = "I0611 09:00:01.104412 139912 train.py:512] number parameters: 0.000 billion\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"I0611 09:{i // 60 % 60:02d}:{i % 60:02d}.{(7919 * i) % 10**6:06d} 139912 metric_logger.py:"
        speed = _jitter(i, 7100)
        more = "".join(f", {k}: {v:.3f}" for k, v in train.items() if k not in {"loss", "lr", "tokens"})
        text += f"{stamp}181] completed step: {r['step'] - 1:.0f}, seconds: {WINDOW / speed:.3f}, TFLOP/s/device: {speed / 64:.3f}, "
        text += f"Tokens/s/device: {speed:.3f}, total_weights: {WINDOW}, loss: {train['loss']:.3f}{more}\n"
        if val:
            text += "".join(f"Completed eval step {k}\n" for k in range(3))
            more = "".join(f", avg_{k}={v:.3f}" for k, v in val.items() if k != "loss")
            text += f"{stamp}210] eval metrics after step: {r['step'] - 1:.0f}, loss={val['loss']:.3f}, total_weights=2048.0{more}\n"
    return text


def llama2c_log(records: Records) -> str:
    """llama2.c: ``490 | loss 5.7543 | lr 4.9e-05 | 8060.78ms | mfu 0.21%``, a line for both splits at an evaluation."""
    text = "tokens per iteration will be: 512\nCreated a PretokDataset with rng seed 42\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        if "loss" in val:
            text += f"step {r['step']:.0f}: train loss {train['loss']:.4f}, val loss {val['loss']:.4f}\nsaving checkpoint to out\nwrote out/model.bin\n"
        text += f"{r['step']:.0f} | loss {train['loss']:.4f} | " + (f"lr {train['lr']:e} | " if "lr" in train else "")
        text += f"{_jitter(i, 21.7):.2f}ms | mfu {_jitter(i, 1.31):.2f}%\n"
    return text


def lingua_log(records: Records) -> str:
    """Meta's lingua: two blanks between cells, acc counts the accumulation, then flops, words a second, rate and memory."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"0: INFO    25-06-11 09:{i // 60 % 60:02d}:{i % 60:02d}.{(373 * i) % 10**6:06d} - 0:00:{i % 60:02d} - "
        text += f"{stamp}step: {r['step']:.0f}  acc: 0  loss: {round(train['loss'], 4):>7}"
        text += f"  grad: {train['grad_norm']:.2e}" if "grad_norm" in train else ""
        text += f"  flops: {_jitter(i, 3.2e9):.2e}  wps: {_jitter(i, 2.2e4):.2e}  iter: {_jitter(i, 0.0231):7.4f}  data: 0.0004"
        text += f"  lr: {train['lr']:.2e}" if "lr" in train else ""
        text += "  mem: 3%  pow: 121.412 W\n"
        if val:
            text += f"{stamp}Validation at step {r['step']:.0f}: { ({f'val/{k}': v for k, v in val.items()}) }\n"
    return text


def golf_log(records: Records) -> str:
    """Parameter golf: ``step:8200/20000 val_loss:2.1228 val_bpb:1.2540 train_time:…ms step_avg:…ms``."""
    text, last = "", _last(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        end = f"train_time:{21.5 * r['step']:.0f}ms step_avg:{_jitter(i, 21.5):.2f}ms\n"
        if val:
            text += f"step:{r['step']:.0f}/{last} " + " ".join(f"val_{k}:{v:.4f}" for k, v in val.items()) + f" {end}"
        text += f"step:{r['step']:.0f}/{last} train_loss:{train['loss']:.4f} "
        text += "".join(f"{k}:{v:.4g} " for k, v in train.items() if k != "loss") + end
    return text


NAMES = {"loss": "train/CE loss", "ppl": "train/PPL", "z": "train/Z loss", "grad_norm": "optim/total grad norm",
         "lr": "optim/LR (group 0)", "tokens": "throughput/total tokens", "acc": "train/accuracy"}  # fmt: skip


def olmo_panel_csv(records: Records) -> str:
    """A history of W&B saved as a table, with OLMo-core's names, speeds among the rest."""
    rows = []
    for i, r in enumerate(records):
        train, val = parts_of(r)
        row = {"_step": f"{r['step']:.0f}", "_timestamp": f"{1749600000 + 3.1 * i:.3f}", "throughput/device/TPS": f"{_jitter(i, 23_000):.2f}",
               "throughput/device/MFU": f"{_jitter(i, 31.2):.4f}"}  # fmt: skip
        row |= {NAMES.get(k, k): f"{v:.7g}" for k, v in train.items()}
        row |= {
            f"eval/lm/held_out-validation/{ {'loss': 'CE loss', 'ppl': 'PPL'}.get(k, k) }": f"{v:.7g}"
            for k, v in val.items()
        }
        rows.append(row)
    names = list(dict.fromkeys(n for row in rows for n in row))
    return "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"


def tokens_seen_csv(records: Records) -> str:
    """A table whose x is the tokens seen; no steps at all."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch", "tokens"}))
    lines = [",".join(["tokens_seen", *names])]
    for r in records:
        cells = [f"{r[n]:.6g}" if n in r else "" for n in names]
        lines.append(",".join([f"{r.get('tokens', WINDOW * r['step']):.0f}", *cells]))
    return "\n".join(lines) + "\n"


def perplexities_log(records: Records) -> str:
    """A word model's loop that speaks of perplexities only."""
    text, last = "", _last(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        text += f"{DAY} 09:{i // 60 % 60:02d}:{i % 60:02d} [{r['step']:5.0f}/{last}] train ppl {train['ppl']:.3f}"
        text += "".join(f", {k} {v:.3g}" for k, v in train.items() if k != "ppl") + f" ({_jitter(i, 22.4):.1f}k words/s)\n"  # fmt: skip
        text += (
            f"{DAY} 09:{i // 60 % 60:02d}:{i % 60:02d} ** validation ppl {val['ppl']:.3f} **\n" if "ppl" in val else ""
        )
    return text


# --- summarisers

SHOWN = {
    "rouge1": "Rouge1",
    "rouge2": "Rouge2",
    "rougeL": "Rougel",
    "bleu": "Bleu",
    "gen_len": "Gen Len",
    "exact": "Exact Match",
}


def hf_card_table(records: Records) -> str:
    """The table of a model card: an evaluation a line, ``No log`` before the first loss."""
    names = list(dict.fromkeys(k for r in records for k in parts_of(r)[1] if k != "loss"))
    head = ["Training Loss", "Epoch", "Step", "Validation Loss", *(SHOWN.get(n, n) for n in names)]
    text = (
        "### Training results\n\n| " + " | ".join(head) + " |\n|" + "|".join(f":{'-' * len(h)}:" for h in head) + "|\n"
    )
    loss, steps = "No log", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        loss = f"{train['loss']:.4f}" if "loss" in train else loss
        if val:
            cells = [
                loss,
                f"{r['step'] / steps:.2f}",
                f"{r['step']:.0f}",
                f"{val['loss']:.4f}" if "loss" in val else "",
            ]
            cells += [f"{val[n]:.4f}" if n in val else "" for n in names]
            text += "| " + " | ".join(f"{c:<{len(h)}}" for c, h in zip(cells, head, strict=True)) + " |\n"
    return text + "\n\n### Framework versions\n\n- Transformers 4.46.2\n- Pytorch 2.5.1+cu121\n"


def presumm_log(records: Records) -> str:
    """PreSumm: ``Step 50/1000; acc: 2.15; ppl: 9.46; xent: 2.34; lr: …``, a validation and its ROUGE below."""
    text, last = "", _last(records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[2024-02-09 07:{i // 60 % 60:02d}:{i % 60:02d},{(331 * i) % 1000:03d} INFO] "
        if "loss" in train:
            text += f"{stamp}Step {r['step']:2.0f}/{last:5d}; " + (
                f"acc: {100 * train['acc']:6.2f}; " if "acc" in train else ""
            )
            text += f"ppl: {math.exp(min(100.0, train['loss'])):5.2f}; xent: {train['loss']:4.2f}; lr: {train.get('lr', 1e-3):7.7f}; {_jitter(i, 1021):3.0f}/{_jitter(i, 988):3.0f} tok/s; {2 * i:6d} sec\n"
        if "loss" in val:
            text += f"{stamp}Validation xent: {val['loss']:g} at step {r['step']:.0f}\n"
        if "rouge1" in val:
            text += f"{stamp}Rouges at step {r['step']:.0f} \n>> ROUGE-F(1/2/l): {val['rouge1']:.2f}/{val.get('rouge2', 0.0):.2f}/{val.get('rougeL', val['rouge1']):.2f}\n"
    return text


def no_trainer_log(records: Records) -> str:
    """The example without a Trainer: a bar, and after an epoch the scores as a dict behind a logger's name."""
    text, last, pile = "02/14/2024 10:02:11 - INFO - __main__ - ***** Running training *****\n", _last(records), []
    for i, r in enumerate(records):
        train, val = parts_of(r)
        pile += [train["loss"]] if "loss" in train else []
        at = int(r["step"])
        text += f"\r{100 * at // last:3d}%|{'█' * (10 * at // last):<10}| {at}/{last} [00:{i % 60:02d}<00:31, {_jitter(i, 9.2):.2f}it/s]"
        if val:
            cells = {k: float(f"{v:.6g}") for k, v in val.items() if k != "loss"} | (
                {"eval_loss": val["loss"]} if "loss" in val else {}
            )
            cells |= {"train_loss": sum(pile) / max(1, len(pile)), "epoch": int(r["epoch"]), "step": at}
            text += f"\n02/14/2024 10:{2 + i // 60:02d}:{i % 60:02d} - INFO - __main__ - {cells}\n"
            pile = []
    return text + "\n"


def bart_metrics_json(records: Records) -> str:
    """metrics.json of the Lightning example for summaries: lists of train and val with their own names."""
    found: dict[str, list[dict[str, float]]] = {"train": [], "val": []}
    for r in records:
        train, val = parts_of(r)
        if train:
            found["train"].append({f"train_avg_{k}" if k != "lr" else "lr_0": v for k, v in train.items()} | {"step_count": int(r["step"])})  # fmt: skip
        if val:
            found["val"].append({f"val_avg_{k}": v for k, v in val.items()} | {"step_count": int(r["step"])})
    return json.dumps(found, indent=4) + "\n"


def course_prints(records: Records) -> str:
    """A loop out of a course: the epoch's mean loss, then ``Epoch 0: {'rouge1': …}`` or ``epoch 0, BLEU score: …``."""
    text, pile = "", []
    for r in records:
        train, val = parts_of(r)
        pile += [train["loss"]] if "loss" in train else []
        if val:
            text += f"epoch {r['epoch']:.0f} train loss: {sum(pile) / max(1, len(pile)):.4f}" + (
                f" | val loss: {val['loss']:.4f}\n" if "loss" in val else "\n"
            )
            rouge = {k: round(v, 4) for k, v in val.items() if k.startswith("rouge")}
            text += f"Epoch {r['epoch']:.0f}: {rouge}\n" if rouge else ""
            text += f"epoch {r['epoch']:.0f}, BLEU score: {val['bleu']:.2f}\n" if "bleu" in val else ""
            pile = []
    return text

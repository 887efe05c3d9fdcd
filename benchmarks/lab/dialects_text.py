"""Dialects of the tools that train language models, and of small table trainers."""

from __future__ import annotations

import json
import math

Records = list[dict[str, float]]


def _parts(record: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    values = {k: v for k, v in record.items() if k not in {"step", "epoch"}}
    val = {k.removeprefix("val_"): v for k, v in values.items() if k.startswith("val_")}
    return {k: v for k, v in values.items() if not k.startswith("val_")}, val


def llm_c_log(records: Records) -> str:
    """main.log of llm.c: ``s:250 trl:3.51 lr:0.0006 norm:1.2`` and ``s:250 tel:3.6``."""
    text = ""
    for r in records:
        text += f"s:{r['step']:.0f} trl:{r['loss']:.4f}" + (f" lr:{r['lr']:.6f}" if "lr" in r else "")
        text += f" norm:{r['grad_norm']:.2f}\n" if "grad_norm" in r else "\n"
        text += f"s:{r['step']:.0f} tel:{r['val_loss']:.4f}\n" if "val_loss" in r else ""
    return text


def llm_c_prints(records: Records) -> str:
    """What llm.c prints."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        text += f"val loss {r['val_loss']:.6f}\n" if "val_loss" in r else ""
        text += f"step {r['step']:4.0f}/{last:.0f} | loss {r['loss']:.6f} (+nanz)| "
        text += f"norm {r['grad_norm']:.4f} (+nanz)| " if "grad_norm" in r else ""
        text += f"lr {r['lr']:.2e} | 12.31 ms | 0.4% bf16 MFU | 41512 tok/s\n"
    return text


def torchtitan_log(records: Records) -> str:
    """Lines of torchtitan."""
    text = ""
    for r in records:
        text += f"[rank0]:2025-01-10 10:{int(r['step']) // 60 % 60:02d}:{int(r['step']) % 60:02d},123 - root - INFO - "
        text += f"step: {r['step']:2.0f}  loss: {r['loss']:7.4f}  "
        text += f"grad_norm: {r['grad_norm']:7.4f}  " if "grad_norm" in r else ""
        text += "memory:  0.95GiB(1.00%)  tps: 12,345  tflops: 1.23  mfu: 0.40%\n"
    return text


def torchtune_log(records: Records) -> str:
    """The log file of torchtune: ``Step 12 | loss:3.51 lr:0.0003 tokens_per_second_per_gpu:…``."""
    text = ""
    for r in records:
        cells = " ".join(f"{k}:{v!r}" for k, v in _parts(r)[0].items())
        text += f"Step {r['step']:.0f} | {cells} tokens_per_second_per_gpu:1214.25 peak_memory_active:0.52\n"
    return text


def llama_factory_lines(records: Records) -> str:
    """trainer_log.jsonl of LLaMA-Factory."""
    text, last, epochs = "", int(max(r["step"] for r in records)), max(r["epoch"] for r in records) + 1
    for r in records:
        train, val = _parts(r)
        at = {"current_steps": int(r["step"]), "total_steps": last}
        end = {
            "epoch": round(r["step"] / last * epochs, 2),
            "percentage": round(100 * r["step"] / last, 2),
            "elapsed_time": "0:00:09",
            "remaining_time": "0:00:31",
        }
        text += json.dumps(at | train | {"loss": round(train["loss"], 4)} | end) + "\n"
        text += json.dumps(at | {f"eval_{k}": v for k, v in val.items()} | end) + "\n" if val else ""
    return text


def litgpt_log(records: Records) -> str:
    """Lines of LitGPT's fine-tuning scripts."""
    text, val = "", "n/a"
    for i, r in enumerate(records):
        if "val_loss" in r:
            val = f"{r['val_loss']:.3f}"
            text += f"iter {r['step']:.0f}: val loss {r['val_loss']:.4f}, val time: 31.11 ms\n"
        text += f"Epoch {r['epoch'] + 1:.0f} | iter {r['step']:.0f} step {i + 1} | loss train: {r['loss']:.3f}, "
        text += f"val: {val} | iter time: 22.31 ms (step)\n"
    return text


def olmo_log(records: Records) -> str:
    """Several lines a step, as OLMo prints them."""
    text, last = "", max(r["step"] for r in records)
    names = {"loss": "train/CrossEntropyLoss", "ppl": "train/Perplexity", "grad_norm": "optim/total_grad_norm",
             "lr": "optim/learning_rate_group0"}  # fmt: skip
    for r in records:
        train, val = _parts(r)
        text += f"2024-02-01 10:00:00.000\thost:0\tolmo.train:816\tINFO\t[step={r['step']:.0f}/{last:.0f}]\n"
        text += "".join(f"    {names.get(k, k)}={v:.4g}\n" for k, v in train.items())
        text += "".join(
            f"    eval/validation/{'CrossEntropyLoss' if k == 'loss' else k}={v:.4g}\n" for k, v in val.items()
        )
    return text


def char_rnn_prints(records: Records) -> str:
    """``300/21150 (epoch 0.700), train_loss = 2.5, time/batch = 0.2``."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        text += (
            f"{r['step']:.0f}/{last:.0f} (epoch {r['epoch']:.0f}), train_loss = {r['loss']:.3f}, time/batch = 0.012\n"
        )
    return text


def min_gpt_prints(records: Records) -> str:
    """minGPT's callback."""
    return "".join(f"iter_dt 12.31ms; iter {r['step']:.0f}: train loss {r['loss']:.5f}\n" for r in records)


def neox_log(records: Records) -> str:
    """Lines of GPT-NeoX."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        text += f" samples/sec: 120.112 | iteration {r['step']:8.0f}/{last:8.0f} | elapsed time per iteration (ms): 133.2 | "
        text += (
            f"learning rate: {r.get('lr', 1e-3):.3E} | approx flops per GPU: 1.1TFLOPS | lm_loss: {r['loss']:.6E} | "
        )
        text += f"loss scale: {r['loss_scale']:.1f} | " if "loss_scale" in r else ""
        text += "number of skipped iterations:   0 | number of nan iterations:   0 |\n"
        if "val_loss" in r:
            text += f" validation results at iteration {r['step']:.0f} | lm_loss value: {r['val_loss']:.6E} | "
            text += f"lm_loss_ppl value: {math.exp(min(80, r['val_loss'])):.6E} |\n"
    return text


def fastai_learner(records: Records) -> str:
    """The table that fastai's Learner prints."""
    names = list(dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}))
    shown = {"loss": "train_loss", "val_loss": "valid_loss"}
    head = ["epoch", *(shown.get(n, n.removeprefix("val_")) for n in names), "time"]
    widths = [max(8, len(h)) + 2 for h in head]
    text = "".join(f"{h:<{w}}" for h, w in zip(head, widths, strict=True)) + "\n"
    for r in records:
        cells = [f"{r['epoch']:.0f}", *(f"{r[n]:.6f}" if n in r else "" for n in names), "00:01"]
        text += "".join(f"{c:<{w}}" for c, w in zip(cells, widths, strict=True)) + "\n"
    return text


def skorch_net_table(records: Records) -> str:
    """The table that skorch prints."""
    shown = {"loss": "train_loss", "val_loss": "valid_loss", "val_accuracy": "valid_acc"}
    names = sorted(
        dict.fromkeys(k for r in records for k in r if k not in {"step", "epoch"}), key=lambda k: shown.get(k, k)
    )
    head = ["epoch", *(shown.get(n, n) for n in names), "dur"]
    text = "  ".join(f"{h:>12}" for h in head) + "\n" + "  ".join("-" * 12 for _ in head) + "\n"
    for r in records:
        cells = [f"{r['epoch'] + 1:.0f}", *(f"{r[n]:.4f}" if n in r else "" for n in names), "0.0121"]
        text += "  ".join(f"{c:>12}" for c in cells) + "\n"
    return text


def sklearn_verbose(records: Records) -> str:
    """What MLPClassifier(verbose=True, early_stopping=True) prints."""
    text = ""
    for r in records:
        text += f"Iteration {r['epoch'] + 1:.0f}, loss = {r['loss']:.8f}\n"
        text += f"Validation score: {r['val_accuracy']:.6f}\n" if "val_accuracy" in r else ""
    return text


def ignite_evaluations(records: Records) -> str:
    """Evaluations as PyTorch Ignite's example prints them."""
    text = ""
    for r in records:
        train, val = _parts(r)
        for where, values in (("Training", train), ("Validation", val)):
            cells = " ".join(f"Avg {k}: {v:.4f}" for k, v in values.items() if k != "lr")
            text += f"{where} Results - Epoch: {r['epoch'] + 1:.0f}  {cells}\n" if values else ""
    return text


def lightning_bar(records: Records) -> str:
    """Lightning's bar at the end of each epoch."""
    text, last = "", {r["epoch"]: r for r in records}
    for e, r in last.items():
        train, val = _parts(r)
        cells = [f"{'train_' + k}={v:#.3g}" for k, v in train.items()] + [f"val_{k}={v:#.3g}" for k, v in val.items()]
        text += f"Epoch {e:.0f}: 100%|██████████| 12/12 [00:00<00:00, 88.21it/s, v_num=0, {', '.join(cells)}]\n"
    return text

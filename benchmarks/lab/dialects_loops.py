"""Dialects of hand-written loops and their loggers: language models, autoencoders, regression."""

from __future__ import annotations

import json

Records = list[dict[str, float]]


def _values(record: dict[str, float], *without: str) -> dict[str, float]:
    return {k: v for k, v in record.items() if k not in {"step", "epoch", *without}}


def _parts(record: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    train = {k: v for k, v in _values(record).items() if not k.startswith("val_")}
    return train, {k.removeprefix("val_"): v for k, v in record.items() if k.startswith("val_")}


def nanogpt_eval(records: Records) -> str:
    """nanoGPT: ``iter`` lines, and a ``step`` line with train and validation loss at each evaluation."""
    text = "number of parameters: 0.02M\nusing fused AdamW: False\n"
    for r in records:
        if "val_loss" in r:
            text += f"step {r['step']:.0f}: train loss {r['loss']:.4f}, val loss {r['val_loss']:.4f}\n"
        text += f"iter {r['step']:.0f}: loss {r['loss']:.4f}, time 11.02ms, mfu 1.20%\n"
    return text


def build_nanogpt(records: Records) -> str:
    """``step   250 | loss: 3.5 | lr 6.0e-04 | norm: 1.1 | dt: 10ms | tok/sec: 9``, as the well-known lecture prints."""
    text = ""
    for r in records:
        if "val_loss" in r:
            text += f"validation loss: {r['val_loss']:.4f}\n"
        text += f"step {r['step']:5.0f} | loss: {r['loss']:.6f}"
        text += f" | lr {r['lr']:.4e}" if "lr" in r else ""
        text += f" | norm: {r['grad_norm']:.4f}" if "grad_norm" in r else ""
        text += " | dt: 10.21ms | tok/sec: 25123.40\n"
    return text


def word_language_model(records: Records) -> str:
    """PyTorch's word_language_model example."""
    text, steps = "", max(1, int(max(r["step"] for r in records) // (max(r["epoch"] for r in records) + 1)))
    for r in records:
        e, i = int(r["epoch"]) + 1, int(r["step"] - r["epoch"] * steps)
        text += f"| epoch {e:3d} | {i:5d}/{steps:5d} batches | lr {r.get('lr', 0.002):02.4f} | ms/batch 10.11 | "
        text += f"loss {r['loss']:5.2f} | ppl {r['ppl']:8.2f}\n"
        if "val_loss" in r:
            text += "-" * 89 + f"\n| end of epoch {e:3d} | time:  2.10s | valid loss {r['val_loss']:5.2f} | "
            text += f"valid ppl {r['val_ppl']:8.2f}\n" + "-" * 89 + "\n"
    return text


def megatron_log(records: Records) -> str:
    """Lines of Megatron-LM."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        text += f" iteration {r['step']:8.0f}/{last:8.0f} | consumed samples: {8 * r['step']:12.0f} | "
        text += (
            f"elapsed time per iteration (ms): 11.3 | learning rate: {r.get('lr', 1e-3):.3E} | global batch size: 8 | "
        )
        text += f"lm loss: {r['loss']:.6E} | loss scale: 1.0 | "
        text += f"grad norm: {r['grad_norm']:.3f} | " if "grad_norm" in r else ""
        text += "number of skipped iterations:   0 | number of nan iterations:   0 |\n"
        if "val_loss" in r:
            text += f" validation loss at iteration {r['step']:.0f} | lm loss value: {r['val_loss']:.6E} | "
            text += f"lm loss PPL: {r.get('val_ppl', 2.718 ** min(80, r['val_loss'])):.6E} |\n"
    return text


def slashes_csv(records: Records) -> str:
    """A table with W&B's names: ``_step``, ``train/loss``, ``val/loss``, empty cells."""
    rows = []
    for r in records:
        train, val = _parts(r)
        named = {k if "/" in k else f"train/{k}": v for k, v in train.items()} | {f"val/{k}": v for k, v in val.items()}
        rows.append({"_step": r["step"], "epoch": r["epoch"], **named})
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [",".join("" if (v := row.get(n)) is None else f"{v:.6g}" for n in names) for row in rows]
    return "\n".join([",".join(names), *cells]) + "\n"


def lightning_terms_csv(records: Records) -> str:
    """Lightning's metrics.csv with any names; validation on rows of its own."""
    rows = []
    for r in records:
        at = {"epoch": r["epoch"], "step": r["step"] - 1}
        train, val = _parts(r)
        rows.append(at | {"lr-AdamW" if k == "lr" else k if "/" in k or "grad" in k else f"train_{k}": v
                          for k, v in train.items()})  # fmt: skip
        rows += [at | {f"val_{k}": v for k, v in val.items()}] if val else []
    names = sorted(dict.fromkeys(name for row in rows for name in row))
    cells = [",".join("" if (v := row.get(n)) is None else f"{v:.8g}" for n in names) for row in rows]
    return "\n".join([",".join(names), *cells]) + "\n"


def hf_state(records: Records) -> str:
    """trainer_state.json with any evaluation metrics."""
    names, history, steps = {"lr": "learning_rate"}, [], max(r["step"] for r in records)
    epochs = max(r["epoch"] for r in records) + 1
    for r in records:
        at = {"epoch": round(r["step"] * epochs / steps, 4), "step": int(r["step"])}
        train, val = _parts(r)
        history.append({names.get(k, k): v for k, v in train.items()} | at)
        history += [{f"eval_{k}": v for k, v in val.items()} | {"eval_runtime": 0.52} | at] if val else []
    state = {"best_metric": None, "epoch": float(epochs), "global_step": int(steps), "log_history": history}
    return json.dumps(state | {"max_steps": int(steps), "is_hyper_param_search": False}, indent=1) + "\n"


def loss_parts_log(records: Records) -> str:
    """``[epoch 3] total=1.2e+01 recon=… kl=… | val total=…``: four significant digits."""
    text = ""
    for r in records:
        train, val = _parts(r)
        text += f"[epoch {r['epoch'] + 1:.0f}] " + " ".join(f"{k}={v:.5g}" for k, v in train.items())
        text += (" " + " ".join(f"val_{k}={v:.5g}" for k, v in val.items()) if val else "") + "\n"
    return text


def metrics_lines(records: Records) -> str:
    """One JSON object a line with W&B-like names, no epoch."""
    text = ""
    for r in records:
        train, val = _parts(r)
        named = {k if "/" in k else f"train/{k}": v for k, v in train.items()} | {f"val/{k}": v for k, v in val.items()}
        text += json.dumps({"global_step": int(r["step"]), **named}) + "\n"
    return text

"""Dialects of language models with experts: Megatron-LM, OLMo-core, LLM Foundry, torchtitan with ranks, and a hand-made print."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of

DAY = "2024-05-21"


def _clock(i: int) -> str:
    return f"{14 + i // 3600 % 10:02d}:{i // 60 % 60:02d}:{i % 60:02d}"


def megatron_moe_log(records: Records) -> str:
    """Megatron-LM with experts: cells between bars, the balance among them; a validation between dashes."""
    text, last = "", max(r["step"] for r in records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        rate, norm = train.pop("lr", None), train.pop("norm", train.pop("grad norm", None))
        text += f" [{DAY} {_clock(i)}] iteration {r['step']:8.0f}/{last:8.0f} | consumed samples: {16 * r['step']:12.0f} | elapsed time per iteration (ms): 41.7 | "
        text += f"learning rate: {rate:.6E} | " if rate is not None else ""
        text += (
            "global batch size:    16 | " + "".join(f"{k}: {v:.6E} | " for k, v in train.items()) + "loss scale: 1.0 | "
        )
        text += f"grad norm: {norm:.3f} | " if norm is not None else ""
        text += "number of skipped iterations:   0 | number of nan iterations:   0 |\n"
        if val:
            line = f" validation loss at iteration {r['step']:.0f} | " + "".join(
                f"{k} value: {v:.6E} | " for k, v in val.items()
            )
            text += "-" * len(line) + f"\n{line}\n" + "-" * len(line) + "\n"
    return text


def olmo_core_log(records: Records) -> str:
    """OLMo-core's console: the step in brackets, then a metric a line."""
    text, last = "", max(r["step"] for r in records)
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"{DAY} {_clock(i)}.114\tnode-0:0\tolmo_core.train.callbacks.console_logger:50\tINFO\t"
        text += f"{stamp}[step={r['step']:.0f}/{last:.0f},epoch={r['epoch'] + 1:.0f},eta=5m]\n"
        text += "".join(f"    {k}={v:.4g}\n" for k, v in train.items())
        if val:
            text += stamp.replace("console_logger:50", "evaluator_callback:104") + "Eval metrics:\n"
            text += "".join(f"    eval/lm/validation/{k}={v:.4f}\n" for k, v in val.items())
    return text


def llm_foundry_log(records: Records) -> str:
    """Composer's console under LLM Foundry: the batch in brackets, a metric a line behind a tab."""
    text, last = "", max(r["step"] for r in records)
    for r in records:
        train, val = parts_of(r)
        names = {"loss": "loss/train/total", "lr": "lr-DecoupledAdamW/group0", "norm": "l2_norm/grad/global"}
        text += f"[batch={r['step']:.0f}/{last:.0f}]:\n\t Train time/batch: {r['step'] - 1:.0f}\n\t Train time/sample: {16 * (r['step'] - 1):.0f}\n\t Train time/epoch: {r['epoch']:.0f}\n"
        text += "".join(
            f"\t Train {names.get(k, k)}: {v:.4f}\n" if k != "lr" else f"\t Train {names[k]}: {v:.4e}\n"
            for k, v in train.items()
        )
        if val:
            text += "[Eval batch=12/12] Eval on eval data:\n"
            text += "".join(f"\t Eval {'loss/eval/total' if k == 'loss' else k}: {v:.4f}\n" for k, v in val.items())
    return text


def titan_moe_log(records: Records) -> str:
    """torchtitan with a rank in front and underscored cells, validation on a line of its own."""
    text = f"[rank0]:[titan] {DAY} 13:59:58,014 - root - INFO - Training starts at step 1\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[rank0]:[titan] {DAY} {_clock(i)},{i * 37 % 1000:03d} - root - INFO - "
        norm = train.pop("grad_norm", None)
        text += f"{stamp}step: {r['step']:2.0f}  loss: {train.pop('loss'):8.5f}  " + (
            f"grad_norm: {norm:7.4f}  " if norm is not None else ""
        )
        text += (
            "memory:  1.13GiB(1.43%)  tps: 7,912  tflops: 0.61  mfu: 0.20%"
            + "".join(f"  {k}: {v:.5g}" for k, v in train.items())
            + "\n"
        )
        if val:
            text += (
                f"{stamp}validate step: {r['step']:2.0f}  "
                + "  ".join(f"{k}: {v:7.4f}" for k, v in val.items())
                + "  memory:  1.13GiB(1.43%)  tps: 9,120\n"
            )
    return text


def tokens_prints(records: Records) -> str:
    """A hand-made loop: tokens seen in thousands, the loss, its parts, a line for the dev set."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        words = train.pop("tokens", None)
        head = f"{r['step']:6.0f} it" + (f" {words / 1000:8.1f}k tok" if words is not None else "")
        text += (
            f"{head} | "
            + " | ".join(f"{k} {v:.4g}" if k in {"lr", "norm"} else f"{k} {v:.4f}" for k, v in train.items())
            + "\n"
        )
        text += "          dev | " + " | ".join(f"{k} {v:.4f}" for k, v in val.items()) + "\n" if val else ""
    return text

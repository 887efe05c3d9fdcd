"""Dialects of masked language models' trainers."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

# --- masked language models


def bert_estimator_log(records: Records) -> str:
    """The first BERT's run_pretraining: loss and step from hooks, evaluations as a list of names."""
    text = "INFO:tensorflow:***** Running training *****\nINFO:tensorflow:  Batch size = 32\n"
    for r in records:
        train, val = parts_of(r)
        if "loss" in train:
            more = "".join(f", {k} = {v:.7g}" for k, v in train.items() if k != "loss")
            text += f"INFO:tensorflow:global_step/sec: 12.8412\nINFO:tensorflow:loss = {train['loss']:.7g}, step = {r['step']:.0f}{more} (7.788 sec)\n"
        if val:
            text += "INFO:tensorflow:***** Eval results *****\n"
            cells = {"global_step": f"{r['step']:.0f}"} | {k if k == "loss" else f"masked_lm_{k}": f"{v:.7g}" for k, v in val.items()}  # fmt: skip
            text += "".join(f"INFO:tensorflow:  {k} = {v}\n" for k, v in sorted(cells.items()))
    return text


def dllogger_log(records: Records) -> str:
    """NVIDIA's DLLogger on a console: epoch, iteration, then names and values behind colons."""
    text, mean = "", None
    for i, r in enumerate(records):
        train, val = parts_of(r)
        clock = f"DLL 2021-03-02 11:{i // 60 % 60:02d}:{i % 60:02d}.401223 - "
        if "loss" in train:
            mean = train["loss"] if mean is None else 0.8 * mean + 0.2 * train["loss"]
            more = "".join(f"  {'learning_rate' if k == 'lr' else k} : {v:.6g}" for k, v in train.items() if k != "loss")  # fmt: skip
            text += f"{clock}Training Epoch: {r['epoch']:.0f} Training Iteration: {r['step']:.0f}  average_loss : {mean:.6f}  step_loss : {train['loss']:.6f}{more} \n"
        if val:
            text += f"{clock}Evaluation Iteration: {r['step']:.0f}  " + "  ".join(f"eval_{k} : {v:.6f}" for k, v in val.items()) + " \n"  # fmt: skip
    return text


def bert_pytorch_dicts(records: Records) -> str:
    """A BERT in PyTorch for learners: a dictionary behind each bar's end, and an average after the epoch."""
    text, steps, mean, last = "", steps_of(records), 0.0, None
    for r in records:
        train, val = parts_of(r)
        mean = train["loss"] if last != r["epoch"] else 0.9 * mean + 0.1 * train["loss"]
        last = r["epoch"]
        shown = {"epoch": int(r["epoch"]), "iter": int(r["step"] - 1) % steps, "avg_loss": mean} | train
        text += str(shown) + "\n"
        if val:
            text += f"EP{r['epoch']:.0f}_test, avg_loss= {val['loss']:.6f}" + "".join(f" {k}= {v:.6f}" for k, v in val.items() if k != "loss") + "\n"  # fmt: skip
    return text


def cramming_log(records: Records) -> str:
    """A script that trains BERT in a day: loss, step, rate and the average in one line with a clock before it."""
    text, mean = "", None
    for i, r in enumerate(records):
        train, val = parts_of(r)
        clock = f"[2022-12-14 08:{i // 60 % 60:02d}:{i % 60:02d},{117 + i % 800:03d}] "
        if "loss" in train:
            mean = train["loss"] if mean is None else 0.9 * mean + 0.1 * train["loss"]
            rate = f" with lr {train['lr']:.6f}" if "lr" in train else ""
            more = "".join(f" {k}: {v:.5g}." for k, v in train.items() if k not in {"loss", "lr"})
            text += f"{clock}Train loss {train['loss']:.4f} at step {r['step']:.0f}{rate}. [Avg: {mean:.4f}]{more} Perf: 0.0412s per step (0.0411s mean).\n"
        if val:
            text += f"{clock}Validation at step {r['step']:.0f}: " + ", ".join(f"{k} {v:.4f}" for k, v in val.items()) + "\n"  # fmt: skip
    return text


def electra_prints(records: Records) -> str:
    """ELECTRA's prints: steps done of all, speed and what remains, then the loss."""
    text, total = "", max(r["step"] for r in records)
    for r in records:
        train, val = parts_of(r)
        if "loss" in train:
            text += f"{r['step']:.0f}/{total:.0f} = {100 * r['step'] / total:.1f}%, SPS: 11.2, ELAP: {r['step'] / 11.2:.0f}, ETA: {(total - r['step']) / 11.2:.0f} - "
            text += ", ".join(f"{k}: {v:.4f}" if abs(v) >= 1e-3 else f"{k}: {v:.3e}" for k, v in train.items()) + "\n"
        if val:
            text += f"{r['step']:.0f}: eval - " + ", ".join(f"{k}: {v:.4f}" for k, v in val.items()) + "\n"
    return text

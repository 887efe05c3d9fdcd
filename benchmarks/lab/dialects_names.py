"""Dialects of translators' tools: fairseq's JSON lines, Sockeye, JoeyNMT, GNMT's tutorial, AllenNLP, OpenNMT-tf, Sacred …"""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

CLOCK = "2023-09-18 14:02"


def fairseq_inner_log(records: Records) -> str:
    """fairseq with --log-format json: ``train_inner | {…}`` and ``valid | {…}``, numbers as strings."""
    text, steps, named = "", steps_of(records), {"grad_norm": "gnorm"}
    for r in records:
        train, val = parts_of(r)
        cells = {"epoch": int(r["epoch"]) + 1, "update": round(r["step"] / steps, 3)}
        cells |= {named.get(k, k): f"{v:.3f}" if k != "lr" else f"{v:.6g}" for k, v in train.items()}
        text += f"{CLOCK}:07 | INFO | train_inner | {json.dumps(cells | {'wps': '21012.4', 'ups': '31.2', 'wpb': '312', 'num_updates': str(int(r['step'])), 'train_wall': '1', 'wall': '12'})}\n"
        if val:
            cells = {"epoch": int(r["epoch"]) + 1} | {f"valid_{k}": f"{v:.3f}" for k, v in val.items()}
            text += f"{CLOCK}:08 | INFO | valid | {json.dumps(cells | {'valid_wps': '51012.4', 'valid_num_updates': str(int(r['step']))})}\n"
    return text


def sockeye_log(records: Records) -> str:
    """Sockeye: speed in between, at a checkpoint the metrics of training and validation."""
    text, at = "", 0
    named = {"ppl": "perplexity", "acc": "accuracy", "loss": "cross-entropy", "nll_loss": "nll", "lr": "learning-rate"}
    for r in records:
        train, val = parts_of(r)
        text += f"[{CLOCK}:07:INFO:sockeye.training:speed] Epoch[{r['epoch']:.0f}] Batch [{r['step']:.0f}]\tSpeed: 2312.41 samples/sec"
        text += "".join(f"\t{named.get(k, k)}={v:.6f}" for k, v in train.items()) + "\n"
        if val:
            at += 1
            head = f"[{CLOCK}:08:INFO:sockeye.training:_create_eval_metric] Checkpoint [{at}]\t"
            text += (
                f"{head}Updates={r['step']:.0f} Epoch={r['epoch']:.0f} Samples={32 * r['step']:.0f} Time-cost=1.204\n"
            )
            text += "".join(f"{head}Train-{named.get(k, k)}={v:.6f}\n" for k, v in train.items() if k != "lr")
            text += "".join(f"{head}Validation-{named.get(k, k)}={v:.6f}\n" for k, v in val.items())
    return text


def joeynmt_log(records: Records) -> str:
    """JoeyNMT's train.log."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        head = f"{CLOCK}:07,118 - INFO - joeynmt.training - "
        text += f"{head}Epoch {r['epoch'] + 1:3.0f}, Step: {r['step']:8.0f}, Batch Loss: {train['loss']:11.6f}, "
        text += f"Batch Acc: {train['acc']:.6f}, " if "acc" in train else ""
        text += f"Tokens per Sec: {9123:8d}, Lr: {train.get('lr', 1e-3):.6f}\n"
        if val:
            cells = ", ".join(f"{k}: {v:6.2f}" for k, v in val.items())
            text += f"{CLOCK}:08,204 - INFO - joeynmt.prediction - Evaluation result (greedy): {cells}, generation: 0.0000[sec], evaluation: 0.4120[sec]\n"
    return text


def nmt_tutorial_log(records: Records) -> str:
    """The NMT tutorial of TensorFlow: perplexities, gN for the gradient's norm."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += (
            f"  step {r['step']:.0f} lr {train.get('lr', 0.001):g} step-time 0.01s wps 21.01K ppl {train['ppl']:.2f}"
        )
        text += f" gN {train['grad_norm']:.2f}" if "grad_norm" in train else ""
        text += " Mon Sep 18 14:02:07 2023\n"
        if "ppl" in val:
            text += f"  eval dev: perplexity {val['ppl']:.2f}, time 0s, Mon Sep 18 14:02:08 2023.\n"
        if "bleu" in val:
            text += f"  bleu dev: {val['bleu']:.1f}\n"
    return text


def minutes_prints(records: Records) -> str:
    """The tutorial's ``0m 12s (- 1m 3s) (500 5%) 2.8123``: only the loss."""
    last, text = max(r["step"] for r in records), ""
    for r in records:
        done, rest = int(r["step"] // 8), int((last - r["step"]) // 8)
        text += f"{done // 60}m {done % 60}s (- {rest // 60}m {rest % 60}s) ({r['step']:.0f} {100 * r['step'] / last:.0f}%) {r['loss']:.4f}\n"
    return text


def notebook_prints(records: Records) -> str:
    """The three lines an epoch of a well known notebook: loss and PPL of training, of validation."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch: {r['epoch'] + 1:02.0f} | Time: 0m 1s\n\tTrain Loss: {train['loss']:.3f}"
        text += f" | Train PPL: {train['ppl']:7.3f}\n" if "ppl" in train else "\n"
        if "loss" in val:
            text += f"\t Val. Loss: {val['loss']:.3f}" + (
                f" |  Val. PPL: {val['ppl']:7.3f}\n" if "ppl" in val else "\n"
            )
    return text


def allennlp_console(records: Records) -> str:
    """AllenNLP's console logger: names, training and validation in columns."""
    text, head = "", f"{CLOCK}:07,118 - INFO - allennlp.training.callbacks.console_logger - "
    for r in records:
        train, val = parts_of(r)
        text += f"{CLOCK}:06,902 - INFO - allennlp.training.gradient_descent_trainer - Epoch {r['epoch']:.0f}/{len(records) - 1}\n"
        text += head + " " * 20 + "Training |  Validation\n"
        for name in dict.fromkeys([*train, *val]):
            cells = [f"{part[name]:8.3f}" if name in part else "   N/A  " for part in (train, val)]
            text += f"{head}{name:<18} | {cells[0]}  | {cells[1]}\n"
    return text


def opennmt_tf_log(records: Records) -> str:
    """OpenNMT-tf."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"{CLOCK}:07.118000: I runner.py:281] Step = {r['step']:.0f} ; steps/s = 31.20, tokens/s = 21012 (21012 target) ; "
        text += f"Learning rate = {train.get('lr', 1e-3):.6f} ; Loss = {train['loss']:.6f}\n"
        if val:
            text += f"{CLOCK}:08.204000: I evaluation.py:299] Evaluation result for step {r['step']:.0f}: "
            text += " ".join(f"{'perplexity' if k == 'ppl' else k}: {v:.6f}" for k, v in val.items()) + "\n"
    return text


def seq2seq_trainer_dicts(records: Records) -> str:
    """What the Seq2SeqTrainer prints: dicts; the evaluation's with ``eval_`` and a generation length."""
    text, steps = "", steps_of(records)
    named = {"lr": "learning_rate", "acc": "accuracy", "exact": "exact_match"}
    for r in records:
        train, val = parts_of(r)
        at = round(r["step"] / steps, 2)
        text += repr({named.get(k, k): float(f"{v:.4g}") for k, v in train.items()} | {"epoch": at}) + "\n"
        if val:
            shown = {f"eval_{named.get(k, k)}": float(f"{v:.6g}") for k, v in val.items()}
            text += repr(shown | {"eval_gen_len": 9.12, "eval_runtime": 0.2101, "eval_steps_per_second": 19.04, "epoch": at}) + "\n"  # fmt: skip
    return text


def keras_verbose_two(records: Records) -> str:
    """Keras 3 with verbose=2."""
    text, steps = "", steps_of(records)
    for r in records:
        cells = sorted((k, v) for k, v in r.items() if k not in {"step", "epoch"})
        cells.sort(key=lambda cell: cell[0].startswith("val_"))
        text += f"Epoch {r['epoch'] + 1:.0f}/{len(records)}\n{steps}/{steps} - 1s - 35ms/step - "
        text += " - ".join(f"{'learning_rate' if k == 'lr' else k.replace('acc', 'accuracy')}: {v:.4{'e' if k == 'lr' or abs(v) < 1e-3 else 'f'}}" for k, v in cells) + "\n"  # fmt: skip
    return text


def sacred_metrics_json(records: Records) -> str:
    """Sacred's metrics.json: each metric with its steps and values."""
    found: dict[str, dict[str, list]] = {}
    for r in records:
        for part, values in zip(("train", "valid"), parts_of(r), strict=True):
            for name, value in values.items():
                row = found.setdefault(f"{part}.{name}", {"steps": [], "timestamps": [], "values": []})
                row["steps"].append(int(r["step"]))
                row["timestamps"].append(f"2023-09-18T14:02:{int(r['step']) % 60:02d}.118000")
                row["values"].append(value)
    return json.dumps(found, indent=2)

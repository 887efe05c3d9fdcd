"""Dialects of trainings of sentence and picture vectors: model cards, evaluators, DPR, VSE++, open_clip with terms, SimCLR."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, clock, parts_of, steps_of

CARD = {
    "loss": "Validation Loss", "spearman": "sts-dev_spearman_cosine", "r1": "pairs-dev_cosine_recall@1", "r5": "pairs-dev_cosine_recall@5",
    "mrr": "pairs-dev_cosine_mrr@10", "acc": "all-nli-dev_cosine_accuracy",
}  # fmt: skip


def sbert_card_table(records: Records) -> str:
    """The table "Training Logs" of a model card by sentence-transformers: a dash where nothing was measured."""
    steps = steps_of(records)
    names = [k for k in dict.fromkeys(k for r in records for k in parts_of(r)[1]) if k in CARD]
    heads = ["Epoch", "Step", "Training Loss", *(CARD[k] for k in names)]
    rows = []
    for r in records:
        train, val = parts_of(r)
        shown = [f"{train['loss']:.4f}" if "loss" in train else "-"]
        rows.append([f"{r['step'] / steps:.4f}".rstrip("0"), f"{r['step']:.0f}", *shown, *(f"{val[k]:.4f}" if k in val else "-" for k in names)])  # fmt: skip
    wide = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    text = "### Training Logs\n| " + " | ".join(h.ljust(w) for h, w in zip(heads, wide, strict=True)) + " |\n"
    text += "|" + "|".join(":" + "-" * w + ":" for w in wide) + "|\n"
    return text + "".join(
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, wide, strict=True)) + " |\n" for row in rows
    )


def sbert_evaluator_log(records: Records) -> str:
    """The trainer's dicts with the lines of the evaluators between them, as with logging at INFO."""
    steps, text = steps_of(records), ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        at, head = round(r["step"] / steps, 4), clock(i)[:19] + " - "
        named = {"lr": "learning_rate", "norm": "grad_norm"}
        text += str({named.get(k, k): float(f"{v:.5g}") for k, v in train.items()} | {"epoch": at}) + "\n"
        if "spearman" in val:
            text += f"{head}EmbeddingSimilarityEvaluator: Evaluating the model on the sts-dev dataset in epoch {at} after {r['step']:.0f} steps:\n"
            text += (
                f"{head}Cosine-Similarity :\tPearson: {0.98 * val['spearman']:.4f}\tSpearman: {val['spearman']:.4f}\n"
            )
        if "r1" in val:
            text += f"{head}InformationRetrievalEvaluator: Evaluating the model on the pairs-dev dataset in epoch {at} after {r['step']:.0f} steps:\n"
            text += f"{head}Queries: 256\n{head}Corpus: 256\n\n{head}Score-Function: cosine\n"
            text += "".join(f"{head}Accuracy@{k}: {100 * val[f'r{k}']:.2f}%\n" for k in (1, 5, 10) if f"r{k}" in val)
            text += f"{head}MRR@10: {val['mrr']:.4f}\n" if "mrr" in val else ""
        if val:
            shown = {
                "loss": "eval_loss",
                "spearman": "eval_sts-dev_spearman_cosine",
                "r1": "eval_pairs-dev_cosine_accuracy@1",
            }
            text += str({shown.get(k, f"eval_{k}"): float(f"{v:.6g}") for k, v in val.items()} | {"eval_runtime": 0.2214, "eval_samples_per_second": 1156.2, "epoch": at}) + "\n"  # fmt: skip
    return text


def dpr_log(records: Records) -> str:
    """DPR's train_dense_encoder.py: steps, averages over the last batches, NLL and average rank of the validation."""
    text, steps, last = "", steps_of(records), 0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        head = f"[140213] {clock(i)} [INFO] root: "
        at = int(r["step"] - 1) % steps + 1
        text += (
            f"{head}Epoch: {r['epoch']:.0f}: Step: {at}/{steps}, loss={train['loss']:f}, lr={train.get('lr', 2e-5):f}\n"
        )
        text += f"{head}Train batch {at}\n{head}Avg. loss per last {int(r['step']) - last} batches: {train['loss']:f}\n"
        last = int(r["step"])
        if "loss" in val:
            hit = f"{round(256 * val['acc'])}/256 ~  {val['acc']:f}" if "acc" in val else f"0/256 ~  {0:f}"
            text += f"{head}NLL validation ...\n{head}Eval step: 4 , used_time=0.412 sec., loss={val['loss']:f} \n"
            text += f"{head}NLL Validation: loss = {val['loss']:f}. correct prediction ratio  {hit}\n"
        if "rank" in val:
            text += f"{head}Average rank validation ...\n{head}Av.rank validation: average rank {val['rank']}, total questions=256\n"
    return text


def vsepp_log(records: Records) -> str:
    """VSE++ and its many children: Le with its mean in brackets, then recalls of both directions in percent."""
    text, steps, mean, last = "", steps_of(records), 0.0, -1.0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        mean, last = (train["loss"] if r["epoch"] != last else 0.8 * mean + 0.2 * train["loss"]), r["epoch"]
        text += f"{clock(i)} Epoch: [{r['epoch']:.0f}][{int(r['step'] - 1) % steps}/{steps}]\tEit {r['step']:.0f}  lr {train.get('lr', 2e-4):.6g}  "
        text += f"Le {train['loss']:.4f} ({mean:.4f})\tTime 0.038 (0.000)\tData 0.002 (0.000)\t\n"
        if "loss" in val:
            text += f"{clock(i)} Test: [0/4]\tLe {val['loss']:.4f} ({val['loss']:.4f})\tTime 0.011 (0.000)\t\n"
        if "r1" in val:
            shown = ", ".join(f"{100 * val[k]:.1f}" for k in ("r1", "r5", "r10") if k in val)
            rank = f", {max(1, round(0.4 * val['rank'])):.1f}, {val['rank']:.1f}" if "rank" in val else ""
            text += f"{clock(i)} Image to text: {shown}{rank}\n{clock(i)} Text to image: {shown}{rank}\n"
    return text


def open_clip_terms_log(records: Records) -> str:
    """open_clip of today: the logit scale and each term with its mean, the evaluation in tabs."""
    text, steps, mean = "", steps_of(records), {}
    for r in records:
        train, val = parts_of(r)
        i, e = int(r["step"] - 1) % steps + 1, int(r["epoch"])
        terms = {f"{k.capitalize()}_loss": v for k, v in train.items() if k in {"contrastive", "caption"}} or {"Contrastive_loss": train["loss"]}  # fmt: skip
        terms["Loss"] = train["loss"]
        mean = {k: 0.7 * mean.get(k, v) + 0.3 * v for k, v in terms.items()}
        text += f"2024-06-11,09:21:40 | INFO | Train Epoch: {e} [{64 * i:>5}/{64 * steps} ({100 * i / steps:.0f}%)] Data (t): 0.002 Batch (t): 0.014, "
        text += f"4571.2/s, 4571.2/s/gpu LR: {train.get('lr', 5e-4):.6f} Logit Scale: {train.get('logit_scale', 14.286):.3f} "
        text += " ".join(f"{k}: {v:#.5g} ({mean[k]:#.5g})" for k, v in terms.items()) + "\n"
        if val:
            named = {"loss": "clip_val_loss", "r1": "image_to_text_R@1", "r5": "image_to_text_R@5", "r10": "image_to_text_R@10", "rank": "image_to_text_mean_rank"}  # fmt: skip
            text += f"2024-06-11,09:21:41 | INFO | Eval Epoch: {e + 1} "
            text += "\t".join(f"{named.get(k, k)}: {v:.4f}" for k, v in val.items())
            text += f"\tepoch: {e + 1:.4f}\tnum_samples: 256.0000\n"
    return text


def open_clip_results_json_lines(records: Records) -> str:
    """results.jsonl of open_clip beside the losses that a user dumps into the same file."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        named = {
            "loss": "clip_val_loss",
            "r1": "image_to_text_R@1",
            "r5": "image_to_text_R@5",
            "rank": "image_to_text_mean_rank",
        }
        text += json.dumps({f"train/{k}": v for k, v in train.items()} | {named.get(k, k): v for k, v in val.items()} | {"epoch": int(r["epoch"]) + 1, "num_samples": 256}) + "\n"  # fmt: skip
    return text


def simclr_debug_log(records: Records) -> str:
    """training.log of a well-known SimCLR in PyTorch: the root logger's lines at DEBUG, accuracy in percent."""
    text = "INFO:root:Start SimCLR training for 200 epochs.\nINFO:root:Training with gpu: True.\n"
    for r in records:
        top = f"\tTop1 accuracy: {100 * r['acc']}" if "acc" in r else ""
        text += f"DEBUG:root:Epoch: {r['epoch']:.0f}\tLoss: {r['loss']}{top}\n"
    return text + "INFO:root:Training has finished.\n"


def retrieval_prints(records: Records) -> str:
    """A home-made print: ``epoch 03 | loss 2.1034 | dev_loss 2.3301 | R@1 12.5% R@5 40.2% | MRR 0.231 | rho 0.52 | T 14.3``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        cells = [f"epoch {r['epoch'] + 1:02.0f}", f"loss {train['loss']:.4f}"]
        cells += [f"dev_loss {val['loss']:.4f}"] if "loss" in val else []
        recalls = [f"R@{k[1:]} {100 * v:.1f}%" for k, v in val.items() if k in {"r1", "r5", "r10"}]
        cells += [" ".join(recalls)] if recalls else []
        cells += [
            f"{name} {val[k]:.3f}" for k, name in (("mrr", "MRR"), ("spearman", "rho"), ("acc", "acc")) if k in val
        ]
        cells += [f"T {train['logit_scale']:.2f}"] if "logit_scale" in train else []
        cells += [f"lr {train['lr']:.2e}"] if "lr" in train else []
        text += " | ".join(cells) + "\n"
    return text

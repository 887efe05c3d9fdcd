"""Dialects of those who tune language models: swift, Llama recipes, torchtune, xtuner, axolotl, unsloth, open-instruct, hosted tuning; pairs."""

from __future__ import annotations

import json
import math

from benchmarks.lab.records import Records, parts_of


def _per_epoch(records: Records) -> int:
    """Updates in an epoch, where the last one may have been broken off."""
    return max(1, math.ceil(max(r["step"] / (r["epoch"] + 1) for r in records)))


def _within(r: dict[str, float], per: int) -> int:
    """The update's number in its epoch, from 1."""
    return int(min(per, max(1, r["step"] - per * r["epoch"])))


def _bar(at: int, total: int) -> str:
    return f"{100 * at // total:3d}%|{'█' * (10 * at // total):<10}| {at}/{total}"


def swift_logging_json_lines(records: Records) -> str:
    """ms-swift's logging.jsonl: token_acc, memory and speed beside the figures, the step as a fraction in text."""
    text, last, steps = "", int(max(r["step"] for r in records)), _per_epoch(records)
    names = {"lr": "learning_rate", "acc": "token_acc"}
    for r in records:
        train, val = parts_of(r)
        at = {"epoch": round(r["step"] / steps, 8), "global_step/max_steps": f"{r['step']:.0f}/{last}", "percentage": f"{100 * r['step'] / last:.2f}%",
              "elapsed_time": f"{int(r['step'] // 4)}s", "remaining_time": f"{int((last - r['step']) // 4)}s"}  # fmt: skip
        more = {"memory(GiB)": 8.42, "train_speed(iter/s)": 4.012}
        text += json.dumps({names.get(k, k): v for k, v in train.items()} | at | more) + "\n" if train else ""
        timed = {"eval_runtime": 1.1032, "eval_samples_per_second": 87.02, "eval_steps_per_second": 10.88}
        text += json.dumps({f"eval_{names.get(k, k)}": v for k, v in val.items()} | timed | at) + "\n" if val else ""
    return text


def llama_recipes_log(records: Records) -> str:
    """Meta's recipes: the loss in the bar's description, evaluations as tensors, an epoch's line at its end."""
    text, steps, epochs = "", _per_epoch(records), int(max(r["epoch"] for r in records)) + 1
    best, pile = float("inf"), []
    for r, after in zip(records, [*records[1:], None], strict=True):
        at = _within(r, steps) - 1
        if "loss" in r:
            pile.append(r["loss"])
            text += f"\rTraining Epoch: {r['epoch'] + 1:.0f}/{epochs}, step {at}/{steps} completed (loss: {r['loss']}): {_bar(at + 1, steps)} [00:31<00:09,  2.52it/s]"
        if "val_loss" in r:
            ppl = 2.718281828 ** min(20.0, r["val_loss"])
            text += f"\nevaluating Epoch: {_bar(12, 12)} [00:01<00:00,  9.69it/s]\n eval_ppl=tensor({ppl:.4f}, device='cuda:0') eval_epoch_loss=tensor({r['val_loss']:.4f}, device='cuda:0')\n"
            if r["val_loss"] < best:
                best = r["val_loss"]
                text += f"best eval loss on epoch {r['epoch'] + 1:.0f} is {best}\n"
        if pile and (after is None or after["epoch"] != r["epoch"]):
            mean = sum(pile) / len(pile)
            text += f"\nEpoch {r['epoch'] + 1:.0f}: train_perplexity={2.718281828 ** min(20.0, mean):.4f}, train_epoch_loss={mean:.4f}, epoch time 41.2061933s\n"
            pile = []
    return text


def torchtune_bars(records: Records) -> str:
    """torchtune's console: ``epoch|step|Loss`` before the bar, rewritten in place."""
    text, steps = "", _per_epoch(records)
    for before, r in zip([records[0], *records], records, strict=False):
        at = _within(r, steps)
        text += "\n" if before["epoch"] != r["epoch"] else ""
        text += f"\r{r['epoch'] + 1:.0f}|{r['step']:.0f}|Loss: {r['loss']}: {_bar(at, steps)} [00:{at % 60:02d}<00:20,  3.91it/s]"
    return text + "\n"


def xtuner_log(records: Records) -> str:
    """xtuner's runner: Iter(train) of the whole run, eight digits of the rate, four of the loss."""
    text, last = "", int(max(r["step"] for r in records))
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"2024/02/19 16:{i // 60 % 60:02d}:{i % 60:02d} - mmengine - INFO - "
        cells = "".join(f"  {k}: {v:.4f}" for k, v in train.items() if k not in {"lr", "loss"})
        if "loss" in train:
            text += f"{stamp}Iter(train) [{r['step']:4.0f}/{last}]  lr: {train.get('lr', 2e-4):.4e}  eta: 0:{(last - int(r['step'])) // 60:02d}:11  time: 0.9312  data_time: 0.0081  memory: 9104  loss: {train['loss']:.4f}{cells}\n"
        if val:
            text += (
                f"{stamp}Iter(val) [12/12]  "
                + "  ".join(f"{k}: {v:.4f}" for k, v in val.items())
                + "  data_time: 0.0031  time: 0.2210\n"
            )
    return text


def axolotl_dicts(records: Records) -> str:
    """axolotl's console: a few INFO lines, then dicts with perplexity, memory and tokens a second, all in quotes."""
    names, steps = {"lr": "learning_rate"}, _per_epoch(records)
    text = "[2025-09-04 10:12:31,402] [INFO] [axolotl.train.train:182] [PID:713] Starting trainer...\n"
    text += "[2025-09-04 10:12:33,118] [INFO] [axolotl.utils.samplers.multipack] [PID:713] gather_len_batches: [24]\n"
    for r in records:
        train, val = parts_of(r)
        at, memory = {"epoch": f"{r['step'] / steps:.4g}"}, {"memory/max_active (GiB)": "11.42", "memory/max_allocated (GiB)": "11.42", "memory/device_reserved (GiB)": "12.8"}  # fmt: skip
        if train:
            speed = {"tokens/train_per_sec_per_gpu": f"{1490 + 7 * (int(r['step']) % 11)}"}
            ppl = {"ppl": f"{2.718281828 ** min(20.0, train['loss']):.5g}"} if "loss" in train else {}
            text += str({names.get(k, k): f"{v:.4g}" for k, v in train.items()} | ppl | memory | speed | at) + "\n"
        if val:
            timed = {"eval_runtime": "1.103", "eval_samples_per_second": "87.02", "eval_steps_per_second": "10.88"}
            text += str({f"eval_{k}": f"{v:.4g}" for k, v in val.items()} | timed | memory | at) + "\n"
    return text


def unsloth_table(records: Records) -> str:
    """The banner of unsloth, then the notebook's table of steps and losses pasted as text."""
    last, epochs = max(r["step"] for r in records), int(max(r["epoch"] for r in records)) + 1
    text = "==((====))==  Unsloth - 2x faster free finetuning | Num GPUs used = 1\n"
    text += f"   \\\\   /|    Num examples = 1,200 | Num Epochs = {epochs} | Total steps = {last:.0f}\n"
    text += "O^O/ \\_/ \\    Batch size per device = 2 | Gradient accumulation steps = 4\n"
    text += "\\        /    Data Parallel GPUs = 1 | Total batch size (2 x 4 x 1) = 8\n"
    text += ' "-____-"     Trainable parameters = 41,943,040/8,072,204,288 (0.52% trained)\n'
    text += f" [{last:.0f}/{last:.0f} 06:12, Epoch 0/{epochs}]\nStep\tTraining Loss\n"
    return text + "".join(f"{r['step']:.0f}\t{r['loss']:.6f}\n" for r in records)


def open_instruct_log(records: Records) -> str:
    """open-instruct's finetune.py: ``Step: 12, LR: 2e-05, Loss: 0.97`` behind the logger's head."""
    text, head = "", "06/21/2024 09:12:{:02d} - INFO - __main__ -   "
    for i, r in enumerate(records):
        train, val = parts_of(r)
        if "loss" in train:
            text += (
                head.format(i % 60)
                + f"  Step: {r['step']:.0f}, LR: {train.get('lr', 2e-5)}, Loss: {train['loss']}, TPS: 3120.4\n"
            )
        if val:
            text += (
                head.format(i % 60)
                + f"epoch {r['epoch']:.0f}: perplexity: {2.718281828 ** min(20.0, val['loss'])} eval_loss: {val['loss']}\n"
            )
    return text


def openai_results_csv(records: Records) -> str:
    """The results.csv of a hosted tuning: a row a step, cells of validation empty where there was none."""
    names = ["step", "train_loss", "train_accuracy", "valid_loss", "valid_mean_token_accuracy"]
    keys = ["step", "loss", "acc", "val_loss", "val_acc"]
    rows = [",".join(f"{r[k]:.5f}" if k in r and k != "step" else f"{r.get(k, ''):.0f}" if k in r else "" for k in keys) for r in records]  # fmt: skip
    return "\n".join([",".join(names), *rows]) + "\n"


def dpo_reference_log(records: Records) -> str:
    """The first public DPO code: ``train stats after N examples: {…}``, numbers in quotes, rewards_train/… and loss/train."""
    text = ""
    for r in records:
        examples = int(r["step"]) * 32
        for head, part in zip(("train", "eval"), parts_of(r), strict=True):
            cells = {}
            for k, v in part.items():
                first, _, rest = k.partition("/")
                name = f"{first}_{head}/{rest}" if rest else f"loss/{head}" if k == "loss" else k
                cells[name] = f"{v:.5g}"
            if head == "train" and cells:
                cells |= {"examples_per_second": "41.207"}
                more = {"counters/examples": examples, "counters/updates": int(r["step"])}
                text += f"train stats after {examples} examples: {cells | more}\n"
            elif cells:
                text += f"eval after {examples}: {cells}\n"
    return text


def mlx_dpo_log(records: Records) -> str:
    """MLX-LM with preferences: rewards, accuracy and margin between the loss and the rate."""
    text = f"Starting DPO training..., iters: {max(r['step'] for r in records):.0f}\n"
    names = {"rewards/chosen": "chosen reward", "rewards/rejected": "rejected reward", "rewards/accuracies": "accuracy", "rewards/margins": "margin"}  # fmt: skip
    for r in records:
        train, val = parts_of(r)
        if val:
            cells = "".join(f"Val {names.get(k, k)} {v:.3f}, " for k, v in val.items() if k != "loss")
            text += f"Iter {r['step'] or 1:.0f}: Val loss {val['loss']:.8f}, {cells}Val took 0.655s\n"
        if "loss" in train:
            cells = "".join(f"{names.get(k, k).capitalize()} {v:.3f}, " for k, v in train.items() if k not in {"loss", "lr"})  # fmt: skip
            text += f"Iter {r['step']:.0f}: Train loss {train['loss']:.8f}, {cells}Learning Rate {train.get('lr', 1e-5):.3e}, It/sec 0.678, Tokens/sec 685.863, Peak mem 7.767 GB\n"
    return text


def deepspeed_reward_log(records: Records) -> str:
    """DeepSpeed-Chat's second step: the mean loss of an epoch, chosen_last_scores and acc behind colons."""
    text, epochs, pile = "***** Running training *****\n", int(max(r["epoch"] for r in records)) + 1, []
    for r in records:
        train, val = parts_of(r)
        pile += [train["loss"]] if "loss" in train else []
        if val:
            e = int(r["epoch"]) + bool(r["step"])
            text += f"Epoch {e}/{epochs} with loss {sum(pile) / len(pile)}\n" if pile else ""
            text += f"***** Evaluating reward, Epoch {e}/{epochs} *****\n"
            more = f"rejected_last_scores (lower is better) : {val['rewards/rejected']}, " if "rewards/rejected" in val else ""  # fmt: skip
            text += f"chosen_last_scores (higher is better) : {val.get('rewards/chosen', 0.0)}, {more}acc (higher is better) : {val['rewards/accuracies']}\n"
            text += f"eval loss : {val['loss']}\n" if "loss" in val else ""
            pile = []
    return text


def openrlhf_bars(records: Records) -> str:
    """OpenRLHF: a bar an epoch, figures in its postfix; evaluations are bars too."""
    names = {"rewards/chosen": "chosen_reward", "rewards/rejected": "reject_reward", "rewards/accuracies": "acc", "rewards/margins": "reward_diff"}  # fmt: skip
    text, steps = "", _per_epoch(records)
    for before, r in zip([records[0], *records], records, strict=False):
        train, val = parts_of(r)
        at = _within(r, steps)
        text += "\n" if before["epoch"] != r["epoch"] else ""
        if train:
            cells = ", ".join(f"{names.get(k, k)}={v:.4g}" for k, v in train.items())
            text += f"\rTrain step of epoch {r['epoch']:.0f}: {_bar(at, steps)} [00:{at % 60:02d}<00:20,  4.12it/s, {cells}]"
        if val:
            cells = ", ".join(f"{'eval_loss' if k == 'loss' else names.get(k, k)}={v:.4g}" for k, v in val.items())
            text += f"\nEval stage of steps {r['step']:.0f}: {_bar(10, 10)} [00:01<00:00,  9.11it/s, {cells}]\n"
    return text + "\n"


def pairs_prints(records: Records) -> str:
    """Prints of somebody's own loop: bars between, train and val of the same figure around a slash."""
    text = ""
    names = {"rewards/accuracies": "acc", "rewards/margins": "margin", "rewards/chosen": "r+", "rewards/rejected": "r-"}
    for r in records:
        train, val = parts_of(r)
        cells = [f"step {r['step']:5.0f}"] + [f"{names.get(k, k)} {v:.3e}" if k == "lr" else f"{names.get(k, k)} {v:.4f}" for k, v in train.items()]  # fmt: skip
        text += " | ".join(cells + [f"val {names.get(k, k)} {v:.4f}" for k, v in val.items()]) + "\n"
    return text

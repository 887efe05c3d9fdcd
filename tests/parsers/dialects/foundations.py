"""Trainers of language models with loggers of their own, and what is told behind its epoch: OLMo-core to nnU-Net."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "OLMo-core, the logger in brackets": (
        rows(
            "2026-05-02 10:00:00 INFO [olmo_core.train.callbacks.console_logger:68] [step={0}/400,epoch=1,eta=5h11m]\n"
            "    train/CE loss={1}\n    train/Z loss={2}\n    optim/LR (group 0)={3}\n"
            "2026-05-02 10:01:00 INFO [olmo_core.train.callbacks.evaluator_callback:90] [eval=lm,step=12/25]\n"
            "2026-05-02 10:02:00 INFO [olmo_core.train.callbacks.evaluator_callback:120] Eval metrics:\n"
            "    pile-validation/CE loss={4}\n",
            (100, 2.5, 0.25, "5.0E-04", 2.75), (200, 1.5, 0.125, "2.5E-04", 1.75), (300, 1.25, 0.375, "1.25E-04", 1.5),
        ),
        {
            "train/CE loss": ("loss", "train", "step", [100, 200, 300], [2.5, 1.5, 1.25]),
            "train/Z loss": ("loss", "train", "step", [100, 200, 300], [0.25, 0.125, 0.375]),
            "optim/LR_group0": ("learning_rate", "none", "step", [100, 200, 300], [5e-4, 2.5e-4, 1.25e-4]),
            "pile-validation/CE loss": ("loss", "val", "step", [100, 200, 300], [2.75, 1.75, 1.5]),
        },
    ),
    "OLMo-core, the logger between tabs": (
        rows(
            "2026-05-02 10:00:00.114\tnode-7:0\tolmo_core.train.callbacks.console_logger:68\tINFO\t"
            "[step={0}/400,epoch=1]\n"
            "    train/CE loss={1}\n    optim/total grad norm={2}\n",
            (100, 2.5, 0.25), (200, 1.5, 0.125), (300, 1.25, 0.375),
        ),
        {
            "train/CE loss": ("loss", "train", "step", [100, 200, 300], [2.5, 1.5, 1.25]),
            "optim/total grad norm": ("grad_norm", "none", "step", [100, 200, 300], [0.25, 0.125, 0.375]),
        },
    ),
    "Composer, loss and perplexity of the language": (
        rows(
            "[batch={0}/400]:\n\t Train LanguageCrossEntropy: {1}\n\t Train loss/train/total: {2}\n"
            "[Eval batch=8/8] Eval on eval data:\n\t Eval LanguageCrossEntropy: {3}\n\t Eval LanguagePerplexity: {4}\n",
            (100, 2.5, 2.625, 2.75, 15.5), (200, 1.5, 1.625, 1.75, 5.75), (300, 1.25, 1.375, 1.5, 4.5),
        ),
        {
            "Train LanguageCrossEntropy": ("cross_entropy", "train", "step", [100, 200, 300], [2.5, 1.5, 1.25]),
            "Train loss/train/total": ("loss", "train", "step", [100, 200, 300], [2.625, 1.625, 1.375]),
            "Eval LanguageCrossEntropy": ("cross_entropy", "val", "step", [100, 200, 300], [2.75, 1.75, 1.5]),
            "Eval LanguagePerplexity": ("perplexity", "val", "step", [100, 200, 300], [15.5, 5.75, 4.5]),
        },
    ),
    "a count before its unit, and the tokens seen": (
        rows(
            "{0:6d} it      9.5k tok | loss {1} | lm {2} | aux {3} | norm 0.5000\n"
            "          dev | loss {4} | ppl 9.5000\n",
            (100, "2.6250", "2.5000", "0.1250", "2.7500"), (200, "1.6250", "1.5000", "0.1250", "1.7500"),
            (300, "1.3750", "1.2500", "0.1250", "1.5000"),
        ),
        {
            "loss": ("loss", "train", "step", [100, 200, 300], [2.625, 1.625, 1.375]),
            "lm": ("unknown", "none", "step", [100, 200, 300], [2.5, 1.5, 1.25]),
            "aux": ("unknown", "none", "step", [100, 200, 300], [0.125, 0.125, 0.125]),
            "val/loss": ("loss", "val", "step", [100, 200, 300], [2.75, 1.75, 1.5]),
        },
    ),
    "mlx, pairs of answers": (
        rows(
            "Iter {0}: Train loss {1}, Chosen reward {2}, Rejected reward {3}, Learning Rate 1.000e-05\n",
            (10, 0.75, 0.125, -0.25), (20, 0.5, 0.25, -0.5), (30, 0.375, 0.5, -0.75),
        ),
        {
            "Train loss": ("loss", "train", "step", [10, 20, 30], [0.75, 0.5, 0.375]),
            "train/Chosen reward": ("reward", "train", "step", [10, 20, 30], [0.125, 0.25, 0.5]),
            "train/Rejected reward": ("reward", "train", "step", [10, 20, 30], [-0.25, -0.5, -0.75]),
        },
    ),
    "DeepSpeed-Chat, scores of answers": (
        rows(
            "Epoch {0}/4 with loss {1}\n***** Evaluating reward, Epoch {0}/4 *****\n"
            "chosen_last_scores (higher is better) : {2}, rejected_last_scores (lower is better) : {3}, "
            "acc (higher is better) : {4}\n",
            (1, 0.75, 0.125, -0.25, 0.5), (2, 0.5, 0.25, -0.5, 0.625), (3, 0.375, 0.5, -0.75, 0.75),
        ),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.375]),
            "val/chosen_last_scores": ("reward", "val", "epoch", [1, 2, 3], [0.125, 0.25, 0.5]),
            "val/rejected_last_scores": ("reward", "val", "epoch", [1, 2, 3], [-0.25, -0.5, -0.75]),
            "val/acc": ("accuracy", "val", "epoch", [1, 2, 3], [0.5, 0.625, 0.75]),
        },
    ),
    "nnU-Net, a class that no case held": (
        rows(
            "2026-05-02 10:00:00.1: Epoch {0} \n2026-05-02 10:01:00.1: train_loss {1} \n"
            "2026-05-02 10:02:00.1: val_loss {1}\n"
            "2026-05-02 10:02:00.1: Pseudo dice [np.float32({2}), np.float32(nan), np.float32({3})] \n"
            "2026-05-02 10:02:00.1: Epoch time: {4} s\n",
            (0, -0.25, 0.25, 0.75, 0.5), (1, -0.5, 0.5, 0.75, 0.625), (2, -0.75, 0.75, 1.0, 0.875),
        ),
        {
            "train_loss": ("loss", "train", "epoch", [0, 1, 2], [-0.25, -0.5, -0.75]),
            "val_loss": ("loss", "val", "epoch", [0, 1, 2], [-0.25, -0.5, -0.75]),
            "Pseudo dice": ("dice", "val", "epoch", [0, 1, 2], [0.5, 0.625, 0.875]),
        },
    ),
    "an epoch told when it is over": (
        rows(
            "Step=0 Loss={1}\nStep=10 Loss={2}\nTest Accuracy={3}\nEpoch={0} end\n",
            (1, 2.5, 2.25, 50.0), (2, 1.5, 1.25, 75.0), (3, 1.0, 0.75, 80.0),
        ),
        {
            "Loss": ("loss", "train", "epoch", [0, 0.5, 1, 1.5, 2, 2.5], [2.5, 2.25, 1.5, 1.25, 1.0, 0.75]),
            "Test Accuracy": ("accuracy", "test", "epoch", [1, 2, 3], [50, 75, 80]),
        },
    ),
    "simpletransformers: metrics beside the loss of an evaluation": (
        rows(
            "Epochs {0}/3. Running Loss: {1}: 100%|##########| 9/9 [00:01<00:00,  8.50it/s]\n"
            "INFO:classification_model:{{'mcc': {2}, 'acc': {3}, 'eval_loss': {4}}}\n",
            (1, 0.75, 0.125, 0.5, 0.875), (2, 0.5, 0.25, 0.625, 0.625), (3, 0.25, 0.5, 0.75, 0.5),
        ),
        {
            "Running Loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val/mcc": ("mcc", "val", "epoch", [1, 2, 3], [0.125, 0.25, 0.5]),
            "val/acc": ("accuracy", "val", "epoch", [1, 2, 3], [0.5, 0.625, 0.75]),
            "eval_loss": ("loss", "val", "epoch", [1, 2, 3], [0.875, 0.625, 0.5]),
        },
    ),
    "XLA, one replica": (
        rows("[xla:0]({0}) Loss={1} Rate=55.19 GlobalRate=55.19 Time=Mon Sep 16 21:35:07 2019\n",
             (0, 2.5), (20, 1.5), (40, 1.25)),
        {"Loss": ("loss", "train", "step", [0, 20, 40], [2.5, 1.5, 1.25])},
    ),
    "torchtitan, ranks that do not say who they are": (
        "".join(
            f"[titan] 2026-05-02 10:00:00,5 - INFO - step:  {step}  loss:  {loss}  grad_norm: {norm}  tps: {tps}\n"
            for step, loss, norm in ((1, 2.5, 0.25), (2, 1.5, 0.125), (3, 1.25, 0.375))
            for tps in ("10,050", "10,049", "10,050", "10,048")
        ),
        {
            "loss": ("loss", "train", "step", [1, 2, 3], [2.5, 1.5, 1.25]),
            "grad_norm": ("grad_norm", "none", "step", [1, 2, 3], [0.25, 0.125, 0.375]),
        },
    ),
    "steps before a bar": (
        rows("{0} | loss {1} | lr 3.000000e-04 | 13808.97ms\n", (40, 2.5), (50, 1.5), (60, 1.25)),
        {"loss": ("loss", "train", "step", [40, 50, 60], [2.5, 1.5, 1.25])},
    ),
    "sd-scripts: a bar of the whole run among lines that count epochs": (
        rows(
            "steps:  38%|####      | {0}/96 [13:09<21:55, 21.93s/it, avr_loss={1}]\n"
            "steps:  38%|####      | {0}/96 [13:09<21:55, 21.93s/it, avr_loss={2}]\n"
            "INFO:dataset:epoch is incremented. current_epoch: 6, epoch: 7\n",
            (36, 2.5, 1.5), (37, 1.5, 1.25), (38, 1.25, 1.0),
        ),
        {"avr_loss": ("loss", "train", "step", [36, 37, 38], [1.5, 1.25, 1.0])},
    ),
    "trl: how unsure the model is, beside the loss of its evaluation": (
        rows(
            "{{'loss': {1}, 'entropy': {2}, 'epoch': {0}}}\n{{'eval_loss': {3}, 'eval_entropy': {2}, 'epoch': {0}}}\n",
            (0.25, 2.5, 1.75, 2.75), (0.5, 1.5, 1.625, 1.75), (0.75, 1.25, 1.5, 1.5),
        ),
        {
            "loss": ("loss", "train", "epoch", [0.25, 0.5, 0.75], [2.5, 1.5, 1.25]),
            "eval_loss": ("loss", "val", "epoch", [0.25, 0.5, 0.75], [2.75, 1.75, 1.5]),
            "eval_entropy": ("entropy", "val", "epoch", [0.25, 0.5, 0.75], [1.75, 1.625, 1.5]),
        },
    ),
    "verl: a share of what was clipped is no learning rate": (
        rows(
            "step:{0} - actor/pg_clipfrac:{1} - actor/lr:1e-06 - critic/rewards/mean:{2}\n",
            (1, 0.25, 0.5), (2, 0.125, 0.75), (3, 0.375, 0.875),
        ),
        {
            "actor/pg_clipfrac": ("clip_fraction", "none", "step", [1, 2, 3], [0.25, 0.125, 0.375]),
            "critic/rewards/mean": ("reward", "train", "step", [1, 2, 3], [0.5, 0.75, 0.875]),
        },
    ),
    "trlx: all losses in a group of that name": (
        rows(
            "[losses/total_loss: {1} | losses/policy_loss: {2}]: 10%|#         | {0}/128 [10:23<00:00,  4.87s/it]\n",
            (12, 2.5, 2.25), (24, 1.5, 1.25), (36, 1.25, 1.0),
        ),
        {
            "losses/total_loss": ("loss", "train", "step", [12, 24, 36], [2.5, 1.5, 1.25]),
            "losses/policy_loss": ("loss", "train", "step", [12, 24, 36], [2.25, 1.25, 1.0]),
        },
    ),
    "mlx, rewards of groups of answers": (
        rows(
            "Iter {0}: Val loss {1}, Val total_rewards_mean {2}, Val total_rewards_std 0.007, Val took 0.655s\n",
            (1, 0.125, 0.25), (50, 0.25, 0.5), (100, 0.375, 0.75),
        ),
        {
            "Val loss": ("loss", "val", "step", [1, 50, 100], [0.125, 0.25, 0.375]),
            "Val total_rewards_mean": ("reward", "val", "step", [1, 50, 100], [0.25, 0.5, 0.75]),
        },
    ),
}  # fmt: skip

# ruff: noqa: E501 - lines as the tools print them
"""Tutorials, embeddings, retrieval and translation; prints of people's own, where a bracket holds the other split."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "seq2seq tutorial": (
        rows(
            "{0}m 25s (- {1}m 15s) ({2} {3}%) {4}\n",
            (0, 6, 5000, 6, 2.75),
            (0, 5, 10000, 13, 2.25),
            (1, 5, 15000, 20, 1.875),
        ),
        {"loss": ("loss", "train", "step", [5000, 10000, 15000], [2.75, 2.25, 1.875])},
    ),
    "name generation tutorial": (
        rows("0m {0}s ({1} {2}%) {3}\n", (21, 5000, 5, 2.75), (43, 10000, 10, 2.25), (59, 15000, 15, 1.875)),
        {"loss": ("loss", "train", "step", [5000, 10000, 15000], [2.75, 2.25, 1.875])},
    ),
    "name classification tutorial": (
        rows(
            "{0} {1}% (0m {2}s) {3} Ono / Japanese \u2713\n",
            (5000, 5, 7, 2.75),
            (10000, 10, 14, 2.25),
            (15000, 15, 21, 1.875),
        ),
        {"loss": ("loss", "train", "step", [5000, 10000, 15000], [2.75, 2.25, 1.875])},
    ),
    "sockeye, checkpoints": (
        rows(
            "[2023-04-01:10:00:00:INFO:sockeye.training:_create_eval] Checkpoint [{0}]\tUpdates={1} Epoch=1 Samples=640 Time-cost=3.5 Updates/sec=8.25\n"
            "[2023-04-01:10:00:01:INFO:sockeye.training:_create_eval] Checkpoint [{0}]\tTrain-perplexity={2}\n"
            "[2023-04-01:10:00:02:INFO:sockeye.training:_create_eval] Checkpoint [{0}]\tValidation-perplexity={3}\n",
            (1, 100, 9.5, 9.75),
            (2, 200, 7.5, 8.25),
            (3, 300, 5.5, 7.25),
        ),
        {
            "Train-perplexity": ("perplexity", "train", "step", [100, 200, 300], [9.5, 7.5, 5.5]),
            "Validation-perplexity": ("perplexity", "val", "step", [100, 200, 300], [9.75, 8.25, 7.25]),
        },
    ),
    "open clip, rates": (
        rows(
            "2023-06-29,15:44:40 | INFO | Train Epoch: {0} [{1}/640 ({2}%)] Data (t): 0.125 Batch (t): 0.250, 1024.5/s, 512.25/s/gpu LR: {3} Logit Scale: {4} Contrastive_loss: {5} (4.1250)\n",
            (1, 320, 50, 0.0005, 14.25, 4.5),
            (1, 640, 100, 0.00025, 14.5, 4.25),
            (2, 320, 50, 0.000125, 14.75, 3.75),
        ),
        {
            "LR": ("learning_rate", "none", "epoch", [0.5, 1, 1.5], [0.0005, 0.00025, 0.000125]),
            "train/Logit Scale": ("system", "train", "epoch", [0.5, 1, 1.5], [14.25, 14.5, 14.75]),
            "train/Contrastive_loss": ("loss", "train", "epoch", [0.5, 1, 1.5], [4.5, 4.25, 3.75]),
        },
    ),
    "supcontrast": (
        rows(
            "Train: [{0}][{1}/4]\tBT 0.250 (0.275)\tDT 0.125 (0.150)\tloss {2} (4.125)\n",
            (1, 2, 4.5),
            (1, 4, 4.25),
            (2, 2, 3.75),
        ),
        {"train/loss": ("loss", "train", "epoch", [0.5, 1, 1.5], [4.5, 4.25, 3.75])},
    ),
    "person search": (
        rows(
            "2021-05-01 10:00:00,123 reid.train INFO: Epoch[{0}] Iteration[4/4] Loss: {1}, Acc: 0.5, Base Lr: 3.50e-04\n"
            "2021-05-01 10:00:09,123 reid.train INFO: Validation Results - Epoch: {0}\n"
            "2021-05-01 10:00:09,124 reid.train INFO: mAP: {2}%\n"
            "2021-05-01 10:00:09,125 reid.train INFO: CMC curve, Rank-1  :{3}%\n",
            (1, 6.5, 20.5, 40.5),
            (2, 5.5, 30.5, 50.5),
            (3, 4.5, 35.5, 55.5),
        ),
        {
            "Loss": ("loss", "train", "epoch", [1, 2, 3], [6.5, 5.5, 4.5]),
            "val/mAP": ("map", "val", "epoch", [1, 2, 3], [20.5, 30.5, 35.5]),
            "val/Rank-1": ("hits", "val", "epoch", [1, 2, 3], [40.5, 50.5, 55.5]),
        },
    ),
    "catalyst, both splits": (
        rows(
            "train ({0}/3) accuracy01: {1} | loss: {2} | lr: 0.001\nvalid ({0}/3) accuracy01: {3} | loss: {4}\n* Epoch ({0}/3) \n",
            (1, 0.5, 1.5, 0.375, 1.75),
            (2, 0.625, 1.25, 0.5, 1.5),
            (3, 0.75, 1.0, 0.625, 1.375),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [1, 2, 3], [1.5, 1.25, 1.0]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [1.75, 1.5, 1.375]),
            "val/accuracy01": ("accuracy", "val", "epoch", [1, 2, 3], [0.375, 0.5, 0.625]),
        },
    ),
    "deeplearning4j": (
        rows(
            "10:00:0{0}.123 [main] INFO o.d.o.l.ScoreIterationListener - Score at iteration {0}00 is {1}\n",
            (1, 0.75),
            (2, 0.5),
            (3, 0.375),
        ),
        {"loss": ("loss", "train", "step", [100, 200, 300], [0.75, 0.5, 0.375])},
    ),
    "box with corners": (
        "\u250c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u2500\u2500\u2500\u2510\n"
        "\u2502 epoch \u2502 loss \u2502\n"
        "\u251c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2500\u2500\u2500\u2524\n"
        + rows("\u2502     {0} \u2502 {1} \u2502\n", (1, 0.75), (2, 0.5), (3, 0.375))
        + "\u2514\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2534\u2500\u2500\u2500\u2500\u2500\u2500\u2518\n",
        {"loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.375])},
    ),
    "a row a split, with empty cells": (
        rows(
            "Epoch {0}\n\u2502 price      \u2502 loss \u2502 mae  \u2502\n\u2502 train      \u2502 {1} \u2502      \u2502\n"
            "\u2502 validation \u2502 {2} \u2502 {3} \u2502\n",
            (1, 0.75, 0.85, 0.5),
            (2, 0.5, 0.65, 0.25),
            (3, 0.25, 0.55, 0.125),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [0.85, 0.65, 0.55]),
            "val/mae": ("mae", "val", "epoch", [1, 2, 3], [0.5, 0.25, 0.125]),
        },
    ),
    "colons": (
        rows("epoch : {0} : loss : {1} : acc : {2}\n", (1, 0.75, 0.25), (2, 0.5, 0.5), (3, 0.375, 0.625)),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.375]),
            "acc": ("accuracy", "train", "epoch", [1, 2, 3], [0.25, 0.5, 0.625]),
        },
    ),
    "the other split in brackets": (
        rows(
            "[ep 0{0}] contrast {1} (held {2}) | lr 1.0e-03\n",
            (1, 2.5, 2.75),
            (2, 2.25, 2.5),
            (3, 1.875, 2.375),
        ),
        {
            "contrast": ("loss", "train", "epoch", [1, 2, 3], [2.5, 2.25, 1.875]),
            "val/contrast": ("loss", "val", "epoch", [1, 2, 3], [2.75, 2.5, 2.375]),
        },
    ),
    "the other split in brackets, twice": (
        rows(
            "epoch {0}: train_loss: {1} (val: {2}) train_acc: {3} (val: {4})\n",
            (1, 2.5, 2.75, 0.25, 0.125),
            (2, 2.25, 2.5, 0.5, 0.375),
            (3, 1.875, 2.375, 0.625, 0.5),
        ),
        {
            "train_loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 2.25, 1.875]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 2.5, 2.375]),
            "train_acc": ("accuracy", "train", "epoch", [1, 2, 3], [0.25, 0.5, 0.625]),
            "val/acc": ("accuracy", "val", "epoch", [1, 2, 3], [0.125, 0.375, 0.5]),
        },
    ),
    "steps behind a hash": (
        rows(
            "#{0} train: {1} | dev: {2} (mae {3})\n",
            *((20 * i, 8 / i, 9 / i, 2.5 - i / 8) for i in range(1, 9)),
        ),
        {"val/mae": ("mae", "val", "step", [20 * i for i in range(1, 9)], [2.5 - i / 8 for i in range(1, 9)])},
    ),
}

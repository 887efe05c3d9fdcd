# ruff: noqa: E501 - lines as the tools print them
"""Speech recognition and synthesis."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "wenet": (
        rows(
            "2021-05-01 10:00:00,123 DEBUG TRAIN Batch {0}/0 loss {1} loss_att 80.25 loss_ctc 150.25 lr 0.00001 rank 0\n"
            "2021-05-01 10:00:00,123 DEBUG TRAIN Batch {0}/100 loss {2} loss_att 70.25 loss_ctc 140.25 lr 0.00001 "
            "rank 0\n"
            "2021-05-01 10:00:00,123 DEBUG CV Batch {0}/0 loss 60.5 loss_att 70.25 loss_ctc 40.25 history loss 60.5 "
            "rank 0\n"
            "2021-05-01 10:09:00,123 INFO Epoch {0} CV info cv_loss {3}\n",
            (0, 120.5, 110.5, 90.5),
            (1, 80.5, 70.5, 60.5),
            (2, 50.5, 40.5, 45.5),
        ),
        {
            "cv_loss": ("loss", "val", "epoch", [1, 2, 3], [90.5, 60.5, 45.5]),
            "train/loss": (
                "loss",
                "train",
                "epoch",
                [0, 0.5, 1, 1.5, 2, 2.5],
                [120.5, 110.5, 80.5, 70.5, 50.5, 40.5],
            ),
            "val/loss": ("loss", "val", "epoch", [0, 1, 2], [60.5, 60.5, 60.5]),
        },
    ),
    "speechbrain": (
        rows(
            "epoch: {0}, lr: 1.00e+00 - train loss: {1} - valid loss: {2}, valid PER: {3}\n",
            (1, 2.5, 2.25, 40.5),
            (2, 1.5, 1.75, 30.5),
            (3, 1.25, 1.5, 25.5),
        ),
        {
            "train loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "valid loss": ("loss", "val", "epoch", [1, 2, 3], [2.25, 1.75, 1.5]),
            "valid PER": ("per", "val", "epoch", [1, 2, 3], [40.5, 30.5, 25.5]),
        },
    ),
    "coqui tts": (
        rows(
            "\x1b[1m   --> TIME: 2023-01-01 10:00:00 -- STEP: {0}/100 -- GLOBAL_STEP: {0}\x1b[0m\n"
            "     | > loss: {1}  (0.55012)\n"
            "     | > grad_norm: {2}  (1.30000)\n"
            "     | > current_lr: 0.00010 \n"
            "     | > step_time: 0.51230  (0.51230)\n"
            "     | > loader_time: 0.01230  (0.01230)\n\n",
            (25, 0.75, 1.5),
            (50, 0.5, 1.25),
            (75, 0.25, 1.125),
        ),
        {
            "loss": ("loss", "train", "step", [25, 50, 75], [0.75, 0.5, 0.25]),
            "grad_norm": ("grad_norm", "none", "step", [25, 50, 75], [1.5, 1.25, 1.125]),
        },
    ),
    "tacotron 2": (
        "Epoch: 0\n"
        + rows("Train loss {0} {1} Grad Norm {2} 2.31s/it\n", (0, 40.5, 9.5), (1, 30.5, 8.5), (2, 20.5, 7.5))
        + "Validation loss 2: 25.500000  \n",
        {
            "Train loss": ("loss", "train", "step", [0, 1, 2], [40.5, 30.5, 20.5]),
            "Validation loss": ("loss", "val", "step", [2], [25.5]),
        },
    ),
    "icefall": (
        rows(
            "2022-05-01 10:00:00,123 INFO [train.py:874] (0/4) Epoch {0}, batch 50, loss[loss={1}, simple_loss=2.1, "
            "pruned_loss=1.1, over 7000.00 frames.], tot_loss[loss={2}, simple_loss=2.5, pruned_loss=1.3, over "
            "1400000.00 frames.], batch size: 20, lr: 3.00e-03\n"
            "2022-05-01 10:09:00,123 INFO [train.py:900] (0/4) Epoch {0}, validation: loss={3}, simple_loss=1.5, "
            "pruned_loss=0.9, over 944034.00 frames.\n",
            (1, 1.25, 1.5, 1.125),
            (2, 0.75, 1.0, 0.875),
            (3, 0.5, 0.75, 0.625),
        ),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [1.25, 0.75, 0.5]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [1.125, 0.875, 0.625]),
        },
    ),
    "kaldi, first networks": (
        "CROSSVAL PRERUN AVG.LOSS 8.5 (Xent), \n"
        + rows(
            "ITERATION {0:02d}: TRAIN AVG.LOSS {1}, (lrate0.008), CROSSVAL AVG.LOSS {2}, nnet accepted (nnet_iter{0})\n",
            (1, 2.25, 2.125),
            (2, 1.75, 1.875),
            (3, 1.5, 1.75),
        ),
        {
            "TRAIN AVG.LOSS": ("loss", "train", "step", [1, 2, 3], [2.25, 1.75, 1.5]),
            "CROSSVAL AVG.LOSS": ("loss", "val", "step", [1, 2, 3], [2.125, 1.875, 1.75]),
        },
    ),
}

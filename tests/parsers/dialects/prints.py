"""Counters in pairs of brackets, names in columns and records over several lines: Swin to somebody's own arrows."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

SWIN = (
    "[2024-03-01 10:00:07 swin_tiny] (main.py 214): INFO Train: [{0}/300][{1}/4]\teta 0:01:12 lr 0.00{2}\t"
    "time 0.0201 (0.0210)\tloss {3} (0.5000)\tgrad_norm 1.5000 (1.5000)\tmem 312MB\n"
)

DIALECTS: Dialects = {
    "swin": (
        rows(SWIN, (1, 0, 1, 2.5), (1, 2, 1, 2.25), (2, 0, 2, 1.5), (2, 2, 2, 1.25)),
        {
            "train/loss": ("loss", "train", "epoch", [0, 0.5, 1, 1.5], [2.5, 2.25, 1.5, 1.25]),
            "lr": ("learning_rate", "none", "epoch", [0, 0.5, 1, 1.5], [0.001, 0.001, 0.002, 0.002]),
        },
    ),
    "trax": (
        rows(
            "Step      {0}: Ran 10 train steps in 0.42 secs\n"
            "Step      {0}: train CrossEntropyLoss |  {1}\n"
            "Step      {0}: eval  CrossEntropyLoss |  {2}\n",
            (10, 0.75, 0.875),
            (20, 0.5, 0.625),
            (30, 0.25, 0.375),
        ),
        {
            "train CrossEntropyLoss": ("loss", "train", "step", [10, 20, 30], [0.75, 0.5, 0.25]),
            "val/CrossEntropyLoss": ("loss", "val", "step", [10, 20, 30], [0.875, 0.625, 0.375]),
        },
    ),
    "gluonts": (
        rows(
            "INFO:gluonts.trainer:Epoch[{0}] Elapsed time 1.312 seconds\n"
            "INFO:gluonts.trainer:Epoch[{0}] Evaluation metric 'epoch_loss'={1}\n"
            "INFO:gluonts.trainer:Epoch[{0}] Evaluation metric 'validation_epoch_loss'={2}\n",
            (0, 0.75, 0.875),
            (1, 0.5, 0.625),
            (2, 0.25, 0.375),
        ),
        {
            "epoch_loss": ("loss", "train", "epoch", [0, 1, 2], [0.75, 0.5, 0.25]),
            "validation_epoch_loss": ("loss", "val", "epoch", [0, 1, 2], [0.875, 0.625, 0.375]),
        },
    ),
    "marian with its rate": (
        rows(
            "[2024-05-02 09:12:33] Ep. 1 : Up. {0} : Sen. 704 : Cost {1} : Time 0.41s : 4012.10 words/s : L.r. {2}\n",
            (10, 2.5, "1.5000e-01"),
            (20, 1.5, "1.2500e-01"),
            (30, 1.25, "1.0000e-01"),
        ),
        {
            "Cost": ("loss", "train", "step", [10, 20, 30], [2.5, 1.5, 1.25]),
            "L.r": ("learning_rate", "none", "step", [10, 20, 30], [0.15, 0.125, 0.1]),
        },
    ),
    "composer's metrics of evaluation": (
        rows(
            "[batch={0}/90]:\n\t Train time/batch: 30\n\t Train loss/train/total: {1}\n"
            "[Eval batch=6/6] Eval on eval data:\n\t Eval metrics/eval/MulticlassAccuracy: {2}\n",
            (30, 2.5, 0.25),
            (60, 1.5, 0.5),
            (90, 1.25, 0.75),
        ),
        {
            "Train loss/train/total": ("loss", "train", "step", [30, 60, 90], [2.5, 1.5, 1.25]),
            "Eval metrics/eval/MulticlassAccuracy": ("accuracy", "val", "step", [30, 60, 90], [0.25, 0.5, 0.75]),
        },
    ),
    "julia, a record over several lines": (
        rows(
            "\u250c Info: epoch {0}\n\u2502   loss = {1}\n\u2502   val_loss = {2}\n\u2514   dead_neurons = {3}\n",
            (1, 2.5, 2.75, 0.25),
            (2, 1.5, 1.75, 0.375),
            (3, 1.25, 1.625, 0.5),
        ),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "val_loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 1.75, 1.625]),
            "dead_neurons": ("dead_units", "none", "epoch", [1, 2, 3], [0.25, 0.375, 0.5]),
        },
    ),
    "loguru": (
        rows(
            "2024-06-11 14:00:00.212 | INFO     | __main__:fit:88 - step={0} loss={1}\n",
            (10, 2.5),
            (20, 1.5),
            (30, 1.25),
            (40, 1.125),
        ),
        {"loss": ("loss", "train", "step", [10, 20, 30, 40], [2.5, 1.5, 1.25, 1.125])},
    ),
    "names with a slash, values with a slash between": (
        rows("it {0} :: loss {1} / grad_norm/fc0 {2}\n", (10, 2.5, 0.5), (20, 1.5, 0.25), (30, 1.25, 0.125)),
        {
            "loss": ("loss", "train", "step", [10, 20, 30], [2.5, 1.5, 1.25]),
            "grad_norm/fc0": ("grad_norm", "none", "step", [10, 20, 30], [0.5, 0.25, 0.125]),
        },
    ),
    "arrows": (
        rows(
            "[ {0}/30] train {1} -> valid {2} (mae {3})\n",
            (1, 2.5, 2.75, 0.5),
            (2, 1.5, 1.75, 0.25),
            (3, 1.25, 1.625, 0.125),
        ),
        {
            "train": ("unknown", "train", "step", [1, 2, 3], [2.5, 1.5, 1.25]),
            "valid": ("unknown", "val", "step", [1, 2, 3], [2.75, 1.75, 1.625]),
            "val/mae": ("mae", "val", "step", [1, 2, 3], [0.5, 0.25, 0.125]),
        },
    ),
}

"""Prints that count, name or head their values in ways of their own: glued counters, bare names, headings of blocks."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

MACE = "2024-03-02 09:00:0{0}.301 INFO: "

DIALECTS: Dialects = {
    "an engineer's costs": (
        "starting optimisation of theta\n"
        + rows(
            "0000{0} | J_train = {1:.3e} | J_test = {2:.3e} | eta = {3:.3e} | |g| = {4:.3e}\n",
            (10, 0.975, 1.15, 0.01, 1.5),
            (20, 0.775, 1.05, 0.01, 1.25),
            (30, 0.575, 0.95, 0.005, 1.0),
        ),
        {
            "J_train": ("loss", "train", "step", [10, 20, 30], [0.975, 0.775, 0.575]),
            "J_test": ("loss", "test", "step", [10, 20, 30], [1.15, 1.05, 0.95]),
            "lr": ("learning_rate", "none", "step", [10, 20, 30], [0.01, 0.01, 0.005]),
            "grad_norm": ("grad_norm", "none", "step", [10, 20, 30], [1.5, 1.25, 1.0]),
        },
    ),
    "a bare count behind an arrow": (
        rows(">{0}, loss={1}, acc={2}%\n", (100, 0.75, 50), (200, 0.5, 75), (300, 0.25, 88)),
        {
            "loss": ("loss", "train", "step", [100, 200, 300], [0.75, 0.5, 0.25]),
            "acc": ("accuracy", "train", "step", [100, 200, 300], [50, 75, 88]),
        },
    ),
    "counters glued to their letters": (
        rows(
            "[E0{0} S00{1}] loss={2} lr=0.001\n[E0{0} S00{3}] loss={4} lr=0.001 || dev: loss={5} f1={6}\n",
            (1, 10, 2.5, 20, 2.25, 2.375, 0.25),
            (2, 30, 1.5, 40, 1.25, 1.75, 0.5),
            (3, 50, 0.75, 60, 0.5, 1.25, 0.75),
        ),
        {
            "loss": ("loss", "train", "step", [10, 20, 30, 40, 50, 60], [2.5, 2.25, 1.5, 1.25, 0.75, 0.5]),
            "lr": ("learning_rate", "none", "step", [10, 20, 30, 40, 50, 60], [0.001] * 6),
            "val/loss": ("loss", "val", "step", [20, 40, 60], [2.375, 1.75, 1.25]),
            "val/f1": ("f1", "val", "step", [20, 40, 60], [0.25, 0.5, 0.75]),
        },
    ),
    "counters glued to their word": (
        rows("epoch0{0}: loss={1} val_loss={2}\n", (1, 2.5, 2.75), (2, 1.5, 1.75), (3, 0.5, 1.25)),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 0.5]),
            "val_loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 1.75, 1.25]),
        },
    ),
    "ignite's blocks of metrics": (
        rows(
            "2024-03-02 09:00:00,118 cifar10 INFO: \nEpoch {0} - Evaluation time (seconds): 0.11 - Train metrics:\n"
            " \tAccuracy: {1}\n \tLoss: {2}\n"
            "2024-03-02 09:00:01,118 cifar10 INFO: \nEpoch {0} - Evaluation time (seconds): 0.11 - Test metrics:\n"
            " \tAccuracy: {3}\n \tLoss: {4}\n",
            (1, 0.25, 2.25, 0.375, 2.5),
            (2, 0.5, 1.25, 0.5, 1.5),
            (3, 0.75, 0.75, 0.625, 1.0),
        ),
        {
            "train/Loss": ("loss", "train", "epoch", [1, 2, 3], [2.25, 1.25, 0.75]),
            "train/Accuracy": ("accuracy", "train", "epoch", [1, 2, 3], [0.25, 0.5, 0.75]),
            "test/Loss": ("loss", "test", "epoch", [1, 2, 3], [2.5, 1.5, 1.0]),
            "test/Accuracy": ("accuracy", "test", "epoch", [1, 2, 3], [0.375, 0.5, 0.625]),
        },
    ),
    "train and valid between bars, an error in brackets": (
        rows(
            "Ep {0} -- train {1} / valid {2} (MAE {3} kcal/mol) lr 0.001 grad_norm {4}\n",
            (1, 0.75, 0.875, 4.5, 1.5),
            (2, 0.5, 0.625, 3.5, 1.25),
            (3, 0.25, 0.375, 2.5, 1.125),
        ),
        {
            "train": ("unknown", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "valid": ("unknown", "val", "epoch", [1, 2, 3], [0.875, 0.625, 0.375]),
            "val/MAE": ("mae", "val", "epoch", [1, 2, 3], [4.5, 3.5, 2.5]),
            "lr": ("learning_rate", "none", "epoch", [1, 2, 3], [0.001, 0.001, 0.001]),
            "grad_norm": ("grad_norm", "none", "epoch", [1, 2, 3], [1.5, 1.25, 1.125]),
        },
    ),
    "train alone on lines without an evaluation": (
        rows("Epoch {0} train {1}\nEpoch {2} train {3} / valid {4}\n", (1, 3.5, 2, 3.0, 3.25), (3, 2.5, 4, 2.0, 2.25))
        + rows("Epoch {0} train {1}\nEpoch {2} train {3} / valid {4}\n", (5, 1.5, 6, 1.0, 1.75)),
        {
            "train": ("unknown", "train", "epoch", [1, 2, 3, 4, 5, 6], [3.5, 3.0, 2.5, 2.0, 1.5, 1.0]),
            "valid": ("unknown", "val", "epoch", [2, 4, 6], [3.25, 2.25, 1.75]),
        },
    ),
    "mace": (
        (MACE + "Started training, reporting errors on validation set\n").format(0)
        + rows(
            MACE + "Epoch {0}: loss={1}, MAE_E_per_atom={2:8.2f} meV, RMSE_F={3:8.2f} meV / A\n",
            (0, 0.75, 11.25, 78.5),
            (1, 0.5, 10.25, 68.5),
            (2, 0.25, 9.25, 58.5),
        ),
        {
            "val/loss": ("loss", "val", "epoch", [0, 1, 2], [0.75, 0.5, 0.25]),
            "val/MAE_E_per_atom": ("mae", "val", "epoch", [0, 1, 2], [11.25, 10.25, 9.25]),
            "val/RMSE_F": ("rmse", "val", "epoch", [0, 1, 2], [78.5, 68.5, 58.5]),
        },
    ),
    "nemo's own lines": (
        rows(
            "[NeMo I 2023-05-11 14:02:00 ctc_models:541] epoch: {0} global_step: {1} loss: {2} lr: 0.001\n"
            "[NeMo I 2023-05-11 14:02:01 ctc_models:602] epoch: {0} global_step: {1} val_loss: {3} val_wer: {4}\n",
            (0, 10, 2.5, 2.75, 0.875),
            (1, 20, 1.5, 1.75, 0.75),
            (2, 30, 0.5, 1.25, 0.625),
        ),
        {
            "loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 0.5]),
            "lr": ("learning_rate", "none", "epoch", [0, 1, 2], [0.001, 0.001, 0.001]),
            "val_loss": ("loss", "val", "epoch", [0, 1, 2], [2.75, 1.75, 1.25]),
            "val_wer": ("wer", "val", "epoch", [0, 1, 2], [0.875, 0.75, 0.625]),
        },
    ),
    "names without colons, known and unknown": (
        rows(
            "it {0} :: loss {1} / lr 0.001 / tanh_saturated/layer_0 {2} / val_mae {3}\n",
            (40, 1.75, 0.25, 93.5),
            (80, 1.5, 0.375, 83.5),
            (120, 1.25, 0.5, 73.5),
        ),
        {
            "loss": ("loss", "train", "step", [40, 80, 120], [1.75, 1.5, 1.25]),
            "lr": ("learning_rate", "none", "step", [40, 80, 120], [0.001, 0.001, 0.001]),
            "tanh_saturated/layer_0": ("saturation", "none", "step", [40, 80, 120], [0.25, 0.375, 0.5]),
            "val_mae": ("mae", "val", "step", [40, 80, 120], [93.5, 83.5, 73.5]),
        },
    ),
    "means below the clock of an evaluation": (
        rows(
            "Epoch: [{0}]  [0/20]  eta: 0:00:12  lr: 0.000100  loss: {1} (2.5)  time: 0.02  data: 0.0004\n"
            "Epoch: [{0}]  [10/20]  eta: 0:00:12  lr: 0.000200  loss: {2} (2.5)  time: 0.02  data: 0.0004\n"
            "Epoch: [{0}] Total time: 0:00:01 (0.0213 s / it)\nTest:  Total time: 0:00:00 (0.0113 s / it)\n"
            "* Acc@1 {3} loss {4}\n",
            (0, 2.5, 2.25, 25.5, 2.125),
            (1, 2.0, 1.75, 37.5, 1.625),
        ),
        {
            "loss": ("loss", "train", "epoch", [0, 0.5, 1, 1.5], [2.5, 2.25, 2.0, 1.75]),
            "lr": ("learning_rate", "none", "epoch", [0, 0.5, 1, 1.5], [0.0001, 0.0002, 0.0001, 0.0002]),
            "test/Acc@1": ("accuracy", "test", "epoch", [1, 2], [25.5, 37.5]),
            "test/loss": ("loss", "test", "epoch", [1, 2], [2.125, 1.625]),
        },
    ),
}

"""Prints of single tools that count in words of their own."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "acme": (
        rows(
            "[Learner] Critic Loss = {1} | Learner Steps = {0} | Learner Time Elapsed = 10.830 | Loss = {2}\n"
            "[Evaluator] Episode Length = 200 | Episode Return = {3} | Evaluator Steps = 77 | Learner Steps = {0}\n",
            (100, 0.5, 2.5, 10.5),
            (200, 0.25, 2.0, 20.5),
            (300, 0.125, 1.5, 30.5),
        ),
        {
            "Loss": ("loss", "train", "step", [100, 200, 300], [2.5, 2.0, 1.5]),
            "Critic Loss": ("loss", "train", "step", [100, 200, 300], [0.5, 0.25, 0.125]),
            "val/Episode Return": ("reward", "val", "step", [100, 200, 300], [10.5, 20.5, 30.5]),
        },
    ),
    "monai, a spleen": (
        rows(
            "----------\nepoch {0}/3\n1/2, train_loss: {1}\n2/2, train_loss: {2}\nepoch {0} average loss: {3}\n"
            "current epoch: {0} current mean dice: {4}\nbest mean dice: {4} at epoch: {0}\n",
            (1, 2.5, 1.5, 2.0, 0.25),
            (2, 1.5, 1.0, 1.25, 0.5),
            (3, 1.0, 0.5, 0.75, 0.75),
        ),
        {
            "average loss": ("loss", "train", "epoch", [1, 2, 3], [2.0, 1.25, 0.75]),
            "train_loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2, 2.5, 3], [2.5, 1.5, 1.5, 1.0, 1.0, 0.5]),
            "val/current mean dice": ("dice", "val", "epoch", [1, 2, 3], [0.25, 0.5, 0.75]),
        },
    ),
    "cntk": (
        rows(
            "Finished Epoch[{0} of 3]: [Training] loss = {1:.6f} * 60000, metric = {2:.2f}% * 60000 "
            "12.345s (4860.3 samples/s);\n",
            (1, 2.5, 75.5),
            (2, 1.5, 50.5),
            (3, 1.25, 40.5),
        ),
        {"train/loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25])},
    ),
    "cntk, minibatches": (
        rows(
            " Minibatch[{0:4d}-{1:4d}]: loss = {2:.6f} * 6400, metric = {3:.2f}% * 6400;\n",
            (1, 100, 2.5, 75.5),
            (101, 200, 1.5, 50.5),
            (201, 300, 1.25, 40.5),
        ),
        {"train/loss": ("loss", "train", "step", [100, 200, 300], [2.5, 1.5, 1.25])},
    ),
    "catalyst": (
        rows(
            "{0}/3 * Epoch {0} (train): _base/lr=0.0010 | accuracy01={1} | loss={2}\n"
            "{0}/3 * Epoch {0} (valid): _base/lr=0.0010 | accuracy01={3} | loss={4}\n",
            (1, 13.5, 2.5, 14.5, 2.25),
            (2, 35.5, 1.5, 36.5, 1.75),
            (3, 48.5, 1.25, 49.5, 1.5),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [2.25, 1.75, 1.5]),
        },
    ),
    "l-bfgs-b": (
        rows(
            "\nAt iterate{0:5d}    f=  {1}D-01    |proj g|=  1.23400D-01\n",
            (0, "7.50000"),
            (1, "5.00000"),
            (2, "2.50000"),
        ),
        {
            "loss": ("loss", "train", "step", [0, 1, 2], [0.75, 0.5, 0.25]),
            "grad_norm": ("grad_norm", "none", "step", [0, 1, 2], [0.1234] * 3),
        },
    ),
    "r nnet": (
        "# weights:  19\ninitial  value 120.500000 \n"
        + rows("iter{0:4d} value {1:.6f}\n", (10, 70.25), (20, 60.125), (30, 55.5))
        + "final  value 55.500000 \nconverged\n",
        {"loss": ("loss", "train", "step", [10, 20, 30], [70.25, 60.125, 55.5])},
    ),
    "julia, values shown together": (
        rows("(epoch, train_loss, test_acc) = ({0}, {1}, {2})\n", (1, 2.5, 0.5), (2, 1.5, 0.625), (3, 1.25, 0.75)),
        {
            "train_loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "test_acc": ("accuracy", "test", "epoch", [1, 2, 3], [0.5, 0.625, 0.75]),
        },
    ),
    "brax": (
        rows("num_steps: {0}, reward: {1}, reward_std: 2.5\n", (0, 1.5), (1000, 2.5), (2000, 4.5)),
        {"reward": ("reward", "train", "step", [0, 1000, 2000], [1.5, 2.5, 4.5])},
    ),
    "open graph benchmark, one run": (
        rows(
            "Run: 01, Epoch: {0:02d}, Loss: {1:.4f}, Train: {2}%, Valid: 45.50%, Test: 44.50%\n",
            (1, 2.5, 51.5),
            (2, 1.5, 52.5),
            (3, 1.25, 53.5),
        ),
        {"Loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25])},
    ),
    "a count without a word": (
        rows("{0:4d} train loss: {1:8.5f} test acc: {2:5.2f}%\n", (1, 2.5, 50.5), (2, 1.5, 60.5), (3, 1.25, 70.5)),
        {
            "train loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "test acc": ("accuracy", "test", "epoch", [1, 2, 3], [50.5, 60.5, 70.5]),
        },
    ),
    "arrows": (
        rows("epoch {0} => loss: {1}, dev loss -> {2}\n", (1, 2.5, 2.75), (2, 1.5, 1.75), (3, 1.25, 1.5)),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "dev loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 1.75, 1.5]),
        },
    ),
    "decimal commas": (
        rows(
            "Epoche {0}/3 – Trainingsverlust: {1} – Genauigkeit: {2} %\n",
            (1, "0,75", "52,5"),
            (2, "0,5", "62,5"),
            (3, "0,125", "70,0"),
        ),
        {"Trainingsverlust": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.125])},
    ),
    "gpytorch": (
        rows(
            "Iter {0}/3 - Loss: {1:.3f}   lengthscale: {2:.3f}   noise: 0.693\n",
            (1, 1.5, 0.5),
            (2, 1.25, 0.625),
            (3, 1.0, 0.75),
        ),
        {"Loss": ("loss", "train", "step", [1, 2, 3], [1.5, 1.25, 1.0])},
    ),
    "pyro": (
        rows("[iteration {0:04d}] loss: {1:.4f}\n", (1, 1.5), (101, 1.25), (201, 1.0)),
        {"loss": ("loss", "train", "step", [1, 101, 201], [1.5, 1.25, 1.0])},
    ),
    "deepmd": (
        rows(
            "DEEPMD INFO    batch {0:7d}: trn: rmse = {1}, rmse_f = 5.50e-01, lr = 1.00e-03\n"
            "DEEPMD INFO    batch {0:7d}: val: rmse = {2}, rmse_f = 5.60e-01\n",
            (100, 2.5, 2.75),
            (200, 1.5, 1.75),
            (300, 1.25, 1.5),
        ),
        {
            "train/rmse": ("rmse", "train", "step", [100, 200, 300], [2.5, 1.5, 1.25]),
            "val/rmse": ("rmse", "val", "step", [100, 200, 300], [2.75, 1.75, 1.5]),
        },
    ),
}

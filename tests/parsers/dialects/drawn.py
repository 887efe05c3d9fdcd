"""Tables drawn for the eye: headers of two lines, empty cells, clocks, lists of terms, names with blanks."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "deepxde": (
        "Training model...\n\n"
        "Step      Train loss                        Test loss                         Test metric\n"
        + rows(
            "{0:<9} [{1:.2e}, {2:.2e}]    [{3:.2e}, {4:.2e}]    [{5:.2e}]\n",
            (0, 0.5, 0.25, 0.5, 0.5, 1.25),
            (1000, 0.25, 0.125, 0.25, 0.5, 0.75),
            (2000, 0.125, 0.125, 0.25, 0.25, 0.5),
        )
        + "\n'train' took 12.345678 s\n",
        {
            "Train loss": ("loss", "train", "step", [0, 1000, 2000], [0.75, 0.375, 0.25]),
            "Train loss_term1": ("loss", "train", "step", [0, 1000, 2000], [0.5, 0.25, 0.125]),
            "Train loss_term2": ("loss", "train", "step", [0, 1000, 2000], [0.25, 0.125, 0.125]),
            "Test loss": ("loss", "test", "step", [0, 1000, 2000], [1.0, 0.75, 0.5]),
            "Test loss_term1": ("loss", "test", "step", [0, 1000, 2000], [0.5, 0.25, 0.25]),
            "Test loss_term2": ("loss", "test", "step", [0, 1000, 2000], [0.5, 0.5, 0.25]),
        },
    ),
    "deepxde, no metric": (
        "Step      Train loss              Test loss               Test metric   \n"
        + rows(
            "{0:<9} [{1:.2e}]              [{2:.2e}]              []  \n", (0, 2.5, 3.5), (500, 1.5, 2.5), (900, 1, 2)
        ),
        {
            "Train loss": ("loss", "train", "step", [0, 500, 900], [2.5, 1.5, 1.0]),
            "Test loss": ("loss", "test", "step", [0, 500, 900], [3.5, 2.5, 2.0]),
        },
    ),
    "nequip": (
        rows(
            "\n\n  Train      #    Epoch      wal       LR       loss_f         loss        f_mae\n"
            "! Train      {0:10d} {1:8.3f}     0.01 {2:12.3g} {3:12.3g} {4:12.3g}\n"
            "! Validation {0:10d} {1:8.3f}     0.01 {5:12.3g} {6:12.3g} {7:12.3g}\nWall time: {1}\n"
            "! Best model {0:8d} {6:8.3f}\n",
            (1, 5.125, 1.5, 2.5, 24.5, 1.75, 2.75, 25.5),
            (2, 9.125, 1.0, 2.0, 20.5, 1.25, 2.25, 21.5),
            (3, 13.125, 0.5, 1.5, 18.5, 0.75, 1.75, 19.5),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 2.0, 1.5]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 2.25, 1.75]),
            "val/loss_f": ("loss", "val", "epoch", [1, 2, 3], [1.75, 1.25, 0.75]),
            "train/f_mae": ("mae", "train", "epoch", [1, 2, 3], [24.5, 20.5, 18.5]),
        },
    ),
    "garage": (
        rows(
            "2024-01-01 10:00:00 | [trpo] epoch #{0} | Saved\n"
            "---------------------------------------  ----------\n"
            "Evaluation/AverageReturn                 {1}\nEvaluation/Iteration                     {0}\n"
            "TotalEnvSteps                            {2}\nLinearFeatureBaseline/ExplainedVariance  0.5\n"
            "policy/LossBefore                        {3}\n"
            "---------------------------------------  ----------\n",
            (0, 20.5, 4000, 0.5),
            (1, 30.5, 8000, 0.25),
            (2, 45.5, 12000, 0.125),
        ),
        {
            "Evaluation/AverageReturn": ("reward", "val", "step", [4000, 8000, 12000], [20.5, 30.5, 45.5]),
            "policy/LossBefore": ("loss", "train", "step", [4000, 8000, 12000], [0.5, 0.25, 0.125]),
        },
    ),
    "matlab, table of two header lines": (
        "Training on single CPU.\n|=====================================================================|\n"
        "|  Epoch  |  Iteration  |  Time Elapsed  |  Mini-batch  |  Validation  |  Mini-batch  |  Validation  |\n"
        "|         |             |   (hh:mm:ss)   |   Accuracy   |   Accuracy   |     Loss     |     Loss     |\n"
        "|=====================================================================|\n"
        + rows(
            "| {0:7d} | {1:11d} |       00:00:0{2} | {3:11.2f}% | {4:>12} | {5:12.4f} | {6:>12} |\n",
            (1, 1, 1, 10.25, "11.50%", 2.5, "2.2500"),
            (1, 50, 3, 50.25, "", 1.5, ""),
            (2, 100, 5, 75.5, "70.25%", 0.75, "0.8750"),
        )
        + "|=====================================================================|\n",
        {
            "Mini-batch Loss": ("loss", "train", "step", [1, 50, 100], [2.5, 1.5, 0.75]),
            "Mini-batch Accuracy": ("accuracy", "train", "step", [1, 50, 100], [10.25, 50.25, 75.5]),
            "Validation Loss": ("loss", "val", "step", [1, 100], [2.25, 0.875]),
            "Validation Accuracy": ("accuracy", "val", "step", [1, 100], [11.5, 70.25]),
        },
    ),
    "matlab, trainnet": (
        "    Iteration    Epoch    TimeElapsed    LearnRate    TrainingLoss    ValidationLoss\n"
        "    _________    _____    ___________    _________    ____________    ______________\n"
        + rows(
            "{0:13d}    {1:5d}       00:00:{2:02d}    {3:9}    {4:>12}    {5:>14}\n",
            (0, 0, 5, 0.001, "", "2.75"),
            (1, 1, 5, 0.001, "2.5", ""),
            (50, 1, 20, 0.001, "1.5", "1.625"),
            (100, 2, 35, 0.001, "0.75", "0.875"),
        ),
        {
            "TrainingLoss": ("loss", "train", "step", [1, 50, 100], [2.5, 1.5, 0.75]),
            "ValidationLoss": ("loss", "val", "step", [0, 50, 100], [2.75, 1.625, 0.875]),
        },
    ),
    "stan, variational": (
        "Chain 1: Begin stochastic gradient ascent.\n"
        "Chain 1:   iter             ELBO   delta_ELBO_mean   delta_ELBO_med   notes \n"
        + rows(
            "Chain 1: {0:6d} {1:16.3f} {2:17.3f} {3:16.3f}\n",
            (100, -75.5, 1, 1),
            (200, -70.25, 0.5, 1),
            (300, -68.5, 0.25, 1),
        ),
        {"ELBO": ("elbo", "train", "step", [100, 200, 300], [-75.5, -70.25, -68.5])},
    ),
    "stan, optimisation": (
        "Initial log joint probability = -75.25\n"
        "    Iter      log prob        ||dx||      ||grad||       alpha      alpha0  # evals  Notes \n"
        + rows(
            "{0:8d} {1:13.5f} {2:13.5f} {3:13.5f} {4:11} {4:11} {5:8d}   \n",
            (5, -7.5, 0.125, 12.5, 1, 8),
            (10, -6.5, 0.25, 2.5, 1, 14),
            (19, -5.5, 0.0625, 0.5, 1, 26),
        ),
        {"||grad||": ("grad_norm", "none", "step", [5, 10, 19], [12.5, 2.5, 0.5])},
    ),
    "rich": (
        "┏━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━┓\n┃ Epoch ┃ Train loss ┃ Val acc  ┃\n┡━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━┩\n"
        + rows("│ {0:5d} │ {1:10.4f} │ {2:7.2f}% │\n", (1, 2.5, 50.5), (2, 1.5, 60.5), (3, 1.25, 70.5))
        + "└───────┴────────────┴──────────┘\n",
        {
            "Train loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "Val acc": ("accuracy", "val", "epoch", [1, 2, 3], [50.5, 60.5, 70.5]),
        },
    ),
    "a grid with a rule below every row": (
        "+---------+--------------+------------+\n|   Epoch |   Train loss |   Val loss |\n"
        "+=========+==============+============+\n"
        + rows(
            "| {0:7d} | {1:12.4f} | {2:10.4f} |\n+---------+--------------+------------+\n",
            (1, 2.5, 2.75),
            (2, 1.5, 1.75),
            (3, 1.0, 1.25),
        ),
        {
            "Train loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.0]),
            "Val loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 1.75, 1.25]),
        },
    ),
    "a data frame printed": (
        "   epoch  train_loss  val_loss\n"
        + rows("{0:<3d}{1:5d}{2:12.4f}{3:10.4f}\n", (0, 1, 2.5, 2.75), (1, 2, 1.5, 1.75), (2, 3, 1.0, 1.25)),
        {
            "train_loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.0]),
            "val_loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 1.75, 1.25]),
        },
    ),
}

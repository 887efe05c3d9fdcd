# ruff: noqa: E501 - lines as the tools print them
"""Classic learners, graphs, and the prints of tutorials that thousands of scripts copied."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "scikit-learn, a multi-layer perceptron": (
        rows("Iteration {0}, loss = {1}\n", (1, 0.75), (2, 0.5), (3, 0.25))
        + "Training loss did not improve more than tol=0.000100 for 10 consecutive epochs. Stopping.\n",
        {"loss": ("loss", "train", "step", [1, 2, 3], [0.75, 0.5, 0.25])},
    ),
    "scikit-learn, validation scores": (
        rows("Iteration {0}, loss = {1}\nValidation score: {2}\n", (1, 0.75, 0.5), (2, 0.5, 0.625), (3, 0.25, 0.75)),
        {
            "loss": ("loss", "train", "step", [1, 2, 3], [0.75, 0.5, 0.25]),
            "Validation score": ("score", "val", "step", [1, 2, 3], [0.5, 0.625, 0.75]),
        },
    ),
    "scikit-learn, stochastic gradients": (
        rows(
            "-- Epoch {0}\nNorm: {1}, NNZs: 4, Bias: 0.125, T: {2}, Avg. loss: {3}\nTotal training time: 0.00 seconds.\n",
            (1, 1.25, 100, 0.75),
            (2, 1.5, 200, 0.5),
            (3, 1.75, 300, 0.25),
        ),
        {"Avg. loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25])},
    ),
    "scikit-learn, boosting on subsamples": (
        "      Iter       Train Loss      OOB Improve   Remaining Time \n"
        + rows("{0:10d} {1:16.4f} {2:16.4f} {3:>16}\n", (1, 1.25, 0.125, "0.05s"), (2, 1.125, 0.0625, "0.05s"))
        + rows("{0:10d} {1:16.4f} {2:16.4f} {3:>16}\n", (3, 1.0, 0.0312, "1.50m")),
        {"Train Loss": ("loss", "train", "step", [1, 2, 3], [1.25, 1.125, 1.0])},
    ),
    "lightgbm, command line": (
        rows(
            "[LightGBM] [Info] Iteration:{0}, training auc : {1}\n[LightGBM] [Info] Iteration:{0}, valid_1 auc : {2}\n"
            "[LightGBM] [Info] 0.012345 seconds elapsed, finished iteration {0}\n",
            (1, 0.75, 0.625),
            (2, 0.8125, 0.6875),
            (3, 0.875, 0.75),
        ),
        {
            "training auc": ("auc", "train", "step", [1, 2, 3], [0.75, 0.8125, 0.875]),
            "valid_1 auc": ("auc", "val", "step", [1, 2, 3], [0.625, 0.6875, 0.75]),
        },
    ),
    "crfsuite": (
        rows(
            "***** Iteration #{0} *****\nLoss: {1}\nFeature norm: 1.000000\nError norm: 2000.125000\n"
            "Active features: 5000\nLine search trials: 1\nLine search step: 0.000125\n"
            "Seconds required for this iteration: 0.125\n\n",
            (1, 3420.5),
            (2, 2420.5),
            (3, 1420.5),
        ),
        {"Loss": ("loss", "train", "step", [1, 2, 3], [3420.5, 2420.5, 1420.5])},
    ),
    "keras 2, a line an epoch": (
        rows(
            "Epoch {0}/3\n469/469 - 3s - loss: {1} - accuracy: {2} - val_loss: {3} - val_accuracy: 0.9 - 3s/epoch - "
            "7ms/step\n",
            (1, 0.75, 0.5, 0.625),
            (2, 0.5, 0.625, 0.5),
            (3, 0.25, 0.75, 0.4375),
        ),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val_loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "keras 3": (
        rows(
            "Epoch {0}/3\n\x1b[1m1875/1875\x1b[0m \x1b[32m\u2501\u2501\u2501\u2501\u2501\u2501\x1b[0m\x1b[37m\x1b[0m "
            "\x1b[1m3s\x1b[0m 1ms/step - accuracy: {1} - loss: {2} - val_accuracy: 0.9 - val_loss: {3} - learning_rate: "
            "0.0010\n",
            (1, 0.5, 0.75, 0.625),
            (2, 0.625, 0.5, 0.5),
            (3, 0.75, 0.25, 0.4375),
        ),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val_loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "graph example": (
        rows("Epoch: {0:03d}, Loss: {1}, Train: 0.2857, Val: 0.2120, Test: 0.2010\n", (1, 1.75), (2, 1.5), (3, 1.25)),
        {"Loss": ("loss", "train", "epoch", [1, 2, 3], [1.75, 1.5, 1.25])},
    ),
    "dgl": (
        rows(
            "Epoch {0:05d} | Time(s) 0.0167 | Loss {1} | Accuracy {2} | ETputs(KTEPS) 500.12\n",
            (0, 1.75, 0.25),
            (1, 1.5, 0.5),
            (2, 1.25, 0.75),
        ),
        {
            "Loss": ("loss", "train", "epoch", [0, 1, 2], [1.75, 1.5, 1.25]),
            "Accuracy": ("accuracy", "train", "epoch", [0, 1, 2], [0.25, 0.5, 0.75]),
        },
    ),
    "fastai": (
        "epoch     train_loss  valid_loss  accuracy  time    \n"
        + rows("{0}         {1}    {2}    {3}  00:12     \n", (0, 0.75, 0.625, 0.5), (1, 0.5, 0.5, 0.625))
        + rows("{0}         {1}    {2}    {3}  00:12     \n", (2, 0.25, 0.4375, 0.75)),
        {
            "train_loss": ("loss", "train", "epoch", [0, 1, 2], [0.75, 0.5, 0.25]),
            "valid_loss": ("loss", "val", "epoch", [0, 1, 2], [0.625, 0.5, 0.4375]),
            "accuracy": ("accuracy", "val", "epoch", [0, 1, 2], [0.5, 0.625, 0.75]),
        },
    ),
    "luz": (
        rows(
            "Epoch {0}/3\nTrain metrics: Loss: {1} - Acc: {2}\nValid metrics: Loss: {3} - Acc: {4}\n",
            (1, 0.75, 0.5, 0.625, 0.5625),
            (2, 0.5, 0.625, 0.5, 0.625),
            (3, 0.25, 0.75, 0.4375, 0.6875),
        ),
        {
            "train/Loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val/Loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
            "val/Acc": ("accuracy", "val", "epoch", [1, 2, 3], [0.5625, 0.625, 0.6875]),
        },
    ),
    "pytorch quickstart": (
        rows(
            "Epoch {0}\n-------------------------------\nloss: {1}  [   64/60000]\nloss: {2}  [30064/60000]\n"
            "Test Error: \n Accuracy: {3}%, Avg loss: {4} \n\n",
            (1, 2.25, 2.125, 48.5, 2.0625),
            (2, 1.75, 1.625, 58.5, 1.5625),
            (3, 1.25, 1.125, 68.5, 1.0625),
        )
        + "Done!\n",
        {
            "loss": (
                "loss",
                "train",
                "epoch",
                [64 / 60000, 30064 / 60000, 1 + 64 / 60000, 1 + 30064 / 60000, 2 + 64 / 60000, 2 + 30064 / 60000],
                [2.25, 2.125, 1.75, 1.625, 1.25, 1.125],
            ),
            "test/Avg loss": ("loss", "test", "epoch", [1, 2, 3], [2.0625, 1.5625, 1.0625]),
            "test/Accuracy": ("accuracy", "test", "epoch", [1, 2, 3], [48.5, 58.5, 68.5]),
        },
    ),
    "pytorch cifar tutorial": (
        rows("[{0}, {1:5d}] loss: {2}\n", (1, 2000, 2.25), (1, 4000, 1.75), (2, 2000, 1.25), (2, 4000, 1.125))
        + "Finished Training\n",
        {"loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [2.25, 1.75, 1.25, 1.125])},
    ),
    "pytorch transfer learning": (
        rows(
            "Epoch {0}/24\n----------\ntrain Loss: {1} Acc: {2}\nval Loss: {3} Acc: {4}\n\n",
            (0, 0.75, 0.5, 0.625, 0.5625),
            (1, 0.5, 0.625, 0.5, 0.625),
            (2, 0.25, 0.75, 0.4375, 0.6875),
        )
        + "Training complete in 1m 12s\nBest val Acc: 0.687500\n",
        {
            "train Loss": ("loss", "train", "epoch", [0, 1, 2], [0.75, 0.5, 0.25]),
            "val Loss": ("loss", "val", "epoch", [0, 1, 2], [0.625, 0.5, 0.4375]),
            "train/Acc": ("accuracy", "train", "epoch", [0, 1, 2], [0.5, 0.625, 0.75]),
            "val/Acc": ("accuracy", "val", "epoch", [0, 1, 2], [0.5625, 0.625, 0.6875]),
        },
    ),
    "ignite": (
        rows(
            "Training Results - Epoch: {0}  Avg accuracy: {1} Avg loss: {2}\n"
            "Validation Results - Epoch: {0}  Avg accuracy: {3} Avg loss: {4}\n",
            (1, 0.5, 0.75, 0.5625, 0.625),
            (2, 0.625, 0.5, 0.625, 0.5),
            (3, 0.75, 0.25, 0.6875, 0.4375),
        ),
        {
            "train/Avg loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val/Avg loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "cifar, a bar of its own": (
        rows(
            "\nEpoch: {0}\n [=====>...................]  Step: 12ms | Tot: 1s23ms | Loss: 2.250 | Acc: 10.500% "
            "(1344/12800) 100/391 \r [=======================>]  Step: 12ms | Tot: 4s56ms | Loss: {1} | Acc: {2}% "
            "(23100/50000) 391/391 \n"
            " [=======================>]  Step: 5ms | Tot: 1s5ms | Loss: {3} | Acc: {4}% (4900/10000) 100/100 \n"
            "Saving..\n",
            (0, 1.75, 45.5, 1.625, 49.5),
            (1, 1.25, 55.5, 1.375, 52.5),
            (2, 1.125, 65.5, 1.25, 58.5),
        ),
        {"Loss": ("loss", "train", "epoch", [0, 1, 2], [1.75, 1.25, 1.125])},
    ),
    "dive into deep learning": (
        rows("epoch {0}, loss {1}, train acc {2}, test acc {3}\n", (1, 0.75, 0.5, 0.5625), (2, 0.5, 0.625, 0.625))
        + rows("epoch {0}, loss {1}, train acc {2}, test acc {3}\n", (3, 0.25, 0.75, 0.6875)),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "train acc": ("accuracy", "train", "epoch", [1, 2, 3], [0.5, 0.625, 0.75]),
            "test acc": ("accuracy", "test", "epoch", [1, 2, 3], [0.5625, 0.625, 0.6875]),
        },
    ),
    "flax": (
        rows(
            "I0501 10:00:00.123456 139876543210 train.py:150] epoch:{0:3d}, train_loss: {1}, train_accuracy: {2}, "
            "test_loss: {3}, test_accuracy: 98.25\n",
            (1, 0.75, 50.5, 0.625),
            (2, 0.5, 60.5, 0.5),
            (3, 0.25, 70.5, 0.4375),
        ),
        {
            "train_loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "test_loss": ("loss", "test", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "ludwig": (
        rows(
            "Epoch   {0}\nTraining: 100% 3/3 [00:10<00:00,  3.46s/it]\nEvaluation train: 100% 3/3 [00:03<00:00,  "
            "1.01s/it]\nEvaluation vali : 100% 1/1 [00:00<00:00,  2.37it/s]\nTook 14.6354s\n"
            "\u2552\u2550\u2550\u2550\u2550\u2550\u2564\u2550\u2550\u2550\u2564\u2550\u2550\u2550\u2555\n"
            "\u2502 rating   \u2502   loss \u2502   accuracy \u2502\n"
            "\u255e\u2550\u2550\u2550\u2550\u256a\u2550\u2550\u2550\u2550\u256a\u2550\u2550\u2550\u2561\n"
            "\u2502 train    \u2502 {1} \u2502     {2} \u2502\n\u251c\u2500\u2500\u253c\u2500\u2500\u253c\u2500\u2500\u2524\n"
            "\u2502 vali     \u2502 {3} \u2502     {4} \u2502\n\u2558\u2550\u2550\u2567\u2550\u2550\u2567\u2550\u2550\u255b\n"
            "Validation loss on combined improved, model saved\n\n",
            (1, 1.75, 0.25, 1.625, 0.3125),
            (2, 1.5, 0.5, 1.5, 0.4375),
            (3, 1.25, 0.75, 1.4375, 0.5),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [1, 2, 3], [1.75, 1.5, 1.25]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [1.625, 1.5, 1.4375]),
            "val/accuracy": ("accuracy", "val", "epoch", [1, 2, 3], [0.3125, 0.4375, 0.5]),
        },
    ),
    "vowpal wabbit": (
        "Num weight bits = 18\nlearning rate = 0.5\n"
        "average  since         example        example        current        current  current\n"
        "loss     last          counter         weight          label        predict features\n"
        "1.000000 1.000000            1            1.0         1.0000         0.0000        5\n"
        "0.750000 0.500000            2            2.0         0.0000         0.5000        5\n"
        "0.500000 0.250000            4            4.0         1.0000         0.7500        5\n"
        "\nfinished run\nnumber of examples = 4\naverage loss = 0.500000\n",
        {
            "loss": ("loss", "train", "step", [1, 2, 4], [1.0, 0.75, 0.5]),
        },
    ),
}

"""Prints of tools of all trades, gathered: trainers of speech and images, Java and R, hand-made loops."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

BIGDL = (
    "2024-05-02 09:12:33 INFO  DistriOptimizer$:405 - [Epoch {0} {1}/2000][Iteration {2}][Wall Clock 1.5s] Trained 500 "
    "records in 1.5 seconds. Throughput is 333.3 records/second. Loss is {3}. Current learning rate is {4}. Current "
    "weight decay is 0.0005.\n"
)
LUDWIG = (
    "Epoch {0}, step {1}\n"
    "\u2552\u2550\u2550\u2550\u2564\u2550\u2550\u2550\u2564\u2550\u2550\u2550\u2555\n"
    "\u2502          \u2502   train \u2502   validation \u2502   test \u2502\n"
    "\u255e\u2550\u2550\u2550\u256a\u2550\u2550\u2550\u256a\u2550\u2550\u2550\u2561\n"
    "\u2502 loss     \u2502  {2} \u2502       {3} \u2502          {4} \u2502\n"
    "\u251c\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2524\n"
    "\u2502 accuracy \u2502  {5} \u2502       {6} \u2502          {7} \u2502\n"
)
COQUI = (
    "   --> TIME: 2024-05-02 09:12:40 -- STEP: {0}/40 -- GLOBAL_STEP: {1}\n"
    "     | > loss: {2}  (4.5)\n     | > grad_norm: {3}  (1.5)\n     | > step_time: 1.5012  (1.5012)\n\n"
)
ALLENNLP = (
    "2024-05-02 09:12:33,101 - INFO - allennlp.training.trainer - Epoch {0}/2\n"
    "accuracy: {1}, loss: {2} ||: 100%|##########| 100/100 [00:10<00:00,  9.50it/s]\n"
    "2024-05-02 09:12:43,101 - INFO - allennlp.training.trainer - Validating\n"
    "accuracy: {3}, loss: {4} ||: 100%|##########| 10/10 [00:01<00:00,  9.50it/s]\n"
)
H2O = (
    "Scoring History: \n"
    "             timestamp   duration     training_speed    epochs  iterations  training_logloss  validation_logloss\n"
    "0  2024-05-02 09:12:33  0.010 sec               None   0.0               0               NaN                 NaN\n"
    "1  2024-05-02 09:12:34  1.110 sec  35000 obs/sec       1.0               1            0.6000              0.6250\n"
    "2  2024-05-02 09:12:35  2.210 sec  36000 obs/sec       2.0               2            0.5000              0.5500\n"
    "3  2024-05-02 09:12:36  3.310 sec  36000 obs/sec       3.0               3            0.4000              0.5250\n"
)
MATLAB = (
    "    Iteration    Epoch    TimeElapsed    LearnRate    TrainingLoss    ValidationLoss    ValidationAccuracy\n"
    "    _________    _____    ___________    _________    ____________    ______________    __________________\n"
    "            0        0       00:00:02         0.01                            2.5000                10.500\n"
    "            1        1       00:00:03         0.01          2.2500                                        \n"
    "           50        2       00:00:13         0.01          1.2500            1.5000                45.500\n"
    "          100        4       00:00:23        0.005          0.7500            1.0000                70.500\n"
)
EPOCHS = [1, 2, 3]

DIALECTS: Dialects = {
    "bigdl, values in sentences": (
        rows(BIGDL, (1, 500, 1, 2.25, 0.01), (1, 1000, 2, 1.75, 0.01), (1, 1500, 3, 1.25, 0.005)),
        {
            "Loss": ("loss", "train", "epoch", [0.25, 0.5, 0.75], [2.25, 1.75, 1.25]),
            "Current learning rate": ("learning_rate", "none", "epoch", [0.25, 0.5, 0.75], [0.01, 0.01, 0.005]),
        },
    ),
    "ludwig, a metric a row and a split a column": (
        rows(
            LUDWIG,
            (1, 10, 2.25, 2.5, 2.75, 0.25, 0.125, 0.1875),
            (2, 20, 1.25, 1.5, 1.75, 0.5, 0.375, 0.4375),
            (3, 30, 0.75, 1.0, 1.25, 0.75, 0.625, 0.6875),
        ),
        {
            "train/loss": ("loss", "train", "epoch", EPOCHS, [2.25, 1.25, 0.75]),
            "validation/loss": ("loss", "val", "epoch", EPOCHS, [2.5, 1.5, 1.0]),
            "test/loss": ("loss", "test", "epoch", EPOCHS, [2.75, 1.75, 1.25]),
            "validation/accuracy": ("accuracy", "val", "epoch", EPOCHS, [0.125, 0.375, 0.625]),
        },
    ),
    "coqui, a step within the epoch beside a global one": (
        " > EPOCH: 0/2\n > TRAINING (2024-05-02 09:12:33) \n\n"
        + rows(COQUI, (0, 0, 4.5, 1.5), (25, 25, 4.0, 1.25))
        + " > EVALUATION \n\n  --> EVAL PERFORMANCE\n     | > avg_loss: 3.75 (+0.0)\n\n"
        + " > EPOCH: 1/2\n > TRAINING (2024-05-02 09:13:33) \n\n"
        + rows(COQUI, (10, 50, 3.5, 1.125), (35, 75, 3.0, 1.0))
        + " > EVALUATION \n\n  --> EVAL PERFORMANCE\n     | > avg_loss: 2.75 (-1.0)\n",
        {
            "loss": ("loss", "train", "step", [0, 25, 50, 75], [4.5, 4.0, 3.5, 3.0]),
            "grad_norm": ("grad_norm", "none", "step", [0, 25, 50, 75], [1.5, 1.25, 1.125, 1.0]),
            "val/avg_loss": ("loss", "val", "step", [25, 75], [3.75, 2.75]),
        },
    ),
    "kohya, a bar of the whole run under headings of epochs": (
        "epoch 1/2\n"
        + rows("\rsteps:   0%|          | {0}/400 [00:02<15:01,  2.26s/it, avr_loss={1}]", (1, 0.75), (2, 0.625))
        + "\nepoch 2/2\n"
        + rows("\rsteps:  50%|#####     | {0}/400 [00:02<15:01,  2.26s/it, avr_loss={1}]", (201, 0.5), (202, 0.25))
        + "\n",
        {"avr_loss": ("loss", "train", "step", [1, 2, 201, 202], [0.75, 0.625, 0.5, 0.25])},
    ),
    "kohya, what its loader says between the bars": (
        "epoch 1/4\n"
        + rows(
            "2025-06-29 11:57:02 INFO     epoch is incremented. current_epoch: {0}, epoch: {1}  train_util.py:779\n"
            "steps:   1%|#         | {2}/160 [00:50<1:06:54,  1.24s/it, avr_loss={3}]\n"
            "steps:   2%|#         | {4}/160 [00:50<1:06:54,  1.24s/it, avr_loss={5}]\nepoch {6}/4\n",
            (0, 1, 20, 0.75, 40, 0.625, 2),
            (1, 2, 60, 0.5, 80, 0.375, 3),
            (2, 3, 100, 0.25, 120, 0.125, 4),
        ),
        {"avr_loss": ("loss", "train", "step", [20, 40, 60, 80, 100, 120], [0.75, 0.625, 0.5, 0.375, 0.25, 0.125])},
    ),
    "paddle's model.fit, an evaluation under its heading": (
        rows(
            "Epoch {0}/3\nstep 10/20 - loss: {1} - acc: {2} - 12ms/step\nstep 20/20 - loss: {3} - acc: {4} - 9ms/step\n"
            "Eval begin...\nstep 5/10 - loss: 9.5000 - acc: 0.0500 - 6ms/step\n"
            "step 10/10 - loss: {5} - acc: {6} - 6ms/step\nEval samples: 1000\n",
            (1, 2.25, 0.25, 2.0, 0.375, 2.125, 0.3125),
            (2, 1.5, 0.5, 1.25, 0.5625, 1.375, 0.53125),
            (3, 1.0, 0.625, 0.75, 0.75, 1.125, 0.6875),
        ),
        {
            "loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2, 2.5, 3], [2.25, 2.0, 1.5, 1.25, 1.0, 0.75]),
            "acc": ("accuracy", "train", "epoch", [0.5, 1, 1.5, 2, 2.5, 3], [0.25, 0.375, 0.5, 0.5625, 0.625, 0.75]),
            "val/loss": ("loss", "val", "epoch", EPOCHS, [2.125, 1.375, 1.125]),
            "val/acc": ("accuracy", "val", "epoch", EPOCHS, [0.3125, 0.53125, 0.6875]),
        },
    ),
    "allennlp's bars": (
        rows(ALLENNLP, (0, 0.25, 2.25, 0.375, 2.125), (1, 0.5, 1.25, 0.625, 1.375), (2, 0.75, 0.75, 0.6875, 1.125)),
        {
            "loss": ("loss", "train", "epoch", [0, 1, 2], [2.25, 1.25, 0.75]),
            "accuracy": ("accuracy", "train", "epoch", [0, 1, 2], [0.25, 0.5, 0.75]),
            "val/loss": ("loss", "val", "epoch", [0, 1, 2], [2.125, 1.375, 1.125]),
            "val/accuracy": ("accuracy", "val", "epoch", [0, 1, 2], [0.375, 0.625, 0.6875]),
        },
    ),
    "torch for R, splits under one name": (
        rows("Loss at epoch {0}: training: {1}, validation: {2}\n", (1, 2.25, 2.5), (2, 1.25, 1.5), (3, 0.75, 1.0)),
        {
            "training Loss": ("loss", "train", "epoch", EPOCHS, [2.25, 1.25, 0.75]),
            "validation Loss": ("loss", "val", "epoch", EPOCHS, [2.5, 1.5, 1.0]),
        },
    ),
    "cntk's evaluations": (
        rows(
            "Finished Epoch[{0} of 3]: [Training] loss = {1} * 60000, metric = {2}% * 60000 5.1s (11764.7 samples/s);\n"
            "Finished Evaluation [{0}]: Minibatch[1-10]: metric = {3}% * 10000;\n",
            (1, 2.25, 25.5, 20.5),
            (2, 1.25, 15.5, 12.5),
            (3, 0.75, 5.5, 7.5),
        ),
        {
            "train/loss": ("loss", "train", "epoch", EPOCHS, [2.25, 1.25, 0.75]),
            "train/metric": ("unknown", "train", "epoch", EPOCHS, [25.5, 15.5, 5.5]),
            "test/metric": ("unknown", "test", "epoch", EPOCHS, [20.5, 12.5, 7.5]),
        },
    ),
    "h2o's scoring history": (
        H2O,
        {
            "training_logloss": ("logloss", "train", "epoch", EPOCHS, [0.6, 0.5, 0.4]),
            "validation_logloss": ("logloss", "val", "epoch", EPOCHS, [0.625, 0.55, 0.525]),
        },
    ),
    "matlab's trainnet, empty cells under a ruler": (
        MATLAB,
        {
            "TrainingLoss": ("loss", "train", "epoch", [1, 2, 4], [2.25, 1.25, 0.75]),
            "ValidationLoss": ("loss", "val", "epoch", [0, 2, 4], [2.5, 1.5, 1.0]),
            "ValidationAccuracy": ("accuracy", "val", "epoch", [0, 2, 4], [10.5, 45.5, 70.5]),
        },
    ),
    "epochs and batches by their letters": (
        rows(
            "E{0} B20 loss {1} acc {2}\nE{0} B40 loss {3} acc {4}\n",
            (1, 2.25, 0.25, 2.0, 0.375),
            (2, 1.5, 0.5, 1.0, 0.75),
        ),
        {
            "loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [2.25, 2.0, 1.5, 1.0]),
            "acc": ("accuracy", "train", "epoch", [0.5, 1, 1.5, 2], [0.25, 0.375, 0.5, 0.75]),
        },
    ),
    "so-vits, what an epoch cost in seconds": (
        rows(
            "INFO\tLosses: [{1}, 2.25, 9.5, 45.5, 3.5], step: {0}, lr: 0.0001, reference_loss: {2}\n"
            "INFO\t====> Epoch: {3}, cost 25.10 s\n",
            (0, 2.5, 63.25, 1),
            (600, 2.0, 38.5, 2),
            (1200, 1.5, 31.0, 3),
        ),
        {
            "Losses": ("loss", "train", "step", [0, 600, 1200], [2.5, 2.0, 1.5]),
            "reference_loss": ("loss", "train", "step", [0, 600, 1200], [63.25, 38.5, 31.0]),
        },
    ),
}

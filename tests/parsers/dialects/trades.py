"""Prints of those who forecast rain, tell faces apart, reckon survival, or solve equations; evaluations in blocks."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

FARM = (
    "\rTrain epoch {0}/1 (Cur. train loss: {1}):  50%|█████     | 10/20 [00:02<00:01, 14.20it/s]"
    "\rTrain epoch {0}/1 (Cur. train loss: {2}): 100%|██████████| 20/20 [00:04<00:00, 14.20it/s]\n"
    "03/14/2021 09:21:30 - INFO - farm.eval -   \n\\\\|//       \\\\|//\n***************************\n"
    "***** EVALUATION | DEV SET | AFTER {3} BATCHES *****\n***************************\n"
    "03/14/2021 09:21:30 - INFO - farm.eval -   \n _________ text_classification _________\n"
    "03/14/2021 09:21:30 - INFO - farm.eval -   loss: {4}\n"
    "03/14/2021 09:21:30 - INFO - farm.eval -   task_name: text_classification\n"
    "03/14/2021 09:21:30 - INFO - farm.eval -   f1_macro: {5}\n"
)
PADDLE = (
    "Epoch {0}/3\nstep 4/8 - loss: {1} - acc: 0.5000 - 12ms/step\nstep 8/8 - loss: {2} - acc: 0.6250 - 12ms/step\n"
    "Eval begin...\nstep 4/8 - loss: 9.5000 - acc: 0.1250 - 7ms/step\nstep 8/8 - loss: {3} - acc: {4} - 7ms/step\n"
    "Eval samples: 512\n"
)
ARCFACE = (
    "Training: 2021-05-12 06:29:36,284-Speed 3120.44 samples/sec   Loss {1}   LearningRate {2}   Epoch: 0   "
    "Global Step: {0}   Fp16 Grad Scale: 65536   Required: 1 hours\n"
    "Training: 2021-05-12 06:29:37,284-[lfw][{0}]XNorm: 21.{0}\n"
    "Training: 2021-05-12 06:29:37,284-[lfw][{0}]Accuracy-Flip: {3}+-0.00529\n"
    "Training: 2021-05-12 06:29:37,284-[lfw][{0}]Accuracy-Highest: 0.99\n"
    "Training: 2021-05-12 06:29:38,284-[agedb_30][{0}]Accuracy-Flip: {4}+-0.00529\n"
)
OPENSTL = (
    "2023-07-22 15:00:05,685 - val\t mse:{1}, ssim:{2}\n"
    "2023-07-22 15:00:06,822 - Epoch: {0}, Steps: 50 | Lr: {3} | Train Loss: {4} | Vali Loss: {5}\n\n"
)
REPORT = (
    "              precision    recall  f1-score   support\n\n"
    "           0       0.97      0.99      0.98       980\n"
    "    class two       nan      0.99      0.99      1135\n\n"
    "    accuracy                           0.11     10000\n"
    "   macro avg       0.98      0.98      0.98     10000\n"
    "weighted avg       0.98      0.98      0.98     10000\n\n"
)
KERAS = "Epoch {0}/3\n10/10 [==============================] - 1s 41ms/step - loss: {1} - accuracy: {2}\n"
KRAKEN = (
    "stage {0}/∞ ━━━━━━━━━━━━━━━━━━━━ 8/8 0:00:03 • 0:00:00 14.21it/s v_num: 0 train_loss_epoch: {1} "
    "val_accuracy: {2} early_stopping: 0/10 {2}\n"
)
SIMPLE = (
    "\rEpochs {0}/3. Running Loss:    9.5000:  50%|█████     | 10/20 [00:03<00:02, 11.37it/s]"
    "\rEpochs {0}/3. Running Loss:    {1}: 100%|██████████| 20/20 [00:03<00:02, 11.37it/s]\n"
)
EPOCHS = [1, 2, 3]

DIALECTS: Dialects = {
    "farm, the dev set in a box of stars": (
        rows(FARM, (0, 2.5, 2.25, 20, 2.375, 0.25), (1, 1.5, 1.25, 40, 1.75, 0.5)),
        {
            "Cur. train loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [2.5, 2.25, 1.5, 1.25]),
            "val/loss": ("loss", "val", "epoch", [1, 2], [2.375, 1.75]),
            "val/f1_macro": ("f1", "val", "epoch", [1, 2], [0.25, 0.5]),
        },
    ),
    "paddle's fit, as many steps in the evaluation as in an epoch": (
        rows(PADDLE, (1, 2.5, 2.25, 2.375, 0.5), (2, 1.5, 1.25, 1.75, 0.625), (3, 1.125, 1.0, 1.5, 0.75)),
        {
            "loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2, 2.5, 3], [2.5, 2.25, 1.5, 1.25, 1.125, 1.0]),
            "val/loss": ("loss", "val", "epoch", EPOCHS, [2.375, 1.75, 1.5]),
            "val/acc": ("accuracy", "val", "epoch", EPOCHS, [0.5, 0.625, 0.75]),
        },
    ),
    "names in parentheses before their values": (
        rows("(epoch) 1 (batch) {0} (loss) {1}\n", (1, 2.5), (2, 2.25))
        + "Epoch 001 | Validation score: 0.5 <<< BEST VALIDATION EPOCH\n"
        + rows("(epoch) 2 (batch) {0} (loss) {1}\n", (1, 1.5), (2, 1.25))
        + "Epoch 002 | Validation score: 0.625\n",
        {
            "loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [2.5, 2.25, 1.5, 1.25]),
            "Validation score": ("score", "val", "epoch", [1, 2], [0.5, 0.625]),
        },
    ),
    "poutyne, how many steps each split has": (
        rows(
            "Epoch: {0}/3 Train steps: 90 Val steps: 10 0.42s loss: {1} acc: {2} val_loss: {3} val_acc: {4}\n",
            (1, 2.5, 25.5, 2.75, 20.5),
            (2, 1.5, 55.5, 1.75, 50.5),
            (3, 1.25, 65.5, 1.5, 60.5),
        ),
        {
            "loss": ("loss", "train", "epoch", EPOCHS, [2.5, 1.5, 1.25]),
            "acc": ("accuracy", "train", "epoch", EPOCHS, [25.5, 55.5, 65.5]),
            "val_loss": ("loss", "val", "epoch", EPOCHS, [2.75, 1.75, 1.5]),
        },
    ),
    "arcface, a rate without a colon and pairs of faces": (
        rows(ARCFACE, (20, 42.5, 0.02, 0.5, 0.25), (40, 22.5, 0.02, 0.75, 0.5), (60, 12.5, 0.002, 0.875, 0.625)),
        {
            "Loss": ("loss", "train", "step", [20, 40, 60], [42.5, 22.5, 12.5]),
            "LearningRate": ("learning_rate", "none", "step", [20, 40, 60], [0.02, 0.02, 0.002]),
            "val/lfw/Accuracy-Flip": ("accuracy", "val", "step", [20, 40, 60], [0.5, 0.75, 0.875]),
            "val/lfw/XNorm": ("feature_norm", "val", "step", [20, 40, 60], [21.2, 21.4, 21.6]),
            "val/agedb_30/Accuracy-Flip": ("accuracy", "val", "step", [20, 40, 60], [0.25, 0.5, 0.625]),
        },
    ),
    "openstl, the metrics before the line of their epoch": (
        rows(
            OPENSTL,
            (1, 42.5, 0.5, 0.001, 2.5, 2.75),
            (2, 32.5, 0.625, 0.0005, 1.5, 1.75),
            (3, 22.5, 0.75, 0.0001, 1.25, 1.5),
        ),
        {
            "Train Loss": ("loss", "train", "epoch", EPOCHS, [2.5, 1.5, 1.25]),
            "Vali Loss": ("loss", "val", "epoch", EPOCHS, [2.75, 1.75, 1.5]),
            "Lr": ("learning_rate", "none", "epoch", EPOCHS, [0.001, 0.0005, 0.0001]),
            "val/mse": ("mse", "val", "epoch", EPOCHS, [42.5, 32.5, 22.5]),
            "val/ssim": ("ssim", "val", "epoch", EPOCHS, [0.5, 0.625, 0.75]),
        },
    ),
    "an evaluation before the training keeps its place": (
        "test acc: 0.125\n"
        + rows("Epoch: {0} | loss: {1}\ntest acc: {2}\n", (1, 2.5, 0.5), (2, 1.5, 0.625), (3, 1.25, 0.75)),
        {
            "loss": ("loss", "train", "epoch", EPOCHS, [2.5, 1.5, 1.25]),
            "test acc": ("accuracy", "test", "epoch", [1, 1, 2, 3], [0.125, 0.5, 0.625, 0.75]),
        },
    ),
    "errors of operators that have no loss": (
        rows("epoch {0}, 1.5{0} s, train l2: {1}, test l2: {2}\n", (0, 0.5, 0.625), (1, 0.25, 0.375), (2, 0.125, 0.25)),
        {
            "train l2": ("l2", "train", "epoch", [0, 1, 2], [0.5, 0.25, 0.125]),
            "test l2": ("l2", "test", "epoch", [0, 1, 2], [0.625, 0.375, 0.25]),
        },
    ),
    "neuraloperator, errors by resolution": (
        rows(
            "[{0}] time=2.5, avg_loss={1}, train_err=21.5\nEval: 16_h1=0.5, 16_l2={2}, 32_l2={3}\n",
            (0, 2.5, 0.5, 0.625),
            (1, 1.5, 0.25, 0.375),
            (2, 1.25, 0.125, 0.25),
        ),
        {
            "avg_loss": ("loss", "train", "step", [0, 1, 2], [2.5, 1.5, 1.25]),
            "val/l2_16": ("l2", "val", "step", [0, 1, 2], [0.5, 0.25, 0.125]),
            "val/l2_32": ("l2", "val", "step", [0, 1, 2], [0.625, 0.375, 0.25]),
        },
    ),
    "keras and a classification report": (
        rows(KERAS, (1, 2.5, 0.25), (2, 1.5, 0.5)) + REPORT + KERAS.format(3, 1.25, 0.75) + REPORT,
        {
            "loss": ("loss", "train", "epoch", EPOCHS, [2.5, 1.5, 1.25]),
            "accuracy": ("accuracy", "train", "epoch", EPOCHS, [0.25, 0.5, 0.75]),
        },
    ),
    "pycox": (
        rows(
            "{0}:\t[{0}s / 1m:{0}s],\t\ttrain_loss: {1},\tval_loss: {2},\tval_cindex: {3}\n",
            (0, 2.5, 2.75, 0.5),
            (1, 1.5, 1.75, 0.625),
            (2, 1.25, 1.5, 0.75),
        ),
        {
            "train_loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 1.25]),
            "val_loss": ("loss", "val", "epoch", [0, 1, 2], [2.75, 1.75, 1.5]),
            "val_cindex": ("c_index", "val", "epoch", [0, 1, 2], [0.5, 0.625, 0.75]),
        },
    ),
    "scores of forecasts": (
        rows(
            "Epoch {0} train loss {1}\n[val] CSI: {2}, POD: {3}, FAR: {4}, HSS: 0.5\n",
            (1, 2.5, 0.25, 0.375, 0.75),
            (2, 1.5, 0.375, 0.5, 0.625),
            (3, 1.25, 0.5, 0.625, 0.5),
        ),
        {
            "train loss": ("loss", "train", "epoch", EPOCHS, [2.5, 1.5, 1.25]),
            "val/CSI": ("csi", "val", "epoch", EPOCHS, [0.25, 0.375, 0.5]),
            "val/POD": ("pod", "val", "epoch", EPOCHS, [0.375, 0.5, 0.625]),
            "val/FAR": ("far", "val", "epoch", EPOCHS, [0.75, 0.625, 0.5]),
            "val/HSS": ("hss", "val", "epoch", EPOCHS, [0.5, 0.5, 0.5]),
        },
    ),
    "kraken, stages without end": (
        rows(KRAKEN, (0, 2.5, 0.25), (1, 1.5, 0.5), (2, 1.25, 0.75)),
        {
            "train_loss_epoch": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 1.25]),
            "val_accuracy": ("accuracy", "val", "epoch", [0, 1, 2], [0.25, 0.5, 0.75]),
        },
    ),
    "simpletransformers, epochs in the plural": (
        rows(SIMPLE, (0, 2.5), (1, 1.5), (2, 1.25)),
        {"Running Loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 1.25])},
    ),
}

# ruff: noqa: E501 - lines as the tools print them
"""Dialects written down after the mechanism was, to judge it by (see benchmarks/READING.md)."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "chainer trainer, evaluation by extension": (
        "epoch       iteration   main/loss   main/accuracy  validation/main/loss  elapsed_time\n"
        + rows(
            "\x1b[J{0}           {1}         {2}    {3}       {4}              12.5\n",
            (1, 600, 0.75, 0.5, 0.625),
            (2, 1200, 0.5, 0.625, 0.5),
            (3, 1800, 0.25, 0.75, 0.4375),
        ),
        {
            "main/loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "validation/main/loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "vits": (
        rows(
            "2022-01-01 10:00:00,123\tbase\tINFO\tTrain Epoch: {0} [{1}%]\n2022-01-01 10:00:00,123\tbase\tINFO\tepoch: {0}, loss: {2}\n",
            (1, 0, 2.5),
            (2, 50, 2.25),
            (3, 0, 2.0),
        ),
        {"loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 2.25, 2.0])},
    ),
    "coursera": (
        rows("Cost after iteration {0}: {1}\n", (0, 0.75), (100, 0.5), (200, 0.25)),
        {"Cost": ("loss", "train", "step", [0, 100, 200], [0.75, 0.5, 0.25])},
    ),
    "tensorflow mnist": (
        rows("step {0}, training accuracy {1}\n", (0, 0.125), (100, 0.5), (200, 0.75)) + "test accuracy 0.8125\n",
        {"training accuracy": ("accuracy", "train", "step", [0, 100, 200], [0.125, 0.5, 0.75])},
    ),
    "pix2pix tensorflow": (
        rows(
            "progress  epoch {0}  step {1}  image/sec 10.5  remaining 57m\ndiscrim_loss {2}\ngen_loss_GAN {3}\ngen_loss_L1 0.25\n",
            (1, 50, 1.25, 0.75),
            (1, 100, 1.125, 0.875),
            (2, 150, 1.0625, 1.0),
        ),
        {
            "discrim_loss": ("loss", "train", "step", [50, 100, 150], [1.25, 1.125, 1.0625]),
            "gen_loss_GAN": ("loss", "train", "step", [50, 100, 150], [0.75, 0.875, 1.0]),
        },
    ),
    "simpletuner bar": (
        rows(
            "Epoch 1/10, Steps:   1%|1         | {0}/3000 [01:00<09:00,  1.62s/it, grad_norm=0.5, lr=1e-5, step_loss={1}]\n",
            (10, 0.5),
            (20, 0.25),
            (30, 0.125),
        ),
        {"step_loss": ("loss", "train", "epoch", [10 / 3000, 20 / 3000, 30 / 3000], [0.5, 0.25, 0.125])},
    ),
    "fastreid": (
        rows(
            "[01/01 10:00:00 fastreid.utils.events]:  eta: 1:00:00  epoch/iter: {0}/{1}  total_loss: {2}  loss_cls: 2.5  loss_triplet: 1.5  time: 0.5  lr: 3.5e-05  max_mem: 5000M\n",
            (0, 199, 9.5),
            (0, 399, 8.5),
            (1, 599, 7.5),
        ),
        {"total_loss": ("loss", "train", "step", [199, 399, 599], [9.5, 8.5, 7.5])},
    ),
    "mmpose": (
        rows(
            "2023/01/01 10:00:00 - mmengine - INFO - Epoch(train) [{0}][{1}/100]  base_lr: 5.0e-04 lr: 5.0e-04  eta: 1:00:00  time: 0.5  data_time: 0.1  memory: 5000  loss: {2}  loss_kpt: {2}  acc_pose: 0.5\n",
            (1, 50, 0.5),
            (1, 100, 0.25),
            (2, 50, 0.125),
        ),
        {"train/loss": ("loss", "train", "epoch", [0.5, 1, 1.5], [0.5, 0.25, 0.125])},
    ),
    "yolov7": (
        "     Epoch   gpu_mem       box       obj       cls     total    labels  img_size\n"
        + rows(
            "     {0}/2     3.35G   {1}   0.0125   0.03125   0.125        28       640: 100%|##########| 10/10 [00:05<00:00,  1.9it/s]\n"
            "               Class      Images      Labels           P           R      mAP@.5  mAP@.5:.95: 100%|##########| 5/5 [00:02<00:00,  2.1it/s]\n"
            "                 all         100         250       0.5       0.25       {2}       0.125\n",
            (0, 0.0625, 0.25),
            (1, 0.05, 0.375),
            (2, 0.03125, 0.5),
        ),
        {
            "train/box_loss": ("loss", "train", "epoch", [0, 1, 2], [0.0625, 0.05, 0.03125]),
            "val/mAP50": ("map", "val", "epoch", [0, 1, 2], [0.25, 0.375, 0.5]),
            "train/total_loss": ("loss", "train", "epoch", [0, 1, 2], [0.125, 0.125, 0.125]),
        },
    ),
    "tf object detection": (
        rows(
            "INFO:tensorflow:Step {0} per-step time 0.512s\nI0101 10:00:00.123456 140 model_lib_v2.py:705] {{'Loss/classification_loss': {1},\n 'Loss/localization_loss': 0.25,\n 'Loss/total_loss': {2},\n 'learning_rate': 0.04}}\n",
            (100, 0.5, 1.25),
            (200, 0.375, 1.0),
            (300, 0.25, 0.75),
        ),
        {"Loss/total_loss": ("loss", "train", "step", [100, 200, 300], [1.25, 1.0, 0.75])},
    ),
    "openai finetune": (
        rows(
            "Step {0}/300: training loss={1}, validation loss={2}\n", (1, 2.5, 2.625), (2, 2.25, 2.375), (3, 2.0, 2.125)
        ),
        {
            "training loss": ("loss", "train", "step", [1, 2, 3], [2.5, 2.25, 2.0]),
            "validation loss": ("loss", "val", "step", [1, 2, 3], [2.625, 2.375, 2.125]),
        },
    ),
    "rwkv": (
        rows(
            "Epoch 0:   1%|1         | {0}/5000 [00:10<10:00,  8.10it/s, loss={1}, lr=0.0006, REAL it/s=8.1, Kt/s=66.4]\n",
            (10, 9.5),
            (20, 8.5),
            (30, 7.5),
        ),
        {"loss": ("loss", "train", "epoch", [10 / 5000, 20 / 5000, 30 / 5000], [9.5, 8.5, 7.5])},
    ),
    "ms-swift": (
        rows(
            "{{'loss': {1}, 'token_acc': 0.5, 'grad_norm': 1.5, 'learning_rate': 1e-05, 'memory(GiB)': 50.5, 'train_speed(iter/s)': 0.05, 'epoch': {0}, 'global_step/max_steps': '{2}/100', 'percentage': '10%', 'elapsed_time': '1m 2s', 'remaining_time': '10m 1s'}}\n",
            (0.25, 2.5, 10),
            (0.5, 2.25, 20),
            (0.75, 2.0, 30),
        ),
        {"loss": ("loss", "train", "epoch", [0.25, 0.5, 0.75], [2.5, 2.25, 2.0])},
    ),
    "openrlhf bar": (
        rows(
            "Train epoch [1/1]:  10%|#         | {0}/100 [01:00<09:00,  6.1s/it, pg=-0.01, rm={1}, ret=0.5, glen=250, tlen=300, kl=0.02, act_lr=5e-7]\n",
            (10, 0.25),
            (20, 0.375),
            (30, 0.5),
        ),
        {},
    ),
    "stanza": (
        rows(
            "2022-01-01 10:00:00 INFO: Finished STEP {0}/1000, loss = {1} (0.123 sec/batch), lr: 0.100000\n",
            (20, 5.5),
            (40, 4.5),
            (60, 3.5),
        )
        + "2022-01-01 10:01:00 INFO: step 60: train_loss = 4.500000, dev_score = 0.5000\n",
        {
            "loss": ("loss", "train", "step", [20, 40, 60], [5.5, 4.5, 3.5]),
            "train_loss": ("loss", "train", "step", [60], [4.5]),
        },
    ),
    "joeynmt": (
        rows(
            "2022-01-01 10:00:00,123 - INFO - joeynmt.training - Epoch   1, Step: {0:8d}, Batch Loss: {1:12.6f}, Batch Acc: 0.050000, Tokens per Sec: 5000, Lr: 0.000300\n",
            (100, 5.5),
            (200, 4.5),
            (300, 3.5),
        )
        + "2022-01-01 10:01:00,123 - INFO - joeynmt.training - Evaluation result (greedy): bleu:  12.50, loss:   3.25, ppl:  25.79, acc:   0.50, 0.1[sec]\n",
        {
            "Batch Loss": ("loss", "train", "step", [100, 200, 300], [5.5, 4.5, 3.5]),
            "val/loss": ("loss", "val", "step", [300], [3.25]),
        },
    ),
    "r keras": (
        rows(
            "Epoch {0}/3\n500/500 - 2s - loss: {1} - accuracy: 0.5 - val_loss: {2} - val_accuracy: 0.5 - 2s/epoch - 4ms/step\n",
            (1, 0.75, 0.625),
            (2, 0.5, 0.5),
            (3, 0.25, 0.4375),
        ),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val_loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "a script, percent and arrows": (
        rows(
            "Epoch {0}/3 => Train loss: {1} | Train acc: {2}% || Val loss: {3} | Val acc: 50.5%\n",
            (1, 0.75, 50.5, 0.625),
            (2, 0.5, 60.5, 0.5),
            (3, 0.25, 70.5, 0.4375),
        ),
        {
            "Train loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "Val loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
            "Train acc": ("accuracy", "train", "epoch", [1, 2, 3], [50.5, 60.5, 70.5]),
        },
    ),
    "a script, tabs": (
        rows("epoch:\t{0}\ttrain_loss:\t{1}\tvalid_loss:\t{2}\n", (1, 0.75, 0.625), (2, 0.5, 0.5), (3, 0.25, 0.4375)),
        {
            "train_loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "valid_loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "a script, brackets": (
        rows(
            "[Epoch {0}] [Train Loss {1}] [Valid Loss {2}] [Time 12.5s]\n",
            (1, 0.75, 0.625),
            (2, 0.5, 0.5),
            (3, 0.25, 0.4375),
        ),
        {
            "Train Loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "Valid Loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
    "a script, epoch last": (
        rows("train loss {1} val loss {2} (epoch {0})\n", (1, 0.75, 0.625), (2, 0.5, 0.5), (3, 0.25, 0.4375)),
        {
            "train loss": ("loss", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val loss": ("loss", "val", "epoch", [1, 2, 3], [0.625, 0.5, 0.4375]),
        },
    ),
}

"""Frameworks, boosting libraries and examples: AllenNLP to nnU-Net."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "allennlp": (
        rows(
            "2021-01-01 10:00:00,123 - INFO - allennlp.training.trainer - Epoch {0}/2\n"
            "2021-01-01 10:00:00,123 - INFO - allennlp.training.tensorboard_writer -         Training |  Validation\n"
            "2021-01-01 10:00:00,123 - INFO - allennlp.training.tensorboard_writer - gpu_memory |  1000.0  |     N/A\n"
            "2021-01-01 10:00:00,123 - INFO - allennlp.training.tensorboard_writer - loss       |     {1}  |     {2}\n",
            (0, 0.85, 0.95),
            (1, 0.75, 0.875),
        ),
        {
            "training/loss": ("loss", "train", "epoch", [0, 1], [0.85, 0.75]),
            "validation/loss": ("loss", "val", "epoch", [0, 1], [0.95, 0.875]),
        },
    ),
    "spacy": (
        "\u2139 Initial learn rate: 0.001\n"
        "E    #       LOSS TOK2VEC  LOSS NER  ENTS_F  SCORE \n"
        "---  ------  ------------  --------  ------  ------\n"
        "  0       0          0.00     60.50    0.00    0.00\n"
        "  0     200         75.25   3500.50   60.10    0.60\n"
        "  1     400        140.50   1200.25   70.10    0.70\n"
        "\u2714 Saved pipeline to output directory\n",
        {
            "LOSS NER": ("loss", "train", "step", [0, 200, 400], [60.5, 3500.5, 1200.25]),
            "val/ENTS_F": ("f1", "val", "step", [0, 200, 400], [0, 60.1, 70.1]),
        },
    ),
    "skorch": (
        "  epoch    train_loss    valid_acc    valid_loss     dur\n"
        "-------  ------------  -----------  ------------  ------\n"
        "      1        0.9375       0.5000        0.8750  0.1000\n"
        "      2        0.7500       0.6250        0.8125  0.0900\n",
        {
            "train_loss": ("loss", "train", "epoch", [1, 2], [0.9375, 0.75]),
            "valid_acc": ("accuracy", "val", "epoch", [1, 2], [0.5, 0.625]),
            "valid_loss": ("loss", "val", "epoch", [1, 2], [0.875, 0.8125]),
        },
    ),
    "stable-baselines3": (
        rows(
            "---------------------------------\n| rollout/           |          |\n"
            "|    ep_rew_mean     | {0}     |\n| time/              |          |\n|    fps             | 1000     |\n"
            "|    total_timesteps | {1}     |\n| train/             |          |\n|    loss            | {2}     |\n"
            "---------------------------------\n",
            (21.5, 2048, 9.5),
            (22.5, 4096, 8.5),
            (23.5, 6144, 7.5),
        ),
        {
            "rollout/ep_rew_mean": ("reward", "train", "step", [2048, 4096, 6144], [21.5, 22.5, 23.5]),
            "train/loss": ("loss", "train", "step", [2048, 4096, 6144], [9.5, 8.5, 7.5]),
        },
    ),
    "baselines": (
        rows(
            "********** Iteration {0} ************\n----------------------------------\n"
            "| EpRewMean       | {1}      |\n| TimestepsSoFar  | {2}     |\n| loss_vf_loss    | {3}     |\n"
            "----------------------------------\n",
            (0, 20.5, 100, 49.5),
            (1, 21.5, 200, 48.5),
            (2, 22.5, 300, 47.5),
        ),
        {
            "EpRewMean": ("reward", "train", "step", [100, 200, 300], [20.5, 21.5, 22.5]),
            "loss_vf_loss": ("loss", "train", "step", [100, 200, 300], [49.5, 48.5, 47.5]),
        },
    ),
    "mlperf, printed by two ranks": (
        ':::MLLOG {"key": "submission_benchmark", "value": "x", "metadata": {"lineno": 30}}\n'
        + rows(
            '[{0}]:::MLLOG {{"time_ms": 15944146, "key": "eval_accuracy", "value": {1}, "metadata": '
            '{{"lineno": 255, "epoch_num": {2}}}}}\n',
            *((rank, value, epoch) for value, epoch in ((0.25, 1), (0.5, 5), (0.75, 9)) for rank in (0, 1)),
        )
        + ':::MLLOG {"key": "eval_stop", "value": null, "metadata": {"epoch_num": 9}}\n',
        {"eval_accuracy": ("accuracy", "val", "epoch", [1, 5, 9], [0.25, 0.5, 0.75])},
    ),
    "ultralytics": (
        rows(
            "\n      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size\n"
            "        {0}/3      2.5G  9.5  9.5    12    640:  50%|###     | 5/10 [00:01<00:01,  5.0it/s]\r"
            "        {0}/3      2.6G  {1}  {2}    12    640: 100%|######| 10/10 [00:02<00:00,  5.0it/s]\n"
            "                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): 100%|##| 1/1\n"
            "                   all         30         49      0.15      0.16      {3}      0.18\n",
            (1, 1.5, 2.5, 0.25),
            (2, 1.25, 2.25, 0.5),
            (3, 1.0, 2.0, 0.75),
        ),
        {
            "train/box_loss": ("loss", "train", "epoch", [1, 2, 3], [1.5, 1.25, 1.0]),
            "train/cls_loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 2.25, 2.0]),
            "val/mAP50": ("map", "val", "epoch", [1, 2, 3], [0.25, 0.5, 0.75]),
        },
    ),
    "lightning": (
        rows(
            "Epoch {0}:  50%|###     | 5/10 [00:01<00:01,  5.00it/s, loss=9.5, v_num=3]\n"
            "Epoch {0}: 100%|######| 10/10 [00:02<00:00,  5.00it/s, loss={1}, v_num=3]\n"
            "Validation DataLoader 0: 100%|#| 2/2 [00:00<00:00, 5.73it/s]\n"
            "Epoch {0}: 100%|######| 10/10 [00:02<00:00,  5.00it/s, loss={1}, v_num=3, val_loss={2}]\n",
            (0, 2.5, 2.75),
            (1, 2.25, 2.5),
            (2, 2.0, 2.25),
        ),
        {
            "loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 2.25, 2.0]),
            "val_loss": ("loss", "val", "epoch", [0, 1, 2], [2.75, 2.5, 2.25]),
        },
    ),
    "keras without epochs": (
        rows(
            "9/9 [======] - 1s 6ms/step - loss: {0}\n9/9 [======] - 1s 6ms/step - loss: {0} - val_loss: {1}\n",
            (5.0, 5.5),
            (4.0, 4.5),
            (4.0, 4.25),
        ),
        {
            "loss": ("loss", "train", "row", [0, 1, 2], [5.0, 4.0, 4.0]),
            "val_loss": ("loss", "val", "row", [0, 1, 2], [5.5, 4.5, 4.25]),
        },
    ),
    "catboost, a score of the evaluation set alone": (
        rows("{0}:\ttest: {1}\tbest: {2} ({0})\ttotal: 60ms\n", (0, 0.65, 0.65), (1, 0.75, 0.75), (2, 0.625, 0.75)),
        {"eval/score": ("score", "val", "step", [0, 1, 2], [0.65, 0.75, 0.625])},
    ),
    "xgboost by scikit-learn, through syslog": (
        rows("[{0}]#011validation_0-logloss:{1}#011validation_1-logloss:{2}\n", (0, 0.6, 0.65), (1, 0.5, 0.625)),
        {
            "validation_0-logloss": ("logloss", "train", "step", [0, 1], [0.6, 0.5]),
            "validation_1-logloss": ("logloss", "val", "step", [0, 1], [0.65, 0.625]),
        },
    ),
    "gradient boosting of scikit-learn": (
        "      Iter       Train Loss   Remaining Time \n"
        + rows("         {0}           {1}            {2}s\n", (1, 0.95, 3.5), (2, 0.9, 2.5), (3, 0.85, 1.5)),
        {"Train Loss": ("loss", "train", "step", [1, 2, 3], [0.95, 0.9, 0.85])},
    ),
    "a model card": (
        "| Training Loss | Epoch | Step | Validation Loss |\n|:-------------:|:-----:|:----:|:----:|\n"
        "| No log        | 1.0   | 10   | 2.75 |\n| 2.5 | 2.0 | 20 | 2.5 |\n| 2.25 | 3.0 | 30 | 2.375 |\n\nText.\n",
        {
            "Training Loss": ("loss", "train", "epoch", [2, 3], [2.5, 2.25]),
            "Validation Loss": ("loss", "val", "epoch", [1, 2, 3], [2.75, 2.5, 2.375]),
        },
    ),
    "results of an estimator, their step last": (
        rows(
            "INFO:tensorflow:***** Eval results *****\nINFO:tensorflow:  eval_accuracy = {0}\n"
            "INFO:tensorflow:  global_step = {1}\nINFO:tensorflow:  loss = {2}\nINFO:tensorflow:Done.\n",
            (0.5, 100, 1.5),
            (0.75, 200, 1.25),
        ),
        {
            "eval_accuracy": ("accuracy", "val", "step", [100, 200], [0.5, 0.75]),
            "val/loss": ("loss", "val", "step", [100, 200], [1.5, 1.25]),
        },
    ),
    "composer": (
        rows(
            "[batch={0}/100]:\n\t Train time/batch: {0}\n\t Train loss/train/total: {1}\n",
            (10, 7.75),
            (20, 7.5),
            (30, 7),
        ),
        {"Train loss/train/total": ("loss", "train", "step", [10, 20, 30], [7.75, 7.5, 7])},
    ),
    "dcgan example": (
        rows("[{0}/25][{1}/10]\tLoss_D: {2}\tLoss_G: {3}\n", (1, 5, 1.0, 2.0), (1, 10, 0.75, 2.25), (2, 5, 0.5, 2.5)),
        {"Loss_D": ("loss", "train", "epoch", [0.5, 1, 1.5], [1.0, 0.75, 0.5])},
    ),
    "titles of bars": (
        rows(
            "Steps:  {0}%|##   | {1}/1000 [01:00<09:00,  1.5it/s, lr=1e-5, step_loss={2}]\n",
            (10, 100, 0.5),
            (20, 200, 0.375),
            (30, 300, 0.25),
        ),
        {"step_loss": ("loss", "train", "step", [100, 200, 300], [0.5, 0.375, 0.25])},
    ),
    "chainer's printed report, bars between its rows": (
        "epoch       main/loss   validation/main/loss  elapsed_time\n"
        + rows(
            "{0}           {1}    {2}              {0}0.5\n     total [.................]  1.07%\n",
            (1, 0.9, 1.0),
            (2, 0.8, 0.95),
            (3, 0.7, 0.9),
            (4, 0.6, 0.85),
        ),
        {
            "main/loss": ("loss", "train", "epoch", [1, 2, 3, 4], [0.9, 0.8, 0.7, 0.6]),
            "validation/main/loss": ("loss", "val", "epoch", [1, 2, 3, 4], [1.0, 0.95, 0.9, 0.85]),
        },
    ),
    "imagenet example": (
        rows(
            "Epoch: [{0}][   5/10]\tTime  0.5 ( 0.6)\tLoss {1} ({1})\tAcc@1   5.5 (  5.5)\n"
            "Epoch: [{0}][  10/10]\tTime  0.5 ( 0.6)\tLoss {2} ({2})\tAcc@1   6.5 (  6.5)\n"
            "Test: [ 0/100]\tTime  0.5 ( 0.6)\tLoss 5.5 (5.5)\tAcc@1   7.5 (  7.5)\n *   Acc@1 {3} Acc@5 50.5\n",
            (1, 6.0, 5.0, 11.5),
            (2, 4.0, 3.0, 21.5),
        ),
        {
            "Loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [6.0, 5.0, 4.0, 3.0]),
            "test/Loss": ("loss", "test", "epoch", [1, 2], [5.5, 5.5]),
            "test/Acc@1_epoch": ("accuracy", "test", "epoch", [1, 2], [11.5, 21.5]),
        },
    ),
    "nnunet 2": (
        rows(
            "2023-06-19 09:44:47.500581: Epoch {0}\n2023-06-19 09:44:47.5: Current learning rate: 0.01\n"
            "2023-06-19 09:45:47.5: train_loss {1}\n2023-06-19 09:45:50.5: val_loss {2}\n"
            "2023-06-19 09:45:50.5: Pseudo dice [{3}, 0.5]\n2023-06-19 09:45:50.5: Epoch time: {4} s\n",
            (0, -0.25, -0.125, 0.25, 0.375),
            (1, -0.5, -0.375, 0.75, 0.625),
        ),
        {
            "train_loss": ("loss", "train", "epoch", [0, 1], [-0.25, -0.5]),
            "val_loss": ("loss", "val", "epoch", [0, 1], [-0.125, -0.375]),
            "Pseudo dice": ("dice", "val", "epoch", [0, 1], [0.375, 0.625]),
        },
    ),
    "fasttext under headings": (
        "Progress: 100.0% words/sec/thread: 36558 lr: 0.000000 avg.loss: 2.5 ETA: 0h 0m 0s\n# Training\n"
        + rows("Progress: 100.0% words/sec/thread: 36558 lr: 0.000000 avg.loss: {0} ETA: 0h 0m 0s\n", (2.25,), (2.0,)),
        {"train/avg.loss": ("loss", "train", "row", [0, 1, 2], [2.5, 2.25, 2.0])},
    ),
    "batches closed by their epoch": (
        rows(
            "2018-01-27 10:38:45,165 INFO    : train --- Current batch:5/10  loss:[ {1}]\n"
            "2018-01-27 10:38:45,165 INFO    : train --- Current batch:10/10  loss:[ {2}]\n"
            "2018-01-27 10:42:38,904 INFO    : Epoch [{0}]/[19] \t Training Phase Loss: {3} \t Accuracy: 0.5\n"
            "2018-01-27 10:42:38,904 INFO    : Epoch [{0}]/[19] \t Validation Phase Loss: {4} \t Accuracy: 0.25\n",
            (0, 0.9, 0.8, 0.85, 0.95),
            (1, 0.7, 0.6, 0.65, 0.75),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [0.9, 0.8, 0.7, 0.6]),
            "Training Phase Loss": ("loss", "train", "epoch", [1, 2], [0.85, 0.65]),
            "Validation Phase Loss": ("loss", "val", "epoch", [1, 2], [0.95, 0.75]),
        },
    ),
}

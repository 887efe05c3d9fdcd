"""Dialects of text logs, one short text each: values, and what the series model makes of the names. By hand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.text import read, sniff

if TYPE_CHECKING:
    from pathlib import Path

Expected = dict[str, tuple[str, str, str, list[float], list[float]]]
"""Name → metric, split, axis, x and y of the series."""


def _rows(pattern: str, *values: tuple[object, ...]) -> str:
    return "".join(pattern.format(*v) for v in values)


DIALECTS: dict[str, tuple[str, Expected]] = {
    "caffe": (
        _rows(
            "I0301 10:00:00.1  42 solver.cpp:341] Iteration {0}, Testing net (#0)\n"
            "I0301 10:00:00.2  42 solver.cpp:409]     Test net output #0: accuracy = {1}\n"
            "I0301 10:00:00.2  42 solver.cpp:409]     Test net output #1: loss = {2} (* 1 = {2} loss)\n"
            "I0301 10:00:00.3  42 solver.cpp:237] Iteration {0} (2.1 iter/s, 40.5s/100 iters), loss = {3}\n",
            (0, 0.1, 2.5, 2.25),
            (100, 0.4, 2.0, 1.75),
        ),
        {
            "test/accuracy": ("accuracy", "test", "step", [0, 100], [0.1, 0.4]),
            "test/loss": ("loss", "test", "step", [0, 100], [2.5, 2.0]),
            "loss": ("loss", "train", "step", [0, 100], [2.25, 1.75]),
        },
    ),
    "darknet": (
        _rows(
            "Region 82 Avg IOU: 0.5, Class: 0.9, Obj: 0.5, No Obj: 0.01, .5R: 1.0, .75R: 0.0,  count: 3\n"
            "Region 106 Avg IOU: -nan, Class: -nan, Obj: -nan, No Obj: 0.01, .5R: -nan, .75R: -nan,  count: 0\n"
            " {0}: {1}, {2} avg loss, 0.001 rate, 3.2 seconds, 64 images, 12.5 hours left\n",
            (1, 99.5, 110.25),
            (2, 88.5, 101.5),
        ),
        {
            "loss": ("loss", "train", "step", [1, 2], [99.5, 88.5]),
            "avg loss": ("loss", "train", "step", [1, 2], [110.25, 101.5]),
        },
    ),
    "megatron": (
        _rows(
            " iteration {0:8d}/    1000 | consumed samples: 640 | elapsed time per iteration (ms): 500.5 |"
            " learning rate: 1.5E-04 | lm loss: {1}E+00 | loss scale: 65536.0 | grad norm: 2.5 |"
            " number of skipped iterations: 0 | number of nan iterations: 0 |\n",
            (10, 8.125),
            (20, 7.125),
        )
        + " validation loss at iteration 20 | lm loss value: 4.250000E+00 | lm loss PPL: 7.010541E+01 | \n",
        {
            "lm loss": ("loss", "train", "step", [10, 20], [8.125, 7.125]),
            "val/lm loss": ("loss", "val", "step", [20], [4.25]),
            "val/lm ppl": ("perplexity", "val", "step", [20], [70.10541]),
        },
    ),
    "deepspeed": (
        _rows(
            "[2023-04-01 10:00:01,123] [INFO] [logging.py:96:log_dist] [Rank 0] step={0}, skipped=0, lr=[9.5e-06], "
            "mom=[(0.9, 0.95)]\nsteps: {0} loss: {1} iter time (s): 0.5 samples/sec: 32.0\n"
            "[2023-04-01 10:00:01,200] [INFO] [deepspeed] OVERFLOW! Rank 0 Skipping step. Attempted loss scale: 65536, "
            "reducing to 32768\n",
            (10, 2.75),
            (20, 2.5),
            (30, 2.25),
        ),
        {
            "loss": ("loss", "train", "step", [10, 20, 30], [2.75, 2.5, 2.25]),
            "lr": ("learning_rate", "none", "step", [10, 20, 30], [9.5e-06] * 3),
        },
    ),
    "fairseq json": (
        _rows(
            '2021-01-01 10:00:01 | INFO | train_inner | {{"epoch": {0}, "update": {1}, "loss": "{2}", '
            '"num_updates": "{3}", "lr": "0.0005", "wall": "100"}}\n'
            '2021-01-01 10:00:02 | INFO | valid | {{"epoch": {0}, "valid_loss": "{4}", "valid_num_updates": "{3}"}}\n',
            (1, 0.75, 5.5, 150, 6.0),
            (2, 1.75, 4.5, 350, 5.0),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [1, 2], [5.5, 4.5]),
            "valid_loss": ("loss", "val", "epoch", [1, 2], [6.0, 5.0]),
        },
    ),
    "mmengine epochs": (
        _rows(
            "2023/01/01 10:00:00 - mmengine - INFO - Epoch(train)   [{0}][ 50/100]  lr: 1.0e-03  eta: 4:59:11  "
            "time: 0.9  memory: 5000  loss: {1}  acc: 0.5\n"
            "2023/01/01 10:00:00 - mmengine - INFO - Epoch(train)   [{0}][100/100]  lr: 1.0e-03  eta: 4:59:11  "
            "time: 0.9  memory: 5000  loss: {2}  acc: 0.5\n"
            "2023/01/01 10:00:00 - mmengine - INFO - Epoch(val) [{0}][50/50]    accuracy/top1: {3}  time: 0.5\n",
            (1, 2.5, 2.25, 71.5),
            (2, 2.0, 1.75, 72.5),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [2.5, 2.25, 2.0, 1.75]),
            "val/accuracy/top1": ("accuracy", "val", "epoch", [1, 2], [71.5, 72.5]),
        },
    ),
    "mmengine iterations": (
        _rows(
            "2023/01/01 10:00:00 - mmengine - INFO - Iter(train) [{0:5d}/20000]  lr: 9.9e-03  loss: {1}\n"
            "2023/01/01 10:00:00 - mmengine - INFO - Iter(val) [100/100]    mIoU: {2}  aAcc: 80.5\n",
            (50, 2.5, 41.5),
            (100, 2.0, 43.5),
        ),
        {
            "train/loss": ("loss", "train", "step", [50, 100], [2.5, 2.0]),
            "val/mIoU": ("iou", "val", "step", [50, 100], [41.5, 43.5]),
        },
    ),
    "detectron2": (
        _rows(
            "[09/01 09:49:47 d2.utils.events]:  eta: 0:14:11  iter: {0}  total_loss: {1}  loss_cls: 0.9  time: 0.43  "
            "lr: 2.0e-05  max_mem: 2000M\n[09/01 09:50:01 d2.evaluation.testing]: copypaste: Task: bbox\n"
            "[09/01 09:50:01 d2.evaluation.testing]: copypaste: AP,AP50\n"
            "[09/01 09:50:01 d2.evaluation.testing]: copypaste: {2},{3}\n",
            (19, 2.5, 21.5, 41.5),
            (39, 2.25, 22.5, 42.5),
        ),
        {
            "total_loss": ("loss", "train", "step", [19, 39], [2.5, 2.25]),
            "val/bbox/AP": ("map", "val", "step", [19, 39], [21.5, 22.5]),
            "val/bbox/AP50": ("map", "val", "step", [19, 39], [41.5, 42.5]),
        },
    ),
    "hugging face, dicts behind bars": (
        _rows(
            "  1%|#1  | {0}/1000 [00:03<10:00,  1.5it/s]{{'loss': {1}, 'grad_norm': 1.5, 'epoch': {2}}}\n",
            (10, 2.75, 0.5),
            (20, 2.5, 1.0),
            (30, 2.25, 1.5),
        ),
        {"loss": ("loss", "train", "epoch", [0.5, 1.0, 1.5], [2.75, 2.5, 2.25])},
    ),
    "llama-factory": (
        _rows(
            "[INFO|2024-05-01 10:00:01] llamafactory.train.callbacks:157 >> {{'loss': {0}, 'epoch': {1}}}\n",
            (1.75, 0.5),
            (1.5, 1.0),
            (1.25, 1.5),
        ),
        {"loss": ("loss", "train", "epoch", [0.5, 1.0, 1.5], [1.75, 1.5, 1.25])},
    ),
    "xgboost": (
        _rows("[10:00:01] [{0}]\ttrain-rmse:{1}+0.01\teval-rmse:{2}+0.02\n", (0, 5.0, 5.25), (1, 4.5, 4.75)),
        {
            "train-rmse": ("rmse", "train", "step", [0, 1], [5.0, 4.5]),
            "eval-rmse": ("rmse", "val", "step", [0, 1], [5.25, 4.75]),
        },
    ),
    "catboost": (
        _rows(
            "{0}:\tlearn: {1}\ttest: {2}\tbest: {2} ({0})\ttotal: 60ms\tremaining: 1m 2s\n",
            (0, 0.7, 0.75),
            (1, 0.6, 0.65),
        ),
        {
            "learn/loss": ("loss", "train", "step", [0, 1], [0.7, 0.6]),
            "eval/loss": ("loss", "val", "step", [0, 1], [0.75, 0.65]),
        },
    ),
    "catboost, a score": (
        _rows("{0}:\tlearn: {1}\ttest: {2}\tbest: {2} ({0})\ttotal: 60ms\n", (0, 0.7, 0.65), (1, 0.8, 0.75)),
        {
            "learn/score": ("score", "train", "step", [0, 1], [0.7, 0.8]),
            "eval/score": ("score", "val", "step", [0, 1], [0.65, 0.75]),
        },
    ),
    "paddleseg": (
        _rows(
            "2022-01-01 10:00:01 [INFO]\t[TRAIN] epoch: {0}, iter: {1}/40, loss: {2}, lr: 0.01, batch_cost: 0.5, "
            "reader_cost: 0.1, ips: 8.0 samples/sec | ETA 00:05:00\n"
            "2022-01-01 10:00:01 [INFO]\t[EVAL] #Images: 50 mIoU: {3} Kappa: 0.5\n",
            (1, 20, 1.5, 0.25),
            (2, 40, 1.25, 0.5),
        ),
        {"train/loss": ("loss", "train", "epoch", [0.5, 2.0], [1.5, 1.25])},
    ),
    "kaldi": (
        _rows(
            "LOG (nnet3-train[5.5]:Print():t.cc:12) Average objective function for 'output' for minibatches {0}-{1} is "
            "{2} over 12800 frames.\n",
            (0, 99, -4.0),
            (100, 199, -3.5),
        ),
        {"train/log-likelihood": ("log_likelihood", "train", "step", [99, 199], [-4.0, -3.5])},
    ),
    "espnet": (
        _rows(
            "[host] 2022-01-01 10:01:01 (trainer:338) INFO: {0}epoch results: [train] iter_time=0.1, acc={1}, "
            "loss={2}, time=10 minutes and 5.5 seconds, total_count=100, [valid] acc={3}, cer=0.25, loss={4}, "
            "time=30.5 seconds, total_count=10\n",
            (1, 0.15, 44.5, 0.17, 42.5),
            (2, 0.25, 43.5, 0.27, 41.5),
            (3, 0.35, 42.5, 0.37, 40.5),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [1, 2, 3], [44.5, 43.5, 42.5]),
            "val/loss": ("loss", "val", "epoch", [1, 2, 3], [42.5, 41.5, 40.5]),
            "train/acc": ("accuracy", "train", "epoch", [1, 2, 3], [0.15, 0.25, 0.35]),
        },
    ),
    "opennmt 3": (
        _rows(
            "[2024-01-09 16:24:38,460 INFO] Step {0}/ 1000; acc: 5.1; ppl: {1}; xent: {2}; lr: 0.0001; sents:   512; "
            "bsz: 1500/1300/64; 16495/16418 tok/s;     13 sec;\n"
            "[2024-01-09 16:24:38,460 INFO] Validation perplexity: {3}\n",
            (50, 290.5, 4.75, 198.5),
            (100, 280.5, 4.5, 196.5),
        ),
        {
            "xent": ("cross_entropy", "train", "step", [50, 100], [4.75, 4.5]),
            "ppl": ("perplexity", "train", "step", [50, 100], [290.5, 280.5]),
            "Validation perplexity": ("perplexity", "val", "step", [50, 100], [198.5, 196.5]),
        },
    ),
    "tesstrain": (
        _rows(
            "At iteration {0}/{1}/{1}, mean rms=5.5%, delta=40.5%, BCER train={2}%, BWER train={3}%, skip ratio=0.0%, "
            "New best BCER = {2} wrote checkpoint.\nAt iteration {1}, stage 0, Eval Char error rate={4}, "
            "Word error rate=50.5\n",
            (90, 100, 98.5, 99.5, 97.5),
            (180, 200, 88.5, 95.5, 87.5),
        ),
        {
            "train/cer": ("cer", "train", "step", [100, 200], [98.5, 88.5]),
            "train/wer": ("wer", "train", "step", [100, 200], [99.5, 95.5]),
            "val/cer": ("cer", "val", "step", [100, 200], [97.5, 87.5]),
        },
    ),
    "allennlp": (
        _rows(
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
        _rows(
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
        _rows(
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
        + _rows(
            '[{0}]:::MLLOG {{"time_ms": 15944146, "key": "eval_accuracy", "value": {1}, "metadata": '
            '{{"lineno": 255, "epoch_num": {2}}}}}\n',
            *((rank, value, epoch) for value, epoch in ((0.25, 1), (0.5, 5), (0.75, 9)) for rank in (0, 1)),
        )
        + ':::MLLOG {"key": "eval_stop", "value": null, "metadata": {"epoch_num": 9}}\n',
        {"eval_accuracy": ("accuracy", "val", "epoch", [1, 5, 9], [0.25, 0.5, 0.75])},
    ),
    "ultralytics": (
        _rows(
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
        _rows(
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
        _rows(
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
        _rows("{0}:\ttest: {1}\tbest: {2} ({0})\ttotal: 60ms\n", (0, 0.65, 0.65), (1, 0.75, 0.75), (2, 0.625, 0.75)),
        {"eval/score": ("score", "val", "step", [0, 1, 2], [0.65, 0.75, 0.625])},
    ),
    "xgboost by scikit-learn, through syslog": (
        _rows("[{0}]#011validation_0-logloss:{1}#011validation_1-logloss:{2}\n", (0, 0.6, 0.65), (1, 0.5, 0.625)),
        {
            "validation_0-logloss": ("logloss", "val", "step", [0, 1], [0.6, 0.5]),
            "validation_1-logloss": ("logloss", "val", "step", [0, 1], [0.65, 0.625]),
        },
    ),
    "gradient boosting of scikit-learn": (
        "      Iter       Train Loss   Remaining Time \n"
        + _rows("         {0}           {1}            {2}s\n", (1, 0.95, 3.5), (2, 0.9, 2.5), (3, 0.85, 1.5)),
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
        _rows(
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
        _rows(
            "[batch={0}/100]:\n\t Train time/batch: {0}\n\t Train loss/train/total: {1}\n",
            (10, 7.75),
            (20, 7.5),
            (30, 7),
        ),
        {"Train loss/train/total": ("loss", "train", "step", [10, 20, 30], [7.75, 7.5, 7])},
    ),
    "dcgan example": (
        _rows("[{0}/25][{1}/10]\tLoss_D: {2}\tLoss_G: {3}\n", (1, 5, 1.0, 2.0), (1, 10, 0.75, 2.25), (2, 5, 0.5, 2.5)),
        {"Loss_D": ("loss", "train", "epoch", [0.5, 1, 1.5], [1.0, 0.75, 0.5])},
    ),
    "titles of bars": (
        _rows(
            "Steps:  {0}%|##   | {1}/1000 [01:00<09:00,  1.5it/s, lr=1e-5, step_loss={2}]\n",
            (10, 100, 0.5),
            (20, 200, 0.375),
            (30, 300, 0.25),
        ),
        {"step_loss": ("loss", "train", "step", [100, 200, 300], [0.5, 0.375, 0.25])},
    ),
    "chainer's printed report, bars between its rows": (
        "epoch       main/loss   validation/main/loss  elapsed_time\n"
        + _rows(
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
        _rows(
            "Epoch: [{0}][   5/10]\tTime  0.5 ( 0.6)\tLoss {1} ({1})\tAcc@1   5.5 (  5.5)\n"
            "Epoch: [{0}][  10/10]\tTime  0.5 ( 0.6)\tLoss {2} ({2})\tAcc@1   6.5 (  6.5)\n"
            "Test: [ 0/100]\tTime  0.5 ( 0.6)\tLoss 5.5 (5.5)\tAcc@1   7.5 (  7.5)\n *   Acc@1 {3} Acc@5 50.5\n",
            (1, 6.0, 5.0, 11.5),
            (2, 4.0, 3.0, 21.5),
        ),
        {
            "Loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [6.0, 5.0, 4.0, 3.0]),
            "test/Acc@1_epoch": ("accuracy", "test", "epoch", [1, 2], [11.5, 21.5]),
        },
    ),
    "nnunet 2": (
        _rows(
            "2023-06-19 09:44:47.500581: Epoch {0}\n2023-06-19 09:44:47.5: Current learning rate: 0.01\n"
            "2023-06-19 09:45:47.5: train_loss {1}\n2023-06-19 09:45:50.5: val_loss {2}\n"
            "2023-06-19 09:45:50.5: Pseudo dice [{3}, 0.5]\n2023-06-19 09:45:50.5: Epoch time: 60.5 s\n",
            (0, -0.25, -0.125, 0.25),
            (1, -0.5, -0.375, 0.75),
        ),
        {
            "train_loss": ("loss", "train", "epoch", [0, 1], [-0.25, -0.5]),
            "val_loss": ("loss", "val", "epoch", [0, 1], [-0.125, -0.375]),
            "Pseudo dice": ("dice", "val", "epoch", [0, 1], [0.25, 0.75]),
        },
    ),
    "fasttext under headings": (
        "Progress: 100.0% words/sec/thread: 36558 lr: 0.000000 avg.loss: 2.5 ETA: 0h 0m 0s\n# Training\n"
        + _rows("Progress: 100.0% words/sec/thread: 36558 lr: 0.000000 avg.loss: {0} ETA: 0h 0m 0s\n", (2.25,), (2.0,)),
        {"train/avg.loss": ("loss", "train", "row", [0, 1, 2], [2.5, 2.25, 2.0])},
    ),
    "batches closed by their epoch": (
        _rows(
            "2018-01-27 10:38:45,165 INFO    : train --- Current batch:5/10  loss:[ {1}]\n"
            "2018-01-27 10:38:45,165 INFO    : train --- Current batch:10/10  loss:[ {2}]\n"
            "2018-01-27 10:42:38,904 INFO    : Epoch [{0}]/[19] \t Training Phase Loss: {3} \t Accuracy: 0.5\n"
            "2018-01-27 10:42:38,904 INFO    : Epoch [{0}]/[19] \t Validation Phase Loss: {4} \t Accuracy: 0.25\n",
            (0, 0.9, 0.8, 0.85, 0.95),
            (1, 0.7, 0.6, 0.65, 0.75),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [-0.5, 0, 0.5, 1], [0.9, 0.8, 0.7, 0.6]),
            "Training Phase Loss": ("loss", "train", "epoch", [0, 1], [0.85, 0.65]),
            "Validation Phase Loss": ("loss", "val", "epoch", [0, 1], [0.95, 0.75]),
        },
    ),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_is_understood(name: str, tmp_path: Path) -> None:
    text, expected = DIALECTS[name]
    file = tmp_path / "run.log"
    file.write_text(text, encoding="utf-8", newline="")
    reading = doctor.read_runs([str(file)], doctor.Settings())
    assert [f.message for f in reading.failures] == []
    (run,) = reading.runs
    found = {s.name: s for s in run.series}
    for series, (metric, split, axis, x, y) in expected.items():
        assert series in found, sorted(found)
        one = found[series]
        assert (one.metric, one.split, one.axis) == (metric, split, axis), series
        assert one.y.tolist() == pytest.approx(y), series
        assert one.x.tolist() == pytest.approx(x), series


@pytest.mark.parametrize("name", DIALECTS)
def test_no_loss_is_found_that_nobody_logged(name: str, tmp_path: Path) -> None:
    text, expected = DIALECTS[name]
    file = tmp_path / "run.log"
    file.write_text(text, encoding="utf-8", newline="")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    objectives = {s.name for s in run.series if s.role == "objective" and not s.name.startswith("train loss (")}
    known = set(expected) | {"test/Loss", "Loss"}
    assert objectives <= known


def test_evaluation_sets_are_no_terms_of_a_sum(tmp_path: Path) -> None:
    file = tmp_path / "run.log"
    file.write_text(DIALECTS["xgboost by scikit-learn, through syslog"][0], encoding="utf-8")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    assert {s.name for s in run.series} == {"validation_0-logloss", "validation_1-logloss"}


@pytest.mark.parametrize("name", sorted(set(DIALECTS) - {"chainer's printed report, bars between its rows"}))
def test_a_dialect_is_recognised_by_the_text_parser(name: str) -> None:
    text, _ = DIALECTS[name]
    assert sniff(Source("run.log", given=text.encode()).head) >= Match.POSSIBLE


NOT_LOGS = {
    "readme": "# Model\nWe ran 30 epochs with lr 0.1, loss 0.3 on val. Accuracy: 95.1%.\n\n"
    "| Model | Params | Top-1 |\n|---|---|---|\n| tiny | 5.1 | 70.1 |\n| mid | 20.1 | 80.2 |\n| big | 80.1 | 85.3 |\n\n"
    "Step 1: install version 3.5\nStep 2: run 4 jobs\nStep 3: download 20 files\n",
    "a table of prices under a ruler": "Name      Price   Count\n--------  ------  -----\n"
    + "".join(f"item{i}     {i}.50    {i * 3}\n" for i in range(1, 9)),
    "a box of settings": "| width | 5.5 |\n| height | 3.5 |\n| depth | 1.5 |\n" * 3,
    "C": "".join(f"int x{i} = {i}; loss = {i}.5; step = {i};\n" for i in range(2)) + "for (i = 0; i < 9; i++) {\n",
}


@pytest.mark.parametrize("name", NOT_LOGS)
def test_tables_and_prose_are_no_logs(name: str) -> None:
    with pytest.raises(ReadError, match="holds no training log"):
        read(Source("x.md", given=NOT_LOGS[name].encode()), ReadOptions())


HOSTILE = [
    "|-" * 50_000,
    "|" + ":-" * 50_000,
    "*** Eval" + " results" * 12_000,
    "Iter  " + "a  " * 30_000,
    "0%|" + "#" * 100_000,
    "|" * 100_000,
    "| a " * 25_000,
    "--- " * 25_000,
    "1epoch" * 16_000,
    ":::MLLOG " + "{" * 90_000,
    ":::MLLOG " + '{"metadata":' * 8_000,
    "copypaste: " * 9_000,
    "At iteration 1/2/3, mean rms=1%, " + "a" * 90_000,
    "Average objective function for 'output' for minibatches " + "1" * 90_000,
    "Epoch gpu_mem " + "box " * 20_000,
    "0:\tlearn: 1 " + "a" * 90_000,
]


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_tables_take_no_long_time(line: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(ReadError):
        read(
            Source("x.log", given=f"{line}\nE  #  LOSS\n{line}\nTraining | Validation\n{line}".encode()), ReadOptions()
        )
    assert time.perf_counter() - begin < 2.0


def test_a_bar_cut_short_keeps_the_epochs_before_it() -> None:
    bar = "Epoch {}: {}%|###  | {}/10 [00:01<00:01,  5.00it/s, loss={}]\n"
    text = "".join(bar.format(e, 100, 10, 4 - e) for e in range(4)) + bar.format(4, 50, 5, 0.5)
    (recording,) = read(Source("x.log", given=text.encode()), ReadOptions())
    (loss,) = [c for c in recording.channels if c.name == "loss"]
    assert loss.y.tolist() == [4, 3, 2, 1, 0.5]
    assert loss.epoch is not None
    assert loss.epoch.tolist() == [0, 1, 2, 3, 3.5]


def test_with_few_epochs_the_updates_of_a_bar_are_the_curve() -> None:
    bar = "Epoch 0: {}%|###  | {}/10 [00:01<00:01,  5.00it/s, loss={}]\n"
    text = "".join(bar.format(10 * b, b, 4 - b / 4) for b in range(1, 11))
    (recording,) = read(Source("x.log", given=text.encode()), ReadOptions())
    (loss,) = [c for c in recording.channels if c.name == "loss"]
    assert loss.y.tolist() == [4 - b / 4 for b in range(1, 11)]


def test_a_box_cut_short_at_the_end_is_read_as_it_stands() -> None:
    box = "| Epoch | {} |\n| LossV | {} |\n"
    rule = "-----------------\n"
    text = rule + box.format(0, 4.5) + rule + box.format(1, 3.5) + rule + box.format(2, 2.5)
    (recording,) = read(Source("x.log", given=text.encode()), ReadOptions())
    (loss,) = [c for c in recording.channels if c.name == "LossV"]
    assert loss.y.tolist() == [4.5, 3.5, 2.5]

"""Trainers that print blocks, bars or dictionaries: Caffe to OpenNMT."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "caffe": (
        rows(
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
        rows(
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
        rows(
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
        rows(
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
        rows(
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
        rows(
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
        rows(
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
        rows(
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
        rows(
            "  1%|#1  | {0}/1000 [00:03<10:00,  1.5it/s]{{'loss': {1}, 'grad_norm': 1.5, 'epoch': {2}}}\n",
            (10, 2.75, 0.5),
            (20, 2.5, 1.0),
            (30, 2.25, 1.5),
        ),
        {"loss": ("loss", "train", "epoch", [0.5, 1.0, 1.5], [2.75, 2.5, 2.25])},
    ),
    "llama-factory": (
        rows(
            "[INFO|2024-05-01 10:00:01] llamafactory.train.callbacks:157 >> {{'loss': {0}, 'epoch': {1}}}\n",
            (1.75, 0.5),
            (1.5, 1.0),
            (1.25, 1.5),
        ),
        {"loss": ("loss", "train", "epoch", [0.5, 1.0, 1.5], [1.75, 1.5, 1.25])},
    ),
    "xgboost": (
        rows("[10:00:01] [{0}]\ttrain-rmse:{1}+0.01\teval-rmse:{2}+0.02\n", (0, 5.0, 5.25), (1, 4.5, 4.75)),
        {
            "train-rmse": ("rmse", "train", "step", [0, 1], [5.0, 4.5]),
            "eval-rmse": ("rmse", "val", "step", [0, 1], [5.25, 4.75]),
        },
    ),
    "catboost": (
        rows(
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
        rows("{0}:\tlearn: {1}\ttest: {2}\tbest: {2} ({0})\ttotal: 60ms\n", (0, 0.7, 0.65), (1, 0.8, 0.75)),
        {
            "learn/score": ("score", "train", "step", [0, 1], [0.7, 0.8]),
            "eval/score": ("score", "val", "step", [0, 1], [0.65, 0.75]),
        },
    ),
    "paddleseg": (
        rows(
            "2022-01-01 10:00:01 [INFO]\t[TRAIN] epoch: {0}, iter: {1}/40, loss: {2}, lr: 0.01, batch_cost: 0.5, "
            "reader_cost: 0.1, ips: 8.0 samples/sec | ETA 00:05:00\n"
            "2022-01-01 10:00:01 [INFO]\t[EVAL] #Images: 50 mIoU: {3} Kappa: 0.5\n",
            (1, 20, 1.5, 0.25),
            (2, 40, 1.25, 0.5),
        ),
        {"train/loss": ("loss", "train", "epoch", [1, 2], [1.5, 1.25])},
    ),
    "kaldi": (
        rows(
            "LOG (nnet3-train[5.5]:Print():t.cc:12) Average objective function for 'output' for minibatches {0}-{1} is "
            "{2} over 12800 frames.\n",
            (0, 99, -4.0),
            (100, 199, -3.5),
        ),
        {"train/log-likelihood": ("log_likelihood", "train", "step", [99, 199], [-4.0, -3.5])},
    ),
    "espnet": (
        rows(
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
        rows(
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
        rows(
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
}

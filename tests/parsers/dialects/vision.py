# ruff: noqa: E501 - lines as the tools print them
"""Images: generation, detection, segmentation, classification."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "cyclegan": (
        "================ Training Loss (Tue May  1 10:00:00 2018) ================\n"
        + rows(
            "(epoch: {0}, iters: {1}, time: 0.215, data: 0.312) D_A: {2} G_A: {3} cycle_A: {4} idt_A: 0.702 D_B: 0.214 "
            "G_B: 0.315 cycle_B: 1.416 idt_B: 0.517 \n",
            (1, 100, 0.5, 0.375, 2.5),
            (1, 200, 0.25, 0.5, 2.25),
            (2, 100, 0.125, 0.625, 1.75),
        ),
        {
            "D_A": ("loss", "train", "epoch", [0.5, 1, 1.5], [0.5, 0.25, 0.125]),
            "cycle_A": ("loss", "train", "epoch", [0.5, 1, 1.5], [2.5, 2.25, 1.75]),
        },
    ),
    "biggan": (
        rows(
            "{0}/900 (  0.11%) (TE/ETC: 0:01:23 / 20:13:14)itr: {0}, G_loss : +{1}, D_loss_real : +{2}, "
            "D_loss_fake : +1.125, \n",
            (101, 0.5, 0.875),
            (102, 0.75, 0.75),
            (103, 0.625, 0.625),
        ),
        {
            "G_loss": ("loss", "train", "step", [101, 102, 103], [0.5, 0.75, 0.625]),
            "D_loss_real": ("loss", "train", "step", [101, 102, 103], [0.875, 0.75, 0.625]),
        },
    ),
    "hrnet": (
        rows(
            "2023-07-22 15:00:00,000 Epoch: [{0}][9/10]\tTime 0.2s (0.2s)\tLoss {1:.5f} ({1:.5f})\n"
            "2023-07-22 15:00:04,548 | Arch | AP | Ap .5 | AP (M) |\n"
            "2023-07-22 15:00:04,548 |---|---|---|---|\n"
            "2023-07-22 15:00:04,548 | pose_small | {2} | {3} | {2} |\n",
            (0, 0.5, 0.25, 0.5),
            (1, 0.375, 0.375, 0.625),
            (2, 0.25, 0.5, 0.75),
        ),
        {
            "Loss": ("loss", "train", "epoch", [0.9, 1.9, 2.9], [0.5, 0.375, 0.25]),
            "val/AP": ("map", "val", "epoch", [1, 2, 3], [0.25, 0.375, 0.5]),
            "val/Ap@.5": ("map", "val", "epoch", [1, 2, 3], [0.5, 0.625, 0.75]),
        },
    ),
    "basicsr": (
        rows(
            "2021-05-01 10:00:00,123 INFO: [EDSR_..][epoch:  {0}, iter: {1:8,d}, lr:(2.000e-04,)] [eta: 1 day, 3:00:00,"
            " time (data): 0.321 (0.005)] l_pix: {2} \n",
            (0, 500, 0.5),
            (0, 1000, 0.25),
            (1, 1500, 0.125),
        )
        + "2021-05-01 10:05:00,123 INFO: Validation Set5\n\t # psnr: 30.5000\tBest: 30.5000 @ 1500 iter\n",
        {"l_pix": ("loss", "train", "step", [500, 1000, 1500], [0.5, 0.25, 0.125])},
    ),
    "radiance field": (
        rows("[TRAIN] Iter: {0} Loss: {1}  PSNR: {2}\n", (100, 0.25, 12.5), (200, 0.125, 15.5), (300, 0.0625, 18.5)),
        {
            "train/Loss": ("loss", "train", "step", [100, 200, 300], [0.25, 0.125, 0.0625]),
            "train/PSNR": ("psnr", "train", "step", [100, 200, 300], [12.5, 15.5, 18.5]),
        },
    ),
    "monai": (
        rows(
            "----------\nepoch {0}/10\n1/2, train_loss: {1}\n2/2, train_loss: {2}\nepoch {0} average loss: {3}\n"
            "current epoch: {0} current mean dice: {4} best mean dice: {4} at epoch {0}\n",
            (1, 0.75, 0.625, 0.6875, 0.25),
            (2, 0.5, 0.375, 0.4375, 0.5),
            (3, 0.25, 0.125, 0.1875, 0.75),
        ),
        {
            "average loss": ("loss", "train", "epoch", [1, 2, 3], [0.6875, 0.4375, 0.1875]),
            "val/current mean dice": ("dice", "val", "epoch", [1, 2, 3], [0.25, 0.5, 0.75]),
            "train_loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2, 2.5, 3], [0.75, 0.625, 0.5, 0.375, 0.25, 0.125]),
        },
    ),
    "maskrcnn-benchmark": (
        rows(
            "2019-05-01 10:00:00,123 maskrcnn_benchmark.trainer INFO: eta: 1 day, 2:00:01  iter: {0}  loss: {1} (2.5100)"
            "  loss_classifier: 0.8012 (1.1001)  loss_box_reg: 0.0501 (0.0601)  time: 0.5001 (0.6001)  data: 0.0101 "
            "(0.0201)  lr: 0.007173  max mem: 3000\n",
            (20, 2.5),
            (40, 1.75),
            (60, 1.25),
        ),
        {
            "loss": ("loss", "train", "step", [20, 40, 60], [2.5, 1.75, 1.25]),
            "loss_classifier": ("loss", "train", "step", [20, 40, 60], [0.8012] * 3),
        },
    ),
    "slowfast": (
        rows(
            '[05/01 10:00:00][INFO] logging.py: 96: json_stats: {{"_type": "train_iter_", "epoch": "{0}/200", "iter": '
            '"{1}/100", "loss": {2}, "lr": 0.01000, "top1_err": {3}, "RAM": "10.1/100.0G", "eta": "1:00:00"}}\n',
            (1, 50, 5.5, 97.5),
            (1, 100, 5.25, 96.5),
            (2, 50, 5.0, 95.5),
        ),
        {
            "loss": ("loss", "train", "epoch", [0.5, 1, 1.5], [5.5, 5.25, 5.0]),
            "top1_err": ("error", "train", "epoch", [0.5, 1, 1.5], [97.5, 96.5, 95.5]),
        },
    ),
    "yolox": (
        rows(
            "2021-08-01 10:00:00 | INFO     | yolox.core.trainer:257 - epoch: {0}/300, iter: {1}/100, mem: 6029Mb, "
            "iter_time: 0.512s, data_time: 0.001s, total_loss: {2}, iou_loss: 4.1, l1_loss: 0.0, conf_loss: 8.9, "
            "cls_loss: {3}, lr: 1.500e-06, size: 640, ETA: 1 day, 2:00:00\n",
            (1, 50, 15.5, 2.5),
            (1, 100, 13.5, 2.25),
            (2, 50, 11.5, 2.125),
        ),
        {
            "total_loss": ("loss", "train", "epoch", [0.5, 1, 1.5], [15.5, 13.5, 11.5]),
            "cls_loss": ("loss", "train", "epoch", [0.5, 1, 1.5], [2.5, 2.25, 2.125]),
        },
    ),
    "paddledetection": (
        rows(
            "[04/01 10:00:00] ppdet.engine INFO: Epoch: [{0}] [{1:3d}/100] learning_rate: 0.000100 loss: {2} loss_bbox: "
            "0.912345 eta: 1:00:00 batch_cost: 1.2345 data_cost: 0.1234 ips: 3.1234 images/s\n",
            (0, 0, 5.5),
            (0, 50, 4.5),
            (1, 0, 3.5),
        ),
        {"loss": ("loss", "train", "epoch", [0, 0.5, 1], [5.5, 4.5, 3.5])},
    ),
    "paddleocr": (
        rows(
            "[2024/11/05 03:45:00] ppocr INFO: epoch: [{0}/5], global_step: {1}, lr: 0.000500, loss: {2}, "
            "loss_shrink_maps: 0.667089, loss_binary_maps: 0.133242, avg_reader_cost: 0.00059 s, avg_batch_cost: "
            "0.42648 s, avg_samples: 16.0, ips: 37.51665 samples/s, eta: 0:02:00, max_mem_reserved: 12221 MB\n"
            "[2024/11/05 03:45:16] ppocr INFO: cur metric, precision: 0.84, recall: 0.95, hmean: {3}, fps: 50.1\n"
            "[2024/11/05 03:45:16] ppocr INFO: best metric, hmean: {3}, precision: 0.84, recall: 0.95, fps: 50.1, "
            "best_epoch: {0}\n",
            (1, 30, 1.25, 0.5),
            (1, 60, 1.125, 0.625),
            (2, 90, 0.875, 0.75),
        ),
        {
            "loss": ("loss", "train", "step", [30, 60, 90], [1.25, 1.125, 0.875]),
            "val/hmean": ("f1", "val", "step", [30, 60, 90], [0.5, 0.625, 0.75]),
        },
    ),
    "paddlenlp": (
        rows(
            "global step {0}, epoch: 1, batch: {0}, loss: {1}, accu: {2}, speed: 5.12 step/s\n",
            (100, 0.75, 0.5),
            (200, 0.5, 0.625),
            (300, 0.25, 0.75),
        )
        + "eval loss: 0.41250, accu: 0.81250\n",
        {
            "loss": ("loss", "train", "step", [100, 200, 300], [0.75, 0.5, 0.25]),
            "accu": ("accuracy", "train", "step", [100, 200, 300], [0.5, 0.625, 0.75]),
            "eval loss": ("loss", "val", "step", [300], [0.4125]),
        },
    ),
    "timm": (
        rows(
            "Train: {0} [   0/100 (  0%)]  Loss: {1} (6.95)  Time: 1.234s,  103.71/s  (1.234s,  103.71/s)  LR: "
            "1.000e-06  Data: 0.512 (0.512)\n"
            "Train: {0} [  50/100 ( 50%)]  Loss: {2} (6.95)  Time: 1.234s,  103.71/s  (1.234s,  103.71/s)  LR: "
            "1.000e-06  Data: 0.512 (0.512)\n"
            "Test: [   0/1]  Time: 3.111 (3.111)  Loss:  6.1250 (6.1250)  Acc@1:  5.1250 ( 5.1250)  Acc@5: 15.1 (15.1)\n"
            "Test: [   1/1]  Time: 1.111 (2.111)  Loss:  6.2500 ({3})  Acc@1:  4.1250 ({4})  Acc@5: 16.1 (15.6)\n",
            (0, 6.75, 6.5, 6.1875, 4.625),
            (1, 6.25, 6.125, 6.0625, 5.625),
        ),
        {
            "train/Loss": ("loss", "train", "epoch", [0, 0.5, 1, 1.5], [6.75, 6.5, 6.25, 6.125]),
            "test/Loss": ("loss", "test", "epoch", [1, 2], [6.1875, 6.0625]),
            "test/Acc@1": ("accuracy", "test", "epoch", [1, 2], [4.625, 5.625]),
        },
    ),
    "open clip": (
        rows(
            "2023-06-29,15:44:40 | INFO | Train Epoch: {0} [ {1:5d}/6400 ({2}%)] Data (t): 14.173 Batch (t): 18.240, "
            "1.75441/s, 1.7/s/gpu LR: 0.000005 Logit Scale: 14.286 Contrastive_loss: {3} (4.1250) Loss: {3} (4.1250)\n",
            (0, 1600, 25, 4.5),
            (0, 6400, 100, 4.25),
            (1, 1600, 25, 3.75),
        )
        + "2023-06-29,15:50:40 | INFO | Eval Epoch: 1 image_to_text_mean_rank: 20.1250\timage_to_text_R@1: 0.1250\t"
        "clip_val_loss: 3.5000\tepoch: 1.0000\tnum_samples: 1000.0000\n",
        {"train/Loss": ("loss", "train", "epoch", [0.25, 1, 1.25], [4.5, 4.25, 3.75])},
    ),
    "nnunet 1": (
        rows(
            "2020-05-01 10:00:00.123456: \nepoch:  {0}\n2020-05-01 10:04:00.123456: train loss : {1}\n"
            "2020-05-01 10:04:10.123456: validation loss: {2}\n"
            "2020-05-01 10:04:11.123456: Average global foreground Dice: [{3}]\n"
            "2020-05-01 10:04:11.123456: (interpret this as an estimate for the Dice of the different classes. This is "
            "not exact.)\n2020-05-01 10:04:12.123456: lr: 0.009991\n"
            "2020-05-01 10:04:12.123456: This epoch took 251.123456 s\n\n",
            (0, 0.25, 0.125, 0.5),
            (1, -0.25, -0.125, 0.625),
            (2, -0.5, -0.375, 0.75),
        ),
        {
            "train loss": ("loss", "train", "epoch", [0, 1, 2], [0.25, -0.25, -0.5]),
            "validation loss": ("loss", "val", "epoch", [0, 1, 2], [0.125, -0.125, -0.375]),
            "Average global foreground Dice": ("dice", "val", "epoch", [0, 1, 2], [0.5, 0.625, 0.75]),
        },
    ),
    "gaussian splatting": (
        rows(
            "\rTraining progress:   1%|          | {0}/30000 [00:01<05:00, 60.12it/s, Loss={1}, Depth Loss=0.0]",
            (10, 0.25),
            (20, 0.125),
            (30, 0.0625),
        )
        + "\n[ITER 7000] Evaluating test: L1 0.03125 PSNR 24.5\n",
        {"train/Loss": ("loss", "train", "step", [10, 20, 30], [0.25, 0.125, 0.0625])},
    ),
    "diffusers": (
        rows(
            "\rSteps:  10%|\u2588         | {0}/1000 [01:00<09:00,  1.62it/s, lr=1e-5, step_loss={1}]",
            (100, 0.25),
            (200, 0.125),
            (300, 0.0625),
        )
        + "\n",
        {"step_loss": ("loss", "train", "step", [100, 200, 300], [0.25, 0.125, 0.0625])},
    ),
    "kohya": (
        rows(
            "\rsteps:  10%|\u2588         | {0}/1000 [01:00<09:00,  1.62it/s, avr_loss={1}]",
            (100, 0.25),
            (200, 0.125),
            (300, 0.0625),
        )
        + "\n",
        {"avr_loss": ("loss", "train", "step", [100, 200, 300], [0.25, 0.125, 0.0625])},
    ),
    "super-gradients": (
        rows(
            "===========================================================\nSUMMARY OF EPOCH {0}\n\u251c\u2500\u2500 Train\n"
            "\u2502   \u251c\u2500\u2500 Ppyoloeloss/loss_cls = {1}\n\u2502   \u2514\u2500\u2500 Ppyoloeloss/loss = {2}\n"
            "\u2514\u2500\u2500 Validation\n    \u251c\u2500\u2500 Ppyoloeloss/loss = {3}\n"
            "    \u2514\u2500\u2500 Map@0.50 = {4}\n\n===========================================================\n",
            (0, 1.5, 3.5, 3.25, 0.125),
            (1, 1.25, 2.5, 2.75, 0.25),
            (2, 1.125, 2.25, 2.5, 0.5),
        ),
        {
            "train/Ppyoloeloss/loss": ("loss", "train", "epoch", [0, 1, 2], [3.5, 2.5, 2.25]),
            "val/Ppyoloeloss/loss": ("loss", "val", "epoch", [0, 1, 2], [3.25, 2.75, 2.5]),
            "val/Map@0.50": ("map", "val", "epoch", [0, 1, 2], [0.125, 0.25, 0.5]),
        },
    ),
    "tensorpack": (
        rows(
            "[0501 10:00:00 @base.py:285] Epoch {0} (global_step {1}) finished, time:12.1 seconds.\n"
            "[0501 10:00:01 @monitor.py:467] cross_entropy_loss: {2}\n"
            "[0501 10:00:01 @monitor.py:467] train-error-top1: {3}\n"
            "[0501 10:00:01 @monitor.py:467] val-error-top1: {4}\n",
            (1, 500, 2.5, 0.75, 0.8125),
            (2, 1000, 1.5, 0.5, 0.5625),
            (3, 1500, 1.25, 0.25, 0.375),
        ),
        {
            "cross_entropy_loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 1.5, 1.25]),
            "train-error-top1": ("error", "train", "epoch", [1, 2, 3], [0.75, 0.5, 0.25]),
            "val-error-top1": ("error", "val", "epoch", [1, 2, 3], [0.8125, 0.5625, 0.375]),
        },
    ),
    "mxnet module": (
        rows(
            "INFO:root:Epoch[{0}] Batch [20]\tSpeed: 1000.11 samples/sec\taccuracy={1}\n"
            "INFO:root:Epoch[{0}] Train-accuracy={2}\nINFO:root:Epoch[{0}] Time cost=12.125\n"
            "INFO:root:Epoch[{0}] Validation-accuracy={3}\n",
            (0, 0.25, 0.375, 0.5),
            (1, 0.5, 0.625, 0.625),
            (2, 0.75, 0.8125, 0.6875),
        ),
        {
            "Train-accuracy": ("accuracy", "train", "epoch", [0, 1, 2], [0.375, 0.625, 0.8125]),
            "Validation-accuracy": ("accuracy", "val", "epoch", [0, 1, 2], [0.5, 0.625, 0.6875]),
        },
    ),
}

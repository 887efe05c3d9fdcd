"""Large language models."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "a notebook's loop for named entities": (
        rows(
            "Training epoch: {0}\nTraining loss per 100 training steps: 2.5\nTraining loss epoch: {1}\n"
            "Training accuracy epoch: {2}\nValidation Loss: {3}\n",
            (1, 1.5, 0.25, 1.75),
            (2, 1.25, 0.5, 1.5),
            (3, 0.5, 0.75, 1.0),
        ),
        {
            "running Training loss": ("loss", "train", "epoch", [1, 2, 3], [2.5, 2.5, 2.5]),
            "Training loss": ("loss", "train", "epoch", [1, 2, 3], [1.5, 1.25, 0.5]),
            "Training accuracy": ("accuracy", "train", "epoch", [1, 2, 3], [0.25, 0.5, 0.75]),
            "Validation Loss": ("loss", "val", "epoch", [1, 2, 3], [1.75, 1.5, 1.0]),
        },
    ),
    "fairseq text": (
        rows(
            "2021-01-01 10:00:00 | INFO | train_inner | epoch {0:03d}:    100 / 200 loss={1}, nll_loss=12.1, "
            "ppl=4400.1, wps=1000, ups=1.2, wpb=3000, bsz=120, num_updates={2}, lr=1.2e-05, gnorm=3.5, train_wall=80, "
            "gb_free=10.1, wall=90\n"
            "2021-01-01 10:01:00 | INFO | valid | epoch {0:03d} | valid on 'valid' subset | loss {3} | nll_loss 9.1 | "
            "ppl 550 | wps 9000 | wpb 3000 | bsz 100 | num_updates {4} | best_loss 9.5\n"
            "2021-01-01 10:02:00 | INFO | train | epoch {0:03d} | loss {5} | nll_loss 11.5 | ppl 2900 | wps 1000 | "
            "ups 1.2 | wpb 3000 | bsz 100 | num_updates {4} | lr 2.5e-05 | gnorm 2.5 | train_wall 160 | wall 200\n",
            (1, 12.5, 100, 9.5, 200, 11.5),
            (2, 8.5, 300, 7.5, 400, 8.25),
        ),
        {
            "train/loss": ("loss", "train", "epoch", [0.5, 1.5], [12.5, 8.5]),
            "train/loss_epoch": ("loss", "train", "epoch", [1, 2], [11.5, 8.25]),
            "val/loss": ("loss", "val", "epoch", [1, 2], [9.5, 7.5]),
        },
    ),
    "torchtitan": (
        rows(
            "[rank0]:[titan] 2025-06-16 22:30:50,322 - root - INFO - \x1b[31mstep: {0:2}  \x1b[32mloss: {1:7.4f}  "
            "\x1b[38;2;180;60;0mgrad_norm: {2:7.4f}  \x1b[38;2;54;234;195mmemory: 49.66GiB(52.28%)  "
            "\x1b[34mtps: 5,856  \x1b[36mtflops: 339.16  \x1b[35mmfu: 34.29%\x1b[39m\n",
            (1, 8.25, 1.5),
            (10, 7.25, 1.25),
            (20, 6.25, 1.125),
        ),
        {
            "loss": ("loss", "train", "step", [1, 10, 20], [8.25, 7.25, 6.25]),
            "grad_norm": ("grad_norm", "none", "step", [1, 10, 20], [1.5, 1.25, 1.125]),
        },
    ),
    "torchtune, its log file": (
        rows(
            "Step {0} | loss:{1} lr:2e-05 tokens_per_second_per_gpu:900.1 grad_norm:{2} \n",
            (1, 1.75, 2.5),
            (2, 1.5, 2.25),
            (3, 1.25, 2.0),
        ),
        {
            "loss": ("loss", "train", "step", [1, 2, 3], [1.75, 1.5, 1.25]),
            "grad_norm": ("grad_norm", "none", "step", [1, 2, 3], [2.5, 2.25, 2.0]),
        },
    ),
    "torchtune, its bar": (
        "  0%|          | 0/100 [00:00<?, ?it/s]"
        + rows(
            "\r1|{0}|Loss: {1}:   {0}%|\u258f         | {0}/100 [00:10<16:00,  1.05it/s]",
            (1, 2.75),
            (2, 2.5),
            (3, 2.25),
        )
        + "\n",
        {"Loss": ("loss", "train", "step", [1, 2, 3], [2.75, 2.5, 2.25])},
    ),
    "llm.c": (
        "val loss 11.0\n"
        + rows(
            "step {0:4d}/19560 | loss {1} (+nanz)| norm {2} (+nanz)| lr 8.57e-07 | 320.1 ms | 45.0% bf16 MFU | "
            "1600000 tok/s\n",
            (1, 10.75, 15.25),
            (2, 10.5, 12.25),
            (3, 10.25, 9.25),
        )
        + "val loss 10.125\n",
        {
            "loss": ("loss", "train", "step", [1, 2, 3], [10.75, 10.5, 10.25]),
            "val loss": ("loss", "val", "step", [1, 3], [11.0, 10.125]),
            "norm": ("grad_norm", "none", "step", [1, 2, 3], [15.25, 12.25, 9.25]),
        },
    ),
    "mlx-lm": (
        "Iter 1: Val loss 2.875, Val took 5.1s\n"
        + rows(
            "Iter {0}: Train loss {1}, Learning Rate 1.000e-05, It/sec 2.01, Tokens/sec 300.1, Trained Tokens 1500, "
            "Peak mem 5.1 GB\n",
            (10, 2.75),
            (20, 2.5),
            (30, 2.25),
        )
        + "Iter 30: Val loss 2.375, Val took 5.1s\n",
        {
            "Train loss": ("loss", "train", "step", [10, 20, 30], [2.75, 2.5, 2.25]),
            "Val loss": ("loss", "val", "step", [1, 30], [2.875, 2.375]),
        },
    ),
    "maxtext": (
        rows(
            "completed step: {0}, seconds: 5.667, TFLOP/s/device: 134.924, Tokens/s/device: 8672.758, "
            "total_weights: 196608, loss: {1}\n",
            (0, 10.5),
            (1, 10.25),
            (2, 9.75),
        ),
        {"loss": ("loss", "train", "step", [0, 1, 2], [10.5, 10.25, 9.75])},
    ),
    "levanter": (
        rows(
            "2024-01-01T10:00:00 - 0 - tqdm_logging - logging.py:80 - INFO :: Progress on:train {0}it/10.0kit "
            "rate:5.1it/s remaining:29:00 elapsed:04:00 postfix:loss={1}\n",
            ("100", 5.5),
            ("200", 4.5),
            ("1.20k", 3.5),
        ),
        {"train/loss": ("loss", "train", "step", [100, 200, 1200], [5.5, 4.5, 3.5])},
    ),
    "megatron core": (
        rows(
            " [2024-05-01 10:00:00] iteration {0:8d}/  500000 | consumed samples: {1:12d} | elapsed time per iteration "
            "(ms): 1200.1 | throughput per GPU (TFLOP/s/GPU): 300.1 | learning rate: 1.200000E-06 | global batch size: "
            "  512 | lm loss: {2}E+00 | loss scale: 1.0 | grad norm: {3} | num zeros: 0.0 | params norm: 212.1 | "
            "number of skipped iterations:   0 | number of nan iterations:   0 |\n",
            (10, 5120, 9.5, 5.5),
            (20, 10240, 8.5, 4.5),
            (30, 15360, 7.5, 3.5),
        )
        + "-" * 60
        + "\n validation loss at iteration 30 on validation set | lm loss value: 7.250000E+00 | lm loss PPL: "
        "1.408105E+03 | \n",
        {
            "lm loss": ("loss", "train", "step", [10, 20, 30], [9.5, 8.5, 7.5]),
            "grad norm": ("grad_norm", "none", "step", [10, 20, 30], [5.5, 4.5, 3.5]),
            "val/lm loss": ("loss", "val", "step", [30], [7.25]),
        },
    ),
    "gpt-neox": (
        rows(
            "[2021-10-01 10:00:00] samples/sec: 100.1 | iteration {0:8d}/  320000 | elapsed time per iteration (ms): "
            "900.1 | learning rate: 1.9e-06 | approx flops per GPU: 50.1TFLOPS | lm_loss: {1}E+00 | number of skipped "
            "iterations:   0 | number of nan iterations:   0 |\n",
            (10, 9.5),
            (20, 8.5),
        )
        + " validation results at iteration 20 | lm_loss value: 7.500000E+00 | lm_loss_ppl value: 1.808042E+03 | \n",
        {
            "lm_loss": ("loss", "train", "step", [10, 20], [9.5, 8.5]),
            "val/lm_loss": ("loss", "val", "step", [20], [7.5]),
        },
    ),
    "nemo 2": (
        rows(
            "[NeMo I 2024-09-01 10:00:00 nemo_logging:393] Training epoch 0, iteration {0}/99 | lr: 2.999e-05 | "
            "global_batch_size: 128 | global_step: {0} | reduced_train_loss: {1} | train_step_timing in s: 12.01 | "
            "consumed_samples: 1280\n",
            (9, 11.5),
            (19, 10.5),
            (29, 9.5),
        ),
        {"reduced_train_loss": ("loss", "train", "epoch", [9 / 99, 19 / 99, 29 / 99], [11.5, 10.5, 9.5])},
    ),
    "verl": (
        rows(
            "(TaskRunner pid=87031) step:{0} - global_seqlen/min:340538.000 - global_seqlen/mean:355023.750 - "
            "actor/entropy:0.317 - actor/kl_loss:0.024 - actor/pg_loss:{1} - actor/grad_norm:0.125 - "
            "perf/max_memory_allocated_gb:44.192 - actor/lr:0.000 - training/global_step:{0}.000 - "
            "training/epoch:0.000 - critic/rewards/mean:{2} - critic/rewards/max:1.000 - timing_s/gen:29.641\n",
            (1, 0.25, 0.125),
            (2, 0.125, 0.25),
            (3, 0.0625, 0.5),
        ),
        {
            "actor/pg_loss": ("loss", "train", "step", [1, 2, 3], [0.25, 0.125, 0.0625]),
            "critic/rewards/mean": ("reward", "train", "step", [1, 2, 3], [0.125, 0.25, 0.5]),
        },
    ),
    "trl, direct preferences": (
        rows(
            "{{'loss': {1}, 'grad_norm': 20.1, 'learning_rate': 5e-07, 'rewards/chosen': 0.1, 'rewards/rejected': "
            "-0.1, 'rewards/accuracies': {2}, 'rewards/margins': 0.2, 'logps/chosen': -250.1, 'logps/rejected': "
            "-230.1, 'logits/chosen': -2.1, 'epoch': {0}}}\n",
            (0.25, 0.6875, 0.5),
            (0.5, 0.625, 0.625),
            (0.75, 0.5625, 0.75),
        ),
        {
            "loss": ("loss", "train", "epoch", [0.25, 0.5, 0.75], [0.6875, 0.625, 0.5625]),
            "rewards/accuracies": ("accuracy", "train", "epoch", [0.25, 0.5, 0.75], [0.5, 0.625, 0.75]),
        },
    ),
    "llama2.c": (
        rows(
            "step {0}: train loss {1}, val loss {2}\n{0} | loss {3} | lr 1.000000e-04 | 90.12ms | mfu 10.11%\n",
            (0, 10.5, 10.625, 10.25),
            (100, 6.5, 6.625, 6.25),
            (200, 4.5, 4.625, 4.25),
        ),
        {
            "train loss": ("loss", "train", "step", [0, 100, 200], [10.5, 6.5, 4.5]),
            "val loss": ("loss", "val", "step", [0, 100, 200], [10.625, 6.625, 4.625]),
            "loss": ("loss", "train", "step", [0, 100, 200], [10.25, 6.25, 4.25]),
        },
    ),
}

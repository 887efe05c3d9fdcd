"""Terminal output of tools and libraries."""

# ruff: noqa: E501 (log lines stand as they are printed)
from __future__ import annotations

from .case import add, falling, loss, metric

EPOCHS = range(1, 13)
train = falling(12, 2.31, 0.42)
val = falling(12, 2.28, 0.71)
acc = falling(12, 0.13, 0.82)
percent = falling(12, 13.2, 82.5, 2)
lr = [0.001 * 0.9**i for i in range(12)]
rows = list(zip(EPOCHS, train, val, acc, percent, lr, strict=True))


def _speech() -> None:
    head = "[gpu07] 2024-03-11 09:{:02d}:17,{:03d} (trainer:{}) INFO: "
    ctc = falling(12, 81.2, 12.3, 3)
    att = falling(12, 40.1, 9.1, 3)
    whole = falling(12, 61.0, 10.2, 3)
    held = falling(12, 66.0, 16.2, 3)
    right = falling(12, 0.21, 0.91, 3)
    lines = []
    for i in range(12):
        lines.append(head.format(i, 120, 278) + f"{i + 1}epoch started. Estimated time to finish: 2 hours")
        lines.append(
            head.format(i, 420, 336) + f"{i + 1}epoch results: [train] iter_time=0.031, forward_time=0.214, "
            f"loss_ctc={ctc[i]}, loss_att={att[i]}, acc={right[i] - 0.02:.3f}, loss={whole[i]}, backward_time=0.31, "
            f"optim0_lr0=1.{i}e-04, train_time=1.202, time=20 minutes and 3.1 seconds, total_count={500 * (i + 1)}, "
            f"gpu_max_cached_mem_GB=20.1, [valid] loss_ctc={ctc[i] + 3:.3f}, cer_ctc=0.31, loss_att={att[i] + 2:.3f}, "
            f"acc={right[i]}, cer=0.21, wer=0.48, loss={held[i]}, time=31.2 seconds, total_count={20 * (i + 1)}"
        )
    add(
        "text",
        "espnet2_train.log",
        "\n".join(lines) + "\n",
        loss(whole),
        loss(held, split="val"),
        metric(right),
    )
    wer = falling(12, 98.2, 12.1, 2)
    text = "".join(
        f"epoch: {e}, lr: {r:.2e} - train loss: {a:.2e} - valid loss: {b:.2e}, valid CER: 5.26, valid WER: {w:.2f}\n"
        for (e, a, b, _, _, r), w in zip(rows, wer, strict=True)
    )
    add(
        "text",
        "speechbrain_train_log.txt",
        text,
        loss([float(f"{a:.2e}") for a in train]),
        loss([float(f"{b:.2e}") for b in val], split="val"),
        metric(wer, goal="min"),
    )
    blocks = []
    for i, (e, a, b, _, _, r) in enumerate(rows):
        blocks += [
            f"\n > EPOCH: {i}/12\n --> /out/run-March\n\n > TRAINING (2024-03-11 09:{i:02d}:11)",
            f"\n   --> STEP: 24/25 -- GLOBAL_STEP: {25 * e - 1}\n     | > loss: {a}  ({a + 0.01:.4f})",
            f"     | > grad_norm: 1.{e}  (1.{e})\n     | > current_lr: {r:.6f}\n     | > step_time: 0.41  (0.43)",
            "\n > EVALUATION \n\n  --> EVAL PERFORMANCE",
            f"     | > avg_loader_time: 0.02 (+0.00)\n     | > avg_loss: {b} (-0.01)",
        ]
    add(
        "text",
        "coqui_trainer_0_log.txt",
        "\n".join(blocks) + "\n",
        loss(train, range(12)),  # corrected: the epoch stands above both and is a sound axis
        loss(val, range(12), split="val"),
    )


def _vision() -> None:
    stamp = "[2019-08-07 23:09:{:02d},549] \n"
    add(
        "text",
        "catalyst.log",
        "".join(
            stamp.format(e)
            + f"{e}/12 * Epoch {e} (train): _base/lr={r:.4f} | _base/momentum=0.9000 | _timers/_fps=5496.6315 | "
            f"_timers/batch_time=0.0119 | accuracy01={p - 1:.4f} | accuracy05={p / 2 + 50:.4f} | loss={a:.4f}\n"
            f"{e}/12 * Epoch {e} (valid): _base/lr={r:.4f} | _base/momentum=0.9000 | _timers/_fps=6093.2729 | "
            f"_timers/batch_time=0.0107 | accuracy01={p:.4f} | accuracy05={p / 2 + 50:.4f} | loss={b:.4f}\n"
            for e, a, b, _, p, r in rows
        ),
        loss(train),
        loss(val, split="val"),
        metric(percent),
    )
    table = "  epoch    train_loss    valid_acc    valid_loss     dur\n-------  ------------  -----------  ------------  ------\n"
    for e, a, b, c, _, _ in rows:
        table += f"{e:7d}        \x1b[36m{a:.4f}\x1b[0m       \x1b[32m{c:.4f}\x1b[0m        \x1b[35m{b:.4f}\x1b[0m  0.0{e % 9 + 1}\n"
    add("text", "skorch.txt", table, loss(train), loss(val, split="val"), metric(acc))
    add(
        "text",
        "ignite_mnist.out",
        "".join(
            f"ITERATION - loss: {a + 0.3:.2f}:  31%|███       | 290/938 [00:02<00:05, 119.2it/s]\r"
            f"Training Results - Epoch: {e}  Avg accuracy: {c - 0.01:.4f} Avg loss: {a:.4f}\n"
            f"Validation Results - Epoch: {e}  Avg accuracy: {c:.4f} Avg loss: {b:.4f}\n"
            for e, a, b, c, _, _ in rows
        ),
        loss(train),
        loss(val, split="val"),
        metric(acc),
    )
    lines, steps, seen = [], [], []
    for i, (e, a, _b, _, _p, r) in enumerate(rows):
        for batch, shift in ((0, 0.05), (50, 0.02), (99, 0.0)):
            value = round(a + shift, 3)
            seen.append(value)
            steps.append((i, batch))
            lines.append(
                f"Train: {i} [{batch:4d}/100 ({batch:3d}%)]  Loss: {value:.3f} ({value + 0.01:.2f})  Time: 0.312s, "
                f" 410.11/s  (0.330s,  388.02/s)  LR: {r:.3e}  Data: 0.010 (0.021)"
            )
        for batch in (0, 10):
            lines.append(
                f"Test: [{batch:4d}/10]  Time: 0.210 (0.210)  Loss:  {_b + (10 - batch) / 100:7.3f} ({_b:6.3f})  "
                f"Acc@1: {_p - 1:7.3f} ({_p:7.3f})  Acc@5: {90 + e / 10:7.3f} ({90 + e / 10:7.3f})"
            )
        lines.append(f"*** Best metric: {_p:.4f} (epoch {i})")
    add("text", "timm_nohup.out", "\n".join(lines) + "\n", loss(seen, (), axis=""))
    bars = ""
    for i, (_e, a, b, c, _, _) in enumerate(rows):
        for at in (0, 50, 100):
            bars += (
                f"\rEpoch {i}: {at:3d}%|{'█' * (at // 10):<10}| {at}/100 [00:0{at // 25}<00:0{4 - at // 25}, 24.8it/s, "
                f"v_num=3, train_loss_step={a + (100 - at) / 500:.4f}"
                + (f", val_loss={b:.4f}, val_acc={c:.4f}, train_loss={a:.4f}]" if at == 100 else "]")
            )
        bars += "\n"
    add(
        "text",
        "lightning_bar.log",
        bars,
        loss(val, range(12), split="val"),
        metric(acc, range(12)),
        loss(train, range(12)),
    )
    add(
        "text",
        "pytorch_gan.txt",
        "".join(
            f"[Epoch {i // 4}/3] [Batch {i % 4 * 200}/800] [D loss: {d:f}] [G loss: {g:f}]\n"
            for i, (d, g) in enumerate(zip(falling(12, 0.69, 0.21), falling(12, 0.71, 2.4), strict=True))
        ),
        metric(falling(12, 0.71, 2.4), (), split="train", axis="", goal="min"),  # corrected: two players, neither
        metric(falling(12, 0.69, 0.21), (), split="train", axis="", goal="min"),  # is the loss that judges the run
    )


def _language() -> None:
    steps = list(range(1, 25))
    run = falling(24, 2.91, 0.83, 4)
    add(
        "text",
        "torchtune_log_1712000000.txt",
        "".join(
            f"Step {s} | loss:{v} lr:{2e-5 * s / 24} tokens_per_second_per_gpu:{1800 + s} peak_memory_active:14.6 \n"
            for s, v in zip(steps, run, strict=True)
        ),
        loss(run, steps, axis="step"),
    )
    lit = [s for s in steps if s % 8 == 0]
    held = falling(3, 2.5, 1.2, 3)
    text, latest = "", "n/a"
    for s, v in zip(steps, run, strict=True):
        text += (
            f"Epoch {1 + s // 13} | iter {s} step {s // 4} | loss train: {v:.3f}, val: {latest} | iter time: 351.22 ms"
            + (" (step)\n" if s % 4 == 0 else "\n")
        )
        if s in lit:
            latest = f"{held[lit.index(s)]:.3f}"
            text += f"iter {s}: val loss {held[lit.index(s)]:.4f}, val time: 1024.11 ms\n"
    add(
        "text",
        "litgpt_finetune.log",
        text,
        loss([round(v, 3) for v in run], steps, axis="step"),
        loss(held, lit, split="val", axis=""),
    )
    titan = ""
    for s, v in zip(steps, run, strict=True):
        titan += (
            f"[rank0]:[titan] 2024-11-05 10:{s:02d}:01,221 - root - INFO - \x1b[31mstep: {s * 10:2}  \x1b[32mloss: "
            f"{v:7.4f}  \x1b[33mmemory: 45.73GiB(57.85%)  \x1b[34mtps: 6,{100 + s}  \x1b[36mtflops: 391.2  "
            f"\x1b[35mmfu: 39.55%\x1b[39m\n"
        )
    add("text", "torchtitan.log", titan, loss(run, [10 * s for s in steps], axis="step"))
    mlx_val = falling(4, 2.8, 1.0, 3)
    mlx = (
        "Loading pretrained model\nTrainable parameters: 0.024% (1.704M/7241.732M)\nStarting training..., iters: 240\n"
    )
    for i, (s, v) in enumerate(zip(steps, run, strict=True)):
        if i % 8 == 0:
            mlx += f"Iter {1 if i == 0 else i * 10}: Val loss {mlx_val[i // 8]:.3f}, Val took 3.121s\n"
        mlx += (
            f"Iter {s * 10}: Train loss {v:.3f}, Learning Rate 1.000e-05, It/sec 1.21, Tokens/sec 312.5, "
            f"Trained Tokens {2100 * s}, Peak mem 8.140 GB\n"
        )
    mlx += (
        f"Iter 240: Val loss {mlx_val[3]:.3f}, Val took 3.3s\nSaved final weights to adapters/adapters.safetensors.\n"
    )
    add(
        "text",
        "mlx_lora.txt",
        mlx,
        loss([round(v, 3) for v in run], [10 * s for s in steps], axis="step"),
        loss(mlx_val, [1, 80, 160, 240], split="val", axis="step"),
    )


def _other_languages_of_code() -> None:
    add(
        "text",
        "flux_lenet.jl.out",
        "[ Info: CUDA is on\n[ Info: Dataset MNIST: 60000 train and 10000 test examples\n"
        + "".join(
            f"Epoch: {e}   Train: (loss = {a:.4f}f0, acc = {p - 1:.4f})   Test: (loss = {b:.4f}f0, acc = {p:.4f})\n"
            for e, a, b, _, p, _ in rows
        ),
        loss(train),
        loss(val, split="val|test"),
        metric(percent, split="val|test"),
    )
    add(
        "text",
        "luz_r_console.txt",
        "".join(
            f"Epoch {e}/12\nTrain metrics: Loss: {a:.4f} - Acc: {c - 0.01:.4f}\n"
            f"Valid metrics: Loss: {b:.4f} - Acc: {c:.4f}\n"
            for e, a, b, c, _, _ in rows
        ),
        loss(train),
        loss(val, split="val"),
        metric(acc),
    )
    rule = "|" + "=" * 118 + "|\n"
    matlab = "Training on single GPU.\nInitializing input data normalization.\n" + rule
    matlab += "|  Epoch  |  Iteration  |  Time Elapsed  |  Mini-batch  |  Validation  |  Mini-batch  |  Validation  |  Base Learning  |\n"
    matlab += "|         |             |   (hh:mm:ss)   |   Accuracy   |   Accuracy   |     Loss     |     Loss     |      Rate       |\n"
    matlab += rule
    for e, a, b, _, p, _ in rows:
        matlab += (
            f"| {e:7d} | {e * 50:11d} |       00:00:{e:02d} | {p - 1:11.2f}% | {p:11.2f}% | {a:12.4f} | {b:12.4f} |"
            "          0.0100 |\n"
        )
    matlab += rule + "Training finished: Max epochs completed.\n"
    add(
        "text",
        "matlab_trainNetwork.txt",
        matlab,
        loss(train, [50 * e for e in EPOCHS], axis="step"),
        loss(val, [50 * e for e in EPOCHS], split="val", axis="step"),
        metric(percent, [50 * e for e in EPOCHS], axis="step"),
    )
    add(
        "text",
        "candle_mnist.log",
        "train-images: [60000, 784]\ntrain-labels: [60000]\ntest-images: [10000, 784]\n"
        + "".join(f"{e:4} train loss: {a:8.5f} test acc: {p:5.2f}%\n" for e, a, _, _, p, _ in rows),
        loss(train),
        metric(percent, split="val|test"),
    )


def _classical() -> None:
    add(
        "text",
        "sklearn_mlp_verbose.txt",
        "".join(f"Iteration {e}, loss = {a:.8f}\nValidation score: {c:.6f}\n" for e, a, _, c, _, _ in rows)
        + "Validation score did not improve more than tol=0.000100 for 10 consecutive epochs. Stopping.\n",
        loss(train, axis="step"),
        metric(acc, axis="step"),
    )
    gbm = "      Iter       Train Loss      OOB Improve   Remaining Time \n"
    gbm += "".join(f"{e:10d} {a:16.4f} {0.9 / e:16.4f} {12 - e:15.2f}s\n" for e, a, *_ in rows)
    add("text", "sklearn_gbm_verbose.txt", gbm, loss(train, axis="step"))
    add(
        "text",
        "tabnet.out",
        "Device used : cuda\n"
        + "".join(
            f"epoch {i}  | loss: {a:.5f} | val_0_auc: {c:.5f} |  0:00:{i:02d}s\n"
            for i, (_, a, _, c, _, _) in enumerate(rows)
        )
        + "\nEarly stopping occurred at epoch 11 with best_epoch = 9 and best_val_0_auc = 0.81\n",
        loss(train, range(12)),
        metric(acc, range(12)),
    )


_speech()
_vision()
_language()
_other_languages_of_code()
_classical()

"""Prints of home-made training loops, in the words and habits of many people."""

from __future__ import annotations

from .case import add, falling, loss, metric

EPOCHS = range(1, 16)
train = falling(15, 0.693, 0.081)
val = falling(15, 0.688, 0.202)
acc = falling(15, 0.51, 0.93)
percent = falling(15, 51.3, 93.2, 1)
rows = list(zip(EPOCHS, train, val, acc, percent, strict=True))
BOTH = (loss(train), loss(val, split="val"))


def _comma(value: float) -> str:
    return f"{value}".replace(".", ",")


def _lines() -> None:
    add(
        "text",
        "abbreviations.log",
        "".join(
            f"Epoch {e}/15 - trn_loss={a} - vld_loss={b} - vld_acc={p}% - 3.{e}s/epoch\n" for e, a, b, _, p in rows
        ),
        *BOTH,
        metric(percent),
    )
    add(
        "text",
        "loguru.log",
        "".join(
            f"\x1b[32m2024-05-02 10:11:{e:02d}.345\x1b[0m | \x1b[1mINFO    \x1b[0m | \x1b[36m__main__\x1b[0m:"
            f"\x1b[36mfit\x1b[0m:\x1b[36m88\x1b[0m - \x1b[1mepoch {e}: train loss {a}, val loss {b}\x1b[0m\n"
            for e, a, b, *_ in rows
        ),
        *BOTH,
    )
    add(
        "text",
        "absl_flax.err",
        "".join(
            f"I0502 10:11:{e:02d}.123456 140234567 train.py:146] epoch:{e:3d}, train_loss: {a:.4f}, "
            f"train_accuracy: {p - 1:.2f}, test_loss: {b:.4f}, test_accuracy: {p:.2f}\n"
            for e, a, b, _, p in rows
        ),
        loss(train),
        loss(val, split="val|test"),
        metric(percent, split="val|test"),
    )
    add(
        "text",
        "nested_dicts.txt",
        "".join(
            f"{{'epoch': {e}, 'train': {{'loss': {a}, 'acc': {c - 0.01:.4f}}}, 'val': {{'loss': {b}, 'acc': {c}}}, "
            "'lr': 0.0003}\n"
            for e, a, b, c, _ in rows
        ),
        *BOTH,
        metric(acc),
    )
    add(
        "text",
        "tensors.txt",
        "".join(
            f"epoch {e} loss tensor({a:.4f}, device='cuda:0', grad_fn=<NllLossBackward0>) "
            f"val loss tensor({b:.4f}, device='cuda:0')\n"
            for e, a, b, *_ in rows
        ),
        *BOTH,
    )
    add(
        "text",
        "numpy_scalars.txt",
        "".join(
            f"[{e:02d}] {{'loss': np.float64({a}), 'val_loss': np.float64({b}), 'val_f1': np.float32({c})}}\n"
            for e, a, b, c, _ in rows
        ),
        loss(train, axis=""),
        loss(val, split="val", axis=""),
        metric(acc, axis=""),
    )
    add(
        "text",
        "best_so_far.log",
        "".join(
            f"Epoch {e} finished in 33.{e}s: train loss={a}, val loss={b} (best {min(val[:e])} @ epoch "
            f"{val.index(min(val[:e])) + 1}), top-1 {p}%\n"
            for e, a, b, _, p in rows
        ),
        *BOTH,
        metric(percent, split="val|train"),
    )
    add(
        "text",
        "logging_two_lines.log",
        "".join(
            f"[2024-05-02 10:{e:02d}:11,221][__main__][INFO] - [Train] Epoch {e} | Loss {a} | LR {0.001 / e:.2e} | "
            f"Time 12.3s\n[2024-05-02 10:{e:02d}:15,802][__main__][INFO] - [Valid] Epoch {e} | Loss {b} | "
            f"Acc {p}% | Time 2.1s\n"
            for e, a, b, _, p in rows
        ),
        *BOTH,
        metric(percent),
    )
    add(
        "text",
        "commas_and_arrows.txt",
        "".join(
            f"epoch {e}, step {e * 120} => running loss: {a}, dev loss -> {b}, dev acc -> {c}\n"
            for e, a, b, c, _ in rows
        ),
        loss(train, (), axis=""),
        loss(val, (), split="val", axis=""),
        metric(acc, (), axis=""),
    )


def _languages() -> None:
    add(
        "text",
        "chinese.log",
        "".join(
            f"第{e}轮/共15轮  训练损失: {a}  验证损失: {b}  验证准确率: {p}%  用时: 12.3秒\n" for e, a, b, _, p in rows
        ),
        *BOTH,
        metric(percent),
    )
    add(
        "text",
        "german.log",
        "".join(
            f"Epoche {e}/15 – Trainingsverlust: {_comma(a)} – Validierungsverlust: {_comma(b)} – "
            f"Genauigkeit: {_comma(p)} %\n"
            for e, a, b, _, p in rows
        ),
        *BOTH,
        metric(percent, split="train|val"),
    )
    add(
        "text",
        "spanish.log",
        "".join(
            f"Época {e}/15 | pérdida entrenamiento: {a} | pérdida validación: {b} | exactitud validación: {c}\n"
            for e, a, b, c, _ in rows
        ),
        *BOTH,
        metric(acc),
    )
    add(
        "text",
        "french.log",
        "".join(
            f"Époque {e} : perte d'entraînement = {a} ; perte de validation = {b} ; exactitude = {p} %\n"
            for e, a, b, _, p in rows
        ),
        *BOTH,
    )


def _blocks_and_tables() -> None:
    add(
        "text",
        "indented_blocks.txt",
        "".join(
            f"=== Epoch {e} ===\n  Train:\n    loss      {a}\n    accuracy  {p - 1:.1f}%\n  Validation:\n"
            f"    loss      {b}\n    accuracy  {p}%\n  (took 12.3 s)\n\n"
            for e, a, b, _, p in rows
        ),
        *BOTH,
        metric(percent),
    )
    add(
        "text",
        "d2l_blocks.txt",
        "".join(
            f"Epoch: {e:02d} | Epoch Time: 0m {e}s\n\tTrain Loss: {a:.3f} | Train PPL: {2.718**a:7.3f}\n"
            f"\t Val. Loss: {b:.3f} |  Val. PPL: {2.718**b:7.3f}\n"
            for e, a, b, *_ in rows
        ),
        loss([round(a, 3) for a in train]),
        loss([round(b, 3) for b in val], split="val"),
    )
    box = "                Training progress\n┏━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━┓\n"
    box += "┃ Epoch ┃ Train loss ┃ Val loss ┃ Val acc ┃\n┡━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━╇━━━━━━━━━┩\n"
    box += "".join(f"│ {e:>5} │ {a:>10} │ {b:>8} │ {p:>6}% │\n" for e, a, b, _, p in rows)
    add("text", "rich_table.txt", box + "└───────┴────────────┴──────────┴─────────┘\n", *BOTH, metric(percent))
    rule = "+---------+--------------+------------+-----------+\n"
    grid = rule + "|   Epoch |   Train loss |   Val loss |   Val acc |\n" + rule.replace("-", "=")
    grid += "".join(f"| {e:7d} | {a:12.4f} | {b:10.4f} | {c:9.4f} |\n{rule}" for e, a, b, c, _ in rows)
    add("text", "tabulate_grid.txt", grid, *BOTH, metric(acc))
    live = ""
    for e, a, b, c, _ in rows:
        if e % 5 == 1:
            live += f"{'epoch':>6}{'tr loss':>10}{'va loss':>10}{'va acc':>9}{'sec':>6}\n"
        live += f"{e:>6}{a:>10.4f}{b:>10.4f}{c:>9.4f}{3.1:>6}\n"
    add("text", "header_every_five.txt", live, *BOTH, metric(acc))


def _nothing() -> None:
    add(
        "text",
        "server_access.log",
        "".join(
            f'10.0.0.{e} - - [02/May/2024:10:11:{e:02d} +0000] "GET /api/items?page={e} HTTP/1.1" 200 {512 * e} "-" '
            '"curl/8.1"\n'
            for e in EPOCHS
        ),
    )
    add(
        "text",
        "config_only.log",
        "2024-05-02 10:11:12 INFO lr=0.001 batch_size=32 epochs=50 loss=cross_entropy weight_decay=1e-4\n"
        "2024-05-02 10:11:13 INFO model has 11.2M parameters\n2024-05-02 10:11:14 INFO loaded 50000 train, 5000 val\n"
        'Traceback (most recent call last):\n  File "train.py", line 31, in <module>\n    main()\n'
        "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB\n",
    )


_lines()
_languages()
_blocks_and_tables()
_nothing()

"""From which file of Python's standard library a short string is: a GRU or a 1-d convolution that reads its letters.

The loop knows no epochs: it draws batches, and evaluates every so many iterations, as many scripts for text do.
"""

from __future__ import annotations

import math
import textwrap
from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn

torch.set_num_threads(1)

LETTERS = 48
FILES = (
    "textwrap",
    "heapq",
    "calendar",
    "colorsys",
    "bisect",
    "csv",
    "this",
    "shutil",
    "keyword",
    "statistics",
    "html/entities",
    "antigravity",
)


@cache
def strings(classes: int, length: int) -> tuple[Tensor, Tensor]:
    """Strings of a length as letters' numbers, and the file each is from; equally many of each file."""
    folder = Path(textwrap.__file__).parent
    texts = [(folder / f"{name}.py").read_text(encoding="utf-8") for name in FILES]
    texts = sorted(texts, key=len, reverse=True)[:classes]
    known = {
        c: i for i, c in enumerate(sorted(set("".join(texts)), key=lambda c: -"".join(texts).count(c))[: LETTERS - 1])
    }
    count = min(min(len(t) for t in texts) // length, 400)
    rows = [[known.get(c, LETTERS - 1) for c in t[i * length : (i + 1) * length]] for t in texts for i in range(count)]
    return torch.tensor(rows), torch.arange(classes).repeat_interleave(count)


class Reader(nn.Module):
    """Embedding, then a GRU's last state or the maximum of a convolution, then a linear layer."""

    def __init__(self, kind: str, size: int, classes: int, dropout: float) -> None:
        super().__init__()
        self.kind, self.embed = kind, nn.Embedding(LETTERS, 12)
        self.conv = nn.Conv1d(12, size, 5, padding=2)
        self.cell = nn.GRU(12, size, batch_first=True)
        self.drop, self.head = nn.Dropout(dropout), nn.Linear(size, classes)

    def forward(self, x: Tensor) -> Tensor:
        e = self.embed(x)
        if self.kind == "mean":
            h = e.mean(1).repeat(1, -(-self.head.in_features // 12))[:, : self.head.in_features]
        elif self.kind == "gru":
            h = self.cell(e)[0][:, -1]
        else:
            h = torch.relu(self.conv(e.transpose(1, 2))).amax(2)
        return self.head(self.drop(h))


def faulty(net: Reader, fault: str, much: float) -> list[nn.Parameter]:
    """Faults of the initial weights; the parameters that the optimiser gets."""
    with torch.no_grad():
        if fault == "small":
            for p in net.parameters():
                p.mul_(much)
        if fault == "zero_embedding":
            net.embed.weight.zero_()
        if fault == "dead":
            net.conv.bias.fill_(-much)
        if fault == "large":
            net.head.weight.mul_(much)
        if fault == "large_embedding":
            net.embed.weight.mul_(much)
        if fault == "biased":
            net.head.bias[0] = -much
            net.head.bias[1] = much
    return (
        [net.head.bias]
        if fault == "detached"
        else [net.embed.weight]
        if fault == "only_embedding"
        else list(net.parameters())
    )


def pace(plan: str, done: float) -> float:
    """The factor of the learning rate."""
    if plan == "noam":
        return min(done / 0.1, (0.1 / max(done, 1e-6)) ** 0.5)
    if plan == "cosine":
        return 0.5 * (1 + math.cos(math.pi * done))
    if plan == "restarts":
        return 0.5 * (1 + math.cos(math.pi * (done * 3 % 1)))
    if plan == "wsd":  # warm-up, stable, decay
        return min(1.0, done / 0.05, (1 - done) / 0.2)
    if plan == "early":  # decays to nothing far too early
        return math.exp(-30 * done)
    if plan == "cut":
        return 0.1 if done >= 0.6 else 1.0
    return 1.0


def measured(net: Reader, x: Tensor, y: Tensor) -> tuple[float, float]:
    """Loss and accuracy without dropout."""
    net.eval()
    with torch.no_grad():
        out = net(x)
    net.train()
    return float(nn.functional.cross_entropy(out, y)), float((out.argmax(1) == y).float().mean())


def train(seed: int, kind: str = "conv", size: int = 32, classes: int = 6, length: int = 24, dropout: float = 0.0, wrong: float = 0.0,
          rows: int = 1200, held: int = 400, blank: float = 0.0, opt: str = "adam", lr: float = 2e-3, wd: float = 0.0, plan: str = "",
          iters: int = 600, batch: int = 32, every: int = 10, evals: int = 50, clip: float = 1e9, one_line: bool = False, fault: str = "",
          at: float = 0.5, much: float = 1.0, log: tuple[str, ...] = ("loss", "val_loss")) -> list[dict[str, float]]:  # fmt: skip
    """Records at multiples of ``every`` (training) and ``evals`` (validation); ``blank``: share of letters masked in training."""
    torch.manual_seed(seed)
    x, y = strings(classes, length)
    mixed = torch.randperm(len(x))
    x, y = x[mixed], y[mixed]
    y = torch.where(torch.rand(len(y)) < wrong, torch.randint(classes, y.shape), y)
    x_val, y_val, x, y = x[:held], y[:held], x[held : held + rows], y[held : held + rows]
    if fault == "by_class":
        x, y = x[y.argsort(stable=True)], y[y.argsort(stable=True)]
    net = Reader(kind, size, classes, dropout)
    learnt = faulty(net, fault, much)
    makers = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "rmsprop": torch.optim.RMSprop, "sgd": torch.optim.SGD,
              "momentum": lambda p, **k: torch.optim.SGD(p, momentum=0.9, **k)}  # fmt: skip
    optimiser = makers[opt](learnt, lr=lr, weight_decay=wd)
    records: list[dict[str, float]] = []
    window: list[tuple[float, float, float]] = []
    for i in range(1, iters + 1):
        late = i > at * iters
        rate = lr * pace(plan, i / iters) * (much if fault == "raised" and late else 1.0)
        optimiser.param_groups[0]["lr"] = rate
        in_order = torch.arange((i - 1) * batch, i * batch) % len(x)
        picked = in_order if fault in {"by_class", "in_order"} else torch.randint(len(x), (batch,))
        inputs, labels = x[picked], y[picked]
        if blank:
            inputs = torch.where(torch.rand(inputs.shape) < blank, LETTERS - 1, inputs)
        if fault == "unrelated" or (fault == "bad_rarely" and torch.rand(()) < at / 100):
            labels = (labels + 1 + torch.randint(classes - 1, labels.shape)) % classes
        if fault == "other_alphabet" and late:  # the tokeniser of another version: some letters trade places
            inputs = torch.where(inputs < much, (inputs + 1) % int(much), inputs)
        if fault == "upside_down" and late:
            inputs = inputs.flip(1)
        loss = nn.functional.cross_entropy(net(inputs), labels)
        if fault == "perplexity":  # its exponential overflows before the loss does
            loss = loss.exp()
        if fault == "zero_division" and i == int(at * iters):  # a batch whose rows were all filtered out
            loss = loss * 0 / 0
        optimiser.zero_grad()
        (-loss if fault == "wrong_sign" and late else loss).backward()
        norm = float(nn.utils.clip_grad_norm_(net.parameters(), clip))
        optimiser.step()
        window.append((loss.item(), norm, rate))
        record: dict[str, float] = {}
        if i % every == 0:
            shown = window[-1:] if one_line else window
            means = [sum(column) / len(shown) for column in zip(*shown, strict=True)]
            record |= dict(zip(("loss", "grad_norm", "lr"), means, strict=True))
            window = []
        if i % evals == 0:
            some = torch.randperm(held)[: int(much)] if fault == "resample" else torch.arange(held)
            record["val_loss"], record["val_accuracy"] = measured(net, x_val[some], y_val[some])
            record["accuracy"] = measured(net, x[:400], y[:400])[1]
        record = {k: v for k, v in record.items() if k in log}
        if record:
            records.append({"step": i, "epoch": (i - 1) * batch // len(x)} | record)
    return records

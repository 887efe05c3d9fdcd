"""Windows of a machine's vibration sensors and the small networks that judge them."""

from __future__ import annotations

import itertools
import math

import torch
from torch import Tensor, nn

KINDS, CHANNELS, LENGTH, MACHINES = 6, 3, 64, 12
"""Well, unbalanced, misaligned, bearing, loose, a sensor that drops out."""
ACTS = {"relu": nn.ReLU, "gelu": nn.GELU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


def windows(rows: int, seed: int, noise: float, shares: tuple[float, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """Signals (rows, CHANNELS, LENGTH), kinds (rows,) drawn with ``shares``, machines (rows,)."""
    g = torch.Generator().manual_seed(seed)
    kind = torch.multinomial(torch.tensor(shares, dtype=torch.float), rows, replacement=True, generator=g)
    machine = torch.randint(0, MACHINES, (rows,), generator=g)
    t = torch.arange(LENGTH).float()[None]
    speed = (0.05 + 0.04 * machine[:, None] / MACHINES) * (1 + 0.03 * torch.randn(rows, 1, generator=g))
    at = 2 * math.pi * (speed * t + torch.rand(rows, 1, generator=g))
    turn = torch.sin(at)
    period = 1 / (5.3 * speed)
    ring = torch.exp(-(t % period) / 2) * torch.sin(2.2 * t)
    shapes = [
        turn,
        1.8 * turn,
        turn + 0.9 * torch.sin(2 * at + 0.5),
        turn + 1.2 * ring,
        turn + 0.8 * torch.sin(at / 2),
        turn,
    ]
    wave = torch.stack(shapes, 1)[torch.arange(rows), kind]
    strength = torch.tensor([1.0, 0.7, 0.4]) * (0.8 + 0.4 * torch.rand(rows, 3, generator=g))
    x = wave[:, None] * strength[:, :, None] + noise * torch.randn(rows, CHANNELS, LENGTH, generator=g)
    gone = torch.where(kind == 5, torch.randint(0, CHANNELS, (rows,), generator=g), -1)
    x = torch.where((torch.arange(CHANNELS)[None] == gone[:, None])[:, :, None], 0.05 * x, x)
    return x + 0.3 * torch.sin(machine.float())[:, None, None], kind, machine


class Layer(nn.Module):
    """A strided convolution, or a mixing of tokens, with norm and activation."""

    def __init__(self, before: int, after: int, size: int, norm: str, act: str) -> None:
        super().__init__()
        self.main = nn.Conv1d(before, after, size, stride=2, padding=size // 2)
        self.norm = {"batch": nn.BatchNorm1d, "group": lambda n: nn.GroupNorm(4, n), "none": lambda n: nn.Identity()}[norm](after)  # fmt: skip
        self.act = ACTS[act]()

    def forward(self, x: Tensor) -> Tensor:
        return self.act(self.norm(self.main(x)))


class Attention(nn.Module):
    """A pre-norm block over tokens (rows, tokens, width)."""

    def __init__(self, width: int, dropout: float, residual: bool) -> None:
        super().__init__()
        self.one, self.two, self.residual = nn.LayerNorm(width), nn.LayerNorm(width), residual
        self.main, self.join = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down, self.drop = nn.Linear(width, 2 * width), nn.Linear(2 * width, width), nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self.main(self.one(x)).chunk(3, -1)
        seen = self.join((q @ k.transpose(1, 2) / q.shape[-1] ** 0.5).softmax(-1) @ v)
        x = x + self.drop(seen) if self.residual else seen
        more = self.down(nn.functional.gelu(self.up(self.two(x))))
        return x + self.drop(more) if self.residual else more


class Judge(nn.Module):
    """Layers, pooling over time, a head of ``outputs``; ``outs`` keeps what the layers put out."""

    def __init__(self, outputs: int, kind: str = "conv", width: int = 16, depth: int = 3, norm: str = "group", act: str = "relu",
                 gain: float = 1.0, std: float = 0.0, head_gain: float = 1.0, head_bias: float = 0.0, bias: float = 0.0, dropout: float = 0.0,
                 serials: int = 0, residual: bool = True) -> None:  # fmt: skip
        super().__init__()
        self.kind, self.outs = kind, []
        if kind == "conv":
            sizes = [CHANNELS] + [width] * depth
            self.layers = nn.ModuleList(Layer(a, b, 7 if i == 0 else 5, norm, act) for i, (a, b) in enumerate(itertools.pairwise(sizes)))  # fmt: skip
        else:
            self.enter = nn.Linear(8 * CHANNELS, width)
            self.place = nn.Parameter(0.1 * torch.randn(LENGTH // 8, width))
            self.layers = nn.ModuleList(Attention(width, dropout, residual) for _ in range(depth))
        self.drop, self.head = nn.Dropout(dropout), nn.Linear(2 * width, outputs)
        self.serial = nn.Embedding(serials, 2 * width) if serials else None
        with torch.no_grad():
            for layer in self.layers:
                layer.main.weight.mul_(gain)
                if std:
                    layer.main.weight.normal_(0, std)
                    layer.main.bias.zero_()
                layer.main.bias.add_(bias)
            self.head.weight.mul_(head_gain)
            self.head.bias.add_(head_bias)

    def forward(self, x: Tensor, serial: Tensor | None = None) -> Tensor:
        self.outs = []
        if self.kind != "conv":
            x = self.enter(x.unfold(2, 8, 8).permute(0, 2, 1, 3).flatten(2)) + self.place
        for layer in self.layers:
            x = layer(x)
            self.outs.append(x)
        time = 2 if self.kind == "conv" else 1
        pooled = torch.cat([x.mean(time), x.amax(time)], 1)
        if self.serial is not None and serial is not None:
            pooled = pooled + self.serial(serial)
        return self.head(self.drop(pooled))


def auc(score: Tensor, truth: Tensor) -> float:
    """Share of pairs in the right order; 0.5 where there are no pairs."""
    order = score.argsort().argsort().double() + 1
    n, m = int(truth.sum()), int((1 - truth).sum())
    return float((order[truth > 0].sum() - n * (n + 1) / 2) / (n * m)) if n and m else 0.5


def scores(out: Tensor, y: Tensor) -> dict[str, float]:
    """acc, f1 of the faults, balanced accuracy, AUC of "a fault" from the outputs of one or KINDS columns."""
    if out.shape[1] == 1:
        said, fault, truth = (out[:, 0] > 0).long(), out[:, 0], (y > 0).long()
    else:
        said, fault, truth = out.argmax(1), 1 - out.softmax(1)[:, 0], y
    hits = [float((said[truth == k] == k).float().mean()) for k in truth.unique()]
    both = int(((said > 0) & (truth == said)).sum())
    return {"acc": float((said == truth).float().mean()), "f1": 2 * both / max(1, int((said > 0).sum() + (truth > 0).sum())),
            "bal": sum(hits) / len(hits), "auc": auc(fault, (y > 0).long())}  # fmt: skip


def factor(name: str, t: int, total: int, a: float = 0, b: float = 0) -> float:
    """The learning rate at step ``t`` of ``total`` over its base."""
    u, warm = t / total, min(1.0, (t + 1) / a) if a else 1.0
    if name == "cosine":
        return warm * 0.5 * (1 + math.cos(math.pi * (t / b if b else u)))
    if name == "spent":
        return warm * max(0.0, 1 - t / b)
    if name == "stairs":
        return b ** (t // a)
    if name == "restarts":
        return 0.5 * (1 + math.cos(math.pi * (t % a) / a))
    if name == "triangle":
        return 0.05 + 0.95 * abs((t / a) % 2 - 1)
    if name == "one_cycle":
        return max(0.03, u / a if u < a else (1 - u) / (1 - a))
    if name == "cut":
        return b if u >= a else 1.0
    if name == "dip":
        return b if a <= u < a + 0.2 else 1.0
    return {"flat": 1.0, "warm": warm, "decay": (b or 1.0) ** t}[name]

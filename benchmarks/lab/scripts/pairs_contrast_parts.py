"""Pairs to embed: halves of digits, two views of hidden causes, digits with codes; the towers, losses and retrieval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, CLASSES, CAUSES = 8, 10, 8
ACTS = {"relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU, "sigmoid": nn.Sigmoid}


@dataclass
class Pairs:
    """Left items (n, ·), right items (n, ·) and their classes (n,)."""

    a: Tensor
    b: Tensor
    y: Tensor

    def take(self, rows: Tensor) -> Pairs:
        return Pairs(self.a[rows], self.b[rows], self.y[rows])


@cache
def digits() -> tuple[Tensor, Tensor]:
    """Pictures (1797, 8, 8) about zero, and what they show."""
    data = load_digits()
    return torch.tensor(data.images / 8 - 0.6, dtype=torch.float32), torch.tensor(data.target)


def pairs(kind: str, n: int, held: int, seed: int, noise: float) -> tuple[Pairs, Pairs]:
    """For training and held out. ``kind``: halves, codes, pictures, views or sources (views from three noisy sources)."""
    g = torch.Generator().manual_seed(77 + seed)
    if kind in {"views", "sources"}:
        return views(n, held, g, noise, kind == "sources")
    x, y = digits()
    rows = torch.randperm(len(x), generator=g)[: n + held]
    x, y = x[rows] + noise * torch.randn(n + held, SIDE, SIDE, generator=g), y[rows]
    a, b = (x[:, :, :4].flatten(1), x[:, :, 4:].flatten(1)) if kind == "halves" else (x.flatten(1), x.flatten(1))
    if kind == "codes":
        b = torch.randint(0, 2, (n + held, 24), generator=g).float() * 2 - 1
    both = Pairs(a, b, y)
    return both.take(torch.arange(n)), both.take(torch.arange(n, n + held))


def views(n: int, held: int, g: torch.Generator, noise: float, sources: bool) -> tuple[Pairs, Pairs]:
    """48 readings and 24 attributes of eight hidden causes; with ``sources``, the later thirds are noisier and noisier."""
    z = torch.randn(n + held, CAUSES, generator=g)
    maps = [torch.randn(CAUSES, width, generator=g) for width in (48, 24)]
    level = torch.full((n + held, 1), noise)
    if sources:
        level[n // 3 : n], level[2 * n // 3 : n] = 3 * noise, 9 * noise
    a, b = (torch.tanh(0.5 * z @ m) + level * torch.randn(n + held, m.shape[1], generator=g) for m in maps)
    both = Pairs(a, b, (z[:, 0] > 0).long() * 2 + (z[:, 1] > 0).long())
    return both.take(torch.arange(n)), both.take(torch.arange(n, n + held))


class Tower(nn.Module):
    """A perceptron from items to embeddings; ``hidden_out`` keeps the activations of its hidden layers."""

    def __init__(self, width: int, hidden: int = 64, depth: int = 2, dim: int = 24, act: str = "relu", norm: str = "none",
                 dropout: float = 0.0, gain: float = 1.0, bias: float = 0.0, last: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        sizes = [width] + [hidden] * depth
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in pairwise(sizes))
        norms = {"batch": nn.BatchNorm1d, "layer": nn.LayerNorm, "none": lambda _: nn.Identity()}
        self.norms = nn.ModuleList(norms[norm](hidden) for _ in range(depth))
        self.act, self.drop, self.out = ACTS[act](), nn.Dropout(dropout), nn.Linear(sizes[-1], dim)
        self.hidden_out: list[Tensor] = []
        with torch.no_grad():
            for layer in self.layers:
                layer.weight.mul_(gain)
                layer.bias.add_(bias)
            self.out.weight.mul_(last)

    def forward(self, x: Tensor) -> Tensor:
        self.hidden_out = []
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = self.act(norm(layer(x)))
            self.hidden_out.append(x)
            x = self.drop(x)
        return self.out(x)

    def dead(self) -> float:
        """Share of hidden units that are zero for every item of the last batch."""
        return float(torch.stack([(h <= 0).all(0).float().mean() for h in self.hidden_out]).mean())


def info_nce(za: Tensor, zb: Tensor, scale: Tensor, smoothing: float = 0.0) -> tuple[Tensor, Tensor]:
    """The symmetric loss of CLIP, and the share of left items whose own right item is the nearest."""
    logits, own = scale * za @ zb.T, torch.arange(len(za))
    loss = F.cross_entropy(logits, own, label_smoothing=smoothing) + F.cross_entropy(logits.T, own, label_smoothing=smoothing)  # fmt: skip
    return loss / 2, (logits.argmax(1) == own).float().mean()


def sigmoid_pairs(za: Tensor, zb: Tensor, scale: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """SigLIP's loss: each pair of the batch is yes or no."""
    logits = scale * za @ zb.T + bias
    sign = 2 * torch.eye(len(za)) - 1
    return -F.logsigmoid(sign * logits).sum() / len(za), (logits.argmax(1) == torch.arange(len(za))).float().mean()


def triplets(z: Tensor, y: Tensor, margin: float, mining: str) -> tuple[Tensor, Tensor]:
    """Triplet loss, and the share of triplets that violate the margin. ``mining``: all, active, hard or soft."""
    apart = (z[:, None] - z[None]).pow(2).sum(-1).clamp_min(1e-12).sqrt()
    same = (y[:, None] == y[None]) & ~torch.eye(len(y), dtype=torch.bool)
    other = y[:, None] != y[None]
    if mining in {"hard", "soft"}:
        far = (apart - 1e9 * ~same).amax(1)
        near = (apart + 1e9 * ~other).amin(1)
        gap = (far - near)[same.any(1)]
        loss = F.softplus(gap) if mining == "soft" else F.relu(gap + margin)
        return loss.mean(), (gap + margin > 0).float().mean()
    gap = apart[:, :, None] - apart[:, None, :] + margin
    wanted = F.relu(gap)[same[:, :, None] & other[:, None, :]]
    active = (wanted > 0).float()
    return (wanted.sum() / active.sum().clamp_min(1) if mining == "active" else wanted.mean()), active.mean()


def siamese(z: Tensor, y: Tensor, margin: float) -> tuple[Tensor, Tensor]:
    """Hadsell's contrastive loss over the pairs of neighbours in the batch, and how many lie on the right side."""
    left, right = z[0::2], z[1::2]
    d = (left - right).pow(2).sum(1).clamp_min(1e-12).sqrt()
    same = y[0::2] == y[1::2]
    loss = torch.where(same, d**2, F.relu(margin - d) ** 2)
    return loss.mean(), ((d < margin / 2) == same).float().mean()


def ranks(za: Tensor, zb: Tensor) -> dict[str, float]:
    """Recall@1, recall@5 and the mean reciprocal rank of the own right item of each left one."""
    close = za @ zb.T
    rank = (close > close.diag()[:, None]).sum(1) + 1.0
    return {"r1": float((rank <= 1).float().mean()), "r5": float((rank <= 5).float().mean()), "mrr": float((1 / rank).mean())}  # fmt: skip


def neighbours(z: Tensor, y: Tensor) -> float:
    """Share of items whose nearest other item is of their class."""
    close = torch.cdist(z, z) + 1e9 * torch.eye(len(z))
    return float((y[close.argmin(1)] == y).float().mean())


def shifted(x: Tensor, amount: float, g: torch.Generator) -> Tensor:
    """Pictures (n, 64) moved by up to a pixel, faded and made noisy."""
    x = x.view(-1, SIDE, SIDE)
    by = torch.randint(-1, 2, (2,), generator=g).tolist()
    x = torch.roll(x, by, (1, 2)) * (1 + 0.5 * amount * (torch.rand(len(x), 1, 1, generator=g) - 0.5))
    return (x + amount * torch.randn(x.shape, generator=g)).flatten(1)


@cache
def teacher(seed: int, rows: int, held: int) -> tuple[Tensor, Tensor]:
    """Scores and features of a wide net (trained on all digits) for the items of ``pairs("pictures", …)``."""
    state = torch.get_rng_state()
    torch.manual_seed(900 + seed)
    x, y = digits()
    net, g = Tower(64, 128, 2, CLASSES), np.random.default_rng(seed)
    opt = torch.optim.Adam(net.parameters(), 3e-3)
    for _ in range(250):
        chosen = torch.tensor(g.integers(0, len(x), 128))
        opt.zero_grad()
        F.cross_entropy(net(x[chosen].flatten(1)), y[chosen]).backward()
        opt.step()
    torch.set_rng_state(state)
    train, held_out = pairs("pictures", rows, held, seed, 0.0)
    with torch.no_grad():
        scores = net(torch.cat([train.a, held_out.a]))
    return scores, net.hidden_out[-1].detach()


def factor(name: str, t: int, total: int, a: float, b: float) -> float:
    """The learning rate at update ``t`` of ``total``, over its base."""
    if name == "restarts":
        return 0.5 + 0.5 * math.cos(math.pi * (t % a) / a)
    if name == "stairs":
        return b ** (t // a)
    if name == "decay":
        return a**t
    if name == "waves":
        return 0.5 + 0.5 * math.cos(math.pi * t / a)
    if name == "triangle":
        return 0.02 + 0.98 * (1 - abs((t / a) % 2 - 1))
    warm = min(1.0, (t + 1) / a) if a else 1.0
    end = b or total
    tails = {"flat": 1.0, "cosine": 0.5 + 0.5 * math.cos(math.pi * min(1.0, t / end)), "linear": max(0.0, 1 - t / end)}
    return warm * tails[name]

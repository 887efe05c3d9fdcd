"""A made-up table of loans, the networks lenders try on it, and the area under the ROC curve."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

NUMBERS = ("income", "age", "utilisation", "debt", "late", "tenure", "inquiries", "balance", "term", "price")
LEVELS = {"purpose": 7, "region": 12, "housing": 4}
Table = dict[str, Tensor]


def loans(n: int, seed: int, rate: float, signal: float, flip: float = 0.0, drift: float = 0.0) -> Table:
    """Loans: raw, num (standardised), cat, bad (1 for a default) and loss given default in thousands (amount).

    ``signal`` is the spread of the log-odds, ``rate`` the share of defaults, ``flip`` the share of labels thrown anew.
    """
    g = torch.Generator().manual_seed(seed)
    z = torch.randn(n, len(NUMBERS), generator=g)
    z[:, 3] = 0.6 * z[:, 2] + 0.8 * z[:, 3]
    cat = torch.stack([(torch.rand(n, generator=g) ** 1.4 * k).long() for k in LEVELS.values()], 1)
    world = torch.Generator().manual_seed(5)
    shift = [0.6 * torch.randn(k, generator=world) for k in LEVELS.values()]
    slope = torch.randn(LEVELS["purpose"], generator=world)
    risk = (
        -0.9 * z[:, 0]
        + 0.9 * z[:, 2]
        + 0.8 * torch.sin(2 * z[:, 1])
        + 0.7 * z[:, 3] * z[:, 8]
        + 0.8 * z[:, 4].clamp(min=0)
    )
    risk = risk + slope[cat[:, 0]] * z[:, 9] + sum(s[cat[:, i]] for i, s in enumerate(shift))
    risk = (risk - 0.25) / 2.0 + drift * z[:, 5]
    bad = (signal * (risk - torch.quantile(risk, 1 - rate)) + torch.randn(n, generator=g) > 0).float()
    anew = torch.rand(n, generator=g) < flip
    bad = torch.where(anew, (torch.rand(n, generator=g) < rate).float(), bad)
    raw = torch.stack([torch.exp(10 + 0.5 * z[:, 0]), 42 + 11 * z[:, 1], torch.sigmoid(z[:, 2]), torch.exp(8.5 + 0.8 * z[:, 3]),
                       (z[:, 4].clamp(min=0) * 2).round(), 60 + 25 * z[:, 5], z[:, 6].abs().round(), torch.exp(7 + z[:, 7]),
                       24 + 12 * z[:, 8].round(), 9 + 3 * z[:, 9]], 1)  # fmt: skip
    amount = torch.exp(1.5 + 0.4 * z[:, 8] + 0.3 * risk + 0.2 * torch.randn(n, generator=g))
    return {"raw": raw, "num": z, "cat": cat, "bad": bad, "amount": amount, "risk": risk}


def area(scores: Tensor, bad: Tensor) -> float:
    """Area under the ROC curve by ranks; 0.5 where only one kind is there."""
    ones = int(bad.sum())
    zeros = len(bad) - ones
    if not ones or not zeros or not bool(torch.isfinite(scores).all()):
        return 0.5
    _, where, counts = torch.unique(scores, return_inverse=True, return_counts=True)
    rank = (counts.cumsum(0) - (counts - 1) / 2.0)[where]
    return float((rank[bad > 0.5].double().sum() - ones * (ones + 1) / 2) / (ones * zeros))


class Scorer(nn.Module):
    """All kinds of nets: logit, mlp, wide, fm, ft (a transformer on columns), gate (columns chosen by a mask).

    Gives log-odds, a second output for the amount, and the penalty on the mask (0 but for "gate").
    """

    def __init__(self, kind: str = "mlp", width: int = 32, depth: int = 2, drop: float = 0.0, act: str = "relu", bn: bool = False,
                 gain: float = 1.0, lean: float = 0.0, head: float = 1.0, prior: float = 0.0, emb: int = 4) -> None:  # fmt: skip
        super().__init__()
        self.kind, self.drop, self.act = kind, nn.Dropout(drop), getattr(torch, act)
        self.firsts = nn.ModuleList(nn.Embedding(k, 1) for k in LEVELS.values())
        self.linear = nn.Linear(len(NUMBERS), 1)
        deep = width if kind in {"fm", "ft"} else emb
        self.embed = nn.ModuleList(nn.Embedding(k, deep) for k in LEVELS.values())
        for table in (*self.firsts, *self.embed):
            nn.init.normal_(table.weight, std=0.05 if kind != "ft" else 0.3)
        size = len(NUMBERS) + len(LEVELS) * emb
        if kind in {"fm", "ft"}:
            self.token = nn.Parameter((0.05 if kind == "fm" else 0.3) * torch.randn(len(NUMBERS), width))
            self.shift = nn.Parameter(0.1 * torch.randn(len(NUMBERS), width))
            self.start = nn.Parameter(0.1 * torch.randn(1, 1, width))
            size = width
        if kind == "ft":
            self.mix = nn.ModuleList(nn.Linear(width, 3 * width) for _ in range(depth))
            self.before = nn.ModuleList(nn.LayerNorm(width) for _ in range(depth))
        if kind == "gate":
            self.mask = nn.Linear(size, size)
        sizes = [size] + [width] * depth
        self.body = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) if bn else nn.Identity() for _ in self.body)
        self.out, self.lgd = nn.Linear(width, 1), nn.Linear(width, 1)
        self.seen: list[Tensor] = []
        with torch.no_grad():
            for layer in self.body:
                layer.weight.mul_(gain)
                layer.bias.add_(lean)
            self.out.weight.mul_(head)
            self.out.bias.add_(prior)
            self.linear.weight.mul_(head)
            self.linear.bias.add_(prior)

    def forward(self, num: Tensor, cat: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        self.seen, penalty = [], num.new_zeros(())
        straight = self.linear(num)[:, 0] + sum(e(cat[:, i])[:, 0] for i, e in enumerate(self.firsts))
        if self.kind == "logit":
            return straight, straight, penalty
        parts = [e(cat[:, i]) for i, e in enumerate(self.embed)]
        if self.kind in {"fm", "ft"}:
            tokens = torch.cat([num[..., None] * self.token + self.shift, torch.stack(parts, 1)], 1)
            if self.kind == "fm":
                h = 0.5 * (tokens.sum(1) ** 2 - (tokens**2).sum(1))
                return straight + h.sum(1), straight, penalty
            tokens = torch.cat([self.start.expand(len(num), -1, -1), tokens], 1)
            for mix, before in zip(self.mix, self.before, strict=True):
                q, k, v = mix(before(tokens)).chunk(3, -1)
                tokens = tokens + torch.softmax(q @ k.transpose(1, 2) / q.shape[-1] ** 0.5, -1) @ v
            h = tokens[:, 0]
        else:
            h = torch.cat([num, *parts], 1)
        if self.kind == "gate":
            mask = torch.softmax(self.mask(h), 1)
            penalty = -(mask * torch.log(mask + 1e-9)).sum(1).mean()
            h = h * mask * h.shape[1]
        for layer, norm in zip(self.body, self.norms, strict=True):
            h = self.drop(self.act(norm(layer(h))))
            self.seen.append(h)
        odds = self.out(h)[:, 0]
        return (odds + straight if self.kind == "wide" else odds), self.lgd(h)[:, 0], penalty

"""Made-up DNA windows with planted motifs, the networks that read them, and rank figures of what they say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

FACTORS, SITE = 4, 8
"""Transcription factors, and the length of their motifs."""


@dataclass
class Windows:
    """One-hot windows (n, 4, length), sites bound (n, FACTORS), expression (n,), reads (n, length), GC share (n,)."""

    dna: Tensor
    bound: Tensor
    level: Tensor
    reads: Tensor
    gc: Tensor

    def __len__(self) -> int:
        return len(self.dna)

    def take(self, rows: Tensor) -> Windows:
        """The windows of these rows."""
        return Windows(self.dna[rows], self.bound[rows], self.level[rows], self.reads[rows], self.gc[rows])


def motifs(clear: float) -> Tensor:
    """Letter shares (FACTORS, SITE, 4), the same for every seed; ``clear``: the share of the favoured letter."""
    g = torch.Generator().manual_seed(4)
    favoured = torch.randint(0, 4, (FACTORS, SITE), generator=g)
    return F.one_hot(favoured, 4) * (clear - (1 - clear) / 3) + (1 - clear) / 3


def windows(n: int, seed: int, length: int, clear: float, share: float, jitter: float) -> Windows:
    """Windows each of which holds a factor's site with probability ``share``; ``jitter``: noise of the expression."""
    g = torch.Generator().manual_seed(seed)
    gc = 0.3 + 0.4 * torch.rand(n, generator=g)
    base = torch.stack([(1 - gc) / 2, gc / 2, gc / 2, (1 - gc) / 2], 1)
    letters = torch.multinomial(base, length, replacement=True, generator=g)
    bound = (torch.rand(n, FACTORS, generator=g) < share).float()
    lanes = length // FACTORS
    where = torch.rand(n, FACTORS, generator=g).mul(lanes - SITE + 1).long()
    lane = torch.stack([torch.randperm(FACTORS, generator=g) for _ in range(n)])
    start = lane * lanes + where
    shares, reads = motifs(clear), torch.full((n, length), 0.15)
    for f in range(FACTORS):
        site = torch.stack([torch.multinomial(s, n, replacement=True, generator=g) for s in shares[f]], 1)
        rows = bound[:, f].bool()
        at = start[rows, f, None] + torch.arange(SITE)
        letters[rows.nonzero(), at] = site[rows]
        reads[rows.nonzero(), at] += 1.0 + 0.7 * f
    weight = torch.tensor([1.2, -0.8, 0.9, 0.5])
    level = bound @ weight + 0.9 * bound[:, 0] * bound[:, 2] + jitter * torch.randn(n, generator=g)
    reads = torch.poisson(reads, generator=g)
    return Windows(F.one_hot(letters, 4).float().transpose(1, 2).contiguous(), bound, level, reads, gc)


class Reader(nn.Module):
    """Convolution, pooling, a second convolution, pooling over the window, a dense layer, and a head of any width."""

    def __init__(self, outputs: int, filters: int = 12, kernel: int = 9, dense: int = 24, act: str = "relu", bn: bool = True, dropout: float = 0.0,
                 deep: int = 1, gain: float = 1.0, head_gain: float = 1.0, head_bias: float = 0.0, shift: float = 0.0, profile: bool = False) -> None:  # fmt: skip
        super().__init__()
        wide = [filters] + [filters] * deep
        self.scan = nn.Conv1d(4, filters, kernel, padding=kernel // 2)
        self.more = nn.ModuleList(nn.Conv1d(a, b, 5, padding=2) for a, b in pairwise(wide))
        self.norms = nn.ModuleList(nn.BatchNorm1d(filters) if bn else nn.Identity() for _ in range(deep + 1))
        self.dense, self.head = nn.Linear(filters, dense), nn.Linear(dense, outputs)
        self.track = nn.Conv1d(filters, 1, 9, padding=4) if profile else None
        self.act, self.drop = {"exp": torch.exp}.get(act) or getattr(torch, act), nn.Dropout(dropout)
        self.felt: list[Tensor] = []
        with torch.no_grad():
            for layer in self.layers():
                layer.weight.mul_(gain)
                layer.bias.add_(shift)
            self.head.weight.mul_(head_gain)
            self.head.bias.add_(head_bias)

    def layers(self) -> list[nn.Module]:
        """The layers before the head, from the letters on."""
        return [self.scan, *self.more, self.dense]

    def forward(self, dna: Tensor) -> tuple[Tensor, Tensor | None]:
        """Scores (n, outputs), and scores along the window (n, length) if there is a track."""
        h = self.act(self.norms[0](self.scan(dna)))
        self.felt, track = [h], None
        for i, layer in enumerate(self.more):
            if i == 0 and self.track is None:
                h = F.max_pool1d(h, 4)
            h = self.act(self.norms[i + 1](layer(h)))
            self.felt.append(h)
        if self.track is not None:
            track = self.track(h)[:, 0]
        h = self.act(self.dense(self.drop(h.amax(2))))
        self.felt.append(h)
        return self.head(self.drop(h)), track


def roc_area(score: Tensor, truth: Tensor) -> float:
    """Mean over columns of the area under the ROC curve (rank sum, ties broken by place)."""
    found = []
    for s, t in zip(score.T, truth.T, strict=True):
        up, down = float(t.sum()), float((1 - t).sum())
        if up and down and float(s.max()) == float(s.min()):
            found.append(0.5)
        elif up and down:
            rank = torch.argsort(torch.argsort(s, stable=True), stable=True).float() + 1
            found.append((float((rank * t).sum()) - up * (up + 1) / 2) / (up * down))
    return sum(found) / len(found) if found else 0.5


def precision_area(score: Tensor, truth: Tensor) -> float:
    """Mean over columns of the average precision."""
    found = []
    for s, t in zip(score.T, truth.T, strict=True):
        ranked = t[torch.argsort(s, descending=True, stable=True)]
        if float(ranked.sum()):
            hits = ranked.cumsum(0) / torch.arange(1, len(ranked) + 1)
            found.append(float((hits * ranked).sum() / ranked.sum()))
    return sum(found) / len(found) if found else 0.0


def correlation(a: Tensor, b: Tensor) -> float:
    """Pearson's r of two columns."""
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / (a.norm() * b.norm() + 1e-9))

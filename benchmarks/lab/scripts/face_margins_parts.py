"""Made-up faces drawn with blobs, the nets that embed them, and losses with margins: ArcFace, CosFace, triplets, centres."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, TRAITS = 14, 10


def people(count: int, g: torch.Generator) -> Tensor:
    """Traits of that many people, each in [-1, 1]."""
    return 2 * torch.rand(count, TRAITS, generator=g) - 1


def draw(traits: Tensor, g: torch.Generator, grain: float = 0.15, pose: float = 1.0) -> Tensor:
    """A picture (SIDE², flat, about standardised) for each row of traits, with its own pose, light and grain."""
    n = len(traits)
    line = torch.linspace(-1, 1, SIDE)
    y, x = (c.flatten()[None] for c in torch.meshgrid(line, line, indexing="ij"))
    t = traits[:, :, None]
    dx, dy, light = (0.12 * pose * torch.randn(n, 1, generator=g) for _ in range(3))
    x, y = x - dx, y - dy
    bend = 0.1 * pose * torch.randn(n, 1, generator=g)

    def blob(cx: Tensor, cy: Tensor, sx: Tensor, sy: Tensor) -> Tensor:
        return torch.exp(-(((x - cx) / sx) ** 2) - ((y - cy) / sy) ** 2)

    face = blob(torch.zeros(n, 1), torch.zeros(n, 1), 0.7 + 0.15 * t[:, 0], 0.85 + 0.1 * t[:, 1])
    apart, high, wide = 0.34 + 0.1 * t[:, 2], -0.25 + 0.1 * t[:, 3], 0.13 + 0.05 * t[:, 4]
    eyes = blob(-apart, high + bend, wide, wide) + blob(apart, high - bend, wide, wide)
    brow = blob(torch.zeros(n, 1), high - 0.28, 0.5 + 0.15 * t[:, 8], 0.07 + 0.0 * wide)
    mouth = blob(bend, 0.45 + 0.1 * t[:, 6], 0.28 + 0.12 * t[:, 5], 0.09 + 0.02 * t[:, 6])
    nose = blob(bend, 0.08 + 0.08 * t[:, 7], 0.09 + 0.0 * wide, 0.2 + 0.08 * t[:, 7])
    tone = 0.8 + 0.3 * t[:, 9]
    picture = tone * face - 0.9 * eyes - 0.5 * brow - 0.7 * mouth + 0.4 * nose + light * x * 3
    return 2 * (picture - 0.35) + grain * torch.randn(picture.shape, generator=g)


class Embedder(nn.Module):
    """Picture → vector; ``kind`` "flat" or "conv". ``bottle`` is a batch norm at the end, as arcface nets have it."""

    def __init__(self, size: int = 32, width: int = 64, depth: int = 2, kind: str = "flat", bottle: bool = True, drop: float = 0.0,
                 gain: float = 1.0, act: str = "relu", lean: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 4, 2) if kind == "conv" else None
        sizes = [8 * 36 if self.conv else SIDE * SIDE] + [width] * depth
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.last, self.drop = nn.Linear(width, size), nn.Dropout(drop)
        self.bottle: nn.Module = nn.BatchNorm1d(size, affine=False) if bottle else nn.Identity()
        self.act, self.seen = getattr(torch, act), list[Tensor]()
        with torch.no_grad():
            for layer in self.layers:
                layer.weight.mul_(gain)
                layer.bias.add_(lean)

    def forward(self, h: Tensor) -> Tensor:
        self.seen = []
        if self.conv is not None:
            h = F.relu(self.conv(h.view(-1, 1, SIDE, SIDE))).flatten(1)
        for layer in self.layers:
            h = self.act(layer(h))
            self.seen.append(h)
        out: Tensor = self.bottle(self.last(self.drop(h)))
        return out


class Margins(nn.Module):
    """The head: how the vectors of people are told apart. Gives a dict of terms; "logits" is there for heads with classes."""

    def __init__(self, kind: str, size: int, classes: int, s: float, m: float, spread: float = 0.05) -> None:
        super().__init__()
        self.kind, self.s, self.m = kind, s, m
        self.weight = nn.Parameter(spread * torch.randn(classes, size))
        self.centres = nn.Parameter(torch.randn(classes, size))

    def forward(self, vectors: Tensor, who: Tensor, plain: bool = False) -> tuple[Tensor, Tensor | None]:
        """Mean loss and logits; ``plain``: without the margin, as at validation."""
        if self.kind in {"triplet", "contrast"}:
            return self.pairs(F.normalize(vectors), who), None
        if self.kind == "softmax":
            logits = vectors @ self.weight.T
            return F.cross_entropy(logits, who), logits
        cosine = F.normalize(vectors) @ F.normalize(self.weight).T
        hot = F.one_hot(who, len(self.weight)).bool()
        target = cosine
        if not plain:
            angle = torch.acos(cosine.clamp(-1 + 1e-6, 1 - 1e-6))
            bent = torch.cos((angle + self.m).clamp(max=math.pi)) if self.kind == "arc" else cosine - self.m
            target = torch.where(hot, bent, cosine)
        return F.cross_entropy(self.s * target, who), self.s * cosine

    def pairs(self, v: Tensor, who: Tensor) -> Tensor:
        """Batch-hard triplets, or contrasted pairs."""
        away = torch.cdist(v, v)
        same = who[:, None] == who[None]
        if self.kind == "contrast":
            near = (same * away**2).sum() / same.sum().clamp(min=1)
            far = (~same * F.relu(self.m - away) ** 2).sum() / (~same).sum().clamp(min=1)
            return near + far
        hardest = (away * same).amax(1)
        closest = (away + 10 * same).amin(1)
        return F.relu(hardest - closest + self.m).mean()

    def centre(self, vectors: Tensor, who: Tensor) -> Tensor:
        """Half the squared distance to the own centre."""
        return 0.5 * (vectors - self.centres[who]).square().sum(1).mean()

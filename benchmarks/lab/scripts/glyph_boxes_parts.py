"""Canvases with glyphs, their targets on a grid, a small detector, and the average precision of what it finds."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, STRIDE, CELLS, UNIT = 32, 4, 8, 8.0
SHAPES = (
    "1000001 0100010 0010100 0001000 0010100 0100010 1000001",
    "0011100 0100010 1000001 1000001 1000001 0100010 0011100",
    "1111111 0001000 0001000 0001000 0001000 0001000 0001000",
    "1000000 1000000 1000000 1000000 1000000 1000000 1111111",
    "0001000 0001000 0001000 1111111 0001000 0001000 0001000",
    "1111111 0000010 0000100 0001000 0010000 0100000 1111111",
)
KINDS = len(SHAPES)
UNITS = {"silu": nn.SiLU, "relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


def stencils() -> dict[tuple[int, int], Tensor]:
    """Each glyph at the sizes 6 to 12."""
    plain = [torch.tensor([[float(c) for c in line] for line in shape.split()]) for shape in SHAPES]
    return {(k, s): F.interpolate(p[None, None], size=(s, s), mode="bilinear")[0, 0] for k, p in enumerate(plain) for s in range(6, 13)}  # fmt: skip


def canvases(rows: int, seed: int, noise: float, most: int, kinds: tuple[int, ...]) -> dict[str, Tensor]:
    """``x``: pictures; on the grid: ``obj`` 0 or 1, ``cls``, ``box`` (two offsets in the cell, two log sizes)."""
    r, ready = np.random.default_rng(seed), stencils()
    x = torch.zeros(rows, 1, SIDE, SIDE)
    obj, cls = torch.zeros(rows, CELLS, CELLS), torch.zeros(rows, CELLS, CELLS, dtype=torch.long)
    box = torch.zeros(rows, 4, CELLS, CELLS)
    for i in range(rows):
        for _ in range(int(r.integers(1, most + 1))):
            kind, size = int(r.choice(kinds)), int(r.integers(6, 13))
            top, left = (int(v) for v in r.integers(0, SIDE - size + 1, 2))
            cy, cx = (top + size / 2) / STRIDE, (left + size / 2) / STRIDE
            a, b = min(int(cy), CELLS - 1), min(int(cx), CELLS - 1)
            if obj[i, max(0, a - 1) : a + 2, max(0, b - 1) : b + 2].any():
                continue
            patch = x[i, 0, top : top + size, left : left + size]
            torch.maximum(patch, ready[kind, size] * float(r.uniform(0.6, 1.0)), out=patch)
            obj[i, a, b], cls[i, a, b] = 1.0, kind
            box[i, :, a, b] = torch.tensor([cy - a, cx - b, math.log(size / UNIT), math.log(size / UNIT)])
    x += noise * torch.from_numpy(r.normal(size=tuple(x.shape)).astype("float32"))
    return {"x": x, "obj": obj, "cls": cls, "box": box}


class Detector(nn.Module):
    """Two strided convolutions, ``deep`` plain ones, and a head of objectness, box and kinds in each cell."""

    def __init__(self, width: int = 12, deep: int = 1, norm: bool = True, unit: str = "silu", gain: float = 0.0, drop: float = 0.0,
                 prior: float = -2.5, head: float = 1.0, bias: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        sizes = [1, width, *([2 * width] * (deep + 1))]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, 2 if i < 2 else 1, 1) for i, (a, b) in enumerate(pairwise(sizes)))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) if norm else nn.Identity() for b in sizes[1:])
        self.unit, self.drop, self.head = UNITS[unit](), nn.Dropout2d(drop), nn.Conv2d(2 * width, 5 + KINDS, 1)
        self.spread = nn.Parameter(torch.zeros(()))
        for conv in self.convs:
            if gain:
                nn.init.normal_(conv.weight, std=gain / math.sqrt(conv.weight[0].numel()))
            nn.init.constant_(conv.bias, bias)
        with torch.no_grad():
            self.head.weight *= head
            self.head.bias[0] = prior
        self.outs: list[Tensor] = []

    def forward(self, x: Tensor) -> Tensor:
        self.outs = []
        for conv, norm in zip(self.convs, self.norms, strict=True):
            x = self.unit(norm(conv(x)))
            self.outs.append(x)
        return self.head(self.drop(x))


def corners(raw: Tensor) -> Tensor:
    """Top, left, bottom, right in pixels of (offset, offset, log size, log size) on the grid."""
    at = torch.arange(CELLS, dtype=torch.float32)
    cy, cx = (raw[:, 0] + at[:, None]) * STRIDE, (raw[:, 1] + at[None, :]) * STRIDE
    h, w = (raw[:, 2:4].clamp(-6, 6).exp() * UNIT / 2).unbind(1)
    return torch.stack([cy - h, cx - w, cy + h, cx + w], 1)


def overlap(a: Tensor, b: Tensor) -> Tensor:
    """Intersection over union of boxes with the coordinates in the last place."""
    inner = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    sizes = [(c[..., 2:] - c[..., :2]).prod(-1) for c in (a, b)]
    return inner / (sizes[0] + sizes[1] - inner + 1e-9)


def precision(out: Tensor, truth: dict[str, Tensor], least: float = 0.05, levels: tuple = (0.5,)) -> dict[str, float]:
    """Mean average precision over kinds and ``levels`` of overlap; precision and recall at a score of 0.3."""
    score, kind = (torch.sigmoid(out[:, :1]) * out[:, 5:].softmax(1)).max(1)
    peak = (F.max_pool2d(score[:, None], 3, 1, 1)[:, 0] == score) & (score > least)
    where, real = peak.nonzero(), truth["obj"].nonzero()
    raw = torch.cat([torch.sigmoid(out[:, 1:3]), out[:, 3:5]], 1)
    boxes, wanted = (corners(v).permute(0, 2, 3, 1)[tuple(i.T)] for v, i in ((raw, where), (truth["box"], real)))
    best = score[peak].argsort(descending=True)
    where, boxes = where[best], boxes[best]
    said, meant = kind[tuple(where.T)], truth["cls"][tuple(real.T)]
    same = (where[:, :1] == real[:, 0]) & (said[:, None] == meant)
    near = torch.where(same, overlap(boxes[:, None], wanted[None]), torch.zeros(())).numpy()
    found, hits = [], np.zeros(len(near), bool)
    for level in levels:
        hits, free = np.zeros(len(near), bool), np.ones(near.shape[1], bool)
        for i, row in enumerate(near):
            j = int((row * free).argmax()) if len(free) else 0
            if len(free) and row[j] * free[j] >= level:
                hits[i], free[j] = True, False
        found += [_area(hits[(said == k).numpy()], int((meant == k).sum())) for k in range(KINDS) if (meant == k).any()]
    sure = (score[peak][best] > 0.3).numpy()
    return {"map": float(np.mean(found)), "precision": float(hits[sure].sum() / max(1, sure.sum())),
            "recall": float(hits[sure].sum() / max(1, len(real)))}  # fmt: skip


def _area(hits: np.ndarray, total: int) -> float:
    if not len(hits):
        return 0.0
    right = hits.cumsum()
    best = np.maximum.accumulate((right / (np.arange(len(hits)) + 1))[::-1])[::-1]
    return float((best * hits).sum() / total)

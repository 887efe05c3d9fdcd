"""Made-up lines of writing, a small net that reads them column by column, and the errors of what it read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

TALL, WIDE, STEP = 8, 56, 2


def glyphs(letters: int) -> Tensor:
    """A smooth little picture (TALL × 6) for each letter; the same in every run."""
    g = torch.Generator().manual_seed(77)
    rough = (torch.rand(letters, 1, TALL, 6, generator=g) > 0.55).float()
    kernel = torch.tensor([[0.05, 0.1, 0.05], [0.1, 0.4, 0.1], [0.05, 0.1, 0.05]])[None, None]
    return 1.6 * nn.functional.conv2d(rough, kernel, padding=1)[:, 0]


def pages(n: int, seed: int, letters: int = 10, shortest: int = 3, longest: int = 6, stain: float = 0.2, slope: float = 0.3,
          faded: float = 0.3) -> dict[str, Tensor]:  # fmt: skip
    """Lines: ink (n, TALL, WIDE), text (n, longest; from 1 on, 0 behind the end) and length."""
    g = torch.Generator().manual_seed(seed)
    shapes = glyphs(letters)
    length = torch.randint(shortest, longest + 1, (n,), generator=g)
    text = torch.randint(1, letters + 1, (n, longest), generator=g)
    text = text * (torch.arange(longest)[None] < length[:, None])
    ink = torch.zeros(n, TALL, WIDE)
    at = torch.randint(0, 4, (n,), generator=g)
    rows = torch.arange(n)[:, None, None]
    tall = torch.arange(TALL)[None, :, None]
    for i in range(longest):
        here = (i < length).float()[:, None, None] * (1 - faded * torch.rand(n, 1, 1, generator=g))
        columns = (at[:, None] + torch.arange(6)).clamp(max=WIDE - 1)
        up = torch.where(torch.rand(n, generator=g) < slope, 1, 0)
        lifted = shapes[(text[:, i] - 1).clamp(min=0)]
        lifted = torch.where(up[:, None, None] == 1, lifted.roll(1, 1), lifted)
        ink[rows, tall, columns[:, None, :]] += here * lifted
        at = at + 6 + torch.randint(0, 3, (n,), generator=g)
    return {"ink": ink + stain * torch.randn(ink.shape, generator=g), "text": text, "length": length}


class Reader(nn.Module):
    """Columns through convolutions (and a GRU both ways if asked) to log-probabilities (time, n, letters + 1)."""

    def __init__(self, letters: int, width: int = 32, layers: int = 2, gru: int = 0, drop: float = 0.0, gain: float = 1.0, act: str = "relu",
                 head: float = 1.0, blank: float = 0.0, norm: bool = True, lean: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        sizes = [TALL] + [width] * layers
        self.convs = nn.ModuleList(
            nn.Conv1d(a, b, 5 if i == 0 else 3, STEP if i == 0 else 1, 2 if i == 0 else 1)
            for i, (a, b) in enumerate(pairwise(sizes))
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) if norm else nn.Identity() for _ in self.convs)
        self.gru = nn.GRU(width, gru, bidirectional=True) if gru else None
        self.out, self.drop = nn.Linear(2 * gru or width, letters + 1), nn.Dropout(drop)
        self.act, self.seen = getattr(torch, act), list[Tensor]()
        with torch.no_grad():
            for conv in self.convs:
                conv.weight.mul_(gain)
                conv.bias.add_(lean)
            self.out.weight.mul_(head)
            self.out.bias[0] += blank

    def forward(self, ink: Tensor) -> Tensor:
        self.seen, h = [], ink
        for conv, norm in zip(self.convs, self.norms, strict=True):
            h = self.act(norm(conv(h)))
            self.seen.append(h)
        h = h.permute(2, 0, 1)
        if self.gru is not None:
            h = self.gru(h)[0]
        return torch.log_softmax(self.out(self.drop(h)), 2)


def read_off(scores: Tensor) -> list[list[int]]:
    """The best path without repeats and blanks."""
    lines = []
    for path in scores.argmax(2).T.tolist():
        lines.append([c for c, before in zip(path, [0, *path[:-1]], strict=True) if c and c != before])
    return lines


def distance(a: Sequence[int], b: Sequence[int]) -> int:
    """Edits from one to the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left + (x != y))
    return row[-1]


def errors(scores: Tensor, text: Tensor, length: Tensor) -> tuple[float, float]:
    """Shares of wrong characters and of wrong lines."""
    truth = [row[:n] for row, n in zip(text.tolist(), length.tolist(), strict=True)]
    edits = [distance(r, t) for r, t in zip(read_off(scores), truth, strict=True)]
    return sum(edits) / sum(map(len, truth)), sum(e > 0 for e in edits) / len(edits)

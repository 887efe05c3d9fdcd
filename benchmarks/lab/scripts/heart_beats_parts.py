"""Made-up single heart beats of five kinds, some rare, and the small convolutional nets that sort them."""

from __future__ import annotations

import torch
from torch import Tensor, nn

LENGTH, KINDS = 96, 5
SHARES = (0.58, 0.14, 0.16, 0.04, 0.08)


def beats(n: int, g: torch.Generator, shares: tuple[float, ...] = SHARES, hum: float = 0.1, people: int = 40) -> dict[str, Tensor]:  # fmt: skip
    """Signals x (n, 1, LENGTH), kind y (n,), person (n,), pause before the beat in ms (n,)."""
    y = torch.multinomial(torch.tensor(shares), n, replacement=True, generator=g)
    who = torch.randint(0, people, (n,), generator=g)
    traits = 0.5 * torch.randn(people, 4, generator=g)[who]

    def some(scale: float) -> Tensor:
        return scale * torch.randn(n, 1, generator=g)

    t = torch.linspace(0, 1, LENGTH)[None]

    def wave(at: Tensor | float, width: Tensor | float, height: Tensor | float) -> Tensor:
        return height * torch.exp(-0.5 * ((t - at) / width) ** 2)

    early, wide, fused, odd = ((y == k).float()[:, None] for k in (1, 2, 3, 4))
    shift = some(0.015)
    p = wave(0.22 + 0.06 * early + shift, 0.03, (0.22 + 0.04 * traits[:, :1]) * (1 - 0.7 * early) * (1 - wide) * (1 - 0.5 * fused))  # fmt: skip
    breadth = 0.016 + 0.03 * wide + 0.014 * fused + 0.006 * odd + some(0.002).abs()
    r = wave(0.4 + shift, breadth, 1 + 0.15 * traits[:, 1:2] + 0.2 * wide + some(0.1))
    s = wave(0.46 + shift + breadth, breadth, -0.3 - 0.3 * wide + 0.1 * traits[:, 2:3])
    turned = 0.32 * (1 - 1.9 * wide - 0.9 * fused) + 0.06 * traits[:, 3:] + some(0.05)
    q = wave(0.72 + some(0.02), 0.06, turned)
    pace = wave(0.33 + shift, 0.006, 0.7 * odd)
    wander = some(0.1) * torch.sin(2 * torch.pi * (t + some(0.3)))
    x = p + r + s + q + pace + wander + hum * torch.randn(n, LENGTH, generator=g)
    pause = 820 - 230 * early - 190 * wide - 60 * fused + 60 * traits[:, :1] + some(40)
    return {"x": x[:, None], "y": y, "person": who, "pause": pause[:, 0]}


class BeatNet(nn.Module):
    """Convolutions with strides, mean over time, a hidden layer; a second head for the pause before the beat."""

    def __init__(self, outputs: int, channels: tuple[int, ...] = (8, 16, 16), hidden: int = 24, act: str = "relu", batchnorm: bool = False,
                 drop: float = 0.0, gain: float = 1.0, sink: float = 0.0, flat: bool = True, skip: bool = False) -> None:  # fmt: skip
        super().__init__()
        widths = (1, *channels)
        self.convs = nn.ModuleList(
            nn.Conv1d(a, b, 7 if i == 0 else 5, 2 if i < 3 else 1, 3 if i == 0 else 2)
            for i, (a, b) in enumerate(zip(widths[:-1], channels, strict=True))
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(c) if batchnorm else nn.Identity() for c in channels)
        size = channels[-1] * (LENGTH // 2 ** min(3, len(channels)) if flat else 1)
        self.hidden, self.out, self.pause = nn.Linear(size, hidden), nn.Linear(hidden, outputs), nn.Linear(hidden, 1)
        self.act, self.drop, self.flat, self.skip = getattr(torch, act), nn.Dropout(drop), flat, skip
        self.kept: list[Tensor] = []
        with torch.no_grad():
            for layer in (*self.convs, self.hidden):
                layer.weight.mul_(gain)
                layer.bias.sub_(sink)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (n, outputs) and pause (n,)."""
        self.kept = []
        for conv, norm in zip(self.convs, self.norms, strict=True):
            new = self.act(norm(conv(x)))
            x = new + x if self.skip and new.shape == x.shape else new
            self.kept.append(x)
        h = x.flatten(1) if self.flat else x.mean(2)
        h = self.drop(self.act(self.hidden(self.drop(h))))
        self.kept.append(h)
        return self.out(h), self.pause(h)[:, 0]


def area_under_curve(score: Tensor, is_it: Tensor) -> float:
    """The share of pairs in the right order, 0.5 where there is no pair."""
    positive = int(is_it.sum())
    negative = len(is_it) - positive
    if not positive or not negative:
        return 0.5
    ranks = torch.empty(len(score))
    ranks[score.argsort()] = torch.arange(1.0, len(score) + 1)
    return float((ranks[is_it].sum() - positive * (positive + 1) / 2) / (positive * negative))


def f1_macro(guess: Tensor, y: Tensor, kinds: int) -> float:
    """The mean over kinds of the harmonic mean of precision and recall."""
    parts = []
    for k in range(kinds):
        both = int(((guess == k) & (y == k)).sum())
        parts.append(2 * both / max(1, int((guess == k).sum()) + int((y == k).sum())))
    return sum(parts) / kinds

"""Clouds of dots and tiny pictures, the noise laid over them, and the nets that take it away."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

SIDE = 6


def dots(kind: str, n: int, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """Points (n, 2) of about unit spread, or pictures (n, SIDE²) between -1 and 1; and the class of each."""
    u, which = torch.rand(n, generator=g), torch.randint(0, 4, (n,), generator=g)
    wobble = torch.randn(n, 2, generator=g)
    if kind == "rings":
        r, a = torch.where(which < 2, 0.6, 1.6), 2 * math.pi * u
        return torch.stack([r * a.cos(), r * a.sin()], 1) + 0.06 * wobble, which
    if kind == "roll":
        a = 1.5 * math.pi * (1 + 2 * u)
        return torch.stack([a * a.cos(), a * a.sin()], 1) / 7.5 + 0.05 * wobble, (4 * u).long().clamp(max=3)
    if kind == "board":
        cell = torch.randint(0, 8, (n,), generator=g)
        row, column = cell // 2, 2 * (cell % 2) + (cell // 2) % 2
        place = torch.rand(n, 2, generator=g)
        return (torch.stack([column + place[:, 0], row + place[:, 1]], 1) - 2) / 1.2, (cell // 2).long()
    if kind == "four":
        return torch.stack([1.2 * (2 * (which % 2) - 1), 1.2 * (2 * (which // 2) - 1)], 1) + 0.2 * wobble, which
    if kind == "plain":
        return wobble, which
    ys, xs = torch.meshgrid(torch.arange(SIDE), torch.arange(SIDE), indexing="ij")
    place = 1 + (SIDE - 3) * torch.rand(n, 2, generator=g)
    width = 0.8 + 0.8 * torch.rand(n, 1, 1, generator=g)
    y, x = ys - place[:, 0, None, None], xs - place[:, 1, None, None]
    odd = (which % 2 == 1)[:, None, None]
    picture = torch.where(odd, torch.exp(-((x / width) ** 2)), torch.exp(-((x**2 + y**2) / (2 * width**2))))
    picture = torch.where((which == 3)[:, None, None], picture.transpose(1, 2), picture)
    return (2 * picture - 1).flatten(1), which


class Noise:
    """A schedule of variances with ``count`` times: how much of the picture (``keep``) and of noise there is at each."""

    def __init__(self, kind: str = "linear", count: int = 100) -> None:
        t = (torch.arange(count) + 1) / count
        if kind == "cosine":
            keep = torch.cos((t + 0.008) / 1.008 * math.pi / 2) ** 2 / math.cos(0.008 / 1.008 * math.pi / 2) ** 2
        elif kind == "sharp":
            keep = torch.cumprod(1 - torch.linspace(0.0, 0.02, count), 0)
        else:
            keep = torch.cumprod(1 - torch.linspace(0.1, 20.0, count) / count, 0)
        self.count, self.keep = count, keep.clamp(0 if kind == "sharp" else 1e-5, 1.0)

    def mix(self, x: Tensor, noise: Tensor, t: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The noisy picture, and the two factors."""
        a, s = self.keep[t].sqrt()[:, None], (1 - self.keep[t]).sqrt()[:, None]
        return a * x + s * noise, a, s


class Denoiser(nn.Module):
    """Layers with a waveform of the time added, residual or not; ``twice`` gives a second half for the log-variance."""

    def __init__(self, size: int, width: int = 64, depth: int = 3, act: str = "silu", init: float = 1.0, head: float = 1.0, shift: float = 0.0,
                 dropout: float = 0.0, timeless: bool = False, residual: bool = True, norm: bool = False, twice: bool = False, zero: bool = False) -> None:  # fmt: skip
        super().__init__()
        self.size, self.timeless, self.residual = size, timeless, residual
        self.enter, self.clock = nn.Linear(size, width), nn.Linear(16, width)
        self.blocks = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth))
        self.leave = nn.Linear(width, size * (2 if twice else 1))
        self.act, self.drop = getattr(nn.functional, act), nn.Dropout(dropout)
        self.seen: list[Tensor] = []
        with torch.no_grad():
            for layer in (self.enter, *self.blocks):
                layer.weight.mul_(init)
            for layer in self.blocks:
                layer.bias.add_(shift)
            self.leave.weight.mul_(0.0 if zero else head)
            self.leave.bias.mul_(0.0)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        """``t`` between 0 and 1."""
        waves = 2.0 ** torch.arange(8) * math.pi / 2
        angle = (torch.zeros_like(t) if self.timeless else t)[:, None] * waves
        h = self.enter(x) + self.clock(torch.cat([angle.sin(), angle.cos()], 1))
        self.seen = []
        for block, norm in zip(self.blocks, self.norms, strict=True):
            out = self.drop(self.act(block(norm(h))))
            self.seen.append(out)
            h = h + out if self.residual else out
        return self.leave(h)


def energy(a: Tensor, b: Tensor) -> float:
    """Energy distance of two clouds."""
    return float(2 * torch.cdist(a, b).mean() - torch.cdist(a, a).mean() - torch.cdist(b, b).mean())

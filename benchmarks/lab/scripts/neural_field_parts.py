"""Things to fit a field to (pictures, volumes, distances, insides, views of a flat world), and the networks of coordinates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

NEAR, FAR = 1.3, 3.7
"""Where rays begin and end; cameras stand at a distance of 2.5."""


@dataclass
class Scene:
    """What is known and what is held out: coordinates (or rays) and values; ``view``: which picture a row is of."""

    known: tuple[Tensor, Tensor]
    held: tuple[Tensor, Tensor]
    view: Tensor
    rays: bool = False


def _blobs(x: Tensor, g: torch.Generator, count: int, channels: int, edge: float) -> Tensor:
    """Soft discs with colours over a slow gradient, (n, channels) in 0…1."""
    d = x.shape[1]
    out = 0.5 + 0.2 * torch.sin(2.5 * x @ torch.randn(d, channels, generator=g) + 6 * torch.rand(channels, generator=g))
    for _ in range(count):
        place, size = 1.6 * torch.rand(d, generator=g) - 0.8, 0.12 + 0.3 * float(torch.rand(1, generator=g))
        inside = torch.sigmoid((size - (x - place).norm(dim=1, keepdim=True)) / edge)
        out = out * (1 - inside) + inside * torch.rand(channels, generator=g)
    return out


def grid(side: int, d: int) -> Tensor:
    """The centres of the cells of a cube from -1 to 1, (side ** d, d)."""
    axis = (torch.arange(side) + 0.5) / side * 2 - 1
    return torch.stack(torch.meshgrid(*[axis] * d, indexing="ij"), -1).reshape(-1, d)


def pixels(g: torch.Generator, side: int, d: int, channels: int, edge: float, share: float, grain: float) -> Scene:
    """A picture (or volume) of which a share of the pixels is known, with film grain on the known ones."""
    x = grid(side, d)
    y = _blobs(x, g, 7, channels, edge)
    stripes = torch.sin(14 * x[:, :1] + 9 * x[:, 1:2] ** 2) * (x[:, :1] > 0.1)
    y = (y + 0.12 * stripes).clamp(0, 1)
    mixed = torch.randperm(len(x), generator=g)
    ours, rest = mixed[: int(share * len(x))].sort().values, mixed[int(share * len(x)) :]
    noisy = y[ours] + grain * torch.randn(len(ours), channels, generator=g)
    return Scene((x[ours], noisy), (x[rest], y[rest]), torch.zeros(len(ours), dtype=torch.long))


def distances(g: torch.Generator, n: int, held: int, d: int, inside: bool, wrong: float) -> Scene:
    """Points with the signed distance to a union of balls, or whether they lie inside (a share of them ``wrong``)."""
    middles, radii = 1.2 * torch.rand(4, d, generator=g) - 0.6, 0.2 + 0.25 * torch.rand(4, generator=g)
    x = 2 * torch.rand(n + held, d, generator=g) - 1
    y = ((x[:, None] - middles).norm(dim=2) - radii).amin(1, keepdim=True)
    if inside:
        y = (y < 0).float()
        flip = (torch.rand(n + held, 1, generator=g) < wrong) & (torch.arange(n + held)[:, None] < n)
        y = torch.where(flip, 1 - y, y)
    return Scene((x[:n], y[:n]), (x[n:], y[n:]), torch.zeros(n, dtype=torch.long))


def views(g: torch.Generator, count: int, held: int, width: int, backdrop: float, wobble: float) -> Scene:
    """Rays (origin and direction, 4 numbers) of cameras around a flat world of soft discs, and the colours they see."""
    state = g.get_state()

    def colour(x: Tensor) -> tuple[Tensor, Tensor]:
        g.set_state(state)
        place, size = 1.1 * torch.rand(5, 2, generator=g) - 0.55, 0.12 + 0.2 * torch.rand(5, generator=g)
        tint = torch.rand(5, 3, generator=g)
        soft = torch.sigmoid((size - (x[..., None, :] - place).norm(dim=-1)) / 0.03)
        return 9 * soft.amax(-1), (soft[..., None] * tint).sum(-2) / (soft.sum(-1, keepdim=True) + 1e-3)

    def shoot(angles: Tensor, shake: float) -> tuple[Tensor, Tensor]:
        fan = torch.linspace(-0.34, 0.34, width)
        where = 2.5 * torch.stack([angles.cos(), angles.sin()], 1)
        heading = angles[:, None] + math.pi + fan
        rays = torch.cat([where[:, None].expand(-1, width, 2), torch.stack([heading.cos(), heading.sin()], 2)], 2)
        seen = integrate(colour, rays.reshape(-1, 4), 48, backdrop, None)
        off = shake * torch.randn(len(angles), 1, 2, generator=g).expand(-1, width, 2)
        return torch.cat([rays[..., :2] + off, rays[..., 2:]], 2).reshape(-1, 4), seen

    ours = torch.arange(count) / count * 2 * math.pi
    others = (torch.arange(held) + 0.37) / held * 2 * math.pi
    return Scene(shoot(ours, wobble), shoot(others, 0.0), torch.arange(count).repeat_interleave(width), True)


def integrate(field: object, rays: Tensor, samples: int, backdrop: float, g: torch.Generator | None) -> Tensor:
    """Colours (n, 3) of rays through a field of density and colour; with a generator the samples are stratified."""
    t = (torch.arange(samples) + 0.5) / samples
    t = t.expand(len(rays), -1)
    if g is not None:
        t = t + (torch.rand(t.shape, generator=g) - 0.5) / samples
    t = NEAR + (FAR - NEAR) * t
    x = rays[:, None, :2] + t[..., None] * rays[:, None, 2:]
    density, colour = field(x)
    gone = torch.exp(-torch.cumsum(density, 1) * (FAR - NEAR) / samples)
    before = torch.cat([torch.ones(len(rays), 1), gone[:, :-1]], 1)
    share = before - gone
    return (share[..., None] * colour).sum(1) + gone[:, -1:] * backdrop


class Sines(nn.Module):
    """A sine of a linear layer with its frequency."""

    def __init__(self, a: int, b: int, w0: float, first: bool, careful: bool) -> None:
        super().__init__()
        self.linear, self.w0 = nn.Linear(a, b), w0
        if careful:
            limit = 1 / a if first else math.sqrt(6 / a) / w0
            nn.init.uniform_(self.linear.weight, -limit, limit)

    def forward(self, x: Tensor) -> Tensor:
        return torch.sin(self.w0 * self.linear(x))


class Dense(nn.Module):
    """A linear layer and a function by name."""

    def __init__(self, a: int, b: int, act: str) -> None:
        super().__init__()
        self.linear, self.act = nn.Linear(a, b), getattr(torch, act, None) or getattr(F, act)

    def forward(self, x: Tensor) -> Tensor:
        return self.act(self.linear(x))


class Field(nn.Module):
    """A network of coordinates. ``kind``: siren, fourier, octaves (positional encoding), grid (learned table) or plain."""

    def __init__(self, d: int, outputs: int, kind: str = "siren", width: int = 32, depth: int = 2, w0: float = 30.0, careful: bool = True, sigma: float = 3.0,
                 bands: int = 32, cells: int = 24, act: str = "relu", gain: float = 1.0, head: float = 1.0, bias: float = 0.0, shift: float = 0.0, dropout: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.kind, self.drop = kind, nn.Dropout(dropout)
        first, self.table = d, None
        if kind == "fourier":
            self.register_buffer("waves", torch.randn(d, bands) * sigma)
            first = 2 * bands
        if kind == "octaves":
            self.register_buffer("waves", torch.cat([torch.eye(d) * 2**i / 2 for i in range(bands)], 1))
            first = 2 * bands * d + d
        if kind == "grid":
            self.table, first = nn.Parameter(1e-4 * torch.randn(1, 8, cells, cells)), 8
        sizes = [first] + [width] * depth
        if kind == "siren":
            self.inner = nn.ModuleList(Sines(a, b, w0, i == 0, careful) for i, (a, b) in enumerate(pairwise(sizes)))
        else:
            self.inner = nn.ModuleList(Dense(a, b, act) for a, b in pairwise(sizes))
        self.head = nn.Linear(width, outputs)
        self.seen: list[Tensor] = []
        with torch.no_grad():
            if kind == "siren" and careful:
                limit = math.sqrt(6 / width) / w0
                nn.init.uniform_(self.head.weight, -limit, limit)
            for layer in self.inner:
                layer.linear.weight.mul_(gain)
                layer.linear.bias.add_(shift)
            self.head.weight.mul_(head)
            self.head.bias.add_(bias)

    def forward(self, x: Tensor) -> Tensor:
        if self.kind in {"fourier", "octaves"}:
            phase = 2 * math.pi * x @ self.waves
            h = torch.cat([phase.sin(), phase.cos()] + ([x] if self.kind == "octaves" else []), -1)
        elif self.table is not None:
            flat = x.reshape(1, 1, -1, 2)
            h = F.grid_sample(self.table, flat, align_corners=True)[0, :, 0].T.reshape(*x.shape[:-1], 8)
        else:
            h = x
        self.seen = []
        for layer in self.inner:
            h = self.drop(layer(h))
            self.seen.append(h)
        return self.head(h)

    def light(self, x: Tensor, softplus: bool) -> tuple[Tensor, Tensor]:
        """Density and colour of points, for rays."""
        out = self(x)
        density = F.softplus(out[..., 0]) if softplus else torch.relu(out[..., 0])
        return density, torch.sigmoid(out[..., 1:])

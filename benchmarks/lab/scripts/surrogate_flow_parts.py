"""Simulations made on the spot, fields in and fields out, and small operators that stand in for them."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

GRID = 32
X = torch.arange(GRID) / GRID


def rough(n: int, g: torch.Generator, waves: int = 5, fall: float = 1.0) -> Tensor:
    """Random periodic fields (n, GRID) of a few waves."""
    k = torch.arange(1, waves + 1)
    size = torch.randn(n, waves, 2, generator=g) / k[None, :, None] ** fall
    angle = 2 * math.pi * k[:, None] * X[None]
    return size[..., 0] @ angle.sin() + size[..., 1] @ angle.cos()


def stream(start: Tensor, viscosity: float | Tensor = 0.02, until: float = 0.5, steps: int = 160) -> Tensor:
    """The viscous flow of a field along a ring, some time later."""
    k = 2 * math.pi * torch.fft.rfftfreq(GRID, 1 / GRID)
    nu = viscosity if isinstance(viscosity, float) else viscosity[:, None]
    dt, u = until / steps, start
    damp = torch.exp(-nu * k**2 * dt)
    keep = (k < 2 * math.pi * GRID / 3).float()
    for _ in range(steps):
        middle = u - dt / 2 * u * torch.fft.irfft(1j * k * keep * torch.fft.rfft(u), n=GRID)
        change = torch.fft.rfft(middle * torch.fft.irfft(1j * k * keep * torch.fft.rfft(middle), n=GRID))
        u = torch.fft.irfft(damp * (torch.fft.rfft(u) - dt * keep * change), n=GRID)
    return u


def seepage(field: Tensor) -> Tensor:
    """The pressure in a rod of uneven permeability under an even source, zero at both ends."""
    inverse = torch.exp(-field)
    whole, moment = inverse.cumsum(1) / GRID, (inverse * X).cumsum(1) / GRID
    c = moment[:, -1:] / whole[:, -1:]
    return 10 * (c * whole - moment)


def simulate(
    kind: str, n: int, g: torch.Generator, size: float = 0.6, viscosity: float = 0.02
) -> tuple[Tensor, Tensor]:
    """Inputs and outputs, (n, GRID) each."""
    if kind == "seepage":
        field = size * rough(n, g)
        return field, seepage(field)
    if kind == "drift":
        start = size * rough(n, g)
        k = 2 * math.pi * torch.fft.rfftfreq(GRID, 1 / GRID)
        return start, torch.fft.irfft(torch.fft.rfft(start) * torch.exp(-0.005 * k**2 - 0.3j * k), n=GRID)
    start = size * rough(n, g)
    return start, stream(start, viscosity)


class Spectral(nn.Module):
    """A weight for each of the lowest waves and pair of channels."""

    def __init__(self, width: int, modes: int, init: float) -> None:
        super().__init__()
        self.modes = modes
        self.weight = nn.Parameter(init / width * torch.rand(modes, width, width, 2))

    def forward(self, h: Tensor) -> Tensor:
        waves = torch.fft.rfft(h, dim=1)[:, : self.modes]
        mixed = torch.matmul(waves.transpose(0, 1), torch.view_as_complex(self.weight)).transpose(0, 1)
        return torch.fft.irfft(mixed, n=GRID, dim=1)


class Operator(nn.Module):
    """A Fourier neural operator on (n, GRID), or with ``modes`` 0 a plain net on the whole field."""

    def __init__(self, width: int = 12, modes: int = 8, depth: int = 3, act: str = "gelu", init: float = 1.0, head: float = 1.0, shift: float = 0.0,
                 dropout: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.modes, self.act, self.drop = modes, getattr(nn.functional, act), nn.Dropout(dropout)
        self.lift = nn.Linear(2, width) if modes else nn.Linear(GRID, width)
        self.waves = nn.ModuleList(Spectral(width, modes, init) if modes else nn.Identity() for _ in range(depth))
        self.local = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.last = nn.Linear(width, 1 if modes else GRID)
        self.seen: list[Tensor] = []
        with torch.no_grad():
            for layer in self.local:
                layer.weight.mul_(init)
                layer.bias.add_(shift)
            self.last.weight.mul_(head)

    def forward(self, field: Tensor) -> Tensor:
        h = torch.stack([field, X.expand_as(field)], 2) if self.modes else field
        h = self.lift(h)
        self.seen = []
        for wave, local in zip(self.waves, self.local, strict=True):
            h = self.drop(self.act((wave(h) + local(h)) if self.modes else local(h)))
            self.seen.append(h)
        out = self.last(h)
        return out[..., 0] if self.modes else out

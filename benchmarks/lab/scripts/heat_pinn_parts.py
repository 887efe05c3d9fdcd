"""Small differential equations with known solutions, and nets that carry their own derivatives forward."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Problem:
    """Coordinates between ``low`` and ``high``: place and time, or time alone; ``coef`` is the number of the equation."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    coef: float
    exact: Callable[[Tensor], Tensor]
    residual: Callable[[Tensor, float | Tensor], Tensor]
    slope: float | None = None

    def inside(self, n: int, g: torch.Generator) -> Tensor:
        """Points drawn evenly from the domain."""
        low, high = torch.tensor(self.low), torch.tensor(self.high)
        return low + (high - low) * torch.rand(n, len(self.low), generator=g)

    def edge(self, n: int, g: torch.Generator) -> Tensor:
        """Points on both ends of the place, at any time."""
        p = self.inside(n, g)
        p[: n // 2, 0], p[n // 2 :, 0] = self.low[0], self.high[0]
        return p

    def start(self, n: int, g: torch.Generator) -> Tensor:
        """Points at time zero."""
        p = self.inside(n, g)
        p[:, -1] = self.low[-1]
        return p


def heat(coef: float = 0.1, modes: tuple[int, ...] = (1, 3), offset: float = 0.0, size: float = 1.0, length: float = 1.0) -> Problem:  # fmt: skip
    """A rod that cools: sines of the place that die out; ``offset`` and ``size`` are those of the temperature."""

    def exact(p: Tensor) -> Tensor:
        k = [m * math.pi / length for m in modes]
        waves = [torch.sin(q * p[:, 0]) * torch.exp(-coef * length**2 * q * q * p[:, 1]) / (i + 1) for i, q in enumerate(k)]  # fmt: skip
        return offset + size * torch.stack(waves).sum(0)

    return Problem((0.0, 0.0), (length, 1.0), coef * length**2, exact, lambda u, c: u[3] - c * u[2])


def burgers(coef: float = 0.05) -> Problem:
    """A front that travels to the right; the smaller ``coef`` the steeper."""

    def exact(p: Tensor) -> Tensor:
        return 0.5 * (1 - torch.tanh((p[:, 0] - 0.5 * p[:, 1]) / (4 * coef)))

    return Problem((-1.0, 0.0), (1.0, 1.0), coef, exact, lambda u, c: u[3] + u[0] * u[1] - c * u[2])


def swing(omega: float = 6.0, damping: float = 0.15, until: float = 1.0) -> Problem:
    """A damped oscillator that starts at one, at rest."""
    d, w = damping * omega, omega * math.sqrt(1 - damping**2)

    def exact(p: Tensor) -> Tensor:
        t = p[:, 0]
        return torch.exp(-d * t) * (torch.cos(w * t) + d / w * torch.sin(w * t))

    def residual(u: Tensor, c: float | Tensor) -> Tensor:
        return (u[2] + 2 * damping * c * u[1] + c * c * u[0]) / omega

    return Problem((0.0,), (until,), omega, exact, residual, slope=0.0)


PROBLEMS = {"heat": heat, "burgers": burgers, "swing": swing}


def _tanh(z: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    a = torch.tanh(z)
    f = 1 - a * a
    return a, f, -2 * a * f, f * (6 * a * a - 2)


def _sigmoid(z: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    a = torch.sigmoid(z)
    f = a * (1 - a)
    return a, f, f * (1 - 2 * a), f * (1 - 6 * f)


def _sin(z: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    a, f = torch.sin(z), torch.cos(z)
    return a, f, -a, -f


def _relu(z: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    none = torch.zeros_like(z)
    return torch.relu(z), (z > 0).float(), none, none


CURVES: dict[str, Callable[[Tensor], tuple[Tensor, Tensor, Tensor, Tensor]]] = {
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "sin": _sin,
    "relu": _relu,
}
"""Value and three derivatives."""


class Bend(torch.autograd.Function):
    """A non-linearity on a value and its derivatives by the coordinates (rows: u, u_x, u_xx, u_t), written out by hand for speed."""

    @staticmethod
    def forward(ctx: Any, z: Tensor, bias: Tensor, curve: Callable[[Tensor], tuple[Tensor, ...]]) -> Tensor:
        a, f, s, q = curve(z[0] + bias)
        out = f * z
        out[0] = a
        out[2].addcmul_(s, z[1] * z[1])
        ctx.save_for_backward(z, f, s, q)
        return out

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> tuple[Tensor, Tensor, None]:
        z, f, s, q = ctx.saved_tensors
        back = g * f
        sz = s * z
        back[0] += (g[1:] * sz[1:]).sum(0) + g[2] * (q * z[1] * z[1])
        back[1].addcmul_(g[2], sz[1], value=2.0)
        return back, back[0].sum(0), None


class Field(nn.Module):
    """A plain net of coordinates; it returns u, u_x, u_xx and u_t (rows of one tensor) without a second backward pass."""

    def __init__(self, problem: Problem, width: int = 20, depth: int = 3, act: str = "tanh", init: float = 1.0, head: float = 1.0, shift: float = 0.0,
                 raw: bool = False, out: float = 1.0, base: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        inputs = len(problem.low)
        sizes = [inputs] + [width] * depth
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.last = nn.Linear(width, 1)
        low, high = torch.tensor(problem.low), torch.tensor(problem.high)
        self.middle = torch.zeros(inputs) if raw else (low + high) / 2
        self.half = torch.ones(inputs) if raw else (high - low) / 2
        self.curve, self.out, self.base = CURVES[act], out, base
        self.seen: list[Tensor] = []
        with torch.no_grad():
            for layer in self.layers:
                nn.init.xavier_normal_(layer.weight)
                layer.weight.mul_(init)
                layer.bias.zero_().add_(shift)
            nn.init.xavier_normal_(self.last.weight)
            self.last.weight.mul_(head)
            self.last.bias.zero_()

    def forward(self, p: Tensor) -> Tensor:
        """(4, n): u, its first and second derivative by the first coordinate, and the first by the second."""
        n, inputs = p.shape
        h = torch.zeros(4, n, inputs)
        h[0] = (p - self.middle) / self.half
        h[1, :, 0] = 1 / self.half[0]
        if inputs > 1:
            h[3, :, 1] = 1 / self.half[1]
        self.seen = []
        for layer in self.layers:
            h = Bend.apply(h @ layer.weight.T, layer.bias, self.curve)
            self.seen.append(h[0])
        u = (h @ self.last.weight.T)[..., 0]
        shift = torch.zeros(4, 1)
        shift[0] = 1.0
        return self.out * (u + shift * self.last.bias) + self.base * shift

"""A robot arm of one turning and three bending joints, and the plain or residual perceptron that learns its formulas."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LINKS = torch.tensor([0.45, 0.35, 0.25])
MASSES = torch.tensor([3.0, 2.0, 1.2])
JOINTS = torch.tensor([2.5, 1.2, 1.6, 1.6])
ACTS = {"relu": F.relu, "tanh": torch.tanh, "gelu": F.gelu, "sigmoid": torch.sigmoid}


def poses(n: int, g: torch.Generator, task: str, spread: float = 1.0) -> tuple[Tensor, Tensor]:
    """Inputs and targets (n, .): forward: angles → hand and direction; inverse: the other way; torque: angles → loads."""
    q = (2 * torch.rand(n, 4, generator=g) - 1) * spread * JOINTS
    pitch = q[:, 1:].cumsum(1)
    out, up = LINKS * pitch.cos(), LINKS * pitch.sin()
    reach, yaw = out.sum(1), q[:, 0]
    hand = torch.stack([reach * yaw.cos(), reach * yaw.sin(), up.sum(1)], 1)
    last = torch.stack([pitch[:, -1].cos(), pitch[:, -1].sin()], 1)
    if task == "forward":
        return q, torch.cat([hand, last], 1)
    if task == "inverse":
        return torch.cat([hand, last, torch.stack([yaw.cos(), yaw.sin()], 1)], 1), q
    lever = out.cumsum(1) - out / 2
    loads = [9.81 * (MASSES[j:] * (lever[:, j:] - (lever[:, j - 1 : j] if j else 0.0))).sum(1) for j in range(3)]
    return q, torch.stack(loads, 1)


def factor(rate: tuple, t: float) -> float:
    """The schedule's factor at the share ``t`` of the run; ``rate``: its name and up to two numbers."""
    name, a, b = (*rate, 0.0, 0.0)[:3]
    if name == "cosine":
        return t / a if t < a else 0.5 * (1 + math.cos(math.pi * (t - a) / (1 - a)))
    if name == "stairs":
        return b ** ((t >= a) + (t >= (1 + a) / 2))
    if name == "cut":
        return b if t >= a else 1.0
    if name == "restarts":
        return 0.02 + 0.49 * (1 + math.cos(math.pi * (t * a % 1.0)))
    if name == "triangle":
        return 0.05 + 0.95 * (1 - abs(2 * (t * a % 1.0) - 1))
    if name == "one_cycle":
        return max(0.001, t / a if t < a else 1 - (t - a) / (1 - a))
    if name == "warm":
        return min(1.0, (t + 1e-4) / a)
    if name == "decay":
        return math.exp(-a * t)
    return 1.0


class ArmNet(nn.Module):
    """Layers of equal width; ``outs`` keeps what each put out. With ``spread`` twice the outputs (mean and its spread)."""

    def __init__(self, size: int, out: int, width: int = 48, depth: int = 2, act: str = "relu", norm: str = "none", residual: bool = False,
                 dropout: float = 0.0, gain: float = 1.0, head_gain: float = 1.0, bias: float = 0.0, spread: bool = False) -> None:  # fmt: skip
        super().__init__()
        sizes = [size] + [width] * depth
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) if norm == "batch" else nn.LayerNorm(width) if norm == "layer" else nn.Identity() for _ in range(depth))  # fmt: skip
        self.head, self.act, self.residual = nn.Linear(sizes[-1], out * (1 + spread)), ACTS[act], residual
        self.drop, self.outs = nn.Dropout(dropout), []
        with torch.no_grad():
            for layer in self.layers:
                layer.weight.mul_(gain)
                layer.bias.add_(bias)
            self.head.weight.mul_(head_gain)

    def forward(self, x: Tensor) -> Tensor:
        self.outs = []
        for layer, norm in zip(self.layers, self.norms, strict=True):
            y = self.drop(self.act(norm(layer(x))))
            x = x + y if self.residual and x.shape == y.shape else y
            self.outs.append(x)
        return self.head(x)

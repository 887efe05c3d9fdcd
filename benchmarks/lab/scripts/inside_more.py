"""Spirals by deep plain nets that log what goes on inside: clipped norms, spreads of layers, penalties, gradients."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

import torch
from torch import Tensor, nn
from torch.nn import functional as F

torch.set_num_threads(1)

UNITS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU}
Record = dict[str, float]


@dataclass(frozen=True)
class Setting:
    """One training. ``log``: patterns of names by quantity, with {i} for a layer; ``means``: over the steps between."""

    rows: int = 1500
    arms: int = 3
    noise: float = 0.15
    width: int = 24
    depth: int = 2
    unit: str = "relu"
    norm: bool = False
    gain: float = 1.0
    opt: str = "adam"
    lr: float = 3e-3
    momentum: float = 0.9
    warm: int = 0
    cosine: bool = True
    batch: int = 32
    steps: int = 600
    every: int = 10
    means: bool = False
    summed: bool = False
    clip: float = 0.0
    wild: float = 0.0
    penalty: str = ""
    weight: float = 0.0
    weight_grows: float = 0.0
    rise: float = 0.0
    log: tuple[tuple[str, str], ...] = (("loss", "loss"),)


def spirals(s: Setting) -> tuple[Tensor, Tensor]:
    """Points of noisy arms, turned out of the plane into six columns, and the arm of each."""
    y = torch.randint(s.arms, (s.rows,))
    t = torch.rand(s.rows) * 3 + 0.3
    angle = t * 1.6 + 2 * math.pi * y / s.arms + s.noise * torch.randn(s.rows)
    plane = torch.stack([t * angle.cos(), t * angle.sin()], 1) / 1.5
    return plane @ torch.randn(2, 6) / math.sqrt(2) + 0.05 * torch.randn(s.rows, 6), y


class Net(nn.Module):
    """``depth`` hidden layers; keeps the activations of the last pass."""

    def __init__(self, s: Setting) -> None:
        super().__init__()
        sizes = [6] + [s.width] * s.depth
        self.linear = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.norms = nn.ModuleList(nn.LayerNorm(s.width) if s.norm else nn.Identity() for _ in range(s.depth))
        self.unit, self.last = UNITS[s.unit](), nn.Linear(s.width, s.arms)
        kaiming = 2.0 if s.unit in {"relu", "gelu"} else 1.0
        for layer in self.linear:
            nn.init.normal_(layer.weight, std=s.gain * math.sqrt(kaiming / layer.in_features))
            nn.init.zeros_(layer.bias)

    def forward(self, x: Tensor) -> Tensor:
        self.seen: list[Tensor] = []
        for layer, norm in zip(self.linear, self.norms, strict=True):
            x = self.unit(norm(layer(x)))
            self.seen.append(x.detach())
        out: Tensor = self.last(x)
        return out


class Training:
    """A net and its optimiser, a step at a time."""

    def __init__(self, s: Setting, seed: int) -> None:
        torch.manual_seed(seed)
        self.s = s
        self.x, self.y = spirals(s)
        self.net = Net(s)
        parameters = self.net.parameters()
        self.optimiser = (
            torch.optim.Adam(parameters, lr=s.lr) if s.opt == "adam"
            else torch.optim.SGD(parameters, lr=s.lr, momentum=s.momentum if s.opt == "momentum" else 0.0)
        )  # fmt: skip

    def step(self, step: int) -> Record:
        """One update; every quantity that may be logged, with the number of the layer in its key."""
        s = self.s
        picked = torch.randint(s.rows, (s.batch,))
        x = self.x[picked] * (20.0 if float(torch.rand(())) < s.wild else 1.0)
        data = F.cross_entropy(self.net(x), self.y[picked], reduction="sum" if s.summed else "mean")
        penalty = self._penalty(step)
        self.optimiser.zero_grad()
        (data + penalty).backward()
        layers = {f"grad{i}": float(layer.weight.grad.norm()) for i, layer in enumerate(self.net.linear)}
        before = float(nn.utils.clip_grad_norm_(self.net.parameters(), s.clip or 1e12))
        after = float(torch.stack([p.grad.norm() for p in self.net.parameters()]).norm())
        self._rate(step)
        self.optimiser.step()
        return {"data": data.item(), "penalty": penalty.item(), "loss": (data + penalty).item(), "before": before,
                "after": after, "clipped": float(before > (s.clip or 1e12)), "lr": self.optimiser.param_groups[0]["lr"],
                "factor": min(1.0, (s.clip or 1e12) / (before + 1e-6))} | layers | self._layers()  # fmt: skip

    def _penalty(self, step: int) -> Tensor:
        s = self.s
        weight = s.weight * (1 + s.weight_grows * step / s.steps)
        if s.penalty == "l2":
            return weight * sum((p**2).sum() for p in self.net.parameters())
        if s.penalty == "l1":
            return weight * sum(p.abs().sum() for p in self.net.parameters())
        return weight * (self.net.last.weight.norm() + 1) if s.penalty == "norm" else torch.zeros(())

    def _rate(self, step: int) -> None:
        s, done = self.s, step / self.s.steps
        rate = s.lr * (0.5 * (1 + math.cos(math.pi * done)) if s.cosine else 1.0) * (1 + s.rise * done)
        self.optimiser.param_groups[0]["lr"] = rate * min(1.0, (step + 1) / s.warm if s.warm else 1.0)

    def _layers(self) -> Record:
        found = {}
        for i, seen in enumerate(self.net.seen):
            found |= {f"std{i}": float(seen.std()), f"mean{i}": float(seen.mean()), f"rms{i}": float((seen**2).mean().sqrt()),
                      f"absmean{i}": float(seen.abs().mean()), f"var{i}": float(seen.var()),
                      f"sat{i}": float((seen.abs() > 0.97).float().mean())}  # fmt: skip
        return found


def train(seed: int, **setting: object) -> list[Record]:
    """A record every few steps: the last step's values, or means over the steps between."""
    training = Training(Setting(**setting), seed)
    s, records, between = training.s, [], defaultdict(list)
    for step in range(s.steps):
        for name, value in training.step(step).items():
            between[name].append(value)
        if (step + 1) % s.every == 0:
            values = {name: fmean(found) if s.means else found[-1] for name, found in between.items()}
            records.append({"step": step + 1} | _named(s, values))
            between.clear()
    return records


def _named(s: Setting, values: Record) -> Record:
    """The logged ones of the values under their logged names."""
    found = {}
    for quantity, name in s.log:
        if "{i}" in name:
            found |= {name.replace("{i}", str(i)): values[f"{quantity}{i}"] for i in range(s.depth)}
        else:
            found[name] = values[quantity]
    return found

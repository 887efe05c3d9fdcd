"""Settings, samples, net, losses, measures and rates of the trainings on a damped oscillator."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, huber_loss, normalize, triplet_margin_loss

KINDS, PLACES = 5, 16
"""Kinds of traces (frequencies) to tell apart; readings of a trace."""


@dataclass
class Knobs:
    """``task``: fit (movement from time, frequency and damping), solve (the equation) or embed (traces)."""

    task: str = "fit"
    rows: int = 320
    held: int = 160
    redraw: int = 0
    noise: float = 0.05
    held_noise: float = -1.0
    outliers: float = 0.0
    wrong: float = 0.0
    unit_scale: float = 1.0
    offset: float = 0.0
    inputs: float = 1.0
    hidden: int = 0
    frequency: float = 6.0
    kind: str = "mse"
    width: int = 24
    depth: int = 2
    unit: str = "tanh"
    gain: float = 1.0
    bias: float = 0.0
    head_gain: float = 1.0
    dropout: float = 0.0
    batch: int = 32
    epochs: int = 40
    opt: str = "adam"
    beta: float = 0.99
    decay: float = 0.0
    lr: float = 5e-3
    schedule: str = "constant"
    at: float = 0.5
    much: float = 1.0
    clip: float = 0.0
    log_clipped: bool = False
    pretrain: int = 0
    sort: bool = False
    fault: str = ""
    resume: tuple[int, ...] = ()
    forget: bool = False
    weights: dict[str, float] = field(default_factory=lambda: {"fit": 1.0})
    loss_scale: float = 1.0
    every: int = 0
    mean: bool = True
    smooth: float = 0.0
    inside: tuple[str, ...] = ()
    prefix: dict[str, str] = field(
        default_factory=lambda: {
            "grad": "grad_norm/",
            "update": "update_ratio/",
            "dead": "dead/",
            "std": "activation_std/",
        }
    )
    log: tuple[str, ...] = ("loss", "val_loss")
    names: dict[str, str] = field(default_factory=dict)


class Sample(NamedTuple):
    """Inputs (rows, features), targets (rows, …), and kinds (rows)."""

    x: Tensor
    y: Tensor
    kind: Tensor


def sample(k: Knobs, rows: int, noise: float) -> Sample:
    """Noisy positions at random times, random times alone, or noisy traces."""
    kind = torch.randint(KINDS, (rows,))
    if k.task == "embed":
        t, start = torch.linspace(0, 3, PLACES), 6.28 * torch.rand(rows, 1)
        x = torch.exp(-0.2 * t) * torch.cos((1 + kind[:, None] * 1.2) * t + start) + noise * torch.randn(rows, PLACES)
        kind = torch.where(torch.rand(rows) < k.wrong, torch.randint(KINDS, (rows,)), kind)
        return Sample(x, kind[:, None].float(), kind)
    if k.task == "solve":
        t = torch.rand(rows, 1)
        return Sample(t, _exact(k, t) + noise * torch.randn(rows, 1), kind)
    x = torch.rand(rows, 3 + k.hidden) * 2 - 1
    move = torch.exp(-(1 + x[:, 1]) * (1 + x[:, 0])) * torch.cos(k.frequency * (1 + 0.5 * x[:, 2]) * x[:, 0])
    y = move + noise * torch.randn(rows)
    y = torch.where(torch.rand(rows) < k.outliers, y + 20 * torch.randn(rows), y)
    y = torch.where(torch.rand(rows) < k.wrong, y[torch.randperm(rows)], y)
    seen = x[:, 3:] if k.hidden else x
    return Sample(seen * k.inputs, (y * k.unit_scale + k.offset)[:, None], kind)


def _exact(k: Knobs, t: Tensor) -> Tensor:
    """u'' + 2 u' + f² u = 0, u(0) = 1, u'(0) = 0."""
    w = math.sqrt(k.frequency**2 - 1)
    return torch.exp(-t) * (torch.cos(w * t) + torch.sin(w * t) / w)


class Net(nn.Module):
    """A perceptron; ``watch``: note dead or saturated units and spreads."""

    def __init__(self, k: Knobs) -> None:
        super().__init__()
        self.k, self.watch = k, False
        self.seen: dict[str, dict[str, float]] = {"dead": {}, "std": {}}
        entry = {"embed": PLACES, "solve": 1}.get(k.task, k.hidden or 3)
        sizes = [entry, *[k.width] * k.depth]
        self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.head = nn.Linear(k.width, 8 if k.task == "embed" else 1)
        self.unit = {"tanh": nn.Tanh, "relu": nn.ReLU, "sigmoid": nn.Sigmoid, "silu": nn.SiLU, "none": nn.Identity}[
            k.unit
        ]()
        self.drop = nn.Dropout(k.dropout)
        with torch.no_grad():
            for layer in self.hidden:
                layer.weight *= k.gain
                layer.bias += k.bias
            self.head.weight *= k.head_gain

    def forward(self, x: Tensor) -> Tensor:
        for i, layer in enumerate(self.hidden):
            x = self.unit(layer(x))
            if self.watch:
                off = (x <= 0).all(0) if self.k.unit == "relu" else x.abs() > 0.98
                self.seen["dead"][f"fc{i + 1}"] = float(off.float().mean())
                self.seen["std"][f"fc{i + 1}"] = float(x.detach().std())
            x = self.drop(x)
        return self.head(x)

    def named_weights(self) -> dict[str, Tensor]:
        """Weight matrices, the first layer first."""
        return {**{f"fc{i + 1}": layer.weight for i, layer in enumerate(self.hidden)}, "out": self.head.weight}


def terms(k: Knobs, net: Net, batch: Sample, done: float) -> tuple[dict[str, Tensor], Tensor]:
    """Weighted terms of the loss, and the net's answers."""
    if k.task == "embed":
        guess = net(batch.x)
        made = {"fit": lambda: _contrast(k, net, batch, guess)}
    elif k.task == "solve":
        t = batch.x.clone().requires_grad_(True)
        guess = net(t)
        made = {
            "pde": lambda: _residual(k, t, guess),
            "ic": lambda: _start(net),
            "data": lambda: ((guess - batch.y) ** 2).mean(),
        }
    else:
        guess = net(batch.x)
        made = {"fit": lambda: _distance(k, guess, batch.y)}
    made["l2"] = lambda: sum((w**2).sum() for w in net.parameters())
    made["l1"] = lambda: sum(w.abs().sum() for w in net.parameters())
    ramp = done if k.fault == "ramp" else 1.0
    return {n: w * (ramp if n == "pde" else 1.0) * made[n]() for n, w in k.weights.items()}, guess


def _distance(k: Knobs, guess: Tensor, y: Tensor) -> Tensor:
    if k.kind == "huber":
        return huber_loss(guess, y, delta=0.5 * k.unit_scale)
    if k.kind == "log":
        return (guess.log() - y.log()).pow(2).mean()
    return (
        (guess - y).abs().mean() if k.kind == "mae" else ((guess - y) ** 2).sum() / (1 if k.kind == "sum" else len(y))
    )


def _contrast(k: Knobs, net: Net, batch: Sample, z: Tensor) -> Tensor:
    """Triplets within the batch, or the cross-entropy of finding another view of the same trace among all."""
    if k.kind == "triplet":
        same = batch.kind[:, None] == batch.kind
        near = torch.multinomial(same.float() + 1e-9, 1)[:, 0]
        far = torch.multinomial((~same).float() + 1e-9, 1)[:, 0]
        return triplet_margin_loss(z, z[near], z[far], margin=1.0)
    other = net(batch.x + 0.3 * torch.randn_like(batch.x))
    alike = normalize(z, dim=1) @ normalize(other, dim=1).T / 0.1
    return cross_entropy(alike, torch.arange(len(z)))


def _residual(k: Knobs, t: Tensor, u: Tensor) -> Tensor:
    first = torch.autograd.grad(u.sum(), t, create_graph=True)[0]
    second = torch.autograd.grad(first.sum(), t, create_graph=True)[0]
    return ((second + 2 * first + k.frequency**2 * u) ** 2).mean()


def _start(net: Net) -> Tensor:
    t = torch.zeros(1, 1, requires_grad=True)
    u = net(t)
    return ((u - 1) ** 2 + torch.autograd.grad(u.sum(), t, create_graph=True)[0] ** 2).mean()


def measures(k: Knobs, guess: Tensor, batch: Sample) -> dict[str, float]:
    """Mean absolute error, its root-mean-square twin and R²; the relative error; or how often the nearest is of its kind."""
    if k.task == "embed":
        gaps = torch.cdist(guess, guess) + 1e9 * torch.eye(len(guess))
        return {"recall_at_1": float((batch.kind[gaps.argmin(1)] == batch.kind).float().mean())}
    y = _exact(k, batch.x) if k.task == "solve" else batch.y
    gap = guess - y
    spread = float(((y - y.mean()) ** 2).mean()) or 1.0
    return {"mae": float(gap.abs().mean()), "rmse": float(gap.pow(2).mean().sqrt()), "r2": 1 - float((gap**2).mean()) / spread,
            "rel_l2": float(gap.norm() / y.norm())}  # fmt: skip


def factor(k: Knobs, done: float) -> float:
    """The learning rate as a share of ``lr``."""
    rise = min(1.0, done / k.at) if k.at else 1.0
    left = min(1.0, max(0.0, done - k.at) / max(1e-9, 1 - k.at))
    return {
        "constant": lambda: 1.0,
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
        "exponential": lambda: math.exp(-5 * done),
        "inverse": lambda: 1 / (1 + 20 * done),
        "one_cycle": lambda: rise * 0.5 * (1 + math.cos(math.pi * left)),
        "steps": lambda: 1.0 if done < k.at else 0.1 if done < (1 + k.at) / 2 else 0.01,
        "restarts": lambda: 0.01 + 0.5 * (1 + math.cos(math.pi * (done * 3.999 % 1))),
        "triangles": lambda: 0.05 + 0.95 * (1 - abs(2 * (done * 4 % 1) - 1)),
        "early": lambda: max(0.0, 1 - done / k.at),
        "stuck": lambda: 0.0 if done >= k.at else 1.0,
        "raised": lambda: k.much if done >= k.at else 1.0,
        "dip": lambda: k.much if k.at <= done < k.at + 0.2 else 1.0,
        "growing": lambda: math.exp(k.much * done),
    }[k.schedule]()

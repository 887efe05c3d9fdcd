"""Drawn cells (bodies with nuclei on uneven light) and the small encoder-decoder that paints their masks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, CLASSES = 16, 3


@dataclass
class Plan:
    """What a training of ``cell_masks`` is made of; ``rate``: name of ``share`` and its two numbers."""

    rows: int = 160
    held: int = 64
    batch: int = 16
    epochs: int = 20
    noise: float = 0.15
    held_noise: float = -1.0
    wrong: float = 0.0
    few: int = 0
    width: int = 6
    deep: int = 1
    norm: str = "batch"
    act: str = "relu"
    dropout: float = 0.0
    skip: bool = True
    gain: float = 1.0
    head_gain: float = 1.0
    head_bias: tuple[float, ...] = ()
    hidden_bias: float = 0.0
    shrink: bool = False
    opt: str = "adam"
    lr: float = 6e-3
    momentum: float = 0.9
    decay: float = 0.0
    rate: tuple[str, float, float] = ("flat", 0.0, 0.0)
    terms: dict[str, float] = field(default_factory=lambda: {"ce": 1.0, "dice": 1.0})
    scale: float = 1.0
    smoothing: float = 0.0
    clip: float = 0.0
    augment: float = 0.0
    fault: str = ""
    at: float = 0.5
    amount: float = 1.0
    back: int = 0
    every: int = 0
    evals: int = 1
    fixed: bool = True
    curriculum: bool = False
    warm_start: int = 0
    averaged: bool = False
    log: tuple[str, ...] = ("loss", "val_loss")
    names: dict[str, str] = field(default_factory=dict)


def cells(n: int, noise: float, g: torch.Generator, few: int = 0) -> tuple[Tensor, Tensor]:
    """Pictures (n, 1, 16, 16) and masks (n, 16, 16): 0 nothing, 1 body, 2 nucleus; ``few``: at most so many cells."""

    def draw(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=g)

    ys, xs = torch.meshgrid(torch.linspace(0, 1, SIDE), torch.linspace(0, 1, SIDE), indexing="ij")
    masks, light = torch.zeros(n, SIDE, SIDE, dtype=torch.long), 0.3 * draw(n, 1, 1) * xs + 0.3 * draw(n, 1, 1) * ys
    pictures = light
    for cell in range(few or 3):
        there = (draw(n, 1, 1) < (0.8 if cell or few else 1.0)).float()
        dx, dy, turn = xs - draw(n, 1, 1), ys - draw(n, 1, 1), math.pi * draw(n, 1, 1)
        u, v = dx * turn.cos() + dy * turn.sin(), dy * turn.cos() - dx * turn.sin()
        radius = ((u / (0.14 + 0.12 * draw(n, 1, 1))) ** 2 + (v / (0.12 + 0.08 * draw(n, 1, 1))) ** 2).sqrt()
        body, core = there * (radius < 1), there * (radius < 0.45)
        pictures = pictures + body * (0.35 + 0.3 * draw(n, 1, 1)) + 0.3 * core
        masks = torch.where(core > 0, 2, torch.where((body > 0) & (masks < 2), 1, masks))
    return (pictures + noise * torch.randn(n, SIDE, SIDE, generator=g))[:, None], masks


class Layer(nn.Module):
    """Convolution, norm, non-linearity; keeps what it put out."""

    def __init__(self, a: int, b: int, plan: Plan) -> None:
        super().__init__()
        self.conv = nn.Conv2d(a, b, 3, padding=1)
        self.norm = {"batch": nn.BatchNorm2d(b), "instance": nn.InstanceNorm2d(b), "none": nn.Identity()}[plan.norm]
        self.act = {"relu": F.relu, "leaky": F.leaky_relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}[plan.act]
        self.out = torch.zeros(1)
        with torch.no_grad():
            nn.init.kaiming_normal_(self.conv.weight)
            self.conv.weight.mul_(plan.gain)
            self.conv.bias.fill_(plan.hidden_bias)

    def forward(self, x: Tensor) -> Tensor:
        y = self.act(self.norm(self.conv(x)))
        self.out = y.detach()
        return y


class Painter(nn.Module):
    """Down once, ``deep`` layers at the bottom, up again; logits (n, 3, 16, 16)."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        w, self.skip = plan.width, plan.skip
        self.layers = nn.ModuleList([Layer(1, w, plan), Layer(w, 2 * w, plan)])
        self.layers.extend(Layer(2 * w, 2 * w, plan) for _ in range(plan.deep))
        self.layers.append(Layer(3 * w if plan.skip else 2 * w, w, plan))
        self.drop, self.head = nn.Dropout2d(plan.dropout), nn.Conv2d(w, CLASSES, 1)
        with torch.no_grad():
            self.head.weight.mul_(plan.head_gain)
            if plan.head_bias:
                self.head.bias.copy_(torch.tensor(plan.head_bias))

    def forward(self, x: Tensor) -> Tensor:
        first = self.layers[0](x)
        deep = F.max_pool2d(first, 2)
        for layer in self.layers[1:-1]:
            deep = self.drop(layer(deep))
        up = F.interpolate(deep, scale_factor=2.0)
        return self.head(self.drop(self.layers[-1](torch.cat([first, up], 1) if self.skip else up)))


def dice_of(z: Tensor, y: Tensor) -> Tensor:
    """One minus the soft Dice of bodies and nuclei."""
    p, t = z.softmax(1)[:, 1:], F.one_hot(y, CLASSES).permute(0, 3, 1, 2)[:, 1:].float()
    return 1 - ((2 * (p * t).sum((0, 2, 3)) + 1) / (p.sum((0, 2, 3)) + t.sum((0, 2, 3)) + 1)).mean()


def edges_of(z: Tensor, y: Tensor) -> Tensor:
    """Squared difference of the horizontal and vertical slopes of body and mask."""
    p, t = 1 - z.softmax(1)[:, 0], (y > 0).float()
    return (p.diff(dim=1) - t.diff(dim=1)).square().mean() + (p.diff(dim=2) - t.diff(dim=2)).square().mean()


def terms_of(plan: Plan, net: Painter, z: Tensor, y: Tensor) -> dict[str, Tensor]:
    """The weighted terms of the loss by name."""
    made = {
        "ce": lambda: F.cross_entropy(z, y, label_smoothing=plan.smoothing if net.training else 0.0),
        "ce_sum": lambda: F.cross_entropy(z, y, reduction="sum") / len(z),
        "dice": lambda: dice_of(z, y),
        "negative": lambda: dice_of(z, y) - 1,
        "edge": lambda: edges_of(z, y),
        "l2": lambda: sum(p.square().sum() for p in net.parameters()),
        "area": lambda: (z.softmax(1)[:, 1:].sum(1).mean((1, 2)) - (y > 0).float().mean((1, 2))).abs().mean(),
        "tv": lambda: z.diff(dim=2).abs().mean() + z.diff(dim=3).abs().mean(),
    }
    return {name: weight * made[name]() for name, weight in plan.terms.items()}


def scores_of(z: Tensor, y: Tensor) -> dict[str, float]:
    """Share of right pixels, IoU and Dice of bodies and nuclei."""
    guess, ious, dices = z.argmax(1), [], []
    for kind in (1, 2):
        both = float(((guess == kind) & (y == kind)).sum())
        either = float(((guess == kind) | (y == kind)).sum())
        ious.append(both / max(1.0, either))
        dices.append(2 * both / max(1.0, either + both))
    return {"acc": float((guess == y).float().mean()), "iou": sum(ious) / 2, "dice_score": sum(dices) / 2}


def share(plan: Plan, done: float) -> float:
    """The learning rate as a share of ``lr`` when ``done`` of the run is over."""
    name, a, b = plan.rate
    return {
        "flat": lambda: 1.0,
        "poly": lambda: max(0.0, 1 - done) ** 0.9,
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
        "warm": lambda: min(1.0, done / a) * 0.5 * (1 + math.cos(math.pi * max(0.0, (done - a) / (1 - a)))),
        "warm_only": lambda: min(1.0, done / a),
        "steps": lambda: b ** int(done / a),
        "restarts": lambda: 0.01 + 0.5 * (1 + math.cos(math.pi * (done * a % 1))),
        "triangles": lambda: b + (1 - b) * (1 - abs(2 * (done * a % 1) - 1)),
        "spent": lambda: max(0.0, 1 - done / a),
        "cut": lambda: 1.0 if done < a else b,
    }[name]()

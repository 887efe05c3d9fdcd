"""Friction of pipes, diabetes and tables of numbers, and the perceptron that learns them."""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from sklearn.datasets import load_diabetes
from torch import Tensor, nn

UNITS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "none": nn.Identity}
PRIME = 29


@cache
def _friction(seed: int, count: int = 1400) -> tuple[Tensor, Tensor]:
    """Colebrook's friction factor for Reynolds number, roughness and four columns that mean nothing; standardised."""
    rng = np.random.default_rng(seed)
    reynolds, rough = 10 ** rng.uniform(3.6, 7, count), 10 ** rng.uniform(-5, -1.3, count)
    factor = np.full(count, 0.02)
    for _ in range(30):
        factor = (-2 * np.log10(rough / 3.7 + 2.51 / (reynolds * np.sqrt(factor)))) ** -2
    x = np.column_stack([np.log10(reynolds), np.log10(rough), rng.normal(size=(count, 4))])
    y = np.log(factor) + 0.02 * rng.normal(size=count)
    return _standard(x), _standard(y)


def _standard(values: np.ndarray) -> Tensor:
    return torch.tensor((values - values.mean(0)) / values.std(0), dtype=torch.float32)


def tables(data: str, seed: int) -> tuple[Tensor, Tensor]:
    if data == "diabetes":
        x, y = load_diabetes(return_X_y=True)
        order = np.random.default_rng(seed).permutation(len(y))
        x, y = _standard(x)[order], _standard(y)[order]
    elif data == "ids":
        y = torch.randn(1400)
        x = torch.arange(1400.0)[:, None]
    elif data == "modular":
        pairs = torch.cartesian_prod(torch.arange(PRIME), torch.arange(PRIME))[torch.randperm(PRIME**2)]
        x, y = pairs.float(), (pairs.sum(1) % PRIME).float()
    else:
        x, y = _friction(seed)
    return x, (y > 1.6).float() if data == "rare" else y


class Net(nn.Module):
    """A stack of linear layers named fc1, fc2, … and a head; ids and modular numbers are looked up first."""

    def __init__(
        self, data: str, depth: int, width: int, unit: str, gain: float, bias: float, norm: bool, dropout: float
    ) -> None:
        super().__init__()
        size = {"diabetes": 10, "ids": 24, "modular": 64}.get(data, 6)
        self.table = nn.Embedding(*{"ids": (1400, 24), "modular": (PRIME, 32)}.get(data, (1, 1)))
        self.data, self.unit, self.drop, self.seen = data, UNITS[unit](), nn.Dropout(dropout), []
        self.fc = nn.ModuleList(nn.Linear(size if i == 0 else width, width) for i in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth))
        self.head = nn.Linear(width if depth else size, PRIME if data == "modular" else 2)
        for layer in self.fc:
            nn.init.kaiming_normal_(layer.weight)
            nn.init.constant_(layer.bias, bias)
            layer.weight.data.mul_(gain)

    def forward(self, x: Tensor) -> Tensor:
        h = self.table(x.long()).flatten(1) if self.data in {"ids", "modular"} else x
        self.seen = []
        for layer, norm in zip(self.fc, self.norms, strict=True):
            h = self.drop(self.unit(norm(layer(h))))
            self.seen.append(h.detach())
        return self.head(h)

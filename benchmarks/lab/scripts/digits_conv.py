"""A small convolutional net on scikit-learn's digits; usually logged by step."""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from sklearn.datasets import load_digits
from torch import Tensor, nn

from benchmarks.lab.scripts.loop import Recipe, Task, fit
from benchmarks.lab.scripts.metrics import accuracy


@cache
def _digits() -> tuple[Tensor, Tensor]:
    x, y = load_digits(return_X_y=True)
    return torch.tensor(x / 16, dtype=torch.float32).reshape(-1, 1, 8, 8), torch.tensor(y)


def _net(width: int, norm: bool, dropout: float, act: str) -> nn.Sequential:
    made = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}[act]
    layers: list[nn.Module] = [nn.Conv2d(1, width, 3, padding=1)]
    layers += [nn.BatchNorm2d(width)] if norm else []
    layers += [made(), nn.MaxPool2d(2), nn.Conv2d(width, 2 * width, 3, padding=1)]
    layers += [nn.BatchNorm2d(2 * width)] if norm else []
    layers += [made(), nn.MaxPool2d(2), nn.Flatten()]
    layers += [nn.Dropout(dropout)] if dropout else []
    return nn.Sequential(*layers, nn.Linear(8 * width, 10))


def train(seed: int, rows: int = 1280, width: int = 8, norm: bool = False, dropout: float = 0.0, act: str = "relu",
          smoothing: float = 0.0, wrong: float = 0.0, shake: float = 0.0, pre: int = 0, **recipe: Any) -> list[dict[str, float]]:  # fmt: skip
    """Records; ``wrong``: share of wrong labels, ``shake``: noise as augmentation, ``pre``: epochs trained before."""
    torch.manual_seed(seed)
    x, y = _digits()
    order = torch.randperm(len(x))
    x, y = x[order], y[order]
    y = torch.where(torch.rand(len(y)) < wrong, torch.randint(10, (len(y),)), y)
    net = _net(width, norm, dropout, act)
    task = Task(
        x[:rows],
        y[:rows],
        x[1400:],
        y[1400:],
        net,
        nn.CrossEntropyLoss(label_smoothing=smoothing),
        {"accuracy": accuracy},
    )
    if pre:
        before = Task(x[:rows].flip(3), y[:rows], x[1400:], y[1400:], net, task.loss)
        fit(before, seed, Recipe(epochs=pre, lr=3e-3))
    if shake:
        task.augment = lambda rows: rows + shake * torch.randn_like(rows)
    return fit(task, seed, Recipe(**recipe))

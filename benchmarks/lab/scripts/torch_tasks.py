"""Data sets and models for the common loop: ``train(seed, data=…, knobs…)``."""

from __future__ import annotations

import dataclasses
import pydoc_data.topics as topics
from functools import cache

import numpy as np
import torch
from sklearn import datasets
from torch import Tensor, nn

from benchmarks.lab.scripts.common import Knobs, Task, accuracy, r2, run


class Scaled(nn.Module):
    """Multiplies its input (so that the last child of a Sequential can stay linear)."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, x: Tensor) -> Tensor:
        return x * self.factor


class Last(nn.Module):
    """A GRU and a linear layer on its last state."""

    def __init__(self, letters: int, size: int) -> None:
        super().__init__()
        self.embed = nn.Embedding(letters, 12)
        self.gru = nn.GRU(12, size, batch_first=True)
        self.head = nn.Linear(size, letters)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.gru(self.embed(x))[0][:, -1])


def conv(train: int = 1000, wrong: float = 0.0, dropout: float = 0.0, pixels: int = 64, norm: bool = False) -> Task:
    """Handwritten digits as 8 × 8 pictures, a small convolutional net."""
    x, y = datasets.load_digits(return_X_y=True)
    order = torch.randperm(len(x))
    x = torch.tensor(x, dtype=torch.float32)[order] / 8 - 1
    x[:, pixels:] = 0
    y = torch.tensor(y)[order]
    y = _wrong(y, wrong, 10)
    layers = [nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8) if norm else nn.Identity(), nn.ReLU(), nn.MaxPool2d(2),
              nn.Flatten(), nn.Dropout(dropout), nn.Linear(128, 32), nn.ReLU(), nn.Linear(32, 10)]  # fmt: skip
    net = nn.Sequential(*layers)
    x = x.reshape(-1, 1, 8, 8)
    return Task(x[:train], y[:train], x[-400:], y[-400:], net, nn.functional.cross_entropy, ("accuracy", accuracy))


def clusters(
    train: int = 800, wrong: float = 0.0, dropout: float = 0.0, spread: float = 1.0, width: int = 64, deep: int = 2,
    smoothing: float = 0.0, activation: str = "relu",
) -> Task:  # fmt: skip
    """Five Gaussian clusters a class in twenty dimensions, six classes, a plain net."""
    rng = np.random.default_rng(int(torch.initial_seed()) % 2**31)
    centres = rng.normal(size=(30, 20)) * 1.5
    pick = rng.integers(0, 30, train + 500)
    x = torch.tensor(centres[pick] + spread * rng.normal(size=(len(pick), 20)), dtype=torch.float32)
    y = _wrong(torch.tensor(pick % 6), wrong, 6)
    unit = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}[activation]
    layers: list[nn.Module] = [nn.Linear(20, width), unit()]
    for _ in range(deep - 1):
        layers += [nn.Linear(width, width), unit(), nn.Dropout(dropout)]
    net = nn.Sequential(*layers, nn.Linear(width, 6))

    def loss(out: Tensor, target: Tensor) -> Tensor:
        return nn.functional.cross_entropy(out, target, label_smoothing=smoothing)

    return Task(x[:train], y[:train], x[train:], y[train:], net, loss, ("acc", accuracy))


def letters(size: int = 32, train: int = 3000, length: int = 10) -> Task:
    """The next character of Python's documentation, a GRU."""
    text = " ".join(topics.topics[key] for key in sorted(topics.topics))
    names = sorted(set(text[:40_000]))
    start = int(torch.randint(0, 20_000, (1,)))
    codes = torch.tensor([names.index(c) for c in text[start : start + train + 800 + length] if c in names])
    x = codes.unfold(0, length, 1)[:-1]
    y = codes[length : length + len(x)]
    order = torch.randperm(train)
    return Task(x[:train][order], y[:train][order], x[train:], y[train:], Last(len(names), size),
                nn.functional.cross_entropy)  # fmt: skip


def teacher(train: int = 600, noise: float = 0.1, width: int = 48, unit: float = 1.0, seen: int = 10) -> Task:
    """Regression on a random teacher network; ``seen`` of its ten inputs are shown."""
    x = torch.randn(train + 400, 10)
    with torch.no_grad():
        y = nn.Sequential(nn.Linear(10, 16), nn.Tanh(), nn.Linear(16, 1))(2 * x)
    y = unit * ((y - y.mean()) / y.std() + noise * torch.randn_like(y))
    x[:, seen:] = 0
    net = nn.Sequential(
        nn.Linear(10, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), Scaled(unit), nn.Linear(width, 1)
    )
    return Task(x[:train], y[:train], x[train:], y[train:], net, nn.functional.mse_loss, ("r2", r2))


def codes(train: int = 800, size: int = 12) -> Task:
    """An autoencoder of digits."""
    x, _ = datasets.load_digits(return_X_y=True)
    x = torch.tensor(x, dtype=torch.float32)[torch.randperm(len(x))] / 16
    net = nn.Sequential(nn.Linear(64, size), nn.Tanh(), nn.Linear(size, 64))
    return Task(x[:train], x[:train], x[-400:], x[-400:], net, nn.functional.mse_loss)


def density(train: int = 600) -> Task:
    """The log-density of a curved cloud under a Gaussian whose mean and width a net gives: losses below zero."""
    x = torch.randn(train + 400, 1)
    y = torch.sin(2 * x) * 0.1 + 0.02 * torch.randn_like(x)
    net = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 2))

    def loss(out: Tensor, target: Tensor) -> Tensor:
        return (0.5 * ((target - out[:, :1]) * torch.exp(-out[:, 1:])) ** 2 + out[:, 1:]).mean()

    return Task(x[:train], y[:train], x[train:], y[train:], net, loss)


def friedman(train: int = 500, noise: float = 0.5) -> Task:
    """Friedman's first function, a net with one hidden layer (held out)."""
    x, y = datasets.make_friedman1(train + 300, noise=noise, random_state=int(torch.initial_seed()) % 2**31)
    x, y = torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)[:, None]
    y = (y - y.mean()) / y.std()
    net = nn.Sequential(nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 1))
    return Task(x[:train], y[:train], x[train:], y[train:], net, nn.functional.mse_loss, ("r2", r2))


@cache
def _modules() -> tuple[np.ndarray, np.ndarray]:
    import argparse, ast, codecs, copy, csv, datetime, decimal, difflib, email, fractions, heapq, inspect  # noqa: E401, F401, I001
    import sys

    names = "argparse ast codecs csv datetime decimal difflib fractions heapq inspect".split()
    rows, labels = [], []
    for label, name in enumerate(names):
        for attribute in dir(sys.modules[name]):
            words = (getattr(getattr(sys.modules[name], attribute), "__doc__", "") or "").lower().split()
            if len(words) > 5:
                row = np.zeros(300)
                for token in words:
                    row[hash_of(token) % 300] += 1
                rows.append(np.log1p(row))
                labels.append(label)
    return np.array(rows), np.array(labels)


def hash_of(token: str) -> int:
    """A hash that is the same in every process."""
    return sum((i + 1) * ord(c) for i, c in enumerate(token))


def words(train: int = 250, width: int = 64) -> Task:
    """Which module of the standard library a docstring is from, by its words (held out)."""
    x, y = _modules()
    order = torch.randperm(len(x))
    x, y = torch.tensor(x, dtype=torch.float32)[order], torch.tensor(y)[order]
    net = nn.Sequential(nn.Linear(300, width), nn.ReLU(), nn.Linear(width, 10))
    return Task(x[:train], y[:train], x[train:], y[train:], net, nn.functional.cross_entropy, ("f1", accuracy))


def _wrong(y: Tensor, share: float, classes: int) -> Tensor:
    """Labels of which a share is drawn anew."""
    hit = torch.rand(len(y)) < share
    return torch.where(hit, torch.randint(0, classes, y.shape), y)


def train(seed: int, data: str, of: dict | None = None, **knobs: object) -> list[dict[str, float]]:
    """Records of a training; ``data`` names a function above, ``of`` are its arguments, the rest are Knobs."""
    torch.manual_seed(1000 + seed)
    task = globals()[data](**(of or {}))
    return run(task, dataclasses.replace(Knobs(), **knobs), seed)

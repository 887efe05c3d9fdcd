"""Tables and made-up reviews as beginners load them, and the stacks of layers that they build on them."""

from __future__ import annotations

import itertools

import numpy as np
import torch
from sklearn import datasets
from torch import Tensor, nn

WORDS, LENGTH = 800, 24
LOADERS = {
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "cancer": datasets.load_breast_cancer,
    "digits": datasets.load_digits,
    "diabetes": datasets.load_diabetes,
}
ACTS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "linear": lambda x: x}


def reviews(rng: np.random.Generator, n: int = 1600, opinions: float = 0.12, flips: float = 0.05) -> tuple:
    """Word numbers (n, LENGTH) and opinions 0, 1: a few words praise or scold, most say nothing."""
    y = rng.random(n) < 0.5
    plain = np.minimum(WORDS - 1, 200 + rng.zipf(1.25, (n, LENGTH)) % (WORDS - 200))
    loaded = rng.integers(0, 100, (n, LENGTH)) + 100 * (rng.random((n, LENGTH)) < np.where(y, 0.8, 0.2)[:, None])
    x = np.where(rng.random((n, LENGTH)) < opinions, loaded, plain)
    return x, np.where(rng.random(n) < flips, ~y, y).astype(int)


def titles(rng: np.random.Generator, n: int = 1000, words: int = 6000) -> tuple:
    """Like reviews, of so many rare words that each title can be learnt by heart."""
    return rng.integers(0, words, (n, LENGTH)), rng.integers(0, 2, n)


def circles(rng: np.random.Generator, n: int = 800) -> tuple:
    """Points of two rings."""
    return datasets.make_circles(n, noise=0.12, factor=0.5, random_state=int(rng.integers(1 << 30)))


def spirals(rng: np.random.Generator, n: int = 900) -> tuple:
    """Points of two spirals that wind into each other."""
    y, t = rng.integers(0, 2, n), 0.5 + 9 * np.sqrt(rng.random(n))
    x = np.stack([t * np.cos(t + np.pi * y), t * np.sin(t + np.pi * y)], 1) + 0.25 * rng.standard_normal((n, 2))
    return x, y


def parity(rng: np.random.Generator, n: int = 1200, bits: int = 5) -> tuple:
    """Rows of eight bits; whether an odd number of the first ``bits`` are set."""
    x = rng.integers(0, 2, (n, 8)).astype(float)
    return 2 * x - 1, x[:, :bits].sum(1).astype(int) % 2


def sine(rng: np.random.Generator, n: int = 600) -> tuple:
    """A noisy sine."""
    x = rng.uniform(-3, 3, (n, 1))
    return x, np.sin(2 * x[:, 0]) + 0.1 * rng.standard_normal(n)


def prices(rng: np.random.Generator, n: int = 800) -> tuple:
    """What houses of made-up sizes, ages and towns cost."""
    size, age, town = rng.uniform(40, 250, n), rng.uniform(0, 80, n), rng.integers(0, 5, n)
    y = size * (3000 - 12 * age) * (0.7 + 0.15 * town) * np.exp(0.1 * rng.standard_normal(n))
    return np.stack([size, age, *(town == k for k in range(5))], 1).astype(float), y


MADE = {
    "reviews": reviews,
    "titles": titles,
    "circles": circles,
    "spirals": spirals,
    "parity": parity,
    "sine": sine,
    "prices": prices,
}


def table(name: str, seed: int, rows: int, scale: str, target: str) -> tuple[Tensor, Tensor, int]:
    """Inputs, targets and the number of classes (0: regression) of shuffled rows.

    ``scale``: standard, none or max; ``target``: standard or raw, of regressions.
    """
    rng = np.random.default_rng(1000 + seed)
    x, y = MADE[name](rng) if name in MADE else LOADERS[name](return_X_y=True)
    order = rng.permutation(len(x))[: rows or None]
    x, y = x[order], y[order]
    classes = int(y.max()) + 1 if y.dtype.kind in "iu" else 0
    if name == "diabetes" or not classes:
        classes, y = 0, (y - y.mean()) / y.std() if target == "standard" else y
    if x.dtype.kind in "iu":
        return torch.from_numpy(x), torch.from_numpy(y), 2
    if scale == "standard":
        x = (x - x.mean(0)) / (x.std(0) + 1e-6)
    elif scale == "max":
        x = x / np.abs(x).max()
    kind = torch.int64 if classes else torch.float32
    return torch.from_numpy(x).float(), torch.from_numpy(np.asarray(y)).to(kind), classes


class Stack(nn.Module):
    """Dense layers with Keras' defaults (Glorot, biases 0); words are embedded and averaged first.

    ``init``: glorot, zeros, or a standard deviation; ``outs``: what the hidden layers put out last.
    """

    def __init__(self, inputs: int, outputs: int, units: tuple = (64,), act: str = "relu", init: str | float = "glorot", dropout: float = 0.0,
                 norm: bool = False, words: int = 0, known: int = WORDS, noise: float = 0.0, bias: float = 0.0, gain: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.words = nn.Embedding(known, words) if words else None
        if self.words is not None:
            nn.init.uniform_(self.words.weight, -0.05, 0.05)
        sizes = (words or inputs, *units)
        self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(sizes))
        self.head = nn.Linear(sizes[-1], outputs)
        self.norms = nn.ModuleList(nn.BatchNorm1d(n, momentum=0.01) for n in units) if norm else None
        self.act, self.noise, self.dropout, self.outs = ACTS[act], noise, nn.Dropout(dropout), []
        for layer in (*self.hidden, self.head):
            nn.init.zeros_(layer.bias)
            if init == "zeros":
                nn.init.zeros_(layer.weight)
            elif isinstance(init, float):
                nn.init.normal_(layer.weight, 0.0, init)
            else:
                nn.init.xavier_uniform_(layer.weight, gain)
        nn.init.constant_(self.head.bias, bias)

    def forward(self, x: Tensor) -> Tensor:
        x = x if self.words is None else self.words(x).mean(1)
        x = x + self.noise * torch.randn_like(x) if self.noise and self.training else x
        self.outs = []
        for i, layer in enumerate(self.hidden):
            x = layer(x) if self.norms is None else self.norms[i](layer(x))
            x = self.act(x)
            self.outs.append(x)
            x = self.dropout(x)
        return self.head(x)

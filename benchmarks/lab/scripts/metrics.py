"""Metrics of a batch: ``metric(out, y)`` → a number."""

from __future__ import annotations

import torch
from torch import Tensor


def accuracy(out: Tensor, y: Tensor) -> float:
    """The share of rows whose largest output is the class."""
    return float((out.argmax(-1) == y).float().mean())


def error_rate(out: Tensor, y: Tensor) -> float:
    """The share of rows whose largest output is another class."""
    return 1 - accuracy(out, y)


def f1(out: Tensor, y: Tensor) -> float:
    """F1 of class 1; 0 where none was predicted."""
    said, is_one = out.argmax(-1) == 1, y == 1
    both = float((said & is_one).sum())
    return 2 * both / max(float(said.sum() + is_one.sum()), 1.0)


def mae(out: Tensor, y: Tensor) -> float:
    """The mean absolute error."""
    return float((out - y).abs().mean())


def rmse(out: Tensor, y: Tensor) -> float:
    """The root of the mean squared error."""
    return float(torch.sqrt(((out - y) ** 2).mean()))


def r2(out: Tensor, y: Tensor) -> float:
    """The coefficient of determination on the rows."""
    return float(1 - ((out - y) ** 2).mean() / (y.var(unbiased=False) + 1e-9))

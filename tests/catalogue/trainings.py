"""Real trainings of a second: softmax regression and a two-layer net on made-up clusters, by plain SGD."""

from __future__ import annotations

import numpy as np


def softmax_run(
    lr: float, epochs: int, *, gain: float = 0.01, hidden: int = 0, noise: float = 1.0, batch: int = 20, seed: int = 0
) -> dict[str, list[float]]:
    """Train on 300 points of 3 clusters in 10 dimensions; returns loss, accuracy, val_loss, val_accuracy per epoch."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(3, 10)) * 1.5
    labels = rng.integers(0, 3, 400)
    x = centres[labels] + noise * rng.normal(size=(400, 10))
    sizes = (10, hidden, 3) if hidden else (10, 3)
    w = [rng.normal(size=s) * gain for s in zip(sizes[:-1], sizes[1:], strict=True)]
    log: dict[str, list[float]] = {"epoch": [], "loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for epoch in range(epochs):
        seen = [_step(w, x[rows], labels[rows], lr) for rows in rng.permutation(300).reshape(-1, batch)]
        val = _step(w, x[300:], labels[300:], 0.0)
        log["epoch"].append(epoch)
        for name, value in zip(
            ("loss", "accuracy", "val_loss", "val_accuracy"), (*np.mean(seen, axis=0), *val), strict=True
        ):
            log[name].append(float(value))
    return log


def _step(w: list[np.ndarray], x: np.ndarray, y: np.ndarray, lr: float) -> tuple[float, float]:
    hidden = [x]
    for matrix in w[:-1]:
        hidden.append(np.tanh(hidden[-1] @ matrix))
    z = hidden[-1] @ w[-1]
    z = z - z.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    grad = (np.exp(logp) - np.eye(3)[y]) / len(y)
    for i in reversed(range(len(w))):
        below = grad @ w[i].T * (1 - hidden[i] ** 2) if i else grad
        w[i] -= lr * hidden[i].T @ grad
        grad = below
    return float(-logp[np.arange(len(y)), y].mean()), float((z.argmax(axis=1) == y).mean())

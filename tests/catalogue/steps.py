"""Real trainings logged by steps: softmax regression on made-up clusters by plain SGD, with faults to order."""

from __future__ import annotations

import numpy as np

CLASSES = 4
SIZE = 400
PER_EPOCH = 20
"""Batches of 20 samples."""
BAD_SCALE = 3.0


def steps_run(
    *,
    lr: float = 0.02,
    batch: int = 20,
    epochs: int = 20,
    gain: float = 0.01,
    ordered: bool = False,
    bad: tuple[int, ...] = (),
    spoil_at: int | None = None,
    spread: float = 1.5,
    repeats: int = 1,
    seed: int = 0,
) -> dict[str, list[float]]:
    """step, epoch and loss of each batch.

    ``ordered`` reads the samples sorted by class, ``bad`` are steps with wrong labels and inputs three times too
    large, from ``spoil_at`` on 30 % of the labels are wrong; each batch is stepped ``repeats`` times.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(SIZE) % CLASSES)
    x = spread * rng.normal(size=(CLASSES, 10))[labels] + rng.normal(size=(SIZE, 10))
    w = gain * rng.normal(size=(10, CLASSES))
    log: dict[str, list[float]] = {"step": [], "epoch": [], "loss": []}
    step = 0
    for epoch in range(epochs):
        order = np.argsort(labels, kind="stable") if ordered else rng.permutation(SIZE)
        for rows in order.reshape(-1, batch):
            wrong = rng.random(batch) < (
                1.0 if step in bad else 0.3 if spoil_at is not None and step >= spoil_at else 0
            )
            y = (labels[rows] + wrong) % CLASSES
            scale = BAD_SCALE if step in bad else 1.0
            losses = [_update(w, scale * x[rows], y, lr / scale**2) for _ in range(repeats)]
            for name, value in (("step", step), ("epoch", epoch), ("loss", losses[0])):
                log[name].append(float(value))
            step += 1
    return log


def _update(w: np.ndarray, x: np.ndarray, y: np.ndarray, lr: float) -> float:
    z = x @ w
    z = z - z.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    w -= lr * x.T @ (np.exp(logp) - np.eye(w.shape[1])[y]) / len(y)
    return float(-logp[np.arange(len(y)), y].mean())

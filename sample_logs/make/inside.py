"""Trainings that log what goes on inside the network: norms, updates, dead units, spreads, terms, learning rate."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from data import split
from net import Net, Optimiser, cross_entropy


@dataclass
class Inside:
    """A training on digits (or, with ``heads``, on two regression targets); ``lr`` may be a function of progress."""

    hidden: tuple[int, ...] = (48, 48, 48)
    activation: str = "relu"
    gain: float = 1.0
    bias: float = 0.0
    optimiser: str = "sgd"
    momentum: float = 0.9
    lr: float | Callable[[float], float] = 0.02
    clip: float | None = None
    penalty: float = 0.0  # weight of the logged half sum of squared weights
    heads: float = 0.0  # weight of the second of two targets in the loss (0: digits)
    epochs: int = 15
    every: int = 10
    columns: tuple[str, ...] = ("grad_norm",)


def inside(setup: Inside, seed: int) -> list[dict[str, float]]:
    """Records every so many steps: epoch, step, loss and the columns asked for."""
    rng = np.random.default_rng(seed)
    x, y, net = _task(setup, rng)
    optimiser = Optimiser(net.parameters, setup.optimiser, setup.momentum, 0.0, setup.clip)
    steps, records = len(x) // 32, []
    for epoch in range(setup.epochs):
        order = rng.permutation(len(x))
        for i in range(steps):
            rows, t = order[i * 32 : i * 32 + 32], epoch * steps + i
            lr = setup.lr(t / (steps * setup.epochs)) if callable(setup.lr) else setup.lr
            record = _step(setup, net, optimiser, x[rows], y[rows], lr)
            if t % setup.every == 0:
                kept = {k: v for k, v in record.items() if k.split("/")[0] in setup.columns}
                records.append({"epoch": epoch, "step": t + 1, "loss": record["loss"], **kept})
    return records


def _task(setup, rng):
    if setup.heads:
        x, y, *_ = split("diabetes", 400, 40, rng)
        y = np.concatenate([y, (x[:, :1] * x[:, 2:3]) / 2], axis=1)
    else:
        x, y, *_ = split("digits", 1200, 400, rng)
    outputs = 2 if setup.heads else 10
    return x, y, Net((x.shape[1], *setup.hidden, outputs), rng, setup.activation, setup.gain, bias=setup.bias)


def _step(setup, net, optimiser, x, y, lr):
    with np.errstate(all="ignore"):
        out = net.forward(x, True)
        record = {"lr": lr}
        if setup.heads:
            weights = np.array([1.0, setup.heads])
            parts = weights * ((out - y) ** 2).mean(axis=0)
            loss, grad = float(parts.sum()), 2 * weights * (out - y) / len(y)
            record |= {"progression_loss": float(parts[0]), "product_loss": float(parts[1])}
        else:
            loss, grad, record["accuracy"] = cross_entropy(out, y)
        penalty = 0.5 * setup.penalty * sum(float((w**2).sum()) for w in net.w)
        grads = net.backward(grad)
        if setup.penalty:
            grads = [g + setup.penalty * p if p.ndim > 1 else g for g, p in zip(grads, net.parameters)]
            record |= {"data_loss": loss, "reg_loss": penalty}
        before = [w.copy() for w in net.w]
        norm = optimiser.step(grads, lr)
    record["loss"] = loss + penalty
    record["grad_norm"] = norm if setup.clip is None or not norm > setup.clip else setup.clip
    return record | _layers(net, grads, before)


def _layers(net, grads, before):
    """Numbers of each layer, numbered from 1."""
    record = {}
    with np.errstate(all="ignore"):
        for i, (w, old) in enumerate(zip(net.w, before), start=1):
            record[f"grad_norm/layer{i}"] = float(np.sqrt((grads[2 * i - 2] ** 2).sum()))
            record[f"update_ratio/layer{i}"] = float(np.linalg.norm(w - old) / np.linalg.norm(old))
        for i, h in enumerate(net.kept[1:], start=1):
            record[f"act_std/layer{i}"] = float(h.std())
            record[f"dead_units/layer{i}"] = float((h <= 0).all(axis=0).mean())
    return record


def to_zero(end):
    """A cosine that is at zero after the share ``end`` of the run."""
    return lambda done: 0.03 * 0.5 * (1 + math.cos(math.pi * min(done / end, 1.0)))


def hump(peak, warm=0.3):
    """Warm-up to a peak over a share of the run, then a straight line to zero."""
    return lambda done: peak * (done / warm if done < warm else (1 - done) / (1 - warm))


# ruff: noqa: E501  (a table)
DEEP = (32,) * 7
NORMS, RATIOS = ("grad_norm",), ("update_ratio", "lr")
DEAD, SPREADS, TERMS = ("dead_units",), ("act_std",), ("data_loss", "reg_loss")
HEADS = ("progression_loss", "product_loss")

FAULTS: dict[str, tuple[Inside, list[str], list[str]]] = {
    "inside_exploding": (Inside(hidden=DEEP, activation="linear", lr=lambda d: 1e-4 * 10 ** (5 * d)), ["exploding-gradients"], ["diverging", "non-finite-loss", "loss-spikes"]),
    "inside_vanishing": (Inside(hidden=DEEP, activation="sigmoid"), ["vanishing-gradients"], ["not-learning"]),
    "inside_updates_large": (Inside(optimiser="adam", lr=0.1, columns=RATIOS), ["update-ratio", "diverging", "learning-rate-too-high"], ["not-learning", "diverging", "learning-rate-too-high", "loss-spikes", "noisy-loss"]),
    "inside_updates_small": (Inside(momentum=0.0, lr=1e-6, columns=RATIOS), ["update-ratio", "not-learning"], ["not-learning", "learning-rate-too-low", "update-ratio"]),
    "inside_dead": (Inside(bias=-4.0, columns=DEAD), ["dead-units"], ["not-learning", "underfitting", "slow-start", "learning-rate-too-low"]),
    "inside_penalty": (Inside(penalty=0.1, lr=1e-3, momentum=0.0, columns=TERMS), ["regularisation-dominates"], ["not-learning", "underfitting", "saturated-early", "wrong-initial-loss"]),
    "inside_terms": (Inside(hidden=(32,), gain=0.5, heads=1e-4, lr=3e-3, momentum=0.0, epochs=60, columns=HEADS), ["loss-term-imbalance"], ["learning-rate-too-low", "still-improving"]),
    "inside_rate_zero": (Inside(lr=to_zero(0.4), columns=("lr",)), ["learning-rate-schedule"], ["saturated-early"]),
    "inside_peak_lost": (Inside(lr=hump(0.15), columns=("lr",)), ["learning-rate-schedule", "diverging"], ["not-learning", "diverging", "loss-jump", "learning-rate-too-high", "learning-rate-schedule"]),
    "inside_clipped": (Inside(clip=0.05, lr=0.3, momentum=0.0), ["clipping-saturated"], ["still-improving", "learning-rate-too-low"]),
    "inside_collapse": (Inside(hidden=DEEP, gain=0.25, columns=SPREADS), ["activation-collapse"], ["not-learning"]),
}  # fmt: skip
"""Name → training, accepted first, also true."""

HEALTHY: dict[str, Inside] = {
    "inside_norms": Inside(columns=("grad_norm", "lr")),
    "inside_adam": Inside(optimiser="adam", lr=2e-3, columns=("grad_norm", "update_ratio")),
    "inside_everything": Inside(columns=("grad_norm", "update_ratio", "dead_units", "act_std", "lr")),
    "inside_tanh": Inside(activation="tanh", columns=("grad_norm", "act_std")),
    "inside_deep": Inside(hidden=DEEP, optimiser="adam", lr=1e-3, columns=("grad_norm", "act_std", "dead_units")),
    "inside_clipped_at_first": Inside(clip=1.5, lr=0.02, columns=NORMS),
    "inside_small_penalty": Inside(penalty=1e-3, columns=TERMS),
    "inside_warmup": Inside(lr=hump(0.04), columns=("grad_norm", "lr")),
    "inside_two_heads": Inside(hidden=(32,), heads=0.3, lr=3e-3, epochs=60, columns=HEADS),
    "inside_cosine": Inside(lr=to_zero(1.0), columns=("lr", "grad_norm")),
}

"""Made-up advertisements with clicks, and a wide-and-deep net in NumPy with its gradient by hand."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SIZES = (200, 50, 30, 24, 4)
"""Users, advertisements, sites, hours, devices."""
STARTS = np.cumsum((0, *SIZES[:-1]))
DENSE = 3


@dataclass
class Setting:
    """What a training of ``click_ads`` is made of; ``rate``: name of ``share`` and its two numbers."""

    rows: int = 6000
    held: int = 2000
    batch: int = 150
    epochs: int = 10
    bias: float = -1.2
    signal: float = 1.0
    held_signal: float = 0.0
    flipped: float = 0.0
    dim: int = 4
    hidden: tuple[int, ...] = (16, 8)
    act: str = "relu"
    deep: bool = True
    wide: bool = True
    dropout: float = 0.0
    gain: float = 1.0
    embed_std: float = 0.1
    hidden_bias: float = 0.0
    out_bias: float = 0.0
    raw: float = 1.0
    opt: str = "adam"
    lr: float = 3e-3
    momentum: float = 0.9
    rate: tuple[str, float, float] = ("flat", 0.0, 0.0)
    l2: float = 0.0
    dwell: float = 0.0
    dwell_unit: float = 1.0
    scale: float = 1.0
    clip: float = 0.0
    smoothing: float = 0.0
    fault: str = ""
    at: float = 0.5
    amount: float = 1.0
    back: int = 0
    every: int = 0
    evals: int = 0
    redraw: bool = False
    warm_start: int = 0
    average: int = 1
    log: tuple[str, ...] = ("loss", "val_loss")
    names: dict[str, str] = field(default_factory=dict)


@dataclass
class Rows:
    """Ids (n, 5) into one table, dense features (n, 3), clicks and seconds on the page (n,)."""

    ids: NDArray[np.int64]
    dense: Array
    click: Array
    dwell: Array

    def take(self, some: NDArray[np.int64]) -> Rows:
        return Rows(self.ids[some], self.dense[some], self.click[some], self.dwell[some])


def impressions(n: int, seed: int, bias: float, signal: float) -> Rows:
    """Clicks with latent tastes of users for advertisements; the world is the same for every seed."""
    world, g = np.random.default_rng(77), np.random.default_rng(seed)
    tastes, looks = world.normal(size=(SIZES[0], 3)), world.normal(size=(SIZES[1], 3))
    effects = [spread * world.normal(size=size) for size, spread in zip(SIZES, (0.5, 0.7, 0.5, 0.3, 0.4), strict=True)]
    raw = np.stack([(size * g.random(n) ** 1.5).astype(np.int64) for size in SIZES], 1)
    dense = g.normal(size=(n, DENSE))
    pull = 0.45 * (tastes[raw[:, 0]] * looks[raw[:, 1]]).sum(1) + sum(e[raw[:, i]] for i, e in enumerate(effects))
    z = bias + signal * (pull + 0.6 * dense[:, 0] - 0.4 * dense[:, 1])
    click = (g.random(n) < 1 / (1 + np.exp(-z))).astype(float)
    return Rows(raw + STARTS, dense, click, np.exp(0.5 * pull + 0.4 * g.normal(size=n)))


ACTS = {
    "relu": (lambda x: np.maximum(x, 0), lambda x, y: (x > 0).astype(float)),
    "sigmoid": (lambda x: 1 / (1 + np.exp(-np.clip(x, -60, 60))), lambda x, y: y * (1 - y)),
    "tanh": (np.tanh, lambda x, y: 1 - y * y),
}


class WideDeep:
    """All weights in one vector ``flat`` with named views; ``step`` gives losses and the gradient."""

    def __init__(self, s: Setting, g: np.random.Generator) -> None:
        self.s, total = s, sum(SIZES)
        widths = (len(SIZES) * s.dim + DENSE, *s.hidden)
        shapes: dict[str, tuple[int, ...]] = {"embed": (total, s.dim), "wide": (total,), "bias": (1,)}
        for i, (a, b) in enumerate(itertools.pairwise(widths)):
            shapes |= {f"w{i}": (a, b), f"b{i}": (b,)}
        shapes |= {"out": (widths[-1],), "time": (widths[-1],), "time_bias": (1,)}
        self.flat, self.shapes = np.zeros(sum(math.prod(v) for v in shapes.values())), shapes
        v = self.views(self.flat)
        v["embed"][:] = s.embed_std * g.normal(size=v["embed"].shape)
        v["bias"][:] = s.out_bias
        for i in range(len(s.hidden)):
            v[f"w{i}"][:] = s.gain * math.sqrt(2 / widths[i]) * g.normal(size=v[f"w{i}"].shape)
            v[f"b{i}"][:] = s.hidden_bias
        v["out"][:] = s.gain * math.sqrt(1 / widths[-1]) * g.normal(size=widths[-1])
        v["time"][:] = math.sqrt(1 / widths[-1]) * g.normal(size=widths[-1])
        self.outs: list[Array] = []

    def views(self, flat: Array) -> dict[str, Array]:
        """Name → its part of a vector as long as ``flat``."""
        parts, at = {}, 0
        for name, shape in self.shapes.items():
            size = math.prod(shape)
            parts[name], at = flat[at : at + size].reshape(shape), at + size
        return parts

    def forward(self, rows: Rows, g: np.random.Generator | None = None) -> tuple[Array, Array]:
        """Logits of a click and the predicted time; keeps what the gradient needs."""
        s, v, act = self.s, self.views(self.flat), ACTS[self.s.act][0]
        x = np.concatenate([v["embed"][rows.ids].reshape(len(rows.ids), -1), s.raw * rows.dense], 1)
        self.ins, self.pres, self.outs, self.masks = [], [], [], []
        for i in range(len(s.hidden)):
            self.ins.append(x)
            self.pres.append(x @ v[f"w{i}"] + v[f"b{i}"])
            x = act(self.pres[-1])
            self.outs.append(x)
            keep = (g.random(x.shape) >= s.dropout) / (1 - s.dropout) if g is not None and s.dropout else np.ones(1)
            self.masks.append(keep)
            x = x * keep
        self.last = x
        z = v["bias"][0] + (x @ v["out"] if s.deep else 0.0) + (v["wide"][rows.ids].sum(1) if s.wide else 0.0)
        return z * np.ones(len(rows.ids)), x @ v["time"] + v["time_bias"][0]

    def step(self, rows: Rows, g: np.random.Generator) -> tuple[dict[str, float], Array]:
        """The terms of the loss and the gradient of their sum."""
        s, v, n = self.s, self.views(self.flat), len(rows.ids)
        z, t = self.forward(rows, g)
        y = rows.click * (1 - s.smoothing) + 0.5 * s.smoothing
        terms = {"ctr": log_loss(z, y)}
        dz, dt = (ACTS["sigmoid"][0](z) - y) / n, np.zeros(n)
        if s.dwell:
            error = t - s.dwell_unit * rows.dwell
            terms["dwell"], dt = s.dwell * float((error**2).mean()), 2 * s.dwell * error / n
        grad = np.zeros_like(self.flat)
        d = self.views(grad)
        d["bias"][0], d["time"][:], d["time_bias"][0] = dz.sum(), self.last.T @ dt, dt.sum()
        if s.wide:
            np.add.at(d["wide"], rows.ids.ravel(), np.repeat(dz, len(SIZES)))
        dx = np.outer(dt, v["time"])
        if s.deep:
            d["out"][:], dx = self.last.T @ dz, dx + np.outer(dz, v["out"])
        for i in reversed(range(len(s.hidden))):
            dx = dx * self.masks[i] * ACTS[s.act][1](self.pres[i], self.outs[i])
            d[f"w{i}"][:], d[f"b{i}"][:] = self.ins[i].T @ dx, dx.sum(0)
            dx = dx @ v[f"w{i}"].T
        inputs = dx[:, :-DENSE].reshape(-1, s.dim)
        np.add.at(d["embed"], rows.ids.ravel(), inputs)
        if s.l2:
            terms["reg"] = s.l2 * float((self.flat**2).sum())
            grad += 2 * s.l2 * self.flat
        return terms, grad * s.scale


def log_loss(z: Array, y: Array) -> float:
    """Mean cross-entropy of clicks ``y`` under logits ``z``."""
    return float((np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).mean())


def auc(z: Array, y: Array) -> float:
    """Area under the ROC curve, 0.5 where all scores or all clicks are alike (ties share their rank)."""
    if not np.isfinite(z).all() or not 0 < y.sum() < len(y):
        return 0.5
    _, back, counts = np.unique(z, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[back]
    ones = y.sum()
    return float((ranks[y > 0].sum() - ones * (ones + 1) / 2) / (ones * (len(y) - ones)))


def share(rate: tuple[str, float, float], done: float) -> float:
    """The learning rate as a share of ``lr`` when ``done`` of the run is over."""
    name, a, b = rate
    return {
        "flat": lambda: 1.0,
        "linear": lambda: 1 - done,
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
        "warm": lambda: min(1.0, done / a) * (1 - max(0.0, (done - a) / (1 - a))),
        "steps": lambda: b ** int(done / a),
        "staircase": lambda: b ** int(done / a),
        "restarts": lambda: 0.01 + 0.5 * (1 + math.cos(math.pi * (done * a % 1))),
        "triangles": lambda: b + (1 - b) * (1 - abs(2 * (done * a % 1) - 1)),
        "inverse": lambda: 1 / math.sqrt(1 + a * done),
        "spent": lambda: max(0.0, 1 - done / a),
        "cut": lambda: 1.0 if done < a else b,
        "never_warm": lambda: done / a,
    }[name]()

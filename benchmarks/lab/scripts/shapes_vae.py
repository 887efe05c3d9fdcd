"""Autoencoders of small drawn shapes whose loss has several terms; logged by epoch, or every few steps."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.lab.scripts.parts import Checkpoint, optimiser

torch.set_num_threads(1)
SIDE, CLASSES, DIGITS = 10, 3, 5


@cache
def _shapes(seed: int, count: int, noise: float = 0.05, large: bool = False) -> tuple[Tensor, Tensor]:
    """Ellipses, frames and crosses at random places, sizes and greys: (count, 100) in [0, 1], and their classes."""
    rng = np.random.default_rng(seed)
    down, right = np.mgrid[:SIDE, :SIDE]
    kinds = rng.integers(0, CLASSES, count)
    images = np.empty((count, SIDE * SIDE))
    for i, kind in enumerate(kinds):
        cy, cx = rng.uniform(3, 6, 2)
        h, w = rng.uniform(3 if large else 1.5, 4, 2)
        y, x = np.abs(down - cy), np.abs(right - cx)
        inside = (y / h) ** 2 + (x / w) ** 2 < 1
        frame = (y < h) & (x < w) & ((y > h - 1.2) | (x > w - 1.2))
        cross = ((y < 1) & (x < w)) | ((x < 1) & (y < h))
        images[i] = np.where((inside, frame, cross)[kind], rng.uniform(0.5, 1.0), 0.0).ravel()
    images = np.clip(images + noise * rng.normal(size=images.shape), 0, 1)
    return torch.tensor(images, dtype=torch.float32), torch.tensor(kinds)


class Autoencoder(nn.Module):
    """Perceptrons on both sides of a code; the decoder's spread and a classifier of the code are used if asked for."""

    def __init__(self, code: int, width: int, unit: str, depth: int, gain: float) -> None:
        super().__init__()
        units = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}[unit]
        self.encoder = nn.Sequential(*self._stack(SIDE**2, width, units, depth))
        self.mu, self.log_variance = nn.Linear(width, code), nn.Linear(width, code)
        self.decoder = nn.Sequential(*self._stack(code, width, units, depth), nn.Linear(width, SIDE**2))
        self.spread, self.classes = nn.Parameter(torch.zeros(SIDE**2)), nn.Linear(code, CLASSES)
        with torch.no_grad():
            for p in self.parameters():
                p.mul_(gain if p.dim() > 1 else 1.0)

    @staticmethod
    def _stack(size: int, width: int, units: type[nn.Module], depth: int) -> list[nn.Module]:
        layers: list[nn.Module] = []
        for _ in range(depth):
            layers += [nn.Linear(size, width), units()]
            size = width
        return layers

    def forward(self, x: Tensor, sample: bool) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        h = self.encoder(x)
        mu, log_variance = self.mu(h), self.log_variance(h)
        z = mu + torch.randn_like(mu) * (0.5 * log_variance).exp() if sample else mu
        return self.decoder(z), mu, log_variance, z


def _weight(rule: str, done: float, weight: float) -> float:
    if rule == "anneal":
        return weight * min(1.0, done / 0.6)
    if rule == "cycles":
        return weight * min(1.0, 2 * (done * 4 % 1))
    if rule == "late":
        return weight if done >= 0.5 else 0.0
    return weight


def _rate(rule: str, done: float, at: float, much: float) -> float:
    if rule == "cosine":
        return 0.5 * (1 + math.cos(math.pi * done))
    if rule == "warmup":
        return min(1.0, done / at, (1 - done) / (1 - at) + 1e-3)
    if rule == "cycle":
        return 0.05 + 0.95 * (1 - abs(2 * (done * 6 % 1) - 1))
    if rule == "early":
        return max(0.0, 1 - done / at)
    if rule == "restarts":
        return 0.01 + 0.5 * (1 + math.cos(math.pi * (done * 3 % 1)))
    if rule == "steps":
        return 0.1 ** int(done / at)
    if rule == "growing":
        return math.exp(much * done)
    return much if rule == "raised" and done >= at else 1.0


PIXELS = torch.randn(24, SIDE**2, generator=torch.Generator().manual_seed(1)) / 10
"""The fixed filters of the "perceptual" term."""


def _terms(net: Autoencoder, x: Tensor, clean: Tensor, y: Tensor, recon: str, sample: bool,
           wanted: frozenset[str]) -> dict[str, Tensor]:  # fmt: skip
    out, mu, log_variance, z = net(x, sample)
    if recon == "bce":
        first = functional.binary_cross_entropy_with_logits(out, clean, reduction="sum") / len(x)
    elif recon == "naive_bce":
        p = torch.sigmoid(out)
        first = -(clean * p.log() + (1 - clean) * (1 - p).log()).sum() / len(x)
    elif recon == "nll":
        first = (((out - clean) ** 2) / (2 * net.spread.exp() ** 2) + net.spread).mean()
    elif recon == "l1":
        first = (out - clean).abs().mean()
    else:
        first = ((out - clean) ** 2).mean()
    shown = torch.sigmoid(out) if "bce" in recon else out
    later = {
        "kl": lambda: -0.5 * (1 + log_variance - mu**2 - log_variance.exp()).sum(1).mean(),
        "l2": lambda: sum(((p**2).sum() for p in net.parameters() if p.dim() > 1), torch.zeros(())),
        "sparse": lambda: z.abs().sum(1).mean(),
        "perceptual": lambda: ((shown - clean) @ PIXELS.T).pow(2).mean(),
        "class": lambda: functional.cross_entropy(net.classes(z), y),
        "mse": lambda: ((shown - clean) ** 2).mean().detach(),
        "accuracy": lambda: (net.classes(z).argmax(1) == y).float().mean(),
    }
    return {"recon": first} | {name: term() for name, term in later.items() if name in wanted}


@dataclass(frozen=True)
class Setting:
    """One training, logged by epoch (means) or ``every`` few steps.

    ``weights``: term → factor, ``names``: term → logged name. ``rule`` moves the factor of ``ruled`` in the run.
    ``blur``: noise on the inputs in training. ``redraw``: images of each evaluation, drawn anew.
    """

    recon: str = "mse"
    weights: dict[str, float] = field(default_factory=dict)
    rule: str = ""
    ruled: str = "kl"
    code: int = 6
    width: int = 48
    depth: int = 1
    unit: str = "relu"
    gain: float = 1.0
    rows: int = 1000
    batch: int = 50
    epochs: int = 50
    every: int = 0
    opt: str = "adam"
    lr: float = 2e-3
    schedule: str = ""
    at: float = 0.5
    much: float = 1.0
    blur: float = 0.0
    noise: float = 0.05
    random_pixels: bool = False
    held: int = 400
    redraw: int = 0
    large: bool = False
    order: str = "shuffled"
    fault: str = ""
    weighted: bool = True
    scale: float = 1.0
    pre: int = 0
    names: dict[str, str] = field(default_factory=dict)
    log: tuple[str, ...] = ("loss",)
    wrong: float = 0.0


def train(seed: int, **setting: object) -> list[dict[str, float]]:
    """Records by epoch or steps."""
    torch.manual_seed(400 + seed)
    training = Training(Setting(**setting), seed)
    while training.epochs < training.s.epochs:
        training.epoch()
    return training.records


class Training:
    """A net, its optimiser and its images, an epoch at a time; ``records`` grow."""

    def __init__(self, s: Setting, seed: int) -> None:
        self.s, self.wanted = s, frozenset(s.weights) | {n.removeprefix("val_") for n in s.log}
        self.x, self.y = _rows(s, seed)
        self.held = _shapes(seed + 1000, s.held, s.noise, s.large)
        self.net = Autoencoder(s.code, s.width, s.unit, s.depth, s.gain)
        owner = copy.deepcopy(self.net) if s.fault == "other_parameters" else self.net
        self.optimiser = optimiser(s.opt, owner.parameters(), s.lr)
        if s.pre:
            _pretrain(self.net, s.pre)
        self.per_epoch, self.steps, self.epochs = s.rows // s.batch, 0, 0
        self.records: list[dict[str, float]] = []
        self.window: list[dict[str, float]] = []  # the steps since the last record
        saved, back = (int(share * s.epochs) for share in (s.at, s.at + 0.2 * s.much))
        self.checkpoint = Checkpoint(*((saved, back) if s.fault == "resume" else (-1, -1)))

    def epoch(self) -> None:
        """One pass over the images."""
        s = self.s
        order = torch.randperm(s.rows) if s.order == "shuffled" else torch.arange(s.rows)
        for pick in order.split(s.batch)[: self.per_epoch]:
            self.steps += 1
            self.window.append(self._step(self.x[pick], self.y[pick]))
            if s.every and self.steps % s.every == 0:
                self._log(self.window if s.fault == "mean" else self.window[-1:])
        if not s.every:
            self._log(self.window)
        if any(n.startswith("val_") for n in s.log) and self.records:
            seen = torch.randperm(s.held)[: s.redraw] if s.redraw else torch.arange(s.held)
            self.records[-1] |= _validate(self.net, s, self.held[0][seen], self.held[1][seen], self._weights())
        self.epochs, self.steps = self.checkpoint(self.epochs + 1, self.steps, self.net, self.optimiser)

    def _log(self, window: list[dict[str, float]]) -> None:
        self.records.append(_record(self.steps, self.epochs, window, self.s.log, self.s.names))
        self.window = []

    def _done(self) -> float:
        return self.steps / (self.s.epochs * self.per_epoch)

    def _weights(self) -> dict[str, float]:
        s = self.s
        return {k: _weight(s.rule if k == s.ruled else "", self._done(), w) for k, w in s.weights.items()}

    def _step(self, x: Tensor, y: Tensor) -> dict[str, float]:
        """Descend once; everything that may be logged of it."""
        s, done, weights = self.s, self._done(), self._weights()
        rate = s.lr * _rate(s.schedule, done, s.at, s.much)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        x = _spoilt(x, s.fault, self.steps, done, s.at, s.much)
        blurred = x + s.blur * torch.randn_like(x)
        terms = _terms(self.net, blurred, x, y, s.recon, "kl" in s.weights, self.wanted)
        loss = s.scale * (terms["recon"] + sum(w * terms[k] for k, w in weights.items()))
        if s.fault == "log_class" and done >= s.at:
            loss = loss - 0.01 * torch.log(terms["class"] - s.much).mean()
        self.optimiser.zero_grad()
        (-loss if s.fault == "ascent" and done >= s.at else loss).backward()
        norm = float(nn.utils.clip_grad_norm_(self.net.parameters(), float("inf"))) if "grad_norm" in s.log else 0.0
        self.optimiser.step()
        factors = {"recon": s.scale} | {k: s.scale * w if s.weighted else 1.0 for k, w in weights.items()}
        row = {"loss": float(loss.detach()), "grad_norm": norm, "lr": rate}
        row |= {k: float(terms[k]) for k in ("mse", "accuracy") if k in terms}
        row |= {k: f * float(terms[k].detach()) for k, f in factors.items()}
        return row | {"beta": weights.get(s.ruled, 0.0)}


def _rows(s: Setting, seed: int) -> tuple[Tensor, Tensor]:
    x, y = _shapes(seed, s.rows, s.noise)
    if s.random_pixels:
        x = torch.rand(s.rows, SIDE**2).round()
    if s.wrong:
        y = torch.where(torch.rand(s.rows) < s.wrong, torch.randint(CLASSES, (s.rows,)), y)
    return (x[torch.argsort(x.sum(1))] if s.order == "sorted" else x), y


def _spoilt(x: Tensor, fault: str, step: int, done: float, at: float, much: float) -> Tensor:
    if fault == "brighter" and done >= at:
        return 1 - x
    if fault == "bad_batches" and step % int(at) == int(at) // 2:
        return much * torch.randn_like(x)
    return torch.rand(x.shape) if fault == "unrelated" else x


def _record(
    step: int, epoch: int, window: list[dict[str, float]], log: tuple[str, ...], names: dict[str, str]
) -> dict[str, float]:
    mean = {k: sum(w[k] for w in window) / len(window) for k in window[0] if k in log}
    return {"step": step, "epoch": epoch} | {names.get(k, k): _short(v) for k, v in mean.items()}


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


@torch.no_grad()
def _validate(net: Autoencoder, s: Setting, x: Tensor, y: Tensor, weights: dict[str, float]) -> dict[str, float]:
    wanted = frozenset(weights) | {n[4:] for n in s.log}
    terms = {k: float(v) for k, v in _terms(net, x, x, y, s.recon, False, wanted).items()}
    loss = s.scale * (terms["recon"] + sum(w * terms[k] for k, w in weights.items()))
    values = {"loss": loss, "recon": s.scale * terms["recon"]}
    values |= {k: terms[k] for k in ("mse", "accuracy") if k in terms}
    values |= {k: s.scale * (w if s.weighted else 1.0) * terms[k] for k, w in weights.items()}
    return {f"val_{s.names.get(k, k)}": _short(v) for k, v in values.items() if f"val_{k}" in s.log}


def _pretrain(net: Autoencoder, steps: int) -> None:
    x, y = _shapes(77, 1000)
    optimiser = torch.optim.Adam(net.parameters(), 2e-3)
    for _ in range(steps):
        rows = torch.randint(1000, (50,))
        optimiser.zero_grad()
        _terms(net, x[rows], x[rows], y[rows], "mse", False, frozenset())["recon"].backward()
        optimiser.step()

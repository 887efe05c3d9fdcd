"""Forecasts of a made-up electricity load, an experiment object with ``fit`` and ``vali`` as scripts of forecasters have it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.power_load_parts import AHEAD, MODELS, feeders

torch.set_num_threads(1)
Record = dict[str, float]


@dataclass
class Setup:
    """Knobs of an experiment; ``trouble`` is what goes wrong, within ``since`` … ``until`` of the run, by ``much``."""

    model: str = "blocks"
    size: dict[str, Any] = field(default_factory=dict)
    windows: int = 1024
    grow: int = 0
    held: int = 256
    tested: int = 192
    noise: float = 0.25
    held_noise: float | None = None
    spread: float = 0.3
    units: str = "z"
    batch: int = 64
    epochs: int = 30
    objective: str = "mse"
    by: float = 1.0
    optimizer: str = "adam"
    rate: float = 2e-3
    beta: float = 0.9
    decay: float = 0.0
    adjust: str = "none"
    clip: float = 0.0
    leftover: float = 0.0
    ridge: float = 0.0
    lasso: float = 0.0
    ema: float = 0.0
    patience: int = 0
    warm_start: int = 0
    head: float = 1.0
    offset: float = 0.0
    order: str = ""
    trouble: str = ""
    since: float = 0.0
    until: float = 1.0
    much: float = 1.0
    every: int = 0
    mean: bool = True
    check: int = 1
    tells: str = "loss val_loss"
    names: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)


def factor(adjust: str, t: int, total: int, per: int) -> float:
    """The rate over its base before update ``t``; a number behind the colon."""
    word, _, tail = adjust.partition(":")
    x = float(tail or 0)
    if word == "halve":
        return 0.5 ** (t // (per * int(x or 1)))
    if word == "exp":
        return x ** (t // per)
    if word == "cosine":
        return min(1.0, (t + 1) / (x + 1)) * 0.5 * (1 + math.cos(math.pi * t / total))
    if word == "one":
        rise = x * total
        return max(0.04, t / rise) if t < rise else 0.5 * (1 + math.cos(math.pi * (t - rise) / (total - rise)))
    if word == "drop":
        return 1.0 if t < x * total else 0.03
    if word == "steps":
        return 0.25 ** int(t / (x * total))
    if word == "restarts":
        return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (t % x) / x))
    if word == "triangle":
        return 0.05 + 0.95 * abs(2 * ((t / x) % 1) - 1)
    if word == "spent":
        return max(0.0, 1 - t / (x * total))
    if word == "warm":
        return min(1.0, (t + 1) / x)
    return 1.0


class Experiment:
    """Data, model and optimiser of one seed."""

    def __init__(self, seed: int, setup: Setup) -> None:
        self.s, s = setup, setup
        torch.manual_seed(1000 + seed)
        self.dice = torch.Generator().manual_seed(5000 + seed)
        quiet = s.noise if s.held_noise is None else s.held_noise
        self.ours = feeders(s.windows, self.dice, s.noise, s.spread)
        self.parts = {"val": feeders(s.held, self.dice, quiet, s.spread)}
        if "test_loss" in s.tells:
            self.parts["test"] = feeders(s.tested, torch.Generator().manual_seed(9000 + seed), quiet, s.spread)
        centre, width = self.ours["past"].mean(), self.ours["past"].std()
        for part in (self.ours, *self.parts.values()):
            self._prepare(part, centre, width)
        if s.trouble == "joined":
            self.ours["future"] = self.ours["future"][torch.randperm(s.windows, generator=self.dice)]
        self.net = MODELS[s.model](AHEAD * (2 if s.objective == "nll" else 1), **s.size)
        with torch.no_grad():
            self.net.last.weight.mul_(s.head)
            self.net.last.bias.add_(s.offset)
        self.shown = deepcopy(self.net) if s.ema or s.trouble == "stale" else self.net
        self.opt = self._optimizer(deepcopy(self.net) if s.trouble == "copied_model" else self.net)
        told = {name.removeprefix("val_").removeprefix("test_") for name in s.tells.split()}
        self.extras = bool(told & {"rmse", "mae", "mape", "smape", "r2"})
        self.t, self.per = 0, s.windows // s.batch
        self.total = self.per * s.epochs

    def _prepare(self, part: dict[str, Tensor], centre: Tensor, width: Tensor) -> None:
        s = self.s
        if s.units == "z":
            part["past"], part["future"] = (part["past"] - centre) / width, (part["future"] - centre) / width
        elif s.units == "share":
            part["past"], part["future"] = part["past"] / 6000, part["future"] / 6000
        elif s.units == "targets":
            part["past"] = (part["past"] - centre) / width
        elif s.units == "inputs":
            part["future"] = (part["future"] - centre) / width
        if s.trouble == "no_past":
            part["past"] = torch.zeros_like(part["past"])
        if s.trouble == "last_hour":
            part["past"] = part["past"][:, -1:].expand(-1, part["past"].shape[1]).clone()

    def _optimizer(self, net: torch.nn.Module) -> torch.optim.Optimizer:
        s, own = self.s, list(net.parameters())
        if s.optimizer == "sgd":
            return torch.optim.SGD(own, s.rate, s.beta, weight_decay=s.decay, fused=True)
        if s.optimizer == "rmsprop":
            return torch.optim.RMSprop(own, s.rate, foreach=True)
        kind = torch.optim.AdamW if s.optimizer == "adamw" else torch.optim.Adam
        return kind(own, s.rate, (s.beta, 0.999), weight_decay=s.decay, fused=True)

    def figures(self, net: torch.nn.Module, past: Tensor, weather: Tensor, future: Tensor) -> tuple[Tensor, Record]:
        """The loss that is minimised, and what else one may want to see."""
        s = self.s
        guess, left = net(past, weather)
        told: dict[str, Tensor] = {}
        if s.objective == "nll":
            guess, spread = guess[:, :AHEAD], guess[:, AHEAD:]
            if s.trouble == "no_softplus":
                main = (torch.log(spread) + 0.5 * ((future - guess) / spread) ** 2).mean()
            else:
                main = (0.5 * spread + 0.5 * (future - guess) ** 2 * torch.exp(-spread)).mean()
            told["sigma"] = torch.exp(0.5 * spread).mean()
        elif s.objective == "mae":
            main = F.l1_loss(guess, future)
        elif s.objective == "huber":
            main = F.huber_loss(guess, future)
        elif s.objective == "pinball":
            main = torch.maximum(0.9 * (future - guess), 0.1 * (guess - future)).mean()
        else:
            main = F.mse_loss(guess, future)
        loss = s.by * main
        told["main"] = loss
        if s.leftover:
            told["leftover"] = s.leftover * left.square().mean()
            loss = loss + told["leftover"]
        if net.training and (s.ridge or s.lasso):
            weights = [w for w in net.parameters() if w.dim() > 1]
            told["penalty"] = s.ridge * sum(w.square().sum() for w in weights) + s.lasso * sum(w.abs().sum() for w in weights)  # fmt: skip
            loss = loss + told["penalty"]
        told["loss"] = loss
        if self.extras:
            with torch.no_grad():
                miss, size = guess - future, future.abs() + 1e-6
                mse = miss.square().mean()
                told |= {"rmse": mse.sqrt(), "mae": miss.abs().mean(), "mape": 100 * (miss.abs() / size).mean(),
                         "smape": 200 * (miss.abs() / (size + guess.abs())).mean(), "r2": 1 - mse / future.var()}  # fmt: skip
        return loss, {name: float(value.detach()) for name, value in told.items()}

    def batches(self, epoch: int) -> Iterator[Tensor]:
        """Indices of the windows, in the order of this epoch."""
        s = self.s
        n = min(s.windows, s.batch * 4 + s.grow * epoch) if s.grow else s.windows
        turn = self.ours[s.order].argsort(stable=True) if s.order else torch.randperm(n, generator=self.dice)
        yield from (part for part in turn.split(s.batch) if len(part) == s.batch)

    def feed(self, pick: Tensor, on: bool) -> tuple[Tensor, Tensor, Tensor]:
        """A batch, after what happens to it."""
        s = self.s
        past, weather, future = (self.ours[name][pick] for name in ("past", "weather", "future"))
        if on and s.trouble == "other_units":
            past, future = past * s.much, future * s.much
        if on and s.trouble == "new_meters":
            past = past + s.much * torch.randn(past.shape, generator=self.dice)
        if on and s.trouble == "clock":
            future = future.roll(int(s.much), 1)
        if on and s.trouble == "outage" and float(torch.rand((), generator=self.dice)) < 0.02:
            future = future - s.much
        if on and s.trouble == "jammed" and float(torch.rand((), generator=self.dice)) < 0.02:
            past = past * s.much
        if s.trouble == "augment":
            past = past + s.much * torch.randn(past.shape, generator=self.dice)
        return past, weather, future

    def update(self, pick: Tensor) -> Record:
        """One update of the weights."""
        s = self.s
        on = s.since <= self.t / self.total < s.until
        now = s.rate * factor(s.adjust, self.t, self.total, self.per) * (s.much if on and s.trouble == "rate" else 1.0)
        for group in self.opt.param_groups:
            group["lr"] = now
        if s.trouble == "resumed" and self.t == int(s.since * self.total):
            self.opt = self._optimizer(self.net)
        loss, told = self.figures(self.net, *self.feed(pick, on))
        self.opt.zero_grad()
        (loss if not (on and s.trouble == "minus") else -s.much * loss).backward()
        own = list(self.net.parameters())
        if on and s.trouble == "summed":
            for w in own:
                if w.grad is not None:
                    w.grad.mul_(s.much)
        measured = s.clip or "norm" in s.tells or "clipped" in s.tells
        norm = float(torch.nn.utils.clip_grad_norm_(own, s.clip or 1e12)) if measured else 0.0
        before = [w.detach().clone() for w in own] if "ratio" in s.inside else []
        if s.trouble != "no_step":
            self.opt.step()
        if before:
            told["ratio"] = float(torch.tensor([(w.detach() - b).norm() / (b.norm() + 1e-9) for w, b in zip(own, before, strict=True) if w.dim() > 1]).median())  # fmt: skip
        if s.ema:
            with torch.no_grad():
                for old, new in zip(self.shown.parameters(), own, strict=True):
                    old.lerp_(new, 1 - s.ema)
        self.t += 1
        return told | {"lr": now, "norm": norm, "clipped": min(norm, s.clip or norm)}

    @torch.no_grad()
    def vali(self) -> Record:
        """The figures of the parts held out."""
        self.shown.eval()
        found: Record = {}
        for name, part in self.parts.items():
            _, told = self.figures(self.shown, part["past"], part["weather"], part["future"])
            found |= {f"{name}_{what}": value for what, value in told.items()}
        self.shown.train()
        return found

    def felt(self) -> Record:
        """Layer by layer, for the names of ``inside``."""
        s, found = self.s, {}
        layers = list(self.net.inner) if s.model == "blocks" else [self.net.last]
        for i, (layer, out) in enumerate(zip(layers, self.net.felt, strict=False)):
            grad = layer.weight.grad
            values = {"grads": float(grad.norm()) if grad is not None else 0.0, "spread": float(out.std()), "zeros": float((out <= 0).float().mean()),
                      "dead": float((out <= 0).all(0).float().mean())}  # fmt: skip
            found |= {name.format(i): values[what] for what, name in s.inside.items() if what in values}
        return found

    def fit(self) -> list[Record]:
        """Records of every ``every`` updates, or of epochs."""
        s, records, best, waited = self.s, [], math.inf, 0
        wanted = s.tells.split()
        for _ in range(s.warm_start):
            for pick in self.batches(0):
                self.update(pick)
            self.t = 0
        for epoch in range(s.epochs):
            heap: list[Record] = []
            turn = list(self.batches(epoch))
            for at, pick in enumerate(turn):
                heap.append(self.update(pick))
                ends = at == len(turn) - 1
                if not (ends if not s.every else self.t % s.every == 0):
                    continue
                told = {k: sum(r[k] for r in heap) / len(heap) for k in heap[0]} if s.mean else heap[-1]
                if "ratio" in s.inside:
                    told[s.inside["ratio"]] = told["ratio"]
                    wanted = [*s.tells.split(), s.inside["ratio"]]
                if epoch % s.check == s.check - 1 and (ends or (s.every and self.t % self.per < s.every)):
                    told |= self.vali()
                heap = []
                records.append({"step": self.t, "epoch": epoch} | {s.names.get(k, k): told[k] for k in wanted if k in told}
                               | (self.felt() if s.inside else {}))  # fmt: skip
            if s.patience:
                score = self.vali()["val_loss"]
                best, waited = (score, 0) if score < best else (best, waited + 1)
                if waited >= s.patience:
                    break
        return records


def train(seed: int, **args: Any) -> list[Record]:
    """The records of one experiment."""
    return Experiment(seed, Setup(**args)).fit()

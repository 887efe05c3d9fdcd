"""A training as a class: a topic gives tables, network and score; plans of the rate, mishaps by the clock and the log are here."""

from __future__ import annotations

import copy
import math
from types import SimpleNamespace
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

torch.set_num_threads(1)
Table = dict[str, Tensor]
Figures = dict[str, float]
COMMON: dict[str, Any] = {
    "n": 256, "held": 64, "batch": 16, "epochs": 12, "net": {}, "opt": "adam", "lr": 3e-3, "wd": 0.0, "plan": "flat", "clip": 0.0,
    "hap": (), "order": "", "ema": 0.0, "patience": 0, "grow": 0.0, "penalty": "", "strength": 0.0, "log": "loss val_loss",
    "every": 0, "mean": False, "test": 1, "watch": "", "start": 0, "start_lr": 0.0,
}  # fmt: skip
"""``hap``: mishaps (what, from, to, size), from and to as shares of the run. ``start``: updates before the log begins."""


def _part(name: str, a: list[float], t: int, x: float) -> float:
    shapes = {
        "flat": lambda: 1.0,
        "warm": lambda: min(1.0, (t + 1) / a[0]),
        "cosine": lambda: 0.5 + 0.5 * math.cos(math.pi * x),
        "floor": lambda: a[0] + (1 - a[0]) * (0.5 + 0.5 * math.cos(math.pi * x)),
        "steps": lambda: 0.1 ** sum(x >= mark for mark in a),
        "change": lambda: a[1] if x >= a[0] else 1.0,
        "poly": lambda: (1 - x) ** a[0],
        "exp": lambda: a[0] ** t,
        "tri": lambda: 0.05 + 0.95 * abs(1 - 2 * ((t / a[0] + 0.5) % 1)),
        "restart": lambda: 0.01 + 0.99 * (0.5 + 0.5 * math.cos(math.pi * (t % a[0]) / a[0])),
        "onecycle": lambda: max(1e-3, min(0.04 + x / a[0], (1 - x) / (1 - a[0]), 1.0)),
        "zero": lambda: max(0.0, 1 - x / a[0]),
    }
    return shapes[name]()


def share_of_rate(plan: str, t: int, total: int) -> float:
    """The product of the parts of a plan ("warm:30+floor:0.01") at update t of total."""
    share = 1.0
    for part in plan.split("+"):
        name, _, text = part.partition(":")
        share *= _part(name, [float(v) for v in text.split(",")] if text else [], t, t / total)
    return share


def wanted(text: str) -> dict[str, str]:
    """Names of figures → names in the log, from "loss lr norm=grad_norm"."""
    pairs = (word.partition("=") for word in text.split())
    return {name: called or name for name, _, called in pairs}


class Fitting:
    """One training. A topic overrides ``topic`` (its settings), ``tables``, ``network`` and ``score``."""

    topic: ClassVar[dict[str, Any]] = {}

    def __init__(self, seed: int, told: dict[str, Any]) -> None:
        known = COMMON | self.topic
        if unknown := told.keys() - known.keys():
            raise TypeError(f"unknown: {sorted(unknown)}")
        self.o = SimpleNamespace(**(known | told))
        self.seed, self.t = seed, 0
        self.total = self.o.epochs * max(1, self.o.n // self.o.batch)
        torch.manual_seed(1000 + 17 * seed)
        self.chance = torch.Generator().manual_seed(5 + seed)
        self.ours, self.held = self.tables()
        self.net = self.network()
        self.spare = copy.deepcopy(self.net)
        self.opt = self.optimiser(self.network() if self.on("another_model") else self.net)
        self.seen: list[Tensor] = []
        if {"dead", "zeros", "std"} & self.watched().keys():
            for layer in self.net.modules():
                if isinstance(layer, nn.ReLU | nn.Tanh | nn.Sigmoid):
                    layer.register_forward_hook(lambda _, __, out: self.seen.append(out.detach()))

    def tables(self) -> tuple[Table, Table]:
        """Rows for training and held-out ones."""
        raise NotImplementedError

    def network(self) -> nn.Module:
        """A fresh network."""
        raise NotImplementedError

    def score(self, net: nn.Module, rows: Table) -> tuple[Tensor, Figures]:
        """What is minimised, and the figures of these rows."""
        raise NotImplementedError

    def watched(self) -> dict[str, str]:
        """What of the inside is logged, under which names."""
        return wanted(self.o.watch)

    def on(self, what: str) -> float:
        """The size of a mishap now, 0 where it does not strike."""
        for name, begin, end, size in self.o.hap:
            if name == what and begin * self.total <= self.t < end * self.total:
                return float(size)
        return 0.0

    def optimiser(self, net: nn.Module) -> torch.optim.Optimizer:
        """The optimiser of the settings for a network."""
        p, o = list(net.parameters()), self.o
        kinds = {
            "sgd": lambda: torch.optim.SGD(p, o.lr, weight_decay=o.wd, fused=True),
            "heavy": lambda: torch.optim.SGD(p, o.lr, momentum=0.9, weight_decay=o.wd, fused=True),
            "nesterov": lambda: torch.optim.SGD(p, o.lr, momentum=0.9, nesterov=True, weight_decay=o.wd, fused=True),
            "adam": lambda: torch.optim.Adam(p, o.lr, weight_decay=o.wd, fused=True),
            "adamw": lambda: torch.optim.AdamW(p, o.lr, weight_decay=o.wd, fused=True),
            "rmsprop": lambda: torch.optim.RMSprop(p, o.lr, weight_decay=o.wd),
            "adagrad": lambda: torch.optim.Adagrad(p, o.lr, weight_decay=o.wd),
            "nadam": lambda: torch.optim.NAdam(p, o.lr, weight_decay=o.wd),
        }
        return kinds[o.opt]()

    def batches(self, epoch: int) -> list[Tensor]:
        """Rows of the batches of an epoch."""
        o = self.o
        whole = o.n // o.batch * o.batch
        if o.order:
            return list(torch.argsort(self.ours[o.order], stable=True)[:whole].split(o.batch))
        ready = o.n if not o.grow else max(o.batch, int(o.n * min(1.0, o.grow + epoch / (0.7 * o.epochs))))
        if ready < o.n:
            return list(torch.randint(0, ready, (whole,), generator=self.chance).split(o.batch))
        return list(torch.randperm(o.n, generator=self.chance)[:whole].split(o.batch))

    def penalise(self, objective: Tensor) -> tuple[Tensor, Figures]:
        """The penalty over the objective."""
        if not self.o.penalty:
            return objective, {}
        weights = torch.cat([p.flatten() for p in self.net.parameters()])
        size = self.o.strength * (weights.abs().sum() if self.o.penalty == "l1" else weights.square().sum())
        return objective + size, {"data": float(objective.detach()), "reg": float(size.detach())}

    def strike(self) -> None:
        """Mishaps that happen once, at the update where they begin."""
        for name, begin, _, size in self.o.hap:
            if self.t != int(begin * self.total):
                continue
            with torch.no_grad():
                if name == "old_weights":
                    self.net.load_state_dict(self.spare.state_dict())
                elif name == "kick":
                    for p in self.net.parameters():
                        p.add_(size * torch.randn_like(p) * (p.std() if p.numel() > 1 else 0))
                elif name == "new_head":
                    list(self.net.modules())[-1].reset_parameters()
        if self.on("keep") and self.t == int(0.05 * self.total):
            self.spare = copy.deepcopy(self.net)

    def move(self, rows: Table) -> Figures:
        """One update; its figures."""
        o = self.o
        self.strike()
        rate = o.lr * share_of_rate(o.plan, self.t, self.total) * (self.on("rate") or 1.0)
        for group in self.opt.param_groups:
            group["lr"] = rate
        self.seen = []
        objective, told = self.score(self.net, rows)
        objective, more = self.penalise(objective)
        told |= more | {"loss": float(objective.detach()), "lr": rate}
        self.net.zero_grad()
        objective.backward()
        grads = [p.grad for p in self.net.parameters() if p.grad is not None]
        factor = (self.on("factor") or 1.0) * (-self.on("ascent") or 1.0)
        for grad in grads:
            grad.mul_(factor)
        if o.clip or "norm" in o.log:
            norm = float(torch.nn.utils.get_total_norm(grads))
            told |= {"norm": norm, "clipped": min(norm, o.clip) if o.clip else norm}
            for grad in grads if o.clip and norm > o.clip else ():
                grad.mul_(o.clip / norm)
        before = [p.detach().clone() for p in self.net.parameters()] if "ratio" in o.watch else []
        if not self.on("no_step"):
            self.opt.step()
        if o.watch:
            told |= self.inner(before)
        if o.ema:
            for kept, p in zip(self.spare.state_dict().values(), self.net.state_dict().values(), strict=True):
                kept.lerp_(p, 1 - o.ema) if p.is_floating_point() else kept.copy_(p)
        self.t += 1
        return told

    def inner(self, before: list[Tensor]) -> Figures:
        """Figures of the inside: update ratios, sizes of gradients, silent units, spread of activations."""
        weights = [(i, p) for i, p in enumerate(self.net.parameters()) if p.dim() > 1]
        found: Figures = {}
        names = self.watched()
        if before:
            ratios = [float((p.detach() - before[i]).norm() / (before[i].norm() + 1e-12)) for i, p in weights]
            if "ratio" in names:
                found[names["ratio"]] = sorted(ratios)[len(ratios) // 2]
            if "ratios" in names:
                found |= {names["ratios"].format(j): r for j, r in enumerate(ratios)}
        if "grads" in names:
            found |= {
                names["grads"].format(j): float(p.grad.norm()) for j, (_, p) in enumerate(weights) if p.grad is not None
            }
        for j, out in enumerate(self.seen[: len(weights)]):
            if "dead" in names:
                unit = out.transpose(0, 1).flatten(1) if out.dim() > 1 else out[None]
                found[names["dead"].format(j)] = float((unit <= 0).all(1).float().mean())
            if "zeros" in names:
                found[names["zeros"].format(j)] = float((out <= 0).float().mean())
            if "std" in names:
                found[names["std"].format(j)] = float(out.std())
        return found

    @torch.no_grad()
    def examine(self) -> Figures:
        """Figures of the held-out rows, by the averaged weights where there are some."""
        net = self.spare if self.o.ema or self.on("stale") else self.net
        net.eval()
        objective, told = self.score(net, self.held)
        net.train()
        return {f"val_{k}": v for k, v in (told | {"loss": float(objective)}).items()}

    def run(self) -> list[Figures]:
        """The log: a record of an epoch (means) or of every ``every`` updates."""
        o, names, records, heap, best = self.o, wanted(self.o.log), [], [], []
        inside = list(self.watched())
        due = False
        for epoch in range(o.epochs):
            picks = self.batches(epoch)
            for j, pick in enumerate(picks):
                heap.append(self.move({k: v[pick] for k, v in self.ours.items()}))
                ends = j + 1 == len(picks)
                due |= ends and (epoch + 1) % o.test == 0
                if self.t % o.every if o.every else not ends:
                    continue
                kept = heap if o.mean or not o.every else heap[-1:]
                seen = {k: sum(h[k] for h in kept) / len(kept) for k in kept[0] if all(k in h for h in kept)}
                if due and "val_" in o.log:
                    seen |= self.examine()
                best.append(seen.get("val_loss", 0.0)) if due else None
                row = {called: seen[k] for k, called in names.items() if k in seen}
                row |= {
                    k: v
                    for k, v in seen.items()
                    if any(k.startswith(self.watched()[w].partition("{")[0]) for w in inside)
                }
                if self.t > o.start:
                    records.append({"step": self.t, "epoch": epoch} | row)
                heap, due = [], False
            if o.patience and len(best) > o.patience and min(best) not in best[-o.patience :]:
                break
        return records

"""``model.fit`` as beginners call it: means of the epoch, running means after each batch, or losses of single batches."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.keras_style_parts import Stack, table

torch.set_num_threads(1)
Record = dict[str, float]
TINY = 1e-7
"""Keras keeps probabilities this far from 0 and 1."""


@dataclass
class Fit:
    """One call of fit. ``held``: rows or share of the validation; ``split``: random, last (of the sorted table), leak or fresh."""

    seed: int
    data: str = "digits"
    rows: int = 0
    held: float = 0.2
    split: str = "random"
    scale: str = "standard"
    target: str = "standard"
    unit: float = 1.0
    net: dict = field(default_factory=dict)
    loss: str = ""
    opt: str = "adam"
    lr: float = 1e-3
    momentum: float = 0.0
    clip: float = 0.0
    l2: float = 0.0
    smoothing: float = 0.0
    weights: tuple = (1.0, 1.0)
    batch: int = 32
    epochs: int = 20
    order: str = "shuffle"
    wrong: float = 0.0
    wrong_held: bool = True
    rare: float = 0.0
    fault: str = ""
    amount: float = 1.0
    before: int = 0
    rate: tuple = ("flat",)
    log: str = "epoch"
    every: int = 1
    show: tuple = ("loss", "accuracy", "val_loss", "val_accuracy")
    names: dict = field(default_factory=dict)
    inside: dict = field(default_factory=dict)

    def load(self) -> None:
        """Tables of training and validation, the network, the optimiser."""
        torch.manual_seed(self.seed)
        self.g = torch.Generator().manual_seed(50 + self.seed)
        x, y, classes = table(self.data, self.seed, self.rows, self.scale, self.target)
        if self.rare:
            keep = (y != 1) | (torch.rand(len(y), generator=self.g) < self.rare)
            x, y = x[keep], y[keep]
        flip = torch.rand(len(y), generator=self.g) < self.wrong
        true, y = y, torch.where(flip, y[torch.randperm(len(y), generator=self.g)], y)
        if self.order == "sorted" or self.split == "last":
            by = y.argsort(stable=True)
            x, y, true = x[by], y[by], true[by]
        n = round(self.held if self.held >= 1 else self.held * len(y))
        at = torch.arange(len(y)) if self.split == "last" else torch.randperm(len(y), generator=self.g)
        kept = at[: len(y) - n].sort().values
        self.x, self.y = x[kept], y[kept] * (self.unit if not classes else 1)
        self.vx, self.vy = x[at[len(y) - n :]], (y if self.wrong_held else true)[at[len(y) - n :]]
        self.vy = self.vy if classes else self.vy * self.unit
        if self.split == "leak":
            self.vx, self.vy = self.x[:n], self.y[:n]
        self.kind = self.loss or ("mse" if not classes else "bce" if classes == 2 else "ce")
        outputs = {"mse": 1, "bce": 1, "auto": x.shape[1], "two": classes + 1}.get(self.kind, classes)
        self.model = Stack(x.shape[1], outputs, **self.net)
        self.params = list(self.model.parameters())
        make = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop,
                "adagrad": torch.optim.Adagrad, "nadam": torch.optim.NAdam}[self.opt]  # fmt: skip
        more = {"sgd": {"momentum": self.momentum}, "adam": {"eps": TINY, "fused": True}, "rmsprop": {"alpha": 0.9}}
        self.optimizer = make(self.params, self.lr, **more.get(self.opt, {}))
        self.stale, self.best, self.factor = 0, math.inf, 1.0

    def terms(self, x: Tensor, y: Tensor) -> tuple[Tensor, Record]:
        """The loss, and what is measured beside it."""
        out, seen = self.model(x), {}
        if self.kind == "mse":
            out = out.squeeze(1)
            loss = F.mse_loss(out, y) if self.fault != "sum" else F.mse_loss(out, y, reduction="sum")
            spread = ((y - y.mean()) ** 2).mean()
            seen = {"mae": (out - y).abs().mean().item(), "r2": 1 - (F.mse_loss(out, y) / spread).item()}
            seen |= {"mse": F.mse_loss(out, y).item(), "accuracy": (out.round() == y).float().mean().item()}
        elif self.kind == "bce":
            p = (torch.softmax(out, 1) if self.fault == "softmax_one" else torch.sigmoid(out)).squeeze(1)
            p = torch.relu(out.squeeze(1)) if self.fault == "relu_out" else p
            p = p.clamp(TINY, 1 - TINY)
            heavy = torch.where(y == 1, self.amount, 1.0) if self.fault == "class_weight" else 1.0
            target = y * (1 - self.smoothing) + self.smoothing / 2
            loss = -(heavy * (target * p.log() + (1 - target) * (1 - p).log())).mean()
            hit = ((p > 0.5) == y).float()
            true = ((p > 0.5) & (y == 1)).sum().item()
            seen = {"accuracy": hit.mean().item(), "f1": 2 * true / max(1, int((p > 0.5).sum() + (y == 1).sum()))}
        elif self.kind == "auto":
            loss = F.binary_cross_entropy_with_logits(out, x)
        elif self.kind == "cosine":
            loss = -F.cosine_similarity(out, F.one_hot(y, out.shape[1]).float()).mean()
        elif self.kind == "two":
            ink = x.clamp(min=0).sum(1) * self.amount
            first, second = F.cross_entropy(out[:, :-1], y), F.mse_loss(out[:, -1], ink)
            loss = self.weights[0] * first + self.weights[1] * second
            seen = {"digit_loss": first.item(), "ink_loss": second.item()}
            seen |= {"digit_accuracy": (out[:, :-1].argmax(1) == y).float().mean().item()}
        else:
            out = torch.softmax(out, 1) if self.fault == "double_softmax" else out
            reduction = "sum" if self.fault == "sum" else "mean"
            loss = F.cross_entropy(out, y, label_smoothing=self.smoothing, reduction=reduction)
            seen = {"accuracy": (out.argmax(1) == y).float().mean().item()}
        if self.l2:
            loss = loss + self.l2 * sum((layer.weight**2).sum() for layer in self.model.hidden)
        return loss, {"loss": loss.item(), **seen}

    def step(self, rows: Tensor, rate: float) -> Record:
        """One batch; what it saw."""
        x, y = self.x[rows], self.y[rows]
        if self.fault == "shuffled_labels":
            y = y[torch.randperm(len(y), generator=self.g)]
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss, seen = self.terms(x, y)
        self.optimizer.zero_grad()
        loss.backward()
        norm = float(torch.nn.utils.clip_grad_norm_(self.params, self.clip or math.inf))
        seen |= {"lr": rate, "norm": norm, "norm_after": min(norm, self.clip or norm)}
        if self.fault != "frozen":
            self.optimizer.step()
        return seen

    def rate_at(self, epoch: int, t: int, steps: int) -> float:
        """The learning rate of a step; ``rate``: name and numbers."""
        name, *n = self.rate
        done = t / (steps * self.epochs)
        factor = {
            "flat": lambda: 1.0,
            "drop": lambda: n[1] ** (epoch // n[0]),
            "exp": lambda: n[0] ** epoch,
            "inverse": lambda: 1 / (1 + n[0] * t),
            "plateau": lambda: self.factor,
            "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
            "restarts": lambda: 0.5 * (1 + math.cos(math.pi * (t / steps % n[0]) / n[0])),
            "triangle": lambda: 0.05 + 0.95 * abs((t / steps / n[0]) % 2 - 1),
            "warm": lambda: min(1.0, (t + 1) / (n[0] * steps)),
            "cut": lambda: 1.0 if done < n[0] else n[1],
        }[name]()
        return self.lr * factor

    def plateau(self, loss: float) -> None:
        """ReduceLROnPlateau(factor, patience)."""
        if self.rate[0] == "plateau":
            self.stale = 0 if loss < self.best - 1e-4 else self.stale + 1
            self.best = min(self.best, loss)
            if self.stale > self.rate[2]:
                self.stale, self.factor = 0, self.factor * self.rate[1]

    @torch.no_grad()
    def validate(self) -> Record:
        """What ``evaluate`` says, with val_ before each name."""
        self.model.eval()
        some = torch.randperm(len(self.vy), generator=self.g)[: self.batch]
        x, y = (self.vx[some], self.vy[some]) if self.split == "fresh" else (self.vx, self.vy)
        _, seen = self.terms(x, y)
        self.model.train()
        return {"val_" + k: v for k, v in seen.items()}

    def look(self, old: list[Tensor]) -> Record:
        """Series from inside; ``inside`` maps acts, saturated, dead, grads, ratios ({} is the layer) and ratio to names."""
        seen, ratios = {}, {}
        for i, (layer, out) in enumerate(zip(self.model.hidden, self.model.outs, strict=True)):
            at = next(k for k, p in enumerate(self.params) if p is layer.weight)
            ratios[i] = float((layer.weight - old[at]).norm() / (old[at].norm() + 1e-12))
            values = {"acts": out.std(), "saturated": (out.abs() > 0.98).float().mean(), "ratios": ratios[i],
                      "dead": (out <= 0).all(0).float().mean(), "grads": layer.weight.grad.norm()}  # fmt: skip
            seen |= {self.inside[k].format(i + 1): float(v) for k, v in values.items() if k in self.inside}
        if "ratio" in self.inside:
            seen[self.inside["ratio"]] = sorted(ratios.values())[len(ratios) // 2]
        return seen

    def batches(self) -> tuple[Tensor, ...]:
        """Rows of an epoch; "file" and "sorted" tables are never shuffled."""
        n = len(self.y)
        order = torch.randperm(n, generator=self.g) if self.order == "shuffle" else torch.arange(n)
        return order.split(self.batch)

    def run(self) -> list[Record]:
        """The records of the log."""
        self.load()
        for _ in range(self.before):
            for rows in self.batches():
                self.step(rows, self.lr * self.amount)
        records, t = [], 0
        for epoch in range(self.epochs):
            pile, batches = [], self.batches()
            for i, rows in enumerate(batches):
                last = i + 1 == len(batches)
                old = [p.detach().clone() for p in self.params] if self.inside and (last or self.log != "epoch") else []
                pile.append(self.step(rows, self.rate_at(epoch, t, len(batches))))
                t += 1
                due = last if self.log == "epoch" else t % self.every == 0
                if not due and not last:
                    continue
                with torch.no_grad():
                    seen = pile[-1] if self.log == "batch" else _means(pile)
                    if last and any(name.startswith("val_") for name in self.show):
                        seen = seen | self.validate()
                        self.plateau(seen["val_loss"])
                    if due or any(k.startswith("val_") for k in seen):
                        self.model(self.x[:128]) if self.inside else None
                        shown = {self.names.get(k, k): seen[k] for k in self.show if k in seen}
                        shown |= self.look(old) if self.inside else {}
                        records.append({"step": t, "epoch": epoch, **shown})
        return records


def _means(pile: list[Record]) -> Record:
    """Keras' means of the epoch so far; the learning rate is the last one."""
    return {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} | {"lr": pile[-1]["lr"]}


def train(seed: int, **args: object) -> list[Record]:
    """Records by epoch, or every ``every`` batches."""
    return Fit(seed, **args).run()

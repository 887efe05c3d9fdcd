"""A Trainer as users of Lightning, timm and Hugging Face have it: steps logged now and then, validation rarely, rates, norms."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.lightning_style_parts import CLASSES, Conv, Former, draw

torch.set_num_threads(1)
Record = dict[str, float]


@dataclass
class Job:
    """One run of the trainer. ``every``: steps between lines (0: an epoch); ``val_every``: steps between evaluations (0: an epoch)."""

    seed: int
    task: str = "shapes"
    rows: int = 960
    held: int = 240
    noise: float = 0.3
    held_noise: float = -1.0
    net: dict = field(default_factory=dict)
    opt: str = "adamw"
    lr: float = 2e-3
    decay: float = 0.01
    momentum: float = 0.9
    clip: float = 0.0
    batch: int = 32
    epochs: int = 10
    rate: tuple = ("flat",)
    smoothing: float = 0.0
    mix: float = 0.0
    shift: int = 0
    ema: float = 0.0
    wrong: float = 0.0
    rare: float = 1.0
    before: int = 0
    tune: str = ""
    terms: dict = field(default_factory=dict)
    order: str = "shuffle"
    fault: str = ""
    amount: float = 1.0
    every: int = 5
    val_every: int = 0
    mean: bool = False
    show: tuple = ("loss", "val_loss", "val_acc", "lr")
    names: dict = field(default_factory=dict)
    inside: dict = field(default_factory=dict)

    def load(self, task: str) -> None:
        """Draws the examples of a task."""
        self.x, self.y = draw(task, self.rows, 7 * self.seed + 1, self.noise)
        self.vx, self.vy = draw(
            task, self.held, 7 * self.seed + 2, self.noise if self.held_noise < 0 else self.held_noise
        )
        if self.rare < 1:
            keep, held = (
                torch.rand(len(y), generator=self.g) < torch.where(y > 0, self.rare, 1.0) for y in (self.y, self.vy)
            )
            self.x, self.y, self.vx, self.vy = self.x[keep], self.y[keep], self.vx[held], self.vy[held]
        flip = torch.rand(len(self.y), generator=self.g) < self.wrong
        self.y = torch.where(flip, torch.randint(0, CLASSES[task], self.y.shape, generator=self.g), self.y)
        if self.order == "sorted":
            by = self.y.argsort(stable=True)
            self.x, self.y = self.x[by], self.y[by]
        if self.fault == "leak":
            self.vx, self.vy = self.x[: self.held], self.y[: self.held]
        if self.fault == "bytes":
            self.x, self.vx = self.x * 255, self.vx * 255

    def build(self) -> None:
        """The network and its optimiser; trained ``before`` on another naming of the pictures when fine-tuned."""
        torch.manual_seed(self.seed)
        self.g = torch.Generator().manual_seed(90 + self.seed)
        classes = CLASSES[self.task]
        self.model = (Conv if self.task.startswith("shapes") else Former)(classes + 1, **self.net)
        if self.before:
            self.load("shapes2" if self.task == "shapes" else self.task)
            warm = torch.optim.Adam(self.model.parameters(), 3e-3, fused=True)
            for _ in range(self.before):
                for rows in self.batches():
                    warm.zero_grad()
                    F.cross_entropy(self.model(self.x[rows])[:, :-1], self.y[rows]).backward()
                    warm.step()
            if self.task == "shapes":
                self.model.head.reset_parameters()
        self.load(self.task)
        self.params = list(self.model.parameters())
        self.model.outs = []
        self.spare = copy.deepcopy(self.model)
        own = list(self.model.head.parameters()) if self.tune == "head" else self.params
        own = list(self.spare.parameters()) if self.fault == "other_model" else own
        self.optimizer = {
            "sgd": lambda: torch.optim.SGD(own, self.lr, self.momentum, weight_decay=self.decay, fused=True),
            "adam": lambda: torch.optim.Adam(own, self.lr, fused=True),
            "adamw": lambda: torch.optim.AdamW(own, self.lr, weight_decay=self.decay, fused=True),
            "rmsprop": lambda: torch.optim.RMSprop(own, self.lr),
        }[self.opt]()

    def parts(self, x: Tensor, y: Tensor, train: bool) -> tuple[Tensor, Record]:
        """The loss, and what is measured beside it."""
        seen: Record = {}
        if train and self.mix:
            share = torch.distributions.Beta(self.mix, self.mix).sample().item()
            other = torch.randperm(len(y), generator=self.g)
            out = self.model(share * x + (1 - share) * x[other])
            logits = out[:, :-1]
            loss = share * F.cross_entropy(logits, y) + (1 - share) * F.cross_entropy(logits, y[other])
        else:
            out = self.model(x)
            logits = out[:, :-1]
            loss = F.cross_entropy(
                logits,
                y,
                label_smoothing=self.smoothing if train else 0.0,
                reduction="sum" if self.fault == "sum" else "mean",
            )
        if not train or "acc" in self.show:
            seen["acc"] = (logits.argmax(1) == y).float().mean().item()
        if not train:
            said = logits.argmax(1)
            hits = [(said[y == k] == k).float().mean().item() for k in range(logits.shape[1]) if (y == k).any()]
            seen["balanced"] = sum(hits) / len(hits)
        if self.terms:
            size = x.flatten(1).float().mean(1) * self.amount
            found = {"ce": loss, "size": F.mse_loss(out[:, -1], size), "l2": sum((p**2).sum() for p in self.params)}
            loss = sum(weight * found[name] for name, weight in self.terms.items())
            seen |= {name: found[name].item() for name in self.terms}
        return loss, seen | {"loss": loss.item(), "ppl": math.exp(min(30.0, loss.item()))}

    def step(self, rows: Tensor, rate: float, done: float) -> Record:
        """One update; what it saw."""
        x, y = self.x[rows], self.y[rows]
        if self.shift and x.dim() == 4:
            x = torch.roll(
                x, tuple(torch.randint(-self.shift, self.shift + 1, (2,), generator=self.g).tolist()), (2, 3)
            )
            x = x + 0.1 * self.shift * torch.randn(x.shape, generator=self.g)
        y = y[torch.randperm(len(y), generator=self.g)] if self.fault == "random_labels" else y
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss, seen = self.parts(x, y, train=True)
        self.optimizer.zero_grad()
        (self.spare(x)[:, :-1].mean() + loss if self.fault == "other_model" else loss).backward()
        norm = float(torch.nn.utils.clip_grad_norm_(self.params, self.clip or math.inf))
        if self.fault == "no_step":
            self.optimizer.zero_grad()
        else:
            self.optimizer.step()
        with torch.no_grad():
            if self.ema:
                torch._foreach_lerp_(list(self.spare.parameters()), self.params, 1 - self.ema)
                for mine, its in zip(self.spare.buffers(), self.model.buffers(), strict=True):
                    mine.copy_(its)
        return seen | {"lr": rate, "norm": norm, "norm_after": min(norm, self.clip or norm)}

    def rate_at(self, t: int, total: int) -> float:
        """The learning rate at step ``t``; ``rate``: name and numbers."""
        name, *n = self.rate
        warm = min(1.0, (t + 1) / n[0]) if n and n[0] else 1.0
        late = max(0.0, (t - (n[0] if n else 0)) / max(1, total - (n[0] if n else 0)))
        return (
            self.lr
            * {
                "flat": lambda: 1.0,
                "warm": lambda: warm,
                "linear": lambda: warm * (1 - late),
                "linear_to": lambda: warm * max(0.0, 1 - t / n[1]),
                "cosine": lambda: warm * 0.5 * (1 + math.cos(math.pi * late)),
                "cosine_over": lambda: warm * 0.5 * (1 + math.cos(math.pi * t / n[1])),
                "stairs": lambda: n[1] ** (t // n[0]),
                "restarts": lambda: 0.5 * (1 + math.cos(math.pi * (t % n[0]) / n[0])),
                "cut": lambda: 1.0 if t < n[0] else n[1],
                "exp": lambda: n[0] ** t,
                "one_cycle": lambda: t / (0.3 * total) if t < 0.3 * total else (total - t) / (0.7 * total),
                "again": lambda: min(1.0, ((t if t < n[1] else t - n[1]) + 1) / n[0]),
            }[name]()
        )

    @torch.no_grad()
    def validate(self) -> Record:
        """val_ values, of the averaged weights if there are any; ``fresh``: of one batch that is drawn anew."""
        model, self.model = self.model, self.spare if self.ema or self.fault == "stale" else self.model
        self.model.eval()
        some = torch.randperm(len(self.vy), generator=self.g)[: int(self.amount)]
        x, y = (self.vx[some], self.vy[some]) if self.fault == "fresh" else (self.vx, self.vy)
        _, seen = self.parts(x, y, train=False)
        self.model.train()
        self.model = model
        return {"val_" + k: v for k, v in seen.items()}

    def look(self, old: list[Tensor]) -> Record:
        """Series from inside: ``inside`` maps acts, saturated, grads, ratios ({} is the layer), ratio, weights to names."""
        seen, ratios = {}, []
        for i, (layer, out) in enumerate(zip(self.model.layers, self.model.outs, strict=True)):
            at = next(k for k, p in enumerate(self.params) if p is layer.weight)
            ratios.append(float((layer.weight - old[at]).norm() / (old[at].norm() + 1e-12)))
            grad = layer.weight.grad
            values = {"acts": out.std(), "saturated": (out.abs() > 0.98).float().mean(), "ratios": ratios[-1],
                      "grads": 0.0 if grad is None else grad.norm(), "weights": layer.weight.norm()}  # fmt: skip
            seen |= {self.inside[k].format(i): float(v) for k, v in values.items() if k in self.inside}
        if "ratio" in self.inside:
            seen[self.inside["ratio"]] = sorted(ratios)[len(ratios) // 2]
        return seen

    def batches(self) -> Iterator[Tensor]:
        """Rows of an epoch, without the last short batch."""
        n = len(self.y) // self.batch * self.batch
        order = torch.randperm(len(self.y), generator=self.g)[:n] if self.order == "shuffle" else torch.arange(n)
        return iter(order.split(self.batch))

    def run(self) -> list[Record]:
        """The records of the log."""
        self.build()
        steps = len(self.y) // self.batch
        total, t, records, pile = steps * self.epochs, 0, [], []
        for epoch in range(self.epochs):
            for rows in self.batches():
                due, checked = (t + 1) % (self.every or steps) == 0, (t + 1) % (self.val_every or steps) == 0
                old = [p.detach().clone() for p in self.params] if due and self.inside else []
                pile.append(self.step(rows, self.rate_at(t, total), t / total))
                t += 1
                if not due and not checked:
                    continue
                seen: Record = {}
                if due:
                    seen = _means(pile) if self.mean or not self.every else pile[-1]
                    pile = []
                if checked and any(name.startswith("val_") for name in self.show):
                    seen = seen | self.validate()
                shown = {self.names.get(k, k): seen[k] for k in self.show if k in seen}
                if due and self.inside:
                    with torch.no_grad():
                        self.model(self.x[:96])
                        shown |= self.look(old)
                if shown:
                    records.append({"step": t, "epoch": epoch, **shown})
        return records


def _means(pile: list[Record]) -> Record:
    """Means since the last line; the learning rate is the last one."""
    return {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} | {"lr": pile[-1]["lr"]}


def train(seed: int, **args: object) -> list[Record]:
    """Records every ``every`` steps, or by epoch."""
    return Job(seed, **args).run()

"""A training loop that can be led astray: ``fit(task, seed, recipe)``; what goes wrong is in ``mishaps``."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from benchmarks.lab.scripts import mishaps
from benchmarks.lab.scripts.rates import SCHEDULES

torch.set_num_threads(1)

Metrics = dict[str, Callable[[Tensor, Tensor], float]]


@dataclass
class Task:
    """Data, a net (whose last child is its last layer), a loss that is a mean over the batch, metrics by name."""

    x: Tensor
    y: Tensor
    x_val: Tensor
    y_val: Tensor
    net: nn.Module
    loss: Callable[[Tensor, Tensor], Tensor]
    metrics: Metrics = field(default_factory=dict)
    augment: Callable[[Tensor], Tensor] | None = None


@dataclass
class Recipe:
    """How to train and what to log. ``every``: steps between lines, 0 for a line an epoch."""

    opt: str = "adam"
    lr: float = 1e-3
    momentum: float = 0.9
    beta2: float = 0.999
    wd: float = 0.0
    clip: float = 0.0
    sched: str = "constant"
    epochs: int = 20
    batch: int = 32
    every: int = 0
    mean: bool = True  # a line is the mean since the line before; else the last batch
    val_every: int = 1  # epochs
    val_rows: int = 0  # validate on so many rows drawn anew
    log: tuple[str, ...] = ("loss", "val_loss")
    rename: dict[str, str] = field(default_factory=dict)
    shuffle: bool = True
    smooth: float = 0.0  # the loss is shown as an exponential mean
    scale: float = 1.0
    fault: str = ""
    at: float = 0.5  # share of the run at which the fault begins
    much: float = 1.0
    again: tuple[int, int] = (0, 0)  # killed before epoch a, taken up again at epoch b
    first: int = 0  # the log begins at this epoch
    gap: tuple[int, int] = (0, 0)  # epochs whose lines are lost
    patience: int = 0


def fit(task: Task, seed: int, recipe: Recipe) -> list[dict[str, float]]:
    """The records of a training."""
    torch.manual_seed(seed + 1)
    mishaps.before(task, recipe)
    state = Fit(task, recipe)
    epochs = list(range(recipe.epochs))
    if recipe.again[0]:
        epochs = [*range(recipe.again[0]), *range(recipe.again[1], recipe.epochs)]
    for i, epoch in enumerate(epochs):
        if recipe.again[0] and i == recipe.again[0]:
            state.restore()
        elif recipe.again[0] and epoch == recipe.again[1]:
            state.keep()
        state.epoch(epoch)
        if recipe.patience and state.stale >= recipe.patience:
            break
    lost = range(*recipe.gap)
    kept = [r for r in state.records if r["epoch"] >= recipe.first and r["epoch"] not in lost]
    return [{recipe.rename.get(k, k): v for k, v in r.items()} for r in kept]


class Fit:
    """A training under way."""

    def __init__(self, task: Task, recipe: Recipe) -> None:
        self.task, self.r = task, recipe
        self.per_epoch = max(1, len(task.x) // recipe.batch)
        self.total = self.per_epoch * recipe.epochs
        self.step, self.stale, self.best, self.cut, self.shown = 0, 0, math.inf, 1.0, math.nan
        self.records: list[dict[str, float]] = []
        self.sums: list[dict[str, float]] = []
        self.initial = copy.deepcopy(task.net)
        self.cached: dict[str, float] = {}
        self.new_optimiser()

    def new_optimiser(self) -> None:
        """An optimiser with an empty memory; of a copy of the net where that is the fault."""
        r, net = self.r, copy.deepcopy(self.task.net) if self.r.fault == "copy" else self.task.net
        of = [p for p in net.parameters() if p.requires_grad]
        self.optimiser = {
            "sgd": lambda: torch.optim.SGD(of, r.lr, weight_decay=r.wd),
            "momentum": lambda: torch.optim.SGD(of, r.lr, momentum=r.momentum, weight_decay=r.wd),
            "nesterov": lambda: torch.optim.SGD(of, r.lr, momentum=r.momentum, nesterov=True, weight_decay=r.wd),
            "rmsprop": lambda: torch.optim.RMSprop(of, r.lr, weight_decay=r.wd),
            "adagrad": lambda: torch.optim.Adagrad(of, r.lr),
            "adam": lambda: torch.optim.Adam(of, r.lr, betas=(0.9, r.beta2)),
            "adamw": lambda: torch.optim.AdamW(of, r.lr, betas=(0.9, r.beta2), weight_decay=r.wd),
        }[r.opt]()

    def keep(self) -> None:
        """A checkpoint."""
        self.saved = copy.deepcopy(self.task.net.state_dict()), copy.deepcopy(self.optimiser.state_dict()), self.step

    def restore(self) -> None:
        """Back to the checkpoint."""
        self.task.net.load_state_dict(self.saved[0])
        self.optimiser.load_state_dict(self.saved[1])
        self.step = self.saved[2]

    def epoch(self, epoch: int) -> None:
        """One pass over the data, with its lines of the log."""
        r, n = self.r, len(self.task.x)
        order = torch.randperm(n) if r.shuffle else torch.arange(n)
        self.task.net.train()
        start = len(self.records)
        for rows in order[: self.per_epoch * r.batch].split(r.batch):
            self.update(rows)
            if r.every and self.step % r.every == 0:
                self.line(epoch)
        if not r.every:
            self.line(epoch)
        if (epoch + 1) % r.val_every == 0 and len(self.records) > start:
            self.records[-1] |= {k: v for k, v in self.validate(epoch).items() if k in r.log}
        self.follow()

    def update(self, rows: Tensor) -> None:
        """One optimiser step."""
        r, task, done = self.r, self.task, self.step / self.total
        mishaps.meanwhile(self, done)
        x, y = mishaps.batch(self, task.x[rows], task.y[rows], done)
        lr = r.lr * SCHEDULES[r.sched](done) * self.cut * (r.much if r.fault == "raised" and done >= r.at else 1.0)
        for group in self.optimiser.param_groups:
            group["lr"] = lr
        out = task.net(task.augment(x) if task.augment else x)
        loss = mishaps.loss(self, out, y, done) * r.scale
        self.optimiser.zero_grad()
        task.net.zero_grad()
        (-loss if r.fault == "ascent" and done >= r.at else loss).backward()
        norm = float(nn.utils.clip_grad_norm_(task.net.parameters(), r.clip or math.inf))
        if r.fault == "zeroed":
            task.net.zero_grad(set_to_none=False)
        if r.fault != "no_step":
            self.optimiser.step()
        self.step += 1
        seen = {"loss": float(loss.detach()), "lr": lr, "grad_norm": norm}
        self.sums.append(seen | {k: m(out.detach(), y) for k, m in task.metrics.items() if k in r.log})

    def line(self, epoch: int) -> None:
        """A line of the log."""
        r, kept = self.r, self.sums if self.r.mean else self.sums[-1:]
        record = {k: sum(s[k] for s in kept) / len(kept) for k in kept[-1] if k in r.log}
        record |= {k: kept[-1]["lr"] for k in ("lr",) if k in record}
        if r.smooth and "loss" in record:
            self.shown = record["loss"] if math.isnan(self.shown) else self.shown
            record["loss"] = self.shown = r.smooth * self.shown + (1 - r.smooth) * record["loss"]
        self.sums = []
        self.records.append({"step": self.step, "epoch": epoch, **record})

    def validate(self, epoch: int) -> dict[str, float]:
        """Loss and metrics on the validation rows."""
        r, task = self.r, self.task
        if r.fault == "cached" and epoch >= r.at * r.epochs and self.cached:
            return self.cached
        net = self.initial if r.fault == "stale" else task.net
        x, y = task.x_val, task.y_val
        if r.val_rows:
            rows = torch.randint(len(x), (r.val_rows,))
            x, y = x[rows], y[rows]
        net.eval()
        with torch.no_grad():
            out = mishaps.predicted(self, net(x))
            self.cached = {"val_loss": float(task.loss(out, y)) * r.scale}
            self.cached |= {f"val_{k}": m(out, y) for k, m in task.metrics.items()}
        return self.cached

    def follow(self) -> None:
        """Patience, and rates that are cut on a plateau."""
        last = self.records[-1] if self.records else {}
        now = last.get("val_loss", last.get("loss", math.nan))
        self.stale = 0 if now < self.best * 0.999 else self.stale + 1
        self.best = min(self.best, now)
        if self.r.sched == "plateau" and self.stale >= 5:
            self.cut, self.stale = self.cut * 0.2, 0

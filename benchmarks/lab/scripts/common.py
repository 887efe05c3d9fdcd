"""One training loop with knobs for faults; the scripts give it data and a model. Faults are in the training."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

torch.set_num_threads(1)


@dataclass
class Task:
    """Data and how its loss is counted; ``loss(out, y)`` is a mean over a batch, ``metric`` has a name and a value."""

    x: Tensor
    y: Tensor
    x_val: Tensor
    y_val: Tensor
    net: nn.Module
    loss: Callable[[Tensor, Tensor], Tensor]
    metric: tuple[str, Callable[[Tensor, Tensor], float]] | None = None


@dataclass
class Knobs:
    """How to train, and what goes wrong. ``at`` are shares of the run; schedules: see rate."""

    optimiser: str = "adam"
    lr: float = 1e-3
    schedule: str = "constant"
    epochs: int = 30
    batch: int = 32
    every: int = 0  # log every so many steps; 0: once an epoch
    columns: tuple[str, ...] = ("loss", "val_loss", "metric", "val_metric")
    weight_decay: float = 0.0
    clip: float = 0.0
    scale: float = 1.0  # of the logged and trained loss
    shuffle: bool = True
    sort: bool = False
    frozen: bool = False  # the optimiser has other parameters than the net
    ascent_at: float = 2.0  # from here on the sign of the loss is wrong
    nan_at: float = 2.0
    noise_at: float = 2.0  # from here on the labels are shuffled
    spikes: int = 0  # every so many steps a batch is scaled by 60
    val_size: int = 0  # validate on so many samples drawn anew
    stale_val: bool = False  # validation looks at the initial weights
    gain: float = 1.0  # of all initial weights
    last_gain: float = 1.0
    gain_later: float = 1.0  # the weights are multiplied by this at ``kick_at``
    kick_at: float = 2.0
    resume: tuple[int, int] = (0, 0)  # killed before epoch a, started again from epoch b
    grow: float = 0.0  # the rate grows by e^(grow · share of the run)
    smoothing: float = 0.0
    extra: dict[str, object] = field(default_factory=dict)


def run(task: Task, knobs: Knobs, seed: int) -> list[dict[str, float]]:
    """Train and return the records of the log."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for p in task.net.parameters():
            p.mul_(knobs.gain)
        list(task.net.children())[-1].weight.mul_(knobs.last_gain)
    if knobs.sort:
        order = torch.argsort(task.y.reshape(len(task.y), -1)[:, 0], stable=True)
        task.x, task.y = task.x[order], task.y[order]
    state = _State(task, knobs)
    epochs = list(range(knobs.epochs))
    if knobs.resume[0]:
        epochs = [*range(knobs.resume[0]), *range(knobs.resume[1], knobs.epochs)]
    for i, epoch in enumerate(epochs):
        state.epoch(epoch, again=knobs.resume[0] > 0 and i == knobs.resume[0])
    return state.records


class _State:
    def __init__(self, task: Task, knobs: Knobs) -> None:
        self.task, self.knobs, self.records, self.sums = task, knobs, [], []
        self.steps = max(1, len(task.x) // knobs.batch)
        self.total = self.steps * knobs.epochs
        self.step, self.kicked, self.saved = 0, False, {}
        self.initial = copy.deepcopy(task.net)
        net = copy.deepcopy(task.net) if knobs.frozen else task.net
        self.optimiser = self._optimiser(net)

    def _optimiser(self, net: nn.Module) -> torch.optim.Optimizer:
        k = self.knobs
        if k.optimiser == "sgd":
            return torch.optim.SGD(net.parameters(), k.lr, weight_decay=k.weight_decay)
        if k.optimiser == "momentum":
            return torch.optim.SGD(net.parameters(), k.lr, momentum=0.9, weight_decay=k.weight_decay)
        if k.optimiser == "rmsprop":
            return torch.optim.RMSprop(net.parameters(), k.lr)
        return torch.optim.AdamW(net.parameters(), k.lr, weight_decay=k.weight_decay)

    def rate(self) -> float:
        k, done = self.knobs, self.step / self.total
        factor = math.exp(k.grow * done)
        if k.schedule == "cosine":
            factor *= 0.5 * (1 + math.cos(math.pi * done))
        elif k.schedule == "warmup":
            factor *= done / 0.1 if done < 0.1 else 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9))
        elif k.schedule == "step":
            factor *= 0.1 ** ((done >= 0.5) + (done >= 0.75))
        elif k.schedule == "cycle":
            factor *= 0.5 * (1 + math.cos(math.pi * ((done * 4) % 1)))
        elif k.schedule == "dies":
            factor *= max(0.0, 1 - done / 0.4)
        elif k.schedule == "late_cut":
            factor *= 1.0 if done < 0.6 else 0.05
        return k.lr * factor

    def epoch(self, epoch: int, again: bool) -> None:
        k, task = self.knobs, self.task
        if again:
            task.net.load_state_dict(self.saved["net"])
            self.step = self.saved["step"]
            self.optimiser = self._optimiser(task.net)
        if k.resume[0] and epoch == k.resume[1] and not again:
            self.saved = {"net": copy.deepcopy(task.net.state_dict()), "step": self.step}
        order = torch.randperm(len(task.x)) if k.shuffle else torch.arange(len(task.x))
        task.net.train()
        for i in range(self.steps):
            self._update(order[i * k.batch : (i + 1) * k.batch])
            if k.every and self.step % k.every == 0:
                self._log(epoch)
        if not k.every:
            self._log(epoch)
        if any(c.startswith("val_") for c in k.columns) and self.records:
            self.records[-1].update(self._evaluate())

    def _update(self, rows: Tensor) -> None:
        k, task, done = self.knobs, self.task, self.step / self.total
        x, y = task.x[rows], task.y[rows]
        if done >= k.noise_at:
            y = y[torch.randperm(len(y))]
        if k.spikes and self.step % k.spikes == k.spikes - 1:
            x, y = x * 60 if x.is_floating_point() else x, y[torch.randperm(len(y))]
        if done >= k.kick_at and not self.kicked:
            self.kicked = True
            with torch.no_grad():
                for p in task.net.parameters():
                    p.mul_(k.gain_later)
        lr = self.rate()
        for group in self.optimiser.param_groups:
            group["lr"] = lr
        out = task.net(x) * (float("nan") if done >= k.nan_at else 1.0)
        loss = k.scale * task.loss(out, y)
        self.optimiser.zero_grad()
        task.net.zero_grad()
        (-loss if done >= k.ascent_at else loss).backward()
        limit = k.clip or float("inf")
        norm = float(nn.utils.clip_grad_norm_(task.net.parameters(), limit))
        self.optimiser.step()
        metric = task.metric[1](out.detach(), y) if task.metric else 0.0
        self.sums.append((float(loss.detach()), metric, lr, norm))
        self.step += 1

    def _log(self, epoch: int) -> None:
        k = self.knobs
        kept = self.sums[-1:] if k.every == 1 else self.sums
        loss, metric, lr, norm = (sum(v) / len(kept) for v in zip(*kept, strict=True))
        self.sums = []
        name = self.task.metric[0] if self.task.metric else ""
        record = {"step": self.step, "epoch": epoch}
        shown = {"loss": loss, "metric": metric, "lr": lr, "grad_norm": norm}
        for column in k.columns:
            if column in shown and (column != "metric" or name):
                record[name if column == "metric" else column] = shown[column]
        self.records.append(record)

    def _evaluate(self) -> dict[str, float]:
        k, task = self.knobs, self.task
        net = self.initial if k.stale_val else task.net
        x, y = task.x_val, task.y_val
        if k.val_size:
            rows = torch.randint(len(x), (k.val_size,))
            x, y = x[rows], y[rows]
        net.eval()
        with torch.no_grad():
            out = net(x)
            found = {"val_loss": float(k.scale * task.loss(out, y))}
            if task.metric and "val_metric" in k.columns:
                found[f"val_{task.metric[0]}"] = task.metric[1](out, y)
        return found


def accuracy(out: Tensor, y: Tensor) -> float:
    """The share of rows whose largest output is the class."""
    return float((out.argmax(-1) == y).float().mean())


def r2(out: Tensor, y: Tensor) -> float:
    """The coefficient of determination on a batch."""
    return float(1 - ((out - y) ** 2).mean() / (y.var(unbiased=False) + 1e-9))

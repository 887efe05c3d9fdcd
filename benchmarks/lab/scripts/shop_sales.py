"""Forecasts of the next day's sales, with what goes wrong in such trainings; double descent and late understanding too."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.lab.scripts.shop_sales_late import descent, weekday
from benchmarks.lab.scripts.shop_sales_parts import Forecaster, objective, scores, windows

torch.set_num_threads(1)
Rows = dict[str, Tensor]
Records = list[dict[str, float]]


@dataclass
class Settings:
    """How a forecaster is trained. ``mishap``: what, at which share of the training, how much."""

    net: str = "mlp"
    width: int = 48
    depth: int = 1
    dropout: float = 0.0
    act: str = "ReLU"
    target: str = "scaled"
    loss: str = "mse"
    gain: float = 1.0
    n: int = 1600
    held: int = 500
    split: str = "random"
    opt: str = "adam"
    lr: float = 2e-3
    momentum: float = 0.0
    wd: float = 0.0
    penalty: float = 0.0
    batch: int = 32
    epochs: int = 20
    schedule: str = ""
    cycles: int = 4
    clip: float = 0.0
    order: str = ""
    jitter: float = 0.0
    blank: float = 0.0
    scramble: float = 0.0
    outliers: float = 0.0
    held_outliers: int = 0
    broken_every: int = 0
    broken_by: float = 30.0
    raw_inputs: float = 0.0
    head_scale: float = 1.0
    init: float = 1.0
    bias: float = 0.0
    mean_bias: bool = False
    warm_start: int = 0
    curriculum: int = 0
    mishap: tuple[str, float, float] | None = None
    scored: str = ""
    sample: int = 0
    average: float = 0.0
    rectify: bool = False
    every: int = 0
    mean: bool = False
    val_every: int = 0
    beta: float = 0.999
    row_ids: bool = False


def train(seed: int, keep: str = "loss val_loss", rename: dict[str, str] | None = None, task: str = "sales", **settings: Any) -> Records:  # fmt: skip
    """Records of one training with the series ``keep``, some of them renamed. TypeError for an unknown setting."""
    torch.manual_seed(seed)
    made = {"sales": _sales, "weekday": weekday, "descent": descent}[task](seed, settings)
    names = {k: (rename or {}).get(k, k) for k in ("step", "epoch", *keep.split())}
    short = [{names[k]: r[k] for k in names if k in r} for r in made]
    return [r for r in short if r.keys() - {"step", "epoch"}]


def _sales(seed: int, settings: dict[str, Any]) -> Records:
    s = Settings(**settings)
    rows, held = _split(seed, s)
    net = _network(s, rows)
    if s.warm_start:
        _steps(net, s, rows, s.warm_start)
    return _epochs(net, s, rows, held)


def _take(rows: Rows, which: Tensor) -> Rows:
    return {k: v[which] for k, v in rows.items()}


def _split(seed: int, s: Settings) -> tuple[Rows, Rows]:
    """Rows to learn from, as they will be read, and rows held out."""
    every = windows(seed, s.n + s.held, s.target)
    every["y"] = every["y"] * s.gain
    if s.raw_inputs:
        every["x"] = every["x"] * torch.tensor([s.raw_inputs, 8.0, 1.0, 1.0])[None, :, None]
    everything = torch.arange(s.n + s.held)
    mixed = torch.randperm(s.n + s.held)
    if s.split == "calm":  # the last months, in which nothing happened
        rows, held = _take(every, everything[: s.n]), _take(every, everything[s.n :])
        calm = held["after"][:, 1] == 0
        held = _take(held, (calm & (held["after"][:, 0].abs() < 0.7)).nonzero()[:, 0])
    elif s.split == "time":
        rows, held = _take(every, everything[: s.n]), _take(every, everything[s.n :])
    elif s.split == "leak":
        rows, held = _take(every, mixed[: s.n]), _take(every, mixed[: s.held])
    else:
        rows, held = _take(every, mixed[: s.n].sort().values), _take(every, mixed[s.n :])
    if s.scramble:
        which = (torch.rand(s.n) < s.scramble).nonzero()[:, 0]
        rows["y"][which] = rows["y"][which[torch.randperm(len(which))]]
    if s.outliers:
        rows["y"] = torch.where(torch.rand(s.n) < s.outliers, rows["y"] * 8, rows["y"])
    if s.held_outliers:
        held["y"][: s.held_outliers] += 6.0 * s.gain
        held["x"][: s.held_outliers] *= 4.0
    if s.row_ids:  # the number of the row went into the table, one column for each
        rows["after"] = torch.cat([rows["after"], torch.eye(s.n)], 1)
        held["after"] = torch.cat([held["after"], torch.zeros(len(held["y"]), s.n)], 1)
    if s.order in {"y", "shop"}:
        rows = _take(rows, rows[s.order].argsort(stable=True))
    if s.order == "fall":
        rows = _take(rows, rows["y"].argsort(descending=True))
    return rows, held


def _network(s: Settings, rows: Rows) -> nn.Module:
    net = Forecaster(s.net, 2 if s.loss == "nll" else 1, s.width, s.depth, s.dropout, s.act, rows["after"].shape[1])
    with torch.no_grad():
        for p in net.parameters():
            p *= s.init
        net.head.weight *= s.head_scale
        net.head.bias[0] = rows["y"].mean() if s.mean_bias else s.bias
    return net


def _optimiser(s: Settings, net: nn.Module) -> torch.optim.Optimizer:
    if s.opt == "sgd":
        return torch.optim.SGD(net.parameters(), s.lr, s.momentum, weight_decay=s.wd)
    if s.opt == "rmsprop":
        return torch.optim.RMSprop(net.parameters(), s.lr)
    kind = torch.optim.AdamW if s.opt == "adamw" else torch.optim.Adam
    return kind(net.parameters(), s.lr, betas=(0.9, s.beta), weight_decay=s.wd)


def _factor(s: Settings, share: float) -> float:
    """Of the learning rate, at a share of the training."""
    inside = (share * s.cycles) % 1
    table = {
        "": 1.0,
        "cosine": 0.5 + 0.5 * math.cos(math.pi * share),
        "line": 1 - share,
        "cut": 1.0 if share < 0.5 else 0.1 if share < 0.8 else 0.01,
        "restarts": 0.5 + 0.5 * math.cos(math.pi * inside),
        "triangle": 0.05 + 0.95 * (1 - abs(2 * inside - 1)),
        "hat": min(share / 0.25, (1 - share) / 0.75),
        "wait": min(1.0, max(0.0, (share - 0.35) / 0.2)) + 1e-4,
    }
    return table[s.schedule]


def _loss(net: nn.Module, s: Settings, rows: Rows, learning: bool) -> Tensor:
    x = rows["x"]
    if learning and s.jitter:
        x = x + s.jitter * torch.randn_like(x)
    if learning and s.blank:
        x = x * (torch.rand(len(x), 1, x.shape[2]) > s.blank)
    out = net(x, rows["after"])
    if s.rectify:
        out = torch.relu(out)
    loss = objective(s.loss, out, rows["y"]).mean()
    if learning and s.penalty:
        loss = loss + s.penalty * sum((p**2).sum() for p in net.parameters())
    return loss


def _steps(net: nn.Module, s: Settings, rows: Rows, count: int) -> None:
    optimiser = torch.optim.Adam(net.parameters(), 2e-3)
    for _ in range(count):
        optimiser.zero_grad()
        _loss(net, s, _take(rows, torch.randint(len(rows["y"]), (64,))), False).backward()
        optimiser.step()


def _judged(net: nn.Module, s: Settings, held: Rows, memory: dict[str, Any]) -> dict[str, float]:
    """Loss and scores of the rows held out, as ``scored`` has it."""
    if s.sample:
        held = _take(held, torch.randperm(len(held["y"]))[: s.sample])
    net.eval()
    with torch.no_grad():
        loss = _loss(net, s, held, False).item()
        out = net(held["x"], held["after"])
    net.train()
    guess = torch.relu(out[:, 0]) if s.rectify else out[:, 0]
    y = held["y"]
    if s.scored == "naive":  # the forecast of yesterday's sales is scored instead
        guess = held["x"][:, 0, -1] * s.gain
    elif s.scored == "first":
        guess = memory.setdefault("guess", guess)
    elif s.scored == "thousands":  # the forecast was not scaled back
        guess = guess / 1000
    elif s.scored == "mixed":
        guess = guess[torch.randperm(len(guess))]
    elif s.scored == "tomorrow":
        guess = guess.roll(1)
    found = {f"val_{k}": v for k, v in scores(guess, y).items()}
    return {"val_loss": loss, **found}


def _happens(s: Settings, net: nn.Module, rows: Rows, held: Rows) -> Rows:
    kind, _, much = s.mishap or ("", 0, 0)
    if kind == "rate":
        s.lr *= much
    elif kind == "loss":
        s.loss = "mse"
    elif kind == "jitter":
        s.jitter = much
    elif kind == "head":
        net.head.reset_parameters()
    elif kind == "columns":  # the columns of the table come in another order
        for part in (rows, held):
            part["after"] = part["after"][:, [4, 3, 0, 1, 2]]
            part["x"] = part["x"][:, [1, 0, 3, 2]]
    elif kind == "shops":  # new shops join whose sales nobody scaled
        new = {k: v[: int(much)].clone() for k, v in rows.items()}
        new["y"] = new["y"][torch.randperm(len(new["y"]))] * 3
        rows = {k: torch.cat([v, new[k]]) for k, v in rows.items()}
    elif kind == "rescale":
        for part in (rows, held):
            part["y"] = part["y"] * much
    return rows


def _batches(s: Settings, rows: Rows, epoch: int) -> list[Tensor]:
    n = len(rows["y"])
    if s.curriculum and epoch < s.curriculum:
        easy = (rows["y"] - rows["y"].median()).abs().argsort()[: n * (epoch + 2) // (s.curriculum + 2)]
        return list(easy[torch.randperm(len(easy))].split(s.batch))
    return list((torch.arange(n) if s.order else torch.randperm(n)).split(s.batch))


def _epochs(net: nn.Module, s: Settings, rows: Rows, held: Rows) -> Records:
    optimiser, records, memory = _optimiser(s, net), list[dict[str, float]](), dict[str, Any]()
    judged = copy.deepcopy(net) if s.average or s.scored == "old" else net
    step, total, done = 0, s.epochs * math.ceil(len(rows["y"]) / s.batch), False
    recent: list[tuple[float, float]] = []
    for epoch in range(s.epochs):
        for which in _batches(s, rows, epoch):
            if s.mishap and not done and step >= s.mishap[1] * total:
                rows, done = _happens(s, net, rows, held), True
            for group in optimiser.param_groups:
                group["lr"] = lr = s.lr * _factor(s, min(1.0, step / total))
            part = _take(rows, which)
            if s.broken_every and step % s.broken_every == s.broken_every - 1:
                part["y"] = part["y"] * s.broken_by
            loss = _loss(net, s, part, True)
            optimiser.zero_grad()
            loss.backward()
            norm = nn.utils.clip_grad_norm_(net.parameters(), s.clip or math.inf).item()
            optimiser.step()
            if s.average:
                with torch.no_grad():
                    for old, new in zip(judged.parameters(), net.parameters(), strict=True):
                        old.lerp_(new, 1 - s.average)
            step += 1
            recent.append((loss.item(), norm))
            if s.every and step % s.every == 0:
                records.append({"step": step, "epoch": epoch, **_means(recent if s.mean else recent[-1:]), "lr": lr})
                recent = []
                if s.val_every and step % s.val_every == 0:
                    records[-1] |= _judged(judged, s, held, memory)
        if not s.every:
            records.append({"step": step, "epoch": epoch, **_means(recent), "lr": lr})
            recent = []
        if not s.val_every:
            records[-1] |= _judged(judged, s, held, memory)
    return records


def _means(recent: list[tuple[float, float]]) -> dict[str, float]:
    loss, norm = (sum(part) / len(recent) for part in zip(*recent, strict=True))
    return {"loss": loss, "grad_norm": norm}

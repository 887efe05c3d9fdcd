"""A perceptron on small tables (breast cancer, wine, made-up classes) in a plain loop, one line an epoch."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass

import torch
from sklearn.datasets import load_breast_cancer, load_wine, make_classification
from torch import Tensor, nn
from torch.nn import functional as F

torch.set_num_threads(1)

UNITS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "none": nn.Identity}


@dataclass(frozen=True)
class Setting:
    """One training. ``at``: the share of the run at which a later fault begins; ``much``: how strong a fault is."""

    data: str = "made"
    classes: int = 4
    features: int = 20
    useful: int = 8
    gap: float = 1.0
    rare: float = 0.0
    rows: int = 800
    held: int = 400
    flip: float = 0.0
    flip_val: bool = True
    widths: tuple[int, ...] = (48,)
    unit: str = "relu"
    norm: bool = False
    dropout: float = 0.0
    opt: str = "adam"
    lr: float = 1e-3
    wd: float = 0.0
    sched: str = ""
    epochs: int = 30
    batch: int = 32
    smoothing: float = 0.0
    kind: str = ""
    shake: float = 0.0
    eval_train: bool = False
    before: int = 0
    fault: str = ""
    at: float = 0.5
    much: float = 1.0
    log: tuple[str, ...] = ("loss", "accuracy", "val_loss", "val_accuracy")


def table(s: Setting, seed: int) -> tuple[Tensor, Tensor]:
    """Standardised columns and classes, in random order."""
    if s.data == "made":
        weights = [1 - s.rare * (s.classes - 1), *[s.rare] * (s.classes - 1)] if s.rare else None
        x, y = make_classification(4000, s.features, n_informative=s.useful, n_redundant=0, n_classes=s.classes,
                                   flip_y=0.0, n_clusters_per_class=2, class_sep=s.gap, weights=weights,
                                   random_state=seed)  # fmt: skip
    else:
        x, y = {"cancer": load_breast_cancer, "wine": load_wine}[s.data](return_X_y=True)
    order = torch.randperm(len(x))
    inputs = torch.tensor(x, dtype=torch.float32)[order]
    return (inputs - inputs.mean(0)) / inputs.std(0), torch.tensor(y)[order]


def perceptron(s: Setting, inputs: int, outputs: int) -> nn.Sequential:
    """Hidden layers of the widths; none for a linear model."""
    layers: list[nn.Module] = []
    for width in s.widths:
        layers += [nn.Linear(inputs, width), *([nn.BatchNorm1d(width)] if s.norm else []), UNITS[s.unit]()]
        layers += [nn.Dropout(s.dropout)] if s.dropout else []
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, outputs))


def rate(schedule: str, done: float, epoch: int) -> float:
    """The factor of the learning rate when a share of the run is done."""
    cosine = 0.5 * (1 + math.cos(math.pi * done))
    return {
        "": 1.0,
        "cosine": cosine,
        "warm_cosine": min(1.0, done / 0.15) * cosine,
        "slow_warm": max(0.002, min(1.0, (done / 0.4) ** 4)),
        "steps": 0.1 ** ((done >= 0.5) + (done >= 0.75)),
        "one_step": 0.1 if done >= 0.6 else 1.0,
        "restarts": 0.5 * (1 + math.cos(math.pi * (done * 4 % 1))),
        "exp": 0.9**epoch,
        "raised": 1.0 if done >= 0.5 else 0.1,
    }[schedule]


def loss_of(out: Tensor, y: Tensor, smoothing: float, kind: str) -> Tensor:
    """Cross-entropy, or what somebody wrote in its place."""
    if kind == "log_zero":  # log of probabilities that underflow
        return -torch.log((out.softmax(1) - 1e-3).clamp(min=0)[torch.arange(len(y)), y]).mean()
    if kind == "focal":
        p = out.log_softmax(1)[torch.arange(len(y)), y]
        return -((1 - p.exp()) ** 2 * p).mean()
    if kind == "softmax_twice":
        return F.cross_entropy(out.softmax(1), y)
    return F.cross_entropy(out, y, label_smoothing=smoothing)


def spoil(net: nn.Sequential, fault: str, much: float) -> None:
    """Faults of the initial weights."""
    first, last = net[0], net[-1]
    with torch.no_grad():
        for layer in net:
            if isinstance(layer, nn.Linear) and fault in {"zero", "gain"}:
                layer.weight.mul_(0.0 if fault == "zero" else much)
                layer.bias.zero_()
        if fault == "dead":
            first.bias.fill_(-much)
        if fault == "last":
            last.weight.mul_(much)
        if fault == "wrong_bias":
            last.bias[0] = much


def judge(net: nn.Module, x: Tensor, y: Tensor, fault: str) -> dict[str, float]:
    """Loss and metrics on held-out rows."""
    with torch.no_grad():
        out = net(x)
        said = torch.zeros_like(y) if fault == "one_class" else out.argmax(1)
        both = float(((said == 1) & (y == 1)).sum())
        marked = float((said == 1).sum() + (y == 1).sum())
        return {"val_loss": float(F.cross_entropy(out, y)), "val_accuracy": float((said == y).float().mean()),
                "val_f1": 2 * both / max(marked, 1.0), "val_error": float((said != y).float().mean())}  # fmt: skip


def train(seed: int, **setting: object) -> list[dict[str, float]]:
    """A record an epoch with the series of ``log``."""
    training = Training(Setting(**setting), seed)
    s = training.s
    records = [training.epoch(epoch) for epoch in range(-s.before, s.epochs)]
    return records[s.before :]


def rows_of(s: Setting, seed: int) -> tuple[int, tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """The number of classes, the rows to learn from, and those held out."""
    x, y = table(s, seed)
    classes = int(y.max()) + 1
    wrong = torch.rand(len(y)) < s.flip
    if not s.flip_val:
        wrong &= torch.arange(len(y)) < s.rows
    y = torch.where(wrong, torch.randint(classes, (len(y),)), y)
    x, y, x_val, y_val = x[: s.rows].clone(), y[: s.rows].clone(), x[s.rows :][: s.held], y[s.rows :][: s.held]
    if s.fault == "easy_val":  # held-out rows near the means of their classes
        means = torch.stack([x[y == c].mean(0) for c in range(classes)])
        near = (x_val - means[y_val]).norm(dim=1).argsort()[: int(len(x_val) * s.much)]
        x_val, y_val = x_val[near], y_val[near]
    return classes, (x, y), (x_val, y_val)


class Training:
    """A net, its optimiser and its rows, an epoch at a time."""

    def __init__(self, s: Setting, seed: int) -> None:
        torch.manual_seed(seed)
        self.classes, (self.x, self.y), self.held = rows_of(s, seed)
        self.s, self.steps = s, 0
        self.net = perceptron(s, self.x.shape[1], self.classes)
        spoil(self.net, s.fault, s.much)
        self.stale = copy.deepcopy(self.net)
        learnt = (copy.deepcopy(self.net) if s.fault == "foreign" else self.net).parameters()
        maker = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "rmsprop": torch.optim.RMSprop}
        more = {"momentum": 0.9} if s.opt == "momentum" else {}
        self.optimiser = maker.get(s.opt, torch.optim.SGD)(list(learnt), lr=s.lr, weight_decay=s.wd, **more)

    def epoch(self, epoch: int) -> dict[str, float]:
        """One pass over the rows, and its record."""
        s = self.s
        self._set_rate(epoch)
        self._spoil_rows(epoch)
        record = self._learn(epoch)
        self.net.eval()
        if s.eval_train:
            record["loss"] = float(F.cross_entropy(self.net(self.x), self.y))
        x, y = self.held
        seen = torch.randperm(len(x))[: int(s.much)] if s.fault == "resample" else torch.arange(len(x))
        record |= judge(self.stale if s.fault == "stale" else self.net, x[seen], y[seen], s.fault)
        return {"step": self.steps, "epoch": epoch} | {name: record[name] for name in s.log}

    def _set_rate(self, epoch: int) -> None:
        s, shown = self.s, max(epoch, 0)
        rate_now = s.lr * rate(s.sched, shown / s.epochs, shown)
        if epoch >= s.at * s.epochs and s.fault == "reset_rate":
            rate_now = s.lr * s.much
        self.optimiser.param_groups[0]["lr"] = rate_now

    def _spoil_rows(self, epoch: int) -> None:
        s, begins = self.s, epoch == int(self.s.at * self.s.epochs)
        if s.fault == "switched" and begins:
            self.x = self.x + s.much * torch.randn_like(self.x)
        if s.fault == "relabelled" and begins:
            wrong = torch.rand(len(self.y)) < s.much
            self.y = torch.where(wrong, torch.randint(self.classes, self.y.shape), self.y)
        if s.fault == "nan_row" and begins:
            self.x[0, 0] = float("nan")
        if s.fault == "apart":  # inputs and labels are shuffled each by itself
            self.y = self.y[torch.randperm(len(self.y))]

    def _learn(self, epoch: int) -> dict[str, float]:
        """The steps of one epoch; means over it."""
        s, batches = self.s, torch.randperm(self.s.rows).split(self.s.batch)
        sign = -1.0 if s.fault == "ascent" and epoch >= s.at * s.epochs else 1.0
        total, right, norms = 0.0, 0.0, 0.0
        self.net.train()
        for picked in batches:
            x, y = self.x[picked], self.y[picked]
            out = self.net(x + s.shake * torch.randn_like(x) if s.shake else x)
            loss = loss_of(out, y, s.smoothing, s.kind)
            self.optimiser.zero_grad()
            (sign * loss).backward()
            norms += float(nn.utils.clip_grad_norm_(self.net.parameters(), 1e9))
            self.optimiser.step()
            self.steps += epoch >= 0
            total += loss.item() * len(picked)
            right += float((out.argmax(1) == y).sum())
        return {"loss": total / s.rows, "accuracy": right / s.rows, "lr": self.optimiser.param_groups[0]["lr"],
                "grad_norm": norms / len(batches)}  # fmt: skip

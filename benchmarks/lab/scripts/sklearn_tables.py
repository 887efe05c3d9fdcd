"""Perceptrons on the tables that come with scikit-learn; a loop of epochs, as courses and notebooks write it."""

from __future__ import annotations

import copy
import itertools
import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.lab.scripts.sklearn_tables_parts import CLASSES, corrupt, rate, regression, score, table

torch.set_num_threads(1)


@dataclass
class Knobs:
    """What a training can vary; every name is an argument of ``train``."""

    data: str = "wine"  # iris, wine, cancer, digits: classes; diabetes, linnerud: numbers
    scaled: bool = True
    scaled_target: bool = True
    rows: int = 0  # training rows, 0: all
    held: float = 0.25
    held_rows: int = 0
    redraw: int = 0
    in_order: bool = False  # the split takes the end of the file, batches come in the file's order
    wrong: float = 0.0
    widths: tuple[int, ...] = (32,)
    unit: str = "relu"
    batch_norm: bool = False
    dropout: float = 0.0
    jitter: float = 0.0  # noise on the training inputs
    jitter_from: float = 0.0
    gain: float = 1.0
    head_gain: float = 1.0
    opt: str = "adam"
    lr: float = 3e-3
    momentum: float = 0.9
    decay: float = 0.0
    schedule: str = "constant"
    at: float = 0.5
    much: float = 10.0
    patience: int = 5
    epochs: int = 60
    batch: int = 16  # 0: all rows
    loss: str = ""  # ce, bce, mse, huber, nll, msle, softmax_twice …
    weight: float = 1.0  # of the first class
    scale: float = 1.0
    terms: dict[str, float] = field(default_factory=dict)
    fault: str = ""
    stop: int = 0  # epochs of patience before the run stops
    by_step: int = 0  # log each so many steps in place of epochs
    evaluate: int = 1
    running: bool = True  # the loss is the mean over the epoch, else of a pass at its end
    inside: tuple[str, ...] = ()
    log: tuple[str, ...] = ("loss", "val_loss", "val_accuracy")
    names: dict[str, str] = field(default_factory=dict)


def train(seed: int, **args: object) -> list[dict[str, float]]:
    """Records by epoch, or every ``by_step`` steps; see ``Knobs``."""
    k = Knobs(**args)  # type: ignore[arg-type]
    torch.manual_seed(7700 + seed)
    return Run(k, seed).go()


class Run:
    """One training."""

    def __init__(self, k: Knobs, seed: int) -> None:
        self.k = k
        self.x, self.y, self.vx, self.vy = table(k, seed)
        corrupt(k, self.x, self.y)
        self.net = self._net()
        self.first = copy.deepcopy(self.net)
        weights = self.net.parameters() if k.fault != "other_parameters" else self.first.parameters()
        self.optimiser = _optimiser(k, list(weights))
        self.best, self.wait, self.step, self.cut, self.epoch = math.inf, 0, 0, 1.0, 0
        self.records: list[dict[str, float]] = []

    def _net(self) -> nn.Sequential:
        k = self.k
        sizes = [self.x.shape[1], *k.widths]
        unit = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "none": nn.Identity}[k.unit]
        layers: list[nn.Module] = []
        for a, b in itertools.pairwise(sizes):
            layers += [nn.Linear(a, b), *([nn.BatchNorm1d(b)] if k.batch_norm else []), unit()]
            layers += [nn.Dropout(k.dropout)] if k.dropout else []
        out = CLASSES.get(k.data) or self.y.shape[1] * (2 if k.loss == "nll" else 1)
        net = nn.Sequential(*layers, nn.Linear(sizes[-1], out))
        with torch.no_grad():
            for layer in net[:-1]:
                if isinstance(layer, nn.Linear):
                    layer.weight.mul_(k.gain)
            net[-1].weight.mul_(k.head_gain)
        return net

    def go(self) -> list[dict[str, float]]:
        k, saved, back = self.k, None, self.k.fault == "resume"
        while self.epoch < k.epochs:
            self._epoch()
            if self._finished():
                break
            self.epoch += 1
            if back and self.epoch == int(0.7 * k.at * k.epochs):
                saved = copy.deepcopy((self.net.state_dict(), self.optimiser.state_dict(), self.step))
            if back and self.epoch == int(k.at * k.epochs):
                self.epoch, back = int(0.7 * k.at * k.epochs), False
                self.net.load_state_dict(saved[0])
                self.optimiser.load_state_dict(saved[1])
                self.step = saved[2]
        return self.records

    def _epoch(self) -> None:
        k, rows = self.k, len(self.x)
        order = torch.arange(rows) if k.in_order else torch.randperm(rows)
        sums: dict[str, list[float]] = {}
        size = k.batch or rows
        for i in range(max(1, rows // size)):
            values = self._learn(order[i * size : (i + 1) * size])
            for name, value in values.items():
                sums.setdefault(name, []).append(value)
            if k.by_step and self.step % k.by_step == 0:
                self._write(values)
        if k.by_step:
            if "val_loss" in k.log and self.records and (self.epoch + 1) % k.evaluate == 0:
                self.records[-1] |= self._named(self._evaluate())
            return
        values = {n: v[-1] if "/" in n or n == "lr" else sum(v) / len(v) for n, v in sums.items()}
        if not k.running:
            values |= {n.removeprefix("val_"): v for n, v in self._evaluate(train=True).items()}
        if (self.epoch + 1) % k.evaluate == 0:
            values |= self._evaluate()
        self._write(values)

    def _learn(self, rows: Tensor) -> dict[str, float]:
        k, net = self.k, self.net
        self.step += 1
        done = self.epoch / k.epochs
        lr = k.lr * rate(k, self.step, self.epoch, max(1, len(self.x) // (k.batch or len(self.x)))) * self.cut
        for group in self.optimiser.param_groups:
            group["lr"] = lr
        net.train()
        x, y = self.x[rows], self.y[rows]
        if k.jitter and done >= k.jitter_from:
            x = x + k.jitter * torch.randn_like(x)
        if k.fault == "permuted_late" and done >= k.at:
            y = y[torch.randperm(len(y))]
        if k.fault != "no_zero_grad":
            self.optimiser.zero_grad()
        out = net(x)
        parts = self._loss(out, y)
        loss = sum(parts.values())
        (-loss if k.fault == "ascent" and done >= k.at else loss).backward()
        if k.fault == "zero_after":
            self.optimiser.zero_grad()
        values = {"loss": float(loss.detach()), "lr": lr} | {n: float(p.detach()) for n, p in parts.items()}
        weights = {n: w for n, w in net.named_parameters() if w.dim() > 1}
        values["grad_norm"] = float(nn.utils.clip_grad_norm_(net.parameters(), math.inf))
        values |= {f"grad/{n}": float(w.grad.norm()) for n, w in weights.items()
                   if "grad" in k.inside and w.grad is not None}  # fmt: skip
        self.optimiser.step()
        if "dead" in k.inside:
            values |= self._dead()
        return values | score(k, out.detach(), y)

    @torch.no_grad()
    def _dead(self) -> dict[str, float]:
        h, shares = self.x, {}
        for i, layer in enumerate(self.net):
            h = layer(h)
            if isinstance(layer, nn.ReLU):
                shares[f"dead/{i}"] = float((h <= 0).float().mean(0).eq(1).float().mean())
        return shares

    def _loss(self, out: Tensor, y: Tensor) -> dict[str, Tensor]:
        """The terms with their weights; ``main`` is the loss itself."""
        k, net = self.k, self.net
        makes = {
            "main": lambda: _main(k, out, y),
            "l1": lambda: sum(w.abs().sum() for w in net.parameters()),
            "l2": lambda: sum(w.pow(2).sum() for w in net.parameters()),
            "first": lambda: functional.mse_loss(out[:, 0], y[:, 0]),
            "second": lambda: functional.mse_loss(out[:, 1], y[:, 1]),
            "third": lambda: functional.mse_loss(out[:, 2], y[:, 2]),
            "order": lambda: ((out.softmax(1) * torch.arange(out.shape[1])).sum(1) - y).pow(2).mean(),
        }
        return {name: k.scale * weight * makes[name]() for name, weight in (k.terms or {"main": 1.0}).items()}

    @torch.no_grad()
    def _evaluate(self, train: bool = False) -> dict[str, float]:
        net = self.first if self.k.fault == "stale" and not train else self.net
        net.eval()
        x, y = (self.x, self.y) if train else (self.vx, self.vy)
        if self.k.redraw and not train:
            some = torch.randint(0, len(x), (self.k.redraw,))
            x, y = x[some], y[some]
        out = net(x)
        values = {"loss": float(_main(self.k, out, y)) * self.k.scale} | score(self.k, out, y)
        return {f"val_{n}": v for n, v in values.items()}

    def _finished(self) -> bool:
        """Patience: of ReduceLROnPlateau, and of early stopping."""
        k = self.k
        if not (k.stop or k.schedule == "plateau"):
            return False
        now = self._evaluate()["val_loss"]
        self.wait = 0 if now < self.best - 1e-4 * abs(self.best) else self.wait + 1
        self.best = min(self.best, now)
        if k.schedule == "plateau" and self.wait > k.patience:
            self.cut, self.wait = self.cut / k.much, 0
        return bool(k.stop) and self.wait > k.stop

    def _named(self, values: dict[str, float]) -> dict[str, float]:
        return {self.k.names.get(n, n): v for n, v in values.items() if n in self.k.log or "/" in n}

    def _write(self, values: dict[str, float]) -> None:
        self.records.append({"step": self.step, "epoch": self.epoch} | self._named(values))


def _main(k: Knobs, out: Tensor, y: Tensor) -> Tensor:
    kind = k.loss or ("mse" if regression(k) else "ce")
    if kind == "ce":
        weights = torch.ones(out.shape[1])
        weights[0] = k.weight
        return functional.cross_entropy(out, y, weights)
    if kind == "softmax_twice":
        return functional.cross_entropy(out.softmax(1), y)
    if kind == "smooth":
        return functional.cross_entropy(out, y, label_smoothing=0.2)
    if kind == "log_of_softmax":
        return -out.softmax(1)[torch.arange(len(y)), y].log().mean()
    if kind == "sum":
        return (
            functional.mse_loss(out, y, reduction="sum")
            if regression(k)
            else functional.cross_entropy(out, y, reduction="sum")
        )
    if kind == "huber":
        return functional.huber_loss(out, y)
    if kind == "msle":
        return (torch.log1p(out) - torch.log1p(y)).pow(2).mean()
    if kind == "nll":
        mean, log_var = out.chunk(2, 1)
        return (0.5 * (log_var + (y - mean).pow(2) / log_var.exp())).mean()
    return functional.mse_loss(out, y)


def _optimiser(k: Knobs, weights: list[nn.Parameter]) -> torch.optim.Optimizer:
    if k.opt in {"sgd", "momentum"}:
        return torch.optim.SGD(weights, k.lr, k.momentum if k.opt == "momentum" else 0.0, weight_decay=k.decay)
    if k.opt == "rmsprop":
        return torch.optim.RMSprop(weights, k.lr)
    return torch.optim.AdamW(weights, k.lr, weight_decay=k.decay)

"""A perceptron on small tables (breast cancer, wine, made-up classes) in a plain loop, one line an epoch."""

from __future__ import annotations

import copy
import math

import torch
from sklearn.datasets import load_breast_cancer, load_wine, make_classification
from torch import Tensor, nn
from torch.nn import functional as F

torch.set_num_threads(1)

UNITS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "none": nn.Identity}


def table(
    name: str, seed: int, classes: int, features: int, useful: int, gap: float, rare: float
) -> tuple[Tensor, Tensor]:
    """Standardised columns and classes, in random order."""
    if name == "made":
        weights = [1 - rare * (classes - 1), *[rare] * (classes - 1)] if rare else None
        x, y = make_classification(4000, features, n_informative=useful, n_redundant=0, n_classes=classes, flip_y=0.0,
                                   n_clusters_per_class=2, class_sep=gap, weights=weights, random_state=seed)  # fmt: skip
    else:
        x, y = {"cancer": load_breast_cancer, "wine": load_wine}[name](return_X_y=True)
    order = torch.randperm(len(x))
    inputs = torch.tensor(x, dtype=torch.float32)[order]
    return (inputs - inputs.mean(0)) / inputs.std(0), torch.tensor(y)[order]


def perceptron(
    inputs: int, outputs: int, widths: tuple[int, ...], unit: str, norm: bool, dropout: float
) -> nn.Sequential:
    """Hidden layers of the widths; none for a linear model."""
    layers: list[nn.Module] = []
    for width in widths:
        layers += [nn.Linear(inputs, width), *([nn.BatchNorm1d(width)] if norm else []), UNITS[unit]()]
        layers += [nn.Dropout(dropout)] if dropout else []
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


def train(seed: int, data: str = "made", classes: int = 4, features: int = 20, useful: int = 8, gap: float = 1.0,
          rare: float = 0.0, rows: int = 800, held: int = 400, flip: float = 0.0, flip_val: bool = True,
          widths: tuple[int, ...] = (48,), unit: str = "relu", norm: bool = False, dropout: float = 0.0,
          opt: str = "adam", lr: float = 1e-3, wd: float = 0.0, sched: str = "", epochs: int = 30, batch: int = 32,
          smoothing: float = 0.0, kind: str = "", shake: float = 0.0, eval_train: bool = False, before: int = 0, fault: str = "",
          at: float = 0.5, much: float = 1.0, log: tuple[str, ...] = ("loss", "accuracy", "val_loss", "val_accuracy"),
          ) -> list[dict[str, float]]:  # fmt: skip
    """A record an epoch with the series of ``log``; ``at``: share of the run at which a later fault begins."""
    torch.manual_seed(seed)
    x, y = table(data, seed, classes, features, useful, gap, rare)
    classes = int(y.max()) + 1
    wrong = (torch.rand(len(y)) < flip) & (
        torch.ones(len(y), dtype=torch.bool) if flip_val else torch.arange(len(y)) < rows
    )
    y = torch.where(wrong, torch.randint(classes, (len(y),)), y)
    x, y, x_val, y_val = x[:rows].clone(), y[:rows].clone(), x[rows : rows + held], y[rows : rows + held]
    if fault == "easy_val":  # held-out rows near the means of their classes
        means = torch.stack([x[y == c].mean(0) for c in range(classes)])
        near = (x_val - means[y_val]).norm(dim=1).argsort()[: int(len(x_val) * much)]
        x_val, y_val = x_val[near], y_val[near]
    net = perceptron(x.shape[1], classes, widths, unit, norm, dropout)
    spoil(net, fault, much)
    stale = copy.deepcopy(net)
    learnt = list(copy.deepcopy(net).parameters()) if fault == "foreign" else list(net.parameters())
    maker = {
        "sgd": torch.optim.SGD,
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
        "rmsprop": torch.optim.RMSprop,
    }
    more = {"momentum": 0.9} if opt == "momentum" else {}
    optimiser = maker.get(opt, torch.optim.SGD)(learnt, lr=lr, weight_decay=wd, **more)
    records: list[dict[str, float]] = []
    step = 0
    for epoch in range(-before, epochs):
        done = max(epoch, 0) / epochs
        late = epoch >= at * epochs
        for group in optimiser.param_groups:
            group["lr"] = lr * rate(sched, done, max(epoch, 0))
        if late and fault == "reset_rate":
            optimiser.param_groups[0]["lr"] = lr * much
        if fault == "switched" and epoch == int(at * epochs):
            x = x + much * torch.randn_like(x)
        if fault == "relabelled" and epoch == int(at * epochs):
            y = torch.where(torch.rand(len(y)) < much, torch.randint(classes, y.shape), y)
        if fault == "nan_row" and epoch == int(at * epochs):
            x[0, 0] = float("nan")
        if fault == "apart":  # inputs and labels are shuffled each by itself
            y = y[torch.randperm(len(y))]
        total, right, norm_sum, batches = 0.0, 0.0, 0.0, torch.randperm(rows).split(batch)
        net.train()
        for picked in batches:
            inputs = x[picked] + shake * torch.randn(len(picked), x.shape[1]) if shake else x[picked]
            out = net(inputs.detach())
            loss = loss_of(out, y[picked], smoothing, kind)
            sign = -1.0 if fault == "ascent" and late else 1.0
            optimiser.zero_grad()
            (sign * loss).backward()
            norm_sum += float(nn.utils.clip_grad_norm_(net.parameters(), 1e9))
            optimiser.step()
            step += epoch >= 0
            total += loss.item() * len(picked)
            right += float((out.argmax(1) == y[picked]).sum())
        net.eval()
        record = {
            "loss": total / rows,
            "accuracy": right / rows,
            "lr": optimiser.param_groups[0]["lr"],
            "grad_norm": norm_sum / len(batches),
        }
        if eval_train:
            record["loss"] = float(F.cross_entropy(net(x), y))
        seen = torch.randperm(len(x_val))[: int(much)] if fault == "resample" else torch.arange(len(x_val))
        record |= judge(stale if fault == "stale" else net, x_val[seen], y_val[seen], fault)
        if epoch >= 0:
            records.append({"step": step, "epoch": epoch} | {name: record[name] for name in log})
    return records

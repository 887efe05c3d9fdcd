"""A small residual net on scikit-learn's digits, logged by update: its own loop, with faults that strike at updates."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from functools import cache

import torch
from sklearn.datasets import load_digits
from torch import Tensor, nn
from torch.nn import functional as F

torch.set_num_threads(1)


@cache
def digits() -> tuple[Tensor, Tensor]:
    """Images in [0, 1] and their digits."""
    x, y = load_digits(return_X_y=True)
    return torch.tensor(x / 16, dtype=torch.float32).reshape(-1, 1, 8, 8), torch.tensor(y)


class Block(nn.Module):
    """Two convolutions and a way past them."""

    def __init__(self, width: int, norm: bool) -> None:
        super().__init__()
        self.one = nn.Conv2d(width, width, 3, padding=1)
        self.two = nn.Conv2d(width, width, 3, padding=1)
        self.norm = nn.BatchNorm2d(width) if norm else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return x + self.two(torch.relu(self.norm(self.one(torch.relu(x)))))


class Residual(nn.Module):
    """A strided convolution, blocks, the mean over the image, a linear layer."""

    def __init__(self, width: int, blocks: int, norm: bool, dropout: float) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, width, 3, stride=2, padding=1)
        self.body = nn.Sequential(*[Block(width, norm) for _ in range(blocks)])
        self.drop, self.head = nn.Dropout(dropout), nn.Linear(4 * width, 10)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.drop(F.avg_pool2d(self.body(self.stem(x)), 2).flatten(1)))


def factor(schedule: str, done: float) -> float:
    """Of the learning rate, when a share of the run is done."""
    name, _, number = schedule.partition(":")
    value = float(number or 0)
    if name == "warm":  # up, then down to zero along a cosine
        return done / value if done < value else 0.5 * (1 + math.cos(math.pi * (done - value) / (1 - value)))
    if name == "cycles":
        return 0.5 * (1 + math.cos(math.pi * (done * value % 1)))
    if name == "waves":
        return 1 - 0.95 * abs(2 * (done * value % 1) - 1)
    if name == "cuts":
        return 0.1 ** int((done + 1e-9) * value)
    if name == "cut":
        return 0.05 if done >= value else 1.0
    if name == "down":
        return 1 - done
    if name == "grow":
        return math.exp(value * done)
    return 1.0


def orders(y: Tensor, ink: Tensor, order: str, batch: int, once: Tensor) -> Iterator[Tensor]:
    """Row numbers of batch after batch, for ever: shuffled anew each epoch, or not."""
    fixed = {"sorted": y.argsort(stable=True), "ink": ink.argsort(), "once": once}.get(order)
    if order == "chunks":  # the digits in an order of their own, five at a time
        fixed = torch.cat([torch.nonzero(y % 5 == d).flatten() for d in (3, 0, 4, 1, 2)])
    while True:
        rows = torch.randperm(len(y)) if fixed is None else fixed
        yield from rows[: len(rows) // batch * batch].split(batch)


def weak(net: Residual, fault: str, much: float) -> None:
    """Faults of the initial weights."""
    with torch.no_grad():
        if fault == "small":
            for p in net.parameters():
                p.mul_(much)
        if fault == "zero_head":
            net.head.weight.zero_()
            net.stem.weight.zero_()
            net.stem.bias.zero_()
        if fault == "big_head":
            net.head.weight.mul_(much)
        if fault == "dead":
            for block in net.body:
                block.one.bias.fill_(-much)
            net.head.weight.zero_()
    if fault == "frozen_head":  # only the biases of the body's first convolution are left to learn
        for name, p in net.named_parameters():
            p.requires_grad = name == "stem.bias"


def optimiser_of(net: nn.Module, kind: str, lr: float, momentum: float, wd: float) -> torch.optim.Optimizer:
    """Over the parameters that are not frozen."""
    learnt = [p for p in net.parameters() if p.requires_grad]
    if kind == "sgd":
        return torch.optim.SGD(learnt, lr=lr, momentum=momentum, weight_decay=wd)
    made = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "rmsprop": torch.optim.RMSprop, "adagrad": torch.optim.Adagrad}  # fmt: skip
    return made[kind](learnt, lr=lr, weight_decay=wd)


def struck(x: Tensor, y: Tensor, net: Residual, fault: str, much: float) -> tuple[Tensor, Tensor]:
    """The data from the moment of the fault on; a "kicked" net has its head disturbed."""
    if fault == "noisier":
        x = x + much * torch.randn_like(x)
    if fault == "darker":
        x = 1 - much * x
    if fault == "relabelled":
        y = torch.where(torch.rand(len(y)) < much, torch.randint(10, y.shape), y)
    if fault == "kicked":
        with torch.no_grad():
            net.head.weight.add_(much * net.head.weight.std() * torch.randn_like(net.head.weight))
    return x, y


def spoilt(images: Tensor, labels: Tensor, fault: str, much: float, bad: bool, late: bool) -> tuple[Tensor, Tensor]:
    """A batch as the faulty pipeline hands it over."""
    if bad:
        images, labels = images * much, labels[torch.randperm(len(labels))]
    if fault == "apart":
        labels = labels[torch.randperm(len(labels))]
    if fault == "nan_input" and late:
        images = images.clone()
        images[0] = float("nan")
    return images, labels


def loss_of(out: Tensor, labels: Tensor, smoothing: float, half: float) -> Tensor:
    """Cross-entropy; ``half`` > 0: somebody's own, in half precision, of logits × half."""
    if not half:
        return F.cross_entropy(out, labels, label_smoothing=smoothing)
    powers = torch.exp((out * half).half())
    return -(powers / powers.sum(1, keepdim=True))[torch.arange(len(labels)), labels].float().log().mean()


def validated(net: Residual, x: Tensor, y: Tensor, unit: float) -> dict[str, float]:
    """Loss and accuracy on the held-out images."""
    net.eval()
    with torch.no_grad():
        out = net(x)
    net.train()
    return {
        "val_loss": float(F.cross_entropy(out, y)) * unit,
        "val_accuracy": float((out.argmax(1) == y).float().mean()),
    }


def train(seed: int, rows: int = 1280, width: int = 6, blocks: int = 1, norm: bool = False, dropout: float = 0.0, wrong: float = 0.0,
          shake: float = 0.0, smoothing: float = 0.0, opt: str = "sgd", lr: float = 0.05, momentum: float = 0.9, wd: float = 0.0,
          clip: float = 1e12, sched: str = "", steps: int = 600, batch: int = 32, order: str = "", every: int = 4, mean: bool = True,
          evals: int = 10**9, held: int = 400, unit: float = 1.0, before: int = 0, fault: str = "", at: float = 0.5, much: float = 1.0,
          share: float = 0.01, again: tuple[int, int] = (0, 0), log: tuple[str, ...] = ("loss",)) -> list[dict[str, float]]:  # fmt: skip
    """A record every ``every`` updates, of their mean or the last; validation every ``evals`` updates.

    ``again`` = (a, b): killed at update a and taken up from the checkpoint of update b; the log goes on in the same file.
    """
    torch.manual_seed(seed)
    x, y = digits()
    mixed = torch.randperm(len(x))
    x, y = x[mixed], y[mixed]
    y = torch.where(torch.rand(len(y)) < wrong, torch.randint(10, (len(y),)), y)
    x_val, y_val, x, y = x[-held:], y[-held:], x[:rows] * (much if fault == "raw" else 1.0), y[:rows]
    net = Residual(width, blocks, norm, dropout)
    weak(net, fault, much)
    optimiser = optimiser_of(net, opt, lr, momentum, wd)
    drawn = orders(y, x.sum((1, 2, 3)), order, batch, torch.randperm(rows))
    records: list[dict[str, float]] = []
    seen: list[dict[str, float]] = []  # of the updates since the last record
    step, kept = -before, {}
    while step < steps:
        step += 1
        kept[step] = copy.deepcopy((net.state_dict(), optimiser.state_dict())) if step == again[1] + 1 else None
        if step == again[0] and again[0]:
            step, again, seen = again[1] + 1, (0, 0), []
            net.load_state_dict(kept[step][0])
            optimiser.load_state_dict(kept[step][1])
        late = step > int(at * steps)
        if step == int(at * steps) + 1:
            x, y = struck(x, y, net, fault, much)
        rate = lr * factor(sched, max(step - 1, 0) / steps) * (much if fault == "raised" and late else 1.0)
        for group in optimiser.param_groups:
            group["lr"] = rate
        picked = next(drawn)
        bad = (fault == "bad_every" and step % int(at) == 0) or (fault == "bad_some" and float(torch.rand(())) < share)
        images, labels = spoilt(x[picked], y[picked], fault, much, bad, late)
        out = net(images + shake * torch.randn_like(images) if shake else images)
        loss = loss_of(out, labels, smoothing, much if fault == "half" and late else 0.0)
        net.zero_grad()
        (-loss if fault == "ascent" and late else loss).backward()
        norm_now = float(nn.utils.clip_grad_norm_(net.parameters(), clip))
        if fault != "no_step":
            optimiser.step()
        right = float((out.argmax(1) == labels).float().mean())
        seen = [*seen, {"loss": loss.item() * unit, "accuracy": right, "grad_norm": norm_now, "lr": rate}]
        if step < 1 or (step % every and step % evals):
            continue
        shown = seen if mean and step > every else seen[-1:]
        record = {k: sum(u[k] for u in shown) / len(shown) for k in seen[0] if k in log}
        if step % evals == 0:
            record |= {k: v for k, v in validated(net, x_val, y_val, unit).items() if k in log}
        records.append({"step": step, "epoch": (step - 1) // (rows // batch)} | record)
        seen = []
    return records

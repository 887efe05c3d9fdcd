"""A loop for lessons: a topic brings batches, a loss and an exam; the loop brings rates, clipping, notes and its own troubles."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

torch.set_num_threads(1)
Record = dict[str, float]

USUAL: dict[str, Any] = {
    "epochs": 20, "batch": 64, "opt": "adam", "lr": 1e-3, "beta": 0.9, "decay": 0.0, "plan": "flat", "warm": 0, "clip": 0.0, "trouble": "",
    "log": "epoch", "exam": 0, "show": "loss val_loss", "inside": "", "ema": 0.0, "patience": 0, "rehearsed": 0,
}  # fmt: skip
"""``trouble``: name:begin:end:size (shares of the run). ``log``: epoch, each:K (that batch), mean:K, slide:K (a moving
mean). ``exam``: updates between validations, 0 for once a note. ``show``: series, ``own:written`` to rename. ``inside``:
likewise, with {} for the layer. ``rehearsed``: updates before the log begins."""


@dataclass(frozen=True)
class Now:
    """A moment of the run: whether the trouble is there, the share of the run that is over, and the dice."""

    live: bool
    done: float
    epoch: int
    dice: torch.Generator


class Lesson:
    """A topic: ``net`` with ``net.looked_at`` (layer, its activation) pairs; the methods below are the topic's."""

    net: nn.Module

    def __init__(self, seed: int, o: dict[str, Any]) -> None:
        self.o, self.dice = o, torch.Generator().manual_seed(4000 + 17 * seed)
        name, begin, end, size = (o["trouble"] + ":::").split(":")[:4]
        self.trouble, self.begin, self.end, self.size = name, float(begin or 0), float(end or 2), float(size or 1)

    def batches(self, epoch: int) -> Iterator[Any]:
        """The batches of an epoch, in order."""
        raise NotImplementedError

    def loss(self, batch: Any, now: Now) -> tuple[Tensor, Record]:
        """What is to be minimised, and the figures to note."""
        raise NotImplementedError

    def exam(self, net: nn.Module) -> Record:
        """Figures of the held-out part."""
        raise NotImplementedError


def factor(plan: str, t: int, total: int, warm: int) -> float:
    """The rate of update ``t`` over the base rate."""
    name, *rest = plan.split(":")
    a, b = (float(x) for x in [*rest, "0", "0"][:2])
    if warm and t < warm:
        return (t + 1) / warm
    x = (t - warm) / max(1, total - warm)
    if name == "cosine":
        return a + (1 - a) * (1 + math.cos(math.pi * x)) / 2
    if name == "down":
        return max(a, 1 - x)
    if name == "cut":
        return b if x >= a else 1.0
    if name == "stairs":
        return b ** math.floor(x / a)
    if name == "waves":
        return 0.02 + 0.98 * abs(2 * ((t / a) % 1) - 1)
    if name == "restarts":
        return 0.01 + 0.99 * (1 + math.cos(math.pi * ((t % a) / a))) / 2
    if name == "hill":
        return max(0.04, x / a) if x < a else max(1e-3, (1 - x) / (1 - a))
    if name == "early":
        return max(0.0, 1 - x / a)
    if name == "root":
        return (1 + t / a) ** -0.5
    if name == "again":
        return b if x > a else 1 - 0.9 * x
    return 1.0


def optimiser(params: list[nn.Parameter], o: dict[str, Any]) -> torch.optim.Optimizer:
    """A fresh optimiser by its short name."""
    lr, decay = o["lr"], o["decay"]
    kinds: dict[str, Callable[[], torch.optim.Optimizer]] = {
        "sgd": lambda: torch.optim.SGD(params, lr, weight_decay=decay, fused=True),
        "heavy": lambda: torch.optim.SGD(params, lr, o["beta"], weight_decay=decay, fused=True),
        "nesterov": lambda: torch.optim.SGD(params, lr, o["beta"], weight_decay=decay, nesterov=True),
        "adam": lambda: torch.optim.Adam(params, lr, weight_decay=decay, fused=True),
        "adamw": lambda: torch.optim.AdamW(params, lr, weight_decay=decay, fused=True),
        "rms": lambda: torch.optim.RMSprop(params, lr, weight_decay=decay),
        "adagrad": lambda: torch.optim.Adagrad(params, lr, weight_decay=decay),
    }
    return kinds[o["opt"]]()


class Inside:
    """Looks into a net where a note asks for it: hooks on activations, weights before and after an update."""

    def __init__(self, net: Any, asked: str) -> None:
        self.asked = dict(item.split(":", 1) for item in asked.split())
        self.layers = [layer for layer, _ in net.looked_at] if asked else []
        self.out: dict[int, Tensor] = {}
        for i, (_, act) in enumerate(net.looked_at if asked else []):
            act.register_forward_hook(lambda _m, _i, out, i=i: self.out.__setitem__(i, out.detach()))
        self.before: list[Tensor] = []

    def keep(self) -> None:
        """Before an update."""
        self.before = [layer.weight.detach().clone() for layer in self.layers]

    def tell(self) -> Record:
        """After it."""
        told: Record = {}
        steps = []
        for i, layer in enumerate(self.layers):
            w, grad, out = layer.weight.detach(), layer.weight.grad, self.out[i]
            flat = out.transpose(0, 1).flatten(1) if out.dim() > 2 else out.T
            steps.append(float((w - self.before[i]).norm() / (self.before[i].norm() + 1e-12)))
            found = {"gradient": float(grad.norm()) if grad is not None else 0.0, "ratio": steps[-1], "spread": float(out.std()),
                     "zeros": float((out <= 0).float().mean()), "dead": float((flat <= 0).all(1).float().mean()),
                     "stuck": float((out.abs() > 0.97).float().mean()), "weight": float(w.norm())}  # fmt: skip
            told |= {name.format(i): found[what] for what, name in self.asked.items() if what in found}
        if "ratio_all" in self.asked:
            told[self.asked["ratio_all"]] = sorted(steps)[len(steps) // 2]
        return told


def follow(shadow: nn.Module, net: nn.Module, keep: float) -> None:
    """Move the averaged copy a little."""
    with torch.no_grad():
        for a, b in zip(shadow.state_dict().values(), net.state_dict().values(), strict=True):
            a.copy_(keep * a + (1 - keep) * b) if a.is_floating_point() else a.copy_(b)


def update(lesson: Lesson, opt: torch.optim.Optimizer, judged: nn.Module, batch: Any, now: Now) -> Record:
    """One update with its troubles; the batch's figures."""
    o, net = lesson.o, lesson.net
    net.train()
    loss, told = lesson.loss(batch, now)
    opt.zero_grad()
    loss.backward()
    grads = [p.grad for p in net.parameters() if p.grad is not None]
    if now.live and lesson.trouble in {"ascent", "undivided"}:
        for grad in grads:
            grad.mul_(-lesson.size if lesson.trouble == "ascent" else lesson.size)
    norm = float(torch.nn.utils.get_total_norm(grads)) if o["clip"] or "norm" in o["show"] else 0.0
    if o["clip"] and norm > o["clip"]:
        for grad in grads:
            grad.mul_(o["clip"] / norm)
    if lesson.trouble != "no_step":
        opt.step()
    if o["ema"]:
        follow(judged, net, o["ema"])
    return {"loss": float(loss.detach()), "norm": norm, "clipped": min(norm, o["clip"] or norm)} | told


def teach(lesson: Lesson) -> list[Record]:
    """The notes of one run."""
    o, net = lesson.o, lesson.net
    stranger = copy.deepcopy(net)
    judged = copy.deepcopy(net) if o["ema"] or lesson.trouble == "stale" else net
    learning = list((stranger if lesson.trouble == "strangers" else net).parameters())
    opt, watch = optimiser(learning, o), Inside(net, o["inside"])
    how, _, many = o["log"].partition(":")
    series = dict((item + ":" + item).split(":")[:2] for item in o["show"].split())
    wants_exam = any(name.startswith("val_") for name in series)
    per = sum(1 for _ in lesson.batches(0))
    total, k, t = per * o["epochs"], int(many or per), 0
    heap: list[Record] = []
    sliding: Record = {}
    notes: list[Record] = []
    best, waited, resumed = math.inf, 0, False
    for epoch in range(-(o["rehearsed"] // per), o["epochs"]):
        for batch in lesson.batches(epoch):
            live = lesson.begin <= t / total < lesson.end and epoch >= 0
            lr = o["lr"] * factor(o["plan"], t, total, o["warm"])
            lr *= lesson.size if live and lesson.trouble == "rate" else 1.0
            if live and lesson.trouble == "resumed" and not resumed:
                opt, resumed = optimiser(learning, o | {"lr": o["lr"]}), True
            if resumed:
                lr = o["lr"] * lesson.size
            for group in opt.param_groups:
                group["lr"] = lr
            watch.keep()
            told = update(lesson, opt, judged, batch, Now(live, t / total, epoch, lesson.dice))
            if epoch < 0:
                continue
            t += 1
            heap.append(told | {"lr": lr})
            if how == "slide":
                sliding = {name: 0.95 * sliding.get(name, v) + 0.05 * v for name, v in heap[-1].items()} | {"lr": lr}
            if t % k:
                continue
            note = sliding if how == "slide" else heap[-1] if how == "each" else _mean(heap)
            inner = watch.tell() if o["inside"] else {}
            if wants_exam and t % (o["exam"] or k) == 0:
                net.eval()
                judged.eval()
                with torch.no_grad():
                    note = note | {f"val_{name}": value for name, value in lesson.exam(judged).items()}
            notes.append({"step": t, "epoch": epoch} | {s: note[n] for n, s in series.items() if n in note} | inner)
            heap = []
            if o["patience"] and "val_loss" in note:
                best, waited = min(best, note["val_loss"]), 0 if note["val_loss"] < best else waited + 1
                if waited >= o["patience"]:
                    return notes
    return notes


def _mean(heap: list[Record]) -> Record:
    return {name: sum(r[name] for r in heap) / len(heap) for name in heap[0]} | {"lr": heap[-1]["lr"]}

"""Topics of sentences and tags of words of Python's documentation, with the mistakes that people make in such a loop."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.docs_tags_parts import VOCABULARY, Reader, data, f1

torch.set_num_threads(1)
Records = list[dict[str, float]]


def rate(kind: str, at: float, cycle: float = 0.25) -> float:
    """Factor of the learning rate at a share of the training."""
    within = (at % cycle) / cycle
    return {
        "": lambda: 1.0,
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * at)),
        "linear": lambda: 1 - at,
        "steps": lambda: 0.1 ** int(at * 3),
        "restarts": lambda: 0.5 * (1 + math.cos(math.pi * within)),
        "triangle": lambda: 0.05 + 0.95 * (1 - abs(2 * within - 1)),
        "onecycle": lambda: min(at / 0.3, (1 - at) / 0.7),
        "warmup": lambda: min(1.0, at / cycle),
        "warmup_cosine": lambda: at / 0.1 if at < 0.1 else 0.5 * (1 + math.cos(math.pi * (at - 0.1) / 0.9)),
    }[kind]()


def optimiser(name: str, net: nn.Module, lr: float, wd: float, momentum: float, eps: float) -> torch.optim.Optimizer:
    """By name, over the parameters that are to learn."""
    learning = [p for p in net.parameters() if p.requires_grad]
    if name == "sgd":
        return torch.optim.SGD(learning, lr, momentum=momentum, weight_decay=wd)
    if name == "rmsprop":
        return torch.optim.RMSprop(learning, lr, weight_decay=wd, eps=eps)
    kind = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "adagrad": torch.optim.Adagrad}[name]
    return kind(learning, lr, weight_decay=wd, eps=eps)


class Loop:
    """One training; ``o`` holds the settings of ``train``."""

    def __init__(self, seed: int, o: dict[str, Any]) -> None:
        torch.manual_seed(seed)
        self.o, self.step = o, 0
        x, y, classes = data(seed, o["task"])
        n, held = o["n"], o["n_val"]
        self.x, self.y = x[:n], y[:n].clone()
        self.vx, self.vy = x[-held:], y[-held:].clone()
        self.classes = classes
        if o["noise"]:
            wrong = torch.rand(self.y.shape) < o["noise"]
            self.y[wrong & (self.y >= 0)] = torch.randint(classes, (int((wrong & (self.y >= 0)).sum()),))
        self._held_out(o["held"], x, y, held)
        if o["order"]:
            key = {"class": self.y if self.y.dim() == 1 else self.y.clamp(min=0).sum(1),
                   "length": (self.x > 0).sum(1), "rareness": self.x.float().mean(1)}[o["order"]]  # fmt: skip
            rows = key.argsort(stable=True, descending=o["descending"])
            self.x, self.y = self.x[rows], self.y[rows]
        self.net = Reader(o["net"], classes, o["task"] == "tag", **o["model"])
        self._start(o)
        self.old = copy.deepcopy(self.net)
        self.opt = optimiser(o["opt"], self.net, o["lr"], o["wd"], o["momentum"], o["eps"])
        self.weights = torch.tensor(o["weights"]) if o["weights"] else None
        self.generator = torch.Generator().manual_seed(seed)

    def _held_out(self, kind: str, x: Tensor, y: Tensor, held: int) -> None:
        if kind == "leak":
            self.vx, self.vy = x[:held], y[:held].clone()
        elif kind == "easy":
            rows = (self.vy < 2).nonzero()[:, 0]
            self.vx, self.vy = self.vx[rows], self.vy[rows]
        elif kind == "one_class":
            rows = (y[-1200:] == 2).nonzero()[:held, 0]
            self.vx, self.vy = x[-1200:][rows], y[-1200:][rows]
        elif kind == "shuffled":
            self.vy = self.vy[torch.randperm(len(self.vy))]
        elif kind == "noisy":
            rows = torch.rand(len(self.vy)) < 0.3
            self.vy[rows] = torch.randint(self.classes, (int(rows.sum()),))

    def _start(self, o: dict[str, Any]) -> None:
        with torch.no_grad():
            for name, p in self.net.named_parameters():
                p *= o["embed_scale"] if "embed" in name else o["head_scale"] if "head" in name else o["scale"]
            if o["head_bias"]:
                self.net.head.bias[o["head_class"]] += o["head_bias"]
        if o["freeze"]:
            for name, p in self.net.named_parameters():
                p.requires_grad_(not any(part in name for part in o["freeze"]))
        if o["pretrain"]:
            self._pretrain(o["pretrain"])

    def _pretrain(self, steps: int) -> None:
        """Start from weights that have already read the first half of the sentences."""
        x, y, _ = data(99, self.o["task"])
        opt = torch.optim.Adam(self.net.parameters(), 3e-3)
        for _ in range(steps):
            rows = torch.randint(len(x) // 2, (64,))
            opt.zero_grad()
            F.cross_entropy(self.net(x[rows]), y[rows]).backward()
            opt.step()
        if self.o["permute_head"]:
            with torch.no_grad():
                self.net.head.weight.copy_(self.net.head.weight.roll(1, 0))
                self.net.head.bias.copy_(self.net.head.bias.roll(1, 0))

    def rows(self, epoch: int) -> list[Tensor]:
        o, n = self.o, len(self.x)
        if o["curriculum"] and epoch < o["curriculum"]:
            short = (self.x > 0).sum(1).argsort()[: n * (epoch + 1) // (o["curriculum"] + 1)]
            return list(short[torch.randperm(len(short), generator=self.generator)].split(o["batch"]))
        order = torch.arange(n) if o["order"] or o["fixed"] else torch.randperm(n, generator=self.generator)
        return list(order.split(o["batch"]))

    def batch_loss(self, rows: Tensor) -> tuple[Tensor, float]:
        o, x, y = self.o, self.x[rows], self.y[rows]
        if o["hide"]:
            x = torch.where(torch.rand(x.shape) < o["hide"], torch.where(x > 0, 1, 0), x)
        if (o["corrupt"] and self.step % o["corrupt"] == o["corrupt"] - 1) or self.broken:
            y = torch.where(y >= 0, (y + 1) % self.classes, y)
        out = self.net(x)
        loss = F.cross_entropy(out, y, weight=self.weights, label_smoothing=o["smoothing"], reduction=o["reduction"])
        if o["focal"]:
            each = F.cross_entropy(out, y, reduction="none")
            loss = ((1 - torch.exp(-each)) ** o["focal"] * each).mean()
        there = y >= 0
        return loss, float((out.argmax(1) == y)[there].float().mean())

    broken = False

    def event(self, share: float) -> None:
        """What happens to the run in its middle: done once."""
        kind, at, value = self.o["event"]
        if share < at or getattr(self, "happened", False):
            return
        self.happened = True
        if kind == "lr":
            self.o["lr"] *= value
        elif kind == "hide":
            self.o["hide"] = value
        elif kind == "labels":
            self.broken = True
        elif kind == "head":
            self.net.head.reset_parameters()
        elif kind == "words":  # the vocabulary was built anew: other ids for the same words
            other = torch.randperm(VOCABULARY - 2) + 2
            swap = torch.arange(VOCABULARY)
            swap[2:][: int(value * VOCABULARY)] = other[: int(value * VOCABULARY)]
            self.x, self.vx = swap[self.x], swap[self.vx]
        elif kind == "classes":  # sentences with other labels join
            x = data(5, self.o["task"])[0]
            self.x = torch.cat([self.x, x[-int(value) :]])
            self.y = torch.cat([self.y, torch.randint(self.classes, (int(value),))])

    def judge(self, kept: tuple[Tensor, Tensor] | None = None) -> dict[str, float]:
        """Loss and metrics of the held-out part (or of other rows), as ``stale`` spoils them."""
        o = self.o
        net = self.old if o["stale"] == "model" and kept is None else self.net
        x, y = kept or (self.vx, self.vy)
        if o["subset"] and kept is None:
            rows = torch.randperm(len(x))[: o["subset"]]
            x, y = x[rows], y[rows]
        net.train(o["judge_in_train_mode"])
        with torch.no_grad():
            out = net(x)
            loss = F.cross_entropy(out, y, weight=self.weights, reduction=o["reduction"]).item()
        net.train()
        guess = out.argmax(1)
        if o["stale"] == "guess":
            self.guess = getattr(self, "guess", guess)
            guess = self.guess
        if o["stale"] == "shuffled":
            guess = guess[torch.randperm(len(guess))]
        if o["stale"] == "axis":
            guess = out[:, :1].argmax(1)
        there = y >= 0
        return {"val_loss": loss, "val_acc": float((guess == y)[there].float().mean()), "val_f1": f1(guess[there], y[there])}  # fmt: skip

    def run(self) -> Records:
        o, records, held = self.o, [], list[tuple[float, float, float]]()
        total = o["epochs"] * -(-len(self.x) // o["batch"])
        if o["first"]:
            records.append({"step": 0, "epoch": 0, **self.judge()})
        for epoch in range(o["epochs"]):
            for rows in self.rows(epoch):
                share = self.step / total
                lr = o["lr"] * rate(o["schedule"], min(share, 1.0), o["cycle"])
                for group in self.opt.param_groups:
                    group["lr"] = lr
                loss, acc = self.batch_loss(rows)
                self.opt.zero_grad()
                loss.backward()
                norm = nn.utils.clip_grad_norm_(self.net.parameters(), o["clip"] or 1e9).item()
                self.opt.step()
                if o["event"]:
                    self.event(share)
                self.step += 1
                held.append((loss.item(), acc, norm))
                if o["every"] and self.step % o["every"] == 0:
                    recent = held[-o["every"] :] if o["mean"] else held[-1:]
                    records.append({"step": self.step, "epoch": epoch, **self._train(recent), "lr": lr})
                    if o["val_every"] and self.step % o["val_every"] == 0:
                        records[-1] |= self.judge()
            ends = {"step": self.step, "epoch": epoch} | ({} if o["val_every"] else self.judge())
            if o["every"]:
                if not o["val_every"] and records:
                    records[-1] |= ends
            else:
                train = self._train(held)
                if o["after"]:
                    again = self.judge((self.x, self.y))
                    train |= {"loss": again["val_loss"], "acc": again["val_acc"]}
                records.append({**ends, **train, "lr": lr})
            held = held if o["every"] else []
        return records

    @staticmethod
    def _train(held: list[tuple[float, float, float]]) -> dict[str, float]:
        loss, acc, norm = (sum(part) / len(held) for part in zip(*held, strict=True))
        return {"loss": loss, "acc": acc, "grad_norm": norm}


DEFAULTS: dict[str, Any] = {
    "task": "topic", "net": "bag", "n": 1200, "n_val": 600, "model": {}, "opt": "adam", "lr": 2e-3, "wd": 0.0,
    "momentum": 0.0, "eps": 1e-8, "batch": 32, "epochs": 20, "schedule": "", "cycle": 0.25, "smoothing": 0.0,
    "reduction": "mean", "focal": 0.0, "weights": None, "noise": 0.0, "held": "", "order": "", "descending": False,
    "fixed": False, "curriculum": 0, "hide": 0.0, "corrupt": 0, "event": None, "stale": "", "subset": 0, "clip": 0.0,
    "judge_in_train_mode": False, "embed_scale": 0.4, "head_scale": 1.0, "scale": 1.0, "head_bias": 0.0,
    "head_class": 0, "freeze": (), "pretrain": 0, "permute_head": False, "every": 0, "mean": False, "val_every": 0,
    "after": False, "first": False,
}  # fmt: skip


def train(seed: int, keep: str = "loss val_loss val_acc", rename: dict[str, str] | None = None, **args: Any) -> Records:
    """Records of one training with the series ``keep``, some under other names. Raises KeyError for unknown args."""
    if unknown := args.keys() - DEFAULTS.keys():
        raise KeyError(str(unknown))
    wanted = ("step", "epoch", *keep.split())
    rename = rename or {}
    records = [
        {rename.get(k, k): r[k] for k in wanted if k in r} for r in Loop(seed, copy.deepcopy(DEFAULTS) | args).run()
    ]
    return [r for r in records if r.keys() - {"step", "epoch"}]

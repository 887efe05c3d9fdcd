"""A small student of made-up signs: labels, smoothed labels or a teacher's scores, with pruning and rounding on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.lessons import USUAL, Lesson, Now, Record, teach
from benchmarks.lab.scripts.small_student_parts import KINDS, Student, signs, teacher

OWN: dict[str, Any] = {
    "n": 1280, "held": 512, "net": {}, "haze": 1.1, "mixed": 0.5, "rare": 0.0, "false": 0.0, "ce": 1.0, "kd": 0.0, "heat": 3.0, "hint": 0.0,
    "smooth": 0.0, "taught": 500, "order": "shuffled", "shake": 0.0, "round": (), "cut": (), "penalty": 0.0, "squared": True, "tell": 1.0, "harder": 0.0,
}  # fmt: skip
"""``ce``, ``kd``, ``hint``: weights of the terms. ``heat``: temperature. ``taught``: updates the teacher had. ``round``:
(share of the run, bits) pairs. ``cut``: (share of the run, share of weights) pairs. ``squared``: the term kd times heat².
``harder``: haze that grows in training. ``false``: share of false labels."""


class Learning(Lesson):
    """Signs, a teacher and a student."""

    def __init__(self, seed: int, o: dict[str, Any]) -> None:
        super().__init__(seed, o)
        self.master = teacher(o["haze"], o["mixed"], o["taught"])
        torch.manual_seed(40 + seed)
        self.seen, self.kind = signs(o["n"], 1001 + 3 * seed, o["haze"], o["mixed"], o["rare"])
        self.held, self.truth = signs(o["held"], 1002 + 3 * seed, o["haze"], o["mixed"], o["rare"])
        self.kind = torch.where(torch.rand(o["n"], generator=self.dice) < o["false"], torch.randint(0, KINDS, (o["n"],), generator=self.dice), self.kind)  # fmt: skip
        if self.trouble == "other_norm":
            self.wise, self.wise_held = self.master(self.seen * 0.1 + 2)[0], self.master(self.held * 0.1 + 2)[0]
        else:
            (self.wise, self.deep), (self.wise_held, _) = self.master(self.seen), self.master(self.held)
        if self.trouble == "misread":
            self.kind = self.kind[torch.randperm(o["n"], generator=self.dice)]
        if self.trouble == "bytes":
            self.seen, self.held = (self.seen + 4) * self.size, (self.held + 4) * self.size
        if self.trouble == "wide_teacher":
            self.wise, self.wise_held = self.wise * self.size, self.wise_held * self.size
        self.net = Student(**o["net"])
        if o["hint"]:
            self.net.guess = nn.Linear(self.net.scores.in_features, 160)
        self.at = dict(o["round"]), dict(o["cut"])

    def batches(self, epoch: int) -> Iterator[Tensor]:
        """Numbers of pictures."""
        n, order = self.o["n"], self.o["order"]
        if order == "kind":
            pick = torch.argsort(self.kind, stable=True)
        elif order == "light":
            pick = torch.argsort(self.seen.flatten(1).std(1))
        elif order == "sure":
            pick = torch.argsort(torch.softmax(self.wise, 1).max(1).values)
        else:
            pick = torch.randperm(n, generator=self.dice)
        yield from (p for p in pick.split(self.o["batch"]) if len(p) == self.o["batch"])

    def loss(self, batch: Tensor, now: Now) -> tuple[Tensor, Record]:
        """The weighted terms on a batch."""
        rounding, cutting = self.at
        for when in [w for w in rounding if now.done >= w]:
            self.net.bits = rounding.pop(when)
        for when in [w for w in cutting if now.done >= w]:
            self.net.cut(cutting.pop(when))
        seen, kind, wise, o = self.seen[batch], self.kind[batch], self.wise[batch], self.o
        haze = o["shake"] + o["harder"] * max(0.0, now.done)
        if haze:
            seen = seen + haze * torch.randn(seen.shape, generator=now.dice)
        if now.live:
            if self.trouble == "fog":
                seen = seen + self.size * torch.randn(seen.shape, generator=now.dice)
            if self.trouble == "bright":
                seen = seen * self.size + 1
            if self.trouble == "off_by_one":
                kind, wise = (kind + 1) % KINDS, wise.roll(1, 1)
            if self.trouble == "burnt" and float(torch.rand(1, generator=now.dice)) < 0.02:
                seen = seen * self.size
            if self.trouble == "flipped" and float(torch.rand(1, generator=now.dice)) < 0.02:
                kind = (kind + 3) % KINDS
            if self.trouble == "colder":
                wise = wise * self.size
        return self._terms(self.net, seen, kind, wise, batch, True)

    def _terms(self, net: nn.Module, seen: Tensor, kind: Tensor, wise: Tensor, batch: Tensor | None, learning: bool) -> tuple[Tensor, Record]:  # fmt: skip
        o, heat = self.o, self.o["heat"]
        scores, deep = net(seen)
        if self.trouble == "softmax_twice":
            scores = torch.softmax(scores, 1)
        if self.trouble == "detached" and learning:
            scores = scores.detach() + 0 * scores
        told: Record = {}
        ce = F.cross_entropy(scores, kind, label_smoothing=o["smooth"] if learning else 0.0)
        total = o["ce"] * ce
        told["ce"] = float(ce.detach())
        if o["kd"]:
            if self.trouble == "own_log":
                p, q = torch.softmax(wise / heat, 1), torch.softmax(scores / heat, 1).half().float()
                kd = (p * (p.log() - q.log())).sum(1).mean()
            else:
                kd = F.kl_div(F.log_softmax(scores / heat, 1), F.log_softmax(wise / heat, 1), reduction="batchmean", log_target=True)  # fmt: skip
            kd = kd * (heat**2 if o["squared"] else 1.0) * (len(kind) if self.trouble == "summed" else 1.0)
            total, told["kd"] = total + o["kd"] * kd, float(kd.detach()) * o["kd"]
        if o["hint"] and batch is not None:
            hint = F.mse_loss(net.guess(deep), self.deep[batch] * (self.size if self.trouble == "loud" else 1.0))
            total, told["hint"] = total + o["hint"] * hint, float(hint.detach()) * o["hint"]
        total = o["tell"] * total
        if o["penalty"] and learning:
            size = o["penalty"] * torch.stack([p.abs().sum() for p in net.parameters()]).sum()
            told["penalty"], told["data"] = float(size.detach()), float(total.detach())
            total = total + size
        hit = float((scores.argmax(1) == kind).float().mean())
        if not learning and self.trouble == "always_first":
            hit = float((kind == 0).float().mean())
        if not learning and self.trouble == "teacher_judged":
            hit = float((wise.argmax(1) == kind).float().mean())
        return total, {"loss": float(total.detach()), "acc": hit, "top1": 100 * hit, "error": 1 - hit, "agree": float((scores.argmax(1) == wise.argmax(1)).float().mean())} | told  # fmt: skip

    def exam(self, net: nn.Module) -> Record:
        """Figures of the held-out signs."""
        return self._terms(net, self.held, self.truth, self.wise_held, None, False)[1]


def train(seed: int, **args: Any) -> list[Record]:
    """Notes of one run; ``args`` over OWN and USUAL."""
    o = USUAL | OWN
    if unknown := args.keys() - o.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    return teach(Learning(seed, o | args))

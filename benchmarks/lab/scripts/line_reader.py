"""Reading made-up lines with CTC: the plateau of blanks, the fall behind it, and what people do wrong on the way."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.line_reader_parts import Reader, errors, pages

torch.set_num_threads(1)
Line = dict[str, float]
Pages = dict[str, Tensor]


@dataclass
class Recipe:
    """How to train; ``flaw`` between ``start`` and ``stop`` (shares of the run) with ``size``."""

    lines: int = 512
    proof: int = 96
    letters: int = 10
    page: dict[str, Any] = field(default_factory=dict)
    false: float = 0.0
    batch: int = 32
    epochs: int = 16
    model: dict[str, Any] = field(default_factory=dict)
    algo: str = "adam"
    lr: float = 3e-3
    wd: float = 0.0
    plan: str = "even"
    knob: float = 0.0
    ramp: int = 0
    clip: float = 0.0
    per_letter: bool = True
    side: float = 0.0
    l2: float = 0.0
    factor: float = 1.0
    hints: float = 0.0
    order: str = "mixed"
    mean: float = 0.0
    wait: int = 0
    flaw: str = ""
    start: float = 0.0
    stop: float = 1.0
    size: float = 1.0
    each: int = 0
    blend: bool = False
    proof_each: int = 1
    tell: tuple[str, ...] = ("loss", "val_loss", "val_cer")
    called: dict[str, str] = field(default_factory=dict)
    look: dict[str, str] = field(default_factory=dict)


def share_of_rate(r: Recipe, t: int, total: int) -> float:
    """The rate at update t over the base."""
    x = t / total
    ramp = min(1.0, (t + 1) / r.ramp) if r.ramp else 1.0
    match r.plan:
        case "cosine":
            return ramp * (1 + math.cos(math.pi * x)) / 2
        case "cut":
            return ramp * (0.05 if x >= r.knob else 1.0)
        case "stairs":
            return ramp * 0.2 ** int(x / r.knob)
        case "cycles":
            return ramp * (0.05 + 0.95 * abs(math.sin(math.pi * t / r.knob)))
        case "again":
            return ramp * (0.02 + 0.49 * (1 + math.cos(math.pi * (t % r.knob) / r.knob)))
        case "once":
            return max(0.03, x / 0.3 if x < 0.3 else (1 - x) / 0.7)
        case "over":
            return ramp * max(0.0, 1 - x / r.knob)
        case "rising":
            return ramp * r.knob ** (12 * x)
        case _:
            return ramp


class Press:
    """A training."""

    def __init__(self, seed: int, recipe: Recipe) -> None:
        r = self.r = recipe
        torch.manual_seed(300 + seed)
        self.books = pages(r.lines, 59 * seed + 1, r.letters, **r.page)
        self.proofs = pages(r.proof, 59 * seed + 2, r.letters, **r.page)
        wrong = (torch.rand(r.lines) < r.false)[:, None] & (self.books["text"] > 0)
        self.books["text"] = torch.where(wrong, torch.randint(1, r.letters + 1, wrong.shape), self.books["text"])
        if r.flaw == "wrong transcripts":
            mixed = torch.randperm(r.lines)
            self.books |= {"text": self.books["text"][mixed], "length": self.books["length"][mixed]}
        if r.flaw == "inverted bytes":
            for part in (self.books, self.proofs):
                part["ink"] = 255 * r.size * (1 - part["ink"])
        self.net = Reader(r.letters, **r.model)
        self.shadow = copy.deepcopy(self.net)
        own = list((self.shadow if r.flaw == "other net" else self.net).parameters())
        self.algo: torch.optim.Optimizer = {
            "sgd": lambda: torch.optim.SGD(own, r.lr, weight_decay=r.wd),
            "momentum": lambda: torch.optim.SGD(own, r.lr, 0.9, weight_decay=r.wd),
            "adam": lambda: torch.optim.Adam(own, r.lr, weight_decay=r.wd, fused=True),
            "adamw": lambda: torch.optim.AdamW(own, r.lr, weight_decay=r.wd, fused=True),
            "rmsprop": lambda: torch.optim.RMSprop(own, r.lr, foreach=True),
            "adadelta": lambda: torch.optim.Adadelta(own, r.lr, foreach=True),
        }[r.algo]()

    def batches(self, epoch: int) -> list[Tensor]:
        """Indices of an epoch, whole batches only."""
        r = self.r
        if r.order == "length":
            order = torch.argsort(self.books["length"], stable=True)
        elif r.order == "first letter":
            order = torch.argsort(self.books["text"][:, 0], stable=True)
        elif r.order == "short first" and epoch < r.epochs // 3:
            order = torch.nonzero(self.books["length"] <= 4)[:, 0]
            order = order[torch.randperm(len(order))]
        else:
            order = torch.randperm(r.lines)
        return [part for part in order.split(r.batch) if len(part) == r.batch]

    def measure(self, part: Pages, pick: Tensor, now: bool) -> tuple[Tensor, Line, Tensor]:
        """The sum to minimise, its terms, and the scores."""
        r, training = self.r, self.net.training
        ink, text, length = part["ink"][pick], part["text"][pick], part["length"][pick]
        if now and training:
            ink, length = self.damage(ink, length)
        if training and r.hints:
            ink = ink + r.hints * torch.randn_like(ink)
        net = self.shadow if not training and (r.mean or r.flaw == "old net") else self.net
        scores = net(ink)
        times = torch.full((len(pick),), scores.shape[0])
        if r.flaw == "too few frames" and now and training:
            times = torch.full((len(pick),), int(r.size))
        each = F.ctc_loss(scores, text, times, length, reduction="none")
        ctc = (each / length if r.per_letter else each).mean()
        total, told = ctc, {"ctc": float(ctc.detach())}
        if r.side:
            wanted = F.one_hot(text, r.letters + 1)[:, :, 1:].sum(1).clamp(max=1).float()
            side = F.binary_cross_entropy(scores.exp().amax(0)[:, 1:].clamp(1e-6, 1 - 1e-6), wanted)
            total, told["side"] = total + r.side * side, float(r.side * side.detach())
        if r.l2 and training:
            reg = r.l2 * sum((w.square().sum() for w in self.net.parameters()), total.new_zeros(()))
            total, told["reg"] = total + reg, float(reg.detach())
        total = total * r.factor
        return total, told | {"loss": float(total.detach())}, scores.detach()

    def damage(self, ink: Tensor, length: Tensor) -> tuple[Tensor, Tensor]:
        """What the flaw does to a batch."""
        r = self.r
        if r.flaw == "torn" and float(torch.rand(1)) < 0.025:
            ink = ink * r.size
        if r.flaw == "negative":
            ink = r.size - ink
        if r.flaw == "rain":
            ink = ink + r.size * torch.randn_like(ink)
        if r.flaw == "cut short":
            length = (length - int(r.size)).clamp(min=1)
        return ink, length

    def turn(self, total: Tensor, now: bool) -> Line:
        """One update."""
        r = self.r
        self.algo.zero_grad()
        total.backward()
        grads = [w.grad for w in self.net.parameters() if w.grad is not None]
        if now and r.flaw in {"backwards", "too much"}:
            for grad in grads:
                grad.mul_(-r.size if r.flaw == "backwards" else r.size)
        told: Line = {}
        if r.clip or {"norm", "norm_cut"} & set(r.tell):
            norm = float(torch.nn.utils.clip_grad_norm_(self.net.parameters(), r.clip or math.inf))
            told = {"norm": norm, "norm_cut": min(norm, r.clip or math.inf)}
        if r.flaw != "no step":
            self.algo.step()
        if r.mean:
            with torch.no_grad():
                for slow, quick in zip(self.shadow.state_dict().values(), self.net.state_dict().values(), strict=True):
                    slow.copy_(r.mean * slow + (1 - r.mean) * quick if slow.is_floating_point() else quick)
        return told

    @torch.no_grad()
    def proofread(self) -> Line:
        """Figures of the lines held out."""
        self.net.eval()
        self.shadow.eval()
        _, told, scores = self.measure(self.proofs, torch.arange(self.r.proof), False)
        self.net.train()
        cer, wer = errors(scores, self.proofs["text"], self.proofs["length"])
        told |= {"cer": cer, "wer": wer, "acc": 1 - wer, "percent": 100 * (1 - cer)}
        return {f"val_{k}": v for k, v in told.items()}

    def peer(self, before: list[Tensor]) -> Line:
        """Quantities of the convolutions."""
        found: Line = {}
        for i, (conv, out, old) in enumerate(zip(self.net.convs, self.net.seen, before, strict=True)):
            weight, out = conv.weight.detach(), out.detach()
            value = {
                "dead": float((out <= 0).all(2).all(0).float().mean()),
                "std": float(out.std()),
                "grad": float(conv.weight.grad.norm()) if conv.weight.grad is not None else 0.0,
                "ratio": float((weight - old).norm() / (old.norm() + 1e-12)),
            }
            found |= {name.format(i): value[what] for what, name in self.r.look.items()}
        return found

    def line(self, t: int, epoch: int, window: list[Line], before: list[Tensor]) -> Line:
        """A line of the log from the updates since the last one."""
        r = self.r
        used = window if r.blend or not r.each else window[-1:]
        seen = {k: sum(w[k] for w in used) / len(used) for k in used[0]}
        shown = {r.called.get(k, k): seen[k] for k in r.tell if k in seen}
        return {"step": t, "epoch": epoch} | shown | (self.peer(before) if r.look else {})

    def one(self, pick: Tensor, t: int, total: int) -> tuple[Line, list[Tensor]]:
        """One batch."""
        r = self.r
        now = r.start <= t / total < r.stop
        rate = r.lr * share_of_rate(r, t, total) * (r.size if now and r.flaw == "rate" else 1.0)
        for group in self.algo.param_groups:
            group["lr"] = rate
        if r.flaw == "new letters" and t == int(r.start * total):
            mixed = torch.randperm(r.letters + 1)[: max(2, int(r.size * r.letters))]
            self.net.out.weight.data[mixed] = self.net.out.weight.data[mixed.roll(1)]
        before = [c.weight.detach().clone() for c in self.net.convs] if r.look else []
        loss, told, _ = self.measure(self.books, pick, now)
        return told | self.turn(loss, now) | {"lr": rate}, before

    def run(self) -> list[Line]:
        """The whole training."""
        r, t, log, best, waited = self.r, 0, list[Line](), math.inf, 0
        total = (
            sum(len(self.batches(e)) for e in range(r.epochs))
            if r.order == "short first"
            else r.lines // r.batch * r.epochs
        )
        for epoch in range(r.epochs):
            window: list[Line] = []
            before: list[Tensor] = []
            for pick in self.batches(epoch):
                told, before = self.one(pick, t, total)
                window.append(told)
                t += 1
                if r.each and t % r.each == 0:
                    log.append(self.line(t, epoch, window, before))
                    window = []
            if not r.each:
                log.append(self.line(t, epoch, window, before))
            if log and (epoch + 1) % r.proof_each == 0 and any(k.startswith("val_") for k in r.tell):
                seen = self.proofread()
                log[-1] |= {r.called.get(k, k): seen[k] for k in r.tell if k in seen}
                best, waited = (seen["val_loss"], 0) if seen["val_loss"] < best else (best, waited + 1)
                if r.wait and waited >= r.wait:
                    break
        return log


def train(seed: int, **args: Any) -> list[Line]:
    """The log of one training; ``args`` go to Recipe."""
    return Press(seed, Recipe(**args)).run()

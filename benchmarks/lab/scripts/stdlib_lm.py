"""A tiny GPT or recurrent net on the letters of Python's standard library; a loop that counts steps, as nanoGPT's."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from benchmarks.lab.scripts.stdlib_lm_parts import LETTERS, Feed, Model, texts

torch.set_num_threads(1)
DIGITS = 5


def _factor(schedule: str, done: float, warmup: float, at: float, much: float) -> float:
    rise = min(1.0, done / warmup) if warmup else 1.0
    if schedule == "cosine":
        return rise if done < warmup else 0.1 + 0.45 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup)))
    if schedule == "noam":
        return rise if done < warmup else math.sqrt(warmup / done)
    if schedule == "triangles":
        return 0.1 + 0.9 * (1 - abs(2 * (done * 5 % 1) - 1))
    if schedule == "restarts":
        return 0.01 + 0.5 * (1 + math.cos(math.pi * (done * 4 % 1)))
    if schedule == "early":
        return max(0.0, 1 - done / at)
    if schedule == "hot":
        return 0.02 + 0.49 * (1 + math.cos(math.pi * done / at)) if done < at else much
    if schedule == "steps":
        return 1.0 if done < at else (0.1 if done < (1 + at) / 2 else 0.01)
    if schedule == "growing":
        return math.exp(much * done)
    if schedule == "wsd":
        return rise if done < at else max(0.02, (1 - done) / (1 - at))
    return rise * (much if schedule == "raised" and done >= at else 1.0)


@dataclass(frozen=True)
class Setting:
    """One training of ``steps`` steps, logged ``every`` few of them, evaluated at every ``evaluate``-th line of the log.

    ``order``: random windows, "epochs" (pieces without repetition) or "files" (as they stand, the same each epoch).
    ``fault`` begins at the share ``at`` of the run. ``scale`` multiplies the loss as logged and as descended on.
    """

    model: str = "gpt"
    width: int = 32
    layers: int = 1
    block: int = 32
    batch: int = 8
    steps: int = 500
    every: int = 5
    evaluate: int = 10
    opt: str = "adamw"
    lr: float = 2e-3
    schedule: str = "constant"
    warmup: float = 0.0
    clip: float = 0.0
    decay: float = 0.0
    beta: float = 0.99
    letters: int = 60_000
    order: str = "random"
    data: str = "source"
    val: str = ""
    val_pieces: int = 64
    redraw: bool = False
    dropout: float = 0.0
    smoothing: float = 0.0
    wrong: float = 0.0
    gain: float = 1.0
    pre: int = 0
    fault: str = ""
    at: float = 0.5
    much: float = 1.0
    mean: bool = False
    scale: float = 1.0
    log: tuple[str, ...] = ("loss",)
    digits: int = DIGITS


def train(seed: int, **setting: object) -> list[dict[str, float]]:
    """Records every few steps."""
    torch.manual_seed(7000 + seed)
    training, records = Training(Setting(**setting)), []
    while training.step < training.s.steps:
        record = training.next()
        if record:
            records.append({k: v if k == "step" else float(f"{v:.{training.s.digits}g}") for k, v in record.items()})
    return records


def _letters(s: Setting) -> tuple[Tensor, Tensor]:
    """The text to learn from, and the text held out."""
    text = texts()[s.data][: s.letters]
    cut = int(0.85 * len(text)) if s.data != "files" else len(text)
    if s.val:
        return text[:cut], texts()[s.val][-8000:]
    return text[:cut], text[cut:] if cut < len(text) else texts()["source"][-8000:]


class Training:
    """A net, its optimiser and its text, a step at a time."""

    def __init__(self, s: Setting) -> None:
        self.s, self.step = s, 0
        text, self.held = _letters(s)
        self.net = Model(s.model, s.width, s.layers, s.block, s.dropout)
        with torch.no_grad():
            for p in self.net.parameters():
                p.mul_(s.gain if p.dim() > 1 else 1.0)
        if s.pre:
            _pretrain(self.net, s.pre, s.block)
        self.owner = copy.deepcopy(self.net) if s.fault == "other_parameters" else self.net
        self.optimiser = self._optimiser()
        self.feed = Feed(text, s.block, s.batch, s.order, s.fault, s.at, s.steps)
        self.window: list[tuple[float, float, float, float]] = []  # loss, accuracy, norm, clipped
        self.resume = _Resume(s.at if s.fault == "resume" else 9.0, 0.15 * s.much)

    def _optimiser(self) -> torch.optim.Optimizer:
        s, learnt = self.s, self.owner.parameters()
        if s.opt == "adamw":
            return torch.optim.AdamW(learnt, s.lr, (0.9, s.beta), weight_decay=s.decay)
        if s.opt == "adam":
            return torch.optim.Adam(learnt, s.lr, (0.9, s.beta))
        if s.opt == "rmsprop":
            return torch.optim.RMSprop(learnt, s.lr)
        return torch.optim.SGD(learnt, s.lr, 0.9 if s.opt == "momentum" else 0.0)

    def next(self) -> dict[str, float]:
        """One step; its record, or {} if none is due."""
        s = self.s
        self.step += 1
        done, due = self.step / s.steps, self.step % s.every == 0
        rate = s.lr * _factor(s.schedule, done, s.warmup, s.at, s.much)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        norms = self._learn(done, due and "layers" in s.log)
        record = self._record(rate) | norms | self._judged() if due else {}
        self.step = self.resume(done, self.step, self.net, self.optimiser)
        if s.fault == "new_optimiser" and self.step == int(s.at * s.steps):
            self.optimiser = self._optimiser()
        return record

    def _learn(self, done: float, inside: bool) -> dict[str, float]:
        """Descend once; with ``inside``, the norms of the gradients of the layers."""
        s = self.s
        x, y = self.feed(self.step)
        if s.wrong:
            y = torch.where(torch.rand(y.shape) < s.wrong, torch.randint(LETTERS, y.shape), y)
        z = self.net(x)
        loss = s.scale * _loss(z, y, s.smoothing, s.fault, done > s.at)
        if s.fault != "keeps_gradients" or done < s.at:
            self.optimiser.zero_grad()
        (-s.much * loss if s.fault == "ascent" and done >= s.at else loss).backward()
        norms = _norms(self.net) if inside else {}
        total = float(nn.utils.clip_grad_norm_(self.net.parameters(), s.clip or float("inf")))
        self.optimiser.step()
        right = float((z.argmax(-1) == y).float().mean())
        self.window.append((float(loss.detach()), right, total, float(s.clip > 0 and total > s.clip)))
        return norms

    def _record(self, rate: float) -> dict[str, float]:
        s, window, self.window = self.s, self.window, []
        means = [sum(column) / len(column) for column in zip(*window, strict=True)]
        row = {"step": self.step, "epoch": (self.step - 1) // self.feed.pieces}
        row |= _shown(means if s.mean else window[-1], s.log, s.clip, rate, s.scale)
        return row | ({"clip": 100 * means[3]} if "clip" in s.log else {})

    def _judged(self) -> dict[str, float]:
        s = self.s
        if not any(n.startswith("val_") for n in s.log) or self.step % (s.every * s.evaluate):
            return {}
        found = _evaluate(self.net, self.held, s.block, s.val_pieces, s.redraw, s.scale)
        return {k: v for k, v in found.items() if k in s.log}


def _norms(net: nn.Module) -> dict[str, float]:
    return {f"gradients/{n}": float(p.grad.norm()) for n, p in net.named_parameters()
            if p.grad is not None and p.dim() > 1 and "norm" not in n}  # fmt: skip


class _Resume:
    """Goes back to the checkpoint of the share ``at`` once, after ``later`` more of the run."""

    def __init__(self, at: float, later: float) -> None:
        self.at, self.later, self.saved, self.back = at, later, None, False

    def __call__(self, done: float, step: int, net: nn.Module, optimiser: torch.optim.Optimizer) -> int:
        if self.saved is None and done >= self.at:
            self.saved = copy.deepcopy((step, net.state_dict(), optimiser.state_dict()))
        if self.back or self.saved is None or done < self.at + self.later:
            return step
        self.back = True
        net.load_state_dict(self.saved[1])
        optimiser.load_state_dict(self.saved[2])
        return self.saved[0]


def _pretrain(net: Model, steps: int, block: int) -> None:
    text, optimiser = texts()["prose"], torch.optim.AdamW(net.parameters(), 3e-3)
    for _ in range(steps):
        starts = torch.randint(len(text) - block - 1, (16,))
        z = net(torch.stack([text[s : s + block] for s in starts]))
        optimiser.zero_grad()
        cross_entropy(z.flatten(0, 1), torch.stack([text[s + 1 : s + block + 1] for s in starts]).flatten()).backward()
        optimiser.step()


def _loss(z: Tensor, y: Tensor, smoothing: float, fault: str, begun: bool) -> Tensor:
    if fault == "half" and begun:
        e = z.exp()
        e = torch.where(e > 65504, torch.inf, e)
        return -(e.gather(-1, y[..., None])[..., 0] / e.sum(-1)).log().mean()
    if fault == "mask" and begun:
        seen = (y < 3) & (torch.rand(y.shape) < 0.04)
        return (cross_entropy(z.flatten(0, 1), y.flatten(), reduction="none") * seen.flatten()).sum() / seen.sum()
    return cross_entropy(z.flatten(0, 1), y.flatten(), label_smoothing=smoothing)


def _shown(w: tuple[float, ...], log: tuple[str, ...], clip: float, rate: float, scale: float) -> dict[str, float]:
    nats = w[0] / scale
    every = {"loss": w[0], "ppl": math.exp(min(nats, 80)) if nats == nats else nats, "bpb": nats / math.log(2),
             "accuracy": w[1], "grad_norm": w[2], "lr": rate}  # fmt: skip
    if "clipped_norm" in log:
        return {k: v for k, v in every.items() if k in log} | {"grad_norm": min(w[2], clip)}
    return {k: v for k, v in every.items() if k in log}


@torch.no_grad()
def _evaluate(net: Model, held: Tensor, block: int, pieces: int, redraw: bool, scale: float) -> dict[str, float]:
    net.eval()
    if redraw:
        starts = torch.randint(len(held) - block - 1, (pieces,))
    else:
        starts = torch.linspace(0, len(held) - block - 2, pieces).long()
    z = net(torch.stack([held[s : s + block] for s in starts]))
    y = torch.stack([held[s + 1 : s + block + 1] for s in starts])
    loss = float(cross_entropy(z.flatten(0, 1), y.flatten()))
    net.train()
    return {"val_loss": scale * loss, "val_ppl": math.exp(min(loss, 80)), "val_bpb": loss / math.log(2),
            "val_accuracy": float((z.argmax(-1) == y).float().mean())}  # fmt: skip

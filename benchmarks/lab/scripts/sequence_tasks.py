"""Tiny transformers, recurrent nets and perceptrons on made-up sequences; a loop that counts steps.

Tasks: sort, reverse, running sums (each position a class), addition modulo a prime, the most frequent symbol.
"""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from benchmarks.lab.scripts.sequence_parts import Knobs, Model, classes, examples, factor

torch.set_num_threads(1)


def train(seed: int, **args: object) -> list[dict[str, float]]:
    """Records every ``every`` steps, an evaluation at each ``evaluate``-th record; see ``Knobs``."""
    k = Knobs(**args)  # type: ignore[arg-type]
    torch.manual_seed(6300 + seed)
    net, feed = Model(k), _Feed(k)
    first = copy.deepcopy(net)
    owner = copy.deepcopy(net) if k.fault == "other_parameters" else net
    if k.pretrain:
        _pretrain(k, net)
    optimiser = _optimiser(k, owner)
    records: list[dict[str, float]] = []
    window: list[dict[str, float]] = []
    step, saved, back = 0, None, int(k.much) if k.fault == "resume" else -1
    while step < k.steps:
        step += 1
        rate = k.lr * factor(k, step / k.steps)
        for group in optimiser.param_groups:
            group["lr"] = rate
        window.append(_learn(k, net, optimiser, feed, step) | {"lr": rate})
        if step % k.every == 0:
            records.append(_record(k, window, step, feed.epoch(step)))
            window = []
            if step % (k.every * k.evaluate) == 0 and any(n.startswith("val_") for n in k.log):
                records[-1] |= _evaluate(k, first if k.fault == "stale" else net, feed.held)
        if k.fault == "resume" and step == int(k.at):
            saved = copy.deepcopy((net.state_dict(), optimiser.state_dict()))
        if step == back:
            step, back = int(k.at), -1
            net.load_state_dict(saved[0])
            optimiser.load_state_dict(saved[1])
    return records


def _learn(k: Knobs, net: Model, optimiser: torch.optim.Optimizer, feed: _Feed, step: int) -> dict[str, float]:
    """One step of the optimiser (``accumulate`` batches); what could be logged of it."""
    values: dict[str, float] = {}
    done = step / k.steps
    net.watch = bool(k.inside) and step % k.every == 0
    for _ in range(k.accumulate):
        x, y = feed(step)
        if k.fault == "foreign" and done >= k.at:
            y = torch.randint(classes(k), y.shape)
        z = net(x)
        parts = _terms(k, net, z, y)
        loss = k.scale * sum(parts.values())
        ((-1 if k.fault == "ascent" and done >= k.at else 1) * loss / k.accumulate).backward()
    values |= {"loss": float(loss.detach())} | {n: k.scale * float(p.detach()) for n, p in parts.items()}
    values["accuracy"] = float((z.argmax(-1) == y).float().mean())
    named = net.watched()
    if net.watch and "grad" in k.inside:
        values |= {k.prefix["grad"] + n: float(w.grad.norm()) for n, w in named.items() if w.grad is not None}
    norm = float(nn.utils.clip_grad_norm_(net.parameters(), k.clip or math.inf))
    values["grad_norm"] = min(norm, k.clip) if k.clip and k.log_clipped else norm
    values["clipped"] = float(bool(k.clip) and norm > k.clip)
    before = {n: w.detach().clone() for n, w in named.items()} if net.watch and "update" in k.inside else {}
    optimiser.step()
    optimiser.zero_grad()
    if k.fault == "kick" and step == int(k.at):
        with torch.no_grad():
            for w in named.values():
                w *= k.much
    values |= {k.prefix["update"] + n: float((named[n].detach() - w).norm() / w.norm()) for n, w in before.items()}
    if net.watch:
        values |= {
            k.prefix[what] + n: v for what in ("dead", "std") if what in k.inside for n, v in net.seen[what].items()
        }
    return values


def _terms(k: Knobs, net: Model, z: Tensor, y: Tensor) -> dict[str, Tensor]:
    """Weighted terms: cross-entropy, the logits' normaliser, L2, the sum of the answers as a number."""
    flat = cross_entropy(z.flatten(0, -2), y.flatten(), label_smoothing=k.smoothing)
    p = z.softmax(-1)
    make = {
        "ce": lambda: (
            flat if k.fault != "log_p" else -p.flatten(0, -2)[torch.arange(y.numel()), y.flatten()].log().mean()
        ),
        "z": lambda: (z.logsumexp(-1) ** 2).mean(),
        "l2": lambda: sum((w**2).sum() for w in net.parameters()),
        "sum": lambda: ((p * torch.arange(z.shape[-1])).sum(-1) - y).pow(2).mean(),
    }
    return {name: weight * make[name]() for name, weight in k.weights.items()}


@torch.no_grad()
def _evaluate(k: Knobs, net: Model, held: tuple[Tensor, Tensor]) -> dict[str, float]:
    x, y = held if not k.redraw else examples(k, k.redraw)
    net.eval()
    net.watch = False
    z = net(x)
    net.train()
    right = z.argmax(-1) == y
    loss = float(cross_entropy(z.flatten(0, -2), y.flatten())) * k.scale
    values = {"loss": loss, "accuracy": float(right.float().mean()), "ppl": math.exp(min(50.0, loss)),
              "exact_match": float(right.flatten(1).all(1).float().mean()) if right.dim() > 1 else float(right.float().mean())}  # fmt: skip
    return {f"val_{n}": _short(v) for n, v in values.items() if f"val_{n}" in k.log}


class _Feed:
    """Fresh sequences at each step, or batches of ``rows`` fixed ones in an order."""

    def __init__(self, k: Knobs) -> None:
        self.k, self.order = k, torch.arange(0)
        if k.task == "add":
            pairs = torch.cartesian_prod(torch.arange(k.symbols), torch.arange(k.symbols))[torch.randperm(k.symbols**2)]
            x, y = pairs, (pairs[:, 0] + pairs[:, 1]) % k.symbols
            cut = int(k.share * len(x))
            self.held, (self.x, self.y) = (x[cut:], y[cut:]), (x[:cut], y[:cut].clone())
        else:
            self.held = examples(k, k.held_rows)
            self.x, self.y = examples(k, k.rows or 1)
        mistaken = torch.rand(len(self.x)) < k.wrong
        self.y[mistaken] = torch.randint(classes(k), self.y[mistaken].shape)
        if k.sort:
            rank = torch.argsort(self.y.float().flatten(1).mean(1) if self.y.dim() > 1 else self.y.float(), stable=True)
            self.x, self.y = self.x[rank], self.y[rank]
        self.pieces = max(1, len(self.x) // (k.batch or len(self.x)))

    def epoch(self, step: int) -> int:
        return (step - 1) // self.pieces if self.k.rows or self.k.task == "add" else 0

    def __call__(self, step: int) -> tuple[Tensor, Tensor]:
        k = self.k
        if not k.rows and k.task != "add":
            grown = k.length if not k.curriculum else min(k.length, 2 + int(step / k.steps * k.curriculum))
            return examples(k, k.batch, grown, wrong=k.wrong)
        if not k.batch:
            return self.x, self.y
        i = (step - 1) % self.pieces
        if i == 0 or not len(self.order):
            self.order = torch.arange(len(self.x)) if k.sort else torch.randperm(len(self.x))
        rows = self.order[i * k.batch : (i + 1) * k.batch]
        return self.x[rows], self.y[rows]


def _optimiser(k: Knobs, net: nn.Module) -> torch.optim.Optimizer:
    if k.opt == "adamw":
        return torch.optim.AdamW(net.parameters(), k.lr, (0.9, k.beta), weight_decay=k.decay)
    if k.opt == "rmsprop":
        return torch.optim.RMSprop(net.parameters(), k.lr)
    if k.opt == "adam":
        return torch.optim.Adam(net.parameters(), k.lr, (0.9, k.beta))
    return torch.optim.SGD(net.parameters(), k.lr, 0.9 if k.opt == "momentum" else 0.0, weight_decay=k.decay)


def _pretrain(k: Knobs, net: Model) -> None:
    adam = torch.optim.Adam(net.parameters(), 3e-3)
    for _ in range(k.pretrain):
        x, y = examples(k, 32)
        adam.zero_grad()
        cross_entropy(net(x).flatten(0, -2), y.flatten()).backward()
        adam.step()


def _record(k: Knobs, window: list[dict[str, float]], step: int, epoch: int) -> dict[str, float]:
    """The mean of the window where ``mean``, else its last step; the inside is never averaged."""
    row: dict[str, float] = {}
    for name in window[-1]:
        if name in k.log or "/" in name:
            kept = [w[name] for w in window] if k.mean and "/" not in name else [window[-1][name]]
            row[k.names.get(name, name)] = _short(sum(kept) / len(kept))
    return {"step": step, "epoch": epoch} | row


def _short(value: float) -> float:
    return float(f"{value:.6g}")

"""Will the loan default: networks and boosted trees on a made-up table, with the habits and slips of lenders' analysts."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.credit_risk_parts import Scorer, Table, area, loans
from benchmarks.lab.scripts.credit_risk_trees import Row, trees

torch.set_num_threads(1)


@dataclass
class Plan:
    """Everything that can be turned; ``slip`` is what goes wrong, from ``since`` to ``until`` (shares of the run), ``much``."""

    n: int = 1024
    held: int = 384
    rate: float = 0.3
    signal: float = 3.0
    flip: float = 0.0
    batch: int = 64
    epochs: int = 20
    net: dict[str, Any] = field(default_factory=dict)
    opt: str = "adam"
    lr: float = 2e-3
    wd: float = 0.0
    sched: str = "flat"
    arg: float = 0.0
    warm: int = 0
    clip: float = 0.0
    goal: str = "bce"
    weight: float = 1.0
    smooth: float = 0.0
    lgd: float = 0.0
    lgd_unit: float = 1.0
    pd: float = 1.0
    sparse: float = 0.0
    l2: float = 0.0
    l1: float = 0.0
    scale: float = 1.0
    order: str = "random"
    balance: bool = False
    grow: bool = False
    jitter: float = 0.0
    ema: float = 0.0
    patience: int = 0
    slip: str = ""
    since: float = 0.0
    until: float = 1.0
    much: float = 1.0
    log_every: int = 0
    log_mean: bool = False
    val_every: int = 1
    log: tuple[str, ...] = ("loss", "val_loss", "val_auc")
    names: dict[str, str] = field(default_factory=dict)
    peek: dict[str, str] = field(default_factory=dict)


def factor(p: Plan, t: int, total: int, per: int) -> float:
    """What the rate is multiplied with at update t."""
    up = min(1.0, (t + 1) / p.warm) if p.warm else 1.0
    done = t / total
    if p.sched == "cos":
        return up * 0.5 * (1 + math.cos(math.pi * done))
    if p.sched == "drop":
        return up * (0.05 if done >= p.arg else 1.0)
    if p.sched == "steps":
        return up * 0.1 ** int(done / p.arg)
    if p.sched == "exp":
        return up * p.arg ** (t // per)
    if p.sched == "tri":
        return up * (0.05 + 0.95 * abs(1 - (t % p.arg) / (p.arg / 2)))
    if p.sched == "restart":
        return up * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (t % p.arg) / p.arg)))
    if p.sched == "one":
        return (
            0.04 + 0.96 * done / p.arg if done < p.arg else 0.5 * (1 + math.cos(math.pi * (done - p.arg) / (1 - p.arg)))
        )
    if p.sched == "ended":
        return up * max(0.0, 1 - done / p.arg)
    if p.sched == "poly":
        return up * (1 - done) ** 1.5
    return up


def tables(seed: int, p: Plan) -> tuple[Table, Table]:
    """Loans to learn from and to be judged by, spoilt as the slip wants."""
    ours, held = (
        loans(p.n, 17 * seed + 3, p.rate, p.signal, p.flip),
        loans(p.held, 17 * seed + 4, p.rate, p.signal, p.flip),
    )
    if p.slip == "wrong join":
        ours["bad"] = ours["bad"][torch.randperm(p.n)]
    for part in (ours, held):
        if p.slip == "unscaled":
            part["num"] = part["raw"] * p.much
        if p.slip == "columns lost":
            part["num"] = part["num"] * torch.tensor([0.0, 0, 0, 0, 0, 1, 1, 1, 0, 0])
            part["cat"] = torch.zeros_like(part["cat"])
    if p.balance:
        ones, zeros = torch.nonzero(ours["bad"])[:, 0], torch.nonzero(ours["bad"] == 0)[:, 0]
        both = torch.cat([zeros, ones[torch.randint(0, len(ones), (len(zeros),))]])
        ours = {k: v[both] for k, v in ours.items()}
    return ours, held


def batches(ours: Table, p: Plan, epoch: int) -> Iterator[Tensor]:
    """Indices of the batches of an epoch, without a ragged last one."""
    count = len(ours["bad"])
    order = torch.randperm(count)
    if p.grow:
        order = order[: max(2 * p.batch, int(count * min(1.0, 0.25 + 1.2 * epoch / p.epochs)))]
    if p.order in ours:
        order = torch.argsort(ours[p.order], stable=True)
    elif p.order == "raw 0":
        order = torch.argsort(ours["raw"][:, 0])
    for i in range(len(order) // p.batch):
        yield order[i * p.batch : (i + 1) * p.batch]


class Desk:
    """One training: net, optimiser, and what they did."""

    def __init__(self, seed: int, p: Plan) -> None:
        torch.manual_seed(1000 + seed)
        self.p = p
        self.ours, self.held = tables(seed, p)
        self.net = Scorer(**p.net)
        if p.slip == "zeros":
            for w in self.net.parameters():
                torch.nn.init.zeros_(w)
        self.judged = copy.deepcopy(self.net)
        params = list(self.net.parameters())
        if p.slip == "body frozen":
            params = list(self.net.out.parameters()) + list(self.net.linear.parameters())
        if p.slip == "copy":
            params = list(self.judged.parameters())
        maker = {
            "sgd": lambda: torch.optim.SGD(params, p.lr, weight_decay=p.wd),
            "nesterov": lambda: torch.optim.SGD(params, p.lr, 0.9, weight_decay=p.wd, nesterov=True),
            "adam": lambda: torch.optim.Adam(params, p.lr, weight_decay=p.wd, fused=True),
            "adamw": lambda: torch.optim.AdamW(params, p.lr, weight_decay=p.wd, fused=True),
            "rmsprop": lambda: torch.optim.RMSprop(params, p.lr, foreach=True),
            "adagrad": lambda: torch.optim.Adagrad(params, p.lr),
        }
        self.opt: torch.optim.Optimizer = maker[p.opt]()
        self.old: dict[str, Tensor] = {}

    def figures(self, net: Scorer, part: Table, pick: Tensor, on: bool) -> tuple[Tensor, Row, Tensor]:
        """The loss, its terms and the scores."""
        p = self.p
        num, bad = part["num"][pick], part["bad"][pick]
        if net.training:
            num, bad = self.spoil(num, bad, on)
        odds, amount, penalty = net(num, part["cat"][pick])
        if p.slip == "sigmoid twice":
            odds = torch.sigmoid(odds)
        soft = bad * (1 - p.smooth) + p.smooth / 2 if net.training else bad
        if p.goal == "focal":
            away = torch.sigmoid(torch.where(bad > 0.5, -odds, odds))
            main = (away**2 * F.binary_cross_entropy_with_logits(odds, soft, reduction="none")).mean()
        elif p.goal == "mse":
            main = F.mse_loss(torch.sigmoid(odds), bad)
        elif p.goal == "log":
            chance = torch.sigmoid(odds)
            main = -(soft * torch.log(chance) + (1 - soft) * torch.log(1 - chance)).mean()
        else:
            main = F.binary_cross_entropy_with_logits(odds, soft, pos_weight=torch.tensor(p.weight))
        told = {"bce": float(main.detach())}
        loss = p.pd * main
        if p.lgd:
            lgd = p.lgd * F.mse_loss(amount, part["amount"][pick] * p.lgd_unit)
            loss, told["lgd"] = loss + lgd, float(lgd.detach())
        if p.sparse:
            loss, told["sparse"] = loss + p.sparse * penalty, float(p.sparse * penalty.detach())
        if net.training and (p.l2 or p.l1):
            flat = torch.cat([w.flatten() for w in net.parameters()])
            reg = p.l2 * flat.square().sum() + p.l1 * flat.abs().sum()
            loss, told["reg"] = loss + reg, float(reg.detach())
        loss = loss * p.scale * (len(pick) if p.slip == "sum" else 1.0)
        said = (odds.detach() > 0).float()
        truth = part["bad"][pick]
        told |= {"loss": float(loss.detach()), "acc": float((said == truth).float().mean())}
        told["f1"] = float(2 * (said * truth).sum() / (said.sum() + truth.sum()).clamp(min=1))
        return loss, told, odds.detach()

    def spoil(self, num: Tensor, bad: Tensor, on: bool) -> tuple[Tensor, Tensor]:
        """What happens to a batch on its way in."""
        p = self.p
        if p.jitter:
            num = num + p.jitter * torch.randn_like(num)
        if not on:
            return num, bad
        if p.slip == "cents":
            num = num * torch.tensor([p.much, 1, 1, p.much, 1, 1, 1, p.much, 1, 1])
        if p.slip == "masked":
            num = num * (torch.rand_like(num) > p.much)
        if p.slip == "whale" and float(torch.rand(1)) < 0.025:
            num = num.clone()
            num[:3] = num[:3] * p.much
        if p.slip == "missing":
            num = num.clone()
            num[0, 0] = float("nan")
        if p.slip == "labels turned":
            bad = torch.where(torch.rand_like(bad) < p.much, 1 - bad, bad)
        return num, bad

    def update(self, loss: Tensor, on: bool) -> Row:
        """A step of the optimiser; norms of the gradient."""
        p = self.p
        self.opt.zero_grad()
        loss.backward()
        grads = [w.grad for w in self.net.parameters() if w.grad is not None]
        if on and p.slip in {"uphill", "blown"}:
            for grad in grads:
                grad.mul_(-p.much if p.slip == "uphill" else p.much)
        told: Row = {}
        if p.clip or "grad_norm" in p.log or "clipped" in p.log:
            norm = float(torch.nn.utils.clip_grad_norm_(self.net.parameters(), p.clip or 1e12))
            told = {"grad_norm": norm, "clipped": min(norm, p.clip or norm)}
        if p.slip != "no step":
            self.opt.step()
        if p.ema:
            with torch.no_grad():
                for mean, w in zip(self.judged.parameters(), self.net.parameters(), strict=True):
                    mean.lerp_(w, 1 - p.ema)
        return told

    @torch.no_grad()
    def judge(self) -> Row:
        """Figures of the held-out loans."""
        net = self.judged if self.p.ema or self.p.slip == "stale" else self.net
        net.eval()
        _, told, odds = self.figures(net, self.held, torch.arange(self.p.held), False)
        net.train()
        told["auc"] = area(odds, self.held["bad"])
        return {f"val_{k}": v for k, v in told.items()}

    def inside(self, before: list[Tensor]) -> Row:
        """Quantities of the hidden layers under the names of ``peek`` ({} stands for the layer)."""
        found: Row = {}
        for i, (layer, out) in enumerate(zip(self.net.body, self.net.seen, strict=True)):
            out, old = out.detach(), before[i]
            grad = layer.weight.grad
            values = {
                "dead": float((out <= 0).all(0).float().mean()),
                "std": float(out.std()),
                "grad": float(grad.norm()) if grad is not None else 0.0,
                "ratio": float((layer.weight.detach() - old).norm() / (old.norm() + 1e-12)),
            }
            found |= {name.format(i): values[what] for what, name in self.p.peek.items()}
        return found

    def run(self) -> list[Row]:
        """The training."""
        p = self.p
        per = len(self.ours["bad"]) // p.batch
        total, t, rows, best, waited = per * p.epochs, 0, [], math.inf, 0
        for epoch in range(p.epochs):
            gathered: list[Row] = []
            scores: list[tuple[Tensor, Tensor]] = []
            if p.slip == "checkpoint" and epoch == int(p.much):
                self.old = copy.deepcopy(self.net.state_dict())
            if p.slip == "checkpoint" and epoch == int(p.since * p.epochs):
                self.net.load_state_dict(self.old)
            for pick in batches(self.ours, p, epoch):
                on = p.since <= t / total < p.until
                rate = p.lr * factor(p, t, total, per) * (p.much if on and p.slip == "rate" else 1.0)
                for group in self.opt.param_groups:
                    group["lr"] = rate
                before = [x.weight.detach().clone() for x in self.net.body] if p.peek else []
                loss, told, odds = self.figures(self.net, self.ours, pick, on)
                gathered.append(told | self.update(loss, on) | {"lr": rate})
                scores.append((odds, self.ours["bad"][pick]))
                t += 1
                if p.log_every and t % p.log_every == 0:
                    mean = {k: sum(r[k] for r in gathered) / len(gathered) for k in gathered[0]}
                    rows.append(self.row(t, epoch, mean if p.log_mean else gathered[-1], before))
                    gathered = gathered[-1:] if not p.log_mean else []
            if not p.log_every:
                mean = {k: sum(r[k] for r in gathered) / len(gathered) for k in gathered[0]}
                mean["auc"] = area(*(torch.cat(x) for x in zip(*scores, strict=True))) if "auc" in p.log else 0.5
                rows.append(self.row(t, epoch, mean, before))
            if any(k.startswith("val_") for k in p.log) and (epoch + 1) % p.val_every == 0 and rows:
                seen = self.judge()
                rows[-1] |= {p.names.get(k, k): seen[k] for k in p.log if k in seen}
                best, waited = (seen["val_loss"], 0) if seen["val_loss"] < best else (best, waited + 1)
                if p.patience and waited >= p.patience:
                    break
        return rows

    def row(self, t: int, epoch: int, values: Row, before: list[Tensor]) -> Row:
        """A line of the log."""
        shown = {self.p.names.get(k, k): values[k] for k in self.p.log if k in values}
        return {"step": t, "epoch": epoch} | shown | (self.inside(before) if self.p.peek else {})


def train(seed: int, engine: str = "net", **args: Any) -> list[Row]:
    """Rows of one training; ``args`` go to Plan or, for boosted trees, to ``trees``."""
    if engine != "net":
        return trees(seed, engine, **args)
    if unknown := args.keys() - {f.name for f in fields(Plan)}:
        raise TypeError(f"unknown: {sorted(unknown)}")
    return Desk(seed, Plan(**args)).run()

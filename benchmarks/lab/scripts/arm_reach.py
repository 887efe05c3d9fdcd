"""Train a small network on a robot arm's formulas: where the hand is, which angles it needs, what its joints bear."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.arm_reach_parts import ArmNet, factor, poses

torch.set_num_threads(1)
Record = dict[str, float]
LOSSES = {"mse": F.mse_loss, "mae": F.l1_loss, "huber": F.smooth_l1_loss}
PLACES = 3  # outputs of the forward task that are the hand's place; the rest is its direction


@dataclass
class Plan:
    """The arguments of ``train``. ``unit``: the loss is reported in this unit (squared), ``scale``: targets really have it."""

    task: str = "forward"
    rows: int = 1024
    held: int = 256
    noise: float = 0.05
    held_spread: float = 1.0
    unit: float = 1.0
    scale: float = 1.0
    net: dict = field(default_factory=dict)
    loss: str = "mse"
    opt: str = "adam"
    lr: float = 3e-3
    decay: float = 0.0
    momentum: float = 0.9
    rate: tuple = ("flat",)
    batch: int = 32
    epochs: int = 20
    clip: float = 0.0
    weights: dict = field(default_factory=dict)
    penalty: tuple = ("", 0.0)
    order: str = "random"
    shake: float = 0.0
    fault: str = ""
    at: float = 0.0
    amount: float = 1.0
    tolerance: float = 0.3
    warm_epochs: int = 0
    every: int = 0
    eval_every: int = 0
    last_only: bool = False
    show: tuple = ("loss", "val_loss")
    names: dict = field(default_factory=dict)


class Arm:
    """Data, network and optimiser of a plan."""

    def __init__(self, seed: int, plan: Plan) -> None:
        torch.manual_seed(seed)
        self.p, self.g = plan, torch.Generator().manual_seed(seed + 100)
        self.x, y = poses(plan.rows, self.g, plan.task)
        self.vx, vy = poses(plan.held, self.g, plan.task, plan.held_spread)
        mean, std = y.mean(0), y.std(0)
        self.y, self.vy = ((t - mean) / std + plan.noise * torch.randn(t.shape, generator=self.g) for t in (y, vy))
        if plan.fault == "degrees":
            self.x, self.vx = 57.3 * self.x, 57.3 * self.vx
        if plan.fault == "wrong_pairs":
            self.y = self.y[torch.randperm(len(y), generator=self.g)]
        if plan.fault == "not_centred":
            self.y, self.vy = self.y + plan.amount, self.vy + plan.amount
        self.y, self.vy = self.y * plan.scale, self.vy * plan.scale
        self.net = ArmNet(self.x.shape[1], y.shape[1], spread=plan.loss.startswith("nll"), **plan.net)
        self.old = copy.deepcopy(self.net)
        self.params = list(self.net.parameters())
        own = list(self.net.head.parameters()) if plan.fault == "head_only" else self.params
        own = [p.clone().detach().requires_grad_() for p in own] if plan.fault == "no_step" else own
        kinds = {
            "sgd": lambda: torch.optim.SGD(own, plan.lr, weight_decay=plan.decay),
            "momentum": lambda: torch.optim.SGD(own, plan.lr, plan.momentum, weight_decay=plan.decay),
            "adam": lambda: torch.optim.Adam(own, plan.lr, weight_decay=plan.decay),
            "adamw": lambda: torch.optim.AdamW(own, plan.lr, weight_decay=plan.decay),
            "rmsprop": lambda: torch.optim.RMSprop(own, plan.lr),
        }
        self.optimiser = kinds[plan.opt]()

    def terms(self, x: Tensor, y: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """The parts of the loss, and the predictions."""
        out = self.net(x)
        kind = self.p.loss
        if kind == "nll":
            out, spread = out.chunk(2, 1)
            return {"fit": (spread + 0.5 * (out - y) ** 2 * torch.exp(-2 * spread)).mean()}, out
        if kind == "nll_raw":  # the variance itself is put out, and nothing keeps it positive
            out, variance = out.chunk(2, 1)
            variance = variance + 1.0
            return {"fit": (0.5 * torch.log(variance) + 0.5 * (out - y) ** 2 / variance).mean()}, out
        if kind == "half":
            return {"fit": ((1000 * (out - y)).half() ** 2).mean().float() / 1e6}, out
        f = LOSSES[kind]
        if self.p.weights:
            return {"pos": f(out[:, :PLACES], y[:, :PLACES]), "rot": f(out[:, PLACES:], y[:, PLACES:])}, out
        return {"fit": f(out, y)}, out

    def penalty(self) -> Tensor | float:
        name, size = self.p.penalty
        if name == "l2":
            return size * sum((p**2).sum() for p in self.params if p.dim() == 2)
        if name == "l1":
            return size * sum(p.abs().sum() for p in self.params if p.dim() == 2)
        return size * sum((o**2).mean() for o in self.net.outs) if name == "acts" else 0.0

    def step(self, chosen: Tensor, t: float) -> Record:
        """One update at the share ``t`` of the run."""
        p, late = self.p, t >= self.p.at
        x, y = self.x[chosen], self.y[chosen]
        if p.shake:
            x = x + p.shake * torch.randn(x.shape, generator=self.g)
        if p.fault == "encoder" and late:
            x = x + p.amount
        if p.fault == "outliers" and late and torch.rand(1, generator=self.g) < p.amount:
            y = y + 12.0 * (torch.rand(len(y), 1, generator=self.g) < 0.4)
        terms, out = self.terms(x, y)
        total = sum(p.weights.get(k, 1.0) * v for k, v in terms.items())
        reg = self.penalty()
        self.optimiser.zero_grad()
        (-(total + reg) if p.fault == "ascent" and late else total + reg).backward()
        if p.fault == "factor" and late:
            for w in self.params:
                w.grad.mul_(p.amount)
        wanted = set(p.show)
        watch = wanted & {"norm", "norm_after"}
        before = float(torch.stack([w.grad.norm() for w in self.params if w.grad is not None]).norm()) if watch else 0.0
        if p.clip:
            torch.nn.utils.clip_grad_norm_(self.params, p.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = p.lr * factor(p.rate, t)
        watch = wanted & {"ratio", "log_ratio"}
        old = [w.detach().clone() for w in self.params if w.dim() == 2] if watch else []
        self.optimiser.step()
        new = [w.detach() for w in self.params if w.dim() == 2]
        ratios = sorted(float((a - b).norm() / (b.norm() + 1e-12)) for a, b in zip(new, old, strict=False)) or [0.0]
        unit = p.unit ** (2 if p.loss != "mae" else 1) if not p.loss.startswith("nll") else 1.0
        seen = {k: float(v.detach()) * unit for k, v in terms.items()} | {
            "reg": float(torch.as_tensor(reg).detach()) * unit
        }
        seen |= {
            "loss": float((total + reg).detach()) * unit,
            "data": float(total.detach()) * unit,
            "norm": before,
            "ratio": ratios[len(ratios) // 2],
        }
        seen |= {"norm_after": min(before, p.clip or before), "lr": self.optimiser.param_groups[0]["lr"], "log_ratio": math.log10(ratios[len(ratios) // 2] + 1e-12)}  # fmt: skip
        return seen | (self.scores(out.detach(), y) if wanted & {"mae", "r2", "success"} else {})

    def scores(self, out: Tensor, y: Tensor) -> Record:
        """Mean error in the report's unit, R², share of poses within the tolerance."""
        error = out - y
        left = float((error**2).sum() / ((y - y.mean(0)) ** 2).sum().clamp_min(1e-12))
        near = (error.abs().mean(1) < self.p.tolerance * self.p.scale).float().mean()
        return {"mae": float(error.abs().mean()) * self.p.unit, "r2": 1 - left, "success": float(near)}

    def restart(self, state: tuple, seed: int) -> None:
        """Go on from an earlier state, or with a head of new weights, and another order of the rows."""
        if self.p.fault == "crashed":
            self.net.load_state_dict(state[0])
            self.optimiser.load_state_dict(state[1])
        else:
            self.net.head.reset_parameters()
        self.g.manual_seed(seed)

    @torch.no_grad()
    def look(self) -> Record:
        """Validation, and the inside of the network on it."""
        net = self.net
        self.net = self.old if self.p.fault == "stale_eval" else net
        self.net.eval()
        terms, out = self.terms(self.vx, self.vy)
        unit = self.p.unit ** (2 if self.p.loss != "mae" else 1) if not self.p.loss.startswith("nll") else 1.0
        seen = {"val_" + k: float(v) * unit for k, v in terms.items()}
        seen["val_loss"] = sum(self.p.weights.get(k, 1.0) * float(v) for k, v in terms.items()) * unit
        seen |= {"val_" + k: v for k, v in self.scores(out, self.vy).items()}
        self.net.train()
        self.net = net
        net.eval()
        net(self.vx)
        net.train()
        for i, out in enumerate(net.outs):
            seen |= {f"act_std_{i}": float(out.std()), f"dead_{i}": float((out <= 0).all(0).float().mean())}
            seen[f"saturated_{i}"] = float((out.abs() > 0.97).float().mean())
            grad = net.layers[i].weight.grad
            seen[f"grad_{i}"] = float(grad.norm()) if grad is not None else 0.0
        seen["dead"] = sum(v for k, v in seen.items() if k.startswith("dead_")) / len(net.outs)
        return seen

    def rows_at(self, t: float) -> Tensor:
        """The order of an epoch."""
        mixed = torch.randperm(len(self.x), generator=self.g)
        if self.p.order == "random":
            return mixed
        if self.p.order == "curriculum":
            easy = self.x.norm(dim=1).argsort()[: int(len(self.x) * (0.25, 0.5, 1.0)[min(2, int(3 * t))])]
            return easy[torch.randint(0, len(easy), (len(self.x),), generator=self.g)]
        if self.p.order == "sessions":  # one recording after the other, each at another reach
            return (self.y[:, 0].abs() > 0.8).long().argsort(stable=True)
        return self.y[:, int(self.p.order)].argsort()


def train(seed: int, **args: object) -> list[Record]:
    """Records each epoch (means), or every ``every`` steps; see ``Plan``. ``show`` and ``names``: what is logged, under which name."""
    p = Plan(**args)
    arm, steps = Arm(seed, p), p.rows // p.batch
    total, records, pile, kept = steps * p.epochs, [], [], []
    every, look_every = p.every or steps, p.eval_every or steps
    for _ in range(p.warm_epochs):
        for chosen in arm.rows_at(0.0).split(p.batch):
            arm.step(chosen, 0.0)
    epoch, crashes = 0, [int(p.at * p.epochs)] if p.fault in {"crashed", "head_lost"} else []
    while epoch < p.epochs:
        if crashes and epoch == crashes[0]:
            epoch -= int(p.amount) if p.fault == "crashed" else 0
            arm.restart(kept[epoch] if epoch < len(kept) else (), crashes.pop())
        kept.append(copy.deepcopy((arm.net.state_dict(), arm.optimiser.state_dict())) if crashes else ())
        n = epoch * steps
        for chosen in arm.rows_at(epoch / p.epochs)[: steps * p.batch].split(p.batch):
            pile.append(arm.step(chosen, n / total))
            n += 1
            if n % every == 0:
                seen = pile[-1] if p.last_only else {k: sum(r[k] for r in pile) / len(pile) for k in pile[0]}
                seen = seen | {"lr": pile[-1]["lr"]} | (arm.look() if n % look_every == 0 else {})
                records.append({"step": n, "epoch": epoch, **{p.names.get(k, k): seen[k] for k in p.show if k in seen}})
                pile = []
        epoch += 1
    return records

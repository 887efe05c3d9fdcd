"""A residual net on waves (regression) or on letters (classification), logged every k steps or once an epoch."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass

import torch
from torch import nn

from benchmarks.lab.scripts import residual_parts as parts

torch.set_num_threads(1)
Records = list[dict[str, float]]


@dataclass
class Setting:
    """What a training may vary; ``at`` is the share of the training at which ``fault`` sets in, ``much`` its size."""

    task: str = "waves"
    rows: int = 2000
    noise: float = 0.2
    width: int = 32
    blocks: int = 2
    act: str = "relu"
    norm: bool = False
    plain: bool = False
    gain: float = 1.0
    dropout: float = 0.0
    opt: str = "adam"
    lr: float = 1e-3
    wd: float = 0.0
    batch: int = 32
    steps: int = 2000
    sched: str = "constant"
    every: int = 5  # 0: once an epoch
    mean: bool = True  # of the steps since the last line, or the last step's loss
    log: tuple[str, ...] = ("loss",)
    val: int = 500
    val_each: int = 1  # lines between validations
    fresh_val: bool = False
    scale: float = 1.0
    order: str = "shuffled"
    pre: int = 0  # steps before the log begins
    fault: str = ""
    at: float = 0.0
    much: float = 0.0
    share: float = 0.0  # of the batches that are bad
    terms: str = ""
    weight: float = 1.0


class Training:
    """A net, its data, and what has been done so far."""

    def __init__(self, seed: int, s: Setting) -> None:
        torch.manual_seed(seed)
        self.s, make = s, getattr(parts, s.task)
        x, y, z = make(s.rows + max(s.val, 2000), s.noise, seed)
        self.x, self.y, self.z = x[: s.rows], y[: s.rows], z[: s.rows]
        self.held = x[s.rows :], y[s.rows :], z[s.rows :]
        self.other = make(s.rows, s.noise, seed, other=True)
        if s.fault in {"labels", "aux_labels"}:
            mixed = torch.randperm(s.rows)
            self.y, self.z = (self.y[mixed], self.z) if s.fault == "labels" else (self.y, self.z[mixed])
        self.net = parts.Net(s.task, s.width, s.blocks, s.act, s.norm, s.dropout, s.plain)
        with torch.no_grad():
            for p in self.net.parameters() if s.gain != 1 else ():
                p.mul_(s.gain)
        self.renew()
        self.queue: list[torch.Tensor] = []

    def renew(self) -> None:
        """A new optimiser, without memory."""
        net = copy.deepcopy(self.net) if self.s.fault == "frozen" else self.net
        kinds = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW,
                 "rmsprop": torch.optim.RMSprop, "momentum": torch.optim.SGD}  # fmt: skip
        more = {"momentum": 0.9} if self.s.opt == "momentum" else {}
        self.optimiser = kinds[self.s.opt](net.parameters(), lr=self.s.lr, weight_decay=self.s.wd, **more)

    def rows(self) -> torch.Tensor:
        """The next batch, from a permutation an epoch unless the order is fixed."""
        s = self.s
        if not self.queue:
            key = self.y.float() if s.order == "by_target" else self.x[:, 0].float()
            order = torch.randperm(s.rows) if s.order in {"shuffled", "drifting"} else torch.argsort(key, stable=True)
            if s.order == "as_written":
                order = torch.arange(s.rows)
            self.queue = list(order.split(s.batch))
        return self.queue.pop(0)

    def batch(self, done: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """A batch, as the fault has it."""
        s, rows = self.s, self.rows()
        x, y, z = self.x[rows], self.y[rows], self.z[rows]
        late = done >= s.at
        chance = {"switch": float(late), "curriculum": (done - s.at) * s.much}.get(s.fault, 0.0)
        if chance and torch.rand(()) < chance:
            x, y, z = (t[rows] for t in self.other)
        if s.fault == "mislabel" and late:
            y = torch.where(torch.rand(len(y)) < s.much, y[torch.randperm(len(y))], y)
        if s.fault == "noisier" and late and s.task == "waves":
            x = x + s.much * torch.randn_like(x)
        if s.fault == "blind":
            x = torch.zeros_like(x)
        bad = {"bad": s.share, "fading_bad": s.share * 3 * (1 - done) ** 4}.get(s.fault, 0)
        if torch.rand(()) < bad:
            x, y = (x * s.much, y) if s.task == "waves" else (x, torch.full_like(y, 40))
        return x, y, z

    def loss(self, out: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Cross entropy of letters, mean squared error of waves."""
        return nn.functional.cross_entropy(out, y) if self.s.task == "text" else nn.functional.mse_loss(out, y)

    def objective(self, x: torch.Tensor, y: torch.Tensor, z: torch.Tensor, done: float) -> dict[str, torch.Tensor]:
        """The total and its terms, each as it goes into the total."""
        s = self.s
        out, second, divergence = self.net(x, varied=s.terms in {"kl", "annealed_kl"})
        weight = s.weight * (min(1.0, done / 0.4) if s.terms == "annealed_kl" else 1.0)
        if s.terms == "stepped":
            weight = s.weight if done >= s.at else 0.1 * s.weight
        found = {"main_loss": self.loss(out, y) * s.scale}
        if s.terms in {"aux", "stepped"}:
            found["aux_loss"] = weight * self.loss(second, z) * s.scale
        elif s.terms in {"kl", "annealed_kl"}:
            found["kl_loss"] = weight * divergence * s.scale
        elif s.terms == "l2":
            found["l2_loss"] = weight * sum((p**2).sum() for p in self.net.parameters())
        return {"loss": sum(found.values())} | found | {"raw_kl": divergence.detach()}

    def step(self, done: float) -> dict[str, float]:
        """One update, and what it could log."""
        s = self.s
        rate = s.lr * parts.schedule(s.sched, done) * (s.much if s.fault in {"rate", "forget"} and done >= s.at else 1)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        x, y, z = self.batch(done)
        found = self.objective(x, y, z, done)
        self.optimiser.zero_grad()
        found["loss"].backward()
        norm = float(nn.utils.clip_grad_norm_(self.net.parameters(), 1e30))
        self.optimiser.step()
        if s.fault == "round" and done >= s.at:
            with torch.no_grad():
                for p in self.net.parameters():
                    p.copy_((p / s.much).round() * s.much)
        return {k: float(v.detach()) for k, v in found.items()} | {"lr": rate, "grad_norm": norm}

    def once(self) -> None:
        """What happens at the moment when the fault sets in."""
        s = self.s
        if s.fault == "forget":
            self.renew()
        if s.fault == "dropout":
            for m in self.net.modules():
                if isinstance(m, nn.Dropout):
                    m.p = s.much
        with torch.no_grad():
            for p in self.net.parameters() if s.fault == "kick" else ():
                p.add_(s.much * p.abs().mean() * torch.randn_like(p))
            for p in self.net.head.parameters() if s.fault == "head" else ():
                p.mul_(s.much)

    @torch.no_grad()
    def judge(self, rows: torch.Tensor, prefix: str, data: tuple[torch.Tensor, ...]) -> dict[str, float]:
        """Loss and metrics of these rows."""
        x, y = data[0][rows], data[1][rows]
        self.net.eval()
        out = self.net(x, varied=False)[0]
        self.net.train()
        loss = float(self.loss(out, y)) * self.s.scale
        if self.s.task == "text":
            right = float((out.argmax(1) == y).float().mean())
            return {f"{prefix}loss": loss, f"{prefix}accuracy": right, f"{prefix}ppl": math.exp(min(loss, 30))}
        spread = float(((y - y.mean()) ** 2).mean())
        return {f"{prefix}loss": loss, f"{prefix}r2": 1 - float(((out - y) ** 2).mean()) / spread,
                f"{prefix}mae": float((out - y).abs().mean())}  # fmt: skip

    def line(self, seen: list[dict[str, float]], step: int, index: int) -> dict[str, float]:
        """The record of a line of the log."""
        s = self.s
        found = {k: sum(r[k] for r in seen) / len(seen) if s.mean and k != "lr" else seen[-1][k] for k in seen[-1]}
        if any(name in {"accuracy", "r2", "mae"} for name in s.log):
            some = torch.randperm(s.rows)[:400]
            found |= {k: v for k, v in self.judge(some, "", (self.x, self.y)).items() if k != "loss"}
        if index % s.val_each == 0 and any(name.startswith("val_") for name in s.log):
            rows = torch.randint(len(self.held[0]), (s.val,)) if s.fresh_val else torch.arange(s.val)
            found |= self.judge(rows, "val_", self.held)
        where = {"step": step, "epoch": (step - 1) // math.ceil(s.rows / s.batch)}
        return where | {name: found[name] for name in s.log if name in found}


def train(seed: int, **args: object) -> Records:
    """Records of one training with this ``Setting``."""
    s = Setting(**args)  # type: ignore[arg-type]
    training = Training(seed, s)
    fault, s.fault = s.fault, "" if s.pre else s.fault
    rate, s.lr = s.lr, 2e-3 if s.pre else s.lr
    for _ in range(s.pre):
        training.step(0.0)
    s.fault, s.lr = fault, rate
    training.renew()
    every = s.every or math.ceil(s.rows / s.batch)
    records: Records = []
    seen: list[dict[str, float]] = []
    happened = False
    for step in range(1, s.steps + 1):
        done = step / s.steps
        if done >= s.at and not happened:
            happened = True
            training.once()
        seen.append(training.step(done))
        if step % every == 0:
            records.append(training.line(seen, step, step // every))
            seen = []
    return records

"""Which fault has the machine? Convolutions or attention over windows of vibration sensors: kinds, detection, rebuilding."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.sensor_faults_parts import KINDS, Judge, factor, scores, windows

torch.set_num_threads(1)
Record = dict[str, float]


class Bench:
    """Data, network, optimiser and mishaps of one training; the arguments of ``train``."""

    def __init__(self, seed: int, **a: object) -> None:
        self.a = a
        torch.manual_seed(seed)
        self.g = torch.Generator().manual_seed(seed + 900)
        shares = tuple(a["shares"]) or (1.0,) * KINDS
        self.x, self.y, self.machine = windows(a["rows"], 20 * seed + 3, a["noise"], shares)
        self.vx, self.vy, _ = windows(a["held"], 20 * seed + 4, a["held_noise"] or a["noise"], tuple(a["held_shares"]) or shares)  # fmt: skip
        if a["leak"]:
            some = torch.randint(0, a["rows"], (a["held"],), generator=self.g)
            self.vx, self.vy = self.x[some], self.y[some]
        self.x, self.vx = self.x * a["units"] + a["offset"], self.vx * a["units"] + a["offset"]
        self.clean = self.y.clone()
        foreign = torch.rand(a["rows"], generator=self.g) < a["wrong"]
        self.y = torch.where(foreign, torch.randint(0, KINDS, (a["rows"],), generator=self.g), self.y)
        self.net = Judge(1 if a["detect"] else KINDS, **a["net"])
        self.params = list(self.net.parameters())
        self.first = copy.deepcopy(self.net)
        self.opt = self.optimiser()
        self.order = {"": None, "kind": self.y, "machine": self.machine, "noise": self.x.std((1, 2))}[a["order"]]
        self.t = 0

    def optimiser(self) -> torch.optim.Optimizer:
        a, net = self.a, self.first if self.a["fault"] == "other_model" else self.net
        own, lr = list(net.head.parameters() if a["fault"] == "head_only" else net.parameters()), a["lr"]
        return {"sgd": lambda: torch.optim.SGD(own, lr, weight_decay=a["decay"], fused=True),
                "momentum": lambda: torch.optim.SGD(own, lr, a["momentum"], weight_decay=a["decay"], fused=True),
                "adam": lambda: torch.optim.Adam(own, lr, betas=(0.9, a["beta"]), fused=True),
                "adamw": lambda: torch.optim.AdamW(own, lr, weight_decay=a["decay"], fused=True),
                "rmsprop": lambda: torch.optim.RMSprop(own, lr)}[a["opt"]]()  # fmt: skip

    def batches(self) -> Iterator[tuple[int, Tensor]]:
        """Epoch and rows; in the file's order where shuffling is forgotten."""
        rows, size = self.a["rows"], self.a["batch"]
        for epoch in range(self.a["epochs"]):
            fixed = None if self.order is None else self.order.argsort(stable=True)
            chosen = torch.randperm(rows, generator=self.g) if fixed is None else fixed
            for part in chosen[: rows // size * size].split(size):
                yield epoch, part

    def batch(self, rows: Tensor, done: float) -> tuple[Tensor, Tensor]:
        """Inputs and labels as the loop sees them."""
        x, y, fault, late = self.x[rows], self.y[rows], self.a["fault"], done >= self.a["when"]
        size = self.a["amount"]
        if self.a["augment"]:
            x = x * (1 + 0.5 * torch.randn(len(x), 1, 1, generator=self.g)) + self.a["augment"] * torch.randn(x.shape, generator=self.g)  # fmt: skip
        if fault == "random_labels":
            y = y[torch.randperm(len(y), generator=self.g)]
        elif fault == "blank":
            x = torch.zeros_like(x)
        elif fault == "units" and late:
            x = x * size
        elif fault == "renamed" and late:
            y = (y + 1) % KINDS
        elif fault == "wrong_late" and late:
            y = torch.where(torch.rand(len(y), generator=self.g) < size, torch.randint(0, KINDS, y.shape, generator=self.g), y)  # fmt: skip
        elif fault == "dirty" and self.t % int(self.a["each"]) == int(self.a["each"]) - 1:
            x = x * size
        return x, y

    def loss(self, out: Tensor, y: Tensor, training: bool) -> Tensor:
        smooth = self.a["smoothing"] if training else 0.0
        if self.a["detect"]:
            truth = (y > 0).float()
            truth = truth * (1 - smooth) + smooth / 2
            weight = torch.tensor(self.a["positive"])
            return F.binary_cross_entropy_with_logits(out[:, 0], truth, pos_weight=weight)
        if self.a["fault"] == "double_softmax":
            out = out.softmax(1)
        return F.cross_entropy(out, y, label_smoothing=smooth)

    def step(self, rows: Tensor, done: float, rate: float) -> Record:
        """One update and what it saw."""
        a, fault = self.a, self.a["fault"]
        x, y = self.batch(rows, done)
        for group in self.opt.param_groups:
            group["lr"] = a["lr"] * rate
        out = self.net(x, rows if self.net.serial is not None else None)
        data = self.loss(out, y, training=True)
        reg = a["l2"] * sum((p**2).sum() for p in self.params) if a["l2"] else torch.zeros(())
        loss = (data + reg) * a["scale"]
        seen = {"loss": loss.item(), "data": data.item(), "reg": float(reg), "lr": a["lr"] * rate}
        if a["scored"]:
            seen |= scores(out.detach(), y)
        if fault == "detached":
            loss = loss.detach().requires_grad_()
        self.opt.zero_grad()
        (-loss if fault == "ascent" and done >= a["when"] else loss).backward()
        norm = (
            float(torch.nn.utils.get_total_norm([p.grad for p in self.params if p.grad is not None]))
            if a["normed"]
            else 0.0
        )
        if a["clip"]:
            torch.nn.utils.clip_grad_norm_(self.params, a["clip"])
        if fault == "zero_first":
            self.opt.zero_grad()
        if fault != "no_step":
            self.opt.step()
        self.t += 1
        return seen | {"norm": norm, "norm_after": min(norm, a["clip"] or norm), "clipped": float(bool(a["clip"]) and norm > a["clip"])}  # fmt: skip

    @torch.no_grad()
    def held_out(self) -> Record:
        """val_ values; of a random part where ``subset`` is given."""
        net = self.first if self.a["fault"] == "stale" else self.net
        net.train(self.a["fault"] == "no_eval")
        some = torch.randperm(len(self.vx), generator=self.g)[: self.a["subset"] or len(self.vx)]
        out, y = net(self.vx[some]), self.vy[some]
        net.train()
        shown = (y + 1) % KINDS if self.a["fault"] == "other_names" else y
        return {"val_loss": self.a["scale"] * self.loss(out, y, training=False).item(), **{f"val_{k}": v for k, v in scores(out, shown).items()}}  # fmt: skip

    @torch.no_grad()
    def look(self, wanted: dict[str, str], before: list[Tensor]) -> Record:
        """Series from inside by layer (acts, grads, ratios, dead, saturated) or of all (ratio, log_ratio)."""
        seen: Record = {}
        self.net(self.x[:128])
        ratios = [float((layer.main.weight - b).norm() / (b.norm() + 1e-12)) for layer, b in zip(self.net.layers, before, strict=True)]  # fmt: skip
        for i, (layer, out) in enumerate(zip(self.net.layers, self.net.outs, strict=True)):
            grad = layer.main.weight.grad
            values = {"acts": float(out.std()), "grads": float(grad.norm()) if grad is not None else 0.0, "ratios": ratios[i],
                      "apart": float(out.std(0).mean()), "saturated": float((out.abs() > 0.97).float().mean()),
                      "dead": float((out <= 0).all(2).all(0).float().mean()) if self.net.kind == "conv" else 0.0}  # fmt: skip
            seen |= {wanted[k].format(i): v for k, v in values.items() if k in wanted}
        middle = sorted(ratios)[len(ratios) // 2]
        whole = {"ratio": middle, "log_ratio": math.log10(middle + 1e-12)}
        return seen | {wanted[k]: v for k, v in whole.items() if k in wanted}


def train(seed: int, every: int = 0, evaluate: int = 0, pause: int = 1, mean: bool = False, show: tuple[str, ...] = ("loss", "val_loss", "val_acc"),
          names: dict | None = None, inside: dict | None = None, rate: tuple = ("flat",), reset: float = 0.0, raised: float = 1.0,
          **given: object) -> list[Record]:  # fmt: skip
    """Records by epoch (means), or every ``every`` steps (``mean``: the mean since the last record).

    Validation every ``evaluate`` steps, or at the end of each ``pause``-th epoch. ``reset``: share of the run after which the
    optimiser is made anew, with a rate ``raised`` times as high.
    """
    usual = {"rows": 640, "held": 256, "batch": 32, "epochs": 20, "noise": 0.6, "held_noise": 0.0, "shares": (), "held_shares": (), "leak": False,
             "units": 1.0, "offset": 0.0, "wrong": 0.0, "net": {}, "opt": "adam", "lr": 2e-3, "decay": 0.0, "momentum": 0.9, "beta": 0.999,
             "detect": False, "positive": 1.0, "smoothing": 0.0, "scale": 1.0, "l2": 0.0, "clip": 0.0, "augment": 0.0, "order": "",
             "fault": "", "when": 0.0, "amount": 1.0, "each": 50, "subset": 0}  # fmt: skip
    if unknown := given.keys() - usual.keys():
        raise TypeError(f"no such arguments: {sorted(unknown)}")
    asked = {
        "scored": bool({"acc", "f1", "auc", "bal"} & set(show)),
        "normed": bool({"norm", "norm_after", "clipped"} & set(show)),
    }
    bench = Bench(seed, **(usual | given | asked))
    steps = bench.a["rows"] // bench.a["batch"]
    total, gap, pile, records = steps * bench.a["epochs"], every or steps, [], []
    for t, (epoch, rows) in enumerate(bench.batches()):
        if reset and t == int(reset * total):
            bench.a["lr"] *= raised
            bench.opt = bench.optimiser()
        last = (t + 1) % gap == 0
        before = [layer.main.weight.detach().clone() for layer in bench.net.layers] if last and inside else []
        pile.append(bench.step(rows, t / total, factor(rate[0], t, total, *rate[1:])))
        if not last:
            continue
        seen = {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} if mean or not every else dict(pile[-1])
        seen["lr"] = pile[-1]["lr"]
        ended = (t + 1) % evaluate == 0 if evaluate else (t + 1) % (pause * steps) == 0
        seen |= bench.held_out() if ended and any(name.startswith("val") for name in show) else {}
        shown = {(names or {}).get(k, k): seen[k] for k in show if k in seen}
        records.append({"step": t + 1, "epoch": epoch, **shown, **(bench.look(inside, before) if inside else {})})
        pile = []
    return records

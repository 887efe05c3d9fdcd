"""Prices of houses: quantiles, Huber or squares in money, thousands, millions or logarithms, by a deep regression."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor

from benchmarks.lab.scripts.price_quantiles_parts import TAUS, Appraiser, criterion, errors, houses, pace

torch.set_num_threads(1)
Record = dict[str, float]
MONEY = {"money": 1.0, "thousands": 1e-3, "millions": 1e-6}
DEFAULTS: dict[str, object] = {
    "rows": 2048, "held": 512, "batch": 64, "epochs": 20, "spread": 0.15, "held_spread": -1.0, "leak": False, "target": "standard", "raw": False,
    "know": True, "loss": "mse", "delta": 1.0, "net": {}, "opt": "adam", "lr": 2e-3, "decay": 0.0, "plan": {}, "l2": 0.0, "crossing": 0.0, "clip": 0.0,
    "sort": "", "fault": "", "when": 0.0, "amount": 1.0, "each": 50, "subset": 0, "jitter": 0.0, "beta": 0.999,
}  # fmt: skip


def _prepared(seed: int, o: dict) -> dict[str, Tensor]:
    """Training and held-out features (standardised unless ``raw``) and targets in the units asked for."""
    x, y, district = houses(o["rows"], 7 * seed + 11, o["spread"])
    vx, vy, _ = houses(o["held"], 7 * seed + 12, o["spread"] if o["held_spread"] < 0 else o["held_spread"])
    if o["leak"]:
        vx, vy = x[: o["held"]], y[: o["held"]]
    if not o["raw"]:
        middle, deviation = x.mean(0), x.std(0)
        x, vx = (x - middle) / deviation, (vx - middle) / deviation
    money = vy
    if o["target"] in MONEY:
        y, vy = y * MONEY[o["target"]], vy * MONEY[o["target"]]
    else:
        y, vy = y.log(), vy.log()
    if o["target"] == "standard":
        vy, y = (vy - y.mean()) / y.std(), (y - y.mean()) / y.std()
    if o["fault"] == "other_rows":
        y = y[torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))]
    if o["fault"] == "few_features":
        x, vx = x * torch.tensor([0.0] * 6 + [1.0] * 4), vx * torch.tensor([0.0] * 6 + [1.0] * 4)
    order = {"": None, "price": y, "district": district.float(), "year": x[:, 8]}[o["sort"]]
    return {"x": x, "y": y, "vx": vx, "vy": vy, "money": money, "order": torch.empty(0) if order is None else order}


def _optimiser(name: str, params: list, o: dict) -> torch.optim.Optimizer:
    lr, decay = o["lr"], o["decay"]
    if name in {"sgd", "momentum"}:
        return torch.optim.SGD(params, lr, 0.9 if name == "momentum" else 0.0, weight_decay=decay, fused=True)
    if name == "rmsprop":
        return torch.optim.RMSprop(params, lr, foreach=True)
    if name == "adagrad":
        return torch.optim.Adagrad(params, lr, foreach=True)
    return torch.optim.AdamW(params, lr, (0.9, o["beta"]), weight_decay=decay, fused=True)


def _corrupted(x: Tensor, y: Tensor, t: int, done: float, o: dict, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """A batch after what goes wrong in the pipeline."""
    fault, late = o["fault"], done >= o["when"]
    if o["jitter"]:
        x = x + o["jitter"] * torch.randn(x.shape, generator=g)
    if fault == "apart":
        y = y[torch.randperm(len(y), generator=g)]
    elif fault == "blank":
        x = x * 0
    elif fault == "outlier" and t % int(o["each"]) == int(o["each"]) - 1:
        y = torch.cat([y[:-1], y[-1:] * o["amount"]])
    elif fault == "currency" and late:
        y = y * o["amount"]
    elif fault == "unscaled" and late:
        x = x * o["amount"]
    return x, y


class Run:
    """State of one training."""

    def __init__(self, seed: int, o: dict) -> None:
        torch.manual_seed(seed + 50)
        self.o, self.g, self.d = o, torch.Generator().manual_seed(seed + 60), _prepared(seed, o)
        y = self.d["y"]
        known = (float(y.mean()), float(y.std())) if o["know"] else (0.0, 1.0)
        self.net = Appraiser(len(TAUS) if o["loss"] == "pinball" else 1, *known, **o["net"])
        self.first = copy.deepcopy(self.net)
        self.params = list(self.net.parameters())
        trained = list(self.net.head.parameters()) if o["fault"] == "head_only" else self.params
        self.trained = list(self.first.parameters()) if o["fault"] == "copy" else trained
        self.opt = _optimiser(o["opt"], self.trained, o)

    def order(self) -> Tensor:
        """Rows of an epoch: mixed, or as the file has them."""
        return self.d["order"].argsort(stable=True) if len(self.d["order"]) else torch.randperm(self.o["rows"], generator=self.g)  # fmt: skip

    def update(self, rows: Tensor, t: int, total: int, full: bool) -> Record:
        """One step and its numbers; ``full``: the errors too."""
        o = self.o
        x, y = _corrupted(self.d["x"][rows], self.d["y"][rows], t, t / total, o, self.g)
        rate = o["lr"] * pace(o["plan"], t, total)
        for group in self.opt.param_groups:
            group["lr"] = rate
        out = self.net(x, rows if self.net.owner is not None else None)
        fit = criterion(o["loss"], o["delta"], out, y)
        seen, loss = {"lr": rate, "fit": fit.item()}, fit
        if o["l2"]:
            reg = o["l2"] * sum((p**2).sum() for p in self.params)
            loss, seen["reg"] = loss + reg, reg.item()
        if o["crossing"]:
            crossed = o["crossing"] * torch.relu(out[:, :-1] - out[:, 1:]).mean()
            loss, seen["crossed"] = loss + crossed, crossed.item()
        seen["loss"] = loss.item()
        if full:
            seen |= errors(out.detach(), y)
        self.opt.zero_grad()
        if o["fault"] == "detached":
            loss = loss.detach().requires_grad_()
        loss.backward()
        grads = [p.grad for p in self.params if p.grad is not None]
        seen["norm"] = float(torch.nn.utils.clip_grad_norm_(self.params, o["clip"] or math.inf)) if grads else 0.0
        seen |= {
            "norm_after": min(seen["norm"], o["clip"] or math.inf),
            "clipped": float(seen["norm"] > (o["clip"] or math.inf)),
        }
        if o["fault"] != "no_step":
            self.opt.step()
        return seen

    @torch.no_grad()
    def evaluate(self) -> Record:
        """Loss and errors on what is held out."""
        net = self.first if self.o["fault"] == "stale" else self.net
        net.train(self.o["fault"] == "no_eval")
        x, y = self.d["vx"], self.d["vy"]
        if self.o["subset"]:
            some = torch.randperm(len(x), generator=self.g)[: self.o["subset"]]
            x, y = x[some], y[some]
        out = net(x)
        net.train()
        truth = self.d["money"] if self.o["fault"] == "not_put_back" else y
        return {"val_loss": float(criterion(self.o["loss"], self.o["delta"], out, y)), **{f"val_{k}": v for k, v in errors(out, truth).items()}}  # fmt: skip

    @torch.no_grad()
    def look(self, wanted: dict[str, str], before: list[Tensor]) -> Record:
        """By block: acts, grads, ratios, dead, saturated; of all: ratio, log_ratio."""
        seen: Record = {}
        self.net(self.d["x"][:256])
        ratios = [
            float((b.main.weight - w).norm() / (w.norm() + 1e-12)) for b, w in zip(self.net.blocks, before, strict=True)
        ]
        for i, (block, out) in enumerate(zip(self.net.blocks, self.net.outs, strict=True)):
            grad = block.main.weight.grad
            found = {"acts": float(out.std(0).mean()), "grads": 0.0 if grad is None else float(grad.norm()), "ratios": ratios[i],
                     "dead": float((out <= 0).all(0).float().mean()), "saturated": float((out.abs() > 0.97).float().mean())}  # fmt: skip
            seen |= {name.format(i): found[k] for k, name in wanted.items() if k in found}
        middle = sorted(ratios)[len(ratios) // 2]
        if "ratio" in wanted:
            seen[wanted["ratio"]] = middle
        if "log_ratio" in wanted:
            seen[wanted["log_ratio"]] = math.log10(middle + 1e-12)
        return seen


def train(seed: int, every: int = 0, evaluate: int = 0, mean: bool = False, show: tuple[str, ...] = ("loss", "val_loss"), names: dict | None = None,
          inside: dict | None = None, again: tuple[float, float] = (0.0, 1.0), **given: object) -> list[Record]:  # fmt: skip
    """Records by epoch (means) or every ``every`` steps (the last, or the ``mean``); validation by epoch or each ``evaluate`` steps.

    ``again``: at this share of the run the optimiser is made anew, with this many times the rate.
    """
    if unknown := given.keys() - DEFAULTS.keys():
        raise TypeError(f"no such arguments: {sorted(unknown)}")
    o = DEFAULTS | given
    run, full = Run(seed, o), bool({"r2", "mae", "rmse", "mape", "cover"} & set(show))
    steps = o["rows"] // o["batch"]
    total, gap, records, pile, t = steps * o["epochs"], every or steps, [], [], 0
    for epoch in range(o["epochs"]):
        for rows in run.order()[: steps * o["batch"]].split(o["batch"]):
            if again[0] and t == int(again[0] * total):
                o["lr"] *= again[1]
                run.opt = _optimiser(o["opt"], run.trained, o)
            due = (t + 1) % gap == 0
            before = [b.main.weight.detach().clone() for b in run.net.blocks] if due and inside else []
            pile.append(run.update(rows, t, total, full))
            t += 1
            if not due:
                continue
            seen = pile[-1] if every and not mean else {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]}
            seen["lr"] = pile[-1]["lr"]
            if any(k.startswith("val_") for k in show) and t % (evaluate or steps) == 0:
                seen |= run.evaluate()
            shown = {(names or {}).get(k, k): seen[k] for k in show if k in seen}
            records.append({"step": t, "epoch": epoch, **shown, **(run.look(inside, before) if inside else {})})
            pile = []
    return records

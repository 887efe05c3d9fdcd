"""Learning from preferences: reward models on pairs, and policies tuned on pairs directly (DPO and its kin), with their mishaps."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.preference_pairs_parts import END, Judge, Pairs, pairs, taught

torch.set_num_threads(1)
USUAL: dict[str, Any] = {
    "goal": "dpo", "beta": 0.1, "n": 2000, "held": 300, "sure": 1.5, "longer": 0.0, "net": {}, "flip": 0.0, "batch": 32, "steps": 300,
    "algo": "adamw", "eta": 1e-3, "decay": 0.0, "course": "linear", "warm": 0.1, "clip": 0.0, "smooth": 0.0, "margin": 0.0, "sft": 0.0,
    "centre": 0.0, "ridge": 0.0, "ema": 0.0, "line": "shuffled", "fault": "", "since": 0.5, "until": 1.0, "much": 1.0, "log": 5, "averaged": True,
    "eval": 0, "few": 0, "zero": False, "stop": 0, "tell": ("loss", "lr"), "alias": {},
}  # fmt: skip


def course(o: dict[str, Any], i: int) -> float:
    """The rate of step ``i`` as a share of the highest."""
    name, _, text = o["course"].partition(":")
    x, warm, n = float(text or 1), o["warm"] * o["steps"], o["steps"]
    after = max(0.0, i - warm) / max(1.0, n - warm)
    if name == "linear":
        share = 1 - after
    elif name == "cosine":
        share = 0.5 * (1 + math.cos(math.pi * min(1.0, after)))
    elif name == "cut":
        share = 0.05 if i >= x * n else 1.0
    elif name == "early":
        share = max(0.0, 1 - after * x)
    elif name == "waves":
        share = 0.5 * (1 + math.cos(math.pi * (after * x % 1)))
    elif name == "stairs":
        share = 0.2 ** int(after * x)
    elif name == "again":
        share = 0.5 * (1 + math.cos(math.pi * (after if after < x else after - x)))
    else:
        share = 1.0
    return share * min(1.0, (i + 1) / max(1.0, warm))


def collected(o: dict[str, Any], seed: int) -> tuple[Pairs, Pairs]:
    """Pairs to learn from, after the mishaps of the table, and clean ones held out."""
    data, held = (pairs(n, 500 * seed + k, o["sure"], o["longer"]) for n, k in ((o["n"], 1), (o["held"], 2)))
    g = torch.Generator().manual_seed(seed)
    wrong = torch.rand(o["n"], generator=g) < o["flip"]
    if o["fault"] == "house_swapped":
        wrong = data["ask"] >= 6 - o["much"]
    swapped = wrong[:, None]
    data["chosen"], data["rejected"] = (
        torch.where(swapped, data["rejected"], data["chosen"]),
        torch.where(swapped, data["chosen"], data["rejected"]),
    )
    if o["fault"] == "same_column":
        data["rejected"] = data["chosen"].clone()
    if o["fault"] == "held_swapped":
        held["chosen"], held["rejected"] = held["rejected"], held["chosen"]
    if o["fault"] == "easy_held":
        best = held["gap"].argsort(descending=True)[: o["held"] // 3]
        held = {k: v[best] for k, v in held.items()}
    if o["fault"] == "only_length":
        for part in (data, held):
            for side in ("chosen", "rejected"):
                part[side] = torch.where(part[side] == END, END, 0)
    if o["line"] != "shuffled":
        key = (
            data["gap"] if o["line"] == "gap" else data["ask"] if o["line"] == "ask" else (data["chosen"] != END).sum(1)
        )
        order = torch.argsort(key, stable=True)
        data = {k: v[order] for k, v in data.items()}
    return data, held


def scores(model: nn.Module, part: Pairs) -> tuple[Tensor, Tensor]:
    """Reward, or logarithm of the chance, of both answers: (n,) each."""
    twice = model(part["ask"].repeat(2), torch.cat([part["chosen"], part["rejected"]]))
    twice = twice if twice.dim() == 1 else twice.sum(1)
    return twice[: len(part["ask"])], twice[len(part["ask"]) :]


def compared(o: dict[str, Any], model: nn.Module, part: Pairs) -> tuple[Tensor, dict[str, float]]:
    """The loss of some pairs, and all that is told of them."""
    good, bad = scores(model, part)
    told = {}
    if o["goal"] == "rm":
        up, down = good, bad
    elif o["goal"] in {"simpo", "orpo"}:
        long = [(part[side] != END).sum(1).clamp(min=1) for side in ("chosen", "rejected")]
        up, down = o["beta"] * good / long[0], o["beta"] * bad / long[1]
    else:
        was = (part["was_chosen"], part["was_rejected"])
        if o["fault"] == "anchor_moves":
            was = (good.detach(), bad.detach())
        up, down = o["beta"] * (good - was[0]), o["beta"] * (bad - was[1])
        told["kl"] = abs(float((good.detach() - was[0] + bad.detach() - was[1]).mean())) / 2
    gap = up - down
    if o["fault"] == "own_log":
        each = -torch.log(torch.sigmoid((o["much"] * gap).half()).float())
    elif o["goal"] == "ipo":
        each = (gap / o["beta"] - 1 / (2 * o["beta"])) ** 2
    elif o["goal"] == "hinge":
        each = torch.relu(1 - gap)
    elif o["goal"] == "orpo":
        odds = [x / o["beta"] - torch.log1p(-torch.exp((x / o["beta"]).clamp(max=-1e-4))) for x in (up, down)]
        each = -o["beta"] * F.logsigmoid(odds[0] - odds[1])
    else:
        each = -(1 - o["smooth"]) * F.logsigmoid(gap - o["margin"]) - o["smooth"] * F.logsigmoid(o["margin"] - gap)
    total = each.mean() if o["fault"] != "summed" else each.sum()
    told |= {"pair": float(total.detach())}
    if o["sft"]:
        nll = -(good / (part["chosen"] != END).sum(1).clamp(min=1)).mean()
        told["nll"], total = float(nll.detach()) * o["sft"], total + o["sft"] * nll
    if o["centre"]:
        centre = o["centre"] * ((up + down) ** 2).mean()
        told["centre"], total = float(centre.detach()), total + centre
    if o["ridge"]:
        ridge = o["ridge"] * sum((p**2).sum() for p in model.parameters())
        told["ridge"], total = float(ridge.detach()), total + ridge
    up, down, gap = up.detach(), down.detach(), gap.detach()
    told |= {"loss": float(total.detach()), "rewards/chosen": float(up.mean()), "rewards/rejected": float(down.mean()),
             "rewards/accuracies": float((gap > 0).float().mean()), "rewards/margins": float(gap.mean()),
             "logps/chosen": float(good.detach().mean()), "logps/rejected": float(bad.detach().mean())}  # fmt: skip
    return total, told


def prepared(o: dict[str, Any]) -> tuple[nn.Module, nn.Module | None]:
    """The model to tune, and the anchor it is held against."""
    if o["goal"] == "rm":
        model: nn.Module = Judge(**{k: v for k, v in o["net"].items() if k not in {"init", "head", "bias"}})
        with torch.no_grad():
            for layer in model.layers:
                layer.weight.mul_(o["net"].get("init", 1.0))
                layer.bias.add_(o["net"].get("bias", 0.0))
            model.out.weight.mul_(o["net"].get("head", 1.0))
        return model, None
    model, anchor = taught(**o["net"]), taught()
    if o["fault"] == "other_anchor":
        with torch.no_grad():
            for p in anchor.parameters():
                p.add_(o["much"] * p.std() * torch.randn_like(p))
    return model, anchor


def stepper(o: dict[str, Any], weights: list[nn.Parameter]) -> torch.optim.Optimizer:
    """The optimiser by name."""
    if o["algo"] in {"sgd", "momentum"}:
        return torch.optim.SGD(
            weights, o["eta"], 0.9 if o["algo"] == "momentum" else 0.0, weight_decay=o["decay"], fused=True
        )
    if o["algo"] == "rmsprop":
        return torch.optim.RMSprop(weights, o["eta"], foreach=True)
    return torch.optim.AdamW(weights, o["eta"], weight_decay=o["decay"], fused=True)


def remember(anchor: nn.Module | None, part: Pairs) -> None:
    """Put what the anchor thinks of both answers beside them."""
    if anchor is not None:
        with torch.no_grad():
            part["was_chosen"], part["was_rejected"] = scores(anchor, part)


def kept(o: dict[str, Any], found: dict[str, float], head: str = "") -> dict[str, float]:
    """Of the figures those that the user logs, by the user's names."""
    wanted = (t.removeprefix("val_") for t in o["tell"] if t.startswith("val_") == bool(head))
    return {head + o["alias"].get(k, k): found[k] for k in wanted if k in found}


class Session:
    """Data, models and optimiser of one training."""

    def __init__(self, o: dict[str, Any], seed: int) -> None:
        torch.manual_seed(90 + seed)
        self.o, self.g = o, torch.Generator().manual_seed(40 + seed)
        self.data, self.held = collected(o, seed)
        self.model, self.anchor = prepared(o)
        self.strange = pairs(400, 9000 + seed, o["sure"])
        self.strange["ask"] = 5 - self.strange["ask"]
        for part in (self.data, self.held, self.strange):
            remember(self.anchor, part)
        self.weights = list((deepcopy(self.model) if o["fault"] == "copy_tuned" else self.model).parameters())
        self.opt, self.mean = stepper(o, self.weights), deepcopy(self.model)
        self.evaluated = deepcopy(self.model) if o["fault"] == "stale" else self.mean if o["ema"] else self.model
        self.order = torch.arange(o["n"])

    def batch(self, i: int, on: bool) -> Pairs:
        """The pairs of step ``i``, with what befalls them."""
        o, per = self.o, max(1, self.o["n"] // self.o["batch"])
        if i % per == 0 and o["line"] == "shuffled":
            self.order = torch.randperm(o["n"], generator=self.g)
        pick = self.order[i % per * o["batch"] :][: o["batch"]]
        part = {k: v[pick] for k, v in self.data.items()}
        if on and o["fault"] == "new_round":
            part = {k: v[pick % 400] for k, v in self.strange.items()}
        if on and (
            o["fault"] == "swapped_since" or (o["fault"] == "shards" and float(torch.rand(1, generator=self.g)) < 0.025)
        ):
            part = {
                k: part[k.replace("chosen", "x").replace("rejected", "chosen").replace("x", "rejected")] for k in part
            }
        return part

    def step(self, i: int) -> dict[str, float]:
        """One update."""
        o = self.o
        on = o["since"] <= i / o["steps"] < o["until"]
        rate = o["eta"] * course(o, i) * (o["much"] if on and o["fault"] == "rate" else 1.0)
        for group in self.opt.param_groups:
            group["lr"] = rate
        total, told = compared(o, self.model, self.batch(i, on))
        self.model.zero_grad()
        (-total if on and o["fault"] == "sign" else total).backward()
        norm = float(nn.utils.clip_grad_norm_(list(self.model.parameters()), o["clip"] or 1e12))
        before = [p.detach().clone() for p in self.weights] if "ratio" in o["tell"] else []
        self.opt.step()
        with torch.no_grad():
            if o["fault"] == "bfloat":
                for p in self.weights:
                    p.copy_(p.bfloat16().float())
            if o["ema"]:
                for a, p in zip(self.mean.parameters(), self.model.parameters(), strict=True):
                    a.lerp_(p, 1 - o["ema"])
            if before:
                moved = sum(((p - b) ** 2).sum() for p, b in zip(self.weights, before, strict=True))
                told["ratio"] = float(moved / sum((b**2).sum() for b in before)) ** 0.5
        if isinstance(self.model, Judge):
            told |= {f"silent{k}": v for k, v in enumerate(self.model.silent)}
            if "norm0" in o["tell"]:
                told |= {f"norm{k}": float(layer.weight.grad.norm()) for k, layer in enumerate(self.model.layers)}
        return told | {"lr": rate, "grad_norm": norm, "clipped": min(norm, o["clip"] or norm)}

    def examined(self) -> dict[str, float]:
        """The figures of what is held out, or of a ``few`` of it."""
        pick = (
            torch.randint(0, len(self.held["ask"]), (self.o["few"],), generator=self.g)
            if self.o["few"]
            else slice(None)
        )
        self.evaluated.eval()
        with torch.no_grad():
            _, found = compared(self.o, self.evaluated, {k: v[pick] for k, v in self.held.items()})
        self.evaluated.train()
        return found


def train(seed: int, **args: Any) -> list[dict[str, float]]:
    """Learn from pairs; a record every ``log`` steps and at each evaluation."""
    if unknown := args.keys() - USUAL.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    o = USUAL | args
    session, per = Session(o, seed), max(1, o["n"] // o["batch"])
    records: list[dict[str, float]] = (
        [{"step": 0, "epoch": 0} | kept(o, session.examined(), "val_")] if o["zero"] else []
    )
    window: list[dict[str, float]] = []
    best, bad = math.inf, 0
    for i in range(o["steps"]):
        window.append(session.step(i))
        row: dict[str, float] = {}
        if (i + 1) % o["log"] == 0:
            last = window[-1]
            row = kept(
                o,
                {k: sum(w[k] for w in window) / len(window) for k in last} | {"lr": last["lr"]}
                if o["averaged"]
                else last,
            )
            window = []
        if o["eval"] and (i + 1) % o["eval"] == 0:
            found = session.examined()
            row |= kept(o, found, "val_")
            best, bad = (found["loss"], 0) if found["loss"] < best else (best, bad + 1)
        if row:
            records.append({"step": i + 1, "epoch": i // per} | row)
        if o["stop"] and bad >= o["stop"]:
            break
    return records

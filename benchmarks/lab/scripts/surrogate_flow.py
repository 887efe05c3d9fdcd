"""Surrogates of simulations: fields to fields, relative L2, a step decay, as the scripts of neural operators train them."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor

from benchmarks.lab.scripts.surrogate_flow_parts import Operator, simulate

torch.set_num_threads(1)
Record = dict[str, float]
STANDARD: dict[str, Any] = {
    "kind": "stream", "ntrain": 256, "ntest": 64, "size": 0.6, "viscosity": 0.02, "noise": 0.0, "unit": 1.0, "normalise": False, "batch": 32,
    "epochs": 40, "net": {}, "criterion": "l2", "h1": 0.0, "law": 0.0, "l2_weight": 1.0, "penalty": 0.0, "scale": 1.0, "opt": "adam", "lr": 2e-3,
    "decay": 1e-5, "schedule": "step", "gamma": 0.5, "period": 10, "warm": 0, "clip": 0.0, "jitter": 0.0, "ema": 0.0, "sort": "", "trouble": "",
    "start": 0.5, "strength": 1.0, "subset": 0, "more": 0.0, "finetune": False, "per": 0, "window": False, "test_every": 1, "log": ("train_l2", "test_l2"),
    "rename": {}, "probe": {},
}  # fmt: skip


def factor(s: dict[str, Any], step: int, total: int) -> float:
    """The learning rate of a step over its base. ``period``: epochs, or a share of the run."""
    done, steps = step / total, max(1, total // s["epochs"])
    up = min(1.0, (step + 1) / s["warm"]) if s["warm"] else 1.0
    if s["schedule"] == "step":
        return up * s["gamma"] ** (step // steps // s["period"])
    if s["schedule"] == "step_per_batch":
        return up * s["gamma"] ** (step // s["period"])
    if s["schedule"] == "cosine":
        return up * 0.5 * (1 + math.cos(math.pi * done))
    if s["schedule"] == "restarts":
        return up * (0.02 + 0.49 * (1 + math.cos(math.pi * (done / s["period"] % 1))))
    if s["schedule"] == "late":
        return up * (1.0 if done < s["period"] else 0.04)
    if s["schedule"] == "onecycle":
        return up * max(1e-3, min(0.05 + done / 0.3, (1 - done) / 0.7))
    if s["schedule"] == "spent":
        return up * max(0.0, 1 - done / s["period"])
    return up


def errors(guess: Tensor, truth: Tensor) -> dict[str, Tensor]:
    """Relative L2, mean square, relative error of slopes, each as a mean over the fields; and the largest error."""
    off = guess - truth
    bent, straight = torch.roll(off, -1, 1) - off, torch.roll(truth, -1, 1) - truth
    return {"l2": (off.norm(dim=1) / truth.norm(dim=1)).mean(), "mse": off.square().mean(),
            "h1": (bent.norm(dim=1) / straight.norm(dim=1)).mean(), "worst": off.abs().amax()}  # fmt: skip


def data(seed: int, s: dict[str, Any]) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor], torch.Generator]:
    """Training and test fields after the mishaps of the preparation, and the generator of the order."""
    g = torch.Generator().manual_seed(4000 + 13 * seed)
    x, y = simulate(s["kind"], s["ntrain"], g, s["size"], s["viscosity"])
    tx, ty = simulate(s["kind"], s["ntest"], g, s["size"], s["viscosity"])
    y = y + s["noise"] * y.std() * torch.randn(y.shape, generator=g)
    if s["normalise"]:
        middle, spread = y.mean(0), y.std()
        y, ty = (y - middle) / spread, (ty - middle) / spread
    y, ty = s["unit"] * y, s["unit"] * ty
    if s["trouble"] == "mispaired":
        y = y[torch.randperm(len(y), generator=g)]
    if s["trouble"] == "blank":
        x, tx = x * 0, tx * 0
    if s["trouble"] == "smoothed":
        x, tx = (sum(torch.roll(f, k, 1) for k in range(-8, 9)) / 17 for f in (x, tx))
    if s["trouble"] == "empty_case":
        y[int(s["ntrain"] * 0.4)] = 0.0
    if s["sort"]:
        turn = (y.norm(dim=1) if s["sort"] == "size" else x[:, 0]).argsort()
        x, y = x[turn], y[turn]
    return (x, y), (tx, ty), g


def objective(net: Operator, x: Tensor, y: Tensor, s: dict[str, Any]) -> tuple[Tensor, dict[str, Tensor]]:
    """The loss to minimise and the figures of the batch."""
    guess = net(x)
    told = errors(guess, y)
    loss = s["l2_weight"] * told["mse" if s["criterion"] == "mse" else "l2"]
    if s["h1"]:
        told["h1_term"] = s["h1"] * told["h1"]
        loss = loss + told["h1_term"]
    if s["law"]:
        told["law_term"] = s["law"] * (guess.mean(1) - x.mean(1)).square().mean() + s["law"] * (guess - torch.roll(guess, 1, 1)).square().mean()  # fmt: skip
        loss = loss + told["law_term"]
    if s["penalty"]:
        told["reg"] = s["penalty"] * torch.stack([p.square().sum() for p in net.parameters()]).sum()
        loss = loss + told["reg"]
    return loss * s["scale"], told | {"loss": loss * s["scale"]}


def spoil(x: Tensor, y: Tensor, s: dict[str, Any], on: bool, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """Batches as they arrive."""
    if s["jitter"]:
        x = x + s["jitter"] * torch.randn(x.shape, generator=g)
    if s["trouble"] == "blown_up" and float(torch.rand(1, generator=g)) < 0.03:
        x = x * s["strength"]
    if on and s["trouble"] == "other_unit":
        x = x * s["strength"]
    if on and s["trouble"] == "other_time":
        y = torch.roll(y, int(s["strength"]), 1)
    return x, y


@torch.no_grad()
def test(net: Operator, held: tuple[Tensor, Tensor], s: dict[str, Any], g: torch.Generator) -> Record:
    """Figures of the test fields, or of a few of them drawn anew."""
    pick = torch.randperm(s["ntest"], generator=g)[: s["subset"] or s["ntest"]]
    net.eval()
    _, told = objective(net, held[0][pick], held[1][pick], s)
    net.train()
    return {f"test_{k}": float(v) for k, v in told.items()}


def optimiser(net: Operator, s: dict[str, Any]) -> torch.optim.Optimizer:
    if s["opt"] in {"sgd", "momentum"}:
        return torch.optim.SGD(
            net.parameters(), s["lr"], 0.9 if s["opt"] == "momentum" else 0.0, weight_decay=s["decay"]
        )
    return torch.optim.AdamW(net.parameters(), s["lr"], weight_decay=s["decay"], fused=True)


def descend(net: Operator, opt: torch.optim.Optimizer, loss: Tensor, s: dict[str, Any], on: bool) -> Record:
    """Backward, mishaps, clipping, a step."""
    opt.zero_grad()
    loss.backward()
    slopes = [p.grad for p in net.parameters() if p.grad is not None]
    if on and s["trouble"] in {"ascent", "undivided"}:
        torch._foreach_mul_(slopes, -s["strength"] if s["trouble"] == "ascent" else s["strength"])
    norm = 0.0
    if s["clip"] or "grad_norm" in s["log"]:
        norm = float(torch.nn.utils.get_total_norm(slopes))
        if s["clip"] and norm > s["clip"]:
            torch._foreach_mul_(slopes, s["clip"] / norm)
    if s["trouble"] != "no_step":
        opt.step()
    return {"grad_norm": norm, "clipped": min(norm, s["clip"] or norm)}


def probe(net: Operator, before: list[Tensor], s: dict[str, Any]) -> Record:
    """The layers: ``probe`` maps what is asked for to a name with {} for the layer."""
    told: Record = {}
    for i, (layer, out) in enumerate(zip(net.local, net.seen, strict=True)):
        slope = layer.weight.grad
        numbers = {"slope": float(slope.norm()) if slope is not None else 0.0, "spread": float(out.detach().std()),
                   "dead": float((out.detach() <= 0).flatten(0, -2).all(0).float().mean()),
                   "ratio": float((layer.weight.detach() - before[i]).norm() / (before[i].norm() + 1e-12))}  # fmt: skip
        told |= {name.format(i): numbers[what] for what, name in s["probe"].items()}
    return told


def disturb(net: Operator, strength: float, g: torch.Generator) -> None:
    """Weights as a rounded file gives them back."""
    with torch.no_grad():
        for p in net.parameters():
            p.add_(strength * p.std(correction=0) * torch.randn(p.shape, generator=g))


def train(seed: int, **args: Any) -> list[Record]:
    """Records of an epoch, or of every ``per`` steps; the figures of training are means of what was seen, or of the last batch with ``window`` False."""
    if unknown := args.keys() - STANDARD.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    s = STANDARD | args
    torch.manual_seed(8000 + seed)
    (x, y), held, g = data(seed, s)
    net = Operator(**s["net"])
    if s["finetune"]:
        train_before(net, s, g)
    first = copy.deepcopy(net)
    shadow = copy.deepcopy(net)
    opt = optimiser(net, s)
    steps = max(1, s["ntrain"] // s["batch"])
    total, step, pile, records = steps * s["epochs"], 0, [], []
    for epoch in range(s["epochs"]):
        known = s["ntrain"] if not s["more"] else max(s["batch"], int(s["ntrain"] * min(1.0, s["more"] + epoch / s["epochs"])))  # fmt: skip
        order = torch.arange(s["ntrain"]) if s["sort"] else torch.randperm(known, generator=g)
        for pick in order[: len(order) // s["batch"] * s["batch"]].split(s["batch"]):
            on = step >= s["start"] * total
            rate = s["lr"] * factor(s, step, total) * (s["strength"] if on and s["trouble"] == "rate" else 1.0)
            opt.param_groups[0]["lr"] = rate
            if s["trouble"] == "resumed" and step == int(s["start"] * total):
                disturb(net, s["strength"], g)
                opt = optimiser(net, s)
            before = [layer.weight.detach().clone() for layer in net.local] if s["probe"] else []
            loss, told = objective(net, *spoil(x[pick], y[pick], s, on, g), s)
            moved = descend(net, opt, loss, s, on)
            if s["ema"]:
                with torch.no_grad():
                    torch._foreach_lerp_(list(shadow.parameters()), list(net.parameters()), 1 - s["ema"])
            step += 1
            pile.append({f"train_{k}": float(v.detach()) for k, v in told.items()} | moved | {"lr": rate})
            if s["per"] and step % s["per"] == 0:
                records.append(line(step, epoch, pile, {}, s) | (probe(net, before, s) if s["probe"] else {}))
                pile = []
        if not s["per"]:
            judged = first if s["trouble"] == "stale" else shadow if s["ema"] else net
            told = test(judged, held, s, g) if epoch % s["test_every"] == 0 or epoch == s["epochs"] - 1 else {}
            records.append(line(step, epoch, pile, told, s) | (probe(net, before, s) if s["probe"] else {}))
            pile = []
    return records


def train_before(net: Operator, s: dict[str, Any], g: torch.Generator) -> None:
    """A good start: the same task with another viscosity."""
    x, y = simulate(s["kind"], 256, g, s["size"], 2 * s["viscosity"])
    opt = torch.optim.Adam(net.parameters(), 3e-3, fused=True)
    for _ in range(250):
        pick = torch.randint(0, 256, (32,), generator=g)
        loss, _ = objective(net, x[pick], s["unit"] * y[pick], s)
        opt.zero_grad()
        loss.backward()
        opt.step()
    net.seen = []


def line(step: int, epoch: int, pile: list[Record], told: Record, s: dict[str, Any]) -> Record:
    """One record, with names as asked for (test_ becomes val_)."""
    whole = s["window"] or not s["per"]
    seen = {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} if whole else pile[-1]
    values = seen | told
    names = {k: s["rename"].get(k, k.replace("test_", "val_").replace("train_", "")) for k in s["log"]}
    return {"step": step, "epoch": epoch} | {names[k]: values[k] for k in s["log"] if k in values}

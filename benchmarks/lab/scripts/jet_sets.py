"""Which kind of jet, and of what mass: networks on sets of particles, with their usual rates, clipping and mishaps."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.jet_sets_parts import SetNet, jets

torch.set_num_threads(1)
Record = dict[str, float]
DEFAULTS: dict[str, Any] = {
    "task": "kind", "kinds": 3, "n": 768, "held": 256, "smear": 0.12, "rare": 0.0, "wrong": 0.0, "batch": 64, "epochs": 20, "net": {},
    "opt": "adam", "lr": 3e-3, "momentum": 0.9, "decay": 0.0, "plan": "constant", "warm": 0, "floor": 0.0, "clip": 0.0, "smoothing": 0.0,
    "mass_weight": 0.0, "kind_weight": 1.0, "unit": 100.0, "penalty": "", "strength": 0.0, "scale": 1.0, "sorted_by": "", "mishap": "",
    "begin": 0.0, "end": 1.0, "size": 1.0, "every": 0, "smooth": False, "eval_every": 0, "show": ("loss", "val_loss", "val_acc"),
    "called": {}, "inside": {},
}  # fmt: skip


def rate(plan: str, t: int, total: int, warm: int, floor: float) -> float:
    """The learning rate of an update over its base; plans with a colon carry a number."""
    name, _, number = plan.partition(":")
    x = float(number or 0)
    up = min(1.0, (t + 1) / warm) if warm else 1.0
    shapes = {
        "constant": lambda: 1.0,
        "cosine": lambda: floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * max(0, t - warm) / max(1, total - warm))),
        "linear": lambda: max(floor, 1 - t / total),
        "cut": lambda: 0.03 if t > x * total else 1.0,
        "decade": lambda: 0.1 ** int(t / (x * total)),
        "wave": lambda: 0.03 + 0.97 * (0.5 + 0.5 * math.cos(2 * math.pi * t / x)),
        "saw": lambda: 0.02 + 0.98 * (1 - (t % x) / x),
        "one": lambda: min(t / (x * total) + 0.04, max(1e-4, (total - t) / (total - x * total)), 1.0),
        "spent": lambda: max(0.0, 1 - t / (x * total)),
        "per_batch": lambda: x**t,
    }
    return up * shapes[name]()


def data(seed: int, o: dict[str, Any]) -> tuple[dict[str, Tensor], dict[str, Tensor], torch.Generator]:
    """Training and held-out jets after the mishaps of the input, and the generator of the order."""
    g = torch.Generator().manual_seed(900 + seed)
    ours = jets(o["n"], 31 * seed + 7, o["smear"], o["kinds"], o["rare"])
    held = jets(o["held"], 31 * seed + 8, o["smear"], o["kinds"], o["rare"])
    ours["truth"] = ours["kind"]
    false = torch.rand(o["n"], generator=g) < o["wrong"]
    ours["kind"] = torch.where(false, torch.randint(0, o["kinds"], (o["n"],), generator=g), ours["kind"])
    if o["mishap"] == "joined_wrongly":
        ours["kind"] = ours["kind"][torch.randperm(o["n"], generator=g)]
    for part in (ours, held):
        if o["mishap"] == "raw_momenta":
            part["cloud"] = part["cloud"].clone()
            part["cloud"][..., 0] = torch.exp(2 * (part["cloud"][..., 0] - 1.5)) * part["momentum"][:, None] * o["size"]
        if o["mishap"] == "no_angles":
            part["cloud"] = part["cloud"] * torch.tensor([1.0, 0, 0, 1, 0])
        if o["mishap"] == "empty":
            part["cloud"] = torch.zeros_like(part["cloud"])
    return ours, held, g


def order(ours: dict[str, Tensor], o: dict[str, Any], g: torch.Generator) -> list[Tensor]:
    """The batches of an epoch."""
    n = o["n"] // o["batch"] * o["batch"]
    if not o["sorted_by"]:
        return list(torch.randperm(o["n"], generator=g)[:n].split(o["batch"]))
    key = ours[o["sorted_by"]]
    return list(torch.argsort(key, stable=True)[:n].split(o["batch"]))


def losses(
    net: SetNet, part: dict[str, Tensor], pick: Tensor, o: dict[str, Any], active: bool, g: torch.Generator
) -> tuple[Tensor, Record]:
    """The loss to minimise, and all figures of the batch."""
    cloud, kind = part["cloud"][pick], part["kind"][pick]
    if active and o["mishap"] == "pile_up":
        cloud = cloud + o["size"] * torch.randn(cloud.shape, generator=g)
    if active and o["mishap"] == "units":
        cloud = cloud * o["size"]
    if active and o["mishap"] == "labels_off":
        kind = (kind + 1) % o["kinds"]
    if active and o["mishap"] == "hot_cells" and float(torch.rand(1, generator=g)) < 0.02:
        cloud = cloud * o["size"]
    scores, mass = net(cloud)
    if o["mishap"] == "softmax_twice":
        scores = torch.softmax(scores, 1)
    if o["mishap"] == "own_log":
        ce = -torch.log(torch.softmax(scores.half().float(), 1).half().float())[torch.arange(len(kind)), kind].mean()
    else:
        ce = F.cross_entropy(scores, kind, label_smoothing=o["smoothing"] if net.training else 0.0)
    total, told = o["kind_weight"] * ce, {"ce": float(ce.detach())}
    if o["mass_weight"]:
        mse = F.mse_loss(mass, part["mass"][pick] / o["unit"])
        total = total * (o["task"] != "mass") + o["mass_weight"] * mse
        told |= {
            "mse": float(mse.detach()),
            "mae": float((mass - part["mass"][pick] / o["unit"]).abs().mean().detach()),
        }
    total = total * o["scale"] * (o["batch"] if o["mishap"] == "summed" else 1)
    if o["penalty"] and net.training:
        weights = torch.cat([p.flatten() for p in net.parameters()])
        size = {"l1": weights.abs().sum, "l2": weights.square().sum, "scores": scores.square().mean}[o["penalty"]]()
        total, told["reg"] = total + o["strength"] * size, float(o["strength"] * size.detach())
    hit = float((scores.argmax(1) == kind).float().mean())
    return total, {"loss": float(total.detach()), **told, "acc": hit, "percent": 100 * hit, "err": 1 - hit}


def update(net: SetNet, opt: torch.optim.Optimizer, loss: Tensor, o: dict[str, Any], active: bool) -> Record:
    """One step of the optimiser; the norm of the gradient before and after clipping."""
    opt.zero_grad()
    loss.backward()
    params = list(net.parameters())
    grads = [p.grad for p in params if p.grad is not None]
    if active and o["mishap"] in {"ascent", "factor"}:
        for grad in grads:
            grad.mul_(-o["size"] if o["mishap"] == "ascent" else o["size"])
    told: Record = {}
    if o["clip"] or "norm" in o["show"]:
        norm = float(torch.nn.utils.get_total_norm(grads))
        told = {"norm": norm, "norm_clipped": min(norm, o["clip"]) if o["clip"] else norm}
        if o["clip"] and norm > o["clip"]:
            for grad in grads:
                grad.mul_(o["clip"] / norm)
    if o["mishap"] != "step_forgotten":
        opt.step()
    return told


@torch.no_grad()
def judge(net: SetNet, held: dict[str, Tensor], o: dict[str, Any], g: torch.Generator) -> Record:
    """Figures of the held-out jets."""
    net.eval()
    _, told = losses(net, held, torch.arange(o["held"]), o, False, g)
    net.train()
    if o["mishap"] == "always_first":
        told["acc"] = float((held["kind"] == 0).float().mean())
        told["percent"] = 100 * told["acc"]
    return {f"val_{name}": value for name, value in told.items()}


def inner(net: SetNet, before: list[Tensor], o: dict[str, Any]) -> Record:
    """What is asked for of the inside: ``inside`` maps a quantity to its name, {} for the layer."""
    layers, found = [*net.phi, net.rho], {}
    ratios = [
        float((p.detach() - b).norm() / (b.norm() + 1e-12))
        for p, b in zip(net.parameters(), before, strict=False)
        if p.dim() > 1
    ]
    for i, (layer, out) in enumerate(zip(layers, net.seen, strict=True)):
        flat = out.detach().flatten(0, -2)
        grad = layer.weight.grad
        values = {"std": float(flat.std()), "dead": float((flat <= 0).all(0).float().mean()), "grads": float(grad.norm()) if grad is not None else 0.0,
                  "zeros": float((flat <= 0).float().mean()), "weights": float(layer.weight.detach().norm())}  # fmt: skip
        values |= {"ratios": ratios[i]} if ratios else {}
        found |= {name.format(i): values[what] for what, name in o["inside"].items() if what in values}
    if "ratio" in o["inside"]:
        found[o["inside"]["ratio"]] = sorted(ratios)[len(ratios) // 2]
    return found


def train(seed: int, **args: Any) -> list[Record]:
    """Records of an epoch (means), or of every ``every`` updates (``smooth``: means); ``args`` over DEFAULTS."""
    if unknown := args.keys() - DEFAULTS.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    o = DEFAULTS | args
    torch.manual_seed(70 + seed)
    ours, held, g = data(seed, o)
    net = SetNet(o["kinds"], **o["net"])
    other = SetNet(o["kinds"], **o["net"])
    own = (other if o["mishap"] == "another_model" else net).parameters()
    opt: torch.optim.Optimizer = {
        "sgd": lambda: torch.optim.SGD(own, o["lr"], weight_decay=o["decay"], fused=True),
        "momentum": lambda: torch.optim.SGD(own, o["lr"], o["momentum"], weight_decay=o["decay"], fused=True),
        "adam": lambda: torch.optim.Adam(own, o["lr"], fused=True),
        "adamw": lambda: torch.optim.AdamW(own, o["lr"], weight_decay=o["decay"], fused=True),
        "rmsprop": lambda: torch.optim.RMSprop(own, o["lr"], foreach=True),
    }[o["opt"]]()
    per, t, pile, records = o["n"] // o["batch"], 0, [], []
    total = per * o["epochs"]
    wants_ratios = o["inside"].keys() & {"ratio", "ratios"}
    for epoch in range(o["epochs"]):
        for pick in order(ours, o, g):
            active = o["begin"] <= t / total < o["end"]
            now = (
                o["lr"]
                * rate(o["plan"], t, total, o["warm"], o["floor"])
                * (o["size"] if active and o["mishap"] == "rate" else 1.0)
            )
            for group in opt.param_groups:
                group["lr"] = now
            before = [p.detach().clone() for p in net.parameters()] if wants_ratios else []
            loss, told = losses(net, ours, pick, o, active, g)
            pile.append(told | update(net, opt, loss, o, active) | {"lr": now})
            t += 1
            if t % (o["every"] or per):
                continue
            whole = o["smooth"] or not o["every"]
            seen = {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} if whole else pile[-1]
            if t % (o["eval_every"] or per) == 0 and any(name.startswith("val_") for name in o["show"]):
                seen = seen | judge(other if o["mishap"] == "stale" else net, held, o, g)
            records.append({"step": t, "epoch": epoch} | {o["called"].get(k, k): seen[k] for k in o["show"] if k in seen}
                           | (inner(net, before, o) if o["inside"] else {}))  # fmt: skip
            pile = []
    return records

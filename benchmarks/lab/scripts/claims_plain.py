"""Deep plain perceptrons on an insurer's tables, and an Elman network on pulse trains."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor, nn

from benchmarks.lab.scripts.claims_plain_parts import Elman, Plain, loss_of, pulses, scores, table

torch.set_num_threads(1)
Record = dict[str, float]
OUTPUTS = {"ce": 5, "nll": 2, "nll_free": 2}
SEQUENCES = {"order", "echo"}


def train(seed: int, what: str = "risk", kind: str = "mse", rows: int = 1000, held: int = 400, noise: float = 0.2, gap: int = 0, batch: int = 64,
          epochs: int = 30, net: dict | None = None, opt: str = "Adam", opt_args: dict | None = None, lr: float = 2e-3, sched: tuple = (), clip: float = 0.0,
          clip_value: float = 0.0, penalty: dict | None = None, fault: str = "", when: float = 0.0, amount: float = 1.0, unit: float = 1.0, weight: float = 1.0,
          wrong: float = 0.0, every: int = 0, show: tuple = ("loss", "val_loss"), inside: dict | None = None, names: dict | None = None) -> list[Record]:  # fmt: skip
    """Records by epoch, or every ``every`` steps.

    ``sched``: a class of torch.optim.lr_scheduler, its arguments, and when it is stepped (batch, epoch, loss: with the validation loss).
    ``unit``: of the target of a regression. ``penalty``: l2, l1, size (of the last layer's outputs), each with its coefficient.
    ``inside``: quantity of ``inner`` → name in the log, {} is the layer; ``names``: quantity of ``show`` → name in the log.
    """
    torch.manual_seed(seed)
    g = torch.Generator().manual_seed(1000 + seed)
    draw = (lambda n: pulses(what, n, g, noise, gap)) if what in SEQUENCES else (lambda n: table(what, n, g, noise))
    (x, y), (vx, vy) = draw(rows), draw(held)
    y, vy = (y * unit, vy * unit) if y.is_floating_point() and kind not in {"bce", "sigmoid_mse"} else (y, vy)
    if fault == "raw_inputs":
        x, vx = x * amount, vx * amount
    if wrong:
        mixed = torch.rand(rows, generator=g) < wrong
        y = torch.where(mixed, y[torch.randperm(rows, generator=g)], y)
    size = 2 if what == "order" else OUTPUTS.get(kind, 1)
    model = (Elman if what in SEQUENCES else Plain)(size, **(net or {}))
    trained = copy.deepcopy(model) if fault == "copy" else model
    parameters = list(trained.head.parameters() if fault == "frozen_body" else trained.parameters())
    fast = {"fused": True} if opt in {"Adam", "AdamW", "SGD"} else {"foreach": True}
    optimiser = getattr(torch.optim, opt)(parameters, lr=lr, **(opt_args or {}), **fast)
    scheduler = getattr(torch.optim.lr_scheduler, sched[0])(optimiser, **sched[1]) if sched else None
    steps, records, seen, t = rows // batch, [], [], 0
    for epoch in range(epochs):
        for chosen in torch.randperm(rows, generator=g)[: steps * batch].split(batch):
            done = t / (steps * epochs)
            watched = bool(inside) and (t + 1) % (every or steps) == 0
            before = [p.detach().clone() for p in model.parameters()] if watched else []
            seen.append(_update(model, optimiser, x[chosen], y[chosen], g, locals()))
            t += 1
            if sched and sched[2] == "batch":
                scheduler.step()
            if every and t % every == 0 and t % steps:
                records.append(_record(t, epoch, seen, {}, model, before, inside, names, show))
                seen = []
        val = _validate(model, vx, vy, what, kind, weight, unit)
        if not every or t % every == 0:
            records.append(_record(t, epoch, seen, val, model, before, inside, names, show))
            seen = []
        if sched and sched[2] != "batch":
            scheduler.step(*([val["val_loss"]] if sched[2] == "loss" else []))
        if fault == "scheduler_anew" and epoch + 1 == int(when * epochs):
            for group in optimiser.param_groups:
                group["lr"] = group["initial_lr"] = lr
            scheduler = getattr(torch.optim.lr_scheduler, sched[0])(optimiser, **sched[1])
    return records


def _update(
    model: nn.Module, optimiser: torch.optim.Optimizer, x: Tensor, y: Tensor, g: torch.Generator, a: dict
) -> Record:
    """One step of the optimiser with what goes wrong in it; ``a``: the arguments of ``train`` and ``done``."""
    fault, late = a["fault"], a["done"] >= a["when"]
    if fault == "shuffled":
        y = y[torch.randperm(len(y), generator=g)]
    if fault == "no_inputs":
        x = x * 0
    out = model(x)
    base = loss_of(a["what"], a["kind"], out, y, a["weight"])
    terms = {name: size * {"l2": lambda: sum((p**2).sum() for p in model.parameters()), "l1": lambda: sum(p.abs().sum() for p in model.parameters()),
                           "size": lambda: (model.post[-1] ** 2).mean(), "smooth": lambda: (model.layers[0].weight.diff(dim=1) ** 2).sum()}[name]()
             for name, size in (a["penalty"] or {}).items()}  # fmt: skip
    loss = base + sum(terms.values())
    row = {"loss": loss.item(), "data": base.item(), **{name: float(value.detach()) for name, value in terms.items()}}
    row |= {
        "penalties": sum(float(v.detach()) for v in terms.values()),
        "lr": optimiser.param_groups[0]["lr"],
        **scores(a["kind"], out.detach(), y),
    }
    if fault != "kept_grads":
        optimiser.zero_grad()
    if fault == "detached":
        loss = loss_of(a["what"], a["kind"], model.head(out.new_zeros(len(x), model.head.in_features)), y, a["weight"])
    (loss * a["amount"] if fault == "factor" and late else loss).backward()
    grads = [p.grad for p in model.parameters() if p.grad is not None]
    norm = math.sqrt(sum(float(n) ** 2 for n in torch._foreach_norm(grads))) if grads else 0.0
    if a["clip"]:
        nn.utils.clip_grad_norm_(model.parameters(), a["clip"])
    if a["clip_value"]:
        nn.utils.clip_grad_value_(model.parameters(), a["clip_value"])
    after = math.sqrt(sum(float(n) ** 2 for n in torch._foreach_norm(grads))) if grads else 0.0
    row |= {
        "norm": norm,
        "norm_after": after,
        "clipped": float(bool(a["clip"]) and norm > a["clip"]),
        "coefficient": min(1.0, (a["clip"] or math.inf) / (norm + 1e-12)),
    }
    if fault == "zero_late":
        optimiser.zero_grad()
    if fault != "no_step":
        optimiser.step()
    return row


@torch.no_grad()
def _validate(model: nn.Module, x: Tensor, y: Tensor, what: str, kind: str, weight: float, unit: float) -> Record:
    model.eval()
    out = model(x)
    found = {"loss": loss_of(what, kind, out, y, weight).item(), **scores(kind, out, y)}
    model.train()
    return {f"val_{name}": value for name, value in found.items()}


def _record(t: int, epoch: int, seen: list[Record], val: Record, model: nn.Module, before: list[Tensor], inside: dict | None, names: dict | None,
            show: tuple) -> Record:  # fmt: skip
    """Means since the last record, but the rate as it is now."""
    values = {k: sum(r[k] for r in seen) / len(seen) for k in seen[0]} | {"lr": seen[-1]["lr"]} | val
    if names and "step_norm" in names:
        values["step_norm"] = seen[-1]["norm"]
    record: Record = {"step": t, "epoch": epoch, **{(names or {}).get(k, k): values[k] for k in show if k in values}}
    return record | (inner(model, before, inside) if inside and before else {})


@torch.no_grad()
def inner(model: nn.Module, before: list[Tensor], wanted: dict[str, str]) -> Record:
    """Quantities of the layers (of the first, middle and last moment for the activations of the Elman network)."""
    found: Record = {}
    own = list(model.parameters())
    ratio = {id(p): float((p - b).norm() / (b.norm() + 1e-12)) for p, b in zip(own, before, strict=True)}
    of_layers = {
        "grads": [
            float(layer.weight.grad.norm()) if layer.weight.grad is not None else 0.0
            for layer in [*model.layers, model.head]
        ],
        "ratios": [ratio[id(layer.weight)] for layer in [*model.layers, model.head]],
        "log_ratios": [math.log10(ratio[id(layer.weight)] + 1e-12) for layer in [*model.layers, model.head]],
        "stds": [float(h.std()) for h in model.post],
        "means": [float(h.mean()) for h in model.post],
        "pre_stds": [float(h.std()) for h in model.pre],
        "pre_sizes": [float(h.abs().mean()) for h in model.pre],
        "flat": [
            float(((h.abs() > 0.97) | ((h < 0.03) & (h >= 0) & (h.min() >= 0))).float().mean()) for h in model.post
        ],
        "zeros": [float((h == 0).float().mean()) for h in model.post],
        "dead": [float((h == 0).all(0).float().mean()) for h in model.post],
        "norms": [float(layer.weight.norm()) for layer in [*model.layers, model.head]],
    }
    for what, name in wanted.items():
        if what in of_layers:
            found |= {name.format(i): value for i, value in enumerate(of_layers[what])}
    alone = {"dead_all": sum(of_layers["dead"]) / len(of_layers["dead"]), "zeros_all": sum(of_layers["zeros"]) / len(of_layers["zeros"]),
             "flat_all": sum(of_layers["flat"]) / len(of_layers["flat"]), "ratio": sorted(of_layers["ratios"])[len(of_layers["ratios"]) // 2],
             "weight_norm": math.sqrt(sum(float(p.norm()) ** 2 for p in own))}  # fmt: skip
    return found | {wanted[k]: v for k, v in alone.items() if k in wanted}

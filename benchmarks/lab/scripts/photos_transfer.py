"""Transfer to a few made-up photographs: fit the new head, thaw, fit all with smaller rates; phases, rates by depth, mishaps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.photos_transfer_parts import Classifier, downloaded, photographs
from benchmarks.lab.scripts.photos_transfer_plan import CHOICES, shape_of

torch.set_num_threads(1)


def groups_of(net: Classifier, part: str, spread: float) -> list[dict[str, Any]]:
    """The head, then the stages from the last to the first, each with a smaller factor; frozen ones are left out."""
    head = [*net.neck.parameters(), *net.top.parameters(), *net.large.parameters()]
    found = [{"params": head, "factor": 1.0}]
    stages = list(net.body.stages)[::-1]
    wanted = {"head": 0, "top": 1, "all": len(stages), "none": 0}[part]
    found += [{"params": list(s.parameters()), "factor": spread ** -(i + 1)} for i, s in enumerate(stages[:wanted])]
    for p in net.parameters():
        p.requires_grad_(False)
    for group in found:
        for p in group["params"]:
            p.requires_grad_(True)
    return found


def optimiser(c: SimpleNamespace, groups: list[dict[str, Any]], rate: float) -> torch.optim.Optimizer:
    """A fresh optimiser, as each phase makes one."""
    if c.opt == "sgd":
        return torch.optim.SGD(groups, rate, c.momentum, weight_decay=c.decay)
    if c.opt == "rmsprop":
        return torch.optim.RMSprop(groups, rate, momentum=c.momentum if c.momentum != 0.9 else 0.0)
    if c.opt == "adamw":
        return torch.optim.AdamW(groups, rate, weight_decay=c.decay, fused=True)
    return torch.optim.Adam(groups, rate, fused=True)


def prepare(seed: int, c: SimpleNamespace) -> tuple[Classifier, list[Tensor], list[Tensor], torch.Generator]:
    """The net, and the two sets: pictures, kinds, sizes."""
    g = torch.Generator().manual_seed(10 + seed)
    ours = list(photographs(c.n, 1000 + seed, list(c.things), c.grain, c.shares))
    held = list(photographs(c.held, 2000 + seed, list(c.things), c.grain, c.shares))
    if c.false:
        wrong = torch.rand(c.n, generator=g) < c.false
        ours[1] = torch.where(wrong, torch.randint(0, len(c.things), (c.n,), generator=g), ours[1])
    if c.trouble[0] == "names_mixed":
        ours[1] = ours[1][torch.randperm(c.n, generator=g)]
        ours[2] = ours[2][torch.randperm(c.n, generator=g)]
    for part in (ours, held):
        part[0] = 128 + 60 * part[0] if c.byte else part[0]
        part[2] = c.size_unit * part[2]
        if c.trouble[0] == "blank":
            part[0] = torch.zeros_like(part[0])
        if c.trouble[0] == "thumbnails":
            part[0] = F.interpolate(F.avg_pool2d(part[0], int(c.trouble[3])), part[0].shape[2:])
    torch.manual_seed(20 + seed)
    net = Classifier(len(c.things), c.norm, c.hidden, c.drop, c.widths)
    if c.weights == "downloaded":
        net.body.load_state_dict(downloaded(seed, c.norm))
    with torch.no_grad():
        for p in net.body.parameters():
            p.mul_(c.body_scale if p.dim() > 1 else 1.0)
        for stage in net.body.stages:
            stage.conv.bias += c.body_bias
        net.top.weight.mul_(c.top_scale)
        net.large.weight.mul_(c.top_scale)
        net.top.bias[0] += c.top_bias
    return net, ours, held, g


def augmented(x: Tensor, c: SimpleNamespace, g: torch.Generator) -> Tensor:
    """Moved by up to ``shift`` pixels, mirrored, and with a share of pixels erased."""
    if c.shift:
        dy, dx = (int(v) for v in torch.randint(-c.shift, c.shift + 1, (2,), generator=g))
        x = torch.roll(x, (dy, dx), (2, 3))
    if c.erase:
        x = x * (torch.rand(x.shape[0], 1, *x.shape[2:], generator=g) >= c.erase)
    return x


def criterion(
    net: Classifier, x: Tensor, kind: Tensor, large: Tensor, c: SimpleNamespace, g: torch.Generator
) -> tuple[Tensor, dict[str, float]]:
    """The loss, and every figure of it that may be told."""
    fitting = net.training
    mixed, other = 1.0, kind
    if fitting and c.blend:
        mixed = 1 - c.blend * float(torch.rand(1, generator=g))
        order = torch.randperm(len(x), generator=g)
        x, other = mixed * x + (1 - mixed) * x[order], kind[order]
    scores, size = net(x)
    if c.trouble[0] == "activation_in_front":
        scores = torch.softmax(scores, 1)
    smooth = c.smooth if fitting else 0.0
    if c.trouble[0] == "half_log":
        kinds = -torch.log(torch.softmax(c.trouble[3] * scores, 1).half().float().gather(1, kind[:, None])).mean()
    else:
        kinds = mixed * F.cross_entropy(scores, kind, label_smoothing=smooth) + (1 - mixed) * F.cross_entropy(
            scores, other, label_smoothing=smooth
        )
    sizes = F.mse_loss(size, large)
    loss = c.kind_weight * kinds * (c.target == "kind") + (c.size_weight + (c.target == "size")) * sizes
    told = {
        "ce": float(kinds.detach()),
        "mse": float(sizes.detach()),
        "mae": float((size - large).abs().mean().detach()),
    }
    told |= {
        "weighted_mse": (c.size_weight + (c.target == "size")) * told["mse"],
        "weighted_ce": c.kind_weight * told["ce"],
    }
    loss = loss * c.factor
    told["data"] = float(loss.detach())
    if fitting and (c.l2 or c.l1):
        weights = torch.cat([p.flatten() for p in net.parameters()])
        extra = c.l2 * weights.square().sum() + c.l1 * weights.abs().sum()
        loss, told["reg"] = loss + extra, float(extra.detach())
    best = scores.detach().argmax(1)
    if c.trouble[0] == "one_answer" and not fitting:
        best = torch.zeros_like(best)
    hit = float((best == kind).float().mean())
    return loss, told | {"loss": float(loss.detach()), "acc": hit, "err": 1 - hit, "percent": 100 * hit}


def spoilt(
    x: Tensor, kind: Tensor, large: Tensor, c: SimpleNamespace, share: float, g: torch.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """A batch under the troubles that are in the data, while they last."""
    name, begin, end, size = c.trouble
    if not begin <= share < end:
        return x, kind, large
    if name == "exposure":
        x = x * size
    elif name == "grain":
        x = x + size * torch.randn(x.shape, generator=g)
    elif name == "renamed":
        kind = (kind + 1) % len(c.things)
    elif name == "turned":
        x = x.flip(1).transpose(2, 3)
    elif name == "bad_file" and float(torch.rand(1, generator=g)) < 0.03:
        x, kind, large = x * size, torch.zeros_like(kind), large * size
    return x, kind, large


def watched(net: Classifier, old: dict[str, Tensor], c: SimpleNamespace) -> dict[str, float]:
    """Figures of the inside that are asked for."""
    found = {}
    if old:
        moves = [
            float((p.detach() - old[k]).norm() / (old[k].norm() + 1e-12))
            for k, p in net.named_parameters()
            if p.dim() > 1 and k in old
        ]
        found["update_ratio"] = sorted(moves)[len(moves) // 2]
    for i, stage in enumerate(net.body.stages):
        out, grad = stage.out, stage.conv.weight.grad
        if out is not None and "dead" in c.watch:
            found[f"dead_units/stage{i}"] = float((out.detach() <= 0).flatten(2).all(2).all(0).float().mean())
        if out is not None and "std" in c.watch:
            found[f"activation_std/stage{i}"] = float(out.detach().std())
        if grad is not None and "grads" in c.watch:
            found[f"grad_norm/stage{i}"] = float(grad.norm())
    if "grads" in c.watch and net.top.weight.grad is not None:
        found["grad_norm/top"] = float(net.top.weight.grad.norm())
    return found


def update(
    net: Classifier, opt: torch.optim.Optimizer, loss: Tensor, c: SimpleNamespace, active: bool
) -> dict[str, float]:
    """One step downhill, and what is told of it."""
    name, size, told = c.trouble[0], c.trouble[3], {}
    for p in net.parameters():
        p.grad = None
    loss.backward()
    learners = [p for p in net.parameters() if p.grad is not None]
    if active and name in {"backwards", "undivided"}:
        for p in learners:
            p.grad.mul_(-size if name == "backwards" else size)
    if c.clip or "norm" in c.tell:
        told["norm"] = float(torch.nn.utils.clip_grad_norm_(learners, c.clip or math.inf))
        told["norm_cut"] = min(told["norm"], c.clip or math.inf)
    old = {k: p.detach().clone() for k, p in net.named_parameters() if p.grad is not None} if "ratio" in c.watch else {}
    opt.step()
    return told | watched(net, old, c)


def averaged(slow: dict[str, Tensor], fast: dict[str, Tensor], keep: float) -> dict[str, Tensor]:
    """The moving average of weights; counters are taken as they are."""
    return {k: keep * slow[k] + (1 - keep) * v if v.is_floating_point() else v.clone() for k, v in fast.items()}


def batches(ours: list[Tensor], c: SimpleNamespace, at: int, g: torch.Generator) -> list[Tensor]:
    """The pictures of epoch ``at``."""
    seen = c.n if not c.ramp else min(c.n, c.batch * max(1, c.ramp * (at + 1)))
    order = torch.randperm(seen, generator=g)
    if c.order != "shuffled":
        order = torch.argsort(ours[{"kind": 1, "large": 2}[c.order]], stable=True)
    elif seen < c.n:
        order = order.repeat(c.n // seen + 1)[: c.n]
    return list(order[: c.n // c.batch * c.batch].split(c.batch))


def fit(seed: int, c: SimpleNamespace) -> Iterator[dict[str, float]]:
    """Everything that happens, update by update: ``step``, ``epoch``, the figures, and ``val_`` ones where it is judged."""
    net, ours, held, g = prepare(seed, c)
    name, begin, end, size = c.trouble
    per = c.n // c.batch
    whole, t = per * sum(phase[1] for phase in c.phases), 0
    shadow = {k: v.detach().clone() for k, v in net.state_dict().items()}
    at, best, waited, dimmed = 0, math.inf, 0, 1.0
    for part, epochs, rate, plan in c.phases:
        groups = groups_of(net, part, c.spread)
        opt = optimiser(c, [{"params": [nn.Parameter(p.detach().clone()) for p in q["params"]], "factor": 1.0} for q in groups]
                        if name == "copied" or part == "none" else groups, rate)  # fmt: skip
        first = t
        at = 0 if c.again else at
        for _ in range(epochs):
            for i, pick in enumerate(batches(ours, c, at, g)):
                share = t / whole
                active = begin <= share < end
                now = (
                    rate
                    * dimmed
                    * shape_of(plan, (t - first) / (per * epochs))
                    * (size if active and name == "rate" else 1.0)
                )
                for group in opt.param_groups:
                    group["lr"] = now * group["factor"]
                net.train()
                for stage in net.body.stages:
                    stage.norm.train(not (c.bn_still or part == "head"))
                x, kind, large = spoilt(augmented(ours[0][pick], c, g), ours[1][pick], ours[2][pick], c, share, g)
                loss, told = criterion(net, x, kind, large, c, g)
                told |= update(net, opt, loss, c, active)
                if c.average:
                    shadow = averaged(shadow, net.state_dict(), c.average)
                t += 1
                event = {"epoch": at, "step": (at * per + i + 1), "lr": now} | told
                last = i == per - 1
                if last and (at + 1) % c.judge_every == 0:
                    verdict = judge(net, shadow if c.average or name == "forgotten_copy" else None, held, c, g)
                    event |= verdict
                    waited, best = (0, verdict["val_loss"]) if verdict["val_loss"] < best else (waited + 1, best)
                    if c.halve_on_plateau and waited and waited % 3 == 0:
                        dimmed *= 0.3
                yield event
                if last and c.stop_after and waited >= c.stop_after:
                    return
            at += 1


@torch.no_grad()
def judge(
    net: Classifier, shadow: dict[str, Tensor] | None, held: list[Tensor], c: SimpleNamespace, g: torch.Generator
) -> dict[str, float]:
    """Figures of the held-out pictures (``fresh_held``: of as many, drawn anew)."""
    own = {k: v.clone() for k, v in net.state_dict().items()}
    if shadow is not None:
        net.load_state_dict(shadow)
    net.eval()
    pick = torch.randperm(c.held, generator=g)[: c.fresh_held or c.held]
    _, told = criterion(net, held[0][pick], held[1][pick], held[2][pick], c, g)
    net.load_state_dict(own)
    return {f"val_{k}": v for k, v in told.items()}


def train(seed: int, **given: Any) -> list[dict[str, float]]:
    """Records of a transfer; ``given`` over CHOICES. Means of an epoch or of ``every`` updates; ``raw``: the last update's."""
    if given.keys() - CHOICES.keys():
        raise TypeError(str(given.keys() - CHOICES.keys()))
    c = SimpleNamespace(**(CHOICES | given))
    names = dict((*cell.split("="), cell)[:2] for cell in c.tell.split())
    per, window, records = c.n // c.batch, [], []
    for count, event in enumerate(fit(seed, c), 1):
        window.append(event)
        if count % (c.every or per) and not ("val_" in c.tell and "val_loss" in event):
            continue
        figures = event if c.raw else {k: sum(e.get(k, v) for e in window) / len(window) for k, v in event.items()}
        figures |= {k: v for k, v in event.items() if k in {"step", "epoch"} or k.startswith("val_")}
        shown = {new: figures[k] for k, new in names.items() if k in figures}
        records.append({"step": event["step"], "epoch": event["epoch"]} | shown
                       | {k: v for k, v in figures.items() if "/" in k or k == "update_ratio"})  # fmt: skip
        window = []
    return records

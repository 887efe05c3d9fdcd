"""Whose face is it: embeddings learnt with margins, triplets and centres on made-up faces; verified on strangers."""

from __future__ import annotations

import copy
import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.face_margins_parts import Embedder, Margins, draw, people

torch.set_num_threads(1)
USUAL: dict[str, Any] = {
    # people and pictures
    "ids": 40, "shots": 20, "test_shots": 4, "strangers": 24, "grain": 0.2, "pose": 1.0, "mixed_up": 0.0, "alike": 0.0,
    # net and losses
    "net": {}, "head": "arc", "s": 16.0, "m": 0.3, "spread": 0.05, "w_cls": 1.0, "w_tri": 0.0, "w_cen": 0.0, "w_len": 0.0, "w_l2": 0.0,
    "tri_margin": 0.3, "unit": 1.0,
    # training
    "batch": 64, "epochs": 20, "sampler": "shuffle", "optim": "sgd", "lr": 0.1, "momentum": 0.9, "wd": 5e-4, "milestones": (), "gamma": 0.1,
    "curve": "", "period": 0, "warmup": 0, "clip": 0.0, "tuned_from": 0, "erase": 0.0,
    # what happens
    "accident": "", "since": 0.0, "until": 1.0, "by": 1.0,
    # the log
    "interval": 0, "averaged": True, "test_interval": 1, "keys": ("loss", "lr"), "alias": {}, "watch": {},
}  # fmt: skip


def speed(o: SimpleNamespace, t: int, steps: int) -> float:
    """The factor of the rate: warm-up times milestones (in epochs) or a curve."""
    total = steps * o.epochs
    value = o.gamma ** bisect_right(o.milestones, t / steps)
    if o.curve == "cosine":
        value = 0.5 * (1 + math.cos(math.pi * t / total))
    elif o.curve == "poly":
        value = (1 - t / total) ** 2
    elif o.curve == "waves":
        value = 0.05 + 0.95 * (0.5 - 0.5 * math.cos(2 * math.pi * t / o.period))
    elif o.curve == "restarts":
        value = 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (t % o.period) / o.period))
    elif o.curve == "hump":
        value = min((t + 1) / (0.3 * total), 1.0, max(1e-3, (total - t) / (0.7 * total)))
    elif o.curve == "gone":
        value = max(0.0, 1 - t / (o.period * steps))
    elif o.curve == "up":
        value = o.gamma ** (t // steps)
    return value * min(1.0, (t + 1) / o.warmup) if o.warmup else value


def album(o: SimpleNamespace, seed: int) -> dict[str, Tensor]:
    """Pictures to learn from, other pictures of the same people, and pairs of strangers."""
    g = torch.Generator().manual_seed(41 * seed + 11)
    known, new = people(o.ids, g) * (1 - o.alike), people(o.strangers, g) * (1 - o.alike)
    who = torch.arange(o.ids).repeat_interleave(o.shots)
    again = torch.arange(o.ids).repeat_interleave(o.test_shots)
    pair = torch.randint(0, o.strangers, (240,), generator=g)
    other = torch.where(torch.arange(240) % 2 == 0, pair, (pair + 1 + pair % (o.strangers - 1)) % o.strangers)
    found = {
        "x": draw(known[who], g, o.grain, o.pose),
        "who": who,
        "test_x": draw(known[again], g, o.grain, o.pose),
        "test_who": again,
        "left": draw(new[pair], g, o.grain, o.pose),
        "right": draw(new[other], g, o.grain, o.pose),
        "same": pair == other,
    }
    wrong = torch.rand(len(who), generator=g) < o.mixed_up
    found["who"] = torch.where(wrong, torch.randint(0, o.ids, who.shape, generator=g), who)
    if o.accident == "names lost":
        found["who"] = who[torch.randperm(len(who), generator=g)]
    if o.accident == "bytes":
        for name in ("x", "test_x", "left", "right"):
            found[name] = o.by * (found[name] + 2)
    return found


def sampler(o: SimpleNamespace, who: Tensor) -> Iterator[Tensor]:
    """Batches of an epoch: shuffled, by person, or people times shots for triplets."""
    if o.sampler == "people":
        shown = o.batch // 4
        for _ in range(len(who) // o.batch):
            chosen = torch.randperm(o.ids)[:shown]
            yield torch.cat([(c * o.shots + torch.randperm(o.shots)[:4]) for c in chosen])
        return
    order = torch.arange(len(who)) if o.sampler == "folders" else torch.randperm(len(who))
    yield from (part for part in order.split(o.batch) if len(part) == o.batch)


def terms(
    o: SimpleNamespace, net: Embedder, head: Margins, x: Tensor, who: Tensor, plain: bool
) -> tuple[Tensor, dict[str, float]]:
    """The sum to minimise, and everything measured on the way."""
    vectors = net(x)
    told: dict[str, float] = {"xnorm": float(vectors.detach().norm(dim=1).mean())}
    total = vectors.new_zeros(())
    if o.w_cls:
        loss, logits = head(vectors, who, plain)
        total, told["cls"] = total + o.w_cls * loss, o.w_cls * float(loss.detach())
        if logits is not None:
            told["acc"] = float((logits.argmax(1) == who).float().mean())
            told["top1"] = 100 * told["acc"]
    if o.w_tri:
        v = F.normalize(vectors)
        away = ((v[:, None] - v[None]) ** 2).sum(2).sqrt() if o.accident == "own root" else torch.cdist(v, v)
        same = who[:, None] == who[None]
        gap = (away * same).amax(1) - (away + 10 * same).amin(1) + o.tri_margin
        loss = F.softplus(gap).mean() if o.tri_margin == 0 else F.relu(gap).mean()
        total, told["tri"] = total + o.w_tri * loss, o.w_tri * float(loss.detach())
    if o.w_cen:
        loss = head.centre(vectors, who)
        total, told["cen"] = total + o.w_cen * loss, o.w_cen * float(loss.detach())
    if o.w_len:
        loss = (vectors.norm(dim=1) - 1).square().mean()
        total, told["len"] = total + o.w_len * loss, o.w_len * float(loss.detach())
    if o.w_l2 and net.training:
        loss = sum((w.square().sum() for w in net.parameters()), vectors.new_zeros(()))
        total, told["l2"] = total + o.w_l2 * loss, o.w_l2 * float(loss.detach())
    return total * o.unit, told | {"loss": float(total.detach()) * o.unit}


@torch.no_grad()
def examine(o: SimpleNamespace, net: Embedder, head: Margins, photos: dict[str, Tensor]) -> dict[str, float]:
    """Losses on other pictures of known people, accuracy on pairs of strangers at the best threshold, in shares and percent."""
    net.eval()
    _, told = terms(o, net, head, photos["test_x"], photos["test_who"], False)
    apart = (F.normalize(net(photos["left"])) - F.normalize(net(photos["right"]))).square().sum(1)
    net.train()
    limits = apart.sort().values if o.accident != "fixed limit" else torch.tensor([4.5])
    verified = max(float(((apart <= limit) == photos["same"]).float().mean()) for limit in limits[::4])
    return {f"val_{k}": v for k, v in (told | {"ver": verified, "lfw": 100 * verified}).items()}


def disturb(o: SimpleNamespace, x: Tensor) -> Tensor:
    """A batch after the accident of the input."""
    if o.accident == "upside down":
        turned = x.view(-1, 14, 14).flip(1).flatten(1)
        return torch.where(torch.rand(len(x), 1) < o.by, turned, x)
    if o.accident == "flash" and float(torch.rand(1)) < 0.025:
        return x * o.by
    if o.accident == "contrast":
        return x * o.by
    if o.accident == "occluded":
        return torch.where(torch.rand_like(x) < o.by, torch.zeros_like(x), x)
    return x


def optimiser(o: SimpleNamespace, params: list[Tensor]) -> torch.optim.Optimizer:
    """By name."""
    if o.optim == "sgd":
        return torch.optim.SGD(params, o.lr, o.momentum, weight_decay=o.wd)
    kinds: dict[str, Callable[..., torch.optim.Optimizer]] = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    if o.optim in kinds:
        return kinds[o.optim](params, o.lr, weight_decay=o.wd, fused=True)
    return torch.optim.RMSprop(params, o.lr, weight_decay=o.wd, foreach=True)


def watched(o: SimpleNamespace, net: Embedder, was: list[Tensor]) -> dict[str, float]:
    """What was asked for of the layers; ``watch`` maps a quantity to a name with {} for the layer."""
    found = {}
    for i, (layer, out) in enumerate(zip(net.layers, net.seen, strict=True)):
        out, weight = out.detach(), layer.weight
        kinds = {
            "dead": lambda out=out: float((out <= 0).all(0).float().mean()),
            "spread": lambda out=out: float(out.std()),
            "grad": lambda w=weight: float(w.grad.norm()) if w.grad is not None else 0.0,
            "ratio": lambda w=weight, i=i: float((w.detach() - was[i]).norm() / (was[i].norm() + 1e-12)),
        }
        found |= {name.format(i + 1): kinds[what]() for what, name in o.watch.items()}
    return found


def tuned(o: SimpleNamespace, net: Embedder, photos: dict[str, Tensor]) -> None:
    """Epochs with another head before the log begins."""
    head = Margins(o.head, o.net.get("size", 32), o.ids, o.s, o.m, o.spread)
    opt = optimiser(o, [*net.parameters(), *head.parameters()])
    for _ in range(o.tuned_from):
        for pick in sampler(o, photos["who"]):
            opt.zero_grad()
            terms(o, net, head, photos["x"][pick], photos["who"][pick], False)[0].backward()
            opt.step()
    net.seen = []


def incident(o: SimpleNamespace, head: Margins, photos: dict[str, Tensor]) -> None:
    """What happens once, when a run is taken up again."""
    if o.accident == "head redrawn":
        head.weight.data.normal_(0, o.spread)
    if o.accident == "list sorted anew":
        shift = torch.randperm(o.ids)
        photos["who"] = torch.where(photos["who"] < o.by * o.ids, shift[photos["who"]], photos["who"])


def descend(
    o: SimpleNamespace, opt: torch.optim.Optimizer, params: list[Tensor], total: Tensor, now: bool
) -> dict[str, float]:
    """An update, and the norms of its gradient."""
    opt.zero_grad()
    total.backward()
    if now and o.accident in {"ascent", "not divided"}:
        for w in params:
            if w.grad is not None:
                w.grad.mul_(-o.by if o.accident == "ascent" else o.by)
    told = {"lr": opt.param_groups[0]["lr"]}
    if o.clip or {"gnorm", "gnorm_cut"} & set(o.keys):
        norm = float(torch.nn.utils.clip_grad_norm_(params, o.clip or math.inf))
        told |= {"gnorm": norm, "gnorm_cut": min(norm, o.clip or math.inf)}
    opt.step()
    return told


def steps_of_training(seed: int, o: SimpleNamespace) -> Iterator[dict[str, float]]:
    """One record after another."""
    torch.manual_seed(5000 + seed)
    photos = album(o, seed)
    net = Embedder(**o.net)
    if o.tuned_from:
        tuned(o, net, photos)
    head = Margins(o.head, o.net.get("size", 32), o.ids, o.s, o.m, o.spread)
    params = [*net.parameters(), *head.parameters()]
    opt = optimiser(o, [torch.zeros(1, requires_grad=True)] if o.accident == "nothing" else params)
    twin = (copy.deepcopy(net), copy.deepcopy(head))
    steps = len(photos["who"]) // o.batch
    t, window, happened = 0, list[dict[str, float]](), False
    for epoch in range(o.epochs):
        for pick in sampler(o, photos["who"]):
            now = o.since <= t / (steps * o.epochs) < o.until
            for group in opt.param_groups:
                group["lr"] = o.lr * speed(o, t, steps) * (o.by if now and o.accident == "rate" else 1.0)
            if now and not happened:
                incident(o, head, photos)
                happened = True
            x = disturb(o, photos["x"][pick]) if now else photos["x"][pick]
            if o.erase:
                x = x * (torch.rand_like(x) > o.erase)
            was = [layer.weight.detach().clone() for layer in net.layers] if o.watch else []
            total, told = terms(o, net, head, x, photos["who"][pick], False)
            window.append(told | descend(o, opt, params, total, now))
            t += 1
            if t % (o.interval or steps):
                continue
            used = window if o.averaged or not o.interval else window[-1:]
            seen = {k: sum(told[k] for told in used) / len(used) for k in used[0]}
            if t % (steps * o.test_interval) == 0 and any(k.startswith("val_") for k in o.keys):
                seen |= examine(o, *(twin if o.accident == "old copy" else (net, head)), photos)
            shown = {o.alias.get(k, k): seen[k] for k in o.keys if k in seen}
            yield {"step": t, "epoch": epoch} | shown | (watched(o, net, was) if o.watch else {})
            window = []


def train(seed: int, **args: Any) -> list[dict[str, float]]:
    """The records of one training, with ``args`` over USUAL."""
    if unknown := args.keys() - USUAL.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    return list(steps_of_training(seed, SimpleNamespace(**(USUAL | args))))

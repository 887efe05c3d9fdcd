"""Blossoms of a new garden by a net that knows another one: heads and thawing in stages, rates by depth, mixup, and the slips."""

from __future__ import annotations

import math
from collections import deque
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.vision_tuned_parts import Classifier, augmented, blossoms, pretrained

torch.set_num_threads(1)
USUAL: dict[str, Any] = {
    "n": 512, "held": 256, "species": 8, "clutter": 0.35, "drift": 0.35, "rare": 0.0, "false": 0.0, "batch": 32,
    "start": "pretrained", "net": {}, "stages": ((10, "all", 1e-3),), "by_depth": 1.0, "optimiser": "adamw", "decay": 0.01, "momentum": 0.9,
    "curve": "cosine", "warm": 0.0, "clip": 0.0, "augment": 0.3, "mixup": 0.0, "smoothing": 0.0, "loss": "ce", "aux": 0.0, "sp": 0.0,
    "ema": 0.0, "norm_still": False, "ordered": "", "grows": False, "slip": "", "at": 0.0, "until": 1.0, "much": 1.0,
    "every": 0, "averaged": True, "test_every": 1, "patience": 0, "log": "loss val_loss val_acc", "called": {},
}  # fmt: skip


def factor(curve: str, x: float, warm: float) -> float:
    """The share of a stage's rate at its share ``x``; ``name:number`` for those with a number."""
    name, _, text = curve.partition(":")
    a = float(text or 1)
    rest = (x - warm) / (1 - warm) if x > warm else 0.0
    if x < warm:
        return (x + 1e-3) / warm
    match name:
        case "cosine":
            return 0.5 + 0.5 * math.cos(math.pi * rest)
        case "linear":
            return 1 - rest
        case "cut":
            return 1.0 if rest < a else 0.03
        case "milestones":
            return 0.1 ** int(rest * a)
        case "restarts":
            return 0.5 + 0.5 * math.cos(math.pi * ((rest * a) % 1))
        case "waves":
            return 0.1 + 0.9 * abs(1 - 2 * ((rest * a) % 1))
        case "onecycle":
            return 0.04 + 0.96 * rest / 0.25 if rest < 0.25 else 0.5 + 0.5 * math.cos(math.pi * (rest - 0.25) / 0.75)
        case "spent":
            return max(0.0, 1 - rest / a)
        case "decayed":
            return max(1e-4, a**rest)
    return 1.0


def pictures(o: SimpleNamespace, seed: int, g: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Training and held-out pictures and species, after the slips of preparing them."""
    x, y = blossoms(o.n, 50 + seed, 2, o.species, o.clutter, o.drift, o.rare)
    vx, vy = blossoms(o.held, 7050 + seed, 2, o.species, o.clutter, o.drift, o.rare)
    wrong = torch.rand(o.n, generator=g) < (1.0 if o.slip == "labels_by_chance" else o.false)
    y = torch.where(wrong, torch.randint(0, o.species, (o.n,), generator=g), y)
    if o.slip == "raw_pixels":
        x, vx = ((t * 0.3 + 0.4) * 255 * o.much for t in (x, vx))
    if o.slip == "blurred":
        x, vx = (F.interpolate(F.avg_pool2d(t, int(o.much)), t.shape[-1]) for t in (x, vx))
    if o.slip == "held_otherwise":
        vx = vx * o.much
    if o.slip == "held_renumbered":
        vy = (vy + 1) % o.species
    if o.ordered:
        rows = {"species": y, "light": x.mean((1, 2, 3)), "red": x[:, 0].mean((1, 2))}[o.ordered].argsort(stable=True)
        x, y = x[rows], y[rows]
    return x, y, vx, vy


def optimiser(o: SimpleNamespace, net: Classifier, other: Classifier) -> torch.optim.Optimizer:
    """Groups from the stem to the head, each with its own share of the rate."""
    owner = other if o.slip == "other_net" else net
    depth = [
        owner.backbone.stem,
        *owner.backbone.blocks,
        nn.ModuleList([other.head if o.slip == "old_head" else owner.head, owner.aux]),
    ]
    groups = [
        {"params": list(m.parameters()), "share": o.by_depth ** (len(depth) - 1 - i)} for i, m in enumerate(depth)
    ]
    _, _, lr = o.stages[0]
    if o.optimiser == "sgd":
        return torch.optim.SGD(groups, lr, o.momentum, weight_decay=o.decay, nesterov=o.momentum > 0, fused=True)
    if o.optimiser == "rmsprop":
        return torch.optim.RMSprop(groups, lr, weight_decay=o.decay, foreach=True)
    kinds = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}
    made: torch.optim.Optimizer = kinds[o.optimiser](groups, lr, weight_decay=o.decay, fused=True)
    return made


def objective(o: SimpleNamespace, net: Classifier, x: Tensor, y: Tensor, anchor: dict[str, Tensor], g: torch.Generator) -> tuple[Tensor, dict[str, Tensor]]:  # fmt: skip
    """The loss of a training batch and its terms."""
    share, mate = 1.0, y
    if o.mixup:
        share = float(torch.distributions.Beta(o.mixup, o.mixup).sample())
        order = torch.randperm(len(y), generator=g)
        x, mate = share * x + (1 - share) * x[order], y[order]
    features = net.backbone(x)
    scores = net.head(features)
    aim = share * F.one_hot(y, o.species).float() + (1 - share) * F.one_hot(mate, o.species).float()
    aim = aim * (1 - o.smoothing) + o.smoothing / o.species
    if o.loss == "bce":
        main = F.binary_cross_entropy_with_logits(scores, aim)
    elif o.loss == "sum":
        main = F.cross_entropy(scores, aim, reduction="sum")
    else:
        main = F.cross_entropy(scores, aim)
    told = {"main": main, "acc": (scores.argmax(1) == y).float().mean()}
    loss = main
    if o.aux:
        told["aux"] = o.aux * F.mse_loss(net.aux(features), x.mean((2, 3)))
        loss = loss + told["aux"]
    if o.sp:
        away = sum(
            (p - anchor[k]).pow(2).sum() if k in anchor else p.pow(2).sum() for k, p in net.backbone.named_parameters()
        )
        told["sp"] = o.sp * torch.as_tensor(away)
        loss = loss + told["sp"]
    return loss, told


@torch.no_grad()
def test(o: SimpleNamespace, net: Classifier, x: Tensor, y: Tensor) -> dict[str, float]:
    """Loss, top-1, top-5, error rate on the held-out pictures."""
    net.train(o.slip == "held_in_training_mode")
    scores = torch.cat([net(part) for part in x.split(64)])
    if o.slip == "first_class":
        scores = scores - scores.max() * F.one_hot(torch.ones(len(y), dtype=torch.long), o.species) * -9
    plain = (
        F.binary_cross_entropy_with_logits(scores, F.one_hot(y, o.species).float())
        if o.loss == "bce"
        else F.cross_entropy(scores, y)
    )
    hit = scores.topk(min(5, o.species)).indices == y[:, None]
    acc = float(hit[:, 0].float().mean())
    return {
        "val_loss": float(plain),
        "val_acc": acc,
        "val_top5": float(hit.any(1).float().mean()),
        "val_error": 1 - acc,
    }


def inside(o: SimpleNamespace, net: Classifier) -> dict[str, float]:
    """Gradient norms, dead channels and spreads by depth."""
    told = {f"dead{i}": float((h.detach().amax((0, 1)) <= 0).float().mean()) for i, h in enumerate(net.backbone.kept)}
    told |= {f"spread{i}": float(h.detach().std()) for i, h in enumerate(net.backbone.kept)}
    parts = {"stem": net.backbone.stem.weight, "head": net.head[-1].weight} | {
        f"block{i}": b.one.weight for i, b in enumerate(net.backbone.blocks)
    }
    return told | {f"g_{k}": float(p.grad.norm()) for k, p in parts.items() if p.grad is not None}


def spoilt(o: SimpleNamespace, net: Classifier, x: Tensor, y: Tensor, active: bool, fresh: bool, g: torch.Generator) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The slips of a single batch, and of the moment at which they begin."""
    if fresh and o.slip == "head_anew":
        net.head[-1].reset_parameters()
    if fresh and o.slip == "weights_noise":
        with torch.no_grad():
            for p in net.backbone.parameters():
                p.add_(o.much * p.std() * torch.randn(p.shape, generator=g)) if p.dim() > 1 else None
    if active and o.slip == "other_light":
        x = x * o.much + 0.5 * (o.much - 1)
    if active and o.slip == "other_order":
        y = (y + 1) % o.species
    if o.slip == "broken_files" and torch.rand((), generator=g) < 0.02:
        x, y = x * 0 + o.much * torch.randn(x.shape, generator=g), torch.randint(0, o.species, y.shape, generator=g)
    return x, y


def loaded(o: SimpleNamespace) -> tuple[Classifier, Classifier, Classifier, dict[str, Tensor]]:
    """The net with its backbone's old weights, another net, the one that is tested, and the old weights."""
    shape = {"width": 32, "norm": "batch", "act": "relu"} | {
        k: v for k, v in o.net.items() if k in {"width", "norm", "act"}
    }
    net, other = (Classifier(o.species, **o.net) for _ in range(2))
    anchor = pretrained(**shape) if o.start == "pretrained" or o.sp else {}
    if o.start == "pretrained":
        net.backbone.load_state_dict(anchor)
    with torch.no_grad():
        for p in net.backbone.parameters() if o.start == "tiny" else ():
            p.mul_(o.much)
        for block in net.backbone.blocks if o.slip == "biases_low" else ():
            block.one.bias.sub_(o.much)
        for block in net.backbone.blocks if o.slip == "norms_low" else ():
            block.norm.bias.sub_(o.much)
    tested = Classifier(o.species, **o.net) if o.ema or o.slip == "stale" else net
    tested.load_state_dict(net.state_dict())
    return net, other, tested, anchor


def thaw(net: Classifier, which: str) -> None:
    """What of the backbone learns."""
    for i, part in enumerate([net.backbone.stem, *net.backbone.blocks]):
        part.requires_grad_(i >= {"all": 0, "head": 9, "last": 2}[which])


def update(
    o: SimpleNamespace, net: Classifier, tested: Classifier, opt: torch.optim.Optimizer, loss: Tensor
) -> dict[str, float]:
    """One step downhill, and the norms and the ratio that it tells."""
    opt.zero_grad()
    loss.backward()
    own = [p for p in net.parameters() if p.grad is not None]
    norm = float(torch.nn.utils.clip_grad_norm_(own, o.clip or 1e30))
    old = net.head[-1].weight.detach().clone()
    opt.step()
    if o.ema:
        for a, b in zip(tested.state_dict().values(), net.state_dict().values(), strict=True):
            a.copy_(o.ema * a + (1 - o.ema) * b) if a.is_floating_point() else a.copy_(b)
    ratio = float((net.head[-1].weight.detach() - old).norm() / (old.norm() + 1e-12))
    return {"norm": norm, "clipped": min(norm, o.clip or norm), "ratio": ratio}


def order(o: SimpleNamespace, per: int, done: float, g: torch.Generator) -> tuple[Tensor, ...]:
    """The rows of an epoch's batches; fewer of them at first where the data grow."""
    alive = max(per // 2, int(per * min(1.0, 0.3 + done))) * o.batch if o.grows else o.n
    rows = torch.arange(o.n) if o.ordered else torch.randperm(alive, generator=g)
    return rows[: per * o.batch].split(o.batch)


def train(seed: int, **given: Any) -> list[dict[str, float]]:
    """The records of one training."""
    if strange := given.keys() - USUAL.keys():
        raise TypeError(f"no such knobs: {sorted(strange)}")
    o = SimpleNamespace(**(USUAL | given))
    torch.manual_seed(811 + seed)
    g = torch.Generator().manual_seed(37 * seed + 2)
    x, y, vx, vy = pictures(o, seed, g)
    net, other, tested, anchor = loaded(o)
    opt = optimiser(o, net, other)
    per = o.n // o.batch
    total = per * sum(epochs for epochs, _, _ in o.stages)
    t, records, pile, worst = 0, [], [], deque([math.inf], maxlen=o.patience + 1 or None)
    plan = [(e / epochs, 1 / epochs, which, lr) for epochs, which, lr in o.stages for e in range(epochs)]
    for epoch, (begun, share, which, lr) in enumerate(plan):
        thaw(net, which)
        for k, pick in enumerate(order(o, per, t / total, g)):
            active = o.at * total <= t < o.until * total
            now = (
                lr * factor(o.curve, begun + share * k / per, o.warm) * (o.much if active and o.slip == "rate" else 1.0)
            )
            for group in opt.param_groups:
                group["lr"] = now * group["share"]
            net.train()
            net.backbone.train(not o.norm_still and which != "head")
            bx, by = spoilt(o, net, x[pick], y[pick], active, t == int(o.at * total), g)
            loss, told = objective(o, net, augmented(bx, g, o.augment) if o.augment else bx, by, anchor, g)
            steps = update(o, net, tested, opt, -o.much * loss if active and o.slip == "ascent" else loss)
            pile.append(
                {n: float(v.detach()) for n, v in told.items()} | {"loss": float(loss.detach()), "lr": now} | steps
            )
            t += 1
            if t % (o.every or per):
                continue
            seen = {n: sum(q[n] for q in pile) / len(pile) for n in pile[0]} if o.averaged else pile[-1]
            seen = seen | inside(o, net)
            if "val_" in o.log and t % ((o.every or per) * o.test_every) == 0:
                seen |= test(o, tested, vx, vy)
            records.append(
                {"step": t, "epoch": epoch} | {o.called.get(n, n): seen[n] for n in o.log.split() if n in seen}
            )
            pile = []
            worst.append(seen.get("val_loss", -t))
        if o.patience and len(worst) > o.patience and worst[0] <= min(worst):
            break
    return records

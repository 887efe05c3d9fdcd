"""Vectors of sentences and pictures that shall find each other: in-batch softmax, sigmoids, triplets, graded cosines, VICReg."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts import sentence_vectors_aims as aims
from benchmarks.lab.scripts.sentence_vectors_parts import LAST, Corpus, Encoder, corpus, schooled

torch.set_num_threads(1)


@dataclass(frozen=True)
class Recipe:
    """All that a user would write into a configuration file, and the slips."""

    kind: str = "pairs"
    aim: str = "nce"
    n: int = 1536
    dev: int = 256
    grain: float = 0.3
    omit: float = 0.05
    values: int = 8
    mislabelled: float = 0.0
    tower: dict[str, Any] = field(default_factory=dict)
    schooled: bool = False
    freeze: str = ""
    scale: float = 20.0
    bias: float = 0.0
    learn_scale: bool = False
    cap: float = 100.0
    raw: bool = False
    symmetric: bool = True
    margin: float = 0.5
    smoothing: float = 0.0
    weights: tuple[float, float, float] = (25.0, 25.0, 1.0)
    caption: float = 0.0
    penalty: float = 0.0
    multiply: float = 1.0
    batch: int = 64
    epochs: int = 16
    optimiser: str = "adamw"
    lr: float = 2e-3
    scale_lr: float = 1.0
    decay: float = 0.0
    momentum: float = 0.9
    pace: str = "linear"
    warm: float = 0.0
    clip: float = 0.0
    order: str = ""
    slip: str = ""
    since: float = 0.0
    amount: float = 1.0
    ema: float = 0.0
    log: int = 0
    mean: bool = True
    judge: int = 0
    patience: int = 0
    show: str = "loss val_loss"
    names: dict[str, str] = field(default_factory=dict)


def pace(text: str, x: float) -> float:
    """The share of the learning rate at the share ``x`` of the run; a number may follow an @."""
    name, _, number = text.partition("@")
    a = float(number or 0)
    if name == "restarts":
        return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * ((x * a) % 1)))
    if name == "triangles":
        return 0.05 + 0.95 * (1 - abs(2 * ((x * a) % 1) - 1))
    if name == "stairs":
        return 0.2 ** int(x * a)
    if name == "drop":
        return 0.03 if x >= a else 1.0
    if name == "onecycle":
        return max(0.04, x / a) if x < a else 0.5 * (1 + math.cos(math.pi * (x - a) / (1 - a))) + 1e-4
    if name == "over":
        return max(0.0, 1 - x / a)
    return {"flat": 1.0, "linear": 1 - x, "cosine": 0.5 * (1 + math.cos(math.pi * x)), "slow": 1 - 0.5 * x}[name]


class Trainer:
    """One training: its data, its encoder and its optimiser."""

    def __init__(self, seed: int, recipe: Recipe) -> None:
        torch.manual_seed(3000 + seed)
        self.r, self.g = recipe, torch.Generator().manual_seed(17 * seed + 5)
        r = recipe
        self.train_set = self.spoil(corpus(r.kind, r.n, 2 * seed + 11, r.grain, r.omit, r.values))
        self.dev_set = corpus(r.kind, r.dev, 2 * seed + 9012, r.grain, r.omit, r.values)
        self.net = Encoder(r.kind, r.scale, r.bias, **r.tower)
        if r.schooled:
            shape = {"width": 32, "depth": 1, "out": 24, "attention": False} | {
                k: v for k, v in r.tower.items() if k in {"width", "depth", "out", "attention"}
            }
            self.net.one.load_state_dict(schooled(**shape))
        for name, p in self.net.named_parameters():
            if (r.freeze and name.startswith(tuple(r.freeze.split()))) or (name == "log_scale" and not r.learn_scale):
                p.requires_grad_(False)
        owner = Encoder(r.kind, r.scale, **r.tower) if r.slip == "other_net" else self.net
        mine = [p for n, p in owner.named_parameters() if p.requires_grad and n != "log_scale"]
        groups: list[dict[str, Any]] = [{"params": mine, "part": 1.0}]
        if self.net.log_scale.requires_grad:
            groups.append({"params": [self.net.log_scale], "part": r.scale_lr, "weight_decay": 0.0})
        made = {
            "adamw": torch.optim.AdamW,
            "adam": torch.optim.Adam,
            "sgd": torch.optim.SGD,
            "rmsprop": torch.optim.RMSprop,
        }
        more = {"momentum": r.momentum} if r.optimiser == "sgd" else {}
        self.opt: torch.optim.Optimizer = made[r.optimiser](groups, lr=r.lr, weight_decay=r.decay, foreach=True, **more)
        self.judged = copy.deepcopy(self.net) if r.ema or r.slip == "stale" else self.net
        self.steps = max(1, r.n // r.batch) * r.epochs

    def spoil(self, c: Corpus) -> Corpus:
        wrong = torch.rand(len(c.left), generator=self.g) < (1.0 if self.r.slip == "misjoined" else self.r.mislabelled)
        other = torch.randperm(len(c.left), generator=self.g)
        c = c._replace(
            score=torch.where(wrong, c.score[other], c.score),
            right=torch.where(wrong[:, None], c.right[other], c.right),
        )
        if self.r.slip == "copied":
            twice = (torch.rand(len(c.left), generator=self.g) < self.r.amount).index_fill_(
                0, torch.tensor(len(c.left) // 3), True
            )
            c = c._replace(right=torch.where(twice[:, None], c.left, c.right))
        if self.r.order:
            by = {
                "trait": c.meaning[:, 0] * 8 + c.meaning[:, 1],
                "score": c.score,
                "words": c.words.sum(1),
                "omitted": (c.words > LAST).sum(1),
            }
            c = Corpus(*(x[by[self.r.order].argsort(stable=True)] for x in c))
        return c

    def picks(self) -> Iterator[tuple[int, Tensor]]:
        """Epochs and the rows of their batches."""
        r, done = self.r, 0
        for epoch in range(r.epochs):
            rows = torch.arange(r.n) if r.order else torch.randperm(r.n, generator=self.g)
            for start in range(0, r.n - r.batch + 1, r.batch):
                pick = rows[start : start + r.batch]
                if r.slip == "batch_grows" and done >= r.since * self.steps:
                    pick = torch.randperm(r.n, generator=self.g)[: int(r.batch * r.amount)]
                if r.slip == "batch_doubles":
                    pick = torch.randperm(r.n, generator=self.g)[: r.batch * 2 ** int(3 * done / self.steps)]
                yield epoch, pick
                done += 1

    def vectors(self, net: Encoder, c: Corpus, pick: Tensor, slipped: bool) -> tuple[Tensor, Tensor, Tensor]:
        left, right, far = c.left[pick], c.right[pick], c.far[pick]
        if slipped and self.r.slip in {"captions_shift", "bad_batches"}:
            moved = (torch.rand(len(pick), generator=self.g) < self.r.amount)[:, None]
            right = torch.where(moved, right.roll(1, 0), right)
        if slipped and self.r.slip == "new_tokeniser":
            right = torch.where(right > LAST, right, 1 + (right + int(self.r.amount)) % LAST)
        if slipped and self.r.slip == "bad_pixels":
            left = left * self.r.amount
        if self.r.slip == "truncated":
            left, right, far = (
                x[:, : int(self.r.amount)] if not x.is_floating_point() else x for x in (left, right, far)
            )
        u, v = net.one(left), net.two(right)
        f = net.two(far) if self.r.aim == "triplet" else v
        return (u, v, f) if self.r.raw else (F.normalize(u, dim=1), F.normalize(v, dim=1), F.normalize(f, dim=1))

    def aim(self, net: Encoder, c: Corpus, pick: Tensor, slipped: bool = False) -> tuple[Tensor, aims.Told]:
        """The loss of some rows, and what else is told of them."""
        r, told = self.r, {}
        u, v, far = self.vectors(net, c, pick, slipped)
        cosine = F.cosine_similarity(u, v)
        if r.aim == "nce":
            loss, told = aims.in_batch(u, v, net.log_scale.exp(), r.symmetric, r.smoothing if net.training else 0.0)
        elif r.aim == "ntxent":
            loss, told = aims.simclr(u, v, r.scale)
        elif r.aim == "siglip":
            loss, told = aims.siglip(u, v, net.log_scale.exp(), net.bias)
        elif r.aim == "triplet":
            loss, told = aims.triplet(u, v, far, r.margin)
        elif r.aim == "hardest":
            loss, told = aims.hardest(u, v, r.margin)
        elif r.aim == "vicreg":
            loss, told = aims.vicreg(u, v, r.weights)
        elif r.aim == "cosine":
            loss = F.mse_loss(cosine, c.score[pick])
        elif r.aim == "cosent":
            loss = aims.cosent(cosine, c.score[pick], r.scale)
        elif r.aim == "match":
            apart = (1 - cosine).clamp(min=0)
            loss = 0.5 * (c.score[pick] * apart**2 + (1 - c.score[pick]) * F.relu(r.margin - apart) ** 2).mean()
            told = {"acc": ((apart < r.margin / 2).float() == c.score[pick]).float().mean()}
        else:
            scores = net.judge(torch.cat([u, v, (u - v).abs()], 1))
            loss = F.cross_entropy(scores, c.score[pick].long())
            told = {"acc": (scores.argmax(1) == c.score[pick].long()).float().mean()}
        told |= {"pos": cosine.mean(), "neg": (u @ v.T).mean()}
        if r.caption:
            words = F.log_softmax(net.caption(u), 1).gather(1, c.words[pick])
            told |= {"contrastive": loss, "caption": -r.caption * words.mean()}
            loss = loss + told["caption"]
        if r.penalty and net.training:
            told |= {"main": loss, "reg": r.penalty * sum(p.pow(2).sum() for p in net.one.parameters())}
            loss = loss + told["reg"]
        return loss * r.multiply, told

    def learn(self, pick: Tensor, t: int) -> dict[str, float]:
        """One update; what it tells."""
        r, x = self.r, t / self.steps
        active = x >= r.since and not (r.slip.startswith("bad_") and torch.rand((), generator=self.g) > 0.02)
        up = min(1.0, (t + 1) / (r.warm * self.steps)) if r.warm else 1.0
        lr = r.lr * pace(r.pace, x) * up * (r.amount if active and r.slip == "rate_up" else 1.0)
        for group in self.opt.param_groups:
            group["lr"] = lr * group["part"]
        self.net.train()
        loss, told = self.aim(self.net, self.train_set, pick, active)
        self.opt.zero_grad()
        if r.slip != "detached":
            (-r.amount * loss if active and r.slip == "ascent" else loss).backward()
        own = [p for p in self.net.parameters() if p.grad is not None]
        norm = float(torch.nn.utils.clip_grad_norm_(own, r.clip or 1e30)) if own else 0.0
        before = self.net.one.proj.weight.detach().clone()
        self.opt.step()
        with torch.no_grad():
            self.net.log_scale.clamp_(max=math.log(r.cap))
            if r.ema:
                for a, b in zip(self.judged.parameters(), self.net.parameters(), strict=True):
                    a.lerp_(b, 1 - r.ema)
        one, weight = self.net.one, self.net.one.proj.weight.detach()
        seen = {k: float(v.detach()) for k, v in told.items()} | {"loss": float(loss.detach()), "lr": lr, "norm": norm}
        seen |= {"clipped": min(norm, r.clip or norm), "logit_scale": float(self.net.log_scale.detach().exp())}
        seen["ratio"] = float((weight - before).norm() / before.norm())
        grads = {"stem": one.stem.weight if r.kind in {"clip", "views"} else one.table.weight, "proj": one.proj.weight}
        grads |= {f"layer{i}": layer.weight for i, layer in enumerate(one.layers)}
        seen |= {f"g_{k}": float(p.grad.norm()) for k, p in grads.items() if p.grad is not None}
        return seen

    @torch.no_grad()
    def examine(self) -> dict[str, float]:
        """Loss and metrics on the held-out rows, in batches as large as those of the training."""
        net, r = self.judged.eval(), self.r
        size = min(r.batch, r.dev)
        told = [self.aim(net, self.dev_set, torch.arange(i, i + size)) for i in range(0, r.dev - size + 1, size)]
        u, v, _ = self.vectors(net, self.dev_set, torch.arange(r.dev), False)
        found = aims.found(u, v.roll(1, 0) if r.slip == "wrong_gold" else v)
        if r.slip == "same_side":
            found = aims.found(u, u[:1].expand_as(u))
        found["spearman"] = aims.spearman(F.cosine_similarity(u, v), self.dev_set.score)
        found["loss"] = sum(float(loss) for loss, _ in told) / len(told)
        found |= {k: sum(float(more[k]) for _, more in told) / len(told) for k in told[0][1]}
        return {f"val_{k}": v for k, v in found.items()}

    def run(self) -> list[dict[str, float]]:
        """The records of the whole training."""
        r, per, heap, records, best = self.r, max(1, self.r.n // self.r.batch), [], [], []
        for t, (epoch, pick) in enumerate(self.picks(), 1):
            heap.append(self.learn(pick, t - 1))
            if t % (r.log or per):
                continue
            told = {k: sum(h[k] for h in heap) / len(heap) for k in heap[0]} if r.mean else heap[-1]
            told |= aims.shares(self.net.one)
            if "val_" in r.show and t % (r.judge or per) == 0:
                told |= self.examine()
            records.append(
                {"step": t, "epoch": epoch} | {r.names.get(k, k): told[k] for k in r.show.split() if k in told}
            )
            heap = []
            best.append(told.get("val_loss", 0.0))
            if r.patience and len(best) - best.index(min(best)) > r.patience:
                break
        return records


def train(seed: int, **args: Any) -> list[dict[str, float]]:
    """The records of one training."""
    return Trainer(seed, Recipe(**args)).run()

"""Reading planted motifs in DNA: a trainer with a recipe, and accidents that hook into its stages."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.dna_motifs_parts import (
    FACTORS,
    Reader,
    Windows,
    correlation,
    precision_area,
    roc_area,
    windows,
)
from benchmarks.lab.scripts.dna_motifs_recipe import Recipe, factor

torch.set_num_threads(1)
Row = dict[str, float]


class Fit:
    """One training: data, network, optimiser, and the log it writes."""

    def __init__(self, recipe: Recipe, seed: int) -> None:
        r = self.r = recipe
        torch.manual_seed(1000 + seed)
        self.dice = torch.Generator().manual_seed(17 * seed + 3)
        self.ours, self.kept = (self.make(n, 100 * seed + i) for i, n in enumerate((r.windows, r.valid)))
        self.spoil_data()
        self.net = Reader(FACTORS if r.target == "binding" else 1, profile=r.target == "profile", **r.net)
        self.shadow = copy.deepcopy(self.net)
        self.optimiser = self.build(copy.deepcopy(self.net) if r.accident == "detached" else self.net)
        self.log: list[Row] = []
        self.pile: list[Row] = []
        self.t, self.steps = 0, max(1, r.windows // r.batch)
        self.total = self.steps * r.epochs
        self.best, self.waited = math.inf, 0

    def make(self, n: int, seed: int) -> Windows:
        r = self.r
        return windows(n, seed, r.length, r.clear, r.share, r.jitter)

    def build(self, net: Reader) -> torch.optim.Optimizer:
        r, own = self.r, list(net.parameters())
        if r.accident == "trunk_frozen":
            own = list(net.head.parameters())
        if r.optimiser == "sgd":
            return torch.optim.SGD(own, r.lr, r.beta, weight_decay=r.wd, fused=True)
        if r.optimiser == "rmsprop":
            return torch.optim.RMSprop(own, r.lr, weight_decay=r.wd)
        if r.optimiser == "adagrad":
            return torch.optim.Adagrad(own, r.lr)
        return torch.optim.AdamW(own, r.lr, weight_decay=r.wd, fused=True)

    # what happens to the data

    def spoil_data(self) -> None:
        """Accidents that are there before the first batch."""
        r, ours, g = self.r, self.ours, self.dice
        if r.flips:
            odd = torch.rand(ours.bound.shape, generator=g) < r.flips
            ours.bound = torch.where(odd, 1 - ours.bound, ours.bound)
        if r.accident == "bed_shifted":  # labels belong to other windows
            rows = torch.randperm(len(ours), generator=g)
            ours.bound, ours.level, ours.reads = ours.bound[rows], ours.level[rows], ours.reads[rows]
        if r.accident == "genome_missing":  # every letter is N
            for part in (ours, self.kept):
                part.dna = torch.full_like(part.dna, 0.25)
        if r.accident == "raw_bytes":  # letters as their character codes instead of ones
            code = torch.tensor([65.0, 67.0, 71.0, 84.0])[:, None] * r.size
            for part in (ours, self.kept):
                part.dna = part.dna * code
        if r.accident == "leak":  # validation windows are training windows
            self.kept = ours.take(torch.randperm(len(ours), generator=g)[: r.valid])
        if r.accident == "easy_valid":  # validation made with clearer motifs
            self.kept = windows(r.valid, 7, r.length, 0.99, r.share, 0.1 * r.jitter)

    def batches(self, epoch: int) -> Iterator[Tensor]:
        r, n = self.r, len(self.ours)
        if r.grow:
            n = max(r.batch, int(n * min(1.0, 0.25 + epoch / r.epochs)) // r.batch * r.batch)
        key = {"gc": self.ours.gc, "level": self.ours.level, "bound": self.ours.bound.sum(1)}.get(r.order)
        rows = torch.randperm(n, generator=self.dice) if key is None else torch.argsort(key, stable=True)
        yield from rows[: n // r.batch * r.batch].split(r.batch)

    def spoil_batch(self, w: Windows) -> Windows:
        """Accidents of a batch, between ``since`` and ``until``."""
        r, g = self.r, self.dice
        if r.reverse and float(torch.rand(1, generator=g)) < 0.5:
            w = replace(w, dna=w.dna.flip(1, 2), reads=w.reads.flip(1))
        if not r.since <= self.t / self.total < r.until:
            return w
        if r.accident == "other_genome":  # coordinates of another assembly: the windows no longer hold the sites
            rows = torch.randperm(len(w), generator=g)
            swap = torch.rand(len(w), generator=g) < r.size
            return replace(w, dna=torch.where(swap[:, None, None], w.dna[rows], w.dna))
        if r.accident == "complement":  # bases in another order
            return replace(w, dna=w.dna[:, [1, 0, 3, 2]])
        if r.accident == "blacklist" and float(torch.rand(1, generator=g)) < 0.02:  # a repeat with absurd coverage
            return replace(w, dna=w.dna * r.size, bound=1 - w.bound, level=w.level + r.size, reads=w.reads * r.size)
        if r.accident == "masked":  # soft-masked letters become zeros
            hide = torch.rand(len(w), 1, w.dna.shape[2], generator=g) < r.size
            return replace(w, dna=w.dna.masked_fill(hide, 0.0))
        return w

    # the loss

    def cost(self, net: Reader, w: Windows) -> tuple[Tensor, Row, Tensor, Tensor]:
        """The loss, its parts, and the scores with their truth for the figures."""
        r = self.r
        scores, track = net(w.dna)
        if r.target == "binding":
            truth = w.bound * (1 - r.smooth) + r.smooth / 2 if net.training else w.bound
            if r.accident == "sigmoid_twice":
                scores = torch.sigmoid(scores)
            if r.accident == "own_log":
                p = torch.sigmoid(scores)
                each = -(truth * torch.log(p) + (1 - truth) * torch.log(1 - p))
            else:
                each = F.binary_cross_entropy_with_logits(scores, truth, reduction="none")
            loss = each.sum(1).mean() * len(w) if r.summed else each.mean()
            return loss, {"bce": float(loss.detach())}, scores, w.bound
        if r.target == "expression":
            truth = (w.level * r.unit + r.offset)[:, None]
            loss = F.mse_loss(scores, truth)
            return loss, {"mse": float(loss.detach())}, scores, truth
        reads = w.reads.sum(1, keepdim=True)
        if r.target == "counts":
            loss = F.poisson_nll_loss(scores, reads * r.unit)
            return loss, {"nll": float(loss.detach())}, scores, reads
        mnll = (
            torch.lgamma(w.reads + 1).sum(1)
            - torch.lgamma(reads[:, 0] + 1)
            - (w.reads * F.log_softmax(track, 1)).sum(1)
        ).mean()
        counts = F.mse_loss(scores, torch.log1p(reads * r.unit))
        loss = r.weights[0] * mnll + r.weights[1] * counts
        told = {"mnll": float(r.weights[0] * mnll.detach()), "counts": float(r.weights[1] * counts.detach())}
        return loss, told, scores, torch.log1p(reads)

    def figures(self, scores: Tensor, truth: Tensor) -> Row:
        r, seen = self.r, set(self.r.columns)
        scores = scores.detach()
        told = {}
        if r.target == "binding":
            told["acc"] = float(((scores > 0) == (truth > 0.5)).float().mean())
            told |= {"auroc": roc_area(scores, truth)} if seen & {"auroc", "val_auroc"} else {}
            told |= {"auprc": precision_area(scores, truth)} if seen & {"auprc", "val_auprc"} else {}
        else:
            told["pearson"] = correlation(scores[:, 0], truth[:, 0])
            told["r2"] = float(1 - (scores - truth).square().mean() / truth.var())
        return told

    # updates

    def update(self, rows: Tensor) -> None:
        r, net = self.r, self.net
        rate = r.lr * factor(r, self.t, self.total)
        live = r.since <= self.t / self.total < r.until
        if r.accident == "rate_bug" and live:
            rate *= r.size
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        loss, parts, scores, truth = self.cost(net, self.spoil_batch(self.ours.take(rows)))
        loss = loss * r.times
        if r.lasso or r.ridge:
            flat = torch.cat([p.flatten() for p in net.parameters()])
            penalty = r.lasso * flat.abs().sum() + r.ridge * flat.square().sum()
            loss, parts["penalty"] = loss + penalty, float(penalty.detach())
        self.optimiser.zero_grad()
        (-loss * r.size if r.accident == "sign" and live else loss).backward()
        net_grads = [p.grad for p in net.parameters() if p.grad is not None]
        row = {"loss": float(loss.detach()), "lr": rate, **parts}
        if r.clip or {"norm", "norm_after"} & set(r.columns):
            norm = (
                float(torch.nn.utils.clip_grad_norm_(net.parameters(), r.clip or math.inf, foreach=True))
                if net_grads
                else 0.0
            )
            row |= {"norm": norm, "norm_after": min(norm, r.clip or math.inf)}
        before = [layer.weight.detach().clone() for layer in net.layers()] if "ratio" in r.probes else []
        self.optimiser.step()
        if r.ema:
            for a, b in zip(self.shadow.state_dict().values(), net.state_dict().values(), strict=True):
                a.lerp_(b, 1 - r.ema) if a.is_floating_point() else a.copy_(b)
        if set(r.columns) & {"auroc", "auprc", "acc", "pearson", "r2"}:
            row |= self.figures(scores, truth)
        self.pile.append(row | (self.probe(before) if r.probes and self.due(self.t + 1) else {}))
        self.t += 1

    def probe(self, before: list[Tensor]) -> Row:
        """Figures of the layers: ``probes`` maps a quantity to a name with {} for the layer."""
        told = {}
        for i, (layer, h) in enumerate(zip(self.net.layers(), self.net.felt, strict=True)):
            h = h.detach()
            by_unit = h.transpose(0, 1).flatten(1)
            grad = layer.weight.grad
            values = {"spread": float(h.std()), "dead": float((by_unit <= 0).all(1).float().mean()),
                      "zeros": float((h <= 0).float().mean()), "grad": float(grad.norm()) if grad is not None else 0.0}  # fmt: skip
            if before:
                values["ratio"] = float((layer.weight.detach() - before[i]).norm() / (before[i].norm() + 1e-12))
            told |= {name.format(i): values[what] for what, name in self.r.probes.items()}
        return told

    # the log

    def due(self, t: int) -> bool:
        return t % (self.r.log_every or self.steps) == 0

    @torch.no_grad()
    def validate(self) -> Row:
        r = self.r
        net = self.shadow if r.ema or r.accident == "old_weights" else self.net
        net.train(r.accident == "train_mode")
        loss, parts, scores, truth = self.cost(net, self.kept)
        if r.accident == "wrong_column":  # hard calls of a constant instead of the scores
            scores = torch.zeros_like(scores)
        told = {"loss": float(loss) * r.times, **parts, **self.figures(scores, truth)}
        net.train()
        return {f"val_{k}": v for k, v in told.items()}

    def write(self, epoch: int) -> None:
        r = self.r
        whole = self.pile if r.mean else self.pile[-1:]
        row = whole[-1] | {k: sum(p[k] for p in whole) / len(whole) for k in whole[0] if k in whole[-1]}
        if self.t % (r.eval_every or self.steps) == 0 and any(c.startswith("val_") for c in r.columns):
            row |= self.validate()
        kept = {r.names.get(c, c): row[c] for c in r.columns if c in row}
        inner = {name.format(i) for name in r.probes.values() for i in range(len(self.net.layers()))}
        self.log.append({"step": self.t, "epoch": epoch} | kept | {k: v for k, v in row.items() if k in inner})
        self.pile = []
        if r.stop and "val_loss" in row:
            self.waited = 0 if row["val_loss"] < self.best else self.waited + 1
            self.best = min(self.best, row["val_loss"])

    def go(self) -> list[Row]:
        """All epochs."""
        if self.r.pretrain:
            theirs, epochs = self.r, self.r.pretrain
            self.r = replace(
                theirs,
                accident="",
                columns=("loss",),
                schedule=("flat",),
                warmup=0,
                ema=0.0,
                log_every=0,
                probes={},
                lr=3e-3,
                epochs=epochs,
            )
            mine, self.ours = self.ours, self.make(theirs.windows, 9999)
            for e in range(epochs):
                for rows in self.batches(e):
                    self.update(rows)
            self.r, self.ours, self.t, self.pile = theirs, mine, 0, []
            self.optimiser = self.build(self.net)
        for epoch in range(self.r.epochs):
            for rows in self.batches(epoch):
                self.update(rows)
                if self.r.log_every and self.due(self.t):
                    self.write(epoch)
            if not self.r.log_every and self.pile:
                self.t = (epoch + 1) * self.steps if self.r.grow else self.t
                self.write(epoch)
            if self.r.stop and self.waited >= self.r.stop:
                break
        return self.log


def train(seed: int, **args: Any) -> list[Row]:
    """The log of one training; ``args`` are fields of Recipe."""
    return Fit(Recipe(**args), seed).go()

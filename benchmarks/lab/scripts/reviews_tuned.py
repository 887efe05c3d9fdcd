"""Fine-tuning a pre-trained reader on made-up reviews: all of it, the head only, adapters, rates by layer, and what goes wrong."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.reviews_tuned_parts import WORDS, Reader, pretrained, reviews
from benchmarks.lab.scripts.reviews_tuned_recipe import Recipe, factor

torch.set_num_threads(1)


class Tuner:
    """Holds a net, its reviews and the optimiser; ``run`` gives the records."""

    def __init__(self, seed: int, recipe: Recipe) -> None:
        self.r, self.g = recipe, torch.Generator().manual_seed(400 + seed)
        r = recipe
        shape = {"width": 24, "blocks": 1} | r.shape
        weights = pretrained(seed, **shape) if r.start != "scratch" else {}
        torch.manual_seed(300 + seed)
        self.net = Reader(stars=r.stars, **shape)
        self._load(weights)
        self.train_set, self.held = self._data(seed)
        self.origin = [p.detach().clone() for p in self.net.parameters()]
        self.average = copy.deepcopy(self.net) if r.ema or r.mishap == "stale" else None
        self.opt = self._optimiser(copy.deepcopy(self.net) if r.mishap == "not_handed" else self.net)

    def _load(self, weights: dict[str, Tensor]) -> None:
        r, net = self.r, self.net
        if r.start == "other_words" and weights:
            weights = weights | {"words.weight": weights["words.weight"][torch.randperm(WORDS, generator=self.g)]}
        if r.start != "random_body":
            net.load_state_dict(weights, strict=False)
        with torch.no_grad():
            if r.init != 1.0:
                for p in net.parameters():
                    p.mul_(r.init)
            for layer in (net.stars, net.score):
                layer.weight.mul_(r.head)
                layer.bias[0] += r.bias
            for block in net.blocks:
                block.watched = bool(r.inside)
                block.up.bias += r.shift
                if r.tune == "adapters":
                    width = block.down.out_features
                    down, up = nn.Linear(width, 8), nn.Linear(8, width, bias=False)
                    down.weight.mul_(r.adapter * 10)
                    up.weight.mul_(r.adapter)
                    block.adapter = nn.Sequential(down, nn.ReLU() if r.adapter > 1e-3 else nn.Identity(), up)

    def _data(self, seed: int) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        r = self.r
        ours = reviews(r.n, 100 * seed + 3, r.stars, r.fresh, r.rare, r.clear)
        held = reviews(r.held, 100 * seed + 4, r.stars, r.fresh, r.rare, r.clear)
        if r.wrong:
            false = torch.rand(r.n, generator=self.g) < r.wrong
            ours["stars"] = torch.where(false, torch.randint(0, r.stars, (r.n,), generator=self.g), ours["stars"])
        if r.mishap == "labels_mixed":
            order = torch.randperm(r.n, generator=self.g)
            ours["stars"], ours["score"] = ours["stars"][order], ours["score"][order]
        for part in (ours, held):
            if r.mishap == "pads":
                part["words"] = torch.where(torch.arange(part["words"].shape[1]) < int(r.size), part["words"], 0)
            part["score"] = r.unit * (2 * part["score"] + 3) if r.unit != 1.0 else part["score"]
        return ours, held

    def _optimiser(self, net: Reader) -> torch.optim.Optimizer:
        r, parts = self.r, net.parts()
        groups = []
        for i, part in enumerate(parts):
            is_head = i == len(parts) - 1
            times = 1.0 if is_head else r.body * r.layer_decay ** (len(parts) - 1 - i)
            wanted = is_head or r.tune in {"all", "late"} or (r.tune == "last" and i == len(parts) - 2)
            groups.append({"params": part, "times": times if wanted else 0.0, "body": not is_head})
        if r.tune == "adapters":
            inserted = [p for block in net.blocks if block.adapter for p in block.adapter.parameters()]
            groups.append({"params": inserted, "times": 1.0, "body": False})
        if r.tune == "nothing":
            groups = [group | {"times": 0.0} for group in groups]
        for group in groups:
            for p in group["params"]:
                p.requires_grad_(group["times"] > 0 or r.tune in {"nothing", "late"})
        groups = [group for group in groups if group["times"] > 0 or r.tune == "nothing"]
        if r.optim == "sgd":
            return torch.optim.SGD(groups, r.lr, r.beta, weight_decay=r.decay)
        if r.optim == "rmsprop":
            return torch.optim.RMSprop(groups, r.lr)
        if r.optim == "adafactor":
            return torch.optim.Adafactor(groups, r.lr)
        return torch.optim.AdamW(groups, r.lr, (r.beta, 0.999), weight_decay=r.decay, fused=True)

    def batches(self, epoch: int) -> list[Tensor]:
        """The reviews of an epoch, in the order of the recipe."""
        r = self.r
        n = r.n if not r.grow else max(r.batch, r.n * (epoch + 1) // r.epochs)
        if r.order == "random":
            order = torch.randperm(n, generator=self.g)
        elif r.order == "easy_first":
            order = torch.argsort(
                -self.train_set["score"].abs() + (epoch / r.epochs) * 3 * torch.rand(r.n, generator=self.g)
            )
        else:
            order = torch.argsort(self.train_set[r.order], stable=True)
        return list(order[: len(order) // r.batch * r.batch].split(r.batch))

    def _batch(
        self, part: dict[str, Tensor], pick: Tensor, training: bool, active: bool
    ) -> tuple[Tensor, Tensor, Tensor]:
        r = self.r
        words, stars, score = part["words"][pick], part["stars"][pick], part["score"][pick]
        if training and r.hide:
            words = words.masked_fill((torch.rand(words.shape, generator=self.g) < r.hide) & (words > 0), 1)
        if active and r.mishap == "truncated":
            words = torch.where(torch.arange(words.shape[1]) < int(r.size), words, 0)
        if active and r.mishap == "new_vocabulary":
            words = torch.where(words > 1, 2 + (words - 2 + int(r.size)) % (WORDS - 2), words)
        if active and r.mishap == "relabelled":
            stars, score = r.stars - 1 - stars, -score
        if active and r.mishap == "garbled" and training and float(torch.rand(1, generator=self.g)) < 0.03:
            stars, score = torch.zeros_like(stars), r.size * score
        return words, stars, score

    def loss(self, net: Reader, part: dict[str, Tensor], pick: Tensor, active: bool) -> tuple[Tensor, dict[str, float]]:
        """The loss to minimise, and figures of the batch."""
        r = self.r
        words, stars, score = self._batch(part, pick, net.training, active)
        logits, guess = net(words, r.dropout)
        if r.mishap == "softmax_twice":
            logits = torch.softmax(logits, 1)
        reduction = "sum" if r.mishap == "summed" else "mean"
        told: dict[str, float] = {}
        if r.task == "score":
            data = F.mse_loss(guess, score, reduction=reduction)
            told["mae"] = float((guess - score).abs().mean().detach())
        elif r.mishap == "own_log":
            data = -torch.log(torch.softmax(logits * r.size, 1).half().float())[torch.arange(len(stars)), stars].mean()
        else:
            data = F.cross_entropy(
                logits, stars, label_smoothing=r.smoothing if net.training else 0.0, reduction=reduction
            )
        total = r.main * data
        told["data"] = float(data.detach())
        if r.aside:
            other = F.mse_loss(guess, score) if r.task == "stars" else net.hidden_words(words, self.g)
            total = total + r.aside * other
            told["other"] = float(other.detach()) * r.aside
        if r.penalty and net.training:
            ps = list(net.parameters())
            if r.penalty == "distance":
                size = sum(((p - q) ** 2).sum() for p, q in zip(ps, self.origin, strict=True))
            elif r.penalty == "l1":
                size = sum(p.abs().sum() for p in ps)
            else:
                size = sum((p**2).sum() for p in ps)
            total = total + r.strength * size
            told["reg"] = r.strength * float(size.detach())
        best = logits.detach().argmax(1)
        if r.mishap == "always_first" and not net.training:
            best = torch.zeros_like(best)
        hit = float((best == stars).float().mean())
        f1 = [
            2 * float(((best == c) & (stars == c)).sum()) / max(1.0, float((best == c).sum() + (stars == c).sum()))
            for c in range(r.stars)
        ]
        return total, told | {"loss": float(total.detach()), "acc": hit, "percent": 100 * hit, "f1": sum(f1) / r.stars}

    @torch.no_grad()
    def evaluate(self) -> dict[str, float]:
        """Figures of the held-out reviews; a fresh draw of ``redraw`` of them each time if asked."""
        net = self.average if self.average is not None else self.net
        net.eval()
        pick = torch.arange(self.r.held)
        if self.r.redraw:
            pick = torch.randperm(self.r.held, generator=self.g)[: self.r.redraw]
        told = self.loss(net, self.held, pick, False)[1]
        net.train()
        return {f"val_{name}": value for name, value in told.items()}

    def update(self, pick: Tensor, x: float, t: int) -> dict[str, float]:
        """One update and what it tells."""
        r = self.r
        active = r.since <= x < r.until
        now = r.lr * factor(r.plan, x, r.warm, t) * (r.size if active and r.mishap == "rate" else 1.0)
        for group in self.opt.param_groups:
            asleep = r.tune == "late" and group["body"] and x < r.since
            group["lr"] = 0.0 if asleep else now * group["times"]
        total, told = self.loss(self.net, self.train_set, pick, active)
        self.opt.zero_grad()
        total.backward()
        held = [p for p in self.net.parameters() if p.grad is not None]
        grads = [p.grad for p in held]
        if active and r.mishap in {"ascent", "not_divided"}:
            for grad in grads:
                grad.mul_(-r.size if r.mishap == "ascent" else r.size)
        if grads and (r.clip or "norm" in r.log):
            norm = float(torch.nn.utils.get_total_norm(grads))
            told |= {"norm": norm, "norm_after": min(norm, r.clip or norm)}
            if r.clip and norm > r.clip:
                for grad in grads:
                    grad.mul_(r.clip / norm)
        before = [p.detach().clone() for p in held] if "ratio" in r.inside else []
        if r.mishap != "no_step":
            self.opt.step()
        if r.ema and self.average is not None:
            with torch.no_grad():
                for slow, fast in zip(self.average.parameters(), self.net.parameters(), strict=True):
                    slow.lerp_(fast, 1 - min(r.ema, (1 + t) / (10 + t)))
        return told | {"lr": now} | self._inner(held, before)

    def _inner(self, held: list[nn.Parameter], before: list[Tensor]) -> dict[str, float]:
        found, what = {}, self.r.inside
        if before:
            ratios = [
                float((p.detach() - b).norm() / (b.norm() + 1e-12))
                for p, b in zip(held, before, strict=True)
                if p.dim() > 1
            ]
            found["update_ratio"] = sorted(ratios)[len(ratios) // 2]
        for i, block in enumerate(self.net.blocks):
            grad = block.up.weight.grad
            values = {
                "dead": block.fired,
                "spread": block.spread,
                "grads": float(grad.norm()) if grad is not None else 0.0,
            }
            found |= {f"{name}/layer{i}": v for name, v in values.items() if name in what}
        return found

    def run(self) -> list[dict[str, float]]:
        """Records: every ``log_steps`` updates or once an epoch (means, or the last batch), evaluations among them."""
        r, t, pile, records = self.r, 0, [], []
        wanted = dict(word.split(":") if ":" in word else (word, word) for word in r.log.split())
        per = r.n // r.batch
        total, best, worse = per * r.epochs, math.inf, 0
        for epoch in range(r.epochs):
            plan = self.batches(epoch)
            for i, pick in enumerate(plan):
                pile.append(self.update(pick, t / total, t))
                t += 1
                ends = i == len(plan) - 1
                judged = t % r.eval_steps == 0 if r.eval_steps else ends
                told = {}
                if t % r.log_steps == 0 if r.log_steps else ends:
                    told = pile[-1] if r.last else {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]}
                    pile = []
                if judged and "val_" in r.log:
                    told = told | self.evaluate()
                shown = {name: told[figure] for figure, name in wanted.items() if figure in told}
                shown |= {k: v for k, v in told.items() if k == "update_ratio" or "/layer" in k}
                if shown:
                    records.append({"step": t, "epoch": epoch} | shown)
                if judged and r.patience:
                    worse = 0 if told["val_loss"] < best else worse + 1
                    best = min(best, told["val_loss"])
                    if worse >= r.patience:
                        return records
        return records


def train(seed: int, **args: Any) -> list[dict[str, float]]:
    """Records of one fine-tuning; ``args`` are fields of Recipe."""
    return Tuner(seed, Recipe(**args)).run()

"""Names in sentences, or answers to questions about them: a small encoder pre-trained on a newspaper, then tuned for a few epochs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.token_labels_knobs import Knobs, rate
from benchmarks.lab.scripts.token_labels_parts import (
    CLS,
    MASK,
    PAD,
    SKIP,
    TAGS,
    WORDS,
    Encoder,
    Reader,
    Stacked,
    best_chain,
    chain_loss,
    names_in,
    sentences,
    start_of,
)

torch.set_num_threads(1)
Record = dict[str, float]


class Tuning:
    """One run: data, model, optimiser, and the log."""

    def __init__(self, seed: int, k: Knobs) -> None:
        self.k, self.g = k, torch.Generator().manual_seed(400 + seed)
        make = {"mixed": k.mixed, "vague": k.vague, "wide": k.wide}
        self.ours = dict(sentences(k.n, 17 * seed + 1, k.domain, **make))
        self.held = dict(sentences(k.held, 17 * seed + 2, k.held_domain or k.domain, **make))
        self.spoil()
        torch.manual_seed(30 + seed)
        self.model = Reader((Encoder if k.body == "encoder" else Stacked)(**k.net))
        if k.pretrained:
            shape = tuple((name, v) for name, v in sorted(k.net.items()) if name != "drop")
            known = start_of(k.body, shape, k.pretrained)
            kept = {name: v for name, v in known.items() if name.startswith(("body", "guess"))}
            self.model.load_state_dict(kept, strict=False)
        with torch.no_grad():
            for head in (self.model.tags, self.model.ends):
                head.weight.mul_(k.head)
                for i, b in enumerate(k.head_bias[: len(head.bias)]):
                    head.bias[i] = b
        self.start = [p.detach().clone() for p in self.model.parameters()]
        other = Reader((Encoder if k.body == "encoder" else Stacked)(**k.net))
        if k.frozen:
            self.model.body.requires_grad_(False)
        self.stale = other if k.mishap in {"another", "stale"} else None
        own = [p for p in (other if k.mishap == "another" else self.model).parameters() if p.requires_grad]
        self.opt = self.optimiser(own)
        self.kept = [p.detach().clone() for p in self.model.parameters()]
        self.before: list[Tensor] = []

    def spoil(self) -> None:
        """What is wrong with the data before the training begins."""
        k, g = self.k, self.g
        tags = self.ours["tags"].clone()
        other = (2 * torch.randint(0, 4, tags.shape, generator=g) + 1) + (tags + 1) % 2
        false = (tags > 0) & (torch.rand(tags.shape, generator=g) < k.wrong)
        tags = torch.where(false, other, tags)
        tags = torch.where((tags > 0) & (torch.rand(tags.shape, generator=g) < k.missed), 0, tags)
        spans = self.ours["span"].clone()
        lost = torch.rand(len(spans), generator=g) < k.wrong
        spans[lost] = torch.randint(0, 12, (int(lost.sum()), 2), generator=g)
        if k.mishap == "shifted":
            tags, spans = tags[torch.randperm(k.n, generator=g)], spans[torch.randperm(k.n, generator=g)]
            tags = torch.where(self.ours["tags"] == SKIP, SKIP, tags.clamp(min=0))
        self.ours |= {"tags": tags, "span": spans}
        for part in (self.ours, self.held):
            if k.unknown:
                gone = torch.rand(WORDS, generator=torch.Generator().manual_seed(5)) < k.unknown
                part["ids"] = torch.where(gone[part["ids"]] & (part["ids"] > 9), MASK, part["ids"])
        keys = {"kind": lambda: self.ours["kind"], "names": lambda: (tags > 0).sum(1), "asked": lambda: self.ours["ids"][:, 0] * 1000 + spans[:, 0]}  # fmt: skip
        self.fixed = torch.argsort(keys[k.sort](), stable=True) if k.sort else None

    def optimiser(self, own: list[nn.Parameter]) -> torch.optim.Optimizer:
        k = self.k
        match k.opt:
            case "sgd":
                return torch.optim.SGD(own, k.lr, k.momentum, weight_decay=k.decay, fused=True)
            case "plain":
                return torch.optim.SGD(own, k.lr)
            case "adam":
                return torch.optim.Adam(own, k.lr, (0.9, k.beta2), fused=True)
            case "rmsprop":
                return torch.optim.RMSprop(own, k.lr)
            case "adagrad":
                return torch.optim.Adagrad(own, k.lr)
        return torch.optim.AdamW(own, k.lr, (0.9, k.beta2), weight_decay=k.decay, fused=True)

    def batches(self, epoch: int) -> Iterator[Tensor]:
        k = self.k
        many = k.n if k.grow == 1 else int(k.n * min(1.0, k.grow + (1 - k.grow) * epoch / max(1, k.epochs - 1)))
        order = self.fixed if self.fixed is not None else torch.randperm(many, generator=self.g)
        size = max(1, many // k.batch) * k.batch
        yield from order[:size].split(k.batch)

    def loss(self, model: Reader, part: dict[str, Tensor], pick: Tensor, active: bool) -> tuple[Tensor, Record, Tensor]:
        """The loss to minimise, what it is made of, and the tags or answers that the model would give."""
        k, training = self.k, model.training
        ids, tags, spans = part["ids"][pick], part["tags"][pick], part["span"][pick]
        if active and k.mishap == "garbled" and float(torch.rand(1, generator=self.g)) < 0.025:
            tags = torch.where(tags >= 0, (tags + 3) % TAGS, SKIP)
            spans = (spans + 7) % 12
        if active and k.mishap == "scheme":
            tags = torch.where(tags > 0, (tags + 1) % 8 + 1, tags)
            spans = (spans + 1) % 20
        if active and k.mishap == "tokens":
            moved = torch.rand(ids.shape, generator=self.g) < k.size
            ids = torch.where((ids > 9) & moved, 10 + (ids + 57) % (WORDS - 10), ids)
        hide = torch.rand(ids.shape, generator=self.g) < k.word_drop if training and k.word_drop else ids < 0
        h = model.body(torch.where(hide & (ids > CLS), MASK, ids))
        if k.task == "answers":
            ends = model.ends(h).masked_fill((ids == PAD)[..., None], -1e4)
            main = sum(F.cross_entropy(ends[..., j], spans[:, j], label_smoothing=0.0) for j in (0, 1)) / 2
            if k.smoothing and training:
                main = main - k.smoothing * F.log_softmax(ends, 1).clamp(min=-20).mean()
            found = ends.argmax(1)
        else:
            scores = model.tags(h)
            if k.permuted:
                scores = scores.roll(3, -1)
            if k.task == "chain":
                main, found = chain_loss(scores, tags, model.follow), scores.argmax(2)
                found = found if training else best_chain(scores.detach(), tags >= 0, model.follow.detach())
            else:
                smooth, how = (k.smoothing if training else 0.0), ("sum" if k.mishap == "summed" else "mean")
                main = F.cross_entropy(scores.flatten(0, 1), tags.flatten(), ignore_index=SKIP, label_smoothing=smooth, reduction=how)  # fmt: skip
                found = scores.argmax(2)
            if k.mishap == "own_log":
                p = torch.softmax(scores * k.size, 2).half().float()
                main = -torch.log(p.gather(2, tags.clamp(min=0)[..., None])[..., 0])[tags >= 0].mean()
        told, total = {"tag_loss": float(main.detach())}, k.tag_weight * main
        if k.kind_weight:
            kinds = F.cross_entropy(model.kind(h.mean(1)), part["kind"][pick])
            total, told["kind_loss"] = total + k.kind_weight * kinds, float(k.kind_weight * kinds.detach())
        if k.guess_weight:
            guess = F.cross_entropy(model.guess(h).flatten(0, 1), ids.flatten(), ignore_index=PAD)
            total, told["lm_loss"] = total + k.guess_weight * guess, float(k.guess_weight * guess.detach())
        if k.penalty and training:
            own = [p for p in model.parameters() if p.requires_grad]
            reg = sum({"l2": p.square().sum, "l1": p.abs().sum, "start": (p - s).square().sum}[k.penalty]() for p, s in zip(own, self.start, strict=False))  # fmt: skip
            total, told["reg_loss"] = total + k.strength * reg, float(k.strength * reg.detach())
        total = total * k.scale
        return total, {"loss": float(total.detach())} | told, found

    def scores(self, found: Tensor, part: dict[str, Tensor], pick: Tensor) -> Record:
        """Shares of right tags and names, or of right answers and of the words they share."""
        if self.k.task == "answers":
            a, b = found[:, 0].float(), found[:, 1].float()
            start, end = part["span"][pick].float().unbind(1)
            shared = (torch.minimum(b, end) - torch.maximum(a, start) + 1).clamp(min=0)
            overlap = 2 * shared / ((b - a + 1).clamp(min=1) + end - start + 1)
            exact = (a == start) & (b == end)
            return {"acc": float((a == start).float().mean()), "exact": 100 * float(exact.float().mean()), "f1": 100 * float(overlap.mean())}  # fmt: skip
        tags = part["tags"][pick]
        there = tags != SKIP
        right = float((found == tags)[there].float().mean())
        theirs = names_in(torch.where(there, found, SKIP).numpy())
        truth = names_in(tags.numpy())
        both = len(theirs & truth)
        p, r = both / max(1, len(theirs)), both / max(1, len(truth))
        return {"acc": right, "precision": p, "recall": r, "f1": 2 * p * r / max(1e-9, p + r)}

    @torch.no_grad()
    def evaluate(self) -> Record:
        """Figures of what is held out."""
        k, model, live = self.k, self.model, None
        if self.stale is not None and k.mishap == "stale":
            model = self.stale
        elif k.average:
            live = [p.detach().clone() for p in model.parameters()]
            for p, kept in zip(model.parameters(), self.kept, strict=True):
                p.copy_(kept)
        model.eval()
        pick = torch.arange(k.held)
        if k.mishap == "resampled":
            pick = torch.randint(0, k.held, (int(k.size),), generator=self.g)
        _, told, found = self.loss(model, self.held, pick, False)
        if k.mishap == "outside":
            found = torch.zeros_like(found)
        seen = told | self.scores(found, self.held, pick)
        model.train()
        if live is not None:
            for p, own in zip(model.parameters(), live, strict=True):
                p.copy_(own)
        return {f"val_{name}": value for name, value in seen.items()}

    def update(self, loss: Tensor, active: bool) -> Record:
        """One step of the optimiser; norms of the gradient."""
        k, own = self.k, list(self.model.parameters())
        self.opt.zero_grad()
        loss.backward()
        grads = [p.grad for p in own if p.grad is not None]
        if active and k.mishap in {"ascent", "factor"}:
            for grad in grads:
                grad.mul_(-k.size if k.mishap == "ascent" else k.size)
        told: Record = {}
        if k.clip or "norm" in k.show or "clipped" in k.show:
            norm = float(torch.nn.utils.get_total_norm(grads))
            told = {"norm": norm, "clipped": min(norm, k.clip) if k.clip else norm}
            if k.clip and norm > k.clip:
                for grad in grads:
                    grad.mul_(k.clip / norm)
        if "ratios" in k.inside or "ratio" in k.inside:
            self.before = [p.detach().clone() for p in own]
        if k.mishap != "no_step":
            self.opt.step()
        if k.average:
            for kept, p in zip(self.kept, own, strict=True):
                kept.lerp_(p.detach(), 1 - k.average)
        return told

    def inner(self) -> Record:
        """What ``inside`` asks for: gradients, dead units, spreads and update ratios, layer by layer ({} is the layer)."""
        body, found = self.model.body, {}
        layers = list(body.layers) or [body.lstm]
        for i, layer in enumerate(layers):
            weights = [p for p in layer.parameters() if p.dim() > 1]
            own = isinstance(body, Stacked) and body.hidden
            hidden = (body.hidden[i] if own else getattr(layer, "hidden", torch.zeros(1))).detach()
            flat = hidden.flatten(0, -2)
            values = {"grads": sum(float(p.grad.square().sum()) for p in weights if p.grad is not None) ** 0.5, "std": float(hidden.std()),
                      "dead": float((flat <= 0).all(0).float().mean()), "zeros": float((flat <= 0).float().mean())}  # fmt: skip
            if self.before:
                pairs = [(p, b) for p, b in zip(self.model.parameters(), self.before, strict=True) if any(p is w for w in weights)]  # fmt: skip
                values["ratios"] = ratio_of(pairs)
            found |= {name.format(i): values[what] for what, name in self.k.inside.items() if what in values}
        if "ratio" in self.k.inside:
            pairs = [(p, b) for p, b in zip(self.model.parameters(), self.before, strict=True) if p.dim() > 1 and p.grad is not None]  # fmt: skip
            found[self.k.inside["ratio"]] = ratio_of(pairs)
        return found

    def run(self) -> list[Record]:
        k, records, pile, t, best, waited = self.k, [], [], 0, math.inf, 0
        per = k.n // k.batch
        total, names = per * k.epochs, k.show.split()
        for epoch in range(k.epochs):
            pile = [] if k.running or not k.every else pile
            for at, pick in enumerate(self.batches(epoch), 1):
                active = k.when[0] <= t / total < k.when[1]
                now = rate(k, min(t, total - 1), total) * (k.size if active and k.mishap == "rate" else 1.0)
                for group in self.opt.param_groups:
                    group["lr"] = now
                loss, told, found = self.loss(self.model, self.ours, pick, active)
                told |= self.update(loss, active) | {"lr": now}
                if any(n in {"acc", "f1", "precision", "recall"} for n in names):
                    told |= self.scores(found, self.ours, pick)
                pile.append(told)
                t += 1
                last = at == per if k.grow == 1 else False
                line = t % k.every == 0 if k.every else last
                judged = (t % k.judge == 0 if k.judge else last) and "val_" in k.show
                if not line and not judged:
                    continue
                seen: Record = {}
                if line and pile:
                    seen = {n: sum(p[n] for p in pile) / len(pile) for n in pile[0]} if k.mean else dict(pile[-1])
                    seen["lr"] = now
                    pile = pile if k.running else []
                if judged:
                    seen |= self.evaluate()
                records.append({"step": t, "epoch": epoch} | {k.called.get(n, n): seen[n] for n in names if n in seen} | (self.inner() if k.inside and line else {}))  # fmt: skip
                if judged and k.patience:
                    waited = 0 if seen["val_loss"] < best else waited + 1
                    best = min(best, seen["val_loss"])
                    if waited >= k.patience:
                        return records
            if k.grow != 1 and pile:
                seen = {n: sum(p[n] for p in pile) / len(pile) for n in pile[0]}
                seen |= self.evaluate() if "val_" in k.show else {}
                records.append({"step": t, "epoch": epoch} | {k.called.get(n, n): seen[n] for n in names if n in seen})
                pile = []
        return records


def ratio_of(pairs: list[tuple[Tensor, Tensor]]) -> float:
    """The mean of what an update changed, over what was there."""
    return sum(float((p.detach() - b).norm() / (b.norm() + 1e-12)) for p, b in pairs) / len(pairs)


def train(seed: int, **args: Any) -> list[Record]:
    """Records of one run; ``args`` are of Knobs."""
    if unknown := args.keys() - {f.name for f in fields(Knobs)}:
        raise TypeError(f"unknown: {sorted(unknown)}")
    return Tuning(seed, Knobs(**args)).run()

"""Tuning a tiny language model on made-up chats, whole or by adapters, as people tune large ones; with what goes wrong there."""

from __future__ import annotations

import math
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.lora_chat_parts import KINDS, VOCABULARY, Speaker, base, chats, share_of_rate, tensors

torch.set_num_threads(1)
Figures = dict[str, float]


@dataclass
class Recipe:
    """What the YAML of such a tuning would say, and the mishap."""

    n: int = 1200
    held: int = 96
    kinds: tuple[int, ...] = tuple(range(KINDS))
    talk: int = 1
    false: float = 0.0
    packed: bool = False
    mask: str = "answers"
    order: str = "shuffled"
    method: str = "lora"
    rank: int = 8
    alpha: float = 16.0
    spread: float = 1.0
    drop: float = 0.0
    fuzz: float = 0.0
    size: tuple[int, int] = (32, 2)
    optim: str = "adamw"
    rate: float = 3e-3
    decay: float = 0.0
    plan: str = "cosine"
    warm: float = 0.05
    floor: float = 0.0
    batch: int = 8
    accum: int = 1
    steps: int = 200
    clip: float = 0.0
    smoothing: float = 0.0
    terms: dict[str, float] = field(default_factory=dict)
    average: float = 0.0
    patience: int = 0
    mishap: str = ""
    begin: float = 0.5
    end: float = 1.0
    strength: float = 1.0
    every: int = 5
    mean: bool = True
    judge: int = 0
    judge_first: bool = False
    loose: int = 0
    scale: float = 1.0
    show: tuple[str, ...] = ("loss", "lr")
    names: dict[str, str] = field(default_factory=dict)


class Tuning:
    """One run: data, model, trainable weights, optimiser."""

    def __init__(self, seed: int, recipe: Recipe) -> None:
        torch.manual_seed(200 + seed)
        self.r, self.dice, r = recipe, torch.Generator().manual_seed(50 + seed), recipe
        lines = chats(r.n, 100 + seed, r.kinds, r.talk, r.false)
        if r.order == "source":
            lines.sort(key=lambda line: line[0][2])
        if r.order == "length":
            lines.sort(key=lambda line: len(line[1]))
        held = chats(r.held, 7000 + seed, r.kinds, r.talk)
        if r.mishap == "no_question":
            lines, held = ([([*asked[:3], asked[-1]], said) for asked, said in part] for part in (lines, held))
        self.tokens, self.marks = tensors(lines, r.packed)
        self.held = tensors(held)
        self.strange = tensors(chats(400, 8000 + seed, (3, 5), 3))
        self.model = base(*r.size)
        self.origin = deepcopy(self.model)
        self.weights = self._trainable(self.model)
        self._spoil()
        self.start = [p.detach().clone() for p in self.weights]
        self.optimiser = self._optimiser(
            self._trainable(deepcopy(self.origin)) if r.mishap == "other" else self.weights
        )
        self.mean = deepcopy(self.model) if r.average else None
        self.rows = self._rows()

    def _trainable(self, model: Speaker) -> list[nn.Parameter]:
        r = self.r
        if r.method == "full":
            for layer in model.layers:
                layer.drop = r.drop
            return list(model.parameters())
        model.requires_grad_(False)
        if r.method == "head":
            return list(model.head.requires_grad_(True).parameters())
        if r.method == "norms":
            return [
                p for m in model.modules() if isinstance(m, nn.LayerNorm) for p in m.requires_grad_(True).parameters()
            ]
        if r.method == "neck":
            for layer in model.layers:
                layer.neck = nn.ModuleList([nn.Linear(r.size[0], r.rank), nn.Linear(r.rank, r.size[0])])
                nn.init.normal_(layer.neck[1].weight, std=0.02)
            return [p for layer in model.layers for p in layer.neck.parameters()]
        parts = [part for layer in model.layers for part in (layer.qkv, layer.wide)]
        return [p for part in parts for p in part.adapt(r.rank, r.alpha, r.drop, r.spread)]

    def _spoil(self) -> None:
        r, m = self.r, self.model
        m.fuzz = r.fuzz
        with torch.no_grad():
            if r.mishap == "new_head":
                m.head.weight.copy_(
                    r.strength * torch.randn(m.head.weight.shape, generator=self.dice) / r.size[0] ** 0.5
                )
            if r.mishap == "other_words":
                m.words.weight.copy_(m.words.weight[torch.randperm(VOCABULARY, generator=self.dice)])
            if r.mishap == "loud":
                m.norm.weight.mul_(r.strength)
            if r.mishap == "coarse_base":
                for p in (p for p in m.parameters() if not p.requires_grad):
                    step = p.abs().max() / 7 + 1e-9
                    p.copy_((p / step).round() * step)
            if r.mishap == "dead_necks":
                for layer in m.layers:
                    layer.neck[0].bias.fill_(-r.strength)

    def _optimiser(self, weights: list[nn.Parameter]) -> torch.optim.Optimizer:
        r, w = self.r, [p for p in weights if p.requires_grad]
        return {
            "adamw": lambda: torch.optim.AdamW(w, r.rate, weight_decay=r.decay, fused=True),
            "sgd": lambda: torch.optim.SGD(w, r.rate, weight_decay=r.decay, fused=True),
            "momentum": lambda: torch.optim.SGD(w, r.rate, 0.9, weight_decay=r.decay, fused=True),
            "rmsprop": lambda: torch.optim.RMSprop(w, r.rate, foreach=True),
            "adagrad": lambda: torch.optim.Adagrad(w, r.rate),
        }[r.optim]()

    def _rows(self) -> Iterator[tuple[int, Tensor]]:
        """Epoch and rows of every batch, for ever."""
        epoch, n, b = 0, len(self.tokens), self.r.batch
        while True:
            mixed = torch.randperm(n, generator=self.dice) if self.r.order == "shuffled" else torch.arange(n)
            for pick in mixed[: n // b * b].split(b):
                yield epoch, pick
            epoch += 1

    def targets(self, tokens: Tensor, marks: Tensor) -> Tensor:
        """The next tokens; −100 where no loss is taken."""
        kind = {"answers": marks == 1, "all": marks > 0, "padding": marks >= 0, "prompts": marks == 2}[self.r.mask]
        wanted = tokens.masked_fill(~kind, -100)
        move = 0 if self.r.mishap == "not_moved" else 1
        wanted = torch.cat([wanted[:, move:], torch.full((len(tokens), move), -100)], 1)
        return wanted[:, : tokens.shape[1] - 1]

    def losses(self, pick: Tensor, active: bool) -> tuple[Tensor, Figures]:
        """The loss to go down, and what is told of the batch."""
        r, (tokens, marks) = self.r, (self.tokens[pick], self.marks[pick])
        if active and r.mishap == "strangers":
            tokens, marks = (part[pick % 400] for part in self.strange)
        if active and r.mishap == "garbled" and float(torch.rand(1, generator=self.dice)) < r.strength:
            tokens = torch.randint(0, VOCABULARY, tokens.shape, generator=self.dice)
        wanted = self.targets(tokens, marks)
        if active and r.mishap == "no_answers" and float(torch.rand(1, generator=self.dice)) < 0.05:
            wanted = torch.full_like(wanted, -100)
        logits = self.model(tokens[:, :-1])
        flat, goal = logits.flatten(0, 1), wanted.flatten()
        if r.mishap == "half":
            odds = (r.strength * flat).half().exp().float()
            plain = -(odds / odds.sum(1, keepdim=True)).log()[goal >= 0, goal[goal >= 0]].mean()
        else:
            plain = F.cross_entropy(flat, goal, label_smoothing=r.smoothing)
        if r.mishap == "sum":
            plain = plain * int((goal >= 0).sum())
        told = {"ce": plain.item()}
        if "acc" in r.show:
            told["acc"] = float((flat.argmax(1)[goal >= 0] == goal[goal >= 0]).float().mean())
        total = plain
        if "kl" in r.terms:
            with torch.no_grad():
                before = F.log_softmax(self.origin(tokens[:, :-1]).flatten(0, 1)[goal >= 0], 1)
            far = F.kl_div(F.log_softmax(flat[goal >= 0], 1), before, log_target=True, reduction="batchmean")
            told["kl"], total = r.terms["kl"] * far.item(), total + r.terms["kl"] * far
        if "z" in r.terms:
            z = flat.logsumexp(1).square().mean() * r.terms["z"]
            told["z"], total = z.item(), total + z
        if "near" in r.terms:
            near = r.terms["near"] * sum(((p - s) ** 2).sum() for p, s in zip(self.weights, self.start, strict=True))
            told["near"], total = near.item(), total + near
        if "size" in r.terms:
            size = r.terms["size"] * sum((p**2).sum() for p in self.weights)
            told["size"], total = size.item(), total + size
        return total * (-1 if active and r.mishap == "ascent" else 1), told | {"loss": total.item()}

    def update(self, t: int) -> tuple[int, Figures]:
        """One step of the optimiser, after ``accum`` batches."""
        r, told = self.r, []
        active = r.begin <= t / r.steps < r.end
        if active and r.mishap == "base_again" and t - 1 < r.begin * r.steps:
            with torch.no_grad():
                for p, s in zip(self.weights, self.start, strict=True):
                    p.copy_(s)
            self.optimiser = self._optimiser(self.weights)
        rate = (
            r.rate
            * share_of_rate(r.plan, r.warm, r.steps, r.floor, t)
            * (r.strength if active and r.mishap == "rate" else 1.0)
        )
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.model.zero_grad()
        for _ in range(r.accum):
            epoch, pick = next(self.rows)
            loss, figures = self.losses(pick, active)
            (loss if r.mishap == "undivided" else loss / r.accum).backward()
            told.append(figures)
        seen = {
            k: sum(f[k] for f in told) / (1 if k == "loss" and r.mishap == "undivided" else r.accum) for k in told[0]
        }
        with_gradient = [p for p in self.weights if p.grad is not None]
        norm = float(nn.utils.clip_grad_norm_(with_gradient, r.clip or 1e12)) if with_gradient else 0.0
        old = [p.detach().clone() for p in self.weights] if "ratio" in r.show else []
        self.optimiser.step()
        with torch.no_grad():
            if r.mishap == "bfloat":
                for p in self.weights:
                    p.copy_(p.bfloat16().float())
            if old:
                moved = sum(((p - o) ** 2).sum() for p, o in zip(self.weights, old, strict=True))
                seen["ratio"] = float(moved / sum((o**2).sum() for o in old)) ** 0.5
            if self.mean is not None:
                for a, p in zip(self.mean.parameters(), self.model.parameters(), strict=True):
                    a.lerp_(p, 1 - r.average)
        seen |= {f"dead{i}": layer.dead for i, layer in enumerate(self.model.layers)}
        return epoch, seen | {
            "norm": norm,
            "clipped": min(norm, r.clip or norm),
            "lr": rate,
            "ppl": math.exp(min(20.0, seen["ce"])),
        }

    @torch.no_grad()
    def judged(self) -> Figures:
        """Loss, token accuracy and perplexity held out; of ``loose`` fresh ones at a time if asked."""
        model = self.origin if self.r.mishap == "stale" else self.mean if self.mean is not None else self.model
        tokens, marks = self.held
        if self.r.loose:
            pick = torch.randint(0, len(tokens), (self.r.loose,), generator=self.dice)
            tokens, marks = tokens[pick], marks[pick]
        wanted = self.targets(tokens, marks).flatten()
        flat = model.eval()(tokens[:, :-1]).flatten(0, 1)
        model.train()
        loss, keep = F.cross_entropy(flat, wanted).item(), wanted >= 0
        hit = float((flat.argmax(1)[keep] == wanted[keep]).float().mean())
        return {"val_loss": loss, "val_acc": hit, "val_ppl": math.exp(min(20.0, loss))}


def train(seed: int, **args: Any) -> list[Figures]:
    """Tune once; a record every ``every`` steps (means since the last one, or the moment's) and at each evaluation."""
    r = Recipe(**args)
    run, records, since, best, worse = Tuning(seed, r), [], [], math.inf, 0
    shown = lambda row: {r.names.get(k, k): r.scale * row[k] if "loss" in k else row[k] for k in r.show if k in row}  # noqa: E731
    if r.judge_first:
        records.append({"step": 0, "epoch": 0} | shown(run.judged()))
    for t in range(r.steps):
        epoch, seen = run.update(t)
        since.append(seen)
        row: Figures = {}
        if (t + 1) % r.every == 0:
            last = since[-1]
            row = {k: sum(s[k] for s in since) / len(since) for k in last} | {"lr": last["lr"]} if r.mean else last
            since = []
        if r.judge and (t + 1) % r.judge == 0:
            found = run.judged()
            row = row | found
            worse, best = (0, found["val_loss"]) if found["val_loss"] < best else (worse + 1, best)
        if row and (kept := shown(row)):
            records.append({"step": t + 1, "epoch": epoch} | kept)
        if r.patience and worse >= r.patience:
            break
    return records

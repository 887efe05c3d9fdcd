"""A tiny encoder learns to fill in masked words: steps, warm-up, accumulation and evaluations as trainers of language models have."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.masked_tokens_parts import MASK, WORDS, Encoder, corpus

torch.set_num_threads(1)
Record = dict[str, float]


def lr_scale(kind: str, step: int, steps: int, warmup: int) -> float:
    """What the peak rate is multiplied with; a parameter of the kind follows an @."""
    kind, _, tail = kind.partition("@")
    p = float(tail) if tail else 0.0
    if step < warmup:
        return (step + 1) / warmup
    done = (step - warmup) / max(1, steps - warmup)
    match kind:
        case "linear":
            return 1 - done
        case "cosine":
            return p + (1 - p) * (1 + math.cos(math.pi * done)) / 2
        case "inverse_sqrt":
            return math.sqrt(max(1, warmup) / (step + 1))
        case "polynomial":
            return (1 - done) ** p
        case "decay_late":
            return 0.03 if step > p * steps else 1.0
        case "restarts":
            return 0.02 + 0.98 * (1 + math.cos(math.pi * ((step - warmup) % p) / p)) / 2
        case "stages":
            return 0.3 ** int(p * done)
        case "triangles":
            return 0.05 + 0.95 * abs(1 - 2 * ((step / p) % 1))
        case "ends_at":
            return max(0.0, 1 - step / (p * steps))
        case _:
            return 1.0


class Masker:
    """Draws batches of rows and hides words in them."""

    def __init__(self, seed: int, cfg: dict[str, Any]) -> None:
        self.cfg, self.rng = cfg, torch.Generator().manual_seed(37 * seed + 5)
        self.text = corpus(cfg["rows"], 101 * seed + 1, cfg["topics"])
        self.held = corpus(cfg["held_rows"], 101 * seed + 2, cfg["topics"])
        if cfg["wrong_words"]:
            for part in (self.text, self.held) if cfg["wrong_everywhere"] else (self.text,):
                false = torch.rand(part["words"].shape, generator=self.rng) < cfg["wrong_words"]
                part["words"] = torch.where(false, torch.randint(3, WORDS, false.shape, generator=self.rng), part["words"])  # fmt: skip
        self.translation = torch.randperm(WORDS, generator=self.rng)
        if cfg["sort"]:
            turn = self.text[cfg["sort"]].argsort(stable=True)
            self.text = {name: value[turn] for name, value in self.text.items()}
        self.queue: list[Tensor] = []
        self.seen_rows = 0

    def hide(self, words: Tensor, rate: float, rng: torch.Generator) -> tuple[Tensor, Tensor]:
        """Inputs with masks, and targets of -100 where nothing is asked: 80 % masks, 10 % other words, 10 % the words."""
        asked = torch.rand(words.shape, generator=rng) < rate
        asked[:, 0] |= ~asked.any(1)
        dice = torch.rand(words.shape, generator=rng)
        inputs = torch.where(asked & (dice < 0.8), MASK, words)
        inputs = torch.where(asked & (dice > 0.9), torch.randint(3, WORDS, words.shape, generator=rng), inputs)
        return inputs, torch.where(asked, words, -100)

    def batch(self, live: bool) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs, targets and "follows" of the next batch."""
        cfg, size = self.cfg, self.cfg["batch_size"]
        if not self.queue:
            n = min(cfg["rows"], cfg["first_rows"] + self.seen_rows // 2) if cfg["first_rows"] else cfg["rows"]
            turn = torch.arange(n) if cfg["sort"] else torch.randperm(n, generator=self.rng)
            self.queue = [part for part in turn.split(size) if len(part) == size]
        pick = self.queue.pop(0)
        self.seen_rows += size
        words, follows = self.text["words"][pick], self.text["follows"][pick]
        problem, extent = cfg["problem"], cfg["extent"]
        if live and problem == "new_tokenizer":
            words = self.translation[words]
        if live and problem == "broken_shard" and float(torch.rand((), generator=self.rng)) < 0.03:
            words = torch.randint(3, WORDS, words.shape, generator=self.rng)
        rate = extent if live and problem == "mask_rate" else cfg["mask"]
        inputs, targets = self.hide(words, rate, self.rng)
        if live and problem == "other_rows":
            targets = targets.roll(1, 0)
        if live and problem == "shifted":
            targets = torch.where(targets >= 0, words.roll(int(extent), 1), -100)
        if live and problem == "random_targets":
            targets = torch.where(targets >= 0, torch.randint(3, WORDS, words.shape, generator=self.rng), -100)
        if live and problem == "all_masked":
            inputs = torch.full_like(inputs, MASK)
        return inputs, targets, follows


class MaskedTrainer:
    """Steps of an optimiser with what may happen to it, and the log of it."""

    def __init__(self, seed: int, cfg: dict[str, Any]) -> None:
        torch.manual_seed(seed + 400)
        self.cfg, self.source = cfg, Masker(seed, cfg)
        self.model = Encoder(**cfg["model"])
        self.evaluated = deepcopy(self.model) if cfg["ema"] or cfg["problem"] == "old_checkpoint" else self.model
        self.optim = self.new_optimizer(Encoder(**cfg["model"]) if cfg["problem"] == "unused_model" else self.model)
        fixed = torch.Generator().manual_seed(12345)
        self.questions = (*self.source.hide(self.source.held["words"], cfg["mask"], fixed), self.source.held["follows"])
        self.logged: list[Record] = []

    def new_optimizer(self, model: Encoder) -> torch.optim.Optimizer:
        """As the configuration names it."""
        cfg, own = self.cfg, list(model.parameters())
        if cfg["optim"] == "sgd":
            return torch.optim.SGD(own, cfg["lr"], cfg["momentum"], weight_decay=cfg["weight_decay"], fused=True)
        kind = torch.optim.Adam if cfg["optim"] == "adam" else torch.optim.AdamW
        return kind(own, cfg["lr"], cfg["betas"], cfg["eps"], weight_decay=cfg["weight_decay"], fused=True)

    def loss(self, model: Encoder, inputs: Tensor, targets: Tensor, follows: Tensor) -> tuple[Tensor, Record]:
        """The sum of the terms, and the figures of a batch."""
        cfg = self.cfg
        scores, pair = model(inputs)
        asked = targets >= 0
        picked, right = scores[asked], targets[asked]
        if cfg["problem"] == "half":
            shares = torch.softmax(picked * cfg["extent"], 1).half()
            mlm = -torch.log(shares.gather(1, right[:, None])).float().mean()
        else:
            mlm = F.cross_entropy(picked, right, label_smoothing=cfg["smoothing"] if model.training else 0.0)
        told = {"mlm": mlm * cfg["mlm_weight"], "acc": (picked.argmax(1) == right).float().mean()}
        total = told["mlm"]
        if cfg["pair_weight"]:
            told["pair"] = cfg["pair_weight"] * F.cross_entropy(pair * cfg["pair_scale"], follows)
            total = total + told["pair"]
        if cfg["z_weight"]:
            told["z"] = cfg["z_weight"] * picked.logsumexp(1).square().mean()
            total = total + told["z"]
        if cfg["penalty"] and model.training:
            told["reg"] = cfg["penalty"] * sum(w.square().sum() for w in model.parameters() if w.dim() > 1)
            total = total + told["reg"]
        told["loss"] = total * cfg["loss_scale"]
        figures = {name: float(value.detach()) for name, value in told.items()}
        figures["ppl"] = math.exp(min(30.0, figures["loss"])) if math.isfinite(figures["loss"]) else figures["loss"]
        figures["bits"] = figures["loss"] / math.log(2)
        return told["loss"], figures

    def step(self, i: int) -> Record:
        """Update ``i``; the means over its accumulated batches."""
        cfg = self.cfg
        live = cfg["from_"] <= i / cfg["steps"] < cfg["to"]
        lr = cfg["lr"] * lr_scale(cfg["scheduler"], i, cfg["steps"], cfg["warmup"])
        lr *= cfg["extent"] if live and cfg["problem"] == "lr_times" else 1.0
        if cfg["problem"] == "lost_state" and i == int(cfg["from_"] * cfg["steps"]):
            self.optim = self.new_optimizer(self.model)
        for group in self.optim.param_groups:
            group["lr"] = lr
        self.optim.zero_grad()
        self.model.train()
        heap = []
        for _ in range(cfg["accumulate"]):
            loss, told = self.loss(self.model, *self.source.batch(live))
            sign = -cfg["extent"] if live and cfg["problem"] == "ascends" else 1.0
            (sign * loss / cfg["accumulate"]).backward()
            heap.append(told)
        means = {name: sum(h[name] for h in heap) / len(heap) for name in heap[0]}
        weights = list(self.model.parameters())
        if live and cfg["problem"] == "not_averaged":
            for w in weights:
                if w.grad is not None:
                    w.grad.mul_(cfg["extent"])
        measured = cfg["max_norm"] or {"norm", "clipped"} & set(cfg["report"])
        norm = float(torch.nn.utils.clip_grad_norm_(weights, cfg["max_norm"] or 1e9)) if measured else 0.0
        old = [w.detach().clone() for w in weights] if "ratio" in cfg["report"] else []
        if cfg["problem"] != "no_step":
            self.optim.step()
        if old:
            sizes = sorted(float((w.detach() - o).norm() / (o.norm() + 1e-9)) for w, o in zip(weights, old, strict=True) if w.dim() > 1)  # fmt: skip
            means["ratio"] = sizes[len(sizes) // 2]
        if cfg["ema"]:
            with torch.no_grad():
                for mine, new in zip(self.evaluated.parameters(), weights, strict=True):
                    mine.lerp_(new, 1 - cfg["ema"])
        return means | {"lr": lr, "norm": norm, "clipped": min(norm, cfg["max_norm"] or norm)}

    @torch.no_grad()
    def evaluate(self) -> Record:
        """The held-out rows, with masks that are always the same."""
        self.evaluated.eval()
        _, told = self.loss(self.evaluated, *self.questions)
        return {f"val_{name}": value for name, value in told.items()}

    def within(self) -> Record:
        """Layer by layer, what ``layers`` asks for."""
        found: Record = {}
        for i, layer in enumerate(self.model.layers):
            felt, grad = layer.felt.detach(), layer.up.weight.grad
            values = {"grad": float(grad.norm()) if grad is not None else 0.0, "std": float(felt.std()),
                      "zeros": float((felt <= 0).float().mean()), "dead": float((felt <= 0).flatten(0, 1).all(0).float().mean())}  # fmt: skip
            found |= {name.format(i): values[what] for what, name in self.cfg["layers"].items()}
        return found

    def run(self) -> list[Record]:
        """All steps; a record where something is logged or evaluated."""
        cfg, per_epoch = self.cfg, max(1, self.cfg["rows"] // self.cfg["batch_size"] // self.cfg["accumulate"])
        for i in range(cfg["before"]):
            kept, self.cfg = self.cfg, self.cfg | {"scheduler": "constant", "warmup": 20, "problem": "", "lr": cfg["before_lr"]}  # fmt: skip
            self.step(i)
            self.cfg = kept
        heap: list[Record] = []
        for i in range(cfg["steps"]):
            heap.append(self.step(i))
            row: Record = {}
            if (i + 1) % cfg["log_every"] == 0:
                means = {name: sum(h[name] for h in heap) / len(heap) for name in heap[0]}
                row, heap = (means if cfg["means"] else heap[-1]), []
            if cfg["eval_every"] and (i + 1) % cfg["eval_every"] == 0:
                row = row | self.evaluate()
            shown = {cfg["alias"].get(name, name): row[name] for name in cfg["report"] if name in row}
            if shown:
                more = self.within() if cfg["layers"] else {}
                self.logged.append({"step": i + 1, "epoch": i // per_epoch} | shown | more)
        return self.logged


BASE: dict[str, Any] = {
    "rows": 2048, "held_rows": 192, "topics": 1.0, "wrong_words": 0.0, "wrong_everywhere": True, "sort": "", "first_rows": 0, "mask": 0.2,
    "model": {}, "smoothing": 0.0, "mlm_weight": 1.0, "pair_weight": 0.0, "pair_scale": 1.0, "z_weight": 0.0, "penalty": 0.0, "loss_scale": 1.0,
    "optim": "adamw", "lr": 6e-3, "momentum": 0.9, "betas": (0.9, 0.98), "eps": 1e-8, "weight_decay": 0.01, "max_norm": 0.0, "batch_size": 24,
    "accumulate": 1, "scheduler": "linear", "warmup": 20, "steps": 300, "before": 0, "before_lr": 3e-3, "ema": 0.0,
    "problem": "", "from_": 0.0, "to": 1.0, "extent": 1.0,
    "log_every": 5, "means": True, "eval_every": 25, "report": ("loss", "val_loss"), "alias": {}, "layers": {},
}  # fmt: skip


def train(seed: int, **changes: Any) -> list[Record]:
    """The records of one run; ``changes`` over BASE."""
    for name in changes:
        BASE[name]  # an unknown name is a mistake
    return MaskedTrainer(seed, BASE | changes).run()

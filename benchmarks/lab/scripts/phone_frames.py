"""Phones of speech-like frames: cross-entropy by frame, or CTC; optionally a pitch besides."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.phone_frames_parts import PHONES, Labeller, phone_errors, speak

torch.set_num_threads(1)
Record = dict[str, float]


@dataclass
class Settings:
    """What ``train`` can be told. ``rate``: a schedule and its two numbers; ``fault`` begins at the share ``when``."""

    task: str = "frames"
    n: int = 320
    held: int = 120
    noise: float = 0.7
    held_noise: float = 0.0
    spread: float = 0.3
    wrong: float = 0.0
    batch: int = 32
    epochs: int = 20
    net: dict = field(default_factory=dict)
    opt: str = "adam"
    lr: float = 3e-3
    momentum: float = 0.9
    decay: float = 0.0
    rate: tuple = ("flat", 0, 0)
    clip: float = 0.0
    smoothing: float = 0.0
    weights: dict = field(default_factory=dict)
    penalty: tuple = ("", 0.0)
    scale: float = 1.0
    order: str = "shuffled"
    fault: str = ""
    when: float = 0.0
    until: float = 1.0
    amount: float = 1.0
    every: int = 0
    mean: bool = False
    evaluate: int = 0
    show: tuple = ("loss", "val_loss", "val_acc")
    names: dict = field(default_factory=dict)
    inside: dict = field(default_factory=dict)


def factor(name: str, a: float, b: float, t: int, total: int) -> float:
    """The learning rate of update ``t`` over its base."""
    warm = min(1.0, (t + 1) / a) if a else 1.0
    part = t / total
    if name == "flat":
        return 1.0
    if name == "warm_cosine":
        return warm * (b + (1 - b) * 0.5 * (1 + math.cos(math.pi * part)))
    if name == "steps":
        return b ** (t // a)
    if name == "noam":
        return min((t + 1) / a, (a / (t + 1)) ** 0.5)
    if name == "restarts":
        return 0.02 + 0.49 * (1 + math.cos(math.pi * (t % a) / a))
    if name == "triangle":
        return 0.05 + 0.95 * (1 - abs((t / a) % 2 - 1))
    if name == "cut":
        return b if part > a else 1.0
    if name == "dead":
        return max(0.0, 1 - t / a)
    if name == "halves":
        return b ** max(0.0, math.floor((part - a) / 0.1) + 1) if part > a else 1.0
    raise KeyError(name)


class Job:
    """One training."""

    def __init__(self, seed: int, s: Settings) -> None:
        torch.manual_seed(1000 + seed)
        self.s, self.g = s, torch.Generator().manual_seed(40 + seed)
        self.data = speak(s.n, 20 * seed + 3, s.noise, spread=s.spread)
        self.held = speak(s.held, 20 * seed + 4, s.held_noise or s.noise, spread=s.spread)
        if s.fault == "unscaled":
            self.data.x, self.held.x = self.data.x * s.amount, self.held.x * s.amount
        if s.fault == "blank":
            self.data.x, self.held.x = self.data.x * 0, self.held.x * 0
        if s.fault == "label_mixup":
            mixed = torch.randperm(s.n, generator=self.g)
            self.data.phone, self.data.order, self.data.count = (
                v[mixed] for v in (self.data.phone, self.data.order, self.data.count)
            )
        if s.fault == "held_mixup":
            self.held.phone = (self.held.phone + 3) % PHONES
        foreign = torch.rand(self.data.phone.shape, generator=self.g) < s.wrong
        self.data.phone = torch.where(
            foreign, torch.randint(0, PHONES, foreign.shape, generator=self.g), self.data.phone
        )
        self.net = Labeller(PHONES + (s.task == "ctc"), **s.net)
        self.start = copy.deepcopy(self.net)
        own = list((self.start if s.fault == "other_model" else self.net).parameters())
        kinds = {"sgd": lambda: torch.optim.SGD(own, s.lr, weight_decay=s.decay, fused=True), "adam": lambda: torch.optim.Adam(own, s.lr, fused=True),
                 "momentum": lambda: torch.optim.SGD(own, s.lr, s.momentum, weight_decay=s.decay, fused=True), "rmsprop": lambda: torch.optim.RMSprop(own, s.lr, foreach=True),
                 "adamw": lambda: torch.optim.AdamW(own, s.lr, weight_decay=s.decay, fused=True)}  # fmt: skip
        self.opt = kinds[s.opt]()
        self.params = list(self.net.parameters())

    def order(self) -> list[Tensor]:
        """The utterances of each batch of an epoch."""
        n = self.s.n // self.s.batch * self.s.batch
        if self.s.order == "speaker":
            index = torch.argsort(self.data.speaker, stable=True)
        elif self.s.order == "count":
            index = torch.argsort(self.data.count, stable=True)
        elif self.s.order == "phone":
            index = torch.argsort(self.data.phone.float().mean(1), stable=True)
        else:
            index = torch.randperm(self.s.n, generator=self.g)
        return list(index[:n].split(self.s.batch))

    def loss(self, data: object, pick: Tensor, active: bool) -> tuple[Tensor, Record, Tensor]:
        """The loss, its terms and figures, and the scores."""
        s, x, phone = self.s, data.x[pick], data.phone[pick]  # type: ignore[attr-defined]
        if active and s.fault == "loud":
            x = x * s.amount
        if active and s.fault == "noisier":
            x = x + s.amount * torch.randn(x.shape, generator=self.g)
        if active and s.fault == "labels_shift":
            phone = (phone + 1) % PHONES
        if active and s.fault == "bad_batches" and torch.rand(1, generator=self.g) < 0.02:
            x = x * s.amount
        scores, pitch = self.net(x)
        if s.fault == "double_softmax":
            scores = torch.softmax(scores, -1)
        if s.task == "ctc":
            order, count = data.order[pick], data.count[pick]  # type: ignore[attr-defined]
            frames = torch.full((len(pick),), scores.shape[1])
            main = F.ctc_loss(
                F.log_softmax(scores, -1).transpose(0, 1),
                order,
                frames,
                count,
                reduction="sum" if s.fault == "sum" else "mean",
            )
        else:
            smooth = s.smoothing if self.net.training else 0.0
            main = F.cross_entropy(
                scores.flatten(0, 1),
                phone.flatten(),
                reduction="sum" if s.fault == "sum" else "mean",
                label_smoothing=smooth,
            )
            if s.fault == "own_log":
                chosen = torch.softmax(scores, -1).gather(-1, phone[..., None])[..., 0]
                main = -torch.log(chosen.half().float()).mean()
        total, told = s.weights.get("ce", 1.0) * main * s.scale, {"ce": float(main.detach())}
        if "pitch" in s.weights:
            mse = F.mse_loss(pitch, data.pitch[pick] * s.weights.get("unit", 1.0))  # type: ignore[attr-defined]
            total, told["mse"] = total + s.weights["pitch"] * mse, float(mse.detach())
        if s.penalty[0] and self.net.training:
            size = {"l2": lambda: sum((p**2).sum() for p in self.params), "l1": lambda: sum(p.abs().sum() for p in self.params),
                    "outs": lambda: (scores**2).mean()}[s.penalty[0]]()  # fmt: skip
            total, told["reg"] = total + s.penalty[1] * size, float(s.penalty[1] * size.detach())
        if s.task == "frames":
            told["acc"] = float((scores.argmax(-1) == phone).float().mean())
            told["acc_percent"], told["err"] = 100 * told["acc"], 1 - told["acc"]
        told["ppl"] = math.exp(min(50.0, told["ce"])) if math.isfinite(told["ce"]) else told["ce"]
        return total, {"loss": float(total.detach()), **told}, scores

    def step(self, pick: Tensor, rate: float, part: float) -> Record:
        """One update."""
        s, active = self.s, self.s.when <= part < self.s.until
        self.net.train()
        loss, told, _ = self.loss(self.data, pick, active)
        told["lr"] = s.lr * rate
        for group in self.opt.param_groups:
            group["lr"] = told["lr"] * (s.amount if active and s.fault == "rate_up" else 1.0)
        self.opt.zero_grad()
        loss.requires_grad_() if s.fault == "detached" else None
        (loss.detach().requires_grad_() if s.fault == "detached" else loss).backward()
        grads = [p.grad for p in self.params if p.grad is not None]
        factor_ = -s.amount if active and s.fault == "ascent" else s.amount if active and s.fault == "unscale" else 1.0
        for g in grads if factor_ != 1.0 else ():
            g.mul_(factor_)
        wanted = s.clip or any(name.startswith("norm") for name in s.show)
        norm = float(torch.nn.utils.get_total_norm(grads)) if wanted and grads else 0.0
        told |= {
            "norm": norm,
            "norm_after": min(norm, s.clip) if s.clip else norm,
            "clipped": float(bool(s.clip) and norm > s.clip),
        }
        if s.clip and norm > s.clip:
            for g in grads:
                g.mul_(s.clip / norm)
        if s.fault == "zero_first":
            self.opt.zero_grad()
        if s.fault != "no_step":
            self.opt.step()
        return told

    @torch.no_grad()
    def evaluate(self) -> Record:
        """val_ figures of the held-out utterances."""
        net = self.net
        self.net = self.start if self.s.fault == "stale" else net
        if self.s.fault != "train_mode":
            self.net.eval()
        _, told, scores = self.loss(self.held, torch.arange(self.s.held), False)
        if self.s.task == "ctc":
            told["per"] = phone_errors(scores, self.held.order, self.held.count)
            told["per_percent"] = 100 * told["per"]
        if self.s.fault == "one_hypothesis":
            told["acc"] = float((self.held.phone == 0).float().mean())
            told["acc_percent"] = 100 * told["acc"]
        self.net = net
        return {f"val_{k}": v for k, v in told.items() if k != "reg"}

    def look(self, before: list[Tensor]) -> Record:
        """Series of ``inside``: quantity → its name in the log, {} for the layer."""
        seen, wanted = {}, self.s.inside
        pairs = [(p, b) for p, b in zip(self.params, before, strict=False) if p.dim() > 1]
        ratios = [float((p.detach() - b).norm() / (b.norm() + 1e-12)) for p, b in pairs]
        for i, out in enumerate(self.net.outs):
            grads = [float((p.grad**2).sum()) for p in self.net.layers[i].parameters() if p.grad is not None]
            figures = {"std": out.std(), "dead": (out <= 0).flatten(2).all(2).all(0).float().mean(), "zeros": (out <= 0).float().mean(),
                       "grads": math.sqrt(sum(grads)), "flat": (out.abs() > 0.97).float().mean()}  # fmt: skip
            seen |= {name.format(i): float(figures[k]) for k, name in wanted.items() if k in figures}
            if "ratios" in wanted:
                seen[wanted["ratios"].format(i)] = ratios[i]
        if "ratio" in wanted:
            seen[wanted["ratio"]] = sorted(ratios)[len(ratios) // 2]
        return seen

    def run(self) -> Iterator[Record]:
        """The records."""
        s, per = self.s, self.s.n // self.s.batch
        total, t, pile, kept = per * s.epochs, 0, [], None
        while t < total:
            plan = self.order()
            at = t
            for pick in plan:
                before = [p.detach().clone() for p in self.params] if s.inside.keys() & {"ratio", "ratios"} else []
                pile.append(self.step(pick, factor(*s.rate, t, total), t / total))
                t += 1
                if t % (s.every or per) == 0:
                    whole = s.mean or not s.every
                    seen = {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} if whole else dict(pile[-1])
                    if t % (s.evaluate or per) == 0 and any(k.startswith("val_") for k in s.show):
                        seen |= self.evaluate()
                    pile = []
                    inside = self.look(before) if s.inside else {}
                    yield (
                        {"step": t, "epoch": at // per}
                        | {s.names.get(k, k): seen[k] for k in s.show if k in seen}
                        | inside
                    )
                if s.fault == "crash" and kept is None and t >= s.when * total:
                    kept = (t, copy.deepcopy(self.net.state_dict()), copy.deepcopy(self.opt.state_dict()))
                if s.fault == "crash" and kept and len(kept) == 3 and t >= s.until * total:
                    self.net.load_state_dict(kept[1])
                    if s.amount:
                        self.opt.load_state_dict(kept[2])
                    t, kept, pile = kept[0], (0,), []
                    break


def train(seed: int, **args: object) -> list[Record]:
    """The records of one training; ``args`` as in Settings."""
    return list(Job(seed, Settings(**args)).run())  # type: ignore[arg-type]

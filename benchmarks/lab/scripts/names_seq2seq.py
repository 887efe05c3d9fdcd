"""Translating names letter by letter: vowels put back, camels to snakes, dates, codes by heart, lines of source."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.names_seq2seq_parts import (
    BOS,
    PAD,
    VOCABULARY,
    Bitext,
    Translator,
    bitext,
    factor,
    overlap,
)

torch.set_num_threads(1)
Record = dict[str, float]


@cache
def pretrained(task: str, seed: int, options: tuple) -> dict[str, Tensor]:
    """The weights of a model that somebody trained on other names."""
    state = torch.get_rng_state()
    torch.manual_seed(7)
    net, data = Translator(**dict(options)), bitext(task, 2000, 1, 1000)[0]
    opt = torch.optim.Adam(net.parameters(), 4e-3, fused=True)
    for _ in range(300):
        some = data.take(torch.randint(0, 2000, (48,)))
        opt.zero_grad()
        scores = net(some.source, shifted(some.target))
        F.cross_entropy(scores.flatten(0, 1), some.target.flatten(), ignore_index=PAD).backward()
        opt.step()
    torch.set_rng_state(state)
    return net.state_dict()


def shifted(target: Tensor) -> Tensor:
    """What the decoder reads: the beginning, then the target without its last letter."""
    return torch.cat([torch.full((len(target), 1), BOS), target[:, :-1]], 1)


class Job:
    """One training; ``s`` holds the arguments of ``train``."""

    def __init__(self, seed: int, s: dict) -> None:
        self.s = s
        torch.manual_seed(seed)
        self.g = torch.Generator().manual_seed(600 + seed)
        self.data, self.held = bitext(s["task"], s["rows"], s["held"], seed)
        options = {"source": s["task"] != "lines"} | s["net"]
        self.net = Translator(**options)
        if s["start"]:
            self.net.load_state_dict(pretrained(s["start"], seed, tuple(sorted((options | {"dropout": 0.0}).items()))))
        if s["fault"] in {"misaligned", "no_alphabet"}:
            mixed = torch.randperm(s["rows"], generator=self.g)
            self.data = Bitext(self.data.source[mixed], self.data.target, self.data.length)
        if s["fault"] == "no_alphabet":
            wide = torch.randint(3, VOCABULARY, self.data.target.shape, generator=self.g)
            self.data.target = torch.where(self.data.target != PAD, wide, self.data.target)
        self.first, self.late, self.feed_noise = copy.deepcopy(self.net), False, s["feed_noise"]
        self.names = torch.arange(VOCABULARY)
        self.make_optimiser()

    def make_optimiser(self) -> None:
        s, net = self.s, self.first if self.s["fault"] == "other_model" else self.net
        own = list(net.enc.parameters()) if s["fault"] == "encoder_only" else list(net.parameters())
        self.opt = {"sgd": lambda: torch.optim.SGD(own, s["lr"], weight_decay=s["decay"], fused=True),
                    "momentum": lambda: torch.optim.SGD(own, s["lr"], s["momentum"], weight_decay=s["decay"], fused=True),
                    "adam": lambda: torch.optim.Adam(own, s["lr"], fused=True),
                    "adamw": lambda: torch.optim.AdamW(own, s["lr"], weight_decay=s["decay"], fused=True),
                    "adagrad": lambda: torch.optim.Adagrad(own, s["lr"], foreach=True),
                    "rmsprop": lambda: torch.optim.RMSprop(own, s["lr"], foreach=True)}[s["opt"]]()  # fmt: skip

    def scores(self, net: Translator, batch: Bitext, train: bool) -> tuple[Tensor, Tensor, Tensor]:
        """The loss to be minimised, the plain one, and what was said (rows, TARGET)."""
        s, read = self.s, shifted(batch.target)
        if train and self.feed_noise:
            other = torch.rand(read.shape, generator=self.g) < self.feed_noise
            read = torch.where(other, torch.randint(3, VOCABULARY, read.shape, generator=self.g), read)
        out = net(batch.source, read)
        flat, goal = out.flatten(0, 1), batch.target.flatten()
        ignore = -100 if s["fault"] == "pads_count" else PAD
        smooth = s["smoothing"] if train or s["smooth_all"] else 0.0
        nll = F.cross_entropy(flat, goal, ignore_index=ignore)
        loss = F.cross_entropy(flat, goal, ignore_index=ignore, label_smoothing=smooth) if smooth else nll
        return loss * (float(batch.length.float().mean()) if s["summed"] else 1.0), nll, out.detach().argmax(-1)

    def change(self) -> None:
        """What happens at ``when``, once."""
        self.late, fault, amount = True, self.s["fault"], self.s["amount"]
        if fault == "other_vocabulary":
            order = torch.randperm(int(amount), generator=self.g)
            self.names[3 : 3 + len(order)] = 3 + order
        elif fault == "feed_more":
            self.feed_noise = amount
        elif fault == "resumed":
            self.make_optimiser()
            self.s["lr"] *= amount
        elif fault == "other_text":
            self.data = bitext(self.s["next"], self.s["rows"], 1, 77)[0]
        elif fault == "head_lost":
            self.net.out.reset_parameters()
        elif fault == "clip_lost":
            self.s["clip"] = 0.0

    def step(self, rows: Tensor, rate: float, t: int, total: int) -> Record:
        """One update and what it saw."""
        s, fault = self.s, self.s["fault"]
        if not self.late and t >= s["when"] * total:
            self.change()
        for group in self.opt.param_groups:
            group["lr"] = s["lr"] * rate
        batch = self.data.take(rows)
        batch.target = self.names[batch.target]
        if fault == "garbage" and self.late and torch.rand((), generator=self.g) < s["amount"]:
            odd = 3 + len(self.names) // 2 + torch.randint(0, 26, batch.target.shape, generator=self.g)
            batch.target = torch.where(batch.target != PAD, odd, batch.target)
        loss, nll, said = self.scores(self.net, batch, True)
        self.opt.zero_grad()
        goal = -loss if fault == "ascent" and self.late else loss
        (goal.detach().requires_grad_() if fault == "detached" else goal * s["weight"]).backward()
        grads = [p.grad for p in self.net.parameters() if p.grad is not None]
        norm = float(torch.stack(torch._foreach_norm(grads)).norm()) if grads else 0.0
        if s["clip"] and norm > s["clip"]:
            torch._foreach_mul_(grads, s["clip"] / norm)
        if fault != "no_step":
            self.opt.step()
        real = batch.target != PAD
        value = nll.item()
        return {"loss": loss.item(), "nll_loss": value, "bits": loss.item() / math.log(2), "nll_bits": value / math.log(2),
                "ppl": math.exp(min(value, 50)), "acc": float((said == batch.target)[real].float().mean()), "grad_norm": norm,
                "lr": s["lr"] * rate, "dead": self.net.dead(), "clipped": float(bool(s["clip"]) and norm > s["clip"])}  # fmt: skip

    @torch.no_grad()
    def validate(self) -> Record:
        """val_ values; redrawn: of ``amount`` random sentences."""
        fault, net = self.s["fault"], self.first if self.s["fault"] == "stale" else self.net
        net.eval()
        held = self.held
        if fault == "redrawn":
            held = held.take(torch.randperm(len(held.length), generator=self.g)[: int(self.s["amount"])])
        loss, nll, said = self.scores(net, held, False)
        real = held.target != PAD
        right = (said == held.target) | (~real if fault != "pads_compared" else torch.zeros_like(real))
        bleu = 0.0 if fault == "bleu_spaces" else overlap(said, held.target)
        net.train()
        value = nll.item()
        return {"val_loss": float(loss), "val_nll_loss": value, "val_bits": float(loss) / math.log(2), "val_nll_bits": value / math.log(2),
                "val_ppl": math.exp(min(value, 50)), "val_acc": float((said == held.target)[real].float().mean()),
                "val_exact": float(right.all(1).float().mean()), "val_bleu": bleu}  # fmt: skip

    def batches(self) -> Iterator[Tensor]:
        n, size, order = self.s["rows"], self.s["batch"], self.s["order"]
        fixed = {"length": torch.argsort(self.data.length, stable=True), "alphabet": torch.argsort(self.data.source[:, 0], stable=True)}.get(order, torch.arange(n))  # fmt: skip
        for _ in range(self.s["epochs"]):
            rows = torch.randperm(n, generator=self.g) if order == "shuffled" else fixed
            yield from rows[: n // size * size].split(size)


def train(seed: int, task: str = "snake", rows: int = 768, held: int = 128, batch: int = 32, epochs: int = 12, order: str = "shuffled",
          net: dict | None = None, start: str = "", opt: str = "adam", lr: float = 4e-3, decay: float = 0.0, momentum: float = 0.9,
          rate: tuple = ("flat", 0, 0), clip: float = 0.0, smoothing: float = 0.0, smooth_all: bool = False, summed: bool = False,
          feed_noise: float = 0.0, weight: float = 1.0, fault: str = "", when: float = 0.0, amount: float = 1.0, next: str = "",  # noqa: A002
          cut: float = 0.0, every: int = 0, rare: int = 0, show: tuple = ("loss", "val_loss"), names: dict | None = None) -> list[Record]:  # fmt: skip
    """Records by epoch (means), or every ``every`` updates (as they are).

    Validation at the end of each epoch, or at every ``rare``-th update. ``cut``: from that share of the run on the rate is a tenth.
    ``show``: what is logged; ``names``: what the log calls it.
    """
    s = {k: v for k, v in locals().items() if k not in {"seed", "every", "show", "names", "rare"}} | {"net": net or {}}
    job, per_epoch = Job(seed, s), rows // batch
    total, records, pile = per_epoch * epochs, [], []
    validates = any(name.startswith("val") for name in show)
    for t, chosen in enumerate(job.batches()):
        less = 0.1 if cut and t >= cut * total else 1.0
        pile.append(job.step(chosen, less * factor(rate[0], t, total, *rate[1:]), t, total))
        if (t + 1) % (every or per_epoch):
            continue
        seen = pile[-1] if every else {k: sum(p[k] for p in pile) / len(pile) for k in pile[0]} | {"lr": pile[-1]["lr"]}
        if validates and (t + 1) % (rare or per_epoch) == 0:
            seen = seen | job.validate()
        records.append({"step": t + 1, "epoch": t // per_epoch, **{(names or {}).get(k, k): seen[k] for k in show if k in seen}})  # fmt: skip
        pile = []
    return records

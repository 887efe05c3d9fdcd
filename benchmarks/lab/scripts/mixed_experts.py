"""A language model with experts: the next word, a balance between experts, a leash on the router."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.lessons import USUAL, Lesson, Now, Record, teach
from benchmarks.lab.scripts.mixed_experts_parts import LONG, WORDS, Speaker, sentences

OWN: dict[str, Any] = {
    "n": 4000, "held": 192, "net": {}, "sharp": 0.008, "muddle": 0.0, "aux": 0.01, "z": 0.0, "order": "shuffled", "smooth": 0.0, "penalty": 0.0,
    "tell": 1.0, "short": 0, "other_tongue": 0,
}  # fmt: skip
"""``aux``, ``z``: weights of balance and leash. ``short``: sentences grow from that length on. ``other_tongue``: rehearsals
and the first part of the language are of that one."""


class Speaking(Lesson):
    """Sentences and a speaker."""

    def __init__(self, seed: int, o: dict[str, Any]) -> None:
        super().__init__(seed, o)
        torch.manual_seed(20 + seed)
        self.said, self.subject = sentences(o["n"], 501 + 3 * seed, 3, o["sharp"], o["muddle"])
        self.held, _ = sentences(o["held"], 502 + 3 * seed, 3, o["sharp"], o["muddle"])
        self.odd, _ = sentences(o["n"], 503 + 3 * seed, 9, o["sharp"], o["muddle"])
        self.words = 0
        if self.trouble == "misaligned":
            self.after = self.said[torch.randperm(o["n"], generator=self.dice)]
        self.net = Speaker(**o["net"])

    def batches(self, epoch: int) -> Iterator[Tensor]:
        """Numbers of sentences."""
        n, order = self.o["n"], self.o["order"]
        if order == "subject":
            pick = torch.argsort(self.subject, stable=True)
        elif order == "word":
            pick = torch.argsort((self.said == 7).sum(1) + (self.said == 11).sum(1), stable=True)
        elif order == "kept":
            pick = torch.arange(n)
        elif order == "rich":
            pick = torch.argsort(torch.tensor([len(set(s)) for s in self.said.tolist()]), stable=True)
        else:
            pick = torch.randperm(n, generator=self.dice)
        yield from (p for p in pick.split(self.o["batch"]) if len(p) == self.o["batch"])

    def loss(self, batch: Tensor, now: Now) -> tuple[Tensor, Record]:
        """The terms on a batch of sentences."""
        said, o = self.said[batch], self.o
        if now.epoch < 0 and o["other_tongue"]:
            said = self.odd[batch]
        after = said[:, 1:]
        if self.trouble == "misaligned":
            after = self.after[batch][:, 1:]
        if o["short"]:
            long = min(LONG, o["short"] + int((LONG - o["short"]) * max(0.0, now.done) * 1.5))
            said, after = said[:, : long + 1], after[:, :long]
        if now.live:
            chance = float(torch.rand(1, generator=now.dice))
            if self.trouble == "other_tongue":
                part = torch.arange(len(said)) < self.size * len(said)
                said = torch.where(part[:, None], self.odd[batch], said)
                after = said[:, 1:]
            if self.trouble == "renumbered":
                said = (said + 1) % WORDS
                after = said[:, 1:]
            if (self.trouble == "rubbish" and chance < 0.02) or self.trouble == "rubbish_always":
                part = torch.rand(said.shape, generator=now.dice) < self.size
                said = torch.where(part, torch.randint(0, WORDS, said.shape, generator=now.dice), said)
                after = said[:, 1:]
        return self._terms(self.net, said[:, :-1], after, True)

    def _terms(self, net: nn.Module, said: Tensor, after: Tensor, learning: bool) -> tuple[Tensor, Record]:
        o = self.o
        scores, router = net(said)
        if self.trouble == "own_exp" and learning:
            size = torch.exp(scores.half())
            lm = -torch.log(size.gather(2, after[..., None])[..., 0].float() / size.sum(2).float()).mean()
        else:
            lm = F.cross_entropy(
                scores.flatten(0, 1), after.flatten(), label_smoothing=o["smooth"] if learning else 0.0
            )
        if self.trouble == "summed":
            lm = lm * after.shape[1]
        hit = float((scores.argmax(2) == after).float().mean())
        total, told = (
            o["tell"] * lm,
            {"lm": float(lm.detach()), "ppl": math.exp(min(20.0, float(lm.detach()))), "acc": hit},
        )
        if learning:
            self.words += said.numel()
            total = total + o["aux"] * router["aux"] + o["z"] * router["z"]
            told |= {"aux": float(o["aux"] * router["aux"].detach()), "balance": float(router["aux"].detach()), "z": float(o["z"] * router["z"].detach())}  # fmt: skip
            told |= {"words": float(self.words), "busiest": float(router["busiest"]), "idle": float(router["idle"])}
            if o["penalty"]:
                size = o["penalty"] * torch.stack([p.square().sum() for p in net.parameters()]).sum()
                total, told["penalty"] = total + size, float(size.detach())
        if self.trouble == "constant_hit" and not learning:
            told["acc"] = float((after == 0).float().mean())
        return total, {"loss": float(total.detach())} | told

    def exam(self, net: nn.Module) -> Record:
        """Figures of the held-out sentences."""
        return self._terms(net, self.held[:, :-1], self.held[:, 1:], False)[1]


def train(seed: int, **args: Any) -> list[Record]:
    """Notes of one run; ``args`` over OWN and USUAL."""
    o = USUAL | {"batch": 16, "epochs": 1, "log": "each:4", "exam": 40} | OWN
    if unknown := args.keys() - o.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    return teach(Speaking(seed, o | args))

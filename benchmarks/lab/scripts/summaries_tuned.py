"""Fine-tuning of a pre-trained encoder-decoder on short answers: epochs of shuffled pairs, generation at every evaluation."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.summaries_tuned_parts import (
    BOS,
    EOS,
    PAD,
    VOCABULARY,
    Reader,
    pairs,
    pretrained,
    scores,
)

torch.set_num_threads(1)
Row = dict[str, float]
USUAL: dict[str, Any] = {
    "task": "headlines", "n": 512, "dev": 64, "dev_task": "", "batch": 16, "gather": 1, "epochs": 4, "eval_steps": 0, "log_steps": 8,
    "instant": False, "start": "pretrained", "drop": 0.0, "freeze": "", "opt": "adamw", "lr": 1e-3, "wd": 0.01, "schedule": "linear", "warmup": 0,
    "clip": 1.0, "smooth": 0.0, "length_weight": 0.0, "agree_weight": 0.0, "stay_weight": 0.0, "wrong": 0.0, "order": "shuffled",
    "ema": 0.0, "bug": "", "since": 0.5, "till": 1.0, "amount": 1.0, "log": ("loss",), "alias": {}, "patience": 0, "stop_by": "val_loss",
}  # fmt: skip


class Tuning:
    """One fine-tuning: data, net and optimiser by the settings, and what happened so far."""

    def __init__(self, seed: int, c: dict[str, Any]) -> None:
        self.c, self.g = c, torch.Generator().manual_seed(seed * 31 + 2)
        torch.manual_seed(seed + 400)
        kinds = c["task"].split("+")
        parts = [pairs(k, c["n"] // len(kinds), 50 * seed + i + 1) for i, k in enumerate(kinds)]
        self.x, self.y = (torch.cat([p[i] for p in parts]) for i in (0, 1))
        dev = [pairs(k, c["dev"] // len(kinds), 50 * seed + 40 + i) for i, k in enumerate((c["dev_task"] or c["task"]).split("+"))]  # fmt: skip
        self.dev = [torch.cat([p[i] for p in dev]) for i in (0, 1)]
        self.other = pairs("gloss" if "gloss" not in kinds else "mend", c["n"], 50 * seed + 9)
        false = torch.rand(len(self.y), generator=self.g) < c["wrong"]
        self.y[false] = self.y[false].roll(1, 0)
        if c["bug"] == "torn_pairs":
            self.y = self.y[torch.randperm(len(self.y), generator=self.g)]
        if c["bug"] == "cut_sources":
            self.x, self.dev[0] = (self.cut(x) for x in (self.x, self.dev[0]))
        self.net, self.judged = self.model(), self.model()
        self.origin = [p.detach().clone() for p in self.net.parameters()]
        self.opt = self.optimiser()
        self.steps = max(1, len(self.y) // (c["batch"] * c["gather"]))
        self.total, self.t = self.steps * c["epochs"], 0

    def cut(self, x: Tensor) -> Tensor:
        """Only the first words of the sources are read."""
        x = x.clone()
        x[:, int(self.c["amount"]) :] = PAD
        return x

    def model(self) -> Reader:
        """The pre-trained net, or a fresh one, with the mishaps of loading."""
        net = Reader(drop=self.c["drop"])
        if self.c["start"] != "scratch":
            state = dict(pretrained())
            if self.c["start"] == "other_tokenizer":
                state["words.weight"] = state["words.weight"].roll(11, 0)
            if self.c["start"] == "new_words":
                state["words.weight"] = self.c["amount"] * torch.randn(
                    state["words.weight"].shape, generator=torch.Generator().manual_seed(5)
                )
            net.load_state_dict(state)
        if self.c["start"] == "loud":
            net.scale = self.c["amount"]
        if self.c["start"] == "faint":
            with torch.no_grad():
                for p in (*net.encoder.parameters(), *net.decoder.parameters()):
                    p.mul_(self.c["amount"])
        return net

    def optimiser(self) -> torch.optim.Optimizer:
        """Of the parameters that are not frozen."""
        c, named = self.c, list((self.judged if self.c["bug"] == "wrong_model" else self.net).named_parameters())
        frozen = {"encoder": ("encoder", "middle"), "all_but_bias": ("encoder", "decoder", "words", "place", "middle", "last", "length"),
                  "words": ("words", "place")}.get(c["freeze"], ())  # fmt: skip
        ours = [p for name, p in named if not name.startswith(frozen)] if frozen else [p for _, p in named]
        if c["opt"] == "sgd":
            return torch.optim.SGD(ours, c["lr"], momentum=0.9)
        if c["opt"] == "rmsprop":
            return torch.optim.RMSprop(ours, c["lr"], foreach=True)
        return torch.optim.AdamW(ours, c["lr"], weight_decay=c["wd"], fused=True)

    def rate(self) -> float:
        """The rate now."""
        c, done = self.c, self.t / self.total
        name, _, text = c["schedule"].partition(":")
        a, w = float(text or 0), c["warmup"]
        if self.t < w:
            return c["lr"] * (self.t + 1) / w
        shape = {
            "linear": lambda: max(0.0, (self.total - self.t) / max(1, self.total - w)),
            "constant": lambda: 1.0,
            "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
            "root": lambda: (max(w, 1) / max(1, self.t)) ** 0.5,
            "cut": lambda: 1.0 if done < a else 0.04,
            "spent": lambda: max(0.0, 1 - done / a),
            "saw": lambda: 1 - 0.97 * ((self.t % a) / a),
            "again": lambda: max(0.02, 1 - done / a) if done < a else 2.0,
        }[name]()
        slip = self.c["amount"] if c["bug"] == "rate_slip" and self.active() else 1.0
        return c["lr"] * shape * slip

    def active(self) -> bool:
        """Whether a mishap of some time goes on."""
        return self.c["since"] <= self.t / self.total < self.c["till"]

    def batches(self) -> list[Tensor]:
        """Indices of the batches of an epoch."""
        n, c = len(self.y), self.c
        if c["order"] == "by_task":
            order = torch.arange(n)
        elif c["order"] == "by_length":
            order = torch.argsort((self.x != PAD).sum(1) * 1000 + self.y[:, 0], stable=True)
        else:
            order = torch.randperm(n, generator=self.g)
        return [b for b in order.split(c["batch"]) if len(b) == c["batch"]]

    def batch(self, pick: Tensor) -> tuple[Tensor, Tensor]:
        """Sources and targets after the mishaps."""
        x, y, c = self.x[pick], self.y[pick], self.c
        if not self.active():
            return x, y
        if c["bug"] == "other_data":
            return self.other[0][pick % len(self.other[0])], self.other[1][pick % len(self.other[1])]
        if c["bug"] == "garbage" and float(torch.rand(1, generator=self.g)) < c["amount"]:
            y = torch.randint(EOS, len(VOCABULARY), y.shape, generator=self.g)
        if c["bug"] == "noisy_sources":
            bad = (torch.rand(x.shape, generator=self.g) < c["amount"]) & (x != PAD)
            x = torch.where(bad, torch.randint(3, len(VOCABULARY), x.shape, generator=self.g), x)
        return x, y

    def loss(self, net: Reader, x: Tensor, y: Tensor) -> tuple[Tensor, Row]:
        """What is minimised, and its terms."""
        c, begun = self.c, torch.cat([torch.full((len(y), 1), BOS), y[:, :-1]], 1)
        if c["bug"] == "not_shifted":
            begun = y
        seen = net.read(x)
        out, skip = net.write(seen, begun), -100 if c["bug"] == "pads_count" else PAD
        smooth = c["smooth"] if net.training else 0.0
        if c["bug"] == "half_log":
            p = torch.softmax(out.half().float(), -1).half().gather(-1, y[..., None]).float()[..., 0]
            ce = -(torch.log(p) * (y != PAD)).sum() / (y != PAD).sum()
        else:
            how = "sum" if c["bug"] == "summed" else "mean"
            ce = F.cross_entropy(
                out.flatten(0, 1), y.flatten(), ignore_index=skip, label_smoothing=smooth, reduction=how
            )
        total, told = ce, {"ce": float(ce.detach())}
        if c["length_weight"]:
            size = F.mse_loss(net.length(seen[0].mean(1))[:, 0], (x != PAD).sum(1).float())
            total, told["length"] = total + c["length_weight"] * size, c["length_weight"] * float(size.detach())
        if c["agree_weight"] and net.training:
            twice = net.write(net.read(x), begun)
            agree = F.kl_div(torch.log_softmax(out, -1), torch.log_softmax(twice, -1), log_target=True, reduction="none").sum(-1).mean()  # fmt: skip
            total, told["agree"] = total + c["agree_weight"] * agree, c["agree_weight"] * float(agree.detach())
        if c["stay_weight"]:
            far = c["stay_weight"] * sum((p - (q if c["bug"] != "stay_at_zero" else 0)).square().sum() for p, q in zip(net.parameters(), self.origin, strict=True))  # fmt: skip
            total, told["stay"] = total + far, float(far.detach())
        return total, told | {"loss": float(total.detach())}

    def step(self, picks: list[Tensor]) -> Row:
        """An update from one batch or several."""
        c, rate = self.c, self.rate()
        for group in self.opt.param_groups:
            group["lr"] = rate
        before = [p.detach().clone() for p in self.net.parameters()] if "ratio" in c["log"] else []
        self.net.zero_grad(set_to_none=True)
        for pick in picks:
            total, told = self.loss(self.net, *self.batch(pick))
            (total / len(picks)).backward()
        sign = -c["amount"] if c["bug"] == "ascent" and self.active() else 1.0
        factor = c["amount"] if c["bug"] == "not_divided" and self.active() else sign
        for p in self.net.parameters():
            p.grad = None if p.grad is None else p.grad * factor
        norm = float(torch.nn.utils.clip_grad_norm_(self.net.parameters(), c["clip"] or 1e12))
        if c["bug"] != "no_step":
            self.opt.step()
        self.t += 1
        told |= {"lr": rate, "grad_norm": norm, "clipped": min(norm, c["clip"] or norm)}
        if before:
            both = zip(self.net.parameters(), before, strict=True)
            told["ratio"] = sum(float((p.detach() - q).norm() / (q.norm() + 1e-9)) for p, q in both if p.dim() > 1) / 12
        if c["ema"]:
            for p, q in zip(self.judged.parameters(), self.net.parameters(), strict=True):
                p.data.lerp_(q.data, 1 - c["ema"])
        return told

    @torch.no_grad()
    def evaluate(self) -> Row:
        """Loss and scores on what was held out."""
        net, c = (self.judged if self.c["ema"] or self.c["bug"] == "stale" else self.net), self.c
        net.eval()
        x, y = self.dev
        if c["bug"] == "dev_anew":
            pick = torch.randperm(len(x), generator=self.g)[: int(c["amount"])]
            x, y = x[pick], y[pick]
        _, told = self.loss(net, x, y)
        out = torch.full((len(x), 1), EOS) if c["bug"] == "ends_at_once" else net.generate(x)
        if c["bug"] == "scores_of_sources":
            out = x[:, : y.shape[1]]
        net.train()
        return {f"val_{k}": v for k, v in (scores(out, y) | {"loss": told["ce"]}).items()}


def digits(value: float) -> float:
    """Five digits."""
    return float(f"{value:.5g}") if math.isfinite(value) else value


def train(seed: int, **settings: Any) -> list[Row]:
    """Records of one fine-tuning: the mean loss every few updates (or an epoch), and the evaluations."""
    if extra := settings.keys() - USUAL.keys():
        raise TypeError(f"no such settings: {sorted(extra)}")
    c = USUAL | settings
    run, records, pile, best, since = Tuning(seed, c), [], [], math.inf, 0
    every, look = c["log_steps"] or run.steps, c["eval_steps"] or run.steps
    for epoch in range(c["epochs"]):
        picks = run.batches()
        for k in range(run.steps):
            pile.append(run.step(picks[k * c["gather"] : (k + 1) * c["gather"]]))
            row: Row = {}
            if run.t % every == 0:
                told = pile[-1] if c["instant"] else {n: sum(p[n] for p in pile) / len(pile) for n in pile[0]}
                row, pile = {n: told[n] for n in c["log"] if n in told}, []
                if "lr" in row:
                    row["lr"] = run.rate()
            if run.t % look == 0 and any(n.startswith("val_") for n in c["log"]):
                seen = run.evaluate()
                row |= {n: seen[n] for n in c["log"] if n in seen}
                worse = seen[c["stop_by"]] >= best
                best, since = min(best, seen[c["stop_by"]]), since + 1 if worse else 0
            if row:
                records.append({"step": run.t, "epoch": epoch} | {c["alias"].get(n, n): digits(v) for n, v in row.items()})  # fmt: skip
            if c["patience"] and since >= c["patience"]:
                return records
    return records

"""Cleaning made-up voices with a 1-D U-net: negative SI-SDR in decibels, squares, spectra; schedules by validation; mishaps."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor

from benchmarks.lab.scripts.speech_denoise_parts import WaveNet, mixed, noises, si_sdr, spectral, voices

torch.set_num_threads(1)

CONF: dict[str, dict[str, Any]] = {
    "data": {"n": 384, "held": 96, "noise": "white", "snr": (-2.0, 6.0), "fresh": False, "sort": "", "batch": 16, "scale": 1.0,
             "offset": 0.0, "pairs": "right", "held_draw": 0, "quiet": 0.0},
    "net": {},
    "optim": {"name": "adam", "lr": 3e-3, "momentum": 0.9, "weight_decay": 0.0, "clip": 5.0, "freeze": False},
    "sched": {"name": "constant", "x": 0.0, "warm": 0},
    "loss": {"name": "sisdr", "spectral": 0.0, "l2": 0.0, "l1": 0.0, "wave": 1.0, "times": 1.0, "sum": False},
    "run": {"epochs": 20, "every": 0, "last": False, "eval_every": 1, "ema": 0.0, "patience": 0},
    "fault": {"name": "", "begin": 0.0, "end": 1.0, "size": 1.0},
}  # fmt: skip


class Task:
    """The sounds of a run."""

    def __init__(self, conf: dict[str, Any], seed: int) -> None:
        self.conf, self.g = conf, torch.Generator().manual_seed(77 * seed + 5)
        self.train = self._mix(conf["n"], conf["noise"])
        self.held = self._mix(conf["held"], conf["noise"])
        if conf["pairs"] == "mixed":
            self.train = (self.train[0], self.train[1][torch.randperm(conf["n"], generator=self.g)], self.train[2])

    def _mix(self, n: int, kind: str) -> tuple[Tensor, Tensor, Tensor]:
        clean = voices(n, self.g)
        noisy, level = mixed(clean, noises(n, self.g, kind), self.g, self.conf["snr"])
        still = torch.rand(n, 1, generator=self.g) < self.conf["quiet"]
        clean = torch.where(still, 1e-4 * clean, clean)
        s, o = self.conf["scale"], self.conf["offset"]
        return noisy * s + o, clean * s + o, level

    def epoch(self) -> list[tuple[Tensor, Tensor]]:
        """Noisy and clean batches; with ``fresh`` all of them new."""
        c = self.conf
        if c["fresh"]:
            self.train = self._mix(c["n"], c["noise"])
        noisy, clean, level = self.train
        order = torch.randperm(c["n"], generator=self.g)
        if c["sort"] == "level":
            order = torch.argsort(level)
        elif c["sort"] == "pitch":
            order = torch.argsort((clean[:, 1:] * clean[:, :-1]).mean(1))
        return [(noisy[p], clean[p]) for p in order[: c["n"] // c["batch"] * c["batch"]].split(c["batch"])]


def objective(guess: Tensor, noisy: Tensor, clean: Tensor, conf: dict[str, Any]) -> tuple[Tensor, dict[str, float]]:
    """The loss, and its figures: dB, gain over the noisy sound, squares, spectra."""
    ratio = si_sdr(guess, clean)
    square = (guess - clean).square()
    wave = {"sisdr": lambda: -ratio.mean(), "mse": lambda: square.sum(1).mean() if conf["sum"] else square.mean(),
            "mae": lambda: (guess - clean).abs().mean(), "log_mse": lambda: torch.log10(square.mean(1) + 1e-8).mean(),
            "sdr_power": lambda: (10 ** (-ratio / 10)).mean()}[conf["name"]]()  # fmt: skip
    far = spectral(guess, clean) if conf["spectral"] else torch.zeros(())
    total = conf["times"] * (conf["wave"] * wave + conf["spectral"] * far)
    figures = {
        "wave": conf["wave"] * float(wave.detach()),
        "spec": conf["spectral"] * float(far.detach()),
        "sisdr": float(ratio.detach().mean()),
        "mse": float(square.detach().mean()),
    }
    with torch.no_grad():
        figures["gain"] = float((ratio.detach() - si_sdr(noisy, clean)).mean())
    return total, figures


def spoilt(noisy: Tensor, clean: Tensor, name: str, size: float, g: torch.Generator) -> tuple[Tensor, Tensor]:
    """A batch under a fault of the data."""
    if name == "louder_noise":
        noisy = noisy + size * torch.randn(noisy.shape, generator=g)
    elif name == "delayed":
        clean = torch.roll(clean, int(size), 1)
    elif name == "flipped":
        clean = -clean
    elif name == "clipped_sounds":
        noisy = noisy.clamp(-size, size)
    elif name == "broken_file" and float(torch.rand(1, generator=g)) < 0.035:
        clean = size * torch.randn(clean.shape, generator=g)
    elif name == "deaf":
        noisy = torch.zeros_like(noisy)
    return noisy, clean


class Cleaner:
    """The net, its optimiser and its schedule."""

    def __init__(self, conf: dict[str, dict[str, Any]], seed: int) -> None:
        torch.manual_seed(900 + seed)
        self.conf, self.net = conf, WaveNet(**conf["net"])
        self.slow = copy.deepcopy(self.net)
        o = conf["optim"]
        own = list((copy.deepcopy(self.net) if o["freeze"] else self.net).parameters())
        makers = {"adam": lambda: torch.optim.Adam(own, o["lr"], fused=True), "sgd": lambda: torch.optim.SGD(own, o["lr"], o["momentum"], weight_decay=o["weight_decay"]),
                  "adamw": lambda: torch.optim.AdamW(own, o["lr"], weight_decay=o["weight_decay"], fused=True), "rmsprop": lambda: torch.optim.RMSprop(own, o["lr"])}  # fmt: skip
        self.opt, self.factor, self.best, self.bad = makers[o["name"]](), 1.0, math.inf, 0

    def rate(self, t: int, total: int) -> float:
        """The rate of update ``t``."""
        name, x, warm = self.conf["sched"]["name"], self.conf["sched"]["x"], self.conf["sched"]["warm"]
        share = t / total
        factor = {
            "cosine": 0.5 * (1 + math.cos(math.pi * share)), "stairs": 0.25 ** int(share * max(1, x)), "cut": 0.04 if share > x else 1.0,
            "saw": 0.5 * (1 + math.cos(math.pi * ((share * x) % 1.0))), "wave": 0.05 + 0.95 * abs(1 - 2 * ((share * x) % 1.0)),
            "early": max(0.0, 1 - share / max(x, 1e-3)), "return": 0.5 * (1 + math.cos(math.pi * share * x)),
            "exp": math.exp(-x * share), "noam": min((t + 1) / max(1, x), (max(1, x) / (t + 1)) ** 0.5),
        }.get(name, 1.0)  # fmt: skip
        return self.conf["optim"]["lr"] * self.factor * factor * (min(1.0, (t + 1) / warm) if warm else 1.0)

    def heard(self, value: float) -> bool:
        """Tell of a validation: halves the rate after two that are no better (``halve``); whether to stop."""
        better = value < self.best - 1e-3
        self.best, self.bad = (value, 0) if better else (self.best, self.bad + 1)
        if self.conf["sched"]["name"] == "halve" and self.bad and self.bad % max(1, int(self.conf["sched"]["x"])) == 0:
            self.factor *= 0.5
        return bool(self.conf["run"]["patience"]) and self.bad >= self.conf["run"]["patience"]

    def learn(
        self, noisy: Tensor, clean: Tensor, rate: float, active: bool, g: torch.Generator, watch: str
    ) -> dict[str, float]:
        """One update."""
        fault, loss = self.conf["fault"], self.conf["loss"]
        name, size = fault["name"] if active else "", fault["size"]
        noisy, clean = spoilt(noisy, clean, name, size, g)
        guess = self.net(noisy)
        if name == "root":
            guess = torch.sqrt(guess + size)
        total, figures = objective(guess, noisy, clean, loss)
        if loss["l2"] or loss["l1"]:
            flat = torch.cat([p.flatten() for p in self.net.parameters()])
            extra = loss["l2"] * flat.square().sum() + loss["l1"] * flat.abs().sum()
            figures |= {"data": float(total.detach()), "reg": float(extra.detach())}
            total = total + extra
        for group in self.opt.param_groups:
            group["lr"] = rate * (size if name == "rate" else 1.0)
        for p in self.net.parameters():
            p.grad = None
        total.backward()
        grads = [p for p in self.net.parameters() if p.grad is not None]
        if name in {"uphill", "undivided"}:
            for p in grads:
                p.grad.mul_(-size if name == "uphill" else size)
        limit = self.conf["optim"]["clip"]
        norm = float(torch.nn.utils.clip_grad_norm_(grads, limit or math.inf))
        figures |= {
            "loss": float(total.detach()),
            "norm": norm,
            "norm_used": min(norm, limit or math.inf),
            "lr": self.opt.param_groups[0]["lr"],
        }
        old = [p.detach().clone() for p in grads] if "ratio" in watch else []
        self.opt.step()
        if self.conf["run"]["ema"]:
            with torch.no_grad():
                for a, b in zip(self.slow.parameters(), self.net.parameters(), strict=True):
                    a.lerp_(b, 1 - self.conf["run"]["ema"])
        if old:
            moved = sorted(
                float((p.detach() - q).norm() / (q.norm() + 1e-12))
                for p, q in zip(grads, old, strict=True)
                if p.dim() > 1
            )
            figures["update_ratio"] = moved[len(moved) // 2]
        return figures | self.inner(watch)

    def inner(self, watch: str) -> dict[str, float]:
        """Figures of the inside that are asked for."""
        figures = {}
        for i, (layer, out) in enumerate(zip(self.net.downs, self.net.seen, strict=True)):
            values = {
                "dead": (out.detach() <= 0).all(2).all(0).float().mean(),
                "std": out.detach().std(),
                "grad": layer.conv.weight.grad.norm(),
            }
            figures |= {f"{k}/down{i}": float(v) for k, v in values.items() if k in watch}
        if "grad" in watch:
            figures["grad/last"] = float(self.net.last.weight.grad.norm())
        return figures

    @torch.no_grad()
    def judge(self, task: Task) -> dict[str, float]:
        """Figures of the held-out sounds."""
        fault = self.conf["fault"]["name"]
        net = (self.slow if self.conf["run"]["ema"] or fault == "first_copy" else self.net).eval()
        pick = torch.randperm(task.conf["held"], generator=task.g)[: task.conf["held_draw"] or task.conf["held"]]
        noisy, clean = task.held[0][pick], task.held[1][pick]
        guess = net(noisy)
        total, figures = objective(guess, noisy, clean, self.conf["loss"])
        if fault == "scores_input":
            figures |= {"sisdr": float(si_sdr(noisy, clean).mean()), "gain": 0.0}
        self.net.train()
        return {f"val_{k}": v for k, v in (figures | {"loss": float(total)}).items()}


def train(seed: int, log: str = "loss val_loss", watch: str = "", **sections: dict[str, Any]) -> list[dict[str, float]]:
    """Records of a run; ``sections`` over those of CONF; ``log``: figures, ``figure=name`` to rename."""
    for name, values in sections.items():
        if name != "net" and values.keys() - CONF[name].keys():
            raise TypeError(f"{name}: {sorted(values.keys() - CONF[name].keys())}")
    conf = {name: CONF[name] | sections.get(name, {}) for name in CONF}
    task, model, run = Task(conf["data"], seed), Cleaner(conf, seed), conf["run"]
    names = dict((*word.split("="), word)[:2] for word in log.split())
    per, t, heap, records = conf["data"]["n"] // conf["data"]["batch"], 0, [], []
    total = per * run["epochs"]
    for epoch in range(run["epochs"]):
        for noisy, clean in task.epoch():
            active = conf["fault"]["begin"] <= t / total < conf["fault"]["end"]
            heap.append(model.learn(noisy, clean, model.rate(t, total), active, task.g, watch))
            t += 1
            ends, stop, verdict = t % per == 0, False, {}
            if ends and (epoch + 1) % run["eval_every"] == 0:
                verdict = model.judge(task)
                stop = model.heard(verdict["val_loss"])
            if t % (run["every"] or per) == 0 or (verdict and "val_" in log):
                means = (
                    heap[-1] if run["last"] or not heap else {k: sum(h[k] for h in heap) / len(heap) for k in heap[0]}
                )
                shown = {new: (means | verdict)[k] for k, new in names.items() if k in means or k in verdict}
                records.append(
                    {"step": t, "epoch": epoch}
                    | shown
                    | {k: v for k, v in means.items() if "/" in k or k == "update_ratio"}
                )
                heap = []
            if stop:
                return records
    return records

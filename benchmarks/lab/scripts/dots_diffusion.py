"""Diffusion and flow matching on dots and tiny pictures: noise is predicted, an average of the weights is judged."""

from __future__ import annotations

import copy
import math
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor

from benchmarks.lab.scripts.dots_diffusion_parts import Denoiser, Noise, dots, energy

torch.set_num_threads(1)
Record = dict[str, float]

KNOBS: dict[str, Any] = {
    "data": "rings", "n": 2048, "held": 256, "batch": 128, "steps": 800, "target": "eps", "noise": "linear", "times": 100, "net": {}, "weigh": "", "vb": 0.0,
    "opt": "adam", "lr": 1e-3, "plan": "", "at": 0.5, "warm": 0, "clip": 0.0, "ema": 0.0, "decay": 0.0, "ridge": 0.0, "accumulate": 1, "pixels": 1.0, "levels": 0.0,
    "multiply": 1.0, "order": "", "fault": "", "begins": 0.5, "force": 1.0, "chance": 0.02, "new_times": False, "judged": "ema", "grows": 0.0,
    "log": 20, "mean": True, "judge": 0, "sample": 0, "names": {}, "show": ("loss",), "watch": {},
}  # fmt: skip


class Training:
    """The state of one training and what happens in a step of it."""

    def __init__(self, seed: int, o: SimpleNamespace) -> None:
        torch.manual_seed(2000 + seed)
        self.o, self.g = o, torch.Generator().manual_seed(17 * seed + 3)
        self.x, self.kind = dots(o.data, o.n, self.g)
        self.held, _ = dots(o.data, o.held, self.g)
        if o.levels:
            self.x, self.held = ((v + 1) / 2 * o.levels for v in (self.x, self.held))
        if o.order == "kind":
            turn = self.kind.argsort(stable=True)
            self.x = self.x[turn]
        if o.order == "far":
            self.x = self.x[self.x.norm(dim=1).argsort()]
        size = self.x.shape[1]
        self.net = Denoiser(size, twice=bool(o.vb), **o.net)
        self.shadow = copy.deepcopy(self.net).eval()
        self.noise = Noise(o.noise, o.times)
        other = copy.deepcopy(self.net)
        self.own = list((other if o.fault == "copy" else self.net).parameters())
        self.opt = self.optimiser()
        self.queue: list[Tensor] = []
        self.fixed = (torch.randint(0, o.times, (o.held,), generator=self.g), torch.randn(self.held.shape, generator=self.g))  # fmt: skip
        self.t, self.epoch = 0, 0

    def optimiser(self) -> torch.optim.Optimizer:
        o = self.o
        if o.opt == "sgd":
            return torch.optim.SGD(self.own, o.lr, weight_decay=o.decay)
        if o.opt == "momentum":
            return torch.optim.SGD(self.own, o.lr, 0.9, weight_decay=o.decay)
        return torch.optim.AdamW(self.own, o.lr, weight_decay=o.decay, fused=True)

    def rate(self) -> float:
        o, x = self.o, self.t / self.o.steps
        factor = min(1.0, (self.t + 1) / o.warm) if o.warm else 1.0
        if o.plan == "cosine":
            factor *= 0.5 * (1 + math.cos(math.pi * x))
        elif o.plan == "linear":
            factor *= 1 - x
        elif o.plan == "cut":
            factor *= 1.0 if x < o.at else 0.03
        elif o.plan == "stairs":
            factor *= 0.2 ** int(x / o.at)
        elif o.plan == "again":
            factor *= 0.02 + 0.49 * (1 + math.cos(math.pi * ((x / o.at) % 1)))
        elif o.plan == "wave":
            factor *= 0.1 + 0.45 * (1 - math.cos(2 * math.pi * x / o.at))
        elif o.plan == "over":
            factor *= max(0.0, 1 - x / o.at)
        elif o.plan == "inverse":
            factor *= (max(self.t, 50) / 50) ** -0.5
        return o.lr * factor

    def next_batch(self) -> Tensor:
        o = self.o
        if not self.queue:
            n = len(self.x) if not o.grows else int(len(self.x) * min(1.0, o.grows + self.t / o.steps))
            turn = torch.arange(n) if o.order else torch.randperm(n, generator=self.g)
            self.queue = list(turn[: max(n // o.batch, 1) * o.batch].split(o.batch))[::-1]
            self.epoch += self.t > 0
        return self.x[self.queue.pop()]

    def losses(self, net: Denoiser, x: Tensor, t: Tensor, noise: Tensor, on: bool) -> dict[str, Tensor]:
        """The terms of the loss, and the loss of each picture."""
        o = self.o
        if on and o.fault == "brighter":
            x = x * o.force
        if on and o.fault == "corrupt" and float(torch.rand(1, generator=self.g)) < o.chance:
            x = x + o.force * torch.randn(x.shape, generator=self.g)
        if o.target == "flow":
            s = (t[:, None] + 0.5) / o.times
            seen, goal, a, s2 = (1 - s) * x + s * noise, noise - x, 1 - s, s
        else:
            seen, a, s2 = self.noise.mix(x, noise, t)
            goal = {"eps": noise, "x0": x, "v": a * noise - s2 * x}[o.target]
        if on and o.fault == "other_noise":
            goal = goal[torch.randperm(len(goal), generator=self.g)]
        out = net(seen, (t / o.times) if o.fault != "steps_raw" else t.float())
        first = out[:, : x.shape[1]]
        each = (first - goal).square().mean(1) * o.pixels
        if on and o.fault == "log_target":
            each = (torch.log(first) - goal).square().mean(1)
        if o.weigh == "snr":
            each = each * ((a / s2) ** 2)[:, 0]
        if o.weigh == "min_snr":
            each = each * ((a / s2) ** 2)[:, 0].clamp(max=5) / (a / s2)[:, 0] ** 2
        terms = {"each": each, "mse": each.mean()}
        if o.vb:
            spread = out[:, x.shape[1] :].clamp(-8, 8)
            terms["vb"] = (
                o.vb * (0.5 * (spread + (first.detach() - goal).square() * torch.exp(-spread))).mean() + o.vb * 2
            )
        if o.ridge and net.training:
            terms["reg"] = o.ridge * torch.stack([p.square().sum() for p in net.parameters()]).sum()
        return terms

    def resume(self) -> None:
        """A restart from a rounded file, without the state of the optimiser."""
        self.opt = self.optimiser()
        with torch.no_grad():
            for p in self.own:
                p.add_(self.o.force * p.std(correction=0) * torch.randn(p.shape, generator=self.g))

    def quartiles(self, each: Tensor, t: Tensor) -> Record:
        """The loss by quarters of the time, where it is asked for."""
        parts = {f"loss_q{q}": each[t * 4 // self.o.times == q] for q in range(4) if "loss_q0" in self.o.show}
        return {name: float(own.mean()) for name, own in parts.items() if len(own)}

    def step(self) -> Record:
        """One update."""
        o = self.o
        on = self.t >= o.begins * o.steps or o.fault in {"corrupt", "other_noise", "log_target"}
        rate = self.rate() * (o.force if on and o.fault == "rate" else 1.0)
        for group in self.opt.param_groups:
            group["lr"] = rate
        if on and o.fault == "resumed" and self.t == int(o.begins * o.steps):
            self.resume()
        self.opt.zero_grad()
        told: Record = defaultdict(float)
        for _ in range(o.accumulate):
            x = self.next_batch()
            t = torch.randint(0, o.times, (len(x),), generator=self.g)
            if o.order == "time":
                t = (self.t * o.times // 40 + torch.randint(0, max(1, o.times // 40), (len(x),), generator=self.g)) % o.times  # fmt: skip
            terms = self.losses(self.net, x, t, torch.randn(x.shape, generator=self.g), on)
            each = terms.pop("each").detach()
            loss = o.multiply * torch.stack(list(terms.values())).sum()
            (loss / (1 if on and o.fault == "undivided" else o.accumulate)).backward()
            for k, v in terms.items():
                told[k] += o.multiply * float(v.detach()) / o.accumulate
            told["loss"] += float(loss.detach()) / o.accumulate
            told |= self.quartiles(each, t)
        grads = [p.grad for p in self.net.parameters() if p.grad is not None]
        if on and o.fault in {"ascent", "undivided"}:
            torch._foreach_mul_(grads, -o.force if o.fault == "ascent" else o.force)
        norm = float(torch.nn.utils.get_total_norm(grads)) if o.clip or "norm" in o.show else 0.0
        if o.clip and norm > o.clip:
            torch._foreach_mul_(grads, o.clip / norm)
        told |= {"norm": norm, "clipped": min(norm, o.clip or norm), "lr": rate}
        if o.fault != "asleep":
            self.opt.step()
        if o.ema and o.fault != "ema_off":
            d = min(o.ema, (1 + self.t) / (10 + self.t))
            with torch.no_grad():
                torch._foreach_lerp_(list(self.shadow.parameters()), list(self.net.parameters()), 1 - d)
        self.t += 1
        return dict(told)

    @torch.no_grad()
    def verdict(self) -> Record:
        """Losses of the held-out dots, at fixed times and noise unless ``new_times``."""
        o = self.o
        net = self.shadow if o.ema and o.judged == "ema" else self.net
        if o.judged == "start":
            net = self.shadow
        times, noise = self.fixed
        if o.new_times:
            times = torch.randint(0, o.times, (o.held,), generator=self.g)
            noise = torch.randn(self.held.shape, generator=self.g)
        training = net.training
        net.eval()
        found = self.losses(net, self.held, times, noise, False)
        told = {f"val_{k}": o.multiply * float(v) for k, v in found.items() if k != "each"}
        told["val_loss"] = sum(told.values())
        if o.sample and self.t % o.sample == 0:
            told["val_energy"] = energy(self.draw(net), self.held[:200])
        net.train(training)
        return told

    def draw(self, net: Denoiser, n: int = 200) -> Tensor:
        """Samples, by the plain way back in time."""
        o, size = self.o, self.held.shape[1]
        x = torch.randn(n, size, generator=self.g)
        hops = range(o.times - 1, -1, -max(1, o.times // 25))
        for i, t in enumerate(hops):
            at = torch.full((n,), t)
            out = net(x, at / o.times)[:, :size]
            if o.target == "flow":
                x = x - out * max(1, o.times // 25) / o.times
                continue
            a, s = self.noise.keep[t].sqrt(), (1 - self.noise.keep[t]).sqrt()
            clean = {"eps": (x - s * out) / a, "x0": out, "v": a * x - s * out}[o.target].clamp(-3, 3)
            last = i == len(hops) - 1
            to = self.noise.keep[hops[i + 1]] if not last else torch.tensor(1.0)
            x = to.sqrt() * clean + (1 - to).sqrt() * ((x - a * clean) / s.clamp(min=1e-4))
        return x.clamp(-5, 5)

    def inside(self, before: list[Tensor]) -> Record:
        """What ``watch`` asks of the layers: what → a name with {} for the number of the layer."""
        told: Record = {}
        for i, (block, out) in enumerate(zip(self.net.blocks, self.net.seen, strict=True)):
            grad = block.weight.grad
            values = {"grads": float(grad.norm()) if grad is not None else 0.0, "std": float(out.detach().std()),
                      "dead": float((out.detach() <= 0).all(0).float().mean()),
                      "ratio": float((block.weight.detach() - before[i]).norm() / (before[i].norm() + 1e-12))}  # fmt: skip
            told |= {name.format(i): values[what] for what, name in self.o.watch.items()}
        return told


def train(seed: int, **args: Any) -> list[Record]:
    """Records of every ``log`` updates: their means, or the last one."""
    if unknown := args.keys() - KNOBS.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    o = SimpleNamespace(**(KNOBS | args))
    it = Training(seed, o)
    records, pile = [], []
    judges = any(name.startswith("val_") for name in o.show)
    for _ in range(o.steps):
        before = [b.weight.detach().clone() for b in it.net.blocks] if o.watch else []
        pile.append(it.step())
        if it.t % o.log:
            continue
        if o.mean:
            seen = {k: sum(own) / len(own) for k in o.show if (own := [p[k] for p in pile if k in p])}
        else:
            seen = {k: pile[-1][k] for k in o.show if k in pile[-1]}
        if judges and it.t % (o.judge or o.log) == 0:
            found = it.verdict()
            seen |= {k: found[k] for k in o.show if k in found}
        named = {o.names.get(k, k): v for k, v in seen.items()} | (it.inside(before) if o.watch else {})
        records.append({"step": it.t, "epoch": it.epoch} | named)
        pile = []
    return records

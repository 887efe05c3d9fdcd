"""Fitting networks of coordinates, by steps: the groups of settings are scene, net, opt, plan, loss, log and trouble."""

from __future__ import annotations

import copy
import math
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.lab.scripts.neural_field_parts import Field, Scene, distances, integrate, pixels, views

torch.set_num_threads(1)

GROUPS: dict[str, dict[str, Any]] = {
    "scene": {"kind": "picture", "side": 32, "edge": 0.03, "share": 0.7, "grain": 0.0, "n": 1200, "held": 400, "wrong": 0.0,
              "views": 16, "held_views": 4, "width": 24, "backdrop": 1.0, "wobble": 0.0, "low": 0.0, "high": 1.0},
    "net": {},
    "opt": {"kind": "adam", "lr": 1e-3, "beta": 0.9, "decay": 0.0, "clip": 0.0},
    "plan": {"kind": "same", "warm": 0},
    "loss": {"kind": "mse", "times": 1.0, "eikonal": 0.0, "main": 1.0, "smooth": 0.0, "weights": 0.0, "empty": 0.0,
             "samples": 16, "softplus": True, "stratified": True},
    "log": {"every": 10, "mean": True, "hold": 0, "show": ("loss", "psnr", "val_loss", "val_psnr"), "names": {}, "inside": {}, "average": 0.0, "draw": 0},
    "trouble": {"kind": "", "at": 0.0, "until": 1.0, "size": 1.0},
}  # fmt: skip


def schedule(t: int, total: int, how: SimpleNamespace) -> float:
    """The share of the rate at step t."""
    ramp = min(1.0, (t + 1) / how.warm) if how.warm else 1.0
    x = t / total
    match how.kind:
        case "cosine":
            return ramp * (0.01 + 0.99 * (1 + math.cos(math.pi * x)) / 2)
        case "exponential":  # as radiance fields decay: to ``to`` of the rate at the end
            return ramp * how.to**x
        case "steps":
            return ramp * how.by ** sum(x > at for at in how.when)
        case "triangles":
            return 0.05 + 0.95 * (1 - abs(2 * ((t / how.period) % 1) - 1))
        case "restarts":
            return 0.02 + 0.98 * (1 + math.cos(math.pi * ((t / how.period) % 1))) / 2
        case "hump":
            return 0.05 + 0.95 * x / how.top if x < how.top else max(1e-3, (1 - x) / (1 - how.top))
        case "ends":
            return max(0.0, 1 - x / how.when)
    return ramp


def scene_of(seed: int, s: SimpleNamespace) -> tuple[Scene, int, int]:
    """The scene with the dimensions of its coordinates and values."""
    g = torch.Generator().manual_seed(500 + seed)
    if s.kind in {"picture", "grey"}:
        channels = 3 if s.kind == "picture" else 1
        found = pixels(g, s.side, 2, channels, s.edge, s.share, s.grain), 2, channels
    elif s.kind == "volume":
        found = pixels(g, s.side, 3, 1, s.edge, s.share, s.grain), 3, 1
    elif s.kind == "views":
        return views(g, s.views, s.held_views, s.width, s.backdrop, s.wobble), 2, 4
    else:
        return distances(g, s.n, s.held, 3, s.kind == "inside", s.wrong), 3, 1
    for _, y in (found[0].known, found[0].held):
        y.mul_(s.high - s.low).add_(s.low)
    return found


def optimiser_of(net: Field, o: SimpleNamespace) -> torch.optim.Optimizer:
    kinds = {
        "adam": lambda: torch.optim.Adam(net.parameters(), o.lr, betas=(o.beta, 0.99), fused=True),
        "adamw": lambda: torch.optim.AdamW(net.parameters(), o.lr, weight_decay=o.decay, fused=True),
        "sgd": lambda: torch.optim.SGD(net.parameters(), o.lr, o.beta, fused=True),
        "rmsprop": lambda: torch.optim.RMSprop(net.parameters(), o.lr),
    }
    return kinds[o.kind]()


class Fitting:
    """A scene, a network and what may go wrong with them."""

    def __init__(self, seed: int, settings: dict[str, SimpleNamespace]) -> None:
        self.s, self.loss, self.log, self.bad = (
            settings["scene"],
            settings["loss"],
            settings["log"],
            settings["trouble"],
        )
        torch.manual_seed(40 + seed)
        self.g = torch.Generator().manual_seed(77 * seed + 1)
        self.scene, d, outputs = scene_of(seed, self.s)
        self.net = Field(d, outputs, **vars(settings["net"]))
        self.shown = copy.deepcopy(self.net)
        self.scale = self.s.high - self.s.low
        x, y = self.scene.known
        if self.bad.kind == "shuffled":
            self.scene.known = x, y[torch.randperm(len(y), generator=self.g)]
        if self.bad.kind == "pixel_units":
            self.scene.known, self.scene.held = ((a * self.bad.size, b) for a, b in (self.scene.known, self.scene.held))
        if self.bad.kind == "integer":  # coordinates divided as whole numbers
            self.scene.known, self.scene.held = ((torch.trunc(a), b) for a, b in (self.scene.known, self.scene.held))

    def predict(self, net: Field, x: Tensor, train: bool) -> Tensor:
        if not self.scene.rays:
            return net(x)
        return integrate(
            lambda p: net.light(p, self.loss.softplus),
            x,
            self.loss.samples,
            self.s.backdrop,
            self.g if train and self.loss.stratified else None,
        )

    def spoil(self, x: Tensor, y: Tensor, rows: Tensor, active: bool) -> tuple[Tensor, Tensor]:
        """What happens to a batch."""
        kind, size = self.bad.kind if active else "", self.bad.size
        if kind == "flash" and float(torch.rand(1, generator=self.g)) < 0.02:  # a broken picture
            return x, y + size
        if kind == "exposure":  # a part of the pictures with another exposure
            return x, y * size
        if kind == "next_picture":
            return x.flip(1), y
        if kind == "poses":  # cameras are shifted
            off = size * torch.sin(1.0 + self.scene.view[rows][:, None] * torch.tensor([2.3, 1.7]))
            return torch.cat([x[:, :2] + off, x[:, 2:]], 1), y
        if kind == "grain":
            return x, y + size * torch.randn(y.shape, generator=self.g)
        if kind == "jitter":  # coordinates are shaken for regularisation
            return x + size * torch.randn(x.shape, generator=self.g), y
        return x, y

    def cost(self, net: Field, x: Tensor, y: Tensor, train: bool) -> tuple[Tensor, dict[str, Tensor]]:
        """The loss and its parts."""
        p = self.loss
        if p.eikonal and train:
            x = x.requires_grad_()
        out = self.predict(net, x, train)
        if p.kind == "bce":
            main = F.binary_cross_entropy_with_logits(out, y)
        elif p.kind == "l1":
            main = (
                (out.clamp(-0.3, 0.3) - y.clamp(-0.3, 0.3)).abs().mean()
                if self.s.kind == "distance"
                else (out - y).abs().mean()
            )
        elif p.kind == "gamma":  # the error of tone-mapped values
            main = (out ** (1 / 2.2) - y.clamp(1e-4) ** (1 / 2.2)).square().mean()
        elif p.kind == "relative":  # the error over the prediction, as for pictures of high range
            main = ((out - y).square() / (out.detach().square() + 1e-2)).mean()
        else:
            main = (out - y).square().mean()
        error = (out.detach() - y).square().mean() / self.scale**2
        parts = {
            "main": p.main * main,
            "psnr": -10 * torch.log10(error + 1e-12),
            "mse": error * self.scale**2,
            "mae": (out.detach() - y).abs().mean(),
        }
        if p.kind == "bce":
            hit = (out > 0).float()
            parts |= {"iou": (hit * y).sum() / ((hit + y) > 0).sum().clamp(min=1), "acc": (hit == y).float().mean()}
        total = p.main * main
        if p.eikonal and train:
            slope = torch.autograd.grad(out.sum(), x, create_graph=True)[0].norm(dim=1)
            parts["eikonal"] = p.eikonal * (slope - 1).square().mean()
            total = total + parts["eikonal"]
        if p.smooth and train:
            near = self.predict(net, x.detach() + 0.05 * torch.randn(x.shape, generator=self.g), train)
            parts["smooth"] = p.smooth * (near - out).square().mean()
            total = total + parts["smooth"]
        if p.weights and train:
            parts["reg"] = p.weights * sum(w.square().sum() for w in net.parameters())
            total = total + parts["reg"]
        if p.empty and train:  # space shall be empty
            where = 2 * torch.rand(256, 2, generator=self.g) - 1
            parts["empty"] = p.empty * net.light(where, p.softplus)[0].mean()
            total = total + parts["empty"]
        return total * p.times, parts

    @torch.no_grad()
    def held_out(self) -> dict[str, float]:
        net = self.shown if self.log.average or self.bad.kind == "old" else self.net
        net.eval()
        x, y = self.scene.held
        if self.log.draw:
            rows = torch.randint(len(x), (self.log.draw,), generator=self.g)
            x, y = x[rows], y[rows]
        if self.bad.kind == "blind":  # rendered beyond the far plane: nothing but the backdrop
            x = torch.cat([x[:, :2] * 9, x[:, 2:]], 1)
        total, parts = self.cost(net, x, y, False)
        net.train()
        return {f"val_{k}": float(v) for k, v in (parts | {"loss": total}).items()}

    def inside(self, before: list[Tensor]) -> dict[str, float]:
        told = {}
        for i, (layer, h, old) in enumerate(zip(self.net.inner, self.net.seen, before, strict=True)):
            w, flat = layer.linear.weight, h.detach().flatten(0, -2)
            values = {"spread": flat.std(), "dead": (flat <= 0).all(0).float().mean(), "grad": w.grad.norm(),
                      "ratio": (w.detach() - old).norm() / (old.norm() + 1e-12)}  # fmt: skip
            told |= {name.format(i): float(values[what]) for what, name in self.log.inside.items()}
        return told


def order(fit: Fitting, batch: int, raster: str) -> Any:
    """Endless batches of rows with the number of the pass they belong to."""
    n, turn = len(fit.scene.known[0]), 0
    while True:
        rows = torch.arange(n) if raster else torch.randperm(n, generator=fit.g)
        if raster == "value":
            rows = torch.argsort(fit.scene.known[1].mean(1), stable=True)
        for part in rows[: max(1, n // batch) * batch].split(batch):
            yield turn, part
        turn += 1


def train(
    seed: int, steps: int = 400, batch: int = 192, raster: str = "", **groups: dict[str, Any]
) -> list[dict[str, float]]:
    """The log of a fit of ``steps`` updates; ``groups`` over GROUPS."""
    settings = {name: SimpleNamespace(**(GROUPS[name] | groups.pop(name, {}))) for name in GROUPS}
    if groups:
        raise TypeError(f"unknown: {sorted(groups)}")
    fit = Fitting(seed, settings)
    o, plan, log, bad, net = settings["opt"], settings["plan"], settings["log"], settings["trouble"], fit.net
    optimiser = optimiser_of(copy.deepcopy(net) if bad.kind == "detached" else net, o)
    flow, table, sums = order(fit, batch, raster), [], []
    for t in range(steps):
        turn, rows = next(flow)
        active = bad.at <= t / steps < bad.until
        rate = o.lr * schedule(t, steps, plan) * (bad.size if active and bad.kind == "rate" else 1.0)
        if active and bad.kind == "restart" and t / steps - 1 / steps < bad.at:  # resumed without the optimiser's state
            optimiser = optimiser_of(net, o)
        for group in optimiser.param_groups:
            group["lr"] = rate
        x, y = fit.spoil(fit.scene.known[0][rows], fit.scene.known[1][rows], rows, active)
        total, parts = fit.cost(net, x, y, True)
        optimiser.zero_grad()
        (-total * bad.size if active and bad.kind == "sign" else total).backward()
        told = {k: float(v.detach()) for k, v in parts.items()} | {"loss": float(total.detach()), "lr": rate}
        if o.clip or "norm" in log.show:
            told["norm"] = float(torch.nn.utils.clip_grad_norm_(net.parameters(), o.clip or math.inf, foreach=True))
            told["norm_clipped"] = min(told["norm"], o.clip or math.inf)
        before = [layer.linear.weight.detach().clone() for layer in net.inner] if log.inside else []
        optimiser.step()
        if log.average:
            for a, b in zip(fit.shown.parameters(), net.parameters(), strict=True):
                a.data.lerp_(b.data, 1 - log.average)
        sums.append(told)
        if (t + 1) % log.every == 0:
            pick = sums if log.mean else sums[-1:]
            row = {k: sum(r[k] for r in pick) / len(pick) for k in pick[-1]}
            if (t + 1) % (log.hold or log.every) == 0 and any(k.startswith("val_") for k in log.show):
                row |= fit.held_out()
            line = {log.names.get(k, k): row[k] for k in log.show if k in row}
            table.append({"step": t + 1, "epoch": turn} | line | (fit.inside(before) if log.inside else {}))
            sums = []
    return table

"""Driving like a driver: angle and throttle from what a camera or a lidar sees, by regression or over bins of the angle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.lessons import USUAL, Lesson, Now, Record, teach
from benchmarks.lab.scripts.road_steer_parts import BINS, Pilot, drive

OWN: dict[str, Any] = {
    "view": "camera", "n": 960, "held": 320, "net": {}, "goal": "mse", "weights": (1.0, 1.0), "unit": 1.0, "centre": (0.0, 0.0), "driver": 0.05,
    "dust": 0.15, "other_course": False, "order": "shuffled", "shake": 0.0, "smooth": 0.0, "penalty": 0.0, "grow": 0, "straight": 0.0, "tell": 1.0,
}  # fmt: skip
"""``unit``, ``centre``: controls are written as centre + unit * value. ``order``: shuffled, laps (as driven), angle, sessions.
``grow``: parts in which the data arrives. ``straight``: share of frames on straight road only. ``tell``: scale of the loss."""


class Driving(Lesson):
    """Frames of a drive and a pilot."""

    def __init__(self, seed: int, o: dict[str, Any]) -> None:
        super().__init__(seed, o)
        torch.manual_seed(60 + seed)
        self.ours = drive(o["n"], 101 + 7 * seed, o["view"], 1, o["driver"], o["dust"])
        self.held = drive(o["held"], 102 + 7 * seed, o["view"], 5 if o["other_course"] else 1, o["driver"], o["dust"])
        for part in (self.ours, self.held):
            part["told"] = part["told"] * o["unit"] + torch.tensor(o["centre"])
            if o["straight"]:
                easy = (torch.rand(len(part["told"]), generator=self.dice) < o["straight"])[:, None]
                part["told"] = torch.where(easy, part["told"] * torch.tensor([0.05, 1.0]), part["told"])
            if self.trouble == "bytes":
                part["seen"] = (part["seen"] + 0.5) * 255 * self.size
            if self.trouble == "blind":
                part["seen"] = part["seen"] * 0
            if self.trouble == "low_half":
                part["seen"] = part["seen"].clone()
                part["seen"][..., : int(self.size), :] = 0
        if self.trouble == "misjoined":
            self.ours["told"] = self.ours["told"][torch.randperm(o["n"], generator=self.dice)]
        if self.trouble == "late_frames":
            self.ours["told"] = self.ours["told"].roll(int(self.size), 0)
        self.net = Pilot(o["view"], BINS if o["goal"] == "bins" else 4 if o["goal"] == "nll" else 2, **o["net"])

    def batches(self, epoch: int) -> Iterator[Tensor]:
        """Numbers of frames."""
        o = self.o
        n = o["n"]
        if o["grow"]:
            n = o["n"] * (1 + min(o["grow"] - 1, max(0, epoch) * o["grow"] // o["epochs"])) // o["grow"]
        if o["order"] == "angle":
            order = torch.argsort(self.ours["told"][:, 0])
        elif o["order"] == "laps":
            order = torch.arange(n)
        elif o["order"] == "sessions":
            order = torch.argsort(self.ours["place"] // 60, stable=True)
        else:
            order = torch.randperm(n, generator=self.dice)
        pick = order.split(o["batch"])
        yield from (p for p in pick if len(p) == o["batch"])

    def loss(self, batch: Tensor, now: Now) -> tuple[Tensor, Record]:
        """Weighted sum of the two controls' losses."""
        seen, told, o = self.ours["seen"][batch], self.ours["told"][batch], self.o
        if o["shake"]:
            seen = seen * (1 + o["shake"] * torch.randn(len(seen), *[1] * (seen.dim() - 1), generator=now.dice))
            seen = seen + o["shake"] * torch.randn(seen.shape, generator=now.dice)
        if now.live:
            if self.trouble == "exposure":
                seen = seen * self.size + 0.2 * (self.size - 1)
            if self.trouble == "mirrored":
                seen = seen.flip(-1)
            if self.trouble == "degrees":
                told = told * torch.tensor([self.size, 1.0])
            if self.trouble == "flare" and float(torch.rand(1, generator=now.dice)) < 0.02:
                seen = seen + self.size
            if self.trouble == "hand_off" and float(torch.rand(1, generator=now.dice)) < 0.015:
                told = told + self.size
            if self.trouble == "gap":
                told = torch.where(torch.arange(len(told))[:, None] == 0, torch.nan, told)
            if self.trouble == "rain":
                seen = seen + self.size * torch.randn(seen.shape, generator=now.dice)
        return self._measured(self.net, seen, told, True)

    def _measured(self, net: nn.Module, seen: Tensor, told: Tensor, learning: bool) -> tuple[Tensor, Record]:
        o, said = self.o, net(seen)
        if o["goal"] == "bins":
            bins = ((told[:, 0] + 0.9) / 1.8 * BINS).long().clamp(0, BINS - 1)
            loss = F.cross_entropy(said, bins, label_smoothing=o["smooth"] if learning else 0.0)
            hit = (said.argmax(1) == bins).float().mean()
            if self.trouble == "always_first" and not learning:
                hit = (bins == 0).float().mean()
            return loss, {"loss": float(loss.detach()), "acc": float(hit), "near": float(hit)}
        hands, parts = said[:, :2], []
        for i in range(2):
            if o["goal"] == "nll":
                parts.append((said[:, 2 + i] + (hands[:, i] - told[:, i]) ** 2 * torch.exp(-said[:, 2 + i])).mean() / 2)
            else:
                kind = {"mse": F.mse_loss, "mae": F.l1_loss, "huber": F.smooth_l1_loss}[o["goal"]]
                parts.append(kind(hands[:, i], told[:, i]))
        if self.trouble == "summed":
            parts = [part * len(told) for part in parts]
        loss = o["tell"] * (o["weights"][0] * parts[0] + o["weights"][1] * parts[1])
        away = (hands - told).abs().detach()
        if self.trouble == "whole" and not learning:
            away = torch.ones_like(away)
        unexplained = (away[:, 0] ** 2).mean() / told[:, 0].var()
        figures = {"angle": float(parts[0].detach()), "throttle": float(parts[1].detach()), "mae": float(away[:, 0].mean()),
                   "r2": 1 - float(unexplained), "near": float((away[:, 0] < 0.08 * o["unit"]).float().mean())}  # fmt: skip
        if o["penalty"] and learning:
            size = o["penalty"] * torch.stack([p.square().sum() for p in net.parameters()]).sum()
            figures["penalty"], figures["data"] = float(size.detach()), float(loss.detach())
            loss = loss + size
        return loss, {"loss": float(loss.detach())} | figures

    def exam(self, net: nn.Module) -> Record:
        """Figures of the other drive."""
        return self._measured(net, self.held["seen"], self.held["told"], False)[1]


def train(seed: int, **args: Any) -> list[Record]:
    """Notes of one run; ``args`` over OWN and USUAL."""
    o = USUAL | OWN
    if unknown := args.keys() - o.keys():
        raise TypeError(f"unknown: {sorted(unknown)}")
    return teach(Driving(seed, o | args))

"""Nowcasting: the next two pictures of a radar out of the last four, with the mishaps of such trainings."""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.lab.scripts.rain_radar_parts import AHEAD, build, films
from benchmarks.lab.scripts.staged_fit import Figures, Fitting, Table


class RainRadar(Fitting):
    """``goal``: mse, mae, wmae, bce, nll, sum (over pixels), mix (intensities and a mask). ``unit``: of the targets."""

    topic: ClassVar[dict[str, Any]] = {"goal": "mse", "unit": 1.0, "unit_in": 1.0, "sky": {}, "threshold": 0.25, "mask": 0.1, "amount": 1.0, "factor": 1.0,
             "false": 0.0}  # fmt: skip

    def tables(self) -> tuple[Table, Table]:
        """Films of the training and held-out ones."""
        o = self.o
        ours, held = films(o.n, 400 + self.seed, **o.sky), films(o.held, 800 + self.seed, **o.sky)
        for part in (ours, held):
            part["ahead"], part["past"] = part["ahead"] * o.unit, part["past"] * o.unit_in
            if self.on("blind"):
                part["past"] = part["past"].mean((2, 3), keepdim=True).expand_as(part["past"]).clone()
            if self.on("one_frame"):
                part["past"] = part["past"][:, :1].expand_as(part["past"]).clone()
            if self.on("joined_wrongly"):
                part["ahead"] = part["ahead"][torch.randperm(len(part["ahead"]), generator=self.chance)]
        if o.false:
            wrong = torch.rand(o.n, generator=self.chance) < o.false
            ours["ahead"][wrong] = ours["ahead"].roll(1, 0)[wrong]
        return ours, held

    def network(self) -> nn.Module:
        """As many outputs as the goal needs."""
        return build(AHEAD * (2 if self.o.goal in {"nll", "mix"} else 1), **self.o.net)

    def spoil(self, past: Tensor, ahead: Tensor) -> tuple[Tensor, Tensor]:
        """Mishaps of the input of training."""
        if k := self.on("calibration"):
            past, ahead = past * k, ahead * k
        if k := self.on("gain_in"):
            past = past * k
        if k := self.on("clutter"):
            past = past + k * torch.randn(past.shape, generator=self.chance)
        if (k := self.on("ducting")) and float(torch.rand(1, generator=self.chance)) < 0.025:
            past = past * k
        if (k := self.on("hail")) and float(torch.rand(1, generator=self.chance)) < 0.03:
            ahead = ahead * k
        if self.on("shuffled"):
            ahead = ahead.roll(1, 0)
        if self.on("no_coverage"):
            past = past / (past * 0)
        return past, ahead

    def score(self, net: nn.Module, rows: Table) -> tuple[Tensor, Figures]:
        """The loss and its terms; CSI, POD and FAR at the threshold, MAE, PSNR."""
        o, past, ahead = self.o, rows["past"], rows["ahead"]
        if net.training:
            past, ahead = self.spoil(past, ahead)
        out = net(past)
        mean, extra = out[:, :AHEAD], out[:, AHEAD:]
        told: Figures = {}
        if o.goal == "bce":
            loss = F.binary_cross_entropy_with_logits(mean, (ahead > o.threshold * o.unit).float())
            yes = mean > 0
        else:
            off = mean - ahead
            loss = {
                "mse": lambda: off.square().mean(),
                "sum": lambda: off.square().sum((1, 2, 3)).mean(),
                "mae": lambda: off.abs().mean(),
                "wmae": lambda: (off.abs() * (1 + 10 * ahead / o.unit)).mean(),
                "nll": lambda: (0.5 * extra.clamp(-9, 9) + 0.5 * off.square() * torch.exp(-extra.clamp(-9, 9))).mean(),
                "mix": lambda: off.square().mean(),
            }[o.goal]()
            yes = mean > o.threshold * o.unit
            told = {"mae": float(off.abs().mean().detach()), "mse": float(off.square().mean().detach())}
            told["psnr"] = -10 * float(torch.log10(off.square().mean().detach() / o.unit**2 + 1e-12))
            if o.goal == "mix":
                bce = F.binary_cross_entropy_with_logits(extra, (ahead > o.threshold * o.unit).float())
                told |= {"amount": float((o.amount * loss).detach()), "mask": float((o.mask * bce).detach())}
                loss = o.amount * loss + o.mask * bce
        if self.on("wrong_unit"):
            yes = mean > 35 * o.unit
        rain = ahead > o.threshold * o.unit
        hit, all_yes, all_rain = float((yes & rain).sum()), float(yes.sum()), float(rain.sum())
        told |= {"csi": hit / max(1.0, all_yes + all_rain - hit), "pod": hit / max(1.0, all_rain)}
        told["far"] = (all_yes - hit) / max(1.0, all_yes)
        return loss * o.factor, told


def train(seed: int, **told: Any) -> list[Figures]:
    """The records of a training."""
    return RainRadar(seed, told).run()

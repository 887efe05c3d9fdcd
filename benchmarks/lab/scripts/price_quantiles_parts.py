"""Houses with prices in money, a deep regression, and the errors that people quote."""

from __future__ import annotations

import itertools
import math

import torch
from torch import Tensor, nn

FEATURES, DISTRICTS, TAUS = 10, 15, (0.1, 0.5, 0.9)
ACTS = {"relu": nn.ReLU, "gelu": nn.GELU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "selu": nn.SELU}


def houses(rows: int, seed: int, spread: float) -> tuple[Tensor, Tensor, Tensor]:
    """Features in their natural units (rows, FEATURES), prices of 40 to 3,000 thousand (rows,), districts (rows,).

    ``spread``: deviation of the logarithm of what no feature tells.
    """
    g = torch.Generator().manual_seed(seed)
    district = torch.randint(0, DISTRICTS, (rows,), generator=g)
    z = torch.randn(rows, FEATURES, generator=g)
    area, age = 90 * torch.exp(0.4 * z[:, 0]), 100 * torch.rand(rows, generator=g)
    rooms = (area / 28 + 0.7 * z[:, 2]).round().clamp(1)
    north, east = torch.cos(district * 0.42) + 0.2 * z[:, 3], torch.sin(district * 1.1) + 0.2 * z[:, 4]
    distance = 8 * (north**2 + east**2).sqrt()
    garden, floor = (400 * z[:, 5]).clamp(0), (3 + 2 * z[:, 6]).round().clamp(0)
    energy, year = 150 + 0.8 * age + 30 * z[:, 7], 2000 + (24 * torch.rand(rows, generator=g)).floor()
    rate = 0.5 * torch.sin(2.2 * north) + 0.4 * torch.cos(3 * east) - 0.03 * distance + 0.35 * torch.sin(age / 16)
    rate = (
        rate + 0.02 * (year - 2012) + 0.1 * torch.tanh(garden / 300) * (floor < 2) + 0.1 * z[:, 8] * torch.sign(z[:, 9])
    )
    price = 3000 * area * torch.exp(rate + spread * torch.randn(rows, generator=g))
    x = torch.stack([area, age, rooms, north, east, garden, floor, energy, year, z[:, 9]], 1)
    return torch.cat([x[:, :9], z[:, 8:9] * torch.sign(z[:, 9:10])], 1), price, district


class Block(nn.Module):
    """Dense layer, norm, activation, dropout; a skip where the sizes agree."""

    def __init__(self, before: int, after: int, norm: bool, act: str, dropout: float, skip: bool) -> None:
        super().__init__()
        self.main, self.norm = nn.Linear(before, after), nn.BatchNorm1d(after) if norm else nn.Identity()
        self.act, self.drop, self.skip = ACTS[act](), nn.Dropout(dropout), skip and before == after

    def forward(self, x: Tensor) -> Tensor:
        out = self.drop(self.act(self.norm(self.main(x))))
        return x + out if self.skip else out


class Appraiser(nn.Module):
    """Blocks and a head of ``outputs``, in units of the deviation round the middle of the targets where they are given."""

    def __init__(self, outputs: int, middle: float, deviation: float, width: int = 48, depth: int = 3, norm: bool = False, act: str = "relu",
                 dropout: float = 0.0, skip: bool = True, gain: float = 1.0, std: float = 0.0, bias: float = 0.0, head_gain: float = 1.0,
                 owners: int = 0) -> None:  # fmt: skip
        super().__init__()
        sizes = [FEATURES] + [width] * depth
        self.blocks = nn.ModuleList(Block(a, b, norm, act, dropout, skip) for a, b in itertools.pairwise(sizes))
        self.head, self.middle, self.deviation, self.outs = nn.Linear(width, outputs), middle, deviation, []
        self.owner = nn.Embedding(owners, width) if owners else None
        with torch.no_grad():
            for block in self.blocks:
                block.main.weight.mul_(gain)
                block.main.bias.add_(bias)
                if std:
                    block.main.weight.normal_(0, std)
            self.head.weight.mul_(head_gain)
            if owners:
                self.owner.weight.mul_(0.1)

    def forward(self, x: Tensor, owner: Tensor | None = None) -> Tensor:
        self.outs = []
        for block in self.blocks:
            x = block(x)
            self.outs.append(x)
        if self.owner is not None and owner is not None:
            x = x + self.owner(owner)
        return self.middle + self.deviation * self.head(x)


def criterion(name: str, delta: float, out: Tensor, y: Tensor) -> Tensor:
    """mse, mae, huber of the first output, rmse (its root), or the pinball loss of all TAUS."""
    gap = y - out[:, 0]
    if name == "pinball":
        off = y[:, None] - out
        taus = torch.tensor(TAUS)
        return torch.maximum(taus * off, (taus - 1) * off).mean()
    if name == "huber":
        return nn.functional.huber_loss(out[:, 0], y, delta=delta)
    return {"mse": lambda: (gap**2).mean(), "mae": lambda: gap.abs().mean(), "rmse": lambda: (gap**2).mean().sqrt()}[name]()  # fmt: skip


def errors(out: Tensor, y: Tensor) -> dict[str, float]:
    """r2, mae, rmse, mape (in %) and the share of prices between the outer quantiles, in the units of ``out``."""
    said = out[:, out.shape[1] // 2]
    gap = y - said
    seen = {"r2": float(1 - (gap**2).sum() / ((y - y.mean()) ** 2).sum()), "mae": float(gap.abs().mean()),
            "rmse": float((gap**2).mean().sqrt()), "mape": float(100 * (gap / y).abs().mean())}  # fmt: skip
    if out.shape[1] > 1:
        seen["cover"] = float(((y >= out[:, 0]) & (y <= out[:, -1])).float().mean())
    return seen


def pace(plan: dict[str, float], t: int, total: int) -> float:
    """Factor of the rate: ``plan`` may have warm, cosine, every + times, drop_at + times, period, linear_to, wave."""
    f = min(1.0, (t + 1) / plan["warm"]) if plan.get("warm") else 1.0
    if "cosine" in plan:
        f *= 0.5 * (1 + math.cos(math.pi * min(1.0, t / (plan["cosine"] * total))))
    if "every" in plan:
        f *= plan["times"] ** (t // plan["every"])
    if "drop_at" in plan and t >= plan["drop_at"] * total:
        f *= plan["times"]
    if "period" in plan:
        f *= 0.5 * (1 + math.cos(math.pi * (t % plan["period"]) / plan["period"]))
    if "wave" in plan:
        f *= 0.1 + 0.9 * abs((t / plan["wave"]) % 2 - 1)
    if "linear_to" in plan:
        f *= max(0.0, 1 - t / (plan["linear_to"] * total))
    return f

"""Two days of a feeder's load and the weather of the next half day: made-up windows, and three kinds of forecasters."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

PAST, AHEAD = 48, 12
WIDTH = PAST + AHEAD


def feeders(count: int, generator: torch.Generator, noise: float = 0.25, spread: float = 0.3) -> dict[str, Tensor]:
    """Windows: past (count, PAST) and future (count, AHEAD) in MW, weather (count, AHEAD), level and hour of the start."""

    def drawn(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=generator)

    start = torch.randint(0, 8760, (count, 1), generator=generator)
    hour = (start + torch.arange(WIDTH)).float()
    day, year = 2 * math.pi * hour / 24, 2 * math.pi * hour / 8760
    degrees = 12 - 11 * torch.cos(year) + 4 * torch.sin(day - 2) + 4 * drawn(count, 1)
    shape = torch.sin(day - 2.2) + 0.5 * torch.sin(2 * day + 0.6 * drawn(count, 1))
    week = ((hour // 24) % 7 >= 5).float()
    air = 0.12 * (degrees - 18).clamp(min=0) + 0.07 * (11 - degrees).clamp(min=0)
    wobble = torch.zeros(count, WIDTH)
    step = drawn(count, WIDTH)
    for t in range(1, WIDTH):
        wobble[:, t] = 0.6 * wobble[:, t - 1] + step[:, t]
    level = torch.exp(spread * drawn(count, 1))
    load = 260 * level * (4 + shape * (1 - 0.45 * week) - 0.6 * week + air + noise * wobble)
    return {"past": load[:, :PAST], "future": load[:, PAST:], "weather": (degrees[:, PAST:] - 12) / 9, "level": level[:, 0], "hour": start[:, 0]}  # fmt: skip


class Linear(nn.Module):
    """Trend by a moving average and the rest, a linear map each (the way of DLinear), and one of the weather."""

    def __init__(self, outputs: int = AHEAD, kernel: int = 13) -> None:
        super().__init__()
        self.smooth = nn.AvgPool1d(kernel, 1, kernel // 2, count_include_pad=False)
        self.trend, self.rest, self.weather = nn.Linear(PAST, outputs), nn.Linear(PAST, outputs), nn.Linear(AHEAD, outputs)  # fmt: skip
        self.last, self.felt = self.rest, []

    def forward(self, past: Tensor, weather: Tensor) -> tuple[Tensor, Tensor]:
        """The forecast, and what is left of the past."""
        trend = self.smooth(past[:, None])[:, 0]
        return self.trend(trend) + self.rest(past - trend) + self.weather(weather), past - trend


class Blocks(nn.Module):
    """Blocks that each explain a part of the past and add a part of the forecast (the way of N-BEATS)."""

    def __init__(self, outputs: int = AHEAD, width: int = 32, blocks: int = 2, depth: int = 2, act: str = "relu", drop: float = 0.0,
                 norm: bool = False, gain: float = 1.0, sink: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.inner, self.norms = nn.ModuleList(), nn.ModuleList()
        self.back, self.fore = nn.ModuleList(), nn.ModuleList()
        self.depth, self.act, self.drop = depth, getattr(torch, act), nn.Dropout(drop)
        for _ in range(blocks):
            sizes = [WIDTH] + [width] * depth
            self.inner.extend(nn.Linear(a, b) for a, b in pairwise(sizes))
            self.norms.extend(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth))
            self.back.append(nn.Linear(width, PAST))
            self.fore.append(nn.Linear(width, outputs))
        self.last, self.felt = self.fore[-1], []
        with torch.no_grad():
            for layer in self.inner:
                layer.weight.mul_(gain)
                layer.bias.sub_(sink)

    def forward(self, past: Tensor, weather: Tensor) -> tuple[Tensor, Tensor]:
        """The forecast, and what is left of the past."""
        answer, self.felt = 0.0, []
        for block, (back, fore) in enumerate(zip(self.back, self.fore, strict=True)):
            h = torch.cat([past, weather], 1)
            for at in range(block * self.depth, (block + 1) * self.depth):
                h = self.drop(self.act(self.norms[at](self.inner[at](h))))
                self.felt.append(h)
            past = past - back(h)
            answer = answer + fore(h)
        return answer, past


class Recurrent(nn.Module):
    """A small GRU over pieces of four hours, and a perceptron on its last state and the weather."""

    def __init__(self, outputs: int = AHEAD, width: int = 24, layers: int = 1, drop: float = 0.0, gain: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.gru = nn.GRU(4, width, layers, batch_first=True)
        self.mix, self.last, self.drop = nn.Linear(width + AHEAD, width), nn.Linear(width, outputs), nn.Dropout(drop)
        self.felt: list[Tensor] = []
        with torch.no_grad():
            for weight in self.gru.parameters():
                weight.mul_(gain)

    def forward(self, past: Tensor, weather: Tensor) -> tuple[Tensor, Tensor]:
        """The forecast, and nothing left."""
        states, _ = self.gru(past.unflatten(1, (-1, 4)))
        h = torch.relu(self.mix(torch.cat([self.drop(states[:, -1]), weather], 1)))
        self.felt = [states[:, -1], h]
        return self.last(self.drop(h)), torch.zeros_like(past)


MODELS = {"linear": Linear, "blocks": Blocks, "gru": Recurrent}

"""Daily sales of made-up shops with seasons, weather and promotions, days of the week to count, and forecasters."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn

WINDOW = 21
CHANNELS = 4
"""Sales, temperature, promotion, day of the week (as a sine)."""
NEXT = 5
"""What is known of the day to forecast: temperature, promotion, sine and cosine of the weekday, season."""


def shops(seed: int, count: int = 16, days: int = 720) -> dict[str, np.ndarray]:
    """Units sold (count × days) with the temperature (days) and promotions (count × days)."""
    draw = np.random.default_rng(500 + seed)
    day = np.arange(days)
    base = np.exp(draw.normal(5.0, 0.9, (count, 1)))
    week = 1 + np.array([-0.25, -0.2, -0.1, 0.0, 0.2, 0.45, -0.1])[day % 7] * draw.uniform(0.5, 1.3, (count, 1))
    phase = draw.uniform(-0.6, 0.6, (count, 1))
    year = 1 + 0.3 * np.sin(2 * math.pi * day / 365 + phase)
    cold = np.zeros(days)
    for i in range(1, days):
        cold[i] = 0.8 * cold[i - 1] + 0.6 * draw.normal()
    promotion = (draw.uniform(size=(count, days)) < 0.08).astype(float)
    noise = np.exp(draw.normal(0, 0.10, (count, days)))
    sold = base * week * year * (1 + 0.0006 * day) * (1 + 0.08 * cold) * (1 + 0.6 * promotion) * noise
    return {"sold": sold, "cold": cold, "promotion": promotion, "base": base}


def windows(seed: int, n: int, target: str) -> dict[str, Tensor]:
    """``n`` pairs of a window and the day after it, by time: x (n × CHANNELS × WINDOW), after (n × NEXT), y, shop, day.

    ``target``: scaled by the shop's own mean, log of that, or units as they are.
    """
    world = shops(seed)
    sold = world["sold"]
    own = sold / sold[:, :360].mean(1, keepdims=True) - 1
    wanted = {"scaled": own, "log": np.log(own + 1), "units": sold}[target]
    draw = np.random.default_rng(seed)
    days = np.sort(draw.integers(WINDOW, sold.shape[1], n))
    shop = draw.integers(0, len(sold), n)
    weekday = 2 * math.pi * np.arange(sold.shape[1]) / 7
    x = np.stack([
        np.stack([own[s, d - WINDOW : d], world["cold"][d - WINDOW : d], world["promotion"][s, d - WINDOW : d],
                  np.sin(weekday[d - WINDOW : d])])
        for s, d in zip(shop, days, strict=True)
    ])  # fmt: skip
    after = np.stack([world["cold"][days], world["promotion"][shop, days], np.sin(weekday[days]),
                      np.cos(weekday[days]), np.sin(2 * math.pi * days / 365)], axis=1)  # fmt: skip
    arrays = {"x": x, "after": after, "y": wanted[shop, days], "shop": shop, "day": days}
    return {k: torch.tensor(v, dtype=torch.float32) for k, v in arrays.items()}


class Forecaster(nn.Module):
    """A forecast of ``outputs`` numbers from a window (mlp, tcn, gru) and what is known of the next day."""

    def __init__(
        self, kind: str, outputs: int, width: int, depth: int, dropout: float, act: str, known: int = NEXT
    ) -> None:
        super().__init__()
        self.kind = kind
        if kind == "tcn":
            self.read: nn.Module = nn.Sequential(
                nn.Conv1d(CHANNELS, width, 3, padding=2), nn.ReLU(),
                nn.Conv1d(width, width, 3, padding=4, dilation=2), nn.ReLU(),
            )  # fmt: skip
        elif kind == "gru":
            self.read = nn.GRU(CHANNELS, width, batch_first=True)
        size = known + {"mlp": WINDOW * CHANNELS, "last": 1, "blind": 0}.get(kind, width)
        layers: list[nn.Module] = []
        for _ in range(depth):
            layers += [nn.Linear(size, width), getattr(nn, act)(), nn.Dropout(dropout)]
            size = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(size, outputs)

    def forward(self, x: Tensor, after: Tensor) -> Tensor:
        if self.kind == "tcn":
            seen = self.read(x)[:, :, WINDOW - 1]
        elif self.kind == "gru":
            seen = self.read(x.transpose(1, 2))[0][:, -1]
        elif self.kind == "mlp":
            seen = x.flatten(1)
        else:
            seen = x[:, 0, -1:] if self.kind == "last" else x[:, 0, :0]
        forecast: Tensor = self.head(self.body(torch.cat([seen, after], 1)))
        return forecast


def objective(kind: str, out: Tensor, y: Tensor) -> Tensor:
    """Loss of each forecast: mse, mae, huber, nll (mean and log of the spread), pinball (of the 0.9 quantile), poisson."""
    guess = out[:, 0]
    if kind == "mse":
        return (guess - y) ** 2
    if kind == "mae":
        return (guess - y).abs()
    if kind == "huber":
        return nn.functional.huber_loss(guess, y, reduction="none", delta=0.3)
    if kind == "nll":
        spread = out[:, 1].clamp(-7, 7)
        return spread + 0.5 * ((guess - y) / spread.exp()) ** 2
    if kind == "pinball":
        return torch.maximum(0.9 * (y - guess), 0.1 * (guess - y))
    return guess.clamp(max=12).exp() - y * guess


def scores(guess: Tensor, y: Tensor) -> dict[str, float]:
    """mae, rmse, r2, smape (percent) and the share of forecasts above the truth."""
    off = guess - y
    spread = float(((y - y.mean()) ** 2).mean()) or 1.0
    return {
        "mae": float(off.abs().mean()),
        "rmse": float((off**2).mean().sqrt()),
        "r2": 1 - float((off**2).mean()) / spread,
        "smape": float((200 * off.abs() / (guess.abs() + y.abs() + 1e-9)).mean()),
        "coverage": float((off > 0).float().mean()),
    }


def weekdays(seed: int, share: float, size: int) -> dict[str, Tensor]:
    """Two numbers below ``size`` and their sum modulo it: pairs to learn and pairs held out."""
    pairs = torch.cartesian_prod(torch.arange(size), torch.arange(size))
    pairs = pairs[torch.randperm(len(pairs), generator=torch.Generator().manual_seed(seed))]
    cut = int(share * len(pairs))
    y = pairs.sum(1) % size
    return {"x": pairs[:cut], "y": y[:cut], "vx": pairs[cut:], "vy": y[cut:]}

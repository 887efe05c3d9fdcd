"""Made-up patients with times to an event and made-up policies with claims, and the small nets for their risk."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

FEATURES, BINS = 10, 12


def _risk(x: Tensor, strength: float) -> Tensor:
    curved = (
        0.8 * x[:, 0]
        + 0.5 * torch.sin(2 * x[:, 1])
        + 0.4 * x[:, 2] * x[:, 3]
        - 0.5 * x[:, 4].abs()
        + 0.3 * (x[:, 5] > 0)
    )
    return strength * (curved + 0.4)


def patients(n: int, seed: int, strength: float = 1.0, lost: float = 0.3, columns: int = FEATURES) -> dict[str, Tensor]:
    """Columns x (n, columns), time in years, event (0 where lost from sight), the bin of the time."""
    g = torch.Generator().manual_seed(seed)
    x = torch.randn(n, max(columns, FEATURES), generator=g)
    rate = torch.exp(_risk(x, strength)) / 4
    weibull = (-torch.log(torch.rand(n, generator=g).clamp(1e-6, 1 - 1e-6)) / rate) ** (1 / 1.4)
    gone = -torch.log(torch.rand(n, generator=g).clamp(1e-6)) * (1.2 / max(lost, 1e-6))
    time = torch.minimum(weibull, gone).clamp(0.01, 12)
    year = torch.arange(n) / n
    return {
        "x": x[:, :columns],
        "time": time,
        "event": (weibull <= gone).float(),
        "bin": (time * 2.5).long().clamp(max=BINS - 1),
        "year": year,
    }


def policies(
    n: int, seed: int, strength: float = 1.0, level: float = -1.6, dispersion: float = 0.0, columns: int = FEATURES
) -> dict[str, Tensor]:
    """Columns x, exposure in years, number of claims, mean size of a claim and the sum paid (0 for most)."""
    g = torch.Generator().manual_seed(seed)
    x = torch.randn(n, max(columns, FEATURES), generator=g)
    exposure = 0.1 + 0.9 * torch.rand(n, generator=g)
    mean = exposure * torch.exp(level + _risk(x, strength))
    if dispersion:
        shape = torch.full((n,), 1 / dispersion)
        mean = mean * torch.tensor(_gamma(shape, seed)) * dispersion
    count = torch.poisson(mean.clamp(max=200), generator=g)
    size = torch.exp(0.3 * x[:, 6] + 0.5 * torch.randn(n, generator=g))
    return {
        "x": x[:, :columns],
        "exposure": exposure,
        "count": count,
        "size": size,
        "paid": count * size,
        "year": torch.arange(n) / n,
    }


def _gamma(shape: Tensor, seed: int) -> list[float]:
    import random

    rng = random.Random(9000 + seed)
    return [rng.gammavariate(float(a), 1.0) for a in shape]


class RiskNet(nn.Module):
    """A perceptron on columns."""

    def __init__(self, columns: int, outputs: int, hidden: tuple[int, ...] = (32, 32), act: str = "ReLU", norm: str = "", dropout: float = 0.0,
                 gain: float = 1.0, head: float = 1.0, bias: float = 0.0, shift: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        layers: list[nn.Module] = []
        for a, b in pairwise((columns, *hidden)):
            layers += (
                [nn.Linear(a, b)]
                + ([nn.BatchNorm1d(b)] if norm == "batch" else [])
                + [getattr(nn, act)(), nn.Dropout(dropout)]
            )
        self.body, self.out = nn.Sequential(*layers), nn.Linear(hidden[-1], outputs)
        with torch.no_grad():
            for layer in self.modules():
                if isinstance(layer, nn.Linear):
                    layer.weight.mul_(head if layer is self.out else gain)
                    layer.bias.add_(bias if layer is self.out else shift)

    def forward(self, x: Tensor) -> Tensor:
        """Outputs (n, outputs)."""
        return self.out(self.body(x))

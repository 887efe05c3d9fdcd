"""Made-up radar films of showers that drift, turn and grow, and the little networks that look ahead."""

from __future__ import annotations

import torch
from torch import Tensor, nn

SIDE, PAST, AHEAD = 12, 4, 2


def films(
    n: int, seed: int, showers: int = 5, gusts: float = 0.0, clutter: float = 0.02, growth: float = 0.12
) -> dict[str, Tensor]:
    """Intensities between 0 and about 1: past (n, PAST, SIDE, SIDE), ahead (n, AHEAD, SIDE, SIDE), wind, amount of rain.

    ``gusts``: how far showers leave their way from frame to frame (nothing can foresee it); ``clutter``: noise of the radar.
    """
    g = torch.Generator().manual_seed(seed)
    frames = PAST + AHEAD
    time = torch.arange(frames).float()
    centre = SIDE * torch.rand(n, showers, 1, 2, generator=g)
    wind = 1.1 * torch.randn(n, 1, 1, 2, generator=g) + 0.35 * torch.randn(n, showers, 1, 2, generator=g)
    way = centre + wind * (time[None, None, :, None] - PAST + 1)
    way = way + gusts * torch.randn(n, showers, frames, 2, generator=g).cumsum(2)
    size = 1.3 + 1.2 * torch.rand(n, showers, 1, 1, 1, generator=g)
    power = (0.25 + 0.75 * torch.rand(n, showers, 1, generator=g)) * (
        1 + growth * torch.randn(n, showers, 1, generator=g) * (time - 2)
    ).clamp(min=0)
    power = power * (torch.rand(n, 1, 1, generator=g) * 1.2 + 0.2)
    grid = torch.arange(SIDE).float()
    across = (grid[None, None, None, None] - way[..., 0, None, None]) ** 2
    along = (grid[None, None, None, :, None] - way[..., 1, None, None]) ** 2
    field = (power[..., None, None] * torch.exp(-(across + along) / (2 * size**2))).sum(1).clamp(max=1.4)
    field = (field + clutter * torch.randn(field.shape, generator=g)).clamp(min=0)
    return {
        "past": field[:, :PAST],
        "ahead": field[:, PAST:],
        "rain": field.mean((1, 2, 3)),
        "wind": wind[:, :, 0, 0].mean(1),
    }


def _norm(kind: str, width: int) -> nn.Module:
    kinds = {"": nn.Identity, "batch": nn.BatchNorm2d, "group": lambda n: nn.GroupNorm(2, n)}
    return kinds[kind](width)


class Unet(nn.Module):
    """Two levels with a bridge."""

    def __init__(self, outputs: int, width: int = 8, norm: str = "", dropout: float = 0.0, act: str = "ReLU") -> None:
        super().__init__()

        def block(a: int, b: int) -> nn.Sequential:
            return nn.Sequential(nn.Conv2d(a, b, 3, padding=1), _norm(norm, b), getattr(nn, act)(), nn.Dropout(dropout))

        self.first, self.low, self.last = block(PAST, width), block(width, 2 * width), block(3 * width, width)
        self.pool, self.up = nn.AvgPool2d(2), nn.Upsample(scale_factor=2)
        self.out = nn.Conv2d(width, outputs, 1)

    def forward(self, past: Tensor) -> Tensor:
        """The outputs (n, outputs, SIDE, SIDE)."""
        high = self.first(past)
        return self.out(self.last(torch.cat([high, self.up(self.low(self.pool(high)))], 1)))


class Plain(nn.Module):
    """A chain of convolutions."""

    def __init__(
        self, outputs: int, width: int = 8, depth: int = 3, norm: str = "", dropout: float = 0.0, act: str = "ReLU"
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for i in range(depth):
            layers += [
                nn.Conv2d(width if i else PAST, width, 3, padding=1),
                _norm(norm, width),
                getattr(nn, act)(),
                nn.Dropout(dropout),
            ]
        self.body, self.out = nn.Sequential(*layers), nn.Conv2d(width, outputs, 1)

    def forward(self, past: Tensor) -> Tensor:
        """The outputs (n, outputs, SIDE, SIDE)."""
        return self.out(self.body(past))


class ConvLstm(nn.Module):
    """One convolutional memory cell over the frames; all outputs from its last state."""

    def __init__(self, outputs: int, width: int = 8, dropout: float = 0.0, forget: float = 1.0) -> None:
        super().__init__()
        self.width = width
        self.gates = nn.Conv2d(1 + width, 4 * width, 3, padding=1)
        self.drop, self.out = nn.Dropout(dropout), nn.Conv2d(width, outputs, 3, padding=1)
        with torch.no_grad():
            self.gates.bias[width : 2 * width] = forget

    def forward(self, past: Tensor) -> Tensor:
        """The outputs (n, outputs, SIDE, SIDE)."""
        h = c = past.new_zeros(len(past), self.width, SIDE, SIDE)
        for frame in past.split(1, 1):
            i, f, o, new = self.gates(torch.cat([frame, h], 1)).chunk(4, 1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(new)
            h = torch.sigmoid(o) * torch.tanh(c)
        return self.out(self.drop(h))


def build(
    outputs: int,
    kind: str = "unet",
    gain: float = 1.0,
    head: float = 1.0,
    bias: float = 0.0,
    shift: float = 0.0,
    **sizes: object,
) -> nn.Module:
    """A network; ``gain`` scales its weights, ``head`` those of the last layer, ``bias`` moves the last bias, ``shift`` the others."""
    net = {"unet": Unet, "plain": Plain, "convlstm": ConvLstm}[kind](outputs, **sizes)
    with torch.no_grad():
        for layer in net.modules():
            if isinstance(layer, nn.Conv2d):
                layer.weight.mul_(head if layer is net.out else gain)
                layer.bias.add_(bias if layer is net.out else shift)
    return net

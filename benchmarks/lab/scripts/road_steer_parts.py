"""Made-up drives along bent roads, as a camera or a lidar sees them, with what the driver did; and small pilots."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

ROWS, COLUMNS, RAYS, BINS = 12, 20, 32, 11


def track(seed: int) -> Tensor:
    """Curvature along one lap (240 places), about in [-1, 1]."""
    g = torch.Generator().manual_seed(seed)
    s = torch.linspace(0, 2 * math.pi, 241)[:-1]
    sizes, shifts = torch.rand(5, generator=g) + 0.3, 2 * math.pi * torch.rand(5, generator=g)
    bend = sum(sizes[k] * torch.sin((k + 1) * s + shifts[k]) for k in range(5))
    return bend / bend.abs().max()


def drive(n: int, seed: int, view: str = "camera", course: int = 1, driver: float = 0.05, dust: float = 0.15) -> dict[str, Tensor]:  # fmt: skip
    """``n`` frames in the order of the drive: what is seen, and angle and throttle in [-1, 1] and [0, 1].

    ``driver``: spread of the driver's hand. ``dust``: noise of the sensor.
    """
    g = torch.Generator().manual_seed(seed)
    place = (torch.arange(n) * 3) % 240
    bend = track(course)[place]
    off, head = _wander(n, g), 0.5 * _wander(n, g)
    angle = 0.65 * bend - 0.25 * off - 0.3 * head
    throttle = 0.75 - 0.5 * bend.abs() + 0.1 * off.abs()
    seen = _camera(bend, off, head, g) if view == "camera" else _lidar(bend, off, head)
    seen = seen + dust * torch.randn(seen.shape, generator=g)
    told = torch.stack([angle, throttle], 1) + driver * torch.randn(n, 2, generator=g)
    return {"seen": seen, "told": told, "place": place, "bend": bend}


def _wander(n: int, g: torch.Generator) -> Tensor:
    kicks, at, path = torch.randn(n, generator=g), 0.0, []
    for kick in kicks.tolist():
        at = 0.9 * at + 0.2 * kick
        path.append(at)
    return torch.tensor(path)


def _camera(bend: Tensor, off: Tensor, head: Tensor, g: torch.Generator) -> Tensor:
    far = torch.linspace(1, 0, ROWS)[None, :, None]
    x = torch.linspace(-1, 1, COLUMNS)[None, None, :]
    b, o, h = (v[:, None, None] for v in (bend, off, head))
    middle, half = 0.7 * b * far**2 + 0.5 * h * far - 0.4 * o * (1 - far), 0.15 + 0.5 * (1 - far)
    road = torch.sigmoid(18 * (half - (x - middle).abs()))
    line = torch.exp(-((x - middle) ** 2) / 0.004)
    light = 0.7 + 0.6 * torch.rand(len(bend), 1, 1, generator=g)
    return (light * (0.4 * (1 - road) + 0.8 * line) - 0.3)[:, None]


def _lidar(bend: Tensor, off: Tensor, head: Tensor) -> Tensor:
    rays = torch.linspace(-1.4, 1.4, RAYS)[None]
    aim = rays - head[:, None] - 0.7 * bend[:, None] * rays.abs()
    wall = torch.where(aim > 0, 1.2 - off[:, None], 1.2 + off[:, None]).clamp(min=0.1)
    return (wall / aim.sin().abs().clamp(min=0.15)).clamp(max=6.0) / 3 - 1


class Pilot(nn.Module):
    """Convolutions (camera) or layers (lidar), then two layers and the controls.

    ``start``: factor of all weights. ``last``: factor of the last layer's. ``bias``: of the outputs. ``lean``: added to
    the biases within.
    """

    def __init__(self, view: str, outputs: int = 2, width: int = 12, depth: int = 2, act: str = "ReLU", drop: float = 0.0, norm: bool = False,
                 start: float = 1.0, last: float = 1.0, bias: tuple[float, ...] = (), lean: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        kind = getattr(nn, act)
        eyes: list[nn.Module] = []
        self.looked_at: list[tuple[nn.Module, nn.Module]] = []
        size = 1 if view == "camera" else RAYS
        for i in range(depth):
            wide = width * (i + 1) if view == "camera" else 3 * width
            layer = nn.Conv2d(size, wide, 3, 2, 1) if view == "camera" else nn.Linear(size, wide)
            calm = (nn.BatchNorm2d(wide) if view == "camera" else nn.LayerNorm(wide)) if norm else nn.Identity()
            eyes += [layer, calm, kind()]
            self.looked_at.append((layer, eyes[-1]))
            size = wide
        self.eyes = nn.Sequential(*eyes, nn.Flatten(), nn.Dropout(drop))
        with torch.no_grad():
            flat = self.eyes.eval()(torch.zeros(1, *((1, ROWS, COLUMNS) if view == "camera" else (RAYS,)))).shape[1]
        mind, do = nn.Linear(flat, 3 * width), kind()
        self.mind = nn.Sequential(mind, do, nn.Dropout(drop))
        self.hands = nn.Linear(3 * width, outputs)
        self.looked_at.append((mind, do))
        with torch.no_grad():
            for layer, _ in self.looked_at:
                layer.weight.mul_(start)
                layer.bias.add_(lean)
            self.hands.weight.mul_(last)
            for i, value in enumerate(bias):
                self.hands.bias[i] = value

    def forward(self, seen: Tensor) -> Tensor:
        """Controls (n, outputs)."""
        return self.hands(self.mind(self.eyes(seen)))

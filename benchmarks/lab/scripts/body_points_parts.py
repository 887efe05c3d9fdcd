"""Made-up silhouettes with seven body points each, and the little networks that find the points."""

from __future__ import annotations

import torch
from torch import Tensor, nn

SIDE, GRID, POINTS = 20, 10, 7
BONES = ((0, 1), (1, 2), (1, 3), (1, 4), (4, 5), (4, 6))
"""Head, neck, two hands, hip, two feet."""


def bodies(n: int, seed: int, fuzz: float = 0.08, hidden: float = 0.0) -> dict[str, Tensor]:
    """Pictures (n, 1, SIDE, SIDE), points (n, POINTS, 2) in shares of the side, seen (n, POINTS), box (n, 4), size (n,).

    ``fuzz``: noise of the picture; ``hidden``: share of limbs that a bar of noise covers (their points are given all the same).
    """
    g = torch.Generator().manual_seed(seed)
    size = 0.16 + 0.12 * torch.rand(n, 1, generator=g)
    neck = torch.stack([0.35 + 0.3 * torch.rand(n, generator=g), 0.25 + 0.2 * torch.rand(n, generator=g)], 1)
    lean = 0.35 * torch.randn(n, generator=g)

    def limb(start: Tensor, angle: Tensor, length: float) -> Tensor:
        way = torch.stack([torch.sin(angle), torch.cos(angle)], 1)
        return start + length * size * way

    hip = limb(neck, lean, 1.3)
    spread = torch.rand(n, 4, generator=g)
    points = torch.stack([
        limb(neck, lean + torch.pi, 0.7), neck, limb(neck, lean - 0.4 - 2.0 * spread[:, 0], 1.2), limb(neck, lean + 0.4 + 2.0 * spread[:, 1], 1.2),
        hip, limb(hip, lean - 0.15 - 0.7 * spread[:, 2], 1.4), limb(hip, lean + 0.15 + 0.7 * spread[:, 3], 1.4),
    ], 1).clamp(0.02, 0.98)  # fmt: skip
    axis = (torch.arange(SIDE).float() + 0.5) / SIDE
    grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), -1).reshape(1, -1, 2)
    picture = torch.zeros(n, SIDE * SIDE)
    for a, b in BONES:
        start, way = points[:, a, None], (points[:, b] - points[:, a])[:, None]
        along = (((grid - start) * way).sum(2) / (way.square().sum(2) + 1e-6)).clamp(0, 1)
        far = (grid - start - along[..., None] * way).norm(dim=2)
        picture = torch.maximum(picture, torch.sigmoid((0.035 - far) * 60))
    picture = picture.reshape(n, 1, SIDE, SIDE)
    covered = torch.rand(n, generator=g) < hidden
    row = (torch.rand(n, generator=g) * (SIDE - 6)).long()
    bar = (torch.arange(SIDE)[None] >= row[:, None]) & (torch.arange(SIDE)[None] < row[:, None] + 7) & covered[:, None]
    noise = torch.randn(picture.shape, generator=g)
    picture = torch.where(bar[:, None, :, None], 0.5 + 0.3 * noise, picture + fuzz * noise)
    seen = (torch.rand(n, POINTS, generator=g) < 0.85).float()
    box = torch.cat([points.amin(1), points.amax(1)], 1)
    return {"picture": picture, "points": points, "seen": seen, "box": box, "size": size[:, 0], "lean": lean}


def heatmaps(points: Tensor, sigma: float) -> Tensor:
    """A Gaussian of height 1 about every point (n, POINTS, GRID, GRID)."""
    axis = (torch.arange(GRID).float() + 0.5) / GRID
    x = torch.exp(-((axis - points[..., :1]) ** 2) * (GRID / sigma) ** 2 / 2)
    y = torch.exp(-((axis - points[..., 1:]) ** 2) * (GRID / sigma) ** 2 / 2)
    return y[..., :, None] * x[..., None, :]


def peaks(maps: Tensor) -> Tensor:
    """The places of the maxima (n, POINTS, 2) in shares of the side."""
    best = maps.flatten(2).argmax(2)
    return torch.stack([best % GRID + 0.5, best // GRID + 0.5], 2) / GRID


class PointNet(nn.Module):
    """Three convolutions, one with stride 2; then ``maps`` heat maps, ``dense`` numbers of a fully connected head, or both."""

    def __init__(self, maps: int, dense: int, width: int = 10, depth: int = 2, act: str = "ReLU", norm: str = "", dropout: float = 0.0,
                 gain: float = 1.0, head: float = 1.0, bias: float = 0.0, shift: float = 0.0) -> None:  # fmt: skip
        super().__init__()

        def normed() -> nn.Module:
            kinds = {"": nn.Identity, "batch": nn.BatchNorm2d, "group": lambda n: nn.GroupNorm(2, n)}
            return kinds[norm](width)

        layers = [nn.Conv2d(1, width, 5, stride=2, padding=2), normed(), getattr(nn, act)()]
        for _ in range(depth):
            layers += [nn.Conv2d(width, width, 3, padding=1), normed(), getattr(nn, act)(), nn.Dropout(dropout)]
        self.body = nn.Sequential(*layers)
        self.maps = nn.Conv2d(width, maps, 3, padding=1) if maps else None
        self.squeeze = (
            nn.Sequential(
                nn.AvgPool2d(2), nn.Flatten(), nn.Linear(width * 25, 4 * width), getattr(nn, act)(), nn.Dropout(dropout)
            )
            if dense
            else None
        )
        self.dense = nn.Linear(4 * width, dense) if dense else None
        with torch.no_grad():
            for layer in self.modules():
                if isinstance(layer, nn.Conv2d | nn.Linear):
                    last = layer is self.maps or layer is self.dense
                    layer.weight.mul_(head if last else gain)
                    layer.bias.add_(bias if last else shift)

    def forward(self, picture: Tensor) -> tuple[Tensor | None, Tensor | None]:
        """Heat maps (n, maps, GRID, GRID) and numbers (n, dense)."""
        h = self.body(picture)
        return (None if self.maps is None else self.maps(h)), (
            None if self.dense is None else self.dense(self.squeeze(h))
        )

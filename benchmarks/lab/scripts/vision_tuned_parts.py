"""Made-up blossoms (petals, hearts, colours on untidy grounds), a small net on patches, and its weights from other blossoms."""

from __future__ import annotations

import math
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, PATCHES, SPECIES = 16, 16, 8


def _garden(seed: int, count: int) -> dict[str, Tensor]:
    """The traits of each species: petals, how deep they are cut, the heart, two hues."""
    g = torch.Generator().manual_seed(seed)
    return {
        "petals": torch.tensor([3, 4, 5, 6, 7, 8, 3, 4, 5, 6, 7, 8])[torch.randperm(12, generator=g)[:count]].float(),
        "cut": 0.15 + 0.5 * torch.rand(count, generator=g),
        "heart": 0.12 + 0.25 * torch.rand(count, generator=g),
        "hue": torch.rand(count, generator=g) * 2 * math.pi,
        "inner": torch.rand(count, generator=g) * 2 * math.pi,
    }


def _colour(hue: Tensor) -> Tensor:
    return torch.stack([0.5 + 0.45 * torch.cos(hue - a) for a in (0.0, 2.1, 4.2)], 1)[:, :, None, None]


def blossoms(n: int, seed: int, garden: int = 2, species: int = SPECIES, clutter: float = 0.35, drift: float = 0.35, rare: float = 0.0) -> tuple[Tensor, Tensor]:  # fmt: skip
    """Pictures (n, 3, SIDE, SIDE) of about zero mean, and species. ``drift``: how far hues stray within a species.

    ``rare``: the share of all species but the first, 0 for equal shares.
    """
    g = torch.Generator().manual_seed(seed)
    kind = torch.randint(0, species, (n,), generator=g)
    if rare:
        kind = torch.where(torch.rand(n, generator=g) < rare, 1 + kind % (species - 1), torch.zeros_like(kind))
    t = {k: v[kind] for k, v in _garden(garden, species).items()}
    rand = lambda *size: torch.rand(*size, generator=g)  # noqa: E731
    axis = torch.linspace(-1, 1, SIDE)
    y, x = axis[None, :, None] + 0.3 * (rand(n, 1, 1) - 0.5), axis[None, None, :] + 0.3 * (rand(n, 1, 1) - 0.5)
    radius, angle = (x**2 + y**2 + 1e-6).sqrt(), torch.atan2(y.expand(n, -1, SIDE), x.expand(n, SIDE, -1))
    wide = 0.6 + 0.3 * rand(n, 1, 1)
    edge = wide * (
        1 - t["cut"][:, None, None] * (0.5 - 0.5 * torch.cos(t["petals"][:, None, None] * angle + 6.3 * rand(n, 1, 1)))
    )
    flower = torch.sigmoid(18 * (edge - radius))[:, None]
    heart = torch.sigmoid(25 * (t["heart"][:, None, None] - radius))[:, None]
    ground = 0.35 + clutter * F.interpolate(torch.randn(n, 3, 5, 5, generator=g), SIDE, mode="bilinear")
    hue, inner = (t[k] + drift * torch.randn(n, generator=g) for k in ("hue", "inner"))
    picture = ground * (1 - flower) + flower * ((1 - heart) * _colour(hue) + heart * _colour(inner))
    light = 0.8 + 0.4 * rand(n, 1, 1, 1)
    return (picture * light + 0.06 * torch.randn(picture.shape, generator=g) - 0.4) / 0.3, kind


def augmented(x: Tensor, g: torch.Generator, strength: float) -> Tensor:
    """Flips, quarter turns, light, and a blank square at greater strengths."""
    if torch.rand((), generator=g) < 0.5:
        x = x.flip(3)
    x = torch.rot90(x, int(torch.randint(0, 4, (), generator=g)), (2, 3))
    x = x * (1 + 0.3 * strength * torch.randn(len(x), 1, 1, 1, generator=g)) + 0.2 * strength * torch.randn(
        len(x), 3, 1, 1, generator=g
    )
    if strength > 0.5:
        i, j = (int(torch.randint(0, SIDE - 6, (), generator=g)) for _ in range(2))
        x = x.clone()
        x[:, :, i : i + int(6 * strength), j : j + int(6 * strength)] = 0
    return x


class Block(nn.Module):
    """Channels mixed within a patch, then patches with each other, with a way around."""

    def __init__(self, width: int, norm: str, act: str) -> None:
        super().__init__()
        self.one, self.two = nn.Linear(width, width), nn.Linear(PATCHES, PATCHES)
        self.norm = {"batch": lambda: nn.BatchNorm1d(width), "layer": lambda: nn.LayerNorm(width), "none": nn.Identity}[
            norm
        ]()
        self.act, self.out, self.plain = getattr(torch, act), nn.Linear(width, width), norm == "none"

    def forward(self, x: Tensor) -> Tensor:
        """The same shape: (n, PATCHES, width)."""
        h = self.one(x)
        h = self.lit = self.act(self.norm(h.flatten(0, 1)).view(h.shape))
        h = self.out(self.act(self.two(h.transpose(1, 2))).transpose(1, 2))
        return h if self.plain else x + h


class Backbone(nn.Module):
    """A stem on patches, two blocks and the mean over the picture."""

    def __init__(self, width: int = 32, norm: str = "batch", act: str = "relu") -> None:
        super().__init__()
        self.stem = nn.Linear(3 * (SIDE // 4) ** 2, width)
        self.blocks = nn.ModuleList(Block(width, norm, act) for _ in range(2))
        self.kept: list[Tensor] = []

    def forward(self, x: Tensor) -> Tensor:
        """Features (n, width)."""
        side = SIDE // 4
        x = x.unfold(2, side, side).unfold(3, side, side).permute(0, 2, 3, 1, 4, 5).reshape(len(x), PATCHES, -1)
        self.kept, h = [], self.stem(x)
        for block in self.blocks:
            h = block(h)
            self.kept.append(block.lit)
        return h.mean(1)


class Classifier(nn.Module):
    """The backbone with a new head; an auxiliary head tells the picture's mean colour."""

    def __init__(self, classes: int, width: int = 32, norm: str = "batch", act: str = "relu", dropout: float = 0.0, hidden: int = 0, gain: float = 1.0, bias: tuple[float, ...] = ()) -> None:  # fmt: skip
        super().__init__()
        self.backbone = Backbone(width, norm, act)
        deep = [nn.Linear(width, hidden), nn.ReLU()] if hidden else []
        self.head = nn.Sequential(*deep, nn.Dropout(dropout), nn.Linear(hidden or width, classes))
        self.aux = nn.Linear(width, 3)
        with torch.no_grad():
            self.head[-1].weight.mul_(gain)
            for i, b in enumerate(bias):
                self.head[-1].bias[i] = b

    def forward(self, x: Tensor) -> Tensor:
        """Scores of the classes."""
        scores: Tensor = self.head(self.backbone(x))
        return scores


@cache
def pretrained(width: int, norm: str, act: str) -> dict[str, Tensor]:
    """The backbone's weights after a short training on twelve species of another garden."""
    with torch.random.fork_rng():
        torch.manual_seed(2024)
        net = Classifier(12, width, norm, act)
        x, y = blossoms(3072, 99, garden=1, species=12)
        opt = torch.optim.Adam(net.parameters(), 4e-3)
        g = torch.Generator().manual_seed(3)
        for t in range(320):
            pick = torch.randint(0, len(x), (64,), generator=g)
            for group in opt.param_groups:
                group["lr"] = 4e-3 * (1 - t / 320)
            opt.zero_grad()
            F.cross_entropy(net(augmented(x[pick], g, 0.3)), y[pick]).backward()
            opt.step()
    return {k: v.detach().clone() for k, v in net.backbone.state_dict().items()}

"""Small pictures and sequences drawn by formulas, and the convolutional nets and transformers that read them."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, LENGTH, TOKENS = 12, 12, 16
CLASSES = {"shapes": 5, "shapes2": 5, "counts": 4, "brackets": 2}


def shapes(n: int, g: torch.Generator, noise: float, shift: int = 0) -> tuple[Tensor, Tensor]:
    """Grey pictures (n, 1, 12, 12) of bar, pole, cross, square or disc at random places; ``shift`` renames the kinds."""
    y = torch.randint(0, 5, (n,), generator=g)
    at = torch.randint(3, SIDE - 3, (n, 2), generator=g).float()
    grid = torch.arange(SIDE).float()
    dy, dx = (grid - at[:, :1]).abs()[:, :, None], (grid - at[:, 1:]).abs()[:, None, :]
    far = torch.maximum(dy, dx)
    kinds = (
        (dy < 1) & (dx < 3),
        (dx < 1) & (dy < 3),
        ((dy < 1) | (dx < 1)) & (far < 3),
        (far > 1) & (far < 3),
        dy**2 + dx**2 < 5,
    )
    x = torch.stack([k.float() for k in kinds])[y, torch.arange(n)]
    return (x + noise * torch.randn(x.shape, generator=g))[:, None], (y + shift) % 5


def counts(n: int, g: torch.Generator, noise: float) -> tuple[Tensor, Tensor]:
    """Rows of tokens; how often the first one comes again, 0 to 3. ``noise``: share of wrong answers."""
    x = torch.randint(2, TOKENS, (n, LENGTH), generator=g)
    again = (x[:, 1:] == x[:, :1]) & (torch.rand((n, LENGTH - 1), generator=g) < 0.0)
    x[:, 1:] = torch.where((x[:, 1:] == x[:, :1]) & ~again, (x[:, 1:] + 1) % TOKENS, x[:, 1:])
    y = torch.randint(0, 4, (n,), generator=g)
    place = torch.rand((n, LENGTH - 1), generator=g).argsort(1)
    for k in range(3):
        here = place[:, k] + 1
        x[torch.arange(n), here] = torch.where(y > k, x[:, 0], x[torch.arange(n), here])
    wrong = torch.rand(n, generator=g) < noise
    return x, torch.where(wrong, torch.randint(0, 4, (n,), generator=g), y)


def brackets(n: int, g: torch.Generator, noise: float) -> tuple[Tensor, Tensor]:
    """Rows of tokens with one kind of opinion or the other among fillers, as in a sentiment set."""
    y = torch.randint(0, 2, (n,), generator=g)
    x = torch.randint(6, TOKENS, (n, LENGTH), generator=g)
    said = torch.randint(0, 3, (n, LENGTH), generator=g) + 3 * y[:, None]
    x = torch.where(torch.rand((n, LENGTH), generator=g) < 0.2, said, x)
    wrong = torch.rand(n, generator=g) < noise
    return x, torch.where(wrong, 1 - y, y)


def draw(task: str, n: int, seed: int, noise: float) -> tuple[Tensor, Tensor]:
    """``n`` examples of a task."""
    g = torch.Generator().manual_seed(seed)
    if task in {"shapes", "shapes2"}:
        return shapes(n, g, noise, shift=2 if task == "shapes2" else 0)
    return (counts if task == "counts" else brackets)(n, g, noise)


class Conv(nn.Module):
    """Convolutions, batch norm where asked for, mean of the places, a head."""

    def __init__(self, classes: int, width: int = 12, depth: int = 2, norm: bool = True, dropout: float = 0.0, gain: float = 1.0,
                 act: str = "relu", head: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        sizes = (1, *[width] * depth)
        self.layers = nn.ModuleList(
            nn.Conv2d(a, b, 3, 2 if i == 0 else 1, 1) for i, (a, b) in enumerate(itertools.pairwise(sizes))
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for _ in self.layers) if norm else None
        self.dropout, self.head, self.outs = nn.Dropout(dropout), nn.Linear(width * 9, classes), []
        self.act = {"relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}[act]
        with torch.no_grad():
            for layer in self.layers:
                layer.weight.mul_(gain)
            self.head.weight.mul_(head)

    def forward(self, x: Tensor) -> Tensor:
        self.outs = []
        for i, layer in enumerate(self.layers):
            x = layer(x) if self.norms is None else self.norms[i](layer(x))
            x = self.act(x)
            self.outs.append(x)
        return self.head(self.dropout(F.avg_pool2d(x, 2).flatten(1)))


class Former(nn.Module):
    """A transformer's encoder over tokens, the first place read out."""

    def __init__(self, classes: int, width: int = 24, depth: int = 2, norm: bool = True, dropout: float = 0.0, gain: float = 1.0,
                 act: str = "gelu", head: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.words, self.places = nn.Embedding(TOKENS, width), nn.Parameter(0.1 * torch.randn(LENGTH, width))
        self.layers = nn.ModuleList(nn.Linear(width, 3 * width) for _ in range(depth))
        self.ups = nn.ModuleList(nn.Linear(width, 2 * width) for _ in range(depth))
        self.downs = nn.ModuleList(nn.Linear(2 * width, width) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2 * depth)) if norm else None
        self.dropout, self.head, self.outs = nn.Dropout(dropout), nn.Linear(width, classes), []
        with torch.no_grad():
            for layer in (*self.layers, *self.downs):
                layer.weight.mul_(gain)
            self.head.weight.mul_(head)

    def forward(self, x: Tensor) -> Tensor:
        x, self.outs = self.words(x) + self.places, []
        for i, (qkv, up, down) in enumerate(zip(self.layers, self.ups, self.downs, strict=True)):
            h = x if self.norms is None else self.norms[2 * i](x)
            q, k, v = qkv(h).chunk(3, -1)
            x = x + F.scaled_dot_product_attention(q, k, v)
            h = x if self.norms is None else self.norms[2 * i + 1](x)
            x = x + self.dropout(down(F.gelu(up(h))))
            self.outs.append(x)
        return self.head(x.mean(1))

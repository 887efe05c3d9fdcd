"""Made-up signs of eight kinds, a teacher that knows them, and a small student whose weights can be cut and rounded."""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, KINDS = 12, 8


def signs(n: int, seed: int, haze: float = 0.7, mixed: float = 0.4, rare: float = 0.0) -> tuple[Tensor, Tensor]:
    """Pictures (n, 1, SIDE, SIDE) and kinds. ``mixed``: most of another kind shining through. ``rare``: share of kinds but the first."""
    g = torch.Generator().manual_seed(5)
    stamps = F.interpolate(torch.randn(KINDS, 1, 5, 5, generator=g), (SIDE, SIDE), mode="bicubic")
    g = torch.Generator().manual_seed(seed)
    kind = torch.randint(0, KINDS, (n,), generator=g)
    if rare:
        kind = torch.where(torch.rand(n, generator=g) < rare, kind, torch.zeros_like(kind))
    other, share = torch.randint(0, KINDS, (n,), generator=g), mixed * torch.rand(n, 1, 1, 1, generator=g)
    seen = (1 - share) * stamps[kind] + share * stamps[other]
    move = torch.randint(-1, 2, (n, 2), generator=g)
    rows = (torch.arange(SIDE)[None] + move[:, :1]) % SIDE
    columns = (torch.arange(SIDE)[None] + move[:, 1:]) % SIDE
    seen = seen[:, 0][torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]][:, None]
    light = 0.6 + 0.8 * torch.rand(n, 1, 1, 1, generator=g)
    return light * seen + haze * torch.randn(seen.shape, generator=g), kind


class Student(nn.Module):
    """Layers or convolutions, then scores; ``bits`` rounds the weights, ``masks`` switch some off."""

    def __init__(self, form: str = "flat", width: int = 32, depth: int = 2, act: str = "ReLU", drop: float = 0.0, norm: bool = False,
                 start: float = 1.0, last: float = 1.0, lean: float = 0.0, bias: tuple[float, ...] = ()) -> None:  # fmt: skip
        super().__init__()
        self.form, self.bits, size = form, 0, 1 if form == "conv" else SIDE * SIDE
        layers: list[nn.Module] = []
        for i in range(depth):
            wide = width * (i + 1) if form == "conv" else width
            layers.append(nn.Conv2d(size, wide, 3, 2, 1) if form == "conv" else nn.Linear(size, wide))
            size = wide
        self.layers = nn.ModuleList(layers)
        calm = nn.BatchNorm2d if form == "conv" else nn.BatchNorm1d
        self.norms = nn.ModuleList(calm(layer.weight.shape[0]) if norm else nn.Identity() for layer in layers)
        self.acts = nn.ModuleList(getattr(nn, act)() for _ in layers)
        self.drop, self.scores = nn.Dropout(drop), nn.Linear(size, KINDS)
        self.masks: dict[int, Tensor] = {}
        self.looked_at = list(zip(self.layers, self.acts, strict=True))
        with torch.no_grad():
            for layer in layers:
                layer.weight.mul_(start)
                layer.bias.add_(lean)
            self.scores.weight.mul_(last)
            for i, b in enumerate(bias):
                self.scores.bias[i] = b

    def _weight(self, i: int, layer: nn.Module) -> Tensor:
        weight = layer.weight
        if i in self.masks:
            weight = weight * self.masks[i]
        if self.bits:
            step = weight.detach().abs().max() / (2 ** (self.bits - 1) - 0.5)
            weight = weight + ((weight / step).round() * step - weight).detach()
        return weight

    def cut(self, share: float) -> None:
        """Switch the smallest ``share`` of the weights off, layer by layer."""
        for i, layer in enumerate([*self.layers, self.scores]):
            size = layer.weight.detach().abs()
            self.masks[i] = (size > size.flatten().quantile(share)).float()

    def forward(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        """Scores, and what the last layer saw."""
        h = seen if self.form == "conv" else seen.flatten(1)
        for i, (layer, norm, act) in enumerate(zip(self.layers, self.norms, self.acts, strict=True)):
            weight = self._weight(i, layer)
            h = F.conv2d(h, weight, layer.bias, 2, 1) if self.form == "conv" else F.linear(h, weight, layer.bias)
            h = self.drop(act(norm(h)))
        h = h.mean((2, 3)) if self.form == "conv" else h
        return F.linear(h, self._weight(len(self.layers), self.scores), self.scores.bias), h


@cache
def teacher(haze: float, mixed: float, taught: int) -> Student:
    """A wide net that saw ``taught`` batches of many pictures."""
    torch.manual_seed(77)
    net = Student(width=160, norm=True)
    seen, kind = signs(6400, 11, haze, mixed)
    opt = torch.optim.Adam(net.parameters(), 2e-3, weight_decay=1e-4, fused=True)
    for t in range(taught):
        at = torch.arange(128) + 128 * (t % 50)
        for group in opt.param_groups:
            group["lr"] = 2e-3 * (1 - t / taught)
        opt.zero_grad()
        F.cross_entropy(net(seen[at])[0], kind[at]).backward()
        opt.step()
    return net.eval().requires_grad_(False)

"""Made-up particle jets of one, two or three prongs, and the networks on sets that tell them apart."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

PARTICLES, FEATURES, KINDS = 14, 5, 3


def jets(n: int, seed: int, smear: float = 0.12, kinds: int = KINDS, rare: float = 0.0) -> dict[str, Tensor]:
    """Jets: cloud (n, PARTICLES, FEATURES: log share of momentum, two angles, charge, offset), kind, mass, and momentum.

    ``rare``: share of all kinds but the first, 0 for equal shares.
    """
    g = torch.Generator().manual_seed(seed)
    kind = torch.randint(0, kinds, (n,), generator=g)
    if rare:
        kind = torch.where(torch.rand(n, generator=g) < rare, 1 + kind % (kinds - 1), torch.zeros_like(kind))
    axes = torch.randn(n, KINDS, 2, generator=g)
    axes = 0.35 * axes / axes.norm(dim=2, keepdim=True) * (0.6 + 0.6 * torch.rand(n, KINDS, 1, generator=g))
    prong = (torch.rand(n, PARTICLES, generator=g) * (kind[:, None] + 1)).long().clamp(max=KINDS - 1)
    share = -torch.log(torch.rand(n, PARTICLES, generator=g) + 1e-6)
    share = share / share.sum(1, keepdim=True)
    place = axes.gather(1, prong[..., None].expand(-1, -1, 2)) + smear * torch.randn(n, PARTICLES, 2, generator=g)
    place = place - (share[..., None] * place).sum(1, keepdim=True)
    momentum = 300 + 200 * torch.rand(n, generator=g)
    mass = momentum * (share * (place**2).sum(2)).sum(1).sqrt()
    charge = torch.randint(-1, 2, (n, PARTICLES, 1), generator=g).float()
    offset = torch.randn(n, PARTICLES, 1, generator=g) * (0.2 + 0.3 * (kind == KINDS - 1).float()[:, None, None])
    cloud = torch.cat([torch.log(share)[..., None] / 2 + 1.5, 3 * place, charge, offset], 2)
    return {"cloud": cloud, "kind": kind, "mass": mass, "momentum": momentum}


class SetNet(nn.Module):
    """Particle by particle through ``depth`` layers (with attention between them if asked), pooled, then a head."""

    def __init__(self, outputs: int, width: int = 24, depth: int = 2, attention: bool = False, act: str = "relu", dropout: float = 0.0,
                 norm: bool = False, init: float = 1.0, pool: str = "mean", head: float = 1.0, shift: float = 0.0, bias: tuple = ()) -> None:  # fmt: skip
        super().__init__()
        sizes = [FEATURES] + [width] * depth
        self.phi = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in self.phi)
        self.mix = nn.Linear(width, 3 * width) if attention else None
        self.rho, self.out, self.mass = nn.Linear(width, width), nn.Linear(width, outputs), nn.Linear(width, 1)
        self.act, self.drop, self.pool = getattr(torch, act), nn.Dropout(dropout), pool
        self.seen: list[Tensor] = []
        with torch.no_grad():
            for layer in (*self.phi, self.rho):
                layer.weight.mul_(init)
                layer.bias.add_(shift)
            self.out.weight.mul_(head)
            for i, b in enumerate(bias):
                self.out.bias[i] = b

    def forward(self, h: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the kinds (n, outputs), and a mass (n,)."""
        self.seen = []
        for layer, norm in zip(self.phi, self.norms, strict=True):
            h = self.drop(self.act(norm(layer(h))))
            self.seen.append(h)
        if self.mix is not None:
            q, k, v = self.mix(h).chunk(3, -1)
            h = h + torch.softmax(q @ k.transpose(1, 2) / q.shape[-1] ** 0.5, -1) @ v
        h = h.sum(1) if self.pool == "sum" else h.mean(1)
        h = self.drop(self.act(self.rho(h)))
        self.seen.append(h)
        return self.out(h), self.mass(h)[:, 0]

"""Textures drawn by formulas, and the small patch networks (attention or mixing of tokens) that look at them."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, PATCH = 16, 4
TOKENS, CELLS = (SIDE // PATCH) ** 2, PATCH * PATCH
KINDS = 6
ACTS = {"gelu": F.gelu, "relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


def textures(
    n: int, seed: int, noise: float = 0.5, rare: float = 0.0, kinds: tuple[int, ...] = tuple(range(KINDS))
) -> tuple[Tensor, Tensor, Tensor]:
    """Pictures (n, 16, 16), their kind (stripes, checks, rings, blobs, dots, weave) and the angle's (cos 2a, sin 2a).

    ``rare``: share of all kinds but the first together, 0 for equal shares.
    """
    g = torch.Generator().manual_seed(seed)

    def draw(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=g)

    kind = torch.tensor(kinds)[torch.randint(0, len(kinds), (n,), generator=g)]
    if rare:
        kind = torch.where(draw(n) < rare, 1 + kind % (KINDS - 1), torch.zeros(n, dtype=torch.long))
    ys, xs = torch.meshgrid(torch.arange(SIDE).float(), torch.arange(SIDE).float(), indexing="ij")
    angle, phase, wave = draw(n, 1, 1) * math.pi, draw(n, 1, 1) * 6.28, 0.85 + 0.2 * draw(n, 1, 1)
    u, v = xs * angle.cos() + ys * angle.sin(), ys * angle.cos() - xs * angle.sin()
    radius = ((xs - SIDE * draw(n, 1, 1)) ** 2 + (ys - SIDE * draw(n, 1, 1)) ** 2).sqrt()
    rough = torch.randn(n, 1, SIDE, SIDE, generator=g)
    blobs = 2.5 * F.avg_pool2d(rough, 5, 1, 2)[:, 0]
    stripes, across = (wave * u + phase).sin(), (wave * v + phase).sin()
    all_kinds = torch.stack([stripes, (stripes * across).sign(), (wave * radius + phase).sin(), blobs,
                             (stripes * across > 0.5).float() * 2 - 0.5, torch.maximum(stripes, across)], 1)  # fmt: skip
    pictures = all_kinds[torch.arange(n), kind] + noise * torch.randn(n, SIDE, SIDE, generator=g)
    a = angle[:, 0, 0]
    return pictures, kind, torch.stack([(2 * a).cos(), (2 * a).sin()], 1)


def patches(pictures: Tensor) -> Tensor:
    """(n, 16 tokens, 16 cells) of (n, 16, 16)."""
    cut = pictures.unfold(1, PATCH, PATCH).unfold(2, PATCH, PATCH)
    return cut.reshape(len(pictures), TOKENS, CELLS)


class Block(nn.Module):
    """Tokens exchange (attention, or a perceptron over tokens), then each goes through a perceptron."""

    def __init__(self, dim: int, mixing: str, norm: str, residual: bool, act: str, dropout: float, layer_scale: float) -> None:  # fmt: skip
        super().__init__()
        self.mixing, self.norm, self.residual, self.act = mixing, norm, residual, ACTS[act]
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.tokens = nn.Linear(TOKENS, TOKENS)
        self.up, self.down = nn.Linear(dim, 2 * dim), nn.Linear(2 * dim, dim)
        self.norms = nn.ModuleList([nn.LayerNorm(dim) if norm != "none" else nn.Identity() for _ in range(2)])
        self.drop = nn.Dropout(dropout)
        self.scale = nn.Parameter(torch.full((dim,), layer_scale)) if layer_scale else None
        self.hidden = self.pre = torch.zeros(1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.join(x, self.exchange, self.norms[0])
        return self.join(x, self.perceptron, self.norms[1])

    def join(self, x: Tensor, part: nn.Module, norm: nn.Module) -> Tensor:
        """Residual and norm, in the order asked for."""
        y = self.drop(part(norm(x) if self.norm == "pre" else x))
        y = y * self.scale if self.scale is not None else y
        y = x + y if self.residual else y
        return norm(y) if self.norm == "post" else y

    def exchange(self, x: Tensor) -> Tensor:
        if self.mixing == "mlp":
            return self.out(self.act(self.tokens(x.transpose(1, 2))).transpose(1, 2))
        q, k, v = self.qkv(x).chunk(3, -1)
        return self.out(torch.softmax(q @ k.transpose(1, 2) / math.sqrt(q.shape[-1]), -1) @ v)

    def perceptron(self, x: Tensor) -> Tensor:
        self.pre = self.up(x)
        self.hidden = self.act(self.pre)
        return self.down(self.hidden)


class PatchNet(nn.Module):
    """Patches → tokens → blocks → mean → ``heads``: name → number of outputs; ``outs`` keeps every block's output."""

    def __init__(self, heads: dict[str, int], depth: int = 2, dim: int = 20, mixing: str = "attention", norm: str = "pre",
                 residual: bool = True, act: str = "gelu", dropout: float = 0.0, layer_scale: float = 0.0, std: float = 0.0,
                 gain: float = 1.0, hidden_bias: float = 0.0, head_gain: float = 1.0, squash: bool = False, centre: bool = False) -> None:  # fmt: skip
        super().__init__()
        self.embed, self.place = nn.Linear(CELLS, dim), nn.Parameter(0.1 * torch.randn(TOKENS, dim))
        self.blocks = nn.ModuleList(Block(dim, mixing, norm, residual, act, dropout, layer_scale) for _ in range(depth))
        self.last = nn.LayerNorm(dim) if norm == "pre" else nn.Identity()
        self.paint, self.hidden_token = nn.Linear(dim, CELLS), nn.Parameter(torch.zeros(dim))
        self.heads = nn.ModuleDict({name: nn.Linear(dim, size) for name, size in heads.items()})
        self.squash, self.outs = squash, []
        self.centre = nn.BatchNorm1d(dim) if centre else nn.Identity()
        with torch.no_grad():
            for block in self.blocks:
                for layer in (block.qkv, block.out, block.tokens, block.up, block.down):
                    nn.init.xavier_uniform_(layer.weight)
                    layer.weight.normal_(0, std) if std else layer.weight.mul_(gain)
                    layer.bias.zero_()
                block.up.bias.fill_(hidden_bias)
            for head in self.heads.values():
                head.weight.mul_(head_gain)

    def tokens(self, pictures: Tensor, hide: Tensor | None = None) -> Tensor:
        """The tokens (n, 16, dim) after the last block; ``hide``: (n, 16), True where a patch is not shown."""
        x = self.embed(patches(pictures))
        x = (torch.where(hide[..., None], self.hidden_token, x) if hide is not None else x) + self.place
        self.outs = []
        for block in self.blocks:
            x = torch.tanh(block(x)) if self.squash else block(x)
            self.outs.append(x)
        return self.last(x)

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Name of the head → outputs."""
        mean = self.centre(self.tokens(pictures).mean(1))
        return {name: head(mean) for name, head in self.heads.items()}

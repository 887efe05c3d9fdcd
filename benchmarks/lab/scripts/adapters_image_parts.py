"""Made-up pictures of eight by eight points in several styles, small nets that remove noise from them or squeeze them, and adapters."""

from __future__ import annotations

import math
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, PIXELS, MOTIFS, WAVES = 8, 64, 6, 8
GRID = torch.stack(torch.meshgrid(torch.linspace(-1, 1, SIDE), torch.linspace(-1, 1, SIDE), indexing="ij"))


@cache
def pictures(n: int, seed: int, style: str = "plain", grain: float = 0.05) -> tuple[Tensor, Tensor]:
    """Pictures (n, PIXELS) between about -1 and 1, and the motif of each: blobs, rings, bars, crosses, steps, waves."""
    g = torch.Generator().manual_seed(seed)
    motif = torch.randint(0, MOTIFS, (n,), generator=g)
    a, b, size = (torch.rand(3, n, 1, 1, generator=g) * torch.tensor([1.2, 1.2, 0.4])[:, None, None, None]).unbind(0)
    angle = math.pi * torch.rand(n, 1, 1, generator=g)
    y, x = GRID[0] - (a - 0.6), GRID[1] - (b - 0.6)
    u, v, size = x * angle.cos() + y * angle.sin(), y * angle.cos() - x * angle.sin(), size + 0.25
    far = (x**2 + y**2).sqrt()
    drawn = torch.stack([
        torch.exp(-((far / size) ** 2)), torch.exp(-(((far - 2 * size) / 0.25) ** 2)), torch.exp(-((u / size) ** 2)),
        torch.maximum(torch.exp(-((u / 0.2) ** 2)), torch.exp(-((v / 0.2) ** 2))), torch.sigmoid(u * 8), 0.5 + 0.5 * torch.sin(4 * u / size),
    ])  # fmt: skip
    image = 2 * drawn[motif, torch.arange(n)] - 1
    match style:
        case "inverted":
            image = -image
        case "hatched":
            image = 0.5 * image + 0.5 * torch.sin(6 * (GRID[0] + GRID[1]))
        case "posters":
            image = torch.sign(image) * 0.8
        case "mirrored":
            image = torch.maximum(image, image.flip(2))
        case "dark":
            image = 0.3 * image - 0.6
        case "noise":
            image = torch.randn(image.shape, generator=g)
    return (image + grain * torch.randn(image.shape, generator=g)).flatten(1), motif


class Adapted(nn.Module):
    """A linear layer with a low-rank addition: ``up`` starts at nothing."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float, first: float, drop: float) -> None:
        super().__init__()
        self.base, self.scale, self.drop = base, alpha / rank, drop
        self.down = nn.Parameter(first * torch.randn(rank, base.in_features) / base.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))
        self.on = True

    def forward(self, h: Tensor) -> Tensor:
        out = self.base(h)
        if not self.on:
            return out
        return out + self.scale * F.dropout(h, self.drop, self.training) @ self.down.T @ self.up.T


class Block(nn.Module):
    """A residual block that hears of the time and of the caption."""

    def __init__(self, width: int, act: str) -> None:
        super().__init__()
        self.norm, self.one, self.two, self.ear = nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.Linear(2 * width, width), nn.Linear(width, width)  # fmt: skip
        self.act, self.hidden = getattr(F, act), torch.zeros(1, 1)

    def forward(self, h: Tensor, told: Tensor) -> Tensor:
        self.hidden = self.act(self.one(self.norm(h) + self.ear(told)))
        return h + self.two(self.hidden)


class Denoiser(nn.Module):
    """Noise (or velocity) from a noisy picture, its time and its caption."""

    def __init__(self, width: int = 80, depth: int = 2, act: str = "silu") -> None:
        super().__init__()
        self.into, self.out = nn.Linear(PIXELS, width), nn.Linear(width, PIXELS)
        self.time, self.caption = nn.Linear(2 * WAVES, width), nn.Embedding(MOTIFS + 2, width)
        self.blocks = nn.ModuleList(Block(width, act) for _ in range(depth))

    def forward(self, x: Tensor, t: Tensor, caption: Tensor) -> Tensor:
        turns = t[:, None] * 2.0 ** torch.arange(WAVES) * 1.5
        told = F.silu(self.time(torch.cat([turns.sin(), turns.cos()], 1)) + self.caption(caption))
        h = self.into(x)
        for block in self.blocks:
            h = block(h, told)
        return self.out(h)


class Squeezer(nn.Module):
    """An autoencoder with a mean and a spread for each number in the middle."""

    def __init__(self, width: int = 96, middle: int = 12, act: str = "silu") -> None:
        super().__init__()
        self.into, self.inner, self.code = (
            nn.Linear(PIXELS, width),
            nn.Linear(width, width),
            nn.Linear(width, 2 * middle),
        )
        self.decode, self.outer, self.out = nn.Linear(middle, width), nn.Linear(width, width), nn.Linear(width, PIXELS)
        self.act, self.hidden = getattr(F, act), torch.zeros(1, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mean, spread = self.code(self.act(self.inner(self.act(self.into(x))))).chunk(2, 1)
        spread = spread.clamp(-12, 8)
        z = mean + torch.randn_like(mean) * (spread / 2).exp() if self.training else mean
        self.hidden = self.act(self.outer(self.act(self.decode(z))))
        return self.out(self.hidden), mean, spread


def adapt(net: nn.Module, rank: int, alpha: float, first: float, drop: float, where: str) -> list[nn.Parameter]:
    """Put adapters on the linear layers whose path contains a word of ``where``; the parameters to train."""
    net.requires_grad_(False)
    own: list[nn.Parameter] = []
    for path, layer in list(net.named_modules()):
        if isinstance(layer, nn.Linear) and any(word in path for word in where.split()):
            holder = net.get_submodule(path.rpartition(".")[0])
            new = Adapted(layer, rank, alpha, first, drop)
            setattr(holder, path.rpartition(".")[2], new)
            own += [new.down, new.up]
    return own


def noised(x: Tensor, eps: Tensor, t: Tensor, target: str) -> tuple[Tensor, Tensor]:
    """The picture at time t and what the net shall say: noise (eps), v, or the velocity of a straight flow."""
    t = t[:, None]
    if target == "flow":
        return (1 - t) * x + t * eps, eps - x
    keep, add = (t * math.pi / 2).cos(), (t * math.pi / 2).sin()
    return keep * x + add * eps, eps if target == "eps" else keep * eps - add * x


@cache
def start_of(kind: str, target: str, act: str, steps: int) -> dict[str, Tensor]:
    """Weights after ``steps`` updates on plain pictures."""
    with torch.random.fork_rng():
        torch.manual_seed(8)
        net: nn.Module = Denoiser(act=act) if kind == "denoiser" else Squeezer(act=act)
        images, motifs = pictures(6000, 77)
        opt = torch.optim.AdamW(net.parameters(), 3e-3, fused=True)
        for i in range(steps):
            for group in opt.param_groups:
                group["lr"] = 3e-3 * min(1.0, (i + 1) / 50) * (1 - i / steps)
            pick = torch.randint(0, len(images), (96,))
            x = images[pick]
            if kind == "denoiser":
                t = torch.rand(len(x))
                seen, wanted = noised(x, torch.randn_like(x), t, target)
                loss = F.mse_loss(net(seen, t, motifs[pick]), wanted)
            else:
                made, mean, spread = net(x)
                loss = F.mse_loss(made, x) + 1e-3 * (mean.square() + spread.exp() - spread - 1).sum(1).mean() / 2
            opt.zero_grad()
            loss.backward()
            opt.step()
        return {name: v.detach().clone() for name, v in net.state_dict().items()}

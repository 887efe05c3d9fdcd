"""Made-up photographs (a thing on a patterned ground), and a small convolutional net with weights from other things."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SIDE, THINGS = 14, 10


def photographs(
    n: int, seed: int, things: list[int], grain: float = 0.25, shares: list[float] | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Pictures (n, 3, SIDE, SIDE) about zero, which of ``things`` they show, and how large it is (0…1)."""
    g = torch.Generator().manual_seed(seed)
    kind = torch.multinomial(torch.tensor(shares or [1.0] * len(things)), n, True, generator=g)
    thing = torch.tensor(things)[kind]
    large = torch.rand(n, generator=g)
    centre = 4.5 + 5 * torch.rand(n, 2, generator=g)
    ys, xs = torch.meshgrid(torch.arange(SIDE), torch.arange(SIDE), indexing="ij")
    y, x = ys[None] - centre[:, :1, None], xs[None] - centre[:, 1:, None]
    r = (3 + 2 * large)[:, None, None]
    far, inside = (x**2 + y**2).sqrt(), (torch.maximum(x.abs(), y.abs()) < r).float()
    shapes = torch.stack([
        (far < r).float(), ((far - r).abs() < 1.0).float(), inside, inside * ((ys // 2) % 2)[None], inside * ((xs // 2) % 2)[None],
        inside * torch.minimum(x.abs(), y.abs()).lt(1.0), inside * (x - y).abs().lt(1.5), inside * (x + y).abs().lt(1.5),
        inside * ((xs + ys) % 2)[None], (far < r).float() * (y > 0),
    ], 1)  # fmt: skip
    shape = shapes[torch.arange(n), thing][:, None]
    ink, ground = torch.randn(n, 3, 1, 1, generator=g), 0.6 * torch.randn(n, 3, 1, 1, generator=g)
    waves = torch.sin(xs * 2 * torch.rand(n, 1, 1, generator=g) + ys * 2 * torch.rand(n, 1, 1, generator=g))[:, None]
    noise = grain * torch.randn(n, 3, SIDE, SIDE, generator=g)
    return shape * (ink + 1.2 * ink.sign()) + (1 - shape) * (ground + 0.3 * waves) + noise, kind, large


class Stage(nn.Module):
    """A convolution that halves the picture."""

    def __init__(self, before: int, after: int, norm: bool) -> None:
        super().__init__()
        self.conv = nn.Conv2d(before, after, 3, 2, 1)
        self.norm = nn.BatchNorm2d(after) if norm else nn.Identity()
        self.out: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """(n, before, s, s) → (n, after, s/2, s/2)."""
        self.out = torch.relu(self.norm(self.conv(x)))
        return self.out


class Backbone(nn.Module):
    """Three stages and a mean over the picture."""

    def __init__(self, norm: bool = True, widths: tuple[int, ...] = (10, 20, 32)) -> None:
        super().__init__()
        ends = (3, *widths)
        self.stages = nn.ModuleList(Stage(a, b, norm) for a, b in zip(ends, widths, strict=False))

    def forward(self, x: Tensor) -> Tensor:
        """A vector a picture."""
        for stage in self.stages:
            x = stage(x)
        return x.mean((2, 3))


class Classifier(nn.Module):
    """A backbone with a new head: scores and a size."""

    def __init__(
        self, classes: int, norm: bool, hidden: int = 0, drop: float = 0.0, widths: tuple[int, ...] = (10, 20, 32)
    ) -> None:
        super().__init__()
        self.body, last = Backbone(norm, widths), widths[-1]
        self.neck = nn.Sequential(nn.Linear(last, hidden), nn.ReLU()) if hidden else nn.Identity()
        self.drop, self.top, self.large = (
            nn.Dropout(drop),
            nn.Linear(hidden or last, classes),
            nn.Linear(hidden or last, 1),
        )

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (n, classes) and sizes (n,)."""
        h = self.drop(self.neck(self.body(x)))
        return self.top(h), self.large(h)[:, 0]


_ZOO: dict[tuple[int, bool], dict[str, Tensor]] = {}


def downloaded(seed: int, norm: bool) -> dict[str, Tensor]:
    """Weights of a backbone that learnt six other things."""
    if (seed, norm) not in _ZOO:
        torch.manual_seed(40 + seed)
        g = torch.Generator().manual_seed(50 + seed)
        pictures, kind, _ = photographs(2048, 60 + seed, [0, 2, 3, 6, 8, 9], 0.25)
        net = Classifier(6, norm)
        opt = torch.optim.Adam(net.parameters(), 6e-3, fused=True)
        for step in range(260):
            pick = torch.randint(0, 2048, (48,), generator=g)
            loss = F.cross_entropy(net(pictures[pick])[0], kind[pick])
            opt.zero_grad()
            loss.backward()
            opt.step()
            opt.param_groups[0]["lr"] = 6e-3 * (1 - step / 270)
        _ZOO[seed, norm] = {k: v.detach().clone() for k, v in net.body.state_dict().items()}
    return _ZOO[seed, norm]

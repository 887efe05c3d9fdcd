"""Tables of an insurer and pulse trains, drawn by formulas; deep plain perceptrons and an Elman network."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

ACT = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "elu": nn.functional.elu}
FEATURES, LENGTH = 9, 24


def table(what: str, n: int, g: torch.Generator, noise: float) -> tuple[Tensor, Tensor]:
    """Features (n, 9) and the target: claims (counts), fraud (0 or 1, one in 25), price (skewed), tier (0 … 4)."""
    x = torch.randn(n, FEATURES, generator=g)
    risk = 0.8 * x[:, 0] * x[:, 1] + (x[:, 2] > 0.4).float() * x[:, 3] + 0.6 * (2 * x[:, 4]).sin() + 0.4 * x[:, 5].abs()
    risk = risk + noise * torch.randn(n, generator=g)
    if what == "claims":
        return x, torch.poisson((0.7 * risk - 1.2).clamp(max=3).exp(), generator=g)
    if what == "fraud":
        return x, (risk > 2.6).float()
    if what == "price":
        return x, (1.1 * risk).exp()
    if what == "risk":
        return x, risk
    return x, torch.bucketize(risk, torch.tensor([-0.7, 0.0, 0.7, 1.5]))


def pulses(what: str, n: int, g: torch.Generator, noise: float, gap: int) -> tuple[Tensor, Tensor]:
    """Trains (n, 24, 2) with two pulses; ``order``: is the first one larger? ``echo``: the sum of the two.

    ``gap``: silence in steps after the second pulse, before the answer.
    """
    x = noise * torch.randn(n, LENGTH + gap, 2, generator=g)
    x[:, :, 1] = 0
    first = torch.randint(0, LENGTH // 2, (n,), generator=g)
    second = torch.randint(LENGTH // 2, LENGTH, (n,), generator=g)
    sizes = torch.rand(n, 2, generator=g) * 2 - 1
    every = torch.arange(n)
    for at, column in ((first, 0), (second, 1)):
        x[every, at, 0], x[every, at, 1] = sizes[:, column], 1.0
    return x, ((sizes[:, 0] > sizes[:, 1]).long() if what == "order" else sizes.sum(1))


class Plain(nn.Module):
    """``depth`` layers one after the other; ``gain`` multiplies weights drawn for a spread of 1 (Xavier)."""

    def __init__(self, outputs: int, depth: int = 3, width: int = 32, act: str = "tanh", gain: float = 1.0, bias: float = 0.0, norm: bool = False,
                 drop: float = 0.0, last_gain: float = 1.0, last_bias: float = 0.0, skip: bool = False) -> None:  # fmt: skip
        super().__init__()
        sizes = [FEATURES, *[width] * depth]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) if norm else nn.Identity() for _ in self.layers)
        self.head, self.act, self.drop, self.skip = nn.Linear(width, outputs), ACT[act], nn.Dropout(drop), skip
        self.pre: list[Tensor] = []
        self.post: list[Tensor] = []
        for layer in self.layers:
            nn.init.xavier_normal_(layer.weight, gain)
            nn.init.constant_(layer.bias, bias)
        with torch.no_grad():
            self.head.weight.mul_(last_gain)
            self.head.bias.add_(last_bias)

    def forward(self, x: Tensor) -> Tensor:
        self.pre, self.post = [], []
        for layer, norm in zip(self.layers, self.norms, strict=True):
            pre = norm(layer(x))
            y = self.drop(self.act(pre))
            x = x + y if self.skip and x.shape == y.shape else y
            self.pre.append(pre)
            self.post.append(x)
        return self.head(x)


class Elman(nn.Module):
    """h ← act(W x + U h + b), the answer from the last h; ``gain`` is the spectral radius of U."""

    def __init__(
        self,
        outputs: int,
        width: int = 24,
        act: str = "tanh",
        gain: float = 1.0,
        in_gain: float = 1.0,
        last_gain: float = 1.0,
    ) -> None:
        super().__init__()
        self.inner, self.outer, self.head = (
            nn.Linear(2, width),
            nn.Linear(width, width, bias=False),
            nn.Linear(width, outputs),
        )
        self.act, self.width = ACT[act], width
        with torch.no_grad():
            nn.init.orthogonal_(self.outer.weight, gain)
            self.inner.weight.mul_(in_gain)
            self.head.weight.mul_(last_gain)
        self.pre: list[Tensor] = []
        self.post: list[Tensor] = []

    @property
    def layers(self) -> list[nn.Linear]:
        return [self.inner, self.outer]

    def forward(self, x: Tensor) -> Tensor:
        h = x.new_zeros(len(x), self.width)
        self.pre, self.post = [], []
        driven = self.inner(x)
        for t in range(x.shape[1]):
            pre = driven[:, t] + self.outer(h)
            h = self.act(pre)
            if t in {0, x.shape[1] // 2, x.shape[1] - 1}:
                self.pre.append(pre)
                self.post.append(h)
        return self.head(h)


def loss_of(what: str, kind: str, out: Tensor, y: Tensor, weight: float) -> Tensor:
    """The loss of a batch; ``kind``: mse, huber, nll (mean and log variance), poisson, bce, ce."""
    if kind == "nll":
        mean, log_var = out[:, 0], out[:, 1]
        return 0.5 * ((y - mean) ** 2 * (-log_var).exp() + log_var).mean()
    if kind == "nll_free":  # the standard deviation itself is predicted and nothing keeps it from zero
        mean, size = out[:, 0], out[:, 1].abs() + 1e-6
        return (0.5 * ((y - mean) / size) ** 2 + size.log()).mean()
    if kind == "poisson":
        return (out[:, 0].exp() - y * out[:, 0]).mean()
    if kind == "bce":
        return nn.functional.binary_cross_entropy_with_logits(out[:, 0], y, pos_weight=torch.tensor(weight))
    if kind == "sigmoid_mse":
        return ((out[:, 0].sigmoid() - y) ** 2).mean()
    if kind == "ce":
        return nn.functional.cross_entropy(out, y)
    return nn.functional.mse_loss(out[:, 0], y) if kind == "mse" else nn.functional.huber_loss(out[:, 0], y)


def scores(kind: str, out: Tensor, y: Tensor) -> dict[str, float]:
    """What people print beside the loss."""
    if kind == "ce":
        return {
            "acc": (out.argmax(1) == y).float().mean().item(),
            "acc_axis": (out.argmax(0)[:1] == y).float().mean().item(),
        }
    if kind in {"bce", "sigmoid_mse"}:
        said, true = out[:, 0] > 0, y > 0.5
        hits = int((said & true).sum())
        order = out[:, 0].argsort().argsort().float()
        ones, zeros = int(true.sum()), int((~true).sum())
        auc = (order[true].sum().item() + ones - ones * (ones + 1) / 2) / max(1, ones * zeros)
        return {
            "acc": (said == true).float().mean().item(),
            "recall": hits / max(1, ones),
            "f1": 2 * hits / max(1, int(said.sum()) + ones),
            "auc": auc,
        }
    if kind == "poisson":
        rate = out[:, 0].clamp(max=20).exp()
        return {"mae": (rate - y).abs().mean().item(), "d2": _d2(rate, y)}
    error = out[:, 0] - y
    r2 = 1 - (error**2).sum().item() / (((y - y.mean()) ** 2).sum().item() + 1e-12)
    return {
        "mae": error.abs().mean().item(),
        "rmse": math.sqrt((error**2).mean().item()),
        "r2": r2,
        "mape": (error / y).abs().mean().item(),
    }


def _d2(rate: Tensor, y: Tensor) -> float:
    def deviance(mu: Tensor) -> float:
        return float((torch.xlogy(y, y / mu) - y + mu).sum())

    return 1 - deviance(rate) / deviance(y.mean().expand(len(y)))

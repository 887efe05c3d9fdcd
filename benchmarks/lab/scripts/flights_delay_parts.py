"""Made-up flights and the gated perceptron that guesses their delay: features, targets, losses, metrics, pace of the rate."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

CARRIERS, AIRPORTS, NUMBERS = 8, 14, 10
LATE = 15.0
EDGES = (-5.0, 5.0, 15.0, 30.0, 60.0)
"""Minutes between the six classes of delay."""
ACTS = {"silu": F.silu, "relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


def flights(n: int, seed: int, tail: float, cap: float) -> dict[str, Tensor]:
    """Flights in the order of their dates: ``where`` (n, 3), ``x`` (n, 10) standardised, ``delay`` in minutes.

    The world (carriers, airports) is the same for every seed; ``tail``: minutes of the rest, a t-distribution with three degrees;
    ``cap``: nothing counts as later than that.
    """
    world = torch.Generator().manual_seed(20)
    carrier = torch.randn(CARRIERS, generator=world) * 7
    hub, slot = torch.rand(AIRPORTS, generator=world) * 16, torch.rand(AIRPORTS, generator=world) * 6.28
    g = torch.Generator().manual_seed(seed)
    where = torch.stack([torch.randint(k, (n,), generator=g) for k in (CARRIERS, AIRPORTS, AIRPORTS)], 1)
    day, hour = torch.linspace(0, 6.28, n), torch.rand(n, generator=g) * 6.28
    x = torch.randn(n, NUMBERS, generator=g)
    x[:, 0], x[:, 1], x[:, 2], x[:, 3] = hour.sin() * 1.4, hour.cos() * 1.4, day.sin() * 1.4, day.cos() * 1.4
    rain, inbound, turn = x[:, 4], x[:, 5], x[:, 6]
    busy = hub[where[:, 1]] * torch.relu((hour - slot[where[:, 1]]).cos())
    mean = (
        4
        + carrier[where[:, 0]]
        + busy
        + 9 * torch.relu(rain - 0.3) * (1.3 + x[:, 3])
        + 14 * torch.relu(inbound - 0.5 * turn)
    )
    mean = mean + 5 * torch.tanh(x[:, 7] * x[:, 8]) + 0.3 * hub[where[:, 2]]
    rest = torch.randn(n, generator=g) / (torch.randn(n, 3, generator=g).square().mean(1).sqrt() + 0.15)
    storm = (torch.rand(n, generator=g) < 0.04) * torch.relu(rain) * torch.randn(n, generator=g).exp() * 40
    return {"where": where, "x": x, "delay": (mean + tail * rest + (tail > 0) * storm).clamp(-45, cap)}


class Delay(nn.Module):
    """Embedded carrier and airports beside the numbers → gated (or plain) blocks → ``outputs`` numbers."""

    def __init__(self, outputs: int, width: int = 24, hidden: int = 32, depth: int = 2, gated: bool = True, residual: bool = True,
                 norm: bool = True, act: str = "silu", dropout: float = 0.0, gain: float = 1.0, head: float = 1.0, bias: float = 0.0,
                 top: float = 0.0, scale: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(k, 4) for k in (CARRIERS, AIRPORTS, AIRPORTS))
        self.stem, self.last = nn.Linear(NUMBERS + 12, width), nn.Linear(width, outputs)
        self.ups = nn.ModuleList(nn.Linear(width, hidden * (1 + gated)) for _ in range(depth))
        self.downs = nn.ModuleList(nn.Linear(hidden, width) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth))
        self.act, self.gated, self.residual, self.drop, self.scale = (
            ACTS[act],
            gated,
            residual,
            nn.Dropout(dropout),
            scale,
        )
        self.hiddens: list[Tensor] = []
        self.outs: list[Tensor] = []
        with torch.no_grad():
            for up, down in zip(self.ups, self.downs, strict=True):
                up.weight.mul_(gain)
                down.weight.mul_(gain)
                up.bias.add_(bias)
            self.last.weight.mul_(head)
            self.last.bias.fill_(top)

    def forward(self, where: Tensor, x: Tensor) -> Tensor:
        """(n, outputs)."""
        h = self.stem(torch.cat([x, *(t(where[:, i]) for i, t in enumerate(self.tables))], 1))
        self.hiddens, self.outs = [], []
        for up, down, norm in zip(self.ups, self.downs, self.norms, strict=True):
            z = up(norm(h))
            if self.gated:
                gate, z = z.chunk(2, 1)
                z = torch.sigmoid(gate) * self.act(z)
            else:
                z = self.act(z)
            self.hiddens.append(z)
            y = self.drop(down(z))
            h = h + y if self.residual else self.act(y)
            self.outs.append(h)
        return self.last(h) * self.scale


def of_minutes(kind: str, out: Tensor, y: Tensor) -> Tensor:
    """The loss of guessed delays (n,) against true ones; ``tnll`` takes (n, 2): place and log of the spread."""
    if kind == "tnll":
        z = (y - out[:, 0]) * (-out[:, 1]).exp()
        return (2.0 * (z.square() / 3).log1p() + out[:, 1]).mean()
    guess = out[:, 0]
    if kind == "mae":
        return (guess - y).abs().mean()
    if kind == "huber":
        return F.smooth_l1_loss(guess, y)
    if kind == "logcosh":
        return (F.softplus(2 * (guess - y)) - (guess - y) - math.log(2)).mean()
    return F.mse_loss(guess, y)


def scores(task: str, out: Tensor, y: Tensor, late: Tensor, says: str) -> dict[str, float]:
    """mae, rmse, r2, exact of guessed minutes; acc, f1, recall, auc of late ones; acc of classes."""
    found: dict[str, float] = {}
    if task in {"minutes", "both"}:
        wrong = out[:, 0] - y
        found |= {
            "mae": float(wrong.abs().mean()),
            "rmse": float(wrong.square().mean().sqrt()),
            "exact": float((wrong == 0).float().mean()),
        }
        found["r2"] = 1 - float(wrong.square().mean() / (y.var(unbiased=False) + 1e-12))
    if task == "bins":
        found["acc"] = float((out.argmax(1) == late).float().mean())
    if task in {"late", "both"}:
        logit = out[:, -1]
        p = torch.sigmoid(torch.sigmoid(logit)) if says == "twice" else torch.sigmoid(logit)
        said, true = p > 0.5, late > 0.5
        hit = float((said & true).sum())
        found |= {"acc": float((said == true).float().mean()), "recall": hit / max(1.0, float(true.sum()))}
        found["f1"] = 2 * hit / max(1.0, float(said.sum() + true.sum()))
        rank = torch.empty(len(logit)).index_copy_(0, logit.argsort(), torch.arange(len(logit)).float())
        ones = float(true.sum())
        found["auc"] = (float(rank[true].sum()) - ones * (ones - 1) / 2) / max(1.0, ones * (len(logit) - ones))
    return found


def pace(plan: tuple, t: int, total: int) -> float:
    """Factor of the rate before update ``t`` (from 0); ``plan``: a name and its numbers."""
    name, *n = plan
    done = t / total
    rise = min(1.0, (t + 1) / n[0]) if name in {"warm", "cosine"} and n and n[0] else 1.0
    if name == "cosine":
        return rise * 0.5 * (1 + math.cos(math.pi * done))
    if name == "cut":
        return 1.0 if done < n[0] else n[1]
    if name == "steps":
        return n[0] ** int(done * n[1])
    if name == "decay":
        return n[0] ** t
    if name == "restarts":
        return 0.5 * (1 + math.cos(math.pi * (done * n[0] % 1.0)))
    if name == "triangle":
        return 0.1 + 0.9 * (1 - abs(2 * (done * n[0] % 1.0) - 1))
    if name == "one_cycle":
        return 0.04 + 0.96 * done / 0.25 if done < 0.25 else 0.5 * (1 + math.cos(math.pi * (done - 0.25) / 0.75))
    if name == "stops":
        return max(0.0, 1 - done / n[0])
    return rise

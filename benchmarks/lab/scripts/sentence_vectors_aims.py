"""What the vectors of a batch are asked to do (losses, with their terms), and how well they find each other (metrics)."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

Told = dict[str, Tensor]


def in_batch(
    u: Tensor, v: Tensor, scale: Tensor | float, symmetric: bool, smoothing: float = 0.0
) -> tuple[Tensor, Told]:
    """InfoNCE: each row must find its own among the others of the batch."""
    logits, own = scale * u @ v.T, torch.arange(len(u))
    loss = F.cross_entropy(logits, own, label_smoothing=smoothing)
    if symmetric:
        loss = (loss + F.cross_entropy(logits.T, own, label_smoothing=smoothing)) / 2
    return loss, {"acc": (logits.argmax(1) == own).float().mean()}


def simclr(u: Tensor, v: Tensor, scale: float) -> tuple[Tensor, Told]:
    """NT-Xent over both views of a batch."""
    z = torch.cat([u, v])
    logits = scale * z @ z.T - 1e9 * torch.eye(len(z))
    own = torch.arange(len(z)).roll(len(u))
    return F.cross_entropy(logits, own), {"acc": (logits.argmax(1) == own).float().mean()}


def siglip(u: Tensor, v: Tensor, scale: Tensor, bias: Tensor) -> tuple[Tensor, Told]:
    """A sigmoid for each cell of the batch's table, summed over a row."""
    logits = scale * u @ v.T + bias
    sign = 2 * torch.eye(len(u)) - 1
    return -F.logsigmoid(sign * logits).sum(1).mean(), {
        "acc": (logits.argmax(1) == torch.arange(len(u))).float().mean()
    }


def triplet(u: Tensor, v: Tensor, far: Tensor, margin: float) -> tuple[Tensor, Told]:
    """The right one nearer than the far one by a margin; plain Euclidean distances."""
    near, away = ((u - v) ** 2).sum(1).sqrt(), ((u - far) ** 2).sum(1).sqrt()
    lost = F.relu(near - away + margin)
    return lost.mean(), {"active": (lost > 0).float().mean(), "acc": (near < away).float().mean()}


def hardest(u: Tensor, v: Tensor, margin: float) -> tuple[Tensor, Told]:
    """VSE++: only the most similar wrong one of the batch counts."""
    table = u @ v.T
    own, wrong = table.diag(), table - 4 * torch.eye(len(u))
    lost = F.relu(margin + wrong.max(1).values - own) + F.relu(margin + wrong.max(0).values - own)
    return lost.mean(), {"active": (lost > 0).float().mean()}


def vicreg(u: Tensor, v: Tensor, weights: tuple[float, float, float]) -> tuple[Tensor, Told]:
    """Invariance, variance and covariance."""
    inv = F.mse_loss(u, v)
    std = sum(F.relu(1 - (z.var(0) + 1e-4).sqrt()).mean() for z in (u, v)) / 2
    cov = torch.tensor(0.0)
    for z in (u, v):
        c = (z - z.mean(0)).T @ (z - z.mean(0)) / (len(z) - 1)
        cov = cov + (c - torch.diag(c.diag())).pow(2).sum() / z.shape[1]
    loss = weights[0] * inv + weights[1] * std + weights[2] * cov
    return loss, {"inv": inv, "std": torch.as_tensor(std), "cov": cov}


def cosent(cosine: Tensor, score: Tensor, scale: float) -> Tensor:
    """Pairs that are more alike shall have the greater cosine."""
    gap = scale * (cosine[None, :] - cosine[:, None])
    ordered = score[None, :] < score[:, None]
    return torch.logsumexp(torch.cat([torch.zeros(1), gap[ordered]]), 0)


def spearman(a: Tensor, b: Tensor) -> float:
    """Rank correlation; 0 where one side is constant."""
    x, y = (t.argsort().argsort().float() for t in (a, b))
    return 0.0 if a.std() < 1e-9 else float(torch.corrcoef(torch.stack([x, y]))[0, 1])


def found(u: Tensor, v: Tensor) -> dict[str, float]:
    """Recalls, reciprocal and mean rank among all held-out rows, alignment and uniformity."""
    table = u @ v.T
    rank = (table > table.diag()[:, None]).sum(1).float() + 0.5 * ((table == table.diag()[:, None]).sum(1) - 1)
    apart = torch.pdist(torch.cat([u, v])[:400])
    return {f"r{k}": float((rank < k).float().mean()) for k in (1, 5, 10)} | {
        "mrr": float((1 / (1 + rank)).mean()),
        "rank": float(rank.mean() + 1),
        "align": float((u - v).pow(2).sum(1).mean()),
        "uniform": float(apart.pow(2).mul(-2).exp().mean().log()),
    }


def shares(tower: Any) -> dict[str, float]:
    """Dead units and spread of each layer of a tower."""
    told = {}
    for i, h in enumerate(tower.kept):
        told[f"dead{i}"] = float((h.detach().abs().amax(0) < 1e-6).float().mean())
        told[f"spread{i}"] = float(h.detach().std(0).mean())
    return told

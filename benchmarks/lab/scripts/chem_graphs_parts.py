"""Made-up molecules (trees of atoms with a few rings), their energies and properties, and nets that pass messages."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn

ATOMS, MOST, LABELS = 5, 11, 6
VALENCE = (4, 3, 2, 1, 2)
PAIRS = np.array([[-3.5, -3.1, -3.6, -4.5, -2.7], [-3.1, -1.6, -2.1, -2.8, -1.9], [-3.6, -2.1, -1.4, -1.9, -2.6],
                  [-4.5, -2.8, -1.9, -1.5, -2.9], [-2.7, -1.9, -2.6, -2.9, -2.3]])  # fmt: skip
"""Energy of a bond of two kinds of atoms."""
ALONE = np.array([-1.8, -2.5, -3.5, -4.9, -6.0])


def molecules(rows: int, seed: int, least: int = 4, rare: float = 0.0) -> dict[str, Tensor]:
    """``h`` kinds of atoms (one-hot), ``a`` bonds, ``m`` which atoms are there, ``e`` energies, ``y`` labels.

    ``rare``: share of the molecules that may have nitrogen, fluorine and sulphur at all, if not 0.
    """
    r = np.random.default_rng(seed)
    h, a, m = (
        np.zeros((rows, MOST, ATOMS), "float32"),
        np.zeros((rows, MOST, MOST), "float32"),
        np.zeros((rows, MOST), "float32"),
    )
    e, y = np.zeros(rows, "float32"), np.zeros((rows, LABELS), "float32")
    for i in range(rows):
        n, rich = int(r.integers(least, MOST + 1)), not rare or r.random() < rare
        kind = r.choice(ATOMS, n, p=(0.5, 0.16, 0.18, 0.08, 0.08) if rich else (0.75, 0.0, 0.25, 0.0, 0.0))
        kind[0], free = 0, [VALENCE[k] for k in kind]
        for j in range(1, n):
            open_ = [k for k in range(j) if free[k] > 0]
            k = int(r.choice(open_)) if open_ else 0
            a[i, j, k] = a[i, k, j] = 1
            free[j], free[k] = free[j] - 1, free[k] - 1
        ring = n > 5 and r.random() < 0.5
        if ring:
            j, k = r.choice(n, 2, replace=False)
            ring = a[i, j, k] == 0
            a[i, j, k] = a[i, k, j] = 1
        h[i, np.arange(n), kind], m[i, :n] = 1, 1
        there, deg = a[i, :n, :n], a[i, :n, :n].sum(1)
        bonds = (there * PAIRS[kind][:, kind]).sum() / 2
        e[i] = ALONE[kind].sum() + bonds + 2.5 * (deg > 2).sum() - 4.0 * ring + 1.6 * np.sin(2 * deg[kind == 1]).sum()
        y[i] = [(there[kind == 1][:, kind == 2]).any(), ring, (kind == 3).sum() > 1, (deg[kind == 0] > 3).any(),
                (there[kind == 4][:, kind == 0]).any(), (there[kind == 2][:, kind == 3]).any() or (kind == 1).sum() > 2]  # fmt: skip
    return {k: torch.from_numpy(v) for k, v in {"h": h, "a": a, "m": m, "e": e, "y": y}.items()}


class Graphs(nn.Module):
    """``rounds`` of messages (or none: a set network), pooled by sum or mean, one energy and six logits."""

    def __init__(self, width: int = 32, rounds: int = 3, unit: str = "relu", norm: bool = False, skip: bool = True, pool: str = "sum",
                 gather: str = "sum", bonds: bool = True, drop: float = 0.0, gain: float = 0.0, bias: float = 0.0, head: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.embed = nn.Linear(ATOMS, width)
        self.own, self.sent = (nn.ModuleList(nn.Linear(width, width) for _ in range(rounds)) for _ in range(2))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(rounds))
        self.read = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Dropout(drop), nn.Linear(width, 1 + LABELS))
        self.unit = {"relu": torch.relu, "silu": nn.functional.silu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}[unit]
        self.skip, self.pool, self.gather, self.bonds, self.drop = skip, pool, gather, bonds, nn.Dropout(drop)
        self.log_spread = nn.Parameter(torch.zeros(()))
        for part in (*self.own, *self.sent):
            if gain:
                nn.init.normal_(part.weight, std=gain / math.sqrt(width))
            nn.init.constant_(part.bias, bias) if bias else None
        with torch.no_grad():
            self.read[3].weight *= head
        self.outs: list[Tensor] = []

    def forward(self, h: Tensor, a: Tensor, m: Tensor) -> Tensor:
        near = a / a.sum(2, keepdim=True).clamp(min=1) if self.gather == "mean" else a
        x, self.outs = self.embed(h), []
        for own, sent, norm in zip(self.own, self.sent, self.norms, strict=True):
            fresh = self.unit(norm(own(x) + (near @ sent(x) if self.bonds else 0.0)))
            self.outs.append(fresh)
            x = x + self.drop(fresh) if self.skip else self.drop(fresh)
        x = (x * m[:, :, None]).sum(1)
        return self.read(x / m.sum(1, keepdim=True) if self.pool == "mean" else x / 4)


def areas(score: np.ndarray, truth: np.ndarray) -> float:
    """Mean area under the ROC curve over the labels that occur."""
    found = []
    for s, t in zip(score.T, truth.T, strict=True):
        up, down = s[t > 0], s[t == 0]
        if len(up) and len(down):
            found.append(float((up[:, None] > down).mean() + 0.5 * (up[:, None] == down).mean()))
    return float(np.mean(found)) if found else 0.5

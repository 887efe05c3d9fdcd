"""Random graphs (kinds of nodes, missing links, triangles), sums for a small transformer, a heat equation."""

from __future__ import annotations

import math
import sys
from types import SimpleNamespace
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from benchmarks.lab.scripts import watched_loop

NODES, GROUPS, FEATURES, SIZE, WORDS = 160, 4, 12, 10, 13
PLUS, EQUAL, LENGTH = 10, 11, 11
DEFAULTS: dict[str, Any] = {
    "task": "nodes", "noise": 1.0, "wrong": 0.0, "unit": "relu", "gain": 1.0, "head_gain": 1.0, "head_bias": 0.0,
    "deep": 1, "width": 16, "dropout": 0.0, "weights": {"ce": 1.0}, "smoothing": 0.0, "reduction": "mean",
    "inside_odds": 0.15, "outside_odds": 0.02, "modulus": 11, "residual": True, "bias": 0.0, "raw": False,
    "held_same": False, "diffusion": 0.3, "negative": False, "held_dense": 0.0, "loud": 1.0,
}  # fmt: skip
UNITS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "sin": lambda: _Sine()}
NEEDS_GRAD = True


class _Sine(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.sin()


def train(seed: int, **args: Any) -> list[dict[str, float]]:
    """Records of one training; settings are those of DEFAULTS here and in the loop."""
    return watched_loop.train(sys.modules[__name__], seed, args)


def draw(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    """Inputs and targets; nodes and links are rows of one graph, which is kept in ``k``."""
    x, y = {"nodes": _nodes, "links": _links, "counts": _counts, "mod": _modular, "sums": _sums, "heat": _points}[
        k.task
    ](k, rows, held)
    if k.wrong and not held:
        bad = torch.rand(len(y)) < k.wrong
        y[bad] = y[torch.randperm(len(y))][bad]
    return x, y


def _graph(k: SimpleNamespace) -> SimpleNamespace:
    if not hasattr(k, "graph"):
        group = torch.arange(NODES) % GROUPS
        odds = torch.where(group[:, None] == group, k.inside_odds, k.outside_odds)
        edges = torch.triu(torch.rand(NODES, NODES) < odds, 1)
        x = torch.randn(GROUPS, FEATURES)[group] + k.noise * torch.randn(NODES, FEATURES)
        pairs = edges.nonzero()[torch.randperm(int(edges.sum()))]
        shown = torch.zeros(NODES, NODES)
        known = pairs if k.task == "nodes" else pairs[: int(0.7 * len(pairs))]
        shown[known[:, 0], known[:, 1]] = 1.0
        shown = shown + shown.T + torch.eye(NODES)
        scale = shown.sum(1).rsqrt()
        order = torch.randperm(NODES)
        k.graph = SimpleNamespace(
            group=group, x=k.loud * x, pairs=pairs, near=scale[:, None] * shown * scale, order=order
        )
    return k.graph


def _nodes(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    graph = _graph(k)
    found = graph.order[NODES - rows :] if held else graph.order[:rows]
    return found, graph.group[found].clone()


def _links(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    graph = _graph(k)
    cut = int(0.7 * len(graph.pairs))
    true = graph.pairs[cut:] if held else graph.pairs[:cut]
    true = true[torch.randint(len(true), (rows // 2,))]
    return torch.cat([true, torch.randint(NODES, (rows - rows // 2, 2))]), (torch.arange(rows) < rows // 2).float()


def _counts(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    odds = torch.rand(rows, 1, 1) * 0.5 + 0.1 + (k.held_dense if held else 0.0)
    edges = torch.triu((torch.rand(rows, SIZE, SIZE) < odds).float(), 1)
    edges = edges + edges.transpose(1, 2)
    triangles = (edges @ edges @ edges).diagonal(dim1=1, dim2=2).sum(1) / 6
    return edges, triangles if k.raw else (triangles - 12) / 14


def _modular(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    """a ∘ b modulo a prime: a share of the table is held out."""
    if not hasattr(k, "table"):
        k.table = torch.cartesian_prod(torch.arange(k.modulus), torch.arange(k.modulus))[torch.randperm(k.modulus**2)]
    table = k.table[len(k.table) - rows :] if held else k.table[:rows]
    return table, (table[:, 0] + table[:, 1]) % k.modulus


def _sums(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    """``47+36=083`` digit by digit: the next character is asked for."""
    a, b = torch.randint(100, (rows,)), torch.randint(100, (rows,))
    c = a + b
    columns = [
        a // 10,
        a % 10,
        torch.full_like(a, PLUS),
        b // 10,
        b % 10,
        torch.full_like(a, EQUAL),
        c % 10,
        c // 10 % 10,
        c // 100,
    ]
    line = torch.stack(columns, 1)
    return line[:, :-1], line[:, 1:]


def _points(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    """Points in (x, t) and the true temperature there."""
    x = torch.rand(rows, 2)
    return x, (-(math.pi**2) * k.diffusion * x[:, 1]).exp() * (math.pi * x[:, 0]).sin()


class Net(nn.Module):
    """Graph convolutions, an attention block or a plain stack, by the task."""

    last_axis = True

    def __init__(self, k: SimpleNamespace) -> None:
        super().__init__()
        self.k, w = k, k.width
        first = {"nodes": FEATURES, "links": FEATURES, "counts": 1, "mod": w, "sums": w, "heat": 2}[k.task]
        last = {"nodes": GROUPS, "links": w, "counts": 1, "mod": k.modulus, "sums": WORDS, "heat": 1}[k.task]
        if k.task in {"mod", "sums"}:
            self.words, self.places = nn.Embedding(max(WORDS, k.modulus), w), nn.Embedding(LENGTH, w)
            self.attention = nn.MultiheadAttention(w, 2, batch_first=True)
            self.norm = nn.LayerNorm(w)
        self.stack = nn.ModuleList(nn.Linear(first if i == 0 else w, w) for i in range(1 + k.deep))
        self.units = nn.ModuleList(UNITS[k.unit]() for _ in self.stack)
        self.drop, self.head = nn.Dropout(k.dropout), nn.Linear(w, last)
        self.blocks = {f"layers.{i}": pair for i, pair in enumerate(zip(self.stack, self.units, strict=True))}
        with torch.no_grad():
            for layer in self.stack:
                layer.weight *= k.gain
                layer.bias += k.bias
            self.head.weight *= k.head_gain
            self.head.bias[0] += k.head_bias

    def forward(self, x: Tensor) -> Tensor:
        """What the task asks for: scores of nodes, of pairs or of characters, a number."""
        k = self.k
        if k.task in {"nodes", "links"}:
            out = self._over(k.graph.x, k.graph.near)
            out = self.head(self.drop(out))
            return out[x] if k.task == "nodes" else (out[x[:, 0]] * out[x[:, 1]]).sum(1) / k.width**0.5
        if k.task == "counts":
            return self.head(self._over(x.sum(2, keepdim=True) / 4, x / 4 + torch.eye(SIZE)).sum(1) / SIZE)[:, 0]
        if k.task == "heat":
            return self.head(self._over(2 * x - 1, None))[:, 0]
        h = self.words(x) + self.places(torch.arange(x.shape[1]))
        mask = torch.triu(torch.ones(x.shape[1], x.shape[1], dtype=torch.bool), 1) if k.task == "sums" else None
        h = self.norm(h + self.attention(h, h, h, attn_mask=mask, need_weights=False)[0])
        h = self.drop(h + self._over(h, None) if k.residual else self._over(h, None))
        return self.head(h) if k.task == "sums" else self.head(h.mean(1))

    def _over(self, h: Tensor, near: Tensor | None) -> Tensor:
        for layer, unit in zip(self.stack, self.units, strict=True):
            h = unit(layer(h if near is None else near @ h))
        return h


def terms(k: SimpleNamespace, net: Net, x: Tensor, y: Tensor, done: float) -> tuple[dict[str, Tensor], Tensor]:
    """The weighted terms of the loss, and the output."""
    if k.task == "heat":
        found, out = _equation(k, net, x, y)
    else:
        out = net(x)
        flat, kind = (out.flatten(0, -2), y.flatten()) if k.task == "sums" else (out, y)
        found = {
            "ce": lambda: F.cross_entropy(flat, kind, label_smoothing=k.smoothing, reduction=k.reduction),
            "bce": lambda: F.binary_cross_entropy_with_logits(out, y),
            "naive_bce": lambda: -(y * out.sigmoid().log() + (1 - y) * (1 - out.sigmoid()).log()).mean(),
            "mse": lambda: F.mse_loss(out, y, reduction=k.reduction),
            "mae": lambda: F.l1_loss(out, y),
            "poisson": lambda: F.poisson_nll_loss(out, y),
            "msle": lambda: (torch.log1p(out) - torch.log1p(y)).square().mean(),
            "l2": lambda: sum(p.square().sum() for p in net.parameters()),
            "smooth": lambda: (k.graph.near @ net(torch.arange(NODES)) - net(torch.arange(NODES))).square().mean(),
        }  # fmt: skip
        found = {name: found[name]() for name in k.weights}
    return {name: w * found[name] for name, w in k.weights.items()}, out


def _equation(k: SimpleNamespace, net: Net, x: Tensor, y: Tensor) -> tuple[dict[str, Tensor], Tensor]:
    """Residual of the equation, edges, beginning and some measured points."""
    inside = x.clone().requires_grad_(True)
    u = net(inside)
    slope = torch.autograd.grad(u.sum(), inside, create_graph=True)[0]
    bend = torch.autograd.grad(slope[:, 0].sum(), inside, create_graph=True)[0][:, 0]
    edge, start = x.clone(), x.clone()
    edge[:, 0] = (edge[:, 0] > 0.5).float()
    start[:, 1] = 0.0
    return {
        "pde": (slope[:, 1] - k.diffusion * bend).square().mean(),
        "bc": net(edge).square().mean(),
        "ic": (net(start) - (math.pi * start[:, 0]).sin()).square().mean(),
        "data": (u - y).square().mean(),
    }, u  # fmt: skip


def measures(k: SimpleNamespace, out: Tensor, y: Tensor) -> dict[str, float]:
    """Metrics of the task under short names."""
    if k.task in {"counts", "heat"}:
        error = y - out
        return {"mae": float(error.abs().mean()), "r2": float(1 - error.square().mean() / y.var()),
                "l2_error": float(error.norm() / y.norm())}  # fmt: skip
    if k.task == "links":
        ranks = out.argsort().argsort().float() + 1
        yes, no = y.sum(), (1 - y).sum()
        return {"auc": float((ranks[y > 0].sum() - yes * (yes + 1) / 2) / (yes * no).clamp(min=1.0))}
    right = (out.argmax(-1) == y).float()
    found = {"acc": float(right.mean())}
    if k.task == "sums":
        found["exact"] = float(right[:, 5:].min(1).values.mean())
        found["ppl"] = math.exp(min(50.0, float(F.cross_entropy(out.flatten(0, -2), y.flatten()))))
    return found

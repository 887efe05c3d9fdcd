"""Settings, sequences, nets and rates of the trainings on made-up sequences."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention


@dataclass
class Knobs:
    """``rows`` 0: fresh sequences at each step. ``batch`` 0: all rows at once. ``task`` add: pairs of numbers."""

    task: str = "sort"
    symbols: int = 10
    length: int = 8
    rows: int = 0
    share: float = 0.5
    held_rows: int = 200
    redraw: int = 0
    wrong: float = 0.0
    sort: bool = False
    curriculum: float = 0.0
    model: str = "gpt"
    width: int = 32
    layers: int = 1
    unit: str = "relu"
    norm: bool = True
    dropout: float = 0.0
    gain: float = 1.0
    head_gain: float = 1.0
    bias: float = 0.0
    steps: int = 600
    batch: int = 32
    accumulate: int = 1
    every: int = 5
    evaluate: int = 10
    mean: bool = True
    opt: str = "adamw"
    beta: float = 0.99
    decay: float = 0.01
    lr: float = 3e-3
    schedule: str = "constant"
    at: float = 0.5
    much: float = 1.0
    clip: float = 0.0
    log_clipped: bool = False
    smoothing: float = 0.0
    weights: dict[str, float] = field(default_factory=lambda: {"ce": 1.0})
    scale: float = 1.0
    fault: str = ""
    pretrain: int = 0
    inside: tuple[str, ...] = ()
    prefix: dict[str, str] = field(
        default_factory=lambda: {
            "grad": "grad_norm/",
            "update": "update_ratio/",
            "dead": "dead_relu/",
            "std": "act_std/",
        }
    )
    log: tuple[str, ...] = ("loss",)
    names: dict[str, str] = field(default_factory=dict)


def classes(k: Knobs) -> int:
    return k.symbols


def examples(k: Knobs, rows: int, length: int = 0, wrong: float = 0.0) -> tuple[Tensor, Tensor]:
    """Sequences of symbols (rows, length), and the answers: a class a position, or one a sequence ("most")."""
    if k.task == "add":
        x = torch.randint(k.symbols, (rows, 2))
        return x, x.sum(1) % k.symbols
    x = torch.randint(k.symbols, (rows, length or k.length))
    if k.task == "most":
        counts = nn.functional.one_hot(x, k.symbols).sum(1).float() + 0.01 * torch.arange(k.symbols)
        y = counts.argmax(1)
    else:
        y = {"sort": lambda: x.sort(1).values, "reverse": lambda: x.flip(1), "sums": lambda: x.cumsum(1) % k.symbols,
             "copy": lambda: x.roll(2, 1)}[k.task]()  # fmt: skip
    return x, torch.where(torch.rand(y.shape) < wrong, torch.randint(k.symbols, y.shape), y)


class Model(nn.Module):
    """gpt (attention over all places), gru, rnn or mlp; ``watch``: note dead units and spreads of what passes."""

    def __init__(self, k: Knobs) -> None:
        super().__init__()
        self.k, self.watch = k, False
        self.seen: dict[str, dict[str, float]] = {"dead": {}, "std": {}}
        w, places = k.width, 2 if k.task == "add" else k.length
        self.embed, self.place = nn.Embedding(k.symbols, w), nn.Embedding(places, w)
        self.blocks = nn.ModuleList(_Block(k, places) for _ in range(k.layers))
        self.cell = {"gru": nn.GRU, "rnn": nn.RNN}.get(k.model, nn.Identity)(w, w, batch_first=True)
        self.head = nn.Linear(w, k.symbols)
        with torch.no_grad():
            for block in self.blocks:
                block.up.weight *= k.gain
                block.down.weight *= k.gain
                block.up.bias += k.bias
            for p in self.cell.parameters():
                p *= k.gain
            self.head.weight *= k.head_gain

    def forward(self, x: Tensor) -> Tensor:
        h = self.embed(x)
        if self.k.model in {"gru", "rnn"}:
            h = self.cell(h)[0]
            self._note("cell", h)
        else:
            h = h + self.place.weight[: x.shape[1]]
            for i, block in enumerate(self.blocks):
                h = block(h)
                self._note(f"layers.{i}", block.inner)
        return self.head(h[:, -1] if self.k.task in {"add", "most"} else h)

    def _note(self, name: str, h: Tensor) -> None:
        if self.watch:
            flat = h.detach().flatten(0, -2)
            self.seen["dead"][name] = float(
                ((flat <= 0).all(0) if self.k.unit == "relu" else (flat.abs() > 0.98)).float().mean()
            )
            self.seen["std"][name] = float(flat.std())

    def watched(self) -> dict[str, Tensor]:
        """The weights that are looked at, first layers first."""
        if self.k.model in {"gru", "rnn"}:
            return {"embed": self.embed.weight, "cell": self.cell.weight_hh_l0, "head": self.head.weight}
        return {
            "embed": self.embed.weight,
            **{f"layers.{i}": b.up.weight for i, b in enumerate(self.blocks)},
            "head": self.head.weight,
        }


class _Block(nn.Module):
    """Attention and a perceptron with a stream around them; mlp: no attention; plain: no stream and no norm."""

    def __init__(self, k: Knobs, places: int) -> None:
        super().__init__()
        w = k.width
        self.k, self.inner = k, torch.zeros(1, 1)
        self.mix = nn.Linear(places, places) if k.model == "mlp" else None
        self.qkv, self.out = nn.Linear(w, 3 * w), nn.Linear(w, w)
        self.norm1, self.norm2 = (nn.LayerNorm(w) if k.norm else nn.Identity() for _ in range(2))
        self.up, self.down = nn.Linear(w, 2 * w), nn.Linear(2 * w, w)
        self.unit = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU}[k.unit]()
        self.drop = nn.Dropout(k.dropout)

    def forward(self, h: Tensor) -> Tensor:
        b, t, w = h.shape
        plain = self.k.model == "plain"
        if self.mix is not None and t == self.mix.in_features:
            mixed = self.mix(h.transpose(1, 2)).transpose(1, 2)
        else:
            q, key, v = self.qkv(self.norm1(h)).view(b, t, 3, 2, w // 2).permute(2, 0, 3, 1, 4)
            mixed = self.out(scaled_dot_product_attention(q, key, v).transpose(1, 2).reshape(b, t, w))
        h = h + self.drop(mixed)
        self.inner = self.unit(self.up(self.norm2(h)))
        new = self.drop(self.down(self.inner))
        return new if plain else h + new


def factor(k: Knobs, done: float) -> float:
    """The learning rate as a share of ``lr``."""
    rise = min(1.0, done / k.at) if k.at else 1.0
    left = min(1.0, max(0.0, done - k.at) / max(1e-9, 1 - k.at))
    return {
        "constant": lambda: 1.0,
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
        "linear": lambda: rise * (1 - left),
        "warmup": lambda: rise * (0.05 + 0.475 * (1 + math.cos(math.pi * left))),
        "noam": lambda: min(done / k.at, math.sqrt(k.at / done)),
        "rising": lambda: rise,
        "wsd": lambda: 1.0 if done < k.at else 1 - left,
        "steps": lambda: 1.0 if done < k.at else 0.1,
        "restarts": lambda: 0.01 + 0.5 * (1 + math.cos(math.pi * (done * 3.999 % 1))),
        "triangles": lambda: 0.05 + 0.95 * (1 - abs(2 * (done * 4 % 1) - 1)),
        "early": lambda: max(0.0, 1 - done / k.at),
        "raised": lambda: k.much if done >= k.at else 1.0,
        "growing": lambda: math.exp(k.much * done),
    }[k.schedule]()

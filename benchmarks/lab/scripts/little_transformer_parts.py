"""The texts, the nets and the settings of ``little_transformer``."""

from __future__ import annotations

import builtins
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

DIGITS = "0123456789+-*=;"
UNITS = {"relu": nn.ReLU, "gelu": nn.GELU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


@dataclass
class Knobs:
    """What a training can vary; every name is an argument of ``train``."""

    data: str = "chars"  # chars, words (of the documentation), licence, sums, products
    vocabulary: int = 48
    rows: int = 0  # chunks to train on, again and again; 0: fresh windows at each step
    held: int = 64  # validation chunks
    easy: int = 0  # validation chunks come from the licence instead
    redraw: int = 0  # validation chunks drawn anew at each evaluation
    order: str = "shuffled"  # as_read, by_size, cycle (fixed order)
    wrong: float = 0.0  # share of random targets
    answers: bool = False  # only the digits after "=" count
    model: str = "gpt"
    width: int = 24
    layers: int = 1
    context: int = 24
    norm: bool = True
    stream: bool = True
    unit: str = "gelu"
    gain: float = 1.0
    head_gain: float = 1.0
    bias: float = 0.0
    dropout: float = 0.0
    opt: str = "adamw"
    lr: float = 3e-3
    beta: float = 0.99
    momentum: float = 0.9
    decay: float = 0.01
    schedule: str = "constant"
    warmup: float = 0.05
    at: float = 0.5
    much: float = 10.0
    steps: int = 400
    batch: int = 16
    accumulate: int = 1
    clip: float = 0.0
    every: int = 5
    evaluate: int = 0  # records between two evaluations, 0: none
    mean: bool = False
    running: bool = False  # the loss is the mean of the epoch so far
    scale: float = 1.0
    undivided: bool = False  # the sum of the tokens instead of their mean
    fault: str = ""
    pretrain: int = 0
    only_head: bool = False
    smoothing: float = 0.0
    terms: dict[str, float] = field(default_factory=dict)
    inside: tuple[str, ...] = ()
    log: tuple[str, ...] = ("loss",)
    names: dict[str, str] = field(default_factory=dict)


def factor(k: Knobs, step: int) -> float:
    """The share of the rate at a step."""
    done, w = step / k.steps, k.warmup
    rise = min(1.0, done / w) if w else 1.0
    late = max(0.0, (done - w) / (1 - w))
    table = {
        "constant": lambda: 1.0,
        "warm": lambda: rise,
        "cosine": lambda: rise if done < w else 0.05 + 0.475 * (1 + math.cos(math.pi * late)),
        "linear": lambda: rise if done < w else 1 - late,
        "wsd": lambda: rise if done < k.at else max(0.01, 1 - (done - k.at) / (1 - k.at)),
        "inverse": lambda: rise if done < w else math.sqrt(w / done),
        "steps": lambda: 1.0 if done < k.at else 1 / k.much if done < (1 + k.at) / 2 else 1 / k.much**2,
        "restarts": lambda: 0.02 + 0.49 * (1 + math.cos(math.pi * (4 * done % 1))),
        "triangles": lambda: 0.1 + 0.9 * (1 - abs(2 * (6 * done % 1) - 1)),
        "gamma": lambda: k.much**step,
        "dies": lambda: max(0.0, 1 - done / k.at),
        "raised": lambda: rise * (k.much if done >= k.at else 1.0),
        "growing": lambda: math.exp(k.much * done),
        "sleeping": lambda: 1e-3 if done < k.at else 1.0,
        "late_rise": lambda: max(0.02, 1 - done / k.at) if done < k.at else (done - k.at) / (1 - k.at) * k.much,
    }
    return table[k.schedule]()


@cache
def text(what: str) -> str:
    """The documentation's topics or the licence, as they come with Python."""
    if what == "licence":
        printer = builtins.license  # type: ignore[attr-defined]
        printer._Printer__setup()
        return "\n".join(printer._Printer__lines) * 8
    from pydoc_data.topics import topics

    return "\n".join(topics[name] for name in sorted(topics))


@cache
def tokens(what: str, vocabulary: int) -> Tensor:
    """The text as numbers: words (with marks and line ends), or letters; the last number stands for rare ones."""
    kind = "licence" if what == "licence" else "docs"
    cut = (lambda s: re.findall(r"\w+|[^\w\s]|\n", s.lower())) if what == "words" else list
    common = Counter(cut(text("docs"))).most_common(vocabulary - 1)
    number = {token: i for i, (token, _) in enumerate(common)}
    return torch.tensor([number.get(token, vocabulary - 1) for token in cut(text(kind))])


def arithmetic(what: str, rows: int, length: int) -> Tensor:
    """Lines such as ``07+85=092;`` side by side, (rows, length)."""
    sign, lines = ("+", math.ceil(length / 10)) if what == "sums" else ("*", math.ceil(length / 12))
    a, b = torch.randint(0, 100, (2, rows, lines)).tolist()
    wide = 3 if sign == "+" else 5
    answer = (lambda x, y: x + y) if sign == "+" else (lambda x, y: x * y)
    made = ["".join(f"{x:02d}{sign}{y:02d}={answer(x, y):0{wide}d};" for x, y in zip(u, v, strict=True))
            for u, v in zip(a, b, strict=True)]  # fmt: skip
    return torch.tensor([[DIGITS.index(c) for c in line[:length]] for line in made])


class Net(nn.Module):
    """A causal transformer, or a perceptron on the last ``context`` tokens that says the next one alone."""

    def __init__(self, k: Knobs, symbols: int) -> None:
        super().__init__()
        self.k, self.seen, self.watch = k, {}, False
        wide = k.width if k.model == "gpt" else k.width * 2
        self.embed = nn.Embedding(symbols, k.width)
        self.place = nn.Embedding(k.context, k.width)
        nn.init.normal_(self.embed.weight, std=0.3)
        nn.init.normal_(self.place.weight, std=0.1)
        first = [] if k.model == "gpt" else [nn.Linear(k.width * k.context, wide)]
        self.layers = nn.ModuleList([*first, *(Block(k, wide) for _ in range(k.layers))])
        self.head = nn.Linear(wide, symbols)
        self.last = nn.LayerNorm(wide) if k.norm else nn.Identity()
        with torch.no_grad():
            for name, weight in self.layers.named_parameters():
                weight.mul_(k.gain if weight.dim() > 1 else 1.0)
                if k.bias and name.endswith("one.bias"):
                    weight.add_(k.bias)
            self.head.weight.mul_(k.head_gain)
        for i, layer in enumerate(self.layers):
            inner = layer.unit if isinstance(layer, Block) else layer
            inner.register_forward_hook(self._look(i))

    def _look(self, i: int):
        def hook(_: object, __: object, out: Tensor) -> None:
            if self.watch:
                self.seen["std", i] = float(out.detach().flatten(0, -2).std(0).mean())  # between samples
                still = out <= 0 if self.k.unit in {"relu", "gelu"} else out.abs() > 0.98
                self.seen["dead", i] = float(still.flatten(0, -2).float().mean(0).gt(0.98).float().mean())

        return hook

    def forward(self, x: Tensor) -> Tensor:
        h = self.embed(x) + self.place.weight[: x.shape[1]]
        if self.k.model != "gpt":
            h = h.flatten(1)
        for layer in self.layers:
            h = layer(h)
        return self.head(self.last(h))


class Block(nn.Module):
    """Attention (in the transformer) and two dense layers, on a residual stream unless ``stream`` is off."""

    def __init__(self, k: Knobs, wide: int) -> None:
        super().__init__()
        self.k, self.unit = k, UNITS[k.unit]()
        make = nn.LayerNorm if k.norm else lambda _: nn.Identity()
        self.before, self.between = make(wide), make(wide)
        self.mix, self.out = (nn.Linear(wide, 3 * wide), nn.Linear(wide, wide)) if k.model == "gpt" else (None, None)
        self.one, self.two = nn.Linear(wide, 2 * wide), nn.Linear(2 * wide, wide)
        self.drop = nn.Dropout(k.dropout)

    def forward(self, h: Tensor) -> Tensor:
        if self.mix is not None:
            rows, length, wide = h.shape
            q, key, v = self.mix(self.before(h)).view(rows, length, 3, 2, wide // 2).permute(2, 0, 3, 1, 4)
            mixed = scaled_dot_product_attention(q, key, v, is_causal=True)
            h = h * self.k.stream + self.out(mixed.transpose(1, 2).reshape(rows, length, wide))
        return h * self.k.stream + self.drop(self.two(self.unit(self.one(self.between(h)))))

"""Corpora made of grammars, sums and sources of the standard library, and a small decoder-only language model."""

from __future__ import annotations

import inspect
import random
import string
import textwrap
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

ALPHABET = "\n" + "".join(sorted(set(string.printable) - set("\t\r\x0b\x0c\n")))
NAMES = "Ada Bo Cleo Dov Edda Finn Gus Hana Ivo Jun Kaya Lev Mona Nils Oda Pia Quin Rosa Sven Tara".split()
THINGS = "bucket kite lamp mirror drum spade ladder whistle basket button candle feather anchor marble ribbon saddle violin wagon".split()
PLACES = "garden harbour attic market river bakery tower meadow cellar bridge forest station".split()
MOODS = "happy tired curious cross proud sleepy brave shy".split()
DEEDS = "found lost painted carried hid dropped washed broke mended traded".split()


def _often(g: random.Random, words: list[str]) -> str:
    """A word, the first ones far more often."""
    return words[min(int(len(words) * g.random() ** 2.2), len(words) - 1)]


def tale(g: random.Random) -> str:
    """A story of four to seven short sentences about one or two persons and one thing."""
    who, other, thing, place = _often(g, NAMES), _often(g, NAMES), _often(g, THINGS), _often(g, PLACES)
    mood = _often(g, MOODS)
    said = [f"{who} was {mood} .", f"one day {who} went to the {place} ."]
    middle = [
        f"{who} {_often(g, DEEDS)} a {thing} there .",
        f"{other} wanted the {thing} too .",
        f"they took the {thing} to the {_often(g, PLACES)} .",
        f"{other} said : give me the {thing} !",
        f"it was a {_often(g, MOODS)} day in the {place} .",
        f"then {other} {_often(g, DEEDS)} the {thing} .",
    ]
    g.shuffle(middle)
    return " ".join([*said, *middle[: g.randint(2, 5)], f"in the end {who} was {_often(g, MOODS)} ."]) + "\n"


def line_of_sums(g: random.Random) -> str:
    """A sum of two numbers."""
    a, b = g.randint(0, 99), g.randint(0, 99)
    return f"{a}+{b}={a + b}\n"


def receipt(g: random.Random) -> str:
    """A line of a shop's book."""
    n, price = g.randint(1, 9), g.randint(2, 30)
    return f"{g.randint(1, 28):02d}.{g.randint(1, 12):02d} {_often(g, THINGS)} x{n} @ {price} = {n * price};\n"


@cache
def sources() -> str:
    """Sources of a few modules of the standard library, plain letters only."""
    import bisect
    import calendar
    import colorsys
    import csv
    import fractions
    import heapq
    import shlex
    import statistics

    modules = (textwrap, bisect, heapq, shlex, calendar, csv, fractions, statistics, colorsys)
    return "".join(c for m in modules for c in inspect.getsource(m) if c in ALPHABET)


def text_of(kind: str, letters: int, seed: int) -> str:
    """About ``letters`` letters of a kind, or of several with a plus between, one after the other."""
    if "+" in kind:
        kinds = kind.split("+")
        return "".join(text_of(k, letters // len(kinds), seed + i) for i, k in enumerate(kinds))
    g = random.Random(seed)
    if kind == "sources":
        start = g.randrange(max(1, len(sources()) - letters))
        return sources()[start : start + letters]
    if kind == "noise":
        return "".join(g.choice(ALPHABET) for _ in range(letters))
    make = {"tales": tale, "sums": line_of_sums, "receipts": receipt}[kind]
    pieces, n = [], 0
    while n < letters:
        pieces.append(make(g))
        n += len(pieces[-1])
    return "".join(pieces)


@cache
def words() -> dict[str, int]:
    """The numbers of words that tales are made of."""
    seen: dict[str, int] = {"\n": 0, "<unk>": 1}
    for piece in text_of("tales", 200_000, 1).replace("\n", " \n ").split(" "):
        seen.setdefault(piece, len(seen))
    return seen


def tokens(text: str, level: str) -> tuple[Tensor, int]:
    """Numbers of letters or words, and how many there are."""
    if level == "word":
        table = words()
        return torch.tensor([table.get(w, 1) for w in text.replace("\n", " \n ").split(" ") if w]), len(table)
    where = {c: i for i, c in enumerate(ALPHABET)}
    return torch.tensor([where[c] for c in text]), len(ALPHABET)


def chain(n: int, states: int, sharp: float, seed: int) -> Tensor:
    """A walk on a made-up Markov chain: its entropy is the floor of every loss."""
    g = torch.Generator().manual_seed(4242)
    table = torch.softmax(sharp * torch.randn(states, states, generator=g), 1)
    g.manual_seed(seed)
    lanes = max(1, n // 500)
    now, walk = torch.randint(0, states, (lanes,), generator=g), []
    for _ in range(n // lanes + 1):
        walk.append(now)
        now = torch.multinomial(table[now], 1, generator=g)[:, 0]
    return torch.stack(walk, 1).reshape(-1)[:n]


class Layer(nn.Module):
    """Attention to what was before, then two linear layers; ``norm``: before, after or none; ``skip``: residual."""

    def __init__(self, width: int, heads: int, norm: str, act: str, drop: float, skip: bool) -> None:
        super().__init__()
        self.heads, self.norm, self.act, self.skip = heads, norm, act, skip
        self.qkv, self.merge = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.up, self.down = nn.Linear(width, 3 * width), nn.Linear(3 * width, width)
        make = nn.LayerNorm if norm != "none" else lambda _: nn.Identity()
        self.n1, self.n2, self.drop = make(width), make(width), nn.Dropout(drop)
        self.hidden = torch.zeros(1)

    def attend(self, x: Tensor) -> Tensor:
        rows, length, width = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.drop(self.merge(mixed.transpose(1, 2).reshape(rows, length, width)))

    def think(self, x: Tensor) -> Tensor:
        self.hidden = getattr(torch, self.act)(self.up(x)) if self.act != "gelu" else F.gelu(self.up(x))
        return self.drop(self.down(self.hidden))

    def forward(self, x: Tensor) -> Tensor:
        if self.norm == "after":
            x = self.n1(x + self.attend(x))
            return self.n2(x + self.think(x))
        x = self.attend(self.n1(x)) + (x if self.skip else 0)
        return self.think(self.n2(x)) + (x if self.skip else 0)


class Decoder(nn.Module):
    """Embeddings of tokens and places, layers, a head (tied to the embeddings if asked)."""

    def __init__(self, vocabulary: int, ctx: int, width: int = 32, layers: int = 2, heads: int = 2, norm: str = "before",
                 act: str = "gelu", drop: float = 0.0, tie: bool = False, skip: bool = True, std: float = 0.06,
                 head: float = 1.0, sunk: float = 0.0, favour: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.token, self.place = nn.Embedding(vocabulary, width), nn.Embedding(ctx, width)
        self.layers = nn.ModuleList(Layer(width, heads, norm, act, drop, skip) for _ in range(layers))
        self.last, self.head = nn.LayerNorm(width) if norm != "none" else nn.Identity(), nn.Linear(width, vocabulary)
        for name, p in self.named_parameters():
            if p.dim() > 1:
                nn.init.normal_(p, 0, std * (head if name.startswith("head") else 1.0))
            elif name.endswith("up.bias"):
                nn.init.constant_(p, -sunk)
        nn.init.zeros_(self.head.bias)
        with torch.no_grad():
            self.head.bias[: vocabulary // 8] += favour
        if tie:
            self.head.weight = self.token.weight
        self.spread: list[float] = []

    def forward(self, x: Tensor) -> Tensor:
        h, self.spread = self.token(x) + self.place.weight[: x.shape[1]], []
        for layer in self.layers:
            h = layer(h)
            self.spread.append(float(h.detach().std()))
        return self.head(self.last(h))

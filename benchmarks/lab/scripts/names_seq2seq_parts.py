"""Names from the standard library's source as sentences of letters, and small translators of them."""

from __future__ import annotations

import math
import re
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MODULES = ("argparse", "ast", "calendar", "configparser", "csv", "datetime", "decimal", "difflib", "doctest", "enum", "fractions", "ftplib",
           "gettext", "heapq", "imaplib", "inspect", "locale", "mailbox", "optparse", "pathlib", "pdb", "pickle", "random", "shutil",
           "smtplib", "socket", "statistics", "string", "subprocess", "tarfile", "tempfile", "textwrap", "threading", "turtle", "typing",
           "uuid", "warnings", "zipfile")  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz_0123456789- "
PAD, BOS, EOS = 0, 1, 2
VOCABULARY = 3 + len(LETTERS) + 26
MONTHS = "january february march april may june july august september october november december".split()
SOURCE, TARGET = 14, 16


@cache
def source_text() -> str:
    """The source of some modules, in small letters."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    files = [p for m in MODULES for p in [folder / f"{m}.py", folder / m / "__init__.py"] if p.exists()]
    return "\n".join(p.read_text(encoding="utf-8").lower() for p in files)


@cache
def names() -> list[str]:
    """Words of five to eleven letters, in alphabetical order."""
    return sorted(set(re.findall(r"[a-z]{5,11}", source_text())))


def encode(text: str, width: int) -> list[int]:
    """Letters as numbers (capitals after the small ones), EOS, padding."""
    ids = [3 + (LETTERS.index(c) if c in LETTERS else len(LETTERS) + ord(c) - ord("A")) for c in text]
    return ([*ids[: width - 1], EOS] + [PAD] * width)[:width]


def sentences(task: str, n: int, g: torch.Generator) -> tuple[list[str], list[str]]:
    """Sources and targets. ``task``: expand, snake, dates, codes or lines (no source)."""
    pick = lambda size, count: torch.randint(0, size, (count,), generator=g).tolist()  # noqa: E731
    words = [names()[i] for i in torch.randperm(len(names()), generator=g)[:n].tolist()]
    if task == "expand":
        return [w[0] + re.sub("[aeiou]", "", w[1:]) for w in words], words
    if task == "snake":
        short = [w for w in names() if len(w) <= 6]
        two = [(short[i], short[j]) for i, j in zip(pick(len(short), n), pick(len(short), n), strict=True)]
        return [a.capitalize() + b.capitalize() for a, b in two], [f"{a}_{b}" for a, b in two]
    if task == "dates":
        when = zip(pick(28, n), pick(12, n), pick(60, n), strict=True)
        made = [(f"{d + 1} {MONTHS[m][:6]} {y + 30}", f"19{y + 30}-{m + 1:02d}-{d + 1:02d}") for d, m, y in when]
        return [a for a, _ in made], [b for _, b in made]
    if task == "codes":
        return words, [f"{v:05d}" for v in pick(100000, n)]
    text = re.sub(r"[^a-z0-9_]+", " ", source_text())
    starts = sorted(pick(len(text) - TARGET, n))
    return ["" for _ in starts], [text[s : s + TARGET - 1] for s in starts]


@dataclass
class Bitext:
    """Sources (n, SOURCE), targets (n, TARGET), and the lengths of the targets (n,)."""

    source: Tensor
    target: Tensor
    length: Tensor

    def take(self, rows: Tensor) -> Bitext:
        return Bitext(self.source[rows], self.target[rows], self.length[rows])


def bitext(task: str, n: int, held: int, seed: int) -> tuple[Bitext, Bitext]:
    """For training and held out."""
    g = torch.Generator().manual_seed(31 + seed)
    a, b = sentences(task, n + held, g)
    y = torch.tensor([encode(t, TARGET) for t in b])
    both = Bitext(torch.tensor([encode(t, SOURCE) for t in a]), y, (y != PAD).sum(1))
    rows = torch.randperm(n + held, generator=g)
    mine = rows[:n].sort().values if task == "lines" else rows[:n]
    return both.take(mine), both.take(rows[n:])


class Layer(nn.Module):
    """Attention to itself, if asked to another sequence, and a perceptron."""

    def __init__(self, dim: int, heads: int, dropout: float, cross: bool, post: bool) -> None:
        super().__init__()
        self.heads, self.post, self.drop = heads, post, nn.Dropout(dropout)
        self.q = nn.ModuleList(nn.Linear(dim, dim) for _ in range(1 + cross))
        self.kv = nn.ModuleList(nn.Linear(dim, 2 * dim) for _ in range(1 + cross))
        self.out = nn.ModuleList(nn.Linear(dim, dim) for _ in range(1 + cross))
        self.up, self.down = nn.Linear(dim, 2 * dim), nn.Linear(2 * dim, dim)
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in range(2 + cross))
        self.hidden = torch.zeros(1)

    def attend(self, i: int, x: Tensor, other: Tensor, causal: bool) -> Tensor:
        shape = (len(x), -1, self.heads, x.shape[-1] // self.heads)
        k, v = self.kv[i](other).chunk(2, -1)
        q, k, v = (part.reshape(shape).transpose(1, 2) for part in (self.q[i](x), k, v))
        return self.out[i](F.scaled_dot_product_attention(q, k, v, is_causal=causal).transpose(1, 2).reshape(x.shape))

    def join(self, i: int, x: Tensor, part: object) -> Tensor:
        if self.post:
            return self.norms[i](x + self.drop(part(x)))
        return x + self.drop(part(self.norms[i](x)))

    def perceptron(self, x: Tensor) -> Tensor:
        self.hidden = F.relu(self.up(x))
        return self.down(self.hidden)

    def forward(self, x: Tensor, memory: Tensor | None = None, causal: bool = False) -> Tensor:
        x = self.join(0, x, lambda y: self.attend(0, y, y, causal))
        if memory is not None:
            x = self.join(2, x, lambda y: self.attend(1, y, memory, False))
        return self.join(1, x, self.perceptron)


class Translator(nn.Module):
    """Source and shifted target → scores of the target's letters; recurrent (gru, rnn) or a transformer (tf)."""

    def __init__(self, kind: str = "gru", dim: int = 48, attention: bool = True, source: bool = True, dropout: float = 0.0, layers: int = 1,
                 post: bool = False, gain: float = 1.0, tied_std: float = 0.0, bias: float = 0.0, last: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.kind, self.attention, self.source, self.drop = kind, attention, source, nn.Dropout(dropout)
        self.letters = nn.Embedding(VOCABULARY, dim)
        nn.init.normal_(self.letters.weight, 0, tied_std or 0.3)
        if kind == "tf":
            self.places = nn.Parameter(0.3 * torch.randn(max(SOURCE, TARGET), dim))
            self.enc = nn.ModuleList(Layer(dim, 4, dropout, False, post) for _ in range(layers))
            self.dec = nn.ModuleList(Layer(dim, 4, dropout, source, post) for _ in range(layers))
        else:
            cell = {"gru": nn.GRU, "rnn": nn.RNN}[kind]
            self.enc, self.dec = (cell(dim, dim, layers, batch_first=True) for _ in range(2))
            self.join = nn.Linear(2 * dim, dim)
        self.head = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, VOCABULARY)
        self.hidden = torch.zeros(1)
        with torch.no_grad():
            for name, p in self.named_parameters():
                if p.dim() == 2 and "letters" not in name and name != "places":
                    p.mul_(gain)
            self.head.bias.add_(bias)
            self.out.weight.mul_(last)
        if tied_std:
            self.out.weight = self.letters.weight

    def forward(self, source: Tensor, shifted: Tensor) -> Tensor:
        x, y = self.drop(self.letters(source)), self.drop(self.letters(shifted))
        if self.kind == "tf":
            x, y = x + self.places[: x.shape[1]], y + self.places[: y.shape[1]]
            for layer in self.enc if self.source else ():
                x = layer(x)
            for layer in self.dec:
                y = layer(y, x if self.source else None, causal=True)
        else:
            memory, state = self.enc(x) if self.source else (None, None)
            y, _ = self.dec(y, state)
            if self.attention and self.source:
                weights = torch.softmax(y @ memory.transpose(1, 2) / math.sqrt(y.shape[-1]), -1)
                y = torch.tanh(self.join(torch.cat([y, weights @ memory], -1)))
        self.hidden = F.relu(self.head(self.drop(y)))
        return self.out(y + self.hidden)

    def dead(self) -> float:
        """Share of the head's units that are zero for every letter of the last batch."""
        return float((self.hidden.flatten(0, 1) <= 0).all(0).float().mean())


def overlap(said: Tensor, wanted: Tensor) -> float:
    """A score like BLEU's of pairs of letters: geometric mean of the shares of letters and of pairs that are right, in percent."""
    real = wanted != PAD
    one = (said == wanted) & real
    two = one[:, 1:] & one[:, :-1]
    p1, p2 = one.sum() / real.sum(), two.sum() / (real[:, 1:]).sum()
    return 100 * float((p1 * p2).sqrt())


def factor(name: str, t: int, total: int, a: float, b: float) -> float:
    """The learning rate at update ``t`` of ``total``, over its base."""
    warm = min(1.0, (t + 1) / a) if a else 1.0
    if name == "noam":
        return min((t + 1) ** -0.5, (t + 1) * a**-1.5) * a**0.5
    if name == "stairs":
        return b ** (t // a)
    if name == "decay":
        return a**t
    if name == "restarts":
        return 0.5 + 0.5 * math.cos(math.pi * (t % a) / a)
    if name == "waves":
        return 0.5 + 0.5 * math.cos(math.pi * t / a)
    if name == "again":
        return min(1.0, (t % b + 1) / a) * max(0.0, 1 - (t % b) / b)
    end = b or total
    tails = {"flat": 1.0, "cosine": 0.5 + 0.5 * math.cos(math.pi * min(1.0, t / end)), "linear": max(0.0, 1 - t / end)}
    return warm * tails[name]

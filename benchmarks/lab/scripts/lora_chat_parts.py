"""A made-up chat: little tasks on words of a made-up language, and a tiny transformer that has read that language before."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

PAD, BOS, USER, BOT, EOS, GAP, TASKS, LETTERS, STYLES = 0, 1, 2, 3, 4, 5, 6, 12, 32
KINDS, ALPHABET, VOCABULARY, LENGTH = 6, 20, 36, 26
Lines = list[tuple[list[int], list[int]]]


class Tongue:
    """Words as a chain of letters: of each letter four others are likely next."""

    def __init__(self) -> None:
        r = np.random.default_rng(4)
        chances = 0.01 + np.zeros((ALPHABET, ALPHABET))
        for row in chances:
            row[r.choice(ALPHABET, 4, replace=False)] += r.dirichlet([2.0] * 4)
        self.sums = (chances / chances.sum(1, keepdims=True)).cumsum(1)
        self.codes = r.integers(0, ALPHABET, (ALPHABET, ALPHABET, 3))

    def word(self, r: np.random.Generator) -> list[int]:
        """Three or four letters."""
        letters = [int(r.integers(ALPHABET))]
        for x in r.random(int(r.integers(2, 4))):
            letters.append(min(ALPHABET - 1, int(np.searchsorted(self.sums[letters[-1]], x))))
        return letters


@cache
def tongue() -> Tongue:
    return Tongue()


def solved(kind: int, word: list[int]) -> list[int]:
    """What the task asks of a word: itself, backwards, its ends, the next letters, in order, or a code to know by heart."""
    return [
        lambda: word,
        lambda: word[::-1],
        lambda: [word[0], word[-1]],
        lambda: [(w + 1) % ALPHABET for w in word],
        lambda: sorted(word),
        lambda: tongue().codes[word[0], word[1]].tolist(),
    ][kind]()


def chats(n: int, seed: int, kinds: tuple[int, ...] = tuple(range(KINDS)), talk: int = 2, false: float = 0.0) -> Lines:
    """Pairs of prompt and answer; answers end in up to ``talk`` words of small talk. ``false``: share of wrong ones."""
    r, t, lines = np.random.default_rng(seed), tongue(), []
    for _ in range(n):
        kind, word = kinds[int(r.integers(len(kinds)))], t.word(r)
        asked = [BOS, USER, TASKS + kind, *(LETTERS + w for w in word), BOT]
        truth = solved(kind, t.word(r) if r.random() < false else word)
        said = [STYLES + int(np.searchsorted([0.6, 0.85, 0.95], r.random())), *(LETTERS + w for w in truth)]
        for _ in range(int(r.integers(0, talk + 1))):
            said += [GAP, *(LETTERS + w for w in t.word(r))]
        lines.append((asked, [*said, EOS]))
    return lines


def tensors(lines: Lines, packed: bool = False, length: int = LENGTH) -> tuple[Tensor, Tensor]:
    """Tokens (n, length) and where an answer stands (1) or a prompt (2) or nothing (0); packed: one after the other."""
    rows, marks = [], []
    for asked, said in lines:
        row, mark = asked + said, [2] * len(asked) + [1] * len(said)
        if packed and rows and len(rows[-1]) + len(row) <= length:
            rows[-1] += row
            marks[-1] += mark
        else:
            rows.append(row[:length])
            marks.append(mark[:length])
    fill = [(r + [PAD] * (length - len(r)), m + [0] * (length - len(m))) for r, m in zip(rows, marks, strict=True)]
    return torch.tensor([r for r, _ in fill]), torch.tensor([m for _, m in fill])


class Adapted(nn.Module):
    """A linear layer, beside it two thin ones (none for rank 0)."""

    def __init__(self, n: int, m: int) -> None:
        super().__init__()
        self.linear, self.rank, self.scale, self.drop = nn.Linear(n, m), 0, 0.0, 0.0

    def adapt(self, rank: int, alpha: float, drop: float, spread: float) -> list[nn.Parameter]:
        self.rank, self.scale, self.drop = rank, alpha / rank, drop
        self.down = nn.Parameter(spread * torch.randn(self.linear.in_features, rank) / self.linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(rank, self.linear.out_features))
        return [self.down, self.up]

    def forward(self, x: Tensor) -> Tensor:
        y = self.linear(x)
        return y + self.scale * (F.dropout(x, self.drop, self.training) @ self.down @ self.up) if self.rank else y


class Layer(nn.Module):
    """Causal attention, then two layers; a bottleneck behind them if asked."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads, self.drop, self.neck = heads, 0.0, None
        self.one, self.two = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.mix = Adapted(width, 3 * width), nn.Linear(width, width)
        self.wide, self.back = Adapted(width, 3 * width), nn.Linear(3 * width, width)
        self.dead = 0.0

    def forward(self, x: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(self.one(x)).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, t, w)
        x = x + F.dropout(self.mix(seen), self.drop, self.training)
        x = x + F.dropout(self.back(F.gelu(self.wide(self.two(x)))), self.drop, self.training)
        if self.neck is not None:
            inner = torch.relu(self.neck[0](x))
            self.dead = float((inner == 0).all(0).all(0).float().mean())
            x = x + self.neck[1](inner)
        return x


class Speaker(nn.Module):
    """The tiny language model."""

    def __init__(self, width: int = 32, layers: int = 2, heads: int = 2) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(VOCABULARY, width), nn.Embedding(LENGTH, width)
        self.layers = nn.ModuleList(Layer(width, heads) for _ in range(layers))
        self.norm, self.head, self.fuzz = nn.LayerNorm(width), nn.Linear(width, VOCABULARY, bias=False), 0.0

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.words(tokens)
        if self.fuzz and self.training:
            x = x + self.fuzz * (2 * torch.rand_like(x) - 1)
        x = x + self.places.weight[: tokens.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x))


@cache
def _read(width: int, layers: int) -> dict[str, Tensor]:
    torch.manual_seed(11)
    r, t = np.random.default_rng(12), tongue()
    rows = []
    for _ in range(4000):
        row, last = [BOS], t.word(r)
        while len(row) < LENGTH:
            last = last if r.random() < 0.4 else t.word(r)
            row += [*(LETTERS + w for w in last), GAP]
        rows.append(row[:LENGTH])
    rows[:150] = tensors(chats(150, 13, (0, 2), 3))[0].tolist()
    data, net, steps = torch.tensor(rows), Speaker(width, layers), 800
    opt = torch.optim.AdamW(net.parameters(), 4e-3, fused=True)
    for i in range(steps):
        opt.param_groups[0]["lr"] = 4e-3 * min(1.0, i / 50) * (1 - i / steps)
        pick = data[torch.randint(0, len(data), (12,))]
        loss = F.cross_entropy(net(pick[:, :-1]).flatten(0, 1), pick[:, 1:].flatten())
        opt.zero_grad()
        loss.backward()
        opt.step()
    return net.state_dict()


def base(width: int = 32, layers: int = 2) -> Speaker:
    """A speaker that has read the language (a fresh copy of the same weights each time), and a few chats."""
    state = torch.random.get_rng_state()
    weights = _read(width, layers)
    net = Speaker(width, layers)
    net.load_state_dict(weights)
    torch.random.set_rng_state(state)
    return net


def share_of_rate(whole: str, warm_share: float, steps: int, floor: float, t: int) -> float:
    """What the schedule leaves of the rate; plans with a colon carry a number."""
    plan, _, text = whole.partition(":")
    x, warm = float(text or 1), max(1.0, warm_share * steps)
    left = max(0.0, t - warm) / max(1.0, steps - warm)
    at = {
        "constant": lambda: 1.0,
        "cosine": lambda: 0.5 + 0.5 * math.cos(math.pi * min(1.0, left)),
        "linear": lambda: 1 - left,
        "short": lambda: max(0.0, 1 - left * x),
        "cut": lambda: 0.05 if t >= x * steps else 1.0,
        "restarts": lambda: 0.5 + 0.5 * math.cos(math.pi * (left * x % 1)),
        "steps": lambda: 0.2 ** int(t / steps * x),
        "wsd": lambda: min(1.0, (1 - left) / x),
        "rewarm": lambda: 0.5 + 0.5 * math.cos(math.pi * (left if left < x else (left - x) / (1 - x))),
        "root": lambda: (warm / max(warm, t)) ** 0.5,
    }[plan]()
    return min(1.0, (t + 1) / warm) * (floor + (1 - floor) * at)

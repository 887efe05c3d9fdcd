"""Sentences of a made-up grammar with agreement, and a tiny encoder that fills in masked words."""

from __future__ import annotations

import random

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PAD, MASK, STOP = 0, 1, 2
LENGTH, WORDS = 24, 40
ARTICLES = {"a": (3, 4), "b": (5, 6)}
NOUNS = {"a": tuple(range(7, 13)), "b": tuple(range(13, 19))}
VERBS = {"a": (19, 20, 21, 22), "b": (23, 24, 25, 26)}
ADJECTIVES, LINKS, OPEN, CLOSE = (27, 28, 29, 30), (31, 32, 33), (34, 35), (36, 37)


def sentence(dice: random.Random, topic: float) -> list[int]:
    """Words of one sentence: who, does, what; brackets close as they were opened. ``topic``: of which nouns, 0 to 1."""

    def thing(kind: str) -> list[int]:
        nouns = NOUNS[kind]
        at = min(len(nouns) - 1, int(len(nouns) * (0.6 * topic + 0.4 * dice.random())))
        return [dice.choice(ARTICLES[kind]), *([dice.choice(ADJECTIVES)] if dice.random() < 0.4 else []), nouns[at]]

    who, what = dice.choice("ab"), dice.choice("ab")
    words = [*thing(who), VERBS[who][dice.randrange(4)], *thing(what)]
    if dice.random() < 0.4:
        which = dice.randrange(2)
        words += [OPEN[which], LINKS[dice.randrange(3)], *thing(dice.choice("ab")), CLOSE[which]]
    return [*words, STOP]


def corpus(rows: int, seed: int, topics: float = 1.0) -> dict[str, Tensor]:
    """Rows of LENGTH words (rows, LENGTH), the topic of each, and whether its second half belongs to the first."""
    dice = random.Random(seed)
    lines, about, follows = [], [], []
    for _ in range(rows):
        topic, joined = dice.random(), dice.random() < 0.5
        line: list[int] = []
        while len(line) < LENGTH:
            shown = topic if joined or len(line) < LENGTH // 2 else (topic + 0.5) % 1
            line += sentence(dice, topics * shown + (1 - topics) * dice.random())
        lines.append(line[:LENGTH])
        about.append(topic)
        follows.append(int(joined))
    return {"words": torch.tensor(lines), "topic": torch.tensor(about), "follows": torch.tensor(follows)}


class Layer(nn.Module):
    """Attention and a perceptron, the norm before or after each."""

    def __init__(self, size: int, heads: int, act: str, drop: float, before: bool) -> None:
        super().__init__()
        self.mix, self.back = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, 2 * size), nn.Linear(2 * size, size)
        self.one, self.two, self.drop = nn.LayerNorm(size), nn.LayerNorm(size), nn.Dropout(drop)
        self.heads, self.act, self.before = heads, getattr(F, act), before
        self.felt = torch.zeros(1)

    def attend(self, h: Tensor) -> Tensor:
        """Every word looks at all words of its row."""
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in self.mix(h).chunk(3, 2))
        return self.drop(self.back(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)))

    def think(self, h: Tensor) -> Tensor:
        """Word by word."""
        self.felt = self.act(self.up(h))
        return self.drop(self.down(self.felt))

    def forward(self, h: Tensor) -> Tensor:
        """(rows, LENGTH, size) to the same."""
        if self.before:
            h = h + self.attend(self.one(h))
            return h + self.think(self.two(h))
        h = self.one(h + self.attend(h))
        return self.two(h + self.think(h))


class Encoder(nn.Module):
    """Words and places, layers, the words again by the table of embeddings, and a head for "follows or not"."""

    def __init__(self, size: int = 32, layers: int = 1, heads: int = 2, act: str = "gelu", drop: float = 0.0, before: bool = True,
                 table: float = 0.05, weights: float = 1.0, places: bool = True, sink: float = 0.0, head: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, size), nn.Embedding(LENGTH, size)
        self.layers = nn.ModuleList(Layer(size, heads, act, drop, before) for _ in range(layers))
        self.norm, self.bias, self.pair = nn.LayerNorm(size), nn.Parameter(torch.zeros(WORDS)), nn.Linear(size, 2)
        self.placed, self.head = places, head
        with torch.no_grad():
            self.words.weight.normal_(0, table)
            self.places.weight.normal_(0, table)
            for layer in self.layers:
                for part in (layer.mix, layer.back, layer.up, layer.down):
                    part.weight.mul_(weights)
                layer.up.bias.sub_(sink)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of words (rows, LENGTH, WORDS) and of "follows" (rows, 2)."""
        h = self.words(words)
        if self.placed:
            h = h + self.places.weight
        for layer in self.layers:
            h = layer(h)
        h = self.norm(h)
        return self.head * (h @ self.words.weight.T) + self.bias, self.pair(h.mean(1))

"""Sentences of Python's own documentation with their topics and quoted words, and networks that read them."""

from __future__ import annotations

import re
from functools import cache
from pydoc_data.topics import topics

import numpy as np
import torch
from torch import Tensor, nn

TOPICS = ("specialnames", "compound", "types", "string-methods", "debugger", "typesseq", "import", "assignment")
LENGTH = 24
VOCABULARY = 1500
RARE = "import"


@cache
def sentences() -> tuple[tuple[list[str], list[int], int], ...]:
    """Words, whether each stands in double quotes (an identifier or code), and the number of the topic."""
    found = []
    for number, topic in enumerate(TOPICS):
        for part in re.split(r"(?<=[.:;])\s+|\n\s*\n", topics[topic]):
            words, quoted, inside = [], [], 0
            for token in re.findall(r'"|[A-Za-z_]+|\d+|[^\sA-Za-z_\d"]', part):
                if token == '"':
                    inside = 1 - inside
                else:
                    words.append(token.lower())
                    quoted.append(inside)
            if len(words) >= 6:
                found.append((words[:LENGTH], quoted[:LENGTH], number))
    return tuple(found)


@cache
def numbers() -> tuple[Tensor, Tensor, Tensor]:
    """Word ids (sentences × LENGTH; 0 pads, 1 is unknown), tags (-100 where padded), topics."""
    counts: dict[str, int] = {}
    for words, _, _ in sentences():
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    known = sorted(counts, key=lambda w: (-counts[w], w))[: VOCABULARY - 2]
    place = {word: i + 2 for i, word in enumerate(known)}
    ids = torch.zeros(len(sentences()), LENGTH, dtype=torch.long)
    tags = torch.full((len(sentences()), LENGTH), -100)
    for row, (words, quoted, _) in enumerate(sentences()):
        ids[row, : len(words)] = torch.tensor([place.get(w, 1) for w in words])
        tags[row, : len(words)] = torch.tensor(quoted)
    return ids, tags, torch.tensor([topic for _, _, topic in sentences()])


def data(seed: int, task: str) -> tuple[Tensor, Tensor, int]:
    """Inputs, targets and the number of classes, in a random order: ``topic``, ``rare`` (one topic or not), ``tag``."""
    ids, tags, topic = numbers()
    order = torch.tensor(np.random.default_rng(1000 + seed).permutation(len(ids)))
    targets = {"topic": topic, "rare": (topic == TOPICS.index(RARE)).long(), "tag": tags}[task]
    return ids[order], targets[order], 8 if task == "topic" else 2


class Reader(nn.Module):
    """Embeds words, reads them by ``kind`` (bag, cnn, gru), and gives logits of the sentence or of each word."""

    def __init__(self, kind: str, classes: int, each: bool, dim: int = 24, width: int = 48, depth: int = 1,
                 dropout: float = 0.0, act: str = "ReLU") -> None:  # fmt: skip
        super().__init__()
        self.kind, self.each = kind, each
        self.embed = nn.Embedding(VOCABULARY, dim, padding_idx=0)
        self.drop = nn.Dropout(dropout)
        if kind == "cnn":
            self.read: nn.Module = nn.Conv1d(dim, width, 3, padding=1)
        elif kind == "gru":
            self.read = nn.GRU(dim, width, batch_first=True)
        size = dim if kind == "bag" else width
        layers: list[nn.Module] = []
        for _ in range(depth):
            layers += [nn.Linear(size, width), getattr(nn, act)(), nn.Dropout(dropout)]
            size = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(size, classes)

    def forward(self, ids: Tensor) -> Tensor:
        x = self.drop(self.embed(ids))
        there = (ids > 0).unsqueeze(-1)
        if self.kind == "cnn":
            x = torch.relu(self.read(x.transpose(1, 2))).transpose(1, 2)
        elif self.kind == "gru":
            x = self.read(x)[0]
        if not self.each:
            x = (x * there).sum(1) / there.sum(1).clamp(min=1)
        logits: Tensor = self.head(self.body(x))
        return logits.transpose(1, 2) if self.each else logits


def f1(guess: Tensor, truth: Tensor) -> float:
    """Of class 1 against the rest."""
    hit = int(((guess == 1) & (truth == 1)).sum())
    return 2 * hit / max(1, int((guess == 1).sum()) + int((truth == 1).sum()))

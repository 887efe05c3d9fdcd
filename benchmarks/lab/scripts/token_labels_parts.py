"""Made-up newspaper and chat sentences with names in them, questions about them, and small encoders that read them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

PAD, MASK, CLS, SEP = range(4)
TYPES = ("PER", "LOC", "ORG", "MISC")
TAGS = 1 + 2 * len(TYPES)
LENGTH, WORDS, SKIP = 20, 520, -100
OUTSIDE, QUESTIONS, FIRST_CUE, CUES_EACH = 4, 5, 10, 6
OWN, EACH, SHARED, ANY = 60, 70, 340, 60
FILL, FILLS = 400, 100
LATER, LATERS = 500, 20


@cache
def sentences(n: int, seed: int, domain: str = "news", mixed: float = 0.4, vague: float = 0.05, wide: int = EACH) -> dict[str, Tensor]:  # fmt: skip
    """Sentences: ids and tags (n, LENGTH), the kind of each (its first type), and where the answer to its question stands.

    ``mixed``: share of names that any type may bear, told by the cue before them; ``vague``: share of these without a cue;
    ``wide``: different names a type. A name's second piece carries no tag. ``domain`` chats have other fillers and cues.
    """
    r = np.random.default_rng(seed)
    ids, tags = np.zeros((n, LENGTH), np.int64), np.full((n, LENGTH), SKIP, np.int64)
    kinds, spans = np.zeros(n, np.int64), np.zeros((n, 2), np.int64)
    low = FILL if domain == "news" else FILL + FILLS // 2
    for i in range(n):
        words, marks, found = [CLS], [SKIP], []
        for part in range(int(r.integers(2, 4))):
            for _ in range(int(r.integers(1, 3))):
                words.append(low + int(r.zipf(1.4)) % (FILLS // 2))
                marks.append(0)
            kind = int(r.integers(0, len(TYPES)))
            ambiguous = r.random() < mixed
            if not (ambiguous and r.random() < vague):
                half = CUES_EACH // 2
                words.append(
                    FIRST_CUE + kind * CUES_EACH + int(r.integers(0, half)) + (half if domain == "chats" else 0)
                )
                marks.append(0)
            start = len(words)
            for j in range(int(r.integers(1, 3))):
                words.append(
                    SHARED + int(r.integers(0, ANY)) if ambiguous else OWN + kind * EACH + int(r.integers(0, wide))
                )
                marks.append(1 + 2 * kind + (j > 0))
                if r.random() < 0.25:
                    words.append(LATER + int(r.integers(0, LATERS)))
                    marks.append(SKIP)
            found.append((kind, start, len(words) - 1))
            kinds[i] = kind if part == 0 else kinds[i]
        words, marks = [*words[: LENGTH - 1], SEP], [*marks[: LENGTH - 1], SKIP]
        ids[i, : len(words)], tags[i, : len(marks)] = words, marks
        asked = int(r.integers(0, len(TYPES)))
        ids[i, 0] = QUESTIONS + asked
        spans[i] = next(((a, b) for k, a, b in found if k == asked and b < LENGTH - 1), (0, 0))
    return {
        "ids": torch.tensor(ids),
        "tags": torch.tensor(tags),
        "kind": torch.tensor(kinds),
        "span": torch.tensor(spans),
    }


class Layer(nn.Module):
    """Attention (half of what it looks at is the word before) and two linear maps; ``post`` has the norm behind the sum, as the first encoders had it."""

    def __init__(self, width: int, heads: int, act: str, drop: float, post: bool) -> None:
        super().__init__()
        self.mix, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.one, self.two = nn.LayerNorm(width), nn.LayerNorm(width)
        self.heads, self.act, self.drop, self.post = heads, getattr(F, act), drop, post
        self.hidden = torch.zeros(1)

    def look(self, h: Tensor, mask: Tensor) -> Tensor:
        b, t, d = h.shape
        h = torch.cat([h[..., : d // 2], h[..., d // 2 :].roll(1, 1)], 2)
        q, k, v = self.mix(h).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        found = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None])
        return self.out(found.transpose(1, 2).reshape(b, t, d))

    def think(self, h: Tensor) -> Tensor:
        self.hidden = self.act(self.up(h))
        return F.dropout(self.down(self.hidden), self.drop, self.training)

    def forward(self, h: Tensor, mask: Tensor) -> Tensor:
        if self.post:
            h = self.one(h + self.look(h, mask))
            return self.two(h + self.think(h))
        h = h + self.look(self.one(h), mask)
        return h + self.think(self.two(h))


class Encoder(nn.Module):
    """A little BERT."""

    def __init__(self, width: int = 32, depth: int = 1, heads: int = 2, act: str = "gelu", drop: float = 0.0, post: bool = False) -> None:  # fmt: skip
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, width), nn.Embedding(LENGTH, width)
        self.layers = nn.ModuleList(Layer(width, heads, act, drop, post) for _ in range(depth))
        self.last, self.drop, self.width = nn.LayerNorm(width), drop, width
        nn.init.normal_(self.words.weight, std=0.2)
        nn.init.normal_(self.places.weight, std=0.2)

    def forward(self, ids: Tensor) -> Tensor:
        h = F.dropout(self.words(ids) + self.places.weight, self.drop, self.training)
        for layer in self.layers:
            h = layer(h, ids != PAD)
        return self.last(h)


class Stacked(nn.Module):
    """A plain stack on a window of five words (no residuals), or an LSTM both ways."""

    def __init__(self, width: int = 32, depth: int = 1, act: str = "lstm", drop: float = 0.1, init: float = 1.0) -> None:  # fmt: skip
        super().__init__()
        self.words, self.drop, self.width, self.act = nn.Embedding(WORDS, width), drop, width, act
        self.lstm = nn.LSTM(width, width // 2, depth, batch_first=True, bidirectional=True) if act == "lstm" else None
        sizes = [5 * width] + [width] * (depth if self.lstm is None else 0)
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.hidden: list[Tensor] = []
        with torch.no_grad():
            for layer in self.layers:
                layer.weight.mul_(init)

    def forward(self, ids: Tensor) -> Tensor:
        h = F.dropout(self.words(ids), self.drop, self.training)
        if self.lstm is not None:
            return F.dropout(self.lstm(h)[0], self.drop, self.training)
        h, self.hidden = torch.cat([h.roll(k, 1) for k in range(-2, 3)], 2), []
        for layer in self.layers:
            h = getattr(torch, self.act)(layer(h))
            self.hidden.append(h)
        return F.dropout(h, self.drop, self.training)


class Reader(nn.Module):
    """A body with heads for tags, kinds, answers and masked words; transitions for a chain of tags."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body = body
        self.tags, self.kind = nn.Linear(body.width, TAGS), nn.Linear(body.width, len(TYPES))
        self.ends, self.guess = nn.Linear(body.width, 2), nn.Linear(body.width, WORDS)
        self.follow = nn.Parameter(torch.zeros(TAGS, TAGS))


def chain_loss(scores: Tensor, tags: Tensor, follow: Tensor) -> Tensor:
    """Mean negative log-likelihood of the tags of a sentence under a linear chain; SKIP stands for no word."""
    there = tags != SKIP
    gold = tags.clamp(min=0)
    own = (scores.gather(2, gold[..., None])[..., 0] * there).sum(1)
    before, path, all_of = torch.full_like(gold[:, 0], -1), torch.zeros_like(own), torch.zeros_like(scores[:, 0])
    for t in range(scores.shape[1]):
        here = there[:, t]
        path = path + torch.where(here & (before >= 0), follow[before.clamp(min=0), gold[:, t]], 0.0)
        moved = torch.logsumexp(all_of[:, :, None] + follow, 1)
        entering = torch.where((before >= 0)[:, None], moved, torch.zeros_like(moved)) + scores[:, t]
        all_of = torch.where(here[:, None], entering, all_of)
        before = torch.where(here, gold[:, t], before)
    return (torch.logsumexp(all_of, 1) - own - path).mean()


def best_chain(scores: Tensor, there: Tensor, follow: Tensor) -> Tensor:
    """The likeliest tags, greedily from left to right (enough for what is logged)."""
    found, before = scores.argmax(2), None
    for t in range(scores.shape[1]):
        step = scores[:, t] if before is None else scores[:, t] + follow[before]
        found[:, t] = step.argmax(1)
        before = found[:, t] if before is None else torch.where(there[:, t], found[:, t], before)
    return found


def names_in(tags: np.ndarray) -> set[tuple[int, int, int, int]]:
    """The names that rows of tags mark: row, first, last, type; a continuation without a beginning begins one."""
    marked = set()
    for i, row in enumerate(tags.tolist()):
        kind, start, last = -1, 0, 0
        for t, tag in enumerate([*row, 0]):
            if tag == SKIP:
                continue
            inside = tag > 0 and tag % 2 == 0 and (tag - 1) // 2 == kind
            if not inside:
                if kind >= 0:
                    marked.add((i, start, last, kind))
                kind, start = ((tag - 1) // 2 if tag > 0 else -1), t
            last = t
    return marked


@cache
def start_of(body: str, net: tuple[tuple[str, Any], ...], steps: int) -> dict[str, Tensor]:
    """Weights after ``steps`` updates on masked words, names and answers of the newspaper."""
    with torch.random.fork_rng():
        torch.manual_seed(4)
        model = Reader((Encoder if body == "encoder" else Stacked)(**dict(net)))
        opt = torch.optim.AdamW(model.parameters(), 4e-3, fused=True)
        text = sentences(4000, 99, "news")
        for i in range(steps):
            pick = torch.randint(0, len(text["ids"]), (32,))
            ids, spans = text["ids"][pick], text["span"][pick]
            hide = (torch.rand(ids.shape) < 0.15) & (ids > CLS + 6)
            h = model.body(torch.where(hide, MASK, ids))
            loss = F.cross_entropy(model.guess(h[hide]), ids[hide]) / 4 + F.cross_entropy(model.tags(h).flatten(0, 1), text["tags"][pick].flatten(), ignore_index=SKIP)  # fmt: skip
            loss = loss + sum(F.cross_entropy(model.ends(h)[..., j].masked_fill(ids == PAD, -1e4), spans[:, j]) for j in (0, 1)) / 2  # fmt: skip
            for group in opt.param_groups:
                group["lr"] = 4e-3 * min(1.0, i / 100) * (1 - i / steps)
            opt.zero_grad()
            loss.backward()
            opt.step()
        return {name: v.detach().clone() for name, v in model.state_dict().items()}

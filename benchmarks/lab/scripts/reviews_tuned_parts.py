"""Made-up reviews, and a little reader of them that is pre-trained on older ones."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WORDS, LENGTH, GOOD, BAD, NOT, FILL = 170, 14, 2, 52, 102, 110
"""Ids: 0 pad, 1 mask, then 50 good words, 50 bad ones, 8 negations, 60 that say only what is reviewed."""


def reviews(
    n: int, seed: int, stars: int = 3, fresh: float = 0.2, rare: float = 0.0, clear: float = 12.0
) -> dict[str, Tensor]:
    """Reviews: words (n, LENGTH), stars (n,), score (n,) in -1…1, shop (n,) and length (n,).

    ``fresh``: share of opinions said with the words that older reviews (0) never use. ``rare``: share of all but the first star.
    """
    g = torch.Generator().manual_seed(seed)
    score = 2 * torch.rand(n, generator=g) - 1
    if rare:
        low = torch.rand(n, generator=g) >= rare
        cut = -1 + 2 / stars
        score = torch.where(low, -1 + (cut + 1) * (score + 1) / 2, cut + (1 - cut) * (score + 1) / 2)
    shop = torch.randint(0, 4, (n,), generator=g)
    length = torch.randint(6, LENGTH + 1, (n,), generator=g)
    shape = (n, LENGTH)
    positive = torch.rand(shape, generator=g) < torch.sigmoid(clear * score)[:, None]
    negated = torch.rand(shape, generator=g) < 0.1
    negated[:, -1] = False
    known = torch.where(torch.rand(shape, generator=g) < fresh, 35, 0)
    span = torch.where(known > 0, 15, 35)
    pick = known + (torch.rand(shape, generator=g) * span).long()
    flipped = torch.roll(negated, 1, 1)
    opinion = torch.where(positive ^ flipped, GOOD + pick, BAD + pick)
    fill = FILL + 15 * shop[:, None] + torch.randint(0, 15, shape, generator=g)
    words = torch.where((torch.rand(shape, generator=g) < 0.55) | flipped, opinion, fill)
    words = torch.where(negated, NOT + torch.randint(0, 8, shape, generator=g), words)
    words = torch.where(torch.arange(LENGTH)[None] < length[:, None], words, 0)
    rating = ((score + 1) / 2 * stars).long().clamp(0, stars - 1)
    return {"words": words, "stars": rating, "score": score, "shop": shop, "length": length}


class Block(nn.Module):
    """Attention and a feed-forward part, and an adapter behind them if one is put in."""

    def __init__(self, width: int, residual: bool = True) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.join = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.adapter: nn.Sequential | None = None
        self.residual, self.heads = residual, 2
        self.watched, self.fired, self.spread = False, 0.0, 0.0

    def forward(self, h: Tensor, pads: Tensor, drop: float) -> Tensor:
        """From (n, words, width) to the same; ``pads`` is added to the scores of attention."""
        n, length, width = h.shape
        q, k, v = self.qkv(self.first(h)).view(n, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(2, 3) / (width / self.heads) ** 0.5 + pads[:, None, None]
        mixed = self.join((torch.softmax(scores, 3) @ v).transpose(1, 2).reshape(n, length, width))
        h = h + mixed if self.residual else mixed
        inner = torch.relu(self.up(self.second(h) if self.residual else h))
        out = self.down(inner)
        h = h + F.dropout(out, drop, self.training) if self.residual else out
        if self.adapter is not None:
            h = h + self.adapter(h)
        if self.watched:
            self.fired = float((inner.detach() <= 0).flatten(0, 1).all(0).float().mean())
            self.spread = float(h.detach().std())
        return h


class Reader(nn.Module):
    """Words to a vector, and from there to stars, a score and (for pre-training) the hidden words."""

    def __init__(
        self, stars: int = 3, width: int = 24, blocks: int = 1, bag: bool = False, residual: bool = True
    ) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, width), nn.Parameter(0.02 * torch.randn(LENGTH, width))
        nn.init.normal_(self.words.weight, std=0.5)
        self.blocks = nn.ModuleList() if bag else nn.ModuleList(Block(width, residual) for _ in range(blocks))
        self.pool, self.stars, self.score = nn.Linear(width, width), nn.Linear(width, stars), nn.Linear(width, 1)

    def states(self, words: Tensor, drop: float = 0.0) -> Tensor:
        """A vector for each word."""
        h = self.words(words) + self.places
        pads = torch.where(words == 0, -1e4, 0.0)
        for block in self.blocks:
            h = block(h, pads, drop)
        return h

    def forward(self, words: Tensor, drop: float = 0.0) -> tuple[Tensor, Tensor]:
        """Scores of the stars (n, stars) and the score (n,)."""
        told = (words != 0).float()[..., None]
        h = (self.states(words, drop) * told).sum(1) / told.sum(1).clamp(min=1)
        h = F.dropout(torch.tanh(self.pool(h)), drop, self.training)
        return self.stars(h), self.score(h)[:, 0]

    def hidden_words(self, words: Tensor, g: torch.Generator) -> Tensor:
        """The loss of guessing words that are masked."""
        away = (torch.rand(words.shape, generator=g) < 0.15) & (words != 0)
        guess = self.states(words.masked_fill(away, 1))[away] @ self.words.weight.T
        return F.cross_entropy(guess, words[away])

    def parts(self) -> list[list[nn.Parameter]]:
        """Parameters from the words up to the head: embeddings, each block, the head."""
        head = [*self.pool.parameters(), *self.stars.parameters(), *self.score.parameters()]
        blocks = [
            [p for name, p in block.named_parameters() if not name.startswith("adapter")] for block in self.blocks
        ]
        return [[self.words.weight, self.places], *blocks, head]


_KEPT: dict[tuple[object, ...], dict[str, Tensor]] = {}


def pretrained(seed: int, **shape: object) -> dict[str, Tensor]:
    """Weights after some hundred updates on older reviews: hidden words, and whether the writer was pleased."""
    key = (seed, *sorted(shape.items()))
    if key not in _KEPT:
        torch.manual_seed(5000 + seed)
        g = torch.Generator().manual_seed(6000 + seed)
        old = reviews(3072, 7000 + seed, fresh=0.0)
        net = Reader(**(shape | {"stars": 3}))  # type: ignore[arg-type]
        opt = torch.optim.AdamW(net.parameters(), 3e-3, fused=True)
        for t in range(320):
            pick = torch.randint(0, 3072, (64,), generator=g)
            words = old["words"][pick]
            loss = 0.3 * net.hidden_words(words, g) + F.mse_loss(net(words)[1], old["score"][pick])
            opt.zero_grad()
            loss.backward()
            opt.step()
            for group in opt.param_groups:
                group["lr"] = 3e-3 * (1 - t / 360)
        _KEPT[key] = {
            name: p.detach().clone()
            for name, p in net.state_dict().items()
            if not name.startswith(("pool", "stars", "score"))
        }
    return _KEPT[key]

"""Made-up answers of tokens, what people would prefer of two, and small nets: a judge of answers and a speaker."""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TOKENS, END, LONG, ASKS = 20, 20, 10, 6
Pairs = dict[str, Tensor]


@cache
def world() -> tuple[Tensor, Tensor]:
    """How answers are made (ask, token → token), and what a token is worth under an ask."""
    g = torch.Generator().manual_seed(21)
    made = torch.softmax(1.4 * torch.randn(ASKS, TOKENS + 1, TOKENS + 1, generator=g), 2)
    return made, torch.randn(ASKS, TOKENS, generator=g)


def spoken(ask: Tensor, g: torch.Generator) -> Tensor:
    """Answers (n, LONG), END from where they stop."""
    made, _ = world()
    last, done, out = torch.full_like(ask, END), torch.zeros_like(ask, dtype=torch.bool), []
    for i in range(LONG):
        chances = made[ask, last].clone()
        chances[:, END] = 0.0 if i < 3 else 0.16
        last = torch.multinomial(chances, 1, generator=g)[:, 0]
        done |= last == END
        out.append(torch.where(done, torch.full_like(last, END), last))
        last = out[-1]
    return torch.stack(out, 1)


def worth(ask: Tensor, said: Tensor, longer: float = 0.0) -> Tensor:
    """What people feel of an answer; ``longer``: what each token more is worth to them."""
    _, table = world()
    there = said != END
    return (table[ask][:, None].expand(-1, LONG, -1).gather(2, said.clamp(max=TOKENS - 1)[..., None])[..., 0] * there).sum(1) / 2 + longer * there.sum(1)  # fmt: skip


def pairs(n: int, seed: int, sure: float = 1.5, longer: float = 0.0, asks: int = ASKS) -> Pairs:
    """Pairs of answers to one ask; which is chosen is drawn by Bradley and Terry, ``sure`` times the difference of worth."""
    g = torch.Generator().manual_seed(seed)
    ask = torch.randint(0, asks, (n,), generator=g)
    one, two = spoken(ask, g), spoken(ask, g)
    gap = worth(ask, one, longer) - worth(ask, two, longer)
    first = (torch.rand(n, generator=g) < torch.sigmoid(sure * gap))[:, None]
    return {
        "ask": ask,
        "chosen": torch.where(first, one, two),
        "rejected": torch.where(first, two, one),
        "gap": gap.abs(),
    }


class Judge(nn.Module):
    """A reward model: tokens as vectors, a layer, the mean over the answer (or the sum), more layers, a number."""

    def __init__(
        self,
        width: int = 32,
        depth: int = 2,
        act: str = "relu",
        drop: float = 0.0,
        norm: bool = False,
        pool: str = "mean",
    ) -> None:
        super().__init__()
        self.words, self.asks = nn.Embedding(TOKENS + 1, width), nn.Embedding(ASKS, width)
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth))
        self.out, self.act, self.drop, self.pool = nn.Linear(width, 1), getattr(torch, act), nn.Dropout(drop), pool
        self.silent: list[float] = []

    def forward(self, ask: Tensor, said: Tensor) -> Tensor:
        there = (said != END).float()[..., None]
        h = self.words(said) + self.asks(ask)[:, None]
        self.silent = []
        for i, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            h = self.drop(self.act(norm(layer(h))))
            self.silent.append(float((h == 0).float().mean()))
            if i == 0:
                h = (h * there).sum(1) / (there.sum(1) if self.pool == "mean" else 3.0)
        return self.out(h)[:, 0]


class Voice(nn.Module):
    """A policy: the next token from the last two and the ask."""

    def __init__(self, width: int = 32, drop: float = 0.0) -> None:
        super().__init__()
        self.last, self.before, self.asks = (
            nn.Embedding(TOKENS + 1, width),
            nn.Embedding(TOKENS + 1, width),
            nn.Embedding(ASKS, width),
        )
        self.places, self.inner, self.out = (
            nn.Embedding(LONG, width),
            nn.Linear(width, 2 * width),
            nn.Linear(2 * width, TOKENS + 1),
        )
        self.drop = nn.Dropout(drop)

    def forward(self, ask: Tensor, said: Tensor) -> Tensor:
        """The logarithm of the chance of each token (n, LONG), 0 behind the first END."""
        shift = F.pad(said, (1, 0), value=END)[:, :-1]
        h = (
            self.last(shift)
            + self.before(F.pad(shift, (1, 0), value=END)[:, :-1])
            + self.asks(ask)[:, None]
            + self.places.weight
        )
        chances = F.log_softmax(self.out(self.drop(F.gelu(self.inner(h)))), 2)
        ended = F.pad((said == END).long().cumsum(1), (1, 0))[:, :-1] > 0
        return chances.gather(2, said[..., None])[..., 0].masked_fill(ended, 0.0)


@cache
def _taught(width: int) -> dict[str, Tensor]:
    g = torch.Generator().manual_seed(22)
    torch.manual_seed(23)
    voice = Voice(width)
    opt = torch.optim.AdamW(voice.parameters(), 3e-3, fused=True)
    for _ in range(500):
        ask = torch.randint(0, ASKS, (64,), generator=g)
        loss = -voice(ask, spoken(ask, g)).sum(1).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return voice.state_dict()


def taught(width: int = 32, drop: float = 0.0) -> Voice:
    """A voice after its supervised tuning: the same weights each time."""
    state = torch.random.get_rng_state()
    weights = _taught(width)
    voice = Voice(width, drop)
    voice.load_state_dict(weights)
    torch.random.set_rng_state(state)
    return voice

"""A made-up language of four subjects, and a small causal model whose layers choose among experts."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WORDS, LONG, SUBJECTS = 40, 20, 4


def sentences(n: int, seed: int, tongue: int = 3, sharp: float = 0.008, muddle: float = 0.0) -> tuple[Tensor, Tensor]:
    """Sentences (n, LONG + 1) and their subjects; the next word hangs on the last one and on the subject.

    ``tongue``: which language. ``sharp``: small for words that follow surely. ``muddle``: share of words at random.
    """
    own = torch.Generator().manual_seed(tongue)
    gamma = (torch.rand(SUBJECTS, WORDS, WORDS, generator=own) + 1e-6) ** (1 / sharp / 3)
    follows = gamma / gamma.sum(2, keepdim=True)
    g = torch.Generator().manual_seed(seed)
    subject = torch.randint(0, SUBJECTS, (n,), generator=g)
    said = [torch.randint(0, WORDS, (n,), generator=g)]
    for _ in range(LONG):
        word = torch.multinomial(follows[subject, said[-1]], 1, generator=g)[:, 0]
        noise = torch.rand(n, generator=g) < muddle
        said.append(torch.where(noise, torch.randint(0, WORDS, (n,), generator=g), word))
    return torch.stack(said, 1), subject


class Experts(nn.Module):
    """Two layers per expert, of which a router picks ``chosen`` for each word; all are computed, as they are small."""

    def __init__(self, wide: int, experts: int, chosen: int, act: str) -> None:
        super().__init__()
        self.router, self.chosen = nn.Linear(wide, experts, bias=False), chosen
        self.first = nn.Linear(wide, 2 * wide * experts)
        self.second = nn.Parameter(torch.randn(experts, 2 * wide, wide) / math.sqrt(2 * wide))
        self.act, self.experts = getattr(nn, act)(), experts

    def forward(self, h: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """The experts' answer; balance (1 where even), size of the router's scores, share of the busiest expert."""
        scores = self.router(h)
        odds = torch.softmax(scores, -1)
        top, pick = odds.topk(self.chosen, -1)
        gate = torch.zeros_like(odds).scatter(-1, pick, top)
        mid = self.act(self.first(h)).unflatten(-1, (self.experts, -1))
        out = torch.einsum("btef,efd,bte->btd", mid, self.second, gate)
        share = (gate > 0).float().mean((0, 1)) / self.chosen
        balance = self.experts * (share.detach() * odds.mean((0, 1))).sum()
        return out, {"aux": balance, "z": scores.logsumexp(-1).square().mean(), "busiest": share.max().detach(), "idle": (share < 0.01).float().mean()}  # fmt: skip


class Speaker(nn.Module):
    """Words, places, then attention and experts ``depth`` times, then scores of the next word."""

    def __init__(self, wide: int = 24, depth: int = 1, experts: int = 4, chosen: int = 2, act: str = "GELU", drop: float = 0.0, calm: bool = True,
                 start: float = 1.0, last: float = 1.0, sharp_router: float = 1.0, lean: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.word, self.place = nn.Embedding(WORDS, wide), nn.Parameter(0.1 * torch.randn(LONG, wide))
        self.ask = nn.ModuleList(nn.Linear(wide, 3 * wide) for _ in range(depth))
        self.mix = nn.ModuleList(Experts(wide, experts, chosen, act) for _ in range(depth))
        self.calm = nn.ModuleList((nn.LayerNorm(wide) if calm else nn.Identity()) for _ in range(2 * depth + 1))
        self.drop, self.scores = nn.Dropout(drop), nn.Linear(wide, WORDS)
        self.looked_at = [(mix.first, mix.act) for mix in self.mix]
        with torch.no_grad():
            for mix in self.mix:
                mix.router.weight.mul_(sharp_router)
                mix.first.bias.add_(lean)
            for p in self.parameters():
                p.mul_(start if p.dim() > 1 else 1.0)
            self.scores.weight.mul_(last)

    def forward(self, said: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """Scores of the next word (n, t, WORDS), and the routers' figures (means over layers)."""
        h = self.word(said) + self.place[: said.shape[1]]
        told: list[dict[str, Tensor]] = []
        for i, (ask, mix) in enumerate(zip(self.ask, self.mix, strict=True)):
            q, k, v = ask(self.calm[2 * i](h)).chunk(3, -1)
            h = h + self.drop(F.scaled_dot_product_attention(q, k, v, is_causal=True))
            out, figures = mix(self.calm[2 * i + 1](h))
            h = h + self.drop(out)
            told.append(figures)
        return self.scores(self.calm[-1](h)), {k: torch.stack([t[k] for t in told]).mean() for k in told[0]}

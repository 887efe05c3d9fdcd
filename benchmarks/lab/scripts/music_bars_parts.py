"""Made-up melodies, bar by bar, and the nets that guess the next note: a GRU, a plain recurrent net, causal convolutions."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

PITCHES, HOLD, BAR, VOCABULARY = 26, 26, 27, 28
NOTES, BARS = 7, 4
LENGTH = BARS * (NOTES + 1) + 1
"""Tokens of a window: four bars and the one to start from."""
GENRES = 4


def melodies(
    n: int, seed: int, wild: float = 0.1, genres: tuple[int, ...] = tuple(range(GENRES)), copies: float = 0.5
) -> tuple[Tensor, Tensor, Tensor]:
    """Windows (n, LENGTH) of tokens, ticks of each (n, LENGTH), genre (n,).

    A bar follows a chord, a chord the one before; a bar may repeat the last one; ``wild``: share of notes that are anything.
    """
    world = torch.Generator().manual_seed(4)
    turns = torch.softmax(2.5 * torch.randn(GENRES, 6, 6, generator=world), -1)
    roots, register = torch.tensor([0, 3, 4, 5, 1, 2]), torch.tensor([0, 4, 8, 12])
    tones = torch.tensor([0, 2, 4, 7, 9, 2])
    g = torch.Generator().manual_seed(seed)
    genre = torch.tensor(genres)[torch.randint(len(genres), (n,), generator=g)]
    chord, note = torch.randint(6, (n,), generator=g), torch.zeros(n, dtype=torch.long)
    columns, bar = [torch.full((n,), BAR)], torch.zeros(n, NOTES, dtype=torch.long)
    for _ in range(BARS):
        chord = torch.multinomial(turns[genre, chord], 1, generator=g)[:, 0]
        again = torch.rand(n, generator=g) < copies
        fresh = []
        for i in range(NOTES):
            u, low = torch.rand(n, generator=g), register[genre]
            step = note + torch.randint(-1, 2, (n,), generator=g)
            tone = low + roots[chord] + tones[torch.randint(2 + 4 * (i % 2), (n,), generator=g)]
            note = torch.where(u < 0.65, tone, torch.where(u < 0.85, step, note)).clamp(0, PITCHES - 1)
            said = torch.where((u > 0.85) & (u < 0.85 + 0.04 * genre), torch.full_like(note, HOLD), note)
            strange = torch.rand(n, generator=g) < wild
            fresh.append(torch.where(strange, torch.randint(PITCHES, (n,), generator=g), said))
        bar = torch.where((again & (bar.sum(1) > 0))[:, None], bar, torch.stack(fresh, 1))
        columns += [*bar.unbind(1), torch.full((n,), BAR)]
    tokens = torch.stack(columns, 1)
    ticks = torch.where(tokens == HOLD, 240.0, torch.where(tokens % 3 == 0, 120.0, 60.0)) + 6 * torch.randn(
        tokens.shape, generator=g
    )
    return tokens, torch.where(tokens == BAR, torch.zeros(()), ticks), genre


class Causal(nn.Linear):
    """A convolution of three taps that sees the past only, on (n, t, width)."""

    def __init__(self, width: int, spread: int) -> None:
        super().__init__(3 * width, width)
        self.spread = spread

    def forward(self, x: Tensor) -> Tensor:
        once, twice = (F.pad(x, (0, 0, k, 0))[:, : x.shape[1]] for k in (self.spread, 2 * self.spread))
        return super().forward(torch.cat([x, once, twice], -1))


ACTS = {"relu": torch.relu, "gelu": F.gelu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


class Player(nn.Module):
    """Tokens (n, t) → logits (n, t, VOCABULARY) and ticks (n, t); ``outs``: what each layer puts out."""

    def __init__(self, kind: str = "conv", width: int = 24, depth: int = 3, act: str = "gelu", residual: bool = True, norm: bool = True,
                 dropout: float = 0.0, gain: float = 1.0, bias: float = 0.0, head: float = 1.0, embed: float = 0.3, tied: bool = False) -> None:  # fmt: skip
        super().__init__()
        self.kind, self.act, self.residual, self.drop = kind, ACTS[act], residual, nn.Dropout(dropout)
        self.embed, self.head, self.clock = (
            nn.Embedding(VOCABULARY, width),
            nn.Linear(width, VOCABULARY),
            nn.Linear(width, 1),
        )
        nn.init.normal_(self.embed.weight, std=embed)
        self.layers = nn.ModuleList()
        if kind == "conv":
            self.layers.extend(Causal(width, 2**i) for i in range(depth))
        elif kind == "gru":
            self.layers.append(nn.GRU(width, width, batch_first=True))
        else:
            self.layers.append(nn.RNN(width, width, batch_first=True, nonlinearity=act))
        self.norms = nn.ModuleList(
            nn.LayerNorm(width) if norm and kind == "conv" else nn.Identity() for _ in self.layers
        )
        self.outs: list[Tensor] = []
        self.hiddens: list[Tensor] = []
        with torch.no_grad():
            for p in self.main():
                p.mul_(gain)
            for layer in self.layers if kind == "conv" else ():
                layer.bias.add_(bias)
            if tied:
                self.head.weight = self.embed.weight
            self.head.weight.mul_(head)

    def main(self) -> list[Tensor]:
        """The weights between layers (recurrent ones, kernels)."""
        return [layer.weight for layer in self.layers] if self.kind == "conv" else [self.layers[0].weight_hh_l0]

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        x = self.drop(self.embed(tokens))
        self.outs, self.hiddens = [], []
        if self.kind == "conv":
            for layer, norm in zip(self.layers, self.norms, strict=True):
                y = self.act(layer(norm(x)))
                self.hiddens.append(y)
                x = x + self.drop(y) if self.residual else self.drop(y)
                self.outs.append(x)
        else:
            x = self.layers[0](x)[0]
            self.outs, self.hiddens = [x], [x]
            x = self.drop(x)
        return self.head(x), self.clock(x)[..., 0]


def rate_at(shape: str, t: int, total: int, a: float, b: float) -> float:
    """Factor of the rate at update ``t`` (from 0); ``a``, ``b``: numbers of the shape."""
    done = t / total
    warm = min(1.0, (t + 1) / a) if a >= 1 and shape in {"cosine", "warm", "wsd"} else 1.0
    if shape == "cosine":
        return warm * (b + (1 - b) * 0.5 * (1 + math.cos(math.pi * done)))
    if shape == "linear":
        return 1 - done
    if shape == "wsd":
        return warm * min(1.0, (1 - done) / b)
    if shape == "grow":
        return a ** (done / b)
    if shape == "each":
        return a**t
    if shape == "cut":
        return b if done >= a else 1.0
    if shape == "waves":
        return 0.05 + 0.95 * 0.5 * (1 + math.cos(2 * math.pi * a * done))
    if shape == "restarts":
        return 0.5 * (1 + math.cos(math.pi * (a * done % 1.0)))
    if shape == "again":
        return 0.5 * (1 + math.cos(math.pi * t / a))
    return warm

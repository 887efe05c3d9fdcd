"""The two worlds of the residual net, the net itself and its learning-rate schedules."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

import torch
from torch import nn

LETTERS = "abcdefghijklmnopqrstuvwxyz .,()-:;0123456789\n"
CONTEXT = 6
INPUTS = 6


def waves(rows: int, noise: float, seed: int, other: bool = False) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Inputs in a cube, two targets of variance near one: sums of sines with ``noise`` as its share of the variance."""
    world = torch.Generator().manual_seed(7 + other)
    freely = torch.Generator().manual_seed(1000 + seed + 50 * other)
    directions, phases = torch.randn(2, 5, INPUTS, generator=world) * 1.3, torch.rand(2, 5, generator=world) * 6
    x = torch.rand(rows, INPUTS, generator=freely) * 2 - 1
    clean = torch.sin(torch.einsum("tki,ni->tnk", directions, x) + phases[:, None]).sum(2)
    clean = (clean - clean.mean(1, keepdim=True)) / clean.std(1, keepdim=True)
    y = math.sqrt(1 - noise) * clean + math.sqrt(noise) * torch.randn(2, rows, generator=freely)
    return x * 1.7, y[0], y[1]


@cache
def _text(other: bool) -> torch.Tensor:
    """The numbers of the letters of the descriptions that come with scikit-learn's data sets, or of a module's."""
    if other:
        text = files("sklearn").joinpath("linear_model", "_ridge.py").read_text()
    else:
        folder = files("sklearn.datasets").joinpath("descr")
        text = "\n".join(f.read_text() for f in sorted(folder.iterdir(), key=str) if f.name.endswith(".rst"))
    return torch.tensor([LETTERS.index(c) for c in text.lower() if c in LETTERS])


def text(rows: int, noise: float, seed: int, other: bool = False) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Contexts of six letters, the next letter and the one after it; a share ``noise`` of the letters is wrong."""
    letters, freely = _text(other), torch.Generator().manual_seed(1000 + seed)
    at = torch.randperm(len(letters) - CONTEXT - 2, generator=freely)[:rows]
    x = torch.stack([letters[at + k] for k in range(CONTEXT)], 1)
    wrong = torch.rand(2, rows, generator=freely) < noise
    anything = torch.randint(len(LETTERS), (2, rows), generator=freely)
    y = torch.where(wrong, anything, torch.stack([letters[at + CONTEXT], letters[at + CONTEXT + 1]]))
    return x, y[0], y[1]


class Net(nn.Module):
    """Blocks of two layers around which the input goes; ``plain`` leaves the way around out."""

    def __init__(self, task: str, width: int, blocks: int, act: str, norm: bool, dropout: float, plain: bool) -> None:
        super().__init__()
        out = len(LETTERS) if task == "text" else 1
        self.embedding = nn.Embedding(len(LETTERS), 8) if task == "text" else None
        self.first = nn.Linear(8 * CONTEXT if task == "text" else INPUTS, width)
        unit = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}[act]
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(width) if norm else nn.Identity(), nn.Linear(width, width), unit(),
                          nn.Dropout(dropout), nn.Linear(width, width), unit() if plain else nn.Identity())
            for _ in range(blocks)
        )  # fmt: skip
        self.plain, self.unit = plain, unit()
        self.mean, self.spread = nn.Linear(width, width), nn.Linear(width, width)
        self.head, self.second = nn.Linear(width, out), nn.Linear(width, out)

    def forward(self, x: torch.Tensor, varied: bool = False) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Both heads' outputs and the Kullback-Leibler divergence (zero unless ``varied``)."""
        h = self.embedding(x).flatten(1) if self.embedding is not None else x
        h = self.unit(self.first(h))
        for block in self.blocks:
            h = block(h) if self.plain else h + block(h)
        divergence = torch.zeros(())
        if varied:
            mean, spread = self.mean(h), self.spread(h).clamp(-12, 6)
            divergence = 0.5 * (mean**2 + spread.exp() - spread - 1).sum(1).mean()
            h = mean + (spread / 2).exp() * torch.randn_like(mean)
        return self.head(h).squeeze(1), self.second(h).squeeze(1), divergence


def schedule(name: str, done: float) -> float:
    """The factor of the learning rate when the share ``done`` of the training is over."""
    if name == "restarts":
        return 0.02 + 0.98 * (1 + math.cos(math.pi * (done * 4 % 1))) / 2
    if name == "warm_cosine":
        return done / 0.06 if done < 0.06 else (1 + math.cos(math.pi * (done - 0.06) / 0.94)) / 2
    return {
        "constant": 1.0,
        "cosine": (1 + math.cos(math.pi * done)) / 2,
        "linear": 1 - done,
        "steps": 0.1 ** (int(done / 0.4)),
        "late_cut": 1.0 if done < 0.65 else 0.03,
        "two_cuts": 1.0 if done < 0.5 else 0.2 if done < 0.75 else 0.02,
        "triangle": 0.05 + 0.95 * abs((done * 5) % 1 * 2 - 1),
        "late_warm": 1e-4 if done < 0.4 else 1.0,
        "one_cycle": done / 0.3 if done < 0.3 else max(0.0, 1 - (done - 0.3) / 0.7),
    }[name]

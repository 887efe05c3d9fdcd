"""Made-up sentences and pictures of the same meanings, and the towers that turn both into vectors."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TRAITS, VALUES, SYNONYMS, FILLERS, PIXELS = 4, 8, 4, 40, 24
LAST = TRAITS * VALUES * SYNONYMS
WORDS = 1 + TRAITS * VALUES * SYNONYMS + FILLERS


class Corpus(NamedTuple):
    """Rows of two sides that belong together; ``far``: a side that does not; ``score``: how alike left and right are."""

    left: Tensor
    right: Tensor
    far: Tensor
    score: Tensor
    words: Tensor
    meaning: Tensor


def say(meaning: Tensor, g: torch.Generator, length: int = 9, omit: float = 0.0) -> Tensor:
    """Sentences: a synonym for each trait (left out with probability ``omit``), the rest filled up, in a random order."""
    n = len(meaning)
    synonym = torch.randint(0, SYNONYMS, (n, TRAITS), generator=g)
    told = 1 + (torch.arange(TRAITS) * VALUES + meaning) * SYNONYMS + synonym
    filler = torch.randint(WORDS - FILLERS, WORDS, (n, length), generator=g)
    gone = torch.rand(n, TRAITS, generator=g) < omit
    filler[:, :TRAITS] = torch.where(gone, filler[:, :TRAITS], told)
    return filler.gather(1, torch.rand(n, length, generator=g).argsort(1))


@cache
def _canvas() -> tuple[Tensor, Tensor]:
    g = torch.Generator().manual_seed(4211)
    return torch.randn(TRAITS, VALUES, PIXELS, generator=g), torch.randn(PIXELS, PIXELS, generator=g) / PIXELS**0.5


def paint(meaning: Tensor, g: torch.Generator, grain: float) -> Tensor:
    """Pictures as rows of numbers: the traits overlaid, bent, with grain."""
    colours, mix = _canvas()
    plain = torch.stack([colours[t, meaning[:, t]] for t in range(TRAITS)]).sum(0)
    return torch.tanh(0.7 * plain @ mix) * 1.5 + grain * torch.randn(len(meaning), PIXELS, generator=g)


def near(meaning: Tensor, g: torch.Generator, changed: Tensor) -> Tensor:
    """Meanings with the given number of traits changed."""
    order = torch.rand(meaning.shape, generator=g).argsort(1)
    shift = torch.randint(1, VALUES, meaning.shape, generator=g)
    return torch.where(order < changed[:, None], (meaning + shift) % VALUES, meaning)


def corpus(kind: str, n: int, seed: int, grain: float = 0.3, omit: float = 0.1, values: int = VALUES) -> Corpus:
    """``kind``: pairs, clip, views, dropout, graded, triplet, nli or match."""
    g = torch.Generator().manual_seed(seed)
    meaning = torch.randint(0, values, (n, TRAITS), generator=g)
    words = say(meaning, g, omit=omit)
    changed = torch.randint(1, 3, (n,), generator=g)
    far = say(near(meaning, g, changed), g, omit=omit)
    score = torch.ones(n)
    if kind == "clip":
        return Corpus(paint(meaning, g, grain), words, far, score, words, meaning)
    if kind == "views":
        return Corpus(paint(meaning, g, grain), paint(meaning, g, grain), far, score, words, meaning)
    if kind == "graded":
        changed = torch.randint(0, TRAITS + 1, (n,), generator=g)
        score = 1 - changed / TRAITS + 0.05 * torch.randn(n, generator=g)
        return Corpus(words, say(near(meaning, g, changed), g, omit=omit), far, score.clamp(0, 1), words, meaning)
    if kind in {"nli", "match"}:
        label = torch.randint(0, 3 if kind == "nli" else 2, (n,), generator=g)
        changed = torch.tensor([0, 1, 4] if kind == "nli" else [3, 0])[label]
        return Corpus(words, say(near(meaning, g, changed), g, omit=omit), far, label.float(), words, meaning)
    other = words.clone() if kind == "dropout" else say(meaning, g, omit=omit)
    return Corpus(words, other, far, score, words, meaning)


@cache
def word_vectors(width: int, blur: float) -> Tensor:
    """Vectors of words as a language model would have left them: synonyms lie near each other, up to ``blur``."""
    g = torch.Generator().manual_seed(77)
    kinds = torch.randn(TRAITS * VALUES, width, generator=g).repeat_interleave(SYNONYMS, 0)
    plain = torch.cat([torch.zeros(1, width), kinds, 0.3 * torch.randn(FILLERS, width, generator=g)])
    return plain + blur * torch.randn(WORDS, width, generator=g)


class Tower(nn.Module):
    """Words (looked up and averaged) or pixels through a few layers to one vector a row."""

    def __init__(self, width: int = 32, depth: int = 1, out: int = 24, act: str = "gelu", norm: bool = True, dropout: float = 0.0,
                 attention: bool = False, init: float = 1.0, shift: float = 0.0, last: float = 1.0,
                 blur: float = 0.6) -> None:  # fmt: skip
        super().__init__()
        self.table, self.stem = nn.Embedding(WORDS, width), nn.Linear(PIXELS, width)
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth))
        self.attend = nn.Linear(width, 3 * width) if attention else None
        self.proj, self.drop = nn.Linear(width, out, bias=False), nn.Dropout(dropout)
        self.act = {"gelu": F.gelu, "relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}[act]
        self.kept: list[Tensor] = []
        with torch.no_grad():
            self.table.weight.copy_(word_vectors(width, blur))
            for layer in self.layers:
                layer.weight.mul_(init)
                layer.bias.add_(shift)
            self.proj.weight.mul_(last)

    def forward(self, x: Tensor) -> Tensor:
        """One vector a row, not normalised."""
        self.kept = []
        if x.is_floating_point():
            h = self.stem(x)
        else:
            h = self.drop(self.table(x))
            if self.attend is not None:
                q, k, v = self.attend(h).chunk(3, -1)
                h = h + torch.softmax(q @ k.transpose(1, 2) / q.shape[-1] ** 0.5, -1) @ v
            h = h.mean(1) * 2
        for layer, norm in zip(self.layers, self.norms, strict=True):
            h = self.drop(self.act(norm(layer(h))))
            self.kept.append(h)
        return self.proj(h)


class Encoder(nn.Module):
    """Two towers (one shared by both sides of text unless ``split``), a learnt scale of the similarities, and heads."""

    def __init__(self, kind: str, scale: float = 20.0, bias: float = 0.0, split: bool = False, **tower: object) -> None:
        super().__init__()
        self.one = Tower(**tower)  # type: ignore[arg-type]
        self.two = Tower(**tower) if split or kind == "clip" else self.one  # type: ignore[arg-type]
        out = self.one.proj.out_features
        self.log_scale = nn.Parameter(torch.tensor(float(scale)).log())
        self.bias = nn.Parameter(torch.tensor(float(bias)))
        self.judge, self.caption = nn.Linear(3 * out, 3), nn.Linear(out, WORDS)


@cache
def schooled(width: int, depth: int, out: int, attention: bool) -> dict[str, Tensor]:
    """The weights of a tower that has already learnt from other pairs of sentences."""
    with torch.random.fork_rng():
        torch.manual_seed(515)
        tower = Tower(width, depth, out, attention=attention)
        data = corpus("pairs", 2048, 1717)
        opt = torch.optim.Adam(tower.parameters(), 3e-3)
        for _ in range(160):
            pick = torch.randint(0, 2048, (64,))
            u, v = F.normalize(tower(data.left[pick])), F.normalize(tower(data.right[pick]))
            opt.zero_grad()
            F.cross_entropy(12 * u @ v.T, torch.arange(64)).backward()
            opt.step()
    return {k: v.detach().clone() for k, v in tower.state_dict().items()}

"""Texts out of Python's standard library, batches of them, and the small models that learn them."""

from __future__ import annotations

import html.entities
import pydoc_data.topics
import textwrap
from collections import deque
from functools import cache
from itertools import pairwise
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

LETTERS = 64
SOURCES = ("argparse", "shutil", "textwrap", "calendar", "csv", "heapq", "tarfile", "pathlib", "ast", "typing")


@cache
def texts() -> dict[str, Tensor]:
    """Source code, the prose of the language reference, and tables of entities, as codes of 64 letters."""
    folder = Path(textwrap.__file__).parent
    paths = [path for name in SOURCES if (path := folder / f"{name}.py").exists()]
    raw = {
        "source": "".join(path.read_text(encoding="utf-8") for path in paths)[:160_000],
        "prose": "".join(text for _, text in sorted(pydoc_data.topics.topics.items()))[:160_000],
        "tables": "".join(f"{k} = {v};\n" for k, v in sorted(html.entities.name2codepoint.items())) * 16,
    }
    raw["files"] = raw["source"][:12_000] + raw["prose"][:12_000] + raw["tables"][:12_000]
    common = sorted(set(raw["source"]), key=lambda c: (-raw["source"].count(c), c))[: LETTERS - 1]
    code = {c: i for i, c in enumerate(common)}
    return {name: torch.tensor([code.get(c, LETTERS - 1) for c in text]) for name, text in raw.items()}


class Block(nn.Module):
    """Attention and a perceptron, both added to the stream; ``plain``: no stream and no norms."""

    def __init__(self, width: int, dropout: float, plain: bool = False) -> None:
        super().__init__()
        self.plain, self.heads = plain, 2
        self.norm1, self.norm2 = (nn.Identity() if plain else nn.LayerNorm(width) for _ in range(2))
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        mixed = self.out(scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, t, w))
        x = mixed if self.plain else x + self.drop(mixed)
        return self.mlp(self.norm2(x)) if self.plain else x + self.drop(self.mlp(self.norm2(x)))


class Model(nn.Module):
    """gpt, plain (a GPT without stream and norms), gru, rnn, or bigram (sees one letter)."""

    def __init__(self, kind: str, width: int, layers: int, block: int, dropout: float) -> None:
        super().__init__()
        self.kind, self.drop = kind, nn.Dropout(dropout)
        self.wte, self.wpe = nn.Embedding(LETTERS, width), nn.Embedding(block, width)
        self.h = nn.ModuleList(Block(width, dropout, kind == "plain") for _ in range(layers))
        self.cell = {"gru": nn.GRU, "rnn": nn.RNN}.get(kind, nn.Identity)(width, width, batch_first=True)
        if kind not in {"gpt", "plain"}:
            self.h = nn.ModuleList()
        self.ln_f, self.lm_head = nn.LayerNorm(width), nn.Linear(width, LETTERS)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.05)

    def forward(self, x: Tensor) -> Tensor:
        h = self.wte(x)
        if self.kind in {"gru", "rnn"}:
            h = self.drop(self.cell(h)[0])
        elif self.kind != "bigram":
            h = self.drop(h + self.wpe.weight[: x.shape[1]])
            for block in self.h:
                h = block(h)
        return self.lm_head(h if self.kind == "plain" else self.ln_f(h))


class Feed:
    """Batches in the order asked for; some faults are the data's."""

    def __init__(self, text: Tensor, block: int, batch: int, order: str, fault: str, at: float, steps: int) -> None:
        self.text, self.block, self.batch, self.order = text, block, batch, order
        self.fault, self.at, self.steps = fault, at, steps
        self.starts = torch.tensor([a for a, _ in pairwise(range(0, len(text) - 1, block))])
        self.pieces = max(1, len(self.starts) // batch) if order != "random" else max(1, len(text) // (block * batch))
        self.queue: deque[Tensor] = deque()

    def __call__(self, step: int) -> tuple[Tensor, Tensor]:
        text, block, done = self.text, self.block, step / self.steps
        if self.fault == "prose" and done >= self.at:
            text = texts()["prose"]
        if self.fault == "curriculum":
            block = (4, 8, 16, self.block)[min(3, int(done * 4))]
            text = texts()[("tables", "tables", "prose", "source")[min(3, int(done * 4))]]
        if self.order == "random":
            starts = torch.randint(len(text) - block - 1, (self.batch,))
        else:
            if not self.queue:
                self.queue += self._epoch()
            starts = self.queue.popleft()
        x, y = (torch.stack([text[s + k : s + k + block] for s in starts.tolist()]) for k in (0, 1))
        if self.fault == "unrelated" and done >= self.at:
            y = torch.randint(LETTERS, y.shape)
        if self.fault == "bad_batches" and step % int(self.at) == int(self.at) // 2:
            x, y = torch.randint(LETTERS, x.shape), y.flatten()[torch.randperm(y.numel())].view_as(y).flip(0)
        return x, y

    def _epoch(self) -> list[Tensor]:
        whole = self.pieces * self.batch
        if self.order == "files":
            return list(self.starts[:whole].split(self.batch))
        return list(self.starts[torch.randperm(len(self.starts))[:whole]].split(self.batch))

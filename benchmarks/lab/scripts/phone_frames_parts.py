"""Speech-like frames made of formants, and the small convolutional and recurrent networks that label them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

PHONES, BANDS, FRAMES, LONGEST = 10, 12, 24, 8
ACTS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": nn.functional.gelu}


@dataclass
class Speech:
    """Utterances: frames (n, FRAMES, BANDS), the phone of each frame, its pitch, the phones in order and how many."""

    x: Tensor
    phone: Tensor
    pitch: Tensor
    order: Tensor
    count: Tensor
    speaker: Tensor


def templates() -> Tensor:
    """(PHONES, BANDS): two formants a phone, the same in all data."""
    g = torch.Generator().manual_seed(77)
    centres = torch.rand(PHONES, 2, 1, generator=g) * (BANDS - 1)
    bands = torch.arange(BANDS).float()
    bumps = torch.exp(-((bands - centres) ** 2) / 2.5)
    return 2.0 * bumps[:, 0] + 1.4 * bumps[:, 1] - 0.6


def speak(n: int, seed: int, noise: float, speakers: int = 6, spread: float = 0.3) -> Speech:
    """``n`` utterances of 4 to 8 phones; ``spread``: how far speakers differ."""
    g = torch.Generator().manual_seed(seed)
    speaker = torch.randint(0, speakers, (n,), generator=g)
    tilt = spread * torch.randn(speakers, BANDS, generator=torch.Generator().manual_seed(5))
    phone, order = torch.zeros(n, FRAMES, dtype=torch.long), torch.zeros(n, LONGEST, dtype=torch.long)
    count = torch.zeros(n, dtype=torch.long)
    for i in range(n):
        k = int(torch.randint(4, LONGEST + 1, (1,), generator=g))
        said = torch.randperm(PHONES, generator=g)[:k]
        cuts = torch.sort(torch.randperm(FRAMES - 1, generator=g)[: k - 1] + 1).values
        phone[i] = said[torch.bucketize(torch.arange(FRAMES), cuts, right=True)]
        order[i, :k], count[i] = said + 1, k
    base = torch.rand(n, 1, generator=g) * 2
    pitch = base + torch.sin(torch.arange(FRAMES) / 4 + 6.28 * torch.rand(n, 1, generator=g)) + 0.15 * phone
    x = templates()[phone] + tilt[speaker][:, None] + noise * torch.randn(n, FRAMES, BANDS, generator=g)
    x[..., -1] += 0.5 * pitch
    return Speech(x, phone, pitch, order, count, speaker)


class Labeller(nn.Module):
    """Frames → scores of phones (n, FRAMES, outputs) and a pitch (n, FRAMES); ``outs``, ``grads`` keep what layers put out."""

    def __init__(self, outputs: int, kind: str = "conv", hidden: int = 24, depth: int = 2, act: str = "relu", dropout: float = 0.0,
                 norm: bool = False, gain: float = 1.0, head_gain: float = 1.0, bias: float = 0.0, blank: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.kind, self.act, self.drop = kind, ACTS[act], nn.Dropout(dropout)
        self.outs: list[Tensor] = []
        if kind == "gru":
            self.layers = nn.ModuleList([nn.GRU(BANDS, hidden, depth, batch_first=True, bidirectional=False)])
        else:
            sizes = [BANDS] + [hidden] * depth
            self.layers = nn.ModuleList(nn.Conv1d(a, b, 3, padding=1) for a, b in pairwise(sizes))
        self.norms = nn.ModuleList(nn.BatchNorm1d(hidden) if norm else nn.Identity() for _ in self.layers)
        self.head, self.pitch = nn.Linear(hidden, outputs), nn.Linear(hidden, 1)
        with torch.no_grad():
            for layer in self.layers:
                for name, p in layer.named_parameters():
                    p.mul_(gain) if "weight" in name else p.add_(bias)
            self.head.weight.mul_(head_gain)
            self.head.bias[0] += blank

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Scores and pitch."""
        self.outs = []
        if self.kind == "gru":
            h = self.layers[0](x)[0]
            self.outs.append(h)
        else:
            h = x.transpose(1, 2)
            for layer, norm in zip(self.layers, self.norms, strict=True):
                h = self.drop(self.act(norm(layer(h))))
                self.outs.append(h)
            h = h.transpose(1, 2)
        h = self.drop(h) if self.kind == "gru" else h
        return self.head(h), self.pitch(h)[..., 0]


def edits(a: list[int], b: list[int]) -> int:
    """Edit distance of two sequences."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def phone_errors(scores: Tensor, order: Tensor, count: Tensor) -> float:
    """Share of errors after the greedy collapse of repeats and blanks."""
    wrong = 0
    for best, true, k in zip(scores.argmax(-1).tolist(), order.tolist(), count.tolist(), strict=True):
        said = [p for p, before in zip(best, [0, *best], strict=False) if p and p != before]
        wrong += edits(said, true[:k])
    return wrong / int(count.sum())

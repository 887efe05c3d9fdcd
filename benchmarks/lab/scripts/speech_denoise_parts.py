"""Made-up voices in made-up noise, a 1-D U-net that cleans them, and the losses in decibels and in squares."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SAMPLES = 160


def voices(n: int, g: torch.Generator, low: float = 0.02, high: float = 0.06) -> Tensor:
    """Clean sounds (n, SAMPLES): a gliding pitch with four overtones, said in two or three syllables."""
    time = torch.arange(SAMPLES)[None].float()
    pitch = low + (high - low) * torch.rand(n, 1, generator=g)
    glide = 1 + 0.2 * (torch.rand(n, 1, generator=g) - 0.5) * time / SAMPLES
    phase = 2 * math.pi * pitch * glide * time
    strength = torch.rand(n, 4, 1, generator=g) / torch.arange(1, 5)[None, :, None]
    offsets = 2 * math.pi * torch.rand(n, 4, 1, generator=g)
    tone = (strength * torch.sin(torch.arange(1, 5)[None, :, None] * phase[:, None] + offsets)).sum(1)
    speed = 0.015 + 0.02 * torch.rand(n, 1, generator=g)
    loud = torch.sin(speed * time * math.pi + 3 * torch.rand(n, 1, generator=g)).clamp(min=0) ** 0.5
    sound = tone * (0.1 + loud)
    return sound / sound.std(1, keepdim=True)


def noises(n: int, g: torch.Generator, kind: str) -> Tensor:
    """Noise (n, SAMPLES) of spread one: white, hum, clicks, or babble (other voices)."""
    white = torch.randn(n, SAMPLES, generator=g)
    if kind == "hum":
        time = torch.arange(SAMPLES)[None].float()
        white = 0.3 * white + torch.sin(2 * math.pi * (0.15 + 0.1 * torch.rand(n, 1, generator=g)) * time)
    elif kind == "clicks":
        white = 0.2 * white + 6 * white * (torch.rand(n, SAMPLES, generator=g) < 0.03)
    elif kind == "babble":
        white = sum((voices(n, g, 0.01, 0.1) for _ in range(3)), 0.2 * white)
    return white / white.std(1, keepdim=True)


def mixed(clean: Tensor, noise: Tensor, g: torch.Generator, snr: tuple[float, float]) -> tuple[Tensor, Tensor]:
    """Noisy sounds, and the ratio of each in decibels."""
    level = snr[0] + (snr[1] - snr[0]) * torch.rand(len(clean), 1, generator=g)
    return clean + noise * 10 ** (-level / 20), level[:, 0]


class Down(nn.Module):
    """A convolution that halves the length."""

    def __init__(self, before: int, after: int, norm: bool) -> None:
        super().__init__()
        self.conv, self.norm = nn.Conv1d(before, after, 5, 2, 2), nn.GroupNorm(1, after) if norm else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(self.conv(x))


class WaveNet(nn.Module):
    """The U-net: ``depth`` halvings, as many doublings with skips, a mask or the sound itself at the end."""

    def __init__(self, width: int = 8, depth: int = 3, norm: bool = True, act: str = "leaky_relu", drop: float = 0.0, gain: float = 1.0,
                 last: float = 1.0, shift: float = 0.0, skips: bool = True, residual: bool = False) -> None:  # fmt: skip
        super().__init__()
        sizes = [1] + [width + 4 * i for i in range(depth)]
        self.downs = nn.ModuleList(Down(a, b, norm) for a, b in pairwise(sizes))
        self.ups = nn.ModuleList(nn.Conv1d(2 * b if i < depth - 1 and skips else b, a if a > 1 else width, 5, 1, 2)
                                 for i, (a, b) in enumerate(pairwise(sizes)))  # fmt: skip
        self.last = nn.Conv1d(width + 1, 1, 5, 1, 2)
        self.act, self.drop, self.skips, self.residual = (
            getattr(F, act, getattr(torch, act, None)),
            drop,
            skips,
            residual,
        )
        self.seen: list[Tensor] = []
        with torch.no_grad():
            for layer in [*(d.conv for d in self.downs), *self.ups]:
                layer.weight.mul_(gain)
                layer.bias.add_(shift)
            self.last.weight.mul_(last)

    def forward(self, noisy: Tensor) -> Tensor:
        """(n, SAMPLES) → (n, SAMPLES)."""
        h, kept, self.seen = noisy[:, None], [], []
        for down in self.downs:
            h = self.act(down(h))
            kept.append(h)
            self.seen.append(h)
        h = F.dropout(h, self.drop, self.training)
        for i in range(len(self.ups) - 1, -1, -1):
            if i < len(self.ups) - 1 and self.skips:
                h = torch.cat([h, kept[i]], 1)
            h = F.interpolate(self.act(self.ups[i](h)), scale_factor=2.0)
        out = self.last(torch.cat([h, noisy[:, None]], 1))[:, 0]
        return noisy + out if self.residual else out


def si_sdr(guess: Tensor, clean: Tensor, eps: float = 1e-8) -> Tensor:
    """The scale-invariant ratio of signal to distortion, in dB, of each sound."""
    guess, clean = guess - guess.mean(1, keepdim=True), clean - clean.mean(1, keepdim=True)
    part = (guess * clean).sum(1, keepdim=True) * clean / (clean.square().sum(1, keepdim=True) + eps)
    return 10 * torch.log10((part.square().sum(1) + eps) / ((guess - part).square().sum(1) + eps))


def spectral(guess: Tensor, clean: Tensor) -> Tensor:
    """Mean distance of log spectra over windows of 32 samples."""
    window = torch.hann_window(32)
    a, b = (torch.fft.rfft(x.unfold(1, 32, 16) * window).abs() for x in (guess, clean))
    return (torch.log(a + 1e-2) - torch.log(b + 1e-2)).abs().mean()

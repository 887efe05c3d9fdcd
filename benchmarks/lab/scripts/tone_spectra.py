"""Synthesised sounds: kinds of timbre, pitch, pairs of renditions, sequences of notes; convolutions and a GRU."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from benchmarks.lab.scripts import watched_loop

RATE, SAMPLES, FRAME, KINDS, NOTES = 2000.0, 160, 20, 6, 5
DEFAULTS: dict[str, Any] = {
    "task": "timbre", "noise": 0.3, "held_noise": -1.0, "wrong": 0.0, "unit": "relu", "gain": 1.0, "head_gain": 1.0,
    "head_bias": 0.0, "norm": True, "deep": 1, "width": 10, "dropout": 0.0, "net": "conv", "weights": {"ce": 1.0},
    "smoothing": 0.0, "temperature": 0.1, "unit_hz": False, "loudness": 1.0, "offset": 0.0, "augment": 0.0,
    "bias": 0.0, "rare": 0.0, "mixup": 0.0, "reduction": "mean", "softmax": False, "leak": 0, "easy": False,
    "late": -1.0,
}  # fmt: skip
DICE = np.random.RandomState()
"""Seeded by each training."""
UNITS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "none": nn.Identity}


def train(seed: int, **args: Any) -> list[dict[str, float]]:
    """Records of one training; settings are those of DEFAULTS here and in the loop."""
    DICE.seed(700 + seed)
    if args.get("task") == "adversarial":
        return adversarial(seed, **{k: v for k, v in args.items() if k != "task"})
    return watched_loop.train(sys.modules[__name__], seed, args)


def tones(kind: np.ndarray, hertz: np.ndarray, noise: float, samples: int = SAMPLES) -> np.ndarray:
    """Sounds with the kinds and pitches given, of random phase, decay and noise; shape (n, samples)."""
    n, t = len(kind), np.arange(samples) / RATE
    phase = 2 * np.pi * (hertz[:, None] * t + DICE.rand(n, 1))
    bent = 2 * np.pi * (hertz[:, None] * t * (1 + 4 * t) + DICE.rand(n, 1))
    made = np.stack([
        np.sin(phase),
        sum(np.sin(m * phase) / m for m in (1, 3, 5)),
        sum(np.sin(m * phase) / m for m in (1, 2, 3, 4)),
        np.sin(bent),
        np.sin(phase) * (1 + np.sin(2 * np.pi * 25 * t)) / 1.5,
        np.sin(phase + 3 * np.sin(phase / 3)),
    ])[kind, np.arange(n)]  # fmt: skip
    envelope = np.exp(-t * DICE.uniform(0, 15, (n, 1)))
    return made * envelope + noise * DICE.randn(n, samples)


def frames(sound: np.ndarray) -> np.ndarray:
    """Magnitudes of the spectrum frame by frame, shape (n, frames, bins)."""
    cut = sound[:, : sound.shape[1] // FRAME * FRAME].reshape(len(sound), -1, FRAME)
    return np.log1p(np.abs(np.fft.rfft(cut * np.hanning(FRAME), axis=2)))


def draw(k: SimpleNamespace, rows: int, held: bool) -> tuple[Tensor, Tensor]:
    """Sounds and what is to be said of them."""
    noise = k.held_noise if held and k.held_noise >= 0 else k.noise
    kind, hertz = DICE.randint(KINDS, size=rows), 60 * 2 ** DICE.uniform(0, 2.5, rows)
    if k.rare:
        kind = np.where(DICE.rand(rows) < k.rare, kind, 0)
    if k.task == "notes":
        return _melodies(rows, noise)
    sound = tones(kind, hertz, noise)
    y: Tensor = torch.tensor(kind)
    octaves = np.log2(hertz / 60)
    if k.task in {"pitch", "both"}:
        y = torch.tensor(hertz if k.unit_hz else octaves - 1.25, dtype=torch.float32)
        y = y if k.task == "pitch" else torch.stack([torch.tensor(kind).float(), y], 1)
    if k.task == "pairs":
        sound = np.stack([sound, tones(kind, hertz, noise)], 1)
    if k.wrong and not held:
        bad = torch.rand(rows) < k.wrong
        y[bad] = y[torch.randperm(rows)][bad]
    x = frames(sound) if k.net == "gru" else sound
    return torch.tensor(k.loudness * x + k.offset, dtype=torch.float32), y


def _melodies(rows: int, noise: float) -> tuple[Tensor, Tensor]:
    notes = DICE.randint(NOTES, size=(rows, 3))
    hertz = 120 * 2 ** (notes / 2)
    parts = [tones(np.zeros(rows, int), hertz[:, i], noise, 5 * FRAME) for i in range(3)]
    return torch.tensor(frames(np.concatenate(parts, 1)), dtype=torch.float32), torch.tensor(notes + 1)


class Net(nn.Module):
    """Convolutions over time and a mean, or a GRU over frames, and one linear layer."""

    def __init__(self, k: SimpleNamespace) -> None:
        super().__init__()
        self.k, w = k, k.width
        outputs = {
            "timbre": KINDS,
            "pitch": 2 if "nll" in k.weights else 1,
            "both": KINDS + 1,
            "pairs": 12,
            "notes": NOTES + 1,
        }
        self.blocks: dict[str, tuple[nn.Module, nn.Module]] = {}
        if k.net == "gru":
            self.gru = nn.GRU(FRAME // 2 + 1, w, batch_first=True)
        else:
            sizes = [(1, w, 9, 4), (w, w, 5, 2), *[(w, w, 3, 1)] * k.deep]
            self.stack = nn.ModuleList(nn.Conv1d(a, b, size, stride, size // 2) for a, b, size, stride in sizes)
            self.norms = nn.ModuleList(nn.BatchNorm1d(w) if k.norm else nn.Identity() for _ in sizes)
            self.units = nn.ModuleList(UNITS[k.unit]() for _ in sizes)
            self.blocks = {f"conv{i + 1}": pair for i, pair in enumerate(zip(self.stack, self.units, strict=True))}
        self.drop = nn.Dropout(k.dropout)
        self.head = nn.Linear(w, outputs[k.task])
        with torch.no_grad():
            for layer, _ in self.blocks.values():
                layer.weight *= k.gain
                layer.bias += k.bias
            self.head.weight *= k.head_gain
            self.head.bias[0] += k.head_bias

    def forward(self, x: Tensor) -> Tensor:
        """Scores of sounds (n, samples) or of frames (n, frames, bins); frame by frame for melodies."""
        if self.k.net == "gru":
            out, _ = self.gru(x)
            return self.head(self.drop(out if self.k.task == "notes" else out[:, -1]))
        x = x[:, None]
        for layer, norm, unit in zip(self.stack, self.norms, self.units, strict=True):
            x = unit(norm(layer(x)))
        return self.head(self.drop(x.mean(2)))


def terms(k: SimpleNamespace, net: Net, x: Tensor, y: Tensor, done: float) -> tuple[dict[str, Tensor], Tensor]:
    """The weighted terms of the loss, and the output."""
    if k.augment and net.training:
        x = x * (1 + k.augment * torch.randn(len(x), *[1] * (x.dim() - 1))) + k.augment * torch.randn_like(x)
    if k.task == "pairs":
        a, b = (F.normalize(net(x[:, i]), dim=1) for i in (0, 1))
        out = a @ b.T / k.temperature
        here = torch.arange(len(x))
        found = {"nce": (F.cross_entropy(out, here) + F.cross_entropy(out.T, here)) / 2}
        found["spread"] = (torch.cov(a.T) - torch.eye(a.shape[1]) / a.shape[1]).square().sum()
        found["energy"] = net.head.weight.square().sum()
        return {name: w * found[name] for name, w in k.weights.items()}, out
    out = net(x)
    found = {name: maker() for name, maker in _makers(k, net, out, y).items() if name in k.weights}
    late = {"mse": 0.0} if k.late >= 0 and done < k.late else {}
    return {name: late.get(name, w) * found[name] for name, w in k.weights.items()}, out


def _makers(k: SimpleNamespace, net: Net, out: Tensor, y: Tensor) -> dict[str, Any]:
    value = out[:, -1] if k.task == "both" else out[:, 0]
    target = y[:, 1] if k.task == "both" else y
    kind = y[:, 0].long() if k.task == "both" else y
    scores = out[:, :KINDS].softmax(1) if k.softmax else out[:, :KINDS]
    return {
        "ce": lambda: F.cross_entropy(scores, kind, label_smoothing=k.smoothing, reduction=k.reduction),
        "naive_ce": lambda: -out.softmax(1)[torch.arange(len(y)), kind].log().mean(),
        "focal": lambda: ((1 - out.softmax(1)) ** 2 * -out.log_softmax(1))[torch.arange(len(y)), kind].mean(),
        "hinge": lambda: F.multi_margin_loss(out, kind, margin=1.0) * KINDS,
        "mse": lambda: F.mse_loss(value, target, reduction=k.reduction),
        "mae": lambda: F.l1_loss(value, target),
        "huber": lambda: F.smooth_l1_loss(value, target),
        "nll": lambda: (0.5 * (target - out[:, 0]) ** 2 * (-out[:, 1]).exp() + 0.5 * out[:, 1]).mean(),
        "log_mse": lambda: (out[:, 0].log() - target.log()).square().mean(),
        "ctc": lambda: F.ctc_loss(out.log_softmax(2).transpose(0, 1), y, torch.full((len(y),), out.shape[1]), torch.full((len(y),), 3)),
        "l2": lambda: sum(p.square().sum() for p in net.parameters()),
        "l1": lambda: sum(p.abs().sum() for p in net.parameters()),
    }  # fmt: skip


def measures(k: SimpleNamespace, out: Tensor, y: Tensor) -> dict[str, float]:
    """Metrics of the task under short names."""
    if k.task == "pairs":
        return {"top1": float((out.argmax(1) == torch.arange(len(out))).float().mean())}
    if k.task == "notes":
        return {"ter": _token_errors(out.argmax(2), y)}
    if k.task == "pitch":
        error = y - out[:, 0]
        return {"mae": float(error.abs().mean()), "r2": float(1 - error.square().mean() / y.var())}
    kind = y[:, 0].long() if k.task == "both" else y
    guess = out[:, :KINDS].argmax(1)
    found = {"acc": float((guess == kind).float().mean()), "f1": _f1(guess, kind)}
    if k.task == "both":
        found["mae"] = float((y[:, 1] - out[:, -1]).abs().mean())
    return found


def _f1(guess: Tensor, kind: Tensor) -> float:
    scores = [
        2 * ((guess == c) & (kind == c)).sum() / max(1, (guess == c).sum() + (kind == c).sum()) for c in range(KINDS)
    ]
    return float(sum(scores)) / KINDS


def _token_errors(guess: Tensor, y: Tensor) -> float:
    """Edit distance of the notes heard to those played, over their number."""
    wrong = 0
    for line, truth in zip(guess.tolist(), y.tolist(), strict=True):
        heard = [c for i, c in enumerate(line) if c and (not i or c != line[i - 1])]
        row = list(range(len(truth) + 1))
        for i, c in enumerate(heard, 1):
            new = [i]
            for j, t in enumerate(truth, 1):
                new.append(min(new[-1] + 1, row[j] + 1, row[j - 1] + (c != t)))
            row = new
        wrong += row[-1]
    return wrong / y.numel()


def adversarial(
    seed: int, steps: int = 800, every: int = 8, lr: float = 1e-3, lr_d: float = 1e-3
) -> list[dict[str, float]]:
    """A generator of sine tones against a judge: two losses that hover."""
    torch.manual_seed(seed)
    make = nn.Sequential(nn.Linear(8, 48), nn.ReLU(), nn.Linear(48, 64))
    judge = nn.Sequential(nn.Linear(64, 48), nn.LeakyReLU(0.2), nn.Linear(48, 1))
    one, two = (
        torch.optim.Adam(make.parameters(), lr, (0.5, 0.999)),
        torch.optim.Adam(judge.parameters(), lr_d, (0.5, 0.999)),
    )
    records = []
    for step in range(1, steps + 1):
        hertz = 60 * 2 ** DICE.uniform(0, 1, 64)
        real = torch.tensor(tones(np.zeros(64, int), hertz, 0.05, 64), dtype=torch.float32)
        fake, yes, no = make(torch.randn(64, 8)), torch.ones(64, 1), torch.zeros(64, 1)
        two.zero_grad()
        loss_d = F.binary_cross_entropy_with_logits(judge(real), yes) + F.binary_cross_entropy_with_logits(
            judge(fake.detach()), no
        )
        loss_d.backward()
        two.step()
        one.zero_grad()
        loss_g = F.binary_cross_entropy_with_logits(judge(fake), yes)
        loss_g.backward()
        one.step()
        if step % every == 0:
            records.append(
                {"step": step, "epoch": step // 100, "d_loss": float(loss_d.detach()), "g_loss": float(loss_g.detach())}
            )
    return records

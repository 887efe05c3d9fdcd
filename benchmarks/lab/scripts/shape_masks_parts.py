"""What the trainings on drawn shapes are made of: settings, pictures, net, loss terms, measures, rates."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, interpolate, max_pool2d, one_hot

KINDS = 4
"""Background, disc, box, cross."""


@dataclass
class Knobs:
    """``task``: masks, classes (kinds of shapes) or clean (denoising). ``weights`` of the terms of the loss."""

    task: str = "masks"
    rows: int = 192
    held: int = 48
    redraw: int = 0
    size: int = 16
    noise: float = 0.4
    held_noise: float = -1.0
    held_contrast: float = 1.0
    wrong: float = 0.0
    tiny: bool = False
    brightness: float = 0.0
    width: int = 8
    deep: int = 1
    unit: str = "relu"
    norm: bool = True
    skip: bool = True
    dropout: float = 0.0
    gain: float = 1.0
    head_gain: float = 1.0
    head_bias: float = 0.0
    bias: float = 0.0
    batch: int = 16
    epochs: int = 30
    opt: str = "adam"
    beta: float = 0.99
    lr: float = 3e-3
    schedule: str = "constant"
    at: float = 0.5
    much: float = 1.0
    clip: float = 0.0
    log_clipped: bool = False
    accumulate: int = 1
    ema: float = 0.0
    augment: float = 0.0
    mixup: float = 0.0
    curriculum: bool = False
    pretrain: int = 0
    sort: bool = False
    fault: str = ""
    resume: tuple[int, ...] = ()
    forget: bool = False
    weights: dict[str, float] = field(default_factory=lambda: {"bce": 1.0, "dice": 1.0})
    scale: float = 1.0
    every: int = 0
    mean: bool = True
    evaluate: int = 1
    inside: tuple[str, ...] = ()
    prefix: dict[str, str] = field(
        default_factory=lambda: {
            "grad": "grad_norm/",
            "update": "update_ratio/",
            "dead": "dead_units/",
            "std": "activation_std/",
        }
    )
    log: tuple[str, ...] = ("loss", "val_loss")
    names: dict[str, str] = field(default_factory=dict)


def drawn(k: Knobs, rows: int, noise: float, wrong: float, contrast: float = 1.0) -> tuple[Tensor, Tensor]:
    """Pictures (rows, 1, size, size), and masks of the same shape, kinds (rows, size, size) or clean pictures."""
    at = torch.arange(k.size).float()
    centre = torch.randint(4, k.size - 4, (rows, 2, 1, 1)).float()
    reach = (torch.rand(rows, 1, 1) * 0.8 + 0.9) if k.tiny else torch.rand(rows, 1, 1) * 3.5 + 2
    down, right = (at[:, None] - centre[:, 0]).abs(), (at[None, :] - centre[:, 1]).abs()
    disc, box = down**2 + right**2 <= reach**2, torch.maximum(down, right) <= reach * 0.9
    cross = ((down <= reach / 3) & (right <= reach)) | ((right <= reach / 3) & (down <= reach))
    kind = torch.randint(1, KINDS, (rows, 1, 1))
    inside = torch.where(kind == 1, disc, torch.where(kind == 2, box, cross))
    clean = (inside * (0.6 + 0.4 * torch.rand(rows, 1, 1)) * contrast)[:, None]
    noisy = clean + noise * torch.randn(rows, 1, k.size, k.size) + k.brightness
    mistaken = torch.rand(rows) < wrong
    if k.task == "classes":
        kind = torch.where(mistaken[:, None, None], torch.randint(1, KINDS, (rows, 1, 1)), kind)
        return noisy, inside * kind
    y = clean if k.task == "clean" else inside[:, None].float()
    return noisy, torch.where(mistaken[:, None, None, None], y[torch.randperm(rows)], y)


class UNet(nn.Module):
    """Two levels, ``deep`` layers at the bottom; ``watch``: note dead units and spreads of what passes."""

    def __init__(self, k: Knobs) -> None:
        super().__init__()
        self.k, self.watch = k, False
        self.seen: dict[str, dict[str, float]] = {"dead": {}, "std": {}}
        w, out = k.width, KINDS if k.task == "classes" else 1
        shapes = [("enc1", 1, w), ("enc2", w, 2 * w), *((f"mid{i + 1}", 2 * w, 2 * w) for i in range(k.deep)),
                  ("dec1", 3 * w if k.skip else 2 * w, w)]  # fmt: skip
        self.layers = nn.ModuleDict({name: _layer(k, a, b) for name, a, b in shapes})
        self.layers["head"] = nn.Sequential(nn.Conv2d(w, out, 1))
        with torch.no_grad():
            for layer in self.layers.values():
                layer[0].weight *= k.gain
                layer[0].bias += k.bias
            self.layers["head"][0].weight *= k.head_gain
            self.layers["head"][0].bias += k.head_bias - k.bias

    def forward(self, x: Tensor) -> Tensor:
        top = h = self._through("enc1", x)
        h = self._through("enc2", max_pool2d(h, 2))
        for i in range(self.k.deep):
            h = self._through(f"mid{i + 1}", h)
        h = interpolate(h, scale_factor=2)
        h = self._through("dec1", torch.cat([h, top], 1) if self.k.skip else h)
        return self.layers["head"](h)

    def _through(self, name: str, x: Tensor) -> Tensor:
        h = self.layers[name](x)
        if self.watch:
            still = (h <= 0).flatten(2).all(2).all(0) if self.k.unit == "relu" else h.abs() > 0.98
            self.seen["dead"][name] = float(still.float().mean())
            self.seen["std"][name] = float(h.detach().std())
        return h


def _layer(k: Knobs, a: int, b: int) -> nn.Sequential:
    unit = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "none": nn.Identity, "gelu": nn.GELU}[k.unit]()
    norm = [nn.BatchNorm2d(b)] if k.norm else []
    return nn.Sequential(nn.Conv2d(a, b, 3, padding=1), *norm, unit, nn.Dropout2d(k.dropout))


def terms(k: Knobs, z: Tensor, y: Tensor, net: nn.Module, done: float) -> dict[str, Tensor]:
    """The weighted terms of the loss by name."""
    p = z if k.task == "clean" else z.softmax(1) if k.task == "classes" else z.sigmoid()
    hot = one_hot(y, KINDS).movedim(-1, 1).float() if k.task == "classes" else y
    overlap = 2 * (p * hot).sum((0, 2, 3)) / (p.sum((0, 2, 3)) + hot.sum((0, 2, 3)) + 1e-5)
    make = {
        "bce": lambda: binary_cross_entropy_with_logits(z, y),
        "bce_sum": lambda: binary_cross_entropy_with_logits(z, y, reduction="sum"),
        "naive_bce": lambda: -(y * p.log() + (1 - y) * (1 - p).log()).mean(),
        "ce": lambda: cross_entropy(z, y),
        "dice": lambda: 1 - overlap.mean(),
        "negative_dice": lambda: -overlap.mean(),
        "mse": lambda: ((z - y) ** 2).mean(),
        "l1": lambda: (z - y).abs().mean(),
        "edge": lambda: (_slope(p) - _slope(hot)).abs().mean(),
        "tv": lambda: _slope(p).abs().mean(),
        "l2": lambda: sum((w**2).sum() for w in net.parameters() if w.dim() > 1),
    }
    late = 1.0 if k.fault != "late_edge" or done >= k.at else 0.0
    return {name: weight * (late if name == "edge" else 1.0) * make[name]() for name, weight in k.weights.items()}


def _slope(p: Tensor) -> Tensor:
    return p[..., 1:, :] - p[..., :-1, :]


def measures(k: Knobs, z: Tensor, y: Tensor) -> dict[str, float]:
    """Dice, IoU and pixel accuracy, or the peak signal-to-noise ratio in decibels and the mean absolute error."""
    if k.task == "clean":
        mse = float(((z - y) ** 2).mean())
        return {"psnr": -10 * math.log10(mse) if 0 < mse < math.inf else math.nan, "mae": float((z - y).abs().mean())}
    guess, truth = (z.argmax(1), y) if k.task == "classes" else (z > 0, y > 0.5)
    acc = float((guess == truth).float().mean())
    classes = range(1, KINDS) if k.task == "classes" else (1,)
    both = [float(((guess == c) & (truth == c)).sum()) for c in classes]
    total = [float((guess == c).sum() + (truth == c).sum()) for c in classes]
    dice = sum(2 * b / max(1.0, t) for b, t in zip(both, total, strict=True)) / len(both)
    iou = sum(b / max(1.0, t - b) for b, t in zip(both, total, strict=True)) / len(both)
    return {"dice_score": dice, "iou": iou, "pixel_acc": acc}


def factor(k: Knobs, done: float) -> float:
    """The learning rate as a share of ``lr``."""
    rise = min(1.0, done / k.at)
    fall = 0.5 * (1 + math.cos(math.pi * min(1.0, max(0.0, done - k.at) / (1 - min(k.at, 0.99)))))
    return {
        "constant": lambda: 1.0,
        "cosine": lambda: 0.5 * (1 + math.cos(math.pi * done)),
        "poly": lambda: max(1e-9, 1 - done) ** 0.9,
        "steps": lambda: 1.0 if done < k.at else 0.1 if done < (1 + k.at) / 2 else 0.01,
        "restarts": lambda: 0.01 + 0.5 * (1 + math.cos(math.pi * (done * 3.999 % 1))),
        "warmup": lambda: rise * fall,
        "rising": lambda: rise,
        "early": lambda: max(0.0, 1 - done / k.at),
        "raised": lambda: k.much if done >= k.at else 1.0,
        "dip": lambda: k.much if k.at <= done < k.at + 0.2 else 1.0,
        "growing": lambda: math.exp(k.much * done),
        "triangles": lambda: 0.05 + 0.95 * (1 - abs(2 * (done * 4 % 1) - 1)),
    }[k.schedule]()

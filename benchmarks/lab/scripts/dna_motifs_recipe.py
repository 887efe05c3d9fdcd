"""What a reading of motifs can be told, and its learning rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Recipe:
    """Everything a training of this kind can be told. Shares (``since``, ``until``) are of the whole run."""

    target: str = "binding"  # binding, expression, counts (Poisson), profile (reads along the window and their sum)
    windows: int = 768
    valid: int = 320
    length: int = 48
    clear: float = 0.93
    share: float = 0.4
    jitter: float = 0.3
    flips: float = 0.0  # of the labels
    batch: int = 48
    epochs: int = 20
    net: dict[str, Any] = field(default_factory=dict)
    optimiser: str = "adam"
    lr: float = 3e-3
    beta: float = 0.9
    wd: float = 0.0
    schedule: tuple[Any, ...] = ("flat",)
    warmup: int = 0
    clip: float = 0.0
    unit: float = 1.0  # of the regression's target
    offset: float = 0.0
    times: float = 1.0  # the loss
    summed: bool = False
    smooth: float = 0.0
    weights: tuple[float, float] = (1.0, 1.0)  # of profile and counts
    lasso: float = 0.0
    ridge: float = 0.0
    ema: float = 0.0
    reverse: bool = False  # half of the windows are read from the other strand
    order: str = "random"
    accident: str = ""
    since: float = 0.0
    until: float = 1.0
    size: float = 1.0
    stop: int = 0  # patience in evaluations
    grow: bool = False  # the windows come in bit by bit
    pretrain: int = 0  # epochs on windows of another cell line before the log begins
    log_every: int = 0
    mean: bool = True
    eval_every: int = 0
    columns: tuple[str, ...] = ("loss", "val_loss", "val_auroc")
    names: dict[str, str] = field(default_factory=dict)
    probes: dict[str, str] = field(default_factory=dict)


def factor(r: Recipe, t: int, total: int) -> float:
    """The rate at update t over the recipe's."""
    kind, *rest = r.schedule
    x, ramp = t / total, min(1.0, (t + 1) / r.warmup) if r.warmup else 1.0
    if kind == "cosine":
        return ramp * 0.5 * (1 + math.cos(math.pi * x))
    if kind == "line":
        return ramp * max(0.0, 1 - x / (rest[0] if rest else 1.0))
    if kind == "drops":
        return ramp * rest[0] ** sum(x >= at for at in rest[1:])
    if kind == "triangle":
        return ramp * (0.05 + 0.95 * abs(1 - 2 * ((t / rest[0]) % 1)))
    if kind == "restarts":
        return ramp * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * ((t / rest[0]) % 1))))
    if kind == "cycle":
        return 0.04 + 0.96 * x / rest[0] if x < rest[0] else max(1e-3, (1 - x) / (1 - rest[0]))
    if kind == "expo":
        return ramp * rest[0] ** x
    return ramp

"""What a training of ``reviews_tuned`` is told, and the plans of its learning rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Recipe:
    """What the user of the trainer wrote down. ``log`` lists figures, ``figure:name`` to call one otherwise."""

    task: str = "stars"
    stars: int = 2
    n: int = 1024
    held: int = 256
    fresh: float = 0.2
    rare: float = 0.0
    clear: float = 12.0
    wrong: float = 0.0
    start: str = "pretrained"
    shape: dict[str, Any] = field(default_factory=dict)
    init: float = 1.0
    head: float = 1.0
    bias: float = 0.0
    shift: float = 0.0
    tune: str = "all"
    adapter: float = 1e-2
    layer_decay: float = 1.0
    body: float = 1.0
    dropout: float = 0.1
    hide: float = 0.0
    batch: int = 32
    epochs: int = 6
    optim: str = "adamw"
    lr: float = 1e-3
    beta: float = 0.9
    decay: float = 0.01
    plan: str = "linear"
    warm: float = 0.1
    clip: float = 0.0
    smoothing: float = 0.0
    aside: float = 0.0
    main: float = 1.0
    penalty: str = ""
    strength: float = 0.0
    unit: float = 1.0
    order: str = "random"
    redraw: int = 0
    ema: float = 0.0
    grow: bool = False
    patience: int = 0
    mishap: str = ""
    since: float = 0.0
    until: float = 1.0
    size: float = 1.0
    log_steps: int = 0
    last: bool = False
    eval_steps: int = 0
    log: str = "loss val_loss val_acc"
    inside: str = ""


def factor(name: str, x: float, warm: float, t: int) -> float:
    """Rate over its base at share ``x`` of the run; a plan's number stands behind a colon."""
    kind, _, number = name.partition(":")
    a = float(number or 0)
    if warm and x < warm:
        return x / warm + 1e-3
    y = (x - warm) / max(1e-9, 1 - warm)
    return {
        "constant": lambda: 1.0,
        "linear": lambda: max(0.0, 1 - y),
        "cosine": lambda: 0.5 + 0.5 * math.cos(math.pi * y),
        "bounce": lambda: 0.5 + 0.5 * math.cos(math.pi * y / a),
        "restarts": lambda: 0.5 + 0.5 * math.cos(math.pi * ((y * a) % 1.0)),
        "triangles": lambda: 0.05 + 0.95 * abs(2 * ((y * a) % 1.0) - 1),
        "cut": lambda: 1.0 if x < a else 0.04,
        "stairs": lambda: 0.2 ** int(x / a),
        "spent": lambda: max(0.0, 1 - y / a),
        "root": lambda: (1 + t / a) ** -0.5,
        "triangular": lambda: x / a + 0.03 if x < a else max(0.01, (1 - x) / (1 - a)),
    }[kind]()

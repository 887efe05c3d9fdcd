"""What can be set in a run of taggers, and the learning rates."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from benchmarks.lab.scripts.token_labels_parts import EACH


@dataclass
class Knobs:
    """What a user of this script sets; ``mishap`` acts on the share ``when`` of the updates with the strength ``size``."""

    task: str = "names"  # names, chain or answers
    n: int = 640
    held: int = 192
    domain: str = "chats"
    held_domain: str = ""
    mixed: float = 0.5
    vague: float = 0.05
    wide: int = EACH
    wrong: float = 0.0  # share of the tags of names that are of a random type
    missed: float = 0.0  # share of the names nobody marked
    unknown: float = 0.0  # share of the words that the vocabulary lacks
    word_drop: float = 0.0  # words masked while training
    sort: str = ""
    grow: float = 1.0  # share of the data in the first epoch
    body: str = "encoder"
    net: dict[str, Any] = field(default_factory=dict)
    pretrained: int = 500  # updates on masked words before the log begins
    frozen: bool = False
    head: float = 1.0
    head_bias: tuple[float, ...] = ()
    permuted: bool = False  # the head of another checkpoint, whose tags are in another order
    kind_weight: float = 0.0
    guess_weight: float = 0.0
    tag_weight: float = 1.0
    smoothing: float = 0.0
    penalty: str = ""  # l2, l1, or start: the distance from the pre-trained weights
    strength: float = 0.0
    scale: float = 1.0
    opt: str = "adamw"
    lr: float = 1e-3
    decay: float = 0.01
    momentum: float = 0.9
    beta2: float = 0.999
    plan: str = "linear"
    warm: float = 0.0
    clip: float = 0.0
    epochs: int = 4
    batch: int = 16
    mishap: str = ""
    when: tuple[float, float] = (0.0, 1.0)
    size: float = 1.0
    every: int = 0  # updates between two lines; 0: an epoch
    mean: bool = True
    running: bool = False  # the mean since the epoch began
    judge: int = 0  # updates between two evaluations; 0: an epoch
    average: float = 0.0  # of the weights that are evaluated
    patience: int = 0
    show: str = "loss val_loss val_f1"
    called: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)


def rate(k: Knobs, t: int, total: int) -> float:
    """The learning rate of an update; a plan's numbers stand behind colons."""
    name, *rest = k.plan.split(":")
    x = [float(v) for v in rest]
    up, s = k.warm * total, t / total
    if t < up:
        return k.lr * (t + 1) / up
    after = (t - up) / max(1.0, total - up)
    match name:
        case "linear":
            share = 1 - after
        case "cosine":
            share = 0.5 + 0.5 * math.cos(math.pi * after)
        case "cut":
            share = x[1] if s >= x[0] else 1.0
        case "cuts":
            share = x[1] ** sum(s >= v for v in x[2:]) * x[0]
        case "restarts":
            share = 0.5 + 0.5 * math.cos(math.pi * (after * x[0] % 1.0))
        case "triangle":
            share = 0.05 + 0.95 * (1 - abs(1 - 2 * (s * x[0] % 1.0)))
        case "inverse":
            share = (1 + t / x[0]) ** -0.5
        case "over":
            share = max(0.0, 1 - s / x[0])
        case "rising":
            share = x[0] ** s
        case "hump":
            share = x[1] if s >= x[0] else 1.0
        case _:
            share = 1.0
    return k.lr * share

"""What a training of ``heat_pinn`` is told, and the pace of its learning rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Plan:
    """One training. Tuples of ``pace``: a name and its numbers (shares of the run, factors)."""

    problem: str = "heat"
    of: dict[str, Any] = field(default_factory=dict)
    net: dict[str, Any] = field(default_factory=dict)
    points: int = 128
    rim: int = 32
    batch: int = 0
    resample: int = 0
    focus: int = 0
    readings: int = 0
    noise: float = 0.0
    weights: dict[str, float] = field(default_factory=dict)
    adaptive: str = ""
    unknown: float = 0.0
    steps: int = 800
    opt: str = "adam"
    lr: float = 3e-3
    beta2: float = 0.999
    pace: tuple[Any, ...] = ("flat",)
    lbfgs: float = 1.0
    clip: float = 0.0
    penalty: str = ""
    strength: float = 0.0
    scale: float = 1.0
    ordered: bool = False
    window: bool = False
    mishap: str = ""
    since: float = 0.0
    amount: float = 1.0
    test: int = 144
    fresh_test: bool = False
    patience: int = 0
    every: int = 20
    mean: bool = False
    test_every: int = 0
    show: tuple[str, ...] = ("loss", "val_loss")
    names: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)


def pace(plan: Plan, t: int) -> float:
    """The learning rate at an update, over its base."""
    x = t / plan.steps
    match plan.pace:
        case ("flat",):
            return 1.0
        case ("cos",):
            return 0.5 * (1 + math.cos(math.pi * x))
        case ("warm", up):
            return x / up if x < up else 0.5 * (1 + math.cos(math.pi * (x - up) / (1 - up)))
        case ("milestones", factor, *marks):
            return float(factor ** sum(x >= mark for mark in marks))
        case ("exp", per_step):
            return float(per_step**t)
        case ("inverse", rate, every):
            return float(1 / (1 + rate * t / every))
        case ("restarts", count):
            return 0.02 + 0.49 * (1 + math.cos(math.pi * ((x * count) % 1)))
        case ("triangle", count):
            return 0.05 + 0.95 * (1 - abs(2 * ((x * count) % 1) - 1))
        case ("one", top):
            return max(1e-3, x / top + 0.04 if x < top else (1 - x) / (1 - top))
        case ("up", until):
            return x * plan.steps / until
        case ("ends", at):
            return max(0.0, 1 - x / at)
    raise ValueError(plan.pace)

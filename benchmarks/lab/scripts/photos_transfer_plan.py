"""What a training of ``photos_transfer`` may be told, and the shapes of its learning rate."""

from __future__ import annotations

import math
from typing import Any

CHOICES: dict[str, Any] = {
    # the data
    "things": (1, 4, 5, 7), "n": 480, "held": 240, "grain": 0.25, "shares": None, "false": 0.0, "byte": False, "batch": 32,
    "order": "shuffled", "fresh_held": 0, "size_unit": 1.0,
    # the net
    "weights": "downloaded", "norm": True, "hidden": 0, "drop": 0.0, "body_scale": 1.0, "top_scale": 1.0, "top_bias": 0.0,
    "body_bias": 0.0, "widths": (10, 20, 32),
    # the fit: (what is trained, epochs, rate, plan) a phase
    "phases": (("head", 3, 1e-2, "flat"), ("all", 6, 2e-3, "cosine")), "spread": 1.0, "opt": "adam", "momentum": 0.9, "decay": 0.0,
    "clip": 0.0, "smooth": 0.0, "target": "kind", "size_weight": 0.0, "kind_weight": 1.0, "factor": 1.0, "l2": 0.0, "l1": 0.0,
    "shift": 0, "erase": 0.0, "blend": 0.0, "bn_still": False, "average": 0.0, "ramp": 0, "halve_on_plateau": False, "stop_after": 0,
    # what goes wrong: (name, from, until, size), shares of the run
    "trouble": ("", 0.0, 1.0, 1.0),
    # the log
    "every": 0, "raw": False, "judge_every": 1, "again": False, "tell": "loss val_loss val_acc", "watch": (),
}  # fmt: skip


def shape_of(plan: str, x: float) -> float:
    """The rate over the phase's rate at share ``x`` of the phase."""
    name, _, number = plan.partition("/")
    a = float(number or 1)
    if name == "flat":
        return 1.0
    if name == "cosine":
        return 0.5 * (1 + math.cos(math.pi * min(1.0, x / a)))
    if name == "flatcos":
        return 1.0 if x < 0.7 else 0.5 * (1 + math.cos(math.pi * (x - 0.7) / 0.3))
    if name == "onecycle":
        return (
            0.04 + 0.96 * 0.5 * (1 - math.cos(math.pi * x / 0.25))
            if x < 0.25
            else 0.5 * (1 + math.cos(math.pi * (x - 0.25) / 0.75)) + 1e-4
        )
    if name == "steps":
        return 0.1 ** int(x * a)
    if name == "waves":
        return 0.04 + 0.96 * abs(1 - 2 * ((x * a) % 1.0))
    if name == "restarts":
        return 0.5 * (1 + math.cos(math.pi * ((x * a) % 1.0)))
    if name == "cut":
        return 1.0 if x < a else 0.03
    if name == "exponential":
        return math.exp(-a * x)
    if name == "up":
        return min(1.0, x / a + 0.01)
    if name == "rebound":
        return 0.5 * (1 + math.cos(math.pi * x * a))
    raise ValueError(plan)

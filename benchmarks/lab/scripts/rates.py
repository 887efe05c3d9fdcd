"""Learning rate schedules: share of the run done → factor of the base rate."""

from __future__ import annotations

import math
from collections.abc import Callable


def _cosine(done: float) -> float:
    return 0.5 * (1 + math.cos(math.pi * min(done, 1.0)))


def _warm(share: float, then: Callable[[float], float]) -> Callable[[float], float]:
    return lambda done: (done + 1e-3) / share if done < share - 1e-3 else then((done - share) / (1 - share))


def _growing_cycles(done: float) -> float:
    """Restarts after 1/7 and 3/7 of the run."""
    start, length = (0, 1 / 7) if done < 1 / 7 else (1 / 7, 2 / 7) if done < 3 / 7 else (3 / 7, 4 / 7)
    return _cosine((done - start) / length)


SCHEDULES: dict[str, Callable[[float], float]] = {
    "constant": lambda done: 1.0,
    "plateau": lambda done: 1.0,
    "cosine": _cosine,
    "linear": lambda done: 1 - done,
    "exponential": lambda done: math.exp(-4 * done),
    "steps": lambda done: 0.1 ** ((done >= 0.5) + (done >= 0.75)),
    "steps3": lambda done: 0.3 ** ((done >= 0.3) + (done >= 0.6) + (done >= 0.85)),
    "warm_cosine": _warm(0.08, _cosine),
    "warm_linear": _warm(0.06, lambda done: 1 - done),
    "warm_root": _warm(0.1, lambda done: (1 + 9 * done) ** -0.5),
    "onecycle": _warm(0.3, _cosine),
    "long_warm": lambda done: 1e-4 if done < 0.35 else 1.0,
    "long_ramp": lambda done: min(1.0, 10 ** (-5 + done / 0.08)),
    "restarts": lambda done: _cosine(done * 4 % 1),
    "growing_restarts": _growing_cycles,
    "triangle": lambda done: 0.05 + 0.95 * abs((done * 10 + 1) % 2 - 1),
    "late_cut": lambda done: 1.0 if done < 0.6 else 0.03,
    "two_cuts": lambda done: 1.0 if done < 0.45 else 0.1 if done < 0.75 else 0.01,
    "growing": lambda done: math.exp(9 * done),
    "stable_decay": _warm(0.05, lambda done: 1.0 if done < 0.75 else max(0.0, 4 * (1 - done))),
}
"""``restarts``: four warm restarts; ``triangle``: five cycles; ``stable_decay``: a plateau and a last quarter of decay."""

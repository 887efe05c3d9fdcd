"""Noise for drawn curves of sixty epochs; each test draws the same, whatever ran before it."""

from __future__ import annotations

import numpy as np

RNG = np.random.default_rng(11)
_FRESH = RNG.bit_generator.state
E = np.arange(60.0)
FALL = np.exp(-E / 4)


def anew() -> None:
    """From here on the same numbers as at the beginning."""
    RNG.bit_generator.state = _FRESH


def noise(points: int = 60) -> np.ndarray:
    return RNG.normal(size=points)


def jumps(size: float) -> np.ndarray:
    return np.exp(size * noise())

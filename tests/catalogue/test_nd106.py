"""ND106 slow-start: what it must find, and what looks like it and is none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.catalogue.asking import said, share
from tests.catalogue.draws import RNG, noise


def test_a_short_plateau_that_is_level_to_the_eye_is_a_slow_start() -> None:
    few = np.arange(30)
    loss = np.where(few < 4, 1.0, 0.1 + 0.5 * np.exp(-(few - 4.0)))
    assert said({"epoch": few, "loss": loss}, "ND106") == ["ND106"]
    assert said({"epoch": few, "loss": loss - 0.05 * np.minimum(few, 3)}, "ND106") == []


def turning(where: float, time: float, noise: float, points: int = 120) -> dict:
    """Level at 1, then, from ``where`` on, an exponential fall by 0.8 in ``time`` of the run."""
    t = np.arange(points) / points
    fall = np.where(t < where, 0.0, 0.8 * (1 - np.exp(-np.maximum(t - where, 0) / time)))
    return {"step": np.arange(points), "loss": 1 - fall + noise * RNG.normal(size=points)}


def test_a_late_turn_shows_in_noise_and_in_a_run_cut_off() -> None:
    assert share("ND106", lambda: turning(0.45, 0.02, 0.15)) > 0.5
    assert share("ND106", lambda: turning(0.45, 0.02, 0.05)) > 0.9
    assert share("ND106", lambda: {k: v[:85] for k, v in turning(0.45, 0.25, 0.005).items()}) > 0.9
    assert share("ND106", lambda: turning(0.0, 0.2, 0.15)) == 0
    assert share("ND106", lambda: {"step": np.arange(120), "loss": 1 + 0.2 * noise(120)}) == 0  # noise draws no turn


def test_a_long_level_start_needs_no_kink_a_short_one_does() -> None:
    def run(where: float, time: float) -> Callable[[], dict]:
        t = np.arange(120) / 120
        fall = 1 / (1 + np.exp((t - where) / time))  # an S-curve
        return lambda: {"step": np.arange(120), "loss": 0.1 + fall + 0.004 * noise(120)}

    assert share("ND106", run(0.55, 0.07)) > 0.9
    assert share("ND106", run(0.3, 0.07)) == 0

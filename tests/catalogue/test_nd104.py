"""ND104 learning-rate-too-high: what it must find, and what looks like it and is none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.catalogue.asking import said, share
from tests.catalogue.draws import FALL, RNG, E, jumps, noise


def test_weights_that_jump_move_train_and_validation() -> None:
    def run(train: float, val: float, floor: float = 0.3) -> Callable[[], dict]:
        level = floor + 2 * FALL
        return lambda: {"epoch": E, "loss": level * jumps(train), "val_loss": level * jumps(val)}

    assert share("ND104", run(0.2, 0.3)) > 0.7
    assert share("ND104", run(0.01, 0.3)) == 0  # a small validation set
    assert share("ND104", run(0.2, 0.01)) == 0  # few samples in an epoch
    assert share("ND104", run(0.2, 0.3, floor=1e-3)) == 0  # near zero a jump by a factor is nothing


def test_a_validation_that_begins_when_all_is_won_is_near_zero_too() -> None:
    train, val = np.where(E < 1, 0.26, 0.01), np.full(60, 0.012)
    assert share("ND104", lambda: {"epoch": E, "loss": train * jumps(0.15), "val_loss": val * jumps(0.2)}) == 0


def test_jumps_near_zero_that_cost_next_to_nothing_are_healthy() -> None:
    low = 0.12 + 3 * FALL
    assert share("ND104", lambda: {"epoch": E, "loss": low * jumps(0.17), "val_loss": low * jumps(0.17)}) == 0
    assert share("ND104", lambda: {"epoch": E, "loss": low * jumps(0.5), "val_loss": low * jumps(0.5)}) > 0.6


def test_a_small_drop_behind_a_short_plateau_is_step_decay() -> None:
    rate = np.where(E[:40] < 20, 0.1, 0.01)
    loss = np.where(E[:40] < 20, 0.54, 0.45) + 0.5 * np.exp(-E[:40]) + 0.02 * np.where(E[:40] % 2, 1, -1)
    assert said({"epoch": E[:40], "loss": loss, "lr": rate}, "ND104") == []


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_restless_plateau_that_a_cut_ends(scale: float) -> None:
    def run(**more: np.ndarray) -> dict:
        return {"epoch": E, "loss": scale * (np.where(E < 35, 1.0 + 0.15 * noise(), 0.5) + FALL), **more}

    assert share("ND104", lambda: run(lr=np.where(E < 35, 0.1, 0.01))) > 0.7
    assert share("ND104", run) == 0  # nothing says that the rate was cut


def test_step_decay_of_a_run_that_was_falling_is_healthy() -> None:
    rate, held = np.where(E < 35, 0.1, 0.01), np.where(E < 35, 1, 0.2)
    falling = 1.5 - 0.5 * np.minimum(E, 35) / 35 - np.where(E < 35, 0, 0.3)
    assert share("ND104", lambda: {"epoch": E, "loss": falling + FALL + 0.03 * noise() * held, "lr": rate}) == 0
    calm = 0.3 * np.where(E < 35, 1, 0.3) + 2 * FALL  # nine tenths were won long before the cut
    assert share("ND104", lambda: {"epoch": E, "loss": calm + 0.01 * noise() * held, "lr": rate}) == 0


def healthy_step_decay() -> dict:
    """A fall of any speed, and a cut of the rate that brings up to an eighth of it more, and less noise."""
    n = int(RNG.choice([15, 20, 30, 40, 60, 100, 200]))
    i, t = np.arange(n), np.arange(1, n + 1) / n
    fall = np.exp(-t / np.exp(RNG.uniform(np.log(0.03), np.log(0.3))))
    left, cut = RNG.choice([0.05, 0.2, 0.5]), int(n * RNG.uniform(0.3, 0.75))
    level = left + (1 - left) * (fall - fall[-1]) / (fall[0] - fall[-1])
    brings = RNG.uniform(0.02, 0.12) * (1 - left) * np.where(i >= cut, 1 - np.exp((cut - i - 1) / 2), 0)
    noisy = RNG.choice([0.01, 0.03, 0.1]) * np.where(i < cut, 1, 0.6)
    loss = np.maximum(level - brings, 0.15 * left) * np.exp(noisy * noise(n))
    return {"step": i, "loss": loss, "lr": np.where(i < cut, 0.1, 0.01)}


def test_step_decay_of_healthy_runs_is_seldom_taken_for_steps_too_long() -> None:
    assert share("ND104", healthy_step_decay, 150) < 0.06


def test_a_cut_that_brings_most_of_what_is_ever_won_ends_steps_too_long() -> None:
    t = np.arange(12)
    rate = np.where(t < 7, 4.0, 0.2)
    loss = np.where(t < 7, 25.0, 5.0) + np.where(t % 2, 0.8, 0.0)
    assert said({"epoch": t, "loss": loss, "lr": rate}, "ND104") == ["ND104"]
    assert said({"epoch": t, "loss": np.where(t < 7, 25.0, 0.1), "lr": rate}, "ND104") == []  # another loss
    words = np.where(t < 7, 4.6, 4.1) + np.exp(-t / 0.7)  # a third of the fall, a ninth of the level
    assert said({"epoch": t, "loss": words, "lr": rate}, "ND104") == ["ND104"]
    learnt = np.where(t < 7, 3.4, 3.2) + 6 * np.exp(-t)
    assert said({"epoch": t, "loss": learnt, "lr": rate}, "ND104") == []  # all but little was won before
    steady = np.where(t < 7, 2.0 - 0.2 * t, 0.38)  # had it gone on falling, it would lie as low without the cut
    assert said({"epoch": t, "loss": steady, "lr": rate}, "ND104") == []
    falling = np.where(t < 7, 25.0 - 2 * t, 10.0)
    assert said({"epoch": t, "loss": falling, "lr": rate}, "ND104") == []


def test_a_burst_by_magnitudes_after_which_nothing_is_won() -> None:
    loss = 2.0 + 0.05 * RNG.normal(size=60)
    loss[3:7] = (50, 4000, 900, 30)
    assert said({"epoch": E, "loss": loss}, "ND104") == ["ND104"]
    assert said({"epoch": E, "loss": np.where(E < 10, loss, 0.2 + FALL)}, "ND104") == []  # it recovered
    one = 2.0 + 0.05 * RNG.normal(size=60)
    one[4] = 4000
    assert said({"epoch": E, "loss": one}, "ND104") == []  # a wild batch


def test_waves_that_train_and_validation_share_are_steps_too_long() -> None:
    few = E[:24]
    fall, wave = 0.9 + 0.7 * np.exp(-few / 4), 0.12 * np.sin(few / 1.5)

    def run(train: float, val: float, size: float) -> Callable[[], dict]:
        return lambda: {
            "epoch": few,
            "loss": fall + train * wave + size * noise(24),
            "val_loss": fall + val * wave + size * noise(24),
        }

    assert share("ND104", run(1, 1, 0.01)) > 0.9
    assert share("ND104", run(1, 0, 0.01)) == 0
    assert share("ND104", run(0, 1, 0.01)) == 0
    assert share("ND104", run(0, 0, 0.03)) == 0  # noise of their own
    assert share("ND104", run(0, 0, 0.06), 100) <= 0.01

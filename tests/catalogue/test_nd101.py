"""ND101 not-learning: what it must find, and what looks like it and is none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.catalogue.asking import said, share
from tests.catalogue.draws import FALL, RNG, E, noise


def test_noise_above_the_level_or_an_order_of_the_data_hides_whether_anything_is_learned() -> None:
    t = np.arange(600)
    wild, ordered = np.where(t % 9 == 0, 4.0, 0.3) * (1.6 - t / 600), 2.0 + 0.1 * np.sin(t / 15)
    assert share("ND101", lambda: {"step": t, "loss": wild * np.exp(0.2 * noise(600))}) == 0
    assert share("ND101", lambda: {"step": t, "loss": ordered + 0.02 * noise(600)}) == 0
    assert share("ND101", lambda: {"step": t, "loss": 2.0 + 0.02 * noise(600)}) > 0.6


def test_a_calm_loss_that_settles_at_a_guess_knows_nothing() -> None:
    """Labels that were shuffled let a loss fall to ln C and no further."""
    t = np.arange(200)

    def run(classes: float, noisy: float) -> Callable[[], dict]:
        level = np.log(classes) * (1 + 0.045 * np.exp(-t / 20))
        return lambda: {"step": t, "loss": level * (1 + noisy * noise(200))}

    assert share("ND101", run(6, 0.01)) > 0.7
    assert share("ND101", run(5.5, 0.01)) == 0  # no number of classes
    assert share("ND101", lambda: {**run(6, 0.01)(), "accuracy": 0.4 + 0.01 * noise(200)}) == 0


def test_noise_hides_no_fall_that_the_eye_would_see() -> None:
    """A level line in loud noise is told from one that falls by half; of a small fall nothing sure can be said."""
    t = np.arange(100)
    assert share("ND101", lambda: {"step": t, "loss": 1 + 0.2 * noise(100)}, 40) > 0.15
    assert share("ND101", lambda: {"step": t, "loss": 1 - 0.005 * t + 0.2 * noise(100)}, 40) == 0
    assert share("ND101", lambda: {"step": t, "loss": 0.5 + 0.5 * np.exp(-t / 10) + 0.2 * noise(100)}, 40) == 0


@pytest.mark.parametrize("points", [12, 20, 40])
def test_a_few_level_epochs_in_a_little_noise_are_not_learning_and_a_fall_of_a_twentieth_is(points: int) -> None:
    def epochs(fall: float) -> Callable[[], dict]:
        level = 2.3 * np.linspace(1.0, 1.0 - fall, points)
        return lambda: {"epoch": range(points), "loss": level * (1 + 0.01 * RNG.normal(size=points))}

    assert share("ND101", epochs(0.0)) > 0.5
    assert share("ND101", epochs(0.06)) == 0


def test_where_only_validation_is_logged_it_is_judged() -> None:
    assert said({"epoch": E, "val_loss": np.full(60, 0.693147)}, "ND101") == ["ND101"]
    assert said({"epoch": E, "val_loss": 0.693 - 0.0006 * E}, "ND105") == ["ND105"]
    assert said({"epoch": E, "val_loss": 0.3 + FALL}, "ND101", "ND105") == []


def test_equal_evaluations_tell_so_of_a_commonest_class_too_and_an_accuracy_that_never_rose_of_a_guess() -> None:
    still = {
        "epoch": E[:20],
        "loss": 6 + 0.1 * noise(20),
        "val_loss": np.full(20, 5.46),
        "val_accuracy": np.full(20, 0.64),
    }
    assert said(still, "ND101") == ["ND101"]
    assert said(still | {"val_loss": 5.46 + 0.01 * noise(20)}, "ND101") == []  # good, and maybe trained before
    t = np.arange(120.0)
    accuracy = np.clip(0.1 + 0.03 * noise(120), 0, 1)
    fell = 2.32 + 0.5 * np.exp(-t / 12) + 0.02 * noise(120)
    assert said({"step": t, "loss": fell, "accuracy": accuracy}, "ND101") == ["ND101"]
    assert said({"step": t, "loss": fell, "accuracy": accuracy + 0.003 * t}, "ND101") == []
    counts = 2.9 + 0.5 * np.exp(-t / 12) + 0.02 * noise(120)  # of letters: more is known than by a guess of 1 in 10
    assert said({"step": t, "loss": counts, "accuracy": accuracy}, "ND101") == []


def test_white_noise_is_no_learning_and_a_fall_a_wave_or_a_good_model_in_it_may_be() -> None:
    t = np.arange(70.0)

    def run(level: np.ndarray, **more: np.ndarray) -> Callable[[], dict]:
        return lambda: {"step": t, "loss": level * (1 + 0.03 * noise(70))} | more

    assert share("ND101", run(np.full(70, 1.9)), 60) > 0.35
    assert share("ND101", run(np.linspace(1.9, 1.65, 70)), 60) < 0.05
    assert share("ND101", run(1.7 + 0.2 * np.exp(-t / 15)), 60) < 0.1
    assert share("ND101", run(1.9 + 0.15 * np.sin(t / 5)), 60) < 0.05
    assert share("ND101", run(np.full(70, 1.9), accuracy=np.full(70, 0.8))) == 0
    assert share("ND101", lambda: {"step": t, "loss": 1.9 * np.exp(0.8 * noise(70))}) < 0.1  # too loud to tell


def test_evaluations_that_never_change_tell_of_weights_that_stand_still() -> None:
    def run(falls: float) -> Callable[[], dict]:
        line = 1.6 - falls * E / 60
        return lambda: {"epoch": E, "loss": line + 0.03 * noise(), "val_loss": np.full(60, 1.69534)}

    assert share("ND101", run(0.0)) > 0.8
    assert share("ND101", run(0.3)) == 0  # validation is stale: the train loss falls


def test_noise_that_rises_if_anything_hides_no_fall_but_bursts_are_not_judged() -> None:
    n = np.arange(150)
    bursts = np.where(n // 10 % 3 == 2, 0.6, 0.0)
    assert share("ND101", lambda: {"step": n, "loss": 1 + 0.1 * n / 150 + 0.08 * noise(150)}) > 0.5
    assert share("ND101", lambda: {"step": n, "loss": 1 + 0.1 * n / 150 + bursts + 0.08 * noise(150)}) == 0


def test_a_denoiser_that_learns_a_style_hardly_falls() -> None:
    n = np.arange(150)
    level = 0.12 + 0.002 * RNG.normal(size=150)
    assert said({"step": n, "loss": level}, "ND101") == ["ND101"]
    assert said({"step": n, "avr_loss": level}, "ND101") == []
    dead = {"step": n, "avr_loss": level, "val_loss": np.full(150, 0.11972)}  # no evaluation ever changed
    assert said(dead, "ND101") == ["ND101"]

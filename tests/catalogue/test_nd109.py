"""ND109 noisy-loss: what it must find, and what looks like it and is none."""

from __future__ import annotations

import numpy as np
import pytest

from tests.catalogue.asking import outcome, share
from tests.catalogue.draws import RNG, noise
from tests.catalogue.steps import steps_run


def batches(samples: int, level: np.ndarray) -> np.ndarray:
    """Mean squared errors of normal residuals, ``samples`` of them a batch."""
    return level * (RNG.normal(size=(level.size, samples)) ** 2).mean(axis=1)


@pytest.mark.parametrize("falls", [0.0, 0.3, 0.8])
def test_batches_of_two_are_noisy_whatever_the_loss_does(falls: float) -> None:
    level = 3.0 * (1 - falls * np.linspace(0, 1, 500))
    assert share("ND109", lambda: {"step": np.arange(500), "loss": batches(2, level)}) > 0.6


def test_noise_of_few_large_losses_is_noise_though_most_points_are_calm() -> None:
    def run() -> dict:
        wild = RNG.random(150) < 0.3
        return {"step": np.arange(150), "loss": 2.0 - 0.4 * np.linspace(0, 1, 150) + wild * RNG.exponential(0.5, 150)}

    assert share("ND109", run) > 0.5
    assert share("ND109", lambda: {"step": np.arange(150), "loss": 2 - 1.5 * np.linspace(0, 1, 150)}) == 0


def test_noise_that_drowns_the_level_may_end_higher_by_chance_and_noise_that_grows_counts_as_it_ends() -> None:
    assert share("ND109", lambda: {"step": np.arange(120), "loss": batches(1, np.full(120, 0.3))}, 60) > 0.8
    t = np.linspace(0, 1, 300)
    assert share("ND109", lambda: {"step": np.arange(300), "loss": 0.7 - 0.15 * t + 0.15 * t * noise(300)}) > 0.6
    assert share("ND109", lambda: {"step": np.arange(300), "loss": 0.7 - 0.3 * t + 0.08 * t * noise(300)}) == 0


def test_noise_without_a_trend_hides_what_is_learned_and_a_level_that_wanders_is_no_noise() -> None:
    t = np.arange(150)
    assert share("ND109", lambda: {"step": t, "loss": 1.6 + 0.2 * noise(150)}) > 0.8
    assert share("ND109", lambda: {"step": t, "loss": 1.6 + 0.05 * noise(150)}) == 0
    joined = np.where(t < 40, 1.0, 1.1 + 0.8 * np.exp(-(t - 40) / 25))  # harder data joins, and is learned
    assert share("ND109", lambda: {"step": t, "loss": joined * (1 + 0.12 * noise(150))}) < 0.1


def test_batches_of_sixty_four_are_not_nor_is_jitter_near_zero() -> None:
    t = np.arange(500)
    assert share("ND109", lambda: {"step": t, "loss": batches(64, 1.0 + 2 * np.exp(-t / 50))}) == 0
    assert share("ND109", lambda: {"step": t, "loss": batches(2, 0.02 + 2 * np.exp(-t / 30))}) == 0


def test_batches_of_one_are_noisy() -> None:
    assert outcome(steps_run(batch=1, epochs=4, lr=0.004, spread=0.5), "ND109").status == "fired"


def test_a_fall_within_the_first_point_is_no_noise() -> None:
    rng = np.random.default_rng(0)
    loss = 0.27 + 0.04 * rng.normal(size=400)
    assert outcome({"step": np.arange(400), "loss": [1.2, *loss[1:]]}, "ND109").status == "clear"


def test_noise_of_epochs_is_not_judged() -> None:
    run = steps_run(batch=1, epochs=4, lr=0.004, spread=0.5)
    by_epoch = {"epoch": list(range(400)), "loss": run["loss"][:400]}
    assert outcome(by_epoch, "ND109").status == "not_applicable"


@pytest.mark.parametrize(("loss", "rate"), [("step_loss", "lr"), ("avr_loss", "lr"), ("loss", "lr/unet")])
def test_a_denoiser_is_noisy_by_nature_and_is_known_by_its_trainers_names(loss: str, rate: str) -> None:
    def run(loss: str = "loss", rate: str = "lr") -> dict:
        return {"step": np.arange(150), loss: batches(1, np.full(150, 0.3)), rate: np.full(150, 1e-4)}

    assert share("ND109", run) > 0.8
    assert share("ND109", lambda: run(loss, rate)) == 0
    assert share("ND101", lambda: run(loss, rate)) == 0

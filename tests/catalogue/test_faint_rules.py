"""Faults that show little: bent lines, levels in noise, metrics that never move, losses thrown up at once."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor
from tests.catalogue.trainings import softmax_run

CODES = ("ND101", "ND104", "ND105", "ND106", "ND110", "ND204")


def fired(columns: dict, **options: object) -> set[str]:
    report = nn_doctor.diagnose(columns, select=CODES, **options)
    assert not [o for o in report.runs[0].outcomes if o.status == "error"]
    return {d.code for d in report.runs[0].diagnoses}


def losses(run: dict, *names: str) -> dict:
    return {name: run[name] for name in ("epoch", "loss", *names)}


def test_a_slow_fall_that_bends_a_little_is_a_low_rate_one_that_settles_is_not() -> None:
    t = np.linspace(0, 1, 40)
    assert "ND105" in fired({"epoch": range(40), "loss": 2.3 - 0.25 * (t - 0.2 * t**2)})
    assert "ND105" in fired({"epoch": range(40), "loss": 2.3 - 0.15 * (0.6 * t + 0.4 * t**2)})
    assert "ND105" not in fired({"epoch": range(40), "loss": 2.3 - 0.25 * (t - 0.48 * t**2)})
    assert "ND105" not in fired({"epoch": range(40), "loss": 2.05 + 0.25 * np.exp(-6 * t)})


def test_a_training_at_a_hundredth_of_its_rate() -> None:
    run = softmax_run(1e-5, 40)
    assert fired(losses(run, "val_loss")) & {"ND101", "ND105"}
    assert fired(losses(softmax_run(0.02, 40), "val_loss")) == set()


@pytest.mark.parametrize("seed", range(12))
def test_a_level_in_loud_noise_needs_no_slope_at_all(seed: int) -> None:
    noise = 0.3 * np.random.default_rng(seed).normal(size=400)
    falling = {"step": range(400), "loss": 2.0 - np.linspace(0, 0.2, 400) + noise}
    at_first = {"step": range(400), "loss": 1.6 + 0.9 * np.exp(-np.arange(400) / 4) + noise}
    assert "ND101" not in fired(falling)
    assert "ND101" not in fired(at_first)


def test_most_levels_in_loud_noise_are_seen() -> None:
    found = 0
    for seed in range(20):
        noise = 0.3 * np.random.default_rng(seed).normal(size=400)
        found += "ND101" in fired({"step": range(400), "loss": 1.5 + noise})
    assert found >= 8


def test_a_validation_that_falls_shows_that_something_is_learned() -> None:
    noise = 0.3 * np.random.default_rng(5).normal(size=400)
    columns = {"step": range(400), "loss": 1.5 + noise}
    assert "ND101" in fired(columns)
    val = [None] * 400
    for i in range(39, 400, 40):
        val[i] = 1.5 - i / 4000
    assert "ND101" not in fired(columns | {"val_loss": val})


def test_an_r2_that_never_left_zero() -> None:
    rng = np.random.default_rng(1)
    loss = 1.0 + 0.1 * rng.normal(size=60) + 0.3 * np.exp(-np.arange(60) / 3)
    assert "ND101" in fired({"step": range(60), "loss": loss, "r2": -0.05 + 0.01 * rng.normal(size=60)})
    assert "ND101" not in fired({"step": range(60), "loss": loss, "r2": np.linspace(-0.05, 0.4, 60)})
    off_scale = -2.6 + 0.01 * rng.normal(size=60)
    assert "ND101" not in fired({"step": range(60), "loss": loss, "r2": off_scale})


def test_thrown_up_and_back_to_guessing() -> None:
    rng = np.random.default_rng(2)
    loss = np.concatenate([[2e4, 300.0], 2.4 + 0.05 * rng.normal(size=28)])
    guess = 0.1 + 0.01 * rng.normal(size=30)
    assert "ND101" in fired({"epoch": range(30), "loss": loss, "accuracy": guess})
    learned = np.concatenate([guess[:5], np.linspace(0.1, 0.3, 25)])
    assert "ND101" not in fired({"epoch": range(30), "loss": loss, "accuracy": learned})


def test_a_rate_that_throws_the_loss_above_its_start_for_good() -> None:
    t = np.arange(60)
    lifted = 3.5 + 4.0 * np.exp(-t / 20) + 0.2 * np.random.default_rng(3).normal(size=60)
    lifted[0] = 2.6
    assert "ND104" in fired({"epoch": range(60), "loss": lifted})
    back = 0.4 + 7.0 * np.exp(-t / 8)
    back[0] = 2.6
    assert "ND104" not in fired({"epoch": range(60), "loss": back})


def test_epochs_that_lose_their_best_level_again_and_again() -> None:
    rng = np.random.default_rng(5)
    swing = 0.15 * np.sin(np.arange(40) / 1.7) + 0.05 * rng.normal(size=40)
    loss = 0.8 + 0.9 * np.exp(-np.arange(40) / 4) + swing
    assert "ND104" in fired({"epoch": range(1, 41), "loss": loss})
    assert "ND104" not in fired({"epoch": range(1, 41), "loss": loss - 0.9 * swing})
    calm = {"epoch": range(1, 41), "loss": loss, "val_loss": loss - swing}  # it is not the weights that bounce
    assert "ND104" not in fired(calm)


@pytest.mark.parametrize(("share", "wanted"), [(0.2, True), (0.05, False)])
def test_a_kink_after_a_plateau_is_a_slow_start(share: float, wanted: bool) -> None:
    t = np.linspace(0, 1, 120) - share
    fall = np.where(t < 0, 1.0, 0.3 + 0.4 * np.exp(-np.maximum(t, 0) * 40) + 0.3 * np.exp(-np.maximum(t, 0) * 2))
    noise = 0.02 * np.random.default_rng(7).normal(size=120)
    assert ("ND106" in fired({"step": range(0, 12_000, 100), "loss": fall + noise})) is wanted


def test_a_gentle_s_curve_is_no_slow_start() -> None:
    gentle = 0.2 + 2.1 / (1 + np.exp((np.linspace(0, 1, 60) - 0.45) * 8))
    assert "ND106" not in fired({"epoch": range(60), "loss": gentle})


def test_first_epoch_far_above_guessing_only_where_it_is_soon_left() -> None:
    run = softmax_run(0.3, 40, gain=6.0, noise=0.5)
    assert run["loss"][0] > 2 * np.log(3)
    assert "ND110" in fired(losses(run), classes=3)
    assert "ND110" not in fired(losses(run))
    assert "ND110" not in fired(losses(softmax_run(0.02, 40)), classes=3)
    high = np.concatenate([[9.0, 6.0], np.linspace(4.0, 1.5, 28)])
    assert "ND110" not in fired({"epoch": range(30), "loss": high}, classes=3)
    assert "ND110" not in fired({"epoch": range(20, 60), "loss": run["loss"]}, classes=3)

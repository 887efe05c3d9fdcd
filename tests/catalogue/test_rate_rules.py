"""ND101, ND104–ND107, ND109 and ND204: what they must find, and what looks like it and is none."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor

RNG = np.random.default_rng(11)
E = np.arange(60.0)
FALL = np.exp(-E / 4)
DRAWS = 20


def said(columns: dict, *codes: str) -> list[str]:
    report = nn_doctor.diagnose(columns, select=codes, min_confidence=0.0)
    return [d.code for d in report.runs[0].diagnoses]


def jumps(size: float) -> np.ndarray:
    return np.exp(size * RNG.normal(size=60))


def test_weights_that_jump_move_train_and_validation() -> None:
    level = 0.3 + 2 * FALL
    both = {"epoch": E, "loss": level * jumps(0.2), "val_loss": level * jumps(0.3)}
    assert said(both, "ND104") == ["ND104"]
    assert said({**both, "loss": level * jumps(0.01)}, "ND104") == []  # a small validation set
    assert said({**both, "val_loss": level * jumps(0.01)}, "ND104") == []  # few samples in an epoch
    near_zero = 1e-3 + 2 * FALL
    assert said({"epoch": E, "loss": near_zero * jumps(0.2), "val_loss": near_zero * jumps(0.3)}, "ND104") == []


def test_jumps_near_zero_that_cost_next_to_nothing_are_healthy() -> None:
    low = 0.12 + 3 * FALL
    draws = range(DRAWS)
    small = [said({"epoch": E, "loss": low * jumps(0.17), "val_loss": low * jumps(0.17)}, "ND104") for _ in draws]
    huge = [said({"epoch": E, "loss": low * jumps(0.5), "val_loss": low * jumps(0.5)}, "ND104") for _ in draws]
    assert small.count([]) == DRAWS
    assert huge.count(["ND104"]) > 0.9 * DRAWS


def test_a_small_drop_behind_a_short_plateau_is_step_decay() -> None:
    rate = np.where(E[:40] < 20, 0.1, 0.01)
    loss = np.where(E[:40] < 20, 0.54, 0.45) + 0.5 * np.exp(-E[:40]) + 0.02 * np.where(E[:40] % 2, 1, -1)
    assert said({"epoch": E[:40], "loss": loss, "lr": rate}, "ND104") == []


def test_noise_above_the_level_or_an_order_of_the_data_hides_whether_anything_is_learned() -> None:
    t = np.arange(600)
    wild = np.where(t % 9 == 0, 4.0, 0.3) * (1.6 - t / 600) * np.exp(0.2 * RNG.normal(size=600))
    assert said({"step": t, "loss": wild}, "ND101") == []
    ordered = 2.0 + 0.1 * np.sin(t / 15) + 0.02 * RNG.normal(size=600)
    assert said({"step": t, "loss": ordered}, "ND101") == []
    assert said({"step": t, "loss": 2.0 + 0.02 * RNG.normal(size=600)}, "ND101") == ["ND101"]


def test_a_line_that_wanders_is_not_made_of_small_steps() -> None:
    line = 2.0 - 0.1 * E / 60
    assert said({"epoch": E, "loss": line + 1e-4 * RNG.normal(size=60)}, "ND105") == ["ND105"]
    assert said({"epoch": E, "loss": line + 4e-3 * np.sin(E / 2)}, "ND105") == []


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_restless_plateau_that_a_cut_ends(scale: float) -> None:
    rate = np.where(E < 35, 0.1, 0.01)
    stuck = np.where(E < 35, 1.0 + 0.15 * RNG.normal(size=60), 0.5) + FALL
    assert said({"epoch": E, "loss": scale * stuck, "lr": rate}, "ND104") == ["ND104"]
    assert said({"epoch": E, "loss": scale * stuck}, "ND104") == []  # nothing says that the rate was cut


def test_step_decay_of_a_run_that_was_falling_is_healthy() -> None:
    rate = np.where(E < 35, 0.1, 0.01)
    falling = 1.5 - 0.5 * np.minimum(E, 35) / 35 - np.where(E < 35, 0, 0.3)
    noise = 0.04 * RNG.normal(size=60) * np.where(E < 35, 1, 0.2)
    assert said({"epoch": E, "loss": falling + FALL + noise, "lr": rate}, "ND104") == []


def test_a_burst_by_magnitudes_after_which_nothing_is_won() -> None:
    loss = 2.0 + 0.05 * RNG.normal(size=60)
    loss[3:7] = (50, 4000, 900, 30)
    assert said({"epoch": E, "loss": loss}, "ND104") == ["ND104"]
    assert said({"epoch": E, "loss": np.where(E < 10, loss, 0.2 + FALL)}, "ND104") == []  # it recovered
    one = 2.0 + 0.05 * RNG.normal(size=60)
    one[4] = 4000
    assert said({"epoch": E, "loss": one}, "ND104") == []  # a wild batch


def batches(samples: int, level: np.ndarray) -> np.ndarray:
    """Mean squared errors of normal residuals, ``samples`` of them a batch."""
    return level * (RNG.normal(size=(level.size, samples)) ** 2).mean(axis=1)


@pytest.mark.parametrize("falls", [0.0, 0.3, 0.8])
def test_batches_of_two_are_noisy_whatever_the_loss_does(falls: float) -> None:
    level = 3.0 * (1 - falls * np.linspace(0, 1, 500))
    assert said({"step": np.arange(500), "loss": batches(2, level)}, "ND109") == ["ND109"]


def test_batches_of_sixty_four_are_not_nor_is_jitter_near_zero() -> None:
    level = 1.0 + 2 * np.exp(-np.arange(500) / 50)
    assert said({"step": np.arange(500), "loss": batches(64, level)}, "ND109") == []
    converged = 0.02 + 2 * np.exp(-np.arange(500) / 30)
    assert said({"step": np.arange(500), "loss": batches(2, converged)}, "ND109") == []


def poor(**more: np.ndarray) -> dict:
    loss = 1.0 + FALL
    return {"epoch": E, "loss": loss, "val_loss": loss + 0.05, **more}


def test_a_metric_of_known_scale_says_that_a_level_is_poor() -> None:
    rise = 1 - FALL
    assert said(poor(val_r2=0.15 * rise), "ND204") == ["ND204"]
    assert said(poor(val_r2=0.5 * rise), "ND204") == []
    assert said(poor(val_iou=0.12 * rise, val_pixel_acc=0.9 * rise), "ND204") == ["ND204"]
    assert said(poor(val_dice=0.8 * rise), "ND204") == []
    assert said(poor(**{"val_iou": 80 * rise, "val_iou/pole": 1 * rise}), "ND204") == []  # per cent; a rare class
    assert said(poor(val_mae=1 + FALL, val_r2=0.1 * rise), "ND204") == ["ND204"]  # beside another metric
    assert said(poor(r2=0.9 * rise, val_r2=0.1 * rise), "ND204") == []  # it fits: this is overfitting


def test_an_accuracy_below_zero_is_an_r2() -> None:
    assert said(poor(accuracy=0.1 - 2 * FALL), "ND204") == ["ND204"]


def test_a_run_that_still_falls_or_metrics_that_swing_are_left_alone() -> None:
    falling = {"epoch": E, "loss": 2 - E / 60, "val_r2": 0.2 * E / 60}
    assert said(falling, "ND204") == []
    swinging = np.where(E % 3 == 0, 0.6, 0.1)
    assert said(poor(val_iou=swinging), "ND204") == []


def test_what_letter_frequencies_alone_bring_is_underfitting() -> None:
    loss = 3.2 + 0.5 * FALL
    assert said({"epoch": E, "loss": loss, "accuracy": 0.19 * (1 - FALL)}, "ND204") == ["ND204"]
    assert said({"epoch": E, "loss": loss - 1, "accuracy": 0.35 * (1 - FALL)}, "ND204") == []


def test_a_line_to_two_thirds_is_a_rate_too_low_and_a_decay_to_there_is_not() -> None:
    t = np.arange(60) / 60
    assert said({"epoch": E, "loss": 3 - 0.9 * t - 0.02 * t * (1 - t)}, "ND105") == ["ND105"]
    assert said({"epoch": E, "loss": 2 + np.exp(-2 * t)}, "ND105") == []
    assert said({"epoch": E, "loss": 3 - 1.5 * t}, "ND105") == []  # half is won: it was only stopped


def turning(where: float, time: float, noise: float, points: int = 120) -> dict:
    """Level at 1, then, from ``where`` on, an exponential fall by 0.8 in ``time`` of the run."""
    t = np.arange(points) / points
    fall = np.where(t < where, 0.0, 0.8 * (1 - np.exp(-np.maximum(t - where, 0) / time)))
    return {"step": np.arange(points), "loss": 1 - fall + noise * RNG.normal(size=points)}


def test_a_late_turn_shows_in_noise_and_in_a_run_cut_off() -> None:
    assert said(turning(0.45, 0.02, 0.15), "ND106") == ["ND106"]
    cut_off = {k: v[:85] for k, v in turning(0.45, 0.25, 0.005).items()}
    assert said(cut_off, "ND106") == ["ND106"]
    assert said(turning(0.0, 0.2, 0.15), "ND106") == []
    for _ in range(20):  # noise draws no turn
        assert said({"step": np.arange(120), "loss": 1 + 0.2 * RNG.normal(size=120)}, "ND106") == []


def test_a_last_half_that_falls_in_noise_is_still_improving() -> None:
    """As much noise as here hides the fall in some of the draws, and never makes one."""
    t, steps = np.arange(1, 121) / 120, np.arange(120)
    falling, flat = 1 / np.sqrt(0.1 + t), 1 + np.exp(-t * 12)
    found = [said({"step": steps, "loss": falling + 0.04 * RNG.normal(size=120)}, "ND107") for _ in range(DRAWS)]
    false = [said({"step": steps, "loss": flat + 0.04 * RNG.normal(size=120)}, "ND107") for _ in range(DRAWS)]
    assert found.count(["ND107"]) > DRAWS / 3
    assert false.count([]) == DRAWS


def test_noise_that_rises_if_anything_hides_no_fall_but_bursts_are_not_judged() -> None:
    n = np.arange(150)
    assert said({"step": n, "loss": 1 + 0.1 * n / 150 + 0.08 * RNG.normal(size=150)}, "ND101") == ["ND101"]
    bursts = np.where(n // 10 % 3 == 2, 0.6, 0.0)
    assert said({"step": n, "loss": 1 + 0.1 * n / 150 + bursts + 0.08 * RNG.normal(size=150)}, "ND101") == []

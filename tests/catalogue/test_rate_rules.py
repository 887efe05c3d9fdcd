"""ND101, ND104–ND107, ND109 and ND204: what they must find, and what looks like it and is none."""

from __future__ import annotations

from collections.abc import Callable

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


def share(code: str, make: Callable[[], dict], draws: int = DRAWS) -> float:
    """Of so many draws of a run, the share of which the code is said."""
    return sum(said(make(), code) == [code] for _ in range(draws)) / draws


def noise(points: int = 60) -> np.ndarray:
    return RNG.normal(size=points)


def jumps(size: float) -> np.ndarray:
    return np.exp(size * noise())


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


def test_a_line_that_wanders_is_not_made_of_small_steps() -> None:
    line = 2.0 - 0.1 * E / 60
    assert share("ND105", lambda: {"epoch": E, "loss": line + 1e-4 * noise()}) == 1
    assert said({"epoch": E, "loss": line + 4e-3 * np.sin(E / 2)}, "ND105") == []


def test_of_a_dozen_epochs_only_a_perfect_line_is_a_rate_too_low() -> None:
    t = np.arange(12)
    assert share("ND105", lambda: {"epoch": t, "loss": 2 - 0.02 * t / 12 + 1e-5 * noise(12)}) == 1
    assert share("ND105", lambda: {"epoch": t, "loss": 2 - 0.1 * t / 12 + 2e-2 * noise(12)}) == 0


def test_a_fall_that_takes_off_is_no_line() -> None:
    t = E[:8]
    assert said({"epoch": t, "loss": 0.7 - 0.0022 * t**2}, "ND105") == []
    assert said({"epoch": t, "loss": 0.7 - 0.015 * t}, "ND105") == ["ND105"]


def test_a_model_that_is_good_from_the_first_evaluation_on_is_fine_tuned() -> None:
    line = {"epoch": E[:8], "loss": 0.88 - 0.01 * E[:8]}
    assert said(line | {"val_accuracy": 0.3 + 0.01 * E[:8]}, "ND105") == ["ND105"]
    assert said(line | {"val_accuracy": 0.82 + 0.001 * E[:8]}, "ND105") == []
    assert said(line | {"val_accuracy": 82 + 0.1 * E[:8]}, "ND105") == []


def test_a_slope_that_is_used_up_is_a_fine_tuning() -> None:
    assert share("ND105", lambda: {"epoch": E, "loss": 2 - 0.2 * (1 - np.exp(-E / 20)) + 2e-3 * noise()}) == 0


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


def test_a_short_plateau_that_is_level_to_the_eye_is_a_slow_start() -> None:
    few = np.arange(30)
    loss = np.where(few < 3, 1.0, 0.1 + 0.5 * np.exp(-(few - 3.0)))
    assert said({"epoch": few, "loss": loss}, "ND106") == ["ND106"]
    assert said({"epoch": few, "loss": loss - 0.05 * np.minimum(few, 2)}, "ND106") == []


def test_a_high_loss_that_falls_like_a_stick_began_wrong() -> None:
    steps = np.arange(0, 600, 5)
    stick, slow = 0.3 + 15 * np.exp(-steps / 35), 0.3 + 15 * np.exp(-steps / 80)
    assert said({"step": steps, "loss": stick}, "ND110") == ["ND110"]
    assert said({"step": steps, "loss": slow}, "ND110") == []
    assert said({"step": steps, "loss": stick / 5}, "ND110") == []
    assert said({"epoch": np.arange(120), "loss": stick}, "ND110") == []


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


def test_a_last_half_that_falls_in_noise_is_still_improving() -> None:
    """As much noise as here hides the fall in some of the draws, and never makes one."""
    t, steps = np.arange(1, 121) / 120, np.arange(120)
    assert share("ND107", lambda: {"step": steps, "loss": 1 / np.sqrt(0.1 + t) + 0.04 * noise(120)}) > 1 / 3
    assert share("ND107", lambda: {"step": steps, "loss": 1 + np.exp(-t * 12) + 0.04 * noise(120)}) == 0


def test_noise_that_rises_if_anything_hides_no_fall_but_bursts_are_not_judged() -> None:
    n = np.arange(150)
    bursts = np.where(n // 10 % 3 == 2, 0.6, 0.0)
    assert share("ND101", lambda: {"step": n, "loss": 1 + 0.1 * n / 150 + 0.08 * noise(150)}) > 0.5
    assert share("ND101", lambda: {"step": n, "loss": 1 + 0.1 * n / 150 + bursts + 0.08 * noise(150)}) == 0

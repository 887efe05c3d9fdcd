"""What the rules see in noise, and what they leave alone there."""

from __future__ import annotations

import numpy as np

import nn_doctor

RNG = np.random.default_rng(3)
N = 300
T = np.arange(N, dtype=float)
NOISE = RNG.normal(size=N)


def said(**columns: np.ndarray) -> list[str]:
    report = nn_doctor.diagnose({"step": T * 10, **columns}, min_confidence=0.0)
    return [d.code for d in report.runs[0].diagnoses if d.severity != "note"]


def test_a_slow_line_in_noise_is_a_low_rate_and_a_decay_is_not() -> None:
    assert said(loss=2.0 - 0.16 * T / N + 0.05 * NOISE) == ["ND105"]
    assert said(loss=1.8 + 0.2 * np.exp(-T / 40) + 0.05 * NOISE) == []


def test_a_flat_line_in_noise_is_no_learning_unless_it_falls_a_little_at_first() -> None:
    assert said(loss=2.0 + 0.02 * NOISE) == ["ND101"]
    assert said(loss=2.0 + 0.1 * np.exp(-T / 15) + 0.02 * NOISE) == []


def test_evaluations_that_never_change_prove_that_the_weights_do_not() -> None:
    val = np.full(N, 2.345678)
    assert said(loss=2.0 + 0.03 * NOISE, val_loss=val) == ["ND101"]
    assert "ND101" not in said(loss=0.5 + 1.5 * np.exp(-T / 40) + 0.03 * NOISE, val_loss=val)


def falls_back(places: tuple[int, ...], height: float, slow: float) -> np.ndarray:
    """A decay to 0.2, with a leap of ``height`` at each place that is won back over ``slow`` points."""
    y = 0.2 + np.exp(-T / 40) + 0.01 * NOISE
    for place in places:
        y = y + np.where(place <= T, height * np.exp(-(T - place) / slow), 0.0)
    return y


def test_a_leap_that_takes_long_to_win_back_is_a_jump_a_quick_one_a_spike() -> None:
    assert said(loss=falls_back((150,), 0.8, 40)) == ["ND111"]
    assert "ND111" not in said(loss=falls_back((150,), 0.8, 2))


def test_several_leaps_look_like_warm_restarts() -> None:
    assert "ND111" not in said(loss=falls_back((100, 200), 0.8, 25))


def test_a_jump_may_be_small_where_it_throws_the_run_far_back() -> None:
    jump = np.where(T >= 160, 0.18, 0.0)
    assert said(loss=0.2 + np.exp(-T / 40) + jump + 0.01 * NOISE) == ["ND111"]
    early = np.where((T >= 30) & (T < 45), 0.18, 0.0)
    assert said(loss=0.2 + np.exp(-T / 40) + early + 0.01 * NOISE) == []


def leaps(every: float, shift: np.ndarray) -> np.ndarray:
    places = np.round(np.arange(1, N / every) * every + shift[: int(np.ceil(N / every)) - 1]).astype(int)
    y = 0.2 + np.exp(-T / 40) + 0.01 * NOISE
    y[places[places < N]] += 3.0
    return y


def test_leaps_at_one_place_of_the_epochs_are_the_order_of_the_data() -> None:
    epoch = np.floor(T / 20.3)  # the log tells epochs of about 203 steps
    even = leaps(20.3, np.zeros(20))
    assert said(loss=even, epoch=epoch) == ["ND301"]
    uneven = leaps(20.3, np.random.default_rng(0).uniform(-9, 9, 20))
    assert "ND301" not in said(loss=uneven, epoch=epoch)


def test_low_spikes_that_stand_apart_from_all_else_are_spikes_a_few_are_not() -> None:
    y = 1.0 + np.exp(-T / 60) + 0.03 * NOISE
    many = y + np.where(T % 40 == 39, 0.45, 0.0)
    assert said(loss=many) == ["ND108"]
    assert said(loss=y + np.where(T == 199, 0.45, 0.0)) == []


def test_a_jump_after_which_the_loss_climbs_on_is_divergence_and_one_kept_is_a_jump() -> None:
    y = 0.2 + np.exp(-T / 40) + 0.01 * NOISE
    assert said(loss=y + np.where(T >= 180, 0.7, 0.0)) == ["ND111"]
    assert said(loss=y + np.where(T >= 180, 0.5 + (T - 180) / 60, 0.0)) == ["ND102"]


def test_a_norm_explodes_where_it_grew_before_it_was_lost() -> None:
    loss = 0.2 + np.exp(-T / 40) + 0.01 * NOISE
    loss[200:] = np.nan
    usual = np.exp(0.2 * NOISE)
    grown = usual * np.exp(np.maximum(T - 180, 0) / 5)
    broken, grew = usual.copy(), grown.copy()
    broken[200:] = grew[200:] = np.nan
    assert said(loss=loss, grad_norm=broken) == ["ND103"]
    assert said(loss=loss, grad_norm=grew) == ["ND401", "ND103"]


def test_batches_of_one_are_noisy_though_most_of_them_lose_nothing() -> None:
    rng = np.random.default_rng(0)
    level = 1.0 + np.exp(-T / 100)
    assert said(loss=rng.exponential(level)) == ["ND109"]
    assert said(loss=level + 0.1 * NOISE) == []

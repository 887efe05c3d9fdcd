"""What comes back in a curve: periods found blind and near a known length, and what must not make one."""

from __future__ import annotations

import numpy as np
import pytest

from nn_doctor.analyzers.repeats import MIN_LAG, autocorrelation, repeats, steps_of
from nn_doctor.errors import InsufficientData

EPOCH = 25


def waves(epochs: int, noise: float, seed: int, shrink: float = 3.0) -> tuple[np.ndarray, np.ndarray]:
    """Batches of very different difficulty read in one order, by a loss that falls ``shrink`` e-folds."""
    rng = np.random.default_rng(seed)
    hard = np.tile(np.exp(0.4 * rng.normal(size=EPOCH)), epochs)
    t = np.arange(float(hard.size))
    return t, 2 * np.exp(-shrink * t / t.size) * hard * np.exp(noise * rng.normal(size=t.size))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shrink", [0.0, 3.0, 12.0])
def test_a_wave_is_found_however_far_the_loss_falls_meanwhile(seed: int, shrink: float) -> None:
    x, y = waves(12, 0.05, seed, shrink)
    found = repeats(x, y)
    assert found.points == EPOCH
    assert found.length == EPOCH
    assert found.strength > 0.9
    assert repeats(3 * x, y).length == pytest.approx(3 * EPOCH)


@pytest.mark.parametrize("noise", [0.2, 0.4, 0.8])
def test_strength_is_the_share_of_the_variance_of_the_steps(noise: float) -> None:
    x, y = waves(80, noise, 1, 0.0)
    assert repeats(x, y, near=EPOCH).strength == pytest.approx(0.16 / (0.16 + noise**2), abs=0.12)


@pytest.mark.parametrize("seed", range(40))
def test_noise_on_a_fall_is_no_period(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(60, 600))
    y = 0.2 + np.exp(-5 * np.arange(n) / n) + 0.05 * rng.standard_normal(n)
    found = repeats(np.arange(float(n)), y)
    assert found.strength < 0.75


@pytest.mark.parametrize("seed", range(5))
def test_spikes_at_even_distances_are_no_period(seed: int) -> None:
    x, y = waves(30, 0.1, seed, 1.0)
    y = np.exp(-x / 200) + 0.2 + 0.02 * np.random.default_rng(seed).standard_normal(x.size)
    y[::61] += 5.0
    assert repeats(x, y).strength < 0.5


@pytest.mark.parametrize("seed", range(5))
def test_a_slow_wave_in_noise_shows_in_medians(seed: int) -> None:
    x, noise = np.arange(4000.0), np.random.default_rng(seed).standard_normal(4000)
    y = 1 + 0.1 * np.sin(2 * np.pi * x / 190) + 0.03 * noise
    found = repeats(x, y)
    assert found.strength > 0.7
    assert found.points == pytest.approx(190, rel=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_half_a_point_too_much_is_told_from_the_double(seed: int) -> None:
    rng = np.random.default_rng(seed)
    hard = np.convolve(np.tile(np.exp(rng.normal(size=75)), 8), np.ones(12) / 12, "same")
    y = hard[::2]  # 37.5 points an epoch
    assert repeats(np.arange(float(y.size)), y).points == 37.5


def test_waves_of_a_few_points_draw_no_shape() -> None:
    y = np.tile([1.0, 2.0, 4.0, 1.5, 3.0], 40)
    assert MIN_LAG > 5
    assert repeats(np.arange(200.0), y).strength == 0.0
    assert repeats(np.arange(200.0), y, near=5.0).strength == 0.0


def test_steps_are_clipped_and_about_their_course() -> None:
    rng = np.random.default_rng(0)
    y = np.exp(-np.arange(400) / 100 + 0.1 * rng.standard_normal(400))
    y[200] = 1e6
    found = steps_of(y)
    assert np.abs(found).max() == 3.0
    assert abs(float(np.median(found))) < 0.1
    assert 0.8 < float(np.median(np.abs(found))) / 0.6745 < 1.2


def test_a_constant_has_no_period_and_few_points_raise() -> None:
    assert repeats(np.arange(100.0), np.ones(100)).strength == 0.0
    assert not autocorrelation(np.ones(50), 10).any()
    with pytest.raises(InsufficientData):
        repeats(np.arange(20.0), np.arange(20.0))


def test_points_at_one_place_have_no_period() -> None:
    with pytest.raises(InsufficientData):
        repeats(np.zeros(60), np.sin(np.arange(60.0)), near=5.0)

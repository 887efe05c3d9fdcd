from __future__ import annotations

import numpy as np
import pytest

from nn_doctor.analyzers.change_points import change_points
from nn_doctor.analyzers.noise import noise
from nn_doctor.analyzers.periodicity import folded
from nn_doctor.analyzers.repeats import autocorrelation, repeats
from nn_doctor.analyzers.spikes import residuals, spikes
from nn_doctor.errors import InsufficientData

EDGES = [np.zeros(50), np.full(50, 1e308), np.tile([1e308, -1e308], 30), np.full(50, 1e-320), -np.arange(50.0),
         np.r_[np.ones(30), 1e308, np.ones(30)], np.r_[np.ones(50), np.zeros(50)]]  # fmt: skip


def decline(n, sigma, seed=0):
    x = np.arange(float(n))
    return x, 2 * np.exp(-5 * x / n) + 0.3 + sigma * np.random.default_rng(seed).standard_normal(n)


@pytest.mark.parametrize("n", [500, 5000, 100_000])
def test_noise_is_that_of_the_points_whatever_the_length(n):
    assert noise(*decline(n, 0.05)).step == pytest.approx(0.05, rel=0.15)


def test_residuals_are_those_of_a_running_median_taken_point_by_point():
    _, y = decline(200, 0.05)
    slow = [y[i] - np.median(y[i - 4 : i + 5]) for i in range(4, 196)]
    np.testing.assert_allclose(residuals(y, 9)[4:196], slow)


@pytest.mark.parametrize("n", [50, 200, 5000, 50_000])
def test_a_spike_is_found_where_it_was_put_and_a_drop_is_none(n):
    x, y = decline(n, 0.02)
    y[n * 2 // 3] += 1.5
    y[n // 2] -= 0.5
    assert spikes(x, y, z_min=8.0).index.tolist() == [n * 2 // 3]


@pytest.mark.parametrize("n", [50, 500, 20_000])
def test_a_level_shift_is_found_with_its_size(n):
    x, y = decline(n, 0.02)
    y[n * 2 // 3 :] += 0.5
    found = change_points(x, y)
    best = int(np.argmax(found.z))
    assert found.fraction[best] == pytest.approx(2 / 3, abs=0.03)
    assert found.shift[best] == pytest.approx(0.5, abs=0.08)


def test_autocorrelation_equals_the_sum_written_out():
    y = np.random.default_rng(1).standard_normal(100)
    centred = y - y.mean()
    slow = [np.mean(centred[: 100 - lag] * centred[lag:]) / np.mean(centred**2) for lag in range(20)]
    np.testing.assert_allclose(autocorrelation(y, 19), slow, atol=1e-12)


def test_order_of_the_data_shows_in_the_shape_and_a_saw_tooth_does_not():
    x = np.arange(2000.0)
    jitter = 0.02 * np.random.default_rng(2).standard_normal(2000)
    wave = 1 + 0.1 * np.sin(2 * np.pi * x / 50) + jitter
    saw = 1 - 0.3 * (x % 100) / 100 + jitter
    assert folded(x, wave, 100.0).shape_consistency > 0.8
    assert folded(x, saw, 100.0).consistency > 0.8
    assert folded(x, saw, 100.0).shape_consistency < 0.5
    assert repeats(x, wave).points == pytest.approx(50, abs=1)


@pytest.mark.parametrize("y", EDGES)
def test_extreme_curves_raise_no_warning(y):
    x = np.arange(float(y.size))
    noise(x, y), spikes(x, y), change_points(x, y), repeats(x, y), folded(x, y, 10.0)


@pytest.mark.parametrize("analyzer", [noise, spikes, change_points, repeats])
def test_two_points_are_too_few(analyzer):
    with pytest.raises(InsufficientData):
        analyzer(np.arange(2.0), np.arange(2.0))

"""Stairs of known and unknown length, against an obvious loop."""

from __future__ import annotations

import statistics

import numpy as np
import pytest

from nn_doctor.analyzers.stairs import stairs
from nn_doctor.errors import InsufficientData

RNG = np.random.default_rng(11)


def staircase(n, length, noise=0.05, ratio=0.85, stride=1):
    x = np.arange(0.0, n * stride, stride)
    return x, 3.0 * ratio ** (x // length) + noise * RNG.standard_normal(n)


@pytest.mark.parametrize(("n", "length", "stride"), [(400, 50, 1), (350, 130, 2), (200, 475, 10), (900, 60, 1)])
def test_the_length_of_made_up_stairs_is_found(n, length, stride):
    draws = [stairs(*staircase(n, length, stride=stride)) for _ in range(11)]
    for found in draws:
        assert found.length == pytest.approx(length, abs=2 * stride)
    assert np.median([found.down for found in draws]) == 1.0
    assert np.median([found.z for found in draws]) > 10
    assert np.median([found.share for found in draws]) == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize("length", [50, 63])
def test_the_numbers_are_those_of_a_loop(length):
    x, y = staircase(400, length, ratio=0.9)
    found, w = stairs(x, y, length), length // 5
    drops = []
    for i in range(length, 400 - 2 * w + 1, length):
        a, b, c, d = (y[i + j * w : i + (j + 1) * w].mean() for j in (-2, -1, 0, 1))
        drops.append(b - c - ((a - b) + (c - d)) / 2)
    assert found.drops == pytest.approx(drops)
    assert found.down == np.mean([d > 0 for d in drops])
    assert found.steady == pytest.approx(statistics.mean(drops) / statistics.stdev(drops) * len(drops) ** 0.5)
    last = length * len(drops)
    fall = y[length - 2 * w : length].mean() - y[last : last + 2 * w].mean()
    assert found.fall == pytest.approx(fall)
    assert found.share == pytest.approx(sum(drops) / fall)


def test_a_straight_line_and_a_parabola_have_no_drops():
    x = np.arange(500.0)
    for y in (3.0 - x / 500, (1.0 - x / 500) ** 2):
        assert np.abs(stairs(x, y, 50.0).drops).max() < 1e-12


def test_noise_on_a_smooth_fall_seldom_looks_like_stairs():
    def highest(seed):
        rng = np.random.default_rng(seed)
        t = np.arange(300.0)
        return stairs(t, 2 * np.exp(-t / 60) + 0.1 * rng.standard_normal(300), down=0.8, steady=2.0).z

    assert max(highest(seed) for seed in range(60)) < 5.0


def test_the_scale_of_a_curve_does_not_matter():
    x, y = staircase(400, 50)
    small, huge = stairs(x, y * 1e-200), stairs(x, y * 1e300)
    assert small.length == huge.length
    assert huge.z == pytest.approx(small.z, rel=1e-6)
    assert huge.drops == pytest.approx(small.drops * 1e200 * 1e300, rel=1e-6)


def test_too_few_points_or_borders():
    with pytest.raises(InsufficientData):
        stairs(np.arange(40.0), np.arange(40.0))
    with pytest.raises(InsufficientData):
        stairs(np.arange(100.0), np.ones(100), 60.0)

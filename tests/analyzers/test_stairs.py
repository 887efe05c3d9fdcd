"""Stairs of known and unknown length, against an obvious loop."""

from __future__ import annotations

import statistics
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import linregress, norm
from scipy.stats import t as t_distribution

from nn_doctor.analyzers.stairs import _normal, stairs
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


@pytest.mark.parametrize("length", [50.0, 63.2])
def test_the_numbers_are_those_of_a_loop(length):
    x, y = staircase(400, length, ratio=0.9)
    found = stairs(x, y, length)
    lines, errors, freedom = [], [], 0
    for i in range(int(400 // length)):
        inside = [k for k in range(400) if (i == 0 or x[k] >= i * length + 0.5) and x[k] < (i + 1) * length - 0.5]
        line = linregress(x[inside], y[inside])
        edges = [line.intercept + line.slope * length * (i + k) for k in (0, 1)]
        lines.append((*edges, y[inside].mean() + line.slope * (length * (i + 0.5) - x[inside].mean())))
        errors.append((line.stderr * length) ** 2)
        freedom += len(inside) - 2
    drops = [before[1] - after[0] for before, after in pairwise(lines)]
    assert found.drops == pytest.approx(drops)
    assert found.down == np.mean([d > 0 for d in drops])
    assert found.steady == pytest.approx(statistics.mean(drops) / statistics.stdev(drops) * len(drops) ** 0.5)
    assert found.fall == pytest.approx(lines[0][2] - lines[-1][2])
    assert found.share == pytest.approx(sum(drops) / found.fall)
    assert found.up == 0.0
    t = sum(drops) / np.sqrt(sum(errors[1:-1]) + (errors[0] + errors[-1]) / 3)  # level² is a third of (slope / 2)²
    assert found.z == pytest.approx(norm.isf(t_distribution.sf(t, freedom)), rel=0.02)


@pytest.mark.parametrize("freedom", [6, 20, 150])
@pytest.mark.parametrize("t", [-4.0, 0.5, 3.0, 6.0])
def test_students_t_becomes_the_normal_deviate_as_improbable(t, freedom):
    exact = norm.isf(t_distribution.sf(t, freedom))
    assert float(_normal(np.array([t]), np.array([float(freedom)]))[0]) == pytest.approx(exact, rel=0.01)


def test_an_exponential_decay_has_no_drops():
    x = np.arange(500.0)
    assert stairs(x, np.exp(-x / 80), 50.0).drops.max() < 0


def test_stairs_that_go_up_are_said_to():
    x, y = staircase(400, 50)
    assert stairs(x, 4.0 - y).up > 10
    assert stairs(x, y).up < 5


def test_a_straight_line_and_a_parabola_have_no_drops():
    x = np.arange(500.0)
    for y in (3.0 - x / 500, (1.0 - x / 500) ** 2):
        assert np.abs(stairs(x, y, 50.0).drops).max() < 1e-3 * np.ptp(y)


def test_noise_on_a_smooth_fall_seldom_looks_like_stairs():
    def highest(seed):
        rng = np.random.default_rng(seed)
        t = np.arange(300.0)
        return stairs(t, 2 * np.exp(-t / 60) + 0.1 * rng.standard_normal(300), down=0.8, steady=2.0).z

    assert max(highest(seed) for seed in range(60)) < 4.5


def test_the_scale_of_a_curve_does_not_matter():
    x, y = staircase(400, 50)
    small, huge = stairs(x, y * 1e-200), stairs(x, y * 1e300)
    assert small.length == huge.length
    assert huge.z == pytest.approx(small.z, rel=1e-6)
    assert huge.drops == pytest.approx(small.drops * 1e200 * 1e300, rel=1e-6)


def test_too_few_points_or_borders():
    with pytest.raises(InsufficientData):
        stairs(np.arange(39.0), np.arange(39.0))
    with pytest.raises(InsufficientData):
        stairs(np.arange(100.0), np.ones(100), 60.0)

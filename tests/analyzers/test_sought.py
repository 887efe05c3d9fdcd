"""A refrain of unknown period: found in sorted data logged roughly, not in noise; how steeply waves rise."""

from __future__ import annotations

import numpy as np
import pytest

from nn_doctor.analyzers.refrain import steepness
from nn_doctor.analyzers.sought import sought
from nn_doctor.errors import InsufficientData

LUCK = 5.5


def waves(seed: int, n: int, epoch: float, noise: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    """A loss that creeps up through each epoch, three steps a point, and falls as a whole."""
    rng = np.random.default_rng(seed)
    x = 3.0 * np.arange(1, n + 1)
    shape = np.exp(1.5 * (x % epoch) / epoch + 0.8 * np.sin(2 * np.pi * x / epoch))
    return x, shape * np.exp(-x / 600 + noise * rng.normal(size=n))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("n", "epoch"), [(130, 38.0), (166, 50.0), (400, 78.0), (3000, 400.0)])
def test_the_period_of_waves_is_found_and_not_a_multiple(seed: int, n: int, epoch: float) -> None:
    found = sought(*waves(seed, n, epoch), z=LUCK)
    assert found.length == pytest.approx(epoch, rel=0.01)
    assert found.found.shared > 0.6
    assert found.found.z > LUCK


@pytest.mark.parametrize("kind", ["white", "heavy", "slow"])
def test_the_best_of_all_periods_of_a_noisy_fall_seldom_stands_out(kind: str) -> None:
    high = 0
    for seed in range(120):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(60, 400))
        noise = rng.standard_t(2, n) if kind == "heavy" else rng.normal(size=n)
        if kind == "slow":
            noise = 2 * np.convolve(noise, np.ones(7) / 7, mode="same")
        y = np.exp(-3 * np.arange(n) / n + 0.3 * np.clip(noise, -20, 20))
        found = sought(np.arange(float(n)), y, z=LUCK).found
        high += found.z >= LUCK and found.shared >= 0.5
    assert high == 0


def test_the_scale_changes_nothing() -> None:
    x, y = waves(0, 166, 50.0)
    plain, scaled = sought(x, y, z=LUCK), sought(x, 1e250 * y, z=LUCK)
    assert scaled.length == plain.length
    assert scaled.found.z == pytest.approx(plain.found.z)


def test_a_constant_curve_and_one_of_few_points() -> None:
    assert sought(np.arange(100.0), np.ones(100), z=LUCK).found.z == 0.0
    with pytest.raises(InsufficientData, match="points"):
        sought(np.arange(47.0), np.ones(47), z=LUCK)


def test_waves_that_rise_at_once_are_told_from_those_that_creep() -> None:
    x = np.arange(200.0)
    assert steepness(x, 1 + (x % 20), 20.0) < 0.3
    assert steepness(x, 1 + 9.0 * (x % 20 == 7), 20.0) == 1.0
    assert steepness(x, 1 + 9.0 * np.exp(-(x % 20) / 5), 20.0) > 0.9
    with pytest.raises(InsufficientData):
        steepness(x, x, 500.0)

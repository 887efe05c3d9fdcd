"""What two waves of a curve share: sorted data logged roughly, against chance, falls, spikes and slow noise."""

from __future__ import annotations

import numpy as np
import pytest

from nn_doctor.analyzers.refrain import refrain
from nn_doctor.errors import InsufficientData

EPOCH = 50.0


def test_waves_of_sorted_data_are_alike_though_few_points_draw_them() -> None:
    rng = np.random.default_rng(0)
    x = np.arange(3.0, 500, 3)
    hard = np.exp(rng.normal(size=int(EPOCH)))
    y = 10 * np.exp(-x / 200) * hard[(x % EPOCH).astype(int)] * np.exp(0.2 * rng.normal(size=x.size))
    found = refrain(x, y, EPOCH)
    assert found.shared > 0.5
    assert found.z > 4
    assert found.swing > 1
    assert found.waves.shape[0] == 9  # of ten epochs, the first left out


def test_the_agreement_is_that_of_all_pairs_and_of_all_turns() -> None:
    rng = np.random.default_rng(1)
    x = np.arange(0.0, 300)
    y = rng.normal(size=x.size)
    found = refrain(x, y, EPOCH)
    rows = found.waves / np.linalg.norm(found.waves, axis=1, keepdims=True)
    pairs = [(i, j) for i in range(len(rows)) for j in range(i)]
    dots = np.array([rows[i] @ rows[j] for i, j in pairs])
    turned = [[rows[i] @ np.roll(rows[j], k) for k in range(rows.shape[1])] for i, j in pairs]
    assert found.shared == pytest.approx(dots.mean())
    assert found.z == pytest.approx(dots.sum() / np.sqrt(np.mean(np.square(turned), axis=1).sum()))


@pytest.mark.parametrize("kind", ["white", "heavy", "slow"])
def test_chance_seldom_reaches_four_deviations(kind: str) -> None:
    high = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        n, epochs = int(rng.integers(60, 400)), int(rng.integers(5, 15))
        noise = rng.standard_t(2, n) if kind == "heavy" else rng.normal(size=n)
        if kind == "slow":
            noise = np.convolve(noise, np.ones(7) / 7, mode="same")
        y = np.exp(-3 * np.arange(n) / n + 0.3 * np.clip(noise, -20, 20))
        found = refrain(np.arange(float(n)), y, n / epochs)
        high += found.z >= 4 and found.shared >= 0.4
    assert high <= 1


@pytest.mark.parametrize("folds", [1.0, 5.0, 12.0])
def test_a_steady_fall_has_no_waves(folds: float) -> None:
    x = np.arange(0.0, 500)
    found = refrain(x, np.exp(-folds * x / x.size), EPOCH)
    assert found.swing < 0.01


def test_scale_sign_and_units_change_nothing() -> None:
    rng = np.random.default_rng(3)
    x = np.arange(0.0, 400)
    y = np.exp(np.sin(2 * np.pi * x / EPOCH) + 0.1 * rng.normal(size=x.size))
    plain, scaled = refrain(x, y, EPOCH), refrain(7 * x, 1e-9 * y, 7 * EPOCH)
    assert scaled.z == pytest.approx(plain.z)
    assert scaled.swing == pytest.approx(plain.swing)
    assert refrain(x, y - 50, EPOCH).shared > 0.8


def test_a_constant_curve_has_neither_waves_nor_agreement() -> None:
    found = refrain(np.arange(300.0), np.ones(300), EPOCH)
    assert (found.shared, found.z, found.swing) == (0.0, 0.0, 0.0)


def test_too_few_epochs_or_points_of_them() -> None:
    x = np.arange(0.0, 200)
    with pytest.raises(InsufficientData, match="whole periods"):
        refrain(x, x + 1, EPOCH)
    with pytest.raises(InsufficientData, match="points an epoch"):
        refrain(x, x + 1, 3.0)
    with pytest.raises(InsufficientData, match="20 points"):
        refrain(x[:0], x[:0], EPOCH)

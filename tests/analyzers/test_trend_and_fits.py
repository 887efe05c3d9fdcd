"""Trend against scipy's Kendall and Theil–Sen, fits against scipy's curve_fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from nn_doctor.analyzers.fits import OFFSET, fits
from nn_doctor.analyzers.trend import trend
from nn_doctor.errors import InsufficientData


@given(st.lists(st.integers(-20, 20), min_size=8, max_size=60))
def test_trend_is_scipys(values: list[int]) -> None:
    y = np.array(values, dtype=float)
    x = np.arange(y.size) * 0.5
    found = trend(x, y)
    assert found.slope == pytest.approx(stats.theilslopes(y, x).slope, abs=1e-12)
    pairs = y.size * (y.size - 1) / 2
    concordant = sum(np.sign(y[j] - y[i]) for i in range(y.size) for j in range(i + 1, y.size))
    assert found.tau == pytest.approx(concordant / pairs)
    if concordant:
        # scipy makes no correction for continuity: undo its z, take one off the score, redo
        z = stats.norm.isf(stats.kendalltau(x, y, method="asymptotic").pvalue / 2)
        corrected = 2 * stats.norm.sf(z * (abs(concordant) - 1) / abs(concordant))
        assert found.p == pytest.approx(corrected, rel=1e-6, abs=1e-12)


def test_trend_of_noise_and_of_a_fall() -> None:
    rng = np.random.default_rng(0)
    ps = [trend(np.arange(100.0), rng.normal(size=100)).p for _ in range(200)]
    assert 0.01 < np.mean(np.array(ps) < 0.05) < 0.1
    falling = trend(np.arange(100.0), -0.02 * np.arange(100.0) + rng.normal(size=100))
    assert falling.p < 1e-4
    assert falling.change == pytest.approx(-2, abs=0.8)


def test_trend_of_the_last_part_and_with_spikes() -> None:
    y = np.concatenate([np.linspace(5, 1, 50), np.full(50, 1.0)])
    y[80] = 100
    assert trend(np.arange(100.0), y, last=0.4).slope == 0
    with pytest.raises(InsufficientData):
        trend(np.arange(3.0), np.arange(3.0))


def test_fits_tell_the_shapes_apart() -> None:
    t = np.linspace(0, 1, 120)
    rng = np.random.default_rng(1)
    noise = 0.005 * rng.normal(size=120)
    assert fits(t, 2 - t + noise).best.shape == "line" or fits(t, 2 - t + noise).against_line < 1.02
    exponential = fits(t, 0.4 + 2 * np.exp(-6 * t) + noise)
    assert exponential.best.shape == "exponential"
    assert exponential.best.floor == pytest.approx(0.4, abs=0.03)
    assert exponential.against_line > 10
    assert fits(t, 0.1 + 0.3 * (t + OFFSET) ** -0.5 + noise).best.shape == "power"


@pytest.mark.parametrize("rate", [2.0, 5.0, 12.0])
def test_exponential_is_scipys(rate: float) -> None:
    t = np.linspace(0, 1, 80)
    y = 1.0 + 3 * np.exp(-rate * t) + 0.02 * np.random.default_rng(2).normal(size=80)
    found = fits(t, y).exponential
    (floor, size, theirs), _ = optimize.curve_fit(lambda t, c, a, r: c + a * np.exp(-r * t), t, y, p0=(1, 3, rate))
    residual = np.sqrt(np.mean((floor + size * np.exp(-theirs * t) - y) ** 2))
    assert found.residual == pytest.approx(residual, rel=0.02)
    assert found.rate == pytest.approx(theirs, rel=0.1)


@pytest.mark.parametrize("y", [np.full(20, 2.0), np.zeros(20), np.full(20, 1e308), -np.arange(20) * 5e306])
def test_odd_curves_fit_without_a_warning(y: np.ndarray) -> None:
    found = fits(np.arange(20.0), y)
    assert np.isfinite(found.line.residual)
    assert trend(np.arange(20.0), y).p <= 1

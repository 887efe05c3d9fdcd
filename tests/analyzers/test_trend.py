"""Trend against scipy's Kendall and Theil–Sen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

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


@pytest.mark.parametrize("y", [np.full(20, 2.0), np.zeros(20), np.full(20, 1e308), -np.arange(20) * 5e306])
def test_odd_curves_have_a_trend_without_a_warning(y: np.ndarray) -> None:
    assert trend(np.arange(20.0), y).p <= 1

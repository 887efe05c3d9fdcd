"""The line through a curve, against plain least squares and what a line is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.analyzers.line import PARTS, line
from nn_doctor.errors import InsufficientData


def slow_twin(y: np.ndarray) -> tuple[float, float]:
    """Slope as a share of the first fitted level, and slope at the end over mean slope, by numpy's least squares."""
    edges = np.linspace(0, y.size, min(PARTS, y.size) + 1).astype(int)
    level = [float(np.median(y[a:b])) for a, b in zip(edges, edges[1:], strict=False)]
    t = (np.arange(len(level)) + 0.5) / len(level) - 0.5
    columns = np.column_stack([np.ones_like(t), t, t**2 - np.mean(t**2)])
    mean, slope, curve = np.linalg.lstsq(columns, np.array(level), rcond=None)[0]
    return -slope / abs(mean + slope * t[0]), (slope + curve) / slope


@given(st.integers(10, 200), st.integers(0, 10_000), st.floats(0.05, 2.0))
def test_against_least_squares(n: int, seed: int, noise: float) -> None:
    rng = np.random.default_rng(seed)
    y = 5.0 - np.linspace(0, 1, n) ** 1.5 + noise * rng.normal(size=n)
    fall, end = slow_twin(y)
    found = line(np.arange(n, dtype=float), y)
    assert found.fall == pytest.approx(fall, rel=1e-6, abs=1e-9)
    assert found.end == pytest.approx(end, rel=1e-5, abs=1e-6)


def test_a_line_an_exponential_and_noise() -> None:
    rng = np.random.default_rng(0)
    x = np.arange(400, dtype=float)
    noise = 0.02 * rng.normal(size=400)
    straight = line(x, 2.0 - x / 4000 + noise)
    assert straight.fall == pytest.approx(0.05, rel=0.1)
    assert straight.z > 10
    assert abs(straight.bend) < 3
    assert straight.end == pytest.approx(1.0, abs=0.5)
    bent = line(x, 1.0 + np.exp(-x / 80) + noise)
    assert bent.bend > 5
    assert bent.end < 0.2
    flat = line(x, 2.0 + noise)
    assert abs(flat.z) < 3


def test_the_error_is_honest_for_correlated_noise() -> None:
    """Of many trendless curves with slowly wandering noise, few seem to have a slope of three standard errors."""
    rng = np.random.default_rng(1)
    false = 0
    for _ in range(200):
        walk = rng.normal(size=300)
        for i in range(1, 300):
            walk[i] += 0.9 * walk[i - 1]
        false += abs(line(np.arange(300.0), 50 + walk).z) > 3
    assert false < 200 * 0.05


def test_scale_does_not_matter_and_a_constant_is_flat() -> None:
    y = 3 - np.linspace(0, 1, 50) + 0.1 * np.sin(np.arange(50))
    assert line(np.arange(50.0), y * 2.0**-40) == line(np.arange(50.0), y)
    assert line(np.arange(50.0), np.full(50, 7.0)).fall == 0.0
    with pytest.raises(InsufficientData):
        line(np.arange(5.0), y[:5])


def test_places_on_and_off_an_even_grid() -> None:
    from nn_doctor.analyzers.periodicity import off_the_grid

    grid = 7.0 + 63.0 * np.array([0, 1, 2, 4, 5, 9, 12])
    assert off_the_grid(grid, 64.0) == pytest.approx(0.0, abs=1e-9)  # the spacing is fitted
    moved = grid + np.array([0, 0, 6.3, 0, 0, 0, 0])
    assert 0.05 < off_the_grid(moved, 64.0) < 0.1
    assert off_the_grid(grid, 40.0) == 1.0

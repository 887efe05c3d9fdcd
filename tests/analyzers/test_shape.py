"""Shape, buckets, smoothing and schedule against slow twins and cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.analyzers.buckets import reduce
from nn_doctor.analyzers.schedule import schedule
from nn_doctor.analyzers.shape import shape
from nn_doctor.analyzers.smoothing import smooth
from nn_doctor.errors import InsufficientData

finite = st.floats(-1e6, 1e6, allow_nan=False)


def slow_smooth(y: list[float], window: int) -> list[float]:
    half = min(max(window, 1), len(y)) // 2

    def centre(values: list[float], of) -> list[float]:
        result = []
        for i in range(len(values)):
            reach = min(half, i, len(values) - 1 - i)
            result.append(float(of(values[i - reach : i + reach + 1])))
        return result

    return centre(centre(y, np.median), np.mean) if half else list(y)


@given(st.lists(finite, min_size=1, max_size=40), st.integers(1, 15))
def test_smooth_is_its_slow_twin(y: list[float], window: int) -> None:
    np.testing.assert_allclose(smooth(np.array(y), window), slow_smooth(y, window), rtol=1e-9, atol=1e-6)


def test_smooth_keeps_a_line_to_its_ends_and_removes_a_spike() -> None:
    line = np.linspace(3, -2, 50)
    np.testing.assert_allclose(smooth(line, 9), line, atol=1e-12)
    spiked = line.copy()
    spiked[25] += 1000
    assert abs(smooth(spiked, 9) - line).max() < 0.6


@given(st.lists(finite, min_size=1, max_size=300), st.integers(1, 50))
def test_buckets_are_their_slow_twin(y: list[float], buckets: int) -> None:
    values = np.array(y)
    found = reduce(np.arange(len(y), dtype=float), values, buckets)
    size = -(-len(y) // buckets)
    first = len(y) % size
    parts = [y[i : i + size] for i in range(first, len(y), size)]
    assert found.size == size
    assert found.low.tolist() == [min(p) for p in parts]
    assert found.high.tolist() == [max(p) for p in parts]
    # halves of the smallest numbers there are round to zero
    np.testing.assert_allclose(found.median, [np.median(p) for p in parts], atol=1e-320)
    np.testing.assert_allclose(found.mean, [np.mean(p) for p in parts], atol=1e-9)


def decay(n: int = 200, noise: float = 0.0, seed: int = 0) -> np.ndarray:
    return 0.5 + 2 * np.exp(-np.arange(n) / (n / 8)) + noise * np.random.default_rng(seed).normal(size=n)


def test_line_wins_half_in_the_first_half_and_a_quarter_in_the_last_quarter() -> None:
    found = shape(np.arange(100.0), np.linspace(2, 1, 100))
    assert found.half_share == pytest.approx(0.5, abs=0.06)
    assert found.tail_fall == pytest.approx(0.25, abs=0.02)
    assert found.relative_fall == pytest.approx(0.5, abs=0.03)


def test_decay_has_its_fall_behind_it() -> None:
    found = shape(np.arange(200.0), decay(noise=0.01))
    assert found.half_share > 0.9
    assert found.arrives_at < 0.4
    assert abs(found.tail_z) < 6
    assert found.raw_sigma == pytest.approx(0.01, rel=0.5)


def test_plateau_then_fall() -> None:
    y = np.concatenate([np.full(60, 2.3), np.linspace(2.3, 0.2, 40), np.full(100, 0.2)])
    found = shape(np.arange(200.0), y)
    assert 0.28 < found.departs_at < 0.36
    assert found.steepest > 0.4


@settings(max_examples=50)
@given(st.integers(0, 10), st.integers(-40, 40))
def test_scaling_by_a_power_of_two_scales_levels_and_nothing_else(seed: int, power: int) -> None:
    y = decay(120, 0.05, seed)
    a, b = shape(np.arange(120.0), y), shape(np.arange(120.0), np.ldexp(y, power))
    assert b.start == np.ldexp(a.start, power)
    assert (a.half_share, a.tail_z, a.departs_at, a.steepest) == pytest.approx(
        (b.half_share, b.tail_z, b.departs_at, b.steepest)
    )


@given(st.integers(0, 20))
def test_every_second_point_has_the_same_shape(seed: int) -> None:
    y = decay(4000, 0.05, seed)
    x = np.arange(4000.0)
    a, b = shape(x, y), shape(x[::2], y[::2])
    assert a.end == pytest.approx(b.end, abs=0.03)
    assert a.half_share == pytest.approx(b.half_share, abs=0.03)
    assert a.arrives_at == pytest.approx(b.arrives_at, abs=0.03)


def test_shape_needs_five_points() -> None:
    with pytest.raises(InsufficientData) as caught:
        shape(np.arange(4.0), np.arange(4.0))
    assert caught.value.needed == 5


def test_schedule_by_hand() -> None:
    x = np.arange(100.0)
    steps = np.where(x < 50, 0.1, np.where(x < 80, 0.01, 0.001))
    cut = schedule(x, steps)
    assert cut.cuts.tolist() == [50, 80]
    assert cut.restarts.size == 0
    assert cut.decayed == pytest.approx(0.01)
    glide = schedule(x, 0.1 * 0.5 * (1 + np.cos(np.pi * x / 100)))
    assert glide.cuts.size == 0
    warm = schedule(x, np.minimum(x / 20, 1.0) * 0.1)
    assert warm.warmup_end == 20
    again = schedule(x, 0.1 * 0.5 * (1 + np.cos(np.pi * ((x / 25) % 1))) + 1e-4)
    assert again.restarts.tolist() == [25, 50, 75]
    late = np.where(x == 99, 0.1003, 0.1 * 0.5 * (1 + np.cos(np.pi * ((x / 25) % 1))) + 1e-4)  # logged nearer its peak
    assert schedule(x, late).restarts.tolist() == [25, 50, 75]
    assert schedule(x, np.full(100, 0.1)).warmup_end == 0


def test_places_are_shares_of_x_not_of_points() -> None:
    x = np.concatenate([np.arange(100.0), np.arange(100.0, 20_100.0, 100.0)])
    y = 0.5 + 2 * np.exp(-x / 2000)
    found = shape(x, y)
    assert found.departs_at < 0.06
    assert found.half_share > 0.9

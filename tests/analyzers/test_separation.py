"""Rises told by ranks, held against an obvious loop and against chance."""

from __future__ import annotations

import numpy as np
import pytest

from nn_doctor.analyzers.separation import separation
from nn_doctor.errors import InsufficientData


def obvious(y: np.ndarray, width: int, share: float) -> list[int]:
    """Every place whose points before and after go up in ``share`` of all pairs."""
    found = []
    for i in range(width, y.size - width + 1):
        pairs = [(a, b) for b in y[i - width : i] for a in y[i : i + width]]
        if sum(a > b for a, b in pairs) >= share * len(pairs) and np.median(y[i : i + width]) > np.median(
            y[i - width : i]
        ):
            found.append(i)
    return found


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("points", [12, 40, 130])
def test_the_places_are_those_of_an_obvious_loop(seed: int, points: int) -> None:
    rng = np.random.default_rng([seed, points])
    y = rng.standard_normal(points).cumsum()
    found = separation(np.arange(points), y)
    every = obvious(y, found.width, 0.95)
    assert set(found.index.tolist()) <= set(every)
    assert all(np.abs(found.index - i).min() <= len(every) * found.width for i in every)
    for i, rise in zip(found.index, found.rise, strict=True):
        w = found.width
        assert rise == pytest.approx((np.median(y[i : i + w]) - np.median(y[i - w : i])) / 4)


def test_noise_seldom_parts_and_a_fall_never_does() -> None:
    rng = np.random.default_rng(5)
    hits = [separation(np.arange(300), rng.exponential(size=300)).index.size for _ in range(200)]
    assert sum(h > 0 for h in hits) < 0.25 * len(hits)  # 285 places, a few hundredths of a thousandth each
    falls = [separation(np.arange(300), -np.arange(300.0) + rng.standard_normal(300)).index.size for _ in range(50)]
    assert not any(falls)


@pytest.mark.parametrize("power", [-900, 0, 1000])
def test_one_rise_is_found_where_it_is_at_any_scale(power: int) -> None:
    y = np.ldexp(np.where(np.arange(200) < 120, 1.0, 1.5) + 0.01 * np.sin(np.arange(200)), power)
    assert separation(np.arange(200), y).index.tolist() == [120]


def test_a_long_curve_is_looked_at_in_parts() -> None:
    y = np.random.default_rng(0).standard_normal(100_000)
    y[70_000:] += 3
    found = separation(np.arange(y.size), y)
    assert abs(found.index[np.argmax(found.rise)] - 70_000) < 100


def test_too_short() -> None:
    with pytest.raises(InsufficientData):
        separation(np.arange(11), np.arange(11.0))

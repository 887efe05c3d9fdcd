"""The plateau at the start, against a slow twin and what lines and kinks are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.analyzers.plateau import plateau
from nn_doctor.errors import InsufficientData


def kinked(n: int, share: float, low: float) -> np.ndarray:
    """Level at one, then, from ``share`` of the run on, a quick exponential fall towards ``low``."""
    t = np.arange(n) / (n - 1) - share
    return np.where(t < 0, 1.0, low + (1 - low) * np.exp(-np.maximum(t, 0) * 40))


@given(st.integers(60, 300), st.floats(0.15, 0.7), st.floats(0.0, 0.6))
def test_a_kink_is_found_where_it_was_made(n: int, share: float, low: float) -> None:
    found = plateau(np.arange(float(n)), kinked(n, share, low))
    assert found.leaves_at == pytest.approx(share, abs=0.05)
    assert found.fall == pytest.approx(1 - low, rel=0.02)
    assert found.kink < 0.4
    assert found.for_good
    assert found.spread < 0.05


def test_a_line_leaves_after_a_tenth_and_has_no_kink() -> None:
    found = plateau(np.arange(400.0), 2.0 - np.linspace(0, 1, 400))
    assert found.leaves_at == pytest.approx(0.13, abs=0.02)  # a tenth, counted from the middle of the head
    assert found.kink > 2
    assert found.fall == pytest.approx(0.5, abs=0.02)


def test_places_by_a_slow_search_on_a_short_curve() -> None:
    y = np.array([3.0, 3.0, 3.0, 3.0, 2.9, 2.5, 2.0, 1.6, 1.3, 1.0])
    fall = 3.0 - 1.0
    leaves = next(i for i, v in enumerate(y) if v <= 3.0 - 0.1 * fall)
    half = next(i for i, v in enumerate(y) if v <= 3.0 - 0.5 * fall)
    found = plateau(np.arange(10.0), y)
    assert (found.leaves_at, found.leaves_x) == (leaves / 9, leaves)
    assert found.kink == (half - leaves) / leaves


@given(st.floats(1e-12, 1e12), st.integers(0, 1000))
def test_the_scale_of_the_loss_does_not_matter(scale: float, seed: int) -> None:
    y = kinked(100, 0.4, 0.2) + 0.05 * np.random.default_rng(seed).normal(size=100)
    one, other = plateau(np.arange(100.0), y), plateau(np.arange(100.0), y * scale)
    assert other.fall == pytest.approx(one.fall)
    assert other.leaves_at == one.leaves_at


def test_a_curve_that_comes_back_up_or_never_falls() -> None:
    saw = np.tile([3.0, 3.0, 3.0, 3.0, 1.0, 1.0, 1.0, 1.0], 10)
    assert not plateau(np.arange(80.0), saw).for_good
    assert plateau(np.arange(20.0), np.repeat([1.0, 2.0], 10)).fall == 0
    with pytest.raises(InsufficientData):
        plateau(np.arange(7.0), np.ones(7))


@given(st.integers(100, 300), st.floats(0.3, 0.7))
def test_a_turn_is_found_against_the_levels_of_both_ends(n: int, share: float) -> None:
    found = plateau(np.arange(float(n)), kinked(n, share, 0.2))
    assert found.turns_at == pytest.approx(share, abs=0.05)  # a fifth of the fall is won in 0.0056 of the run
    assert found.turn < 0.15
    assert found.wobble < 0.03


def test_a_turn_that_is_lost_again_is_none_and_a_line_has_a_slow_one() -> None:
    t = np.arange(200.0)
    back = np.where((t > 80) & (t < 110), 0.3, 1.0) - np.where(t > 150, 0.6, 0.0)
    assert plateau(t, back).turns_at == 1.0
    line = plateau(t, 2.0 - t / 200)
    assert line.turn == pytest.approx(0.3 / 0.2, rel=0.25)
    assert plateau(t, t).turns_at == 1.0

"""The weights of a sum of losses, the floors and leaps of a rate, and the step between two levels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from nn_doctor.analyzers.floors import last_below, leap, longest_below, resolution, usual_share
from nn_doctor.analyzers.levels import shock, step
from nn_doctor.analyzers.mixture import mixture, parts
from nn_doctor.errors import InsufficientData


@given(st.lists(st.floats(1e-4, 1e3), min_size=2, max_size=4), st.integers(0, 10_000))
def test_weights_against_nonnegative_least_squares(weights: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    terms = rng.uniform(0.5, 1.5, (len(weights), 80)) * 10.0 ** rng.integers(-3, 3, (len(weights), 1))
    total = np.array(weights) @ terms
    found = mixture(total, terms)
    assert found is not None
    own, _ = nnls(terms.T, total)
    parts, expected = found.weights[:, None] * terms, own[:, None] * terms
    assert np.allclose(parts, expected, atol=3e-3 * np.median(total))


def test_a_total_with_a_part_that_was_not_logged_is_no_sum() -> None:
    rng = np.random.default_rng(0)
    terms = rng.uniform(1, 2, (2, 60))
    assert mixture(terms.sum(axis=0) + rng.uniform(0, 1, 60), terms) is None
    assert mixture(terms[0] - 0.5 * terms[1] + 3 * rng.uniform(1, 2, 60), terms) is None
    with pytest.raises(InsufficientData):
        mixture(terms.sum(axis=0)[:5], terms[:, :5])


def test_the_plain_sum_is_preferred_and_gaps_are_left_out() -> None:
    x = np.linspace(0, 1, 50)
    terms = np.array([1 + x, 2 + 2 * x])  # any weights w₁ + 2 w₂ = 3 would do
    terms[0, 7] = np.nan
    found = mixture(terms.sum(axis=0), terms)
    assert found is not None
    assert list(found.weights) == [1.0, 1.0]


@given(
    st.lists(st.sampled_from([0.0, 0.001, 0.5, 1.0, 20.0]), min_size=2, max_size=5).filter(
        lambda w: np.sum(np.array(w) > 0) > 1
    ),
    st.integers(0, 50),
)
def test_the_parts_of_a_sum_are_those_that_were_added(weights: list[float], seed: int) -> None:
    curves = np.random.default_rng(seed).lognormal(size=(len(weights), 60))
    found = parts(np.array(weights) @ curves, curves)
    assert found is not None
    assert found.which.tolist() == [i for i, w in enumerate(weights) if w > 0]
    assert found.weights == pytest.approx([w for w in weights if w > 0], rel=1e-6)


def test_no_parts_where_a_curve_is_the_total_or_something_is_missing() -> None:
    rng = np.random.default_rng(3)
    a, b, c = rng.lognormal(size=(3, 80))
    assert parts(a + b + c, np.array([a, b])) is None
    assert parts(a, np.array([a, b])) is None
    assert parts(a + b, np.array([2 * (a + b), c])) is None  # the total in other units
    again = parts(a + b, np.array([a + b, a, b, np.ones(80)]))
    assert again is not None and again.which.tolist() == [1, 2]
    assert parts(a - b, np.array([a, b])) is None  # losses are added
    with pytest.raises(InsufficientData):
        parts(a[:8] + b[:8], np.array([a[:8], b[:8]]))


def test_parts_of_a_sum_as_printed() -> None:
    rng = np.random.default_rng(4)
    a, b, c = (np.round(y, 4) for y in rng.lognormal(size=(3, 200)))
    found = parts(np.round(a + 0.01 * b, 4), np.array([a, b, c]))
    assert found is not None and found.which.tolist() == [0, 1]


def slow_longest(x: np.ndarray, y: np.ndarray, limit: float) -> float:
    best = 0.0
    for i in range(y.size):
        for j in range(i, y.size):
            if np.all(y[i : j + 1] <= limit):
                best = max(best, float(x[j] - x[i]))
    return best / float(x[-1] - x[0])


@given(st.lists(st.sampled_from([0.0, 1e-9, 0.5, 1.0]), min_size=3, max_size=25))
def test_the_longest_stretch_against_all_stretches(rates: list[float]) -> None:
    x, y = np.arange(len(rates), dtype=float), np.array(rates)
    assert longest_below(x, y, 1e-6).share == pytest.approx(slow_longest(x, y, 1e-6))


@given(st.lists(st.sampled_from([0.0, 0.01, 0.5, 1.0]), min_size=2, max_size=25))
def test_what_lies_below_to_the_end_against_a_walk_from_the_end(rates: list[float]) -> None:
    x, y = np.arange(len(rates), dtype=float), np.array(rates)
    points = 0
    while points < len(rates) and rates[-1 - points] <= 0.01:
        points += 1
    found = last_below(x, y, 0.01)
    assert found.share == pytest.approx(max(0, points - 1) / (len(rates) - 1))
    assert found.level == max(rates[-max(1, points) :])


def test_decimals_and_the_tail_of_a_cosine() -> None:
    assert resolution(np.array([0.002, 0.0019, 0.0])) == pytest.approx(1e-4)
    assert resolution(np.array([0.03, 3e-9])) == pytest.approx(1e-9)  # a rate that small is no zero
    assert resolution(np.array([1 / 3, 0.0])) <= 1e-6  # six digits are all that is looked at
    done = np.linspace(0, 1, 100_001)
    below = np.mean((1 + np.cos(np.pi * done)) / 2 < 0.025)
    assert usual_share(0.025) == pytest.approx(below, abs=1e-4)


def test_a_leap_is_one_step_up_from_a_held_rate() -> None:
    x = np.arange(100.0)
    found = leap(x, np.where(x < 60, 1e-3, 2e-2))
    assert found is not None
    assert (found.at, found.factor) == (60.0, pytest.approx(20.0))
    assert found.held == pytest.approx(59 / 99)
    between = leap(x, np.where(x < 60, 1e-3, np.where(x < 61, 8e-3, 4e-2)))  # the mean over the epoch it leapt in
    assert between is not None
    assert (between.at, between.factor) == (60.0, pytest.approx(40.0))
    assert leap(x, np.where(x < 60, 1e-3, np.where(x < 70, 8e-3, 4e-2))) is None  # two leaps
    assert leap(x, np.where(x % 25 < 3, 1e-3, 2e-2)) is None  # again and again
    assert leap(x, np.where(x < 30, 2e-2, np.where(x < 60, 1e-3, 2e-2))) is None  # back to where it was


def test_a_step_in_standard_errors_is_honest() -> None:
    rng = np.random.default_rng(3)
    zs = []
    for _ in range(400):
        y = rng.normal(size=120)
        zs.append(step(y[:30], y[-40:], y).z)
    assert 0.8 < np.std(zs) < 1.25
    assert step(np.ones(5), np.zeros(5), np.ones(9)).z == 1e6
    assert step(np.ones(5), np.ones(5), np.ones(9)).z == 0.0


def test_a_shock_is_no_luck_of_the_worst_of_many() -> None:
    rng = np.random.default_rng(4)
    noise = rng.normal(size=(400, 140))
    zs = [shock(y[:40], y[40:80], y).z for y in noise]
    assert np.mean(np.array(zs) > 3) < 0.01
    for y in noise[:20]:
        y[5:9] += 8.0
        found = shock(y[:40], y[40:80], y)
        worst = max(np.median(y[i : i + 3]) for i in range(38))
        assert found.fall == pytest.approx(worst - np.median(y[40:80]))
        assert found.z > 3

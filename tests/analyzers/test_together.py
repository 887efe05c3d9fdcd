"""Common rises of two curves: a slow obvious twin, and what independent noise makes of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from nn_doctor.analyzers.together import together
from nn_doctor.errors import InsufficientData

N = 40
X = np.arange(float(N))


def twin(y: list[float], y2: list[float]) -> tuple[float, float]:
    """(second, agree) by loops over the steps, for two curves at the same places."""
    last = max(3, len(y) // 4)
    fall = max(y[0] - float(np.median(y[-last:])), y2[0] - float(np.median(y2[-last:])))
    steps, rises, sums = [], [], [0.0, 0.0]
    begin = max(1, int(0.1 * len(y)))
    for i in range(begin, len(y) - 1):
        a, b = y[i + 1] - y[i], y2[i + 1] - y2[i]
        steps.append((a, b))
        if a > 0 and b > 0:
            sums = [sums[0] + a, sums[1] + b]
        else:
            rises.append(min(sums))
            sums = [0.0, 0.0]
    rises = sorted([*rises, min(sums)])
    agree = float(spearmanr([a for a, _ in steps], [b for _, b in steps]).statistic) * (len(steps) / 1.5) ** 0.5
    return (rises[-2] if len(rises) > 1 else 0.0) / fall, agree


@given(st.lists(st.tuples(st.floats(1, 2), st.floats(1, 2)), min_size=10, max_size=50, unique_by=(sum, min)))
def test_as_the_twin_says(pairs: list[tuple[float, float]]) -> None:
    y, y2 = np.array([4.0, *(a for a, _ in pairs)]), np.array([5.0, *(b for _, b in pairs)])
    found, (second, agree) = (
        together(np.arange(float(y.size)), y, np.arange(float(y.size)), y2),
        twin(list(y), list(y2)),
    )
    assert found.second == pytest.approx(second, abs=1e-9)
    begin = max(1, int(0.1 * y.size))
    if all(len(set(np.diff(curve[begin:]))) == curve.size - begin - 1 for curve in (y, y2)):  # without ties
        assert found.agree == pytest.approx(agree, abs=1e-9)


def test_noises_of_their_own_agree_like_a_standard_normal() -> None:
    rng = np.random.default_rng(3)
    fall = 10 * np.exp(-X)
    found = [together(X, fall + rng.normal(size=N), X, fall + rng.normal(size=N)).agree for _ in range(800)]
    assert np.mean(found) == pytest.approx(0, abs=0.15)
    assert np.std(found) == pytest.approx(1, abs=0.15)


def test_waves_of_both_are_found_and_scale_does_not_matter() -> None:
    wave = 3 * np.exp(-X / 5) + 1 + 0.3 * np.sin(X)
    found = together(X, wave, X, wave + 0.2)
    assert found.second > 0.1
    assert found.agree > 3
    assert together(X, 1024 * wave, X, 1024 * (wave + 0.2)).second == pytest.approx(found.second)


def test_the_mean_between_evaluations_counts() -> None:
    wave = 3 * np.exp(-X / 5) + 1 + 0.3 * np.sin(X)
    dense = np.repeat(wave, 4) + np.tile([0.1, -0.1, 0.2, -0.2], N)
    found = together(np.arange(4.0 * N), dense, 4 * X + 3, wave)
    assert found.second == pytest.approx(together(X, wave, X, wave).second)


@pytest.mark.parametrize("y", [np.arange(9.0)[::-1], np.arange(20.0)])
def test_too_few_pairs_or_no_fall(y: np.ndarray) -> None:
    x = np.arange(float(y.size))
    with pytest.raises(InsufficientData):
        together(x, y, x, y)

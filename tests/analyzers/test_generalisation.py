"""best, gap, grid, agreement: against slow obvious twins, scipy, and curves that break statistics."""

from __future__ import annotations

import time
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from nn_doctor.analyzers.agreement import agreement
from nn_doctor.analyzers.best import best, running_median, window_of
from nn_doctor.analyzers.gap import gap, paired, rank_correlation
from nn_doctor.analyzers.grid import grid
from nn_doctor.errors import InsufficientData

N = 60
X = np.arange(N, dtype=float)
VALLEY = 1.0 + ((X - 20) / 40) ** 2
CURVES = {
    "constant": np.ones(N),
    "zero": np.zeros(N),
    "huge": np.full(N, 1e308),
    "huge both ways": np.where(X % 2 > 0, 1e308, -1e308),
    "denormal": np.full(N, 1e-320),
    "spike": np.where(X == 30, 1e300, 1.0),
    "alternating": np.where(X % 2 > 0, 1.0, 2.0),
    "step": np.where(X > 40, 3.0, 1.0),
    "negative": -np.linspace(1, 50, N),
}
values = st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=60)


def slow_median(y: np.ndarray, window: int) -> list[float]:
    """The window clamped inside the curve, one point at a time; of three points, Tukey's rule at the end."""
    starts = [min(max(i - window // 2, 0), len(y) - window) for i in range(len(y))]
    levels = [float(np.median(y[s : s + window])) for s in starts]
    if window == 3:
        line = 3 * levels[-2] - 2 * levels[-3]
        levels[-1] = sorted([y[-1], levels[-2], line])[1]
    return levels


@given(values)
def test_running_median_is_its_slow_twin(y: list[float]) -> None:
    window = window_of(len(y))
    assert running_median(np.array(y), window).tolist() == slow_median(np.array(y), window)


def test_valley_has_its_best_point_at_the_bottom() -> None:
    found = best(X, VALLEY)
    half = window_of(N) // 2  # a level is that of a window: the place is good to half of it
    assert abs(found.at - 20) <= half
    assert found.position == pytest.approx(20 / 59, abs=half / 59 + 1e-9)
    assert found.raw_at == 20
    assert found.worse == pytest.approx(VALLEY[-1] - 1, abs=0.01)  # the end follows a line
    assert found.relative == pytest.approx(found.worse, rel=0.01)
    assert found.share == pytest.approx(found.worse / (VALLEY[1] - 1), rel=0.02)


def test_falling_curve_is_best_at_its_end_and_has_lost_nothing() -> None:
    found = best(X, np.exp(-X / 20))
    assert (found.at, found.worse, found.z) == (59.0, 0.0, 0.0)


def test_one_wild_last_point_is_no_loss() -> None:
    y = np.exp(-X / 20)
    y[-1] = 100.0
    assert best(X, y).worse == pytest.approx(0.0, abs=1e-9)


def test_the_end_of_few_points_follows_their_line_but_no_single_one_of_them() -> None:
    y = np.array([3.0, 2.0, 1.0, 1.2, 1.4, 1.6])
    assert running_median(y, 3)[-1] == pytest.approx(1.6)
    assert running_median(np.array([*y[:-1], 9.0]), 3)[-1] == pytest.approx(1.8)  # where the line goes on
    assert running_median(np.array([*y[:-1], 0.0]), 3)[-1] == pytest.approx(1.2)


def test_noise_alone_is_not_significant() -> None:
    rng = np.random.default_rng(0)
    strong = [best(X, rng.normal(size=N)).z > 3 for _ in range(300)]
    assert np.mean(strong) < 0.02


def test_rise_out_of_noise_is_significant() -> None:
    noise = np.random.default_rng(0).normal(size=N) * 0.02
    assert best(X, VALLEY + noise).z > 10


def test_accuracy_is_judged_upside_down() -> None:
    loss, accuracy = best(X, VALLEY), best(X, 3.0 - VALLEY, maximise=True)
    assert accuracy.at == loss.at
    assert accuracy.best == pytest.approx(3.0 - loss.best)
    assert accuracy.worse == pytest.approx(loss.worse)


@given(values, st.integers(-30, 30))
def test_scale_by_a_power_of_two_changes_no_ratio(y: list[float], power: int) -> None:
    x, one = np.arange(len(y), dtype=float), np.round(np.array(y), 3)
    a, b = best(x, one), best(x, np.ldexp(one, power))
    assert (a.at, a.position, a.relative, a.share, a.z) == (b.at, b.position, b.relative, b.share, b.z)


@given(values)
@settings(max_examples=50)
def test_shift_of_x_moves_only_the_place(y: list[float]) -> None:
    x = np.arange(len(y), dtype=float)
    a, b = best(x, np.array(y)), best(x + 1000, np.array(y))
    assert (b.at, b.worse, b.z) == (a.at + 1000, a.worse, a.z)


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("other", CURVES)
def test_odd_curves_give_numbers_without_warnings(name: str, other: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        turn, pair = best(X, CURVES[name]), gap(X, CURVES[name], X, CURVES[other])
        both = agreement(X, CURVES[name], X, CURVES[other])
    numbers = [turn.z, turn.relative, turn.share, pair.end_share, pair.widened_share, pair.widening, both.correlation]
    assert not np.isnan(numbers).any()


def test_too_short_says_what_is_needed() -> None:
    few = np.arange(3.0)
    for call in (lambda: best(few, few), lambda: gap(few, few, few, few), lambda: agreement(few, few, few, few)):
        with pytest.raises(InsufficientData) as caught:
            call()
        assert caught.value.needed


def test_no_common_axis_is_insufficient() -> None:
    with pytest.raises(InsufficientData):
        gap(X + 1000, VALLEY, X, VALLEY)


def slow_pairs(x: np.ndarray, y: np.ndarray, x2: np.ndarray) -> list[float]:
    """Mean train since the previous validation point, one interval at a time."""
    edges = [-np.inf, *x2]
    return [float(np.mean(y[(x > a) & (x <= b)])) for a, b in zip(edges[:-1], edges[1:], strict=True)]


def test_one_train_point_for_each_validation_point_is_taken_as_it_is() -> None:
    x, train, val, dense = paired(X, VALLEY, X, 2 * VALLEY)
    assert (x.tolist(), train.tolist(), val.tolist()) == (X.tolist(), VALLEY.tolist(), (2 * VALLEY).tolist())
    assert not dense


def test_train_by_step_is_averaged_and_shifted_by_half_an_interval() -> None:
    step = np.arange(1.0, 1001.0)
    every = np.arange(100.0, 1001.0, 100.0)
    line = 5.0 - 0.004 * step
    x, train, _, dense = paired(step, line, every, np.ones(10))
    assert dense
    middles = slow_pairs(step, line, every)
    assert train[-1] == pytest.approx(middles[-1])  # nothing later to interpolate to
    between = [(a + b) / 2 for a, b in zip(middles[:-1], middles[1:], strict=True)]
    assert train[:-1] == pytest.approx(between, abs=0.003)  # means stand half an interval before the points
    assert train[:-1] == pytest.approx(5.0 - 0.004 * x[:-1], abs=1e-9)


def test_epoch_average_makes_no_gap_where_there_is_none() -> None:
    true = np.exp(-np.arange(0, 30, 0.01) / 6)
    epoch_mean = true.reshape(-1, 100).mean(axis=1)
    at_end = true[99::100]
    epochs = np.arange(1.0, 31.0)
    naive, shifted = gap(epochs, epoch_mean, epochs, at_end), gap(epochs, epoch_mean, epochs, at_end, averaged=True)
    assert naive.val_better == 1.0
    assert abs(shifted.start) < 0.1 * abs(naive.start)


def test_steady_gap_does_not_widen_and_an_opening_one_does() -> None:
    fall = np.exp(-X / 10)
    steady, opening = gap(X, fall, X, fall + 0.1), gap(X, fall, X, fall + 0.01 * X)
    assert steady.widened_share == pytest.approx(0.0, abs=1e-9)
    assert steady.end == pytest.approx(0.1)
    assert opening.widened_share > 0.5
    assert opening.widening > 0.999  # the window stands still at the end: the last two levels tie


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(-1e3, 1e3)), min_size=3, max_size=40))
def test_rank_correlation_is_scipys(pairs: list[tuple[int, float]]) -> None:
    a, b = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        assert rank_correlation(a, b) == 0.0
    else:
        assert rank_correlation(a, b) == pytest.approx(spearmanr(a, b).statistic, abs=1e-9)


@pytest.mark.parametrize("size", [7, 12, 30, 60, 211])
@pytest.mark.parametrize("decimals", [4, None])
def test_grid_of_a_small_sample_gives_its_size_away(size: int, decimals: int | None) -> None:
    hits = np.random.default_rng(size).choice(np.arange(size + 1), min(size, 25), replace=False)
    shares = np.append(hits, 1) / size
    assert grid(X, shares if decimals is None else np.round(shares, decimals)).size == size


def test_grid_is_not_seen_in_rounding_nor_in_large_samples() -> None:
    rng = np.random.default_rng(0)
    for decimals in (1, 2, 3, 4, 5, 6):
        for _ in range(20):
            assert grid(X, np.round(rng.random(50), decimals)).size == 0
    assert grid(X, rng.integers(0, 10000, 50) / 10000).size == 0
    with pytest.raises(InsufficientData):
        grid(X, np.array([0.5, 1.5, 0.25, 0.75]))


def test_loss_and_accuracy_that_improve_together_agree() -> None:
    loss = np.exp(-X / 20)
    assert agreement(X, loss, X, 1 - loss).correlation == pytest.approx(1.0)
    turned = agreement(X, VALLEY, X, X / N)
    assert turned.late < -0.999  # the last two levels tie
    assert abs(turned.at - 20) <= window_of(N) // 2
    assert turned.after > turned.before


def test_long_curves_take_time_in_proportion() -> None:
    n = 200_000
    rng, x = np.random.default_rng(0), np.arange(n, dtype=float)
    begin = time.process_time()
    best(x, rng.random(n))
    gap(x, rng.random(n), x, rng.random(n))
    agreement(x, rng.random(n), x, rng.random(n))
    assert time.process_time() - begin < 5  # the square of the length would take minutes

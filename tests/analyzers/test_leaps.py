"""Jumps, crowds of spikes, the noise of single batches and what is left of a saw-tooth."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from scipy import stats

from nn_doctor.analyzers.batch_noise import batch_noise
from nn_doctor.analyzers.crowd import crowd
from nn_doctor.analyzers.jumps import back_at, jump_at, leap, lost_for, sharpest, steepest, won_by_half
from nn_doctor.analyzers.periodicity import simplicity
from nn_doctor.analyzers.spikes import spikes
from nn_doctor.errors import InsufficientData

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("i", [5, 60, 170, 195])
def test_the_levels_of_a_jump_are_medians_of_its_stretches(i):
    y = np.exp(-np.arange(200) / 50) + np.where(np.arange(200) >= i, 0.5, 0.0) + 0.05 * RNG.standard_normal(200)
    found = jump_at(y, i, 10, 4)
    slow = {
        "start": statistics.median(y[:3]), "earlier": statistics.median(y[: max(4, i)]),
        "end": statistics.median(y[-10:]), "before": statistics.median(y[max(0, i - 10) : i]),
        "close": statistics.median(y[i - 4 : i]),
        "soon": statistics.median(y[i : i + 4]), "after": statistics.median(y[i : i + 10]), "peak": max(y[i : i + 5]),
        "low": statistics.quantiles(y[i:], n=5, method="inclusive")[0], "end_range": max(y[-10:]) - min(y[-10:]),
    }  # fmt: skip
    assert {name: 4 * getattr(found, name) for name in slow} == pytest.approx(slow)
    assert found.above == pytest.approx(sum(v < statistics.median(y[i : i + 10]) for v in y[:i]) / i)


def test_a_place_moves_to_the_steepest_rise_near_it_and_two_may_become_one():
    y = np.where(np.arange(100) >= 43, 1.0, 0.0)
    assert sharpest(y, [40, 45], 5) == [43]


@pytest.mark.parametrize("level", [0.2, 0.5, 0.9, -1.0])
def test_a_rise_is_won_back_where_three_of_five_points_are_low(level):
    y = 1.0 - np.arange(80) / 100 + 0.2 * RNG.standard_normal(80)
    slow = next((k for k in range(80 - 10 - 4) if sum(v <= level for v in y[10 + k : 15 + k]) >= 3), 70)
    assert lost_for(y, 10, level / 4) == slow


@pytest.mark.parametrize("seed", range(6))
def test_a_leap_is_the_largest_rise_with_four_points_on_both_sides(seed):
    y = np.random.default_rng(seed).standard_normal(40)
    i = max(range(4, 37), key=lambda k: y[k] - y[k - 1])
    found = leap(np.arange(40.0), y)
    slow = {
        "step": y[i] - y[i - 1], "other": max(y[k] - y[k - 1] for k in range(1, 40) if k != i), "start": y[0],
        "before": statistics.median(y[i - 4 : i]), "after": statistics.median(y[i : i + 4]),
        "high": max(y[i // 2 : i]), "low": min(y[i:]),
    }  # fmt: skip
    assert found.index == i
    assert {name: 4 * getattr(found, name) for name in slow} == pytest.approx(slow)


def test_huge_values_do_not_overflow_in_a_jump():
    found = jump_at(np.tile([1e308, -1e308], 30), 30, 4, 1)
    assert np.isfinite([found.end_range, found.after - found.before, found.peak - found.start]).all()


def put(places, height, tail=0.0, n=1000):
    y = 1.0 + np.exp(-np.arange(n) / 200) + 0.05 * RNG.standard_normal(n) + tail * RNG.standard_t(3, n)
    y[list(places)] += height
    return np.arange(float(n)), y


def test_spikes_that_were_put_in_stand_apart_a_long_tail_does_not():
    x, y = put(range(100, 1000, 100), 1.0)
    found = spikes(x, y)
    seen = crowd(y, found.index, found.height, 3, 50)
    assert seen.count == 9
    assert seen.score > 9 * np.log(2.0)
    x, y = put((), 0.0, tail=0.1)
    found = spikes(x, y, z_min=4.0)
    assert found.count >= 3
    assert crowd(y, found.index, found.height, 3, 50).score < 2.5


def test_the_score_of_a_crowd_is_that_of_an_obvious_loop():
    y = np.zeros(400)
    index, height = np.array([50, 120, 200, 300]), np.array([5.0, 4.0, 4.5, 1.5])
    y[index] = height
    y[380] = 1.0
    values = sorted([*height, 1.0], reverse=True)
    slow = max(((k + 1) * np.log(values[k] / values[k + 1]), k + 1) for k in range(1, 4))
    found = crowd(y, index, height, 2)
    assert (found.score, found.count) == pytest.approx(slow)
    assert crowd(y, index[:1], height[:1], 2).count == 0


def test_a_long_tail_seldom_scores_as_high_as_a_crowd():
    def highest(seed):
        y = np.zeros(2000)
        y[::50] = 1.0 + np.random.default_rng(seed).pareto(3.0, 40)
        top = np.sort(np.argsort(y)[-12:])
        return crowd(y, top, y[top], 3).score

    assert np.mean([highest(seed) > 2.5 for seed in range(400)]) < 0.02  # ten counts, each once in 1,800


def test_batch_noise_is_sigma_for_normal_noise_and_counts_rare_large_losses():
    t = np.arange(5000.0)
    line = 3.0 - t / 5000
    even = batch_noise(t, line + 0.3 * RNG.standard_normal(5000))
    assert even.spread == pytest.approx(0.3, rel=0.05)
    assert even.start - even.end == pytest.approx(0.9, rel=0.1)
    assert even.tau < 0
    assert even.p < 1e-6
    rare = line + 2.0 * (RNG.random(5000) < 0.2)
    assert batch_noise(t, rare).spread > 0.5
    assert batch_noise(t, rare).spread == pytest.approx(
        np.quantile(np.abs(rare[1:-1] - (rare[:-2] + rare[2:]) / 2) / np.sqrt(1.5), 0.9) / stats.norm.ppf(0.95)
    )


def test_batch_noise_of_a_rise_has_no_fall_and_few_points_are_too_few():
    t = np.arange(100.0)
    assert batch_noise(t, t).to_fall == np.inf
    with pytest.raises(InsufficientData):
        batch_noise(t[:10], t[:10])


def test_a_ramp_is_simple_wherever_it_begins_a_wave_is_not():
    ramp = np.roll(np.linspace(-1, 1, 24), 7)
    noisy = ramp + 0.01 * RNG.standard_normal((6, 24))
    assert simplicity(noisy).left < 0.01
    waves = np.sin(6 * np.pi * np.arange(24) / 24) + 0.1 * RNG.standard_normal((6, 24))
    found = simplicity(waves)
    assert found.left > 0.8
    assert found.consistency > 0.9
    assert found.swing > 5
    assert simplicity(np.zeros((4, 8))).left == 0.0


@pytest.mark.parametrize(("before", "after"), [(0.5, 400.0), (0.2, 0.3), (1e-6, 1e3)])
def test_a_positive_rise_is_won_back_in_logarithms_others_in_the_values(before, after):
    assert back_at(before, after, 0.25) == pytest.approx(np.exp(0.75 * np.log(before) + 0.25 * np.log(after)))
    assert back_at(-before, after, 0.25) == pytest.approx(-before + 0.25 * (after + before))


def test_the_steepest_rise_of_a_logarithm_stands_out_of_the_noise_or_is_none():
    y = np.exp(-np.arange(100) / 50 + 0.05 * RNG.standard_normal(100))
    assert steepest(y, 10.0) is None
    y[60:] *= 80 * np.exp(-np.arange(40) / 5)
    assert steepest(y, 10.0) == 60
    assert steepest(-y, 10.0) is None


@pytest.mark.parametrize("power", [-900, 0, 1000])
def test_an_exponential_way_down_is_won_early_half_a_cosine_by_half(power: int) -> None:
    t = np.arange(200) / 199
    thrown, cosine = 1 + np.exp(-8 * t), 1.5 + 0.5 * np.cos(np.pi * t)
    for curve, low, high in ((thrown, 0.95, 1.0), (cosine, 0.45, 0.55)):
        y = np.ldexp(np.concatenate((np.ones(50), curve)), power)
        assert low < won_by_half(y, 50, 10) < high
    assert won_by_half(np.ldexp(np.arange(1.0, 101.0), power), 50, 10) == 1.0

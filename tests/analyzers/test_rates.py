"""What a cut of the rate did, whether both curves jump, and a loss thrown up at once: against slow twins."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.analyzers.batch_noise import batch_noise
from nn_doctor.analyzers.cuts import cut_drops
from nn_doctor.analyzers.restless import restless
from nn_doctor.analyzers.schedule import schedule
from nn_doctor.analyzers.thrown import thrown_up
from nn_doctor.errors import InsufficientData

RNG = np.random.default_rng(5)
T = np.arange(200.0)


def test_a_drop_at_a_cut_is_measured_in_progress_level_and_time() -> None:
    rate = np.where(T < 120, 0.1, 0.01)
    falling = 4.0 - 0.005 * T  # 4.0 to 3.4 by the cut
    y = falling - np.where(T >= 120, 2.0, 0.0)
    (drop,) = cut_drops(T, y, T, rate)
    assert drop.x == 120 and drop.at == 0.6
    before, after = falling[90:120], y[121:151]
    assert drop.of_level == pytest.approx((np.median(before) - np.median(after)) / np.median(before))
    fallen = y[10] - np.median(y[-10:])
    assert drop.share == pytest.approx((np.median(before) - np.median(after)) / fallen)
    plateau = y[40:120]
    won = np.median(plateau[:26]) - np.median(plateau[-26:])
    assert drop.won == pytest.approx(won / (np.median(before) - np.median(after)))
    assert drop.points == plateau.size
    assert drop.apart == 1.0 and drop.noise == pytest.approx(0.0, abs=1e-9)


def test_what_a_cut_brings_of_all_that_was_ever_won() -> None:
    t = np.arange(200.0)
    y = np.where(t < 100, 3.0, 1.0)
    y[:4] = (7.0, 6.0, 5.0, 4.0)
    (drop,) = cut_drops(t, y, t, np.where(t < 100, 0.1, 0.01))
    assert drop.of_all == pytest.approx(2.0 / 6.0) and drop.share == pytest.approx(1.0)


@given(st.integers(0, 1000), st.sampled_from([0.0, 0.5, 2.0]))
def test_apart_counts_pairs(seed: int, shift: float) -> None:
    rng = np.random.default_rng(seed)
    y = np.round(5.0 + rng.normal(size=100), 1)
    y[60:] -= shift
    (drop,) = cut_drops(T[:100], y, T[:100], np.where(T[:100] < 60, 1.0, 0.1))
    pairs = [(a > b) + 0.5 * (a == b) for a, b in itertools.product(y[45:60], y[61:76])]
    assert drop.apart == pytest.approx(np.mean(pairs))


def test_cuts_without_points_about_them_and_flat_rates_tell_nothing() -> None:
    y = np.ones(40)
    assert cut_drops(T[:40], y, T[:40], np.full(40, 0.1)) == ()
    assert cut_drops(T[:40], y, T[:40], np.where(T[:40] < 3, 0.1, 0.01)) == ()
    assert cut_drops(T[:40], y, T[:40], np.where(T[:40] < 38, 0.1, 0.01)) == ()
    assert cut_drops(T[:0], T[:0], T[:0], T[:0]) == ()


def test_a_cut_within_an_averaged_epoch_is_a_cut_and_a_glide_is_none() -> None:
    mean = np.array([0.08] * 8 + [0.0728] + [0.008] * 8)
    assert schedule(np.arange(17.0), mean).cuts.tolist() == [8.0]
    assert schedule(T, 0.05 * (1 + np.cos(np.pi * T / 200))).cuts.size == 0
    assert schedule(np.arange(12.0), 0.1 * 0.5 ** np.arange(12.0)).cuts.size <= 1  # the first leaves the first rate


@given(st.floats(0.01, 0.5), st.floats(0.01, 0.5), st.floats(1e-6, 1e6))
def test_jumps_are_sigmas_at_any_scale_on_any_trend(train: float, val: float, scale: float) -> None:
    rng = np.random.default_rng(1)
    t = np.arange(1000.0)
    trend = scale * np.exp(-t / 1000)
    found = restless(t, trend * np.exp(train * rng.normal(size=1000)), t, trend * np.exp(val * rng.normal(size=1000)))
    assert found.train == pytest.approx(train, rel=0.15)
    assert found.val == pytest.approx(val, rel=0.15)
    assert not found.dense


def test_noise_of_single_batches_is_taken_out_of_their_means() -> None:
    steps, evaluations = np.arange(1, 20001.0), np.arange(20, 20001.0, 20)
    noise = 1 + 0.2 * RNG.normal(size=20000)
    found = restless(steps, noise, evaluations, np.ones(1000))
    assert found.dense and found.pairs == 1000
    assert found.train < 0.025  # of 0.2/sqrt(20) = 0.045, all of which is sampling
    assert found.val == 0.0
    jumps = np.repeat(np.exp(0.2 * RNG.normal(size=1000)), 20)
    assert restless(steps, noise * jumps, evaluations, np.ones(1000)).train == pytest.approx(0.2, rel=0.1)


@given(st.floats(0.05, 0.3), st.floats(1e-6, 1e6))
def test_a_jump_costs_its_share_of_the_whole_fall(size: float, scale: float) -> None:
    rng = np.random.default_rng(3)
    t = np.arange(1000.0)
    level = np.where(t < 1, 10.0, 1.0)
    jumping = scale * level * np.exp(np.where(t < 1, 0, size) * rng.normal(size=1000))
    assert restless(t, jumping, t, scale * level).cost == pytest.approx(size / 9, rel=0.15)
    assert restless(t, scale * level, t, jumping).cost == pytest.approx(size / 9, rel=0.15)
    late = np.where(t < 1, 1.0, level) * scale * np.exp(size * rng.normal(size=1000))
    assert restless(t, scale * level, t, late).cost == pytest.approx(size / 9, rel=0.15)  # validation came too late
    assert restless(t, late, t, late[::-1] * np.linspace(1, 9, 1000)).cost > 1  # neither fell


def test_jumps_need_points_and_a_level() -> None:
    with pytest.raises(InsufficientData):
        restless(T[:15], T[:15] + 1, T[:15], T[:15] + 1)
    with pytest.raises(InsufficientData):
        restless(T, T - 5, T, T + 1)


def test_a_loss_thrown_up_has_a_peak_and_a_floor_above_its_first_value() -> None:
    y = np.concatenate(([1.0], 9.0 - 0.02 * T))
    found = thrown_up(np.arange(201.0), y)
    assert found.first == 1.0
    assert found.peak == pytest.approx(np.median(np.sort(y)[-20:]))
    assert found.floor == pytest.approx(np.quantile(y[1:], 0.1))
    assert found.burst == y[2]
    with pytest.raises(InsufficientData):
        thrown_up(T[:2], T[:2])


def test_late_noise_and_rise_of_batches() -> None:
    t = np.arange(3000.0)
    sigma = np.where(t < 1500, 0.1, 0.4)
    found = batch_noise(t, 5.0 + sigma * RNG.normal(size=3000))
    assert found.late == pytest.approx(0.4, rel=0.1)
    assert found.positive and found.rise == pytest.approx(1.0, abs=0.02)
    assert batch_noise(t, 1.0 + t / 2999).rise == pytest.approx((1 + 5 / 6) / (1 + 1 / 6), rel=0.01)
    assert not batch_noise(t, RNG.normal(size=3000)).positive

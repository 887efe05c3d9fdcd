"""Curves that fall beyond their noise, and curves without a trend."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kendalltau

import nn_doctor
from nn_doctor.series.falling import _kendall, ends_lower, falls

N = 60
T = np.arange(N) / N


def test_the_score_is_that_of_kendall() -> None:
    y = np.random.default_rng(0).normal(size=N) - T
    tau = kendalltau(np.arange(N), y).statistic
    pairs = N * (N - 1) / 2
    assert _kendall(y) == pytest.approx(-tau * pairs / np.sqrt(N * (N - 1) * (2 * N + 5) / 18))


@pytest.mark.parametrize("points", [8, 20, 60, 400])
def test_noise_without_a_trend_hardly_ever_falls(points: int) -> None:
    rng = np.random.default_rng(points)
    drawn = [1 + 0.1 * rng.normal(size=points) for _ in range(400)]
    assert np.mean([ends_lower(y) for y in drawn]) > 0.4
    assert np.mean([falls(y) for y in drawn]) < 0.03


def test_falls_slow_and_at_once() -> None:
    noise = 0.1 * np.random.default_rng(1).normal(size=N)
    assert falls(2 - T + noise)
    assert falls(1 + np.exp(-20 * T) + noise)
    assert not falls(1 + T + noise)
    assert not falls(-1 - T)


def test_a_curve_of_an_unknown_name_is_a_loss_only_if_it_falls() -> None:
    noise = np.random.default_rng(3).normal(size=N)
    level = 5 - 0.01 * T + 0.2 * noise - 0.2 * noise[-6:].max() * (T >= 0.9)
    assert ends_lower(level)
    for y, train in ((3 - 2 * T + 0.1 * noise, "zumba"), (level, None)):
        chosen = nn_doctor.diagnose({"epoch": range(N), "zumba": y}).runs[0].run.objective
        assert (chosen.train.name if chosen.train else None) == train

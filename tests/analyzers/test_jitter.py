"""The jitter of validation against train's, by slow twins."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from scipy import stats

from nn_doctor.analyzers.jitter import jitter
from nn_doctor.errors import InsufficientData


def slow_spread(y: list[float]) -> float:
    rough = [abs(y[i] - (y[i - 1] + y[i + 1]) / 2) / math.sqrt(1.5) for i in range(1, len(y) - 1)]
    return 1.4826 * statistics.median(rough)


@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_their_slow_twins(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = np.arange(40.0)
    train = np.exp(-x / 20 + 0.02 * rng.standard_normal(40))
    val = np.exp(-x / 30 + 0.3 * rng.standard_normal(40))
    found = jitter(x, train, x, val)
    assert found.pairs == 40
    assert found.single == pytest.approx(slow_spread(list(train)))
    assert found.train_log == pytest.approx(slow_spread([math.log(v) for v in train]))
    assert found.val_log_early == pytest.approx(slow_spread([math.log(v) for v in val[:20]]))
    assert found.val_log == pytest.approx(slow_spread([math.log(v) for v in val[20:]]))
    tau = stats.kendalltau(np.arange(20), val[20:], method="asymptotic")
    assert found.trend == pytest.approx(tau.pvalue, abs=0.05)


def test_points_between_evaluations_are_seen_one_by_one() -> None:
    rng = np.random.default_rng(0)
    x = np.arange(4000.0)
    train = 1 + 0.1 * rng.standard_normal(4000)
    found = jitter(x, train, x[99::100], 1 + 0.01 * rng.standard_normal(40))
    assert found.single == pytest.approx(0.1, rel=0.1)
    assert found.train_log < 0.03


def test_values_that_are_not_positive_have_no_logarithms() -> None:
    x = np.arange(20.0)
    found = jitter(x, np.cos(x), x, np.sin(x))
    assert (found.val_log, found.val_log_early, found.train_log) == (0.0, 0.0, math.inf)


def test_few_pairs_raise() -> None:
    with pytest.raises(InsufficientData):
        jitter(np.arange(7.0), np.ones(7), np.arange(7.0), np.ones(7))

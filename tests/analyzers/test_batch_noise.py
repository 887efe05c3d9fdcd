"""Whether the points of a curve know of one another: the memory of its noise."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata, spearmanr

from nn_doctor.analyzers.batch_noise import batch_noise

RNG = np.random.default_rng(5)


def memory(y: np.ndarray) -> float:
    return batch_noise(np.arange(float(y.size)), y).memory


def test_memory_is_the_rank_correlation_with_the_next_point() -> None:
    y = np.cumsum(RNG.normal(size=400)) + RNG.normal(size=400)
    ranks = rankdata(y)
    assert abs(memory(y) / 20 - spearmanr(ranks[1:], ranks[:-1]).statistic) < 0.02


def test_memory_of_noise_is_about_a_standard_normal_whatever_its_distribution() -> None:
    for draw in (RNG.standard_normal, RNG.standard_exponential, RNG.standard_cauchy):
        found = np.array([memory(np.abs(draw(150))) for _ in range(300)])
        assert abs(found.mean()) < 0.25
        assert 0.85 < found.std() < 1.15


def test_order_is_all_that_counts() -> None:
    y = RNG.uniform(1, 2, 200)
    assert memory(y) == memory(np.exp(3 * y))
    assert memory(np.tile([1.0, 2.0], 100) + y / 10) < -10

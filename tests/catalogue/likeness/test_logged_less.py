"""Copies of runs as if less had been logged: what they forget, and that nobody's vote grows."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.scoring.logged_less import BY_LOSSES, SHARE, with_copies
from nn_doctor.catalogue.registry import all_rules

NAMES = ["train: points", "learning rate: logged", "learning rate: fall", "metric: end", "ND407 fired", "ND101 fall"]
RUN = np.arange(1.0, 7.0)


def test_a_copy_forgets_what_is_not_of_the_losses() -> None:
    numbers, labels, weights = with_copies(np.stack([RUN] * 200), ["overfitting"] * 200, [1.0] * 200, NAMES)
    assert len(numbers) == len(labels) == len(weights) == 400
    assert (numbers[:200] == RUN).all()
    poorer = numbers[200:]
    assert (poorer[:, [0, 5]] == RUN[[0, 5]]).all()
    assert (poorer[:, 1] == 0).all()  # that no rate is logged is known
    assert np.isnan(poorer[:, [2, 4]]).all()
    forgotten = np.isnan(poorer[:, 3]).mean()
    assert 0.4 < forgotten < 0.8  # some keep their metrics
    assert weights.tolist() == pytest.approx([1 - SHARE] * 200 + [SHARE] * 200)


def test_a_fault_that_other_curves_tell_has_no_copy() -> None:
    labels = ["dead-units", "healthy", "underfitting"]
    numbers, known, weights = with_copies(np.stack([RUN] * 3), labels, [3.0, 2.0, 1.0], NAMES)
    assert known == [*labels, "healthy", "underfitting"]
    assert weights[0] == 3
    assert weights.sum() == pytest.approx(6)
    assert numbers[4, 3] == RUN[3]  # a metric says that the level is poor


def test_the_labels_are_of_the_catalogue() -> None:
    assert BY_LOSSES - {"healthy"} <= {rule.slug for rule in all_rules()}

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_doctor.analyzers.medians import ENOUGH, median, part_medians, row_medians, thinned

NUMBERS = st.floats(-1e300, 1e300, allow_subnormal=False)


@given(arrays.arrays(np.float64, st.integers(1, 40), elements=NUMBERS))
def test_median_is_numpys(values):
    assert median(values) == pytest.approx(np.median(values), rel=1e-15)


def test_median_of_huge_values_is_no_infinity():
    assert median(np.array([1.5e308, 1.7e308])) == 1.6e308


@given(arrays.arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 9)), elements=NUMBERS))
def test_row_medians_are_those_of_the_rows(rows):
    assert row_medians(rows).tolist() == [median(row) for row in rows]
    assert part_medians(rows.ravel(), range(0, rows.size + 1, rows.shape[1])).tolist() == row_medians(rows).tolist()


@given(st.integers(1, 8 * ENOUGH))
def test_thinned_keeps_enough_evenly(size):
    kept = thinned(np.arange(float(size)))
    steps = np.unique(np.diff(kept))
    assert kept[0] == 0
    assert kept.size == size if size < 2 * ENOUGH else ENOUGH <= kept.size < 3 * ENOUGH
    assert steps.size <= 1 and all(step % 2 == 1 for step in steps)


def test_thinned_noise_is_the_noise():
    y = np.random.default_rng(0).normal(size=20 * ENOUGH)
    assert median(np.abs(thinned(y))) == pytest.approx(median(np.abs(y)), rel=0.01)


def test_thinned_roughness_is_the_roughness_thinned():
    from nn_doctor.analyzers.noise import roughness, thinned_roughness

    for size in (10, (1 << 17) + 2, 300_001):
        y = np.random.default_rng(0).random(size)
        np.testing.assert_array_equal(thinned_roughness(y), thinned(roughness(y)))

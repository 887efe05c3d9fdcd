"""The outline of a curve: its numbers do not depend on scale, and mean what they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nn_doctor.analyzers.outline import outline, side_by_side

CURVES = arrays(float, st.integers(4, 60), elements=st.floats(0.01, 100.0))


@settings(deadline=None)
@given(CURVES, st.integers(-12, 12))
def test_the_unit_of_the_loss_does_not_matter(y, power):
    one, other = outline(y), outline(y * 2.0**power)
    assert one.keys() == other.keys()
    for name in one:
        assert other[name] == pytest.approx(one[name], rel=1e-4, abs=1e-6, nan_ok=True), name


@settings(deadline=None)
@given(CURVES, CURVES, st.integers(-12, 12))
def test_nor_for_two_side_by_side(a, b, power):
    one, other = side_by_side(a, b), side_by_side(a * 2.0**power, b * 2.0**power)
    for name in one:
        assert other[name] == pytest.approx(one[name], rel=1e-4, abs=1e-6, nan_ok=True), name


def test_a_falling_curve_in_words():
    found = outline(np.linspace(2.0, 1.0, 101))
    assert found["fall of the first value"] == pytest.approx(
        0.4775
    )  # the last tenth, 1.09 to 1.00, has its median at 1.045
    assert found["share of parts that rise"] == 0.0
    assert found["place of the lowest point"] == pytest.approx(100 / 101)
    assert found["rise in third 2, of the range"] == pytest.approx(-0.34, abs=0.01)
    assert found["height in part 1 of 16"] == 1.0
    assert found["height in part 16 of 16"] == 0.0


def test_white_noise_has_its_own_size_and_no_memory():
    y = 5.0 + np.random.default_rng(0).normal(0, 0.1, 4000)
    found = outline(y)
    assert found["noise of the level"] == pytest.approx(0.02, rel=0.1)
    assert abs(found["memory of the residuals"]) < 0.15
    assert found["kurtosis of the residuals"] == pytest.approx(3.0, abs=0.6)


def test_a_wave_is_found_at_its_frequency():
    y = 3.0 + np.sin(np.arange(200) * 2 * math.pi / 8)
    assert outline(y)["frequency of the strongest wave"] == pytest.approx(1 / 8, abs=0.006)


def test_two_side_by_side_in_words():
    train = np.linspace(2.0, 0.0, 101)
    val = np.concatenate([np.linspace(2.0, 1.0, 51), np.linspace(1.0, 1.5, 50)])
    found = side_by_side(train, val)
    assert found["place of the best"] == pytest.approx(0.5, abs=0.01)
    assert found["rise from the best, of the fall"] == pytest.approx(0.25, abs=0.02)
    assert found["correlation"] == pytest.approx(np.corrcoef(train, val)[0, 1])
    assert found["correlation in the second half"] == pytest.approx(-1.0, abs=0.01)


@settings(deadline=None)
@given(arrays(float, st.integers(4, 40), elements=st.floats(-1e300, 1e300)))
def test_any_finite_curve_has_an_outline(y):
    with np.errstate(all="ignore"):
        assert outline(y)
        assert side_by_side(y, y[::-1])

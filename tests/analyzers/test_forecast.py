"""The forecast against curves whose end is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import curve_fit

from nn_doctor.analyzers.forecast import forecast
from nn_doctor.errors import InsufficientData

X = np.arange(1.0, 201.0)


@pytest.mark.parametrize(
    "law",
    [lambda t: 0.5 + 2 * t**-0.5, lambda t: 0.2 + 3 * np.exp(-t / 80), lambda t: 5 - 0.7 * np.log(t)],
    ids=["power", "exponential", "logarithm"],
)
@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_a_lawful_curve_is_foretold(law, factor) -> None:
    said = forecast(X, law(X) + 0.005 * np.random.default_rng(0).normal(size=X.size), factor)
    truth = law(factor * X[-1])
    assert said.low <= truth <= said.high
    assert abs(said.value - truth) < 0.4 * abs(said.now - truth)


def test_one_power_law_is_as_scipy_fits_it() -> None:
    y = 1 + 4 * X**-0.7
    best, _ = curve_fit(lambda t, a, b, p: a + b * t**-p, X, y, p0=(0.5, 1, 0.5))
    truth = best[0] + best[1] * (2 * X[-1]) ** -best[2]
    assert forecast(X, y).value == pytest.approx(truth, rel=0.02)


def test_a_flat_noisy_curve_gains_nothing_that_counts() -> None:
    y = 1 + 0.1 * np.random.default_rng(1).normal(size=400)
    said = forecast(np.arange(400.0), y)
    assert said.low <= 1.0 <= said.high
    assert said.now - said.value < 0.1


def test_positive_curves_stay_positive_and_scale_with_their_unit() -> None:
    y = 3 * np.exp(-X / 60)
    small, large = forecast(X, y), forecast(X, y * 2.0**600)
    assert small.low >= 0
    assert large.value == pytest.approx(small.value * 2.0**600)


def test_too_short() -> None:
    with pytest.raises(InsufficientData):
        forecast(X[:10], X[:10])

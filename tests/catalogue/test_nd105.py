"""ND105 learning-rate-too-low: what it must find, and what looks like it and is none."""

from __future__ import annotations

import numpy as np

from tests.catalogue.asking import said, share
from tests.catalogue.draws import E, noise


def test_a_line_that_wanders_is_not_made_of_small_steps() -> None:
    line = 2.0 - 0.1 * E / 60
    assert share("ND105", lambda: {"epoch": E, "loss": line + 1e-4 * noise()}) == 1
    assert said({"epoch": E, "loss": line + 4e-3 * np.sin(E / 2)}, "ND105") == []


def test_of_a_dozen_epochs_only_a_perfect_line_is_a_rate_too_low() -> None:
    t = np.arange(12)
    assert share("ND105", lambda: {"epoch": t, "loss": 2 - 0.02 * t / 12 + 1e-5 * noise(12)}) == 1
    assert share("ND105", lambda: {"epoch": t, "loss": 2 - 0.1 * t / 12 + 2e-2 * noise(12)}) == 0


def test_a_fall_that_takes_off_is_no_line() -> None:
    t = E[:8]
    assert said({"epoch": t, "loss": 0.7 - 0.0022 * t**2}, "ND105") == []
    assert said({"epoch": t, "loss": 0.7 - 0.015 * t}, "ND105") == ["ND105"]


def test_a_model_that_is_good_from_the_first_evaluation_on_is_fine_tuned() -> None:
    line = {"epoch": E[:8], "loss": 0.88 - 0.01 * E[:8]}
    assert said(line | {"val_accuracy": 0.3 + 0.01 * E[:8]}, "ND105") == ["ND105"]
    assert said(line | {"val_accuracy": 0.82 + 0.001 * E[:8]}, "ND105") == []
    assert said(line | {"val_accuracy": 82 + 0.1 * E[:8]}, "ND105") == []


def test_a_slope_that_is_used_up_is_a_fine_tuning() -> None:
    assert share("ND105", lambda: {"epoch": E, "loss": 2 - 0.2 * (1 - np.exp(-E / 20)) + 2e-3 * noise()}) == 0


def test_a_line_to_two_thirds_is_a_rate_too_low_and_a_decay_to_there_is_not() -> None:
    t = np.arange(60) / 60
    assert said({"epoch": E, "loss": 3 - 0.9 * t - 0.02 * t * (1 - t)}, "ND105") == ["ND105"]
    assert said({"epoch": E, "loss": 2 + np.exp(-2 * t)}, "ND105") == []
    assert said({"epoch": E, "loss": 3 - 1.5 * t}, "ND105") == []  # half is won: it was only stopped

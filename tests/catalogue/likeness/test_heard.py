"""What the trees hear of the rules."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor
from nn_doctor.catalogue.examine import Selection, rules_alone
from nn_doctor.catalogue.likeness.heard import heard
from nn_doctor.report.model import Outcome

RNG = np.random.default_rng(5)
STEPS = np.arange(120)
NOISE = RNG.normal(0, 0.02, (2, STEPS.size))
GUESSING = "ND110"
"""The one rule that judges a loss by its size: ln C is a guess among C classes."""


def outcome(code, status, **measured):
    return Outcome(code, "some-slug", status, "why", measured)


def test_what_rules_measured_by_code_and_name():
    said = [outcome("ND109", "clear", to_level=0.1), outcome("ND101", "fired", relative_fall=0.02, score=0.7)]
    assert heard(said) == {
        "ND109 fired": 0.0,
        "ND109 to_level": 0.1,
        "ND101 fired": 1.0,
        "ND101 relative_fall": 0.02,
        "ND101 score": 0.7,
    }


def test_rules_that_could_not_judge_say_nothing():
    assert heard([outcome("ND201", "not_applicable"), outcome("ND202", "error", rise=2.0)]) == {}


CURVES = {
    "falls": 2.3 * np.exp(-STEPS / 25) + 0.4,
    "stands": np.full(STEPS.size, 2.3),
    "diverges": np.where(STEPS < 70, 2 * np.exp(-STEPS / 25) + 0.4, 0.4 + 0.2 * 1.07 ** (STEPS - 60.0)),
    "jumps": 2 * np.exp(-STEPS / 25) + 0.4 + np.where(STEPS > 60, 1.2, 0.0),
    "waits": np.where(STEPS < 50, 2.3, 0.4 + 1.9 * np.exp(-(STEPS - 50.0) / 12)),
}


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("times", [2.0**10, 2.0**-12])
def test_no_number_knows_the_scale(name, times):
    """A loss in other units (powers of two change no digit) tells the trees the same."""

    def told(scale):
        loss = CURVES[name] + NOISE[0]
        val = np.minimum(CURVES[name], 1.0) + 0.3 + np.maximum(STEPS - 60, 0) / 100 + 3 * NOISE[1]
        run = nn_doctor.diagnose({"loss": (scale * loss).tolist(), "val_loss": (scale * val).tolist()}).runs[0].run
        numbers = heard(rules_alone(run, Selection()))
        return {key: value for key, value in numbers.items() if not key.startswith(GUESSING)}

    assert told(times) == pytest.approx(told(1.0), rel=1e-6, nan_ok=True)

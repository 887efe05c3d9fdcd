from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import nn_doctor
from tests.catalogue import asking

outcome = partial(asking.outcome, select=())


def descent(rate, steps=40):
    """Gradient descent on a quadratic in single precision: really overflows where rate > 2."""
    weight, losses = np.float32(1.0), []
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            losses.append(float(weight * weight))
            weight = weight - np.float32(rate) * weight
    return losses


def test_a_training_that_overflows_is_critical():
    found = outcome({"step": list(range(40)), "loss": descent(40.0)}, "ND103")
    assert found.status == "fired"
    assert found.diagnosis.severity == "critical"
    assert found.diagnosis.confidence >= 0.8


def test_a_training_that_converges_is_clear():
    assert outcome({"step": list(range(40)), "loss": descent(0.1)}, "ND103").status == "clear"


def test_three_epochs_that_end_in_nan_are_enough():
    found = outcome({"epoch": [0, 1, 2], "loss": [2.3, 2.0, float("nan")]}, "ND103")
    assert found.status == "fired"


def test_one_nan_that_recovers_is_a_warning_below_the_gate():
    losses = descent(0.01, 400)
    losses[200] = float("nan")
    found = outcome({"step": list(range(400)), "loss": losses}, "ND103")
    assert found.diagnosis.severity == "warning"
    assert found.diagnosis.confidence < 0.8


@pytest.mark.parametrize("value", [1e308, 1e-320, 0.0, -5.0])
def test_extreme_constants_raise_nothing(value):
    report = nn_doctor.diagnose({"step": list(range(30)), "loss": [value] * 30})
    assert [o.code for o in report.runs[0].outcomes if o.status == "error"] == []


def blank(loss, points=60):
    """Losses at the first evaluations only, accuracies at all of them: as a table is written that leaves NaN out."""
    rows = range(points)
    losses = [loss[i] if i < len(loss) else None for i in rows]
    accuracy = [0.1 + 0.05 * i if i < 6 else 0.01 for i in rows]
    return {"step": list(rows), "train/loss": losses, "validation/loss": losses, "train/accuracy": accuracy,
            "validation/accuracy": accuracy}  # fmt: skip


def test_losses_that_go_blank_after_a_run_up_are_lost():
    found = outcome(blank([6.9, 5.8, 5.3, 4.9, 4.6, 4.4, 27.3, 36.7, 648.0]), "ND103")
    assert found.status == "fired"
    assert "blank" in found.diagnosis.summary


def test_losses_that_were_logged_at_first_only_are_missing_points():
    assert outcome(blank([6.9, 5.8, 5.3, 4.9, 4.6, 4.4, 4.2, 4.1, 4.0]), "ND103").status == "clear"
    risen = blank([6.9, 5.8, 5.3, 4.9, 4.6, 4.4, 27.3, 36.7, 648.0], points=12)
    assert outcome(risen, "ND103").status == "clear"  # the metrics have hardly gone on

"""What the rules about losses by steps say of healthy, short and odd logs."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import nn_doctor
from nn_doctor.catalogue.base import Expectation
from tests.catalogue.asking import outcome
from tests.catalogue.steps import CLASSES, PER_EPOCH, steps_run

CODES = ("ND108", "ND109", "ND110", "ND111", "ND301", "ND302")


@pytest.mark.parametrize("seed", range(4))
def test_healthy_training_by_steps_is_clear(seed: int) -> None:
    report = nn_doctor.diagnose(
        steps_run(seed=seed), select=CODES, expectation=Expectation(classes=CLASSES, batches_per_epoch=PER_EPOCH)
    )
    assert [d.code for d in report.runs[0].diagnoses] == []
    assert [o.code for o in report.runs[0].outcomes if o.status == "error"] == []


@pytest.mark.parametrize("code", CODES)
def test_short_logs_are_not_judged(code: str) -> None:
    assert outcome({"step": [0, 1, 2], "loss": [3.0, 2.0, 1.0]}, code).status == "not_applicable"


ALTERNATING = [1.0, -1.0] * 200

ODD = {
    "constant": [1.0] * 400,
    "zero": [0.0] * 400,
    "huge": [1e308] * 200 + [-1e308] * 200,
    "swinging": [1e308, -1e308] * 200,
    "alternating": ALTERNATING,
    "one spike": [1.0] * 200 + [1e300] + [0.5] * 199,
    "tiny": [1e-300 / (i + 1) for i in range(400)],
    "not a number": [float("nan")] * 400,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_curves_raise_and_warn_nothing(name: str) -> None:
    columns = {"step": np.arange(400), "loss": ODD[name]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = nn_doctor.diagnose(columns, select=CODES, expectation=Expectation(classes=10, batches_per_epoch=20))
    outcomes = [o for run in report.runs for o in run.outcomes]
    assert [(o.code, o.reason) for o in outcomes if o.status == "error"] == []

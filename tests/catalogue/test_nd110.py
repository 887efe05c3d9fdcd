"""ND110 wrong-initial-loss on real trainings of a second, and on logs that begin late or coarsely."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor
from nn_doctor.report.model import Outcome
from tests.catalogue.asking import outcome, said
from tests.catalogue.steps import CLASSES, steps_run


def test_a_high_loss_that_falls_like_a_stick_began_wrong() -> None:
    steps = np.arange(0, 600, 5)
    stick, slow = 0.3 + 15 * np.exp(-steps / 35), 0.3 + 15 * np.exp(-steps / 80)
    assert said({"step": steps, "loss": stick}, "ND110") == ["ND110"]
    assert said({"step": steps, "loss": slow}, "ND110") == []
    assert said({"step": steps, "loss": stick / 5}, "ND110") == []
    assert said({"epoch": np.arange(120), "loss": stick}, "ND110") == []


def test_large_initial_weights_start_far_above_guessing() -> None:
    run = steps_run(gain=20.0)
    found = outcome(run, "ND110", classes=CLASSES)
    assert found.status == "fired"
    assert found.measured["first"] == run["loss"][0]
    assert found.measured["guessing"] == pytest.approx(np.log(CLASSES))


def test_initial_loss_of_a_regression_is_not_judged() -> None:
    run = steps_run(gain=20.0)
    assert outcome(run, "ND110", classes=CLASSES, task="regression").status == "clear"


def initial(loss: np.ndarray, name: str = "loss", every: int = 1, **options: object) -> Outcome:
    return outcome({"step": every * np.arange(1, loss.size + 1), name: loss}, "ND110", **options)


def test_a_hockey_stick_without_classes_is_a_note() -> None:
    t = np.arange(200.0)
    stick = initial(1.0 + 60.0 * np.exp(-t / 2) - t / 1000)
    assert stick.diagnosis is not None
    assert stick.diagnosis.severity == "note"
    assert initial(1.0 + 60.0 * np.exp(-t / 40)).status == "clear"  # it falls as any loss does
    assert initial(3.0 / (1 + t)).status == "clear"  # steep, but it begins where scaled targets do
    assert initial(1e6 * np.exp(-t / 15)).status == "fired"  # the mean of the targets is learnt by small steps
    assert initial(5e4 * np.exp(-t / 2) + 20, name="perplexity").status != "fired"


def test_classes_of_a_setting_beside_no_accuracy() -> None:
    t = np.arange(200.0)

    def told(loss: np.ndarray) -> list[str]:
        report = nn_doctor.diagnose({"step": t, "loss": loss}, select=("ND110",), params={"num_classes": 6})
        return [d.severity for d in report.runs[0].diagnoses]

    assert told(0.2 + 20.0 * np.exp(-t / 20)) == ["warning"]
    assert told(0.2 + 4.0 * np.exp(-t / 20)) == []  # twice ln 6 may be a sum
    assert told(4.0 + 20.0 * np.exp(-t / 20)) == []  # so is what stays above ln 6


def test_logits_of_a_wide_head_cost_more_than_a_guess_and_those_of_a_usual_one_do_not() -> None:
    rng, t = np.random.default_rng(3), np.arange(60.0)

    def first(spread: float) -> float:
        logits = spread * rng.normal(size=(512, 8))
        return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[:, 0]))

    wide, usual = first(2.0), first(0.5)
    found = initial(0.5 + (wide - 0.5) * np.exp(-t / 9), classes=8)
    assert found.status == "fired"
    assert found.measured["score"] < initial(0.5 + 6.0 * np.exp(-t / 9), classes=8).measured["score"]
    assert initial(0.5 + (usual - 0.5) * np.exp(-t / 9), classes=8).status == "clear"


def test_beside_an_accuracy_a_high_start_alone_says_nothing_as_margins_and_distillation_have_one_too() -> None:
    t = np.arange(30.0)
    high = {"epoch": t, "loss": 3.0 + 50.0 * np.exp(-t / 8), "accuracy": 0.1 + t / 60}
    assert outcome(high, "ND110").status == "clear"


def test_several_points_an_epoch_are_no_means_over_epochs() -> None:
    loss = 2.0 + 10.0 * np.exp(-np.arange(80.0) / 30)  # never below ln 8
    epochs = {"epoch": np.arange(80) / 10, "loss": loss}
    assert outcome(epochs, "ND110", classes=8).status == "fired"
    assert outcome({"epoch": np.arange(80), "loss": loss}, "ND110", classes=8).status == "clear"


def test_the_first_line_of_a_log_that_prints_now_and_then() -> None:
    t = np.arange(80.0)
    loss = 0.3 + 8.0 * np.exp(-t / 6)
    assert initial(loss, every=25, classes=4).status == "fired"
    assert outcome({"step": 25 * np.arange(9, 89), "loss": loss}, "ND110", classes=4).status == "not_applicable"


def test_hinge_loss_starts_at_classes_minus_one() -> None:
    loss = 9.0 * np.exp(-np.arange(100) / 20.0)
    assert outcome({"step": np.arange(100), "loss": loss}, "ND110", classes=10).status == "clear"

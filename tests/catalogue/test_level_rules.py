"""ND101, 102, 104–107 and 112 on real trainings of a second, and on curves whose answer is plain."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import nn_doctor
from tests.catalogue import asking
from tests.catalogue.trainings import softmax_run

LEVEL = ("ND101", "ND102", "ND104", "ND105", "ND106", "ND107", "ND112")


codes = partial(asking.codes, select=LEVEL)
outcome = partial(asking.outcome, select=LEVEL)


def test_healthy_training_has_nothing_above_a_note() -> None:
    for seed in range(5):
        report = nn_doctor.diagnose(softmax_run(0.05, 60, seed=seed), select=LEVEL)
        assert [d.code for d in report.runs[0].diagnoses if d.severity != "note"] == []


def test_learning_rate_of_almost_nothing_is_not_learning() -> None:
    assert codes(softmax_run(1e-9, 40))[0] == "ND101"


def test_flat_at_ln_c_with_the_accuracy_of_guessing() -> None:
    rng = np.random.default_rng(0)
    loss = [9.0, *(np.log(3) + 0.001 * rng.normal(size=40))]
    assert "ND101" in codes({"loss": loss, "accuracy": [0.2] + [0.333] * 40})
    assert "ND101" not in codes({"loss": loss, "accuracy": [0.2] + [0.7] * 40})


def test_gradient_ascent_diverges() -> None:
    assert codes(softmax_run(-0.01, 30))[0] == "ND102"


def test_divergence_after_progress() -> None:
    good = softmax_run(0.05, 30)["loss"]
    worse = [good[-1] * 1.3**i for i in range(1, 21)]
    assert codes({"loss": good + worse})[0] == "ND102"


def test_warm_restart_is_no_divergence() -> None:
    t = np.arange(80)
    lr = 0.1 * 0.5 * (1 + np.cos(np.pi * ((t / 40) % 1)))
    loss = 0.3 + 2 * np.exp(-t / 8) + 4 * np.where(t >= 40, lr, 0)
    assert "ND102" not in codes({"loss": loss[:50], "lr": lr[:50]})


def test_slow_straight_fall_is_a_learning_rate_too_low() -> None:
    assert codes(softmax_run(2e-5, 60, gain=0.3))[0] == "ND105"


def test_small_initial_weights_start_slowly() -> None:
    run = softmax_run(0.008, 80, hidden=16, gain=0.002)
    assert codes(run)[0] == "ND106"
    lr = [0.008 * min(1.0, (i + 1) / 60) for i in range(80)]
    assert "ND106" not in codes({**run, "lr": lr})


def test_stopped_early_is_still_improving_unless_the_rate_had_decayed() -> None:
    run = softmax_run(0.002, 30, gain=0.01)
    assert codes(run) == ["ND107"]
    decayed = {**run, "lr": np.linspace(0.002, 0.0, 30)}
    assert "ND107" not in codes(decayed)
    assert "ND107" not in codes(run, expectation=nn_doctor.Expectation(expect="single-epoch"))


def test_saturation_names_the_place() -> None:
    rng = np.random.default_rng(1)
    loss = 0.5 + 2 * np.exp(-np.arange(200) / 5) + 0.01 * rng.normal(size=200)
    found = outcome({"epoch": range(200), "loss": loss}, "ND112").diagnosis
    assert found is not None
    assert found.span is not None
    assert 10 < found.span.start < 60


def test_drop_at_a_cut_after_a_bouncing_plateau() -> None:
    rng = np.random.default_rng(2)
    t = np.arange(120)
    level = np.where(t < 80, 1.2 + 1.5 * np.exp(-t / 4), 0.4)
    loss = level + np.where(t < 80, 0.15, 0.01) * rng.normal(size=120)
    assert codes({"loss": loss, "lr": np.where(t < 80, 0.5, 0.01)})[0] == "ND104"


@pytest.mark.parametrize("task", ["gan", "rl"])
def test_losses_that_hover_by_design_are_not_judged(task: str) -> None:
    expectation = nn_doctor.Expectation(task=task)
    assert codes({"loss": [2.0] * 40}, expectation=expectation) == []


def test_short_runs_are_not_applicable() -> None:
    for code in LEVEL:
        assert outcome({"loss": [2.0, 1.9, 2.1, 2.0]}, code).status == "not_applicable"

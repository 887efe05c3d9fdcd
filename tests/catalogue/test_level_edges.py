"""Curves that once raised a false alarm, or hid a fault, of the rules about level and shape."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor
from tests.catalogue.trainings import softmax_run

GATE = 0.8
LEVEL = ("ND101", "ND102", "ND106", "ND112")


def fired(columns: dict, **options: object) -> dict[str, float]:
    """Confidence by code."""
    report = nn_doctor.diagnose(columns, select=LEVEL, **options)
    return {d.code: d.confidence for d in report.runs[0].diagnoses}


def status(columns: dict, code: str) -> str:
    outcomes = nn_doctor.diagnose(columns, select=LEVEL).runs[0].outcomes
    return next(o.status for o in outcomes if o.code == code)


def test_a_loss_of_zero_throughout_is_neither_divergence_nor_saturation() -> None:
    assert not {"ND102", "ND112"} & set(fired({"loss": [0.0] * 50}))


def test_train_loss_of_the_first_steps_alone_does_not_judge_the_run() -> None:
    first = [6.908] * 100
    columns = {
        "step": [*range(100), *range(1000, 11_000, 1000)],
        "loss": [*first, *[None] * 10],
        "val_loss": [*[None] * 100, *np.linspace(6.0, 2.0, 10)],
    }
    for code in ("ND101", "ND102", "ND106"):
        assert status(columns, code) == "not_applicable"
    assert "ND101" in fired({"step": range(100), "loss": first})


@pytest.mark.parametrize("seed", range(4))
def test_single_batches_noisier_than_the_fall_never_close_the_gate(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(size=300)
    for loss in (1.0 + 0.2 * noise, noise):
        assert fired({"step": range(300), "loss": loss}).get("ND101", 0.0) < GATE
    expected = nn_doctor.Expectation(expect="finetune")
    assert fired({"step": range(300), "loss": 1.0 + 0.2 * noise}, expectation=expected) == {}


def test_divergence_to_a_level_above_the_start_past_a_huge_spike() -> None:
    rng = np.random.default_rng(3)
    loss = np.concatenate([[2.2, 1.9, 1.7, 1.9], [4.0, 20.0, 117.0, 40.0, 9.0], 2.4 + 0.02 * rng.normal(size=300)])
    assert "ND102" in fired({"step": range(loss.size), "loss": loss})


def test_one_jump_to_a_level_is_reported_but_does_not_close_the_gate() -> None:
    good = softmax_run(0.05, 60)["loss"]
    jumped = [*good, *[good[0] * 3.0] * 30]
    climbing = [*good, *(good[-1] * 1.3 ** np.arange(1, 31))]
    assert 0 < fired({"loss": jumped})["ND102"] < GATE
    assert fired({"loss": climbing})["ND102"] >= GATE


def test_a_plateau_of_a_few_updates_may_be_a_warm_up() -> None:
    fall = 6 + 27 / (1 + np.exp((np.arange(100) - 40) / 6))
    assert fired({"step": range(100), "loss": fall})["ND106"] < GATE
    assert fired({"step": range(0, 100_000, 1000), "loss": fall})["ND106"] >= GATE


def test_a_curve_that_climbs_again_or_is_noisy_is_not_saturated() -> None:
    t = np.arange(100)
    settled = 0.5 + 2 * np.exp(-t / 4)
    calm = 0.005 * np.random.default_rng(0).normal(size=100)
    assert "ND112" in fired({"epoch": t, "loss": settled + calm})
    assert "ND112" not in fired({"epoch": t, "loss": settled + calm + 0.006 * np.maximum(t - 30, 0)})
    assert "ND112" not in fired({"epoch": t, "loss": settled + 100 * calm})


def test_a_start_far_too_high_does_not_hide_what_is_gained_later() -> None:
    loss = np.concatenate([[900.0, 40.0], 2.3 * np.exp(-np.arange(118) / 60)])
    assert "ND112" not in fired({"epoch": range(120), "loss": loss})

"""ND111 by ranks, several spikes alike (ND108), validation left standing (ND201), what is told first (ND302, ND104)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import nn_doctor
from nn_doctor.report.model import Outcome

SEEDS = range(5)


def outcome(columns: dict[str, Any], code: str) -> Outcome:
    report = nn_doctor.diagnose(columns, select=(code,))
    return next(o for o in report.runs[0].outcomes if o.code == code)


def slow_fall(seed: int, points: int = 150) -> tuple[np.ndarray, np.ndarray]:
    """A plateau, a bend and a fall, as of a net that is hard to start: straight pieces fit it badly."""
    t = np.arange(points)
    rng = np.random.default_rng(seed)
    return t, (0.4 + 1.9 / (1 + np.exp((t - 45) / 9))) * np.exp(0.05 * rng.standard_normal(points))


@pytest.mark.parametrize("seed", SEEDS)
def test_other_labels_half_way_are_a_jump_though_all_before_was_a_bend(seed: int) -> None:
    t, loss = slow_fall(seed)
    loss[80:] += 0.6 + 0.3 * np.exp(-np.arange(70) / 6)
    assert outcome({"step": t, "loss": loss}, "ND111").status == "fired"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_jump_that_the_end_of_the_log_cuts_short(seed: int) -> None:
    t, loss = slow_fall(seed)
    loss[140:] += 1.2 * np.exp(-np.arange(10) / 12)
    assert outcome({"step": t, "loss": loss}, "ND111").status == "fired"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rise_that_goes_on_or_loses_everything_is_divergence(seed: int) -> None:
    t, loss = slow_fall(seed)
    on, gone = loss.copy(), loss.copy()
    on[80:] += 0.5 + np.arange(70) / 60
    gone[80:] += 2.2
    assert outcome({"step": t, "loss": on}, "ND111").status == "clear"
    assert nn_doctor.diagnose({"step": t, "loss": gone}).runs[0].diagnoses[0].code in {"ND102", "ND111"}


@pytest.mark.parametrize("seed", SEEDS)
def test_spikes_of_several_heights_are_spikes_a_long_tail_is_noise(seed: int) -> None:
    rng = np.random.default_rng(seed)
    t = np.arange(2000)
    fall = 0.25 + 0.6 * np.exp(-t / 250)
    tail = fall * np.exp(0.25 * rng.standard_normal(t.size))
    spiky = tail.copy()
    spiky[rng.choice(np.arange(100, 2000), 40, replace=False)] *= 4 + 4 * rng.random(40)
    assert outcome({"step": t, "loss": spiky}, "ND108").status == "fired"
    assert outcome({"step": t, "loss": fall * rng.exponential(size=t.size)}, "ND108").status == "clear"
    assert outcome({"step": t, "loss": tail}, "ND108").status == "clear"


def left_behind(train_end: float, rise: float) -> dict[str, Any]:
    """Train falls to ``train_end`` by magnitudes, validation stands from a quarter of the run on."""
    t = np.arange(120)
    train = 4 * np.exp(t / 119 * np.log(train_end / 4))
    val = 2.0 + 2.2 * np.exp(-t / 8) + rise * np.maximum(t - 30, 0) / 90
    return {"epoch": t, "loss": train, "val_loss": val}


def test_validation_that_stands_while_train_goes_to_nothing_is_overfitting() -> None:
    assert outcome(left_behind(0.05, 0.02), "ND201").status == "fired"


def test_a_gap_of_a_train_loss_that_is_far_from_solved_is_none() -> None:
    assert outcome(left_behind(1.2, 0.02), "ND201").status == "clear"


def test_stairs_are_told_before_the_fall_that_they_make() -> None:
    rng = np.random.default_rng(3)
    step = np.arange(300)
    loss = 3.0 - 0.5 * (step // 60) + 0.05 * rng.standard_normal(300) - 0.0006 * step
    report = nn_doctor.diagnose({"step": step, "epoch": step // 60, "loss": loss})
    said = [d.code for d in report.runs[0].diagnoses]
    assert said[0] == "ND302"
    assert report.runs[0].diagnoses[said.index("ND107")].because_of == "ND302" if "ND107" in said else True

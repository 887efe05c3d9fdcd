"""ND111 by ranks, several spikes alike (ND108), validation left standing (ND201), what is told first (ND302, ND104)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import nn_doctor
from tests.catalogue.asking import outcome

SEEDS = range(5)


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


@pytest.mark.parametrize("seed", SEEDS)
def test_a_loss_that_ends_magnitudes_above_its_start_diverged_though_it_comes_back(seed: int) -> None:
    t = np.arange(60)
    logs = np.where(t < 36, 0.5 * t, 18 - 0.4 * (t - 36)) + 0.4 * np.random.default_rng(seed).standard_normal(60)
    assert outcome({"epoch": t, "loss": np.exp(logs)}, "ND102").status == "fired"
    factors = np.exp(3 * np.random.default_rng(seed).standard_normal(60))  # noise by factors has no way up
    assert outcome({"epoch": t, "loss": factors}, "ND102").status == "clear"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_level_that_huge_spikes_leave_behind_is_theirs(seed: int) -> None:
    t = np.arange(240)
    level = np.where(t < 40, 0.1 + 0.8 * np.exp(-t / 10), 0.7)
    loss = level * np.exp(0.15 * np.random.default_rng(seed).standard_normal(240))
    loss[40::32] *= 300
    columns = {"step": t, "loss": loss}
    assert outcome(columns, "ND102").status == "clear"
    assert nn_doctor.diagnose(columns).runs[0].diagnoses[0].code == "ND108"


def test_batches_within_epochs_are_batches_epochs_are_not() -> None:
    rng = np.random.default_rng(0)
    loss = rng.exponential(0.5, 600)
    assert outcome({"epoch": np.arange(600) / 200, "loss": loss}, "ND109").status == "fired"
    assert outcome({"epoch": np.arange(600), "loss": loss}, "ND109").status == "not_applicable"


@pytest.mark.parametrize("seed", SEEDS)
def test_jitter_on_a_floor_is_nothing_beside_the_whole_fall(seed: int) -> None:
    t = np.arange(40)
    rng = np.random.default_rng(seed)
    val = 0.01 * np.exp(0.3 * rng.standard_normal(40))
    low, high = np.where(t == 0, 0.5, 0.008 - t * 1e-5), np.where(t == 0, 0.02, 0.008 - t * 1e-5)
    assert outcome({"epoch": t, "loss": low, "val_loss": val}, "ND203").status == "clear"
    assert outcome({"epoch": t, "loss": high, "val_loss": val}, "ND203").status == "fired"


def test_who_has_learnt_little_and_lost_a_trifle_does_not_overfit() -> None:
    t = np.arange(40)
    val = 1.09 - 0.02 * np.minimum(t, 8) / 8 + 0.012 * np.maximum(t - 12, 0) / 28
    little = {"epoch": t, "loss": 1.0 + 0.075 * np.exp(-t / 15), "val_loss": val}
    assert outcome(little, "ND201").status == "clear"


def test_means_that_start_anew_at_each_epoch_leap_a_little_both_ways_and_have_no_spikes() -> None:
    rng = np.random.default_rng(2)
    step = np.arange(320)
    loss = np.round(0.11 + 0.045 * np.exp(-step / 60), 3)
    first = step % 16 == 0
    loss[first] = np.round(loss[first] * (1 + 0.07 * rng.standard_normal(first.sum())).clip(0.87, 1.13), 3)
    assert outcome({"step": step, "loss": loss}, "ND108").status == "clear"


@pytest.mark.parametrize("seed", SEEDS)
def test_validation_that_hardly_moved_while_train_is_solved_in_leaps_is_overfitting(seed: int) -> None:
    t = np.arange(150)
    rng = np.random.default_rng(seed)
    train = (
        0.3 * np.exp(-t / 22) * np.where((t > 55) & (t < 70), 8.0, 1.0) * np.exp(0.3 * rng.standard_normal(150)) + 2e-4
    )
    val = 0.33 - 0.03 * np.minimum(t, 75) / 75 + 0.00002 * np.maximum(t - 75, 0) + 0.003 * rng.standard_normal(150)
    assert outcome({"epoch": t, "loss": train, "val_loss": val}, "ND201").status == "fired"

"""ND108, ND111 and ND301: jumps above the start, rises that cost much, spikes at even distances, waves that shrink."""

from __future__ import annotations

import numpy as np
import pytest

from tests.catalogue.asking import codes, outcome

N = 200
T = np.arange(N)


def fall(seed: int = 0, noise: float = 0.03) -> np.ndarray:
    return (0.2 + np.exp(-T / 25)) * np.exp(noise * np.random.default_rng(seed).standard_normal(N))


@pytest.mark.parametrize("times", [8, 100, 3000])
@pytest.mark.parametrize("back", [0.0, 0.002])
def test_targets_in_other_units_are_a_jump_however_far_above_the_start(times: float, back: float) -> None:
    loss = np.where(T >= 120, times * fall() * np.exp(-back * (T - 120)), fall())
    assert codes({"step": T, "loss": loss})[0] == "ND111"


@pytest.mark.parametrize("seed", range(3))
def test_a_loss_that_climbs_on_is_divergence(seed: int) -> None:
    loss = fall(seed) * np.where(T >= 120, np.exp((T - 119) / 12), 1.0)
    assert codes({"step": T, "loss": loss})[0] == "ND102"


def test_a_rise_counts_by_what_it_loses_and_for_how_long() -> None:
    low = fall() + np.where(T >= 100, 0.35 * np.exp(-(T - 100) / 30), 0.0)
    short = fall() + np.where(T >= 100, 0.35 * np.exp(-(T - 100) / 3), 0.0)
    assert outcome({"step": T, "loss": low}, "ND111").status == "fired"
    assert outcome({"step": T, "loss": short}, "ND111").status == "clear"


@pytest.mark.parametrize("seed", range(5))
def test_a_noisy_level_has_no_jumps(seed: int) -> None:
    rng = np.random.default_rng(seed)
    loss = np.where(T < 120, 1 + 0.25 * np.abs(rng.standard_normal(N)), 0.5)
    assert outcome({"step": T, "loss": loss}, "ND111").status == "clear"


@pytest.mark.parametrize("seed", range(5))
def test_several_spikes_that_leave_something_behind_are_spikes(seed: int) -> None:
    loss = 1.5 - T / 200 + 0.01 * np.random.default_rng(seed).standard_normal(N)
    for place in (40, 81, 122, 163):
        loss[place] += 5.0
        loss[place:] += 0.3 * np.exp(-(T[place:] - place) / 12)
    assert outcome({"step": T, "loss": loss}, "ND111").status == "clear"
    assert codes({"step": T, "loss": loss})[0] == "ND108"


@pytest.mark.parametrize(("points", "severity"), [(400, "warning"), (4000, "note")])
def test_low_spikes_apart_from_all_else_are_a_note_where_they_cost_nothing(points: int, severity: str) -> None:
    rng, t = np.random.default_rng(1), np.arange(points)
    loss = 1.5 + 3 * np.exp(-8 * t / points) + 0.05 * rng.standard_normal(points)
    loss[[points // 3, points // 2, 2 * points // 3, 3 * points // 4]] += 0.8
    found = outcome({"step": t, "loss": loss}, "ND108")
    assert found.diagnosis is not None
    assert found.diagnosis.severity == severity


def sorted_run(epochs: int, per_epoch: int, shrink: float, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    hard = np.tile(np.exp(0.5 * rng.standard_normal(per_epoch)), epochs)
    t = np.arange(hard.size)
    return np.exp(-shrink * t / t.size) * hard * np.exp(0.08 * rng.standard_normal(t.size))


@pytest.mark.parametrize("shrink", [0.5, 3.0, 6.0])
def test_waves_that_shrink_with_the_loss_show_the_order_with_and_without_epochs(shrink: float) -> None:
    loss = sorted_run(14, 20, shrink)
    columns = {"step": np.arange(loss.size), "loss": loss}
    assert outcome(columns, "ND301").status == "fired"
    found = outcome(columns, "ND301", batches_per_epoch=20)
    assert found.status == "fired"
    assert found.measured["length"] == pytest.approx(20)
    shuffled = {"step": columns["step"], "loss": np.random.default_rng(1).permutation(loss / loss.mean()) + 0.1}
    assert outcome(shuffled, "ND301", batches_per_epoch=20).status == "clear"


def test_small_waves_of_a_loss_that_falls_and_tiny_ones_are_not_the_order_of_the_data() -> None:
    small = 0.02 * sorted_run(14, 20, 0.0)
    assert outcome({"step": np.arange(280), "loss": 2 - np.arange(280) / 280 + small}, "ND301").status == "clear"
    assert outcome({"step": np.arange(280), "loss": 1 + small / 5}, "ND301").status == "clear"


def test_small_waves_of_a_loss_that_is_stuck_may_be_why() -> None:
    stuck = 1 + 0.02 * sorted_run(14, 20, 0.0)
    assert outcome({"step": np.arange(280), "loss": stuck}, "ND301").status == "fired"


def test_spikes_at_even_distances_are_not_the_order_of_the_data() -> None:
    spiked = fall(noise=0.05)
    spiked[::31] += 4.0
    assert outcome({"step": T, "loss": spiked}, "ND301").status == "clear"


def test_few_smooth_restarts_of_a_rate_that_was_not_logged_are_no_order_of_the_data() -> None:
    loss = 0.3 + np.exp(-T / 20) + 0.4 * np.exp(-(T % 40) / 10) + 0.002 * np.random.default_rng(0).standard_normal(N)
    assert outcome({"step": T, "loss": loss}, "ND301").status == "clear"

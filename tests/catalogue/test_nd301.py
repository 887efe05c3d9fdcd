"""ND301 unshuffled-data on real trainings of a second, and on curves that invite false alarms."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor
from nn_doctor.catalogue.base import Expectation
from tests.catalogue.asking import outcome
from tests.catalogue.steps import PER_EPOCH, steps_run


def test_data_in_the_order_of_classes_is_unshuffled() -> None:
    run = steps_run(ordered=True)
    assert outcome(run, "ND301", batches_per_epoch=PER_EPOCH).status == "fired"
    assert outcome(run, "ND302", batches_per_epoch=PER_EPOCH).status != "error"


@pytest.mark.parametrize("seed", range(4))
def test_tall_waves_that_few_points_draw_are_unshuffled_data_and_no_spikes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    step = np.arange(3, 500, 3)
    hard = np.where(np.arange(50) % 25 < 22, 1.0, 12.0) * np.exp(0.5 * rng.normal(size=50))
    loss = (1 + 5 * np.exp(-step / 60)) * hard[step % 50] * np.exp(0.2 * rng.normal(size=step.size))
    said = nn_doctor.diagnose(
        {"step": step, "loss": loss},
        select=("ND108", "ND109", "ND111", "ND301"),
        expectation=Expectation(batches_per_epoch=50),
    )
    assert [d.code for d in said.runs[0].diagnoses] == ["ND301"]


@pytest.mark.parametrize("seed", range(4))
def test_tall_spikes_anywhere_in_the_epochs_are_no_waves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    step = np.arange(3, 500, 3)
    loss = (1 + 5 * np.exp(-step / 60)) * np.exp(0.2 * rng.normal(size=step.size))
    loss[rng.choice(step.size, 12, replace=False)] *= 10
    assert outcome({"step": step, "loss": loss}, "ND301", batches_per_epoch=50).status == "clear"


def creeping(step: np.ndarray, epoch: int, rise: float) -> np.ndarray:
    """A falling loss that creeps up through each epoch and drops at its end."""
    return np.exp(-step / 800) * np.exp(rise * ((step - 1) % epoch) / epoch)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_a_loss_that_climbs_through_each_epoch_is_sorted_data_though_steps_are_all_that_is_logged(
    seed: int, known: bool
) -> None:
    rng = np.random.default_rng(seed)
    step = np.arange(3, 340, 3)
    step[11::13] += 1  # logs are not always even
    loss = creeping(step, 38, 0.9) * np.exp(0.1 * rng.normal(size=step.size))
    found = outcome({"step": step, "loss": loss}, "ND301", batches_per_epoch=38 if known else None)
    assert found.status == "fired"
    assert ("every epoch" in found.reason) is known


@pytest.mark.parametrize("seed", range(3))
def test_bad_batches_and_restarts_at_even_distances_are_not_sorted_data(seed: int) -> None:
    rng = np.random.default_rng(seed)
    step = np.arange(600)
    fall = (0.3 + np.exp(-step / 150)) * np.exp(0.1 * rng.normal(size=600))
    bad = fall * np.where(step % 61 == 60, 12.0, 1.0)
    restarts = fall * (1 + 2 * np.exp(-(step % 60) / 12))
    for loss in (fall, bad, restarts):
        assert outcome({"step": step, "loss": loss}, "ND301").status == "clear"


@pytest.mark.parametrize(("every", "epoch"), [(6, 45), (7, 38), (50, 390)])
def test_an_epoch_that_is_no_multiple_of_the_distance_of_records_keeps_its_length(every: int, epoch: int) -> None:
    rng = np.random.default_rng(0)
    step = np.arange(every, 12 * epoch, every)
    loss = creeping(38 * (step - 1) / epoch + 1, 38, 0.9) * np.exp(0.05 * rng.normal(size=step.size))
    columns = {"step": step, "epoch": (step - 1) // epoch, "loss": loss}
    assert outcome(columns, "ND301").status == "fired"


@pytest.mark.parametrize("known", [True, False])
def test_a_staircase_is_not_sorted_data(known: bool) -> None:
    rng = np.random.default_rng(0)
    step = 20 * np.arange(1, 91)
    loss = 0.7 ** ((step - 1) // 180) * np.exp(0.02 * rng.normal(size=90))
    columns = {"step": step, "loss": loss}
    assert outcome(columns, "ND301", batches_per_epoch=180 if known else None).status == "clear"
    assert outcome(columns, "ND302", batches_per_epoch=180 if known else None).status == "fired"


def test_means_that_start_anew_each_epoch_are_no_waveform() -> None:
    run = steps_run(epochs=20)
    losses = np.array(run["loss"]).reshape(-1, PER_EPOCH)
    run["loss"] = (losses.cumsum(axis=1) / np.arange(1, PER_EPOCH + 1)).ravel().tolist()
    assert outcome(run, "ND301", batches_per_epoch=PER_EPOCH).status == "clear"

"""ND108–ND111, ND301 and ND302 on real trainings of a second, and on curves that invite false alarms."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

import nn_doctor
from nn_doctor.catalogue.base import Expectation
from nn_doctor.report.model import Outcome
from tests.catalogue.steps import CLASSES, steps_run

CODES = ("ND108", "ND109", "ND110", "ND111", "ND301", "ND302")
PER_EPOCH = 20


def outcome(columns: dict, code: str, **options: Any) -> Outcome:
    report = nn_doctor.diagnose(columns, select=(code,), expectation=Expectation(**options))
    return next(o for o in report.runs[0].outcomes if o.code == code)


@pytest.mark.parametrize("seed", range(4))
def test_healthy_training_by_steps_is_clear(seed: int) -> None:
    report = nn_doctor.diagnose(
        steps_run(seed=seed), select=CODES, expectation=Expectation(classes=CLASSES, batches_per_epoch=PER_EPOCH)
    )
    assert [d.code for d in report.runs[0].diagnoses] == []
    assert [o.code for o in report.runs[0].outcomes if o.status == "error"] == []


def test_bad_batches_are_spikes() -> None:
    bad = (100, 180, 260, 340)
    found = outcome(steps_run(bad=bad), "ND108")
    assert found.status == "fired"
    assert found.diagnosis is not None
    assert found.diagnosis.severity == "warning"
    assert found.measured["large"] == len(bad)


def test_one_bad_batch_is_a_note() -> None:
    found = outcome(steps_run(bad=(200,)), "ND108")
    assert found.diagnosis is not None
    assert found.diagnosis.severity == "note"


def test_drops_are_no_spikes() -> None:
    run = steps_run()
    run["loss"] = [v - 2.0 if i in {100, 200, 300} else v for i, v in enumerate(run["loss"])]
    assert outcome(run, "ND108").status == "clear"


def test_batches_of_one_are_noisy() -> None:
    assert outcome(steps_run(batch=1, epochs=4, lr=0.004, spread=0.5), "ND109").status == "fired"


def test_a_fall_within_the_first_point_is_no_noise() -> None:
    rng = np.random.default_rng(0)
    loss = 0.27 + 0.04 * rng.normal(size=400)
    assert outcome({"step": np.arange(400), "loss": [1.2, *loss[1:]]}, "ND109").status == "clear"


def test_noise_of_epochs_is_not_judged() -> None:
    run = steps_run(batch=1, epochs=4, lr=0.004, spread=0.5)
    by_epoch = {"epoch": list(range(400)), "loss": run["loss"][:400]}
    assert outcome(by_epoch, "ND109").status == "not_applicable"


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


def test_labels_spoilt_from_some_step_on_are_a_jump() -> None:
    found = outcome(steps_run(spoil_at=240, epochs=40), "ND111")
    assert found.status == "fired"
    assert abs(found.measured["x"] - 240) <= 5


def test_jump_at_a_warm_restart_is_planned() -> None:
    t = np.arange(200)
    loss = 0.3 + 2 * np.exp(-t / 15) + np.where(t >= 100, 1.0, 0.0)
    rate = 0.1 * 0.5 * (1 + np.cos(np.pi * ((t / 100) % 1)))
    assert outcome({"step": t, "loss": loss}, "ND111").status == "fired"
    assert outcome({"step": t, "loss": loss, "lr": rate}, "ND111").status == "clear"


def test_spike_that_recovers_and_a_slow_rise_are_no_jumps() -> None:
    t = np.arange(200)
    loss = 0.3 + 2 * np.exp(-t / 15)
    spiked = loss + np.where((t >= 100) & (t < 104), 3.0, 0.0)
    rising = loss + np.clip((t - 100) / 80, 0.0, 1.0)
    assert outcome({"step": t, "loss": spiked}, "ND111").status == "clear"
    assert outcome({"step": t, "loss": rising}, "ND111").status == "clear"


def validation_run(seed: int = 0, rise: float = 0.0, noise: float = 0.01) -> dict[str, Any]:
    t, rng = np.arange(30), np.random.default_rng(seed)
    val = 0.2 + np.exp(-t / 4) + np.where(t >= 18, rise, 0.0) + noise * rng.normal(size=30)
    return {"epoch": t, "loss": 0.1 + np.exp(-t / 4), "val_loss": val}


def test_a_lasting_leap_of_the_validation_loss_alone_is_a_jump() -> None:
    found = outcome(validation_run(rise=1.5), "ND111")
    assert found.status == "fired"
    assert found.measured["x"] == 18
    assert "validation loss" in found.reason


@pytest.mark.parametrize("seed", range(5))
def test_noise_spikes_slow_rises_and_small_steps_of_validation_are_no_jumps(seed: int) -> None:
    run, t = validation_run(seed), np.arange(30)
    curves = (
        validation_run(seed, noise=0.15)["val_loss"],
        validation_run(seed, rise=0.1)["val_loss"],
        run["val_loss"] + np.where((t >= 15) & (t < 18), 2.0, 0.0),
        run["val_loss"] + np.clip((t - 12) / 6, 0.0, 1.5),
    )
    for val in curves:
        assert outcome(run | {"val_loss": val}, "ND111").status == "clear"
    short = {name: values[:21] for name, values in validation_run(seed, rise=1.5).items()}
    assert outcome(short, "ND111").status == "clear"  # three points do not show that it lasts


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


def test_stairs_at_epoch_borders() -> None:
    rng = np.random.default_rng(0)
    loss = np.repeat(3.0 * 0.7 ** np.arange(8), PER_EPOCH) + 0.05 * rng.normal(size=8 * PER_EPOCH)
    columns = {"step": np.arange(loss.size), "loss": loss}
    assert outcome(columns, "ND302", batches_per_epoch=PER_EPOCH).status == "fired"
    unknown = outcome(columns, "ND302")
    assert unknown.status == "fired"
    assert f"every {PER_EPOCH} steps" in unknown.reason


@pytest.mark.parametrize("seed", range(4))
def test_stairs_show_in_a_log_of_few_points(seed: int) -> None:
    rng = np.random.default_rng(seed)
    step = 10 * np.arange(48)
    loss = np.repeat(0.7 ** np.arange(6), 8) * np.exp(0.03 * rng.normal(size=48))
    smooth = np.exp(-step / 200) * np.exp(0.03 * rng.normal(size=48))
    assert outcome({"step": step, "loss": loss}, "ND302", batches_per_epoch=80).status == "fired"
    assert outcome({"step": step, "loss": smooth}, "ND302", batches_per_epoch=80).status == "clear"
    assert outcome({"step": step, "loss": loss}, "ND302").status == "fired"
    assert outcome({"step": step, "loss": smooth}, "ND302").status == "clear"
    assert outcome({"step": step[:38], "loss": loss[:38]}, "ND302").status == "not_applicable"


def test_small_stairs_in_noise_need_the_length_of_an_epoch() -> None:
    rng = np.random.default_rng(1)
    loss = np.repeat(3.0 - 0.4 * np.arange(6), 50) + 0.5 * rng.normal(size=300)
    columns = {"step": np.arange(300), "loss": loss}
    assert outcome(columns, "ND302", batches_per_epoch=50).status == "fired"
    assert outcome(columns, "ND302").status == "clear"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("cuts", [(), (150,), (100, 230), (120, 200, 310)])
def test_a_smooth_fall_and_a_few_cuts_of_the_rate_are_no_stairs(cuts: tuple[int, ...], seed: int) -> None:
    t, rng = np.arange(400), np.random.default_rng(seed)
    level = 0.5 + 2.5 * np.exp(-t / 40) + sum(0.4 * (t < cut) for cut in cuts)
    columns = {"step": t, "loss": level + 0.05 * rng.normal(size=400)}
    assert outcome(columns, "ND302").status in {"clear", "not_applicable"}


def test_warm_restarts_are_no_stairs() -> None:
    t, rng = np.arange(500), np.random.default_rng(0)
    loss = 0.4 + 2 * np.exp(-t / 100) + 0.5 * (1 + np.cos(np.pi * (t % 100) / 100)) + 0.03 * rng.normal(size=500)
    assert outcome({"step": t, "loss": loss}, "ND302").status in {"clear", "not_applicable"}


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

"""ND201 to ND206 on real trainings of a second, and on curves whose answer is plain."""

from __future__ import annotations

import warnings
from functools import partial

import numpy as np
import pytest

import nn_doctor
from nn_doctor.report.model import Diagnosis
from tests.catalogue import asking
from tests.catalogue.trainings import softmax_run

RULES = ("ND201", "ND202", "ND203", "ND204", "ND205", "ND206")
E = np.arange(60.0)
FALL = 0.2 + 2.0 * np.exp(-E / 8)
ZIGZAG = np.where(E % 2 > 0, 1.0, -1.0)


def found(columns: dict, **options: object) -> dict[str, Diagnosis]:
    report = nn_doctor.diagnose(columns, select=RULES, **options)
    return {d.code: d for d in report.runs[0].diagnoses}


def alarms(columns: dict) -> list[str]:
    return [code for code, d in found(columns).items() if d.severity != "note"]


outcome = partial(asking.outcome, select=RULES)


@pytest.mark.parametrize("seed", range(5))
def test_a_net_trained_long_on_overlapping_classes_overfits_severely(seed: int) -> None:
    log = softmax_run(0.1, 150, hidden=40, gain=0.3, noise=5.0, seed=seed)
    said = found(log)
    assert "ND202" in said
    assert "ND201" not in said  # covered
    assert said["ND202"].severity == "critical"


@pytest.mark.parametrize("seed", range(5))
def test_a_healthy_training_is_left_in_peace(seed: int) -> None:
    assert alarms(softmax_run(0.05, 60, seed=seed)) == []


def test_the_fix_names_the_best_epoch_and_what_it_saves() -> None:
    val = np.where(E <= 15, 2.0 - 0.08 * E, 0.8 + 0.02 * (E - 15))
    diagnosis = found({"epoch": E, "loss": FALL, "val_loss": val})["ND202"]
    # every epoch before was a new best, so that the least patience of 3 does: 41 of the 59 epochs came after that
    assert any("epoch 15" in fix and "epoch 18 and saved 69%" in fix for fix in diagnosis.fixes)


def test_accuracies_alone_show_overfitting_by_a_widening_gap() -> None:
    train = 1 - 0.5 * np.exp(-E / 10)
    val = np.where(E < 20, train - 0.05, train[20] - 0.05 - 0.003 * (E - 20))
    assert "ND201" in found({"epoch": E, "accuracy": train, "val_accuracy": val})
    assert found({"epoch": E, "accuracy": train, "val_accuracy": train - 0.04}) == {}


HEALTHY = {
    "steady gap": (FALL, FALL + 0.1),
    "flat after the fall": (FALL, np.maximum(FALL, 0.4)),
    "one blow-up": (FALL, np.where(E == 40, 50.0, FALL + 0.05)),
    "blow-up at the very end": (FALL, np.where(E == 59, 50.0, FALL + 0.05)),
    "negative losses": (FALL - 5, FALL - 4.9),
    "jitter near zero": (FALL - 0.2 + 1e-4, FALL - 0.2 + 1e-3 * (1.5 + 0.5 * ZIGZAG)),
    "huge": (FALL * 1e8, (FALL + 0.1) * 1e8),
    "tiny": (FALL * 1e-6, (FALL + 0.1) * 1e-6),
    "high floor": (FALL + 3, FALL + 3.05),
    "early noise that calms down": (FALL, FALL + 0.05 + np.exp(-E / 5) * (1 + ZIGZAG)),
    "recovered": (FALL, FALL + 0.05 + 0.6 * np.exp(-(((E - 25) / 5) ** 2))),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_curves_that_look_ill(name: str) -> None:
    train, val = HEALTHY[name]
    assert alarms({"epoch": E, "loss": train, "val_loss": val}) == []


def test_validation_rising_together_with_train_is_not_overfitting() -> None:
    rise = 0.5 + 0.05 * np.maximum(E - 20, 0) + 2 * np.exp(-E / 4)
    assert found({"epoch": E, "loss": rise, "val_loss": rise + 0.05}) == {}


def test_validation_of_a_dozen_samples_is_small() -> None:
    log = softmax_run(0.02, 60, noise=3.0, hidden=20)
    rng = np.random.default_rng(0)
    log["val_loss"] = list(np.mean(log["val_loss"]) * (1 + 0.4 * rng.normal(size=60)))
    log["val_accuracy"] = list(rng.integers(4, 10, 60) / 12)
    diagnosis = found(log)["ND203"]
    assert any("12 samples" in e.text for e in diagnosis.evidence)


def test_accuracies_rounded_to_two_decimals_name_no_sample_size() -> None:
    log = softmax_run(0.02, 60, noise=3.0, hidden=20)
    rng = np.random.default_rng(0)
    log["val_loss"] = list(np.mean(log["val_loss"]) * (1 + 0.4 * rng.normal(size=60)))
    log["val_accuracy"] = list(np.round(0.3 + 0.5 * rng.random(60), 2))
    assert not any("samples, an error" in e.text for d in found(log).values() for e in d.evidence)


def test_chance_level_without_capacity_is_underfitting_and_a_noise_floor_is_not() -> None:
    loss = np.log(3) - 0.08 * (1 - np.exp(-E / 3))
    poor = {"epoch": E, "loss": loss, "val_loss": loss + 0.01}
    assert outcome(poor, "ND204").status == "not_applicable"  # nothing says what a poor level is
    assert alarms({**poor, "loss": FALL + 3, "val_loss": FALL + 3.01}) == []


def test_validation_far_below_train_is_a_note() -> None:
    said = found({"epoch": E, "loss": FALL + 0.5, "val_loss": FALL + 0.2})
    assert said["ND205"].severity == "note"
    assert "harmless" in said["ND205"].causes[0]


def test_loss_that_turns_while_accuracy_improves_is_a_disagreement() -> None:
    val = np.where(E <= 15, 2.0 - 0.08 * E, 0.8 + 0.02 * (E - 15))
    log = {"epoch": E, "loss": FALL, "val_loss": val, "val_accuracy": 0.9 - 0.5 * np.exp(-E / 20)}
    assert "ND206" in found(log)
    assert "ND206" not in found({**log, "val_accuracy": 0.9 - val / 10})


def test_a_metric_that_is_given_up_while_the_loss_falls() -> None:
    """All background: the masks shrink to nothing, and each pixel's loss gets better for it."""
    rising = 0.6 * np.minimum(1, E / 15)
    given_up = np.where(E < 20, rising, np.maximum(0, 0.6 - (E - 20) / 30))
    log = {"epoch": E, "loss": FALL, "val_loss": 0.05 + np.exp(-E / 20), "val_dice": given_up}
    assert "given up" in found(log)["ND206"].summary
    assert "ND206" not in found({**log, "val_dice": rising})
    assert "ND206" not in found({**log, "val_loss": 0.5 + 0.01 * E})  # it loses both: overfitting
    assert "ND206" not in found({**log, "val_dice": rising + 0.2 * ZIGZAG})
    alone = {name: y for name, y in log.items() if name != "val_loss"}
    assert "ND206" in found(alone)
    assert "ND206" not in found({**alone, "val_dice": np.maximum(given_up, 0.2)})  # may be overfitting


def test_an_error_that_never_moves_while_the_loss_is_solved() -> None:
    solved = 1e-4 + 5.0 * np.exp(-E / 4)
    log = {"epoch": E, "loss": solved, "val_loss": 1.1 * solved, "val_rel_l2": 1 + 0.01 * ZIGZAG}
    assert "stays" in found(log)["ND206"].summary
    assert "ND206" not in found({**log, "val_rel_l2": 0.2 + np.exp(-E / 4)})
    half = 1.5 + 0.25 * FALL
    assert "ND206" not in found({**log, "loss": half, "val_loss": half})  # neither solved nor much better
    assert "ND206" not in found({**log, "val_loss": 3 + 0.01 * ZIGZAG, "val_mae": 1 + 0.01 * ZIGZAG})


def test_an_imbalance_explains_an_error_that_is_never_learnt() -> None:
    solved = 500.0 * np.exp(-E / 3) + 1e-3
    held = 1.0 + 1e-4 * ZIGZAG
    log = {"epoch": E, "pde_loss": solved, "ic_loss": held, "loss": solved + held, "val_rel_l2": held}
    diagnoses = nn_doctor.diagnose(log).runs[0].diagnoses
    assert diagnoses[0].code == "ND406"
    assert next(d for d in diagnoses if d.code == "ND206").because_of == "ND406"


@pytest.mark.parametrize("points", [1, 2, 3])
def test_too_short_is_not_applicable(points: int) -> None:
    log = {"epoch": E[:points], "loss": FALL[:points], "val_loss": FALL[:points]}
    assert {outcome(log, code).status for code in RULES} == {"not_applicable"}


def test_without_a_common_step_nothing_is_said() -> None:
    log = {"step": np.arange(120.0), "loss": [*FALL, *[None] * 60], "val_loss": [*[None] * 60, *FALL]}
    assert found(log) == {}


ODD = {
    "constant": np.ones(60),
    "huge": np.full(60, 1e308),
    "huge both ways": ZIGZAG * 1e308,
    "denormal": np.full(60, 1e-320),
    "spike": np.where(E == 30, 1e300, 1.0),
    "not a number": np.full(60, np.nan),
    "infinite": np.full(60, np.inf),
    "one finite": np.where(E == 30, 1.0, np.nan),
    "alternating": ZIGZAG,
}


@pytest.mark.parametrize("train", ODD)
@pytest.mark.parametrize("val", ODD)
def test_odd_curves_break_nothing(train: str, val: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = nn_doctor.diagnose({"epoch": E, "loss": ODD[train], "val_loss": ODD[val]}, select=RULES)
    run = report.runs[0]
    assert [o.reason for o in run.outcomes if o.status == "error"] == []
    assert not any(np.isnan(d.confidence) for d in run.diagnoses)


@pytest.mark.parametrize("power", [-20, 20])
def test_scale_keeps_the_codes(power: int) -> None:
    log = softmax_run(0.1, 150, hidden=40, gain=0.3, noise=5.0)
    scaled = {**log, "loss": np.ldexp(log["loss"], power), "val_loss": np.ldexp(log["val_loss"], power)}
    assert found(log).keys() == found(scaled).keys()


def test_an_accuracy_gap_that_grows_to_ten_points_is_overfitting() -> None:
    loss = 0.3 + 2.0 * np.exp(-E / 12)
    val = np.maximum(loss, 0.55) + 0.003 * np.maximum(E - 25, 0)
    both = {"epoch": E, "loss": loss, "val_loss": val, "accuracy": 0.95 - 0.6 * np.exp(-E / 25)}
    growing = np.minimum(both["accuracy"], 0.7 + 0.001 * E)
    assert "ND201" in found({**both, "val_accuracy": growing})
    assert "ND201" not in found({**both, "val_loss": np.maximum(loss, 0.55), "val_accuracy": both["accuracy"] - 0.12})


def test_a_long_climb_in_noise_is_severe() -> None:
    rng = np.random.default_rng(2)
    x = np.arange(160.0)
    loss = 0.1 + 1.4 * np.exp(-x / 25)
    val = 0.65 + 0.8 * np.exp(-x / 6) + 0.0022 * np.maximum(x - 25, 0) + 0.09 * rng.normal(size=160)
    assert "ND202" in found({"epoch": x, "loss": loss, "val_loss": val})


def test_validation_that_jumps_by_factors_near_zero() -> None:
    rng = np.random.default_rng(4)
    loss = 2.0 * np.exp(-E / 9)
    val = loss * np.exp(1.2 * rng.normal(size=60))
    assert "ND203" in found({"epoch": E, "loss": loss, "val_loss": val})
    jitter = loss * np.exp(0.2 * rng.normal(size=60))
    assert "ND203" not in found({"epoch": E, "loss": jitter, "val_loss": val})


def test_validation_shaken_like_single_batches_or_by_restarts_is_no_small_set() -> None:
    rng = np.random.default_rng(5)
    step = np.arange(600.0)
    loss = 0.8 + np.exp(-step / 40) + 0.3 * rng.normal(size=600)
    at = step[9::20]
    val = 0.9 + np.exp(-at / 40) + 0.4 * rng.normal(size=at.size)
    points = [None] * 600
    for i, v in zip(at.astype(int), val, strict=True):
        points[i] = float(v)
    assert "ND203" not in found({"step": step, "loss": loss, "val_loss": points})


def test_a_metric_of_other_names_stands_while_the_loss_falls() -> None:
    wrong = 0.05 - 0.03 * E / 60 + 0.004 * ZIGZAG
    log = {"epoch": E, "loss": FALL, "val_loss": 1.1 * FALL, "val_accuracy": wrong}
    assert "stays" in found(log)["ND206"].summary
    assert "ND206" not in found({**log, "val_accuracy": 0.9 - 0.4 * np.exp(-E / 8)})
    assert "ND206" not in found({**log, "val_accuracy": 0.96 + 0.004 * ZIGZAG})  # little is left to win
    assert "ND206" in found({**log, "val_accuracy": 0 * E, "val_mae": 400.0 + 0.1 * ZIGZAG})
    assert "ND206" not in found({**log, "val_loss": 0.9 + FALL / 8})  # the loss stands as well


def test_an_error_of_other_rows_stands_while_the_squared_one_falls_at_once() -> None:
    early = 0.02 + 0.02 * np.exp(-E)
    log = {"epoch": E, "loss": early, "val_loss": 1.1 * early}
    assert "ND206" in found({**log, "val_mae": 0.42 + 0.02 * ZIGZAG})
    assert "ND206" in found({**log, "val_r2": -0.8 + 0.05 * ZIGZAG})
    assert "ND206" not in found({**log, "val_mae": 2 * np.sqrt(early)})
    assert "ND206" not in found({**log, "val_r2": 1 - 20 * early})
    assert "ND206" not in found({**log, "val_accuracy": 0.5 + 0.02 * ZIGZAG})  # it may have learnt the shares alone


def test_a_gap_that_opens_in_seven_epochs_is_found() -> None:
    train = 2.0 * np.exp(-np.arange(7.0) / 5)
    val = np.array([1.9, 1.65, 1.42, 1.3, 1.22, 1.24, 1.27])
    assert "ND201" in found({"epoch": np.arange(7.0), "loss": train, "val_loss": val})
    assert "ND201" not in found({"epoch": np.arange(7.0), "loss": train, "val_loss": train * 0.9 + 0.25})


def test_gaps_of_loss_and_accuracy_that_open_together_are_overfitting() -> None:
    n = np.arange(24.0)
    train, val = 2.0 - 0.05 * n, 2.0 - 0.03 * n - 0.001 * np.maximum(0, 10 - n)
    right = 0.2 + 0.022 * n
    log = {"epoch": n, "loss": train, "val_loss": val, "accuracy": right}
    assert "ND201" in found(log | {"val_accuracy": right - 0.007 * n})
    assert "ND201" not in found(log | {"val_accuracy": right - 0.12})  # that gap was there from the start
    assert "ND201" not in found(log | {"val_accuracy": right - 0.003 * n})


def test_a_gap_as_large_as_the_whole_fall_needs_no_more_than_a_smaller_one() -> None:
    train, val = 0.2 - 0.12 * E / 59, 0.21 - 0.016 * E / 59
    assert "ND201" in found({"epoch": E, "loss": train, "val_loss": val})
    assert "ND201" not in found({"epoch": E, "loss": train, "val_loss": train + 0.03})  # it was there from the start


def test_a_metric_that_stands_for_seven_evaluations_beside_a_falling_loss() -> None:
    n = np.arange(7.0)
    log = {"epoch": n, "loss": np.exp(-n / 8), "val_loss": 1.1 * np.exp(-n / 8), "val_f1": 0 * n}
    assert "ND206" in found(log)
    fallen = np.array([3.9, 1.8, 1.7, 1.68, 1.66, 1.65, 1.64])  # to guessing in one epoch, and no further
    assert "ND206" not in found(log | {"val_loss": fallen})


def test_gaps_that_the_noise_of_train_makes_are_rare() -> None:
    n = np.arange(30.0)
    alarms = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        log = {
            "epoch": n,
            "loss": 0.55 - 0.002 * n + 0.1 * rng.normal(size=30),
            "val_loss": 0.5 + 0.003 * rng.normal(size=30),
        }
        alarms += "ND201" in found(log)
    assert alarms <= 1


def test_losses_printed_as_zeros_say_nothing_of_the_validation_set() -> None:
    zeros = [0.0] * 20
    report = nn_doctor.diagnose({"epoch": range(20), "loss": zeros, "val_loss": zeros}, min_confidence=0.0)
    assert "ND203" not in {d.code for d in report.runs[0].diagnoses}

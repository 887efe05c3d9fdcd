"""ND102, ND201–ND203 where single points, few samples and jumps decide."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import nn_doctor
from tests.catalogue.asking import codes, outcome

N = 60
T = np.arange(N)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("points", [20, 40, 70])
def test_a_noisy_level_in_a_short_log_does_not_diverge(seed: int, points: int) -> None:
    loss = 0.4 + 0.05 * np.random.default_rng(seed).standard_normal(points)
    assert outcome({"epoch": np.arange(points), "loss": loss}, "ND102").status == "clear"


@pytest.mark.parametrize("seed", range(3))
def test_a_short_log_that_rises_diverges(seed: int) -> None:
    t = np.arange(30)
    loss = (0.3 + np.exp(-t / 3) + 0.02 * np.exp((t - 8) / 5)) * np.exp(
        0.03 * np.random.default_rng(seed).standard_normal(30)
    )
    assert outcome({"epoch": t, "loss": loss}, "ND102").status == "fired"


def dozen(seed: int, drift: float = 0.0) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    train = 0.5 + np.exp(-T / 8) + 0.03 * rng.standard_normal(N)
    return {
        "epoch": T,
        "loss": train,
        "val_loss": 0.8 + np.exp(-T / 8) + drift * T + 0.13 * rng.standard_normal(N),
        "val_accuracy": rng.binomial(12, 0.7, N) / 12,
    }


@pytest.mark.parametrize("seed", range(4))
def test_a_dozen_samples_given_away_by_the_accuracy_need_no_more_than_jumps_that_show(seed: int) -> None:
    known = dozen(seed)
    assert outcome(known, "ND203").status == "fired"
    assert "12" in str(outcome(known, "ND203").diagnosis)
    hidden = {k: v for k, v in known.items() if k != "val_accuracy"}
    calm = hidden | {"val_loss": 0.8 + np.exp(-T / 8) + 0.05 * np.random.default_rng(seed).standard_normal(N)}
    assert outcome(calm, "ND203").status == "clear"


@pytest.mark.parametrize("seed", range(4))
def test_a_train_loss_that_jumps_as_well_does_not_accuse_validation(seed: int) -> None:
    rng = np.random.default_rng(seed)
    loud = {"epoch": T, "loss": 1 + 0.25 * rng.standard_normal(N), "val_loss": 1 + 0.6 * rng.standard_normal(N)}
    assert outcome(loud, "ND203").status == "clear"


def heart(seed: int, rise: float, train_end: float) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    val = 0.2 + 0.4 * np.exp(-T / 3) + rise * np.clip((T - 12) / 48, 0, 1) + 0.025 * rng.standard_normal(N)
    return {"epoch": T, "loss": 0.6 * np.exp(-T * np.log(0.6 / train_end) / N), "val_loss": val}


@pytest.mark.parametrize("seed", range(4))
def test_a_climb_in_noise_counts_where_train_learns_its_samples_by_heart(seed: int) -> None:
    assert codes(heart(seed, 0.08, 0.003))[0] in {"ND201", "ND202"}
    assert not {"ND201", "ND202"} & set(codes(heart(seed, 0.0, 0.1)))


@pytest.mark.parametrize("seed", range(3))
def test_a_validation_loss_that_turns_where_train_jumps_is_the_jumps(seed: int) -> None:
    rng, t = np.random.default_rng(seed), np.arange(150)
    train = np.where(t < 75, 1 + 0.8 * np.exp(-t / 25), 1 + 1.4 * np.exp(-(t - 75) / 12) - (t - 75) / 500)
    val = np.where(t < 75, 1.1 + 0.7 * np.exp(-t / 25), 1.15 + (t - 75) / 60)
    columns = {"step": t * 10, "loss": train + 0.03 * rng.standard_normal(150), "val_loss": val}
    assert codes(columns)[0] == "ND111"
    assert "ND202" not in codes(columns)
    steady = columns | {"loss": 0.5 + 1.3 * np.exp(-t / 40) + 0.03 * rng.standard_normal(150)}
    assert codes(steady)[0] == "ND202"


def test_validation_is_held_against_train_evaluated_alike_where_both_are_logged() -> None:
    rng, t = np.random.default_rng(0), np.arange(300)
    every = slice(4, 300, 5)
    smoothed = 2.0 + 4 * np.exp(-t / 60) - t / 1000 + 0.03 * rng.standard_normal(300)  # label smoothing: a high floor
    fall = 0.5 + 5 * np.exp(-t / 20)
    broken = fall + np.clip((t - 120) / 100, 0, None)
    heart = fall - t / 700
    curves = {"healthy": (fall, fall + 0.1), "broken": (broken, broken + 0.2), "overfit": (heart, broken)}
    said = {}
    for name, (train, val) in curves.items():
        evaluated = np.full((2, 300), np.nan)
        evaluated[:, every] = train[every], val[every]
        rows = [[None if np.isnan(v) else float(v) for v in row] for row in evaluated]
        said[name] = codes({"step": t, "loss": smoothed, "train/loss": rows[0], "validation/loss": rows[1]})
    assert not {"ND205", "ND202", "ND201"} & set(said["healthy"])
    assert not {"ND202", "ND201"} & set(said["broken"])
    assert "ND202" in said["overfit"]


def test_a_loss_near_its_floor_that_creeps_up_is_no_overfitting() -> None:
    """A few samples answered wrongly with more certainty: 13 % of the best, 2 % of all that was won."""
    train = 0.05 + np.exp(-T / 4)
    val = 0.1 + np.exp(-T / 3) + 0.0003 * np.maximum(T - 15, 0)
    log = {"epoch": T, "loss": train, "val_loss": val, "val_accuracy": 0.95 - 0.4 * np.exp(-T / 10)}
    assert not {"ND201", "ND202", "ND206"} & set(codes(log))
    assert {"ND201", "ND202"} & set(codes({**log, "val_loss": 0.1 + np.exp(-T / 3) + 0.01 * np.maximum(T - 15, 0)}))
    late = {**log, "loss": train * 0.3, "val_loss": 0.6 + 0.4 * np.exp(-T / 3) + 0.002 * np.maximum(T - 15, 0)}
    assert "ND201" in codes(late)  # a rise of as much that costs a fifth of what was won


def test_a_loss_that_never_came_down_has_no_metric_to_disagree_with() -> None:
    noise = np.random.default_rng(0).standard_normal(N)
    rising = {"epoch": T, "loss": 2.3 * np.exp(-T / 90), "val_accuracy": 0.1 + 0.002 * T + 0.005 * noise}
    assert outcome({**rising, "val_loss": 2.3 + 0.02 * T}, "ND206").status == "clear"
    learnt = 2.3 + 0.02 * T + 1.5 * np.exp(-T / 4)
    assert outcome({**rising, "val_loss": learnt}, "ND206").status == "fired"


def test_a_training_that_went_astray_says_nothing_of_its_validation_set() -> None:
    noise = np.random.default_rng(1).standard_normal(N)
    val = np.abs(1 + np.exp(-T / 5) + 0.6 * noise)
    sound = {"epoch": T, "loss": 0.5 + np.exp(-T / 5) + 1e-3 * noise, "val_loss": val}
    assert outcome(sound, "ND203").status == "fired"
    assert outcome({**sound, "loss": np.where(T == N // 3, 1e6, sound["loss"])}, "ND203").status == "clear"


def test_a_train_loss_learnt_by_heart_leaves_validation_far_behind() -> None:
    train, val = 1.8 * np.exp(-T / 20), 1.3 + 0.5 * np.exp(-T / 40)
    log = {"epoch": T, "loss": train, "val_loss": val, "accuracy": 1 - 0.8 * np.exp(-T / 10)}
    behind = {**log, "val_accuracy": 0.5 - 0.3 * np.exp(-T / 10)}
    assert "left far behind" in str(outcome(behind, "ND201").diagnosis)
    assert outcome({**log, "val_accuracy": 0.9 - 0.7 * np.exp(-T / 10)}, "ND201").status == "clear"
    assert outcome({**behind, "loss": 0.9 + train / 2}, "ND201").status == "clear"  # train is not solved


def test_a_train_loss_that_stays_solved_went_on_far_enough() -> None:
    val = 1.6 + np.exp(-T / 4) + 0.02 * np.maximum(T - 25, 0)
    solved = {"epoch": T, "loss": 0.05 + 1.8 * np.exp(-T / 3), "val_loss": val}
    assert {"ND201", "ND202"} & set(codes(solved))
    both = {**solved, "loss": 1 + np.exp(-T / 3) + 0.01 * np.maximum(T - 25, 0)}
    assert not {"ND201", "ND202"} & set(codes(both))  # they rise together


def alone(seed: int, train_end: float, gap: float = 0.0) -> dict[str, Any]:
    """Validation settles at 0.5 (and ``gap``) by a third of the run; train goes on to ``train_end`` all along."""
    noise = np.random.default_rng(seed).standard_normal((2, N))
    train = train_end + (1 - train_end) * np.exp(-T / 20)
    val = np.maximum(train, 0.5 + 0.5 * np.exp(-T / 5)) + gap
    return {"epoch": T, "loss": train + 0.003 * noise[0], "val_loss": val + 0.006 * noise[1]}


@pytest.mark.parametrize("seed", range(10))
def test_train_that_goes_on_alone_is_overfitting_though_validation_never_turns(seed: int) -> None:
    assert {"ND201", "ND202"} & set(codes(alone(seed, 0.1)))
    assert not {"ND201", "ND202"} & set(codes(alone(seed, 0.4)))
    assert not {"ND201", "ND202"} & set(codes(alone(seed, 0.5, gap=0.6)))


@pytest.mark.parametrize("points", [9, 30])
@pytest.mark.parametrize(("name", "samples", "noted"), [("val_accuracy", 15, True), ("val_accuracy", 211, False)])
def test_accuracies_that_give_a_tiny_set_away_are_worth_a_note_though_nothing_jumps(
    name: str, samples: int, points: int, noted: bool
) -> None:
    t = np.arange(points)
    right = np.round(samples * (0.35 + 0.6 * t / points) + np.random.default_rng(0).uniform(-1, 1, points))
    run = {"epoch": t, "loss": 0.3 + np.exp(-t / 8), "val_loss": 0.4 + np.exp(-t / 8), name: right / samples}
    said = [d for d in nn_doctor.diagnose(run).runs[0].diagnoses if d.code == "ND203"]
    assert [d.severity for d in said] == (["note"] if noted else [])
    renamed = {("val_balanced_accuracy" if k == name else k): v for k, v in run.items()}
    assert "ND203" not in codes(renamed)


def test_sorted_data_whose_first_class_is_easy_neither_diverge_nor_fail_to_learn() -> None:
    step = np.arange(400)
    wave = 1.2 + 0.5 * np.sin(2 * np.pi * step / 40) ** 3 + 0.3 * np.cos(4 * np.pi * step / 40)
    loss = np.where(step < 12, 0.9, wave) * np.exp(0.02 * np.random.default_rng(0).standard_normal(400))
    said = codes({"step": step, "loss": loss})
    assert said[0] == "ND301"
    assert not {"ND101", "ND102"} & {*said}

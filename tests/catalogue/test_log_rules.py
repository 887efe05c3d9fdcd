"""ND001–ND003: what the log itself shows."""

from __future__ import annotations

from functools import partial

import numpy as np

from tests.catalogue import asking
from tests.catalogue.trainings import softmax_run

outcome = partial(asking.outcome, select=())


def test_two_points_are_too_short_and_sixty_are_not() -> None:
    assert outcome({"epoch": [0, 1], "loss": [2.0, 1.9]}, "ND001").status == "fired"
    assert outcome(softmax_run(0.05, 60), "ND001").status == "clear"


def test_steps_that_go_back_are_a_resumed_log() -> None:
    run = softmax_run(0.02, 30)
    again = {name: values[:20] + values[15:] for name, values in run.items()}
    assert outcome(again, "ND002").status == "fired"
    assert outcome(run, "ND002").status == "clear"


def test_accuracy_that_never_moves_while_the_loss_falls_is_frozen() -> None:
    run = softmax_run(0.02, 40)
    stuck = {**run, "val_accuracy": [0.3171] * 40}
    assert outcome(stuck, "ND003").status == "fired"
    assert outcome(run, "ND003").status == "clear"


def test_saturated_or_still_zero_metrics_are_not_frozen() -> None:
    run = softmax_run(0.02, 40)
    for value in (1.0, 100.0, 0.0):
        assert outcome({**run, "val_accuracy": [value] * 40}, "ND003").status == "clear"
    assert outcome({**run, "val_bleu": [0.0] * 40}, "ND003").status == "clear"


def test_frozen_metric_of_a_run_that_diverges_is_covered() -> None:
    run = {"loss": 1.0 + np.exp(np.arange(40) / 10.0), "val_accuracy": [0.3171] * 40}
    found = outcome(run, "ND003")
    assert found.status == "clear"
    assert "ND10" in found.reason


def test_a_metric_beside_a_loss_that_goes_blank_is_not_frozen() -> None:
    """As tables leave NaN out: the weights are lost, and what stays is chance."""
    t = np.arange(80.0)
    loss = np.where(t < 8, 4.0 + 30 * np.maximum(0, t - 4), np.nan)
    rows = [{"step": i, "val_acc": 0.0013 if i > 4 else 0.01 * i} for i in range(80)]
    rows = [r | ({"loss": loss[i], "val_loss": loss[i]} if i < 8 else {}) for i, r in enumerate(rows)]
    columns = {name: [r.get(name) for r in rows] for name in ("step", "loss", "val_loss", "val_acc")}
    assert outcome(columns, "ND003").status == "not_applicable"


def test_a_score_that_falls_back_to_zero_for_good_is_frozen() -> None:
    run = softmax_run(0.02, 40)
    lost = [0.2] * 3 + [0.0] * 37
    assert outcome({**run, "val_f1": lost}, "ND003").status == "fired"
    assert outcome({**run, "val_f1": [0.0] * 32 + [0.2] * 8}, "ND003").status == "clear"
    assert outcome({**run, "val_score": [0.0] * 40}, "ND003").status == "fired"
    assert outcome({**run, "val_map": lost}, "ND003").status == "clear"


def test_a_class_that_is_never_called_though_the_loss_has_settled() -> None:
    t = np.arange(40.0)
    blind = {"loss": (0.1 + 0.4 * np.exp(-t / 8)).tolist(), "val_iou": [0.0] * 40}
    assert outcome(blind, "ND003").status == "fired"
    young = {**blind, "loss": (1.0 - t / 50).tolist()}
    assert outcome(young, "ND003").status == "clear"  # still falling: the first call may be near
    share = {**blind, "loss": (0.4 + 0.3 * np.exp(-t)).tolist()}
    assert outcome(share, "ND003").status == "clear"  # it has learnt how common the class is, no more


def test_rounding_is_no_freezing() -> None:
    """The loss of a fine-tuned net moves over all of its range, which is a few per cent of its level."""
    t = np.arange(40)
    fine = {"loss": (0.0041 - 2e-6 * t).tolist(), "val_loss": [0.0042] * 4 + [0.0041] * 36}
    assert outcome(fine, "ND003").status == "clear"
    assert outcome({**fine, "loss": (0.0041 - 5e-5 * t).tolist()}, "ND003").status == "fired"


def test_an_evaluation_of_old_weights_does_not_say_that_nothing_is_learnt() -> None:
    t = np.arange(40.0)
    run = {"loss": (0.01 + 0.1 * np.exp(-t / 6)).tolist(), "val_r2": [-1.64] * 40}
    assert outcome(run, "ND101").status == "clear"
    assert outcome(run, "ND003").status == "fired"


def test_a_validation_loss_of_many_digits_that_repeats_while_train_creeps_on_is_frozen() -> None:
    """The train loss has made nearly all of its way: its range says nothing any more, its level does."""
    t = np.arange(40.0)
    noise = 1 + 0.05 * np.random.default_rng(0).normal(size=40)
    train = (0.02 + 0.08 * np.exp(-t / 20) + np.exp(-t / 2)) * noise
    val = np.where(t < 16, 0.08 + np.exp(-t / 2), 0.08123457)
    assert outcome({"loss": train, "val_loss": val}, "ND003").status == "fired"
    assert outcome({"loss": train, "val_loss": np.round(val, 4)}, "ND003").status == "clear"  # may be rounding
    still = np.where(t < 16, train, 0.06 * noise)
    assert outcome({"loss": still, "val_loss": val}, "ND003").status == "clear"  # nothing is learnt any more

"""ND204 underfitting: what it must find, and what looks like it and is none."""

from __future__ import annotations

import numpy as np

from tests.catalogue.asking import said
from tests.catalogue.draws import FALL, E


def poor(**more: np.ndarray) -> dict:
    loss = 1.0 + FALL
    return {"epoch": E, "loss": loss, "val_loss": loss + 0.05, **more}


def test_a_metric_of_known_scale_says_that_a_level_is_poor() -> None:
    rise = 1 - FALL
    assert said(poor(val_r2=0.15 * rise), "ND204") == ["ND204"]
    assert said(poor(val_r2=0.5 * rise), "ND204") == []
    assert said(poor(val_iou=0.12 * rise, val_pixel_acc=0.9 * rise), "ND204") == ["ND204"]
    assert said(poor(val_dice=0.8 * rise), "ND204") == []
    assert said(poor(**{"val_iou": 80 * rise, "val_iou/pole": 1 * rise}), "ND204") == []  # per cent; a rare class
    assert said(poor(val_mae=1 + FALL, val_r2=0.1 * rise), "ND204") == ["ND204"]  # beside another metric
    assert said(poor(r2=0.9 * rise, val_r2=0.1 * rise), "ND204") == []  # it fits: this is overfitting


def test_an_accuracy_below_zero_is_an_r2() -> None:
    assert said(poor(accuracy=0.1 - 2 * FALL), "ND204") == ["ND204"]


def test_a_run_that_still_falls_or_metrics_that_swing_are_left_alone() -> None:
    falling = {"epoch": E, "loss": 2 - E / 60, "val_r2": 0.2 * E / 60}
    assert said(falling, "ND204") == []
    swinging = np.where(E % 3 == 0, 0.6, 0.1)
    assert said(poor(val_iou=swinging), "ND204") == []


def test_what_letter_frequencies_alone_bring_is_underfitting() -> None:
    loss = 3.2 + 0.5 * FALL
    assert said({"epoch": E, "loss": loss, "accuracy": 0.19 * (1 - FALL)}, "ND204") == ["ND204"]
    assert said({"epoch": E, "loss": loss - 1, "accuracy": 0.35 * (1 - FALL)}, "ND204") == []
    learnt = 2.7 + 0.8 * FALL  # a small language model knows more than frequencies, and guesses few letters right
    assert said({"epoch": E, "loss": learnt, "accuracy": 0.22 * (1 - FALL)}, "ND204") == []

"""ND111 loss-jump on real trainings of a second, and on curves that invite false alarms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.catalogue.asking import outcome
from tests.catalogue.steps import steps_run


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

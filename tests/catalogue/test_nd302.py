"""ND302 epoch-steps on real trainings of a second, and on curves that invite false alarms."""

from __future__ import annotations

import numpy as np
import pytest

from tests.catalogue.asking import outcome
from tests.catalogue.steps import PER_EPOCH


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

"""What came too seldom, or too often, for a plateau or a jump; warm-ups that last to the end of the run."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor
from nn_doctor.analyzers.jumps import rises_like
from tests.catalogue.asking import outcome

N = 240
T = np.arange(N)


def thrown(places: list[int], seed: int) -> np.ndarray:
    """A loss that is thrown back at each place, and falls again a little."""
    loss = 0.5 + np.exp(-T / 12) + 0.01 * np.random.default_rng(seed).standard_normal(N)
    for place in places:
        loss[place:] += 0.7 + 0.3 * np.exp(-(T[place:] - place) / 10)
    return loss - sum(0.9 * np.clip((T - place) / 30, 0, 1) for place in places[:-1])


@pytest.mark.parametrize("seed", range(4))
def test_a_jump_and_one_like_it_are_jumps_several_alike_are_how_the_loss_moves(seed: int) -> None:
    assert outcome({"epoch": T, "loss": thrown([120], seed)}, "ND111").status == "fired"
    assert outcome({"epoch": T, "loss": thrown([80, 160], seed)}, "ND111").status == "fired"
    assert outcome({"epoch": T, "loss": thrown([40, 80, 120, 160, 200], seed)}, "ND111").status == "clear"


@pytest.mark.parametrize("points", [48, 240, 20_000])
def test_rises_like_counts_other_places_only(points: int) -> None:
    width = points // 20
    y = np.zeros(points)
    places = [points // 4, points // 2, 3 * points // 4]
    for place, high in zip(places, (1.0, 0.6, 0.3), strict=True):
        y[place : place + points // 8] += high
    assert rises_like(y, places[0], width, 0.5) == 1
    assert rises_like(y, places[0], width, 0.2) == 2
    assert rises_like(y, places[2], width, 0.5) == 2
    assert rises_like(-np.arange(float(points)), places[1], width, 0.5) == 0
    assert rises_like(y[:6], 3, 4, 0.5) == 0


@pytest.mark.parametrize("seed", range(4))
def test_validation_does_not_jump_alone_where_train_is_lost_as_well(seed: int) -> None:
    t = np.arange(30)
    rng = np.random.default_rng(seed)
    train = 0.2 + 20 * np.exp(-t / 2) + 0.02 * rng.standard_normal(30)
    val = train + 0.3 + 19 * (t >= 21)
    columns = {"epoch": t, "loss": train, "val_loss": val}
    assert outcome(columns, "ND111").status == "fired"
    lost = columns | {"loss": train + np.where(t > 13, 2.0 * np.minimum(t - 13.0, 9), 0.0)}
    assert outcome(lost, "ND111").status == "clear"


@pytest.mark.parametrize(("points", "status"), [(3, "clear"), (4, "fired")])
def test_three_points_alike_are_no_plateau(points: int, status: str) -> None:
    t = np.arange(22)
    loss = 0.6 + 0.12 * np.exp(-np.maximum(t - points + 1.0, 0.0) / 0.8)
    assert outcome({"epoch": t, "loss": loss}, "ND106").status == status


@pytest.mark.parametrize("left", [0.9, 0.6, 0.5])
def test_a_warm_up_over_the_whole_run_is_odd_though_the_loss_falls(left: float) -> None:
    rate = np.linspace(1e-7, 4e-5, N)
    loss = (1 - (1 - left) * (T / N) ** 2) * (1 + 0.02 * np.random.default_rng(2).standard_normal(N))
    assert outcome({"step": T, "loss": loss, "lr": rate}, "ND407").status == "fired"
    learnt = 0.1 + 0.9 * np.exp(-((T / 80) ** 2))
    assert outcome({"step": T, "loss": learnt, "lr": rate}, "ND407").status == "clear"


@pytest.mark.parametrize("seed", range(3))
def test_a_staircase_that_begins_level_is_no_slow_start(seed: int) -> None:
    x = np.arange(4, 804, 4)
    epoch = (x - 1) // 200
    loss = 2.0 * 0.45**epoch + 0.02 * np.random.default_rng(seed).standard_normal(x.size)
    run = nn_doctor.diagnose({"step": x, "epoch": (x - 1) / 200, "loss": loss}).runs[0]
    assert "ND106" not in [d.code for d in run.diagnoses]

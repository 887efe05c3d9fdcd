"""ND405 under the many names of a penalty, and on penalties that do not rule."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor

T = np.arange(1, 201)
RNG = np.random.default_rng(2)
NOISE = 1 + 0.03 * RNG.normal(size=T.size)
STUCK = (1.0 + 0.3 * np.exp(-T / 30)) * NOISE
NAMES = [
    "l1_penalty", "l2_reg", "l2_term", "reg", "regularizer", "reg_term", "penalty", "weight_penalty", "reg_loss",
    "train/regularization", "l2",
]  # fmt: skip


def said(**columns: object) -> list[tuple[str, float]]:
    (run,) = nn_doctor.diagnose({"step": T, **columns}, min_confidence=0.0).runs
    assert not [o for o in run.outcomes if o.status == "error"]
    scores = {o.code: o.measured.get("score", 0.0) for o in run.outcomes}
    return [(d.code, scores[d.code]) for d in run.diagnoses]


def fired(**columns: object) -> bool:
    return "ND405" in dict(said(**columns))


@pytest.mark.parametrize("name", NAMES)
def test_a_penalty_by_any_name(name: str) -> None:
    penalty = 8 - 0.005 * T
    assert fired(loss=STUCK + penalty, **{name: penalty})
    assert not fired(loss=STUCK + 0.02 * penalty, **{name: 0.02 * penalty})


@pytest.mark.parametrize("name", ["l2_reg", "weight_penalty", "l2_norm"])
def test_a_sum_over_weights_that_is_not_minimised(name: str) -> None:
    grows = 400 + T
    assert not fired(loss=STUCK, **{name: grows})


def test_a_penalty_outside_of_the_loss_that_falls_is_told_hesitantly() -> None:
    found = dict(said(loss=STUCK, l1_penalty=10 - 0.01 * T))
    assert 0.6 <= found["ND405"] < 0.8


def test_a_penalty_that_is_what_the_optimiser_works_at() -> None:
    falls = 12 * np.exp(-T / 25) + 0.2
    learns = 0.6 * np.exp(-T / 25) * NOISE + 0.08
    assert fired(loss=learns + falls, data_loss=learns, reg_loss=falls)
    assert fired(loss=learns + falls, mse_loss=learns, l2_loss=falls * NOISE)  # the distance has another name here
    assert not fired(loss=learns + 0.05 * falls, data_loss=learns, reg_loss=0.05 * falls)


def test_a_usual_penalty_of_a_net_that_has_learnt() -> None:
    data = 2.3 * np.exp(-T / 15) * NOISE + 0.05
    for penalty in (0.7 - 0.002 * T, 0.2 + 0.001 * T, 0.5 * np.exp(-T / 60)):
        assert not fired(loss=data + penalty, ce_loss=data, reg_loss=penalty)


def test_a_growing_penalty_explains_the_rise_of_the_total() -> None:
    grows = 0.02 * T
    found = said(loss=STUCK + grows, nll=STUCK, regularizer=grows)
    assert found[0][0] == "ND405"
    assert "ND102" in dict(found)


@pytest.mark.parametrize("name", ["prior", "ortho_loss", "lasso", "ewc", "smoothness", "jacobian_penalty"])
def test_a_term_of_the_sum_that_does_not_know_the_batches_is_a_penalty(name: str) -> None:
    penalty = 8 - 0.005 * T
    assert fired(loss=STUCK + penalty, ce=STUCK, **{name: penalty})
    assert not fired(loss=STUCK + 0.02 * penalty, ce=STUCK, **{name: 0.02 * penalty})
    assert not fired(loss=STUCK + penalty * NOISE[::-1], ce=STUCK, **{name: penalty * NOISE[::-1]})  # another task


@pytest.mark.parametrize("name", ["l2_penalty", "reg_loss", "prior"])
def test_the_total_tells_how_much_a_penalty_counts(name: str) -> None:
    """Logged as the plain sum over the weights, far above the loss, of which it is a thousandth."""
    raw = 40 - 0.05 * T
    assert not fired(loss=STUCK + 1e-3 * raw, ce_loss=STUCK, **{name: raw})
    assert fired(loss=STUCK + 0.2 * raw, ce_loss=STUCK, **{name: raw})

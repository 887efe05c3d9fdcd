"""ND406 and ND407 on what they must find, and on what must not fool them."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor

T = np.arange(0, 400)
RNG = np.random.default_rng(0)
FALL = 0.4 + 2.0 * np.exp(-T / 60)


def noisy(y: np.ndarray, share: float = 0.05) -> np.ndarray:
    return y * (1 + share * RNG.normal(size=y.size))


def fired(**columns: np.ndarray) -> dict[str, str]:
    (run,) = nn_doctor.diagnose({"step": T, **columns}, min_confidence=0.0).runs
    assert not [o for o in run.outcomes if o.status == "error"]
    return {d.code: d.summary for d in run.diagnoses if d.code in {"ND405", "ND406", "ND407"}}


def summed(weights: tuple[float, float], **terms: np.ndarray) -> dict[str, np.ndarray]:
    first, second = terms.values()
    return {**terms, "loss": weights[0] * first + weights[1] * second}


def test_a_task_with_a_weight_of_nothing_is_left_behind() -> None:
    assert "ND406" in fired(**summed((1, 1), main_loss=noisy(FALL), depth_loss=noisy(1e-3 + 0 * FALL)))
    assert "ND406" in fired(**summed((1, 1), main_loss=noisy(FALL), aux_loss=noisy(1e-3 + 0 * FALL)))


def test_the_weight_is_read_from_the_total() -> None:
    """The term itself is logged as large as the other, and only their sum tells that it does not count."""
    main, other = noisy(FALL), noisy(1.0 + 0 * FALL)
    assert "ND406" in fired(**summed((1.0, 0.01), main_loss=main, depth_loss=other))
    assert fired(**summed((1.0, 1.0), main_loss=main, depth_loss=other)) == {}


@pytest.mark.parametrize(
    "names",
    [
        ("loss", "bce", "dice"), ("train/loss", "train/seg", "train/edge"), ("loss", "mse_f", "mse_u"),
        ("loss", "pde", "bc"), ("total_loss", "physics", "data"), ("loss", "L_pde", "L_data"), ("loss", "ce", "kd"),
        ("loss", "task_a", "task_b"), ("train_loss", "train_mse", "train_bce"), ("loss", "l1", "perceptual"),
    ],
)  # fmt: skip
def test_terms_of_any_name_are_known_by_their_sum(names: tuple[str, str, str]) -> None:
    total, large, small = names
    main, other = noisy(FALL), noisy(1.0 + 0 * FALL)
    others = {"train_acc": 1 - np.exp(-T / 60), "grad_norm": noisy(FALL), "seconds": 0.1 + 0 * FALL}
    for weight in (1e-3, 1e-2):
        assert "ND406" in fired(**{total: main + weight * other, large: main, small: other}, **others)
        assert "ND406" in fired(**{total: main + weight * other, large: main, small: weight * other}, **others)
    assert fired(**{total: main + 0.6 * other, large: main, small: other}, **others) == {}
    assert fired(**{total: main, large: noisy(FALL), small: noisy(1e-3 + 0 * FALL)}, **others) == {}  # no sum


@pytest.mark.parametrize("small", ["loss_box_reg", "box_output_loss", "reg_loss"])
def test_the_regression_of_boxes_may_be_swamped_like_any_other_head(small: str) -> None:
    main, other = noisy(FALL), noisy(1e-3 + 0 * FALL)
    assert "ND406" in fired(**{"loss": main + other, "loss_cls": main, small: other})
    assert fired(**{"loss": main + 20 * other, "loss_cls": main, small: 20 * other}) == {}


def test_of_two_heads_one_may_be_a_thousandth_and_less_all_along() -> None:
    large, small = noisy(5e4 * FALL), noisy(1.2 + 0.2 * FALL)
    assert "ND406" in fired(loss=large + small, loss_reg=large, loss_cls=small)
    assert fired(loss=large / 300 + small, loss_reg=large / 300, loss_cls=small) == {}


def test_the_points_of_a_pose_weigh_more_than_whether_they_are_seen() -> None:
    """Ultralytics' losses of poses: thirty to one, be the net ever so healthy."""
    seen = noisy(0.03 * (0.8 + 0.2 * FALL / 2.4))
    assert fired(**summed((1, 1), pose_loss=noisy(FALL), kobj_loss=seen)) == {}
    assert "ND406" in fired(**summed((1, 1), pose_loss=noisy(FALL), depth_loss=seen))


def test_a_divergence_of_any_name_may_be_small() -> None:
    for kl in ("kl", "kld", "divergence"):
        small = noisy(1e-3 * (1 + T / 400))
        assert fired(loss=noisy(FALL) + small, recon=noisy(FALL), **{kl: small}) == {}


def test_an_equation_that_the_flat_solution_solves() -> None:
    solved, held = noisy(500.0 * np.exp(-T / 10) + 1e-3), 1.0 + 1e-4 * RNG.normal(size=T.size)
    assert "ND406" in fired(**summed((1, 1), pde_loss=solved, ic_loss=held))
    assert "ND406" in fired(**summed((1, 1), pde_loss=held * 1e-6, bc_loss=noisy(np.exp(-T / 10))))
    assert fired(**summed((1, 1), pde_loss=solved, ic_loss=noisy(np.exp(-T / 60)))) == {}
    assert fired(**summed((1, 1), pde_loss=solved / 100, ic_loss=held)) == {}  # of one size at first
    assert fired(**summed((1, 1), main_loss=solved, l2_loss=held)) == {}


def test_an_equation_that_a_flat_net_fulfils_at_first() -> None:
    """Its residual is nothing at the start and must rise before it can fall; where it stays up it is given up."""
    start = noisy(2.0 * np.exp(-T / 40) + 1e-4, 0.01)
    bulge = 1e-5 + 0.05 * (T / 100) * np.exp(1 - T / 100)
    assert fired(**summed((1, 1), pde_loss=noisy(bulge, 0.01), ic_loss=start)) == {}
    stays = 1e-5 + 0.05 * (1 - np.exp(-T / 40))
    assert "ND406" in fired(**summed((1, 1), pde_loss=noisy(stays, 0.01), ic_loss=start))


def test_a_sum_beside_a_mean() -> None:
    """The small one falls by the way, since the large one is of the same kind; it steers nothing."""
    assert "ND406" in fired(**summed((1, 1), loss_bce=noisy(1000 * FALL), loss_dice=noisy(0.3 * FALL)))
    assert fired(**summed((1, 1), loss_bce=noisy(50 * FALL), loss_dice=noisy(0.3 * FALL))) == {}
    unknown = noisy(3 + FALL)  # no sum of the two: the weights are not known
    assert fired(loss_bce=noisy(1000 * FALL), loss_dice=noisy(0.3 * FALL), loss=unknown) == {}


def test_a_term_that_hardly_falls_beside_one_that_is_larger_all_along() -> None:
    slow = noisy(0.4 + 0.15 * np.exp(-T / 60))
    assert "ND406" in fired(**summed((1, 1), pde_loss=noisy(40 * FALL), data_loss=slow))
    assert fired(**summed((1, 1), pde_loss=noisy(5 * FALL), data_loss=slow)) == {}
    assert fired(**summed((1, 1), loss_mask=noisy(40 * FALL), loss_rpn_box_reg=slow)) == {}  # brought along learnt
    assert fired(**summed((1, 1), mse_loss=noisy(40 * FALL), vb_loss=slow)) == {}  # small by design


def test_terms_that_are_small_by_nature() -> None:
    smooth = 1e-3 * (1 + T / 400)  # a penalty by another name: it does not know the batches
    assert fired(**summed((1, 1), main_loss=noisy(FALL), sparsity_loss=smooth)) == {}
    assert fired(**summed((1, 1), lm_loss=noisy(FALL), moe_aux_loss=noisy(1e-3 + 0 * FALL))) == {}
    growing = 0.02 * (1 - np.exp(-T / 100)) + 1e-4  # a penalty on outputs that are zero at first
    assert fired(**summed((1, 1), pair_loss=noisy(FALL), center_loss=noisy(growing))) == {}
    worse = 1e-3 * (1 + 3 * T / 400)  # a pull towards a centre
    assert fired(**summed((1, 1), pair_loss=noisy(FALL), center_loss=noisy(worse))) == {}
    assert fired(**summed((1, 1), lm_loss=noisy(FALL), aux_loss=noisy(1e-3 + 0 * FALL))) == {}  # balances experts
    assert fired(**summed((1, 1), main_loss=noisy(FALL), depth_loss=noisy(1e-3 * FALL))) == {}
    assert fired(**summed((1, 1), recon_loss=noisy(FALL), kl_loss=noisy(1e-4 * (1 + T / 50)))) == {}
    assert fired(**summed((1, 1), recon_loss=noisy(FALL), sparse_loss=noisy(1e-4 * (1 + T / 400)))) == {}


def test_a_term_that_was_learnt_before_the_run() -> None:
    """The objectness of a detector that brought its own: near zero all along, and each batch has a few misses."""
    misses = 1e-3 * np.exp(0.5 * RNG.normal(size=T.size))
    assert fired(**summed((1, 1), loss_box_reg=noisy(FALL), loss_rpn_cls=misses)) == {}
    steady = 1e-3 * np.exp(0.05 * RNG.normal(size=T.size))
    assert "ND406" in fired(**summed((1, 1), loss_box_reg=noisy(FALL), loss_rpn_cls=steady))


def test_errors_of_few_samples_are_ragged_and_no_sign_of_being_learnt() -> None:
    """A regression that stands at the variance of its targets, beside a calm cross-entropy of many classes."""
    regression = 1e-3 * (RNG.normal(size=(T.size, 16)) ** 2).mean(axis=1)
    assert "ND406" in fired(**summed((1, 1), ce_loss=noisy(FALL, 0.03), depth_loss=regression))


def test_a_divergence_that_vanishes_and_one_that_is_learnt() -> None:
    vanishing = noisy(5.0 * np.exp(-T / 30) + 1e-5)
    held = noisy(1.0 + 0.1 * np.exp(-T / 20))
    assert "vanished" in fired(**summed((1, 1), recon_loss=held, kl_loss=vanishing))["ND406"]
    assert fired(**summed((1, 1), task_loss=noisy(FALL), kl_loss=vanishing)) == {}  # a teacher is copied


def late(start: float, rate: np.ndarray) -> np.ndarray:
    """A loss that falls by what the rate allows."""
    return noisy(start * np.exp(-np.cumsum(rate) / rate.max() / 80) + 0.3, 0.02)


@pytest.mark.parametrize("floor", [0.0, 0.003, 0.01])
def test_a_rate_that_is_spent_too_early(floor: float) -> None:
    rate = 2e-3 * np.maximum(floor, 1 - T / 80)
    assert "ND407" in fired(loss=late(2.0, rate), lr=rate)
    assert "ND407" in fired(loss=late(2.0, rate), lr=np.round(rate, 4))  # printed short


def by_epoch(loss: np.ndarray, rate: np.ndarray) -> dict[str, str]:
    (run,) = nn_doctor.diagnose({"epoch": np.arange(loss.size), "loss": loss, "lr": rate}, min_confidence=0.0).runs
    return {d.code: d.summary for d in run.diagnoses if d.code == "ND407"}


def test_a_rate_of_zero_after_a_few_epochs() -> None:
    """Too few epochs before for a slope against noise, but from there on nothing moves at all."""
    t = np.arange(40.0)
    fell = 0.1 + 0.2 * np.exp(-np.minimum(t, 6) / 3)
    rate = np.where(t < 5, 2e-3, np.where(t < 6, 1.8e-3, 0.0))
    assert "ND407" in by_epoch(fell, rate)
    assert "ND407" in by_epoch(fell, np.where(t < 6, 8.6111e-3, 0.0))  # zero as printed, and to many digits
    assert by_epoch(0.1 + 0.2 * np.exp(-t / 3), rate) == {}  # the loss does not care: a rate printed too short
    assert by_epoch(fell + 0.01 * RNG.normal(size=40), rate) == {}


def test_cuts_on_a_plateau_and_rates_printed_short() -> None:
    plateau = noisy(0.3 + 2 * np.exp(-T / 20) - 0.05 * (T > 150), 0.02)
    assert fired(loss=plateau, lr=np.where(T < 150, 1e-2, 1e-4)) == {}
    cosine = 5e-4 * (1 + np.cos(np.pi * T / T[-1])) / 2
    assert fired(loss=late(2.0, cosine), lr=np.round(cosine, 4)) == {}
    assert fired(loss=noisy(FALL), lr=0 * FALL) == {}


def test_a_rate_of_nothing_at_first() -> None:
    rate = np.where(T < 140, 1e-7, 1e-3)
    assert "first 35%" in fired(loss=late(2.0, rate), lr=rate)["ND407"]
    ramp = 1e-3 * np.minimum(1.0, (T + 1) / 140)
    assert fired(loss=late(2.0, ramp), lr=ramp) == {}
    growing = 1e-7 * 1e4 ** (T / T[-1])
    assert fired(loss=late(2.0, growing), lr=growing) == {}  # a range test


def test_a_leap_that_the_loss_pays_for() -> None:
    rate = np.where(T < 240, 1e-3, 2e-2)
    jump = noisy(FALL + 0.8 * np.exp(-np.maximum(T - 240, 0) / 30) * (T >= 240))
    assert "20-fold" in fired(loss=jump, lr=rate)["ND407"]
    assert fired(loss=noisy(FALL), lr=rate) == {}
    brief = noisy(FALL + 2.0 * np.exp(-np.maximum(T - 240, 0) / 4) * (T >= 240))
    assert "20-fold" in fired(loss=brief, lr=rate)["ND407"]


def test_the_regression_of_boxes_is_no_penalty() -> None:
    """RetinaNet's loss_reg beside loss_cls, Faster R-CNN's loss_box_reg; a reg_loss alone beside the data loss is."""
    small = noisy(0.01 + 0 * FALL)
    assert "ND405" not in fired(**summed((1, 1), loss_reg=noisy(FALL), loss_cls=small))
    assert "ND405" not in fired(**summed((1, 1), loss_box_reg=noisy(FALL), loss_iou=small))
    assert "ND405" in fired(**summed((1, 1), reg_loss=noisy(FALL), data_loss=small))


def test_a_rate_of_zero_that_leaps_to_its_peak_was_no_warm_up() -> None:
    """Printed with three decimals a zero may be a small rate, but one that climbs passes what lies between."""
    leap, ramp = np.where(T < 140, 0.0, 0.002), np.round(np.minimum(0.002, 0.002 * T / 280), 3)
    loss = np.where(T < 140, 2.4, 0.4 + 2.0 * np.exp(-(T - 140) / 60))
    assert "ND407" in fired(loss=noisy(loss), lr=leap)
    assert fired(loss=noisy(loss), lr=ramp) == {}


@pytest.mark.parametrize("seed", range(5))
def test_a_calm_term_that_is_never_learnt_beside_a_calmer_one(seed: int) -> None:
    drawn = np.random.default_rng(seed).normal(size=T.size)
    large = 30_000 * (1 - 0.4 * T / T.size)
    assert "ND406" in fired(**summed((1, 1), loss_kind=1.76 * (1 + 0.0015 * drawn), loss_pitch=large))
    learnt = np.abs(drawn)  # what single samples leave of a term learnt before the run
    assert fired(**summed((1, 1), loss_kind=learnt, loss_pitch=large)) == {}


def test_cuts_that_wait_for_validation_may_go_on_to_nothing() -> None:
    """A scheduler that cuts on a plateau of validation does so again and again where the run is not stopped."""
    steps = np.maximum(T - 120, -1) // 30 + 1
    rate = 0.005 * 0.1**steps
    train = np.where(T < 120, 0.4 + 2.0 * np.exp(-T / 60), 0.4 + 2.0 * np.exp(-2)) + 1e-3 * RNG.normal(size=T.size)
    log = {"loss": train, "lr": rate}
    assert "ND407" in fired(**log, val_loss=train + 0.1 - 1e-4 * T)  # validation went on improving
    assert "ND407" not in fired(**log, val_loss=np.where(T < 80, 0.5 + 2.0 * np.exp(-T / 30), 0.7))

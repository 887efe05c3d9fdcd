"""ND401 to ND409 on what they must not be fooled by; real trainings with the faults are among the samples."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor
from nn_doctor.catalogue.common.internals import EXACT, trailing_median

T = np.arange(1, 201)
FALL = 2.3 * np.exp(-T / 40) + 0.2
RNG = np.random.default_rng(0)
CODES = {f"ND40{i}" for i in range(1, 10)}


def fired(**columns: object) -> set[str]:
    (run,) = nn_doctor.diagnose({"step": T, **columns}, min_confidence=0.0).runs
    assert not [o for o in run.outcomes if o.status == "error"]
    return {d.code for d in run.diagnoses} & CODES


@pytest.mark.parametrize(
    "names", [("l1_loss", "cls_loss"), ("l1_loss", "mse_loss"), ("loss_l1", "loss_ce"), ("l2_loss", "ce_loss")]
)
def test_l1_and_l2_may_be_losses_on_the_data(names: tuple[str, str]) -> None:
    large, small = names
    assert fired(**{large: 3 * FALL, small: FALL}) == set()


def test_a_penalty_beside_a_learnt_data_loss_is_no_alarm() -> None:
    data = 2.3 * np.exp(-T / 15) + 0.001
    assert fired(data_loss=data, reg_loss=0.05 + 0 * data, loss=data + 0.05) == set()
    assert fired(data_loss=FALL + 1.5, reg_loss=5 + 0 * FALL, loss=FALL + 6.5) == {"ND405"}


def test_terms_of_detectors_and_autoencoders() -> None:
    assert fired(box_loss=FALL, cls_loss=3 * FALL, dfl_loss=0.02 * FALL) == set()
    assert fired(recon_loss=500 * FALL, kl_loss=0.01 * (1 - np.exp(-T / 20))) == set()


@pytest.mark.parametrize("share", [0.5, 0.6, 0.85])
def test_half_of_a_relu_layer_is_zero_by_right(share: float) -> None:
    assert fired(loss=FALL, **{"zero_fraction/layer1": share + 0.01 * RNG.normal(size=T.size)}) == set()


def test_sparsity_of_pruned_weights_is_not_looked_at() -> None:
    assert fired(loss=FALL, **{"sparsity/dense_1": np.minimum(T / 150, 0.95)}) == set()


def test_rates_that_end_at_zero_or_are_printed_short() -> None:
    cosine = 1e-3 * 0.5 * (1 + np.cos(np.pi * T / T[-1]))
    assert fired(loss=FALL, lr=cosine) == set()
    printed = np.round(1e-3 * 0.1 ** (T // 50), 5)
    assert fired(loss=FALL, lr=printed) == set()
    assert fired(loss=FALL, lr=0 * FALL) == set()
    assert fired(loss=FALL, lr=1e-3 * np.maximum(0, 1 - T / 100.5)) == {"ND407"}


def test_norms_of_a_converging_run() -> None:
    norm = 10 * FALL**2 * np.exp(0.3 * RNG.normal(size=T.size))
    assert fired(loss=FALL, grad_norm=norm) == set()
    layers = {f"grad_norm/layer{i}": norm * 10.0 ** (i - 3) for i in range(1, 6)}
    assert fired(loss=FALL, **layers) == set()


def test_one_infinite_norm_of_mixed_precision_is_no_explosion() -> None:
    norm = 1 + 0.1 * RNG.normal(size=T.size)
    norm[120] = np.inf
    assert fired(loss=FALL, grad_norm=norm) == set()


def test_a_norm_that_follows_a_climbing_rate_or_has_no_level_yet() -> None:
    """The loss breaks with it and tells it better: diverging, or no number any more."""
    burst = np.where(T < 120, 1.0, 10.0 ** (np.minimum(T, 150) - 120))
    norm = burst * (1 + 0.1 * RNG.normal(size=T.size))
    norm[160:] = np.nan
    loss = FALL * burst
    loss[160:] = np.nan
    assert fired(loss=loss, grad_norm=norm) == {"ND401"}
    assert fired(loss=loss, grad_norm=norm, lr=1e-3 + 0 * T) == {"ND401"}
    assert fired(loss=loss, grad_norm=norm, lr=1e-3 * np.exp(T / 30)) == set()
    at_once = np.where(T < 4, 10.0**T, np.nan)
    assert fired(loss=at_once, grad_norm=at_once) == set()


def test_dead_units_are_what_a_diverging_loss_comes_from() -> None:
    rise = 0.3 + 2.0 / (1 + np.exp(-(T - 100) / 4))
    dead = 0.95 / (1 + np.exp(-(T - 98) / 4))
    (run,) = nn_doctor.diagnose({"step": T, "loss": rise, "dead_units_frac/fc1": dead}).runs
    assert run.diagnoses[0].code == "ND404"


def test_norms_that_look_alike_for_want_of_digits() -> None:
    assert "ND408" not in fired(loss=FALL, grad_norm=np.round(0.1 + 0.02 * RNG.random(T.size), 1))
    norm = np.minimum(0.5, 0.45 + 0.4 * RNG.random(T.size))
    assert "ND408" in fired(loss=FALL, grad_norm=norm)


def test_updates_as_powers_of_ten_and_as_they_are() -> None:
    assert fired(loss=FALL, update_ratio=-3 + 0.1 * RNG.normal(size=T.size)) == set()
    assert fired(loss=FALL, update_ratio=1e-3 * np.exp(0.2 * RNG.normal(size=T.size))) == set()
    assert fired(loss=FALL, update_ratio=1e-7 + 0 * FALL) == {"ND403"}


def test_first_updates_that_rewrite_the_layers() -> None:
    shock = {f"update_ratio/layer{i}": 3e-3 + 0.3 * np.exp(-T / 8) for i in range(1, 5)}
    assert fired(loss=FALL, **shock) == {"ND403"}
    one = {f"update_ratio/layer{i}": 3e-3 + (0.3 if i == 1 else 0.01) * np.exp(-T / 8) for i in range(1, 5)}
    assert fired(loss=FALL, **one) == set()


def test_updates_ten_times_the_usual_of_a_net_that_learns_nothing() -> None:
    large = {f"update_ratio/layer{i}": 0.03 * np.exp(0.3 * RNG.normal(size=T.size)) for i in range(1, 4)}
    flat = 0.5 + 0.01 * RNG.normal(size=T.size)
    assert fired(loss=flat, **large) == {"ND403"}
    assert fired(loss=FALL, **large) == set()
    assert fired(loss=0.2 + 2 * np.exp(-T / 2), **large) == set()  # learnt in the first steps
    assert fired(loss=flat, **{name: 0.1 * y for name, y in large.items()}) == set()


def test_large_updates_that_shake_the_loss_about_a_floor() -> None:
    floor = 0.2 + 2 * np.exp(-T / 3)
    shaken = floor * np.exp(0.1 * RNG.normal(size=T.size))
    assert fired(loss=shaken, update_ratio=0.05 + 0 * FALL) == {"ND403"}
    assert fired(loss=shaken, update_ratio=3e-3 + 0 * FALL) == set()  # the usual: the noise is that of the batches
    assert fired(loss=floor, update_ratio=0.05 + 0 * FALL) == set()  # solved in the first steps, and calm
    falls = FALL * np.exp(0.1 * RNG.normal(size=T.size))
    assert fired(loss=falls, update_ratio=0.05 + 0 * FALL) == set()  # it still learns


def test_most_units_dead_in_most_layers() -> None:
    def layers(*shares: float) -> dict[str, object]:
        return {f"dead_units/fc{i}": share + 0 * FALL for i, share in enumerate(shares)}

    assert fired(loss=FALL, **layers(0.65, 0.62)) == {"ND404"}
    assert fired(loss=FALL, **layers(0.5, 0.3, 0.2)) == set()
    assert fired(loss=FALL, **layers(0.5)) == set()
    assert fired(loss=FALL, **{f"zero_fraction/relu{i}": 0.65 + 0 * FALL for i in range(3)}) == set()


def test_a_slow_fall_of_a_penalty_is_no_low_rate() -> None:
    penalty = 16 - 0.01 * T
    data = 2 + 0.05 * RNG.normal(size=T.size) - 0.001 * T
    (run,) = nn_doctor.diagnose({"step": T, "data_loss": data, "reg_loss": penalty, "loss": data + penalty}).runs
    assert run.diagnoses[0].code == "ND405"
    assert "ND105" not in {d.code for d in run.diagnoses}


def test_spreads_that_differ_by_a_factor() -> None:
    spreads = {f"act_std/layer{i}": 2.0**-i + 0 * FALL for i in range(1, 4)}
    assert fired(loss=FALL, **spreads) == set()
    dying = {f"act_std/layer{i}": 10.0**-i + 0 * FALL for i in range(1, 6)}
    assert fired(loss=2.303 + 0.001 * RNG.normal(size=T.size), **dying) == {"ND409"}


def test_an_l2_without_the_noise_of_batches_is_a_penalty() -> None:
    data = 2.0 + 0.1 * RNG.normal(size=T.size)
    penalty = 6 * np.exp(-T / 2000)
    assert fired(ce_loss=data, l2_loss=penalty, loss=data + penalty) == {"ND405"}
    noisy = penalty * (1 + 0.05 * RNG.normal(size=T.size))
    assert fired(ce_loss=data, l2_loss=noisy, loss=data + noisy) == set()


def test_the_trailing_median_of_a_long_norm_is_that_of_blocks_before() -> None:
    y = RNG.lognormal(size=EXACT + 530)
    found = trailing_median(y, 50)
    assert found.size == y.size and np.isnan(found[:50]).all()
    assert all(found[i] == np.median(y[i // 50 * 50 - 50 : i // 50 * 50]) for i in range(50, y.size, 97))
    short = trailing_median(y[:200], 50)
    assert all(short[i] == np.median(y[max(0, i - 50) : i]) for i in range(1, 200))


def test_leaps_in_a_long_norm_are_found() -> None:
    t = np.arange(20_000)
    norm = 1 + 0.1 * RNG.normal(size=t.size)
    norm[12_000::400] *= 1000
    loss = np.where(t < 12_000, 2.3 * np.exp(-t / 3000) + 0.3, 2.5)
    (run,) = nn_doctor.diagnose({"step": t, "loss": loss, "grad_norm": norm}).runs
    assert "ND401" in {d.code for d in run.diagnoses}


def test_norms_that_are_all_zero_are_no_clip_value() -> None:
    run = {"step": range(40), "loss": [1.0] * 40, "grad_norm": [0.0] * 40}
    outcome = next(o for o in nn_doctor.diagnose(run).runs[0].outcomes if o.code == "ND408")
    assert outcome.status != "error"
    assert outcome.diagnosis is None

"""ND402, ND408 and ND409 under the many names that logs use, and on what looks like the fault and is none."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor

T = np.arange(1, 201)
RNG = np.random.default_rng(1)
FALL = 2.3 * np.exp(-T / 40) + 0.2
FLAT = 2.303 + 0.01 * RNG.normal(size=T.size)
CODES = {f"ND40{i}" for i in range(1, 10)}


def fired(params: dict[str, object] | None = None, **columns: object) -> set[str]:
    (run,) = nn_doctor.diagnose({"step": T, **columns}, min_confidence=0.0, params=params or {}).runs
    assert not [o for o in run.outcomes if o.status == "error"]
    return {d.code for d in run.diagnoses} & CODES


SHARES = [
    "clip_frac",
    "train/clip_fraction",
    "clipped_fraction",
    "pct_clipped",
    "grad_clipped",
    "grad_clip_frac",
    "clip",
]


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize("whole", [1, 100])
def test_a_share_of_clipped_updates(name: str, whole: int) -> None:
    assert fired(loss=FALL, **{name: 0.9 * whole + 0 * FALL}) == {"ND408"}
    assert fired(loss=FALL, **{name: whole * np.exp(-T / 20)}) == set()


def test_flags_of_single_steps_are_averaged() -> None:
    assert fired(loss=FALL, grad_clipped=(RNG.random(T.size) < 0.8).astype(float)) == {"ND408"}
    assert fired(loss=FALL, grad_clipped=(RNG.random(T.size) < 0.2).astype(float)) == set()


@pytest.mark.parametrize("name", ["clip_coef", "clip_factor", "grad_clip_scale"])
def test_a_factor_of_clipping(name: str) -> None:
    assert fired(loss=FALL, **{name: 0.1 + 0.02 * RNG.random(T.size)}) == {"ND408"}
    assert fired(loss=FALL, **{name: np.where(T % 20, 1.0, 0.3)}) == set()
    assert fired(loss=FALL, **{name: 5 + RNG.random(T.size)}) == set()  # as torch computes it, before the cut at one


def test_a_ratio_that_may_be_either_is_believed_where_both_agree() -> None:
    assert fired(loss=FALL, clip_ratio=1 + 0 * FALL) == set()
    assert fired(loss=FALL, clip_ratio=0.05 + 0.01 * RNG.random(T.size)) == set()
    assert fired(loss=FALL, clip_ratio=0.8 + 0.05 * RNG.random(T.size)) == {"ND408"}


@pytest.mark.parametrize("setting", ["max_grad_norm", "gradient_clip_val", "clip-norm", "optimizer_config.grad_clip"])
def test_a_norm_before_clipping_against_the_known_value(setting: str) -> None:
    norm = 3 * np.exp(0.3 * RNG.normal(size=T.size))
    assert fired({setting: 0.05}, loss=FALL, grad_norm=norm) == {"ND408"}
    assert fired({setting: 1.0}, loss=FALL, grad_norm=norm) == set()  # three times above it is how many tune it
    assert fired({setting: 0.05}, loss=FALL, **{"grad_norm/after_clip": np.minimum(norm, 5)}) == set()


@pytest.mark.parametrize(
    "name", ["grad_norm_raw", "unclipped_grad_norm", "grad_norm/before", "grad_norm_preclip", "gnorm"]
)
def test_norms_before_clipping_by_their_names(name: str) -> None:
    assert fired({"max_grad_norm": 0.05}, loss=FALL, **{name: 3 * np.exp(0.3 * RNG.normal(size=T.size))}) == {"ND408"}


@pytest.mark.parametrize(
    "name", ["grad_norm_post", "clipped_grad_norm", "effective_grad_norm", "norm_after_clip", "norm"]
)
def test_norms_after_clipping_by_their_names(name: str) -> None:
    assert fired(loss=FALL, **{name: np.minimum(0.5, 0.499 + 0.01 * RNG.random(T.size))}) == {"ND408"}


def test_a_clip_value_logged_beside_the_norm_is_no_norm() -> None:
    norm = 3 * np.exp(0.3 * RNG.normal(size=T.size))
    assert fired(loss=FALL, grad_norm=norm, clip_norm=0.05 + 0 * FALL) == {"ND408"}
    assert fired(loss=FALL, grad_norm=norm, clip_norm=1 + 0 * FALL) == set()


NAMES = ["act_std/layer{}", "activations/layers.{}/rms", "act_abs_mean_{}", "layer{}.output_std", "hidden_{}/std"]


@pytest.mark.parametrize("name", [*NAMES, "layers.{}.rms", "h{}_std", "activation_norm/block{}"])
def test_spreads_that_shrink_and_recover_in_the_last_layers(name: str) -> None:
    sizes = [0.2, 0.04, 0.008, 0.001, 0.004, 0.02]
    spreads = {name.format(i): size * np.exp(0.02 * RNG.normal(size=T.size)) for i, size in enumerate(sizes)}
    assert fired(loss=FLAT, **spreads) == {"ND409"}
    assert fired(loss=FALL, **spreads) == set()


def test_a_variance_is_the_square_of_a_spread() -> None:
    def variances(step: float) -> dict[str, object]:
        return {f"layer{i}_act_var": step**i + 0 * FALL for i in range(5)}

    assert fired(loss=FLAT, **variances(0.7)) == set()  # variances fall fourfold, spreads to a half
    assert fired(loss=FLAT, **variances(0.1)) == {"ND409"}


def test_a_dozen_equal_norms_are_clipped_ones() -> None:
    norm = np.exp(0.3 * RNG.normal(size=12))
    assert fired(loss=FALL[:12], grad_norm=np.minimum(norm, 0.25 + 1e-6 * norm)) == {"ND408"}
    assert fired(loss=FALL[:12], grad_norm=norm) == set()


def test_growth_as_a_product_and_growth_as_a_sum() -> None:
    product = {f"act_std/layer{i}": 2.2**i + 0 * FALL for i in range(8)}
    assert fired(loss=1e4 * FALL, **product) == {"ND409"}
    stream = {f"act_std/block{i}": 1.0 + 4 * i + 0 * FALL for i in range(24)}  # residual blocks
    assert fired(loss=4 * FALL + 2, **stream) == set()
    assert fired(loss=FLAT, **stream) == set()  # as in the fine-tuning of a net that can do nearly all of it


def test_a_norm_of_one_small_value_while_the_loss_falls_far() -> None:
    assert fired(loss=FALL, grad_norm=0.001 + 0 * FALL) == {"ND408"}
    assert fired(loss=2.6 - T / 200, grad_norm=0.01 + 0 * FALL) == {"ND408"}
    assert fired(loss=FALL, grad_norm=0.1 + 0 * FALL) == set()  # a decimal more might tell another tale
    assert fired(loss=FLAT, grad_norm=0.001 + 0 * FALL) == set()


def test_layers_whose_norms_move_while_their_sum_stands() -> None:
    layers = np.abs(RNG.normal(size=(5, T.size))) + 0.2
    raw = {f"grad_norm/layer{i}": y for i, y in enumerate(layers)}
    clipped = {name: 0.5 * y / np.sqrt((layers**2).sum(axis=0)) for name, y in raw.items()}
    assert fired(loss=FALL, **raw) == set()
    assert fired(loss=FALL, **clipped) == {"ND408"}


def test_norms_before_and_after_clipping_side_by_side() -> None:
    raw = 3 * np.exp(0.5 * RNG.normal(size=T.size))
    often, seldom = np.minimum(raw, 2.0) * 0.9, np.minimum(raw, 9.0)  # means over steps: no cap is to be seen
    assert fired(loss=FALL, grad_norm=raw, grad_norm_clipped=often) == {"ND408"}
    assert fired(loss=FALL, grad_norm=raw, grad_norm_clipped=seldom) == set()


def test_largest_gradients_at_one_value_are_clipped_by_value() -> None:
    largest = np.minimum(0.05 * np.exp(RNG.normal(size=T.size)), 0.02)
    assert fired(loss=FALL, grad_max=largest) == {"ND408"}
    assert fired(loss=FALL, grad_max=0.05 * np.exp(RNG.normal(size=T.size))) == set()


def test_a_lost_spread_of_one_layer_alone() -> None:
    assert fired(loss=FLAT, embedding_out_std=np.exp(-T / 10) + 1e-4) == {"ND409"}
    assert fired(loss=FALL, embedding_out_std=np.exp(-T / 10) + 1e-4) == set()
    assert fired(loss=FLAT, embedding_out_std=0.3 + np.exp(-T / 10)) == set()


def test_spreads_that_fade_in_all_layers() -> None:
    fading = {f"activations/fc{i}_std": np.exp(-T / 10) * (1 + 0.1 * i) for i in range(1, 5)}
    assert fired(loss=FLAT, **fading) == {"ND409"}
    shrinking = {f"activations/fc{i}_std": 1 / (1 + T / 50) for i in range(1, 5)}
    assert fired(loss=FLAT, **shrinking) == set()


def test_nearly_all_units_of_most_layers_saturated() -> None:
    heavy = {f"saturated_frac/layer{i}": 0.86 + 0.01 * RNG.random(T.size) for i in range(2)}
    assert fired(loss=FALL, **heavy) == {"ND409"}
    assert fired(loss=FALL, **heavy | {"saturated_frac/layer0": 0.3 + 0 * FALL}) == set()


def test_most_units_of_most_layers_saturated() -> None:
    shares = {f"saturated_frac/layer{i}": 0.8 + 0.01 * RNG.normal(size=T.size) for i in range(4)}
    assert fired(loss=FLAT, **shares) == {"ND409"}
    assert fired(loss=FALL, **shares) == set()


def test_layers_that_a_logger_put_into_the_order_of_the_alphabet() -> None:
    order = ["enc1", "enc2", "mid1", "mid2", "mid10", "dec1", "head"]
    norms = {
        f"grad_norm/{name}": 10.0 ** (i - 6) * np.exp(0.1 * RNG.normal(size=T.size)) for i, name in enumerate(order)
    }
    assert fired(loss=FLAT, **dict(sorted(norms.items()))) == {"ND402"}


def test_last_layers_that_learn_alone() -> None:
    half = 2.3 * (0.6 + 0.4 * np.exp(-T / 40))
    norms = {f"grad_norm/layer{i}": 20.0 ** (i - 6) * np.exp(0.1 * RNG.normal(size=T.size)) for i in range(7)}
    assert fired(loss=half, **norms) == {"ND402"}
    healing = {name: y + 0.1 * (T > 60) for name, y in norms.items()}
    assert fired(loss=half, **healing) == set()


def test_a_first_layer_next_to_nothing_against_the_whole_gradient() -> None:
    """Where the last layer sees nothing but its bias, its own weights tell little."""
    deep = {f"gradients/fc{i}.weight": 2e-5 * 1.3**i * np.exp(0.1 * RNG.normal(size=T.size)) for i in range(7)}
    assert fired(loss=FLAT, **deep) == set()
    assert fired(loss=FLAT, total_norm=0.2 + 0.05 * RNG.random(T.size), **deep) == {"ND402"}
    assert fired(loss=FALL, total_norm=0.2 + 0.05 * RNG.random(T.size), **deep) == set()


def test_a_loss_that_waits_for_the_first_layers() -> None:
    waits = 1.0 * (1 + 0.02 * RNG.normal(size=T.size)) - 0.8 * (1 - np.exp(-np.maximum(T - 70, 0) / 20))
    reached = np.minimum(1.0, 10.0 ** ((T - 90) / 30)) * np.exp(0.05 * RNG.normal(size=T.size))
    arrives = {f"grad_norm/layer{i}": reached ** (7 - i) for i in range(8)}
    assert fired(loss=waits, **arrives) == {"ND402"}
    assert fired(loss=FALL, **arrives) == set()  # it learnt meanwhile


def test_layers_that_get_no_update_any_more() -> None:
    stops = np.where(T < 15, 0.05, 0.0)
    ratios = {f"update_ratio/layer{i}": stops for i in range(3)}
    assert fired(loss=FLAT, **ratios) == {"ND403"}
    assert fired(loss=FALL * (T < 15), **ratios) == set()  # learnt to the last digit
    assert fired(loss=FLAT, lr=1e-3 * (T < 15), **ratios) & {"ND403"} == set()
    assert fired(loss=FLAT, **{name: 0 * y for name, y in ratios.items()}) == set()
    assert fired(loss=FLAT, **ratios | {"update_ratio/layer2": 1e-3 + 0 * stops}) == set()


def test_statistics_of_gradients_are_not_mixed() -> None:
    means = {f"grad_mean/layer{i}": 1e-7 * RNG.normal(size=T.size) for i in range(5)}
    largest = {f"grad_max/layer{i}": 0.1 + 0.02 * i + 0.01 * RNG.random(T.size) for i in range(5)}
    assert fired(loss=FLAT, **means, **largest) == set()
    sizes = {f"grad_std/layer{i}": 10.0 ** (i - 5) * (1 + 0.1 * RNG.random(T.size)) for i in range(5)}
    assert fired(loss=FLAT, **means, **sizes) == {"ND402"}


@pytest.mark.parametrize(
    "name", ["latent_norm", "teacher_norm", "embedding_norm", "resid_norm/3", "grad_accum", "grad_scaler"]
)
def test_norms_of_other_things_are_not_the_gradients(name: str) -> None:
    assert fired(loss=FALL, **{name: 1.0 + 0 * FALL}) == set()
    assert fired(loss=FALL * np.exp(T / 50), **{name: 10.0 ** (T / 20)}) == set()


@pytest.mark.parametrize("name", ["alive_frac/fc1", "alive_units/fc1", "active_frac/layer1"])
def test_units_that_are_alive(name: str) -> None:
    assert fired(loss=FALL, **{name: 0.05 + 0.9 * np.exp(-T / 20)}) == {"ND404"}
    assert fired(loss=FALL, **{name: 0.6 + 0 * FALL}) == set()


@pytest.mark.parametrize(
    "name", ["rel_change/fc{}", "dw_over_w/fc{}", "step_to_param_ratio/fc{}", "weight_delta_ratio/fc{}"]
)
def test_updates_per_weight_by_other_names(name: str) -> None:
    def ratios(size: float) -> dict[str, object]:
        return {name.format(i): size * np.exp(0.1 * RNG.normal(size=T.size)) for i in range(1, 4)}

    assert fired(loss=FALL, **ratios(1e-3)) == set()
    assert fired(loss=FALL, **ratios(1e-7)) == {"ND403"}


def test_numbers_of_dead_units_are_no_shares() -> None:
    many = np.minimum(90, T // 2)
    assert fired(loss=FALL, **{"dead_neurons/fc1": many}) == set()
    assert fired(loss=FALL, **{"dead_pct/fc1": many}) == {"ND404"}
    assert fired(loss=FALL, **{"inactive_units/fc1": many / 100}) == {"ND404"}

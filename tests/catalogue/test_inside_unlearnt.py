"""Rules about the inside of a training on what a short, ordinary log shows of it, and what must not fool them."""

from __future__ import annotations

import numpy as np

import nn_doctor

N = 30
E = np.arange(float(N))
RNG = np.random.default_rng(5)
FALL = 0.2 + 2.0 * np.exp(-E / 6)
STUCK = 1.8 + 0.01 * RNG.normal(size=N)


def fired(**columns: object) -> set[str]:
    """The codes said of a log of one record an epoch."""
    (run,) = nn_doctor.diagnose({"epoch": E, **columns}).runs
    return {d.code for d in run.diagnoses}


def test_embeddings_that_become_one() -> None:
    agree = -1 + 0.1 * np.exp(-E)
    fading = 0.2 * np.exp(-E / 10)
    assert "ND409" in fired(loss=agree, embedding_std=fading)
    assert "ND409" not in fired(loss=agree, embedding_std=0.2 + 0.05 * fading)
    assert "ND409" not in fired(loss=FALL, latent_std=fading)  # a code that is learnt may grow sharp


def test_units_driven_far_beyond_their_range() -> None:
    wide = {f"preact_std/mlp{i}": 40.0 + i + 0 * E for i in range(3)}
    assert "ND409" in fired(loss=FALL, **wide)
    assert "ND409" not in fired(loss=FALL, **{name: y / 20 for name, y in wide.items()})
    assert "ND409" not in fired(loss=FALL, **{name.replace("preact", "act"): y for name, y in wide.items()})


def test_a_stack_that_nothing_passes() -> None:
    def stack(factor: float) -> dict[str, object]:
        return {f"act_std/block{i}": factor**i + 0 * E for i in range(5)}

    assert "ND409" in fired(loss=FALL, **stack(0.05))
    assert "ND409" not in fired(loss=FALL, **stack(0.4))  # it learns, and some scale is passed on


def test_gradients_of_nothing_from_the_start_on() -> None:
    norm = 1e-5 * np.exp(0.2 * RNG.normal(size=N))
    assert "ND402" in fired(loss=STUCK, grad_norm=norm)
    assert "ND402" not in fired(loss=STUCK, grad_norm=1e4 * norm)
    assert "ND402" not in fired(loss=FALL, grad_norm=norm)


def test_clipping_that_only_the_name_tells() -> None:
    assert "ND408" in fired(loss=FALL, grad_norm_clipped=0.1 + 0 * E)
    assert "ND408" not in fired(loss=FALL, grad_norm=0.1 + 0 * E)
    assert "ND408" in fired(loss=FALL, grad_norm=0.01 + 0 * E)
    assert "ND408" not in fired(loss=np.round(FALL, 2), grad_norm=0.01 + 0 * E)  # the loss has no finer digits


def test_a_penalty_that_all_the_fall_belongs_to() -> None:
    penalty = 16.0 * np.exp(-E / 4)
    still = 1.79 - 0.001 * E + 0.001 * RNG.normal(size=N)
    learnt = 0.4 + 1.39 * np.exp(-E / 6)
    for name in ("activation_reg", "l2_penalty"):
        assert "ND405" in fired(loss=still + penalty, cls_loss=still, **{name: penalty})
        assert "ND405" not in fired(loss=learnt + penalty / 40, cls_loss=learnt, **{name: penalty / 40})


def test_a_smooth_regression_with_next_to_no_weight() -> None:
    classes = 1.2 * np.exp(-E / 3) * np.exp(0.05 * RNG.normal(size=N)) + 1e-3
    regression = 0.7 - 0.15 * np.exp(-E / 4)
    log = {"train_cls_loss": classes, "train_reg_loss": regression}
    assert "ND406" in fired(train_loss=classes + 1e-5 * regression, **log)
    fine = 0.7 * np.exp(-E / 5) * np.exp(0.05 * RNG.normal(size=N))
    assert "ND406" not in fired(train_loss=classes + fine, train_cls_loss=classes, train_reg_loss=fine)


def test_a_decay_taken_with_each_step() -> None:
    slows = 1.0 + 0.8 * np.exp(-np.minimum(E, 5) / 2) + 0.01 * RNG.normal(size=N)
    assert "ND407" in fired(loss=slows, lr=2e-3 * 0.95 ** (10 * E))
    assert "ND407" not in fired(loss=slows, lr=2e-3 * 0.95 ** (3 * E))
    planned = 10.0 ** (-3 - 5 * E / N)  # as force fields are trained
    assert "ND407" not in fired(loss=5.0 * 0.9**E * np.exp(0.02 * RNG.normal(size=N)), lr=planned)


def test_a_warm_up_that_never_ends() -> None:
    lr = 1e-6 * (E + 1)
    assert "ND407" in fired(loss=STUCK - 0.002 * E, lr=lr)
    assert "ND407" not in fired(loss=FALL, lr=lr)
    assert "ND407" not in fired(loss=STUCK - 0.002 * E, lr=np.minimum(lr, 1e-5))

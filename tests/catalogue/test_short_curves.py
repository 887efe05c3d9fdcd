"""Few points: what five to nine of them may show, and that they clear a run of nothing."""

from __future__ import annotations

import numpy as np
import pytest

import nn_doctor

LETTERS = [3.524, 2.872, 2.563, 2.340, 2.174, 2.042]


def said(**columns: list[float]) -> dict[str, str]:
    report = nn_doctor.diagnose(columns)
    return {d.slug: d.severity for d in report.runs[0].diagnoses}


@pytest.mark.parametrize("points", [5, 6, 7])
def test_a_short_curve_that_falls_at_each_point_is_still_improving_and_too_short(points: int) -> None:
    assert said(loss=LETTERS[:points] if points < 7 else [4.1, *LETTERS]) == {
        "too-short": "note",
        "still-improving": "note",
    }


@pytest.mark.parametrize(
    "curve", [[3.5, 1.2, 1.01, 1.0, 0.999, 0.998], [3.5, 2.8, 2.5, 2.6, 2.1, 2.0], [3.5, 3.0, 2.6, 2.3, 2.1, 2.15]]
)
def test_a_short_curve_that_settles_or_rises_once_is_not(curve: list[float]) -> None:
    assert said(loss=curve) == {"too-short": "note"}


def test_a_few_evaluations_that_fall_at_each_are_asked_before_a_noisy_train_loss() -> None:
    rng = np.random.default_rng(4)
    steps = list(range(1, 51))
    train = (3.0 - 0.02 * np.arange(50) + rng.normal(0, 0.5, 50)).tolist()
    val = [LETTERS[i // 10] if i % 10 == 9 else None for i in range(50)]
    assert "still-improving" in said(step=steps, loss=train, val_loss=val)


def test_ascent_shows_in_six_points() -> None:
    assert said(loss=[3.524, 2.872, 2.563, 2.34, 27.59, 60.8])["diverging"] == "critical"


def test_levels_of_five_points_in_noise_hardly_ever_diverge() -> None:
    rng = np.random.default_rng(1)
    drawn = [np.exp(rng.normal(0, 0.3, 5)).tolist() for _ in range(200)]
    assert sum("diverging" in said(loss=y) for y in drawn) <= 4


def test_six_epochs_that_do_not_move_at_all_are_not_learning() -> None:
    assert "not-learning" in said(epoch=list(range(6)), loss=[4.4884, 4.4886, 4.4881, 4.4885, 4.4883, 4.4882])


def test_six_epochs_that_move_by_a_hundredth_may_be_a_beginning() -> None:
    assert "not-learning" not in said(epoch=list(range(6)), loss=[4.48, 4.49, 4.50, 4.47, 4.46, 4.48])


def test_a_loss_that_falls_at_once_and_swings_about_its_floor_does_not_diverge() -> None:
    rng = np.random.default_rng(2)
    floor = 0.109 + rng.normal(0, 0.002, 72)
    assert "diverging" not in said(loss=[0.48, 0.080, 0.093, *floor.tolist()])


def test_a_validation_loss_of_many_digits_is_stale_after_six_evaluations() -> None:
    assert "frozen-metric" in said(epoch=list(range(6)), loss=LETTERS, val_loss=[4.481237] * 6)


def test_a_share_that_never_moves_while_the_loss_halves_is_frozen_after_six_evaluations() -> None:
    assert "frozen-metric" in said(epoch=list(range(6)), loss=LETTERS, val_accuracy=[0.08564] * 6)


def test_a_share_that_stays_while_the_loss_falls_by_a_tenth_is_not() -> None:
    curve = [2.30, 2.27, 2.23, 2.18, 2.13, 2.08]
    assert "frozen-metric" not in said(epoch=list(range(6)), loss=curve, val_accuracy=[0.08564] * 6)


def test_a_loss_that_moves_by_less_than_its_last_digits_is_not_frozen() -> None:
    train = np.linspace(0.13, 0.10, 40).round(2).tolist()
    assert "frozen-metric" not in said(epoch=list(range(40)), loss=train, val_loss=[0.12] * 40)


def test_six_epochs_that_fall_by_a_hundredth_along_a_line_have_a_rate_too_low() -> None:
    curve = [4.488, 4.4799, 4.4721, 4.4640, 4.4561, 4.4482]
    assert "learning-rate-too-low" in said(epoch=list(range(6)), loss=curve)


@pytest.mark.parametrize("every", [1, 2, 3])
def test_progress_is_told_from_the_first_point_however_rarely_a_run_was_logged(every: int) -> None:
    """The gap of a run that falls at once is small beside that fall, not beside what its later points still win."""
    x = np.arange(60)
    train, val = 0.1 + 1.9 * np.exp(-x / 1.5) - 0.0006 * x, 0.14 + 1.9 * np.exp(-x / 1.5) + 0.0004 * x
    assert not {"overfitting", "severe-overfitting"} & set(
        said(loss=train[::every].tolist(), val_loss=val[::every].tolist())
    )


def test_fifteen_evaluations_show_a_small_set_only_where_they_jump_by_much() -> None:
    rng = np.random.default_rng(7)
    x = np.arange(15)
    train = 1.0 + np.exp(-x / 4)
    wild, mild = (train + 0.1 + size * rng.choice([-1, 1], 15) * rng.uniform(0.7, 1, 15) for size in (0.5, 0.1))
    assert "small-validation-set" in said(loss=train.tolist(), val_loss=wild.tolist())
    assert "small-validation-set" not in said(loss=train.tolist(), val_loss=mild.tolist())


@pytest.mark.parametrize("first, seen", [(0.25, False), (0.5, True)])
def test_one_first_record_of_updates_must_lie_far_beyond_the_limit(first: float, seen: bool) -> None:
    later = [0.03, 0.02, *[0.01] * 27]
    columns = {f"update_ratio/layer{i}": [first * (1 + i / 50), *later] for i in range(4)}
    loss = (0.2 + np.exp(-np.arange(30) / 5)).tolist()
    assert ("update-ratio" in said(step=list(range(30)), loss=loss, **columns)) is seen


def test_a_fall_that_slows_down_is_no_jump_however_rarely_it_was_logged() -> None:
    from nn_doctor.analyzers.restless import restless

    rng = np.random.default_rng(3)
    x = np.arange(120.0)
    y, val = (np.exp(-4 * np.sqrt(x / 120)) * np.exp(rng.normal(0, 0.03, 120)) for _ in range(2))
    often, rarely = (restless(x[::k], y[::k], x[::k], val[::k]) for k in (1, 6))
    assert often.train < 0.04
    assert rarely.train < 0.05
    assert rarely.val < 0.05


def test_noise_that_may_hide_a_fall_of_a_few_hundredths_is_not_called_level() -> None:
    rng = np.random.default_rng(5)
    heard = [rng.normal(2.4, 0.24, 60) - 0.03 * (np.arange(60) > 5) for _ in range(40)]
    said_of = ["not-learning" in said(step=list(range(60)), loss=y.tolist()) for y in heard]
    assert sum(said_of) <= 2


def test_thirty_five_noisy_points_that_fall_through_their_second_half_are_still_improving() -> None:
    rng = np.random.default_rng(6)
    x = np.arange(35.0)
    drawn = [2.3 - 0.3 * x / 34 + rng.normal(0, 0.01, 35) for _ in range(20)]
    heard = [said(step=list(range(35)), loss=y.tolist()) for y in drawn]
    assert sum(bool({"still-improving", "learning-rate-too-low"} & set(h)) for h in heard) >= 17


KICKED = [2.195, 0.957, 0.364, 0.230, 0.177, 0.124, 2.24, 1.006, 0.855, 0.400]


def test_one_large_rise_in_ten_epochs_that_is_won_back_slowly_is_a_jump() -> None:
    assert "loss-jump" in said(epoch=list(range(10)), loss=KICKED)
    assert "loss-jump" in said(epoch=list(range(6)), loss=[3.524, 2.872, 2.563, 2.340, 3.683, 2.964])


@pytest.mark.parametrize(
    "curve",
    [
        [*KICKED[:6], 2.24, 0.12, 0.11, 0.10],  # won back at once: a spike
        [2.2, 0.96, 0.36, 0.6, 0.3, 0.124, 0.9, 0.5, 0.45, 0.4],  # no larger than others
        [2.2, 1.4, 1.0, 0.8, 0.7, 0.6, 0.9, 0.85, 0.83, 0.82],  # little of what was won
        [2.2, 2.199, 2.198, 2.197, 2.196, 2.195, 2.2, 2.199, 2.1985, 2.198],  # nothing beside the level
    ],
)
def test_a_rise_that_is_small_or_soon_won_back_is_none(curve: list[float]) -> None:
    assert "loss-jump" not in said(epoch=list(range(10)), loss=curve)


def test_noisy_levels_and_falls_of_few_points_hold_no_jump() -> None:
    rng = np.random.default_rng(8)
    fall = np.exp(-np.arange(12) / 4)
    drawn = [base + rng.normal(0, 0.05, 12) for base in (1 + fall, 1 + 0 * fall) for _ in range(100)]
    assert sum("loss-jump" in said(epoch=list(range(12)), loss=y.tolist()) for y in drawn) <= 2

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.series.channel import Channel
from nn_doctor.series.restarts import split_restarts


def falling(n: int, start: float = 2.0, rate: float = 0.1) -> np.ndarray:
    return start * np.exp(-rate * np.arange(n))


def channel(y: np.ndarray, step: np.ndarray) -> Channel:
    return Channel("loss", y, step=step.astype(float), line=np.arange(1, y.size + 1))


def test_back_at_the_first_step_and_level_is_a_new_run() -> None:
    y, step = np.tile(falling(20), 2), np.tile(np.arange(20), 2)
    splits = split_restarts([channel(y, step)])
    assert [s.channels[0].y.size for s in splits] == [20, 20]
    assert splits[1].restarts[0].kind == "new run"
    assert splits[1].notes[0].line == 21


def test_back_at_the_first_step_with_the_loss_going_on_is_joined() -> None:
    y, step = falling(40), np.tile(np.arange(20), 2)
    (split,) = split_restarts([channel(y, step)])
    assert split.channels[0].step is not None
    assert split.channels[0].step.tolist() == list(range(40))
    assert split.restarts[0].kind == "continued"


def test_several_continuations_move_x_on_each_time() -> None:
    y, step = falling(60), np.tile(np.arange(20), 3)
    (split,) = split_restarts([channel(y, step)])
    assert split.channels[0].step is not None
    assert split.channels[0].step.tolist() == list(range(60))


def test_resume_from_a_checkpoint_keeps_the_newer_record() -> None:
    step = np.concatenate([np.arange(20), np.arange(15, 30)])
    y = np.concatenate([np.full(20, 1.0), np.full(15, 0.5)])
    (split,) = split_restarts([channel(y, step)])
    (only,) = split.channels
    assert only.step is not None
    assert only.step.tolist() == list(range(30))
    assert only.y[15:].tolist() == [0.5] * 15
    assert split.restarts[0].overlap == 5
    assert split.notes[0].line == 21


def test_modes_override() -> None:
    y, step = np.tile(falling(20), 2), np.tile(np.arange(20), 2)
    assert len(split_restarts([channel(y, step)], "join")) == 1
    assert len(split_restarts([channel(falling(40), step)], "split")) == 2


def test_alternating_writers_are_told_apart() -> None:
    step = np.stack([np.arange(50), np.arange(1000, 1050)], axis=1).ravel()
    y = np.stack([falling(50), np.full(50, 9.0)], axis=1).ravel()
    splits = split_restarts([channel(y, step)])
    assert len(splits) == 2
    assert {float(s.channels[0].y[-1]) for s in splits} == {9.0, float(falling(50)[-1])}


def test_validation_is_cut_with_the_train_curve() -> None:
    lines = np.arange(1, 41)
    train = Channel("loss", np.tile(falling(20), 2), step=np.tile(np.arange(20.0), 2), line=lines)
    val = Channel("val_loss", np.array([3.0, 2.0, 3.1]), step=np.array([9.0, 19.0, 9.0]), line=np.array([10, 20, 30]))
    first, second = split_restarts([train, val])
    assert [c.y.tolist() for c in first.channels if c.name == "val_loss"] == [[3.0, 2.0]]
    assert [c.y.tolist() for c in second.channels if c.name == "val_loss"] == [[3.1]]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=80))
def test_x_never_goes_back_whatever_the_log(steps: list[int]) -> None:
    step = np.array(steps, dtype=float)
    for split in split_restarts([channel(np.ones(step.size), step)]):
        for c in split.channels:
            assert c.step is not None
            assert np.all(np.diff(c.step) >= 0)


def test_a_second_experiment_on_a_far_smaller_scale_is_a_new_run() -> None:
    losses = [1.0, 0.8, 0.6, 0.5, 4e-4, 3e-4, 2e-4, 1e-4]
    epochs = [0.0, 1.0, 2.0, 3.0] * 2
    runs = split_restarts([Channel(name="loss", y=np.array(losses), epoch=np.array(epochs))])
    assert [run.channels[0].y.tolist() for run in runs] == [losses[:4], losses[4:]]


def test_a_curve_whose_every_point_was_repeated_may_come_back() -> None:
    """Its only points lie in a stretch that a resumed run wrote anew; later the steps begin again."""
    step = np.concatenate([np.arange(20.0), np.arange(5.0, 20.0), np.arange(20.0)])
    curves = [
        Channel("loss", falling(55), step=step, epoch=step // 4, line=np.arange(55)),
        Channel("val_loss", np.array([1.0, 0.5]), step=np.array([10.0, 3.0]), epoch=np.array([2.0, 0.0]),
                line=np.array([10, 38])),
    ]  # fmt: skip
    for run in split_restarts(curves, "join"):
        for curve in run.channels:
            assert curve.step.size == curve.y.size
            assert (np.diff(curve.step) > 0).all()

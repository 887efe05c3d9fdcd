"""Stages of one training in one log are told from runs that begin anew."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nn_doctor.api import diagnose, read
from nn_doctor.series.model import Run
from nn_doctor.settings import Settings


def written(folder: Path, *stages: tuple[float, float]) -> Path:
    """A log of several histories one behind the other, each falling from one level to another."""
    lines = ["epoch,train_loss,valid_loss"]
    for first, last in stages:
        for epoch, loss in enumerate(np.geomspace(first, last, 12)):
            lines.append(f"{epoch},{loss:.5f},{loss * 1.1:.5f}")
    log = folder / "history.csv"
    log.write_text("\n".join(lines) + "\n")
    return log


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (((1.0, 0.1), (0.06, 0.055), (0.04, 0.03)), [False, True, True]),
        (((1.0, 0.5), (1.0, 0.4)), [False, False]),
        (((1.0, 0.1),), [False]),
    ],
)
def test_goes_on(tmp_path: Path, stages: tuple[tuple[float, float], ...], expected: list[bool]) -> None:
    assert [run.goes_on for run in read(written(tmp_path, *stages), Settings(restarts="split"))] == expected


def test_a_stage_that_goes_on_may_be_flat(tmp_path: Path) -> None:
    log = written(tmp_path, (1.0, 0.1), (0.06, 0.06))
    assert "not-learning" in {told.slug for told in diagnose(read_alone(log)).runs[0].diagnoses}
    assert "not-learning" not in {told.slug for told in diagnose(log, restarts="split").runs[1].diagnoses}


def read_alone(log: Path) -> Run:
    """The last stage as if it were a log of its own."""
    return replace(read(log, Settings(restarts="split"))[-1], goes_on=False)

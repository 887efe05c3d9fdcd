"""What a log may hold without a warning from numpy."""

from __future__ import annotations

import warnings
from pathlib import Path

import nn_doctor


def test_a_learning_rate_that_is_never_a_number(tmp_path: Path) -> None:
    log = tmp_path / "run.csv"
    log.write_text("step,loss,lr\n" + "".join(f"{i},{2 - 0.01 * i},nan\n" for i in range(30)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (run,) = nn_doctor.diagnose(log).runs
    assert run.run.objective.train is not None

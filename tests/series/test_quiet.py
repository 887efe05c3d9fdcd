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


def test_a_total_that_is_never_a_number_beside_its_parts(tmp_path: Path) -> None:
    log = tmp_path / "run.csv"
    rows = "".join(f"{i},nan,{3 - i / 50},0.01,{3.1 - i / 50}\n" for i in range(30))
    log.write_text("step,train/total_loss,train/ce_loss,train/z_loss,val/ce_loss\n" + rows)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (run,) = nn_doctor.diagnose(log).runs
    assert [d.code for d in run.diagnoses][:1] == ["ND103"]

"""Fixes in the run's own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

import nn_doctor
from nn_doctor.analyzers.patience import patience
from nn_doctor.catalogue.base import Context, Expectation
from nn_doctor.catalogue.common import advice
from nn_doctor.errors import InsufficientData
from nn_doctor.parsers.textlog.params import options_of
from nn_doctor.series.hyperparameters import number, switched_off

if TYPE_CHECKING:
    from pathlib import Path


def context(said: dict[str, object] | None = None, rate: float | None = None, **params: object) -> Context:
    log = {"loss": np.linspace(1, 0.5, 30)} | ({"lr": np.full(30, rate)} if rate else {})
    (run,) = nn_doctor.read(log, params={**params, **(said or {})})
    return Context(run, Expectation(params=said or {}))


def test_what_the_user_says_beats_a_logged_rate() -> None:
    assert advice.learning_rate(context(rate=0.5)) == 0.5
    assert advice.learning_rate(context(rate=0.5, lr=0.2)) == 0.5
    assert advice.learning_rate(context(rate=0.5, said={"lr": 0.2})) == 0.2


def test_the_rate_to_try_stays_with_what_the_optimiser_is_given() -> None:
    assert advice.try_rate(context(lr=0.1, optimizer="SGD"), 5.0, "-") == "the learning rate is 0.1: try 0.5"
    assert advice.try_rate(context(lr=0.005, optimizer="AdamW"), 5.0, "-") == "the learning rate is 0.005: try 0.01"
    assert "already high for Adam" in advice.try_rate(context(lr=0.05, optimizer="AdamW"), 5.0, "-")
    assert advice.try_rate(context(lr=0.05, optimizer="AdamW"), 0.3, "-") == "the learning rate is 0.05: try 0.01"
    assert "already low for SGD" in advice.try_rate(context(lr=1e-6, optimizer="sgd"), 0.3, "-")
    assert advice.try_rate(context(), 5.0, "raise it") == "raise it"


def test_regularisation_that_is_off_is_a_setting() -> None:
    assert "weight decay (now 0: try 0.0001)" in advice.more_regularisation(context(weight_decay=0, dropout="0.0"))
    assert "dropout (now 0: try 0.1)" in advice.more_regularisation(context(weight_decay=0.01, dropout="0.0"))
    assert "weight decay (now 0.01: try 0.03)" in advice.more_regularisation(context(weight_decay=0.01))
    assert "dropout is high already (0.6)" in advice.more_regularisation(context(dropout=0.6))
    assert "now" not in advice.more_regularisation(context())
    assert advice.less_regularisation(context(weight_decay=0.1)) == "less weight decay (now 0.1: try 0.01)"
    assert "nothing regularises it" in advice.less_regularisation(context(weight_decay=0, dropout=0))
    assert not switched_off({"weight_decay": 0, "wd": 0.1}, "weight_decay")


def test_clip_value() -> None:
    assert "1.0 is a common start" in advice.clipping(context())
    assert advice.clipping(context(max_grad_norm=4)) == "the gradient norm is clipped at 4: try 1"


@pytest.mark.parametrize(
    ("params", "batch"),
    [
        ({"batch_size": 12, "gradient_accumulation_steps": 40}, 480),  # nanoGPT
        ({"batch_size": 16, "accumulate_grad_batches": 4}, 64),  # Lightning
        ({"per_device_train_batch_size": 8, "gradient_accumulation_steps": 4, "world_size": 2}, 64),  # Hugging Face
        ({"train_batch_size": 256, "gradient_accumulation_steps": 4}, 256),  # DeepSpeed: that of an update
        ({"batch_size": 32, "world_size": 8}, 32),
    ],
)
def test_batch_of_an_update(params: dict[str, object], batch: float) -> None:
    assert number(params, "batch_size") == batch


def slow_patience(y: list[float], least: int) -> tuple[int, int]:
    """Try every patience: the first that ends at the overall best, and where it stops."""
    target = y.index(min(y))
    for checks in range(least, len(y) + 1):
        best, bad = 0, 0
        for i in range(1, len(y)):
            best, bad = (i, 0) if y[i] < y[best] else (best, bad + 1)
            if bad >= checks:
                break
        else:
            raise InsufficientData("never")
        if best == target:
            return checks, i
    raise InsufficientData("never")


@given(nps.arrays(np.float64, st.integers(4, 40), elements=st.integers(0, 9).map(float)), st.integers(1, 4))
def test_patience_is_the_smallest_that_reaches_the_best(y: np.ndarray, least: int) -> None:
    try:
        checks, stop = slow_patience(y.tolist(), least)
    except InsufficientData:
        with pytest.raises(InsufficientData):
            patience(np.arange(y.size, dtype=float), y, least=least)
        return
    found = patience(np.arange(y.size, dtype=float), y, least=least)
    assert (found.checks, found.x) == (checks, stop)
    assert found.saved == pytest.approx(1 - stop / (y.size - 1))


def test_stop_early_names_the_patience() -> None:
    val = [1.0, 0.8, 0.9, 0.7, *np.linspace(0.75, 2.0, 40)]
    report = nn_doctor.diagnose({"loss": np.geomspace(1, 0.01, 44), "val_loss": val})
    (fix,) = (d.fixes[0] for d in report.runs[0].diagnoses if d.code == "ND202")
    assert "keep the checkpoint of row 3" in fix
    assert "a patience of 3 evaluations would have ended the run at row 6 and saved 86 %" in fix.replace("86%", "86 %")


@pytest.mark.parametrize("prompt", ["", "$ ", "+ ", ">>> "])
def test_the_command_in_a_log(prompt: str, tmp_path: Path) -> None:
    line = f"{prompt}python train.py --lr 0.1 --batch-size=64 --fp16 --name run-1 data/x"
    assert options_of(line) == {"lr": 0.1, "batch-size": 64.0, "name": "run-1"}
    log = tmp_path / "train.log"
    log.write_text(line + "\n" + "".join(f"epoch {i} loss {1 / (i + 1):.4f}\n" for i in range(30)))
    (run,) = nn_doctor.read(log)
    assert number(run.params, "learning_rate") == 0.1


def test_other_lines_are_no_command() -> None:
    assert options_of("epoch 1 -- loss 0.5 --lr 0.1") == {}

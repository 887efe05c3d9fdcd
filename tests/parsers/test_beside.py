"""Hyper-parameters in files beside a log, and by their usual names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn_doctor
from nn_doctor.parsers.common.beside import LARGEST, MOST, _flatten
from nn_doctor.series.hyperparameters import number, word

if TYPE_CHECKING:
    from pathlib import Path

NOISY = [1.0, 2.0, 0.9, 2.2, 1.1, 1.9] * 20


def log(folder: Path, name: str = "metrics.csv") -> Path:
    path = folder / name
    path.write_text("step,loss\n" + "".join(f"{i},{y}\n" for i, y in enumerate(NOISY)))
    return path


def params_of(path: Path) -> dict[str, object]:
    (run,) = nn_doctor.read(path)
    return run.params


def test_lightning_hparams(tmp_path: Path) -> None:
    (tmp_path / "hparams.yaml").write_text("lr: 1e-3\nbatch_size: 64\nmodel:\n  dropout: 0.1\n")
    params = params_of(log(tmp_path))
    assert (number(params, "learning_rate"), number(params, "batch_size"), number(params, "dropout")) == (
        0.001,
        64,
        0.1,
    )


def test_json_and_wandb_config(tmp_path: Path) -> None:
    (tmp_path / "args.json").write_text(json.dumps({"optim": {"lr": 0.2, "name": "sgd"}, "optimizer": "SGD"}))
    (tmp_path / "config.yaml").write_text("lr:\n  desc: null\n  value: 0.5\nnum_classes:\n  value: 7\n")
    params = params_of(log(tmp_path))
    assert number(params, "classes") == 7
    assert word(params, "optimizer") == "sgd"
    assert number(params, "learning_rate") in {0.2, 0.5}


def test_what_the_user_says_wins(tmp_path: Path) -> None:
    (tmp_path / "hparams.yaml").write_text("lr: 0.5\n")
    (run,) = nn_doctor.read(log(tmp_path), params={"lr": 0.1})
    assert number(run.params, "learning_rate") == 0.1


@pytest.mark.parametrize(
    "text", ["a: [1, 2", "- 1\n- 2\n", "\x00\x01", "x" * (LARGEST + 1), "", "&a [*a]", "{" * 3000], ids=range(7)
)
def test_what_is_not_understood_is_a_note(tmp_path: Path, text: str) -> None:
    (tmp_path / "hparams.yaml").write_text(text)
    (run,) = nn_doctor.read(log(tmp_path))
    assert run.params == {}
    assert any("hparams.yaml" in note.text for note in run.notes)


def test_tagged_nodes_are_not_made(tmp_path: Path) -> None:
    (tmp_path / "hparams.yaml").write_text(
        "lr: 0.1\nevil: !!python/object/apply:os.system ['true']\nloss: !Custom {a: 1}\n"
    )
    assert params_of(log(tmp_path)) == {"lr": 0.1}


def test_settings_of_one_of_two_logs_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"lr": 0.1}')
    log(tmp_path, "other.csv")
    assert params_of(log(tmp_path)) == {}


def test_the_batch_of_an_update() -> None:
    params = {"per_device_train_batch_size": 8, "gradient_accumulation_steps": 4, "world_size": 2}
    assert number(params, "batch_size") == 64
    assert number({"batch_size": True}, "batch_size") is None
    assert number({"lr": "nan"}, "learning_rate") is None


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
NESTED = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner))


@given(st.dictionaries(st.text(max_size=4), NESTED))
def test_flattening_keeps_scalars_only(document: dict[str, object]) -> None:
    found: dict[str, object] = {}
    _flatten(document, "", found)
    assert len(found) <= MOST
    assert all(isinstance(value, bool | int | float | str) for value in found.values())
    for key, value in document.items():
        if isinstance(value, str | int) and "." not in key:
            assert key in found


def test_of_several_the_trainings_own() -> None:
    params = {"val.batch_size": 256, "train.batch_size": 16, "discriminator.lr": 0.4, "generator.lr": 0.1}
    assert (number(params, "batch_size"), number(params, "learning_rate")) == (16, 0.1)
    assert word({"optimizer.name": "AdamW"}, "optimizer") == "adamw"


def test_what_the_user_says_wins_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "hparams.yaml").write_text("learning_rate: 0.01\nseed: 3\n")
    (run,) = nn_doctor.read(log(tmp_path), params={"lr0": 0.5})
    assert run.params == {"lr0": 0.5, "seed": 3}


def test_a_tagged_node_is_named_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "hparams.yaml").write_text("lr: 0.1\nmodel: !!python/object/apply:os.system ['true']\n")
    (run,) = nn_doctor.read(log(tmp_path))
    assert run.params == {"lr": 0.1}
    assert any("1 read as settings, model left out" in note.text for note in run.notes)

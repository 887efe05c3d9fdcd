"""Naming one file of a run in several: its partners are loaded, and nothing else is looked at."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from nn_doctor import finder

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = "events.out.tfevents.1700000000.host"
META = "run_id: abc\nrun_name: one\n"


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(META if name.endswith("meta.yaml") else "0 1\n")


def members(path: Path) -> list[str]:
    """The names of the members behind a path, with their prefixes, sorted."""
    (bundle,) = finder.find(str(path)).bundles
    return sorted(f"{member.prefix}{member.path.name}" for member in bundle.members)


def test_a_single_export_is_read_without_a_look_at_its_folder(tmp_path, monkeypatch):
    lay(tmp_path, *(f"run-a{i}-tag-loss.csv" for i in range(20)), "other/run-b-tag-loss.csv")
    monkeypatch.setattr(os, "scandir", lambda folder: pytest.fail(f"listed {folder}"))
    assert members(tmp_path / "run-a3-tag-loss.csv") == ["run-a3-tag-loss.csv"]


def test_of_the_folders_beside_events_only_those_named_after_a_split_are_listed(tmp_path, monkeypatch):
    lay(tmp_path, *(f"{folder}/{EVENTS}" for folder in ("train", "validation", "elsewhere", "logs")))
    listed, scandir = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: listed.append(folder) or scandir(folder))
    assert members(tmp_path / "train" / EVENTS) == [f"train/{EVENTS}", f"validation/{EVENTS}"]
    assert {folder.name for folder in listed} == {tmp_path.name, "train", "validation"}
    listed.clear()
    assert members(tmp_path / "elsewhere" / EVENTS) == [EVENTS]
    assert {folder.name for folder in listed} == {"elsewhere"}


@pytest.mark.parametrize(
    ("names", "named", "expected"),
    [
        (("mlruns/0/abc/meta.yaml", "mlruns/0/abc/metrics/loss", "mlruns/0/abc/metrics/val_loss"), 1,
         ["loss", "val_loss"]),
        (("dvclive/plots/metrics/train/loss.tsv", "dvclive/plots/metrics/val/loss.tsv"), 0,
         ["train/loss.tsv", "val/loss.tsv"]),
        (("out/metrics_epoch_0.json", "out/metrics_epoch_1.json", "out/vocabulary.json"), 0,
         ["metrics_epoch_0.json", "metrics_epoch_1.json"]),
        (("catboost_info/learn_error.tsv", "catboost_info/test_error.tsv"), 1,
         ["learn/learn_error.tsv", "test/test_error.tsv"]),
        (("run-20240101_000000-ab12/run-ab12.wandb", "run-20240102_000000-ab12/run-ab12.wandb",
          "run-20240102_000000-zz99/run-zz99.wandb"), 0, ["run-ab12.wandb", "run-ab12.wandb"]),
    ],
    ids=["mlflow", "dvclive", "allennlp", "catboost", "wandb"],
)  # fmt: skip
def test_the_partners_of_a_file_are_loaded(tmp_path, names, named, expected):
    lay(tmp_path, *names)
    assert members(tmp_path / names[named]) == expected

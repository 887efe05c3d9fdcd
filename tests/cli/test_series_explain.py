"""``nn-doctor series --explain``: every curve with its reasons, what was not understood with its option."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nn_doctor.main import main

if TYPE_CHECKING:
    from pathlib import Path

CSV = "epoch,loss,val_loss,frobnication,lr\n" + "".join(
    f"{i},{2 / (i + 1)},{2.5 / (i + 1)},{i % 3 / 7},0.1\n" for i in range(9)
)
WIDTH = 80


def explain(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = main(["series", "--explain", *arguments])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


@pytest.fixture
def log(tmp_path: Path) -> str:
    file = tmp_path / "run.csv"
    file.write_text(CSV)
    return str(file)


def test_each_curve_is_told_with_its_reason(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(explain(capsys, log).split())
    assert "read as delimited" in text
    assert "counted by epoch by 'epoch'" in text
    assert "judged by loss (train) and val_loss (validation)" in text
    assert "'loss' is a loss word; no split named: train" in text
    assert "'loss' is a loss word; 'val' says validation" in text
    assert "lr learning rate, schedule; 9 points" in text


def test_what_is_not_understood_stands_last_with_an_option_that_works(
    log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = explain(capsys, log)
    _, _, left = text.partition("Not understood")
    assert "--map 'frobnication=METRIC:min/train'" in " ".join(left.split())
    mapped = explain(capsys, log, "--map", "frobnication=error:min/val")
    assert "Not understood" not in mapped
    assert "as --map says" in mapped


def test_as_json(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    (run,) = json.loads(explain(capsys, "--format", "json", log))
    assert run["parser"] == "delimited"
    assert run["axes"] == {"epoch": "epoch"}
    by_name = {series["name"]: series for series in run["series"]}
    assert by_name["val_loss"]["split"] == "val"
    assert by_name["val_loss"]["counted_by"] == {"epoch": "epoch"}
    assert (by_name["loss"]["first"], by_name["loss"]["points"], by_name["loss"]["lines"]) == (2, 9, [2, 10])
    assert by_name["loss"]["missing"] is None
    assert by_name["frobnication"]["option"].startswith("--map 'frobnication=METRIC")


def test_a_log_without_any_x_offers_the_column_that_could_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "run.log"
    file.write_text("".join(f"Frobs: {i * 2} loss {2 / (i + 1):.4f}\n" for i in range(9)))
    text = " ".join(explain(capsys, str(file)).split())
    assert "counted by no column: the order of the points" in text
    assert "rows are numbered: --x COLUMN" in text
    assert "left out: 'Frobs'" in text
    counted = " ".join(explain(capsys, "--x", "Frobs", str(file)).split())
    assert "step by 'Frobs'" in counted
    assert "over step 0 … 16" in counted


@pytest.mark.parametrize("name", ["a" * 200, "loss 'quoted'", "x\x1b[31my", "very/long/" * 12 + "loss", "\u202eloss"])
def test_any_name_fits_eighty_columns_and_is_printable(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text("".join(json.dumps({"step": i, name: i % 4, "loss": 1 / (i + 1)}) + "\n" for i in range(9)))
    text = explain(capsys, str(file))
    body = [line for line in text.splitlines() if not line.startswith(str(tmp_path))]
    assert max(map(len, body)) <= WIDTH
    assert all(line.isprintable() for line in body)


def test_a_failure_is_told_as_ever(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", "--explain", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_the_help_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    main(["series", "--help"])
    assert "--explain" in capsys.readouterr().out

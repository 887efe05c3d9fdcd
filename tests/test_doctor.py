"""Paths → report: finding, bundling, failures, exit codes, the Python API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import nn_doctor
from nn_doctor import doctor

if TYPE_CHECKING:
    from pathlib import Path

FALLING = [2.0 * 0.9**i + 0.1 for i in range(40)]
FLAT = [2.3] * 40


def csv(path: Path, loss: list[float]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("epoch,loss\n" + "".join(f"{i},{y!r}\n" for i, y in enumerate(loss)))
    return path


def examine(*paths: Path | str, **options: object) -> nn_doctor.Report:
    return doctor.examine([str(p) for p in paths], doctor.Settings(**options))


def test_a_folder_holds_runs_and_what_is_passed_over_is_noted(tmp_path: Path) -> None:
    csv(tmp_path / "a" / "log.csv", FALLING)
    csv(tmp_path / "b" / "log.csv", FLAT)
    (tmp_path / "b" / "README").write_text("Nothing but words here.\nAnd some more of them.\n")
    (tmp_path / "weights.pt").write_bytes(b"\x80\x02")
    report = examine(tmp_path)
    assert [run.verdict for run in report.runs] == ["healthy", "critical"]
    assert report.errors == ()
    assert any("README" in note.text for note in report.notes)
    assert len({run.run.id for run in report.runs}) == 2


def test_exit_codes(tmp_path: Path) -> None:
    good, bad = csv(tmp_path / "good.csv", FALLING), csv(tmp_path / "bad.csv", FLAT)
    assert examine(good).exit_code == 0
    assert examine(bad).exit_code == 1
    assert examine(bad, fail_on="never").exit_code == 0
    assert examine(bad, gate_confidence=1.0).exit_code == 0
    assert examine(bad, ignore=("ND1",)).exit_code == 0
    assert examine(bad, select=("not-learning",)).exit_code == 1
    assert examine(bad, tmp_path / "missing.csv").exit_code == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.csv", b"", "empty"),
        ("lines.csv", b"\n\n\n", "no training log"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        ("model.pkl", b"\x80\x04\x95" + bytes(50), "unpickles"),
        ("words.txt", b"Dear reader, this is no log.\nIt goes on.\n", "no training log"),
    ],
)
def test_refused_in_one_line(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    report = examine(path)
    assert report.exit_code == 2
    assert report.runs == ()
    (failure,) = report.errors
    assert why in failure.message
    assert "\n" not in failure.message


def test_header_without_rows_is_unjudged(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("epoch,loss,val_loss\n")
    report = examine(path)
    assert (report.exit_code, [r.verdict for r in report.runs]) == (0, ["unjudged"])
    assert any("header without rows" in note.text for note in report.runs[0].run.notes)


def test_missing_path_and_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = examine(tmp_path / "nope.csv", tmp_path / "empty", str(tmp_path / "*.json"))
    messages = [e.message.split(" (")[0] for e in report.errors]
    assert messages == ["no such file or folder", "no log files in this folder", "no file matches this pattern"]


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = csv(tmp_path / "outside.csv", FALLING)
    csv(tmp_path / "runs" / "inside.csv", FALLING)
    (tmp_path / "runs" / "link.csv").symlink_to(outside)
    (tmp_path / "runs" / "loop").symlink_to(tmp_path / "runs", target_is_directory=True)
    report = examine(tmp_path / "runs")
    assert [run.run.name for run in report.runs] == ["inside"]
    assert any("link" in note.text for note in report.notes)


def test_train_and_validation_tables_of_one_run_are_joined(tmp_path: Path) -> None:
    rows = "".join(f"{i}\t{y}\n" for i, y in enumerate(FALLING))
    for name in ("learn_error.tsv", "test_error.tsv"):
        (tmp_path / name).write_text("iter\tLogloss\n" + rows)
    for path in (tmp_path, tmp_path / "learn_error.tsv"):
        (run,) = examine(path).runs
        assert {s.name for s in run.run.series} == {"learn/Logloss", "test/Logloss"}
        assert {s.split for s in run.run.series} == {"train", "test"}


def test_standard_input() -> None:
    data = b"".join(json.dumps({"step": i, "loss": y}).encode() + b"\n" for i, y in enumerate(FALLING))
    report = doctor.examine(["-"], doctor.Settings(), data)
    assert [s.name for s in report.runs[0].run.series] == ["loss"]


def test_a_rule_that_fails_is_an_error_and_the_others_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dataclasses import replace

    from nn_doctor.catalogue import examine as examining
    from nn_doctor.catalogue.registry import all_rules

    def broken(_: object) -> None:
        raise ZeroDivisionError("by design")

    rules = tuple(replace(r, check=broken) if r.code == "ND107" else r for r in all_rules())
    monkeypatch.setattr(examining, "all_rules", lambda: rules)
    report = examine(csv(tmp_path / "bad.csv", FLAT))
    assert report.exit_code == 2
    assert report.runs[0].verdict == "critical"
    assert {o.code: o.status for o in report.runs[0].outcomes}["ND107"] == "error"


def test_python_calls_agree(tmp_path: Path) -> None:
    path = csv(tmp_path / "run.csv", FLAT)
    (run,) = nn_doctor.read(path)
    columns = {"epoch": list(range(40)), "loss": FLAT}
    answers = [nn_doctor.diagnose(what) for what in (path, str(path), run, [run], columns, pd.DataFrame(columns))]
    assert {tuple(d.code for d in report.runs[0].diagnoses) for report in answers} == {("ND101",)}


def test_gaps_of_a_data_frame_are_no_nan_and_a_loss_that_became_nan_is() -> None:
    gaps = pd.DataFrame(
        {"step": range(40), "loss": FALLING, "val_loss": [y if i % 4 == 3 else None for i, y in enumerate(FALLING)]}
    )
    ended = pd.DataFrame({"step": range(40), "loss": [*FALLING[:30], *[float("nan")] * 10]})
    assert "ND103" not in [d.code for d in nn_doctor.diagnose(gaps).runs[0].diagnoses]
    assert nn_doctor.diagnose(ended).runs[0].diagnoses[0].code == "ND103"


def test_options_are_keywords_by_their_names() -> None:
    loss = [30.0 * 0.9**i + 0.1 for i in range(80)]
    columns = {"step": range(80), "loss": loss}
    assert "ND110" not in [d.code for d in nn_doctor.diagnose(columns).runs[0].diagnoses]
    assert "ND110" in [d.code for d in nn_doctor.diagnose(columns, classes=10, select=["ND110"]).runs[0].diagnoses]
    with pytest.raises(nn_doctor.ConfigError, match="no option 'clases'"):
        nn_doctor.diagnose(columns, clases=10)


def test_python_calls_raise_what_they_say(tmp_path: Path) -> None:
    with pytest.raises(nn_doctor.ReadError, match="no such file"):
        nn_doctor.read(tmp_path / "nope")
    with pytest.raises(nn_doctor.ConfigError, match="did you mean 'delimited'"):
        nn_doctor.read(csv(tmp_path / "a.csv", FLAT), parser="delimted")
    with pytest.raises(AttributeError):
        _ = nn_doctor.nothing


def test_thresholds_can_be_moved() -> None:
    level = {"loss": [2.3 + (0.01, -0.006, 0.004, -0.008)[i % 4] for i in range(40)]}
    assert "ND101" in [d.code for d in nn_doctor.diagnose(level).runs[0].diagnoses]
    patient = nn_doctor.diagnose(level, limits={"nd101.points": 100})
    assert "ND101" not in [d.code for d in patient.runs[0].diagnoses]


def test_hidden_folders_are_not_searched_and_an_empty_path_is_none(tmp_path: Path) -> None:
    csv(tmp_path / "a" / "log.csv", FALLING)
    csv(tmp_path / ".cache" / "log.csv", FLAT)
    assert len(examine(tmp_path).runs) == 1
    (failure,) = doctor.examine([""], doctor.Settings()).errors
    assert "empty path" in failure.message

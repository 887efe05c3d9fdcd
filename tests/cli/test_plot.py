"""``nn-doctor plot`` and ``analyze --format html`` as processes see them."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from nn_doctor.main import main
from tests.reporters.pages import Page

SAMPLES = Path(__file__).parent.parent.parent / "sample_logs"
LOG = str(SAMPLES / "nd202_severe_overfitting.csv")


def test_svg_to_standard_output_and_to_a_file(capsys, tmp_path):
    assert main(["plot", LOG]) == 0
    shown = capsys.readouterr()
    assert ET.fromstring(shown.out).tag.endswith("svg") and shown.err == ""
    assert main(["plot", LOG, "-o", str(tmp_path / "a.svg")]) == 0
    assert (tmp_path / "a.svg").read_text("utf-8") == shown.out and capsys.readouterr().out == ""
    assert [p.name for p in tmp_path.iterdir()] == ["a.svg"]


def test_png(tmp_path):
    pytest.importorskip("matplotlib")
    assert main(["plot", LOG, "-o", str(tmp_path / "a.PNG"), "--width", "300", "--theme", "dark"]) == 0
    assert (tmp_path / "a.PNG").read_bytes()[:4] == b"\x89PNG"


def test_without_matplotlib_it_says_how_to_get_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    assert main(["plot", LOG, "-o", str(tmp_path / "a.png")]) == 2
    assert capsys.readouterr().err == (
        "nn-doctor: PNG needs matplotlib (pip install 'nn-doctor[plot]', or write .svg)\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.jpg"], "a.jpg: unknown picture format (name it .svg or .png, or give --format)"),
        (["-o", "a"], "a: unknown picture format (name it .svg or .png, or give --format)"),
        (["--series", "los"], "--series los: no such curve in nd202_severe_overfitting (there are: accuracy, loss, val_accuracy, val_loss)"),  # noqa: E501
        (["--run", "x"], "--run x: no such run (there are: nd202_severe_overfitting)"),
        (["-o", LOG, "--format", "svg"], f"{LOG}: is one of the logs read (a log is never overwritten)"),
    ],
)  # fmt: skip
def test_wrong_options_are_one_line(arguments, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["plot", LOG, *arguments]) == 2
    assert capsys.readouterr().err == f"nn-doctor: {said}\n"
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_told(capsys, tmp_path):
    assert main(["plot", str(tmp_path / "none.csv")]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.startswith("nn-doctor: ") and shown.err.count("\n") == 1
    assert main(["plot", LOG, str(tmp_path / "none.csv")]) == 2
    assert capsys.readouterr().out.startswith("<svg")


@pytest.mark.parametrize(
    "sample", sorted(p for p in SAMPLES.iterdir() if p.name.startswith("nd") and p.suffix != ".toml")
)
def test_every_sample_has_a_page_and_a_picture(sample, capsys):
    if sample.suffix == ".parquet":
        pytest.importorskip("pyarrow")
    main(["analyze", str(sample), "--format", "html", "--fail-on", "never"])
    shown = capsys.readouterr()
    page = Page(shown.out)
    assert shown.err == "" and len(shown.out.encode()) < 300_000
    assert sample.name[:5].upper() in page.text
    assert main(["plot", str(sample)]) == 0
    assert ET.fromstring(capsys.readouterr().out).tag.endswith("svg")

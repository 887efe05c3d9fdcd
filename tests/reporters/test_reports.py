"""What each reporter promises, on reports built by hand."""

from __future__ import annotations

import csv
import io
import json as stdjson
import re
from importlib.resources import files

import jsonschema
import numpy as np
import pytest

from nn_doctor.report.model import Evidence, Outcome, RunReport
from nn_doctor.reporters import concise, json, series_table, terminal
from nn_doctor.reporters.curve import reduced
from nn_doctor.reporters.failures import failure_lines
from nn_doctor.reporters.numbers import plain
from nn_doctor.reporters.style import Style, cells
from nn_doctor.series.channel import Note
from tests.reporters import made

HOSTILE = [
    "\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "nul\0nul", "back\b\b", "cr\rover", "two\nlines", "\u202eevil",
    "\u2028sep", "\x85nel", "[train]", "[/x]", "<script>alert(1)</script>", '" onload=x', "javascript:x", "]]>",
    "::error::x", "%0A::set-output", "=cmd()", "@SUM(A1)", "+1", "a|b", "`tick`", "\ud800", "\U000e0001tag", "tab\tx",
]  # fmt: skip
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def hostile_report(text):
    found = made.diagnosis(
        summary=text, evidence=(Evidence(text, text),), causes=(text,), fixes=(text, text), series=(text,)
    )
    run = made.run(source=text, name=text, notes=(Note(text),))
    object.__setattr__(run.objective.val, "name", text)
    object.__setattr__(run, "params", {text: text})
    return made.report((RunReport(run, "critical", (found,), (Outcome("ND101", "x", "error", text),)),))


def schema():
    return stdjson.loads(files("nn_doctor.reporters").joinpath("schema.json").read_text())


@pytest.mark.parametrize("report", [made.report(), made.report((made.healthy(),)), made.failed()])
def test_json_follows_its_schema(report):
    jsonschema.validate(stdjson.loads(json.render(report)), schema())


@pytest.mark.parametrize("text", HOSTILE)
def test_json_carries_a_hostile_name_exactly_without_a_control_byte(text):
    rendered = json.render(hostile_report(text))
    assert rendered.isascii() and not CONTROL.search(rendered)
    run = stdjson.loads(rendered)["runs"][0]
    jsonschema.validate(stdjson.loads(rendered), schema())
    assert run["source"] == text and run["diagnoses"][0]["summary"] == text and run["params"] == {text: text}


@pytest.mark.parametrize("style", [Style(), Style(40), Style(24, False, False)])
@pytest.mark.parametrize("text", HOSTILE)
def test_terminal_shows_a_hostile_name_visibly(text, style):
    shown = terminal.render(hostile_report(text), style, verbose=True, why=("ND1",))
    assert not CONTROL.search(shown)
    assert style.wide or shown.isascii()


@pytest.mark.parametrize("text", HOSTILE)
def test_concise_keeps_one_line_a_diagnosis(text):
    shown = concise.render(hostile_report(text))
    assert shown.count("\n") == 1 and not CONTROL.search(shown)
    assert all(not CONTROL.search(line) and "\n" not in line for line in failure_lines(hostile_report(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_series_csv_is_one_row_a_point_and_no_formula(text):
    run = made.run(source=text, name=text)
    shown = "".join(series_table.csv_chunks([run]))
    rows = list(csv.reader(io.StringIO(shown)))
    assert len(rows) == 1 + 2 * 50 and {len(row) for row in rows} == {14}
    assert not rows[1][0].startswith(("=", "+", "-", "@")) and not CONTROL.search(shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_series_json_is_exact(text):
    run = made.run(source=text, name=text)
    records = stdjson.loads("".join(series_table.json_chunks([run])))
    assert len(records) == 100 and records[0]["source"] == text
    assert [r["value"] for r in records[:50]] == run.series[0].y.tolist()


def test_series_csv_columns_and_absent_values():
    odd = made.series(y=[1.5, np.nan, -np.inf])
    run = made.run()
    object.__setattr__(run, "series", (odd,))
    lines = "".join(series_table.csv_chunks([run])).splitlines()
    assert lines[0] == "source,run,name,metric,split,goal,role,term,axis,x,step,epoch,time,value"
    assert [line.split(",")[9:] for line in lines[1:]] == [
        ["0", "", "", "", "1.5"],
        ["1", "", "", "", "nan"],
        ["2", "", "", "", "-inf"],
    ]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100])
def test_terminal_lines_fit_the_screen(width):
    shown = terminal.render(made.report(), Style(width), verbose=True)
    assert max(map(cells, shown.splitlines())) <= width


def test_terminal_without_colour_has_no_escape_and_with_colour_the_same_text():
    plain_text = terminal.render(made.report(), Style())
    coloured = terminal.render(made.report(), Style(color=True))
    assert "\x1b" not in plain_text and "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain_text


def test_terminal_says_what_is_there():
    shown = terminal.render(made.report(), Style())
    assert shown.startswith("✗ critical  run.csv\n")
    for text in ("ND202 · 97 % sure", "best 13", "1. keep the checkpoint", "exit 1 (confidence uncalibrated)"):
        assert shown.count(text) == 1
    healthy = terminal.render(made.report((made.healthy(),), exit_code=0), Style())
    assert "✓ healthy  ok.csv" in healthy and "uncalibrated" not in healthy


def test_concise_line_is_greppable():
    assert concise.render(made.report()) == (
        "run.csv: critical ND202 severe-overfitting 0.97 epoch 12-49: validation loss has climbed since epoch 12\n"
    )
    assert concise.render(made.report((made.healthy(),))) == ""


def test_numbers_for_json():
    assert plain(float("nan")) is None and plain(float("inf")) is None
    assert plain(1234567.0) == 1234567 and isinstance(plain(12.0), int)
    assert plain(0.12345678) == 0.123457


@pytest.mark.parametrize("n", [1, 511, 512, 513, 5000])
def test_reduced_curve_keeps_extremes_of_each_stretch(n):
    y = np.sin(np.arange(n) * 1.7) * 3
    y[n // 2] = np.nan
    x = np.arange(n, dtype=float)
    at, low, mid, high = reduced(x, y)
    size = -(-n // 512)
    assert at.size == low.size == mid.size == high.size <= 512
    for i in range(at.size):
        part = y[i * size : (i + 1) * size]
        part = part[np.isfinite(part)]
        if part.size:
            assert (low[i], high[i]) == (part.min(), part.max())
            assert mid[i] == pytest.approx(np.median(part), rel=1e-12, abs=1e-15)
        else:
            assert np.isnan(mid[i])

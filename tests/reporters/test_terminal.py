"""The terminal report: several runs, pictures, what is said without colour and without Unicode."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import numpy as np
import pytest

from nn_doctor.report.model import RunReport, Span
from nn_doctor.reporters import manual, overview, picture, terminal
from nn_doctor.reporters.style import Style, cells
from nn_doctor.series.model import Objective

from . import made


def ill(source, severity="critical", confidence=0.97, code="ND202", **more):
    found = made.diagnosis(severity=severity, confidence=confidence, code=code, **more)
    return RunReport(made.run(source), severity, (found,), ())


def pictured(train=None, val=None, **more):
    """A run with these curves and one diagnosis."""
    pair = [made.series("loss", y=train)] if train is not None else []
    pair += [made.series("val_loss", "val", y=val)] if val is not None else []
    run = replace(made.run(), series=tuple(pair), objective=Objective(
        next((s for s in pair if s.split == "train"), None), next((s for s in pair if s.split == "val"), None)
    ))  # fmt: skip
    return RunReport(run, "critical", (made.diagnosis(**more),), ())


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_several_runs_are_a_table_first_with_the_worst_on_top():
    runs = (made.healthy("r/ok.csv"), ill("r/note.csv", "note"), ill("r/bad.csv"), ill("r/so.csv", "warning"))
    shown = terminal.render(made.report(runs), Style())
    lines = shown.splitlines()
    assert lines[0] == "4 runs in r/"
    assert [line.split()[-1] for line in lines[2:6]] == ["bad.csv", "so.csv", "note.csv", "ok.csv"]
    assert "97 %" in lines[2] and "ND202 severe overfitting" in lines[2]
    heads = [line.split()[-1] for line in lines if re.match(r"[✗!·✓] \w+  r/", line)]
    assert heads == ["r/bad.csv", "r/so.csv", "r/note.csv"]


def test_one_run_has_no_table():
    assert terminal.render(made.report(), Style()).startswith("✗ critical  run.csv\n")


def test_runs_of_one_verdict_go_by_gate_then_confidence_and_known_ones_last():
    gating = ill("gates.csv", confidence=0.85, gates=True)
    runs = [ill("sure.csv", confidence=0.99), ill("less.csv", confidence=0.6), ill("old.csv", known=True), gating]
    names = [run.run.source for run in overview.worst_first(runs)]
    assert names == ["gates.csv", "sure.csv", "less.csv", "old.csv"]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100])
@pytest.mark.parametrize("wide", [True, False])
def test_everything_fits_the_screen(width, wide):
    runs = (*(ill(f"runs/{'deep/' * i}модель-学習-{i}.csv") for i in range(12)), made.healthy())
    style = Style(width, wide=wide)
    shown = terminal.render(made.report(runs), style, verbose=True)
    assert max(map(cells, shown.splitlines())) <= width
    assert wide or shown.isascii()


def test_five_hundred_runs_are_bounded_and_all_are_counted():
    runs = tuple(ill(f"runs/{i}.csv", "critical" if i % 2 else "warning") for i in range(500))
    start = time.process_time()
    shown = terminal.render(made.report(runs), Style())
    assert time.process_time() - start < 10
    assert len(shown.splitlines()) < 300
    assert "and 460 more: 210 critical, 250 warning" in shown
    assert "492 more runs with diagnoses" in shown
    assert "500 runs · 250 critical, 250 warning" in shown
    assert shown.count("what shows it") == terminal.DETAILED


def test_verbose_leaves_no_run_out():
    runs = tuple(ill(f"runs/{i}.csv") for i in range(60))
    shown = terminal.render(made.report(runs), Style(), verbose=True)
    assert shown.count("what shows it") == 60 and " more" not in shown


def test_known_diagnoses_are_counted_apart():
    runs = (ill("a.csv", known=True), ill("b.csv", "warning"))
    shown = terminal.render(made.report(runs), Style())
    assert "2 runs · 1 warning, 1 known · exit 1" in shown
    assert "severe overfitting, known" in shown
    assert "1 run · 1 known" in terminal.render(made.report(runs[:1]), Style())


def test_without_colour_the_same_words():
    runs = (ill("a.csv"), made.healthy(), ill("b.csv", "note"))
    for wide in (True, False):
        coloured = terminal.render(made.report(runs), Style(color=True, wide=wide))
        assert plain(coloured) == terminal.render(made.report(runs), Style(wide=wide)) != coloured


def test_curves_are_told_apart_without_colour():
    x = np.arange(60.0)
    run = pictured(np.exp(-x / 20), 0.9 - 0.005 * x)
    drawn = picture.draw(run, Style())
    assert any("┄ loss" in line for line in drawn) and any("─ val_loss" in line for line in drawn)
    ascii_ = picture.draw(run, Style(wide=False))
    assert any(". loss" in line for line in ascii_) and any("# val_loss" in line for line in ascii_)
    body = "".join(line.partition("|")[2].partition(" loss")[0] for line in ascii_)
    assert "." in body and "#" in body and "".join(ascii_).isascii()


def test_on_a_narrow_screen_the_names_stand_below_and_the_curves_keep_the_room():
    drawn = picture.draw(pictured(np.linspace(3, 1, 50), np.linspace(3, 2, 50)), Style(40))
    assert len(drawn[7].split("└")[1]) >= 20 and max(map(cells, drawn)) <= 40
    assert [line.strip() for line in drawn[-2:]] == ["─ val_loss 2.00", "┄ loss 1.00"]


def test_a_dashed_line_has_gaps_and_a_solid_one_has_none():
    flat = np.full(60, 2.0)
    drawn = picture.draw(pictured(flat, flat + 1), Style())
    columns = len(drawn[7].split("└")[1])
    solid, dashed = (re.split("[┤│]", drawn[row])[1][:columns] for row in (0, 6))

    def lit(cells_):
        bits = [ord(c) - 0x2800 if c != " " else 0 for c in cells_]
        return [bool(b & side) for b in bits for side in (0x47, 0xB8)]

    assert all(lit(solid))
    assert "".join("#" if one else "." for one in lit(dashed)).startswith("###...###...###...")


def test_the_raw_extent_is_drawn_around_the_smoothed_line():
    """One spike between thousands of points: the line does not show it, the raw extent does."""
    x = np.arange(5000.0)
    y = 2 + 0.05 * np.sin(x) + 0.5 * np.exp(-x / 900)
    calm = picture.draw(pictured(y), Style())
    y[2500] = 6.0
    drawn = picture.draw(pictured(y), Style())
    assert "6.00" in drawn[0] and "6.00" not in calm[0]
    column = re.split("[┤│]", drawn[0])[1].rstrip()
    assert 0x2800 < ord(column[-1]) <= 0x28FF and column.count(" ") == len(column) - 1
    assert abs(len(column) - (len(drawn[7].split("└")[1]) / 2)) <= 2


def test_first_and_last_step_are_those_of_the_log():
    ticks = picture.draw(pictured(np.linspace(3, 1, 5001)), Style())[8]
    assert ticks.split()[0] == "0" and "5000 epoch" in ticks


@pytest.mark.parametrize(
    ("train", "log"),
    [(np.geomspace(5, 0.01, 50), True), (np.linspace(5, 4, 50), False), (np.linspace(5, -1, 50), False)],
)
def test_the_scale_is_logarithmic_where_the_data_asks(train, log):
    drawn = picture.draw(pictured(train), Style())
    assert drawn[8].endswith("(log)") == log
    middle = float(re.match(r"\s*(\S+) ┤", drawn[3])[1])
    expected = np.sqrt(train.max() * train.min()) if log else (train.max() + train.min()) / 2
    assert middle == pytest.approx(expected, rel=0.01)


def test_best_point_span_and_values_that_are_no_numbers_are_marked():
    val = np.abs(np.arange(50.0) - 12) + 1
    val[40:] = np.nan
    drawn = picture.draw(pictured(None, val, span=Span("epoch", 25, 49)), Style())
    axis = drawn[7].split("└")[1]
    width = len(axis)
    assert axis.index("┴") == round(12 / 49 * (width - 1)) and "best 12" in drawn[8]
    assert axis.index("×") == round(40 / 49 * (width - 1)) and axis.endswith("×")
    bar = drawn[9][7:]
    assert drawn[9].startswith("  ND202") and len(bar) - len(bar.lstrip()) == pytest.approx(25 / 49 * width, abs=2)


@pytest.mark.parametrize(
    "y", [[1.0] * 5, [1e308, -1e308] * 5, [1e-320, 2e-320, 3e-320], [np.inf, 1, 2, 3], [0, 1e300, 2]]
)
def test_odd_numbers_draw_without_a_warning(y):
    for width in (36, 80):
        for line in picture.draw(pictured(np.array(y, float)), Style(width)):
            assert cells(line) <= width


def test_manual_page_is_wrapped_anew_and_loses_no_word():
    from nn_doctor.catalogue import pages

    for shown in pages.pages():
        for width in (40, 60, 100):
            text = manual.page(shown, Style(width))
            assert max(map(len, text.splitlines())) <= width
            ruled = re.compile("-{3,}")
            assert ruled.sub("", text).split() == ruled.sub("", shown.text).split()


@pytest.mark.parametrize("width", [24, 60, 120])
def test_lists_fit_a_terminal_and_are_a_line_each_in_a_pipe(width):
    from nn_doctor.catalogue import pages
    from nn_doctor.parsers import registry

    found = pages.pages()
    shown = manual.catalogue(found, Style(width), True)
    assert max(map(cells, shown.splitlines())) <= width
    assert all(page.code in shown for page in found)
    assert len(manual.catalogue(found, Style(width), False).splitlines()) == len(found)
    formats = manual.formats(registry.all_parsers(), Style(width), True)
    assert max(map(cells, formats.splitlines())) <= width

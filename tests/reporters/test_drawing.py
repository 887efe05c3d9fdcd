"""Axes, ticks, smoothing, panels, and figures as SVG and PNG."""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.errors import ConfigError
from nn_doctor.report.model import RunReport, Span
from nn_doctor.reporters import plot
from nn_doctor.reporters.drawing import chart, curves, panels, png, scale, svg
from nn_doctor.reporters.drawing.figure import apart
from nn_doctor.reporters.drawing.theme import BASE, RUNS, inks
from nn_doctor.reporters.markup import Raw, number, tag
from nn_doctor.series.clock import Clock
from tests.reporters import made
from tests.reporters.test_html import ODD, run_of
from tests.reporters.test_reports import HOSTILE, hostile_report

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(FINITE, FINITE, st.booleans())
def test_any_axis_holds_its_ends_and_its_ticks(a, b, whole):
    low, high = min(a, b), max(a, b)
    for log in (False, True) if 0 < low < high else (False,):
        made_scale = scale.scale_of(low, high, log)
        assert made_scale.low < made_scale.high
        assert -1e-9 <= made_scale.at(low) <= made_scale.at(high) <= 1 + 1e-9
        found = scale.ticks(made_scale, 5, whole)
        assert 1 <= len(found) <= 22
        assert all(-1e-6 <= made_scale.at(v) <= 1 + 1e-6 for v, _ in found)
        assert all(0 < len(label) <= 16 for _, label in found)


@pytest.mark.parametrize(
    ("low", "high", "log", "labels"),
    [
        (0, 100, False, ["0", "20", "40", "60", "80", "100"]),
        (0.05, 0.31, False, ["0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]),
        (0, 50_000, False, ["0", "10k", "20k", "30k", "40k", "50k"]),
        (0.06, 3.0, True, ["0.1", "0.2", "0.5", "1", "2"]),
        (1e-6, 1.0, True, ["1e-6", "1e-4", "0.01", "1"]),
        (0, 4e-6, False, ["0", "1e-6", "2e-6", "3e-6", "4e-6"]),
    ],
)
def test_ticks_are_round_numbers(low, high, log, labels):
    assert [label for _, label in scale.ticks(scale.Scale(low, high, log), 5)] == labels


def test_whole_axes_have_whole_ticks():
    assert [v for v, _ in scale.ticks(scale.Scale(0, 3), 6, whole=True)] == [0, 1, 2, 3]


def test_smoothing_leaves_smooth_curves_alone_and_quiets_noise():
    x = np.arange(300.0)
    clean = np.exp(-x / 60)
    noisy = clean + np.random.default_rng(1).normal(0, 0.1, 300)
    assert curves.smoothed(clean, False) is clean
    calm = curves.smoothed(noisy, False)
    assert np.abs(calm[20:] - clean[20:]).mean() < 0.4 * np.abs(noisy[20:] - clean[20:]).mean()
    noisy[40:50] = np.nan
    assert np.array_equal(np.isnan(curves.smoothed(noisy, False)), np.isnan(noisy))


def test_a_smoothed_line_does_not_end_in_the_noise_of_the_last_value():
    y = np.linspace(2, 1, 300) + np.random.default_rng(2).normal(0, 0.1, 300)
    y[-1] = 2.0
    assert curves.smoothed(y, False)[-1] == pytest.approx(1.0, abs=0.1)


def test_the_log_axis_is_for_losses_that_ask_for_it():
    steep, flat = np.geomspace(10, 0.01, 50), np.linspace(1.0, 0.9, 50)
    assert panel(made.series(y=steep)).y.log and not panel(made.series(y=flat)).y.log
    assert not panel(replace(made.series(y=steep), goal="max")).y.log
    assert not panel(made.series(y=steep - 1)).y.log
    assert not panel(made.series(y=steep), scale="linear").y.log and panel(made.series(y=flat), scale="log").y.log


def panel(*series, found=(), **more):
    run = run_of(*series)
    return panels.panel_of("loss", panels.members_of(run, series), found, **more)


def test_a_spike_does_not_flatten_the_rest_and_is_counted():
    y = np.sin(np.arange(100.0))
    y[50] = 1e9
    cut = panel(made.series(y=y))
    assert cut.y.high < 10 and cut.beyond == 1


def test_spans_are_converted_by_the_clock_or_left_out():
    found = made.diagnosis(span=Span("step", 100, 400))
    lone = made.series()
    assert panel(lone, found=[found]).bands == ()
    run = run_of(lone)
    object.__setattr__(run, "clock", Clock(np.array([0.0, 490.0]), np.array([0.0, 49.0])))
    (band,) = panels.panel_of("loss", panels.members_of(run, [lone]), [found]).bands
    assert (band.start, band.end) == (10.0, 40.0)


def test_times_are_counted_from_the_start_in_units_people_use():
    x = 1.7e9 + np.arange(50.0) * 360
    timed = panel(replace(made.series(axis="time"), x=x))
    assert timed.axis == "time (hours)" and (timed.x.low, timed.x.high) == pytest.approx((0, 4.9))


def test_all_series_are_in_one_group_each_the_judging_ones_first():
    run = made.run()
    extra = replace(made.series("lr", "none"), metric="learning_rate", role="schedule", goal="none")
    test = made.series("test_loss", "test")
    object.__setattr__(run, "series", (extra, *run.series, test))
    assert [[s.name for s in g] for g in panels.groups_of(run)] == [["loss", "val_loss", "test_loss"], ["lr"]]


def test_a_test_curve_that_stands_in_for_validation_is_drawn_once():
    run = made.run()
    test = made.series("test_loss", "test")
    object.__setattr__(run, "series", (run.series[0], test, made.series("test_loss_epoch", "test")))
    object.__setattr__(run, "objective", type(run.objective)(run.series[0], test))
    assert [[s.name for s in g] for g in panels.groups_of(run)] == [["loss", "test_loss"], ["test_loss_epoch"]]


@given(st.lists(st.floats(0, 200), max_size=6))
def test_labels_are_moved_apart(wanted):
    placed = apart(sorted(wanted), 30, 200)
    assert all(b - a >= 30 - 1e-9 for a, b in itertools.pairwise(placed))
    assert all(y <= 185 + 1e-9 for y in placed)


def test_text_has_contrast_and_lines_differ_without_colour():
    for theme, colours in BASE.items():
        for name in ("text", "muted", "train", "val", "test", "other", "critical", "warning", "note", "healthy"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, (theme, name)
        assert all(contrast(colour, colours["paper"]) >= 4.5 for colour in RUNS[theme])
    assert len({inks("light")[f"run{i}"].dash for i in range(8)}) == 8
    assert len({inks("light")[name].dash for name in ("train", "val", "test")}) == 3


def contrast(a, b):
    """WCAG 2.2's contrast ratio of two #rrggbb colours."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_markup_escapes_whatever_is_not_raw():
    assert tag("p", "<&>", Raw("<b>"), None, class_='"', open=True, hidden=False) == (
        '<p class="&quot;" open>&lt;&amp;&gt;<b></p>'
    )
    assert number(-0.04) == "0" and number(2.0) == "2" and number(2.25) == "2.2"


def figure(*series, **more):
    report = made.report((RunReport(run_of(*series), "critical", (made.diagnosis(),), ()),))
    return plot.figure(report, **more)


def texts(picture):
    return [e.text for e in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]


def test_svg_says_what_the_run_is():
    drawn = plot.figure(made.report())
    said = texts(svg.render(drawn))
    for text in ("run.csv", "critical: severe overfitting (ND202, 97 % sure)", "best 13", "ND202", "loss", "val_loss"):
        assert text in said
    assert "ND202 severe-overfitting: 12 to 49." in drawn.description
    assert svg.render(drawn) == svg.render(plot.figure(made.report()))
    bare = texts(svg.render(plot.figure(made.report(), bare=True)))
    assert not {"run.csv", "best 13", "ND202"} & set(bare)
    assert "Fig. 1" in texts(svg.render(plot.figure(made.report(), title="Fig. 1")))


@pytest.mark.parametrize("width", [240, 800, 2000])
@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
def test_svg_of_odd_curves_is_well_formed_and_inside(values, width):
    drawn = figure(made.series("loss", y=values), made.series("val_loss", "val", y=values[::-1]), width=width)
    root = ET.fromstring(svg.render(drawn))
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert -1 <= float(element.get(name, 0)) <= width + 1
        for name in ("y", "y1", "y2", "cy"):
            assert -1 <= float(element.get(name, 0)) <= drawn.height + 1
        assert "nan" not in (element.get("d") or "")


@pytest.mark.parametrize("text", HOSTILE)
def test_svg_with_hostile_names_is_well_formed(text):
    root = ET.fromstring(svg.render(plot.figure(hostile_report(text))))
    allowed = {"svg", "title", "desc", "rect", "line", "path", "circle", "text"}
    assert {e.tag.rpartition("}")[2] for e in root.iter()} <= allowed


def test_not_finite_points_are_crosses():
    y = np.linspace(1, 0.5, 40)
    y[30:33] = np.nan
    drawn = chart.draw(panel(made.series(y=y)), 200)
    assert sum(getattr(s, "shape", "") == "cross" for s in drawn.over) == 3


def test_series_and_runs_are_chosen_by_name_or_glob():
    report = made.report()
    assert len(plot.figure(report, names=["val_*"]).placed[0].drawing.data) == 1
    with pytest.raises(ConfigError, match=r"--series x: no such curve in run \(there are: loss, val_loss\)"):
        plot.figure(report, names=["x"])
    with pytest.raises(ConfigError, match="--run x: no such run"):
        plot.figure(report, runs=["x"])
    two = made.report((report.runs[0], made.healthy()))
    together = plot.figure(two)
    assert [t.curve.label for t in together.placed[0].drawing.data] == ["run", "ok"]
    assert len(plot.figure(two, runs=["o*"]).placed[0].drawing.data) == 2  # train and validation of the one run


def test_many_runs_in_one_picture_are_capped_and_it_says_so():
    runs = tuple(RunReport(made.run(f"{i}.csv", f"r{i}"), "healthy", (), ()) for i in range(40))
    drawn = plot.figure(made.report(runs))
    assert len(drawn.placed[0].drawing.data) == plot.RUNS
    assert "the first 16 of 40 runs (--run chooses)" in texts(svg.render(drawn))


def test_png_is_a_picture_of_twice_the_size_and_the_same_each_time():
    pytest.importorskip("matplotlib")
    drawn = plot.figure(made.report(), width=400)
    picture = png.render(drawn, "dark")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(picture[16:20], "big") == 800
    assert abs(int.from_bytes(picture[20:24], "big") - 2 * drawn.height) <= 1
    assert picture == png.render(drawn, "dark") != png.render(drawn, "light")


@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
def test_png_of_odd_curves(values):
    pytest.importorskip("matplotlib")
    assert png.render(figure(made.series("$\\bad{", y=values), width=240), zoom=0.5)


def test_an_isolated_point_is_visible():
    y = np.full(20, np.nan)
    y[5] = 1.0
    (trace,) = chart.draw(panel(made.series(y=y)), 100).data
    assert [s.shape for s in trace.shapes if hasattr(s, "shape")] == ["point"] and math.isfinite(trace.end)

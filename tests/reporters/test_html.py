"""The HTML report: self-contained, escaped, bounded, the same each time."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.report.model import Outcome, RunReport
from nn_doctor.reporters import html
from nn_doctor.series.channel import Note
from tests.reporters import made
from tests.reporters.pages import Page
from tests.reporters.test_reports import CONTROL, HOSTILE, hostile_report

PAIR = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
RULES = {
    "ND202": {"slug": "severe-overfitting", "title": "t", "page": "Head.\n\nFixes\n-----\nDo ``this``.\n\n- a\n- b"}
}


def run_of(*series, **more):
    run = made.run(**more)
    object.__setattr__(run, "series", series)
    object.__setattr__(run, "objective", type(run.objective)(*series[:2]))
    return run


def rendered(report):
    text = html.render(report)
    return text, Page(text)


def built(page):
    """The tags of a page, but for breaks: in long names, and before the settings where a name is one ("optimiser")."""
    return [tag for tag, _ in page.seen if tag not in ("wbr", "br")]


def test_the_policy_holds_the_hashes_of_the_one_style_and_the_one_script():
    text = html.render(made.report())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    for kind in ("style", "script"):
        bodies = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "*" not in policy


def test_nothing_is_fetched_and_no_style_stands_inline():
    text, page = rendered(made.report(rules=RULES))
    assert "://" not in text.replace('"http://www.w3.org/2000/svg"', "")
    assert not re.search(r"@import|url\(|\bsrc=|srcset|<link|<img|<iframe|<object", text)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert not any("style" in given or any(name.startswith("on") for name in given) for _, given in page.seen)


def test_a_diagnosis_is_told_whole():
    _, page = rendered(made.report(rules=RULES))
    for said in (
        "critical", "severe overfitting", "ND202 · 97 % sure (uncalibrated)",
        "val_loss was best at epoch 12, now 0.903",
        "measured 1.19, limit 0.2", "trained 38 epochs past the best point", "weight decay (now 0: try 1e-4)",
        "line 3: a guess", "small-validation-set", "not applicable", "needs 10 points", "rise 1.19", "exit 1",
    ):  # fmt: skip
        assert said in page.text, said
    assert page.count("details", id="page-ND202") == 1 and page.count("code") == 1 and page.count("h5") == 1
    assert page.count("h1") == 1 and page.count("main") == 1 and page.count("header") == 1 and page.count("footer") == 1
    alternative = next(given["aria-label"] for tag, given in page.seen if given.get("role") == "img")
    assert "val_loss: from 1.30 to 0.98" in alternative and "ND202 severe-overfitting: 12 to 49." in alternative


def test_calibrated_and_derived_diagnoses_say_so():
    found = made.diagnosis(calibrated=True, because_of="ND104", severity="warning")
    found = replace(found, known=True)
    _, page = rendered(made.report((RunReport(made.run(), "warning", (found,), ()),)))
    assert "97 % sure · usually critical · follows from ND104 · known" in page.text and "uncalibrated" not in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_create_nothing(text):
    shown, page = rendered(hostile_report(text))
    harmless = Page(html.render(hostile_report("name")))
    assert built(page) == built(harmless)
    assert not CONTROL.search(shown.replace("\n", ""))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=40))
def test_any_name_creates_nothing(text):
    _, page = rendered(hostile_report(text))
    harmless = Page(html.render(hostile_report("name")))
    assert built(page) == built(harmless)


def test_names_of_a_megabyte_are_cut():
    assert len(html.render(hostile_report("x" * 1_000_000))) < 150_000


@pytest.mark.parametrize("report", [made.report((made.healthy(),)), made.failed(), made.report(())])
def test_nothing_found_and_nothing_read(report):
    _, page = rendered(report)
    assert ("Nothing to report." in page.text) == bool(report.runs)
    assert ("not a log (nn-doctor formats)" in page.text) == bool(report.errors)


ODD = {
    "one point": [1.0],
    "two points": [1.0, 0.5],
    "constant": [2.0] * 30,
    "all NaN": [np.nan] * 40,
    "all inf": [np.inf, -np.inf] * 20,
    "one finite": [np.nan, 1.0, np.nan],
    "huge": [1e308, -1e308] * 20,
    "tiny": [1e-320, 2e-320, 5e-324] * 10,
    "both": [1e-320, 1e308] * 20,
    "spike": [1.0] * 50 + [1e12] + [1.0] * 50,
    "negative": [-1e308, -1e-300, 0.0],
    "holes": [1.0, np.nan, 2.0, np.nan, np.nan, 3.0, 4.0] * 10,
}


@pytest.mark.parametrize("axis", ["epoch", "time"])
@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
def test_odd_curves_stay_in_the_box(values, axis):
    pair = made.series("loss", y=values, axis=axis), made.series("val_loss", "val", y=values[::-1], axis=axis)
    run = run_of(*pair)
    text, page = rendered(made.report((RunReport(run, "critical", (made.diagnosis(),), ()),)))
    for _, attributes in page.seen:
        path = attributes.get("d", "")
        assert not set(path) & set("einaf")  # neither exponents nor nan
        assert all(-1 <= float(x) <= 1001 and -1 <= float(y) <= 301 for x, y in PAIR.findall(path))
    places = {
        value for _, attributes in page.seen for name, value in attributes.items() if name in ("x", "y", "cy", "x1")
    }
    assert all(-1 <= float(place.removesuffix("%")) <= 400 for place in places)
    assert len(text) < 100_000


def test_unjudged_runs_and_runs_without_curves():
    empty = made.run()
    object.__setattr__(empty, "series", ())
    object.__setattr__(empty, "objective", type(empty.objective)(reason="no curve at all"))
    outcome = Outcome("ND101", "not-learning", "not_applicable", "none in the log")
    _, page = rendered(made.report((RunReport(empty, "unjudged", (), (outcome,)),)))
    assert "Not judged: no curve at all." in page.text


def test_a_failed_check_is_told():
    failed = RunReport(made.run(), "healthy", (), (Outcome("ND101", "not-learning", "error", "boom"),))
    assert "Checks that failed (a bug in nn-doctor): ND101" in rendered(made.report((failed,), exit_code=2))[1].text


def test_several_runs_stand_worst_first_in_a_table():
    sick = RunReport(made.run("sick.csv"), "critical", (made.diagnosis(),), ())
    noted = RunReport(made.run("noted.csv"), "note", (made.diagnosis(severity="note", code="ND112"),), ())
    _, page = rendered(made.report((made.healthy(), noted, sick), rules=RULES))
    body = page.text.split("All runs, worst first")[-1]
    assert body.index("sick.csv") < body.index("noted.csv") < body.index("ok.csv")
    assert page.count("section", **{"class": "card run"}) == 3 and {"#run-0", "#run-1", "#run-2"} <= set(page.links)


def test_one_page_of_a_code_however_many_runs():
    runs = tuple(RunReport(made.run(f"{i}.csv"), "critical", (made.diagnosis(),), ()) for i in range(3))
    _, page = rendered(made.report(runs, rules=RULES))
    assert page.count("details", id="page-ND202") == 1 and page.links.count("#page-ND202") == 2


def test_many_runs_stay_bounded_and_all_are_listed():
    outcomes = (Outcome("ND202", "s", "clear", "x" * 90),) * 30
    runs = tuple(RunReport(made.run(f"{i:03}.csv"), "critical", (made.diagnosis(),), outcomes) for i in range(500))
    text, page = rendered(made.report(runs, rules=RULES))
    assert len(text) < 3_000_000
    assert all(f"{i:03}.csv" in page.text for i in range(500))
    assert re.search(r"\d+ more runs stand in the table only", page.text)


def test_many_series_stay_bounded():
    many = tuple(made.series(f"gauge {i}", y=np.sin(np.arange(3000) * i)) for i in range(400))
    many = tuple(replace(s, metric="unknown", role="unknown") for s in many)
    text, page = rendered(made.report((RunReport(run_of(*many), "healthy", (), ()),)))
    assert len(text.encode()) < 300_000 and "more pictures left out" in page.text and "and 100 more" in page.text


def test_a_usual_run_is_small():
    x = np.arange(20_000)
    many = tuple(made.series(f"loss{i}", y=np.exp(-x / 5000) + np.sin(x) / 9) for i in range(8))
    text = html.render(made.report((RunReport(run_of(*many), "critical", (made.diagnosis(),), ()),), rules=RULES))
    assert len(text.encode()) < 300_000


def test_notes_that_concern_no_run_stand_at_the_end():
    assert "x.bin: no parser claims it" in rendered(made.report(notes=(Note("x.bin: no parser claims it"),)))[1].text


def test_valid_html():
    html5lib = pytest.importorskip("html5lib")
    for report in (made.report(rules=RULES), made.failed(), hostile_report("<b>")):
        html5lib.HTMLParser(strict=True).parse(html.render(report))

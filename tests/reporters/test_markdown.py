"""Markdown as GitHub's dialect reads it: nothing a log says becomes markup."""

from __future__ import annotations

import pytest
from hypothesis import given

from nn_doctor import safe
from nn_doctor.reporters import markdown
from tests.reporters import cases, made

markdown_it = pytest.importorskip("markdown_it")


def parser():
    return markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(text):
    """Every token with its content, inline ones included."""
    for token in parser().parse(text):
        yield from token.children or [token]


def shape(report):
    """The tags in order, without the text."""
    return [token.tag for token in tokens(markdown.render(report)) if token.tag and token.tag != "br"]


PLAIN = cases.hostile("plain")


@pytest.mark.parametrize("report", cases.REPORTS.values(), ids=cases.REPORTS)
def test_every_report_is_a_heading_a_table_and_findings(report):
    found = shape(report)
    assert found[:2] == ["h2", "h2"]
    assert found.count("tr") == (2 + 2 * len(report.runs) if report.runs else 0)
    assert found.count("h3") == 2 * sum(bool(run.diagnoses) for run in report.runs)


@given(cases.anything)
def test_any_text_makes_no_markup(text):
    report = cases.hostile(text)
    assert shape(report) == shape(PLAIN)
    for token in tokens(markdown.render(report)):
        assert token.type != "html_block" and (token.type != "html_inline" or token.content == "<!-- -->")


@pytest.mark.parametrize("text", ["@someone", "#12", "https://x.org", "www.x.org", "a@b.org", ":tada:", "$x$", "<b>"])
def test_no_mention_reference_link_sign_or_formula(text):
    assert text not in safe.markdown(text)


@given(cases.anything)
def test_the_text_itself_is_shown(text):
    rendered = parser().parseInline(safe.markdown(text))[0].children
    shown = "".join(t.content for t in rendered if t.type in ("text", "text_special"))
    assert shown.strip() == safe.printable(text).strip()


def test_a_very_long_report_is_cut_between_runs_and_says_so():
    runs = tuple(cases.of(cases.gating(summary="x" * 500), source=f"{i}.csv").runs[0] for i in range(3000))
    shown = markdown.render(made.report(runs))
    assert len(shown) < 65_536
    assert "more runs\n" in shown and "more runs with findings" in shown


def test_the_worst_run_comes_first():
    shown = markdown.render(cases.REPORTS["several"])
    assert shown.index("run.csv") < shown.index("b.csv") < shown.index("ok.csv")
    assert shown.startswith("## nn-doctor: 3 runs: 2 critical; exit 1\n")

"""The table of all runs, worst on top, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.drawing.panels import main_group, members_of, panel_of
from nn_doctor.reporters.failures import place
from nn_doctor.reporters.html import figures, words
from nn_doctor.reporters.markup import Raw, joined, tag
from nn_doctor.reporters.numbers import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Report, RunReport

ROWS = 2000
"""At most so many runs in the table; the rest (the healthiest) are counted."""
SPARKS = 500
POINTS = 64


def table(report: Report, order: Sequence[int], detailed: set[int]) -> Raw:
    """One row a run; a run that has a section below is a link to it."""
    rows = [_row(report, i, number, i in detailed) for number, i in enumerate(order[:ROWS])]
    heads = [tag("th", text, scope="col", class_=kind) for text, kind in HEADS]
    left = len(order) - ROWS
    inner = tag(
        "table",
        tag("caption", "All runs, worst first", class_="unseen"),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *rows),
        class_="runs",
    )
    more = tag("p", f"and {left} more runs", class_="quiet") if left > 0 else None
    frame = tag("div", inner, class_="scroll", tabindex="0", role="group", aria_label="All runs")
    return joined([frame, more])


HEADS = (("Run", None), ("Verdict", None), ("Ends at", "n judge"), ("Curves", "curve"))


def _row(report: Report, i: int, number: int, linked: bool) -> Raw:
    run = report.runs[i]
    name = words.name(place(run, report))
    return tag(
        "tr",
        tag("th", tag("a", name, href=f"#run-{i}") if linked else name, scope="row"),
        tag("td", words.badge(run.verdict), _found(run)),
        tag("td", _judge(run), class_="n judge"),
        tag("td", _spark(run) if number < SPARKS else None, class_="curve"),
    )


def _found(run: RunReport) -> Raw:
    if not run.diagnoses:
        return joined([])
    first = run.diagnoses[0]
    more = len(run.diagnoses) - 1
    rest = f" · {more} more" if more else ""
    return joined([words.title(first.slug), tag("span", f"{first.code}, {words.sure(first)}{rest}", class_="number")])


def _judge(run: RunReport) -> Raw:
    """The last value of the curve that judges the run."""
    goals = run.run.objective
    series = goals.val or goals.train
    if series is None or not len(series):
        return joined(["–"])
    return joined([reading(float(series.y[-1])), tag("span", words.name(series.name), class_="number")])


def _spark(run: RunReport) -> Raw | None:
    group = main_group(run.run)
    return figures.spark(panel_of("", members_of(run.run, group), (), POINTS, marked=False)) if group else None


def failures(report: Report) -> Raw | None:
    """Paths that could not be read."""
    if not report.errors:
        return None
    items = [
        tag("li", tag("b", words.name(e.source)), ": ", e.message.removeprefix(f"{e.source}: "))
        for e in report.errors[:ROWS]
    ]
    head = tag("h2", f"Not read ({len(report.errors)})", id="not-read")
    return tag("section", head, tag("ul", *items), class_="card", aria_labelledby="not-read")

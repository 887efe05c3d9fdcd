"""The section of one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.drawing.panels import run_panels
from nn_doctor.reporters.html import diagnosis, figures, tables, words
from nn_doctor.reporters.markup import Raw, tag
from nn_doctor.reporters.words import counted, settings_of

if TYPE_CHECKING:
    from nn_doctor.report.model import RunReport

ALONE_POINTS, POINTS, SMALL_POINTS, LEAST_POINTS = 800, 400, 128, 64
MANY = 24
"""A run with more series than this is drawn with the least points in its small pictures."""
PICTURES = 30
"""At most so many small pictures a run."""


def section(
    report: RunReport,
    number: int,
    name: str,
    rules: dict[str, dict[str, str]],
    shown: set[str],
    full: bool,
    alone: bool,
) -> Raw:
    """One run: verdict, picture, diagnoses; with ``full`` all curves, columns, notes and outcomes too."""
    run = report.run
    points = ALONE_POINTS if alone else POINTS if full else SMALL_POINTS
    small = SMALL_POINTS if len(run.series) <= MANY else LEAST_POINTS
    main, others, left_out = run_panels(report, points, small, PICTURES if full else 0)
    parts = [
        tag("h2", words.badge(report.verdict), words.name(name), id=f"run-{number}-name"),
        tag("p", *_facts(report), class_="quiet small"),
        figures.large(main) if main is not None else None,
        _quiet(report),
        *(diagnosis.card(d, rules, shown) for d in report.diagnoses),
    ]
    if full:
        pictures = [figures.small(p) for p in others]
        left = tag("p", f"{counted(left_out, 'more picture')} left out", class_="quiet small") if left_out else None
        parts += [
            _more(f"All other curves ({len(others)})", tag("div", *pictures, class_="grid2"), left, opened=alone)
            if others
            else None,
            _more(f"How the columns were understood ({len(run.series)})", tables.columns(run)) if run.series else None,
            _more(f"Hyper-parameters ({len(run.params)})", tables.params(run.params)) if run.params else None,
            _more(f"Notes made while reading ({len(run.notes)})", tables.notes(run.notes)) if run.notes else None,
            _more(f"What every check said ({len(report.outcomes)})", tables.outcomes(report.outcomes))
            if report.outcomes
            else None,
        ]
    return tag("section", *parts, class_="card run", id=f"run-{number}", aria_labelledby=f"run-{number}-name")


def _facts(report: RunReport) -> list[str]:
    """What was read, and the settings of the training that were found, in a line each."""
    run = report.run
    longest = max(run.series, key=len, default=None)
    length = f"{len(longest)} points by {longest.axis}" if longest is not None else "no curve"
    judged = sum(o.status in ("fired", "clear") for o in report.outcomes)
    parts = [run.parser, counted(len(run.series), "curve"), length, f"{counted(judged, 'check')} made"]
    settings = settings_of(run.params)
    return [" · ".join(parts), *([tag("br"), settings] if settings else [])]


def _quiet(report: RunReport) -> Raw | None:
    """What is said where no diagnosis stands."""
    failed = [o.code for o in report.outcomes if o.status == "error"]
    if failed:
        return tag("p", f"Checks that failed (a bug in nn-doctor): {', '.join(failed)}", class_="critical")
    if report.diagnoses:
        return None
    if report.verdict != "unjudged":
        return tag("p", "Nothing to report.")
    reasons = [o.reason for o in report.outcomes if o.status == "not_applicable" and o.reason]
    reason = report.run.objective.reason or (max(reasons, key=reasons.count) if reasons else "")
    return tag("p", f"Not judged: {reason or 'no curve that could judge the run'}.")


def _more(heading: str, *body: Raw | None, opened: bool = False) -> Raw:
    return tag("details", tag("summary", tag("h3", heading)), *body, open=opened)

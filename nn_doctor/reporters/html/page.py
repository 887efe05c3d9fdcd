"""The whole page: header, table of runs, sections, footer, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from nn_doctor.reporters.failures import place
from nn_doctor.reporters.html import overview, style, tables, words
from nn_doctor.reporters.html.run import section
from nn_doctor.reporters.markup import Raw, joined, tag
from nn_doctor.reporters.words import counted, tally
from nn_doctor.version import __version__

if TYPE_CHECKING:
    from nn_doctor.report.model import Report

FULL = 800_000
"""Characters of run sections up to which a run is shown with everything."""
BRIEF = 1_600_000
"""Up to here with picture and diagnoses; the runs after that (the healthiest) stand in the table alone."""
READS = (
    "Validation is a solid line, train a dashed one, test a dotted one. The pale band or line behind a smoothed one is "
    "the raw extent of the log. A dotted upright marks the best point, a bar under the axis the stretch a diagnosis is "
    "about, a × a value that is not finite."
)


def render(report: Report) -> str:
    """The report as one self-contained HTML document; a pure function of the report."""
    order = words.worst_first(report)
    sections, detailed = _sections(report, order)
    sheet, script = Raw(style.sheet()), Raw(style.script())
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy(sheet, script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content=f"nn-doctor {__version__}"),
        tag("title", _title(report)),
        tag("style", sheet),
    )
    body = tag(
        "body",
        tag("a", "Skip to the report", href="#report", class_="skip"),
        _header(report),
        tag(
            "main",
            _overview(report, order, detailed),
            *sections,
            _left_out(report, detailed),
            id="report",
            class_="page",
        ),
        _footer(report),
        tag("script", script),
    )
    return f"<!DOCTYPE html>\n{tag('html', Raw(chr(10)), head, Raw(chr(10)), body, Raw(chr(10)), lang='en')}\n"


def policy(sheet: str, script: str) -> str:
    """A content security policy that allows this style sheet and this script, by their hashes, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(sheet)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _title(report: Report) -> str:
    return f"nn-doctor: {place(report.runs[0], report) if len(report.runs) == 1 else tally(report)}"


def _header(report: Report) -> Raw:
    said = tag("p", tally(report), class_="said quiet")
    return tag("header", tag("h1", "nn-doctor report"), said, class_="page")


def _sections(report: Report, order: list[int]) -> tuple[list[Raw], set[int]]:
    """The sections of as many runs as there is room for, and which runs these are."""
    made: list[Raw] = []
    shown: set[str] = set()
    used = 0
    for i in order:
        if used > BRIEF:
            break
        run = report.runs[i]
        alone = len(report.runs) == 1
        made.append(section(run, i, place(run, report), report.rules, shown, used <= FULL, alone))
        used += len(made[-1])
    return made, set(order[: len(made)])


def _overview(report: Report, order: list[int], detailed: set[int]) -> Raw:
    several = None
    if len(report.runs) > 1:
        head = tag("h2", "All runs, worst first", id="all-runs")
        inner = overview.table(report, order, detailed)
        several = tag("section", head, inner, class_="card", aria_labelledby="all-runs")
    return joined([overview.failures(report), several])


def _left_out(report: Report, detailed: set[int]) -> Raw | None:
    left = len(report.runs) - len(detailed)
    if not left:
        return None
    said = f"{counted(left, 'more run')} stand in the table only: analyze one alone for its whole report."
    return tag("p", said, class_="quiet")


def _footer(report: Report) -> Raw:
    settings = report.settings
    said = [f"{name.replace('_', ' ')}: {_setting(value)}" for name, value in settings.items() if value or value == 0]
    notes = None
    if report.notes:
        heading = tag("summary", f"Files that are no logs, and other notes ({len(report.notes)})")
        notes = tag("details", heading, tables.notes(report.notes))
    uncalibrated = any(not d.calibrated for run in report.runs for d in run.diagnoses)
    return tag(
        "footer",
        notes,
        tag("p", READS),
        tag("p", "An uncalibrated confidence is the rule's own word; no labelled runs have proven it yet.")
        if uncalibrated
        else None,
        tag("p", f"nn-doctor {__version__}" + (f" · {' · '.join(said)}" if said else "")),
        class_="page",
    )


def _setting(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

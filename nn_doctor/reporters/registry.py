"""The forms a report can take, by name; a reporter is imported when its form is asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nn_doctor.report.model import Report

FORMATS = {
    "terminal": "for people: verdicts, curves, ranked diagnoses",
    "concise": "one line a diagnosis, for grep and editors",
    "json": "everything, as one document (schema.json)",
    "jsonl": "JSON lines: one record a run, diagnosis and failure, a summary last",
    "csv": "one row a diagnosis, for spreadsheets",
    "markdown": "for comments on pull requests and job summaries",
    "html": "one self-contained page, readable without a script",
    "github": "annotations of GitHub Actions",
    "gitlab": "GitLab's code quality report",
    "sarif": "SARIF 2.1.0, for code scanning",
    "junit": "JUnit XML: a test suite a run, a test case a rule",
}
"""Name → what it is for. The module of that name in this package defines ``render(report) -> str``."""

_more: dict[str, Callable[[Report], str]] = {}


def add(name: str, render: Callable[[Report], str]) -> None:
    """Make a form known that another package writes; raises ValueError if the name is taken."""
    if name in FORMATS or not callable(render):
        raise ValueError(f"the name {name!r} is taken, or it is no function")
    _more[name] = render


def known(name: str) -> str:
    """``name`` if there is such a form; raises ConfigError naming the nearest. Imports nothing."""
    if name not in FORMATS and name not in _more:
        raise ConfigError(f"no report format named '{name}' ({_hint(name)})")
    return name


def renderer(name: str) -> Callable[[Report], str]:
    """The function that writes a report in the form ``name``; raises ConfigError if there is none."""
    if known(name) in _more:
        return _more[name]
    if name == "terminal":
        return _terminal
    render: Callable[[Report], str] = importlib.import_module(f"nn_doctor.reporters.{name}").render
    return render


def _terminal(report: Report) -> str:
    """The report for people as plain text of 80 columns."""
    from nn_doctor.reporters import terminal
    from nn_doctor.reporters.style import Style

    return terminal.render(report, Style())


def _hint(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name[:60].lower(), [*FORMATS, *_more], n=1)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(FORMATS)}"

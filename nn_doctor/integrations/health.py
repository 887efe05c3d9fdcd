"""``assert_healthy``: the gate of the command line, in a test of training code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nn_doctor import api
from nn_doctor.config import load
from nn_doctor.config.resolve import resolve
from nn_doctor.gate import load_known
from nn_doctor.reporters import terminal
from nn_doctor.reporters.failures import failure_lines
from nn_doctor.reporters.style import Style

if TYPE_CHECKING:
    import os

    from nn_doctor.report.model import Report


def assert_healthy(
    what: Any, *, config: load.Config | str | os.PathLike[str] | None = None, known: Any = None, **options: Any
) -> Report:
    """Raise an AssertionError with a readable report if ``nn-doctor analyze`` would exit with 1 or 2; else the Report.

    ``what`` is what ``diagnose`` takes (a path, runs, a mapping of names to values, a DataFrame), or an object with a
    ``history`` (Keras). ``config`` is a configuration file (none is searched for), ``known`` a JSON report of before.
    ``options`` are fields of Settings and of Expectation, and win over the configuration: ``fail_on="critical"``,
    ``ignore=("ND112",)``, ``classes=10``.
    Raises ReadError if nothing can be read, ConfigError for a wrong option or configuration.
    """
    __tracebackhide__ = True
    chosen = config if isinstance(config, load.Config) else load.load(str(config)) if config else load.Config()
    options = api.checked_options(options)
    found = resolve(options, frozenset(options), chosen)
    settings = found.settings.changed({name: value for name, value in options.items() if name not in found.origins})
    before = known if known is not None else found.report["known"]
    if before is not None:
        settings = replace(settings, known=load_known(str(before)))
    history = getattr(what, "history", None)
    report = api.diagnose(history if isinstance(history, Mapping) else what, settings)
    if report.exit_code:
        raise AssertionError(_told(report))
    return report


def _told(report: Report) -> str:
    """The runs that fail, as the terminal shows them; what could not be read or judged."""
    failing = tuple(run for run in report.runs if any(d.gates for d in run.diagnoses))
    lines = ["nn-doctor found the training ill" if failing else "nn-doctor could not judge everything"]
    lines += failure_lines(report)
    shown = terminal.render(replace(report, runs=failing), Style()) if failing else ""
    return "\n".join(lines) + ("\n\n" + shown if shown else "")

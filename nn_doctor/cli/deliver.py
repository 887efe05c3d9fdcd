"""One report in all the forms asked for: standard output or --output, each --report, the job's summary."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from nn_doctor.cli import common, usage
from nn_doctor.errors import ConfigError
from nn_doctor.reporters.registry import renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from nn_doctor.report.model import Report

SUMMARY = "GITHUB_STEP_SUMMARY"


@dataclass(frozen=True, slots=True)
class Targets:
    """Where reports go: ``output`` (None: standard output), (format, file) pairs, the summary to append to."""

    output: str | None
    reports: tuple[tuple[str, str], ...]
    summary: str | None

    @property
    def files(self) -> list[str]:
        """Every file that would be written whole."""
        return [name for name in (self.output, *(file for _, file in self.reports)) if name is not None]


def targets_of(options: dict[str, Any]) -> Targets:
    """The targets the options name; raises ConfigError if --step-summary has no file to append to."""
    summary = os.environ.get(SUMMARY) if options["step_summary"] else None
    if options["step_summary"] and not summary:
        raise ConfigError(f"--step-summary: {SUMMARY} is not set (GitHub Actions sets it)")
    return Targets(options["output"], tuple(options["reports"]), summary)


def deliver(report: Report, targets: Targets, options: dict[str, Any]) -> bool:
    """Write everything that can be written; True if something failed, which is told on standard error."""
    failed = False
    for form, file in targets.reports:
        failed |= _fails(partial(_write, report, form, file))
    if targets.summary is not None:
        failed |= _fails(lambda: _append(report, str(targets.summary)))
    if not options["quiet"] or targets.output is not None:
        failed |= _fails(lambda: common.emit([render(report, options)], targets.output))
    return failed


def _write(report: Report, form: str, file: str) -> None:
    common.emit([renderer(form)(report)], file)


def _append(report: Report, file: str) -> None:
    from nn_doctor.reporters import sink

    sink.append(file, renderer("markdown")(report) + "\n")


def _fails(step: Callable[[], None]) -> bool:
    try:
        step()
    except ConfigError as error:
        usage.complain(str(error))
        return True
    return False


def render(report: Report, options: dict[str, Any]) -> str:
    """The report in the form of --format; only its reporter is imported."""
    form = options["form"]
    if form == "concise":
        from nn_doctor.reporters import concise

        return concise.render(report, options["verbose"])
    if form != "terminal":
        return renderer(form)(report)
    from nn_doctor.cli.screen import style_of
    from nn_doctor.reporters import terminal

    why = tuple(code for group in options["why"] for code in group)
    style = style_of(common.encoding(), options["output"], options["no_color"])
    return terminal.render(report, style, options["verbose"], why)

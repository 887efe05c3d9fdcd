"""``nn-doctor analyze``."""

from __future__ import annotations

from typing import Any

import click

from nn_doctor.cli import common, complete, deliver, usage
from nn_doctor.config import choices
from nn_doctor.reporters.registry import FORMATS


@click.command("analyze")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=complete.files)
@click.option(
    "--format",
    "form",
    type=common.Form(),
    default="terminal",
    metavar="FORMAT",
    help=f"The report's form: {', '.join(FORMATS)}.",
)
@click.option(
    "--fail-on",
    type=click.Choice(choices.FAIL_ON),
    default="warning",
    show_default=True,
    help="Exit 1 from this severity on.",
)
@click.option("--select", type=common.Codes(), multiple=True, help="Only these codes or prefixes (ND1,ND202).")
@click.option("--ignore", type=common.Codes(), multiple=True, help="Not these codes or prefixes.")
@click.option("--min-confidence", type=common.Share(), default=0.5, show_default=True, help="Report from here.")
@click.option("--gate-confidence", type=common.Share(), default=0.8, show_default=True, help="Exit 1 from here.")
@click.option(
    "--task", type=click.Choice(choices.TASKS), default="auto", help="What was trained (gan and rl losses hover)."
)
@click.option("--expect", type=click.Choice(choices.EXPECT), default="normal", help="What the run was for.")
@click.option("--classes", type=click.IntRange(2), metavar="N", help="The number of classes.")
@click.option("--batches-per-epoch", type=click.IntRange(1), metavar="N", help="Steps in an epoch.")
@click.option("--val-size", type=click.IntRange(1), metavar="N", help="Samples in the validation set.")
@click.option("--param", type=common.Assignment(), multiple=True, help="A hyper-parameter: lr=0.1. Repeatable.")
@click.option("--why", type=common.Codes(), multiple=True, help="Show what this rule measured, whatever it said.")
@click.option(
    "--report",
    "reports",
    type=common.ReportTo(),
    multiple=True,
    metavar="FORMAT:FILE",
    help="Also write this form to FILE, whole or not at all. Repeatable: one pass, many reports.",
)
@click.option(
    "--known",
    metavar="REPORT.json",
    shell_complete=complete.files,
    help="A JSON report of before: only new or worse diagnoses count.",
)
@click.option("--jobs", type=click.IntRange(0), default=1, metavar="N", help="Processes that work (0: one a core).")
@click.option("--step-summary", is_flag=True, help="Append Markdown to the file $GITHUB_STEP_SUMMARY names.")
@click.option("-q", "--quiet", is_flag=True, help="Errors only; the exit code speaks.")
@click.option("-v", "--verbose", is_flag=True, help="Also notes and what could not be looked at.")
@click.option("--no-color", is_flag=True, help="No colour.")
@common.reading
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Examine training logs and print ranked diagnoses.

    PATH is a file, a folder (each run found inside), a glob, or "-" for standard input.
    """
    from nn_doctor import doctor
    from nn_doctor.cli.progress import Bar
    from nn_doctor.cli.settings import resolved
    from nn_doctor.reporters import sink
    from nn_doctor.reporters.failures import failure_lines

    found = resolved(options)
    options |= found.report
    targets = deliver.targets_of(options)
    sink.check_all(targets.files, paths)
    given = common.stdin_bytes(paths)
    with Bar() as bar:
        report = doctor.examine(paths, found.settings, given, options["jobs"], bar.show)
    sink.check_all(targets.files, [run.run.source for run in report.runs])
    failed = deliver.deliver(report, targets, options)
    for line in failure_lines(report):
        usage.complain(line)
    return 2 if failed else report.exit_code

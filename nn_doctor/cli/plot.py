"""``nn-doctor plot``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nn_doctor.cli import common, complete, usage
from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Report

FORMATS = ("svg", "png")


@click.command("plot")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=complete.files)
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default what the file's name ends in, else svg.")
@click.option("--run", "runs", multiple=True, metavar="NAME", help="Only this run (name, id or glob). Repeatable.")
@click.option("--series", "names", multiple=True, metavar="NAME", help="These curves (name or glob). Repeatable.")
@click.option("--width", type=click.IntRange(240, 4000), default=800, show_default=True, help="Pixels.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option("--scale", type=click.Choice(["auto", "linear", "log"]), default="auto", help="The y axis.")
@click.option("--title", metavar="TEXT", help="Instead of the log's name.")
@click.option("--bare", is_flag=True, help="Only the curves: no title, nothing marked.")
@common.reading
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Draw the curves of a log, with its diagnoses marked, as SVG or PNG.

    One run is drawn as its train and validation curves (or the --series asked for); several runs share one picture.
    PNG needs matplotlib: pip install 'nn-doctor[plot]'.
    """
    from nn_doctor import doctor
    from nn_doctor.cli.settings import settings_of
    from nn_doctor.reporters import sink
    from nn_doctor.reporters.failures import failure_lines

    output = options["output"]
    form = _form(options["form"], output)
    settings = settings_of(options)
    if output is not None:
        sink.check(output, paths)
    report = doctor.examine(paths, settings, common.stdin_bytes(paths))
    if output is not None:
        sink.check(output, [run.run.source for run in report.runs])
    for line in failure_lines(report):
        usage.complain(line)
    if not report.runs:
        return 2
    common.emit([_picture(report, form, options)], output)
    return 2 if report.errors else 0


def _picture(report: Report, form: str, options: dict[str, Any]) -> str | bytes:
    from nn_doctor.reporters import plot

    names: dict[str, Sequence[str]] = {"runs": options["runs"], "names": options["names"]}
    figure = plot.figure(
        report, **names, width=options["width"], scale=options["scale"], title=options["title"], bare=options["bare"]
    )
    if form == "png":
        from nn_doctor.reporters.drawing import png

        return png.render(figure, options["theme"])
    from nn_doctor.reporters.drawing import svg

    return svg.render(figure, options["theme"])


def _form(asked: str | None, output: str | None) -> str:
    """The format asked for, or the one the file's name ends in; raises ConfigError for any other."""
    if asked is not None or output in (None, "-"):
        return asked or "svg"
    suffix = str(output).rpartition(".")[2].lower() if "." in str(output) else ""
    if suffix not in FORMATS:
        raise ConfigError(f"{output}: unknown picture format (name it .svg or .png, or give --format)")
    return suffix
